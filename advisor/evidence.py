"""What the guides hold for a question: every sentence, list entry and table row worth a look, with what speaks for it.

Passages are found by meaning and by words (`Index.scores`); the units of the best of them are then weighed one by
one: their own meaning, how much of the question their words and headings cover, whether they state the kind of
quantity that is asked for, and how well their section and their guide match as a whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.figures import Figure, Quantity, figures_in
from index.guide import Guide, Passage, PassageKind
from index.reranker import Reranker
from index.search import Floats, Index, Scores, scaled
from index.texts import read_text
from index.units import Unit
from index.words import stems_in

from .matching import Matcher, Terms
from .question import Kind, Question

PASSAGES = 160
"""Whose units are looked at."""
UNITS = 64
"""Of which all that speaks for them is told."""
SHORTLIST = 12
"""Of which the reranker reads."""
OTHERS = 5
"""Units that it reads beside them: the best of further guides."""
OF_EACH = 2
"""Units of one of those guides."""
SPELLED = 4
"""Units that spell out an abbreviation, of those that are read."""
SHORT_SECTION = 700
"""Characters of a section whose figures speak for all of its units."""
UNREAD = 100.0
"""Keeps what was not read behind what was."""

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
)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence adds to a unit's score; fitted on the training questions (`scripts/training/`)."""

    unit: float = 16.0
    passage: float = 12.5
    lexical: float = 4.2
    guide: float = 1.3
    values: tuple[float, ...] = (
        16.0, 12.5, 4.2, 1.3, 0.0, 0.0, 0.0, 0.8, 0.5, 0.5, 0.3, 0.0, 0.5, -2.1, -0.3, 1.0,
    )  # fmt: skip
    """In the order of `FEATURES`."""
    known: float = 0.2
    """What a point of all that counts beside a logit of the reranker."""
    year: float = 2.0
    """Logits that a unit of a year that was asked for gains, and one of another year loses."""
    within: float = 2.0
    """Likewise for a range of time that holds what the question tells, or does not."""
    spelled: float = 2.0
    """Logits that a unit gains that spells out an abbreviation whose meaning is asked for."""
    address: float = 2.0
    """Logits that a unit loses that names an address on the web."""
    focus: float = 2.0
    """Logits that a unit loses outside the guides that the conversation is about."""


@dataclass(frozen=True)
class Candidate:
    """A unit of a guide, weighed for one question."""

    unit: Unit
    position: int
    """Row of the unit in `Index.units`."""
    passage: Passage
    guide: Guide
    score: float
    """What it is ranked by: the reranker's logit, and a little of what was known beforehand; units that it did not read
    come after those that it read."""
    logit: float
    """Of the reranker: above 0, the unit is more likely to answer than not to; `-inf` where it was not read."""
    features: NDArray[np.float32] = field(repr=False)
    covered: NDArray[np.float32] = field(repr=False)
    """For each term of the question, how far this unit in its place covers it: 0 to 1."""

    @cached_property
    def text(self) -> str:
        return self.unit.span.of(self.guide.text)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        return figures_in(self.guide.text, *self.unit.span)

    @property
    def probability(self) -> float:
        """That the unit answers, 0 to 1, as far as the reranker tells."""
        return float(1.0 / (1.0 + np.exp(-self.logit)))

    def feature(self, name: str) -> float:
        """What speaks for the unit, by its name in `FEATURES`."""
        return float(self.features[FEATURES.index(name)])


@dataclass(frozen=True)
class Evidence:
    """The weighed units, best first, and what the question's terms weigh."""

    question: Question
    terms: Terms
    candidates: tuple[Candidate, ...]
    scores: Scores
    query: str
    """What was read beside each unit: the question, or it and what came before it."""

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None


