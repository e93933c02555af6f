"""Any LangChain chat model, opened from settings and spoken to through one seam that can wait, stop and tell what failed.

    ModelError              what happened to the language model, and what to do, in a sentence
    ├── ModelUnusable       it cannot be opened: no package, no key, no such provider (told before any question)
    └── ModelFailed         it was asked and did not answer as it should (the guides' own words answer instead)
        └── ModelCut        its reply is longer than it may be; what came before the end is whole

A provider's time-out counts each read, not the whole reply, so a server that sends a sign of life now and then keeps a
request open for ever. Every call therefore has a deadline of our own, kept from outside by an event loop.
"""

from __future__ import annotations

import importlib.util
import math
import os
import queue
import re
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from index.errors import AdvisorError

from .model_retries import asked_to_wait, kinds_of, may_pass, pause_before, status_of
from .model_secrets import redacted, shown_address, without_login

if TYPE_CHECKING:
    import asyncio

    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage
    from pydantic import BaseModel

Schema = TypeVar("Schema", bound="BaseModel")
Reply = TypeVar("Reply")
Message = tuple[str, str]
"""Role (`system`, `human`, `ai`) and text."""


class ModelError(AdvisorError):
    """Something about the language model, told to the person."""


class ModelUnusable(ModelError):
    """The model cannot be opened with these settings."""


class ModelFailed(ModelError):
    """The model was asked and did not answer as it should."""


class ModelCut(ModelFailed):
    """The reply reached the limit of tokens or characters."""


@dataclass(frozen=True, slots=True)
class Provider:
    """What a provider needs: its package, the variable that holds its key, and where it is when nothing else is said."""

    package: str
    key: str | None
    address: str


PROVIDERS = {
    "openai": Provider("langchain_openai", "OPENAI_API_KEY", "https://api.openai.com/v1"),
    "anthropic": Provider("langchain_anthropic", "ANTHROPIC_API_KEY", "https://api.anthropic.com"),
    "ollama": Provider("langchain_ollama", None, "http://127.0.0.1:11434"),
}
"""Providers whose package is an extra of this distribution; every other one that LangChain knows works as well."""


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Which chat model, and how patiently and how far it is used. Keys are never settings: they stay in the environment."""

    name: str
    """As LangChain writes it: `provider:model`."""
    url: str | None = field(default=None, repr=False)
    """The address of an OpenAI-compatible or Ollama server; None for the provider's own."""
    temperature: float | None = 0.0
    """None leaves it to the provider (some models accept none)."""
    timeout: float = 30.0
    """Seconds without a word from the server, after which a request is given up."""
    deadline: float = 90.0
    """Seconds that one reply may take in all, retries included."""
    retries: int = 2
    """How often a request is sent again after 429, 5xx or a broken connection, before anything was received."""
    tokens: int = 800
    """Of a reply, at most."""
    window: int | None = None
    """Tokens that the model reads; None to ask LangChain's profile of it, 8,192 where that does not know."""
    rewrites: bool = True
    """Whether the model may turn a follow-up into a question that stands alone."""
    reads_profile: bool = False
    """Whether the model may read what a message tells about the person."""

    @property
    def provider(self) -> str:
        return self.name.partition(":")[0]

    @property
    def model(self) -> str:
        return self.name.partition(":")[2]


_PREFIX = "ADVISOR_MODEL_"


def settle_model(
    name: str | None, url: str | None, file: Mapping[str, Any], environ: Mapping[str, str] = os.environ
) -> ModelSettings | None:
    """The model's settings: what is given, then `ADVISOR_MODEL_…`, then `model-…` in `advisor.toml`; None without a model.

    Raises `ModelUnusable` where a value cannot be read.
    """
    chosen = name or file.get("model")
    if not chosen:
        return None
    values: dict[str, Any] = {}
    for one in fields(ModelSettings)[2:]:
        variable, key = f"{_PREFIX}{one.name.upper()}", f"model_{one.name}"
        told = environ.get(variable, file.get(key))
        if told is not None and told != "":
            source = variable if variable in environ else key.replace("_", "-")
            values[one.name] = _read(str(told), str(one.type), source)
    return ModelSettings(str(chosen), url or environ.get(f"{_PREFIX}URL") or file.get("model_url"), **values)


