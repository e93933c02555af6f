"""The words of a library, stemmed once when the index is built: which unit, passage, heading and title holds which.

Beside each stem stands the embedding of its most frequent word, so that words can be compared by meaning.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .guide import Guide, Passage
from .texts import context_text, header_text
from .units import Unit
from .words import words_in

Ids = NDArray[np.int32]


@dataclass(frozen=True)
class Bags:
    """Sets of stems, one a row, laid end to end."""

    starts: NDArray[np.int64]
    ids: Ids

    def __getitem__(self, row: int) -> Ids:
        return self.ids[self.starts[row] : self.starts[row + 1]]

    def __len__(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True)
class TermTable:
    """Which stems stand where."""

    stems: tuple[str, ...]
    words: tuple[str, ...]
    """For each stem the word that stands for it most often, in lower case."""
    units: Bags
    passages: Bags
    context: Bags
    """For each passage: the guide's title, the headings, the introduction and header of its list or table."""
    frequency: NDArray[np.int64]
    """[stems] In how many passages, or their context, each stands."""

    @cached_property
    def known(self) -> Mapping[str, int]:
        """From a stem to its number."""
        return {stem: number for number, stem in enumerate(self.stems)}


class _Builder:
    def __init__(self) -> None:
        self.known: dict[str, int] = {}
        self.words: list[Counter[str]] = []

    def bag(self, *texts: str) -> set[int]:
        return {self._number(word.stem, word.text.lower()) for text in texts for word in words_in(text)}

    def _number(self, stem: str, word: str) -> int:
        number = self.known.setdefault(stem, len(self.known))
        if number == len(self.words):
            self.words.append(Counter())
        self.words[number][word] += 1
        return number


def table_of(guides: Mapping[str, Guide], passages: Sequence[Passage], units: Sequence[Unit]) -> TermTable:
    """The words of a library."""
    build = _Builder()
    texts = {passage.guide: guides[passage.guide].text for passage in passages}
    whole = [build.bag(texts[p.guide][p.start : p.end]) for p in passages]
    context = [build.bag(context_text(guides[p.guide], p), header_text(guides[p.guide], p)) for p in passages]
    own = [build.bag(unit.span.of(texts[passages[unit.passage].guide])) for unit in units]
    return TermTable(
        tuple(build.known),
        tuple(counts.most_common(1)[0][0] for counts in build.words),
        _bags(own),
        _bags(whole),
        _bags(context),
        _frequency(_bags(whole), _bags(context), len(build.known)),
    )


def _frequency(passages: Bags, context: Bags, stems: int) -> NDArray[np.int64]:
    """In how many rows of either each stem stands."""
    pairs = [np.repeat(np.arange(len(bags)), np.diff(bags.starts)) * stems + bags.ids for bags in (passages, context)]
    counts = np.bincount(np.unique(np.concatenate(pairs)) % max(stems, 1), minlength=stems)
    return np.asarray(counts, dtype=np.int64)


def _bags(sets: Iterable[set[int]]) -> Bags:
    rows = [np.array(sorted(row), dtype=np.int32) for row in sets]
    starts = np.cumsum([0, *(len(row) for row in rows)], dtype=np.int64)
    return Bags(starts, np.concatenate([np.array([], dtype=np.int32), *rows]))


def save(table: TermTable, path: Path) -> None:
    """Write as `.npz`."""
    bags = {"units": table.units, "passages": table.passages, "context": table.context}
    arrays = {f"{name}_{part}": getattr(bag, part) for name, bag in bags.items() for part in ("starts", "ids")}
    words = {name: np.array("\n".join(getattr(table, name)).encode()) for name in ("stems", "words")}
    np.savez(path, frequency=table.frequency, **arrays, **words)  # type: ignore[arg-type]


def load(path: Path) -> TermTable:
    """Read what `save` wrote."""
    with np.load(path, allow_pickle=False) as stored:
        units, passages, context = (
            Bags(stored[f"{name}_starts"], stored[f"{name}_ids"]) for name in ("units", "passages", "context")
        )
        stems, words = (_lines(bytes(stored[name][()]).decode()) for name in ("stems", "words"))
        frequency = stored["frequency"] if "frequency" in stored else _frequency(passages, context, len(stems))
        return TermTable(stems, words, units, passages, context, frequency)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
