"""The lines of a text, and the two things that lines make in Markdown and plain text alike: lists and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ..guide import LeftOut, Span
from .blocks import Block, Entry, Listing, Paragraph, Row, Table

_MARKER = re.compile(r"(?:[-*+•‣◦▪●○·–]|(?P<number>\d{1,3})[.)])[^\S\n]+(?=\S)")
_SEPARATOR = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\Z")
_LOOSE_PIPE = re.compile(r"(?<=\s)\|(?=\s|\Z)|(?<=\S)\|\Z")
_PIPE = re.compile(r"(?<!\\)\|")
_AMOUNT = r"[$£€]?\s?\d[\d.,]*[kKmM]?\s?%?\+?"
_FIGURE = re.compile(rf"[-+–−<>~≈]?\s?{_AMOUNT}(?:\s?(?:[-–—]|to)\s?{_AMOUNT})?\Z")
_VALUE = re.compile(rf"[-+–−<>~≈]?\s?{_AMOUNT}(?:\s?(?:[-–—]|to)\s?{_AMOUNT})?(?:\s?/?\s?[a-z]{{1,12}}){{0,3}}\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


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


# ---------------------------------------------------------------------------------------------------------- lists


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
            following = _next_filled(lines, after)
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


def _next_filled(lines: Sequence[Line], at: int) -> int | None:
    return next((place for place in range(at, len(lines)) if not lines[place].blank), None)


# --------------------------------------------------------------------------------------------------------- tables


def read_table(text: str, lines: Sequence[Line], at: int) -> Piece | None:
    """The table that begins on line `at`: pipe rows, with or without outer pipes, with or without a separator."""
    rows, ruled, after = _row_run(text, lines, at)
    if not rows:
        return None
    if not ruled and _is_only_header(text, rows) and _holds_values(text, _row_at(text, lines, after + 1)):
        return _interrupted_table(text, lines, rows, after)
    header, data, odd = _header_and_data(text, rows, ruled)
    return Piece(after, _tables(header, data), _unfit(odd if not _fits(header, data) else odd[1:]))


def is_row(text: str, lines: Sequence[Line], at: int) -> bool:
    """Whether line `at` is a row of a table."""
    return _row_at(text, lines, at) is not None


def is_value(cell: str) -> bool:
    """Whether a cell holds a figure, with its unit or without."""
    return len(cell) <= 40 and _VALUE.match(cell) is not None


def is_figure(line: str) -> bool:
    """Whether a line holds a figure and nothing else."""
    return len(line) <= 40 and _FIGURE.match(line) is not None


def _row_run(text: str, lines: Sequence[Line], at: int) -> tuple[list[Row], bool, int]:
    """The rows from line `at` on; whether a separator follows the first one; and the line after them."""
    rows: list[Row] = []
    ruled = False
    while at < len(lines) and not lines[at].blank:
        if rows and _is_separator(text, lines[at]):
            ruled = ruled or len(rows) == 1
        elif row := _row_at(text, lines, at):
            rows.append(row)
        else:
            break
        at += 1
    return rows, ruled, at


def _row_at(text: str, lines: Sequence[Line], at: int) -> Row | None:
    if at >= len(lines) or lines[at].blank or "|" not in text[lines[at].start : lines[at].end]:
        return None
    line = lines[at]
    if _is_separator(text, line):
        return None
    strict = text[line.start] == "|" or (at + 1 < len(lines) and _is_separator(text, lines[at + 1]))
    cells = _cells(text, line, _PIPE if strict else _LOOSE_PIPE)
    filled = [cell for cell in cells if cell.start < cell.end]
    if not filled or (len(cells) < 2 and not strict):
        return None
    span = Span(filled[0].start, filled[-1].end)
    return Row(span, tuple(_clamped(cell, span) for cell in cells))


def _clamped(cell: Span, row: Span) -> Span:
    """A cell within its row: an empty one at either end stands outside, since a row begins and ends with words."""
    return Span(*(min(max(place, row.start), row.end) for place in cell))


def _cells(text: str, line: Line, pipe: re.Pattern[str]) -> tuple[Span, ...]:
    edges = [match.start() for match in pipe.finditer(text, line.start, line.end)]
    starts = [line.start, *(edge + 1 for edge in edges)]
    ends = [*edges, line.end]
    cells = [_stripped(text, start, end) for start, end in zip(starts, ends, strict=True)]
    if edges and edges[0] == line.start:
        cells = cells[1:]
    if edges and edges[-1] == line.end - 1:
        cells = cells[:-1]
    return tuple(cells)


def _stripped(text: str, start: int, end: int) -> Span:
    cell = text[start:end]
    left = start + len(cell) - len(cell.lstrip())
    return Span(min(left, end), max(left, start + len(cell.rstrip())) if cell.strip() else min(left, end))


def _is_separator(text: str, line: Line) -> bool:
    drawn = text[line.start : line.end]
    return "|" in drawn and "-" in drawn and _SEPARATOR.match(drawn) is not None


def _is_only_header(text: str, rows: Sequence[Row]) -> bool:
    return len(rows) <= 2 and not any(_holds_values(text, row) for row in rows)


def _holds_values(text: str, row: Row | None) -> bool:
    return row is not None and any(is_value(cell.of(text)) for cell in row.cells)


def _interrupted_table(text: str, lines: Sequence[Line], top: Sequence[Row], note: int) -> Piece | None:
    """A table whose header and rows a line of its own parts: "SOURCE: …"."""
    if lines[note].blank or marker_at(text, lines[note]):
        header, data, odd = _header_and_data(text, top, ruled=False)
        return Piece(note, _tables(header, data), _unfit(odd))
    rows, _, after = _row_run(text, lines, note + 1)
    header = top[0].cells
    remark = Paragraph(lines[note].span)
    unfit = list(top[1:]) if _fits(header, rows) else list(top)
    return Piece(after, (remark, *_tables(header, rows)), _unfit(unfit))


def _header_and_data(text: str, rows: Sequence[Row], ruled: bool) -> tuple[tuple[Span, ...], Sequence[Row], list[Row]]:
    """The header's cells, the data rows, and the rows above them: the header's own, and what continues it."""
    if len(rows) < 2 or not (ruled or _has_header(text, rows)):
        return (), rows, []
    header = rows[0].cells
    data = 1
    while not ruled and data < len(rows) - 1 and _continues_header(text, rows[data], header):
        data += 1
    return header, rows[data:], list(rows[:data])


def _continues_header(text: str, row: Row, header: Sequence[Span]) -> bool:
    return len(row.cells) < len(header) and not _holds_values(text, row)


def _fits(header: Sequence[Span], data: Sequence[Row]) -> bool:
    return any(len(row.cells) == len(header) for row in data)


def _tables(header: tuple[Span, ...], rows: Sequence[Row]) -> tuple[Table, ...]:
    """One table, or several where rows of another width stand between."""
    by_fit = groupby(rows, key=lambda row: len(row.cells) == len(header))
    return tuple(Table(tuple(run), header if fits else ()) for fits, run in by_fit)


def _unfit(rows: Sequence[Row]) -> tuple[LeftOut, ...]:
    return tuple(LeftOut(*row.span, reason="the heading of a table that does not fit its rows") for row in rows)


def _has_header(text: str, rows: Sequence[Row]) -> bool:
    """Whether the first row names the columns of the others, in a table that does not rule it off."""
    first = [cell.of(text) for cell in rows[0].cells]
    rest = [row for row in rows[1:] if len(row.cells) == len(first)]
    if not rest or any(is_value(cell) and not _YEAR.match(cell) for cell in first):
        return False
    columns = [[row.cells[place].of(text) for row in rest] for place in range(len(first))]
    return any(_names(title, column) for title, column in zip(first, columns, strict=True)) and all(first)


def _names(title: str, column: Sequence[str]) -> bool:
    """Whether a cell is of another kind than the cells below it: words over figures, or a label over sentences."""
    values = sum(is_value(cell) for cell in column)
    if not is_value(title) and 2 * values > len(column):
        return True
    if is_value(title):
        return 2 * sum(is_value(cell) and not _YEAR.match(cell) for cell in column) > len(column)
    sentences = sum(cell.endswith((".", "!", "?")) or len(cell) > 4 * len(title) + 20 for cell in column)
    return len(title) <= 40 and not title.endswith(".") and 2 * sentences > len(column)
