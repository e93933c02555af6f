"""A guide as blocks that the page can draw: headings, paragraphs, lists and tables, a quote marked at its offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from index.guide import Guide, Passage, PassageKind, Section, Span


class Kind(StrEnum):
    """What a block is."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    STEPS = "steps"
    TABLE = "table"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that look alike: within the quote or not, and `strong`, `em` or `code` where the guide says so."""

    text: str
    mark: bool = False
    style: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The run without what is not set."""
        return {
            "text": self.text,
            **({"mark": True} if self.mark else {}),
            **({"style": self.style} if self.style else {}),
        }


Cell = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of cells of runs: a paragraph is one line of one cell, a list one cell a line, a table many."""

    kind: Kind
    lines: tuple[tuple[Cell, ...], ...]
    level: int = 0
    header: bool = False
    """Whether the first line of a table names its columns."""
    number: int = 1
    """The first number of `steps`."""
    reason: str = ""
    """Why a place was left out of the guide."""

    @property
    def runs(self) -> Iterator[Run]:
        """All runs, in order."""
        return (run for line in self.lines for cell in line for run in cell)

    def to_json(self) -> dict[str, Any]:
        """The block as `/api/passages` and `/api/guides` give it."""
        lines = [[[run.to_json() for run in cell] for cell in line] for line in self.lines]
        told = {"level": self.level, "header": self.header, "number": self.number, "reason": self.reason}
        return {"kind": str(self.kind), "lines": lines, **{key: value for key, value in told.items() if value}}


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line's part of a block, before neighbours of one kind are joined."""

    kind: Kind
    cells: tuple[Span, ...]
    level: int = 0
    header: bool = False
    number: int = 1
    reason: str = ""
    begins: bool = False
    """Whether a step shows its number, or an item its bullet; without, it goes on from the line before."""
    joins: bool = False
    """Whether it belongs to the block before it."""


_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_RULE = re.compile(r"[\s|:=_*+-]*")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+")
_BULLET = re.compile(r"\s*[-*+•·‣▪]\s+")
_STEP = re.compile(r"\s*(?P<number>\d{1,3})[.)]\s+")
_INLINE = re.compile(
    r"\*\*(?P<strong>[^*\n]+)\*\*|(?<![\w*])\*(?P<em>[^*\s][^*\n]*)\*(?![\w*])|`(?P<code>[^`\n]+)`"
    r"|\[(?P<link>[^\[\]\n]+)\]\([^()\s]*\)|\\(?P<escaped>[!-/:-@\[-`{-~])"
)


def read_blocks(guide: Guide, quote: Span | None = None) -> tuple[Block, ...]:
    """The guide from top to end; where `quote` is given, its characters stand in marked runs."""
    blocks = tuple(_join(guide.text, _pieces(guide), quote))
    if quote and not any(run.mark for block in blocks for run in block.runs):
        missed = Block(Kind.PARAGRAPH, (((Run(quote.of(guide.text), mark=True),),),))
        return (missed, *blocks)
    return blocks


def read_words(text: str, span: Span) -> str:
    """The words of a place as a person reads them, on one line."""
    return " ".join("".join(run.text for run in _runs(text, span, None)).split())


def section_at(guide: Guide, place: int) -> Section | None:
    """The innermost section that a place stands in."""
    around = [section for section in guide.sections if section.start <= place < section.end]
    return max(around, key=lambda section: section.level, default=None)


def _join(text: str, pieces: Iterable[_Piece], quote: Span | None) -> Iterator[Block]:
    current: Block | None = None
    for piece in pieces:
        line = tuple(tuple(_runs(text, cell, quote)) for cell in piece.cells)
        if current and piece.joins and piece.kind is current.kind:
            current = _grow(current, line, piece)
            continue
        if current:
            yield current
        current = Block(piece.kind, (line,), piece.level, piece.header, piece.number, piece.reason)
    if current:
        yield current


def _grow(block: Block, line: tuple[Cell, ...], piece: _Piece) -> Block:
    if block.kind is Kind.TABLE or piece.begins:
        return replace(block, lines=(*block.lines, line))
    *others, ((*runs,),) = block.lines
    return replace(block, lines=(*others, ((*runs, Run(" "), *line[0]),)))


