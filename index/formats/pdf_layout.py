"""What the places of a PDF's letters tell: rows of a table, and entries of a list whose bullets are drawn, not written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from .extract import one_line

_NARROW = frozenset("fijltrI.,:;'’!|()[]-/ ")
_WIDE = frozenset("mwMW@%—")
_COLUMN_GAP = 0.45
"""Of the size of the letters: more space than this parts two cells; less is a space between words."""
_INDENT = 8.0
"""Points that an entry stands further to the right than the line that leads to it."""
_MOST_COLUMNS = 12
_MOST_ROWS = 200
_OVERLAP = 12.0
"""Points that the end of a column may seem to stand in the next one, since widths are only about right."""
_SAME_PLACE = 2.0
"""Points within which two pieces begin at the same place."""


_LONGEST_CELL = 60
"""Characters on one line."""
_OPENS_ENTRY = re.compile(r"(?:[•‣◦▪●○·–*-]|\(?\d{1,3}[.)])(?:\s|\Z)")


class Piece(NamedTuple):
    """What one instruction of a page draws: its text, the size of its letters, and where it begins, in points."""

    text: str
    size: float
    height: float
    """Above the foot of the page."""
    left: float = 0.0


class Cell(NamedTuple):
    """Words of a line that space parts from the others, and about where they begin and end, in points."""

    text: str
    start: float
    end: float


class Line(NamedTuple):
    """A line of a page."""

    text: str
    size: float
    """Of its letters, in points; 0 where the file does not tell."""
    height: float
    """Above the foot of the page, in points; 0 where the file does not tell."""
    gap: bool = False
    """More space than between the lines of a paragraph, or a new page, stands before it."""
    cells: tuple[Cell, ...] = ()
    pieces: tuple[Cell, ...] = ()
    """As the page draws them, however close they stand."""

    @property
    def left(self) -> float:
        """Where it begins, in points."""
        return self.cells[0].start if self.cells else 0.0

    @property
    def right(self) -> float:
        """About where it ends, in points."""
        return self.cells[-1].end if self.cells else 0.0


def opens_entry(text: str) -> bool:
    """Whether a line begins with a bullet or with the number of an entry."""
    return _OPENS_ENTRY.match(text) is not None


def width_of(text: str, size: float) -> float:
    """About how wide a text is in letters of this size, in points."""
    return size * sum(
        0.28 if char in _NARROW else 0.8 if char in _WIDE else 0.66 if char.isupper() else 0.5 for char in text
    )


def drawn(pieces: Sequence[Piece]) -> tuple[Cell, ...]:
    """The pieces of a line that hold words, with their places."""
    return tuple(
        Cell(piece.text.rstrip(), piece.left, piece.left + width_of(piece.text.strip(), piece.size))
        for piece in pieces
        if piece.text.strip()
    )


def cells_of(pieces: Sequence[Cell], size: float) -> tuple[Cell, ...]:
    """The cells of a line in the order in which it is drawn: pieces that no more than a space parts are one."""
    cells: list[Cell] = []
    for piece in pieces:
        if cells and piece.start - cells[-1].end <= _COLUMN_GAP * size:
            cells[-1] = _joined(cells[-1], piece)
        else:
            cells.append(piece._replace(text=one_line(piece.text)))
    return tuple(cells)


def _joined(one: Cell, other: Cell) -> Cell:
    return Cell(one_line(one.text + other.text), one.start, max(one.end, other.end))


Row = tuple[Cell, ...]


def table_at(lines: Sequence[Line], at: int) -> tuple[Row, ...]:
    """The rows of the table that begins with this line: as many cells each, one column beside the other; none where none.

    Three rows at least, or two of which the second holds a figure that the first does not.
    """
    first = lines[at].cells
    if not 2 <= len(first) <= _MOST_COLUMNS or opens_entry(lines[at].text):
        return ()
    rows = [first]
    starts, ends = [cell.start for cell in first], [cell.end for cell in first]
    for above, line in pairwise(lines[at : at + _MOST_ROWS]):
        row = _row_of(line, starts)
        if len(row) != len(first) or line.height >= above.height or opens_entry(line.text):
            break
        starts = [min(start, cell.start) for start, cell in zip(starts, row, strict=True)]
        ends = [max(stop, cell.end) for stop, cell in zip(ends, row, strict=True)]
        if any(stop > start + _OVERLAP for stop, start in zip(ends, starts[1:], strict=False)):
            break
        rows.append(row)
    enough = len(rows) >= 3 or (len(rows) == 2 and _is_headed(rows))
    return tuple(rows) if enough and not _is_prose(rows) else ()


def _is_prose(rows: Sequence[Row]) -> bool:
    """Whether the cells are the lines of running text in columns: most of them long, or most beginning within a sentence."""
    cells = [cell.text for row in rows for cell in row]
    within = sum(cell[0].islower() for cell in cells)
    return 2 * within > len(cells) or 2 * sum(len(cell) > _LONGEST_CELL for cell in cells) > len(cells)


def _row_of(line: Line, starts: Sequence[float]) -> Row:
    """The cells of a line, divided where a piece begins right at a column if spaces alone do not tell them apart."""
    if len(line.cells) == len(starts):
        return line.cells
    row: list[Cell] = []
    for piece in line.pieces:
        if not row or any(abs(piece.start - start) <= _SAME_PLACE for start in starts):
            row.append(piece._replace(text=one_line(piece.text)))
        else:
            row[-1] = _joined(row[-1], piece)
    return tuple(row)


def table_text(rows: Sequence[Row]) -> str:
    """Rows as a table in Markdown, the first as its header where it has no figure and the others do."""
    lines = ["| " + " | ".join(cell.text.replace("|", "\\|") for cell in row) + " |" for row in rows]
    if _is_headed(rows):
        lines.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n".join(lines)


def _is_headed(rows: Sequence[Row]) -> bool:
    if any(cell.text[-1] in ".:;," for cell in rows[0]):
        return False
    return not _has_figure(rows[0]) and all(_has_figure(row) for row in rows[1:])


def _has_figure(row: Row) -> bool:
    return any(char.isdigit() for cell in row for char in cell.text)


def entries_at(lines: Sequence[Line], at: int, lead: Line | None, margin: float) -> tuple[int, tuple[str, ...]]:
    """How many lines from here on are entries of a list without written bullets, and the entries; none where it is none.

    They stand further to the right than the line above, which ends in a colon. A line begins an entry where its first
    word would have had room on the line above it; `margin` is where full lines end, in points.
    """
    if (
        opens_entry(lines[at].text)
        or lead is None
        or not lead.text.endswith(":")
        or lines[at].left < lead.left + _INDENT
    ):
        return 0, ()
    indent, end = lines[at].left, at
    entries: list[str] = []
    while end < len(lines) and abs(lines[end].left - indent) <= 3 and lines[end].size == lines[at].size:
        room = margin - lines[end - 1].right - width_of(" " + lines[end].text.split()[0], lines[end].size)
        if entries and room < 0:
            entries[-1] += " " + lines[end].text
        else:
            entries.append(lines[end].text)
        end += 1
    return (end - at, tuple(entries)) if len(entries) >= 2 else (0, ())
