"""What the guides hold for a question: every sentence, list entry and table row worth a look, with what speaks for it.

Passages are found by meaning and by words (`Index.scores`); the units of the best of them are then weighed one by
one: their own meaning, how much of the question their words and headings cover, whether they state the kind of
quantity that is asked for, and how well their section and their guide match as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from index.search import Index, Scores
from index.units import Unit
from numpy.typing import NDArray

from index.figures import Figure, Quantity, figures_in
from index.guide import Guide, Passage, PassageKind
from index.words import stem

from .matching import Matcher, Terms
from .question import Kind, Question

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
)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to a unit's score; fitted on development questions (`scripts/fit.py`)."""

    values: tuple[float, ...] = (2.2, 1.2, 0.3, 0.8, 1.6, 1.6, 0.9, 0.6, 1.2, 0.5, 1.0, 0.6, 1.2, 0.5, 0.15, -0.1)


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
    """Gathers evidence from one index; holds what is worked out once for it."""

    def __init__(self, index: Index, weights: Weights | None = None) -> None:
        self.index = index
        self.weights = np.asarray((weights or Weights()).values, dtype=np.float32)
        self.matcher = Matcher(index)
        self._units_of: dict[int, list[int]] = {}
        for position, unit in enumerate(index.units):
            self._units_of.setdefault(unit.passage, []).append(position)
        self._guide_of = np.array([list(index.guides).index(p.guide) for p in index.passages], dtype=np.int32)
        self._sections: dict[tuple[str, tuple[str, ...]], int] = {}
        self._section_of = np.array(
            [self._sections.setdefault((p.guide, p.section), len(self._sections)) for p in index.passages],
            dtype=np.int32,
        )

    def gather(self, question: Question, focus: Sequence[str] = (), passages: int = 40) -> Evidence:
        """The units worth a look for a question, weighed; `focus` names guides that the conversation is about."""
        scores = self.index.scores(question.text)
        terms = self.matcher.terms(question)
        fused = _fused(scores)
        section = _best_sum(fused, self._section_of)
        guide = _best_sum(fused, self._guide_of)
        guide = 0.5 * guide / max(guide.max(), 1e-9) + 0.5 * self.matcher.titles(terms)
        for position, name in enumerate(self.index.guides):
            if name in focus:
                guide[position] += 0.5
        lifted = fused + 0.3 * section[self._section_of] / max(section.max(), 1e-9) + 0.6 * guide[self._guide_of]
        chosen = np.argsort(-lifted, kind="stable")[:passages]
        positions = np.array(
            [unit for passage in chosen for unit in self._units_of.get(int(passage), ())], dtype=np.int64
        )
        if not len(positions):
            return Evidence(question, terms, (), scores)
        candidates = self._weigh(question, terms, positions, scores, fused, section, guide)
        return Evidence(question, terms, candidates, scores)

    def _weigh(
        self,
        question: Question,
        terms: Terms,
        positions: NDArray[np.int64],
        scores: Scores,
        fused: NDArray[np.float32],
        section: NDArray[np.float32],
        guide: NDArray[np.float32],
    ) -> tuple[Candidate, ...]:
        index = self.index
        units = [index.units[int(p)] for p in positions]
        passages = np.array([unit.passage for unit in units])
        own, context, near = self.matcher.cover(terms, positions)
        covered = np.maximum(np.maximum(own, 0.9 * context), 0.6 * near)
        weight = terms.weights
        total = max(float(weight.sum()), 1e-9)
        lexical = scores.lexical / max(float(scores.lexical.max()), 1e-9)
        meaning = index.unit_vectors[positions] @ scores.vector
        texts = [unit.span.of(index.guides[index.passages[unit.passage].guide].text) for unit in units]
        figures = [figures_in(text) for text in texts]
        columns = {
            "unit_meaning": meaning,
            "passage_meaning": scores.dense[passages],
            "passage_words": lexical[passages],
            "fused": fused[passages],
            "unit_cover": weight @ own / total,
            "cover": weight @ covered / total,
            "heading_cover": weight @ context / total,
            "title_cover": self.matcher.titles(terms)[self._guide_of[passages]],
            "quantity": [_states(question, f) for f in figures],
            "period": [_period(question, f) for f in figures],
            "year": [self._year(question, unit, text) for unit, text in zip(units, texts, strict=True)],
            "section": section[self._section_of[passages]] / max(float(section.max()), 1e-9),
            "guide": guide[self._guide_of[passages]],
            "kind": [_suits(question.kind, index.passages[unit.passage].kind) for unit in units],
            "opens": [float(unit.span.start == index.passages[unit.passage].start) for unit in units],
            "length": [min(len(text) / 300, 2.0) for text in texts],
        }
        features = np.column_stack([np.asarray(columns[name], dtype=np.float32) for name in FEATURES])
        total_scores = features @ self.weights
        order = np.argsort(-total_scores, kind="stable")
        return tuple(
            Candidate(
                unit=units[i],
                position=int(positions[i]),
                passage=index.passages[units[i].passage],
                guide=index.guides[index.passages[units[i].passage].guide],
                score=float(total_scores[i]),
                features=features[i],
                covered=covered[:, i],
            )
            for i in order
        )

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


def _fused(scores: Scores) -> NDArray[np.float32]:
    """Dense and lexical scores of all passages as one, 0 to about 1: a weighted sum of scaled scores."""
    lexical = scores.lexical / max(float(scores.lexical.max()), 1e-9)
    dense = np.clip(scores.dense, 0.0, 1.0)
    return np.asarray(0.7 * dense + 0.3 * lexical, dtype=np.float32)


def _best_sum(fused: NDArray[np.float32], groups: NDArray[np.int32], best: int = 3) -> NDArray[np.float32]:
    """For each group of passages, the sum of its `best` highest scores, later ones counting less."""
    order = np.lexsort((-fused, groups))
    sorted_groups = groups[order]
    starts = np.r_[0, np.flatnonzero(np.diff(sorted_groups)) + 1]
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    share = np.where(rank < best, 1.0 / (rank + 1.0), 0.0)
    sums = np.zeros(int(groups.max()) + 1 if len(groups) else 0, dtype=np.float32)
    np.add.at(sums, sorted_groups, (fused[order] * share).astype(np.float32))
    return sums


def _states(question: Question, figures: Sequence[Figure]) -> float:
    """Whether a unit states the kind of quantity that is asked for: 1 yes, 0 not asked, -1 no."""
    if question.quantity is None:
        return 0.0
    kinds = {figure.quantity for figure in figures}
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


__all__ = ["FEATURES", "Candidate", "Evidence", "Gatherer", "Weights", "stem"]
