"""Which chat model is used and how, from flags, environment and file; keys are never settings."""

from __future__ import annotations

import os
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass, field, fields
from typing import Any

from .errors import ModelUnusable


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
