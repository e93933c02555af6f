"""Tables of pipe rows, with or without outer pipes, with or without a line that rules the header off.

Pages saved as text keep the pipes and lose the ruling line, so whether the first row names the columns is told by its
cells: words over figures, a label over sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from ..guide import LeftOut, Span
from .blocks import Paragraph, Row, Table
from .lines import Line, Piece, marker_at

_SEPARATOR = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\Z")
_WORDLESS = re.compile(r"(?=[^|]*\|)[|:\s-]+\Z")
_LOOSE_PIPE = re.compile(r"(?<=\s)\|(?=\s|\Z)|(?<=\S)\|\Z")
_PIPE = re.compile(r"(?<!\\)\|")
_AMOUNT = r"[$£€]?\s?\d[\d.,]*[kKmM]?\s?%?\+?"
_FIGURE = re.compile(rf"[-+–−<>~≈]?\s?{_AMOUNT}(?:\s?(?:[-–—]|to)\s?{_AMOUNT})?\Z")
_VALUE = re.compile(rf"[-+–−<>~≈]?\s?{_AMOUNT}(?:\s?(?:[-–—]|to)\s?{_AMOUNT})?(?:\s?/?\s?[a-z]{{1,12}}){{0,3}}\Z")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


def read_table(text: str, lines: Sequence[Line], at: int) -> Piece | None:
    """The table that begins on line `at`: pipe rows, with or without outer pipes, with or without a separator."""
    if _is_wordless(text, lines, at):
        place = LeftOut(lines[at].start, lines[at].end, reason="a line of a table without words")
        return Piece(at + 1, left_out=(place,))
    rows, ruled, after = _row_run(text, lines, at)
    if not rows:
        return None
    if not ruled and _is_only_header(text, rows) and _is_note(text, lines, after):
        return _interrupted_table(text, lines, rows, after)
    top, data = _header_and_data(text, rows, ruled)
    return Piece(after, *_titled(text, top, data))


def is_row(text: str, lines: Sequence[Line], at: int) -> bool:
    """Whether line `at` is a row of a table."""
    return _row_at(text, lines, at) is not None or _is_wordless(text, lines, at)


def _is_wordless(text: str, lines: Sequence[Line], at: int) -> bool:
    """Whether line `at` is the empty header row of a table, or the line below it."""
    return at < len(lines) and _WORDLESS.match(text[lines[at].start : lines[at].end]) is not None


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


def _is_note(text: str, lines: Sequence[Line], at: int) -> bool:
    """Whether a line that is no row stands right above a row of figures."""
    if at >= len(lines) or lines[at].blank or marker_at(text, lines[at]):
        return False
    return _holds_values(text, _row_at(text, lines, at + 1))


def _interrupted_table(text: str, lines: Sequence[Line], top: Sequence[Row], note: int) -> Piece:
    """A table whose header and rows a line of its own parts: "SOURCE: …"."""
    rows, _, after = _row_run(text, lines, note + 1)
    tables, left_out = _titled(text, top, rows)
    return Piece(after, (Paragraph(lines[note].span), *tables), left_out)


def _header_and_data(text: str, rows: Sequence[Row], ruled: bool) -> tuple[Sequence[Row], Sequence[Row]]:
    """The rows of the header, its first row first, and the rows of data."""
    if len(rows) < 2 or not (ruled or _has_header(text, rows) or _has_grouped_header(text, rows)):
        return (), rows
    data = 1
    while not ruled and data < len(rows) - 1 and _continues_header(text, rows[data], rows[0].cells):
        data += 1
    return rows[:data], rows[data:]


def _continues_header(text: str, row: Row, header: Sequence[Span]) -> bool:
    return len(row.cells) < len(header) and not _holds_values(text, row)


def _titled(text: str, top: Sequence[Row], rows: Sequence[Row]) -> tuple[tuple[Table, ...], tuple[LeftOut, ...]]:
    """Tables of the rows, each with the header where it fits, and the parts of the header that fit none."""
    if not top:
        return (Table(tuple(rows)),), ()
    header, unfit = top[0].cells, list(top[1:])
    place = _grouped_column(text, top, rows)
    if place is not None:
        header, unfit = (*header[:place], *top[1].cells, *header[place + 1 :]), [Row(top[0].cells[place], ())]
    elif not any(len(row.cells) == len(header) for row in rows):
        unfit = list(top)
    by_fit = groupby(rows, key=lambda row: len(row.cells) == len(header))
    tables = tuple(Table(tuple(run), header if fits else ()) for fits, run in by_fit)
    return tables, tuple(
        LeftOut(*row.span, reason="a heading of a table that names none of its columns") for row in unfit
    )


def _groups(top: Row, second: Row, rows: Sequence[Row]) -> bool:
    """Whether a second row divides one cell of the first, so that together they are as wide as the rows below."""
    width = len(top.cells) + len(second.cells) - 1
    return 1 < len(second.cells) < len(top.cells) and any(len(row.cells) == width for row in rows)


def _has_grouped_header(text: str, rows: Sequence[Row]) -> bool:
    return _is_only_header(text, rows[:2]) and _groups(rows[0], rows[1], rows[2:])


def _grouped_column(text: str, top: Sequence[Row], rows: Sequence[Row]) -> int | None:
    """The column of the first row that the second one divides, where the figures below leave no choice."""
    if len(top) != 2 or not _groups(top[0], top[1], rows):
        return None
    names = [cell.of(text) for cell in top[1].cells]
    width = len(top[0].cells) + len(names) - 1
    below = [[cell.of(text) for cell in row.cells] for row in rows if len(row.cells) == width]
    fitting = [
        place
        for place in range(1, len(top[0].cells))
        if all(
            map(
                _may_stand_under,
                names * len(below),
                [cell for row in below for cell in row[place : place + len(names)]],
            )
        )
    ]
    return fitting[0] if len(fitting) == 1 else None


def _may_stand_under(name: str, cell: str) -> bool:
    """Whether a cell may be of a column: a figure, and one that can be a share if the name says that it is."""
    if any(char.isalpha() for char in cell):
        return False
    share = "%" in name or name.lower().startswith(("percent", "per cent"))
    return not share or (is_value(cell) and "," not in cell and len(cell) <= 6)


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
