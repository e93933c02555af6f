"""Opens any LangChain chat model from settings, each provider told in its own words; what is missing is one sentence."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .errors import ModelUnusable
from .redacting import parted, redacted, without_login
from .settings import PROVIDERS, ModelSettings
from .speaking import DEFAULT_WINDOW, Model

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


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
    url, login = parted(settings.url) if settings.url else (None, {})
    match settings.provider:
        case "ollama":
            return {
                **common,
                "base_url": url,
                "num_ctx": settings.window or DEFAULT_WINDOW,
                "num_predict": settings.tokens,
                "client_kwargs": {"timeout": settings.timeout, "headers": login},
            }
        case "openai":
            # A server of one's own needs no key, but the package asks for one; and many know `max_tokens` alone.
            own = (
                {"base_url": url, "extra_body": {"max_tokens": settings.tokens}, "default_headers": login}
                if url
                else {}
            )
            key = {} if os.environ.get("OPENAI_API_KEY") else {"api_key": "none"}
            limit = {} if url else {"max_tokens": settings.tokens}
            return {**common, **own, **key, **limit, **_patience(settings), "use_responses_api": False}
        case "anthropic":
            own = {"base_url": url, "default_headers": login} if url else {}
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
