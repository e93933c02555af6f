"""The advisor with a model: evidence decides the status, the model only writes; and nobody sees a key."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.answer import Status
from advisor.chain import Advisor, Turn
from advisor.models import open_model
from index.search import Index
from tests.model_server import Asked, ModelServer, Says, quotes_first_passage

from .conftest import CAREERS, KEY, settings_for


def test_the_model_writes_what_the_guides_answer(trees_by_meaning: Index) -> None:
    with ModelServer(quotes_first_passage) as server:
        answer = Advisor(trees_by_meaning, model=open_model(settings_for(server))).ask("Do I need a driving licence?")
    assert answer.text == "No driving licence is needed to start. [1]"
    assert (answer.status, answer.mode, answer.model) == (Status.ANSWERED, "model", "openai:scripted")


def test_a_model_cannot_answer_what_the_guides_do_not(trees_by_meaning: Index) -> None:
    with ModelServer("Paris is the capital of France [1].") as server:
        answer = Advisor(trees_by_meaning, model=open_model(settings_for(server))).ask("What is the capital of France?")
        assert server.asked == []
    assert answer.status is Status.NOT_IN_GUIDES
    assert answer.proof is None


@pytest.mark.parametrize("message", ["Hello!", "", "?" * 5_000])
def test_small_talk_and_trouble_ask_no_model(trees_by_meaning: Index, message: str) -> None:
    with ModelServer("Hi [1].") as server:
        answer = Advisor(trees_by_meaning, model=open_model(settings_for(server))).ask(message)
        assert server.asked == []
    assert answer.status is Status.CONVERSATION


def test_the_stream_ends_in_what_ask_gives(trees_by_meaning: Index) -> None:
    with ModelServer(quotes_first_passage) as server:
        advisor = Advisor(trees_by_meaning, model=open_model(settings_for(server)))
        *_, last = advisor.stream("What does a team leader earn?")
        assert last.sentences == advisor.ask("What does a team leader earn?").sentences


def test_follow_ups_are_rewritten_unless_a_setting_says_no(trees_by_meaning: Index) -> None:
    asked = json.dumps({"question": "What does a team leader earn?"})

    def says(request: Asked) -> str:
        return asked if "Last message" in request.text else "A team leader earns £33,000 to £41,000 a year [1]."

    with ModelServer(says) as server:
        for rewrites, requests in ((True, 2), (False, 1)):
            advisor = Advisor(trees_by_meaning, model=open_model(settings_for(server, rewrites=rewrites)))
            first = Advisor(trees_by_meaning).ask("What does a tree surveyor earn?")
            server.asked.clear()
            answer = advisor.ask("And a team leader?", [Turn("What does a tree surveyor earn?", first)])
            assert len(server.asked) == requests
            assert "team leader" in answer.standalone


def run(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("ADVISOR_", "OPENAI_", "ANTHROPIC_"))}
    command = [sys.executable, "-m", "advisor", *arguments, "--corpus", str(CAREERS / "arborist")]
    return subprocess.run(command, env={**clean, **environ}, capture_output=True, text=True, timeout=500, check=False)


def test_no_key_shows_in_answers_errors_logs_or_the_doctor(tmp_path: Path) -> None:
    def echoes(asked: Asked) -> Says:
        return Says(f"Incorrect key: {asked.headers.get('authorization')}", status=401)

    with ModelServer(echoes) as server:
        environ = {
            "ADVISOR_MODEL": "openai:scripted",
            "ADVISOR_MODEL_URL": server.url,
            "ADVISOR_STORE": str(tmp_path / "store"),
            "OPENAI_API_KEY": KEY,
            "OPENAI_LOG": "debug",
        }
        answered = run("ask", "Do I need a driving licence?", "--json", **environ)
        checked = run("doctor", **environ)
    assert answered.returncode == 0, answered.stderr
    assert "did not accept the key" in json.loads(answered.stdout)["text"]
    assert KEY not in "".join((answered.stdout, answered.stderr, checked.stdout, checked.stderr))
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}"


def test_a_model_without_a_key_is_told_in_one_sentence(tmp_path: Path) -> None:
    told = run(
        "ask", "Do I need a licence?", ADVISOR_MODEL="openai:gpt-4.1-mini", ADVISOR_STORE=str(tmp_path / "store")
    )
    assert told.returncode == 1
    assert told.stderr.startswith("advisor: openai:gpt-4.1-mini needs a key: set OPENAI_API_KEY")
    assert "Traceback" not in told.stderr
