"""What the server notes about answers and faults, and that people's words are not in it unless that is switched on."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from ui.logs import LOG, SORRY, FaultError, Log, start_log
from ui.server import PageSettings, create_app

from .conftest import ScriptedEngine

CANARY = "zxcanary"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """The file that everything is noted in; the logger is as before afterwards."""
    before = (LOG.handlers, LOG.propagate, LOG.level)
    path = tmp_path / "logs" / "page.jsonl"
    start_log(path, everything=True)
    yield path
    for handler in LOG.handlers:
        handler.close()
    LOG.handlers, LOG.propagate = before[0], before[1]
    LOG.setLevel(before[2])


def notes(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def visit(engine: ScriptedEngine, *, words: bool) -> None:
    app = create_app(engine, PageSettings(log=Log(words=words)))
    client = TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False)
    profile = {"traits": [{"aspect": "skills", "value": CANARY, "words": CANARY}]}
    for message in (f"Pay {CANARY}?", f"Crash {CANARY}", f"Unreachable {CANARY}"):
        client.post("/api/ask", json={"message": message, "profile": profile})
        client.post("/api/ask/stream", json={"message": message, "before": ["Hello"]})
    client.get("/api/search", params={"q": CANARY})
    client.get(f"/api/passages/{CANARY}")
    client.post("/api/roadmap", json={"profile": profile, "goal": CANARY})
    client.post("/api/profile", json={"message": f"I am {CANARY}"})


def test_answers_and_faults_are_noted_without_what_people_wrote(
    engine: ScriptedEngine, log: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    visit(engine, words=False)
    noted = notes(log)
    answered = [note for note in noted if note["event"] == "answered"]
    assert {"status", "citations", "mode", "first", "seconds"} <= set(answered[0])
    assert [note["what"] for note in noted if note["event"] == "fault"]
    written = log.read_text("utf-8") + "".join(capfd.readouterr())
    assert CANARY not in written
    assert "secret path" not in written


def test_questions_are_noted_when_that_is_switched_on(engine: ScriptedEngine, log: Path) -> None:
    visit(engine, words=True)
    asked = [note["question"] for note in notes(log) if note["event"] == "answered"]
    assert f"Pay {CANARY}?" in asked


def test_a_fault_is_told_by_its_kind_and_place_alone() -> None:
    try:
        int(CANARY)
    except ValueError as error:
        told = str(FaultError(error))
    assert told.startswith("ValueError at test_logs.py:")
    assert CANARY not in told


def test_a_person_who_meets_a_fault_is_told_no_inner_words(engine: ScriptedEngine) -> None:
    client = TestClient(create_app(engine), base_url="http://127.0.0.1", raise_server_exceptions=False)
    response = client.post("/api/ask", json={"message": "Crash!"})
    assert (response.status_code, response.json()) == (500, {"detail": SORRY})
    events = client.post("/api/ask/stream", json={"message": "Crash!"}).text
    assert events.startswith("event: error")
    assert "secret path" not in events


def test_trouble_that_can_be_mended_is_told_in_its_sentence(engine: ScriptedEngine) -> None:
    client = TestClient(create_app(engine), base_url="http://127.0.0.1", raise_server_exceptions=False)
    response = client.post("/api/ask", json={"message": "Unreachable?"})
    assert response.status_code == 503
    assert response.json()["detail"] == "The index is gone. Build it with advisor index."
    assert int(response.headers["retry-after"]) > 0


def test_without_a_file_only_faults_are_noted(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start_log(None, everything=False)
    assert LOG.level == logging.ERROR
    LOG.error("fault")
    assert '"event": "fault"' in capsys.readouterr().err
    assert not log.read_text("utf-8")
