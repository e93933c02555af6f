"""Whose words an answer quotes: among guides of other subjects, a sentence that does not say so is named by its guide."""

from __future__ import annotations

from index.guide import Guide
from index.search import Index
from index.words import stems_in

from .draft import plain
from .question import Question
from .subjects import Subjects

MOST = 0.5
"""Share of a title's words beyond which a question names its guide."""


def share_named(question: Question, guide: Guide) -> float:
    """The share of the words of a guide's title that a question holds."""
    title = set(stems_in(guide.title))
    return len(title.intersection(stems_in(question.text))) / max(1, len(title))


class Naming:
    """Names the guides of one index."""

    def __init__(self, index: Index) -> None:
        self._subjects = Subjects(index)

    def title(self, guide: Guide, text: str, question: Question) -> str | None:
        """A guide's title, where a text of it has no word of it and the question does not name most of it."""
        told = bool(set(stems_in(guide.title)) & set(stems_in(text)))
        if told or share_named(question, guide) > MOST or not self._subjects.among_others(guide):
            return None
        return plain(guide.title)
