"""Which words of a question name something, by how the guides use them: "dangerous" is told of things, and is none."""

from __future__ import annotations

import re
from itertools import islice

from index.search import Index
from index.words import Word

KNOWN = 3
"""Passages that hold a word from which its use tells whether it names something."""
MOST_READ = 60
"""Passages that are looked at for that."""
_BEFORE = (
    r"\b(?:an?|the|of|for|in|on|at|to|with|from|by|about|their|your|its|this|that|these|those|no|any|some|each|every|more|other)"
    r"\s+(?:[a-z-]+\s+)?"
)
"""A determiner or a preposition, and one word that may tell which one."""
_BEHIND = (
    r"(?=\s*(?:[.,;:)!?|]|$)"
    r"|\s+(?:is|are|was|were|of|for|in|at|on|and|or|that|which|who|from|with|can|may|must|will|has|have|by|as)\b)"
)
"""What ends a phrase."""
_PLURAL = re.compile(r"(?:[^su]s|men)$")


class Nouns:
    """Tells the nouns of one index; what a word is, is looked up once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._known: dict[str, bool] = {}

    def names(self, word: Word) -> bool:
        """Whether a word names something: it is a plural, hardly any guide has it, or it ends a phrase in one."""
        if word.text not in self._known:
            self._known[word.text] = bool(_PLURAL.search(word.text)) or self._ends_phrases(word)
        return self._known[word.text]

    def _ends_phrases(self, word: Word) -> bool:
        written = re.escape(word.text)
        held = re.compile(rf"\b{written}\b", re.IGNORECASE)
        used = re.compile(rf"{_BEFORE}{written}{_BEHIND}", re.IGNORECASE)
        passages = [self._index.passages[i] for i in islice(self._index.lexical.holding(word.stem), MOST_READ)]
        texts = [passage.span.of(self._index.guides[passage.guide].text) for passage in passages]
        said = [text for text in texts if held.search(text)]
        return len(said) < KNOWN or any(map(used.search, said))
