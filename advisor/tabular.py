"""What tables, and sections side by side that state the same, tell together: a course of years, an end, a whole column."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.guide import PassageKind

from . import siblings
from .answer import Layout
from .draft import Piece
from .evidence import Candidate, Evidence
from .question import Kind, Question
from .tables import names_rows, of_other_things, row_piece, table_of, trend

CLOSE = 6.0
"""Logits behind the best from which a unit is no longer worth showing."""
AS_WELL = -1.0
"""Logit from which a row may be one of a table that tells which of several, however good the best unit is."""
NEAR = 15
"""The best units, beside which what states the same is looked for."""
ROWS = 5
"""The best units, whose tables are looked at."""
MORE_ROWS = 12
"""Likewise, where a course is asked for, or which of several."""
MOST_ROWS = 12
"""Of a table whose column is shown whole."""

_WHICH = re.compile(
    r"\b(?:which|where|who)\b|\bwhat \w+ (?:\w+ )?(?:pays?|has|had|employs?)\b|^\W*(?:best|worst|highest|lowest)",
    re.IGNORECASE,
)


def extreme(evidence: Evidence) -> tuple[Piece, ...]:
    """The highest or the lowest of what sections that stand side by side state."""
    near = (c for c in evidence.candidates[:NEAR] if c.feature("quantity") > 0)
    told = (siblings.extreme(evidence.question, c.guide, c.passage, c.unit.span) for c in near)
    return next(filter(None, told), ())


def dated(evidence: Evidence) -> tuple[Piece, ...]:
    """What a table tells of the years that the question names, where the best unit is a row of one of them."""
    best = evidence.candidates[0]
    named = best.passage.kind is PassageKind.ROW and best.feature("year") > 0
    return trended(evidence) if named or evidence.question.apart else ()


def trended(evidence: Evidence) -> tuple[Piece, ...]:
    """What a table tells from row to row: one whose rows the question names, or one that the best units are rows of."""
    question, best = evidence.question, evidence.candidates[0]
    which = bool(question.rank and _WHICH.search(question.text))
    if question.rank and not which and best.passage.kind is not PassageKind.ROW:
        return ()
    looked_at = evidence.candidates[: MORE_ROWS if which or question.kind is Kind.TREND else ROWS]
    tables = [(c, table) for c in looked_at if (table := table_of(c.passage, c.guide))]
    named = [table for _, table in tables if question.rank and names_rows(question, table)]
    beside = (
        table
        for c, table in tables
        if c.guide is best.guide
        and c.logit >= min(AS_WELL if which else 0.0, best.logit - CLOSE)
        and not of_other_things(question, table)
    )
    return next(filter(None, (trend(question, table) for table in named or beside)), ())


def column(chosen: Sequence[Candidate], question: Question) -> tuple[Piece, ...]:
    """The rows of a table in order, all of them, where two of them and nothing else would answer."""
    tables = [table_of(c.passage, c.guide) for c in chosen]
    first = tables[0]
    if len(chosen) < 2 or first is None or any(table is None or table.rows != first.rows for table in tables):
        return ()
    if len(first.rows) > MOST_ROWS or not first.header or any(c.feature("key") > 0 for c in chosen):
        return ()
    return tuple(row_piece(row, first.guide, question, Layout.ITEM) for row in first.rows)
