"""What is embedded and searched for each passage, unit and heading: its words, and the headings that it stands under."""

from __future__ import annotations

from .guide import Guide, Passage, PassageKind, Span


def context_text(guide: Guide, passage: Passage) -> str:
    """What a passage is read with: the guide's title, the headings, the sentence that introduces a list or table."""
    parts = [" > ".join((guide.title, *passage.section))]
    if passage.lead:
        parts.append(passage.lead.of(guide.text))
    return ": ".join(parts)


def header_text(guide: Guide, passage: Passage) -> str:
    """The cells of a row's header."""
    return "; ".join(cell.of(guide.text) for cell in passage.header)


def above_text(guide: Guide, passage: Passage) -> str:
    """All that stands over a passage: its context, and the header of its row."""
    return f"{context_text(guide, passage)}: {header_text(guide, passage)}"


def passage_text(guide: Guide, passage: Passage) -> str:
    """A passage with its context, as it is embedded."""
    return f"{context_text(guide, passage)}: {body_text(guide, passage, passage.span)}"


def unit_text(guide: Guide, passage: Passage, span: Span) -> str:
    """A unit with its headings, as it is embedded; a row also with what introduces its table."""
    headings = " > ".join((guide.title, *passage.section))
    lead = f"{passage.lead.of(guide.text)} " if passage.lead and passage.kind is PassageKind.ROW else ""
    return f"{headings}: {lead}{body_text(guide, passage, span)}"


def read_text(guide: Guide, passage: Passage, span: Span) -> str:
    """A unit as the reranker reads it: with all that a person sees above it."""
    return f"{context_text(guide, passage)}: {body_text(guide, passage, span)}"


def body_text(guide: Guide, passage: Passage, span: Span) -> str:
    """The words of a passage or a part of it; a table row as "header: cell; header: cell"."""
    if passage.kind is not PassageKind.ROW or not passage.cells:
        return span.of(guide.text)
    cells = [cell.of(guide.text) for cell in passage.cells]
    if len(passage.header) != len(cells):
        return ": ".join(cells)
    return "; ".join(f"{head.of(guide.text)}: {cell}" for head, cell in zip(passage.header, cells, strict=True))
