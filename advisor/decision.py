"""Whether the evidence answers this question: every part that narrows it must be met, not only its general subject."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.figures import Quantity

from .answer import Status
from .evidence import Candidate, Evidence
from .question import Kind


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where answering begins; fitted on development questions."""

    answer: float = 0.5
    """Least probability that the best evidence answers."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The status that the evidence allows, how sure that is, and the words of the question that nothing meets."""

    status: Status
    probability: float
    missing: tuple[str, ...] = ()


SIGNALS = ("meaning", "passage", "cover", "weakest", "own", "words", "quantity", "year", "named", "score")


def signals(evidence: Evidence) -> np.ndarray:
    """What tells whether the best evidence answers, in the order of `SIGNALS`."""
    best = evidence.candidates[0]
    weights = evidence.terms.weights
    covered = _met(evidence, best)
    total = max(float(weights.sum()), 1e-9)
    uncovered = weights * (1.0 - covered)
    return np.array(
        [
            max(c.feature("unit_meaning") for c in evidence.candidates[:5]),
            max(c.feature("passage_meaning") for c in evidence.candidates[:5]),
            float(weights @ covered) / total,
            float(uncovered.max(initial=0.0)),
            best.feature("unit_cover"),
            min(float(evidence.scores.lexical.max(initial=0.0)) / 20.0, 2.0),
            best.feature("quantity"),
            best.feature("year"),
            float(_uncovered_name(evidence, covered)),
            best.score,
        ]
    )


def decide(evidence: Evidence, thresholds: Thresholds) -> Decision:
    """The status of an answer made of this evidence."""
    if not evidence.candidates:
        return Decision(Status.NOT_IN_GUIDES, 0.0)
    best = evidence.candidates[0]
    covered = _met(evidence, best)
    missing = tuple(
        word.text
        for word, weight, cover in zip(evidence.terms.words, evidence.terms.weights, covered, strict=True)
        if cover < 0.35 and weight > 0.4
    )
    probability = _probability(evidence)
    question = evidence.question
    if question.years and best.feature("year") <= 0 and question.kind is not Kind.TREND:
        return Decision(Status.NOT_IN_GUIDES, probability, tuple(str(y) for y in question.years))
    if (
        question.quantity in (Quantity.MONEY, Quantity.PERCENT)
        and best.feature("quantity") < 0
        and question.kind is Kind.FIGURE
    ):
        return Decision(Status.NOT_IN_GUIDES, probability, missing)
    if probability < thresholds.answer:
        return Decision(Status.NOT_IN_GUIDES, probability, missing)
    return Decision(Status.ANSWERED, probability, missing)


def _probability(evidence: Evidence) -> float:
    """A hand-made guess until weights are fitted."""
    meaning, passage, cover, weakest, *_rest = signals(evidence)
    named = signals(evidence)[SIGNALS.index("named")]
    x = 6.0 * (max(meaning, passage) - 0.45) + 3.0 * (cover - 0.6) - 3.0 * (weakest - 0.5) - 2.5 * named
    return float(1.0 / (1.0 + np.exp(-x)))


def _met(evidence: Evidence, best: Candidate) -> np.ndarray:
    """[terms] How far the best unit in its place, or a near rival of its section, covers each term."""
    near = [c.covered for c in evidence.candidates[:6] if c.passage.section == best.passage.section]
    return np.max(np.stack([best.covered, *near]), axis=0)


def _uncovered_name(evidence: Evidence, covered: np.ndarray) -> bool:
    """Whether the question names someone, somewhere or something (a capital inside it) that the evidence does not."""
    text = evidence.question.text
    for word, cover in zip(evidence.terms.words, covered, strict=True):
        inside = word.start > 0 and text[: word.start].rstrip()[-1:] not in ".!?:\"'“"
        if word.text[0].isupper() and inside and cover < 0.5:
            return True
    return False
