"""How the page holds when many chat at once: 40 people with real answers, and memory over 1,000 conversations.

    python benchmarks/page_load.py [--people 40] [--conversations 1000] [--json FILE]

Starts `advisor chat` over the shipped guides in a process of its own and speaks with it as the page in a browser does:
every question is one request that streams its answer, and brings along the conversation so far. Questions come from the
shipped question sets. Times are wall-clock milliseconds at the client, which shares the machine with the server.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parent.parent
JOIN = "gradio_api/queue/join"


@dataclass(frozen=True)
class Page:
    """A running server, as a browser knows it."""

    address: str
    process: int
    submit: int
    """The number of the event that sends a question."""
    client: httpx.AsyncClient


@dataclass
class Times:
    """Milliseconds from sending a question to the first words and to the end of its answer."""

    first: list[float] = field(default_factory=list)
    end: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """One line of the report."""

    what: str
    answers: int
    first_p50: float
    first_p95: float
    end_p50: float
    end_p95: float
    answers_per_second: float
    errors: int


def main() -> None:
    """Run all and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--conversations", type=int, default=1_000)
    parser.add_argument("--json", type=Path, help="Write the figures here as well.")
    given = parser.parse_args()
    talks = list(conversations(ROOT / "corpus" / "questions"))
    before = load_of_machine()
    with serving() as (address, process):
        rows, memory = asyncio.run(measure(address, process, talks, given.people, given.conversations))
    loads = before, load_of_machine()
    show(rows, memory, loads)
    if given.json:
        report = {"rows": [asdict(row) for row in rows], "memory": memory, "load": loads}
        given.json.write_text(json.dumps(report, indent=2), "utf-8")
    if any(row.errors for row in rows):
        sys.exit(1)


async def measure(
    address: str, process: int, talks: Sequence[list[str]], people: int, count: int
) -> tuple[list[Row], list[tuple[int, float]]]:
    """The rows of the report, and the server's memory (MB) after so many conversations."""
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(base_url=address, timeout=120, limits=limits) as client:
        page = Page(address, process, await submit_event(client), client)
        await talk(page, talks[0], Times())
        rows = [
            await crowd(page, "one person", [flat(talks, 30)]),
            await crowd(page, f"{people} people press Send in the same moment", [[q] for q in flat(talks, people)]),
            await crowd(page, f"{people} people, one conversation after the other", shares(talks, people, 4)),
        ]
        memory = [(done, used) async for done, used in remember(page, talks, count)]
    return rows, memory


async def crowd(page: Page, what: str, people: Sequence[Sequence[str]]) -> Row:
    """Each of the people asks their questions one after the other, all of them at the same time."""
    times, started = Times(), time.perf_counter()
    await asyncio.gather(*(talk(page, questions, times) for questions in people))
    took = time.perf_counter() - started
    return Row(
        what,
        len(times.end),
        *(percentile(times.first, share) for share in (50, 95)),
        *(percentile(times.end, share) for share in (50, 95)),
        round(len(times.end) / took, 1),
        len(times.errors),
    )


