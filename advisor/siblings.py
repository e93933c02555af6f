"""What sections that stand side by side state under the same label ("Median salary: …"), one after the other or at its ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from index.figures import Figure, figures_in
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
    return tuple(
        Piece(f"{plain(path[-1])} — {plain(unit.of(guide.text))}", (place(own, unit),), Layout.ITEM)
        for path, (own, unit) in stated.items()
    )


def extreme(question: Question, guide: Guide, passage: Passage, span: Span) -> tuple[Piece, ...]:
    """The highest or the lowest of what sections state under a unit's label, as the question asks; else nothing.

    A question that names one of the sections asks about that one.
    """
    stated = beside(guide, passage, span) if question.rank else {}
    if _named(question, stated):
        return ()
    for path, (own, unit) in stated.items():
        figure = _figure(guide, unit)
        if figure and figure.quantity is question.quantity and rank_of(guide, own, unit) is question.rank:
            word = "Highest" if question.rank is Rank.HIGHEST else "Lowest"
            return (Piece(f"{word}: {plain(path[-1])} — {plain(unit.of(guide.text))}", (place(own, unit),)),)
    return ()


def rank_of(guide: Guide, passage: Passage, span: Span) -> Rank | None:
    """Whether a unit states the one highest or the one lowest of what sections state under its label."""
    figures = {path: _figure(guide, unit) for path, (_, unit) in beside(guide, passage, span).items()}
    own = figures.pop(passage.section, None)
    others = [figure for figure in figures.values() if figure]
    if own is None or len(others) < LEAST - 1 or any((f.quantity, f.unit) != (own.quantity, own.unit) for f in others):
        return None
    ends = [figure.low for figure in others]
    return Rank.HIGHEST if own.low > max(ends) else Rank.LOWEST if own.low < min(ends) else None


def _named(question: Question, stated: Stated) -> bool:
    """Whether a question has a word of one section's heading that no other one's has."""
    headings = Counter(stem for path in stated for stem in set(stems_in(path[-1])))
    return any(headings[word.stem] == 1 for word in question.words)


def _figure(guide: Guide, span: Span) -> Figure | None:
    return next(iter(figures_in(guide.text, *span)), None)
