"""What a follow-up points to: the message itself, the last answer, two questions before it, or nothing."""

from __future__ import annotations

import re

import pytest

from advisor.conversation import Follower, StandAlone, Turn, as_read
from advisor.conversation.against import difference
from advisor.conversation.nouns import Nouns
from advisor.conversation.phrases import names_in, points_inside
from advisor.conversation.pointing import doer_in, for_one, many_in
from index.search import Index
from index.words import words_in

from .conftest import index_in_memory
from .turns import turn


@pytest.fixture
def pay(crafts: Index) -> list[Turn]:
    return [turn(crafts, "What does a glassblower earn?", "glassblower", section=("Stages", "Stage 2: Servitor"))]


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("ok, forget that. What does a falconer earn?", "What does a falconer earn?"),
        ("Different question: how long is a shift?", "how long is a shift?"),
        ("Something else, is there a test?", "is there a test?"),
        ("never mind. Can I work at night?", "Can I work at night?"),
    ],
)
def test_what_is_set_aside_carries_nothing_over(message: str, asked: str, follower: Follower, pay: list[Turn]) -> None:
    assert follower.read(message, pay) == StandAlone(asked)


@pytest.mark.parametrize("message", ["never mind. And a falconer?", "Another thing: what do they wear?"])
def test_what_still_leans_after_that_is_completed(message: str, follower: Follower, pay: list[Turn]) -> None:
    assert follower.read(message, pay).text in ("What does a falconer earn?", "what do glassblower wear?")


def test_a_pronoun_behind_its_own_subject_points_to_that(follower: Follower, pay: list[Turn]) -> None:
    message = "and what about falconers, what do they earn?"
    assert follower.read(message, pay) == StandAlone(message)


def test_it_may_point_to_an_earlier_clause(follower: Follower, pay: list[Turn]) -> None:
    message = "I have a criminal record, is that a problem?"
    assert points_inside(message)
    assert not points_inside("and what does it cost?")
    assert follower.read(message, pay).text == "I have a criminal record, is that a problem for a glassblower?"


@pytest.mark.parametrize(
    "message",
    [
        "how long does it take before you're properly qualified?",
        "would it make any sense to go over to falconry?",
        "how much does it cost to start?",
    ],
)
def test_it_points_to_nothing_where_it_is_told_what_takes_long(
    message: str, follower: Follower, pay: list[Turn]
) -> None:
    assert re.search(r"\bit\b", follower.read(message, pay).text)


@pytest.mark.parametrize("message", ["will there be jobs?", "are there jobs?", "there are jobs, no?"])
def test_there_is_points_to_nothing(message: str, follower: Follower, pay: list[Turn]) -> None:
    assert "there" in follower.read(message, pay).text


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("how much does that one cost?", "how much does the FC2 cost?"),
        ("and how long is it?", "and how long is the FC2?"),
    ],
)
def test_what_an_answer_named_is_what_is_pointed_to(
    message: str, asked: str, follower: Follower, crafts: Index
) -> None:
    before = "Which certificate suits a beginner?"
    one = turn(crafts, before, "falconer", said="A beginner takes the FC2.")
    assert follower.read(message, [one]).text == asked
    several = turn(crafts, before, "falconer", said="A beginner takes the FC2 or the FC3.")
    assert "FC2" not in follower.read(message, [several]).text


def test_abbreviations_name_a_thing_before_capital_words_do() -> None:
    assert names_in("The CCA of the Royal Guild") == ["CCA"]
    assert names_in("The Master of Lamps may become one") == ["Master of Lamps"]
    assert names_in("nobody") == []


def test_a_place_takes_only_the_place_of_another(follower: Follower, crafts: Index) -> None:
    before = [turn(crafts, "What do glassblower earn at universities?", "glassblower")]
    assert follower.read("and at studios?", before).text == "What do glassblower earn at studios?"
    unplaced = [turn(crafts, "What does a glassblower earn?", "glassblower")]
    assert follower.read("and at night?", unplaced).text.startswith("What does a glassblower earn")


def test_others_of_the_kind_keep_its_noun(follower: Follower, crafts: Index) -> None:
    before = [turn(crafts, "What do lighthouse keepers do?", "keeper")]
    assert follower.read("And married ones, what do they do?", before).text == "And married keepers, what do they do?"


