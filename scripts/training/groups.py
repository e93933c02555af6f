"""What the reranker learns from: a question with texts that answer it and texts that do not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Group:
    """A question and the texts that are read beside it."""

    asked: str
    guide: str
    kind: str
    held_out: bool
    answers: tuple[str, ...]
    """Nothing where the guide does not answer."""
    alternatives: tuple[str, ...]
    """Which answer as well."""
    others: tuple[str, ...]
    """Which do not answer: first the `near` that come nearest, then as the first stage ranks them."""
    near: int = 0
    rank: int | None = None
    """At which place, from 0, the first stage has the best right text; None where it is not among what it found."""

    @property
    def right(self) -> tuple[str, ...]:
        """All that answer."""
        return self.answers + self.alternatives


def write_groups(groups: Iterable[Group], path: Path) -> int:
    """How many were written, one a line."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for group in groups:
            file.write(json.dumps(asdict(group), ensure_ascii=False) + "\n")
            count += 1
    return count


def read_groups(path: Path) -> Iterator[Group]:
    """The groups that `mine.py` wrote."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Group(**row | {name: tuple(row[name]) for name in ("answers", "alternatives", "others")})
