"""How sure a figure is: intervals by the bootstrap, and whether two systems differ by a paired randomisation test.

Both draw with a fixed seed, so the same input gives the same result.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

SEED = 20241
RESAMPLES = 2_000
ROUNDS = 10_000
FEWEST = 10
"""Below so many values no interval is given: it would promise more than it knows."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 % of what the mean would be on other questions of the same sort."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """The same questions, answered twice: mean before and now, and how likely such a difference is by chance."""

    before: float
    now: float
    p: float
    """Two-sided; from 0 to 1."""
    better: int
    """Questions on which the value rose."""
    worse: int
    count: int


def interval(values: Sequence[float]) -> Interval | None:
    """A percentile bootstrap of the mean (Efron 1979; Sakai 2006 for retrieval); None for fewer than 10 values."""
    if len(values) < FEWEST:
        return None
    known = np.asarray(values, dtype=np.float64)
    if np.all(known == known[0]):
        return Interval(float(known[0]), float(known[0]))
    draw = np.random.default_rng(SEED).integers(0, len(known), (RESAMPLES, len(known)))
    low, high = np.percentile(known[draw].mean(axis=1), [2.5, 97.5])
    return Interval(float(low), float(high))


def difference(before: Sequence[float], now: Sequence[float]) -> Difference | None:
    """Fisher's paired randomisation test, as Smucker et al. 2007 recommend it; None without a pair.

    The sign of each question's difference is flipped at random; `p` is the share of such draws (the observed one
    counted among them) whose mean is at least as far from zero as the observed one.
    """
    if not before:
        return None
    first, second = np.asarray(before, dtype=np.float64), np.asarray(now, dtype=np.float64)
    changes = second - first
    moved = changes[changes != 0.0]
    p = 1.0
    if len(moved):
        signs = np.random.default_rng(SEED).choice((-1.0, 1.0), (ROUNDS, len(moved)))
        as_far = np.abs(signs @ moved) >= abs(float(moved.sum())) - 1e-9
        p = float((as_far.sum() + 1) / (ROUNDS + 1))
    return Difference(
        before=float(first.mean()),
        now=float(second.mean()),
        p=p,
        better=int((changes > 0).sum()),
        worse=int((changes < 0).sum()),
        count=len(first),
    )


def percentile(values: Sequence[float], share: float) -> float | None:
    """The value below which a share of the values lies (Hyndman and Fan 1996, type 7)."""
    return float(np.quantile(np.asarray(values, dtype=np.float64), share)) if values else None
