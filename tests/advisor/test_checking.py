"""A claim that is to be checked is asked as a question; what is no claim stays as it is."""

from __future__ import annotations

import pytest

from advisor.chain import Advisor
from advisor.checking import checked
from advisor.question import Kind, read_question
from index.search import Index

from .conftest import WordReranker


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        (
            "Confirm that no exam is needed to keep a lighthouse.",
            "Is it true that no exam is needed to keep a lighthouse?",
        ),
        ("No exam is needed for the licence, correct?", "Is it true that no exam is needed for the licence?"),
        ("Neither an exam nor a boat is required, is it?", "Is it true that neither an exam nor a boat is required?"),
        (
            "My teacher says falconry is run by the state. Is she right?",
            "Is it true that falconry is run by the state?",
        ),
        ("I have a dog. Keepers work from home, right?", "I have a dog. Is it true that keepers work from home?"),
        ("I heard you need a degree, is that true?", "Is it true that you need a degree?"),
        ("FBL is given by the guild, isn't it?", "Is it true that FBL is given by the guild?"),
    ],
)
def test_a_claim_becomes_the_question_whether_it_is_so(message: str, asked: str) -> None:
    assert checked(message) == asked
    assert read_question(asked).kind is Kind.YES_NO


@pytest.mark.parametrize(
    "message",
    [
        "",
        "yes",
        "Am I right?",
        "That is correct",
        "A keeper earns £200,000, right?",
        "I want to be a keeper, right?",
        "I think I'm too old. Am I right?",
        "Do I need a degree, yes or no?",
        "Please confirm the fee of the exam",
        "Tell me the right way, is that so?",
        "Is keeping the right career for me? Is it?",
        "What do keepers earn?",
    ],
)
def test_what_is_no_claim_about_the_work_stays_as_it_is(message: str) -> None:
    assert checked(message) == message


def test_the_answer_tells_that_the_claim_was_understood_as_a_question(crafts: Index) -> None:
    answer = Advisor(crafts, reranker=WordReranker()).ask("Falconers need a licence to keep birds, correct?")
    assert answer.standalone == "Is it true that falconers need a licence to keep birds?"
    assert answer.question == "Falconers need a licence to keep birds, correct?"
