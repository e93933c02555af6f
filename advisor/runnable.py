"""The advisor as a LangChain `Runnable`, to be put into other people's chains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from .answer import Answer
from .chain import Advisor, Turn

Input = str | Sequence[str]
"""A question, or the messages of a conversation in order (each before the last is answered first)."""


class AdvisorRunnable(Runnable[Input, Answer]):
    """`invoke`, `stream` and `batch` over one `Advisor`."""

    def __init__(self, advisor: Advisor) -> None:
        self.advisor = advisor

    def invoke(self, input: Input, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:  # noqa: A002
        """The answer to the last message."""
        return self._call_with_config(self._answer, input, config, run_type="chain")

    def stream(
        self,
        input: Input,  # noqa: A002
        config: RunnableConfig | None = None,
        **kwargs: Any,
    ) -> Iterator[Answer]:
        *before, last = [input] if isinstance(input, str) else list(input)
        yield from self.advisor.stream(last, self._history(before))

    def _answer(self, turns: Input) -> Answer:
        *before, last = [turns] if isinstance(turns, str) else list(turns)
        return self.advisor.ask(last, self._history(before))

    def _history(self, messages: Sequence[str]) -> tuple[Turn, ...]:
        history: tuple[Turn, ...] = ()
        for message in messages:
            history = (*history, Turn(message, self.advisor.ask(message, history)))
        return history
