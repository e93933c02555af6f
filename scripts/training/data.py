"""The training data: questions and conversations about guides, with the places of the guide that answer them.

Each place is `[start, end, quote]`: characters of the guide's text as `index.reading` reads it, and what stands there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from advisor.conversation import as_read

FOLDER = Path(__file__).parent / "data"
GUIDES = FOLDER / "guides"
"""Guides that were invented for the training; the other pages are not in the repository."""


class Place(NamedTuple):
    """Where something stands in a guide, and what it says."""

    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Example:
    """Something that was asked about one guide, and what that guide holds for it."""

    id: str
    guide: str
    """The name of its file."""
    asked: str
    """What the readers read: the message, after what was said before it where it does not stand alone."""
    standalone: str
    """The message so that it can be searched for by itself."""
    kind: str
    local: bool
    """Whether the guide is known beforehand: nothing that is asked names its subject, or the conversation is about it."""
    answers: tuple[Place, ...]
    """What makes the best short answer together, headings included; nothing where the guide does not answer."""
    alternatives: tuple[Place, ...]
    """What would by itself be a right answer as well."""
    near: tuple[Place, ...]
    """What comes nearest where the guide does not answer."""
    held_out: bool
    """Whether the guide is kept for validation."""

    @property
    def right(self) -> tuple[Place, ...]:
        """All that answers."""
        return self.answers + self.alternatives


def load_examples(folder: Path = FOLDER) -> Iterator[Example]:
    """Questions first, then conversations, each of them as it was said and so that it stands alone.

    A conversation that turns to what another guide tells has no places, and is left out.
    """
    held_out = frozenset((folder / "held_out.txt").read_text("utf-8").split())
    for row in _rows(folder / "questions.jsonl"):
        yield _example(row, row["question"], row["question"], row["local"], held_out)
    for row in _rows(folder / "conversations.jsonl"):
        if not row.get("elsewhere"):
            *earlier, last = row["turns"]
            yield _example(row, as_read(last, earlier), row["standalone"], True, held_out)
            yield _example(row, row["standalone"], row["standalone"], True, held_out)


def guide_names(folder: Path = FOLDER) -> frozenset[str]:
    """The files that the data speaks of."""
    return frozenset(row["guide"] for name in ("questions", "conversations") for row in _rows(folder / f"{name}.jsonl"))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _example(row: dict[str, Any], asked: str, standalone: str, local: bool, held_out: frozenset[str]) -> Example:
    answers, alternatives, near = (
        tuple(Place(*place) for place in row.get(key, ())) for key in ("answers", "alternatives", "near")
    )
    return Example(
        id=row["id"],
        guide=row["guide"],
        asked=asked,
        standalone=standalone,
        kind=row["tags"][0],
        local=local,
        answers=answers,
        alternatives=alternatives,
        near=near,
        held_out=row["guide"] in held_out,
    )
