"""A reply is read the same however it is cut into pieces, and what is no plain sentence is told apart."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from advisor.answer import Layout
from advisor.models.replies import ReplyReader, Said

REPLY = """## Pay
In the U.S. pay is $24.16 an hour [1]. It rises later. [2][3] Dr. Smith agrees [4, 6-7].

- weigh flour [1]
- knead dough, e.g. by hand 【2】
1. Apply early [passage 3]
<b>Bold</b> words [1]. See https://evil.test [2]. Done"""


def read(*pieces: str) -> list[Said]:
    reader = ReplyReader()
    return [*(said for piece in pieces for said in reader.feed(piece)), *reader.finish()]


def test_sentences_come_with_their_numbers_and_layout() -> None:
    said = read(REPLY)
    assert [(one.text, one.numbers) for one in said] == [
        ("In the U.S. pay is $24.16 an hour.", (1,)),
        ("It rises later.", (2, 3)),
        ("Dr. Smith agrees.", (4, 6, 7)),
        ("weigh flour", (1,)),
        ("knead dough, e.g. by hand", (2,)),
        ("Apply early", (3,)),
        ("<b>Bold</b> words.", (1,)),
        ("See https://evil.test.", (2,)),
        ("Done", ()),
    ]
    assert [one.layout for one in said][3:6] == [Layout.ITEM, Layout.ITEM, Layout.STEP]
    assert [one.safe for one in said] == [True] * 6 + [False, False, True]


def test_a_heading_is_no_sentence() -> None:
    headings = "# Pay of climbers\n**What it pays**\n### Pay. And more\n"
    said = read(f"{headings}**Climbers earn £26,000.** [1]\n# Leaders earn £33,000 [2]")
    assert [one.text for one in said] == ["Climbers earn £26,000.", "Leaders earn £33,000"]


@given(cuts=st.lists(st.integers(0, len(REPLY)), max_size=30))
def test_pieces_of_any_size_give_the_same_sentences(cuts: list[int]) -> None:
    edges = [0, *sorted(cuts), len(REPLY)]
    pieces = [REPLY[a:b] for a, b in itertools.pairwise(edges)]
    assert [(s.text, s.numbers) for s in read(*pieces)] == [(s.text, s.numbers) for s in read(REPLY)]


def test_a_sentence_is_given_as_soon_as_the_next_begins() -> None:
    reader = ReplyReader()
    assert list(reader.feed("Bakers start early [1]")) == []
    assert [said.text for said in reader.feed(". They mix.")] == ["Bakers start early."]
    assert [said.text for said in reader.finish()] == ["They mix."]


def test_what_is_cut_in_mid_sentence_is_left_out() -> None:
    reader = ReplyReader()
    fed = list(reader.feed("Bakers start early [1]. They mix flour and wat"))
    assert [s.text for s in (*fed, *reader.finish(cut=True))] == ["Bakers start early."]


def test_a_sentence_is_given_as_soon_as_the_next_one_begins() -> None:
    reader = ReplyReader()
    words = ["No ", "licence ", "is ", "needed ", "[1]. ", "And ", "an"]
    given = [[said.text for said in reader.feed(word)] for word in words]
    assert given[-2:] == [["No licence is needed."], []]
    assert not any(given[:-2])
