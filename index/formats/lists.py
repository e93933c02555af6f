"""Lists, as Markdown and plain text alike write them: entries with a bullet or a number, and what is nested in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..guide import Span
from .blocks import Entry, Listing
from .lines import Line, Piece, marker_at, next_filled


def read_list(text: str, lines: Sequence[Line], at: int) -> Piece | None:
    """The list that begins on line `at`.

    Text at the margin right after an entry is a paragraph of its own, not a continuation as CommonMark would have it:
    in pages saved from the web it always is.
    """
    first = marker_at(text, lines[at])
    if first is None:
        return None
    reader = _ListReader(text, lines[at].indent, first["number"] is not None)
    after = at
    while after < len(lines):
        if lines[after].blank:
            following = next_filled(lines, after)
            if following is None or not reader.continues(lines[following]):
                break
            after = following
        if not reader.take(lines[after]):
            break
        after += 1
    return Piece(after, (Listing(tuple(reader.entries())),))


class _ListReader:
    """Gathers the lines of one list."""

    def __init__(self, text: str, indent: int, numbered: bool) -> None:
        self.text, self.indent, self.numbered = text, indent, numbered
        self._open: list[tuple[int, int | None, list[Span]]] = []

    def continues(self, line: Line) -> bool:
        """Whether the line belongs to this list although blank lines stand before it."""
        return self._is_deeper(line) or self._is_entry(line)

    def take(self, line: Line) -> bool:
        """Take the line in, unless it is not part of this list."""
        if self._is_entry(line):
            marker = marker_at(self.text, line)
            assert marker is not None  # noqa: S101 - what _is_entry has found
            number = int(marker["number"]) if marker["number"] else None
            self._open.append((line.start, number, [Span(marker.end(), line.end)]))
            return True
        if not self._open or not self._is_deeper(line):
            return False
        texts = self._open[-1][2]
        nested = marker_at(self.text, line)
        if nested is None:
            texts[-1] = Span(texts[-1].start, line.end)
        else:
            texts.append(Span(nested.end(), line.end))
        return True

    def entries(self) -> Iterator[Entry]:
        for start, number, texts in self._open:
            yield Entry(Span(start, texts[-1].end), tuple(texts), number)

    def _is_deeper(self, line: Line) -> bool:
        return line.indent >= self.indent + 2

    def _is_entry(self, line: Line) -> bool:
        if abs(line.indent - self.indent) > 1:
            return False
        marker = marker_at(self.text, line)
        return marker is not None and (marker["number"] is not None) == self.numbered
