"""Which guides are about one subject: alike as a whole, and no two pages of a series."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from index.guide import Guide
from index.search import Floats, Index

SERIES = 0.5
"""Share of headings from which two guides are pages of one series."""
SAME_SUBJECT = 0.6
"""Cosine of two guides' mean passages from which they may be about one subject."""
OTHER_SUBJECT = 0.2
"""Cosine below which they surely are not."""


def series(one: Guide, other: Guide) -> bool:
    """Whether two guides are pages of one series: the same headings under different titles, each about a subject of its own."""
    ours, theirs = ({s.path[-1].casefold() for s in guide.sections if s.path} for guide in (one, other))
    shared = ours & theirs
    return one.title != other.title and len(shared) > 2 and len(shared) >= SERIES * min(len(ours), len(theirs))


class Subjects:
    """Tells the subjects of one index's guides apart."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._told: dict[tuple[str, str], bool] = {}

    def one(self, one: Guide, other: Guide) -> bool:
        """Whether two guides are about one subject."""
        if one.id == other.id:
            return True
        first, second = sorted((one, other), key=lambda guide: guide.id)
        key = first.id, second.id
        if key not in self._told:
            self._told[key] = self._alike(first, second) >= SAME_SUBJECT and not series(first, second)
        return self._told[key]

    def among_others(self, guide: Guide) -> bool:
        """Whether a guide stands among guides of clearly other subjects: pages of its series, or far from it in meaning."""
        others = (other for other in self.index.guides.values() if other.id != guide.id)
        return any(series(guide, other) or self._alike(guide, other) < OTHER_SUBJECT for other in others)

    def _alike(self, one: Guide, other: Guide) -> float:
        return float(self._means[one.id] @ self._means[other.id])

    @cached_property
    def _means(self) -> dict[str, Floats]:
        """For each guide, the direction of its passages."""
        means: dict[str, Floats] = {}
        for position, guide in enumerate(self.index.guides):
            rows = np.flatnonzero(self.index.guide_numbers == position)
            mean = np.asarray(self.index.vectors[rows], dtype=np.float32).sum(axis=0)
            means[guide] = np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)
        return means
