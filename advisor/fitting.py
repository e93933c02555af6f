"""Fit the decision to answer or to refuse on development questions, by logistic regression (scikit-learn).

Only questions of one turn are learned from: one that expects facts should be answered, one that expects
`not_in_guides` and no facts should not. The probability from which a question is answered is the one at which at most
`WRONGLY_REFUSED` of the answerable ones are refused.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.search import Index

from .decision import SIGNALS, Decider, Fitted
from .evidence import Gatherer
from .question import read_question

WRONGLY_REFUSED = 0.08
Example = tuple[NDArray[np.float32], bool]


def examples(index: Index, questions: Iterable[Mapping[str, Any]]) -> list[Example]:
    """The signals of each question over an index, and whether it should be answered."""
    gatherer, decider = Gatherer(index), Decider(index)
    found: list[Example] = []
    for question in questions:
        expected = question["expect"]
        if len(question["turns"]) > 1 or "conversation" in expected.get("status", ()):
            continue
        evidence = gatherer.gather(read_question(question["turns"][0]))
        refused = "not_in_guides" in expected.get("status", ()) and not expected.get("facts")
        if evidence.candidates:
            found.append((decider.signals(evidence), not refused))
    return found


def fit(sets: Sequence[Sequence[Example]]) -> Fitted:
    """Weights and threshold from the examples of one or more corpora, each corpus and each outcome weighing the same."""
    from sklearn.linear_model import LogisticRegression

    rows = np.array([values for examples in sets for values, _ in examples])
    answers = np.array([answered for examples in sets for _, answered in examples])
    shares = [
        1.0 / (2 * sum(other == answered for _, other in examples)) for examples in sets for _, answered in examples
    ]
    model = LogisticRegression(max_iter=5000, C=len(rows) / 2).fit(rows, answers, sample_weight=np.array(shares))
    weights = {name: round(float(weight), 4) for name, weight in zip(SIGNALS, model.coef_[0], strict=True)}
    unset = Fitted(weights, round(float(model.intercept_[0]), 4), 0.5)
    cuts = [
        np.quantile([unset.probability(v) for v, answered in examples if answered], WRONGLY_REFUSED)
        for examples in sets
    ]
    return Fitted(weights, unset.bias, round(float(np.mean(cuts)), 4))


def write_fit(fitted: Fitted, path: Path) -> None:
    """Write a fit as `decision.read_fit` reads it."""
    path.write_text(json.dumps(asdict(fitted), indent=1) + "\n", "utf-8")
