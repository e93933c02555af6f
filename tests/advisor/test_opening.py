"""Opening builds what is not there yet, waits for another who builds it, and names the command that mends this index."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from advisor.opening import build, index_command, open_existing, open_or_build, with_flags
from advisor.settings import Settings, default_store, settle, shipped_corpus
from index.errors import IndexMissing, IndexStale, IndexStoreError
from index.store import writing

from .crafts import CRAFTS

QUESTION = "How much does a gaffer earn?"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A folder of guides and a store of one's own, both with a blank in their names."""
    corpus = tmp_path / "my guides"
    corpus.mkdir()
    for name, text in CRAFTS.items():
        (corpus / name).write_text(text, "utf-8")
    return settle(corpus, str(tmp_path / "my index"))


def flags(settings: Settings) -> list[str]:
    return ["--corpus", str(settings.corpus), "--store", settings.store]


def test_a_first_question_waits_for_the_build_of_another_and_answers(settings: Settings) -> None:
    command = [sys.executable, "-m", "advisor", "ask", QUESTION, *flags(settings)]
    with writing(Path(settings.store)):
        asked = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", bufsize=1
        )
        assert asked.stderr is not None
        waits = asked.stderr.readline()
    told, trouble = asked.communicate()
    assert waits == f"Another process is building the index in {settings.store}; waiting until it is done.\n"
    assert (asked.returncode, trouble) == (0, "")
    assert "£34,000 a year" in told


def test_a_missing_index_is_told_with_the_flags_that_lead_to_it(settings: Settings) -> None:
    with pytest.raises(IndexMissing) as told:
        open_existing(settings)
    command = str(told.value).rpartition(": ")[2]
    assert shlex.split(command) == ["advisor", "index", *flags(settings)]


def test_a_stale_index_is_told_with_the_flags_that_lead_to_it(settings: Settings) -> None:
    open_or_build(settings)
    (settings.corpus / "more.md").write_text("# Thatchers\n\nThatchers lay roofs.\n", "utf-8")
    with pytest.raises(IndexStale) as told:
        open_or_build(settings)
    assert str(told.value).endswith(f"Bring it up to date with: {shlex.join(['advisor', 'index', *flags(settings)])}")


def test_a_damaged_index_that_still_answers_is_told_in_whole_sentences(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    build(settings)
    build(settings, rebuild=True)
    guides = Path(settings.store) / "g000002" / "guides.json"
    guides.write_bytes(guides.read_bytes()[:-1] + b" ")
    open_or_build(settings)
    command = shlex.join(["advisor", "index", *flags(settings), "--rebuild"])
    assert capsys.readouterr().err == (
        f"The index in {settings.store} is damaged: guides.json was altered. Build it again with: {command}."
        " Until then, answers come from the index built before it.\n"
    )


def test_the_command_is_plain_where_no_flag_is_needed() -> None:
    assert index_command(settle()) == "advisor index"
    corpus = shipped_corpus()
    assert (
        index_command(Settings(corpus, str(default_store(corpus)), embedder="other"))
        == "advisor index --embedder other"
    )


def test_the_address_of_a_server_is_named_once() -> None:
    settings = Settings(shipped_corpus(), "http://127.0.0.1:8000")
    told = "There is no index on http://127.0.0.1:8000 yet. Build it with: advisor index --store http://127.0.0.1:8000"
    assert with_flags(told, settings) == told


@pytest.mark.parametrize("module", ["click", "advisor.settings", "advisor.opening", "numpy", "onnxruntime"])
def test_stopping_at_any_import_is_no_traceback(settings: Settings, module: str) -> None:
    """The import of a module stands for Ctrl+C at that moment."""
    script = (
        "import runpy, sys\n"
        "class Stop:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}: raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\n"
        "runpy.run_module('advisor', run_name='__main__', alter_sys=True)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "ask", QUESTION, *flags(settings)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr.strip()) == (130, "", "Stopped.")


def test_other_trouble_keeps_its_words(settings: Settings) -> None:
    Path(settings.store).write_text("", "utf-8")
    with pytest.raises(IndexStoreError, match=r"is not a folder\. Choose another place with --store\."):
        open_or_build(settings)
