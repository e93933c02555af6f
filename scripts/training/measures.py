"""How well logits tell texts that answer from texts that do not, and questions that are answered from those that are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FALSE = 0.04
"""Share of the questions that have an answer which may be refused."""


class Read(NamedTuple):
    """The logits of one question's texts; the first `right` of them answer."""

    logits: NDArray[np.float32]
    right: int

    @property
    def first(self) -> int:
        """The place, from 1, of the best text that answers."""
        return 1 + int((self.logits[self.right :] > self.logits[: self.right].max()).sum())


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the held-out questions."""

    hit1: float
    """Share of the questions that have an answer whose best text answers."""
    hit2: float
    """Likewise, of the two best texts."""
    auroc: float
    """Of the best logit, for whether there is an answer."""
    refused: float
    """Share of the questions without an answer that are refused at the threshold that refuses `FALSE` of the others."""
    refused_at_0: float
    """Share of the questions without an answer that are refused when 0 is the threshold."""
    lost_at_0: float
    """Share of the questions with one that are refused then."""

    def __str__(self) -> str:
        return (
            f"hit@1 {self.hit1:.3f}, hit@2 {self.hit2:.3f}, AUROC {self.auroc:.3f}, refused {self.refused:.3f} at"
            f" {FALSE:.0%} false; at 0 refused {self.refused_at_0:.3f}, {self.lost_at_0:.3f} false"
        )


def figures(read: Sequence[Read]) -> Figures:
    """Of questions of both kinds; there must be one of each."""
    from sklearn.metrics import roc_auc_score

    firsts = np.array([each.first for each in read if each.right])
    best = np.array([each.logits.max() for each in read])
    answered = np.array([each.right > 0 for each in read])
    threshold = np.quantile(best[answered], FALSE)
    return Figures(
        hit1=float((firsts <= 1).mean()),
        hit2=float((firsts <= 2).mean()),
        auroc=float(roc_auc_score(answered, best)),
        refused=float((best[~answered] < threshold).mean()),
        refused_at_0=float((best[~answered] < 0).mean()),
        lost_at_0=float((best[answered] < 0).mean()),
    )


def recall(places: Sequence[int], within: Sequence[int] = (1, 2, 5, 8, 12, 16, 24, 32)) -> str:
    """In words: how often the first right one, at a place from 1, is within so many."""
    ranks = np.array(places)
    return ", ".join(f"@{limit} {(ranks <= limit).mean():.3f}" for limit in within)
