"""What each part of answering is worth: the question sets asked again with one part taken away at a time.

    python benchmarks/ablation.py [--corpus FOLDER] [--questions FILE …] [--tag dev] [--json FILE]

`right`: share of answerable questions answered with every fact asked for; `refused`: share of the others that are refused;
`wrongly`: share of the answerable ones that are refused; `first`: share of answerable questions whose cited place is that
of the first passage found; `ten`: of any of the first ten.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from advisor.answer import Answer
from advisor.chain import Advisor, Turn
from advisor.decision import Fitted, shipped
from advisor.evaluation.evaluating import shipped_sets
from advisor.evaluation.questions import Question, load_questions, tagged
from advisor.evaluation.running import run
from advisor.evaluation.scoring import evaluate_transcript
from advisor.opening import open_or_build
from advisor.settings import settle
from index.embedder import Symmetric
from index.search import Floats, Fusion, Index

MEASURES = {
    "right": "answered",
    "refused": "refused",
    "wrongly": "wrongly_refused",
    "first": "Success@1",
    "ten": "R@10",
}


@dataclass(frozen=True)
class Unread:
    """In place of the reranker: nothing is read, so what was known beforehand decides."""

    name: str = "none"

    def scores(self, query: str, texts: Sequence[str]) -> Floats:  # noqa: ARG002
        """[texts] All the same."""
        return np.zeros(len(texts), dtype=np.float32)


@dataclass(frozen=True)
class Forgetful:
    """An advisor that reads every message alone."""

    advisor: Advisor

    def ask(self, message: str, history: Sequence[Turn] = ()) -> Answer:  # noqa: ARG002
        """The whole answer to a message."""
        return self.advisor.ask(message)


Variant = tuple[str, Advisor | Forgetful, Index]


def variants(index: Index) -> Iterator[Variant]:
    """The whole, then the whole without one part."""
    whole = Advisor(index)
    yield "all of it", whole, index
    for name, other in (
        ("lexical search alone", replace(index, fusion=Fusion(dense=0.0, lexical=1.0, guide=0.0))),
        ("dense search alone", replace(index, fusion=Fusion(dense=1.0, lexical=0.0, guide=0.0))),
        ("without guides' likelihood", replace(index, fusion=Fusion(guide=0.0))),
        ("without the query encoder", replace(index, encoder=Symmetric(index.encoder))),
    ):
        yield name, Advisor(other), other
    yield "without the reranker", Advisor(index, reranker=Unread()), index
    yield "without the decision", Advisor(index, _always()), index
    yield "without the conversation", Forgetful(whole), index


def _always() -> Fitted:
    return replace(shipped(), answer=0.0)


def main() -> None:
    """Ask everything of every variant, print the table, write it as JSON where that is wished."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--questions", type=Path, nargs="+")
    parser.add_argument("--tag", default="dev")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args()
    settings = settle(chosen.corpus)
    asked = tagged(load_questions(*(chosen.questions or shipped_sets(settings.corpus))), (chosen.tag,))
    rows = [_row(variant, asked, settings.corpus) for variant in variants(open_or_build(settings))]
    _show(rows)
    if chosen.json:
        chosen.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", "utf-8")


@dataclass(frozen=True)
class Row:
    """One line of the report: a variant, and the mean of each measure."""

    what: str
    means: dict[str, float | None]


def _row(variant: Variant, asked: Sequence[Question], corpus: Path) -> Row:
    name, advisor, index = variant
    report = evaluate_transcript(asked, run(asked, advisor, index.search), corpus)
    return Row(name, {shown: report.mean(measure) for shown, measure in MEASURES.items()})


def _show(rows: Sequence[Row]) -> None:
    table = Table("Variant", *MEASURES)
    for row in rows:
        table.add_row(row.what, *("–" if mean is None else f"{mean:.3f}" for mean in row.means.values()))
    Console().print(table)


if __name__ == "__main__":
    main()
