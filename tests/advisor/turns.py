"""Turns of conversations whose answers were never computed: a follow-up reads what was asked, cited and said, and no more."""

from __future__ import annotations

from advisor.answer import Answer, Citation, Sentence, Status
from advisor.conversation import Turn
from index.search import Index


def turn(
    index: Index,
    message: str,
    guide: str = "",
    section: tuple[str, ...] = (),
    *,
    said: str = "",
    status: Status = Status.ANSWERED,
    suggestions: tuple[str, ...] = (),
) -> Turn:
    """A message that was answered from a section of a guide, in one sentence where one is told."""
    cited = (Citation(1, guide, index.guides[guide].title, section, f"{guide}.md", 0, 1, "-"),) if guide else ()
    sentences = (Sentence(said, (1,)),) if said else ()
    return Turn(message, Answer(message, message, status, sentences, cited, suggestions))
