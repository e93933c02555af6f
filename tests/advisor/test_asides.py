"""What somebody adds behind a question is left aside only where the answer cannot depend on it."""

from __future__ import annotations

import pytest

from advisor.asides import without_aside
from advisor.profile import Vocabulary
from index.search import Index

QUESTION = "Is it hard to become a luthier?"


@pytest.fixture(scope="module")
def vocabulary(luthier: Index) -> Vocabulary:
    return Vocabulary.of(luthier.guides.values())


@pytest.mark.parametrize(
    "aside",
    [
        "I'm shy",
        "I burn out easily.",
        "And I keep hearing wildly different things. I am seriously anxious about it!",
        "because i worry so much",
    ],
)
def test_how_somebody_feels_is_left_aside(aside: str, vocabulary: Vocabulary) -> None:
    assert without_aside(f"{QUESTION} {aside}", vocabulary) == QUESTION


@pytest.mark.parametrize(
    "told",
    [
        "I have a bachelor's degree.",
        "I'm a nurse",
        "I'm in Ohio.",
        "I saw it at Yamaha once.",
        "I want to work from home.",
        "I mean the head luthier.",
        "I train for 5 years already.",
        "I'm 61",
        "I wonder, what does it pay?",
        "My son loves guitars.",
        "Nobody tells me.",
        "I'm shy. I'm a nurse.",
    ],
)
def test_what_an_answer_could_depend_on_stays(told: str, vocabulary: Vocabulary) -> None:
    assert without_aside(f"{QUESTION} {told}", vocabulary) == f"{QUESTION} {told}"


@pytest.mark.parametrize("message", [QUESTION, "I'm shy.", f"I'm shy. {QUESTION}", "", "I'm shy"])
def test_without_anything_behind_a_question_a_message_stays(message: str, vocabulary: Vocabulary) -> None:
    assert without_aside(message, vocabulary) == message
