"""What speaks for a unit beside the reranker: how its words, headings, figures and place fit the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from index.figures import Figure, Quantity, figures_in
from index.guide import Passage, PassageKind
from index.search import Floats, Index, Scores, scaled
from index.texts import above_text
from index.units import Unit
from index.words import Word, stems_in

from .matching import Matcher, Terms
from .question import Kind, Question, ranks_in
from .shares import shares_in
from .tables import cell_quantities

FEATURES = (
    "unit_meaning",
    "passage_meaning",
    "words",
    "guide",
    "unit_cover",
    "cover",
    "heading_cover",
    "quantity",
    "period",
    "year",
    "kind",
    "length",
    "key",
    "introduces",
    "preamble",
    "within",
    "address",
    "unasked",
    "narrower",
    "echo",
    "elsewhere",
    "uncoded",
    "opposed",
    "share",
    "having",
)
_SOME_TIME = re.compile(
    r"\b(?:a few|several|a couple of|(?:up to|about|around|less than|more than|over|under|at least|within|half|takes?|lasts?) an?)"
    r"\s+(?:year|month|week|day|hour)s?\b",
    re.IGNORECASE,
)
SHORT_SECTION = 700
"""Characters of a section whose figures speak for all of its units."""

ABBREVIATION = re.compile(r"\b(?:[A-Z]\.){2,}|\b[A-Z]{2,}\b")

_ADDRESS = re.compile(r"\S+[/.@]\w\S*")
_NEARLY = re.compile(
    r"\b(?:under|below|less than|fewer than|almost|nearly|not (?:yet|quite)|just short of)\W+$", re.IGNORECASE
)
_OVER = re.compile(r"\b(?:over|above|more than|past)\W+$", re.IGNORECASE)
_EXPERIENCE = re.compile(r"\bexperience", re.IGNORECASE)
_OF_EXPERIENCE = re.compile(r"\W*(?:\w+\W+){0,4}?experience\b", re.IGNORECASE)
_ASKS_ADDRESS = re.compile(r"\b(?:web|web ?sites?|sites?|links?|urls?|address(?:es)?|online|sources?)\b", re.IGNORECASE)


class Features:
    """Tells the features of the units of one index."""

    def __init__(self, index: Index, matcher: Matcher) -> None:
        self.index = index
        self.matcher = matcher
        self._sections: dict[tuple[str, tuple[str, ...]], tuple[Figure, ...]] = {}
        self._leads = {(passage.guide, passage.lead) for passage in index.passages if passage.lead}

    def of(
        self, question: Question, terms: Terms, positions: NDArray[np.int64], scores: Scores, focus: Sequence[str]
    ) -> tuple[Floats, Floats]:
        """[units, features] in the order of `FEATURES`, and [terms, units] how far each unit in its place covers each term."""
        index = self.index
        units = [index.units[int(p)] for p in positions]
        passages = index.unit_passages[positions]
        own, context, near = self.matcher.cover(terms, positions, passages)
        covered = np.maximum(np.maximum(own, 0.9 * context), 0.6 * near)
        total = max(float(terms.weights.sum()), 1e-9)
        texts = [unit.span.of(index.guides[index.passages[unit.passage].guide].text) for unit in units]
        figures = [figures_in(text) for text in texts]
        columns = {
            "unit_meaning": index.unit_vectors[positions] @ scores.vector,
            "passage_meaning": scores.dense[passages],
            "words": scaled(scores.lexical)[passages],
            "guide": scores.guide[index.guide_numbers[passages]],
            "unit_cover": terms.weights @ own / total,
            "cover": terms.weights @ covered / total,
            "heading_cover": terms.weights @ context / total,
            "quantity": [
                _states(question, [*f, *self._implied(unit)], self._headed(unit) | _loosely(text))
                for f, unit, text in zip(figures, units, texts, strict=True)
            ],
            "period": [_period(question, f) for f in figures],
            "year": [self._year(question, unit, text) for unit, text in zip(units, texts, strict=True)],
            "kind": [_suits(question.kind, index.passages[unit.passage].kind) for unit in units],
            "length": [min(len(text) / 300, 2.0) for text in texts],
            "key": [self._key(terms, index.passages[unit.passage]) for unit in units],
            "introduces": [
                float(text.rstrip().endswith(":") or (index.passages[u.passage].guide, u.span) in self._leads)
                for text, u in zip(texts, units, strict=True)
            ],
            "within": [
                _within(question, f) or _within(question, self._beside(index.passages[unit.passage]))
                for f, unit in zip(figures, units, strict=True)
            ]
            if question.figures
            else [0.0] * len(units),
            "preamble": [float(not index.passages[unit.passage].section) for unit in units],
            "address": [float("://" in text and not _ASKS_ADDRESS.search(question.text)) for text in texts],
            "unasked": [_unasked(question, index.passages[unit.passage]) for unit in units],
            "narrower": [self._narrower(question, index.passages[unit.passage]) for unit in units],
            "echo": [_echo(question, text) for text in texts],
            "opposed": [_opposed(question, text) for text in texts],
            "share": self._shares(question, units, texts),
            "having": [_having(question, text, f) for text, f in zip(texts, figures, strict=True)],
            "elsewhere": [float(bool(focus) and index.passages[unit.passage].guide not in focus) for unit in units],
        }
        columns["uncoded"] = self._uncoded(question, units, texts)
        return np.column_stack([np.asarray(columns[name], dtype=np.float32) for name in FEATURES]), covered

    def _shares(self, question: Question, units: Sequence[Unit], texts: Sequence[str]) -> list[float]:
        """Whether a unit, or the heading of its column, speaks of the share of people that is asked about: 1 or -1; 0 where none is."""
        asked = shares_in(question.text)
        if not asked:
            return [0.0] * len(units)
        near = (f"{text} ; {self._header(unit)}" for text, unit in zip(texts, units, strict=True))
        return [1.0 if asked & shares_in(place) else -1.0 for place in near]

    def _header(self, unit: Unit) -> str:
        passage = self.index.passages[unit.passage]
        return " ; ".join(cell.of(self.index.guides[passage.guide].text) for cell in passage.header)

    def _uncoded(self, question: Question, units: Sequence[Unit], texts: Sequence[str]) -> list[float]:
        """Whether a unit in its place has none of the abbreviations of the question that the guides know.

        1 where its own words have another instead, 0.15 where they have none.
        """
        known = self.index.terms.known
        asked = {w.text.casefold() for w in question.words if w.stem in known and self._abbreviates(w)}
        if not asked:
            return [0.0] * len(units)
        near = (f"{text} {self._above(unit)}" for text, unit in zip(texts, units, strict=True))
        return [
            0.0 if asked & _codes(place) else 1.0 if _codes(text) else 0.15
            for text, place in zip(texts, near, strict=True)
        ]

    def _abbreviates(self, word: Word) -> bool:
        """Whether a word of a question is an abbreviation, or what the guides write in capitals and never as a word."""
        if ABBREVIATION.fullmatch(word.text):
            return True
        if not ABBREVIATION.fullmatch(word.text.upper()):
            return False
        pattern = re.compile(rf"\b{re.escape(word.text)}\b", re.IGNORECASE)
        written = chain.from_iterable(
            pattern.findall(_ADDRESS.sub(" ", self._written(int(position))))
            for position in self.index.lexical.holding(word.stem)
        )
        first = next(written, "")
        return first.isupper() and all(map(str.isupper, written))

    def _written(self, position: int) -> str:
        passage = self.index.passages[position]
        return passage.span.of(self.index.guides[passage.guide].text)

    def _above(self, unit: Unit) -> str:
        passage = self.index.passages[unit.passage]
        return above_text(self.index.guides[passage.guide], passage)

    def _beside(self, passage: Passage) -> tuple[Figure, ...]:
        """Figures of a short section, which tell of whom or what its units speak ("Experience: 2–5 years"); a row speaks for itself."""
        if passage.kind is PassageKind.ROW:
            return ()
        key = (passage.guide, passage.section)
        if key not in self._sections:
            together = [p for p in self.index.guides[passage.guide].passages if p.section == passage.section]
            text = self.index.guides[passage.guide].text
            short = sum(p.end - p.start for p in together) <= SHORT_SECTION
            self._sections[key] = tuple(f for p in together for f in figures_in(text, p.start, p.end)) if short else ()
        return self._sections[key]

    def _implied(self, unit: Unit) -> tuple[Figure, ...]:
        """What the bare numbers of a table row count: the sign stands in the table's first row alone."""
        passage = self.index.passages[unit.passage]
        if passage.kind is not PassageKind.ROW:
            return ()
        first = unit.passage
        while first and self._same_table(self.index.passages[first - 1], passage):
            first -= 1
        start = self.index.passages[first]
        return (
            figures_in(self.index.guides[passage.guide].text, start.start, start.end) if first != unit.passage else ()
        )

    def _headed(self, unit: Unit) -> set[Quantity]:
        """What the cells of a table row state by their headings."""
        passage = self.index.passages[unit.passage]
        if passage.kind is not PassageKind.ROW or len(passage.header) != len(passage.cells):
            return set()
        return set().union(*cell_quantities(passage, self.index.guides[passage.guide])[1:])

    @staticmethod
    def _same_table(one: Passage, other: Passage) -> bool:
        return (one.guide, one.section, one.kind, one.lead, one.header, len(one.cells)) == (
            other.guide,
            other.section,
            other.kind,
            other.lead,
            other.header,
            len(other.cells),
        )

    def _key(self, terms: Terms, passage: Passage) -> float:
        """How far the question names the row of a table: 0.5 whole, -0.5 not at all, 0 for what is no row."""
        if passage.kind is not PassageKind.ROW or not passage.cells or not len(terms.words):
            return 0.0
        known = self.index.terms.known
        stems = stems_in(passage.cells[0].of(self.index.guides[passage.guide].text))
        named = [float(terms.alike[:, known[stem]].max()) for stem in stems if stem in known]
        return sum(named) / len(named) - 0.5 if named else 0.0

    def _narrower(self, question: Question, passage: Passage) -> float:
        """0 to 1: how much of the question in a unit's heading is not asked, its rare words counting most."""
        heading = passage.section[-1] if passage.section else ""
        if not heading.rstrip().endswith("?"):
            return 0.0
        known, rarity = self.index.terms.known, self.index.rarity
        weights = {stem: float(rarity[known[stem]]) if stem in known else 1.0 for stem in stems_in(heading)}
        asked = {word.stem for word in question.words}
        unasked = sum(weight for stem, weight in weights.items() if stem not in asked)
        return unasked / max(sum(weights.values()), 1e-9)

    def _year(self, question: Question, unit: Unit, text: str) -> float:
        """1 where the unit or what stands over it names years that were asked for alone, 0.5 others too, -1 only others."""
        if not question.years:
            return 0.0
        passage = self.index.passages[unit.passage]
        guide = self.index.guides[passage.guide]
        above = [passage.lead, *passage.header] if passage.lead else list(passage.header)
        lent = " ; ".join((*passage.section, *(span.of(guide.text) for span in above)))
        named = _years(text) or _years(lent)
        if not named:
            return 0.0
        asked = set(question.years)
        return 1.0 if named <= asked else 0.5 if named & asked else -1.0


