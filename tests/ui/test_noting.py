"""What programs ask and the guides do not answer is noted, as it is at the page: not with who asked, nor what tells of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from advisor.feedback import FeedbackLog, to_questions
from ui.server import PageSettings, create_app

from .conftest import ScriptedEngine

DIVER = {"traits": [{"aspect": "experience", "value": "a diver", "words": "I am a diver"}]}


@pytest.fixture
def kept(tmp_path: Path) -> FeedbackLog:
    return FeedbackLog(tmp_path / "feedback.sqlite")


@pytest.fixture
def client(engine: ScriptedEngine, kept: FeedbackLog) -> Iterator[TestClient]:
    with TestClient(create_app(engine, PageSettings(feedback=kept)), base_url="http://127.0.0.1") as made:
        yield made


@pytest.mark.parametrize("route", ["/api/ask", "/api/ask/stream"])
def test_what_the_guides_lack_is_noted_once_and_becomes_a_question(
    client: TestClient, kept: FeedbackLog, route: str
) -> None:
    for message in ("Mars tomorrow?", "Partly tomorrow?", "Pay tomorrow?", "Hello"):
        assert client.post(route, json={"message": message, "before": ["Mars before?"]}).status_code == 200
    assert [(one.question, one.verdict) for one in kept] == [("Mars tomorrow?", None), ("Partly tomorrow?", None)]
    assert [one["turns"] for one in to_questions(kept)] == [["Mars tomorrow?"], ["Partly tomorrow?"]]


@pytest.mark.parametrize("route", ["/api/ask", "/api/ask/stream"])
def test_a_message_that_tells_of_its_writer_is_not_noted(client: TestClient, kept: FeedbackLog, route: str) -> None:
    client.post(route, json={"message": "Mars? I am a diver."})
    assert not kept.path.exists()
    client.post(route, json={"message": "Mars?", "profile": DIVER})
    (noted,) = kept
    assert noted.question == "Mars?"
    assert "diver" not in repr(noted)


def test_a_file_that_cannot_be_written_takes_no_answer_away(engine: ScriptedEngine, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    app = create_app(engine, PageSettings(feedback=FeedbackLog(tmp_path / "file" / "feedback.sqlite")))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert client.post("/api/ask", json={"message": "Mars?"}).json()["status"] == "not_in_guides"
        assert client.post("/api/ask/stream", json={"message": "Mars?"}).text.endswith("event: end\ndata: {}\n\n")
