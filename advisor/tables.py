"""Table rows as answers: the cell that is asked for, and what a column tells from row to row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.figures import Figure, Quantity, figures_in
from index.guide import Guide, Passage, PassageKind, Span
from index.words import stems_in

from .answer import Layout
from .draft import Piece, Place, place, plain
from .question import Question, Rank

_BARE = re.compile(r"\s*[-+\u2010-\u2015\u2212]?\s?[$£€]?\s?\d[\d,.]*\s?%?\s*")
"""A cell that is one number."""
_WHICH_OF = re.compile(
    r"\b(?:which|what)\s+(?!is\b|are\b|was\b|were\b|do\b|does\b|did\b|ha[sd]\b|have\b|will\b|would\b|can\b|could\b|should\b|the\b|if\b)"
    r"((?:[\w.-]+\s+){0,2}?[\w.-]+)\s+(?:pays?|paid|ha[sd]|have|had|earn(?:s|ed)?|makes?|made|employ(?:s|ed)?|needs?|offers?|gets?|got|saw"
    r"|grew|grows?|is|are|was|were|do|does|did|will|would|can)\b",
    re.IGNORECASE,
)
"""Asks which of some things: their name."""
_ASIDE = re.compile(r"\([^)]*\)")
_SHARE = re.compile(r"%|\bper\s?cent", re.IGNORECASE)


@dataclass(frozen=True)
class Table:
    """Rows that stand together under one header."""

    guide: Guide
    rows: tuple[Passage, ...]

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(plain(cell.of(self.guide.text)) for cell in self.rows[0].header)

    def cell(self, row: Passage, column: int) -> str:
        """The words of a cell."""
        return plain(row.cells[column].of(self.guide.text)) if column < len(row.cells) else ""

    def figure(self, row: Passage, column: int) -> Figure | None:
        """The first quantity of a cell."""
        found = figures_in(self.guide.text, *row.cells[column]) if column < len(row.cells) else ()
        return found[0] if found else None


def table_of(passage: Passage, guide: Guide) -> Table | None:
    """The table that a row stands in."""
    if passage.kind is not PassageKind.ROW:
        return None
    rows = [p for p in guide.passages if p.kind is PassageKind.ROW and p.section == passage.section]
    alike = (passage.header, passage.lead, len(passage.cells))
    return Table(guide, tuple(p for p in rows if (p.header, p.lead, len(p.cells)) == alike))


def row_piece(passage: Passage, guide: Guide, question: Question, layout: Layout = Layout.PARAGRAPH) -> Piece:
    """One row in words: its key, and the cells that the question asks for (all of them where it names none)."""
    cells = [plain(cell.of(guide.text)) for cell in passage.cells]
    header = [plain(cell.of(guide.text)) for cell in passage.header]
    places = [place(passage, passage.span)]
    lead = _lead(passage, guide)
    if lead:
        places.append(lead[1])
    opening = f"{lead[0]} " if lead else ""
    if not header or len(header) != len(cells):
        return Piece(
            f"{opening}{cells[0]}: {', '.join(cells[1:])}" if len(cells) > 1 else opening + cells[0],
            tuple(places),
            layout,
        )
    columns = asked_columns(header, question, passage, guide) or list(range(1, len(cells)))
    key = cells[0] if re.search(r"[^\W\d]", cells[0]) else f"{header[0]} {cells[0]}"
    told = "; ".join(f"{header[c]}: {cells[c]}" for c in columns if c < len(cells) and cells[c])
    if any(re.search(r"\d", header[c]) for c in columns):
        places.append(place(passage, Span(passage.header[0].start, passage.header[-1].end)))
    return Piece(f"{opening}{key} — {told}" if told else f"{opening}{key}", tuple(places), layout)


def _lead(passage: Passage, guide: Guide) -> tuple[str, Place] | None:
    """The caption of a table without a header, which its rows cannot be read without."""
    if passage.lead is None or passage.header:
        return None
    return plain(passage.lead.of(guide.text)), place(passage, passage.lead)


def asked_columns(header: Sequence[str], question: Question, passage: Passage, guide: Guide) -> list[int]:
    """The columns whose heading shares the most words with the question, and state what it wants counted.

    A column that is headed "Percent" and no more is read beside the numbers that it is a share of.
    """
    bare = [c for c in range(1, len(passage.cells)) if _BARE.fullmatch(passage.cells[c].of(guide.text))]
    if question.change and question.quantity is Quantity.COUNT:
        return bare
    asked = {word.stem for word in question.words}
    shared = [len(asked & set(stems_in(name))) for name in header]
    if question.quantity in (Quantity.MONEY, Quantity.PERCENT, Quantity.DURATION):
        kinds = cell_quantities(passage, guide)
        fitting = [c for c in range(1, len(kinds)) if question.quantity in kinds[c]]
        if fitting:
            best = max(shared[c] for c in fitting)
            chosen = [c for c in fitting if shared[c] == best]
            return bare if all(_SHARE.fullmatch(header[c]) for c in chosen) else chosen
    best = max(shared[1:], default=0)
    return [c for c in range(1, len(header)) if shared[c] == best] if best else []


def cell_quantities(passage: Passage, guide: Guide) -> list[set[Quantity]]:
    """What each cell of a row states; the sign of a share may stand in the heading alone."""
    kinds = [{figure.quantity for figure in figures_in(guide.text, *cell)} for cell in passage.cells]
    for head, cell, kind in zip(passage.header, passage.cells, kinds, strict=False):
        if _SHARE.search(head.of(guide.text)) and _BARE.fullmatch(cell.of(guide.text)):
            kind.clear()
            kind.add(Quantity.PERCENT)
    return kinds


_WHOLE = re.compile(r"\W*(?:total|all)\b", re.IGNORECASE)
"""Opens the key of a row for all, beside which the others are parts, or parts of parts."""


def trend(question: Question, table: Table) -> tuple[Piece, ...]:
    """What a column tells from row to row: its highest or lowest row, or its first and last, from the cited cells."""
    column = _column(question, table)
    if column is None:
        dated = question.by_year and all(_key_year(table, row) for row in table.rows)
        return tuple(row_piece(row, table.guide, question, Layout.ITEM) for row in table.rows) if dated else ()
    rows = _in_time(question, table, [row for row in table.rows if table.figure(row, column)])
    rank = question.rank
    timeless = question.years and not any(_key_year(table, row) for row in rows)
    if len(rows) < 2 or (timeless and not rank):
        return ()
    if rank and any(_WHOLE.match(table.cell(row, 0)) for row in rows):
        return ()
    if rank and not table.header:
        return _extreme(table, rows, column, rank is Rank.HIGHEST)
    if not table.header:
        return ()
    name, key = table.header[column], table.header[0]
    if rank:
        best = (max if rank is Rank.HIGHEST else min)(rows, key=lambda row: _middle(table.figure(row, column)))
        word = "Highest" if rank is Rank.HIGHEST else "Lowest"
        text = f"{word} {name}: {table.cell(best, column)}, {key} {table.cell(best, 0)}"
        return (Piece(text, _places((best,), name, key)),)
    first, last = rows[0], rows[-1]
    before, after = _middle(table.figure(first, column)), _middle(table.figure(last, column))
    way = "rose" if after > before else "fell" if after < before else "stayed the same"
    ends = " to ".join(_at(table, row, column) for row in (first, last))
    between = tuple(
        Piece(
            f"{key} {table.cell(row, 0)} — {name}: {table.cell(row, column)}", _places((row,), name, key), Layout.ITEM
        )
        for row in rows
    )
    return (Piece(f"{name} {way} from {ends}.", _places((first, last), name, key)), *(between if len(rows) > 2 else ()))


def names_rows(question: Question, table: Table) -> bool:
    """Whether a question names what the rows of a table are ("which year", "the best-paying state")."""
    name = _ASIDE.sub("", table.header[0]).lower().split()[-1:] if table.header else []
    return bool({word.text.lower().removesuffix("s") for word in question.words} & {n.removesuffix("s") for n in name})


def of_other_things(question: Question, table: Table) -> bool:
    """Whether a question asks which of some things, and neither the table's heading nor what stands over it has their name."""
    match = _WHICH_OF.search(question.text)
    if not match:
        return False
    row = table.rows[0]
    above = (
        *row.section[-1:],
        row.lead.of(table.guide.text) if row.lead else "",
        _ASIDE.sub("", " ".join(table.header[:1])),
    )
    return not set(stems_in(match[1])).intersection(stems_in(" ; ".join(above)))


