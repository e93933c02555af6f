"""Whether a chat model can be used as it is set: package, key, server and name, one sentence each; nothing is asked of it."""

from __future__ import annotations

import http.client
import json
import os
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any, NamedTuple

from .errors import ModelUnusable
from .opening import missing_part, open_model
from .redacting import parted, shown_address
from .settings import PROVIDERS, ModelSettings
from .writing import least_window

PATIENCE = 5.0
"""Seconds that a server has to answer."""
_MOST = 4_000_000
"""Bytes of its list of models that are read."""


class Finding(NamedTuple):
    """One thing looked at."""

    name: str
    passed: bool
    told: str


def check_model(settings: ModelSettings) -> Iterator[Finding]:
    """What stands between these settings and an answer, in the order in which a person would mend it."""
    missing = missing_part(settings)
    if missing:
        yield Finding("language model", False, missing)
        return
    try:
        model = open_model(settings)
    except ModelUnusable as error:
        yield Finding("language model", False, str(error))
        return
    limits = (
        f"; it takes no {' and no '.join(model.lacking)}, so only the deadline ends a reply" if model.lacking else ""
    )
    yield Finding("language model", True, f"{settings.name}, its package and key are there{limits}")
    if model.window < least_window(settings):
        yield Finding("model window", False, model.too_small())
    if settings.provider in PROVIDERS:
        yield _server(settings)


def _server(settings: ModelSettings) -> Finding:
    """Whether the server answers, takes the key and knows the model."""
    address = (settings.url or PROVIDERS[settings.provider].address).rstrip("/")
    shown = shown_address(address)
    try:
        names = _names(_get(*_question(settings, address)))
    except urllib.error.HTTPError as error:
        return Finding("model server", False, _refused(settings, shown, error.code))
    except (OSError, http.client.HTTPException):
        return Finding(
            "model server", False, f"{shown} cannot be reached. Start the server, or mend ADVISOR_MODEL_URL."
        )
    except ValueError:
        return Finding("model server", False, f"{shown} is no {settings.provider} server. Mend ADVISOR_MODEL_URL.")
    if names and not _known(settings.model, names):
        some = ", ".join(sorted(names)[:5])
        return Finding("model server", False, f"{shown} has no model {settings.model!r}; it has {some}.")
    return Finding("model server", True, f"{shown} answers and has {settings.model}")


def _question(settings: ModelSettings, address: str) -> tuple[str, dict[str, str]]:
    """Where a provider lists its models, and the headers that it wants."""
    match settings.provider:
        case "ollama":
            return f"{address}/api/tags", {}
        case "anthropic":
            key = os.environ.get("ANTHROPIC_API_KEY", "none")
            return f"{address}/v1/models?limit=1000", {"x-api-key": key, "anthropic-version": "2023-06-01"}
        case _:
            return f"{address}/models", {"Authorization": f"Bearer {os.environ.get('OPENAI_API_KEY', 'none')}"}


def _get(address: str, headers: dict[str, str]) -> Any:
    if not address.startswith(("http://", "https://")):
        raise ValueError(address)
    address, login = parted(address)  # urllib takes a name and password for a part of the server's name
    request = urllib.request.Request(address, headers=headers | login)  # noqa: S310 - checked above
    with urllib.request.urlopen(request, timeout=PATIENCE) as reply:  # noqa: S310
        return json.loads(reply.read(_MOST))


def _names(listed: Any) -> frozenset[str]:
    """The names in a list of models, in any provider's form."""
    if not isinstance(listed, dict) or not isinstance(models := listed.get("data", listed.get("models")), list):
        raise ValueError("no list of models")
    named = (one.get("id") or one.get("name") for one in models if isinstance(one, dict))
    return frozenset(str(name) for name in named if name)


def _known(model: str, names: frozenset[str]) -> bool:
    return model in names or f"{model}:latest" in names


def _refused(settings: ModelSettings, shown: str, status: int) -> str:
    if status in (401, 403):
        return f"{shown} does not accept the key. Check {PROVIDERS[settings.provider].key or 'the key'}."
    if status == 404:
        return f"{shown} has no list of models there. Check ADVISOR_MODEL_URL (OpenAI-compatible addresses end in /v1)."
    return f"{shown} answered with status {status}. Try again later."
