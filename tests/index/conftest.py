"""A tiny library, in a folder, and what it takes to index it without weights."""

from __future__ import annotations

import os
import shutil
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
from index.store import open_index
from tests.index.trial import CountingEncoder, answers, build

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


@pytest.fixture(scope="session")
def pilots() -> str:
    """A third guide, to be added."""
    return PILOTS


@pytest.fixture
def encoder() -> HashEncoder:
    """Deterministic, instant, without weights."""
    return HashEncoder()


@pytest.fixture(scope="session")
def model() -> CountingEncoder:
    """The installed model."""
    return CountingEncoder()


@pytest.fixture(scope="session")
def two_guides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two small guides, to be copied."""
    folder = tmp_path_factory.mktemp("guides")
    (folder / "bakers.md").write_text(BAKERS, "utf-8")
    (folder / "cooks.md").write_text(COOKS, "utf-8")
    return folder


@pytest.fixture(scope="session")
def built_twice(tmp_path_factory: pytest.TempPathFactory, two_guides: Path, model: CountingEncoder) -> Path:
    """A store with two generations of these guides by the installed model, to be copied."""
    store = tmp_path_factory.mktemp("built") / "store"
    build(two_guides, store, model)
    build(two_guides, store, model, rebuild=True)
    return store


@pytest.fixture
def store(tmp_path: Path, built_twice: Path) -> Path:
    """A copy of that store, to be spoilt."""
    return shutil.copytree(built_twice, tmp_path / "store")


@pytest.fixture(scope="session")
def expected(built_twice: Path, model: CountingEncoder) -> str:
    """What that store answers."""
    return answers(open_index(built_twice, model))


ON_A_DISK = """
set -e
mkdir "$1.disk" && mount -t tmpfs -o "$2" tmpfs "$1.disk" && cp -a "$1/." "$1.disk" && mount --move "$1.disk" "$1"
test -z "$3" || mount -o "$3" "$1"
shift 3
exec "$@"
"""


@pytest.fixture(scope="session")
def mounted(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[str]]:
    """What a process is started through so that it finds a folder on a disk of its own, such as `size=1m`."""

    def before(folder: Path, options: str, then: str = "") -> list[str]:
        alone = ["unshare", "--user", "--map-root-user", "--mount"]
        return [*alone, "sh", "-c", ON_A_DISK, "sh", str(folder), options, then]

    trial = [*before(tmp_path_factory.mktemp("disk"), "size=1m"), "true"]
    if shutil.which("unshare") is None or subprocess.run(trial, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk is not allowed here")
    return before


@pytest.fixture(scope="session")
def unprivileged(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What a process is started through so that a file's permissions hold for it, as they do not for root."""
    before = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else ["env"]
    closed = tmp_path_factory.mktemp("closed") / "file"
    closed.touch(mode=0)
    trial = [*before, "cat", str(closed)]
    if shutil.which(before[0]) is None or not subprocess.run(trial, capture_output=True, check=False).returncode:
        pytest.skip("permissions do not hold here")
    return before


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