def _at(table: Table, row: Passage, column: int) -> str:
    """A cell and its row's key; a range, which has a "to" of its own, stands behind the key."""
    figure, told, key = table.figure(row, column), table.cell(row, column), f"{table.header[0]} {table.cell(row, 0)}"
    is_range = figure is not None and figure.high not in (None, figure.low)
    return f"{key} ({told})" if is_range else f"{told} ({key})"


def _in_time(question: Question, table: Table, rows: Sequence[Passage]) -> Sequence[Passage]:
    """Rows by year, the earliest first, those of the years that the question names; rows without years as they stand."""
    dated = sorted(((year, i) for i, row in enumerate(rows) if (year := _key_year(table, row)) is not None))
    low, high = _years_asked(question)
    named = [i for year, i in dated if (year in question.years if question.apart else low <= year <= high)]
    if question.years and len(named) > 1:
        return [rows[i] for i in named]
    return [rows[i] for _, i in dated] if len(dated) == len(rows) else rows


def _years_asked(question: Question) -> tuple[float, float]:
    """The first and the last year that a question names; "since 2010" has no last one, "until 2010" no first."""
    if not question.years:
        return float("-inf"), float("inf")
    low, high = min(question.years), max(question.years)
    if low == high and re.search(r"\b(?:since|after|from)\b", question.text, re.IGNORECASE):
        return low, float("inf")
    if low == high and re.search(r"\b(?:until|till|before|by)\b", question.text, re.IGNORECASE):
        return float("-inf"), high
    return low, high


