"""A table's row: each figure under its own header, with the words that tell its header from the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .. import english
from ..claims import UNITS, Kind, Token
from .pairing import WEIGHTY, Pairing


@dataclass(frozen=True, slots=True)
class _Column:
    """Where a column's header and its cell stand in the quote."""

    header: tuple[int, ...]
    cell: tuple[int, ...]


def columns(pairing: Pairing) -> Iterator[str]:
    """A figure or a name of a row is told under its own header, not under that of another column."""
    table = _columns(pairing)
    named = next((i for i, token in enumerate(pairing.quote) if token.key == ";" and not token.lent), 0)
    for position, token in enumerate(pairing.said) if table else ():
        own = [column for column in table if set(column.cell) & set(pairing.places[position])]
        if token.kind not in (Kind.NUMBER, Kind.NAME) or not own:
            continue
        if token.kind is Kind.NAME and (len(own) > 1 or any(place < named for place in pairing.places[position])):
            continue  # what names the row stands under no header
        if token.kind is Kind.NAME and any(other.key == ":" for other in pairing.said):
            continue  # cells told behind their headers
        nearest = [(_gap(pairing, position, column, table), column) for column in table]
        to_own = min(gap for gap, column in nearest if column in own)
        to_other = min((gap for gap, column in nearest if column not in own), default=_FAR)
        if to_other < to_own and (token.kind is Kind.NUMBER or to_own == _FAR):
            yield f"“{token.text}” stands under another header in the quote"
        elif (
            token.kind is Kind.NUMBER
            and to_own == _FAR
            and len(own) == 1
            and any(_alike(pairing, own[0], c) for c in table if c is not own[0])
        ):
            yield f"leaves out what tells the header of “{token.text}” from another"


def row_names(pairing: Pairing) -> Iterator[str]:
    """A figure of a row is told with a word of the cell that names the row, or of what the whole table is about."""
    table = _columns(pairing)
    first = next((i for i, token in enumerate(pairing.quote) if not token.lent), 0)
    end = next((i for i, token in enumerate(pairing.quote) if token.key == ";" and not token.lent), 0)
    name = [i for i in range(first, end) if pairing.quote[i].kind in WEIGHTY] if table else []
    if not name or pairing.told & set(name):
        return
    for position, token in enumerate(pairing.said):
        if token.kind is Kind.NUMBER and headers_over(pairing, position):
            yield f"leaves out “{pairing.quote[name[0]].text}”, of which “{token.text}” is"


def whole_cells(pairing: Pairing) -> Iterator[str]:
    """A figure of a cell is told with what a comma parts from it there: "70%, by one school" is not 70%."""
    for column in _columns(pairing):
        commas = [i for i in column.cell if pairing.quote[i].key == ","]
        numbers = [i for i in column.cell if pairing.quote[i].kind is Kind.NUMBER and i in pairing.told]
        rest = [i for i in column.cell if commas and i > commas[0] and pairing.quote[i].kind in WEIGHTY]
        untold = [i for i in rest if i not in pairing.told]
        if numbers and untold and 2 * len(untold) >= len(rest):
            yield f"leaves out “{pairing.quote[untold[0]].text}” behind “{pairing.quote[numbers[0]].text}”"


_FAR = 1_000_000
"""Further than any two words of a sentence."""
_ENTRY = 1_000


def _gap(pairing: Pairing, position: int, column: _Column, table: Sequence[_Column]) -> int:
    """Words from a figure to the nearest one that a header has alone and that no cell holds."""
    distinct = _distinct(pairing, column, table)
    last = max(i for other in table for i in (*other.header, *other.cell))
    cells = {i for i in range(last + 1) if not pairing.quote[i].lent}
    spots = [
        i
        for i, places in enumerate(pairing.places)
        if i != position
        and any(p in pairing.beside and pairing.quote[p].key in distinct for p in places)
        and not any(p in cells and not (p in column.cell and pairing.said[i].key not in UNITS) for p in places)
    ]
    ends = [i for i in (position - 2, position + 2) if _one_range(pairing.said, min(i, position))]
    return min((_apart(pairing.said, i, end) for i in spots for end in (position, *ends)), default=_FAR)


def _apart(tokens: Sequence[Token], one: int, other: int) -> int:
    """Words between two places; those of another entry of a list ("Pay: £50; Hours: 38") are further than any of its own."""
    between = tokens[min(one, other) : max(one, other)]
    return len(between) + _ENTRY * sum(token.key in (";", "\n") for token in between)


def _one_range(tokens: Sequence[Token], start: int) -> bool:
    """Whether two figures are the ends of one range."""
    kinds = [token.kind for token in tokens[max(start, 0) : start + 3 : 2]]
    return start >= 0 and kinds == [Kind.NUMBER, Kind.NUMBER] and tokens[start + 1].key == "to"


def header_numbers(pairing: Pairing) -> frozenset[int]:
    """The places of numbers in headers whose column's cell the statement tells."""
    return frozenset(
        i for column in _columns(pairing) if any(place in pairing.told for place in column.cell) for i in column.header
    )


def headers_over(pairing: Pairing, position: int) -> tuple[tuple[int, ...], ...]:
    """The places of each header whose cell holds a word of the statement."""
    return tuple(c.header for c in _columns(pairing) if set(c.cell) & set(pairing.places[position]))


def _columns(pairing: Pairing) -> list[_Column]:
    """The columns of a row behind the first, which names it; none where the quote is no row."""
    if not pairing.beside:
        return []
    found: list[_Column] = []
    start = 0
    for end in (i for i, token in enumerate(pairing.quote) if token.key == ";" and not token.lent):
        part = range(start, end)
        header = tuple(i for i in part if i in pairing.beside)
        cell = tuple(i for i in part if not pairing.quote[i].lent)
        if header:
            found.append(_Column(header, cell))
        start = end + 1
    return found


def _distinct(pairing: Pairing, column: _Column, table: Sequence[_Column]) -> frozenset[str]:
    """The words of a header that no other header has."""
    others = {pairing.quote[i].key for other in table if other is not column for i in other.header}
    return frozenset(pairing.quote[i].key for i in column.header if pairing.quote[i].kind in WEIGHTY) - others


_RANKS = frozenset(map(english.key_of, ("highest", "lowest")))
"""What is lent to the header of a row's highest or lowest cell, beside the header itself."""


def _alike(pairing: Pairing, one: _Column, other: _Column) -> bool:
    """Whether two headers share a word, so that what sets them apart has to be told."""
    keys = [{pairing.quote[i].key for i in c.header if pairing.quote[i].claims} - _RANKS for c in (one, other)]
    figures = any(pairing.quote[i].kind is Kind.NUMBER for i in other.cell)
    return figures and bool(keys[0] & keys[1])
