"""Citations of a roadmap, numbered in the order of their first use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from advisor.answer import Citation, Sentence
from advisor.draft import Piece, Place, number
from advisor.personal import told
from index.guide import Guide, Passage, Span


class Citer:
    """Gives each place one number."""

    def __init__(self, guides: Mapping[str, Guide]) -> None:
        self._guides = guides
        self._known: dict[tuple[str, Span], Citation] = {}

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All so far, in the order of their numbers."""
        return tuple(self._known.values())

    def has(self, guide: Guide, span: Span) -> bool:
        """Whether a place is cited already."""
        return (guide.id, span) in self._known

    def cite(self, guide: Guide, section: tuple[str, ...], span: Span) -> int:
        """The number of a place."""
        key = (guide.id, span)
        if key not in self._known:
            place = Place(guide.id, section, span)
            (citation,) = number([Piece("", (place,))], self._guides)[1]
            self._known[key] = replace(citation, number=len(self._known) + 1)
        return self._known[key].number

    def quote(self, guide: Guide, passage: Passage, span: Span) -> Sentence:
        """A unit of a guide as a sentence: its own words, and where they stand."""
        return Sentence(told(guide, passage, span), (self.cite(guide, passage.section, span),))
