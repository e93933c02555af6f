"""Answers for the page and for programs alike: made in threads, as many at once as the gate lets in, told to the log."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from advisor.answer import Answer
from advisor.chain import Turn
from advisor.profile import Profile
from index.errors import AdvisorError

from .engine import Engine
from .gate import Busy, Gate
from .logs import FaultError, Log

Result = TypeVar("Result")


class Answering:
    """Streams answers of one engine."""

    def __init__(self, engine: Engine, gate: Gate, log: Log) -> None:
        self.engine = engine
        self.gate = gate
        self._log = log
        self._threads = CapacityLimiter(gate.at_once)

    async def stream(
        self, message: str, history: Sequence[Turn] = (), profile: Profile | None = None
    ) -> AsyncGenerator[Answer]:
        """Answers that grow. Raises `Busy`, `AdvisorError`, and `FaultError` for everything else."""
        started = time.perf_counter()
        first, answer = 0.0, None
        try:
            growing = self._in_thread(self.engine.stream(message, history, profile))
            async with self.gate.enter(), aclosing(growing):
                async for answer in growing:
                    first = first or time.perf_counter() - started
                    yield answer
        except Busy:
            self._log.sent_away()
            raise
        except AdvisorError:
            raise
        except Exception as error:  # noqa: BLE001 (goes on as a fault, without what it quotes)
            raise FaultError(error) from None
        if answer is not None:
            self._log.answered(answer, first, time.perf_counter() - started)

    async def ask(self, message: str, history: Sequence[Turn] = (), profile: Profile | None = None) -> Answer:
        """The whole answer; raises as `stream` does."""
        last: Answer | None = None
        async for answer in self.stream(message, history, profile):
            last = answer
        if last is None:
            raise FaultError(RuntimeError())
        return last

    async def quickly(self, work: Callable[..., Result], *given: object) -> Result:
        """Work of an instant, in a thread and in its turn; raises as `stream` does."""
        try:
            async with self.gate.enter():
                return await to_thread.run_sync(work, *given, limiter=self._threads)
        except (AdvisorError, Busy):
            raise
        except Exception as error:  # noqa: BLE001 (goes on as a fault, without what it quotes)
            raise FaultError(error) from None

    async def _in_thread(self, answers: Iterator[Answer]) -> AsyncGenerator[Answer]:
        """The answers, each made in a thread that a person who stops need not wait for."""
        while (
            answer := await to_thread.run_sync(next, answers, None, abandon_on_cancel=True, limiter=self._threads)
        ) is not None:
            yield answer
