"""What stands word for word: a text as its characters count, a table row under its header, a change between two rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import permutations

from index.figures import figures_in

from ..claims import tidy

BULLET = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+", re.MULTILINE)
_CHANGED = re.compile(r"(?P<name>.+?) (?P<way>rose|fell|stayed the same) from (?P<ends>.+)")

Row = tuple[Sequence[str], str]
"""The header of a table row, and the row as it stands."""


def squeezed(text: str) -> str:
    """A text as its characters count word for word: no marks of emphasis, no case, no white space, plain dashes."""
    text = re.sub("[\u2010-\u2015\u2212]", "-", tidy(text)).replace("“", '"').replace("”", '"')
    text = re.sub(r"\s*\|\s*", " ", BULLET.sub("", text))
    return re.sub(r"\s+", " ", text).casefold().strip(" .;:,!")


def is_row(sentence: str, row: Row) -> bool:
    """Whether a sentence is a row told under its header, word for word: "Baker — Pay: $40,000; Hours: 38"."""
    names, cells = _cells(row)
    key, dash, told = sentence.partition(" — ")
    if not dash or not names or squeezed(key) not in (cells[0], f"{names[0]} {cells[0]}"):
        return False
    rest = squeezed(told)
    for name, cell in zip(names[1:], cells[1:], strict=True):
        if re.match(rf"{re.escape(f'{name}: {cell}')}(?!\w)", rest):
            rest = rest[len(f"{name}: {cell}") :].lstrip(" .;:,!")
    return not rest


def _cells(row: Row) -> tuple[list[str], list[str]]:
    """The header and the cells of a row as they count word for word; neither where one does not go with the other."""
    header, text = row
    cells = [squeezed(cell) for cell in text.strip().strip("|").split("|")]
    names = [squeezed(re.sub(r" (?:highest|lowest)$", "", name)) for name in header]
    return (names, cells) if len(names) == len(cells) else ([], [])


def change(sentence: str, rows: Sequence[Row]) -> tuple[int, ...]:
    """The two rows of one table between which a column changes as a sentence says: "Pay rose from £1 (Year 1990) to …"."""
    found = _CHANGED.fullmatch(squeezed(sentence))
    known = [(i, *_cells(row)) for i, row in enumerate(rows)] if found else []
    if found is None:
        return ()
    for (i, names, before), (j, others, after) in permutations(known, 2):
        for name, first, last in zip(names[1:], before[1:], after[1:], strict=False):
            told = name == found["name"] and names == others and found["way"] == _way_of(first, last)
            if told and found["ends"] in {
                f"{one} to {other}"
                for one in (f"{first} ({names[0]} {before[0]})", f"{names[0]} {before[0]} ({first})")
                for other in (f"{last} ({names[0]} {after[0]})", f"{names[0]} {after[0]} ({last})")
            }:
                return i, j
    return ()


def _way_of(first: str, last: str) -> str:
    """Which way a figure goes from one cell to another; a range by its middle. Nothing where a cell tells none."""
    middles = [(f.low + (f.low if f.high is None else f.high)) / 2 for c in (first, last) for f in figures_in(c)[:1]]
    return way(*middles) if len(middles) == 2 else ""


def way(first: float, last: float) -> str:
    """Which way it goes from one number to another."""
    return "rose" if last > first else "fell" if last < first else "stayed the same"
