"""How much schooling a text asks for: levels of education have an order, so that what two guides ask for can be held apart.

"A high school diploma is a must" and "an associate degree is the minimum" are both requirements, and of one thing; only
their levels tell that the guides do not ask for the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .contradictions import CLAUSE, Strength, strength_told
from .profile.levels import Level, levels_in

NONE = 0
"""Below the lowest level: no schooling is asked for."""

_WORDS = r"(?:degrees?|diplomas?|education\w*|school\w*|college|university)"
_SCHOOLING = re.compile(rf"\b{_WORDS}\b", re.IGNORECASE)
_NEEDS = re.compile(
    r"\b(?:need\w*|requir\w*|must|necessary|mandatory|have to|essential|compulsory|without|no|minimum|enough|sufficient|suffices?|will do"
    r"|optional|only|just|want\w*|expect\w*|ask\w*)\b",
    re.IGNORECASE,
)
_WHICH = re.compile(
    rf"\b(?:what|which|how much)(?: (?:kind|level|type) of)? (?:{_WORDS}|bachelor\w*|associate\w*|master\w*)",
    re.IGNORECASE,
)
_NAMES_SCHOOLING = re.compile(
    rf"{_WORDS}|high|secondary|bachelor\w*|associate\w*|master\w*|doctorate|ph\.?d|GED", re.IGNORECASE
)
_NO_SCHOOLING = re.compile(
    r"\b(?:without|no)\s+(?:an?\s+)?(?:\w+\s+){0,2}?(?:diploma|education\w*|schooling|credential)\b", re.IGNORECASE
)
_NO_DEGREE = re.compile(r"\b(?:without|no)\s+(?:an?\s+)?(?:\w+\s+){0,2}?degrees?\b", re.IGNORECASE)
"""Leaves the school before it."""
_SUFFICES = re.compile(r"\b(?:in hand|at least|enough|sufficient|suffices?|typically need|minimum)\b", re.IGNORECASE)
_ANY_DEGREE = re.compile(r"(?:\w+\s+)?degrees?", re.IGNORECASE)
_SOMEBODY = re.compile(r"associates?(?!['’]|\s+(?:degree|or|and|to)\b|\W*$)", re.IGNORECASE)
"""One that works with another."""


def asks_schooling(text: str) -> bool:
    """Whether a question asks for how much schooling is needed, or whether some is."""
    names = bool(_SCHOOLING.search(text)) or any(_levels(text))
    return bool(_WHICH.search(text)) or (names and bool(_NEEDS.search(text)))


def names_schooling(word: str) -> bool:
    """Whether a word of a question only names the schooling that it asks for ("diploma")."""
    return bool(_NAMES_SCHOOLING.fullmatch(word))


def least_asked(text: str) -> int | None:
    """The lowest level of education that a text asks for, or `NONE`; None where it asks for none by name."""
    found: list[int] = []
    for clause in CLAUSE.split(text):
        if _NO_SCHOOLING.search(clause):
            found.append(NONE)
        elif _NO_DEGREE.search(clause):
            found.append(Level.HIGH_SCHOOL)
        elif strength_told(clause) is Strength.REQUIRED or _SUFFICES.search(clause):
            found += _levels(clause)
    return min(found, default=None)


def _levels(text: str) -> Iterator[Level]:
    """The levels of school that a text names: no certificate, and no degree of which it does not say which."""
    for level, start, end in levels_in(text):
        vague = (
            level is Level.ASSOCIATE
            and _ANY_DEGREE.fullmatch(text[start:end])
            and "associate" not in text[start:end].lower()
        )
        if level is not Level.CERTIFICATE and not vague and not _SOMEBODY.match(text, start):
            yield level
