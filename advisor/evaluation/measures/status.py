"""Was the right thing done: answered, refused, talked."""

from __future__ import annotations

from ...answer import Status
from ..questions import Aim
from .case import Case, Measure

_SELECTIVE = "Rajpurkar et al. 2018, SQuAD 2.0 (arXiv:1806.03822)"


def status_is_right(case: Case) -> float | None:
    """Whether the status is one of those that the question allows."""
    if not case.question.statuses:
        return None
    return float(case.reply.status in case.question.statuses)


def refused_rightly(case: Case) -> float | None:
    """Of the questions that the guides do not answer, the status is one of those allowed."""
    return status_is_right(case) if case.question.aim is Aim.REFUSE else None


def refused_wrongly(case: Case) -> float | None:
    """Of the questions that the guides answer, `not_in_guides` was said although it is not allowed."""
    if case.question.aim is not Aim.ANSWER:
        return None
    wrong = case.reply.status is Status.NOT_IN_GUIDES and Status.NOT_IN_GUIDES not in case.question.statuses
    return float(wrong)


STATUS = Measure(
    name="status",
    label="status right",
    definition="Share of answers whose status is one of those that the question allows.",
    paper=_SELECTIVE,
    of=status_is_right,
)
REFUSED = Measure(
    name="refused",
    label="refused rightly",
    definition="Of the questions that the guides do not answer, the share to which the answer says so.",
    paper=_SELECTIVE,
    of=refused_rightly,
)
WRONGLY_REFUSED = Measure(
    name="wrongly_refused",
    label="refused wrongly",
    definition="Of the questions that the guides answer, the share to which the answer says that they do not.",
    paper=_SELECTIVE,
    of=refused_wrongly,
    higher_is_better=False,
)
