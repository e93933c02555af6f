"""The smallest things that are quoted: sentences, list entries and table rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .guide import Guide, Passage, PassageKind, Span
from .sentences import sentence_spans

BARE = 3
"""Words of a sentence that says nothing without the one after it ("Yes.", "Physical stamina.")."""


class Unit(NamedTuple):
    """A sentence, a list entry or a table row: the position of its passage in the index, and its place in the guide."""

    passage: int
    span: Span


def unit_spans(guide: Guide, passage: Passage) -> tuple[Span, ...]:
    """The units of a passage, in order; a bare sentence goes with the one that it opens."""
    match passage.kind:
        case PassageKind.LIST if passage.items:
            return passage.items
        case PassageKind.ROW:
            return (passage.span,)
        case _:
            return _joined(guide.text, sentence_spans(guide.text, passage.start, passage.end))


def _joined(text: str, sentences: Sequence[Span]) -> tuple[Span, ...]:
    spans: list[Span] = []
    opened: int | None = None
    for sentence in sentences:
        start = sentence.start if opened is None else opened
        opened = start if opened is None and len(sentence.of(text).split()) <= BARE else None
        if opened is None:
            spans.append(Span(start, sentence.end))
    if opened is not None:
        spans.append(Span(opened, sentences[-1].end))
    return tuple(spans)
