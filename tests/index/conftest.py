"""A tiny library, in a folder, and what it takes to index it without weights."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from index.embedder import HashEncoder
from index.guide import Library
from index.reading import read_folder

BAKERS = """---
title: Bakers
dated: "2024"
---

# Bakers

## What they do

Bakers mix and bake ingredients for bread. They typically start very early.

Bakers typically do the following:

- Weigh flour
- Knead dough
- Set oven temperatures

## Pay

The median wage of bakers was $36,650 in 2024.

| Level | Pay |
| --- | --- |
| Apprentice | $27,000 |
| Master | $48,000 |
"""
COOKS = """---
title: Cooks
country: UK
---

# Cooks

## Pay

Cooks were paid £24,500 in 2023. Head cooks were paid more.

## How to become one

1. Work in a kitchen
2. Take a food safety course
"""
PILOTS = """# Pilots

## Licence

A pilot needs a licence and 250 hours of flight. The licence is renewed each year.
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with two small guides."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "bakers.md").write_text(BAKERS, "utf-8")
    (folder / "cooks.md").write_text(COOKS, "utf-8")
    return folder


@pytest.fixture
def library(corpus: Path) -> Library:
    """The folder, read."""
    return read_folder(corpus)


@pytest.fixture
def pilots() -> str:
    """A third guide, to be added."""
    return PILOTS


@pytest.fixture
def encoder() -> HashEncoder:
    """Deterministic, instant, without weights."""
    return HashEncoder()


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Chroma server of our own."""
    with running_chroma(tmp_path_factory.mktemp("chroma")) as address:
        yield address


@pytest.fixture
def own_server(tmp_path: Path) -> Callable[[], AbstractContextManager[str]]:
    """A Chroma server that a test may stop."""
    return lambda: running_chroma(tmp_path / "chroma")


@contextmanager
def running_chroma(folder: Path) -> Iterator[str]:
    """`chroma run` on a free port of this machine, until it is left."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command: list[str | Path] = [
        Path(sys.executable).with_name("chroma"),
        "run",
        "--path",
        folder,
        "--host",
        "127.0.0.1",
    ]
    folder.mkdir(exist_ok=True)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([*command, "--port", str(port)], stdout=log, stderr=log, cwd=folder)
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "chroma run ended"
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v2/heartbeat", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("chroma run did not come up")
