"""Guides that people add are read, kept, indexed with the others, and removed again; what cannot be read changes nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from advisor.additions import FOLDER, Additions, fit_name, is_added
from advisor.opening import open_existing
from advisor.settings import Settings
from index.errors import AdvisorError, GuidesError

CAREERS = Path(__file__).parents[1] / "data" / "careers"
BLACKSMITH = """---
title: Blacksmiths
dated: "2026"
---

# Blacksmiths

## Pay

An apprentice blacksmith earns 14,000 florins a year in the second year of training.

Share this page
"""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Path]:
    """A folder of guides with its index, and a place for what is added."""
    place = tmp_path_factory.mktemp("additions")
    shutil.copytree(CAREERS / "piano-tuner", place / "guides")
    return Settings(place / "guides", str(place / "store")), place / "data"


@pytest.fixture(scope="module")
def additions(shelf: tuple[Settings, Path]) -> Additions:
    return Additions(*shelf)


def test_a_guide_that_was_added_is_found(additions: Additions) -> None:
    doings: list[str] = []
    added = additions.add("blacksmith.md", BLACKSMITH.encode(), lambda what, _done, _of: doings.append(what))
    assert (added.guide.title, added.replaced, added.figures) == ("Blacksmiths", False, 1)
    assert doings[0] == "reading guides"
    assert len(set(doings)) > 2
    (hit,) = additions.counsel.index.search("What does an apprentice blacksmith earn?", 1)
    assert (hit.guide.path, hit.guide.dated) == (f"{FOLDER}/blacksmith.md", "2026")
    assert "14,000 florins" in hit.text


def test_the_other_guides_and_their_own_index_stay_as_they_were(
    additions: Additions, shelf: tuple[Settings, Path]
) -> None:
    settings, _ = shelf
    assert {guide.id for guide in additions.counsel.index.guides.values() if not is_added(guide)} == set(
        open_existing(settings).guides
    )


def test_what_was_added_is_there_after_a_restart(additions: Additions, shelf: tuple[Settings, Path]) -> None:
    again = Additions(*shelf)
    assert set(again.counsel.index.guides) == set(additions.counsel.index.guides)


def test_a_file_of_the_same_name_takes_the_place_of_the_earlier_one(additions: Additions) -> None:
    added = additions.add("blacksmith.md", BLACKSMITH.replace("14,000", "15,500").encode())
    assert added.replaced
    (hit,) = additions.counsel.index.search("What does an apprentice blacksmith earn?", 1)
    assert "15,500 florins" in hit.text


def test_a_text_that_is_there_already_is_not_added_twice(additions: Additions) -> None:
    text = (CAREERS / "piano-tuner" / "career-guide.md").read_bytes()
    with pytest.raises(AdvisorError, match="there already, as “Piano tuner: a career guide”"):
        additions.add("copy.md", text)


@pytest.mark.parametrize(
    ("name", "data"),
    [("empty.md", b""), ("latin.txt", b"caf\xe9"), ("broken.pdf", b"%PDF-1.4 nothing"), ("broken.docx", b"PK")],
)
def test_what_cannot_be_read_is_told_and_changes_nothing(
    additions: Additions, shelf: tuple[Settings, Path], name: str, data: bytes
) -> None:
    before = sorted((shelf[1] / FOLDER).iterdir())
    counsel = additions.counsel
    with pytest.raises(GuidesError):
        additions.add(name, data)
    assert sorted((shelf[1] / FOLDER).iterdir()) == before
    assert additions.counsel is counsel


def test_a_guide_that_was_added_can_be_removed_and_no_other(additions: Additions, shelf: tuple[Settings, Path]) -> None:
    with pytest.raises(AdvisorError, match="not added here"):
        additions.remove("career-guide")
    additions.remove("added-blacksmith")
    assert not any(is_added(guide) for guide in additions.counsel.index.guides.values())
    assert list((shelf[1] / FOLDER).iterdir()) == []
    assert not any(is_added(guide) for guide in Additions(*shelf).counsel.index.guides.values())


def test_with_a_shared_server_nothing_can_be_added(shelf: tuple[Settings, Path]) -> None:
    with pytest.raises(AdvisorError, match="other copies of the server would not find them"):
        Additions(Settings(shelf[0].corpus, "http://127.0.0.1:1"), shelf[1])


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("guide.md", "guide.md"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\guides\\a guide.PDF", "a guide.pdf"),
        ("<img src=x onerror=alert(1)>.md", "img src-x onerror-alert(1).md"),
        (".hidden.md", "hidden.md"),
        ("README.md", "guide-README.md"),
        ("${7*7}.txt", "7-7.txt"),
        ("Führung – Überblick.docx", "Führung - Überblick.docx"),
        ("x" * 300 + ".md", "x" * 100 + ".md"),
    ],
)
def test_a_name_becomes_one_that_a_file_may_have(given: str, kept: str) -> None:
    assert fit_name(given) == kept


@pytest.mark.parametrize("name", ["tool.exe", "guide", "archive.zip", "", "page.php", "...md"])
def test_files_of_other_kinds_are_refused_by_their_name(name: str) -> None:
    with pytest.raises(GuidesError, match="are not read"):
        fit_name(name)
