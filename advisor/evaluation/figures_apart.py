"""Figures of two guides that differ although they are about one thing, as far as plain words tell.

Two figures are held against each other where each is about what the other is about, in the same years and the same
country, and nothing that either names is missing from the other; and one of the work as a whole against all of a guide
that tells the same level by level or part by part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from index.figures import Quantity, figures_in
from index.search import Index
from index.words import stems_in

from ..contradictions import figures_conflict, in_days
from ..question import names_quantity
from ..subjects import Subjects, elsewhere, series
from .stated import KEY, StatedFigure

COVERED = 0.6
"""How much of the weight of the words that a figure is about must stand in the other sentence or over it."""
HEADING = 0.4
"""What a word of the heading weighs beside one of the clause."""
SPREAD = 10
"""How many times the greater figure may be the smaller: more is another unit."""
ONE_QUANTITY = 0.45
"""Cosine from which two words for a quantity ("pay", "salary") are words for the same one."""
FEWEST_PARTS = 3
"""Levels or parts from which the figures of a guide are told one by one."""
OF_THE_WHOLE = 0.6
"""Cosine from which a figure of the whole and one of a part may be of one kind."""
EXTREMES = frozenset(stems_in("best worst highest lowest most least top bottom largest smallest longest shortest"))
"""Words by which a figure is one of an end, and none of the middle or the whole."""
STATISTICS = frozenset(
    stems_in(
        "average median mean typical usual general overall range annual yearly monthly weekly daily hourly year month"
    )
)
"""Words that tell how a quantity of the whole is measured, and not of what it is one."""
_ROWS = 512

Pair = tuple[float, StatedFigure, StatedFigure]


class FigureComparison:
    """Tells whether two figures differ on what seems one thing."""

    def __init__(self, index: Index, stated: Sequence[StatedFigure]) -> None:
        self.index = index
        self._stated = stated
        self._vectors = np.asarray(index.unit_vectors[[one.unit for one in stated]], dtype=np.float32)
        self._subjects = Subjects(index)
        self._apart: dict[tuple[str, str], bool] = {}

    def pairs(self, alike_from: float) -> Iterator[Pair]:
        """Figures that differ, each pair with its likeness."""
        for start in range(0, len(self._stated), _ROWS):
            alike = self._vectors[start : start + _ROWS] @ self._vectors.T
            for row, column in zip(*np.nonzero(alike >= alike_from), strict=True):
                one, other = self._stated[start + int(row)], self._stated[int(column)]
                if start + row < column and self.differ(one, other):
                    yield float(alike[row, column]), one, other

    def outside(self) -> Iterator[Pair]:
        """Figures of the whole that lie outside all that another guide tells part by part, with the nearest part."""
        groups = [g for g in self._by_part().values() if len({self._stated[i].part for i in g}) >= FEWEST_PARTS]
        told_by_part = {number for group in groups for number in group}
        told_whole: defaultdict[tuple[str, Quantity], list[int]] = defaultdict(list)
        for number, one in enumerate(self._stated):
            if number not in told_by_part:
                told_whole[one.guide, one.figure.quantity].append(number)
        for group in groups:
            parts = [self._stated[number] for number in group]
            guides = [guide for guide in self.index.guides if self._one_subject(guide, parts[0].guide)]
            for number in (n for guide in guides for n in told_whole[guide, parts[0].figure.quantity]):
                one = self._stated[number]
                if self._of_the_whole(one, parts):
                    alike = float(np.max(self._vectors[group] @ self._vectors[number]))
                    if alike >= OF_THE_WHOLE:
                        yield alike, one, min(parts, key=lambda part: abs(part.figure.low - one.figure.low))

    def _by_part(self) -> dict[object, list[int]]:
        """The numbers of the figures that differ in nothing but the heading or row that they stand under."""
        groups: defaultdict[object, list[int]] = defaultdict(list)
        for number, one in enumerate(self._stated):
            if one.part and not any(f.quantity is Quantity.YEAR for f in figures_in(one.part)):
                same = (one.guide, one.under, one.key, one.figure.quantity, one.figure.unit, one.counted)
                groups[same].append(number)
        return groups

    def _of_the_whole(self, one: StatedFigure, parts: Sequence[StatedFigure]) -> bool:
        words = frozenset[str]().union(*(part.words for part in parts))
        named = [part.named for part in parts]
        telling = (
            frozenset[str]().union(*named) - frozenset.intersection(*named) - one.title_words - parts[0].title_words
        )
        years = frozenset[str]().union(*(part.years for part in parts))
        return (
            (not one.years or not years or one.years == years)
            and one.counted == parts[0].counted
            and not telling & one.subject
            and _extremes(one) <= words
            and one.head <= words
            and not one.names - words
            and figures_conflict([one.figure], [part.figure for part in parts])
            and any(_of_one_size(one, part) for part in parts)
            and self._says_only(one, parts[0].key, words)
        )

    def _says_only(self, one: StatedFigure, key: frozenset[str], words: frozenset[str]) -> bool:
        """Whether a figure is of the quantity that a key names, and of nothing that some words do not name."""
        quantities = one.about & self._quantities.keys()
        rest = one.about - quantities - STATISTICS - one.title_words
        return any(self._met(quantity, key) for quantity in quantities) and rest <= words

    def differ(self, one: StatedFigure, other: StatedFigure) -> bool:
        """Whether two guides state it, of one kind, for no different year, and the figures cannot both be so."""
        return (
            one.guide != other.guide
            and (one.figure.quantity, one.counted) == (other.figure.quantity, other.counted)
            and (not one.years or not other.years or one.years == other.years)
            and not self._guides_apart(one.guide, other.guide)
            and one.head <= other.subject
            and other.head <= one.subject
            and one.title <= other.words
            and other.title <= one.words
            and not (one.names - other.words and other.names - one.words)
            and _extremes(one) == _extremes(other)
            and _of_one_size(one, other)
            and figures_conflict([one.figure], [other.figure])
            and not self._contrasted(one, other)
            and min(self._covered(one, other.words), self._covered(other, one.words)) >= COVERED
        )

    def _one_subject(self, one: str, other: str) -> bool:
        guides = self.index.guides[one], self.index.guides[other]
        return one != other and not elsewhere(*guides) and self._subjects.one(*guides)

    def _guides_apart(self, one: str, other: str) -> bool:
        """Whether two guides are about two countries, or are pages of a series, each about a subject of its own."""
        if (one, other) not in self._apart:
            guides = self.index.guides[one], self.index.guides[other]
            self._apart[one, other] = elsewhere(*guides) or series(*guides)
        return self._apart[one, other]

    def _contrasted(self, one: StatedFigure, other: StatedFigure) -> bool:
        """Whether both speak of a thing by a word before it that the other lacks: one attempt, two attempts."""
        for noun in {noun for noun, _ in one.modified} & {noun for noun, _ in other.modified} - set(self._quantities):
            ours = {word for thing, word in one.modified if thing == noun}
            theirs = {word for thing, word in other.modified if thing == noun}
            if not ours & theirs and _lacks(ours, other) and _lacks(theirs, one):
                return True
        return False

    def _covered(self, one: StatedFigure, words: frozenset[str]) -> float:
        """How much of what a figure is about stands among some words, by weight."""
        subject = one.about - STATISTICS - self._quantities.keys()
        about = one.about if len(subject) >= KEY else one.about | one.heading
        weights = {stem: self._weight(stem) for stem in about}
        weights |= {stem: HEADING * self._weight(stem) for stem in one.around - about}
        total = sum(weights.values())
        return sum(weight for stem, weight in weights.items() if self._met(stem, words)) / total if total else 0.0

    def _met(self, stem: str, words: frozenset[str]) -> bool:
        return stem in words or not words.isdisjoint(self._quantities.get(stem, ()))

    @cached_property
    def _quantities(self) -> dict[str, frozenset[str]]:
        """Stems of the words that only say what is counted, each with those that say the same."""
        terms = self.index.terms
        known = [number for number, word in enumerate(terms.words) if names_quantity(word)]
        vectors = np.asarray(self.index.word_vectors[known], dtype=np.float32)
        same = vectors @ vectors.T >= ONE_QUANTITY
        return {
            terms.stems[number]: frozenset(terms.stems[known[int(other)]] for other in np.flatnonzero(row))
            for number, row in zip(known, same, strict=True)
        }

    def _weight(self, stem: str) -> float:
        number = self.index.terms.known.get(stem)
        return 1.0 if number is None else float(self.index.rarity[number])


def _lacks(words: set[str], other: StatedFigure) -> bool:
    return all(word.isdigit() or word not in other.about | other.heading for word in words)


def _extremes(one: StatedFigure) -> frozenset[str]:
    return (one.about | {word for pair in one.modified for word in pair}) & EXTREMES


def _of_one_size(one: StatedFigure, other: StatedFigure) -> bool:
    low, high = sorted((in_days(one.figure).low, in_days(other.figure).low))
    return high <= SPREAD * low
