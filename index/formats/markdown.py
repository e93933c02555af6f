"""Markdown as guides are written in it: headings, paragraphs, lists and tables, with their places in the text.

A reader of lines of its own, since a passage needs the exact place of each block, and since saved pages break the
standard's rules on what continues what. It looks at each line a fixed number of times.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..guide import LeftOut, Span
from ..sentences import trimmed
from .blocks import Block, Heading, Listing, Page, Paragraph, Table, block_span
from .furniture import furniture, places_of
from .items import Form, Item, Setting
from .lines import Line, Piece, lines_of, marker_at
from .links import links_of, site_of, words_of
from .lists import read_list
from .page_signs import is_figured
from .runs import with_label_lists, with_steps
from .signs import same_words, with_charts, with_questions
from .tables import is_row, read_table

_ATX = re.compile(r"(#{1,6})[^\S\n]+(?=\S)")
_CLOSING = re.compile(r"(?<!\s)[^\S\n]+#+\Z")
_UNDERLINE = re.compile(r"(?:=+|-{2,})\Z")
_RULE = re.compile(r"(?:(?:-[^\S\n]*){3,}|(?:\*[^\S\n]*){3,}|(?:_[^\S\n]*){3,})\Z")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_DEFINITION = re.compile(r"\[[^\]\n]{1,200}\]:[^\S\n]+\S")
_BOLD = re.compile(r"(?:\*\*|__)(?=\S)([^*_\n]{1,100})(?:\*\*|__)\Z")
_QUOTED = re.compile(r">[>\s]*")
_MARKED_ENTRY = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+")
INNERMOST = 7
"""The level of a heading that is told by bold type alone."""


def read_markdown(text: str, start: int = 0) -> Page:
    """The blocks of `text[start:]`; what stands before is front matter."""
    blocks, left_out = blocks_of(text, start)
    blocks, frame = without_frame(text, blocks)
    titled, title, repeats = _split_title(text, blocks)
    whole = with_steps(text, with_label_lists(text, with_questions(text, with_charts(text, titled))))
    return Page(text, whole, tuple(sorted((*left_out, *frame, *repeats), key=lambda place: place.start)), title)


def blocks_of(text: str, start: int = 0) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """Every block of `text[start:]`, whether it is the guide's or not, and what of the source is no block."""
    lines = lines_of(text, start)
    blocks: list[Block] = []
    left_out: list[LeftOut] = []
    at = 0
    while at < len(lines):
        if lines[at].blank:
            at += 1
            continue
        piece = _read_block(text, lines, at)
        blocks.extend(piece.blocks)
        left_out.extend(piece.left_out)
        at = piece.after
    return tuple(blocks), tuple(left_out)


def has_headings(text: str) -> bool:
    """Whether a text marks headings as Markdown does."""
    return re.search(r"^#{1,6}[^\S\n]+\S", text, re.MULTILINE) is not None


def without_frame(text: str, blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[LeftOut, ...]]:
    """The blocks that are the guide, and the places of those that frame it."""
    items = tuple(_item(text, block) for block in blocks)
    targets = (target for item in items for links in (item.links, *item.entry_links) for target in links.targets)
    found = furniture(items, Setting(title=_title_place(blocks), site=site_of(targets)))
    return tuple(block for place, block in enumerate(blocks) if place not in found), places_of(items, found)


def _item(text: str, block: Block) -> Item:
    span = block_span(block)
    said, links = words_of(span.of(text)), links_of(span.of(text))
    match block:
        case Heading(_, level):
            return Item(span, Form.HEADING, said, level, links)
        case Paragraph():
            return Item(span, Form.LINE, said, links=links)
        case Table(rows, header):
            form = Form.TABLE if header or len(rows) > 1 or is_figured(said) else Form.LINE
            return Item(span, form, said, links=links)
        case Listing(entries):
            texts = [entry.span.of(text) for entry in entries]
            own = tuple(links_of(_MARKED_ENTRY.sub("", one)) for one in texts)
            return Item(
                span,
                Form.LIST,
                said,
                links=links,
                entries=tuple(words_of(_MARKED_ENTRY.sub("", one)) for one in texts),
                entry_links=own,
            )


def _title_place(blocks: Sequence[Block]) -> int | None:
    """The heading that is the title: the only one of the outermost level, or the first of that level where none stands above."""
    levels = [(place, block.level) for place, block in enumerate(blocks) if isinstance(block, Heading)]
    if not levels:
        return None
    outermost = min(level for _, level in levels)
    first = next(place for place, level in levels if level == outermost)
    return first if outermost == 1 or sum(level == outermost for _, level in levels) == 1 else None


