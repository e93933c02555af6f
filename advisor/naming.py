"""Whose words an answer quotes: among guides of other subjects, a sentence that does not say so is named by its guide."""

from __future__ import annotations

from index.guide import Guide
from index.search import Index
from index.words import stems_in

from .draft import plain
from .question import Question
from .subjects import Subjects


class Naming:
    """Names the guides of one index."""

    def __init__(self, index: Index) -> None:
        self._subjects = Subjects(index)

    def title(self, guide: Guide, text: str, question: Question) -> str | None:
        """A guide's title, where a text of it has no word of it and the question does not name most of it."""
        name = set(stems_in(guide.title))
        asked = name & set(stems_in(question.text))
        if name & set(stems_in(text)) or 2 * len(asked) > len(name) or not self._subjects.among_others(guide):
            return None
        return plain(guide.title)
