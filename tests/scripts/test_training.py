"""The training data quotes to the letter, guides are held out whole, and quantising changes little."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
from numpy.typing import NDArray

from index.reading import read_folder
from scripts.training.data import GUIDES, Example, guide_names, load_examples
from scripts.training.groups import Group, read_groups, write_groups
from scripts.training.measures import Read, figures
from scripts.training.quantising import Evened, even_out, quantise, unquantised
from scripts.training.train_reranker import apart, known, rows, with_null

Array = NDArray[np.float32]


@pytest.fixture(scope="module")
def examples() -> list[Example]:
    return list(load_examples())


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {guide.path: guide.text for guide in read_folder(GUIDES).guides}


def test_each_quote_stands_at_its_offsets(examples: list[Example], texts: dict[str, str]) -> None:
    places = [(e.guide, place) for e in examples if e.guide in texts for place in e.right + e.near]
    assert len(places) > 1000
    assert [quote for guide, (start, end, quote) in places if texts[guide][start:end] != quote] == []


def test_each_invented_guide_has_questions(texts: dict[str, str]) -> None:
    assert texts.keys() <= guide_names()


def test_some_guides_are_held_out_whole(examples: list[Example], texts: dict[str, str]) -> None:
    held_out = {e.guide for e in examples if e.held_out}
    assert held_out
    assert not held_out & {e.guide for e in examples if not e.held_out}
    assert held_out & texts.keys()


def test_groups_come_back_as_they_were_written(tmp_path: Path) -> None:
    group = Group("how long?", "baker.md", "figure", True, ("two years",), (), ("an oven", "flour"), near=1, rank=None)
    assert write_groups([group], tmp_path / "groups.jsonl") == 1
    assert list(read_groups(tmp_path / "groups.jsonl")) == [group]


def test_measures_of_a_reader_that_is_right_once_of_twice() -> None:
    read = [
        Read(np.array(logits, dtype=np.float32), right)
        for logits, right in (([2, 1], 1), ([1, 3, 0], 1), ([-1, -2], 0))
    ]
    found = figures(read)
    assert (found.hit1, found.hit2, found.auroc, found.refused, found.lost_at_0) == (0.5, 1.0, 1.0, 1.0, 0.0)


def test_a_net_that_was_evened_out_gives_what_it_gave() -> None:
    net = torch.nn.Sequential(torch.nn.Linear(6, 4), torch.nn.Tanh(), torch.nn.Linear(4, 2)).eval()
    inputs = torch.randn(3, 5, 6) * torch.tensor([1, 1, 50, 1, 0, 1.0])
    with torch.no_grad():
        expected = net(inputs)
        even_out(net, [lambda: net(inputs)])
        assert isinstance(net[0], Evened)
        assert torch.allclose(net(inputs), expected, atol=1e-5)


@pytest.mark.filterwarnings("ignore:.*:DeprecationWarning")
def test_a_row_is_read_the_same_in_any_company_and_nearly_as_the_net_reads_it(tmp_path: Path) -> None:
    # No squashing in between: where a large sum is near 0, a sign would turn on a rounding, and "nearly" mean nothing.
    torch.manual_seed(0)
    net = torch.nn.Sequential(torch.nn.Linear(32, 16), torch.nn.Linear(16, 8)).eval()
    inputs = torch.randn(4, 32) * torch.tensor([1, 10, 100, 1000])[:, None]
    expected = net(inputs).detach().numpy()
    even_out(net, [lambda: net(inputs)])
    read = reader(net, inputs, tmp_path)
    together = read(inputs.numpy())
    alone = np.concatenate([read(row[None]) for row in inputs.numpy()])
    assert np.allclose(together, alone, rtol=1e-5)
    assert (np.abs(together - expected).max(axis=1) < 0.15 * np.abs(expected).max(axis=1)).all()


@pytest.mark.filterwarnings("ignore:.*:DeprecationWarning")
def test_a_training_can_go_on_from_the_integers_that_ship(tmp_path: Path) -> None:
    torch.manual_seed(0)
    net = torch.nn.Sequential(torch.nn.Linear(32, 16), torch.nn.Linear(16, 8)).eval()
    inputs = torch.randn(64, 32) * torch.tensor([1.0] * 31 + [40.0])
    weights = {name: value.clone() for name, value in net.state_dict().items()}
    even_out(net, [lambda: net(inputs)])
    reader(net, inputs, tmp_path)
    found = unquantised(tmp_path / "small.onnx")
    assert found.keys() == weights.keys()
    assert all(torch.allclose(found[name], weights[name], atol=0.01) for name in weights)


def test_a_net_is_least_apart_from_what_it_says_itself() -> None:
    present = torch.tensor([[True, True, True], [True, True, False]])
    said = rows(torch.tensor([2.0, -1.0, 0.5, -3.0, -2.0]), present)
    likely = torch.softmax(with_null(said), 1), torch.sigmoid(said)
    least = apart(said, present, *likely)
    assert all(apart(said + shift * present, present, *likely) > least for shift in (-0.5, 0.5))


def test_a_text_that_is_not_there_counts_for_nothing() -> None:
    two = torch.tensor([[True, True]])
    three = torch.tensor([[True, True, False]])
    logits = torch.tensor([1.0, -1.0])
    one, other = (
        apart(rows(logits, present), present, *known(torch.tensor([True]), present)) for present in (two, three)
    )
    assert torch.isclose(one, other)


def reader(net: torch.nn.Module, inputs: torch.Tensor, folder: Path) -> Callable[[Array], Array]:
    exact, small = folder / "exact.onnx", folder / "small.onnx"
    axes = {"in": {0: "rows"}, "out": {0: "rows"}}
    torch.onnx.export(
        net, (inputs,), str(exact), dynamo=False, input_names=["in"], output_names=["out"], dynamic_axes=axes
    )
    quantise(exact, small)
    session = onnxruntime.InferenceSession(str(small), providers=["CPUExecutionProvider"])
    return lambda rows: np.asarray(session.run(None, {"in": rows})[0])