def _read(told: str, kind: str, source: str) -> float | int | bool | None:
    """A value from the environment or the file, as what it is."""
    lowered = told.strip().lower()
    if kind == "bool" and lowered in ("1", "0", "true", "false", "yes", "no", "on", "off"):
        return lowered in ("1", "true", "yes", "on")
    if "None" in kind and lowered == "none":
        return None
    try:
        value = int(lowered) if kind.startswith("int") else float(lowered)
    except ValueError:
        value = -1
    if kind == "bool" or value < 0:
        raise ModelUnusable(f"{source} is {told!r}, which is no {_KINDS[kind]}. Mend it or leave it out.")
    return value


_KINDS = {
    "bool": "yes or no",
    "int": "whole number",
    "float": "number",
    "int | None": "whole number or none",
    "float | None": "number or none",
}


def quiet_tracing(environ: MutableMapping[str, str] = os.environ) -> None:
    """Keep LangSmith's tracing off, which would send questions and guides away, unless the person turned it on."""
    if not any(
        f"{house}_{name}" in environ for house in ("LANGSMITH", "LANGCHAIN") for name in ("TRACING", "TRACING_V2")
    ):
        environ["LANGSMITH_TRACING"] = "false"


# --- opening -------------------------------------------------------------------------------------------------------------


def open_model(settings: ModelSettings) -> Model:
    """The model of these settings; nothing is sent yet. Raises `ModelUnusable` with what is missing."""
    missing = missing_part(settings)
    if missing:
        raise ModelUnusable(missing)
    from langchain.chat_models import init_chat_model

    try:
        chat = init_chat_model(settings.name, **_arguments(settings))
        if settings.provider in PROVIDERS:
            return Model(chat, settings)
        limits, lacking = limits_for(type(chat), settings)
        return Model(init_chat_model(settings.name, **_arguments(settings), **limits), settings, lacking)
    except ImportError as error:
        raise ModelUnusable(
            f"{settings.name} needs a package that is not installed ({error.name or error})."
        ) from error
    except Exception as error:  # noqa: BLE001 - each provider's package raises its own kinds
        raise ModelUnusable(_not_opened(settings, error)) from None


def as_model(chat: Model | BaseChatModel) -> Model:
    """A LangChain chat model that somebody opened already, behind our deadline and our errors."""
    if isinstance(chat, Model):
        return chat
    name = getattr(chat, "model_name", None) or getattr(chat, "model", None) or "model"
    provider = chat._llm_type.removesuffix("-chat").removeprefix("chat-")
    settings = ModelSettings(f"{provider}:{name}")
    tries_itself = provider in ("openai", "anthropic")
    return Model(chat, replace(settings, retries=0) if tries_itself else settings)


def missing_part(settings: ModelSettings, environ: Mapping[str, str] = os.environ) -> str | None:
    """What has to be installed or set before the model can be opened, in a sentence; None where nothing is."""
    if not settings.provider or not settings.model:
        return f"{settings.name!r} names no model. Write provider:model, for example openai:gpt-4.1-mini or ollama:llama3.2."
    provider = PROVIDERS.get(settings.provider)
    if provider is None:
        return None
    if importlib.util.find_spec(provider.package) is None:
        return f"{settings.name} needs a package: pip install 'career-path-advisor[{settings.provider}]'."
    if provider.key and not environ.get(provider.key) and not settings.url:
        return f"{settings.name} needs a key: set {provider.key}, or the address of a server of your own (ADVISOR_MODEL_URL)."
    return None


def _not_opened(settings: ModelSettings, error: Exception) -> str:
    said = without_login(" ".join(str(error).split()), settings.url)
    if "provider" in said.lower() and "model_provider" in said:
        return (
            f"LangChain knows no provider {settings.provider!r}. Write provider:model, for example openai:gpt-4.1-mini."
        )
    if "api_key" in said.lower() or "credential" in said.lower():
        return f"{settings.name} needs a key: set the variable that its provider names ({redacted(said)[:160]})."
    return f"{settings.name} cannot be opened: {redacted(said)[:200]}"


