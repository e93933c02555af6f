"""Figures of two guides that differ although they are about one thing, as far as plain words tell.

What a figure is about is told by its own clause, by the head of its row and of its column or the key before it, and by
the heading over it. Two figures are held against each other where each is about what the other is about, in the same
years and the same country, and nothing that either names is missing from the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from index.figures import Figure, Quantity, figures_in
from index.guide import Guide, Passage, Span
from index.search import Index
from index.words import FUNCTION_WORDS, stems_in, words_in

from ..contradictions import ROUNDING
from ..subjects import elsewhere, series

ALIKE = 0.5
"""Cosine from which two sentences or rows with figures are held side by side."""
COVERED = 0.6
"""How much of the weight of the words that a figure is about must stand in the other sentence or over it."""
HEADING = 0.4
"""What a word of the heading weighs beside one of the clause."""
KEY = 2
"""Stems of a clause that is a key and no sentence."""
SPREAD = 10
"""How many times the greater figure may be the smaller: more is another unit."""
MOST = 50
"""Disagreements that are told, the most alike first."""
OFTEN = 2
"""Times that one figure is told."""
_ROWS = 512
_HOURS = {"minute": 1 / 60, "hour": 1.0, "day": 24.0, "week": 168.0, "month": 730.5, "year": 8766.0}
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CLAUSE = re.compile(r"[,;:](?=\s)|\s(?:and|but|while|which|who|where|with)\s")
_NAME = re.compile(r"(?<=[\w,’')] )(?:[A-Z][\w&]*[A-Za-z](?:-[A-Z\d]+)*)|\b[A-Z][A-Z\d&]+(?:-[A-Z\d]+)*\b")
_NOUN = re.compile(r"\s?(?:[a-z][\w’'-]*\s?){1,3}")


@dataclass(frozen=True, slots=True)
class Side:
    """A sentence or row with its figure, and where it stands."""

    path: str
    section: tuple[str, ...]
    figure: str
    text: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two guides that state different figures on what seems one thing; whether it is one, a person has to say."""

    one: Side
    other: Side
    alike: float


def disagreements(index: Index, alike_from: float = ALIKE) -> tuple[Disagreement, ...]:
    """Figures of different guides that differ on what seems one thing, the most alike first."""
    stated = list(_stated(index))
    if not stated:
        return ()
    vectors = np.asarray(index.unit_vectors[[one.unit for one in stated]], dtype=np.float32)
    pairs: list[tuple[float, _Stated, _Stated]] = []
    compare = _Comparison(index)
    for start in range(0, len(stated), _ROWS):
        alike = vectors[start : start + _ROWS] @ vectors.T
        for row, column in zip(*np.nonzero(alike >= alike_from), strict=True):
            one, other = stated[start + int(row)], stated[int(column)]
            if start + row < column and compare.differ(one, other):
                pairs.append((float(alike[row, column]), one, other))
    pairs.sort(key=lambda pair: -pair[0])
    best = list(_few_of_each(pairs))[:MOST]
    return tuple(Disagreement(a.side(index), b.side(index), round(alike, 4)) for alike, a, b in best)


def _few_of_each(pairs: Sequence[tuple[float, _Stated, _Stated]]) -> Iterator[tuple[float, _Stated, _Stated]]:
    """The pairs, the same figure no more than so many times, and the same two guides once for one figure."""
    seen: Counter[Span] = Counter()
    for alike, one, other in pairs:
        places = [Span(*stated.figure.span) for stated in (one, other)]
        if max(seen[place] for place in places) < OFTEN:
            seen.update(places)
            yield alike, one, other


@dataclass(frozen=True, slots=True)
class _Stated:
    """A figure, and the words that tell what it is about."""

    unit: int
    guide: str
    figure: Figure
    counted: str
    """The stem of what is counted ("questions"), for a bare number."""
    about: frozenset[str]
    """Stems of its clause, or of the heads of its row and column."""
    around: frozenset[str]
    """Stems of the rest of its sentence and of the heading over it."""
    words: frozenset[str]
    """All stems of its sentence or row and of what stands over it."""
    title: frozenset[str]
    """Those of its clause that name the subject of its guide, as the title has it."""
    head: frozenset[str]
    """Stems of the head of its row, which the other has to be about as well."""
    heading: frozenset[str]
    names: frozenset[str]
    years: frozenset[str]

    @property
    def subject(self) -> frozenset[str]:
        """What it says it is about; where that is only a key ("Experience: 5 years"), the heading over it as well."""
        return self.about | self.heading if len(self.about) <= KEY else self.about

    def side(self, index: Index) -> Side:
        """Where it stands, in words."""
        unit = index.units[self.unit]
        guide, passage = index.guides[self.guide], index.passages[unit.passage]
        text = " ".join(unit.span.of(guide.text).split())
        return Side(guide.path, passage.section, self.figure.span.of(guide.text), text)


