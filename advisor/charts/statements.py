"""What one guide states in figures: in the columns of its tables, the keys of its lists, and section by section.

Quantities stand in one chart where they are of one kind, unit and period and the guide itself lines them up: the rows of
a table, amounts of money in one list, or sections beside each other that each give a figure for the same key.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from index.figures import Figure, Quantity, figures_in
from index.guide import Guide, Passage, PassageKind, Span
from index.units import unit_spans
from index.words import stems_in

from ..draft import plain
from .bounds import bounds_of
from .values import Bar, Chart, Series

DRAWN = (Quantity.MONEY, Quantity.PERCENT, Quantity.DURATION, Quantity.COUNT)
_KEY = re.compile(r"\s*(?:[-*•·‣▪]\s+)?(?P<key>[^:\n]{2,60}):\s+(?=\S)")
_PERIODS = (
    ("year", re.compile(r"\b(?:annual(?:ly)?|yearly|(?:per|a) (?:year|annum))\b", re.IGNORECASE)),
    ("month", re.compile(r"\b(?:monthly|(?:per|a) month)\b", re.IGNORECASE)),
    ("week", re.compile(r"\b(?:weekly|(?:per|a) week)\b", re.IGNORECASE)),
    ("hour", re.compile(r"\b(?:hourly|(?:per|an) hour)\b", re.IGNORECASE)),
)


class Kind(NamedTuple):
    """What quantities must share to stand on one scale."""

    quantity: Quantity
    unit: str
    period: str | None


class Stated(NamedTuple):
    """A quantity under a label, before it is known what it is drawn with."""

    label: str
    measure: str
    figure: Figure
    place: Span

    @property
    def kind(self) -> Kind:
        return Kind(self.figure.quantity, self.figure.unit, self.figure.period)


def charts_in(guide: Guide) -> Iterator[Chart]:
    """Every chart of one guide, in order; what a table holds is not drawn again from the text around it."""
    known: list[Counter[tuple[float, float]]] = []
    for chart in (*_tables(guide), *_lists(guide), *_sections(guide)):
        values = Counter((bar.low, bar.high) for bar in chart.series[0].bars)
        if len(values) > 1 and not any(values <= other for other in known):
            known.append(values)
            yield chart


def bar_of(guide: Guide, stated: Stated) -> Bar:
    """A stated quantity as a bar."""
    figure, sign = stated.figure, -1 if _is_negative(guide, stated.figure) else 1
    bounds = bounds_of(guide.text, figure, stated.place)
    named = _with_unit(plain(figure.span.of(guide.text)), figure)
    high = figure.high if figure.high is not None else _highest_named(named, figure.low)
    low, high = sorted((sign * figure.low, sign * high))
    words = f"−{named}" if sign < 0 else named
    shown = " ".join(word for word in (plain(bounds.before), words, bounds.after.strip()) if word)
    return Bar(stated.label, shown, low, high, stated.place, is_open=bounds.above, is_open_below=bounds.below)


def period_of(words: str) -> str | None:
    """The time that an amount is paid for, where a column or a heading says so."""
    return next((period for period, pattern in _PERIODS if pattern.search(words)), None)


# ---------------------------------------------------------------------------------------------------------- tables


def _tables(guide: Guide) -> Iterator[Chart]:
    rows = [passage for passage in guide.passages if passage.kind is PassageKind.ROW]
    for _, table in groupby(rows, key=lambda row: (row.section, row.header, row.lead)):
        yield from _columns(guide, list(table))


def _columns(guide: Guide, rows: Sequence[Passage]) -> Iterator[Chart]:
    for column in range(1, max(len(row.cells) for row in rows)):
        header = _header(guide, rows[0], column)
        stated = [one for row in rows if (one := _cell(guide, row, column, header))]
        if len(stated) >= len(rows) / 2:
            yield from _chart(guide, rows[0].section, stated, subject=_header(guide, rows[0], 0))


def _cell(guide: Guide, row: Passage, column: int, header: str) -> Stated | None:
    """The only quantity of a cell; a cell with several tells more than a bar can, and a bare number may be part of a name."""
    if column >= len(row.cells):
        return None
    figures = figures_in(guide.text, *row.cells[column])
    if len(figures) != 1:
        return None
    rest = plain(row.cells[column].of(guide.text)).replace(plain(figures[0].span.of(guide.text)), "", 1)
    if figures[0].quantity is Quantity.COUNT and re.search(r"\w", rest):
        return None
    return Stated(plain(row.cells[0].of(guide.text)), header, figures[0], row.span)


def _header(guide: Guide, row: Passage, column: int) -> str:
    if column < len(row.header):
        return plain(row.header[column].of(guide.text))
    return plain(row.lead.of(guide.text)) if row.lead and column else ""


# ----------------------------------------------------------------------------------------------------------- lists


def _lists(guide: Guide) -> Iterator[Chart]:
    for passage in guide.passages:
        if passage.kind is PassageKind.LIST:
            stated = [one for item in passage.items if (one := _keyed(guide, item))]
            money = [one._replace(measure="") for one in stated if one.figure.quantity is Quantity.MONEY]
            yield from _chart(guide, passage.section, money)


def _keyed(guide: Guide, item: Span) -> Stated | None:
    """The first quantity of an entry that begins with a key ("Median pay: $50,250 a year, $24.16 an hour")."""
    match = _KEY.match(guide.text, item.start, item.end)
    if match is None:
        return None
    figures = figures_in(guide.text, match.end(), item.end)
    key = plain(match["key"])
    return Stated(key, key, figures[0], item) if figures else None


# -------------------------------------------------------------------------------------------------------- sections


def _sections(guide: Guide) -> Iterator[Chart]:
    """Sections beside each other that each state a quantity for the same key, or else each in one sentence."""
    for parent, sections in _siblings(guide).items():
        keyed = _by_key(guide, sections)
        drawn = {one.kind for stated in keyed.values() for one in stated}
        for stated in keyed.values():
            yield from _chart(guide, parent, stated)
        told = [one for one in _sentences(guide, sections) if one.kind not in drawn]
        if len(told) >= max(len(sections) / 2, 2) and _say_the_same(guide, told):
            yield from _chart(guide, parent, [one._replace(measure="") for one in told])


def _siblings(guide: Guide) -> dict[tuple[str, ...], dict[tuple[str, ...], list[Passage]]]:
    found: dict[tuple[str, ...], dict[tuple[str, ...], list[Passage]]] = defaultdict(lambda: defaultdict(list))
    for passage in guide.passages:
        if passage.section and passage.kind is not PassageKind.ROW:
            found[passage.section[:-1]][passage.section].append(passage)
    return {parent: sections for parent, sections in found.items() if len(sections) > 1}


def _by_key(guide: Guide, sections: dict[tuple[str, ...], list[Passage]]) -> dict[tuple[str, ...], list[Stated]]:
    """What the sections state under each key, the first in each section; keys by their stems."""
    found: dict[tuple[str, ...], dict[tuple[str, ...], Stated]] = defaultdict(dict)
    for section, passages in sections.items():
        for item in (item for passage in passages for item in passage.items):
            one = _keyed(guide, item)
            if one and one.figure.quantity in DRAWN and one.figure.quantity is not Quantity.COUNT:
                found[stems_in(one.measure)].setdefault(section, one._replace(label=section[-1]))
    return {key: list(stated.values()) for key, stated in found.items() if len(stated) >= len(sections) / 2}


def _sentences(guide: Guide, sections: dict[tuple[str, ...], list[Passage]]) -> Iterator[Stated]:
    """The first amount of money in the sentences of each section."""
    for section, passages in sections.items():
        spans = (span for p in passages if p.kind is not PassageKind.LIST for span in unit_spans(guide, p))
        for span in spans:
            money = [f for f in figures_in(guide.text, *span) if f.quantity is Quantity.MONEY]
            if len(money) == 1:
                yield Stated(section[-1], "", money[0], span)
                break


def _say_the_same(guide: Guide, told: Sequence[Stated]) -> bool:
    """Whether sentences share words beside their headings, so that one measure can be meant."""
    said = [set(stems_in(one.place.of(guide.text))) - set(stems_in(one.label)) for one in told]
    return len({stem for stem in set.intersection(*said) if not stem[0].isdigit()}) >= 2


# ---------------------------------------------------------------------------------------------------------- charts


def _chart(guide: Guide, section: tuple[str, ...], stated: Sequence[Stated], subject: str = "") -> Iterator[Chart]:
    """The most frequent kind of quantity, where two or more are of it."""
    drawn = _unit_taken_over([one for one in stated if one.figure.quantity in DRAWN])
    if not drawn:
        return
    kind, count = Counter(one.kind for one in drawn).most_common(1)[0]
    if count < 2 or count < len(stated) / 2:
        return
    alike = [one for one in drawn if one.kind == kind]
    measure = (alike[0].measure or (section[-1] if section else guide.title)).rstrip(" :")
    period = kind.period or (period_of(measure) if kind.quantity is Quantity.MONEY else None)
    bars = tuple(bar_of(guide, one) for one in alike)
    yield Chart(kind.quantity, kind.unit, period, (Series(guide, section, measure, subject, bars),))


def _unit_taken_over(stated: Sequence[Stated]) -> list[Stated]:
    """Bare numbers below a first one with its unit ("$39,000", then "36,880") are of that unit."""
    if not stated or stated[0].kind.quantity not in (Quantity.MONEY, Quantity.PERCENT):
        return list(stated)
    first = stated[0].figure
    return [
        one._replace(figure=replace(one.figure, quantity=first.quantity, unit=first.unit, period=first.period))
        if one.figure.quantity is Quantity.COUNT
        else one
        for one in stated
    ]


def _with_unit(words: str, figure: Figure) -> str:
    """The words with the unit that they take over from a row above."""
    if not figure.unit or figure.quantity is Quantity.DURATION or re.search(r"[^\d.,\s]", words):
        return words
    return f"{words}%" if figure.quantity is Quantity.PERCENT else f"{figure.unit}{words}"


def _is_negative(guide: Guide, figure: Figure) -> bool:
    """Whether a minus sign stands before a quantity, and no word or number before that."""
    before = guide.text[max(figure.span.start - 2, 0) : figure.span.start]
    return before[-1:] in ("-", "−") and not before[:-1].strip()


def _highest_named(words: str, low: float) -> float:
    """The upper end that is named before it is left open: 120,000 of "90,000 – 120,000+"."""
    closed = figures_in(words.replace("+", ""))
    return max((f.high for f in closed if f.high is not None), default=low)
