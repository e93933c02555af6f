"""How far a text covers the words of a question: by the word itself, by its stem, or by a word that means much the same.

Meaning is the cosine of the words' own embeddings, worked out when the index is built; only words of the question that
no guide uses are embedded at question time. A word of the question weighs as much as it tells the passages apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from index.search import Index
from numpy.typing import NDArray

from index.words import Word, stem, words_in

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
        self._stems: dict[str, int] = {}
        self._unit_ids: dict[int, NDArray[np.int32]] = {}
        self._context_ids: dict[int, NDArray[np.int32]] = {}
        self._near_ids: dict[int, NDArray[np.int32]] = {}
        self._frequency: dict[int, int] = {}
        for position, passage in enumerate(index.passages):
            text = index.guides[passage.guide].text
            ids = self._ids(text, passage.start, passage.end)
            self._near_ids[position] = ids
            context = " ; ".join((index.guides[passage.guide].title, *passage.section))
            parts = [self._ids(context)]
            if passage.lead:
                parts.append(self._ids(text, *passage.lead))
            parts += [self._ids(text, *cell) for cell in passage.header]
            self._context_ids[position] = np.unique(np.concatenate(parts))
            for stem_id in set(ids.tolist()) | set(self._context_ids[position].tolist()):
                self._frequency[stem_id] = self._frequency.get(stem_id, 0) + 1
        self._title_ids = [self._ids(guide.title) for guide in index.guides.values()]
        self._vectors = np.zeros((len(self._stems), index.word_vectors.shape[1]), dtype=np.float32)
        for position, word in enumerate(index.words):
            known = self._stems.get(stem(word))
            if known is not None and not self._vectors[known].any():
                self._vectors[known] = index.word_vectors[position]

    def _ids(self, text: str, start: int = 0, end: int | None = None) -> NDArray[np.int32]:
        stems = {self._stems.setdefault(word.stem, len(self._stems)) for word in words_in(text, start, end)}
        return np.array(sorted(stems), dtype=np.int32)

    def knows(self, word: str) -> bool:
        """Whether any guide uses this word."""
        return stem(word.lower()) in self._stems

    @property
    def stems(self) -> Sequence[str]:
        return tuple(self._stems)

    def terms(self, question: Question) -> Terms:
        """The question's terms against every word that the guides use."""
        words = tuple({word.stem: word for word in question.words}.values())
        alike = np.zeros((len(words), len(self._vectors)), dtype=np.float32)
        vectors = self._vectors_of(words)
        if words:
            cosine = vectors @ self._vectors.T
            alike[:] = 0.9 * np.clip((cosine - ALIKE) / (SAME - ALIKE), 0.0, 1.0)
        for row, word in enumerate(words):
            known = self._stems.get(word.stem)
            if known is not None:
                alike[row, known] = 1.0
        weights = np.array([self._weight(word) for word in words], dtype=np.float32)
        return Terms(words, weights, alike)

    def _vectors_of(self, words: Sequence[Word]) -> NDArray[np.float32]:
        vectors = np.zeros((len(words), self.index.word_vectors.shape[1]), dtype=np.float32)
        unknown: list[int] = []
        for row, word in enumerate(words):
            known = self._stems.get(word.stem)
            if known is not None:
                vectors[row] = self._vectors[known]
            elif word.stem.isalpha():
                unknown.append(row)
        if unknown:
            vectors[unknown] = self.index.encoder.encode([words[row].text.lower() for row in unknown])
        return vectors

    def _weight(self, word: Word) -> float:
        passages = max(len(self.index.passages), 1)
        known = self._stems.get(word.stem)
        frequency = self._frequency.get(known, 0) if known is not None else 0
        return float(np.log((passages + 1) / (frequency + 0.5)) / np.log((passages + 1) / 0.5))

    def titles(self, terms: Terms) -> NDArray[np.float32]:
        """[guides] How much of each guide's title the question names, and the other way round: 0 to 1."""
        if not len(terms.words):
            return np.zeros(len(self._title_ids), dtype=np.float32)
        named = np.zeros(len(self._title_ids), dtype=np.float32)
        exact = terms.alike.max(axis=0)
        for position, ids in enumerate(self._title_ids):
            if len(ids):
                weights = np.array([self._id_weight(int(i)) for i in ids], dtype=np.float32)
                named[position] = float(weights @ exact[ids] / max(weights.sum(), 1e-9))
        return named

    def _id_weight(self, stem_id: int) -> float:
        passages = max(len(self.index.passages), 1)
        return float(np.log((passages + 1) / (self._frequency.get(stem_id, 0) + 0.5)))

    def cover(
        self, terms: Terms, units: NDArray[np.int64]
    ) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
        """[terms, units] each: how far a unit's own words, its headings, and the rest of its passage cover each term."""
        passages = [self.index.units[int(unit)].passage for unit in units]
        own = _cover(terms.alike, [self._unit(int(unit)) for unit in units])
        context = _cover(terms.alike, [self._context_ids[passage] for passage in passages])
        near = _cover(terms.alike, [self._near_ids[passage] for passage in passages])
        return own, context, near

    def _unit(self, position: int) -> NDArray[np.int32]:
        ids = self._unit_ids.get(position)
        if ids is None:
            unit = self.index.units[position]
            text = self.index.guides[self.index.passages[unit.passage].guide].text
            found = {self._stems[w.stem] for w in words_in(text, *unit.span) if w.stem in self._stems}
            ids = self._unit_ids[position] = np.array(sorted(found), dtype=np.int32)
        return ids


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