class Gatherer:
    """Gathers evidence from one index."""

    def __init__(self, index: Index, reranker: Reranker, weights: Weights | None = None) -> None:
        self.index = index
        self.reranker = reranker
        self.weights = weights or Weights()
        self.matcher = Matcher(index)
        self._sections: dict[tuple[str, tuple[str, ...]], tuple[Figure, ...]] = {}
        self._leads = {(passage.guide, passage.lead) for passage in index.passages if passage.lead}

    def gather(self, question: Question, focus: Sequence[str] = (), asked: str | None = None) -> Evidence:
        """The units worth a look for a question, weighed; `focus` names guides that the conversation is about.

        `asked` is what the reranker and the query encoder read in place of the question's text.
        """
        query = asked or question.text
        scores = self.index.scores(query, focus)
        terms = self.matcher.terms(question)
        spelled = self._spelled_out(question)
        positions = np.union1d(self._nearest(scores), spelled).astype(np.int64)
        if not len(positions):
            return Evidence(question, terms, (), scores, query)
        features, covered = self._features(question, terms, positions, scores)
        known = features @ np.asarray(self.weights.values, dtype=np.float32)
        read = self._shortlist(positions, known, features)
        read += [i for i in map(int, np.flatnonzero(np.isin(positions, spelled))) if i not in read]
        logits = np.full(len(positions), -np.inf, dtype=np.float32)
        logits[read] = self.reranker.scores(query, [self._text(int(positions[i])) for i in read])
        score = known - UNREAD
        logits -= np.float32(self.weights.address) * np.array([_address(self._own_text(int(p))) for p in positions])
        if focus:
            wanted = np.array([guide in focus for guide in self.index.guides])
            outside = ~wanted[self.index.guide_numbers[self.index.unit_passages[positions]]]
            logits[outside] -= np.float32(self.weights.focus)
        logits += self.weights.year * features[:, FEATURES.index("year")]
        logits += self.weights.within * features[:, FEATURES.index("within")]
        logits[np.isin(positions, spelled)] += np.float32(self.weights.spelled)
        score[read] = logits[read] + self.weights.known * known[read]
        candidates = tuple(
            self._candidate(int(positions[i]), float(score[i]), float(logits[i]), features[i], covered[:, i])
            for i in np.argsort(-score, kind="stable")
        )
        return Evidence(question, terms, candidates, scores, query)

    def _nearest(self, scores: Scores) -> NDArray[np.int64]:
        """The units nearest in meaning, words and guide, of the best passages."""
        index, weights = self.index, self.weights
        passages = np.argsort(-scores.total, kind="stable")[:PASSAGES]
        units = index.units_of(passages)
        owners = index.unit_passages[units]
        alone = (
            weights.unit * (index.unit_vectors[units] @ scores.vector)
            + weights.passage * scores.dense[owners]
            + weights.lexical * scaled(scores.lexical)[owners]
        )
        near = alone + weights.guide * scores.guide[index.guide_numbers[owners]]
        order = np.argsort(-near, kind="stable")
        first = order[:UNITS]
        elsewhere = index.guide_numbers[owners] != index.guide_numbers[owners[order[0]]] if len(order) else order
        others = np.argsort(np.where(elsewhere, -alone, np.inf), kind="stable")[: 2 * OTHERS]
        return units[np.unique(np.concatenate([first, others[elsewhere[others]]]))] if len(order) else units

    def _shortlist(self, positions: NDArray[np.int64], known: Floats, features: Floats) -> list[int]:
        """The units to be read: the best, and beside them the best of other guides, whichever guide is the likeliest."""
        order = [int(i) for i in np.argsort(-known, kind="stable")]
        chosen = order[:SHORTLIST]
        alone = known - self.weights.values[FEATURES.index("guide")] * features[:, FEATURES.index("guide")]
        counts = Counter(self._guide_of(positions[i]) for i in chosen)
        first = self._guide_of(positions[order[0]])
        for i in map(int, np.argsort(-alone, kind="stable")):
            if len(chosen) == SHORTLIST + OTHERS:
                break
            guide = self._guide_of(positions[i])
            if i not in chosen and guide != first and counts[guide] < OF_EACH:
                counts[guide] += 1
                chosen.append(i)
        return chosen

    def _spelled_out(self, question: Question) -> NDArray[np.int64]:
        """The units that spell out an abbreviation whose meaning is asked for ("Full Name (FN)", "FN (Full Name)")."""
        found: list[int] = []
        for word in question.words if question.kind is Kind.DEFINITION else ():
            if not (word.text.isupper() and len(word.text) > 1):
                continue
            pattern = re.compile(rf"\w\s*\(\s*{re.escape(word.text)}\s*\)|\b{re.escape(word.text)}\s*\(\s*[A-Z]\w+ \w+")
            held = map(int, self.index.units_of(self.index.lexical.holding(word.stem)))
            found += [unit for unit in held if pattern.search(self._own_text(unit))]
        return np.array(found[:SPELLED], dtype=np.int64)

    def _own_text(self, position: int) -> str:
        unit = self.index.units[position]
        return unit.span.of(self.index.guides[self.index.passages[unit.passage].guide].text)

    def _guide_of(self, position: np.int64) -> str:
        return self.index.passages[self.index.units[int(position)].passage].guide

    def _text(self, position: int) -> str:
        """A unit as the reranker reads it."""
        unit = self.index.units[position]
        passage = self.index.passages[unit.passage]
        return read_text(self.index.guides[passage.guide], passage, unit.span)

    def _candidate(self, position: int, score: float, logit: float, features: Floats, covered: Floats) -> Candidate:
        unit = self.index.units[position]
        passage = self.index.passages[unit.passage]
        return Candidate(unit, position, passage, self.index.guides[passage.guide], score, logit, features, covered)

    def _features(
        self, question: Question, terms: Terms, positions: NDArray[np.int64], scores: Scores
    ) -> tuple[Floats, Floats]:
        """[units, features] and [terms, units]."""
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
            "quantity": [_states(question, [*f, *self._implied(unit)]) for f, unit in zip(figures, units, strict=True)],
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
        }
        return np.column_stack([np.asarray(columns[name], dtype=np.float32) for name in FEATURES]), covered

    def _beside(self, passage: Passage) -> tuple[Figure, ...]:
        """Figures of a short section, which tell of whom or what its units speak ("Experience: 2–5 years")."""
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


