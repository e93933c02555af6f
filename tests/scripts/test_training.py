"""The training data quotes to the letter, guides are held out whole, and quantising changes little."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.reading import read_folder
from scripts.training.data import GUIDES, Example, guide_names, load_examples
from scripts.training.groups import Group, read_groups, write_groups
from scripts.training.measures import Read, figures

torch = pytest.importorskip("torch")


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
    assert not held_out & texts.keys()


def test_groups_come_back_as_they_were_written(tmp_path: Path) -> None:
    group = Group("how long?", "baker.md", "figure", True, ("two years",), (), ("an oven", "flour"), near=1, rank=None)
    assert write_groups([group], tmp_path / "groups.jsonl") == 1
    assert list(read_groups(tmp_path / "groups.jsonl")) == [group]


def test_measures_of_a_reader_that_is_right_once_of_twice() -> None:
    read = [Read(np.array([2.0, 1.0]), 1), Read(np.array([1.0, 3.0, 0.0]), 1), Read(np.array([-1.0, -2.0]), 0)]
    found = figures(read)
    assert (found.hit1, found.hit2, found.auroc, found.refused, found.lost_at_0) == (0.5, 1.0, 1.0, 1.0, 0.0)


def test_a_net_that_was_evened_out_gives_what_it_gave() -> None:
    from scripts.training.quantising import Evened, even_out

    net = torch.nn.Sequential(torch.nn.Linear(6, 4), torch.nn.Tanh(), torch.nn.Linear(4, 2)).eval()
    inputs = torch.randn(3, 5, 6) * torch.tensor([1, 1, 50, 1, 0, 1.0])
    with torch.no_grad():
        expected = net(inputs)
        even_out(net, [lambda: net(inputs)])
        assert isinstance(net[0], Evened)
        assert torch.allclose(net(inputs), expected, atol=1e-5)


@pytest.mark.filterwarnings("ignore:.*:DeprecationWarning")
def test_a_row_is_read_the_same_in_any_company(tmp_path: Path) -> None:
    import onnxruntime

    from scripts.training.quantising import even_out, quantise

    net = torch.nn.Sequential(torch.nn.Linear(32, 16), torch.nn.Tanh(), torch.nn.Linear(16, 8)).eval()
    inputs = torch.randn(4, 32) * torch.tensor([1, 10, 100, 1000])[:, None]
    even_out(net, [lambda: net(inputs)])
    exact, small = tmp_path / "exact.onnx", tmp_path / "small.onnx"
    axes = {"in": {0: "rows"}, "out": {0: "rows"}}
    torch.onnx.export(
        net, (inputs,), str(exact), dynamo=False, input_names=["in"], output_names=["out"], dynamic_axes=axes
    )
    quantise(exact, small)
    session = onnxruntime.InferenceSession(str(small), providers=["CPUExecutionProvider"])
    together = session.run(None, {"in": inputs.numpy()})[0]
    alone = np.concatenate([session.run(None, {"in": row[None]})[0] for row in inputs.numpy()])
    assert np.allclose(together, alone, atol=1e-5)
    assert np.abs(together - net(inputs).detach().numpy()).max() < 0.1
