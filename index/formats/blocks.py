"""The blocks that every format is read into, so that sections and passages are cut in one way only."""

from __future__ import annotations

from dataclasses import dataclass

from ..guide import LeftOut, Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: the place of its words, and its level, 1 for the outermost."""

    span: Span
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose, or a single line that stands for one."""

    span: Span


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list, from its marker to the end of what is nested in it."""

    span: Span
    texts: tuple[Span, ...]
    """The entry's own text without its marker, then that of each entry nested in it."""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: all its entries have a number, or none has."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row: its cells without padding, from the first to the last."""

    span: Span
    cells: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The data rows of a table and, where it has one that fits them, its header."""

    rows: tuple[Row, ...]
    header: tuple[Span, ...] = ()
    lead: Span | None = None
    """The caption, where the form of the table itself tells which line that is."""


Block = Heading | Paragraph | Listing | Table


@dataclass(frozen=True, slots=True)
class Page:
    """A text as a format reads it: its blocks in order, and what is not the guide's."""

    text: str
    blocks: tuple[Block, ...]
    left_out: tuple[LeftOut, ...] = ()
    title: Span | None = None
    """Where the text says its own title."""


def block_span(block: Block) -> Span:
    """The place of a block, from its first character to its last."""
    match block:
        case Listing(entries):
            return Span(entries[0].span.start, entries[-1].span.end)
        case Table(rows):
            return Span(rows[0].span.start, rows[-1].span.end)
        case _:
            return block.span
