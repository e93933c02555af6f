"""Which of all careers has the most or the least is told by all guides that state it, and by no single one."""

from __future__ import annotations

import pytest

from advisor.across import Across
from advisor.answer import Answer
from advisor.chain import Advisor
from advisor.decision import Fitted
from advisor.question import read_question
from index.search import Index

from .conftest import WordReranker, index_in_memory

PAGE = """# {name}

## Quick facts

- 2024 Median Pay: {pay} per year
- Number of Jobs, 2024: {jobs}
- Job Outlook, 2024–34: {growth}% in all

## What they do

{name} do the work of {name}.

## Similar occupations

| Occupation | Pay |
|---|---|
| Astronauts | $900,000 |
| {name} | {pay} |
"""
CAREERS = {
    "Bakers": ("$36,000", "249,100", 6),
    "Carpenters": ("$59,000", "959,000", 4),
    "Dentists": ("$179,000", "149,300", 5),
    "Farmers": ("$87,000", "834,900", -7),
    "Glaziers": ("$55,000", "56,300", 3),
    "Pilots": ("$198,000", "155,400", 4),
}


@pytest.fixture
def careers() -> Index:
    return index_in_memory(
        {
            f"{name.lower()}.md": PAGE.format(name=name, pay=pay, jobs=jobs, growth=growth)
            for name, (pay, jobs, growth) in CAREERS.items()
        }
    )


def ask(index: Index, question: str) -> Answer:
    return Advisor(index, Fitted({}, bias=0, answer=0), reranker=WordReranker()).ask(question)


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        ("Which occupation pays the most?", "Pilots", "Dentists"),
        ("what is the best paid job", "Pilots", "Dentists"),
        ("Which job pays the least?", "Bakers", "Glaziers"),
        ("Which occupation has the most jobs?", "Carpenters", "Farmers"),
        ("Which job grows the fastest?", "Bakers", "Dentists"),
        ("Which occupation has the slowest growth?", "Farmers", "Glaziers"),
    ],
)
def test_the_first_of_all_guides_stands_first_and_each_is_cited(
    question: str, first: str, second: str, careers: Index
) -> None:
    lead, *told = ask(careers, question).sentences
    assert not lead.citations
    assert [one.text.split(" — ")[0] for one in told[:2]] == [first, second]
    assert all(one.citations for one in told)
    assert "Astronauts" not in str(told)


@pytest.mark.parametrize(
    "question",
    [
        "Which job pays the most in hospitals?",
        "What are the best jobs?",
        "Which job of carpenters pays the most?",
        "What do pilots earn?",
        "Which occupation has the most accidents?",
    ],
)
def test_what_narrows_or_is_stated_by_few_is_no_question_to_all(question: str, careers: Index) -> None:
    assert Across(careers).told(read_question(question)) == ()


def test_few_guides_are_not_all_careers(careers: Index) -> None:
    few = index_in_memory(
        {f"{name.lower()}.md": careers.guides[name.lower()].text for name in ("Bakers", "Carpenters", "Dentists")}
    )
    assert Across(few).told(read_question("Which occupation pays the most?")) == ()
