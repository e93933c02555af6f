"""A part that is named by its number is shown with what its section opens with; all parts by their headings."""

from __future__ import annotations

import pytest

from advisor.chain import Advisor
from advisor.ordinals import Ordinals
from advisor.question import read_question
from index.search import Index

from .conftest import BRITISH, LUTHIER, TRADE, WordReranker, index_in_memory


@pytest.fixture(scope="module")
def one() -> Index:
    return index_in_memory({"luthier.md": LUTHIER})


@pytest.fixture(scope="module")
def several() -> Index:
    return index_in_memory({"luthier.md": LUTHIER, "trade.md": TRADE})


def told(question: str, index: Index, *focus: str) -> list[str]:
    return [piece.text for piece in Ordinals(index).told(read_question(question), focus)]


SECOND = "Step 2: Get the right education — An associate degree in instrument making is the minimum requirement for a luthier."
LEVELS = ["Level 1: Junior Luthier", "Level 2: Luthier", "Level 3: Head Luthier"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What is step 2?", [SECOND]),
        ("whats the 2nd step to becoming a luthier", [SECOND]),
        ("tell me about step two", [SECOND]),
        ("What is the last step?", ["Step 5: Apply for jobs — A luthier applies to workshops and shops."]),
        ("final step?", ["Step 5: Apply for jobs — A luthier applies to workshops and shops."]),
        ("What happens at level 3?", ["Level 3: Head Luthier — A head luthier leads the workshop."]),
        ("What are the levels of the career?", LEVELS),
        ("list all levels", LEVELS),
        ("the three levels please", LEVELS),
    ],
)
def test_parts_are_told_by_their_number(question: str, answer: list[str], one: Index) -> None:
    assert told(question, one) == answer


@pytest.mark.parametrize(
    "question",
    [
        "What is step 9?",
        "the four levels please",
        "What is the first step in painting a bridge?",
        "How do I find my first job?",
        "Is the last year of school hard?",
        "Do I need 2 years of training?",
        "How do I become a luthier?",
        "Which level pays most?",
    ],
)
def test_what_names_no_part_or_asks_for_something_else_is_left_alone(question: str, one: Index) -> None:
    assert told(question, one) == []


def test_each_guide_tells_its_own_part() -> None:
    other = LUTHIER.replace("Becoming a luthier", "A luthier's way").replace("Learn what", "See what")
    assert told("What is step 1?", index_in_memory({"luthier.md": LUTHIER, "way.md": other})) == [
        "“Becoming a luthier” (United States):",
        "Step 1: Learn what the work involves — A luthier cuts, glues and varnishes wood.",
        "“A luthier's way” (United States):",
        "Step 1: See what the work involves — A luthier cuts, glues and varnishes wood.",
    ]


def test_the_entries_of_a_numbered_list_are_steps_where_no_heading_is(several: Index) -> None:
    assert told("What is step 2?", several) == [SECOND]
    assert told("What is step 2?", several, "trade") == ["Take an evening course in a workshop."]
    assert told("the three steps please", several) == [
        "Buy a first set of tools.",
        "Take an evening course in a workshop.",
        "Show three instruments to a workshop.",
    ]


def test_too_many_guides_leave_open_which_is_meant_unless_one_is_named() -> None:
    steps = TRADE.partition("## How to start as a luthier")[2]
    guides = {f"trade-{letter}.md": f"# Trade {letter}\n\n## How to start\n{steps}" for letter in "abcd"}
    assert told("What is step 1?", index_in_memory(guides)) == []
    assert told("What is step 1 in trade c?", index_in_memory(guides)) == ["Buy a first set of tools."]


def test_the_advisor_answers_with_a_part_though_nothing_else_speaks_for_it(several: Index) -> None:
    answer = Advisor(several, reranker=WordReranker()).ask("final step?")
    assert str(answer.status) == "answered"
    assert [s.text for s in answer.sentences if s.citations] == [
        "Step 5: Apply for jobs — A luthier applies to workshops and shops.",
    ]


def test_headings_of_several_lists_are_no_steps() -> None:
    twice = f"{BRITISH}\n## Selling\n\n1. Varnish it.\n2. String it.\n3. Show it.\n"
    assert told("What is step 1?", index_in_memory({"uk.md": twice})) == []