class _Comparison:
    """Tells whether two figures differ on what seems one thing."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._apart: dict[tuple[str, str], bool] = {}

    def differ(self, one: _Stated, other: _Stated) -> bool:
        """Whether two guides state it, of one kind, for no different year, and neither range holds the other."""
        return (
            one.guide != other.guide
            and _one_kind(one, other)
            and (not one.years or not other.years or one.years == other.years)
            and not self._guides_apart(one.guide, other.guide)
            and one.head <= other.subject
            and other.head <= one.subject
            and one.title <= other.words
            and other.title <= one.words
            and not (one.names - other.words and other.names - one.words)
            and _figures_differ(_comparable(one.figure), _comparable(other.figure))
            and min(self._covered(one, other), self._covered(other, one)) >= COVERED
        )

    def _guides_apart(self, one: str, other: str) -> bool:
        """Whether two guides are about two countries, or are pages of a series, each about a subject of its own."""
        if (one, other) not in self._apart:
            guides = self.index.guides[one], self.index.guides[other]
            self._apart[one, other] = elsewhere(*guides) or series(*guides)
        return self._apart[one, other]

    def _covered(self, one: _Stated, other: _Stated) -> float:
        """How much of what a figure is about stands with the other, by weight."""
        weights = {stem: self._weight(stem) for stem in one.about}
        weights |= {stem: HEADING * self._weight(stem) for stem in one.around - one.about}
        total = sum(weights.values())
        return sum(weight for stem, weight in weights.items() if stem in other.words) / total if total else 0.0

    def _weight(self, stem: str) -> float:
        number = self.index.terms.known.get(stem)
        return 1.0 if number is None else float(self.index.rarity[number])


def _one_kind(one: _Stated, other: _Stated) -> bool:
    mine, theirs = _comparable(one.figure), _comparable(other.figure)
    same_period = not (mine.period and theirs.period) or mine.period == theirs.period
    return (mine.quantity, mine.unit, one.counted) == (theirs.quantity, theirs.unit, other.counted) and same_period


def _figures_differ(one: Figure, other: Figure) -> bool:
    """Whether neither range holds the other, by more than rounding."""
    if one.within(other) or other.within(one):
        return False
    if max(one.low, other.low) > SPREAD * min(one.low, other.low):
        return False
    gap = max(abs(one.low - other.low), abs((one.high or one.low) - (other.high or other.low)))
    return gap > ROUNDING * max(one.high or one.low, other.high or other.low)


def _comparable(figure: Figure) -> Figure:
    """A time in hours, whatever it was counted in; other figures as they are."""
    if figure.quantity is not Quantity.DURATION or figure.unit not in _HOURS:
        return figure
    hours = _HOURS[figure.unit]
    return replace(figure, low=figure.low * hours, high=figure.high and figure.high * hours, unit="hour")


def _stated(index: Index) -> Iterator[_Stated]:
    for number, unit in enumerate(index.units):
        passage = index.passages[unit.passage]
        guide = index.guides[passage.guide]
        parts = _cells(guide, passage) if passage.cells else _clauses(guide, unit.span)
        for figure, counted, about, whole in parts:
            rest = _without_figures(guide.text, unit.span)
            above = " ".join((guide.title, *passage.section, passage.lead.of(guide.text) if passage.lead else ""))
            heading = " ".join(passage.section[-1:])
            years = frozenset(_YEAR.findall(whole)) or frozenset(_YEAR.findall(heading))
            yield _Stated(
                number,
                passage.guide,
                figure,
                counted,
                _stems(about),
                _stems(f"{rest} {heading}"),
                _stems(f"{whole} {above}"),
                _stems(guide.title) & _stems(about),
                _stems(passage.cells[0].of(guide.text)) if passage.cells else frozenset[str](),
                _stems(heading),
                _names(f"{whole} {heading}"),
                years,
            )


def _clauses(guide: Guide, span: Span) -> Iterator[tuple[Figure, str, str, str]]:
    """The figures of a sentence that are the only ones of their kind in their clause: with what they are about, and it."""
    text, whole = guide.text, span.of(guide.text)
    edges = [span.start, *(span.start + match.end() for match in _CLAUSE.finditer(whole)), span.end]
    figures = figures_in(text, span.start, span.end)
    for start, end in pairwise(edges):
        inside = [(f, _counted(text, f, end)) for f in figures if start <= f.span.start < end]
        kinds = Counter((figure.quantity, counted) for figure, counted in inside)
        for figure, counted in inside:
            if _compared(figure, counted) and kinds[figure.quantity, counted] == 1:
                about = f"{text[start : figure.span.start]} {text[figure.span.end : end]}"
                yield figure, counted, about, whole


def _cells(guide: Guide, row: Passage) -> Iterator[tuple[Figure, str, str, str]]:
    """The figures that are alone in their cells: with the heads of row and column, and the row."""
    head = row.cells[0].of(guide.text)
    for column, cell in enumerate(row.cells[1:], 1):
        figures = [f for f in figures_in(guide.text, *cell) if f.quantity is not Quantity.YEAR]
        header = row.header[column].of(guide.text) if column < len(row.header) else ""
        if len(figures) == 1:
            counted = " ".join(sorted(_stems(header))) if figures[0].quantity is Quantity.COUNT else ""
            if _compared(figures[0], counted):
                headers = " ".join(one.of(guide.text) for one in row.header)
                yield figures[0], counted, f"{head} {header}", f"{row.span.of(guide.text)} {headers}"


def _without_figures(text: str, span: Span) -> str:
    figures = figures_in(text, span.start, span.end)
    edges = [span.start, *(edge for figure in figures for edge in figure.span), span.end]
    return " ".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


def _compared(figure: Figure, counted: str) -> bool:
    return figure.quantity is not Quantity.YEAR and (figure.quantity is not Quantity.COUNT or bool(counted))


def _counted(text: str, figure: Figure, end: int) -> str:
    """The stem of what a bare number counts: the last of the words right after it, before any that only joins."""
    if figure.quantity is not Quantity.COUNT:
        return ""
    after = _NOUN.match(text, figure.span.end, end)
    noun = ""
    for word in words_in(after[0]) if after else ():
        if word.text.lower() in FUNCTION_WORDS:
            break
        noun = word.stem
    return noun


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem for stem in stems_in(text) if not any(map(str.isdigit, stem)))


def _names(text: str) -> frozenset[str]:
    """Stems of the words that are written as names are."""
    return frozenset(stem for match in _NAME.finditer(text) for stem in stems_in(match[0]))
