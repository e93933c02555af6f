"""An open index, and what it finds: dense and lexical scores fused, lifted by how likely the guide is the one meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .embedder import Encoder, Vectors
from .guide import Guide, Passage
from .lexical import Lexical
from .terms import TermTable
from .units import Unit

Floats = NDArray[np.float32]
LEAST_LIKELY = -6.0
"""Log probability below which guides are all as unlikely."""


@dataclass(frozen=True, slots=True)
class Fusion:
    """How dense and lexical scores are put together (fitted on the training questions, see `scripts/training/`)."""

    dense: float = 0.7
    lexical: float = 0.3
    guide: float = 0.1
    """What a guide's log probability adds to each of its passages."""
    sure: float = 11.0
    """How far a guide's lead over others tells that it is the one meant."""


@dataclass(frozen=True, slots=True)
class Scores:
    """A query against every passage."""

    vector: Floats
    """[dimension] The query's embedding."""
    dense: Floats
    """[passages] Cosine, -1 to 1."""
    lexical: Floats
    """[passages] BM25, from 0."""
    fused: Floats
    """[passages] The two together, before guides speak."""
    guide: Floats
    """[guides] Log probability that the guide is the one meant, by its best passages; not below `LEAST_LIKELY`."""
    total: Floats
    """[passages] What the passages are ranked by."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query."""

    passage: Passage
    guide: Guide
    score: float
    dense: float
    lexical: float

    @property
    def text(self) -> str:
        return self.guide.text[self.passage.start : self.passage.end]

    def to_json(self) -> dict[str, Any]:
        """The hit as the JSON contract has it."""
        return {
            "guide": self.guide.id,
            "section": list(self.passage.section),
            "path": self.guide.path,
            "start": self.passage.start,
            "end": self.passage.end,
            "text": self.text,
            "score": round(self.score, 6),
        }


class DenseSearch(Protocol):
    """Cosine of a query with passages."""

    def cosines(self, vector: Floats) -> Floats:
        """[passages] The cosine with every passage; one that was not looked at has -1."""


@dataclass(frozen=True)
class ExactSearch:
    """Every passage compared, over a matrix in memory: the measure of all others."""

    vectors: Vectors

    def cosines(self, vector: Floats) -> Floats:
        """[passages]."""
        # One thread of plain loops: BLAS wakes a thread for each core, which costs more than it saves at this size.
        return np.asarray(np.einsum("ij,j->i", self.vectors, vector, dtype=np.float32))


