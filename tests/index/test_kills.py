"""A build that is killed, at whatever step: what was there still answers, the next build is whole, nothing is left over."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from index.errors import IndexMissing
from index.store import open_index, sources_of
from tests.index.trial import CountingEncoder, added, answers, build, generations, outcomes, started

KILLS = 4
"""Steps of a build, spread over all of it, before which it is killed."""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
needs_ps = pytest.mark.skipif(shutil.which("ps") is None, reason="ps, which lists processes, is not installed")


class Whole(NamedTuple):
    """A build that nothing stopped: the guides, the store, what it answers, and in how many steps it was made."""

    corpus: Path
    store: Path
    answers: str
    moments: int


def unstopped(corpus: Path, store: Path) -> Whole:
    _, _, count, opened = outcomes(started(corpus, store, "kill=0", "build", "count", "open"))
    return Whole(corpus, store, opened["answers"], int(count["moments"]))


@pytest.fixture(scope="module")
def update(tmp_path_factory: pytest.TempPathFactory, two_guides: Path, built_twice: Path, pilots: str) -> Whole:
    """A guide is added to an index that is there."""
    place = tmp_path_factory.mktemp("update")
    return unstopped(added(two_guides, place / "three", pilots=pilots), shutil.copytree(built_twice, place / "store"))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, two_guides: Path) -> Whole:
    """An index is built where there was none."""
    return unstopped(two_guides, tmp_path_factory.mktemp("first") / "store")


def made(store: Path) -> dict[str, bytes]:
    """What the current generation holds besides Chroma's files, whose bytes differ in every build."""
    name = (store / "CURRENT").read_text("utf-8").split()[0]
    return {path.name: path.read_bytes() for path in (store / name).glob("*.np?")} | {
        "guides.json": (store / name / "guides.json").read_bytes()
    }


def finish(store: Path, whole: Whole, model: CountingEncoder) -> None:
    """Build after a kill: the index equals one that was never stopped, and nothing else is there."""
    build(whole.corpus, store, model)
    index = open_index(store, model, sources_of(whole.corpus), verify=True)
    assert answers(index) == whole.answers
    assert made(store) == made(whole.store)
    named = {line.split()[0] for line in (store / "CURRENT").read_text("utf-8").splitlines()}
    assert generations(store) == {"CURRENT", *named}


@pytest.mark.parametrize("part", range(KILLS))
def test_a_build_killed_at_any_step_leaves_an_index_that_answers(
    store: Path, model: CountingEncoder, update: Whole, expected: str, part: int
) -> None:
    moment = 1 + random.Random(part).randrange(part * update.moments // KILLS, (part + 1) * update.moments // KILLS)
    process = started(update.corpus, store, f"kill={moment}", "build")
    process.communicate()
    assert process.returncode == -signal.SIGKILL, f"step {moment}"
    assert answers(open_index(store, model)) in (expected, update.answers), f"step {moment}"
    finish(store, update, model)


@needs_ps
@pytest.mark.parametrize(
    "sight",
    [".building-*/chroma/chroma.sqlite3", ".building-*/chroma/*/data_level0.bin", ".building-*/chroma.sqlite3"],
    ids=["filling", "storing", "verifying"],
)
def test_a_first_build_killed_while_chroma_works_leaves_no_index_and_no_process(
    tmp_path: Path, model: CountingEncoder, first: Whole, sight: str
) -> None:
    store = tmp_path / "new"
    process = started(first.corpus, store, "build")
    wait_until(lambda: any(store.glob(sight)))
    children = children_of(process)
    process.kill()
    process.communicate()
    with pytest.raises(IndexMissing, match="Build it with: advisor index"):
        open_index(store, model)
    wait_until(lambda: not any(map(runs, children)))
    finish(store, first, model)


@needs_ps
def test_where_chromas_own_process_is_killed_the_build_says_so(store: Path, update: Whole, expected: str) -> None:
    process = started(update.corpus, store, "build=again", "open", "list")
    wait_until(lambda: any(store.glob(".building-*/chroma/chroma.sqlite3")))
    for child in children_of(process):
        os.kill(child, signal.SIGKILL)
    failed, opened, held = outcomes(process)
    assert "it was stopped by signal 9). Try again with: advisor index --rebuild" in failed["told"]
    assert opened == {"answers": expected}
    assert held["names"] == "CURRENT g000001 g000002"


def test_what_a_killed_rebuild_left_goes_with_the_next_build_though_the_guides_are_the_same(
    store: Path, two_guides: Path, model: CountingEncoder
) -> None:
    (store / ".building-killed" / "chroma").mkdir(parents=True)
    (store / "g000007").mkdir()
    (store / ".CURRENT-1").touch()
    assert build(two_guides, store, model).unchanged
    assert generations(store) == {"CURRENT", "g000001", "g000002"}


def wait_until(met: Callable[[], bool]) -> None:
    """Look often: what is waited for is soon over."""
    while not met():
        time.sleep(0.001)


def children_of(process: subprocess.Popen[str]) -> list[int]:
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(process.pid)], capture_output=True, text=True, check=False
    )
    return [int(number) for number in listed.stdout.split()]


def runs(process: int) -> bool:
    listed = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip()) and not listed.stdout.startswith("Z")
