"""Is it shown where guides disagree, and only there."""

from __future__ import annotations

from ...answer import Status
from ..questions import Aim
from .case import Case, Measure

TAG = "conflict"
"""Questions with this tag are about something on which the guides were written, or are known, to differ."""
_PAPER = "Hou et al. 2024, WikiContradict (arXiv:2406.13805)"


def conflict_shown(case: Case) -> float | None:
    """Of the questions on planted conflicts, whether it is called one, with places of two guides cited."""
    if TAG not in case.question.tags or Status.CONFLICTING not in case.question.statuses:
        return None
    guides = {cited.path for cited in case.reply.citations}
    return float(case.reply.status is Status.CONFLICTING and len(guides) > 1)


def conflict_invented(case: Case) -> float | None:
    """Of the questions on which the guides agree, whether the answer says that they do not."""
    if case.question.aim is not Aim.ANSWER or not case.question.statuses:
        return None
    if Status.CONFLICTING in case.question.statuses:
        return None
    return float(case.reply.status is Status.CONFLICTING)


SHOWN = Measure(
    name="conflict_shown",
    label="conflict shown",
    definition="Of the questions tagged `conflict`, the share whose answer says so and cites two guides or more.",
    paper=_PAPER,
    of=conflict_shown,
)
INVENTED = Measure(
    name="conflict_invented",
    label="conflict invented",
    definition="Of the questions that may not be `conflicting`, the share whose answer says that the guides disagree.",
    paper=_PAPER,
    of=conflict_invented,
    higher_is_better=False,
)
