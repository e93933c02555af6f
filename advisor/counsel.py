"""All that one person can ask of one index: answers, what was understood about them, and the way to their goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from index.search import Index

from .answer import Answer
from .chain import Advisor, Turn
from .charts import Chart, charts_of
from .profile import Profile
from .roadmap import Roadmap
from .roadmap.ticks import ticked

if TYPE_CHECKING:
    from .roadmap import Planner


class Counsel:
    """Answers and plans from one index; holds nothing of any person, so one serves all."""

    def __init__(self, advisor: Advisor) -> None:
        self._advisor = advisor

    @property
    def index(self) -> Index:
        """The guides that it answers from."""
        return self._advisor.index

    def ask(self, message: str, history: Sequence[Turn] = (), profile: Profile | None = None) -> Answer:
        """The whole answer to a message."""
        return self._advisor.ask(message, history, profile)

    def stream(self, message: str, history: Sequence[Turn] = (), profile: Profile | None = None) -> Iterator[Answer]:
        """Answers that grow; the last is what `ask` gives."""
        return self._advisor.stream(message, history, profile)

    def examples(self) -> Sequence[str]:
        """Questions to start from."""
        return self._advisor.examples()

    def read_profile(self, message: str, before: Profile) -> Profile:
        """The profile after a message: what was known, corrected and added to."""
        return self._advisor.person(message, (), before)

    def plan(self, profile: Profile, goal: str | None = None, ticks: Mapping[str, bool] | None = None) -> Roadmap:
        """The way to the person's goal; `ticks` are the steps that they ticked off or on again by hand, by title."""
        return ticked(self._planner.plan(profile, goal), ticks or {})

    def goals(self) -> Sequence[str]:
        """What a person can choose as a goal, where the guides lead to several."""
        return self._planner.destinations()

    def charts(self) -> Sequence[Chart]:
        """The figures of the guides, drawn."""
        return self._charts

    @cached_property
    def _charts(self) -> tuple[Chart, ...]:
        return charts_of(self.index)

    @cached_property
    def _planner(self) -> Planner:
        from .roadmap import Planner

        return Planner(self.index)
