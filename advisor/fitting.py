"""Fit the decision to answer or to refuse on development questions, by logistic regression (scikit-learn).

Only questions of one turn are learned from: one that the guides answer should be answered, one that they do not answer
should not. The probability from which a question is answered is the one at which a given share of the answerable ones
are refused.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import AdvisorError

from .chain import Advisor
from .decision import SIGNALS, Fitted
from .evaluation.questions import Aim, Question

WRONGLY_REFUSED = 0.04
"""Share of the answerable questions that the threshold may refuse."""
FEWEST = 10
"""Questions of either kind that a fit needs."""


@dataclass(frozen=True, slots=True)
class Example:
    """What the evidence for a question signals, and whether the guides answer it."""

    signals: NDArray[np.float32]
    """[SIGNALS]"""
    answerable: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """A fit and how well it tells the questions apart that it was fitted on."""

    fitted: Fitted
    questions: int
    auroc: float
    """Probability that an answerable question gets the higher probability of the two (Hanley and McNeil, 1982)."""
    refused_rightly: float
    refused_wrongly: float


def examples(advisor: Advisor, questions: Iterable[Question]) -> list[Example]:
    """What the evidence for each question of one turn signals."""
    single = (q for q in questions if len(q.turns) == 1 and q.aim in (Aim.ANSWER, Aim.REFUSE))
    gathered = ((q, advisor.evidence(q.turns[0])) for q in single)
    return [
        Example(advisor.signals(evidence), question.aim is Aim.ANSWER)
        for question, evidence in gathered
        if evidence.candidates
    ]


def fit(sets: Sequence[Sequence[Example]], wrongly_refused: float = WRONGLY_REFUSED, reranker: str = "") -> Fit:
    """Weights and threshold from the examples of one or more corpora, each corpus and each outcome weighing the same.

    `reranker` is whose logits the examples hold. Raises `AdvisorError` where there are too few of either outcome.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score

    every = [example for found in sets for example in found]
    answers = np.array([example.answerable for example in every], dtype=bool)
    if min(answers.sum(), (~answers).sum()) < FEWEST:
        raise AdvisorError(
            f"A fit needs at least {FEWEST} questions of one message that the guides answer and {FEWEST} that they do not;"
            f" these are {answers.sum()} and {(~answers).sum()}. Add some (advisor questions draft makes a start)."
        )
    rows = np.array([example.signals for example in every])
    shares = [1 / (2 * sum(o.answerable == e.answerable for o in found)) for found in sets for e in found]
    model = LogisticRegression(max_iter=5000, C=len(rows) / 2).fit(rows, answers, sample_weight=np.array(shares))
    weights = {name: round(float(weight), 4) for name, weight in zip(SIGNALS, model.coef_[0], strict=True)}
    unset = Fitted(weights, round(float(model.intercept_[0]), 4), 0.5)
    told = np.array([unset.probability(example.signals) for example in every])
    ends = np.cumsum([len(found) for found in sets])
    cuts = [
        np.quantile(part[mine], wrongly_refused)
        for part, mine in zip(np.split(told, ends[:-1]), np.split(answers, ends[:-1]), strict=True)
        if mine.any()
    ]
    cut = math.floor(float(np.mean(cuts)) * 10_000) / 10_000  # never above what it was, which could refuse them all
    return Fit(
        Fitted(weights, unset.bias, cut, reranker),
        len(every),
        float(roc_auc_score(answers, told)),
        float((told[~answers] < cut).mean()),
        float((told[answers] < cut).mean()),
    )


def write_fit(fitted: Fitted, path: Path) -> None:
    """Write a fit as `decision.read_fit` reads it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(fitted), indent=1) + "\n", "utf-8")
    except OSError as error:
        raise AdvisorError(f"{path} cannot be written ({error.strerror}). Name another file with --out.") from error
