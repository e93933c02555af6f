"""What the guides hold for a question: every sentence, list entry and table row worth a look, with what speaks for it.

Passages are found by meaning and by words (`Index.scores`); the units of the best of them are then weighed one by
one: their own meaning, how much of the question their words and headings cover, whether they state the kind of
quantity that is asked for, and how well their section and their guide match as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from index.figures import Figure, Quantity, figures_in
from index.guide import Guide, Passage, PassageKind
from index.search import Floats, Index, Scores, scaled
from index.units import Unit
from index.words import stems_in

from .matching import Matcher, Terms
from .question import Kind, Question

FOCUS = 0.5
"""What the conversation's guide gains over others."""

FEATURES = (
    "unit_meaning",
    "passage_meaning",
    "passage_words",
    "fused",
    "unit_cover",
    "cover",
    "heading_cover",
    "title_cover",
    "quantity",
    "period",
    "year",
    "section",
    "guide",
    "kind",
    "opens",
    "length",
    "key",
    "introduces",
    "preamble",
)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to a unit's score; fitted on development questions (`scripts/fit.py`)."""

    values: tuple[float, ...] = (
        2.3, 1.4, -0.2, 0.9, 0.2, 1.1, 0.4, -0.8, 0.45, 0.55, 0.5, 0.2, 0.4, 0.1, 0.05, -0.1, 0.6, -0.9, -0.25,
    )  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """A unit of a guide, weighed for one question."""

    unit: Unit
    position: int
    """Row of the unit in `Index.units`."""
    passage: Passage
    guide: Guide
    score: float
    features: NDArray[np.float32] = field(repr=False)
    covered: NDArray[np.float32] = field(repr=False)
    """For each term of the question, how far this unit in its place covers it: 0 to 1."""

    @cached_property
    def text(self) -> str:
        return self.unit.span.of(self.guide.text)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        return figures_in(self.guide.text, *self.unit.span)

    def feature(self, name: str) -> float:
        return float(self.features[FEATURES.index(name)])


@dataclass(frozen=True)
class Evidence:
    """The weighed units, best first, and what the question's terms weigh."""

    question: Question
    terms: Terms
    candidates: tuple[Candidate, ...]
    scores: Scores

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None


class Gatherer:
    """Gathers evidence from one index."""

    def __init__(self, index: Index, weights: Weights | None = None) -> None:
        self.index = index
        self.weights = np.asarray((weights or Weights()).values, dtype=np.float32)
        self.matcher = Matcher(index)
        self._leads = {(passage.guide, passage.lead) for passage in index.passages if passage.lead}

    def gather(self, question: Question, focus: Sequence[str] = (), passages: int = 40) -> Evidence:
        """The units worth a look for a question, weighed; `focus` names guides that the conversation is about."""
        scores = self.index.scores(question.text)
        terms = self.matcher.terms(question)
        guide = scores.guide + np.array([FOCUS * (name in focus) for name in self.index.guides], dtype=np.float32)
        lifted = scores.total + (guide - scores.guide)[self.index.guide_numbers]
        chosen = np.argsort(-lifted, kind="stable")[:passages]
        starts = self.index.unit_starts
        units = [np.arange(starts[i], starts[i + 1]) for i in chosen]
        positions = np.concatenate([np.array([], dtype=np.int64), *units])
        if not len(positions):
            return Evidence(question, terms, (), scores)
        features, covered = self._features(question, terms, positions, scores, guide)
        total = features @ self.weights
        candidates = tuple(
            self._candidate(int(positions[i]), float(total[i]), features[i], covered[:, i])
            for i in np.argsort(-total, kind="stable")
        )
        return Evidence(question, terms, candidates, scores)

    def _candidate(self, position: int, score: float, features: Floats, covered: Floats) -> Candidate:
        unit = self.index.units[position]
        passage = self.index.passages[unit.passage]
        return Candidate(unit, position, passage, self.index.guides[passage.guide], score, features, covered)

    def _features(
        self, question: Question, terms: Terms, positions: NDArray[np.int64], scores: Scores, guide: Floats
    ) -> tuple[Floats, Floats]:
        """[units, features] and [terms, units]."""
        index = self.index
        units = [index.units[int(p)] for p in positions]
        passages = np.array([unit.passage for unit in units])
        own, context, near = self.matcher.cover(terms, positions, passages)
        covered = np.maximum(np.maximum(own, 0.9 * context), 0.6 * near)
        total = max(float(terms.weights.sum()), 1e-9)
        texts = [unit.span.of(index.guides[index.passages[unit.passage].guide].text) for unit in units]
        figures = [figures_in(text) for text in texts]
        columns = {
            "unit_meaning": index.unit_vectors[positions] @ scores.vector,
            "passage_meaning": scores.dense[passages],
            "passage_words": scaled(scores.lexical)[passages],
            "fused": scores.fused[passages],
            "unit_cover": terms.weights @ own / total,
            "cover": terms.weights @ covered / total,
            "heading_cover": terms.weights @ context / total,
            "title_cover": index.titles(question.text)[index.guide_numbers[passages]],
            "quantity": [_states(question, [*f, *self._implied(unit)]) for f, unit in zip(figures, units, strict=True)],
            "period": [_period(question, f) for f in figures],
            "year": [self._year(question, unit, text) for unit, text in zip(units, texts, strict=True)],
            "section": scores.section[passages],
            "guide": guide[index.guide_numbers[passages]],
            "kind": [_suits(question.kind, index.passages[unit.passage].kind) for unit in units],
            "opens": [float(unit.span.start == index.passages[unit.passage].start) for unit in units],
            "length": [min(len(text) / 300, 2.0) for text in texts],
            "key": [self._key(terms, index.passages[unit.passage]) for unit in units],
            "introduces": [
                float(text.rstrip().endswith(":") or (index.passages[u.passage].guide, u.span) in self._leads)
                for text, u in zip(texts, units, strict=True)
            ],
            "preamble": [float(not index.passages[unit.passage].section) for unit in units],
        }
        return np.column_stack([np.asarray(columns[name], dtype=np.float32) for name in FEATURES]), covered

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
        """1 where the unit or its introduction names a year that was asked for, -1 where it names only others."""
        if not question.years:
            return 0.0
        passage = self.index.passages[unit.passage]
        guide = self.index.guides[passage.guide]
        lead = passage.lead.of(guide.text) if passage.lead else ""
        named = {
            int(f.low) for f in figures_in(f"{' '.join(passage.section)} {lead} {text}") if f.quantity is Quantity.YEAR
        }
        if not named:
            return 0.0
        return 1.0 if named & set(question.years) else -1.0


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
