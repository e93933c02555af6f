"""What a quote must carry of a statement: its words, numbers, force, and what belongs to what.

Each check takes a `Pairing` (the tokens of a statement against those of one quote) and tells what the quote does not carry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .choices import alternatives, joints
from .columns import columns, row_names, whole_cells
from .force import conditions, denials, extents, strengths
from .leaving import (
    additions,
    averages,
    compounds,
    counts,
    dates,
    days,
    header_measures,
    header_years,
    opening_scopes,
    parts,
)
from .narrowing import defined, denied, distributed, heads, others, phrases, qualified, relatives, uniques
from .numbers import bounds, numbers
from .order import bindings, exchanges, orders, reasons
from .pairing import WEIGHTY, Pairing
from .roles import (
    compared,
    crosses,
    doers,
    done_to,
    helpers,
    inversions,
    owners,
    participles,
    replaced,
    rotations,
)
from .shuffling import shuffled
from .sides import attributed, bidden, crossed, repeated, sources, spoken
from .ties import clauses, counted, denied_extents, forecasts, only, opening_conditions, past, rates, relations, shares
from .words import lent, opposed, qualifiers, stands_apart, subject, words

CHECKS: tuple[Callable[[Pairing], Iterator[str]], ...] = (
    numbers,
    bounds,
    words,
    subject,
    lent,
    qualifiers,
    opposed,
    denials,
    strengths,
    extents,
    conditions,
    bindings,
    orders,
    exchanges,
    reasons,
    relations,
    only,
    denied_extents,
    opening_conditions,
    forecasts,
    counted,
    shares,
    rates,
    clauses,
    crossed,
    repeated,
    sources,
    columns,
    opening_scopes,
    dates,
    days,
    header_years,
    header_measures,
    averages,
    additions,
    counts,
    compounds,
    parts,
    relatives,
    phrases,
    heads,
    denied,
    distributed,
    crosses,
    inversions,
    rotations,
    replaced,
    owners,
    participles,
    helpers,
    doers,
    done_to,
    joints,
    alternatives,
    compared,
    attributed,
    spoken,
    bidden,
    past,
    shuffled,
    others,
    uniques,
    qualified,
    defined,
    row_names,
    whole_cells,
)
"""In the order in which they are told."""


def shortfalls(pairing: Pairing) -> tuple[str, ...]:
    """What the quote does not carry of the statement, in words; nothing where it carries all of it."""
    return tuple(reason for check in CHECKS for reason in check(pairing))


__all__ = ["CHECKS", "WEIGHTY", "Pairing", "opposed", "shortfalls", "stands_apart"]