def _pieces(guide: Guide) -> Iterator[_Piece]:
    """Line by line; what the reader of guides knows (headings, rows, what is left out) goes before what a line looks like."""
    text = guide.text
    headings = {_line_start(text, s.heading.start): s for s in guide.sections if s.heading}
    rows = {_line_start(text, p.start): p for p in guide.passages if p.kind is PassageKind.ROW}
    headers = {_line_start(text, p.header[0].start): p for p in rows.values() if p.header}
    front = _FRONT_MATTER.match(text)
    position = front.end() if front else 0
    previous: _Piece | None = None
    while position < len(text):
        left_out = next((place for place in guide.left_out if place.start <= position < place.end), None)
        if left_out:
            yield _Piece(Kind.LEFT_OUT, (Span(position, left_out.end),), reason=left_out.reason)
            position, previous = left_out.end, None
            continue
        end = _line_end(guide, position)
        piece = _known(position, end, headings, rows, headers) or _seen(text, Span(position, end), previous)
        if piece:
            yield replace(piece, joins=_joins(piece, previous))
            end = max(end, _line_end(guide, max(cell.end for cell in piece.cells)))  # a row may go over lines
        previous = piece or (None if _ends(previous, text[position:end]) else previous)
        position = end + 1 if text[end : end + 1] == "\n" else end


def _ends(previous: _Piece | None, line: str) -> bool:
    """Whether a line without words ends the block: an empty one ends a paragraph, but neither list nor table."""
    return not line.strip() and previous is not None and previous.kind is Kind.PARAGRAPH


def _joins(piece: _Piece, previous: _Piece | None) -> bool:
    begins = piece.header or (piece.kind is Kind.STEPS and piece.number == 1 and piece.begins)
    if previous is None or previous.kind is not piece.kind or begins:
        return False
    return piece.kind in (Kind.PARAGRAPH, Kind.LIST, Kind.STEPS, Kind.TABLE)


def _known(
    start: int, end: int, headings: dict[int, Section], rows: dict[int, Passage], headers: dict[int, Passage]
) -> _Piece | None:
    if start in headings and (heading := headings[start].heading):
        return _Piece(Kind.HEADING, (heading,), level=headings[start].level)
    if start in headers:
        return _Piece(Kind.TABLE, headers[start].header, header=True)
    if start in rows:
        row = rows[start]
        return _Piece(Kind.TABLE, row.cells or (Span(start, end),))
    return None


def _seen(text: str, line: Span, previous: _Piece | None) -> _Piece | None:
    words = line.of(text)
    if _RULE.fullmatch(words):
        return None
    if title := _HEADING.match(words):
        return _Piece(Kind.TITLE, (_trim(text, Span(line.start + title.end(), line.end)),))
    if step := _STEP.match(words):
        return _Piece(Kind.STEPS, (Span(line.start + step.end(), line.end),), number=int(step["number"]), begins=True)
    if bullet := _BULLET.match(words):
        return _Piece(Kind.LIST, (Span(line.start + bullet.end(), line.end),), begins=True)
    indented = words[:1] in (" ", "\t") and previous is not None and previous.kind in (Kind.LIST, Kind.STEPS)
    return _Piece(previous.kind if indented and previous else Kind.PARAGRAPH, (_trim(text, line),))


def _runs(text: str, span: Span, quote: Span | None, style: str | None = None) -> Iterator[Run]:
    position = span.start
    for match in _INLINE.finditer(text, span.start, span.end):
        yield from _marked(text, Span(position, match.start()), quote, style)
        inner = match.lastgroup or "escaped"
        nested = inner if inner in ("strong", "em", "code") else style
        if inner in ("code", "escaped"):
            yield from _marked(text, Span(*match.span(inner)), quote, nested)
        else:
            yield from _runs(text, Span(*match.span(inner)), quote, nested)
        position = match.end()
    yield from _marked(text, Span(position, span.end), quote, style)


def _marked(text: str, span: Span, quote: Span | None, style: str | None) -> Iterator[Run]:
    first = min(max(quote.start, span.start), span.end) if quote else span.end
    last = max(min(quote.end, span.end), first) if quote else span.end
    for start, end, mark in ((span.start, first, False), (first, last, True), (last, span.end, False)):
        if start < end:
            yield Run(text[start:end], mark, style)


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _line_end(guide: Guide, start: int) -> int:
    """The end of the line, or the beginning of what is left out within it."""
    newline = guide.text.find("\n", start)
    end = len(guide.text) if newline < 0 else newline
    return min((place.start for place in guide.left_out if start < place.start < end), default=end)


def _trim(text: str, span: Span) -> Span:
    words = span.of(text)
    return Span(span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip()))
