"""What the page needs of an advisor; `advisor.counsel.Counsel` is the one that people meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from advisor.answer import Answer
from advisor.chain import Turn
from advisor.charts import Chart
from advisor.profile import Profile
from advisor.roadmap import Roadmap
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
    """Answers messages and plans; holds nothing of a person."""

    @property
    def index(self) -> Searchable:
        """The guides that it answers from."""

    def ask(self, message: str, history: Sequence[Turn] = ..., profile: Profile | None = ...) -> Answer:
        """The whole answer."""

    def stream(self, message: str, history: Sequence[Turn] = ..., profile: Profile | None = ...) -> Iterator[Answer]:
        """Answers that grow; the last is what `ask` gives."""

    def examples(self) -> Sequence[str]:
        """Questions to start from."""

    def read_profile(self, message: str, before: Profile) -> Profile:
        """What is known about the person after a message."""

    def plan(self, profile: Profile, goal: str | None = ..., ticks: Mapping[str, bool] | None = ...) -> Roadmap:
        """The way to the person's goal."""

    def goals(self) -> Sequence[str]:
        """What a person can choose as a goal, where the guides lead to several."""

    def charts(self) -> Sequence[Chart]:
        """The figures of the guides, drawn."""


class Live:
    """An engine that can be exchanged while it is in use: an answer that has begun ends with the one it began with."""

    def __init__(self, engine: Engine) -> None:
        self.now = engine

    @property
    def index(self) -> Searchable:
        return self.now.index

    def ask(self, message: str, history: Sequence[Turn] = (), profile: Profile | None = None) -> Answer:
        return self.now.ask(message, history, profile)

    def stream(self, message: str, history: Sequence[Turn] = (), profile: Profile | None = None) -> Iterator[Answer]:
        return self.now.stream(message, history, profile)

    def examples(self) -> Sequence[str]:
        return self.now.examples()

    def read_profile(self, message: str, before: Profile) -> Profile:
        return self.now.read_profile(message, before)

    def plan(self, profile: Profile, goal: str | None = None, ticks: Mapping[str, bool] | None = None) -> Roadmap:
        return self.now.plan(profile, goal, ticks)

    def goals(self) -> Sequence[str]:
        return self.now.goals()

    def charts(self) -> Sequence[Chart]:
        return self.now.charts()
