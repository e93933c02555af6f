"""A message behind others is answered by itself, or with what was said before: as the guides answer it best."""

from __future__ import annotations

from dataclasses import replace

import pytest

from advisor.answer import Status
from advisor.chain import Advisor, Turn
from advisor.choosing import BIAS, Chooser, shipped
from advisor.conversation import Follower
from advisor.decision import Decider
from index.search import Index

from .turns import turn


@pytest.fixture
def pay(crafts: Index) -> list[Turn]:
    cited = ("Stages", "Stage 2: Servitor")
    return [turn(crafts, "What does a glassblower earn?", "glassblower", cited, suggestions=("Tools",))]


def test_a_first_message_has_one_reading(follower: Follower) -> None:
    assert follower.readings("What do falconers earn?", []) is None


@pytest.mark.parametrize("message", ["yes", "Tools", "new question: what do falconers earn?"])
def test_what_is_settled_by_its_words_has_one_reading(message: str, follower: Follower, pay: list[Turn]) -> None:
    assert follower.readings(message, pay) is None


def test_small_talk_leaves_nothing_to_choose(follower: Follower, crafts: Index) -> None:
    talk = turn(crafts, "hello", status=Status.CONVERSATION)
    assert follower.readings("how long is the training?", [talk]) is None


def test_a_message_is_read_with_what_was_said_and_by_itself(follower: Follower, pay: list[Turn]) -> None:
    readings = follower.readings("ok, and sorry, how long is the training?", pay)
    assert readings
    assert readings.came.text.endswith("how long is the training for a glassblower?")
    assert readings.came.focus == readings.focus == ("glassblower",)
    assert readings.alone.text.endswith("how long is the training?")
    assert readings.alone.focus == ()
    assert readings.alone.read is None


@pytest.mark.parametrize("message", ["and the pay at airports?", "what about the pay?"])
def test_a_piece_of_a_question_is_read_with_what_was_said(message: str, follower: Follower, pay: list[Turn]) -> None:
    assert follower.readings(message, pay) is None


@pytest.mark.parametrize("message", ["And what do keepers earn?", "Do keepers need a degree before they start?"])
def test_whoever_is_named_may_be_asked_about_alone(message: str, follower: Follower, pay: list[Turn]) -> None:
    assert follower.readings(message, pay)


def test_weights_choose(crafts: Index, follower: Follower) -> None:
    alone = Chooser(crafts, Decider(crafts), follower.topics, {BIAS: -1.0, "unknown most": 2.0})
    features = {BIAS: 1.0, "unnamed": 0.0, "meant": 0.0, "names the best": 0.0, "alone inside": 0.0}
    assert alone.prefers_alone(features | {"unknown most": 0.9})
    assert not alone.prefers_alone(features | {"unknown most": 0.4})
    they = features | {"unknown most": 0.9, "unnamed": 1.0}
    assert not alone.prefers_alone(they), "whoever they are, they were named"


@pytest.mark.parametrize("message", ["What licence do they need?", "What licence would they need at a lighthouse?"])
def test_they_are_those_whom_the_question_before_names(message: str, crafts: Index) -> None:
    advisor = Advisor(crafts)
    read = advisor.readings(message, advisor.turns(["What do falconers earn?"]))
    assert read
    assert read[2]["meant"] == 1
    assert "falconers" in advisor.ask(message, advisor.turns(["What do falconers earn?"])).standalone


def test_words_that_the_subject_s_guide_does_not_have_are_told(crafts: Index, pay: list[Turn]) -> None:
    advisor = Advisor(crafts)
    known, new = (
        advisor.readings(text, pay) for text in ("How long is the apprenticeship?", "What licence is needed?")
    )
    assert known
    assert new
    assert known[2]["unknown most"] == 0
    assert new[2]["unknown most"] > 0


def test_what_was_told_already_is_noted(crafts: Index, follower: Follower, pay: list[Turn]) -> None:
    message = "how long is the training?"
    readings, tried = follower.readings(message, pay), Advisor(crafts).readings(message, pay)
    assert readings
    assert tried
    came, alone, features = tried
    best = alone.evidence.best
    assert best
    assert features["alone told"] == 0
    told = replace(pay[0].answer.citations[0], guide=best.guide.id, start=best.unit.span.start, end=best.unit.span.end)
    last = replace(pay[0].answer, citations=(told,))
    chooser = Chooser(crafts, Decider(crafts), follower.topics)
    assert chooser.features(readings, came, alone, last)["alone told"] == 1


def test_the_shipped_weights_are_of_features_that_there_are(crafts: Index, pay: list[Turn]) -> None:
    told = Advisor(crafts).readings("how long is the training?", pay)
    assert told
    assert set(shipped()) <= set(told[2])


def test_another_subject_is_asked_about_without_what_was_spoken_of(crafts: Index) -> None:
    advisor = Advisor(crafts)
    question = "What licence does a falconer need?"
    alone = advisor.ask(question)
    after = advisor.ask(question, advisor.turns(["What does a glassblower earn?"]))
    assert after.standalone == question
    assert [s.text for s in after.sentences] == [s.text for s in alone.sentences]


def test_what_names_no_subject_is_asked_about_what_was_spoken_of(crafts: Index) -> None:
    advisor = Advisor(crafts)
    history = advisor.turns(["What does a falconer earn?"])
    assert {c.guide for c in advisor.ask("And where is the pay highest?", history).citations} == {"falconer"}
