"""What a conversation holds: turns, and the question that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..answer import Answer, Status

EARLIER = 4
"""Messages before the last that are read with it."""
SEPARATOR = " >> "
"""Between earlier messages and the last, for the query encoder and the reranker."""
YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Turn:
    """A message and what was answered."""

    message: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class StandAlone:
    """A question with all that the conversation adds, and the guides that the conversation is about."""

    text: str
    focus: tuple[str, ...] = ()
    read: str | None = None
    """What the query encoder and the reranker read where the message leans on others: these as they came, behind one
    another, or the text itself where it was worked out ("the year after")."""
    added: str = ""
    """What is new in a question that was asked before: an answer that is silent on all of it is none."""
    came: str = ""
    """The message as it came, behind those before it; empty where none is before it or it was read so."""
    named: str = ""
    """The text with the name of somebody in place of the words that describe them; empty where nobody is described."""


def of_guides(history: Sequence[Turn]) -> list[Turn]:
    """The turns that the guides answered, or had no answer to."""
    return [turn for turn in history if turn.answer.status is not Status.CONVERSATION]


def as_read(message: str, earlier: Sequence[str]) -> str:
    """A message behind those before it, as the query encoder and the reranker learned to read it."""
    return f"{' '.join(earlier[-EARLIER:])}{SEPARATOR}{message.strip()}"


def told(turn: Turn) -> str:
    """A message as it came, unless its meaning was worked out: "the year after" as the question about that year."""
    years = set(YEAR.findall(turn.answer.standalone))
    return turn.message if years <= set(YEAR.findall(turn.message)) else turn.answer.standalone
