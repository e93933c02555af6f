"""What sections that stand side by side state under the same label ("Median salary: …"), one after the other or at its ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from index.figures import Figure, Quantity, figures_in
from index.guide import Guide, Passage, Span
from index.units import unit_spans
from index.words import stems_in

from .answer import Layout
from .draft import Piece, place, plain
from .question import Question, Rank

LEAST = 3
"""Sections that state it, so that they are looked at together."""
LABEL = re.compile(r"([^\W\d][^:.\n]{2,40}):\s")
"""What stands before a value."""
_EACH = re.compile(
    r"\b(?:each|every|all|any|different|various)\s+(?:of\s+)?(?:the\s+)?(?!years?\b|months?\b|weeks?\b|days?\b|hours?\b|time\b)\w+"
    r"|\bby\s+(?!years?\b|months?\b|weeks?\b|days?\b|hours?\b|\d)\w+\W*(?:$|[,.?!])",
    re.IGNORECASE,
)
"""What asks for one thing after the other."""

Path = tuple[str, ...]
Stated = Mapping[Path, tuple[Passage, Span]]
"""A unit of each section, by its path, in the order of the guide."""


def beside(guide: Guide, passage: Passage, span: Span) -> Stated:
    """The units that state the same as one, by its label, in its own section and in those beside it; none where few do."""
    label = LABEL.match(plain(span.of(guide.text)))
    found: dict[Path, tuple[Passage, Span]] = {}
    if not label or not passage.section:
        return found
    for other in guide.passages:
        if other.section[:-1] == passage.section[:-1] and len(other.section) == len(passage.section):
            units = (unit for unit in unit_spans(guide, other) if plain(unit.of(guide.text)).startswith(label[0]))
            for unit in units:
                found.setdefault(other.section, (other, unit))
    return found if len(found) >= LEAST else {}


def each(question: Question, guide: Guide, passage: Passage, span: Span) -> tuple[Piece, ...]:
    """What each section states under a unit's label, where the question asks for each; else nothing."""
    stated = beside(guide, passage, span) if _EACH.search(question.text) else {}
    return _told(stated, guide, " — ", Layout.ITEM)


def rows_beside(guide: Guide, passage: Passage, span: Span) -> tuple[Piece, ...]:
    """A row of a table for what each of the other sections states under a unit's label."""
    stated = beside(guide, passage, span)
    return _told({path: unit for path, unit in stated.items() if path != passage.section}, guide, " | ", Layout.ROW)


def _told(stated: Stated, guide: Guide, joint: str, layout: Layout) -> tuple[Piece, ...]:
    return tuple(
        Piece(f"{plain(path[-1])}{joint}{plain(unit.of(guide.text))}", (place(own, unit),), layout)
        for path, (own, unit) in stated.items()
    )


def extreme(question: Question, guide: Guide, passage: Passage, span: Span) -> tuple[Piece, ...]:
    """The highest or the lowest of what sections state under a unit's label, as the question asks; else nothing.

    A question that names one of the sections asks about that one.
    """
    stated = beside(guide, passage, span) if question.rank else {}
    path = _ends(guide, stated, question.quantity).get(question.rank) if question.rank else None
    if path is None or _named(question, stated):
        return ()
    word, (own, unit) = "Highest" if question.rank is Rank.HIGHEST else "Lowest", stated[path]
    return (Piece(f"{word}: {plain(path[-1])} — {plain(unit.of(guide.text))}", (place(own, unit),)),)


def rank_of(guide: Guide, passage: Passage, span: Span) -> Rank | None:
    """Whether a unit states the one highest or the one lowest of what sections state under its label."""
    ends = _ends(guide, beside(guide, passage, span))
    return next((rank for rank, path in ends.items() if path == passage.section), None)


def _ends(guide: Guide, stated: Stated, quantity: Quantity | None = None) -> dict[Rank, Path]:
    """The section that states the one highest figure, and the one that states the lowest; none where they are not alike."""
    known = {path: figure for path, (_, unit) in stated.items() if (figure := _figure(guide, unit))}
    kinds = {(figure.quantity, figure.unit) for figure in known.values()}
    if len(known) < LEAST or len(kinds) > 1 or (quantity and {quantity} != {kind for kind, _ in kinds}):
        return {}
    ordered = sorted(known, key=lambda path: known[path].low)
    apart = {Rank.LOWEST: ordered[:2], Rank.HIGHEST: ordered[:-3:-1]}
    return {rank: end for rank, (end, next_to) in apart.items() if known[end].low != known[next_to].low}


def _named(question: Question, stated: Stated) -> bool:
    """Whether a question has a word of one section's heading that no other one's has."""
    headings = Counter(stem for path in stated for stem in set(stems_in(path[-1])))
    return any(headings[word.stem] == 1 for word in question.words)


def _figure(guide: Guide, span: Span) -> Figure | None:
    return next(iter(figures_in(guide.text, *span)), None)
