"""Messages that ask several things are taken apart, and only those."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.compound import MOST, questions_of


@pytest.mark.parametrize(
    ("message", "questions"),
    [
        ("What does it pay? Do I need a degree?", ("What does it pay?", "Do I need a degree?")),
        (
            "I keep bees. What does it pay and how long does training take?",
            ("I keep bees. What does it pay?", "how long does training take?"),
        ),
        ("What are the duties and what tools are used daily?", ("What are the duties?", "what tools are used daily?")),
    ],
)
def test_each_question_of_a_message_stands_for_itself(message: str, questions: tuple[str, ...]) -> None:
    assert questions_of(message) == questions


@pytest.mark.parametrize(
    "message",
    [
        "Is it hard? Why?",
        "How do I become a glassblower and get certified?",
        "Which lamps are paid best, and how much?",
        "What do they do and where",
        "",
    ],
)
def test_what_leans_on_the_rest_of_the_message_is_not_taken_apart(message: str) -> None:
    assert questions_of(message) == (message,)


@given(st.text(max_size=300))
def test_no_more_questions_are_made_than_are_answered(message: str) -> None:
    assert 1 <= len(questions_of(message)) <= MOST


def test_a_short_question_behind_and_is_one_of_its_own() -> None:
    assert len(questions_of("How much does the exam cost and how long is it?")) == 2
