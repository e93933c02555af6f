"""What the guides cover: sections that nobody is shown, questions asked in vain, old guides, figures that disagree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from index.figures import Figure, Quantity, figures_in
from index.guide import Guide, Span
from index.search import Index
from index.words import stems_in

from ..answer import Status

ALIKE = 0.6
"""Cosine from which two sentences with figures are held side by side."""
SHARED = 2
"""Subject words, headings included, that they must have in common …"""
MOSTLY = 0.5
"""… and what share of the words of the shorter one that must be."""
MOST = 50
"""Disagreements that are told, the most alike first."""
OFTEN = 2
"""Times that one sentence is told."""
_COMPARED = frozenset({Quantity.MONEY, Quantity.PERCENT, Quantity.DURATION})
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ROWS = 512
_HOURS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.5, "year": 8766.0}


@dataclass(frozen=True, slots=True)
class Uncited:
    """A section with passages of its own that no answer cited."""

    path: str
    section: tuple[str, ...]
    passages: int


@dataclass(frozen=True, slots=True)
class InVain:
    """A question that the guides did not answer, or not wholly, and how often it was asked."""

    question: str
    status: str
    times: int


@dataclass(frozen=True, slots=True)
class Old:
    """A guide that is older than is wished, or that tells no date."""

    path: str
    dated: str | None


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence or row with its figure, and where it stands."""

    path: str
    section: tuple[str, ...]
    figure: str
    text: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two guides that state different figures in sentences that are alike: perhaps the same thing, perhaps not."""

    one: Side
    other: Side
    alike: float


@dataclass(frozen=True, slots=True)
class Coverage:
    """All that is told of a folder of guides."""

    sections: int
    uncited: tuple[Uncited, ...] | None
    """None where no answers were given to look at."""
    in_vain: tuple[InVain, ...]
    old: tuple[Old, ...]
    disagreements: tuple[Disagreement, ...]


def uncited(guides: Iterable[Guide], cited: set[tuple[str, tuple[str, ...]]]) -> tuple[Uncited, ...]:
    """The sections of which no passage was cited, in the guides' order; `cited` holds paths with heading paths."""
    counts = Counter((guide.path, passage.section) for guide in guides for passage in guide.passages)
    return tuple(Uncited(path, section, n) for (path, section), n in counts.items() if (path, section) not in cited)


def in_vain(asked: Iterable[tuple[str, Status]]) -> tuple[InVain, ...]:
    """Questions that were refused or answered in part, the most frequent first."""
    counts: Counter[tuple[str, Status]] = Counter()
    words: dict[str, str] = {}
    for question, status in asked:
        key = " ".join(question.casefold().split()).rstrip(" ?.!")
        if status in (Status.NOT_IN_GUIDES, Status.PARTIAL) and key:
            words.setdefault(key, question.strip())
            counts[key, status] += 1
    return tuple(InVain(words[key], str(status), n) for (key, status), n in counts.most_common())


def old(guides: Iterable[Guide], years: int, today: date) -> tuple[Old, ...]:
    """Guides whose latest year in `dated` is more than `years` ago, and guides without one."""
    found = []
    for guide in guides:
        dates = [int(year) for year in _YEAR.findall(guide.dated or "")]
        if not dates or today.year - max(dates) > years:
            found.append(Old(guide.path, guide.dated))
    return tuple(found)


def disagreements(index: Index, alike_from: float = ALIKE) -> tuple[Disagreement, ...]:
    """Sentences of different guides that are alike and state figures of one kind, neither of which holds the other."""
    stated = list(_stated(index))
    if not stated:
        return ()
    vectors = np.asarray(index.unit_vectors[[one.unit for one in stated]], dtype=np.float32)
    pairs: list[tuple[float, _Stated, _Stated]] = []
    for start in range(0, len(stated), _ROWS):
        alike = vectors[start : start + _ROWS] @ vectors.T
        for row, column in zip(*np.nonzero(alike >= alike_from), strict=True):
            one, other = stated[start + int(row)], stated[int(column)]
            if start + row < column and one.differs(other):
                pairs.append((float(alike[row, column]), one, other))
    pairs.sort(key=lambda pair: -pair[0])
    best = list(_few_of_each(pairs))[:MOST]
    return tuple(Disagreement(a.side(index), b.side(index), round(alike, 4)) for alike, a, b in best)


