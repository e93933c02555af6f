"""A question for a way is answered by the section that tells it: its beginning, and the first sentence of each part."""

from __future__ import annotations

import pytest

from advisor.answer import Layout
from advisor.draft import Piece
from advisor.evidence import Gatherer
from advisor.listing import Lists
from advisor.outlining import Outlines
from advisor.question import read_question
from index.search import Index

from .conftest import WordReranker, index_in_memory, page

DIVER = page("Divers", "High school diploma", "Diving school takes 10 weeks.\n\nIt costs $9,000.")
CAPTION = "A diver checks the air.\n\nDivers typically need a high school diploma. They train in school.\n"


def outlined(question: str, index: Index) -> tuple[Piece, ...]:
    reranker = WordReranker()
    evidence = Gatherer(index, reranker).gather(read_question(question))
    return Outlines(index, Lists(index, reranker)).wanted(evidence)


@pytest.fixture(scope="module")
def divers() -> Index:
    """A page whose parts are a paragraph each, but for the qualities, which are a list."""
    return index_in_memory({"divers.md": DIVER})


def test_each_part_is_told_by_its_first_sentence_under_its_heading(divers: Index) -> None:
    assert [(piece.text, piece.layout) for piece in outlined("What diploma do divers need?", divers)] == [
        ("Divers typically need a high school diploma.", Layout.PARAGRAPH),
        ("Education — A high school diploma is typically required.", Layout.ITEM),
        ("Training — Diving school takes 10 weeks.", Layout.ITEM),
        ("Licenses, Certifications, and Registrations — Divers must have a license.", Layout.ITEM),
        ("Advancement — Experienced divers may become supervisors.", Layout.ITEM),
    ]


def test_each_sentence_stands_where_it_says(divers: Index) -> None:
    text = divers.guides["divers"].text
    pieces = outlined("What diploma do divers need?", divers)
    assert pieces
    for piece in pieces:
        assert piece.text.endswith(" ".join(piece.places[0].span.of(text).split()))


def test_the_words_under_a_picture_do_not_open_it() -> None:
    index = index_in_memory({"divers.md": DIVER.replace("Divers typically need a high school diploma.\n", CAPTION)})
    first, second, *_ = outlined("What diploma do divers need?", index)
    assert (first.text, second.text) == ("Divers typically need a high school diploma.", "They train in school.")
    assert second.layout is Layout.TEXT


def test_a_sentence_is_told_once() -> None:
    index = index_in_memory(
        {"divers.md": DIVER.replace("Diving school takes 10 weeks.", "Divers typically need a high school diploma.")}
    )
    headings = [piece.text.partition(" — ")[0] for piece in outlined("What diploma do divers need?", index)]
    assert headings[1:] == ["Education", "Licenses, Certifications, and Registrations", "Advancement"]


def test_a_part_that_begins_with_what_is_told_goes_on_behind_it_and_has_a_second_sentence() -> None:
    told = "Divers typically need a high school diploma. Diving school takes 10 weeks. It costs $9,000 in all. It is cold in the sea in May."
    index = index_in_memory({"divers.md": DIVER.replace("Diving school takes 10 weeks.", told)})
    texts = [(piece.text, piece.layout) for piece in outlined("What diploma do divers need?", index)]
    assert texts[2:4] == [
        ("Training — Diving school takes 10 weeks.", Layout.ITEM),
        ("It costs $9,000 in all.", Layout.TEXT),
    ]
    assert "It is cold in the sea in May." not in dict(texts)


def test_a_second_sentence_takes_the_room_of_no_first() -> None:
    long = f"Diving school takes 10 weeks. {'It is deep ' * 45}here."
    index = index_in_memory({"divers.md": DIVER.replace("Diving school takes 10 weeks.", long)})
    texts = [piece.text for piece in outlined("What diploma do divers need?", index)]
    assert len(texts) == 5
    assert texts[-1].startswith("Advancement")


def test_a_section_without_parts_has_no_outline(divers: Index) -> None:
    assert outlined("What was the median wage of divers?", divers) == ()
