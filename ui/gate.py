"""How many questions are answered at once, how many may wait for their turn, and when the door is closed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import Semaphore, sleep

BUSY = "The advisor is busy: more people are asking than it can answer. Please try again in a minute."
STOPPING = "The advisor is being stopped. Please try again in a minute."
RETRY_AFTER = 20
"""Seconds after which one who was sent away may try again."""


class Busy(Exception):
    """There is no place to wait in; the text is for the person who asked."""


class Gate:
    """Lets `at_once` in, lets `waiting` more wait, and sends all others away at once instead of leaving them hanging."""

    def __init__(self, at_once: int, waiting: int) -> None:
        self.at_once = at_once
        self.waiting = waiting
        self.closed = False
        self.inside = 0
        self.queued = 0
        self._places = Semaphore(at_once)

    @property
    def full(self) -> bool:
        """Whether one who comes now has to wait."""
        return self.inside >= self.at_once

    @property
    def crowded(self) -> bool:
        """Whether one who comes now is sent away."""
        return self.closed or (self.full and self.queued >= self.waiting)

    @property
    def reason(self) -> str:
        """What to tell one who is sent away."""
        return STOPPING if self.closed else BUSY

    @asynccontextmanager
    async def enter(self) -> AsyncIterator[None]:
        """Inside, once there is a place. Raises `Busy` when there is none to wait in either, or the door is closed."""
        if self.crowded:
            raise Busy(self.reason)
        self.queued += 1
        try:
            await self._places.acquire()
        finally:
            self.queued -= 1
        self.inside += 1
        try:
            yield
        finally:
            self.inside -= 1
            self._places.release()

    async def drain(self, seconds: float) -> bool:
        """Close the door, and wait until all who are inside or waiting are done, or `seconds` have passed.

        Returns whether all are done.
        """
        self.closed = True
        for _ in range(round(seconds * 20)):
            if not self.inside and not self.queued:
                return True
            await sleep(0.05)
        return not self.inside and not self.queued