def test_the_heading_beside_is_asked_what_the_message_asks(follower: Follower, pay: list[Turn]) -> None:
    assert follower.read("and the stage above that, what does he do?", pay).text == "what does Gaffer do?"
    assert follower.read("and the next stage, what is made there?", pay).text == "Stage 3: Gaffer: what is made there?"


def test_a_message_that_names_its_own_two_is_held_against_no_earlier_pair(follower: Follower, crafts: Index) -> None:
    before = [turn(crafts, "What is the difference between a gaffer and a servitor?", "glassblower")]
    message = "Which takes longer, a course or a diploma?"
    assert "servitor" in follower.read("which takes longer?", before).text
    assert "servitor" not in follower.read(message, before).text


@pytest.mark.parametrize("message", ["which of the two is cheaper?", "which is better?"])
def test_the_same_asked_of_two_things_is_told_of_both(message: str, follower: Follower, crafts: Index) -> None:
    first, second = "What does the FC2 exam cost?", "What does the FC3 exam cost?"
    asked = follower.read(message, [turn(crafts, text, "falconer") for text in (first, second)])
    assert asked.text == f"{first} {second}"
    assert [part.text for part in follower.parts(asked)] == [first, second]


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("What does the RHIT cost?", "What does the CCS cost?", ("RHIT", "CCS")),
        ("What does the RHIT cost?", "Who offers the CCS?", None),
        ("What did it cost in 2020?", "What did it cost in 2021?", ("2020", "2021")),
        ("What does it cost?", "What does it cost?", None),
    ],
)
def test_two_questions_differ_in_one_place_or_are_about_different_matters(
    one: str, other: str, differ: tuple[str, str] | None
) -> None:
    assert difference(one, other) == differ


def test_the_parts_of_a_message_share_their_subject(follower: Follower, pay: list[Turn]) -> None:
    first, second = follower.parts(StandAlone("How long is the FC2 exam and how many questions does it have?"))
    assert first.text == "How long is the FC2 exam?"
    assert second.text == "how many questions does the FC2 exam have?"
    assert second.read == "How long is the FC2 exam? >> how many questions does it have?"


def test_the_parts_of_a_follow_up_are_read_behind_what_came_before(follower: Follower, pay: list[Turn]) -> None:
    asked = follower.read("How long do they train and how many hours do they work?", pay)
    first, second = follower.parts(asked)
    assert "glassblower" in first.text
    assert second.focus == first.focus == ("glassblower",)


def test_a_question_whose_pronoun_got_its_subject_is_read_as_it_came(follower: Follower, pay: list[Turn]) -> None:
    asked = follower.read("Do they need a degree?", pay)
    assert asked.text == "Do glassblower need a degree?"
    assert asked.read == "What does a glassblower earn? >> Do they need a degree?"


def test_the_guide_that_an_answer_names_is_what_the_conversation_is_about(follower: Follower, crafts: Index) -> None:
    named = turn(crafts, "Who works by the sea?", "glassblower", said="Lighthouse keeper — Pay: £24,500")
    assert follower.read("How many hours?", [named]).focus == ("keeper",)
    unnamed = turn(crafts, "Who works by the sea?", "glassblower", said="Some do.")
    assert follower.read("How many hours?", [unnamed]).focus == ("glassblower",)


@pytest.mark.parametrize(
    ("before", "message", "asked"),
    [
        ("How do I become a falconer?", "and how long does that take?", "How long does it take to become a falconer?"),
        ("How do I become a falconer?", "what would it cost me?", None),
        ("What does a glassblower earn?", "How do I get there?", "How do I become a glassblower?"),
        ("Is there a course for falconers in Wales?", "Where do they work there?", "Where do falconers work in Wales?"),
        ("Do falconers need a licence in Wales?", "Where do I get it?", "Where do I get a licence?"),
        ("How many falconers are there?", "does it vary?", "does the number of falconers vary?"),
        ("What does a glassblower do?", "Is the job dangerous?", "Is the job of glassblower dangerous?"),
        ("What does a glassblower do?", "how many are there?", "how many glassblower are there?"),
        ("What does a glassblower earn?", "and someone who keeps a lighthouse?", "What does someone who keeps a lighthouse earn?"),
        ("What does a glassblower earn?", "do those who own a shop earn more?", "do glassblower who own a shop earn more?"),
        ("What does a senior glassblower earn?", "sorry, I meant a junior one", "What does a junior glassblower earn?"),
        ("Which letters stand behind a falconer's name?", "what do those letters stand for?", None),
    ],
)  # fmt: skip
def test_a_message_is_completed_by_what_it_points_to(
    before: str, message: str, asked: str | None, follower: Follower, crafts: Index
) -> None:
    guide = "falconer" if "falconer" in before else "glassblower"
    found = follower.read(message, [turn(crafts, before, guide)]).text
    assert found == asked if asked else "those letters" in found or "falconer" in found


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("What does the first one cost?", "What does the FC1 cost?"),
        ("What does the latter cost?", "What does the FC2 cost?"),
        ("and the other one?", None),
    ],
)
def test_one_of_a_pair_is_told_by_its_place(message: str, asked: str | None, follower: Follower, crafts: Index) -> None:
    pair = turn(crafts, "How do the FC1 and the FC2 differ?", "falconer")
    cost = turn(crafts, "What does the FC1 cost?", "falconer")
    if asked:
        assert follower.read(message, [pair]).text == asked
    else:
        assert follower.read(message, [pair, cost]).text == "What does the FC2 cost?"
        assert "FC2 cost" not in follower.read(message, [pair]).text