def _codes(text: str) -> set[str]:
    """The abbreviations of a text, whole and without what is joined to them ("ICD-10-CM", "ICD"), singular."""
    found = re.findall(r"[A-Z][A-Z\d&]*[A-Z\d](?:-[A-Z\d]+)*", text)
    return {part.casefold() for code in found for part in (code, code.partition("-")[0])}


def _years(text: str) -> set[int]:
    return {int(f.low) for f in figures_in(text) if f.quantity is Quantity.YEAR}


def _unasked(question: Question, passage: Passage) -> float:
    """Whether a unit's heading names somebody or something by an abbreviation that the question does not have."""
    heading = passage.section[-1] if passage.section else ""
    asked = question.text.casefold()
    return float(any(name[0].casefold() not in asked for name in ABBREVIATION.finditer(heading)))


def _echo(question: Question, text: str) -> float:
    """Whether a unit is no sentence, and says no more than the question does."""
    whole = text.rstrip().endswith((".", "!", "?"))
    return float(not whole and set(stems_in(text)) <= {word.stem for word in question.words})


def _opposed(question: Question, text: str) -> float:
    """Whether a unit tells of the highest alone where the lowest is asked for, or the other way round."""
    told = set(ranks_in(text)) if question.rank else set()
    return float(bool(told) and question.rank not in told)


