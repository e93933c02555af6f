"""What the query encoder learns from: questions with the units that plain search finds, right ones among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from index.embedder import Symmetric
from index.search import Index, scaled

from .data import Example
from .library import Places

PASSAGES = 160
"""Whose units are looked at."""
UNITS = 96
"""Of which are kept."""
SIGNS = ("lexical", "guide", "introduces")
"""What speaks for a unit beside its vectors."""
_FIRST = {"unit": 10.8, "passage": 8.5, "lexical": 4.9, "guide": 1.25, "introduces": -2.15}
"""What each counts when the units are chosen: fitted with the untrained encoder."""


@dataclass(frozen=True, slots=True)
class Pool:
    """A question and the units that it is compared with."""

    asked: str
    kind: str
    held_out: bool
    units: NDArray[np.int64]
    """Their numbers in the index; the right ones are always among them."""
    right: NDArray[np.bool_]
    signs: NDArray[np.float32]
    """[units, signs] In the order of `SIGNS`."""


class Pooler:
    """Makes pools of examples over one index."""

    def __init__(self, index: Index) -> None:
        self._index = replace(index, encoder=Symmetric(index.encoder))
        self._places = Places(index)
        owners = [index.guides[index.passages[unit.passage].guide] for unit in index.units]
        self._introduces = np.array(
            [unit.span.of(guide.text).rstrip().endswith(":") for unit, guide in zip(index.units, owners, strict=True)],
            dtype=np.float32,
        )

    def pools(self, examples: Iterable[Example]) -> Iterator[Pool]:
        """Of those that units answer which search finds among its best passages."""
        for example in examples:
            pool = self._pool(example)
            if pool.right.any():
                yield pool

    def _pool(self, example: Example) -> Pool:
        index = self._index
        focus = (self._places.guide(example.guide),) if example.local else ()
        scores = index.scores(example.asked.replace(" >> ", " "), focus)
        units = index.units_of(np.argsort(-scores.total, kind="stable")[:PASSAGES])
        owners = index.unit_passages[units]
        columns = {
            "unit": index.unit_vectors[units] @ scores.vector,
            "passage": scores.dense[owners],
            "lexical": scaled(scores.lexical)[owners],
            "guide": scores.guide[index.guide_numbers[owners]],
            "introduces": self._introduces[units],
        }
        right = np.isin(units, self._places.units(example.guide, example.right))
        near = sum(weight * columns[name] for name, weight in _FIRST.items())
        kept = np.union1d(np.argsort(-near, kind="stable")[:UNITS], np.flatnonzero(right))
        signs = np.column_stack([columns[name][kept] for name in SIGNS]).astype(np.float32)
        kind = "question" if ">>" not in example.asked else "conversation"
        return Pool(example.asked, kind, example.held_out, units[kept], right[kept], signs)
