"""One contract for every way to search: exactly, by a Chroma folder, by a Chroma server."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.chroma import ChromaSearch
from index.embedder import HashEncoder
from index.guide import Guide, Library
from index.reading import read_folder
from index.search import LEAST_LIKELY, ExactSearch, Index, best_of, scaled
from index.store import build_index, open_index

WAYS = ("exact", "chroma in a folder", "chroma on a server")
Open = Callable[[Library], Index]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Three hundred passages, more than Chroma is asked for, in ten guides."""
    folder = tmp_path_factory.mktemp("many")
    trades = "baker cook pilot welder nurse tuner diver miller glazier roofer".split()
    things = "bread soup flights seams wards pianos reefs grain panes slates".split()
    for i, trade in enumerate(trades):
        body = "\n\n".join(
            f"A {trade} in year {year} earns {year * 100 + i} for {things[(i + year) % 10]}, a task of kind {year * i % 7}."
            for year in range(30)
        )
        (folder / f"{trade}.md").write_text(f"# {trade.title()}\n\n{body}\n", "utf-8")
    return read_folder(folder)


@pytest.fixture(scope="module")
def opening(tmp_path_factory: pytest.TempPathFactory, chroma_server: str) -> Callable[[str], Open]:
    def way(name: str) -> Open:
        def opened(library: Library) -> Index:
            server = name == "chroma on a server"
            store = f"{chroma_server}/{uuid.uuid4().hex}" if server else tmp_path_factory.mktemp("search")
            build_index(library, {}, store, HashEncoder())
            return open_index(store, HashEncoder(), exact_up_to=-1 if name != "exact" else 1000)

        return opened

    return way


@pytest.fixture(scope="module", params=WAYS)
def way(request: pytest.FixtureRequest, opening: Callable[[str], Open]) -> Open:
    return opening(request.param)


@pytest.fixture(scope="module")
def index(way: Open, many: Library) -> Index:
    return way(many)


@pytest.fixture(scope="module")
def measure(opening: Callable[[str], Open], many: Library) -> Index:
    return opening("exact")(many)


def test_each_way_is_the_one_it_is_called(
    opening: Callable[[str], Open], measure: Index, index: Index, request: pytest.FixtureRequest
) -> None:
    exact = request.node.callspec.params["way"] == "exact"
    assert isinstance(index.search_dense, ExactSearch if exact else ChromaSearch)


@pytest.mark.parametrize(
    "query",
    [
        "how much does a baker earn for bread",
        "pilot flights in year 12",
        "2503",
        "reefs or slates",
        "zyzzyva quux",
        "a task of the unknown zyzzyva kind",
        "baker \ud83d \x00",
    ],
)
def test_the_best_hits_are_those_of_an_exact_search(index: Index, measure: Index, query: str) -> None:
    found, expected = index.search(query, 10), measure.search(query, 10)
    assert np.allclose([hit.score for hit in found], [hit.score for hit in expected], atol=1e-4)
    assert [hit.text for hit in found] == [hit.text for hit in expected]
    assert all(hit.guide.text[hit.passage.start : hit.passage.end] == hit.text for hit in found)


@pytest.mark.parametrize("query", ["", " ", "\n\t"])
def test_an_empty_query_finds_nothing(index: Index, query: str) -> None:
    assert index.search(query) == []


def test_more_than_there_is_gives_all_there_is_once(index: Index) -> None:
    found = index.search("baker", 10**6)
    assert len({(hit.guide.id, hit.passage.start) for hit in found}) == len(found) == len(index.passages) == 300
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)


@pytest.mark.parametrize("k", [0, -1])
def test_no_hits_asked_for_are_no_hits(index: Index, k: int) -> None:
    assert index.search("baker", k) == []


def test_a_very_long_query_is_searched(index: Index, measure: Index) -> None:
    query = ("What does a welder earn for panes? " * 4000)[:100_000]
    assert [hit.text for hit in index.search(query)] == [hit.text for hit in measure.search(query)]


def test_an_index_without_passages_finds_nothing(way: Open) -> None:
    empty = way(Library((Guide("empty", "empty.md", "Empty", "", (), ()),)))
    assert empty.search("anything") == []
    assert empty.scores("anything").total.shape == (0,)


def test_a_hit_is_told_as_json(index: Index) -> None:
    [hit] = index.search("What does a glazier earn in year 7?", 1)
    told = hit.to_json()
    assert set(told) == {"guide", "section", "path", "start", "end", "text", "score"}
    assert (told["guide"], told["path"], told["section"]) == ("glazier", "glazier.md", [])
    assert re.fullmatch(r"A glazier in year 7 earns 708 .*\.", told["text"])
    assert index.guides["glazier"].text[told["start"] : told["end"]] == told["text"]


def test_the_guide_that_is_meant_is_the_likeliest(measure: Index) -> None:
    guide = measure.scores("What does a nurse earn in year 7?").guide
    assert list(measure.guides)[int(guide.argmax())] == "nurse"
    assert guide.max() <= 0
    assert guide.min() >= LEAST_LIKELY
    assert np.exp(guide.astype(float)).sum() <= 1 + len(guide) * np.exp(LEAST_LIKELY) + 1e-5


def test_a_guide_known_to_be_meant_outweighs_the_words(measure: Index) -> None:
    guide = measure.scores("What does a nurse earn in year 7?", ["glazier"]).guide
    assert list(measure.guides)[int(guide.argmax())] == "glazier"


scores = st.lists(st.tuples(st.integers(0, 4), st.floats(0, 1, width=32)), min_size=1, max_size=30)


@given(scores, st.integers(1, 4))
def test_a_group_is_worth_its_best_together(pairs: list[tuple[int, float]], best: int) -> None:
    groups = np.array([group for group, _ in pairs], dtype=np.int32)
    values = np.array([value for _, value in pairs], dtype=np.float32)
    for group, found in enumerate(best_of(values, groups, best)):
        owned = sorted((value for owner, value in pairs if owner == group), reverse=True)
        assert found == pytest.approx(sum(owned[:best]), abs=1e-5)


@given(st.lists(st.floats(0, 1e6, width=32), max_size=20))
def test_scaled_values_reach_one_unless_all_are_nothing(values: list[float]) -> None:
    found = scaled(np.array(values, dtype=np.float32))
    assert len(found) == len(values)
    assert found.max(initial=0) <= 1
    if max(values, default=0) > 1e-6:
        assert found.max() == pytest.approx(1)


def test_an_index_is_built_in_the_order_of_its_guides(measure: Index) -> None:
    assert [p.guide for p in measure.passages] == sorted(p.guide for p in measure.passages)
    assert measure.guide_numbers.tolist() == [i for i in range(10) for _ in range(30)]
    assert len(measure.unit_starts) == len(measure.passages) + 1
    for i in (0, 17, 299):
        units = measure.units[measure.unit_starts[i] : measure.unit_starts[i + 1]]
        assert units
        assert {unit.passage for unit in units} == {i}