def _years(text: str) -> set[int]:
    return {int(f.low) for f in figures_in(text) if f.quantity is Quantity.YEAR}


def _address(text: str) -> bool:
    """Whether a unit names where something stands on the web: a source, not what it says."""
    return "://" in text


def _states(question: Question, figures: Sequence[Figure]) -> float:
    """Whether a unit states the kind of quantity that is asked for: 1 yes, 0 not asked, -1 no."""
    if question.quantity is None:
        return 0.0
    spans_time = re.search(r"\bhours?\b|\bweek\b|\bday\b", question.text, re.IGNORECASE)
    kinds = {f.quantity for f in figures if f.quantity is not Quantity.DURATION or not f.period or spans_time}
    if question.quantity in kinds:
        return 1.0
    related = {Quantity.COUNT: Quantity.PERCENT, Quantity.PERCENT: Quantity.COUNT}.get(question.quantity)
    return 0.0 if related in kinds else -1.0


def _within(question: Question, figures: Sequence[Figure]) -> float:
    """Whether a range of time that a unit states holds a time that the question tells: 1 yes, -1 none does, 0 no such ranges."""
    told = [f for f in question.figures if f.quantity is Quantity.DURATION and not f.period]
    ranges = [f for f in figures if f.quantity is Quantity.DURATION and f.high != f.low and not f.period]
    pairs = [(one, other) for one in told for other in ranges if one.unit == other.unit]
    if not pairs or question.quantity is Quantity.DURATION:
        return 0.0
    return 1.0 if any(one.within(other) for one, other in pairs) else -1.0


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


def of_a_part(candidate: Candidate) -> bool:
    """Whether a unit is a row that the question does not name, in a table that tells one thing of many."""
    row = candidate.passage.kind is PassageKind.ROW and len(candidate.passage.cells) == 2
    return row and candidate.feature("key") <= 0
