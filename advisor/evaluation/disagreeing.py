"""What guides say differently on what seems one thing: figures, demands, names, counts; a person says whether they do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from index.search import Index

from ..draft import plain
from .figures_apart import FigureComparison, Pair
from .stated import StatedFigure, stated_figures
from .wordings_apart import Headed, Worded, WordingComparison

ALIKE = 0.5
"""Cosine from which two sentences or rows with figures are held side by side."""
MOST = 50
"""Disagreements of one kind that are told, the most alike first."""
OFTEN = 2
"""Times that one figure is told."""


class Matter(StrEnum):
    """In what two guides disagree."""

    FIGURE = "figure"
    """How much, how long, how many."""
    DEMAND = "demand"
    """Whether something is needed."""
    NAME = "name"
    """What somebody or something is called."""
    COUNT = "count"
    """How many of a thing the headings count."""


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence, row or heading with what it states, and where it stands."""

    path: str
    section: tuple[str, ...]
    stated: str
    """The figure, the thing asked for, the name or the number."""
    text: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two guides that state different things on what seems one thing; whether they do, a person has to say."""

    matter: Matter
    one: Side
    other: Side
    alike: float
    """Cosine of the two, -1 to 1."""


def disagreements(index: Index, alike_from: float = ALIKE) -> tuple[Disagreement, ...]:
    """What different guides say differently, kind by kind, the most alike first."""
    stated = list(stated_figures(index))
    figures: list[Pair] = []
    if stated:
        compare = FigureComparison(index, stated)
        figures = [*compare.pairs(alike_from), *compare.outside()]
    words = WordingComparison(index)
    return (
        *_told(Matter.FIGURE, ((a, _figure_side(index, x), _figure_side(index, y)) for a, x, y in figures)),
        *_told(Matter.DEMAND, ((a, _worded_side(index, x), _worded_side(index, y)) for a, x, y in words.demands())),
        *_told(Matter.NAME, ((a, _worded_side(index, x), _worded_side(index, y)) for a, x, y in words.names())),
        *_told(Matter.COUNT, ((a, _headed_side(index, x), _headed_side(index, y)) for a, x, y in words.counts())),
    )


def _told(matter: Matter, pairs: Iterable[tuple[float, Side, Side]]) -> Iterator[Disagreement]:
    """The pairs, the most alike first: what a sentence states a few times, the same words of the same guides once."""
    seen: Counter[Side] = Counter()
    told: set[tuple[str, ...]] = set()
    for alike, one, other in sorted(pairs, key=lambda pair: -pair[0]):
        said = (one.path, _bare(one.stated), other.path, _bare(other.stated))
        if len(told) < MOST and said not in told and max(seen[one], seen[other]) < OFTEN:
            seen.update((one, other))
            told.add(said)
            yield Disagreement(matter, one, other, round(alike, 4))


def _bare(stated: str) -> str:
    """A figure without its period, which one row leaves to its header and another sentence tells."""
    return re.split(r"\s(?:an?|per|each)\s|/", stated.lower(), maxsplit=1)[0]


def _figure_side(index: Index, one: StatedFigure) -> Side:
    return _worded_side(index, Worded(one.unit, one.figure.span.of(index.guides[one.guide].text)))


def _worded_side(index: Index, one: Worded) -> Side:
    unit = index.units[one.unit]
    passage = index.passages[unit.passage]
    guide = index.guides[passage.guide]
    return Side(guide.path, passage.section, one.stated, " ".join(unit.span.of(guide.text).split()))


def _headed_side(index: Index, one: Headed) -> Side:
    return Side(index.guides[one.guide].path, one.section.path, one.stated, plain(one.section.path[-1]))