def _arguments(settings: ModelSettings) -> dict[str, Any]:
    """What `init_chat_model` is told, in each provider's own words."""
    common: dict[str, Any] = {} if settings.temperature is None else {"temperature": settings.temperature}
    match settings.provider:
        case "ollama":
            return {
                **common,
                "base_url": settings.url,
                "num_ctx": settings.window or DEFAULT_WINDOW,
                "num_predict": settings.tokens,
                "client_kwargs": {"timeout": settings.timeout},
            }
        case "openai":
            # A server of one's own needs no key, but the package asks for one; and many know `max_tokens` alone.
            own = {"base_url": settings.url, "extra_body": {"max_tokens": settings.tokens}} if settings.url else {}
            key = {} if os.environ.get("OPENAI_API_KEY") else {"api_key": "none"}
            limit = {} if settings.url else {"max_tokens": settings.tokens}
            return {**common, **own, **key, **limit, **_patience(settings), "use_responses_api": False}
        case "anthropic":
            own = {"base_url": settings.url} if settings.url else {}
            key = {} if os.environ.get("ANTHROPIC_API_KEY") else {"api_key": "none"}
            return {**common, **own, **key, "max_tokens": settings.tokens, **_patience(settings)}
    return common | ({"base_url": settings.url} if settings.url else {})


def _patience(settings: ModelSettings) -> dict[str, Any]:
    return {
        "timeout": settings.timeout,
        "max_retries": 0,
    }  # sent again by us, so that no wait is longer than the time-out


_TIMEOUTS = ("timeout", "request_timeout", "default_request_timeout")
_TOKENS = ("max_tokens", "max_completion_tokens", "max_output_tokens", "max_new_tokens", "num_predict")


def limits_for(kind: type[BaseChatModel], settings: ModelSettings) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The time-out and the limit of tokens in a LangChain class's own words, and those of the two that it does not take."""
    taken = {name for key, field in kind.model_fields.items() for name in (field.alias, key) if name}
    limits: dict[str, Any] = {"max_retries": 0} if "max_retries" in taken else {}
    lacking: list[str] = []
    for what, names, value in (("time-out", _TIMEOUTS, settings.timeout), ("token limit", _TOKENS, settings.tokens)):
        name = next((name for name in names if name in taken), None)
        if name is None:
            lacking.append(what)
        else:
            limits[name] = value
    return limits, tuple(lacking)


# --- speaking ------------------------------------------------------------------------------------------------------------

DEFAULT_WINDOW = 8_192
"""Tokens that a model reads where neither settings nor LangChain know."""
CHARACTERS = 3
"""Of a token, at least: so that what is counted fits."""
LONGEST = 40_000
"""Characters of a reply that are read; the rest is not waited for."""
_FULL = frozenset(("length", "max_tokens"))


@dataclass
class _Heard:
    """What came in of one reply."""

    characters: int = 0
    words: bool = False
    """Whether anything but white space came."""
    reason: str | None = None