def _loosely(text: str) -> set[Quantity]:
    """What a text states without a number ("a few days up to a month")."""
    return {Quantity.DURATION} if _SOME_TIME.search(text) else set()


def _states(question: Question, figures: Sequence[Figure], headed: set[Quantity]) -> float:
    """Whether a unit states the kind of quantity that is asked for: 1 yes, 0 not asked, -1 no."""
    if question.quantity is None:
        return 0.0
    spans_time = re.search(r"\bhours?\b|\bweek\b|\bday\b", question.text, re.IGNORECASE)
    kinds = {f.quantity for f in figures if f.quantity is not Quantity.DURATION or not f.period or spans_time}
    if question.quantity in kinds | headed:
        return 1.0
    related = {Quantity.COUNT: Quantity.PERCENT, Quantity.PERCENT: Quantity.COUNT}.get(question.quantity)
    return 0.0 if related in kinds else -1.0


def _having(question: Question, text: str, figures: Sequence[Figure]) -> float:
    """Whether a unit tells only for how long somebody has done something ("2 years of experience"), and it is asked how long something takes."""
    if question.quantity is not Quantity.DURATION or _EXPERIENCE.search(question.text):
        return 0.0
    times = [f for f in figures if f.quantity is Quantity.DURATION]
    return float(bool(times) and all(_OF_EXPERIENCE.match(text[f.span.end :]) for f in times))


