"""What a build leaves in a folder, and what opening it gives."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index import chroma
from index.embedder import HashEncoder
from index.errors import IndexBusy, IndexMismatch, IndexMissing, IndexStale, IndexStoreError
from index.guide import Guide, Library
from index.reading import read_folder
from index.store import BuildReport, build_index, open_index, sources_of, writing

Build = Callable[..., BuildReport]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def build(corpus: Path, store: Path, encoder: HashEncoder) -> Build:
    def run(**chosen: Any) -> BuildReport:
        return build_index(read_folder(corpus), sources_of(corpus), store, encoder, **chosen)

    return run


def entries(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def current(store: Path) -> Path:
    return store / (store / "CURRENT").read_text("utf-8").split()[0]


def test_what_is_opened_is_what_was_read(build: Build, library: Library, store: Path, encoder: HashEncoder) -> None:
    report = build()
    index = open_index(store, encoder)
    assert tuple(index.guides.values()) == library.guides
    assert index.passages == tuple(p for guide in library.guides for p in guide.passages)
    assert (report.guides, report.passages, report.units) == (2, len(index.passages), len(index.units))
    assert all(0 <= unit.span.start < unit.span.end for unit in index.units)
    assert index.vectors.shape == (len(index.passages), encoder.dimension)
    assert index.unit_vectors.shape == (len(index.units), encoder.dimension)
    assert index.word_vectors.shape == (len(index.terms.stems), encoder.dimension)


def test_units_lie_inside_their_passages_in_order(build: Build, store: Path, encoder: HashEncoder) -> None:
    build()
    index = open_index(store, encoder)
    for unit in index.units:
        passage = index.passages[unit.passage]
        assert passage.start <= unit.span.start < unit.span.end <= passage.end
    assert [unit.passage for unit in index.units] == sorted(unit.passage for unit in index.units)


def test_a_second_build_of_the_same_guides_does_nothing(build: Build, store: Path) -> None:
    build()
    before = (store / "CURRENT").read_text("utf-8")
    report = build()
    assert report.unchanged
    assert report.embedded == 0
    assert (store / "CURRENT").read_text("utf-8") == before


def test_adding_a_guide_embeds_only_what_is_new(build: Build, corpus: Path, pilots: str) -> None:
    first = build()
    (corpus / "pilots.md").write_text(pilots, "utf-8")
    second = build()
    assert second.reused == first.embedded
    assert 0 < second.embedded < first.embedded
    assert second.passages > first.passages


def test_an_updated_index_equals_one_built_at_once(
    build: Build, corpus: Path, store: Path, encoder: HashEncoder, tmp_path: Path, pilots: str
) -> None:
    build()
    (corpus / "pilots.md").write_text(pilots, "utf-8")
    (corpus / "cooks.md").unlink()
    build()
    fresh = tmp_path / "fresh"
    build_index(read_folder(corpus), sources_of(corpus), fresh, encoder)
    updated, at_once = open_index(store, encoder), open_index(fresh, encoder)
    assert updated.passages == at_once.passages
    assert np.array_equal(updated.vectors, at_once.vectors)
    assert np.array_equal(updated.unit_vectors, at_once.unit_vectors)
    for query in ("pay of bakers", "licence", "kitchen"):
        assert updated.search(query) == at_once.search(query)


def test_a_removed_guide_is_gone_from_every_file_of_the_new_generation(build: Build, corpus: Path, store: Path) -> None:
    build()
    (corpus / "cooks.md").unlink()
    build()
    held = [path.read_bytes() for path in current(store).rglob("*") if path.is_file()]
    assert not any(b"food safety" in content for content in held)


def test_a_changed_title_reaches_chroma(build: Build, corpus: Path, store: Path) -> None:
    build()
    path = corpus / "cooks.md"
    path.write_text(path.read_text("utf-8").replace("title: Cooks", "title: Chefs"), "utf-8")
    build()
    told = {entry["title"] for entry in chroma.entries_of(current(store)).metadatas}
    assert told == {"Bakers", "Chefs"}
    for _ in chroma.run("verify", current(store)):
        pass


def test_one_generation_before_the_current_is_kept(build: Build, corpus: Path, store: Path) -> None:
    for count in range(4):
        (corpus / f"note{count}.md").write_text(f"# Note {count}\n\nThere are {count} notes.\n", "utf-8")
        build()
    assert entries(store) == {".lock", "CURRENT", "g000003", "g000004"}


def test_a_folder_of_somebody_else_s_is_left_alone(build: Build, store: Path) -> None:
    kept = [store / name / "diary.txt" for name in ("g2024", "g7", "g000099", "gallery")]
    for path in kept:
        path.parent.mkdir(parents=True)
        path.write_text("mine", "utf-8")
    for _ in range(4):
        build(rebuild=True)
    assert [path.read_text("utf-8") for path in kept] == ["mine"] * 4
    assert len([name for name in entries(store) if (store / name / "manifest.json").is_file()]) == 2


def test_rebuild_embeds_everything_again(build: Build, store: Path) -> None:
    first = build()
    again = build(rebuild=True)
    assert (again.embedded, again.reused) == (first.embedded, 0)
    assert entries(store) == {".lock", "CURRENT", "g000001", "g000002"}


def test_another_embedder_is_told_and_then_rebuilds(
    build: Build, corpus: Path, store: Path, encoder: HashEncoder
) -> None:
    build()
    other = HashEncoder(dimension=32, name="other")
    with pytest.raises(IndexMismatch, match=r"built with the embedder hash@64, not other@32.*--rebuild"):
        open_index(store, other)
    build_index(read_folder(corpus), sources_of(corpus), store, other)
    assert open_index(store, other).vectors.shape[1] == 32
    with pytest.raises(IndexMismatch):
        open_index(store, encoder)


def test_changed_guides_are_told_by_name(build: Build, corpus: Path, store: Path, encoder: HashEncoder) -> None:
    build()
    (corpus / "cooks.md").unlink()
    (corpus / "bakers.md").write_text("# Bakers\n\nBakers bake.\n", "utf-8")
    (corpus / "pilots.md").write_text("# Pilots\n\nPilots fly.\n", "utf-8")
    with pytest.raises(IndexStale, match=r"new: pilots\.md; changed: bakers\.md; removed: cooks\.md.*advisor index"):
        open_index(store, encoder, sources_of(corpus))
    assert open_index(store, encoder).guides.keys() == {"bakers", "cooks"}


def test_opening_where_nothing_was_built_creates_nothing(tmp_path: Path, encoder: HashEncoder) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for place in (empty, tmp_path / "absent"):
        with pytest.raises(IndexMissing, match="advisor index"):
            open_index(place, encoder)
    assert not entries(empty)
    assert not (tmp_path / "absent").exists()


def test_opening_changes_no_file(build: Build, store: Path, encoder: HashEncoder) -> None:
    build()
    before = {path: path.read_bytes() for path in store.rglob("*") if path.is_file()}
    for exact_up_to in (0, 1000):
        assert open_index(store, encoder, exact_up_to=exact_up_to).search("bread")
    assert {path: path.read_bytes() for path in store.rglob("*") if path.is_file()} == before


def test_two_builds_at_once_are_refused(build: Build, store: Path) -> None:
    with writing(store), pytest.raises(IndexBusy, match="Another process is building"):
        build()
    assert not build().unchanged


def test_a_store_that_is_a_file_is_told(tmp_path: Path, library: Library, encoder: HashEncoder) -> None:
    place = tmp_path / "file"
    place.write_text("not a folder", "utf-8")
    with pytest.raises(IndexStoreError, match=r"is not a folder.*--store"):
        build_index(library, {}, place, encoder)


def test_guides_without_passages_can_be_indexed_and_searched(store: Path, encoder: HashEncoder) -> None:
    empty = Guide("empty", "empty.md", "Empty", "", (), ())
    build_index(Library((empty,)), {"empty.md": "0"}, store, encoder)
    index = open_index(store, encoder)
    assert index.guides == {"empty": empty}
    assert index.search("anything") == []
    assert open_index(store, encoder, exact_up_to=-1).search("anything") == []


def test_a_folder_beside_the_reader_cannot_change_the_build(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, store: Path, encoder: HashEncoder
) -> None:
    here = tmp_path / "here"
    (here / "index").mkdir(parents=True)
    (here / "index" / "__init__.py").write_text("raise RuntimeError('the wrong package')", "utf-8")
    (here / ".env").write_text("CHROMA_SERVER_HOST=example.org\nIS_PERSISTENT=FALSE\n", "utf-8")
    monkeypatch.chdir(here)
    monkeypatch.setenv("IS_PERSISTENT", "FALSE")
    build()
    assert open_index(store, encoder).search("bread")


def test_a_query_of_an_open_index_loads_neither_chroma_nor_torch_nor_langchain(build: Build, store: Path) -> None:
    build()
    script = (
        "import sys; from index.store import open_index; from index.embedder import HashEncoder;"
        f"assert open_index({str(store)!r}, HashEncoder()).search('pay of bakers');"
        "print(sorted({m.partition('.')[0] for m in sys.modules}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    loaded = set(json.loads(done.stdout.replace("'", '"')))
    assert not loaded & {
        "chromadb",
        "langchain_core",
        "torch",
        "transformers",
        "sentence_transformers",
        "bm25s",
        "scipy",
    }


def test_progress_counts_up_to_the_whole(corpus: Path, store: Path, encoder: HashEncoder) -> None:
    told: list[tuple[str, int, int]] = []
    build_index(read_folder(corpus), sources_of(corpus), store, encoder, told=lambda *step: told.append(step))
    last = {what: (done, of) for what, done, of in told}
    assert {"embedding passages", "embedding units", "embedding words", "storing passages"} == set(last)
    assert all(done == of for done, of in last.values())


def test_warnings_start_empty(build: Build, store: Path, encoder: HashEncoder) -> None:
    build()
    index = open_index(store, encoder)
    assert index.warnings == ()
    assert replace(index, warnings=("a",)).warnings == ("a",)
