"""Processes that a test starts and ends."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError


@contextmanager
def started(
    command: Sequence[str | Path], environment: Mapping[str, str] | None = None, *, heard: bool = True
) -> Iterator[subprocess.Popen[str]]:
    """A process, until it is left; `heard` keeps what it prints, which somebody then has to read."""
    out = subprocess.PIPE if heard else subprocess.DEVNULL
    process = subprocess.Popen(
        list(map(str, command)), env=environment, stdout=out, stderr=subprocess.DEVNULL, text=True
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


@contextmanager
def running_chroma(folder: Path) -> Iterator[str]:
    """The address of a `chroma run` of our own, until it is left."""
    port = free_port()
    command: list[str | Path] = [Path(sys.executable).with_name("chroma"), "run", "--path", folder, "--port", str(port)]
    with started(command, heard=False):
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/api/v2/heartbeat")
        yield address


def address_told(process: subprocess.Popen[str]) -> str:
    """The address that a server prints once it listens."""
    assert process.stdout is not None
    for line in process.stdout:
        if match := re.search(r"http://\S+", line):
            return match[0]
    raise AssertionError("the server ended before it listened")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    """Until something answers at an address."""
    for _ in range(1_200):
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except (URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"nothing answers at {address}")
