"""How fast questions are answered: beside embedding and searching alone, in small and large indexes, and from a cold start.

    python benchmarks/answer_speed.py [--passages 300 50000] [--questions 200] [--json FILE]

Each size is a real index, made of the shipped guides: cut down, or repeated under other names until there are enough
passages. Every question of the shipped sets is asked once to warm up, then timed alone, one after another. Times are
wall-clock milliseconds.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import count, islice
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from advisor.chain import Advisor
from advisor.evaluation.evaluating import shipped_sets
from advisor.evaluation.questions import load_questions
from advisor.settings import shipped_corpus
from index.embedder import open_encoder
from index.guide import Guide, Library
from index.reading import read_folder
from index.search import Index
from index.store import build_index, open_index

COLD_STARTS = 5
COLD_QUESTION = "How much does a senior clinical coder earn?"
"""The README's: it has a cited answer, which is held against what other guides say."""


@dataclass(frozen=True)
class Row:
    """One line of the report, in milliseconds."""

    what: str
    passages: int
    p50: float
    p95: float


def main() -> None:
    """Measure, print the table, write it as JSON where that is wished."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--passages", type=int, nargs="+", default=[300, 50_000])
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    asked = questions(chosen.questions)
    guides = read_folder(shipped_corpus()).guides
    rows = [row for size in chosen.passages for row in timed(sized(guides, size), asked)]
    rows += cold_starts(COLD_QUESTION)
    show(rows)
    if chosen.json:
        chosen.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", "utf-8")


def questions(most: int) -> list[str]:
    """First messages of the shipped question sets, evenly drawn."""
    found = [question.turns[0] for path in shipped_sets(shipped_corpus()) for question in load_questions(path)]
    return found[:: max(len(found) // most, 1)][:most]


def sized(guides: Sequence[Guide], passages: int) -> Library:
    """Guides that hold about so many passages together."""
    taken: list[Guide] = []
    total = 0
    for guide in _endless(guides):
        if total >= passages:
            break
        taken.append(guide)
        total += len(guide.passages)
    return Library(tuple(sorted(taken, key=lambda guide: guide.id)))


def _endless(guides: Sequence[Guide]) -> Iterator[Guide]:
    """The guides, then the same under other names, and so on."""
    yield from guides
    for turn in count(1):
        yield from (_renamed(guide, turn) for guide in guides)


def _renamed(guide: Guide, turn: int) -> Guide:
    name = f"{guide.id}-{turn}"
    passages = tuple(replace(passage, guide=name) for passage in guide.passages)
    return replace(guide, id=name, path=f"{name}.md", passages=passages)


def timed(library: Library, asked: Sequence[str]) -> Iterator[Row]:
    """Building, embedding and searching, and answering, over one library."""
    with tempfile.TemporaryDirectory() as store:
        encoder = open_encoder()
        started = time.perf_counter()
        build_index(library, {}, store, encoder)
        index = open_index(store, encoder)
        built = (time.perf_counter() - started) * 1000
        yield Row("build the index", len(index.passages), built, built)
        advisor = Advisor(index)
        for what, call in _calls(index, advisor):
            for question in asked:
                call(question)
            times = [_milliseconds(call, question) for question in asked]
            yield Row(what, len(index.passages), *map(float, np.percentile(times, (50, 95))))


def _calls(index: Index, advisor: Advisor) -> Iterator[tuple[str, Callable[[str], object]]]:
    yield "embed and search", index.search
    yield "answer", advisor.ask


def _milliseconds(call: Callable[[str], object], question: str) -> float:
    started = time.perf_counter()
    call(question)
    return (time.perf_counter() - started) * 1000


def cold_starts(question: str) -> Iterator[Row]:
    """`advisor ask` in a process of its own, over the shipped guides, whose index is made first."""
    command = [sys.executable, "-m", "advisor", "ask", question]
    times = []
    for started in islice(iter(time.perf_counter, None), COLD_STARTS + 1):
        subprocess.run(command, check=True, capture_output=True)
        times.append((time.perf_counter() - started) * 1000)
    yield Row("advisor ask, cold", 0, *map(float, np.percentile(times[1:], (50, 95))))


def show(rows: Sequence[Row]) -> None:
    """The table."""
    table = Table("What", "Passages", "p50 ms", "p95 ms")
    for row in rows:
        table.add_row(
            row.what, f"{row.passages:,}" if row.passages else "shipped", f"{row.p50:,.1f}", f"{row.p95:,.1f}"
        )
    Console().print(table)


if __name__ == "__main__":
    main()
