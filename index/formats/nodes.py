"""The lines and blocks of plain text, each with what stands around it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ..guide import Span
from .blocks import Block, Paragraph, block_span
from .lines import Line, lines_of, marker_at, next_filled
from .lists import read_list
from .tables import is_row, read_table

LONGEST_HEADING = 110
"""Characters."""
_WORD = re.compile(r"[^\W_]+(?:['’\-/][^\W_]+)*")
NUMBERED = re.compile(r"\d{1,2}[.)]\s+\S")
_UNDERLINE = re.compile(r"(?:=+|-{3,}|~{3,}|_{3,}|\*{3,})\Z")


@dataclass(frozen=True, slots=True)
class Node:
    """A block, with what stands around it."""

    block: Block
    divided: bool = False
    """A divider stands right before it."""
    spaced: bool = False
    """A blank line stands right before it."""
    heading: bool = False


def nodes_of(text: str, start: int) -> Iterator[Node]:
    """The blocks of `text[start:]`; a line that no list, table or wrapped paragraph takes in is one of its own."""
    lines = lines_of(text, start)
    wrapped = _is_wrapped(text, lines)
    at, divided, spaced = 0, False, True
    while at < len(lines):
        line = lines[at]
        if line.blank:
            divided, spaced = divided or line.divides, True
            at += 1
            continue
        if _UNDERLINE.match(text, line.start, line.end):
            divided, spaced = True, True
            at += 1
            continue
        underlined = at + 1 < len(lines) and _is_underline(text, lines[at + 1])
        piece = None if _heads_series(text, lines, at) else read_list(text, lines, at) or read_table(text, lines, at)
        blocks = piece.blocks if piece else (Paragraph(line.span),)
        after = piece.after if piece else at + 1
        if wrapped and piece is None and not underlined:
            after = _end_of_paragraph(text, lines, at)
            blocks = (Paragraph(Span(line.start, lines[after - 1].end)),)
        for block in blocks:
            yield Node(block, divided, spaced, heading=underlined and piece is None)
            divided = spaced = False
        at = after


def regrouped(
    text: str, nodes: Sequence[Node], group: Callable[[str, Sequence[Block]], tuple[Block, ...]]
) -> tuple[Node, ...]:
    """The nodes with their blocks put together as `group` does; what it makes takes the place of its first line."""
    around = {id(node.block): node for node in nodes}
    at = {block_span(node.block).start: node for node in nodes}
    made: list[Node] = []
    for block in group(text, [node.block for node in nodes]):
        first = at.get(block_span(block).start, Node(block))
        made.append(around.get(id(block), replace(first, block=block, heading=False)))
    return tuple(made)


def _is_underline(text: str, line: Line) -> bool:
    return not line.blank and text[line.start] in "=-~" and _UNDERLINE.match(text, line.start, line.end) is not None


def _heads_series(text: str, lines: Sequence[Line], at: int) -> bool:
    """Whether a numbered line is one of a series of headings: prose at the margin follows, not another entry."""
    line = lines[at]
    if not NUMBERED.match(text, line.start, line.end) or text[line.end - 1] in ".,;:":
        return False
    following = next_filled(lines, at + 1)
    if following is None or line.end - line.start > LONGEST_HEADING:
        return False
    below = lines[following]
    return below.indent <= line.indent and not marker_at(text, below) and below.end - below.start > 60


def _is_wrapped(text: str, lines: Sequence[Line]) -> bool:
    """Whether the text is broken into lines of a set width, so that a paragraph runs over several."""
    pairs = [(one, two) for one, two in pairwise(lines) if not one.blank and not two.blank]
    if not pairs or max(line.end - line.start for line in lines) > 130:
        return False
    running = sum(
        one.end - one.start > 40 and text[one.end - 1] not in ".!?:" and text[two.start].islower() for one, two in pairs
    )
    return 5 * running >= len(pairs)


def _end_of_paragraph(text: str, lines: Sequence[Line], at: int) -> int:
    after = at + 1
    while after < len(lines) and not lines[after].blank and lines[after - 1].end - lines[after - 1].start > 40:
        if marker_at(text, lines[after]) or is_row(text, lines, after):
            break
        after += 1
    return after


def words_in(text: str, line: Span) -> list[str]:
    """The words of a place in the text."""
    return _WORD.findall(text, *line)


def capital_share(said: str) -> float:
    """The share of words of four letters and more that begin with a capital."""
    words = [word for word in _WORD.findall(said) if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0


def line_of(node: Node) -> Span | None:
    """The place of a line or paragraph; None for any other block."""
    return node.block.span if isinstance(node.block, Paragraph) else None
