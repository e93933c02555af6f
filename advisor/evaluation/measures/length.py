"""How much a person has to read, and how long they wait for it."""

from __future__ import annotations

from ..texts import bare
from .case import Case, Measure


def words_of(case: Case) -> float | None:
    """The words of the answer."""
    return float(len([word for word in bare(case.reply.text).split() if any(map(str.isalnum, word))]))


WORDS = Measure(
    name="words",
    label="words",
    definition="Mean number of words of an answer, citation markers left out.",
    paper="reported beside quality, since length alone lifts it: Dubois et al. 2024 (arXiv:2404.04475)",
    of=words_of,
    higher_is_better=None,
    unit="words",
    group="effort",
)
SECONDS = Measure(
    name="seconds",
    label="seconds",
    definition="Mean time from a message to its whole answer, as the system reports it.",
    paper="percentiles by Hyndman and Fan 1996, type 7",
    of=lambda case: case.reply.seconds,
    higher_is_better=False,
    unit="seconds",
    group="effort",
)
