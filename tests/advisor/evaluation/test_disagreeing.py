from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.evaluation.disagreeing import disagreements
from index.embedder import HashEncoder, open_encoder
from index.reading import read_folder
from index.search import Index
from index.store import build_index, open_index, sources_of

DATA = Path(__file__).parents[2] / "data"
PLANTED = DATA / "disagreements"
EXPECTED = json.loads((PLANTED / "expected.json").read_text("utf-8"))


def indexed(folder: Path, store: Path) -> Index:
    """The guides of a folder, indexed by meaning."""
    encoder, sources = open_encoder(), sources_of(folder)
    build_index(read_folder(folder), sources, store, encoder)
    return open_index(store, encoder, sources)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> set[frozenset[str]]:
    """Which figures are told to disagree in the guides that were written for it."""
    told = disagreements(indexed(PLANTED, tmp_path_factory.mktemp("store")))
    assert all(pair.one.path != pair.other.path for pair in told)
    return {frozenset((pair.one.figure, pair.other.figure)) for pair in told}


@pytest.mark.parametrize(("one", "other", "about"), EXPECTED["planted"])
def test_a_planted_disagreement_is_found(found: set[frozenset[str]], one: str, other: str, about: str) -> None:
    assert frozenset((one, other)) in found, about


@pytest.mark.parametrize(("one", "other", "why"), EXPECTED["none"])
def test_figures_on_different_things_do_not_disagree(
    found: set[frozenset[str]], one: str, other: str, why: str
) -> None:
    assert frozenset((one, other)) not in found, why


def test_nothing_else_is_told(found: set[frozenset[str]]) -> None:
    assert len(found) == len(EXPECTED["planted"])


@pytest.mark.parametrize(
    ("career", "figures"),
    [
        ("arborist", ("£26,000 to £34,000", "£31,500 to £38,000 a year")),
        ("piano-tuner", ("three years", "eighteen months")),
    ],
)
def test_other_guides_that_were_made_to_disagree_do(career: str, figures: tuple[str, str], tmp_path: Path) -> None:
    told = disagreements(indexed(DATA / "careers" / career, tmp_path))
    assert [{pair.one.figure, pair.other.figure} for pair in told] == [set(figures)]


def test_rows_about_different_things_never_disagree(tmp_path: Path) -> None:
    encoder = HashEncoder()
    table = "# Jobs\n\n## Pay\n\n| Job | What it is | Pay |\n| --- | --- | --- |\n"
    (tmp_path / "a.md").write_text(f"{table}| Roofer | builds roofs of houses | £30,000 |\n", "utf-8")
    (tmp_path / "b.md").write_text(f"{table}| Mason | builds walls of houses | £40,000 |\n", "utf-8")
    (tmp_path / "c.md").write_text(f"{table}| Roofer | builds roofs of houses | £50,000 |\n", "utf-8")
    build_index(read_folder(tmp_path), sources_of(tmp_path), tmp_path / ".store", encoder)
    told = disagreements(open_index(tmp_path / ".store", encoder), 0.3)
    assert [(pair.one.path, pair.other.path) for pair in told] == [("a.md", "c.md")]
