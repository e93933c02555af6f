"""The measures: each tells one thing about an answer, in one sentence, with the paper it comes from."""

from __future__ import annotations

from .case import Case, Measure
from .citing import CITES, EXACT, NUMBERS, unproved_numbers
from .facts import ANSWERED, CLEAN, FACTS, RIGHT, forbidden_said, missing_facts
from .length import SECONDS, WORDS
from .status import REFUSED, STATUS, WRONGLY_REFUSED

MEASURES: tuple[Measure, ...] = (
    RIGHT,
    ANSWERED,
    REFUSED,
    WRONGLY_REFUSED,
    STATUS,
    FACTS,
    CLEAN,
    CITES,
    EXACT,
    NUMBERS,
    WORDS,
    SECONDS,
)

__all__ = ["MEASURES", "Case", "Measure", "forbidden_said", "missing_facts", "unproved_numbers"]
