"""A profile: told, corrected, erased, stored, read from files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.profile import Aspect, Profile, Trait, load_profile, read_profile
from advisor.profile.levels import Level, level_of
from advisor.profile.places import country_of
from advisor.profile.values import MAX_TRAITS
from index.errors import AdvisorError


def told(*messages: str) -> list[str]:
    """What a conversation leaves in the profile."""
    profile = Profile()
    for message in messages:
        profile = read_profile(message, before=profile)
    return [trait.value for trait in profile.traits]


@pytest.mark.parametrize(
    ("messages", "values"),
    [
        (("I'm a nurse with five years on the ward", "actually it's three years"), ["nurse, 3 years on the ward"]),
        (("I'm a nurse for 5 years", "sorry, I meant 3 years"), ["nurse, 3 years"]),
        (("I have a bachelor's degree", "actually I only have an associate degree"), ["associate degree"]),
        (("I'm a nurse", "I'm not a nurse, I'm a medical assistant"), ["medical assistant"]),
        (("I live in Leeds", "I moved to Dublin last week"), ["lives in Dublin"]),
        (("no degree", "I just finished my bachelor's in biology"), ["bachelor's in biology"]),
        (("I have a master's in English", "I have no degree"), ["no degree"]),
        (("I want to be a plumber", "I'd rather become an electrician"), ["electrician"]),
        (("i am 45", "sorry, I'm 46"), ["46 years old"]),
        (("I have no experience", "I worked in retail for 2 years"), ["retail, 2 years"]),
        (("I'm studying for an associate degree", "I've finished my associate degree"), ["associate degree"]),
    ],
)
def test_a_later_statement_corrects_an_earlier_one(messages: tuple[str, ...], values: list[str]) -> None:
    assert told(*messages) == values


def test_what_is_told_over_a_conversation_adds_up() -> None:
    assert told("I'm a nurse", "what does it pay?", "I have two kids and a bachelor's degree") == [
        "nurse",
        "two kids",
        "bachelor's degree",
    ]


def test_a_trait_is_erased() -> None:
    profile = read_profile("I'm a nurse and I live in Leeds")
    assert [t.value for t in profile.without(profile.traits[0]).traits] == ["lives in Leeds"]


def test_a_profile_survives_its_json() -> None:
    profile = read_profile("I'm a nurse with a bachelor's degree, single mom of two, I want to become a coder")
    assert Profile.from_json(json.loads(json.dumps(profile.to_json()))) == profile


@pytest.mark.parametrize(
    "stored",
    [
        None,
        [],
        "nurse",
        {"traits": "nurse"},
        {"traits": [{"aspect": "hobby", "value": "chess"}]},
        {"traits": [{"aspect": "skills", "value": "x" * 5_000}]},
        {"traits": [{"aspect": "skills", "value": ""}]},
        {"traits": [{"aspect": "skills", "value": "chess"}] * 500},
    ],
)
def test_what_is_no_profile_is_refused_in_a_sentence(stored: object) -> None:
    with pytest.raises(AdvisorError, match="not a profile"):
        Profile.from_json(stored)


def test_a_profile_written_by_hand_needs_no_words() -> None:
    profile = Profile.from_json({"traits": [{"aspect": "education", "value": "GED"}], "name": "me"})
    assert profile.traits == (Trait(Aspect.EDUCATION, "GED", "GED"),)


def test_a_profile_keeps_a_bounded_number_of_traits() -> None:
    traits = [Trait(Aspect.SKILLS, f"skill {n}", "x") for n in range(200)]
    assert len(Profile().merged(traits).traits) == MAX_TRAITS


def test_a_profile_file_is_json_or_prose(tmp_path: Path) -> None:
    stored, prose = tmp_path / "me.json", tmp_path / "me.txt"
    stored.write_text(json.dumps({"traits": [{"aspect": "education", "value": "GED"}]}), "utf-8")
    prose.write_text("I have a GED.\nI live in Leeds.\n", "utf-8")
    assert [t.value for t in load_profile(stored).traits] == ["GED"]
    assert [t.value for t in load_profile(prose).traits] == ["GED", "lives in Leeds"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("me.json", b"{", "not valid JSON"),
        ("me.json", b"[1]", "not a profile"),
        ("me.pdf", b"x", "no profile"),
        ("me.txt", b"\xff\xfe\x00", "UTF-8"),
        ("me.txt", b"x" * 300_000, "too long"),
    ],
)
def test_a_bad_profile_file_is_told_in_a_sentence(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(AdvisorError, match=said):
        load_profile(tmp_path / name)


def test_a_missing_profile_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(AdvisorError, match="cannot be read"):
        load_profile(tmp_path / "nobody.json")


def test_levels_of_education_form_a_ladder() -> None:
    ladder = ["a GED", "a certificate", "an associate degree", "a bachelor's degree", "an MBA", "a Ph.D."]
    assert [level_of(text) for text in ladder] == list(Level)


@pytest.mark.parametrize(
    ("place", "among", "code"),
    [
        ("Ohio", (), "US"),
        ("the UK", (), "GB"),
        ("London", (), "GB"),
        ("Manchester", (), None),
        ("Manchester", ("GB", "US"), "GB"),
        ("Atlantis", (), None),
    ],
)
def test_a_place_lies_in_one_country_or_is_left_open(place: str, among: tuple[str, ...], code: str | None) -> None:
    assert country_of(place, among) == code


@settings(deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_and_its_traits_stand_in_it(text: str) -> None:
    assert all(trait.words in text for trait in read_profile(text).traits)


WORDS = "I I'm have a the nurse years 5 of degree no in with and but want to become my CPC , . ? bachelor's $500 live only".split()


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_run_of_telling_words_is_read_and_its_traits_stand_in_it(words: list[str]) -> None:
    text = " ".join(words)
    assert all(trait.words in text for trait in read_profile(text).traits)
