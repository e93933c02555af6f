from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.evaluation.disagreeing import Matter, disagreements
from index.embedder import HashEncoder, open_encoder
from index.reading import read_folder
from index.search import Index
from index.store import build_index, open_index, sources_of

DATA = Path(__file__).parents[2] / "data"
SETS = (DATA / "disagreements", DATA / "disagreements_planted")
EXPECTED = {folder.name: json.loads((folder / "expected.json").read_text("utf-8")) for folder in SETS}
PLANTED = [(folder, *pair) for folder, told in EXPECTED.items() for pair in told["planted"]]
NONE = [(folder, *pair) for folder, told in EXPECTED.items() for pair in told["none"]]


def indexed(folder: Path, store: Path) -> Index:
    """The guides of a folder, indexed by meaning."""
    encoder, sources = open_encoder(), sources_of(folder)
    build_index(read_folder(folder), sources, store, encoder)
    return open_index(store, encoder, sources)


Found = dict[str, set[frozenset[str]]]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Found:
    """What is told to disagree in the guides that were written for it, by folder."""
    told = {folder.name: disagreements(indexed(folder, tmp_path_factory.mktemp("store"))) for folder in SETS}
    assert all(pair.one.path != pair.other.path for pairs in told.values() for pair in pairs)
    return {name: {frozenset((pair.one.stated, pair.other.stated)) for pair in pairs} for name, pairs in told.items()}


@pytest.mark.parametrize(("folder", "one", "other", "about"), PLANTED)
def test_a_planted_disagreement_is_found(found: Found, folder: str, one: str, other: str, about: str) -> None:
    assert frozenset((one, other)) in found[folder], about


@pytest.mark.parametrize(("folder", "one", "other", "why"), NONE)
def test_what_something_tells_apart_is_no_disagreement(
    found: Found, folder: str, one: str, other: str, why: str
) -> None:
    assert frozenset((one, other)) not in found[folder], why


@pytest.mark.parametrize("folder", EXPECTED)
def test_nothing_else_is_told(found: Found, folder: str) -> None:
    assert found[folder] == {frozenset(pair[:2]) for pair in EXPECTED[folder]["planted"]}


def test_the_shipped_guides_disagree_as_their_readme_tells(shipped: Index) -> None:
    told = {(pair.matter, frozenset((pair.one.path, pair.other.path))) for pair in disagreements(shipped)}
    both = frozenset(("clinical-coder-roadmap.md", "clinical-coding-specialist.md"))
    assert {(matter, both) for matter in Matter} <= told


@pytest.mark.parametrize(
    ("career", "figures"),
    [
        ("arborist", [("£26,000 to £34,000", "£31,500 to £38,000 a year")]),
        ("piano-tuner", [("three years", "eighteen months"), ("€120", "€95")]),
    ],
)
def test_other_guides_that_were_made_to_disagree_do(
    career: str, figures: list[tuple[str, str]], tmp_path: Path
) -> None:
    told = disagreements(indexed(DATA / "careers" / career, tmp_path))
    assert [{pair.one.stated, pair.other.stated} for pair in told] == [set(pair) for pair in figures]


def test_rows_about_different_things_never_disagree(tmp_path: Path) -> None:
    encoder = HashEncoder()
    table = "# Jobs\n\n## Pay\n\n| Job | What it is | Pay |\n| --- | --- | --- |\n"
    (tmp_path / "a.md").write_text(f"{table}| Roofer | builds roofs of houses | £30,000 |\n", "utf-8")
    (tmp_path / "b.md").write_text(f"{table}| Mason | builds walls of houses | £40,000 |\n", "utf-8")
    (tmp_path / "c.md").write_text(f"{table}| Roofer | builds roofs of houses | £50,000 |\n", "utf-8")
    build_index(read_folder(tmp_path), sources_of(tmp_path), tmp_path / ".store", encoder)
    told = disagreements(open_index(tmp_path / ".store", encoder), 0.3)
    assert [(pair.one.path, pair.other.path) for pair in told] == [("a.md", "c.md")]
