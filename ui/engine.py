"""What the page needs of an advisor; `advisor.chain.Advisor` is the one that people meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from advisor.answer import Answer
from advisor.chain import Turn
from index.guide import Guide


class Hit(Protocol):
    """A passage found for a query."""

    def to_json(self) -> dict[str, Any]:
        """The hit as the JSON contract has it."""


class Searchable(Protocol):
    """Guides that can be read and searched."""

    @property
    def guides(self) -> Mapping[str, Guide]:
        """The guides by their ids."""

    def search(self, query: str, k: int = ..., /) -> Sequence[Hit]:
        """The `k` best passages."""


class Engine(Protocol):
    """Answers messages; holds nothing of a person."""

    @property
    def index(self) -> Searchable:
        """The guides that it answers from."""

    def ask(self, message: str, history: Sequence[Turn] = ...) -> Answer:
        """The whole answer."""

    def stream(self, message: str, history: Sequence[Turn] = ...) -> Iterator[Answer]:
        """Answers that grow; the last is what `ask` gives."""

    def examples(self) -> Sequence[str]:
        """Questions to start from."""