@pytest.mark.parametrize(
    ("said", "before", "asked"),
    [
        ("for a manager", "How much does a senior coder earn?", "How much does a manager earn?"),
        ("for a beginner", "What do coders earn in hospitals?", "What do beginners earn in hospitals?"),
        ("for an auditor", "Do I need a degree?", None),
        ("for a hospital", "How much does a senior coder earn?", None),
        ("in a kiln", "What does a potter do?", None),
    ],
)
def test_somebody_else_takes_the_place_of_who_does_what_is_asked(said: str, before: str, asked: str | None) -> None:
    assert for_one(said, before) == asked


def test_a_pair_takes_the_place_of_a_pair(follower: Follower, crafts: Index) -> None:
    before = turn(crafts, "What is the difference between FC1 and FC2?", "falconer")
    found = follower.read("No, I meant the FC3 and the FC4.", [before]).text
    assert found == "What is the difference between FC3 and the FC4?"


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        ("How much does the FC2 cost?", "how long is the FC2 valid?"),
        ("What is the average pay?", "how long is the average pay valid?"),
    ],
)
def test_a_verb_is_no_part_of_what_is_pointed_to(before: str, asked: str, follower: Follower, crafts: Index) -> None:
    assert follower.read("how long is it valid?", [turn(crafts, before, "glassblower")]).text.startswith(asked[:-1])


@pytest.mark.parametrize(
    ("question", "doers", "many"),
    [
        ("What does a kiln manager do?", "kiln managers", ""),
        ("what does a melting manager do", "melting managers", ""),
        ("What is a kiln?", "", ""),
        ("which is harder?", "", ""),
        ("Which tools help most?", "", "tools"),
    ],
)
def test_they_are_no_verbs(question: str, doers: str, many: str) -> None:
    """ "What is a …" asks for no plural "is", and a manager of melting is one by both words."""
    assert doer_in(question) == doers
    assert many_in(question) == many


def test_it_is_none_of_several(follower: Follower, crafts: Index) -> None:
    history = [turn(crafts, "Do glassblowers work nights?", "glassblower")]
    assert follower.read("is it stressful?", history).text == "is the work of glassblowers stressful?"


def test_what_was_said_of_another_subject_is_not_read_with_a_follow_up(follower: Follower, crafts: Index) -> None:
    history = [turn(crafts, "What do falconers earn?", "falconer"), turn(crafts, "What do keepers do?", "keeper")]
    assert follower.read("do they wear hats?", history).read == as_read("do they wear hats?", ["What do keepers do?"])
    both = [*history, turn(crafts, "How many keepers are there?", "keeper")]
    read = follower.read("do they wear hats?", both).read
    assert read == as_read("do they wear hats?", ["What do keepers do?", "How many keepers are there?"])


@pytest.mark.parametrize(
    ("word", "names"),
    [("dangerous", False), ("logging", True), ("wages", True), ("unheard", True)],
)
def test_what_guides_say_of_things_is_no_thing(word: str, names: bool) -> None:
    page = "# Loggers\n\nThe dangers of logging are many.\n\n" + "".join(
        f"## Part {n}\n\nA dangerous tree falls, and it is dangerous work. The logging of tree {n} was done.\n\n"
        for n in range(4)
    )
    nouns = Nouns(index_in_memory({"loggers.md": page}))
    assert nouns.names(next(words_in(word))) is names
