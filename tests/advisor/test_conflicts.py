"""Where two guides cannot both be right, both are shown; where anything but the guide tells them apart, they are not."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from advisor.answer import Answer, Status
from advisor.chain import Advisor
from advisor.conflicts import OPENING
from index.embedder import open_encoder
from index.reranker import open_reranker

from .conftest import index_in_memory

PAY = "What does a glassblower earn?"
DEGREE = "Does a glassblower need a degree?"
LICENCE = "Do I need a furnace licence to work as a glassblower?"
TRAINING = "How long does the training of a glassblower take?"


def guild(told: str, country: str = "United Kingdom", dated: str = "2024") -> str:
    """A guide to glassblowing that says one thing of its own."""
    return f"""---
title: Becoming a glassblower
country: {country}
dated: "{dated}"
---

# Becoming a glassblower

A glassblower shapes molten glass with breath and tools.

## What the work is

Glassblowers gather molten glass on an iron, blow it and turn it. The furnace burns day and night.

## What to know before

{told}

## Where the work is

Glassblowers work in studios, in laboratories and in factories.
"""


def studio(told: str, country: str = "United Kingdom", dated: str = "2024") -> str:
    """Another guide to glassblowing, of another make."""
    return f"""---
title: A career in glassblowing
country: {country}
dated: "{dated}"
---

# A career in glassblowing

Hot glass is blown, swung and cut by a glassblower.

## The day of a glassblower

The kiln is heated before dawn. A glassblower makes vessels, lamps and panes.

## Questions and answers

