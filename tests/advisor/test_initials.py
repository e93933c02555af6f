"""An abbreviation is spelled out by the one guide whose title it is the initials of, where no other guide uses it."""

from __future__ import annotations

import pytest

from advisor.initials import Initials, without_initials

from .conftest import index_in_memory

GUIDES = {
    "slp.md": "# Speech-Language Pathologists\n\nThey treat people who stutter.\n",
    "ot.md": "# Occupational Therapists\n\nAn OT helps people to dress.\n",
    "army.md": "# Military Careers: An Overview\n\nAn MC is told apart from a PT.\n",
    "pt.md": "# Physical Therapists\n\nThey treat backs.\n",
    "band.md": "# Piano Tuners and Builders\n\nThey tune.\n",
    "brewer.md": "# Public Tea Blenders\n\nThey blend.\n",
}


@pytest.fixture(scope="module")
def initials() -> Initials:
    return Initials(index_in_memory(GUIDES))


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("Do SLPs work summers?", "Do SLPs (Speech-Language Pathologists) work summers?"),
        ("How do I become an OT?", "How do I become an OT (Occupational Therapists)?"),
        ("an OT's day", "an OT's (Occupational Therapists) day"),
        ("an MC in brief", "an MC (Military Careers) in brief"),
    ],
)
def test_initials_of_a_title_are_spelled_out(initials: Initials, asked: str, read: str) -> None:
    assert initials.spell_out(asked) == read


@pytest.mark.parametrize(
    "asked",
    [
        "What does a PT earn?",  # another guide uses it
        "What does a PTB earn?",  # two titles have it
        "What is an XYZ?",
        "is it slow, or ot",
        "OT-like",
        "",
    ],
)
def test_other_abbreviations_stay_as_they_are(initials: Initials, asked: str) -> None:
    assert initials.spell_out(asked) == asked


def test_what_was_spelled_out_can_stand_for_the_initials(initials: Initials) -> None:
    spelled = initials.spell_out("How do OTs and SLPs (not PTs) differ?")
    assert (
        without_initials(spelled) == "How do Occupational Therapists and Speech-Language Pathologists (not PTs) differ?"
    )
    assert without_initials("ABC (a big company)") == "a big company"
    assert without_initials("PT (part time, mostly)") == "PT (part time, mostly)"