def _within(question: Question, figures: Sequence[Figure]) -> float:
    """Whether a range of time that a unit states holds a time that the question tells: 1 yes, -1 none does, 0 no such ranges."""
    told = [_nudged(f, question.text) for f in question.figures if f.quantity is Quantity.DURATION and not f.period]
    ranges = [f for f in figures if f.quantity is Quantity.DURATION and f.high != f.low and not f.period]
    pairs = [(one, other) for one in told for other in ranges if one.unit == other.unit]
    if not pairs or question.quantity is Quantity.DURATION:
        return 0.0
    return 1.0 if any(one.within(other) for one, other in pairs) else -1.0


def _nudged(figure: Figure, text: str) -> Figure:
    """A time that is told as nearly, or a little more than, so long, on that side of it."""
    before = text[: figure.span.start]
    by = -0.5 if _NEARLY.search(before) else 0.5 if _OVER.search(before) else 0.0
    high = figure.high if figure.high is None else figure.high + by
    return replace(figure, low=figure.low + by, high=high)


def _period(question: Question, figures: Sequence[Figure]) -> float:
    if question.period is None:
        return 0.0
    periods = {figure.period for figure in figures if figure.period}
    return 1.0 if question.period in periods else (-1.0 if periods else 0.0)


def _suits(kind: Kind, passage: PassageKind) -> float:
    wanted = {
        Kind.LIST: (PassageKind.LIST, PassageKind.STEP),
        Kind.STEPS: (PassageKind.STEP,),
        Kind.TREND: (PassageKind.ROW,),
        Kind.YES_NO: (PassageKind.FAQ,),
    }.get(kind, ())
    return 1.0 if passage in wanted else 0.0