@dataclass(frozen=True)
class Index:
    """Guides that can be searched. Passages and units are numbered by their position here."""

    guides: Mapping[str, Guide]
    passages: Sequence[Passage]
    units: Sequence[Unit]
    encoder: Encoder
    terms: TermTable
    lexical: Lexical
    vectors: Vectors
    """[passages, dimension]"""
    unit_vectors: Vectors
    """[units, dimension]"""
    word_vectors: Vectors
    """[stems of `terms`, dimension]"""
    search_dense: DenseSearch
    generation: str = ""
    warnings: tuple[str, ...] = ()
    fusion: Fusion = Fusion()

    @cached_property
    def guide_numbers(self) -> NDArray[np.int32]:
        """[passages] The number of each passage's guide."""
        number = {guide: i for i, guide in enumerate(self.guides)}
        return np.array([number[passage.guide] for passage in self.passages], dtype=np.int32)

    @cached_property
    def guide_vectors(self) -> Floats:
        """[guides, dimension] The direction in which the passages of each guide lie together."""
        sums = np.zeros((len(self.guides), self.vectors.shape[1]), dtype=np.float32)
        np.add.at(sums, self.guide_numbers, np.asarray(self.vectors, dtype=np.float32))
        return np.asarray(sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9), dtype=np.float32)

    @cached_property
    def unit_starts(self) -> NDArray[np.int64]:
        """[passages + 1] Units of passage `i` are those from `unit_starts[i]` to `unit_starts[i + 1]`."""
        counts = np.bincount([unit.passage for unit in self.units], minlength=len(self.passages))
        return np.concatenate([[0], np.cumsum(counts)])

    @cached_property
    def unit_passages(self) -> NDArray[np.int64]:
        """[units] The number of each unit's passage."""
        return np.array([unit.passage for unit in self.units], dtype=np.int64)

    def units_of(self, passages: NDArray[np.int64]) -> NDArray[np.int64]:
        """The numbers of the units of some passages, passage by passage."""
        starts = self.unit_starts
        return np.concatenate([np.array([], dtype=np.int64), *(np.arange(starts[p], starts[p + 1]) for p in passages)])

    def search(self, query: str, k: int = 5) -> list[Hit]:
        """The `k` best passages for a query, best first; an empty query finds nothing."""
        if not query.strip():
            return []
        scores = self.scores(query)
        best = np.argsort(-scores.total, kind="stable")[: max(k, 0)]
        return [self._hit(int(position), scores) for position in best]

    def _hit(self, position: int, scores: Scores) -> Hit:
        passage = self.passages[position]
        return Hit(
            passage=passage,
            guide=self.guides[passage.guide],
            score=float(scores.total[position]),
            dense=float(scores.dense[position]),
            lexical=float(scores.lexical[position]),
        )

    def scores(self, query: str, focus: Sequence[str] = ()) -> Scores:
        """A query against every passage and every guide; `focus` names guides that it is known to be about."""
        vector = self.encoder.encode_query(query)
        dense = self.search_dense.cosines(vector)
        lexical = self.lexical.scores(query)
        weights = self.fusion
        fused = np.asarray(
            weights.dense * np.clip(dense, 0.0, 1.0) + weights.lexical * scaled(lexical), dtype=np.float32
        )
        guide = self._guides(fused, focus)
        total = fused + np.float32(weights.guide) * guide[self.guide_numbers]
        return Scores(vector, dense, lexical, fused, guide, total)

    def _guides(self, fused: Floats, focus: Sequence[str]) -> Floats:
        """[guides] The log probability of each: by its best passage, and its three best."""
        best = best_of(fused, self.guide_numbers, 1) + best_of(fused, self.guide_numbers, 3) / np.float32(3)
        wanted = np.array([name in focus for name in self.guides], dtype=np.float32)
        odds = np.float32(self.fusion.sure) * (best + wanted)
        odds = odds - odds.max(initial=0.0)
        told = odds - np.log(np.exp(odds).sum()) if len(odds) else odds
        return np.asarray(np.maximum(told, LEAST_LIKELY), dtype=np.float32)

    @cached_property
    def rarity(self) -> Floats:
        """[stems] How much a word tells passages apart: 0 (in all of them) to about 1 (in none)."""
        passages = max(len(self.passages), 1)
        told = np.log((passages + 1) / (self.terms.frequency + 0.5)) / np.log((passages + 1) / 0.5)
        return np.asarray(np.clip(told, 0.0, 1.0), dtype=np.float32)


def scaled(values: Floats) -> Floats:
    """Values divided by the highest of them."""
    return np.asarray(values / max(float(values.max(initial=0.0)), 1e-9), dtype=np.float32)


def best_of(scores: Floats, groups: NDArray[np.int32], best: int) -> Floats:
    """[groups] The sum of each group's `best` highest scores."""
    if not len(scores):
        return np.zeros(0, dtype=np.float32)
    order = np.lexsort((-scores, groups))
    ordered = groups[order]
    starts = np.concatenate([[0], np.flatnonzero(np.diff(ordered)) + 1])
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(np.concatenate([starts, [len(order)]])))
    sums = np.zeros(int(groups.max()) + 1, dtype=np.float64)
    np.add.at(sums, ordered, np.where(rank < best, scores[order], 0.0))
    return sums.astype(np.float32)
