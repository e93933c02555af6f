"""The lines of a text, which every block of Markdown and of plain text is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..guide import LeftOut, Span
from .blocks import Block

_MARKER = re.compile(r"(?:[-*+•‣◦▪●○·–]|(?P<number>\d{1,3})[.)])[^\S\n]+(?=\S)")


class Line(NamedTuple):
    """A line without the white space around it; `start == end` when nothing else is there."""

    start: int
    end: int
    indent: int
    divides: bool
    """Whether it is made of white space that no one types by chance (U+00A0), as pages have between sections."""

    @property
    def blank(self) -> bool:
        return self.start == self.end

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Piece(NamedTuple):
    """What a reader made of some lines, and the first line after them."""

    after: int
    blocks: tuple[Block, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def lines_of(text: str, start: int = 0) -> tuple[Line, ...]:
    """Every line of `text[start:]`, blank ones included."""
    return tuple(_lines(text, start))


def _lines(text: str, start: int) -> Iterator[Line]:
    for raw in text[start:].split("\n"):
        left = raw.lstrip()
        indent = len(raw) - len(left)
        begin = start + indent
        width = sum(4 if char == "\t" else 1 for char in raw[:indent]) if left else 0
        yield Line(begin, begin + len(left.rstrip()), width, not left and "\u00a0" in raw)
        start += len(raw) + 1


def marker_at(text: str, line: Line) -> re.Match[str] | None:
    """The marker that opens an entry of a list on this line."""
    return _MARKER.match(text, line.start, line.end)


def next_filled(lines: Sequence[Line], at: int) -> int | None:
    """The first line from `at` on that is not blank."""
    return next((place for place in range(at, len(lines)) if not lines[place].blank), None)
