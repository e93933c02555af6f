"""Each check says what it found, or what to do about it."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from advisor.doctor import Check, examine
from advisor.models import ModelSettings
from advisor.opening import build
from advisor.settings import Settings

from .crafts import FALCONER

FREE = 0
"""The system chooses a port that is free."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A folder with one guide, and no index yet."""
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "falconer.md").write_text(FALCONER, "utf-8")
    return Settings(tmp_path / "guides", str(tmp_path / "store"))


def found(name: str, settings: Settings, port: int = FREE) -> Check:
    return next(check for check in examine(settings, port) if check.name == name)


def test_everything_that_answering_needs_is_looked_at(settings: Settings) -> None:
    build(settings)
    checks = {check.name: check for check in examine(settings, FREE)}
    assert list(checks) == [
        "python",
        "embedding model",
        "trained layers",
        "guides",
        "index",
        "language model",
        "port",
    ]
    assert {name for name, check in checks.items() if not check.passed} == set()
    assert checks["guides"].told == f"1 in {settings.corpus}"
    assert checks["index"].told == f"4 passages in {settings.store}"


def test_an_index_that_was_not_built_is_told_with_its_remedy(settings: Settings) -> None:
    check = found("index", settings)
    assert not check.passed
    assert "advisor index" in check.told


def test_guides_that_are_not_there_are_told(tmp_path: Path) -> None:
    check = found("guides", Settings(tmp_path / "none", str(tmp_path / "store")))
    assert not check.passed
    assert "does not exist" in check.told


def test_a_file_that_was_not_read_is_told_with_its_reason(settings: Settings) -> None:
    (settings.corpus / "torn.pdf").write_bytes(b"%PDF-1.7 torn")
    check = found("guides", settings)
    assert not check.passed
    assert "1 in" in check.told
    assert "1 not read (torn.pdf: " in check.told


def test_a_model_without_its_key_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    check = found("language model", Settings(settings.corpus, settings.store, chat=ModelSettings("openai:x")))
    assert not check.passed
    assert "OPENAI_API_KEY" in check.told


def test_no_model_is_nothing_to_mend(settings: Settings) -> None:
    assert found("language model", settings) == Check(
        "language model", True, "none; answers quote the guides, which needs none"
    )


def test_a_port_in_use_is_told(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        check = found("port", settings, port)
    assert not check.passed
    assert check.told.startswith(f"{port} is in use")
