"""The models of a question opened ahead of it, while a command still reads the index and imports what it needs."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from .embedder import model_folder
from .reranker import open_reranker
from .trained import open_query_encoder


def open_ahead(embedder: str | None = None) -> Future[None]:
    """Open what reads a question in a thread of its own; with another `embedder`, only the reranker.

    Nobody need wait for it: the first question opens what is not open by then, and tells what is amiss.
    """
    threads = ThreadPoolExecutor(1)
    opening = threads.submit(_open, encoder=embedder is None)
    threads.shutdown(wait=False)
    return opening


def _open(*, encoder: bool) -> None:
    if encoder:
        open_query_encoder(model_folder()).prepare()
    open_reranker().prepare()