{told}
"""


def two(one: str, other: str) -> dict[str, str]:
    return {"guild.md": guild(one), "studio.md": studio(other)}


Ask = Callable[[str, Mapping[str, str]], Answer]


@pytest.fixture(scope="module")
def ask() -> Ask:
    """What the advisor answers from some guides, indexed by meaning."""
    encoder, reranker = open_encoder(), open_reranker()
    return lambda question, files: Advisor(index_in_memory(files, encoder), reranker=reranker).ask(question)


PLANTED = {
    "pay": (PAY, "A glassblower earns £24,000 to £28,000 a year.", "A glassblower earns £36,000 to £41,000 a year."),
    "degree": (DEGREE, "A degree in glass is required.", "A glassblower does not need a degree."),
    "licence": (LICENCE, "A glassblower must hold a furnace licence.", "No furnace licence is needed."),
    "training": (TRAINING, "The training takes two years.", "The training takes four to five years."),
}


@pytest.mark.parametrize("about", PLANTED)
def test_guides_that_disagree_are_shown_side_by_side(about: str, ask: Ask) -> None:
    question, one, other = PLANTED[about]
    answer = ask(question, two(one, other))
    assert answer.status is Status.CONFLICTING
    assert answer.text.startswith(OPENING)
    assert {citation.guide: citation.quote for citation in answer.citations} == {"guild": one, "studio": other}
    for told in (one, other, "“Becoming a glassblower”", "“A career in glassblowing”"):
        assert told in answer.text


APART = {
    "rounding": (PAY, two("A glassblower earns £30,000 a year.", "A glassblower earns £30,200 a year.")),
    "a range inside another": (
        PAY,
        two("A glassblower earns £24,000 to £40,000 a year.", "A glassblower earns £28,000 to £32,000 a year."),
    ),
    "a time inside a range": (
        TRAINING,
        two("The training takes between two and four years.", "The training takes three years."),
    ),
    "another level": (
        "What does an apprentice glassblower earn?",
        two("An apprentice glassblower earns £15,000 a year.", "A master glassblower earns £45,000 a year."),
    ),
    "another year": (
        "What did a glassblower earn in 2019?",
        two("In 2019, a glassblower earned £21,000 a year.", "In 2023, a glassblower earned £29,000 a year."),
    ),
    "another country, pay": (
        PAY,
        {
            "guild.md": guild("A glassblower earns £24,000 a year."),
            "studio.md": studio("A glassblower earns £52,000 a year.", "Ireland"),
        },
    ),
    "another country, degree": (
        DEGREE,
        {
            "guild.md": guild("A degree in glass is required."),
            "studio.md": studio("A glassblower does not need a degree.", "Ireland"),
        },
    ),
    "another period": (PAY, two("A glassblower earns £24,000 a year.", "A glassblower earns £14 an hour.")),
    "the same in other words": (
        DEGREE,
        two("A glassblower needs no degree.", "A glassblower does not need a degree."),
    ),
    "the same schooling in other words": (
        "What education does a glassblower need?",
        two(
            "A high school diploma is a must.", "A glassblower must have a high school diploma or a bachelor's degree."
        ),
    ),
    "schooling for something of a name of its own": (
        "What education does a glassblower need?",
        two("A glassblower needs a high school diploma.", "A glassblower must have a bachelor's degree for the MGB."),
    ),
    "schooling of another": (
        "What education does a glassblower need?",
        two("A glassblower needs a high school diploma.", "An inspector of furnaces must have a bachelor's degree."),
    ),
    "another subject": (DEGREE, two("A glassblower needs no degree.", "A first aid certificate is required.")),
    "one guide alone": (PAY, {"guild.md": guild("A glassblower earns £24,000 a year.")}),
}


@pytest.mark.parametrize(
    "question",
    [
        "Does a glassblower need a degree?",
        "What education does a glassblower need?",
        "Is high school enough for a glassblower?",
        "Is high school enough to begin as a glassblower?",
        "Can I be a glassblower with only a high school diploma?",
    ],
)
def test_guides_that_require_unlike_schooling_are_shown_side_by_side(question: str, ask: Ask) -> None:
    one = "A high school diploma is required of a glassblower."
    other = "For a glassblower, an associate degree is the minimum requirement."
    answer = ask(question, two(one, other))
    assert answer.status is Status.CONFLICTING
    assert {citation.quote for citation in answer.citations} == {one, other}


def test_an_entry_of_a_list_is_asked_for_as_its_heading_tells(ask: Ask) -> None:
    one = "### Requirements for a glassblower\n\n- A furnace licence for glassblowers\n- Steady hands"
    answer = ask(LICENCE, two(one, "No furnace licence is needed."))
    assert answer.status is Status.CONFLICTING
    assert {citation.quote for citation in answer.citations} >= {
        "A furnace licence for glassblowers",
        "No furnace licence is needed.",
    }


def test_an_entry_of_a_list_of_what_is_not_needed_is_not_asked_for_by_the_heading_over_it(ask: Ask) -> None:
    one = "### Requirements for a glassblower\n\nThere is no need of these:\n\n- A furnace licence for glassblowers\n- Own tools"
    answer = ask(LICENCE, two(one, "A glassblower must hold a furnace licence."))
    assert answer.status is Status.CONFLICTING


@pytest.mark.parametrize(
    "question",
    [
        "Is there any disagreement about whether a degree is required of a glassblower?",
        "Does everyone agree that a glassblower needs a degree?",
        "Is it agreed that a glassblower needs a degree?",
    ],
)
def test_agreement_is_asked_for_without_a_word_of_guides(question: str, ask: Ask) -> None:
    same = ask(question, two("A degree in glass is required.", "A glassblower must have a degree in glass."))
    assert same.status is Status.ANSWERED
    assert {citation.guide for citation in same.citations} == {"guild", "studio"}
    answer = ask(question, two("A degree in glass is required.", "A glassblower does not need a degree."))
    assert answer.status is Status.CONFLICTING


@pytest.mark.parametrize("about", APART)
def test_what_something_else_tells_apart_is_no_disagreement(about: str, ask: Ask) -> None:
    answer = ask(*APART[about])
    assert answer.status is Status.ANSWERED
    assert OPENING not in answer.text


FIVE = "These are the 5 steps to become a glassblower.\n\n### 5 steps to become a glassblower\n\nFind a furnace."
TEN = "It takes ten steps.\n\n### Step 10: Join a guild of glassblowers\n\nPay the dues."
ISSUES = (
    "The furnace is entered in the FURN list by the World Glass Council, which issues the FURN list to glassblowers."
)


@pytest.mark.parametrize(
    "question", ["How many steps does it take to become a glassblower?", "how many steps are there to a glassblower?"]
)
def test_steps_that_are_counted_otherwise_are_told_however_they_are_asked_for(question: str, ask: Ask) -> None:
    answer = ask(question, two(FIVE, TEN))
    assert answer.status is Status.CONFLICTING
    assert "5 steps" in answer.text
    assert "Step 10" in answer.text


@pytest.mark.parametrize("question", ["Who publishes the FURN?", "By whom is the FURN published?"])
def test_who_is_named_otherwise_is_told(question: str, ask: Ask) -> None:
    answer = ask(
        question,
        two(
            "The FURN, published by the World Glass Organization, numbers the furnaces of glassblowers.",
            "A glassblower gives each furnace the FURN codes introduced by the World Glass Assembly.",
        ),
    )
    assert answer.status is Status.CONFLICTING
    assert "Organization" in answer.text
    assert "Assembly" in answer.text


@pytest.mark.parametrize(
    "message",
    [
        f"{PAY} I keep hearing wildly different numbers and it drives me mad!",
        f"I am so tired of guessing. {PAY}",
        f"I'm terrified of failing. {PAY}",
    ],
)
def test_what_is_told_beside_a_question_hides_no_disagreement(message: str, ask: Ask) -> None:
    answer = ask(message, two(*PLANTED["pay"][1:]))
    assert answer.status is Status.CONFLICTING
    assert {citation.guide for citation in answer.citations} == {"guild", "studio"}
