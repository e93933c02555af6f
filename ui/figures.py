"""The tables of a guide whose rows state quantities, as bars: each from its low to its high end, on one scale.

A column becomes a chart where at least two rows state a quantity of one kind and unit in it. A scale begins at zero, since a
bar's length is read as its amount; years have no zero and are drawn from the first to the last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from index.figures import Figure, Quantity, figures_in
from index.guide import Guide, Passage, PassageKind, Span

from .reading import read_words

_DRAWN = (Quantity.MONEY, Quantity.PERCENT, Quantity.DURATION, Quantity.COUNT)


@dataclass(frozen=True, slots=True)
class Bar:
    """One row's quantity, and its place; `high` is None where the guide leaves it open."""

    label: str
    words: str
    """The cell as the guide has it."""
    low: float
    high: float | None
    place: Span


@dataclass(frozen=True, slots=True)
class Chart:
    """One column of one table."""

    guide: Guide
    section: tuple[str, ...]
    column: str
    subject: str
    """What the rows are, as the first column's header has it."""
    bars: tuple[Bar, ...]

    @property
    def top(self) -> float:
        """The end of the scale."""
        return max(bar.low if bar.high is None else bar.high for bar in self.bars)

    def to_json(self) -> dict[str, Any]:
        """The chart as `/api/figures` gives it."""
        return {
            "guide": self.guide.id,
            "title": self.guide.title,
            "dated": self.guide.dated,
            "country": self.guide.country,
            "section": list(self.section),
            "column": self.column,
            "subject": self.subject,
            "top": self.top,
            "bars": [_bar_json(self.guide, bar) for bar in self.bars],
        }


def charts_of(guide: Guide) -> Iterator[Chart]:
    """Every column of every table of the guide that can be drawn, in order."""
    rows = [passage for passage in guide.passages if passage.kind is PassageKind.ROW]
    for _, table in groupby(rows, key=lambda row: (row.section, row.header, row.lead)):
        yield from _columns(guide, list(table))


def _columns(guide: Guide, rows: Sequence[Passage]) -> Iterator[Chart]:
    for column in range(1, max(len(row.cells) for row in rows)):
        stated = [(row, figure) for row in rows if (figure := _figure(guide, row, column))]
        kinds = Counter((figure.quantity, figure.unit, figure.period) for _, figure in stated)
        if not kinds:
            continue
        kind, count = kinds.most_common(1)[0]
        if count < 2 or count < len(rows) / 2:
            continue
        alike = [(row, f) for row, f in stated if (f.quantity, f.unit, f.period) == kind]
        bars = tuple(_bar(guide, row, column, figure) for row, figure in alike)
        chart = Chart(guide, rows[0].section, _header(guide, rows[0], column), _header(guide, rows[0], 0), bars)
        if chart.top > 0:
            yield chart


def _figure(guide: Guide, row: Passage, column: int) -> Figure | None:
    """The only quantity of a cell; a cell with several tells more than a bar can."""
    if column >= len(row.cells):
        return None
    figures = figures_in(guide.text, *row.cells[column])
    return figures[0] if len(figures) == 1 and figures[0].quantity in _DRAWN else None


def _bar(guide: Guide, row: Passage, column: int, figure: Figure) -> Bar:
    label, words = (read_words(guide.text, row.cells[cell]) for cell in (0, column))
    return Bar(label, words, figure.low, figure.high, row.span)


def _header(guide: Guide, row: Passage, column: int) -> str:
    if column < len(row.header):
        return read_words(guide.text, row.header[column])
    return read_words(guide.text, row.lead) if row.lead and column else ""


def _bar_json(guide: Guide, bar: Bar) -> dict[str, Any]:
    place = f"{guide.id}:{bar.place.start}-{bar.place.end}"
    return {"label": bar.label, "words": bar.words, "low": bar.low, "high": bar.high, "place": place}
