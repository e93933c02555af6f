"""A server that is told to stop lets answers in progress end, takes no new question, and ends as one that did its work."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from .processes import address_told, started

ROOT = Path(__file__).parents[2]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, int]]:
    """The address of a slow server, and its process."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    with started([sys.executable, "-m", "tests.ui.slow_server", tmp_path], environment) as process:
        yield address_told(process), process.pid
        assert process.wait(60) == 0


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("stop", [signal.SIGTERM])
def test_an_answer_in_progress_ends_and_no_new_one_begins(
    server: tuple[str, int], tmp_path: Path, stop: signal.Signals
) -> None:
    address, process = server
    texts: list[str] = []
    begun = threading.Event()

    def read() -> None:
        with httpx.stream("POST", f"{address}api/ask/stream", json={"message": "Slow steps?"}, timeout=60) as response:
            for line in response.iter_lines():
                if line.startswith('data: {"question'):
                    texts.append(json.loads(line.removeprefix("data: "))["text"])
                    begun.set()

    reader = threading.Thread(target=read)
    reader.start()
    assert begun.wait(60)
    os.kill(process, stop)
    while httpx.get(f"{address}readyz").status_code != 503:
        pass
    refused = httpx.post(f"{address}api/ask", json={"message": "Pay?"})
    assert (refused.status_code, refused.json()["detail"]) == (
        503,
        "The advisor is being stopped. Please try again in a minute.",
    )
    (tmp_path / "go").touch()
    reader.join(60)
    assert "early shift" in texts[-1]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
def test_nothing_in_progress_means_an_end_at_once(server: tuple[str, int]) -> None:
    address, process = server
    assert httpx.get(f"{address}healthz").status_code == 200
    os.kill(process, signal.SIGTERM)
