"""How far a text covers the words of a question: by the word itself, by its stem, or by a word that means much the same.

Meaning is the cosine of the words' own embeddings, worked out when the index is built; only words of the question that
no guide uses are embedded at question time. A word of the question weighs as much as it tells the passages apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.search import Index
from index.words import Word, stem

from .question import Question

ALIKE = 0.50
"""Cosine of two single words at which they begin to count as related."""
SAME = 0.85
"""Cosine at which they count in full."""


@dataclass(frozen=True)
class Terms:
    """The words of a question that carry its subject, what each weighs, and how alike every known word is to each."""

    words: tuple[Word, ...]
    weights: NDArray[np.float32]
    """[terms] 0 to 1, how much each tells the passages apart."""
    alike: NDArray[np.float32]
    """[terms, known stems] 0 to 1."""


class Matcher:
    """Compares the words of questions with the words of one index."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def knows(self, word: str) -> bool:
        """Whether any guide uses this word."""
        return stem(word.lower()) in self.index.terms.known

    def terms(self, question: Question) -> Terms:
        """The question's terms against every word that the guides use."""
        words = tuple({word.stem: word for word in question.words}.values())
        known = [self.index.terms.known.get(word.stem) for word in words]
        cosine = self._vectors(words, known) @ self.index.word_vectors.T
        alike = np.asarray(0.9 * np.clip((cosine - ALIKE) / (SAME - ALIKE), 0.0, 1.0), dtype=np.float32)
        for row, number in enumerate(known):
            if number is not None:
                alike[row, number] = 1.0
        weights = [self.index.rarity[number] if number is not None else 1.0 for number in known]
        return Terms(words, np.array(weights, dtype=np.float32), alike)

    def _vectors(self, words: Sequence[Word], known: Sequence[int | None]) -> NDArray[np.float32]:
        """[words, dimension] Looked up where a guide uses the word; numbers are like nothing but themselves."""
        vectors = np.zeros((len(words), self.index.encoder.dimension), dtype=np.float32)
        found = [row for row, number in enumerate(known) if number is not None and words[row].stem.isalpha()]
        vectors[found] = self.index.word_vectors[[known[row] for row in found]]  # type: ignore[index]
        unknown = [row for row, number in enumerate(known) if number is None and words[row].stem.isalpha()]
        if unknown:
            vectors[unknown] = self.index.encoder.encode([words[row].text.lower() for row in unknown])
        return vectors

    def cover(
        self, terms: Terms, units: NDArray[np.int64], passages: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """[terms, units] each: how far a unit's own words, its headings, and the rest of its passage cover each term."""
        table = self.index.terms
        return (
            _cover(terms.alike, [table.units[int(unit)] for unit in units]),
            _cover(terms.alike, [table.context[int(passage)] for passage in passages]),
            _cover(terms.alike, [table.passages[int(passage)] for passage in passages]),
        )


def _cover(alike: NDArray[np.float32], bags: Sequence[NDArray[np.int32]]) -> NDArray[np.float32]:
    """[terms, bags] The best likeness of each term to any word of each bag."""
    covered = np.zeros((len(alike), len(bags)), dtype=np.float32)
    filled = [i for i, bag in enumerate(bags) if len(bag)]
    if not filled or not len(alike):
        return covered
    joined = np.concatenate([bags[i] for i in filled])
    starts = np.cumsum([0] + [len(bags[i]) for i in filled[:-1]])
    covered[:, filled] = np.maximum.reduceat(alike[:, joined], starts, axis=1)
    return covered