def _extreme(table: Table, rows: Sequence[Passage], column: int, high: bool) -> tuple[Piece, ...]:
    """The highest or lowest row of a table without a header, under the sentence that introduces it."""
    best = (max if high else min)(rows, key=lambda row: _middle(table.figure(row, column)))
    lead = best.lead
    if lead is None:
        return ()
    text = f"{plain(lead.of(table.guide.text))} {table.cell(best, 0)}: {table.cell(best, column)}"
    return (Piece(text, (*_places((best,)), place(best, lead))),)


def _column(question: Question, table: Table) -> int | None:
    if not table.header:
        return 1 if len(table.rows[0].cells) == 2 else None
    asked = {word.stem for word in question.words}
    shared = [len(asked & set(stems_in(name))) for name in table.header]
    counted = [c for c in range(1, len(shared)) if table.figure(table.rows[0], c)]
    best = max(counted, key=lambda c: shared[c], default=None)
    if best is not None and shared[best]:
        return best
    fitting = [c for c in counted if _of(question, table.figure(table.rows[0], c))]
    return fitting[0] if len(fitting) == 1 else best if len(counted) == 1 else None


def _of(question: Question, figure: Figure | None) -> bool:
    return figure is not None and figure.quantity is question.quantity


def _key_year(table: Table, row: Passage) -> int | None:
    figure = table.figure(row, 0)
    return int(figure.low) if figure and figure.quantity is Quantity.YEAR else None


def _middle(figure: Figure | None) -> float:
    if figure is None:
        return 0.0
    return (figure.low + (figure.high if figure.high is not None else figure.low)) / 2


def _places(rows: Sequence[Passage], *heads: str) -> tuple[Place, ...]:
    """Where rows stand, and the row of their headings where one of some headings tells a figure."""
    places = tuple(place(row, row.span) for row in rows)
    if not any(re.search(r"\d", head) for head in heads):
        return places
    return (*places, place(rows[0], Span(rows[0].header[0].start, rows[0].header[-1].end)))
