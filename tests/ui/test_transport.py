"""A question is answered by the request that brings it, so it matters to no one which copy of the server it reaches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from ui.server import PageSettings, create_app
from ui.transport import JOIN, RUN

from .conftest import ScriptedEngine


@pytest.fixture(scope="module")
def client(engine: ScriptedEngine) -> Iterator[TestClient]:
    with TestClient(create_app(engine, PageSettings()), base_url="http://127.0.0.1") as made:
        yield made


def event(client: TestClient, element: str, name: str) -> int:
    """The number of what happens at an element."""
    config = client.get("/config").json()
    target = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == element)
    return next(int(d["id"]) for d in config["dependencies"] if [target, name] in d["targets"])


@pytest.fixture(scope="module")
def submit(client: TestClient) -> int:
    """The number of the event that sends a question."""
    return event(client, "question", "submit")


def question(number: int, message: str) -> dict[str, Any]:
    return {"data": [message, "", ""], "event_data": None, "fn_index": number, "trigger_id": None, "session_hash": "s"}


def messages(text: str) -> list[dict[str, Any]]:
    return [json.loads(part.removeprefix("data: ")) for part in text.split("\n\n") if part.startswith("data: ")]


def test_question_and_answer_are_one_request(client: TestClient, submit: int) -> None:
    response = client.post(JOIN, json=question(submit, "Pay?"))
    told = messages(response.text)
    assert response.headers["content-type"].startswith("text/event-stream")
    assert [told[-2]["msg"], told[-1]["msg"]] == ["process_completed", "close_stream"]
    assert told[-2]["event_id"] == response.headers["x-event-id"]
    assert "$36,650" in json.dumps(told)


def test_two_questions_of_one_page_do_not_mix(client: TestClient, submit: int) -> None:
    answers = [client.post(JOIN, json=question(submit, asked)).text for asked in ("Pay?", "Steps?")]
    assert "early shift" not in answers[0]
    assert "early shift" in answers[1]


def test_what_is_no_question_is_refused_as_before(client: TestClient, submit: int) -> None:
    for body in (b"", b"[]", b"{", json.dumps({"data": []}).encode()):
        response = client.post(JOIN, content=body, headers={"content-type": "application/json"})
        assert response.status_code >= 400
    assert client.post(JOIN, json=question(10_000, "Pay?")).status_code >= 400


def test_nothing_of_a_person_is_left_when_they_were_answered(client: TestClient, submit: int) -> None:
    app: Any = client.app
    for asked in ("Pay?", "Crash!", "Unreachable?"):
        client.post(JOIN, json=question(submit, asked))
    restore = {**question(event(client, "restore", "click"), ""), "data": ["", "typed"]}
    assert client.post(RUN, json=restore).status_code == 200
    assert app.state.sessions.kept() == {}


def test_nobody_can_fetch_what_another_asked_for(client: TestClient) -> None:
    assert client.get("/gradio_api/queue/data", params={"session_hash": "s"}).status_code == 404
    assert (
        client.post("/gradio_api/cancel", json={"session_hash": "s", "event_id": "e", "fn_index": 0}).status_code == 404
    )
