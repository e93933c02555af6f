"""The smallest things that are quoted: sentences, list entries and table rows."""

from __future__ import annotations

from typing import NamedTuple

from .guide import Guide, Passage, PassageKind, Span
from .sentences import sentence_spans


class Unit(NamedTuple):
    """A sentence, a list entry or a table row: the position of its passage in the index, and its place in the guide."""

    passage: int
    span: Span


def unit_spans(guide: Guide, passage: Passage) -> tuple[Span, ...]:
    """The units of a passage, in order."""
    match passage.kind:
        case PassageKind.LIST if passage.items:
            return passage.items
        case PassageKind.ROW:
            return (passage.span,)
        case _:
            return sentence_spans(guide.text, passage.start, passage.end)
