"""An answer's text and its JSON are what the contract says, whatever its sentences are."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from advisor.answer import Answer, Citation, Layout, Proof, Sentence, Status, render

CITATION = Citation(
    number=1,
    guide="glassblower",
    title="Glassblower",
    section=("Stages", "Stage 3: Gaffer"),
    path="crafts/glassblower.md",
    start=18,
    end=40,
    quote="The gaffer leads the chair",
    dated="2024",
)
ANSWER = Answer(
    question="And the gaffer?",
    standalone="What does a gaffer do?",
    status=Status.ANSWERED,
    sentences=(Sentence("The gaffer leads the chair.", (1,), Layout.PARAGRAPH),),
    citations=(CITATION,),
    suggestions=("What does a servitor do?",),
    seconds=0.0312345,
)


def test_json_has_the_keys_of_the_contract() -> None:
    assert ANSWER.to_json() == {
        "question": "And the gaffer?",
        "standalone": "What does a gaffer do?",
        "status": "answered",
        "text": "The gaffer leads the chair. [1]",
        "citations": [
            {
                "number": 1,
                "guide": "glassblower",
                "title": "Glassblower",
                "section": ["Stages", "Stage 3: Gaffer"],
                "path": "crafts/glassblower.md",
                "start": 18,
                "end": 40,
                "quote": "The gaffer leads the chair",
                "url": None,
                "dated": "2024",
                "country": None,
            }
        ],
        "suggestions": ["What does a servitor do?"],
        "mode": "quote",
        "model": None,
        "proof": None,
        "seconds": 0.0312,
    }


def test_proof_is_told_by_its_counts() -> None:
    proof = Answer("q", "q", Status.ANSWERED, (), proof=Proof(kept=3, repaired=1, dropped=2)).to_json()["proof"]
    assert proof == {"kept": 3, "repaired": 1, "dropped": 2}


def test_the_statuses_are_those_of_the_contract() -> None:
    assert {str(status) for status in Status} == {
        "answered",
        "conflicting",
        "partial",
        "not_in_guides",
        "conversation",
    }


def test_running_text_goes_on_and_a_paragraph_begins_anew() -> None:
    sentences = (
        Sentence("One.", (1,), Layout.PARAGRAPH),
        Sentence("Two.", (2, 3), Layout.TEXT),
        Sentence("Three.", (), Layout.PARAGRAPH),
    )
    assert render(sentences) == "One. [1] Two. [2] [3]\n\nThree."


def test_items_are_bullets_and_steps_are_numbered_from_one() -> None:
    sentences = (
        Sentence("Tools:", (1,), Layout.PARAGRAPH),
        Sentence("Jacks", (2,), Layout.ITEM),
        Sentence("Tongs", (3,), Layout.ITEM),
        Sentence("Then:", (), Layout.PARAGRAPH),
        Sentence("Gather", (4,), Layout.STEP),
        Sentence("Blow", (5,), Layout.STEP),
        Sentence("Again:", (), Layout.PARAGRAPH),
        Sentence("Cool", (), Layout.STEP),
    )
    assert render(sentences) == (
        "Tools: [1]\n\n- Jacks [2]\n- Tongs [3]\n\nThen:\n\n1. Gather [4]\n2. Blow [5]\n\nAgain:\n\n1. Cool"
    )


def test_running_text_goes_on_in_the_entry_of_a_list() -> None:
    sentences = (
        Sentence("Gather.", (1,), Layout.STEP),
        Sentence("Turn the pipe.", (2,), Layout.TEXT),
        Sentence("Blow.", (3,), Layout.STEP),
        Sentence("Then:", (), Layout.PARAGRAPH),
        Sentence("Jacks.", (4,), Layout.ITEM),
        Sentence("They are hot.", (5,), Layout.TEXT),
        Sentence("Tongs.", (6,), Layout.ITEM),
    )
    assert render(sentences) == (
        "1. Gather. [1] Turn the pipe. [2]\n2. Blow. [3]\n\nThen:\n\n- Jacks. [4] They are hot. [5]\n- Tongs. [6]"
    )


def test_a_table_is_ruled_below_its_header() -> None:
    sentences = (
        Sentence("Compared | What the guides say", (), Layout.HEADER),
        Sentence("gaffer | leads the chair", (1,), Layout.ROW),
        Sentence("falconer | flies birds", (2,), Layout.ROW),
        Sentence("That is all.", (), Layout.TEXT),
    )
    assert render(sentences) == (
        "| Compared | What the guides say |\n| --- | --- |\n"
        "| gaffer | leads the chair [1] |\n| falconer | flies birds [2] |\n\nThat is all."
    )


def test_the_page_may_write_its_own_markers() -> None:
    assert render((Sentence("One.", (1, 2)),), marker="<{}>".format) == "One. <1> <2>"


def test_no_sentences_are_no_text() -> None:
    assert render(()) == ""


SENTENCES = st.lists(
    st.builds(
        Sentence,
        st.text(alphabet="abc É日", min_size=1, max_size=12).map(lambda text: f"S{text.strip()}."),
        st.lists(st.integers(1, 9), max_size=3).map(tuple),
        st.sampled_from(list(Layout)),
    ),
    max_size=8,
)


@given(SENTENCES)
def test_every_sentence_stands_in_the_text_in_order_with_its_markers(sentences: list[Sentence]) -> None:
    text, at = render(sentences), 0
    for sentence in sentences:
        at = text.index(sentence.text, at) + len(sentence.text)
    markers = [int(number) for number in re.findall(r"\[(\d+)\]", text)]
    assert markers == [n for s in sentences if s.layout is not Layout.HEADER for n in s.citations]


@given(SENTENCES)
def test_a_longer_answer_begins_with_the_shorter_one(sentences: list[Sentence]) -> None:
    for count in range(len(sentences)):
        assert render(sentences).startswith(render(sentences[:count]))


@given(SENTENCES, st.text(), st.floats(0, 100))
def test_json_can_be_written_and_read_back(sentences: list[Sentence], question: str, seconds: float) -> None:
    told = Answer(question, question, Status.PARTIAL, tuple(sentences), (CITATION,), seconds=seconds).to_json()
    assert json.loads(json.dumps(told)) == told
