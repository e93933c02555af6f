"""Which charts of different guides are about the same thing, and so stand on one scale: a series for each guide.

Guides must be about one subject (their passages lie close, and they are not pages of one series, each about a subject of
its own), and the quantities of one kind and unit, called alike. A sentence of another guide that speaks of a bar's label
stands beside that bar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from advisor.subjects import SAME_SUBJECT, Subjects, elsewhere
from index.figures import Figure, Quantity, figures_in
from index.guide import Guide, PassageKind, Span
from index.search import Index
from index.units import unit_spans
from index.words import stems_in

from .statements import Stated, bar_of, charts_in
from .values import Bar, Chart, Series

CALLED_ALIKE = 0.5
"""Cosine of two measures from which they are one."""
PAID_ALIKE = 0.3
"""Likewise for amounts that both are paid for the same time: guides seldom state any but pay."""
NEAR = 0.4
"""Cosine of two guides from which a sentence of one may speak of a label of two words of the other."""
SAYS_SO = 0.5
"""Cosine of a bar's label and measure with a sentence from which the sentence states it."""
_MIDDLE = re.compile(r"\b(?:median|mean|average)\b", re.IGNORECASE)
SPREAD = 10
"""How many times the highest value of one chart may be that of another on the same scale."""


def charts_of(index: Index) -> tuple[Chart, ...]:
    """Every chart of an index; those that hold several guides come first, then in the order of the guides."""
    own = [chart for guide in index.guides.values() for chart in charts_in(guide)]
    subjects = Subjects(index)
    joined = [_join([own[i] for i in group]) for group in _groups(own, subjects)]
    told = [_beside(chart, index, subjects) for chart in joined]
    return tuple(sorted(told, key=lambda chart: len(_guides(chart)) < 2))


def _groups(charts: Sequence[Chart], subjects: Subjects) -> Iterator[list[int]]:
    """The positions of charts that are about the same thing, in order of the first of each group."""
    pairs = [
        (i, j)
        for i, j in combinations(range(len(charts)), 2)
        if _one_kind(charts[i], charts[j]) and _together(subjects, charts[i].series[0].guide, charts[j].series[0].guide)
    ]
    alike = _alike(charts, pairs, subjects.index)
    group = list(range(len(charts)))
    for i, j in alike:
        merged = min(group[i], group[j])
        group = [merged if one in (group[i], group[j]) else one for one in group]
    for first in dict.fromkeys(group):
        yield [position for position, one in enumerate(group) if one == first]


def _together(subjects: Subjects, one: Guide, other: Guide, least: float = SAME_SUBJECT) -> bool:
    """Whether two guides are about one subject in one country."""
    return one.id != other.id and not elsewhere(one, other) and subjects.one(one, other, least)


def _one_kind(one: Chart, other: Chart) -> bool:
    same = (one.quantity, one.unit, one.period) == (other.quantity, other.unit, other.period)
    low, high = sorted((one.top, other.top))
    return same and 0 < high <= SPREAD * low


def _alike(charts: Sequence[Chart], pairs: Sequence[tuple[int, int]], index: Index) -> Iterator[tuple[int, int]]:
    """The pairs whose measures mean the same."""
    needed = sorted({position for pair in pairs for position in pair})
    names = [_name(charts[position]) for position in needed]
    vectors = dict(zip(needed, index.encoder.encode(names), strict=True)) if needed else {}
    for i, j in pairs:
        paid = charts[i].quantity is Quantity.MONEY and charts[i].period
        if float(vectors[i] @ vectors[j]) >= (PAID_ALIKE if paid else CALLED_ALIKE):
            yield i, j


def _name(chart: Chart) -> str:
    """What a chart's quantities are called: its column or key, or the labels of its bars where a heading stands for one."""
    first = chart.series[0]
    return ", ".join(bar.label for bar in first.bars[:3]) if first.measure in first.section else first.measure


def _join(charts: Sequence[Chart]) -> Chart:
    series = [one for chart in charts for one in chart.series]
    order = {guide: n for n, guide in enumerate(dict.fromkeys(one.guide.id for one in series))}
    ordered = tuple(sorted(series, key=lambda one: order[one.guide.id]))
    return replace(charts[0], series=ordered)