def _split_title(text: str, blocks: Sequence[Block]) -> tuple[tuple[Block, ...], Span | None, tuple[LeftOut, ...]]:
    """The blocks without the title, the title, and what repeats it right below."""
    first = next((place for place, block in enumerate(blocks) if isinstance(block, Heading)), None)
    if first is None:
        return tuple(blocks), None, ()
    heading = blocks[first]
    assert isinstance(heading, Heading)  # noqa: S101 - found by its type
    if any(isinstance(block, Heading) and block.level < heading.level for block in blocks):
        return tuple(blocks), None, ()
    if heading.level > 1 and _siblings(blocks, heading.level) > 1:
        return tuple(blocks), heading.span, ()
    rest = first + 1
    repeats: list[LeftOut] = []
    while rest < len(blocks) and _repeats(text, blocks[rest], heading.span):
        span = block_span(blocks[rest])
        repeats.append(LeftOut(span.start, span.end, "repeats the title"))
        rest += 1
    return (*blocks[:first], *blocks[rest:]), heading.span, tuple(repeats)


def _repeats(text: str, block: Block, title: Span) -> bool:
    return isinstance(block, (Heading, Paragraph)) and same_words(block.span.of(text)[:1000], title.of(text))


def _siblings(blocks: Sequence[Block], level: int) -> int:
    return sum(isinstance(block, Heading) and block.level == level for block in blocks)


def _read_block(text: str, lines: Sequence[Line], at: int) -> Piece:
    for read in (_read_comment, _read_fence, _read_heading, _read_rule, _read_definition, read_list, read_table):
        piece = read(text, lines, at)
        if piece is not None:
            return piece
    return _read_paragraph(text, lines, at)


def _read_comment(text: str, lines: Sequence[Line], at: int) -> Piece | None:
    if not text.startswith("<!--", lines[at].start):
        return None
    close = text.find("-->", lines[at].start)
    end = len(text) if close < 0 else close + 3
    after = at
    while after < len(lines) and lines[after].start < end:
        after += 1
    last = lines[after - 1]
    comment = LeftOut(lines[at].start, len(text[:end].rstrip()) if close < 0 else end, "a comment in the source")
    rest = trimmed(text, end, last.end)
    return Piece(after, (Paragraph(rest),) if rest else (), (comment,))


def _read_fence(text: str, lines: Sequence[Line], at: int) -> Piece | None:
    fence = _FENCE.match(text, lines[at].start, lines[at].end)
    if fence is None:
        return None
    after, end = at + 1, lines[at].end
    while after < len(lines):
        end = max(end, lines[after].end) if not lines[after].blank else end
        after += 1
        if text.startswith(fence[1], lines[after - 1].start):
            break
    return Piece(after, (Paragraph(Span(lines[at].start, end)),))


def _read_heading(text: str, lines: Sequence[Line], at: int) -> Piece | None:
    line = lines[at]
    if atx := _ATX.match(text, line.start, line.end):
        closing = _CLOSING.search(text, atx.end(), line.end)
        span = Span(atx.end(), closing.start() if closing else line.end)
        return Piece(at + 1, (Heading(span, len(atx[1])),))
    if _is_underlined(text, lines, at):
        return Piece(at + 2, (Heading(line.span, 1 if text[lines[at + 1].start] == "=" else 2),))
    bold = _BOLD.match(text, line.start, line.end)
    if bold and _stands_alone(lines, at) and not bold[1].endswith((".", ":", "!", ",", ";")):
        return Piece(at + 1, (Heading(Span(*bold.span(1)), INNERMOST),))
    return None


def _stands_alone(lines: Sequence[Line], at: int) -> bool:
    return (at == 0 or lines[at - 1].blank) and at + 1 < len(lines) and lines[at + 1].blank


def _is_underlined(text: str, lines: Sequence[Line], at: int) -> bool:
    if at + 1 >= len(lines) or lines[at + 1].blank or marker_at(text, lines[at]) or is_row(text, lines, at):
        return False
    return _UNDERLINE.match(text, lines[at + 1].start, lines[at + 1].end) is not None


def _read_rule(text: str, lines: Sequence[Line], at: int) -> Piece | None:
    if _RULE.match(text, lines[at].start, lines[at].end) is None:
        return None
    return Piece(at + 1, left_out=(LeftOut(lines[at].start, lines[at].end, reason="a dividing line"),))


def _read_definition(text: str, lines: Sequence[Line], at: int) -> Piece | None:
    if _DEFINITION.match(text, lines[at].start, lines[at].end) is None:
        return None
    return Piece(at + 1, left_out=(LeftOut(lines[at].start, lines[at].end, reason="the address of a link"),))


def _read_paragraph(text: str, lines: Sequence[Line], at: int) -> Piece:
    after = at + 1
    while after < len(lines) and not lines[after].blank and not _interrupts(text, lines, after):
        after += 1
    quoted = _QUOTED.match(text, lines[at].start, lines[after - 1].end)
    start = quoted.end() if quoted and quoted.end() < lines[after - 1].end else lines[at].start
    return Piece(after, (Paragraph(Span(start, lines[after - 1].end)),))


def _interrupts(text: str, lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    if marker := marker_at(text, line):
        return marker["number"] in (None, "1") or text[lines[at - 1].end - 1] == ":"
    readers = (_ATX, _RULE, _FENCE)
    return any(reader.match(text, line.start, line.end) for reader in readers) or is_row(text, lines, at)
