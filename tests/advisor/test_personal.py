"""What an answer says to the person who asks: one cited sentence more, and never another fact."""

from __future__ import annotations

import itertools
import json

import pytest

from advisor.answer import Answer
from advisor.chain import Advisor, Turn
from advisor.profile import Aspect, Profile, Trait, read_profile
from advisor.proof import numbers_in
from advisor.roadmap import Planner, Progress
from index.search import Index

QUESTIONS = (
    "Do I need a degree to become a clinical coder?",
    "How much does an entry-level clinical coding specialist earn?",
    "How many job openings were there in 2024?",
    "What does the CPC exam cost?",
    "Can coders work from home?",
    "How long does it take to become a clinical coding specialist?",
    "What is ICD?",
    "Which skills does a clinical coder need?",
    "What are the five steps to become a clinical coder?",
    "Is clinical coding stressful?",
    "Who is the CEO of AAPC?",
    "What do clinical coders in the NHS earn?",
)
TRAITS = (
    Trait(Aspect.EXPERIENCE, "nurse, 5 years", "I'm a nurse with five years on the ward"),
    Trait(Aspect.EXPERIENCE, "receptionist", "I'm a receptionist"),
    Trait(Aspect.EXPERIENCE, "pharmacy technician, 2 years", "I'm a pharmacy technician"),
    Trait(Aspect.EDUCATION, "bachelor's degree", "a bachelor's degree"),
    Trait(Aspect.EDUCATION, "no degree", "no degree"),
    Trait(Aspect.CREDENTIALS, "CPC", "my CPC"),
    Trait(Aspect.CONSTRAINTS, "work from home", "I want to work from home"),
    Trait(Aspect.CONSTRAINTS, "single mom of two", "single mom of two"),
    Trait(Aspect.CONSTRAINTS, "lives in Manchester", "I live in Manchester"),
    Trait(Aspect.CONSTRAINTS, "$500 saved", "$500 saved"),
    Trait(Aspect.CONSTRAINTS, "45 years old", "I'm 45"),
)
ONE = [Profile((trait,)) for trait in TRAITS]
TWO = [Profile(traits) for traits in itertools.combinations(TRAITS, 2)]


@pytest.fixture(scope="session")
def advisor(shipped: Index) -> Advisor:
    """Over the shipped guides."""
    return Advisor(shipped)


@pytest.fixture(scope="session")
def planner(shipped: Index) -> Planner:
    """Over the shipped guides."""
    return Planner(shipped)


def without_note(answer: Answer) -> tuple[str, ...]:
    """What an answer says to everybody."""
    texts = [sentence.text for sentence in answer.sentences]
    stop = next((i for i, text in enumerate(texts) if text.startswith("For you (")), len(texts))
    return tuple(texts[:stop])


@pytest.mark.parametrize("number", range(len(QUESTIONS)), ids=QUESTIONS)
def test_whoever_asks_is_told_the_same_facts(advisor: Advisor, number: int) -> None:
    question = QUESTIONS[number]
    plain = advisor.ask(question)
    for profile in (*ONE, *TWO[number :: len(QUESTIONS)]):
        told = advisor.ask(question, profile=profile)
        assert told.status is plain.status
        assert without_note(told) == without_note(plain)
        assert told.citations[: len(plain.citations)] == plain.citations


def test_what_is_added_is_quoted_word_for_word(advisor: Advisor) -> None:
    added = 0
    for question, profile in itertools.product(QUESTIONS, ONE):
        answer = advisor.ask(question, profile=profile)
        if len(answer.sentences) == len(without_note(answer)):
            continue
        added += 1
        citation = answer.citations[-1]
        assert advisor.index.guides[citation.guide].text[citation.start : citation.end] == citation.quote
        assert answer.sentences[-1].citations == (citation.number,)
        assert numbers_in(answer.sentences[-1].text) <= numbers_in(citation.quote)
    assert added >= 5


def test_a_note_says_in_whose_words_it_stands(advisor: Advisor) -> None:
    answer = advisor.ask("Can coders work from home?", profile=Profile((TRAITS[7],)))
    note = [s.text for s in answer.sentences if s.text.startswith("For you (")]
    assert all("single mom of two" in text for text in note)


def test_a_conversation_tells_who_asks(advisor: Advisor) -> None:
    first = advisor.ask("I'm a nurse with five years on the ward.")
    history = (Turn("I'm a nurse with five years on the ward.", first),)
    assert [t.value for t in advisor.person("I have no degree", history).traits] == [
        "nurse, 5 years on the ward",
        "no degree",
    ]


def test_a_profile_that_is_given_stands_for_the_conversation(advisor: Advisor) -> None:
    history = (Turn("I'm a nurse", advisor.ask("I'm a nurse")),)
    erased = advisor.person("what does it pay?", history, Profile())
    assert not erased


def test_the_shipped_guides_make_a_roadmap_for_a_nurse(planner: Planner) -> None:
    profile = read_profile("I'm a nurse with five years on the ward and a bachelor's degree", planner.vocabulary)
    roadmap = planner.plan(profile)
    assert roadmap.guides[0].id == "clinical-coding-specialist"
    assert len(roadmap.steps) == 10
    assert "health information management" in roadmap.steps[1].reason.text
    assert any("Nursing" in sentence.text or "nurse" in sentence.text for sentence in roadmap.for_you)
    assert any(s.disagreement for s in roadmap.steps)


def test_the_shipped_guides_make_a_roadmap_for_manchester(planner: Planner) -> None:
    roadmap = planner.plan(read_profile("I live in Manchester, no degree, just high school"), "clinical coder")
    assert roadmap.guides[0].country == "United Kingdom"
    assert roadmap.steps[0].status is Progress.DONE


def test_a_certificate_that_the_guides_expand_is_known(planner: Planner) -> None:
    roadmap = planner.plan(read_profile("i've got my cpc", planner.vocabulary))
    certified = next(step for step in roadmap.steps if step.title.text == "Get certified")
    assert certified.status is Progress.DONE
    assert certified.reason.words == "i've got my cpc"


def test_a_manager_to_be_climbs_the_shipped_ladder(planner: Planner) -> None:
    roadmap = planner.plan(
        read_profile("I'm a senior coder with 7 years and a CCS", planner.vocabulary), "coding manager"
    )
    assert roadmap.steps[-1].title.text == "Coding Supervisor or Manager"
    assert roadmap.steps[-2].status is Progress.DONE


def test_another_career_is_refused(planner: Planner) -> None:
    roadmap = planner.plan(Profile(), "plumber")
    assert not roadmap.steps
    assert "plumber" in roadmap.gaps[0]


def test_a_roadmap_of_the_shipped_guides_is_exact(planner: Planner) -> None:
    for profile in ONE:
        roadmap = planner.plan(profile)
        for citation in roadmap.citations:
            text = planner.index.guides[citation.guide].text
            assert text[citation.start : citation.end] == citation.quote
        json.dumps(roadmap.to_json())
