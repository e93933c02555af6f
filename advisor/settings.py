"""Where the guides and the index are, and which model is used: flags, then environment, then `advisor.toml`."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from index.errors import AdvisorError
from index.places import is_server

from .models import ModelSettings, settle_model

FILE = "advisor.toml"
"""Stands beside the folder of guides; its keys are the long options' names."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What every command needs to know."""

    corpus: Path
    store: str
    """A folder, or the address of a Chroma server."""
    embedder: str | None = None
    """A sentence-transformers model (a folder or a name); None for the installed all-MiniLM-L6-v2."""
    chat: ModelSettings | None = None
    """A LangChain chat model and how it is used; None for the quoting writer alone."""

    @property
    def model(self) -> str | None:
        """The chat model's name (`provider:name`)."""
        return self.chat.name if self.chat else None


def shipped_corpus() -> Path:
    """The guides that come with the program: beside the packages in a checkout, inside `advisor` when installed."""
    inside = Path(__file__).parent / "corpus"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "corpus"


def default_store(corpus: Path) -> Path:
    """The person's cache folder, a place of its own for each folder of guides."""
    from platformdirs import user_cache_path

    key = hashlib.sha256(str(corpus.resolve()).encode()).hexdigest()[:12]
    return user_cache_path("career-path-advisor") / f"{corpus.name}-{key}"


def from_file(corpus: Path) -> dict[str, Any]:
    """The settings in `advisor.toml` beside the guides; empty without that file."""
    path = corpus.resolve().parent / FILE
    if not path.is_file():
        return {}
    told = {key.replace("-", "_"): value for key, value in _read(path).items()}
    unknown = sorted(told.keys() - _KEYS)
    if unknown:
        known = ", ".join(sorted(_KEYS)).replace("_", "-")
        raise AdvisorError(f"{path}: there is no setting {unknown[0].replace('_', '-')}. The settings are: {known}.")
    for key in _TEXTS:
        if not isinstance(told.get(key, ""), str):
            raise AdvisorError(f"{path}: {key.replace('_', '-')} must be a text in quotes. Mend it or leave it out.")
    if told.get("store"):
        told["store"] = _place(told["store"], path.parent)
    return told


_TEXTS = ("store", "embedder", "model", "model_url")
_KEYS = frozenset((*_TEXTS, *(f"model_{one.name}" for one in fields(ModelSettings)[2:])))


def _place(store: str, beside: Path | None = None) -> str:
    """A store as it is opened: a server's address, or a folder, which a file of settings names from where it stands."""
    if is_server(store):
        return store
    if "://" in store:
        raise AdvisorError(f"{store} is no address of a Chroma server. It begins with http:// or https://.")
    path = Path(store).expanduser()
    return str(beside / path if beside else path)


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AdvisorError(f"{path} is not valid TOML ({error}). Mend that line or remove the file.") from error


def settle(
    corpus: Path | None = None,
    store: str | None = None,
    embedder: str | None = None,
    model: str | None = None,
    model_url: str | None = None,
) -> Settings:
    """The settings in force: what is given here, then the file beside the guides, then the defaults."""
    folder = corpus or shipped_corpus()
    file = from_file(folder)
    return Settings(
        corpus=folder,
        store=(_place(store) if store else file.get("store")) or str(default_store(folder)),
        embedder=embedder or file.get("embedder"),
        chat=settle_model(model, model_url, file),
    )
