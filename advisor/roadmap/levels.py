"""The levels of a career, as English names them."""

from __future__ import annotations

import re

from .kinds import Kind
from .routes import Stage

_UP = re.compile(
    r"\b(?:senior|lead|supervisor|manag(?:er|ement)?|director|head|chief|master|principal|expert|vp)\b", re.IGNORECASE
)
_MIDDLE = re.compile(r"\bmid\b", re.IGNORECASE)
_LEVEL = re.compile(r"\W*level\b", re.IGNORECASE)


def climbs(goal: str) -> bool:
    """Whether a goal is a level above the ordinary one."""
    return bool(_UP.search(goal))


def is_rung(stage: Stage) -> bool:
    """Whether a step is a level of a career."""
    named = _UP.search(stage.name) or _LEVEL.match(stage.title.of(stage.guide.text)) or stage.own == ()
    return stage.kind is Kind.ADVANCE and bool(named)


def rung_word(name: str) -> str | None:
    """The word that lifts a level above the ordinary ("senior"); None for an ordinary one."""
    match = _UP.search(name) or _MIDDLE.search(name)
    return match[0].lower() if match else None
