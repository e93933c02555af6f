"""Tells how well follow-ups are answered beside the same questions alone, on the conversations of the training data.

    python -m scripts.training.follow_ups --pages occupations --limit 600 --seed 7

Each conversation is asked message by message over all guides together, and its last message again as it was written to
stand alone. An answer is right that cites a place marked for it, or that refuses where none is. Counted are
the conversations in which an earlier answer cited their guide: in the others nothing said which of the guides they mean.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import click

from advisor.answer import Answer, Status
from advisor.chain import Advisor, Turn
from index.search import Index

from .commands import command, pages_option, work_option
from .data import FOLDER, Place
from .library import Places, open_library

FIRST = 2
"""Citations of an earlier answer of which one must be of the conversation's guide."""


class Right(NamedTuple):
    """Whether the last message of a conversation was answered rightly, and the same question alone."""

    follow_up: bool
    alone: bool


class Judge:
    """Asks conversations of one advisor, and tells which of its answers are right."""

    def __init__(self, index: Index) -> None:
        self._advisor = Advisor(index)
        self._places = Places(index)

    def right(self, row: dict[str, Any]) -> Right | None:
        """Of a conversation of the data; None where no earlier answer cited its guide."""
        *earlier, last = self._asked(row["turns"])
        told = (citation.path for answer in earlier for citation in answer.citations[:FIRST])
        if row["guide"] not in told:
            return None
        return Right(self._is_right(row, last), self._is_right(row, self._asked([row["standalone"]])[-1]))

    def _asked(self, messages: Sequence[str]) -> list[Answer]:
        turns: list[Turn] = []
        for message in messages:
            turns.append(Turn(message, self._advisor.ask(message, turns)))
        return [turn.answer for turn in turns]

    def _is_right(self, row: dict[str, Any], answer: Answer) -> bool:
        refused = answer.status is Status.NOT_IN_GUIDES
        spans = [*self._spans(row)]
        if not spans or refused:
            return refused and not spans
        cited = [citation for citation in answer.citations if citation.path == row["guide"]]
        return any(c.start < end and start < c.end for c in cited for start, end in spans)

    def _spans(self, row: dict[str, Any]) -> Iterator[tuple[int, int]]:
        """Where the guide has what answers."""
        for place in (Place(*place) for key in ("answers", "alternatives") for place in row.get(key, ())):
            start = self._places.start(row["guide"], place)
            if start >= 0:
                yield start, start + len(place.quote)


def conversations(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """All that are about one guide."""
    with (folder / "conversations.jsonl").open(encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if not row.get("elsewhere")]


@command
@pages_option
@work_option
@click.option("--limit", type=click.IntRange(1), help="Only so many conversations, drawn by chance.")
@click.option("--seed", default=0, show_default=True)
def main(*, pages: Path, work: Path, limit: int | None, seed: int) -> None:
    """Ask the conversations, and print the share of right answers by kind of follow-up, beside the same questions alone."""
    rows = conversations()
    chosen = random.Random(seed).sample(rows, min(limit or len(rows), len(rows)))  # noqa: S311
    judge = Judge(open_library(pages, work))
    found: dict[str, list[Right]] = defaultdict(list)
    with click.progressbar(chosen, label="Asking") as asking:
        for row in asking:
            right = judge.right(row)
            if right is not None:
                found["all"].append(right)
                found[row["tags"][0]].append(right)
    click.echo(f"{'follow-ups':12} {'number':>6} {'right':>6} {'alone':>6}")
    for kind, told in sorted(found.items()):
        shares = (sum(column) / len(told) for column in zip(*told, strict=True))
        click.echo(" ".join([f"{kind:12} {len(told):6}", *(f"{share:6.3f}" for share in shares)]))


if __name__ == "__main__":
    main()