@dataclass(frozen=True)
class Model:
    """A chat model behind our deadline, our cap and our errors."""

    chat: BaseChatModel = field(repr=False)
    settings: ModelSettings
    lacking: tuple[str, ...] = ()
    """Which of `time-out` and `token limit` its LangChain class does not take; the deadline holds all the same."""

    @property
    def window(self) -> int:
        """Tokens that the model reads."""
        profile = getattr(self.chat, "profile", None) or {}
        known = self.settings.window or (None if self.settings.url else profile.get("max_input_tokens"))
        return int(known or DEFAULT_WINDOW)

    @property
    def room(self) -> int:
        """Characters that instructions, question and passages may take, beside the reply; none where the window is too small."""
        return max(0, self.window - self.settings.tokens) * CHARACTERS

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The reply as it comes, in pieces of any size. Raises `ModelFailed`, also in the middle or at the end.

        A reply that ends without a reason broke off on its way; one that is longer than it may be raises `ModelCut`.
        """
        self._check_room(messages)
        heard = _Heard()
        yield from self._waiting(lambda: self._pieces(messages, heard))
        if not heard.words:
            raise ModelFailed(f"{self.settings.name} replied with nothing.")
        if heard.reason is None and self.settings.provider in PROVIDERS:  # others may never give one
            raise ModelFailed(f"The connection to {self.settings.name} broke off in the middle of its reply.")
        if heard.reason in _FULL:
            raise ModelCut(f"The reply of {self.settings.name} is longer than it may be.")

    def structured(self, messages: Sequence[Message], schema: type[Schema]) -> Schema:
        """A reply of the form of `schema`: asked for in the provider's way, then as plain JSON. Raises `ModelFailed`."""
        self._check_room(messages)
        last: Schema | None = next(iter(self._waiting(lambda: self._formed(messages, schema))), None)
        if last is None:
            raise ModelFailed(f"{self.settings.name} did not reply in the form that was asked for.")
        return last

    def too_small(self) -> str:
        """That the model reads too few tokens for what it is to be asked, and what to do."""
        return (
            f"{self.settings.name} is set to read {self.window:,} tokens, too few for instructions, a question, a passage and a"
            f" reply of {self.settings.tokens:,}. Raise ADVISOR_MODEL_WINDOW to what the model reads, or lower ADVISOR_MODEL_TOKENS."
        )

    def _check_room(self, messages: Sequence[Message]) -> None:
        """Send nothing that the model could not read to its end."""
        if sum(len(text) for _, text in messages) > self.room:
            raise ModelFailed(self.too_small())

    async def _pieces(self, messages: Sequence[Message], heard: _Heard) -> AsyncIterator[str]:
        end = time.monotonic() + self.settings.deadline
        for attempt in range(self.settings.retries + 1):
            try:
                async for chunk in self.chat.astream(list(messages)):
                    heard.reason = _reason(chunk) or heard.reason
                    text = str(chunk.text)[: LONGEST - heard.characters]
                    heard.characters += len(text)
                    heard.words = heard.words or (not text.isspace() and bool(text))
                    if text:
                        yield text
                    if heard.characters >= LONGEST:
                        heard.reason = "length"
                        return
            except Exception as error:
                if heard.characters or not await self._waited(error, attempt, end):
                    raise
            else:
                return

    async def _formed(self, messages: Sequence[Message], schema: type[Schema]) -> AsyncIterator[Schema]:
        asked = list(messages)
        try:
            found = await self._again(lambda: self.chat.with_structured_output(schema).ainvoke(asked))
            if isinstance(found, schema):
                yield found
                return
        except Exception as error:
            if not _malformed(error):
                raise
        asked.append(("human", f"Reply with one JSON object and nothing else: {schema.model_json_schema()}"))
        said = await self._again(lambda: self.chat.ainvoke(list(asked)))
        yield schema.model_validate_json(_json_in(str(said.text)[:LONGEST]))

    async def _again(self, request: Callable[[], Awaitable[Reply]]) -> Reply:
        """What a request gives, sent again as often as the settings allow."""
        end = time.monotonic() + self.settings.deadline
        attempt = 0
        while True:
            try:
                return await request()
            except Exception as error:
                if not await self._waited(error, attempt, end):
                    raise
                attempt += 1

    async def _waited(self, error: Exception, attempt: int, end: float) -> bool:
        """Wait as long as the server asks for; False where it is no use, or longer than the time-out or the time left."""
        pause = pause_before(error, attempt)
        patience = min(self.settings.timeout, end - time.monotonic())
        if attempt >= self.settings.retries or not may_pass(error) or pause > patience:
            return False
        import asyncio

        await asyncio.sleep(pause)
        return True

    def _waiting(self, work: Callable[[], AsyncIterator[Any]]) -> Iterator[Any]:
        """What `work` gives, awaited on the loop in the background no longer than the deadline."""
        import asyncio

        inbox: queue.Queue[tuple[str, Any]] = queue.Queue()

        async def pump() -> None:
            try:
                async for piece in work():
                    inbox.put(("piece", piece))
                inbox.put(("end", None))
            except Exception as error:  # noqa: BLE001 - the one seam: each provider's package raises its own kinds
                inbox.put(("error", error))

        end = time.monotonic() + self.settings.deadline
        task = asyncio.run_coroutine_threadsafe(pump(), _loop())
        try:
            while True:
                try:
                    kind, value = inbox.get(timeout=max(0.0, end - time.monotonic()))
                except queue.Empty:
                    raise ModelFailed(
                        f"{self.settings.name} took longer than {_seconds(self.settings.deadline)} to reply."
                    ) from None
                if kind == "end":
                    return
                if kind == "error":
                    raise ModelFailed(redacted(without_login(told(value, self.settings), self.settings.url))) from None
                yield value
        finally:
            task.cancel()


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """One event loop in the background for all models, since their clients stay tied to the loop that used them first."""
    import asyncio

    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="chat models", daemon=True).start()
    return loop


