"""The doctor says in one sentence what stands between the settings and an answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisor.models import ModelSettings
from advisor.models.checking import check_model
from tests.model_server import ModelServer

from .conftest import KEY, settings_for


def told(settings: ModelSettings) -> tuple[bool, str]:
    *_, last = check_model(settings)
    assert last.told.count("\n") == 0
    return last.passed, last.told


def test_a_server_that_has_the_model_is_fine(provider: str) -> None:
    with ModelServer() as server:
        passed, sentence = told(settings_for(server, provider))
    assert passed, sentence


def test_a_model_that_the_server_does_not_have_is_told(provider: str) -> None:
    with ModelServer(models=("large", "small")) as server:
        passed, sentence = told(settings_for(server, provider))
    assert not passed
    assert "has no model 'scripted'; it has large" in sentence


def test_a_server_that_is_not_there_is_told(provider: str) -> None:
    passed, sentence = told(ModelSettings(f"{provider}:m", "http://127.0.0.1:9/v1"))
    assert not passed
    assert "cannot be reached" in sentence


def test_an_address_that_is_no_server_of_models_is_told() -> None:
    with ModelServer() as server:
        passed, sentence = told(ModelSettings("openai:m", f"{server.address}/elsewhere/tags"))
    assert not passed
    assert "ADVISOR_MODEL_URL" in sentence
    assert not told(ModelSettings("openai:m", "file:///etc"))[0]


def test_a_window_that_is_too_small_is_told(provider: str) -> None:
    with ModelServer() as server:
        for window, fits in ((300, False), (8_192, True)):
            settings = replace(settings_for(server, provider), window=window)
            found = {finding.name: finding for finding in check_model(settings)}
            assert ("model window" not in found) is fits
    assert "Raise ADVISOR_MODEL_WINDOW" in list(check_model(replace(settings, window=300)))[1].told


@pytest.mark.parametrize("name", ["openai:m", "anthropic:m"])
def test_a_missing_key_is_told(name: str) -> None:
    passed, sentence = told(ModelSettings(name))
    assert not passed
    assert "needs a key: set" in sentence


@pytest.mark.parametrize("password", ["hunter22", "hunter/22", "hunter@22", "hunter 22", "hunter%4022"])
def test_a_password_in_the_address_is_never_told(provider: str, password: str) -> None:
    with ModelServer() as server:
        place = settings_for(server, provider).url.removeprefix("http://")  # type: ignore[union-attr]
    for address in (f"http://me:{password}@{place}", f"me:{password}@{place}", f"http://me:{password}@[::1:9/v1"):
        findings = list(check_model(ModelSettings(f"{provider}:scripted", address)))
        assert not all(finding.passed for finding in findings)
        assert all("hunter" not in finding.told for finding in findings)


def test_a_server_behind_a_password_is_reached(provider: str) -> None:
    with ModelServer() as server:
        settings = settings_for(server, provider)
        address = str(settings.url).replace("http://", "http://me:hunter22@")
        passed, sentence = told(ModelSettings(settings.name, address))
    assert passed, sentence
    assert "http://•••@127.0.0.1" in sentence


def test_no_key_is_ever_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with ModelServer() as server:
        secret = server.url.replace("http://", f"http://me:{KEY}@")
        assert all(KEY not in finding.told for finding in check_model(ModelSettings("openai:m", secret)))
