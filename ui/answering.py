"""Answers for the page and for programs alike: made in threads, as many at once as the gate lets in, told to the log."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from advisor.answer import Answer
from advisor.chain import Turn
from advisor.feedback import UNANSWERED, FeedbackLog
from advisor.profile import Profile
from index.errors import AdvisorError

from .engine import Engine
from .gate import Busy, Gate
from .logs import FaultError, Log, log_fault

Result = TypeVar("Result")


class Answering:
    """Streams answers of one engine.

    `threads` is how many answers are worked on at the same time. Work that keeps a processor busy is done sooner when few
    are worked on and the others wait their turn; work that waits for a model is not. `feedback` is where it is noted what
    the guides lack; None notes nothing.
    """

    def __init__(
        self, engine: Engine, gate: Gate, log: Log, threads: int | None = None, feedback: FeedbackLog | None = None
    ) -> None:
        self.engine = engine
        self.gate = gate
        self.feedback = feedback
        self._log = log
        self._threads = CapacityLimiter(threads or (os.cpu_count() or 1) + 2)
        self._quick = CapacityLimiter(2)

    async def stream(
        self,
        message: str,
        history: Sequence[Turn] = (),
        profile: Profile | None = None,
        *,
        learned: Callable[[Profile], None] | None = None,
    ) -> AsyncGenerator[Answer]:
        """Answers that grow. Raises `Busy`, `AdvisorError`, and `FaultError` for everything else.

        `learned` is told, before the first answer, what is known about the person with this message.
        """

        def start() -> Iterator[Answer]:
            if learned is not None:
                learned(self.engine.read_profile(message, profile or Profile()))
            return self.engine.stream(message, history, profile)

        started = time.perf_counter()
        first, answer = 0.0, None
        try:
            growing = self._in_thread(start)
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

    async def note(self, message: str, answer: Answer, profile: Profile | None = None) -> None:
        """Keep what the guides lack; only of messages that tell nothing about who wrote them, beyond `profile`."""
        if self.feedback is None or answer.status not in UNANSWERED:
            return
        try:
            await to_thread.run_sync(self._note, self.feedback, message, answer, profile or Profile())
        except Exception as error:  # noqa: BLE001 (the answer stands whether it is noted or not)
            log_fault(error)

    def _note(self, feedback: FeedbackLog, message: str, answer: Answer, known: Profile) -> None:
        if self.engine.read_profile(message, known) == known:
            feedback.add(None, answer)

    async def quickly(self, work: Callable[..., Result], *given: object) -> Result:
        """Work of an instant, in a thread and in its turn; raises as `stream` does."""
        try:
            async with self.gate.enter():
                return await to_thread.run_sync(work, *given, limiter=self._quick)
        except (AdvisorError, Busy):
            raise
        except Exception as error:  # noqa: BLE001 (goes on as a fault, without what it quotes)
            raise FaultError(error) from None

    async def _in_thread(self, start: Callable[[], Iterator[Answer]]) -> AsyncGenerator[Answer]:
        """The answers of one thread, which is left to itself when nobody listens any more."""
        told: asyncio.Queue[Answer | BaseException | None] = asyncio.Queue()
        left = threading.Event()
        loop = asyncio.get_running_loop()

        def work() -> None:
            try:
                for answer in start():
                    if left.is_set():
                        return
                    loop.call_soon_threadsafe(told.put_nowait, answer)
                loop.call_soon_threadsafe(told.put_nowait, None)
            except BaseException as error:  # noqa: BLE001 (raised again where it is listened to)
                loop.call_soon_threadsafe(told.put_nowait, error)

        working = asyncio.ensure_future(to_thread.run_sync(work, abandon_on_cancel=True, limiter=self._threads))
        try:
            while (one := await told.get()) is not None:
                if isinstance(one, BaseException):
                    raise one
                yield one
        finally:
            left.set()
            working.cancel()
