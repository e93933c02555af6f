"""The levels of a career are told from the headings that a guide lays them out under: all, the top, the bottom, one beside another."""

from __future__ import annotations

import pytest

from advisor.answer import Answer, Citation, Status
from advisor.conversation import Follower, Turn
from advisor.ladders import Ladders
from advisor.question import read_question
from index.search import Index

from .conftest import LUTHIER, TRADE, index_in_memory

LEVELS = ["Level 1: Junior Luthier", "Level 2: Luthier", "Level 3: Head Luthier"]
FIRST = "Level 1: Junior Luthier — A junior luthier mends instruments."
SECOND = "Level 2: Luthier — A luthier builds instruments."
TOP = "Level 3: Head Luthier — A head luthier leads the workshop."


@pytest.fixture(scope="module")
def index() -> Index:
    return index_in_memory({"luthier.md": LUTHIER, "trade.md": TRADE})


def told(question: str, index: Index) -> list[str]:
    return [piece.text for piece in Ladders(index).told(read_question(question))]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what is the highest position I could reach", [TOP]),
        ("What's the very top job of a luthier?", [TOP]),
        ("How far up can I go in this trade?", [TOP]),
        ("the bottom of the ladder?", [FIRST]),
        ("the rungs of the career ladder, bottom to top", LEVELS),
        ("What is the career path of a luthier?", LEVELS),
        ("Job titles from bottom to top in this line of work?", LEVELS),
        ("the roles of a luthier, junior to senior", LEVELS),
        ("What comes after junior?", [SECOND]),
        ("which role is above luthier", [TOP]),
        ("the role right before head luthier?", [SECOND]),
        ("What is one level below a head luthier?", [SECOND]),
        ("What's a step up from being a junior luthier?", [SECOND]),
    ],
)
def test_levels_are_told_in_their_order(question: str, answer: list[str], index: Index) -> None:
    assert told(question, index) == answer


@pytest.mark.parametrize(
    "question",
    [
        "What is the highest paying job?",
        "Is there a career ladder?",
        "What comes after head luthier?",
        "What comes after the exam?",
        "How do I get my first job?",
        "What is the highest position at the post office of Mars?",
        "What is the career path to varnish?",
        "How much does a luthier earn?",
    ],
)
def test_other_questions_ask_for_no_level(question: str, index: Index) -> None:
    assert told(question, index) == []


def test_what_is_told_stands_where_it_is_cited(index: Index) -> None:
    (piece,) = Ladders(index).told(read_question("What comes after junior?"))
    text = index.guides["luthier"].text
    assert [text[at.span.start : at.span.end] for at in piece.places] == [
        "Level 2: Luthier",
        "A luthier builds instruments.",
    ]


def test_guides_without_levels_have_none() -> None:
    assert told("What is the highest position I could reach?", index_in_memory({"trade.md": TRADE})) == []


@pytest.mark.parametrize(
    ("section", "asked"),
    [
        (("Career levels", "Level 1: Junior Luthier"), "What comes after Junior Luthier?"),
        (("Five steps to become a luthier", "Step 2: Get the right education"), None),
    ],
)
def test_a_follow_up_asks_what_comes_after_the_level_that_was_told(
    section: tuple[str, ...], asked: str | None, index: Index
) -> None:
    before = "What does a luthier do?"
    cited = (Citation(1, "luthier", index.guides["luthier"].title, section, "luthier.md", 0, 1, "-"),)
    turn = Turn(before, Answer(before, before, Status.ANSWERED, (), cited, ()))
    found = Follower(index).read("And what comes after that?", [turn]).text
    assert found == asked if asked else not found.startswith("What comes after")