def _few_of_each(pairs: Sequence[tuple[float, _Stated, _Stated]]) -> Iterator[tuple[float, _Stated, _Stated]]:
    """The pairs, the same sentence no more than so many times."""
    seen: Counter[int] = Counter()
    for alike, one, other in pairs:
        if max(seen[one.unit], seen[other.unit]) < OFTEN:
            seen.update((one.unit, other.unit))
            yield alike, one, other


@dataclass(frozen=True, slots=True)
class _Stated:
    """A unit of the index that states one figure, and the words that it is about."""

    unit: int
    guide: str
    figure: Figure
    words: frozenset[str]
    years: frozenset[str]
    row: frozenset[str]
    """The words of the first cell, where it is a table's row: what the row is about."""

    def differs(self, other: _Stated) -> bool:
        """Whether both tell of one kind of thing, in two guides, for no different year, and neither holds the other."""
        mine, theirs = _comparable(self.figure), _comparable(other.figure)
        same_kind = (mine.quantity, mine.unit) == (theirs.quantity, theirs.unit)
        same_period = not (mine.period and theirs.period) or mine.period == theirs.period
        same_year = not (self.years and other.years) or bool(self.years & other.years)
        if self.guide == other.guide or not (same_kind and same_period and same_year and self._alike(other)):
            return False
        return not (mine.within(theirs) or theirs.within(mine))

    def _alike(self, other: _Stated) -> bool:
        if self.row and other.row and not (self.row <= other.row or other.row <= self.row):
            return False
        shared = len(self.words & other.words)
        return shared >= max(SHARED, MOSTLY * min(len(self.words), len(other.words)))

    def side(self, index: Index) -> Side:
        """Where it stands, in words."""
        unit = index.units[self.unit]
        guide, passage = index.guides[self.guide], index.passages[unit.passage]
        text = " ".join(unit.span.of(guide.text).split())
        return Side(guide.path, passage.section, self.figure.span.of(guide.text), text)


def _comparable(figure: Figure) -> Figure:
    """A time in hours, whatever it was counted in; other figures as they are."""
    if figure.quantity is not Quantity.DURATION or figure.unit not in _HOURS:
        return figure
    hours = _HOURS[figure.unit]
    return replace(figure, low=figure.low * hours, high=figure.high and figure.high * hours, unit="hour")


def _stated(index: Index) -> Iterator[_Stated]:
    """The units with a figure that is the only one of its kind there."""
    for number, unit in enumerate(index.units):
        passage = index.passages[unit.passage]
        text = index.guides[passage.guide].text
        said = unit.span.of(text)
        figures = [f for f in figures_in(text, unit.span.start, unit.span.end) if f.quantity in _COMPARED]
        kinds = Counter(figure.quantity for figure in figures)
        about = " ".join((*passage.section[-1:], _without(text, unit.span, figures)))
        words = frozenset(stem for stem in stems_in(about) if not any(map(str.isdigit, stem)))
        for figure in figures:
            if kinds[figure.quantity] == 1:
                row = frozenset(stems_in(passage.cells[0].of(text))) if passage.cells else frozenset[str]()
                yield _Stated(number, passage.guide, figure, words, frozenset(_YEAR.findall(said)), row)


def _without(text: str, span: Span, figures: Sequence[Figure]) -> str:
    """A unit's text without its figures."""
    edges = [span.start, *(edge for figure in figures for edge in figure.span), span.end]
    return " ".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


def coverage_of(
    index: Index,
    cited: set[tuple[str, tuple[str, ...]]] | None,
    asked: Sequence[tuple[str, Status]],
    years: int,
    today: date,
) -> Coverage:
    """The coverage of the guides of an index; `cited` is None where no answers are known."""
    guides: Mapping[str, Guide] = index.guides
    return Coverage(
        sections=len({(p.guide, p.section) for p in index.passages}),
        uncited=None if cited is None else uncited(guides.values(), cited),
        in_vain=in_vain(asked),
        old=old(guides.values(), years, today),
        disagreements=disagreements(index),
    )
