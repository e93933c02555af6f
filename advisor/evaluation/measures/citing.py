"""Do the citations lead to the right places, and do they carry what is said, to the letter."""

from __future__ import annotations

import re

from ...answer import Status
from ...proof import numbers_in
from ..questions import Place
from ..texts import bare, normalised
from ..transcript import Cited
from .case import Case, Measure

_REPEATED = re.compile(r"“(?P<words>[^”]*)”")


def cites_hit(case: Case) -> float | None:
    """Whether one of the expected places is cited."""
    if not case.question.cites:
        return None
    places, cited = case.question.cites, case.reply.citations
    return float(any(_at(one, place) for one in cited for place in places))


def _at(cited: Cited, place: Place) -> bool:
    if cited.path != place.path:
        return False
    return place.section is None or normalised(place.section) in {normalised(one) for one in cited.section}


def is_exact(cited: Cited, case: Case) -> bool:
    """Whether the quote is the guide's text at its place, character for character."""
    if cited.start is None or cited.end is None or cited.start < 0 or cited.end - cited.start != len(cited.quote):
        return False
    return case.texts.get(cited.path, "")[cited.start : cited.end] == cited.quote != ""


def quotes_exact(case: Case) -> float | None:
    """The share of the quotes that stand in their guide at their place."""
    if not case.reply.citations:
        return None
    return sum(is_exact(cited, case) for cited in case.reply.citations) / len(case.reply.citations)


def unproved_numbers(case: Case) -> tuple[str, ...]:
    """The numbers that the answer states and no quote of it holds.

    A refusal may repeat the person's own, and so may any answer within quotation marks.
    """
    proved = numbers_in(case.reply.evidence)
    said = " ".join((*case.question.turns, case.reply.standalone))
    if case.reply.status is Status.NOT_IN_GUIDES:
        proved |= numbers_in(said)
    text = _REPEATED.sub(lambda m: "" if m["words"].strip(" …") in said else m[0], bare(case.reply.text))
    return tuple(sorted(numbers_in(text) - proved))


def numbers_proved(case: Case) -> float | None:
    """Whether every number of the answer stands in one of its quotes."""
    if not numbers_in(bare(case.reply.text)):
        return None
    return float(not unproved_numbers(case))


CITES = Measure(
    name="cites",
    label="right place cited",
    definition="Of the questions that name places, the share whose answer cites at least one of them.",
    paper="success at any rank, as in Craswell 2009, Encyclopedia of Database Systems",
    of=cites_hit,
    group="citations",
)
EXACT = Measure(
    name="exact",
    label="quotes exact",
    definition="Mean share of an answer's quotes that are the guide's text at the given place, to the character.",
    paper="Menick et al. 2022, GopherCite (arXiv:2203.11147): verified quotes",
    of=quotes_exact,
    group="citations",
)
NUMBERS = Measure(
    name="numbers",
    label="numbers proved",
    definition="Of the answers that state a number, the share in which each number stands in a quote of that answer.",
    paper="Zhao et al. 2020, Reducing quantity hallucinations (arXiv:2009.13312)",
    of=numbers_proved,
    group="citations",
)
DROPPED = Measure(
    name="dropped",
    label="sentences dropped",
    definition="Mean share of a language model's sentences that the proof dropped, being carried by no passage.",
    paper="after attributed statements: Rashkin et al. 2023, Computational Linguistics 49(4)",
    of=lambda case: case.reply.dropped,
    higher_is_better=False,
    group="citations",
)
