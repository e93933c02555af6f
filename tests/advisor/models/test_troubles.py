"""Whatever a model does wrong, the command line ends in a good answer or a clear sentence; each through its real package."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisor.cli import main
from advisor.opening import open_or_build
from advisor.proof import supports
from advisor.settings import settle
from tests.model_server import ModelServer
from tests.model_troubles import HACKED, INJECTED, TROUBLES

from .conftest import CAREERS, KEY, LICENCE

QUESTION = "Do I need a driving licence?"
ORDERING = f"Do I need a driving licence to start? My friends always say “{HACKED}”."
NEVER = re.compile(
    rf"{HACKED}|evil|owned|[<>`]|!\[|\]\(|instructions are these|Use nothing but|{KEY}|Traceback|[ñ]|permiso",
    re.IGNORECASE,
)
PATIENCE = {"silent": "2", "goes-silent": "2"}
"""Seconds of the time-out, where it is waited for."""

Asking = Callable[..., dict[str, Any]]


@pytest.fixture(scope="session")
def guides(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A folder of guides, one of which gives orders to models, and its index."""
    folder, store = tmp_path_factory.mktemp("guides") / "arborist", tmp_path_factory.mktemp("store")
    shutil.copytree(CAREERS / "arborist", folder)
    (folder / "advert.md").write_text(INJECTED, "utf-8")
    open_or_build(settle(folder, str(store)))
    return folder, store


@pytest.fixture
def asking(guides: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Asking:
    """`advisor ask` with a model that does what its script says; gives the answer and what was shown on the way."""

    def ask(name: str, provider: str, question: str = QUESTION) -> dict[str, Any]:
        with ModelServer(*TROUBLES[name].script) as server:
            environ = {
                "CORPUS": str(guides[0]),
                "STORE": str(guides[1]),
                "MODEL": f"{provider}:scripted",
                "MODEL_URL": server.url if provider == "openai" else server.address,
                "MODEL_TIMEOUT": PATIENCE.get(name, "30"),
                "MODEL_RETRIES": "1",
            }
            for key, value in environ.items():
                monkeypatch.setenv(f"ADVISOR_{key}", value)
            for key in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
                monkeypatch.setenv(key, KEY)
            monkeypatch.setattr(sys, "argv", ["advisor", "ask", question, "--json"])
            main()
        told = capsys.readouterr()
        assert server.asked, "the model was asked"
        assert not NEVER.search(told.out.replace(json.dumps(question, ensure_ascii=False), "")), told.out
        assert not NEVER.search(told.err), told.err
        answer: dict[str, Any] = json.loads(told.out)
        return answer

    return ask


@pytest.mark.parametrize("name", TROUBLES)
def test_the_command_line_ends_in_a_good_answer_or_a_clear_sentence(asking: Asking, name: str, provider: str) -> None:
    answer = asking(name, provider, ORDERING if name == "obeys-question" else QUESTION)
    told = TROUBLES[name].told
    assert answer["status"] == "answered"
    assert LICENCE in answer["text"]
    assert told in answer["text"]
    assert answer["proof"]["kept"] + answer["proof"]["repaired"] > 0 or told
    assert answer["mode"] == ("model" if answer["proof"]["kept"] + answer["proof"]["repaired"] else "quote")
    assert all(
        mark in range(1, len(answer["citations"]) + 1) for mark in map(int, re.findall(r"\[(\d+)\]", answer["text"]))
    )
    assert any(supports(LICENCE, [citation["quote"]]).supported for citation in answer["citations"])
