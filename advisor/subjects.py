"""Which guides are about one subject: alike as a whole, and no two pages of a series."""

from __future__ import annotations

from index.guide import Guide
from index.search import Index

SERIES = 0.5
"""Share of headings from which two guides are pages of one series."""
SAME_SUBJECT = 0.6
"""Cosine of two guides from which they may be about one subject."""
OTHER_SUBJECT = 0.2
"""Cosine below which they surely are not."""


def series(one: Guide, other: Guide) -> bool:
    """Whether two guides are pages of one series: the same headings under different titles, each about a subject of its own."""
    ours, theirs = ({s.path[-1].casefold() for s in guide.sections if s.path} for guide in (one, other))
    shared = ours & theirs
    return one.title != other.title and len(shared) > 2 and len(shared) >= SERIES * min(len(ours), len(theirs))


def elsewhere(one: Guide, other: Guide) -> bool:
    """Whether two guides say that they are about different countries."""
    return bool(one.country and other.country and one.country != other.country)


class Subjects:
    """Tells the subjects of one index's guides apart."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._number = {guide: number for number, guide in enumerate(index.guides)}
        self._among_others: dict[str, bool] = {}

    def one(self, one: Guide, other: Guide, least: float = SAME_SUBJECT) -> bool:
        """Whether two guides are about one subject; `least` is the cosine that this needs."""
        return one.id == other.id or (self._alike(one, other) >= least and not series(one, other))

    def among_others(self, guide: Guide) -> bool:
        """Whether a guide stands among guides of clearly other subjects: pages of its series, or far from it in meaning."""
        if guide.id not in self._among_others:
            others = (other for other in self.index.guides.values() if other.id != guide.id)
            self._among_others[guide.id] = any(
                series(guide, other) or self._alike(guide, other) < OTHER_SUBJECT for other in others
            )
        return self._among_others[guide.id]

    def _alike(self, one: Guide, other: Guide) -> float:
        vectors = self.index.guide_vectors
        return float(vectors[self._number[one.id]] @ vectors[self._number[other.id]])