def _reason(chunk: BaseMessage) -> str | None:
    """Why the model stopped, in whichever words its provider says so; None as long as it has not."""
    said = chunk.response_metadata
    reason = said.get("finish_reason") or said.get("stop_reason") or said.get("done_reason")
    if reason is None and said.get("done"):
        return "stop"
    return str(reason) if reason else None


def _json_in(said: str) -> str:
    """The JSON object in a reply, without what stands around it."""
    found = re.search(r"\{.*\}", said, re.DOTALL)
    return found[0] if found else said


# --- what failed -----------------------------------------------------------------------------------------------------------


def told(error: Exception, settings: ModelSettings) -> str:
    """What a provider's package raised, as one sentence that says what to do."""
    name, server = settings.name, shown_address(settings.url) if settings.url else f"{settings.provider}'s servers"
    status, kinds = status_of(error), kinds_of(error)
    if status in (401, 403) or kinds & {"ModelAuthenticationError", "ModelPermissionDeniedError"}:
        provider = PROVIDERS.get(settings.provider)
        key = provider.key if provider and provider.key else "the key"
        return f"{server} did not accept the key for {name}. Check {key}."
    if status == 404 or "ModelNotFoundError" in kinds:
        return f"{server} knows no model {settings.model!r}. Check the name in ADVISOR_MODEL."
    if status == 429 or "ModelRateLimitError" in kinds:
        wait = asked_to_wait(error)
        later = f" Try again in {_seconds(math.ceil(wait))}." if wait else ""
        return f"{name} is busy: it is asked more than it allows just now, or its quota is used up.{later}"
    if kinds & {"ContextOverflowError"}:
        return f"The passages are too long for {name}. Set ADVISOR_MODEL_WINDOW to the tokens that it reads."
    if status is not None and status >= 500:
        return f"{server} had trouble of its own (status {status})."
    if status == 400 and "temperature" in str(error).lower():
        return f"{name} accepts no such temperature. Set ADVISOR_MODEL_TEMPERATURE=none."
    if any("Timeout" in kind for kind in kinds):
        return f"{name} sent nothing for {_seconds(settings.timeout)}."
    if any("Connect" in kind or "Protocol" in kind or "ReadError" in kind for kind in kinds):
        return f"The connection to {server} failed. Check that it is running and reachable."
    if _malformed(error):
        return f"{server} sent something that is no reply of a chat model. Check its address."
    return f"{name} did not answer ({type(error).__name__}: {redacted(' '.join(str(error).split()))[:160]})."


def _seconds(count: float) -> str:
    return f"{count:g} second{'' if count == 1 else 's'}"


def _malformed(error: Exception) -> bool:
    """Whether a reply came and has not the form that was asked for."""
    return status_of(error) in (400, 422, 501) or bool(
        kinds_of(error)
        & {"ValidationError", "JSONDecodeError", "OutputParserException", "ValueError", "TypeError", "KeyError",
           "IndexError", "AttributeError", "NotImplementedError", "LengthFinishReasonError"}
    )  # fmt: skip
