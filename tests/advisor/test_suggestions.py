"""What is suggested is asked or promised by a guide, fits on a button, and is not what was just answered."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from advisor.evidence import Gatherer
from advisor.question import read_question
from advisor.suggestions import AFTER, LONGEST, OPENERS, Suggester, headings_in_common
from index.reading import guide_of
from index.search import Index

from .conftest import WordReranker, index_in_memory


@pytest.fixture(scope="module")
def suggester(crafts: Index) -> Suggester:
    return Suggester(crafts)


def test_openers_come_in_turn_from_each_guide_its_own_questions_first(suggester: Suggester) -> None:
    assert suggester.openers()[:3] == (
        "Do falconers need a licence?",
        "What do glassblowers do?",
        "Can I keep a lighthouse without a degree?",
    )
    assert len(suggester.openers()) == OPENERS


def after(question: str, index: Index) -> Sequence[str]:
    return Suggester(index).after(Gatherer(index, WordReranker()).gather(read_question(question)))


def test_what_comes_next_is_of_the_same_guide_and_of_another_section(crafts: Index) -> None:
    suggested = after("How long does it take to become a glassblower?", crafts)
    assert len(suggested) == AFTER
    assert "How long does it take to become a glassblower?" not in suggested
    assert set(suggested) <= {"What do glassblowers do?", "Tools", "Stages", "Where they work"}


def test_what_was_just_asked_is_not_suggested_again(crafts: Index) -> None:
    assert "Do falconers need a licence?" not in after("Please tell me, do falconers need a licence?", crafts)


@pytest.mark.parametrize("question", ["What does a gaffer earn?", "xyzzy", "Who employs keepers?", "?"])
def test_suggestions_are_few_different_and_short(question: str, crafts: Index) -> None:
    suggested = after(question, crafts)
    assert len(set(suggested)) == len(suggested) <= AFTER
    assert all(0 < len(one) <= LONGEST for one in suggested)


def titles(text: str) -> tuple[str, ...]:
    return Suggester(index_in_memory({"guide.md": text})).openers()


def test_numbered_inner_empty_and_long_headings_are_not_suggested() -> None:
    long = "What " + "very " * 20 + "long thing is this?"
    text = f"# Keeper\n\n## Step 1: Train\n\nA.\n\n## {long}\n\nB.\n\n## Pay\n\nC.\n\n### Inside\n\nD.\n\n## Empty\n"
    assert titles(text) == ("Pay",)


def test_a_heading_that_only_says_what_part_it_is_is_not_suggested() -> None:
    told = "".join(
        f"## {heading}\n\nA.\n\n" for heading in ("Introduction", "Pay", "Frequently asked questions", "Conclusion")
    )
    assert titles(f"# Keeper\n\n{told}") == ("Pay",)


def test_headings_are_read_without_their_marks() -> None:
    assert titles("# Keeper\n\n## **Pay** and `leave`:\n\nA.\n") == ("Pay and leave",)


def test_a_guide_without_headings_suggests_nothing() -> None:
    assert titles("# Keeper\n\nThe lamp burns.\n") == ()


def test_a_heading_that_several_guides_have_is_told_with_the_title() -> None:
    index = index_in_memory({name: f"# {name}\n\n## Pay\n\nIt pays.\n" for name in ("Keeper.md", "Gaffer.md")})
    assert set(Suggester(index).openers()) == {"Keeper.md: Pay", "Gaffer.md: Pay"}


def test_headings_in_common_are_those_of_more_than_one_guide() -> None:
    guides = [
        guide_of(f"# G{i}\n\n## Pay\n\nA.\n\n## Only {i}\n\nB.\n\n## Only {i}\n\nC.\n", f"{i}.md") for i in (1, 2)
    ]
    assert headings_in_common(guides) == {"Pay"}
