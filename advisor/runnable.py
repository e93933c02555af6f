"""The advisor as a LangChain `Runnable`, to be put into other people's chains."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

from langchain_core.messages import BaseMessage, HumanMessage
from langchain_core.runnables import Runnable, RunnableConfig
from langchain_core.runnables.config import run_in_executor

from index.errors import AdvisorError

from .answer import Answer
from .chain import Advisor

Said = str | BaseMessage
Input = Said | Sequence[Said]
"""A question, or the messages of a conversation in order, as text or as LangChain has them.

What an assistant said among them is left out: the guides answer what the person said before, without a language model.
"""


class AdvisorRunnable(Runnable[Input, Answer]):
    """`invoke`, `stream` and `batch` over one `Advisor`, and their asynchronous kin."""

    def __init__(self, advisor: Advisor) -> None:
        self.advisor = advisor

    def invoke(self, input: Input, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:  # noqa: A002
        """The answer to the last message. Raises `AdvisorError` where no message is a person's."""
        return self._call_with_config(self._answer, input, config, run_type="chain")

    def stream(
        self,
        input: Input,  # noqa: A002
        config: RunnableConfig | None = None,
        **kwargs: Any,
    ) -> Iterator[Answer]:
        """Answers that grow; the last is what `invoke` gives."""
        *before, last = _said(input)
        yield from self.advisor.stream(last, self.advisor.turns(before))

    async def astream(
        self,
        input: Input,  # noqa: A002
        config: RunnableConfig | None = None,
        **kwargs: Any,
    ) -> AsyncIterator[Answer]:
        """As `stream`, each answer made in a thread."""
        answers = self.stream(input, config)
        while (answer := await run_in_executor(config, next, answers, None)) is not None:
            yield answer

    def _answer(self, given: Input) -> Answer:
        *before, last = _said(given)
        return self.advisor.ask(last, self.advisor.turns(before))


def _said(given: Input) -> list[str]:
    """What the person said, in order."""
    messages = [given] if isinstance(given, str | BaseMessage) else given
    said = [one if isinstance(one, str) else one.text for one in messages if isinstance(one, str | HumanMessage)]
    if not said:
        raise AdvisorError("There is no message of a person to answer. Give a question, or messages that end with one.")
    return said
