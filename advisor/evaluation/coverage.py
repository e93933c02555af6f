"""What the guides cover: sections that nobody is shown, questions asked in vain, old guides, figures that disagree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from index.figures import Figure, Quantity, figures_in
from index.guide import Guide
from index.search import Index
from index.words import stems_in

from ..answer import Status

ALIKE = 0.6
"""Cosine from which two sentences with figures are held side by side."""
SHARED = 2
"""Subject words that they must have in common."""
MOST = 50
"""Disagreements that are told, the most alike first."""
_COMPARED = frozenset({Quantity.MONEY, Quantity.PERCENT, Quantity.DURATION})
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ROWS = 512


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


def disagreements(index: Index) -> tuple[Disagreement, ...]:
    """Sentences of different guides that are alike and state figures of one kind that share no value."""
    stated = list(_stated(index))
    if not stated:
        return ()
    vectors = np.asarray(index.unit_vectors[[one.unit for one in stated]], dtype=np.float32)
    pairs: list[tuple[float, _Stated, _Stated]] = []
    for start in range(0, len(stated), _ROWS):
        alike = vectors[start : start + _ROWS] @ vectors.T
        for row, column in zip(*np.nonzero(alike >= ALIKE), strict=True):
            one, other = stated[start + int(row)], stated[int(column)]
            if start + row < column and one.differs(other):
                pairs.append((float(alike[row, column]), one, other))
    pairs.sort(key=lambda pair: -pair[0])
    return tuple(Disagreement(a.side(index), b.side(index), round(alike, 4)) for alike, a, b in pairs[:MOST])


@dataclass(frozen=True, slots=True)
class _Stated:
    """A unit of the index that states one figure, and the words that it is about."""

    unit: int
    guide: str
    figure: Figure
    words: frozenset[str]
    years: frozenset[str]

    def differs(self, other: _Stated) -> bool:
        """Whether both tell of one kind of thing, in two guides, for no different year, without a value in common."""
        mine, theirs = self.figure, other.figure
        same_kind = (mine.quantity, mine.unit, mine.period) == (theirs.quantity, theirs.unit, theirs.period)
        same_year = not (self.years and other.years) or bool(self.years & other.years)
        return (
            self.guide != other.guide
            and same_kind
            and same_year
            and len(self.words & other.words) >= SHARED
            and not mine.overlaps(theirs)
        )

    def side(self, index: Index) -> Side:
        """Where it stands, in words."""
        unit = index.units[self.unit]
        guide, passage = index.guides[self.guide], index.passages[unit.passage]
        text = " ".join(unit.span.of(guide.text).split())
        return Side(guide.path, passage.section, self.figure.span.of(guide.text), text)


def _stated(index: Index) -> Iterator[_Stated]:
    for number, unit in enumerate(index.units):
        guide = index.passages[unit.passage].guide
        text = index.guides[guide].text
        figures = [f for f in figures_in(text, unit.span.start, unit.span.end) if f.quantity in _COMPARED]
        if len(figures) == 1:
            said = unit.span.of(text)
            words = frozenset(stem for stem in stems_in(said) if not any(map(str.isdigit, stem)))
            yield _Stated(number, guide, figures[0], words, frozenset(_YEAR.findall(said)))


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
