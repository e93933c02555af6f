"""Beside the reranker, a unit is told by its place and its own words: each sign alone, on guides that show it."""

from __future__ import annotations

import numpy as np
import pytest

from advisor.features import FEATURES, Features
from advisor.matching import Matcher
from advisor.question import read_question
from index.search import Index

from .conftest import index_in_memory

GUIDE = """# Divers

Divers repair ships.

## Can a PADI diver work in Oslo?

A diver with a card may work.

## What they earn

Pay: $40,000

The best-paid divers work at night.

| Rank | Percent |
| --- | --- |
| Novice | 20 |
| Master | 80 |

## Sources

- Sources
- Register of divers, https://divers.example/pay, seen 2025: $38,000
"""


@pytest.fixture(scope="module")
def divers() -> Index:
    return index_in_memory({"divers.md": GUIDE})


def told(feature: str, question: str, words: str, index: Index, focus: tuple[str, ...] = ()) -> float:
    """A feature of the one unit that has these words."""
    asked, matcher = read_question(question), Matcher(index)
    texts = [unit.span.of(index.guides[index.passages[unit.passage].guide].text) for unit in index.units]
    (position,) = [i for i, text in enumerate(texts) if words in text]
    positions = np.array([position], dtype=np.int64)
    columns, _ = Features(index, matcher).of(asked, matcher.terms(asked), positions, index.scores(question), focus)
    return float(columns[0, FEATURES.index(feature)])


@pytest.mark.parametrize(
    ("feature", "question", "words", "value"),
    [
        ("address", "What do divers earn?", "https://", 1.0),
        ("address", "What do divers earn?", "Pay: $40,000", 0.0),
        ("unasked", "Can a diver work in Oslo?", "with a card", 1.0),
        ("unasked", "Can a PADI diver work in Oslo?", "with a card", 0.0),
        ("unasked", "Can a diver work in Oslo?", "repair ships", 0.0),
        ("narrower", "Can a PADI diver work in Oslo?", "with a card", 0.0),
        ("narrower", "What do divers earn?", "Pay: $40,000", 0.0),
        ("opposed", "Which divers earn the least?", "best-paid", 1.0),
        ("opposed", "Which divers earn the most?", "best-paid", 0.0),
        ("opposed", "Which divers earn the least?", "repair ships", 0.0),
        ("opposed", "What do divers earn?", "best-paid", 0.0),
        ("quantity", "What do divers earn?", "Pay: $40,000", 1.0),
        ("quantity", "What do divers earn?", "repair ships", -1.0),
        ("quantity", "What percentage of divers are masters?", "Master | 80", 1.0),
        ("echo", "Which divers repair?", "repair ships", 0.0),
    ],
)
def test_a_sign_is_told_as_it_stands(feature: str, question: str, words: str, value: float, divers: Index) -> None:
    assert told(feature, question, words, divers) == value


def test_a_heading_that_asks_more_than_is_asked_is_narrower(divers: Index) -> None:
    near, far = (told("narrower", question, "with a card", divers) for question in ("Work in Oslo?", "Who earns?"))
    assert 0 < near < far <= 1


def test_an_entry_that_says_no_more_than_the_question_is_an_echo() -> None:
    index = index_in_memory({"divers.md": "# Divers\n\n## Needs\n\n- Soft skills\n- A steady hand\n"})
    assert told("echo", "Which soft skills are wanted?", "Soft skills", index) == 1.0
    assert told("echo", "Which soft skills are wanted?", "A steady hand", index) == 0.0


def test_only_a_conversation_about_another_guide_makes_a_unit_stand_elsewhere(divers: Index) -> None:
    assert told("elsewhere", "What do they earn?", "Pay: $40,000", divers) == 0.0
    assert told("elsewhere", "What do they earn?", "Pay: $40,000", divers, ("divers",)) == 0.0
    assert told("elsewhere", "What do they earn?", "Pay: $40,000", divers, ("notaries",)) == 1.0


LEVELS = """# Divers

## Novice

Experience: 0-2 years

## Diver

Experience: 2-5 years

## Master

Experience: 5+ years
"""


@pytest.mark.parametrize(
    ("told_by", "levels"),
    [
        ("with 1 year", (1.0, -1.0, -1.0)),
        ("with 3 years", (-1.0, 1.0, -1.0)),
        ("with 2 years", (1.0, 1.0, -1.0)),
        ("with under 2 years", (1.0, -1.0, -1.0)),
        ("with almost 2 years", (1.0, -1.0, -1.0)),
        ("with more than 2 years", (-1.0, 1.0, -1.0)),
        ("at my six-year mark", (-1.0, -1.0, 1.0)),
        ("with great skill", (0.0, 0.0, 0.0)),
    ],
)
def test_a_time_that_a_person_tells_lies_within_the_ranges_that_hold_it(
    told_by: str, levels: tuple[float, ...]
) -> None:
    index = index_in_memory({"divers.md": LEVELS})
    ranges = ("0-2", "2-5", "5+")
    assert tuple(told("within", f"What does a diver earn {told_by}?", words, index) for words in ranges) == levels


def test_a_row_without_a_time_is_not_placed_by_the_rows_beside_it() -> None:
    table = (
        "# Divers\n\n| Level | Pay | Practice |\n|---|---|---|\n| Novice | $30 | 0-2 years |\n| Master | $90 | much |\n"
    )
    index = index_in_memory({"divers.md": table})
    question = "What does a diver earn with 1 year?"
    assert [told("within", question, words, index) for words in ("Novice", "Master")] == [1.0, 0.0]


EXAMS = """# Exams for divers

| Exam | Fee |
| --- | --- |
| ABC | $100 |
| XYZ | $200 |

The XYZ exam costs $200 and lasts an hour.

Fees rise each year.

## ABC: Advanced Boat Course

It lasts two hours.
"""


@pytest.mark.parametrize(
    ("question", "words", "value"),
    [
        ("What does the ABC cost?", "ABC | $100", 0.0),
        ("What does the ABC cost?", "The XYZ exam costs", 1.0),
        ("What does the ABC cost?", "Fees rise", 0.15),
        ("How long does the ABC last?", "two hours", 0.0),
        ("What does the exam cost?", "The XYZ exam costs", 0.0),
        ("What does the QQQ cost?", "The XYZ exam costs", 0.0),
    ],
)
def test_a_unit_that_names_another_abbreviation_than_the_one_asked_for(question: str, words: str, value: float) -> None:
    index = index_in_memory({"exams.md": EXAMS})
    assert told("uncoded", question, words, index) == pytest.approx(value)


@pytest.mark.parametrize(
    ("question", "words", "value"),
    [
        ("How long does it take to become a diver?", "Divers typically have 2 years of experience.", 1.0),
        ("How long does it take to become a diver?", "Divers train for 2 years, and have 5 years of experience.", 0.0),
        ("How many years of experience has a diver?", "Divers typically have 2 years of experience.", 0.0),
        ("How much does a diver earn?", "Divers typically have 2 years of experience.", 0.0),
    ],
)
def test_a_time_that_somebody_has_behind_them_is_not_what_something_takes(
    question: str, words: str, value: float
) -> None:
    index = index_in_memory({"divers.md": f"# Divers\n\n{words}\n"})
    assert told("having", question, words, index) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [("Training lasts a few days up to a month.", 1.0), ("Divers earn $9 a month.", -1.0), ("Training is hard.", -1.0)],
)
def test_a_time_is_stated_without_a_number(words: str, value: float) -> None:
    index = index_in_memory({"divers.md": f"# Divers\n\n{words}\n"})
    assert told("quantity", "How long is the training?", words, index) == value
