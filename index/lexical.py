"""Lexical search: BM25 (Robertson and Zaragoza, 2009; the variant of Lucene), weighed by bm25s when the index is built.

bm25s works out the score of every word in every passage beforehand. At question time the columns of the question's
words are added up, which takes numpy alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .words import stems_in


@dataclass(frozen=True)
class Lexical:
    """BM25 scores of every stem in every passage, as a sparse matrix by columns."""

    columns: Mapping[str, int]
    """From a stem to its column."""
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    values: NDArray[np.float32]
    passages: int

    def scores(self, query: str) -> NDArray[np.float32]:
        """[passages] BM25 of a query; zero where no word is shared."""
        total = np.zeros(self.passages, dtype=np.float32)
        for stem in stems_in(query):
            column = self.columns.get(stem)
            if column is not None:
                part = slice(int(self.starts[column]), int(self.starts[column + 1]))
                total[self.rows[part]] += self.values[part]
        return total

    def holding(self, stem: str) -> NDArray[np.int64]:
        """The passages that hold a stem."""
        column = self.columns.get(stem)
        if column is None:
            return np.array([], dtype=np.int64)
        return self.rows[int(self.starts[column]) : int(self.starts[column + 1])].astype(np.int64)


def weigh(texts: Sequence[str]) -> Lexical:
    """Weigh the words of all passages; columns are in the order of their stems, the same in every build."""
    import bm25s

    if not texts:
        none = np.zeros(0)
        return Lexical({}, np.zeros(1, dtype=np.int64), none.astype(np.int32), none.astype(np.float32), 0)
    model = bm25s.BM25(method="lucene")
    stems = [list(stems_in(text)) or [""] for text in texts]
    order = {stem: column for column, stem in enumerate(sorted({stem for row in stems for stem in row}))}
    model.index(([[order[stem] for stem in row] for row in stems], order), show_progress=False)
    columns = {str(stem): int(column) for stem, column in model.vocab_dict.items()}
    scores = model.scores
    return Lexical(
        columns,
        np.asarray(scores["indptr"], dtype=np.int64),
        np.asarray(scores["indices"], dtype=np.int32),
        np.asarray(scores["data"], dtype=np.float32),
        len(texts),
    )


def save(lexical: Lexical, path: Path) -> None:
    """Write as `.npz`."""
    stems = sorted(lexical.columns, key=lexical.columns.__getitem__)
    np.savez(
        path,
        stems=np.array("\n".join(stems).encode("utf-8")),
        order=np.array([lexical.columns[stem] for stem in stems], dtype=np.int64),
        starts=lexical.starts,
        rows=lexical.rows,
        values=lexical.values,
        passages=np.array(lexical.passages),
    )


def load(path: Path) -> Lexical:
    """Read what `save` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        order = stored["order"].tolist()
        stems = bytes(stored["stems"][()]).decode("utf-8").split("\n") if order else []
        columns = dict(zip(stems, order, strict=True))
        return Lexical(columns, stored["starts"], stored["rows"], stored["values"], int(stored["passages"]))
