"""Does the answer hold what it must, and nothing that it must not."""

from __future__ import annotations

from ..questions import Aim, Question
from ..texts import normalised, place_in, without_markers
from ..transcript import Reply
from .case import Case, Measure
from .status import status_is_right

_NUGGETS = "Pradeep et al. 2024, AutoNuggetizer, TREC RAG (arXiv:2411.09607)"


def missing_facts(question: Question, reply: Reply) -> tuple[tuple[str, ...], ...]:
    """The facts of which no alternative stands in the answer."""
    said = _said(reply)
    return tuple(fact for fact in question.facts if all(place_in(said, one) < 0 for one in fact))


def forbidden_said(question: Question, reply: Reply) -> tuple[str, ...]:
    """What the answer says though it must not."""
    said = _said(reply)
    return tuple(one for one in question.forbidden if place_in(said, one) >= 0)


def facts_found(case: Case) -> float | None:
    """The share of the facts that the answer holds."""
    if not case.question.facts:
        return None
    return 1 - len(missing_facts(case.question, case.reply)) / len(case.question.facts)


def nothing_forbidden(case: Case) -> float | None:
    """Whether none of the forbidden strings stands in the answer."""
    if not case.question.forbidden:
        return None
    return float(not forbidden_said(case.question, case.reply))


def is_right(case: Case) -> float | None:
    """Whether the status is allowed, every fact is there and nothing forbidden is."""
    if case.question.aim is Aim.OPEN:
        return None
    good = status_is_right(case) != 0.0 and facts_found(case) in (None, 1.0) and nothing_forbidden(case) != 0.0
    return float(good)


def answered_rightly(case: Case) -> float | None:
    """Of the questions that the guides answer, whether the answer is right."""
    return is_right(case) if case.question.aim is Aim.ANSWER else None


def _said(reply: Reply) -> str:
    return normalised(without_markers(reply.text))


RIGHT = Measure(
    name="right",
    label="right",
    definition="Share of answers with an allowed status, every expected fact and none of the forbidden strings.",
    paper="strict all-or-nothing accuracy, as exact match in Rajpurkar et al. 2016, SQuAD (arXiv:1606.05250)",
    of=is_right,
)
ANSWERED = Measure(
    name="answered",
    label="answered rightly",
    definition="Of the questions that the guides answer, the share whose answer is right.",
    paper="Rajpurkar et al. 2018, SQuAD 2.0, HasAns (arXiv:1806.03822)",
    of=answered_rightly,
)
FACTS = Measure(
    name="facts",
    label="facts found",
    definition="Mean share of a question's expected facts of which a spelling stands in the answer (nugget recall).",
    paper=_NUGGETS,
    of=facts_found,
)
CLEAN = Measure(
    name="clean",
    label="nothing forbidden",
    definition="Of the questions that forbid a string (a wrong level's figure), the share of answers without it.",
    paper=_NUGGETS + ", with contradicting nuggets given",
    of=nothing_forbidden,
)
