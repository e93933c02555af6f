"""Levels of education have an order: what a text asks for at the least, and which questions ask for it."""

from __future__ import annotations

import pytest

from advisor.profile.levels import Level
from advisor.schooling import NONE, asks_schooling, least_asked, names_schooling


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("A high school diploma is a must, while a bachelor's degree is preferable.", Level.HIGH_SCHOOL),
        ("An associate degree is the minimum, though many have a master's degree.", Level.ASSOCIATE),
        ("You must have a high school diploma or bachelor’s degree in hand.", Level.HIGH_SCHOOL),
        ("Keepers typically need at least a master's degree.", Level.MASTER),
        ("A Ph.D. or a master's degree is required.", Level.MASTER),
        ("Keepers typically need no formal educational credential.", NONE),
        ("It is possible to keep a light without a traditional degree.", Level.HIGH_SCHOOL),
        ("Some keepers hold an associate's or bachelor's degree.", None),
        ("Employers prefer a bachelor's degree.", None),
        ("A boat licence is required.", None),
        ("A degree is required.", None),
        ("A certificate is required.", None),
        ("He must ask an associate for the key.", None),
    ],
)
def test_the_least_that_is_asked_for_is_the_lowest_level_of_what_is_required(text: str, level: int | None) -> None:
    assert least_asked(text) == level


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Do I need a degree?", True),
        ("is high school enough?", True),
        ("What education is there for me to have?", True),
        ("how much schooling is it", True),
        ("Can I start with just a diploma?", True),
        ("Is a master's degree something keepers go for?", False),
        ("In what field should my degree be?", False),
        ("Do I need a boat?", False),
        ("Do I need a certificate?", False),
    ],
)
def test_a_question_asks_for_schooling_by_a_need_or_by_which_and_how_much(text: str, asks: bool) -> None:
    assert asks_schooling(text) is asks


def test_words_that_name_schooling_tell_no_other_subject() -> None:
    words = ("degree", "high", "school", "diploma", "boat", "island")
    assert [word for word in words if names_schooling(word)] == ["degree", "high", "school", "diploma"]
