"""Whatever a provider's package raises becomes one sentence that says what to do, in time and without a key."""

from __future__ import annotations

import base64
import logging
import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from langchain_core.language_models import FakeListChatModel
from pydantic import BaseModel

from advisor.models import (
    LONGEST,
    ModelCut,
    ModelFailed,
    ModelSettings,
    ModelUnusable,
    limits_for,
    missing_part,
    open_model,
    quiet_tracing,
    settle_model,
)
from advisor.models.redacting import redacted
from advisor.models.retries import asked_to_wait
from advisor.models.telling import told
from tests.model_server import Asked, ModelServer, Says

from .conftest import KEY, settings_for

ASKED = [("system", "Be brief."), ("human", "Hello?")]
WORDS = "one two three four five six seven eight nine ten"


def heard(says: Says | str, provider: str, **settings: object) -> str:
    with ModelServer(says) as server:
        return "".join(open_model(settings_for(server, provider, **settings)).stream(ASKED))


@pytest.mark.parametrize(
    ("says", "sentence"),
    [
        (Says(KEY, status=401), "did not accept the key"),
        (Says(status=403), "did not accept the key"),
        (Says(status=404), "knows no model 'scripted'"),
        (Says(status=429, headers=(("Retry-After", "0"),)), "more than it allows"),
        (Says(status=500), "trouble of its own (status 500)"),
        (Says(status=503), "trouble of its own (status 503)"),
        (Says(WORDS, cut_after=5), "failed"),
        (Says(WORDS, finish=None), "broke off"),
        (Says(""), "replied with nothing"),
        (Says(body="<html>Welcome</html>"), "no reply of a chat model"),
        (Says(body="{}"), "no reply of a chat model"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_failure_is_one_sentence(provider: str, says: Says, sentence: str) -> None:
    with pytest.raises(ModelFailed) as failure:
        heard(says, provider)
    told = str(failure.value)
    assert sentence in told
    assert told.endswith(".")
    assert KEY not in told
    assert "Traceback" not in told


@pytest.mark.parametrize("says", [Says(WORDS, wait=30), Says(WORDS, stall_after=5)], ids=["before", "during"])
def test_silence_before_and_during_a_reply_is_given_up(provider: str, says: Says) -> None:
    with pytest.raises(ModelFailed, match=r"sent nothing for 1 second\."):
        heard(says, provider, timeout=1.0, retries=0)


def test_a_reply_comes_whole(provider: str) -> None:
    assert heard(WORDS, provider) == WORDS


def test_a_request_is_sent_again_after_429_and_500(provider: str) -> None:
    with ModelServer(Says(status=429, headers=(("Retry-After", "0"),)), Says(status=500), WORDS) as server:
        model = open_model(settings_for(server, provider, retries=2))
        assert "".join(model.stream(ASKED)) == WORDS
        assert len(server.asked) == 3


def test_a_wait_longer_than_the_time_out_ends_in_a_sentence_at_once(provider: str) -> None:
    with ModelServer(Says(status=429, headers=(("Retry-After", "60"),)), WORDS) as server:
        model = open_model(settings_for(server, provider, timeout=20.0))
        with pytest.raises(ModelFailed, match=r"is busy: .* Try again in 60 seconds\."):
            list(model.stream(ASKED))
        assert len(server.asked) == 1


def test_one_second_is_one_second(provider: str) -> None:
    for asked, later in (("1", "in 1 second."), ("0.2", "in 1 second."), ("7", "in 7 seconds.")):
        busy = Says(status=429, headers=(("Retry-After", asked),))
        with pytest.raises(ModelFailed, match=re.escape(f"Try again {later}")):
            heard(busy, provider, retries=0)


def test_no_wait_goes_beyond_the_deadline(provider: str) -> None:
    with ModelServer(Says(status=429, headers=(("Retry-After", "9"),)), WORDS) as server:
        model = open_model(settings_for(server, provider, timeout=20.0, deadline=5.0))
        with pytest.raises(ModelFailed, match="is busy"):
            list(model.stream(ASKED))


def test_a_server_is_left_alone_for_as_long_as_it_asks(provider: str) -> None:
    times: list[float] = []

    def busy_once(_: Asked) -> str | Says:
        times.append(time.monotonic())
        return Says(status=429, headers=(("Retry-After", "2"),)) if len(times) == 1 else WORDS

    with ModelServer(busy_once) as server:
        assert "".join(open_model(settings_for(server, provider)).stream(ASKED)) == WORDS
    assert times[1] - times[0] >= 2


def test_a_reply_of_a_form_is_asked_for_again_as_well(provider: str) -> None:
    with ModelServer(Says(status=429, headers=(("Retry-After", "60"),))) as server:
        model = open_model(settings_for(server, provider, timeout=20.0))
        with pytest.raises(ModelFailed, match="is busy"):
            model.structured(ASKED, Form)
        assert len(server.asked) == 1


class Form(BaseModel):
    """A form that a reply may have."""

    word: str


def test_a_date_says_how_long_to_wait() -> None:
    class Busy(Exception):
        response = httpx.Response(
            429, headers={"Retry-After": format_datetime(datetime.now(UTC) + timedelta(minutes=2))}
        )

    assert 100 < (asked_to_wait(Busy()) or 0) <= 120
    assert asked_to_wait(ValueError()) is None


def test_time_out_and_token_limit_reach_a_provider_that_is_not_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"ENDPOINT": "http://127.0.0.1:9", "API_KEY": KEY}.items():
        monkeypatch.setenv(f"AZURE_OPENAI_{name}", value)
    monkeypatch.setenv("OPENAI_API_VERSION", "2024-06-01")
    model = open_model(ModelSettings("azure_openai:m", timeout=12.0, tokens=77))
    told = model.chat.model_dump()
    assert (told["request_timeout"], told["max_tokens"], told["max_retries"]) == (12.0, 77, 0)
    assert model.lacking == ()


def test_what_a_class_does_not_take_is_told() -> None:
    assert limits_for(FakeListChatModel, ModelSettings("fake:m")) == ({}, ("time-out", "token limit"))


def test_signs_of_life_do_not_hold_the_deadline_up() -> None:
    with pytest.raises(ModelFailed, match="longer than 2 seconds"):
        heard(Says(WORDS, stall_after=5, alive=True), "openai", deadline=2.0)


def test_an_endless_reply_is_cut(provider: str) -> None:
    with ModelServer("word " * 2_000_000) as server:
        model = open_model(settings_for(server, provider))
        pieces: list[str] = []
        with pytest.raises(ModelCut):
            pieces.extend(model.stream(ASKED))
    assert sum(map(len, pieces)) == LONGEST


def test_a_server_that_is_not_there_is_told(provider: str) -> None:
    settings = ModelSettings(f"{provider}:m", "http://127.0.0.1:9", timeout=1.0, retries=0)
    with pytest.raises(ModelFailed, match="Check that it is running"):
        list(open_model(settings).stream(ASKED))


def test_what_is_missing_is_told_before_any_question() -> None:
    assert missing_part(ModelSettings("openai:m"), {}) is not None
    assert "OPENAI_API_KEY" in str(missing_part(ModelSettings("openai:m"), {}))
    assert "ANTHROPIC_API_KEY" in str(missing_part(ModelSettings("anthropic:m"), {}))
    assert missing_part(ModelSettings("openai:m"), {"OPENAI_API_KEY": KEY}) is None
    assert missing_part(ModelSettings("openai:m", "http://127.0.0.1:1/v1"), {}) is None
    assert missing_part(ModelSettings("ollama:m"), {}) is None
    assert "provider:model" in str(missing_part(ModelSettings("gpt"), {}))
    for name in ("nobody:m", "openai:m", "gpt"):
        with pytest.raises(ModelUnusable):
            open_model(ModelSettings(name))


def test_a_model_shows_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    model = open_model(ModelSettings("openai:m"))
    assert KEY not in f"{model!r} {model.settings!r} {model.chat!r}"
    assert redacted(f"Authorization: Bearer {KEY} and {KEY} at http://me:pass@host/v1") == (
        "Authorization: Bearer ••• and ••• at http://•••@host/v1"
    )


@pytest.mark.parametrize("status", [400, 402, 409, 418, 422])
def test_nothing_that_a_server_writes_is_told_as_it_may_send_back_keys(provider: str, status: int) -> None:
    def echoes(asked: Asked) -> Says:
        return Says(f"{asked.headers} {' '.join(KEY)} {KEY[::-1]}", status=status)

    with ModelServer(echoes) as server, pytest.raises(ModelFailed) as failure:
        list(open_model(settings_for(server, provider, retries=0)).stream(ASKED))
    assert f"(status {status})" in str(failure.value)
    assert not any(key in str(failure.value) for key in (KEY, " ".join(KEY), KEY[::-1], "none"))


def test_a_password_in_an_address_is_sent_and_never_logged(provider: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with ModelServer(WORDS) as server:
        settings = settings_for(server, provider)
        address = str(settings.url).replace("http://", "http://me:hunter22@")
        model = open_model(replace(settings, url=address))
        assert "".join(model.stream(ASKED)) == WORDS
        assert server.asked[0].headers["authorization"] == f"Basic {base64.b64encode(b'me:hunter22').decode()}"
    assert "hunter22" not in caplog.text


@pytest.mark.parametrize("said", ["This model's maximum context length is 4096 tokens.", "prompt too long"])
def test_passages_that_are_too_long_for_a_server_are_told(provider: str, said: str) -> None:
    with pytest.raises(ModelFailed, match="ADVISOR_MODEL_WINDOW"):
        heard(Says(said, status=400), provider, retries=0)


def test_an_address_of_a_server_tells_no_secret() -> None:
    settings = ModelSettings("openai:m", "http://me:hunter22@127.0.0.1:9/v1?token=abcdef123456")
    shown = f"{settings!r} {told(ConnectionError(), settings)} {told(ModelNotFound(), settings)}"
    assert "hunter22" not in shown
    assert "abcdef123456" not in shown
    assert "http://•••@127.0.0.1:9/v1?•••" in shown


class ModelNotFound(Exception):
    """As a provider's package raises it."""

    status_code = 404


def test_settings_come_from_flags_then_environment_then_file() -> None:
    file = {"model": "ollama:a", "model_temperature": 0.7, "model_timeout": 9, "model_rewrites": False}
    environ = {"ADVISOR_MODEL_TEMPERATURE": "none", "ADVISOR_MODEL_RETRIES": "0", "ADVISOR_MODEL_URL": "http://here"}
    settings = settle_model("openai:b", None, file, environ)
    assert settings == ModelSettings(
        "openai:b", "http://here", temperature=None, timeout=9.0, retries=0, rewrites=False
    )
    assert settle_model(None, None, {}, environ) is None
    with pytest.raises(ModelUnusable, match="ADVISOR_MODEL_TIMEOUT is 'soon'"):
        settle_model("openai:b", None, {}, {"ADVISOR_MODEL_TIMEOUT": "soon"})


def test_tracing_is_off_unless_the_person_turned_it_on() -> None:
    quiet: dict[str, str] = {}
    quiet_tracing(quiet)
    assert quiet == {"LANGSMITH_TRACING": "false"}
    for name in ("LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2"):
        chosen = {name: "true"}
        quiet_tracing(chosen)
        assert chosen == {name: "true"}


def test_the_model_is_given_no_tools(provider: str) -> None:
    with ModelServer(WORDS) as server:
        list(open_model(settings_for(server, provider)).stream(ASKED))
        assert not any(server.asked[0].body.get(name) for name in ("tools", "functions", "tool_choice"))
