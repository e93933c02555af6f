"""How much schooling a text asks for: levels of education have an order, so that what two guides ask for can be held apart.

"A high school diploma is a must" and "an associate degree is the minimum" are both requirements, and of one thing; only
their levels tell that the guides do not ask for the same.
"""

from __future__ import annotations

import re
from enum import IntEnum

from .contradictions import CLAUSE, Strength, strength_told


class Level(IntEnum):
    """What somebody must have finished."""

    NONE = 0
    HIGH_SCHOOL = 1
    ASSOCIATE = 2
    BACHELOR = 3
    MASTER = 4
    DOCTOR = 5


_NAMES = tuple(
    (level, re.compile(pattern, re.IGNORECASE))
    for level, pattern in (
        (Level.HIGH_SCHOOL, r"\bhigh[\s-]school\b|\bsecondary[\s-]school\b|\bGED\b"),
        (Level.ASSOCIATE, r"\bassociate(?:['’]?s)?(?=\s+(?:degree|or\b|and\b|to\b)|\W*$|['’])"),
        (Level.BACHELOR, r"\b(?:bachelors?|baccalaureate|undergraduate degree)\b"),
        (Level.MASTER, r"\bmasters?['’]?s?(?=\s+(?:degree|or\b)|\W*$)|\bmaster['’]s\b|\bgraduate degree\b"),
        (Level.DOCTOR, r"\b(?:doctora\w+|Ph\.?\s?D)\b"),
    )
)
_SCHOOLING = r"(?:degrees?|diplomas?|education\w*|(?:high[\s-])?school\w*|college|university|bachelor\w*|associate['’]?s?|master['’]?s|doctorate|ph\.?d|GED)"
_NEEDS = r"(?:need\w*|requir\w*|must|necessary|mandatory|have to|essential|compulsory|without|no|minimum|enough|sufficient|suffices?|will do|optional|only|just|want\w*|expect\w*|ask\w*)"
_ASKS = re.compile(
    rf"\b{_NEEDS}\b.*\b{_SCHOOLING}\b|\b{_SCHOOLING}\b.*\b{_NEEDS}\b|\b(?:what|which|how much)(?: (?:kind|level|type) of)? {_SCHOOLING}\b",
    re.IGNORECASE,
)
"""A need and a word for schooling, or which schooling, or how much."""
_NAMES_SCHOOLING = re.compile(rf"{_SCHOOLING}|high|secondary", re.IGNORECASE)
_NONE = re.compile(
    r"\b(?:without|no)\s+(?:an?\s+)?(?:\w+\s+){0,2}?(?:diploma|education\w*|schooling|credential)\b", re.IGNORECASE
)
_NO_DEGREE = re.compile(r"\b(?:without|no)\s+(?:an?\s+)?(?:\w+\s+){0,2}?degrees?\b", re.IGNORECASE)
"""Leaves the school before it."""
_SUFFICES = re.compile(r"\b(?:in hand|at least|enough|sufficient|suffices?|typically need|minimum)\b", re.IGNORECASE)


def asks_schooling(text: str) -> bool:
    """Whether a question asks for how much schooling is needed, or whether some is."""
    return bool(_ASKS.search(text))


def names_schooling(word: str) -> bool:
    """Whether a word of a question only names the schooling that it asks for ("diploma")."""
    return bool(_NAMES_SCHOOLING.fullmatch(word))


def least_asked(text: str) -> Level | None:
    """The lowest level of education that a text asks for; None where it asks for none by name."""
    found: list[Level] = []
    for clause in CLAUSE.split(text):
        if _NONE.search(clause):
            found.append(Level.NONE)
        elif _NO_DEGREE.search(clause):
            found.append(Level.HIGH_SCHOOL)
        elif strength_told(clause) is Strength.REQUIRED or _SUFFICES.search(clause):
            found += (level for level, pattern in _NAMES if pattern.search(clause))
    return min(found, default=None)
