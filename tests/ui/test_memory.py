"""A conversation comes back from the browser as it was kept, and a forged one does no harm."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.answer import Answer, Proof, Sentence, Status
from advisor.chain import Turn
from advisor.profile import Aspect, Profile, Trait
from index.guide import Guide
from ui.memory import GONE, MAX_TURNS, Conversation, dump, dump_profile, load, load_profile

from .conftest import ScriptedEngine


def conversation(engine: ScriptedEngine, *messages: str) -> Conversation:
    talk = Conversation.new()
    for message in messages:
        talk = talk.with_turn(Turn(message, engine.ask(message, talk.turns)))
    return talk


def test_a_conversation_comes_back_as_it_was(engine: ScriptedEngine, guides: Mapping[str, Guide]) -> None:
    talk = conversation(engine, "Pay of bakers?", "Disagree?", "Hello")
    assert load(dump(talk), guides) == talk


def test_what_a_language_model_wrote_comes_back_with_its_proof(
    engine: ScriptedEngine, guides: Mapping[str, Guide]
) -> None:
    answer = replace(engine.ask("Pay?"), mode="model", model="acme:large", proof=Proof(3, 1, 2))
    talk = Conversation.new().with_turn(Turn("Pay?", answer))
    assert load(dump(talk), guides) == talk


@pytest.mark.parametrize(("field", "forged"), [("quote", "You earn $1,000,000"), ("start", 3), ("guide", "nowhere")])
def test_a_forged_citation_falls_away_with_what_it_carried(
    engine: ScriptedEngine, guides: Mapping[str, Guide], field: str, forged: Any
) -> None:
    kept = json.loads(dump(conversation(engine, "Partly?")))
    kept["turns"][0]["citations"][0][field] = forged
    (turn,) = load(json.dumps(kept), guides).turns
    assert turn.answer.citations == ()
    assert turn.answer.sentences == (Sentence(GONE),)


def test_titles_and_dates_come_from_the_guide_and_not_from_the_browser(
    engine: ScriptedEngine, guides: Mapping[str, Guide]
) -> None:
    kept = json.loads(dump(conversation(engine, "Partly?")))
    kept["turns"][0]["citations"][0] |= {"title": "Forged", "dated": "2099"}
    (turn,) = load(json.dumps(kept), guides).turns
    assert turn.answer.citations[0].title == "Bakers"
    assert turn.answer.citations[0].dated == "2024"


def test_a_long_conversation_keeps_its_last_turns(guides: Mapping[str, Guide]) -> None:
    talk = Conversation.new()
    for number in range(MAX_TURNS + 5):
        answer = Answer(str(number), str(number), Status.CONVERSATION, (Sentence("Hello"),))
        talk = talk.with_turn(Turn(str(number), answer))
    restored = load(dump(talk), guides)
    assert [turn.message for turn in restored.turns][-1] == str(MAX_TURNS + 4)
    assert len(restored.turns) == len(restored.names) == MAX_TURNS
    assert len(restored.gone) == 5


def test_every_turn_has_a_name_that_stays_and_what_gives_way_is_told_by_it(
    engine: ScriptedEngine, guides: Mapping[str, Guide]
) -> None:
    talk = load(dump(conversation(engine, "Pay?", "Steps?", "Mars?")), guides)
    first, second, third = talk.names
    assert talk.before(2).gone == (third,)
    assert (talk.changed_at(2).id, talk.changed_at(2).gone) == (talk.id, (third,))
    branch = talk.changed_at(1)
    assert branch.id != talk.id
    assert (branch.names, branch.gone) == ((first,), ())
    again = load(dump(talk.before(2).with_turn(talk.turns[2], "another")), guides)
    assert (again.names, again.gone) == ((first, second, "another"), (third,))


def test_a_turn_without_a_name_is_given_one(engine: ScriptedEngine, guides: Mapping[str, Guide]) -> None:
    kept = json.loads(dump(conversation(engine, "Pay?")))
    del kept["turns"][0]["name"]
    assert len(load(json.dumps(kept), guides).names[0]) >= 4


def test_what_a_guide_no_longer_says_is_not_cited(engine: ScriptedEngine, guides: Mapping[str, Guide]) -> None:
    kept = dump(conversation(engine, "Partly?"))
    changed = {**guides, "bakers": replace(guides["bakers"], text="Another text.")}
    assert load(kept, changed).turns[0].answer.citations == ()


@settings(deadline=None)
@given(st.one_of(st.text(), st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps)))
def test_anything_else_is_a_new_conversation(text: str) -> None:
    assert load(text, {}).turns == ()


def test_a_profile_comes_back_as_it_was_and_tells_what_it_was_before() -> None:
    before = Profile((Trait(Aspect.GOAL, "baker", "a baker"),))
    after = before.with_trait(Trait(Aspect.SKILLS, "kneading", "I knead"))
    text = dump_profile(after, before)
    assert load_profile(text) == after
    assert json.loads(text)["before"] == before.to_json()["traits"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"traits": 5}', '{"traits": [{"aspect": "shoe size"}]}', "null"])
def test_a_profile_that_cannot_be_read_is_an_empty_one(text: str) -> None:
    assert load_profile(text) == Profile()
