"""What messages tell of their writers, measured on messages of many careers, half of them without a personal word."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from advisor.profile import Trait, Vocabulary, asking, read_profile
from advisor.settings import shipped_corpus
from index.reading import read_folder

MESSAGES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "data" / "profiles" / "messages.jsonl").read_text("utf-8").splitlines()
]
SILENT = [record["message"] for record in MESSAGES if not record["traits"]]


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    """The words of the shipped guides."""
    return Vocabulary.of(read_folder(shipped_corpus()).guides)


def is_meant(trait: Trait, expected: dict[str, Any]) -> bool:
    """Whether a trait is the expected one."""
    return trait.aspect == expected["aspect"] and all(h.casefold() in trait.value.casefold() for h in expected["has"])


def test_nearly_all_traits_are_found_and_nearly_none_invented(vocabulary: Vocabulary) -> None:
    found = missed = invented = 0
    for record in MESSAGES:
        left = list(read_profile(record["message"], vocabulary).traits)
        for expected in record["traits"]:
            hit = next((trait for trait in left if is_meant(trait, expected)), None)
            missed += hit is None
            found += hit is not None
            left = [trait for trait in left if trait is not hit]
        invented += len(left)
    assert found / (found + missed) >= 0.95
    assert found / (found + invented) >= 0.95


def test_half_of_the_messages_tell_nothing_of_their_writer() -> None:
    assert len(MESSAGES) >= 120
    assert len(SILENT) >= len(MESSAGES) * 0.45


@pytest.mark.parametrize("message", SILENT)
def test_questions_suppositions_and_other_people_leave_the_profile_empty(message: str, vocabulary: Vocabulary) -> None:
    assert not read_profile(message, vocabulary)


@pytest.mark.parametrize("record", [r for r in MESSAGES if r["traits"]], ids=lambda r: r["message"][:40])
def test_the_words_of_a_trait_stand_in_the_message(record: dict[str, Any], vocabulary: Vocabulary) -> None:
    assert all(t.words in record["message"] for t in read_profile(record["message"], vocabulary).traits)


def test_the_guides_own_abbreviations_are_credentials(vocabulary: Vocabulary) -> None:
    assert vocabulary.credential("cpc") == "CPC"
    assert vocabulary.credential("icd") is None
    assert read_profile("i have a cpc", vocabulary).traits[0].value == "CPC"


def test_what_is_asked_is_told_apart_from_what_is_told() -> None:
    assert asking("I live in Leeds. What does a coder earn?") == "What does a coder earn?"
    assert asking("What does a coder earn?") == "What does a coder earn?"
    assert asking("I live in Leeds.") == "I live in Leeds."


@pytest.mark.parametrize(
    ("message", "held"),
    [
        ("I hold a CCA and would like to get the CCS.", ["CCA"]),
        ("I've got the CPC and plan to sit the CCS", ["CPC"]),
        ("I have a CCA, and next I'd like the CCS", ["CCA"]),
        ("I hold the CCA and the CCS", ["CCA", "CCS"]),
        ("I have a bachelor's degree and want to do a master's", ["bachelor's degree"]),
    ],
)
def test_what_is_wished_for_behind_what_is_had_is_not_had(
    message: str, held: list[str], vocabulary: Vocabulary
) -> None:
    assert [trait.value for trait in read_profile(message, vocabulary).traits] == held
