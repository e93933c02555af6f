"""A misspelled word becomes the word of the guides that it resembles; every other word stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.spelling import Speller
from index.embedder import open_encoder
from index.search import Index

from .conftest import index_in_memory
from .crafts import CRAFTS


@pytest.fixture(scope="module")
def speller(read_crafts: Index) -> Speller:
    return Speller(read_crafts)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("What does a glasblower earn?", "What does a glassblower earn?"),
        ("How do I become a falcnoer?", "How do I become a falconer?"),
        ("Who lights the lmap?", "Who lights the lamp?"),
        ("Do I need a lisence?", "Do I need a licence?"),
        ("Is the lighthuose cold?", "Is the lighthouse cold?"),
        ("the lightfouse", "the lighthouse"),
        ("What is an apprentiship?", "What is an apprenticeship?"),
        ("how long befor I start", "how long before I start"),
        ("the supernumary keeper and the blowpype", "the supernumerary keeper and the blowpipe"),
    ],
)
def test_a_misspelled_word_of_the_guides_is_mended(speller: Speller, wrong: str, right: str) -> None:
    assert speller.mend(wrong) == right


@pytest.mark.parametrize(
    "text",
    [
        "What does it pay in Germany?",
        "Is a baker better paid?",
        "keepers' lamps",
        "GLASBLOWER",
        "the lmp",
        "a lightho",
        "éclairs and naïveté",
        "B2B and 2020s",
        "xqzzt wvvkk",
        "",
    ],
)
def test_right_short_foreign_and_unlike_words_stay(speller: Speller, text: str) -> None:
    assert speller.mend(text) == text


@given(text=st.sampled_from([line for text in CRAFTS.values() for line in text.split("\n")]))
def test_what_the_guides_say_is_never_mended(speller: Speller, text: str) -> None:
    assert speller.mend(text) == text


@given(text=st.text(alphabet="glasbowercn ?.,'\n", max_size=60))
def test_only_words_change(speller: Speller, text: str) -> None:
    mended = speller.mend(text)
    assert len(mended.split()) == len(text.split())
    assert [c for c in mended if not c.isalpha()] == [c for c in text if not c.isalpha()]


def test_a_word_of_asking_is_mended_too(speller: Speller) -> None:
    assert speller.mend("eaca keeper") == "each keeper"


@given(text=st.lists(st.sampled_from("glasblower falcnoer lisence the pay of".split()), max_size=6).map(" ".join))
def test_what_is_mended_needs_no_mending(speller: Speller, text: str) -> None:
    assert speller.mend(speller.mend(text)) == speller.mend(text)


def test_a_word_that_sounds_like_one_of_the_guides_is_mended(speller: Speller) -> None:
    assert speller.mend("the lisense of a keeper") == "the licence of a keeper"


def test_a_short_word_with_another_vowel_is_mended_only_into_a_frequent_one(read_crafts: Index) -> None:
    warden = "# Warden\n\nA warden keeps parks."
    others = {f"page-{i}.md": f"# Page {i}\n\nA page without the word." for i in range(9)}
    often, rarely = (index_in_memory({"warden.md": warden, **more}, read_crafts.encoder) for more in ({}, others))
    assert Speller(often).mend("are there perks") == "are there parks"
    assert Speller(rarely).mend("are there perks") == "are there perks"


@pytest.mark.parametrize("text", ["any downsides", "the dentist's perks"])
def test_two_words_in_one_and_possessives_stay(text: str, read_crafts: Index) -> None:
    index = index_in_memory({"a.md": "# Crew\n\nThe crew will downsize, says the dentist."}, read_crafts.encoder)
    assert Speller(index).mend(text) == text


def test_a_word_that_could_be_formed_is_a_slip_only_for_one_that_is_used_often() -> None:
    lawyers = "# Lawyers\n\nLawyers plead. The law binds lawyers. A lawyer reads. Millers mill. Millers grind. Millers sell.\n"
    speller = Speller(index_in_memory({"lawyers.md": lawyers}, open_encoder()))
    assert speller.mend("how many lawers are there") == "how many lawyers are there"
    assert speller.mend("what do tillers do") == "what do tillers do"
    rare = Speller(index_in_memory({"law.md": "# Law\n\nThe law binds. Lawyers plead.\n"}, open_encoder()))
    assert rare.mend("how many lawers are there") == "how many lawers are there"


def test_two_words_in_one_are_no_slip_of_another() -> None:
    speller = Speller(
        index_in_memory({"books.md": "# Bookkeepers\n\nBookkeepers add. Bookkeepers post.\n"}, open_encoder())
    )
    assert speller.mend("How much do beekeepers earn?") == "How much do beekeepers earn?"


def test_a_short_word_with_a_letter_more_is_no_slip_of_the_shorter_one() -> None:
    speller = Speller(index_in_memory({"run.md": "# Work\n\nRun a job. They run. We run jobs.\n"}, open_encoder()))
    assert speller.mend("what is the lowest rung") == "what is the lowest rung"
    assert speller.mend("a jobb") == "a job"


def test_who_does_what_the_guides_do_not_speak_of_is_nobody_else() -> None:
    speller = Speller(index_in_memory({"stars.md": "# Astronomer\n\nAn astronomer looks at stars.\n"}, open_encoder()))
    assert speller.mend("How do I become an astrologer?") == "How do I become an astrologer?"
    assert speller.mend("How do I become an astronomr?") == "How do I become an astronomer?"
