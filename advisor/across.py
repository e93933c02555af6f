"""Which of many guides states the most, or the least, of what all of them state under one label ("Median pay: …").

A guide to one career does not know which of all careers pays most, and its table of a few others does not either. Guides
of one series do, taken together: each states the same under the same label.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

import numpy as np

from index.figures import Figure, Quantity, figures_in
from index.guide import PassageKind
from index.search import Index
from index.words import stem, stems_in, words_in

from .answer import Layout
from .draft import Piece, place, plain
from .naming import MOST, share_named
from .question import Question, Rank, names_quantity, ranks_in
from .subjects import Subjects

LEAST = 5
"""Guides that state something under one label, so that they are held against each other."""
SHARE = 0.5
"""Of all guides that these must be."""
ALIKE = 0.8
"""Of their figures that are of one kind."""
TOLD = 5
"""Guides that are named."""
_LABEL = re.compile(r"([^:.\n]*[^\W\d][^:.\n]{2,50}):\s")
"""What stands before a value; it may hold a year."""
_MINUS = re.compile(r"(?<=[\s:])[-\u2212\u2013]\s?\$?\Z")
_OF_ALL = re.compile(
    r"\b(?:(?:which|what|best|worst|top|highest|lowest|most|least|fewest|fastest|slowest|paid|paying|growing)\s+)(?:\w+\s+){0,2}?"
    r"(?:jobs?|occupations?|careers?|professions?|trades?)\b",
    re.IGNORECASE,
)
"""Asks for one of all careers."""
_COUNTED = re.compile(r"\b(?:most|fewest|least|highest|lowest|largest|smallest|greatest)\b", re.IGNORECASE)
"""Speaks of what can be counted, which "the best" does not."""
_SLIGHT = frozenset(
    map(
        stem,
        "job jobs occupation career profession trade work make earn get go paid paying pays payed have has one you know list all"
        " guide guides here growing grow grows fast quickly good money need needs".split(),
    )
)
"""Words that narrow nothing."""


class Stated(NamedTuple):
    """What a guide states under a label."""

    piece: Piece
    figure: Figure
    value: float
    """Of the figure, below 0 behind a minus."""


def asks_of_all(question: Question) -> bool:
    """Whether a question asks which of all careers has the most or the least."""
    return question.rank is not None and bool(_OF_ALL.search(question.text))


class Across:
    """Holds the guides of one index against each other; what they state is found once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._subjects = Subjects(index)

    def told(self, question: Question) -> tuple[Piece, ...]:
        """The guides that state the most or the least, the first of them first; none where a question narrows, or asks for nothing that they all state."""
        if not asks_of_all(question) or self._names_one(question) or self._narrows(question) or not self._stated:
            return ()
        fits = [label for label, stated in self._stated.items() if _may_ask(question, label, stated)]
        if not fits:
            return ()
        vectors = self._index.encoder.encode([question.text, *fits])
        nearest = fits[int(np.argmax(vectors[1:] @ vectors[0]))]
        return self._ends(self._stated[nearest], question.rank)

    def _ends(self, stated: list[Stated], rank: Rank | None) -> tuple[Piece, ...]:
        high = rank is Rank.HIGHEST
        ordered = sorted(stated, key=lambda one: -one.value if high else one.value)[:TOLD]
        lead = Piece(f"Of all guides that state it, the {'highest' if high else 'lowest'} first:")
        return (lead, *(one.piece for one in ordered))

    def _names_one(self, question: Question) -> bool:
        return any(share_named(question, guide) > MOST for guide in self._index.guides.values())

    def _narrows(self, question: Question) -> bool:
        """Whether a question says more than that it asks for an end of what can be counted."""
        return any(
            word.stem not in _SLIGHT and not names_quantity(word.text) and not any(ranks_in(word.text))
            for word in words_in(question.text)
        )

    @cached_property
    def _stated(self) -> Mapping[str, list[Stated]]:
        """By label: what each guide states under it first, where most guides do, of the one kind that most of them state."""
        found: dict[tuple[str, ...], dict[str, tuple[str, Stated]]] = defaultdict(dict)
        for unit in self._index.units:
            passage = self._index.passages[unit.passage]
            guide = self._index.guides[passage.guide]
            label = _LABEL.match(plain(unit.span.of(guide.text))) if passage.kind is PassageKind.LIST else None
            if not label or not self._subjects.among_others(guide):
                continue
            colon = guide.text.index(":", unit.span.start)
            figure = next(iter(figures_in(guide.text, colon, unit.span.end)), None)
            if figure:
                text = f"{plain(guide.title)} — {plain(unit.span.of(guide.text))}"
                sign = -1.0 if _MINUS.search(guide.text[colon : figure.span.start]) else 1.0
                stated = Stated(Piece(text, (place(passage, unit.span),), Layout.ITEM), figure, sign * figure.low)
                found[stems_in(label[1])].setdefault(guide.id, (label[1], stated))
        least = max(LEAST, SHARE * len(self._index.guides))
        return {
            next(iter(of.values()))[0]: alike
            for of in found.values()
            if len(of) >= least and (alike := _alike([stated for _, stated in of.values()]))
        }


def _may_ask(question: Question, label: str, stated: list[Stated]) -> bool:
    """Whether a question asks for the kind of figure that stands under a label, or else names it in part ("most jobs")."""
    kind = stated[0].figure.quantity
    if question.quantity is not None:
        return question.quantity is kind
    counted = kind is Quantity.COUNT and bool(_COUNTED.search(question.text))
    return counted and not set(stems_in(label)).isdisjoint(stems_in(question.text))


def _alike(stated: list[Stated]) -> list[Stated]:
    """Those that state a figure of the kind that most state; none where too few do."""
    kinds = Counter((one.figure.quantity, one.figure.unit, one.figure.period) for one in stated)
    kind, count = kinds.most_common(1)[0]
    ours = [one for one in stated if (one.figure.quantity, one.figure.unit, one.figure.period) == kind]
    return ours if count >= ALIKE * len(stated) and kind[0] is not Quantity.YEAR else []
