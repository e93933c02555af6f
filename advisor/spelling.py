"""Words of a question that are spelled wrong, mended by the words that the guides use.

A word is doubted when no guide uses it and the embedding model's vocabulary does not hold it whole, so that a right
word of another subject ("Germany") is left alone.
"""

from __future__ import annotations

from functools import cached_property

from index.search import Index
from index.words import stem, words_in

LEAST = 5
"""Letters of the shortest word that is mended."""
ALIKE = 84
"""Similarity, of 100, from which a word of the guides takes its place."""


class Speller:
    """Mends questions over one index."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def mend(self, text: str) -> str:
        """The text with its doubtful words replaced; a word that resembles none of the guides' is left."""
        for word in reversed(list(words_in(text))):
            better = self._better(word.text) if self._doubtful(word.text) else None
            if better:
                text = text[: word.start] + better + text[word.end :]
        return text

    def _doubtful(self, word: str) -> bool:
        lowered = word.lower()
        if len(word) < LEAST or not lowered.isalpha() or not word.isascii() or word.isupper():
            return False
        return stem(lowered) not in self.index.terms.known and not self.index.encoder.has_word(lowered)

    def _better(self, word: str) -> str | None:
        from rapidfuzz import fuzz, process
        from rapidfuzz.distance import DamerauLevenshtein

        lowered = word.lower()
        near = [w for w in self._words if w[0] == lowered[0] and abs(len(w) - len(lowered)) <= 2]
        found = process.extractOne(lowered, near, scorer=fuzz.ratio, score_cutoff=ALIKE - 10)
        if not found:
            return None
        best = max(near, key=lambda w: DamerauLevenshtein.normalized_similarity(lowered, w))
        alike = 100 * DamerauLevenshtein.normalized_similarity(lowered, best)
        return best if alike >= ALIKE - (4 if len(word) > 7 else 0) else None

    @cached_property
    def _words(self) -> tuple[str, ...]:
        return tuple(word for word in self.index.terms.words if len(word) >= LEAST - 1 and word.isalpha())
