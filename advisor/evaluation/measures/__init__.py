"""The measures: each tells one thing about an answer, in one sentence, with the paper it comes from."""

from __future__ import annotations

from .attribution import PRECISION, RECALL
from .case import Case, Measure
from .citing import CITES, DROPPED, EXACT, NUMBERS, unproved_numbers
from .conflict import INVENTED, SHOWN
from .facts import ANSWERED, CLEAN, FACTS, RIGHT, forbidden_said, missing_facts
from .judged import JUDGED
from .length import SECONDS, WORDS
from .order import ORDER
from .retrieval import RETRIEVAL, retrieval_values
from .status import REFUSED, STATUS, WRONGLY_REFUSED

MEASURES: tuple[Measure, ...] = (
    RIGHT,
    ANSWERED,
    REFUSED,
    WRONGLY_REFUSED,
    STATUS,
    FACTS,
    CLEAN,
    ORDER,
    SHOWN,
    INVENTED,
    CITES,
    RECALL,
    PRECISION,
    EXACT,
    NUMBERS,
    DROPPED,
    *RETRIEVAL,
    *JUDGED,
    WORDS,
    SECONDS,
)
BY_NAME = {measure.name: measure for measure in MEASURES}

__all__ = [
    "BY_NAME",
    "MEASURES",
    "Case",
    "Measure",
    "forbidden_said",
    "missing_facts",
    "retrieval_values",
    "unproved_numbers",
]
