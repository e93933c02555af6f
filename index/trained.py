"""Transformer layers that were trained for this project, run over the word embeddings of the installed model.

All-MiniLM-L6-v2 is installed anyway, and its word embeddings (half of its weights) were left as they are in training. So
what ships here is the layers alone, in 8-bit integers, as ONNX; each file is checked by its sha256 when it is opened.
`scripts/training/` makes them and says how.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, cached_property, lru_cache
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .embedder import READABLE, REINSTALL, check_file, open_session, open_tokenizer, usable_threads
from .errors import EmbedderError

QUERY_ENCODER = Path(__file__).parent / "query_encoder.onnx"
QUERY_ENCODER_SHA256 = "158e44a960a117448cee9b5f675375a9bb8b7fd45df7d8abbcd3df5a19e3cbc7"
LONGEST_QUERY = 128
"""Tokens."""
Input = str | tuple[str, str]
"""A text, or two that are read together."""
PIECE = 4
"""Texts that one thread reads at a time: few, and of like length, so that little is padded and all cores have work."""
_EPSILON = 1e-12
_REINSTALL = "Install career-path-advisor again; in a checkout, run: git restore index"


class Embeddings(NamedTuple):
    """What a token becomes before the first layer; each row, and `scale` and `shift`, of the model's dimension."""

    words: NDArray[np.float32]
    places: NDArray[np.float32]
    kinds: NDArray[np.float32]
    scale: NDArray[np.float32]
    shift: NDArray[np.float32]


_NAMES = (
    "word_embeddings.weight",
    "position_embeddings.weight",
    "token_type_embeddings.weight",
    "LayerNorm.weight",
    "LayerNorm.bias",
)
"""Of the embeddings in the weights, in the order of `Embeddings`."""


def check_layers(path: Path, sha256: str) -> None:
    """Raise `EmbedderError` if a file of trained layers is missing or not the one that ships."""
    check_file(path, sha256, "career-path-advisor", _REINSTALL)


class TrainedLayers:
    """One ONNX file of layers, over the embeddings in the folder of the installed model."""

    def __init__(self, model: Path, layers: Path, sha256: str, longest: int) -> None:
        self._model = model
        self._layers = layers
        self._sha256 = sha256
        self._longest = longest
        self._opening = Lock()
        self.name = f"{layers.stem}@{sha256[:12]}"

    def prepare(self) -> None:
        """Open what running takes. Raises `EmbedderError`; running opens it as well, where this was not asked before."""
        with self._opening:
            _ = self._session, self._tokenizer, self._embeddings

    def run(self, inputs: Sequence[Input]) -> NDArray[np.float32]:
        """[inputs, …] What the layers give for each, the longest read first."""
        self.prepare()
        encoded = self._tokenizer.encode_batch([_readable(text) for text in inputs])
        order = sorted(range(len(encoded)), key=lambda i: len(encoded[i].ids), reverse=True)
        pieces = [[encoded[i] for i in order[start : start + PIECE]] for start in range(0, len(order), PIECE)]
        outputs = _readers().map(self._run, pieces) if len(pieces) > 1 else map(self._run, pieces)
        rows = dict(zip(order, chain.from_iterable(outputs), strict=True))
        return np.asarray([rows[i] for i in range(len(rows))], dtype=np.float32)

    def _run(self, encoded: Sequence[Any]) -> NDArray[np.float32]:
        lengths = np.array([len(one.ids) for one in encoded])
        mask = np.arange(lengths.max()) < lengths[:, None]
        embedded = np.zeros((*mask.shape, self._embeddings.words.shape[1]), dtype=np.float32)
        for row, one in enumerate(encoded):
            embedded[row, : len(one.ids)] = self._embed(one.ids, one.type_ids)
        outputs: list[NDArray[np.float32]] = self._session.run(
            None, {"embedded": embedded, "mask": mask.astype(np.float32)}
        )
        return outputs[0]

    def _embed(self, ids: Sequence[int], types: Sequence[int]) -> NDArray[np.float32]:
        """[tokens, dimension] Words, places and text numbers added up and normalised, as BERT does."""
        words, places, kinds, scale, shift = self._embeddings
        total = words[np.asarray(ids)] + places[: len(ids)] + kinds[np.asarray(types)]
        centred = total - total.mean(axis=1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=1, keepdims=True) + _EPSILON)
        return np.asarray(centred / spread * scale + shift, dtype=np.float32)

    @cached_property
    def _embeddings(self) -> Embeddings:
        return _embeddings(self._model)

    @cached_property
    def _session(self) -> Any:
        check_layers(self._layers, self._sha256)
        return open_session(self._layers, spinning=False, threads=1)

    @cached_property
    def _tokenizer(self) -> Any:
        return _tokenizer(self._model, self._longest)


@cache
def _readers() -> ThreadPoolExecutor:
    """Threads that read a piece each, shared by all who ask: less is lost than where the threads share each product."""
    return ThreadPoolExecutor(usable_threads(), thread_name_prefix="reader")


@lru_cache(maxsize=2)
def _embeddings(model: Path) -> Embeddings:
    """The embeddings in the folder of the installed model, shared by all layers that run over them.

    They are mapped: of half of the weights, a question touches the rows of its words.
    """
    from safetensors import SafetensorError, safe_open

    path = model / "model.safetensors"
    try:
        with safe_open(path, "numpy"):  # which tells a file that is cut off
            return Embeddings(*_mapped(path, [f"embeddings.{name}" for name in _NAMES]))
    except (OSError, SafetensorError) as error:
        raise EmbedderError(f"The weights of all-MiniLM-L6-v2 cannot be read ({error}). {REINSTALL}") from error


def _mapped(path: Path, names: Sequence[str]) -> Iterator[NDArray[np.float32]]:
    """Tensors of a whole safetensors file, in place: its header, in JSON behind its own length, tells where each stands."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        header = json.loads(file.read(length))
    content = np.asarray(np.memmap(path, dtype=np.uint8, mode="r", offset=8 + length))
    for name in names:
        start, end = header[name]["data_offsets"]
        yield content[start:end].view(np.float32).reshape(header[name]["shape"])


@lru_cache(maxsize=2)
def _tokenizer(model: Path, longest: int) -> Any:
    """The model's tokenizer, shared by all layers that read as many tokens."""
    return open_tokenizer(model, longest)


def _readable(text: Input) -> Input:
    """Cut to what is read, without halves of surrogate pairs."""
    if isinstance(text, str):
        return text[:READABLE].encode("utf-8", "replace").decode("utf-8")
    first, second = text
    return str(_readable(first)), str(_readable(second))


@lru_cache(maxsize=2)
def open_query_encoder(model: Path) -> TrainedLayers:
    """What encodes questions for vectors of the installed model: [384], of unit length; one for all who ask."""
    return TrainedLayers(model, QUERY_ENCODER, QUERY_ENCODER_SHA256, LONGEST_QUERY)
