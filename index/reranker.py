"""How well a text answers a query, told by a small cross-encoder that reads both together."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from .embedder import model_folder
from .search import Floats
from .trained import TrainedLayers

RERANKER = Path(__file__).parent / "reranker.onnx"
RERANKER_SHA256 = "31aecea7f9e9049d50e0f2310cfe2a57c486fc4fcbb86e043a6a0d04fdd3dd02"
LONGEST_PAIR = 128
"""Tokens of a query and a text together."""


class Reranker(Protocol):
    """Reads a query and a text together."""

    @property
    def name(self) -> str:
        """Which model it is: scores of different names do not compare."""

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        """[texts] Logits; above 0, a text is more likely to answer than not to."""


@cache
def open_reranker() -> CrossEncoder:
    """The shipped reranker, one for all who ask. Raises `EmbedderError` when its file, or the embedding model, is missing or altered."""
    return CrossEncoder(TrainedLayers(model_folder(), RERANKER, RERANKER_SHA256, LONGEST_PAIR))


class CrossEncoder:
    """The shipped cross-encoder, trained on career guides and questions about them."""

    def __init__(self, layers: TrainedLayers) -> None:
        self._layers = layers
        self.name = layers.name

    def prepare(self) -> None:
        """Open what reading takes, if it is not open yet. Raises `EmbedderError`."""
        self._layers.prepare()

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        """[texts]."""
        return self._layers.run([(query, text) for text in texts])