async def remember(page: Page, talks: Sequence[list[str]], count: int) -> AsyncIterator[tuple[int, float]]:
    """The server's memory at the start, and after every tenth of the conversations; eight at a time."""
    yield 0, memory_of(page.process)
    todo, tenth = islice(cycle(talks), count), max(count // 10, 1)
    for done in range(tenth, count + 1, tenth):
        batch = list(islice(todo, tenth))
        for group in (batch[n : n + 8] for n in range(0, len(batch), 8)):
            await asyncio.gather(*(talk(page, questions[:2], Times()) for questions in group))
        yield done, memory_of(page.process)


async def talk(page: Page, questions: Iterable[str], times: Times) -> None:
    """One conversation, kept as the browser keeps it."""
    kept, person = "", ""
    for question in questions:
        started = time.perf_counter()
        told = 0
        try:
            async for message in answer(page, question, kept, person):
                told += message["msg"] == "process_generating"
                if told == 2:  # the first shows the question
                    times.first.append(milliseconds(started))
                    told += 1
                if message["msg"] == "process_completed":
                    kept, person = what_is_kept(message)
                    times.end.append(milliseconds(started))
        except (httpx.HTTPError, KeyError, ValueError) as error:
            times.errors.append(repr(error))


async def answer(page: Page, question: str, kept: str, person: str) -> AsyncIterator[dict[str, Any]]:
    """The messages of one answer."""
    body = {"data": [question, kept, person], "fn_index": page.submit, "session_hash": "benchmark"}
    async with page.client.stream("POST", JOIN, json=body) as response:
        response.raise_for_status()
        async for line in response.aiter_lines():
            if line.startswith("data: "):
                yield json.loads(line.removeprefix("data: "))


def what_is_kept(completed: dict[str, Any]) -> tuple[str, str]:
    """The conversation and the profile that the browser is given to keep."""
    *_, kept, person = completed["output"]["data"]
    return kept, person


async def submit_event(client: httpx.AsyncClient) -> int:
    """The number of the event that the question box sends."""
    config = (await client.get("config")).json()
    box = next(one["id"] for one in config["components"] if one["props"].get("elem_id") == "question")
    return next(int(one["id"]) for one in config["dependencies"] if [box, "submit"] in one["targets"])


@contextmanager
def serving() -> Iterator[tuple[str, int]]:
    """The address of `advisor chat` and its process, with an index that is built."""
    command = [sys.executable, "-m", "advisor"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    subprocess.run([*command, "index"], env=environment, check=True, stdout=subprocess.DEVNULL)
    chat = [*command, "chat", "--no-open", "--port", "0", "--no-feedback"]
    process = subprocess.Popen(chat, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield next(match[0] for line in process.stdout if (match := re.search(r"http://\S+", line))), process.pid
    finally:
        process.terminate()
        process.wait(60)


def conversations(folder: Path) -> Iterator[list[str]]:
    """The turns of every record of the question sets."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield json.loads(line)["turns"]


def flat(talks: Sequence[list[str]], count: int) -> list[str]:
    """So many first questions."""
    return [turns[0] for turns in islice(cycle(talks), count)]


def shares(talks: Sequence[list[str]], people: int, count: int) -> list[list[str]]:
    """So many questions for each of the people."""
    questions = cycle([question for turns in talks for question in turns])
    return [list(islice(questions, count)) for _ in range(people)]


def memory_of(process: int) -> float:
    """Resident memory in MB; 0 where the system does not tell."""
    status = Path(f"/proc/{process}/status")
    found = re.search(r"VmRSS:\s+(\d+)", status.read_text("utf-8")) if status.exists() else None
    return round(int(found[1]) / 1024, 1) if found else 0.0


def load_of_machine() -> float | None:
    """Processes that wanted a processor in the last minute, by average; None where the system does not tell."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None


def milliseconds(started: float) -> float:
    """Since then."""
    return (time.perf_counter() - started) * 1_000


def percentile(values: Sequence[float], share: int) -> float:
    """The value that `share` percent do not exceed."""
    return round(statistics.quantiles(values, n=100, method="inclusive")[share - 1], 1) if len(values) > 1 else 0.0


def show(rows: Sequence[Row], memory: Sequence[tuple[int, float]], loads: tuple[float | None, float | None]) -> None:
    """Print the figures as Markdown, and what else the machine had to do before and after."""
    print("| | answers | first words p50 / p95 ms | end p50 / p95 ms | answers a second | errors |")
    print("|---|---|---|---|---|---|")
    for row in rows:
        first, end = f"{row.first_p50:.0f} / {row.first_p95:.0f}", f"{row.end_p50:.0f} / {row.end_p95:.0f}"
        print(f"| {row.what} | {row.answers} | {first} | {end} | {row.answers_per_second} | {row.errors} |")
    print("\nMemory (MB) after conversations: " + ", ".join(f"{done}: {used:.0f}" for done, used in memory))
    print(f"Load average of {os.cpu_count()} processors before: {loads[0]}, after: {loads[1]}")


if __name__ == "__main__":
    main()
