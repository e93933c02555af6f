"""So many are answered at once, so many wait, and all others are told so at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest

from ui.gate import BUSY, STOPPING, Busy, Gate


def run(work: Callable[[], Awaitable[None]]) -> None:
    """In a thread of its own: browser tests keep a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(anyio.run, work).result()


async def stay(gate: Gate, leave: anyio.Event) -> None:
    async with gate.enter():
        await leave.wait()


def test_one_too_many_is_sent_away_and_one_who_waits_gets_in() -> None:
    async def work() -> None:
        gate, first, second = Gate(at_once=1, waiting=1), anyio.Event(), anyio.Event()
        async with anyio.create_task_group() as group:
            group.start_soon(stay, gate, first)
            await anyio.wait_all_tasks_blocked()
            group.start_soon(stay, gate, second)
            await anyio.wait_all_tasks_blocked()
            assert (gate.inside, gate.queued, gate.full, gate.crowded) == (1, 1, True, True)
            with pytest.raises(Busy, match=BUSY[:20]):
                async with gate.enter():
                    pass
            first.set()
            await anyio.wait_all_tasks_blocked()
            assert (gate.inside, gate.queued) == (1, 0)
            second.set()
        assert (gate.inside, gate.queued) == (0, 0)

    run(work)


def test_who_gives_up_waiting_or_fails_inside_leaves_no_place_taken() -> None:
    async def work() -> None:
        gate, leave = Gate(at_once=1, waiting=1), anyio.Event()
        async with anyio.create_task_group() as group:
            group.start_soon(stay, gate, leave)
            await anyio.wait_all_tasks_blocked()
            with anyio.move_on_after(0.01):
                async with gate.enter():
                    pass
            assert gate.queued == 0
            leave.set()
        with pytest.raises(ZeroDivisionError):
            async with gate.enter():
                raise ZeroDivisionError
        assert gate.inside == 0

    run(work)


def test_a_closed_gate_lets_nobody_in_and_waits_for_those_inside() -> None:
    async def work() -> None:
        gate, leave = Gate(at_once=2, waiting=0), anyio.Event()
        async with anyio.create_task_group() as group:
            group.start_soon(stay, gate, leave)
            await anyio.wait_all_tasks_blocked()
            assert not await gate.drain(0.1)
            with pytest.raises(Busy, match=STOPPING[:20]):
                async with gate.enter():
                    pass
            leave.set()
            assert await gate.drain(30)

    run(work)
