"""Whatever happens to the files of an index: it answers as before, or says in a sentence what to do."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from index.embedder import HashEncoder
from index.errors import AdvisorError, IndexDamaged, IndexMismatch, IndexMissing, IndexStoreError
from index.store import open_index, sources_of
from tests.index.trial import CountingEncoder, added, answers, build, generations, largest_file, outcomes, started

REMEDY = re.compile(r"advisor index|with --store|Free some space|Allow reading it")
FLIPS = 24
"""Bits turned in each file, one at a time."""
Damage = Callable[[bytes], Iterator[bytes]]


def emptied(_content: bytes) -> Iterator[bytes]:
    yield b""


def halved(content: bytes) -> Iterator[bytes]:
    yield content[: len(content) // 2]


def shorter_by_a_byte(content: bytes) -> Iterator[bytes]:
    yield content[:-1]


def longer_by_a_byte(content: bytes) -> Iterator[bytes]:
    yield content + b"\0"


def with_a_bit_turned(content: bytes) -> Iterator[bytes]:
    """At places that are the same in every run."""
    chosen = random.Random(len(content))
    for _ in range(FLIPS if content else 0):
        place, bit = chosen.randrange(len(content)), chosen.randrange(8)
        yield content[:place] + bytes([content[place] ^ 1 << bit]) + content[place + 1 :]


def of_other_bytes(content: bytes) -> Iterator[bytes]:
    yield random.Random(0).randbytes(len(content))


DAMAGES: Sequence[Damage] = (
    emptied,
    halved,
    shorter_by_a_byte,
    longer_by_a_byte,
    with_a_bit_turned,
    of_other_bytes,
)


@pytest.fixture
def alone(store: Path) -> Path:
    """A store without the generation before the current one."""
    current = (store / "CURRENT").read_text("utf-8").splitlines()[0]
    (store / "CURRENT").write_text(f"{current}\n", "utf-8")
    shutil.rmtree(store / "g000001")
    return store


def spoilt(store: Path, part: str, damage: Damage) -> Iterator[str]:
    """The name of each file of a part of the store, while it is damaged in one way."""
    place = store / part
    for path in [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file()):
        whole = path.read_bytes()
        for content in damage(whole):
            if content != whole:
                path.write_bytes(content)
                yield path.relative_to(store).as_posix()
        path.write_bytes(whole)


def outcome(store: Path, model: CountingEncoder, **chosen: Any) -> str:
    """The answers that a person gets, or `told` with the sentence."""
    try:
        return answers(open_index(store, model, **chosen))
    except AdvisorError as error:
        sentence = str(error)
    assert REMEDY.search(sentence), sentence
    assert "\n" not in sentence
    return f"told: {sentence}"


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_told_or_changes_no_answer(
    alone: Path, model: CountingEncoder, expected: str, damage: Damage
) -> None:
    for part in ("g000002", "CURRENT"):
        for name in spoilt(alone, part, damage):
            found = outcome(alone, model)
            assert found == expected or found.startswith("told: "), name
            if "/chroma/" not in name and name != "CURRENT":
                assert Path(name).name in found
    assert outcome(alone, model) == expected


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_check_of_everything_finds_every_damage(alone: Path, model: CountingEncoder, damage: Damage) -> None:
    for name in spoilt(alone, "g000002", damage):
        with pytest.raises(IndexDamaged, match=rf"is damaged: .*{Path(name).name}.*advisor index --rebuild"):
            open_index(alone, model, verify=True)
        with pytest.raises(IndexDamaged, match=rf"is damaged: .*{Path(name).name}"):
            open_index(alone, model, exact_up_to=-1)


@pytest.mark.parametrize("damage", DAMAGES)
def test_the_index_before_a_damaged_one_answers_and_says_so(
    store: Path, two_guides: Path, model: CountingEncoder, expected: str, damage: Damage
) -> None:
    for name in spoilt(store, "g000002", damage):
        index = open_index(store, model, sources_of(two_guides))
        assert answers(index) == expected, name
        if "/chroma/" not in name:
            assert re.search(r"is damaged: .*advisor index --rebuild.* before it", index.warnings[0])
    for _name in spoilt(store, "CURRENT", damage):
        assert outcome(store, model).startswith(("told: ", expected))


def test_a_missing_file_is_told(alone: Path, model: CountingEncoder, tmp_path: Path) -> None:
    for path in sorted(path for path in alone.rglob("*") if path.name != ".lock"):
        aside = path.rename(tmp_path / "aside")
        with pytest.raises((IndexDamaged, IndexMissing), match="advisor index"):
            open_index(alone, model)
        aside.rename(path)


def test_a_folder_in_the_place_of_a_file_is_told(alone: Path, model: CountingEncoder, tmp_path: Path) -> None:
    for path in sorted(path for path in alone.rglob("*") if path.is_file() and path.name != ".lock"):
        aside = path.rename(tmp_path / "aside")
        path.mkdir()
        assert outcome(alone, model).startswith("told: ")
        path.rmdir()
        aside.rename(path)


def test_where_both_generations_are_damaged_the_current_one_is_told(store: Path, model: CountingEncoder) -> None:
    for name in ("g000001", "g000002"):
        (store / name / "units.npy").write_bytes(b"")
    with pytest.raises(IndexDamaged, match=r"units\.npy has the wrong length.*advisor index --rebuild"):
        open_index(store, model)


def test_the_index_before_does_not_answer_for_guides_that_it_does_not_hold(
    store: Path, two_guides: Path, model: CountingEncoder, tmp_path: Path, pilots: str
) -> None:
    corpus = added(two_guides, tmp_path / "three", pilots=pilots)
    build(corpus, store, model)
    (store / "g000003" / "units.npy").write_bytes(b"")
    with pytest.raises(IndexDamaged, match=r"units\.npy has the wrong length"):
        open_index(store, model, sources_of(corpus))


@pytest.mark.parametrize(
    ("name", "damage"),
    [("CURRENT", emptied), ("g000002/chroma/chroma.sqlite3", of_other_bytes)],
)
def test_a_build_mends_what_was_damaged(
    store: Path, two_guides: Path, model: CountingEncoder, expected: str, name: str, damage: Damage
) -> None:
    (store / name).write_bytes(next(damage((store / name).read_bytes())))
    assert not build(two_guides, store, model).unchanged
    index = open_index(store, model, sources_of(two_guides), verify=True)
    assert (answers(index), index.warnings) == (expected, ())
    assert generations(store) == {"CURRENT", index.generation}


def test_a_store_of_another_embedder_is_told(store: Path, model: CountingEncoder) -> None:
    with pytest.raises(IndexMismatch, match=r"all-MiniLM-L6-v2@.*not hash@64.*advisor index --rebuild"):
        open_index(store, HashEncoder())


@pytest.mark.parametrize("place", ["a file", "below a file"])
def test_a_store_that_is_no_folder_is_told(
    tmp_path: Path, two_guides: Path, model: CountingEncoder, place: str
) -> None:
    (tmp_path / "file").write_text("not a folder", "utf-8")
    store = tmp_path / "file" / ("" if place == "a file" else "store")
    for act in (lambda: open_index(store, model), lambda: build(two_guides, store, model)):
        with pytest.raises(IndexStoreError, match=r"is not a folder\. Choose another place with --store"):
            act()


def test_a_store_whose_name_is_too_long_is_told(two_guides: Path, model: CountingEncoder, tmp_path: Path) -> None:
    store = tmp_path / ("x" * 300)
    for act in (lambda: open_index(store, model), lambda: build(two_guides, store, model)):
        with pytest.raises(IndexStoreError, match=r"File name too long.*--store"):
            act()


def test_an_index_on_a_read_only_disk_answers_and_is_not_built(
    store: Path, two_guides: Path, model: CountingEncoder, expected: str, mounted: Callable[..., list[str]]
) -> None:
    before = mounted(store, "size=20m", then="remount,ro")
    opened, searched, built = outcomes(started(two_guides, store, "open", "chroma", "build", before=before))
    assert opened == {"answers": expected}
    assert searched["warned"] == ""
    assert built["error"] == "IndexStoreError"
    assert re.search(r"cannot be written \(Read-only file system\)\. Choose another with --store", built["told"])


def test_a_full_disk_is_told_and_the_index_before_still_answers(
    store: Path, two_guides: Path, expected: str, tmp_path: Path, pilots: str, mounted: Callable[..., list[str]]
) -> None:
    corpus = added(two_guides, tmp_path / "three", pilots=pilots)
    left = [4_096, 300_000, 700_000]
    steps = [step for free in left for step in (f"fill={free}", "build", "open", "list")]
    *full, _emptied, built, opened, held = outcomes(
        started(corpus, store, *steps, "fill=90000000", "build", "open", "list", before=mounted(store, "size=6m"))
    )
    for free, (room, failed, still, kept) in zip(left, zip(*[iter(full)] * 4, strict=True), strict=True):
        assert int(room["left"]) <= free
        assert re.search(r"The disk is full.*Free some space.*still in use", failed["told"]), (free, failed)
        assert still == {"answers": expected}
        assert kept["names"] == "CURRENT ballast g000001 g000002"
    assert built == {"built": "all"}
    assert "licence" in opened["answers"]
    assert held["names"] == "CURRENT ballast g000002 g000003"


@pytest.mark.parametrize("size", [100, 2_000, 40_000, 170_000])
def test_a_file_that_cannot_grow_is_told_and_the_index_before_still_answers(
    store: Path, two_guides: Path, model: CountingEncoder, expected: str, tmp_path: Path, pilots: str, size: int
) -> None:
    corpus = added(two_guides, tmp_path / "three", pilots=pilots)
    with largest_file(size), pytest.raises(IndexStoreError, match=REMEDY):
        build(corpus, store, model)
    assert outcome(store, model) == expected
    assert generations(store) == {"CURRENT", "g000001", "g000002"}


def test_where_chroma_cannot_be_opened_the_vectors_at_hand_answer(
    store: Path, two_guides: Path, expected: str, tmp_path: Path, mounted: Callable[..., list[str]]
) -> None:
    place = tmp_path / "temporary"
    place.mkdir()
    before = mounted(place, "size=64k")
    (told,) = outcomes(started(two_guides, store, "chroma", before=["env", f"TMPDIR={place}", *before]))
    assert told["answers"] == expected
    assert re.search(r"Chroma could not be opened.*No space left.*Free some space for temporary files", told["warned"])


@pytest.mark.parametrize("name", ["", "CURRENT", "g000002", "g000002/guides.json", "g000002/manifest.json"])
def test_an_index_that_may_not_be_read_is_told(
    alone: Path, two_guides: Path, unprivileged: Sequence[str], name: str
) -> None:
    before = (alone / name).stat().st_mode
    (alone / name).chmod(0)
    (opened,) = outcomes(started(two_guides, alone, "open", before=unprivileged))
    (alone / name).chmod(before)
    assert opened["error"] == ("IndexDamaged" if name.startswith("g") else "IndexStoreError")
    assert "Permission denied" in opened["told"]
    assert REMEDY.search(opened["told"])


def test_a_folder_that_may_not_be_written_is_told(
    tmp_path: Path, two_guides: Path, unprivileged: Sequence[str]
) -> None:
    (tmp_path / "closed").mkdir(mode=0o555)
    (built,) = outcomes(started(two_guides, tmp_path / "closed" / "store", "build", before=unprivileged))
    assert re.search(r"cannot be written \(Permission denied\)\. Choose another with --store", built["told"])