# ------------------------------------------------------------------------------------------------------- sentences


def _beside(chart: Chart, index: Index, subjects: Subjects) -> Chart:
    """The chart and, as further series, what sentences of other guides state otherwise for the rows of its table."""
    lead = chart.series[0]
    if not lead.subject:
        return chart
    labels = {bar.label: frozenset(s for s in stems_in(bar.label) if not s[0].isdigit()) for bar in lead.bars}
    held = _guides(chart)
    more = [
        Series(guide, section, _measure(lead.measure, guide, section, bars), lead.subject, tuple(bars))
        for guide in index.guides.values()
        if guide.id not in held and _together(subjects, lead.guide, guide, NEAR)
        for section, bars in _told(guide, chart, _worth(labels, _together(subjects, lead.guide, guide)), index).items()
    ]
    return replace(chart, series=(*chart.series, *more))


def _worth(labels: Mapping[str, frozenset[str]], same: bool) -> dict[str, frozenset[str]]:
    """The labels that a sentence can be known by: of two words, or of one where the guides are about one subject."""
    return {label: stems for label, stems in labels.items() if len(stems) >= (1 if same else 2)}


def _told(
    guide: Guide, chart: Chart, labels: Mapping[str, frozenset[str]], index: Index
) -> dict[tuple[str, ...], list[Bar]]:
    """The bars of a guide for the labels that its sentences speak of, by section; the first for each label."""
    found: dict[tuple[str, ...], list[Bar]] = {}
    lead = chart.series[0]
    stated = {bar.label: (bar.low, bar.high) for bar in lead.bars}
    for section, span, figure in _sentences(guide, chart):
        said = span.of(guide.text)
        label = next((one for one, named in labels.items() if named <= set(stems_in(said)) and one in stated), None)
        if label is None or not _comparable(lead.measure, said) or not _says(index, f"{label}: {lead.measure}", said):
            continue
        bar = bar_of(guide, Stated(label, lead.measure, figure, span))
        if (bar.low, bar.high) != stated.pop(label):
            found.setdefault(section, []).append(bar)
    return found


def _comparable(measure: str, sentence: str) -> bool:
    """Whether the years and the kinds of middle that both name, if both name any, are not all different ones."""
    named = ((_years(measure), _years(sentence)), (_middles(measure), _middles(sentence)))
    return all(not ours or not theirs or bool(ours & theirs) for ours, theirs in named)


def _years(said: str) -> set[float]:
    return {figure.low for figure in figures_in(said) if figure.quantity is Quantity.YEAR}


def _middles(said: str) -> set[str]:
    """The kinds of middle value that words name: `median`, `mean`."""
    return {"median" if word.lower() == "median" else "mean" for word in _MIDDLE.findall(said)}


def _measure(measure: str, guide: Guide, section: tuple[str, ...], bars: Sequence[Bar]) -> str:
    """What sentences are said to state: the table's measure, or their heading where that names a middle and they do not."""
    said = [_middles(bar.place.of(guide.text)) for bar in bars]
    if _middles(measure) and any(named != _middles(measure) for named in said):
        return section[-1] if section else guide.title
    return measure


def _sentences(guide: Guide, chart: Chart) -> Iterator[tuple[tuple[str, ...], Span, Figure]]:
    """The sentences that state one quantity of the chart's kind."""
    for passage in guide.passages:
        if passage.kind is not PassageKind.ROW:
            for span in unit_spans(guide, passage):
                kind = [
                    f for f in figures_in(guide.text, *span) if (f.quantity, f.unit) == (chart.quantity, chart.unit)
                ]
                if len(kind) == 1 and kind[0].period in (None, chart.period) and chart.quantity is not Quantity.COUNT:
                    yield passage.section, span, kind[0]


def _says(index: Index, asked: str, sentence: str) -> bool:
    one, other = index.encoder.encode([asked, sentence])
    return float(one @ other) >= SAYS_SO


def _guides(chart: Chart) -> set[str]:
    return {one.guide.id for one in chart.series}
