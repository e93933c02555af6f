"""Plots as inline SVG, made here so that the page needs nothing but itself; colours come from the page's style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import floor, log10

from markupsafe import Markup

from .statistics import Interval

_WIDTH = 720
_LABEL = 190
_ROW = 26
_HEIGHT = 220
_PAD = 48
_LINE = 15
"""Between two labels that stand below each other."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A share with its name, how many it was counted over, and between what it lies."""

    label: str
    share: float
    count: int
    interval: Interval | None = None


def bars(rows: Sequence[Bar], title: str) -> Markup:
    """Horizontal bars of shares, with their intervals as whiskers."""
    height = _ROW * len(rows) + 8
    scale = _WIDTH - _LABEL - 110
    parts = []
    for position, row in enumerate(rows):
        y = position * _ROW + 4
        parts.append(
            f'<text x="{_LABEL - 8}" y="{y + 15}" text-anchor="end">{escape(row.label)}</text>'
            f'<rect class="track" x="{_LABEL}" y="{y}" width="{scale}" height="{_ROW - 6}" rx="3"/>'
            f'<rect class="bar" x="{_LABEL}" y="{y}" width="{row.share * scale:.1f}" height="{_ROW - 6}" rx="3"/>'
            f'<text x="{_LABEL + scale + 8}" y="{y + 15}">{row.share:.0%} of {row.count}</text>'
            f"{_whisker(row.interval, y, scale)}"
        )
    return _svg(title, height, parts)


def histogram(values: Sequence[float], title: str, marks: Mapping[str, float]) -> Markup:
    """How often each time occurs, on a logarithmic axis, with named marks on it."""
    floor_value = 0.001
    steps = 8  # to each power of ten
    place = [floor(log10(max(value, floor_value)) * steps) for value in values]
    first, last = min(place), max(place) + 1
    width = (_WIDTH - 2 * _PAD) / (last - first)
    most = max(place.count(step) for step in set(place))
    base = _HEIGHT - _PAD
    parts = [f'<line class="axis" x1="{_PAD}" y1="{base}" x2="{_WIDTH - _PAD}" y2="{base}"/>']
    for step in sorted(set(place)):
        tall = place.count(step) / most * (base - 30)
        x = _PAD + (step - first) * width
        parts.append(
            f'<rect class="bar" x="{x:.1f}" y="{base - tall:.1f}" width="{width - 1:.1f}" height="{tall:.1f}"/>'
        )
    for step in range(first, last + 1):
        if step % steps == 0 or step in (first, last):
            x = _PAD + (step - first) * width
            parts.append(f'<text x="{x:.1f}" y="{base + 18}" text-anchor="middle">{10 ** (step / steps):.2g} s</text>')
    for row, (name, value) in enumerate(marks.items()):
        x = _PAD + (log10(max(value, floor_value)) * steps - first) * width
        parts.append(
            f'<line class="mark" x1="{x:.1f}" y1="{16 + row * 14}" x2="{x:.1f}" y2="{base}"/>'
            f"{_beside(x, 24 + row * 14, f'{name} {value:.3f} s')}"
        )
    return _svg(title, _HEIGHT, parts)


def lines(series: Mapping[str, Sequence[float | None]], names: Sequence[str], title: str) -> Markup:
    """Shares over runs: one line for each measure, one point for each run."""
    base, top = _HEIGHT - _PAD, 16
    right = _WIDTH - 170
    step = (right - _PAD) / max(len(names) - 1, 1)
    parts = [
        f'<line class="grid" x1="{_PAD}" y1="{_y(share, base, top):.1f}" x2="{right}" y2="{_y(share, base, top):.1f}"/>'
        f'<text x="{_PAD - 6}" y="{_y(share, base, top) + 4:.1f}" text-anchor="end">{share:.0%}</text>'
        for share in (0, 0.25, 0.5, 0.75, 1)
    ]
    ends: list[tuple[float, str]] = []
    for number, (label, values) in enumerate(series.items()):
        points = [(_PAD + i * step, _y(v, base, top)) for i, v in enumerate(values) if v is not None]
        if not points:
            continue
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        dots = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points)
        last = next(value for value in reversed(values) if value is not None)
        ends.append((points[-1][1], f"{escape(label)} {last:.0%}"))
        parts.append(f'<g class="line line-{number % 5}"><polyline points="{path}"/>{dots}</g>')
    for (end, label), y in zip(ends, _spread([end for end, _ in ends], 8, _HEIGHT - 8), strict=True):
        parts.append(
            f'<path class="leader" d="M{right + 4} {end:.1f}L{right + 16} {y:.1f}"/>'
            f'<text x="{right + 20}" y="{y + 4:.1f}">{label}</text>'
        )
    parts += [
        f'<text x="{_PAD + i * step:.1f}" y="{base + 18}" text-anchor="{"end" if i else "start"}">{escape(name)}</text>'
        for i, name in enumerate(names)
        if i in (0, len(names) - 1)
    ]
    return _svg(title, _HEIGHT, parts)


def _spread(wanted: Sequence[float], top: float, base: float) -> list[float]:
    """Places for labels near those wanted, in their order, far enough apart to be read, between `top` and `base`."""
    order = sorted(range(len(wanted)), key=lambda number: wanted[number])
    placed = [wanted[number] for number in order]
    for row in range(1, len(placed)):  # down from the first
        placed[row] = max(placed[row], placed[row - 1] + _LINE)
    over = max(0.0, placed[-1] - base) if placed else 0.0
    for row in range(len(placed) - 1, -1, -1):  # up again from the last, as far as it is too low
        below = placed[row + 1] - _LINE if row + 1 < len(placed) else placed[row] - over
        placed[row] = max(top + row * _LINE, min(placed[row], below))
    return [place for _, place in sorted(zip(order, placed, strict=True))]


def _whisker(interval: Interval | None, y: float, scale: float) -> str:
    if interval is None:
        return ""
    low, high, middle = _LABEL + interval.low * scale, _LABEL + interval.high * scale, y + _ROW / 2 - 3
    return (
        f'<path class="whisker" d="M{low:.1f} {middle - 4}v8M{low:.1f} {middle}H{high:.1f}M{high:.1f} {middle - 4}v8"/>'
    )


def _beside(x: float, y: float, text: str) -> str:
    """A label to the right of a mark, or to its left where there is no room."""
    anchor, away = ("end", -4) if x > _WIDTH - 110 else ("start", 4)
    return f'<text x="{x + away:.1f}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


def _y(share: float, base: float, top: float) -> float:
    return base - share * (base - top)


def _svg(title: str, height: float, parts: Sequence[str]) -> Markup:
    name = escape(title)
    return Markup(  # noqa: S704 (numbers, and labels that are escaped above)
        f'<svg viewBox="0 0 {_WIDTH} {height:g}" role="img" aria-label="{name}"><title>{name}</title>'
        f"{''.join(parts)}</svg>"
    )
