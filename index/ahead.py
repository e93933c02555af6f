"""The models of a question opened ahead of it, while a command still reads the index and imports what it needs."""

from __future__ import annotations

from contextlib import suppress
from threading import Thread

from .embedder import model_folder
from .errors import EmbedderError
from .reranker import open_reranker
from .trained import open_query_encoder


def open_ahead(embedder: str | None = None) -> Thread:
    """Open what reads a question in a thread of its own; with another `embedder`, only the reranker.

    What is amiss with a model is told by the first question, not here.
    """
    thread = Thread(target=_open, args=(embedder,), name="models opened ahead")
    thread.start()
    return thread


def _open(embedder: str | None) -> None:
    with suppress(EmbedderError):
        if embedder is None:
            open_query_encoder(model_folder()).prepare()
        open_reranker().prepare()
