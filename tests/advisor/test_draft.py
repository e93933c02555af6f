"""Pieces become sentences whose citations are numbered once, in the order of first use, and quote the guide exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.answer import Layout, Sentence
from advisor.draft import Piece, Place, number, place, plain, renumbered
from index.guide import Guide, Span
from index.reading import guide_of

from .crafts import CRAFTS, GLASSBLOWER, KEEPER

GUIDES = {guide.id: guide for guide in (guide_of(text, name) for name, text in CRAFTS.items())}


def where(guide: str, words: str) -> Place:
    start = GUIDES[guide].text.index(words)
    return Place(guide, ("A", "B"), Span(start, start + len(words)))


LAMP, TOWER = where("keeper", "Wind the clockwork"), where("keeper", "Paint the tower")
KILN = where("glassblower", "Annealing kiln")


def test_citations_are_numbered_in_the_order_of_first_use() -> None:
    sentences, citations = number(
        [Piece("One.", (TOWER,)), Piece("Two.", (LAMP, KILN)), Piece("Three.", (TOWER,))], GUIDES
    )
    assert [sentence.citations for sentence in sentences] == [(1,), (2, 3), (1,)]
    assert [citation.quote for citation in citations] == ["Paint the tower", "Wind the clockwork", "Annealing kiln"]


def test_what_is_left_is_counted_anew_in_the_order_of_first_use() -> None:
    sentences, citations = number(
        [Piece("One.", (TOWER,)), Piece("Two.", (LAMP, KILN)), Piece("Three.", (KILN,))], GUIDES
    )
    left, cited = renumbered((sentences[2], sentences[1]), citations)
    assert [sentence.citations for sentence in left] == [(1,), (2, 1)]
    assert [(citation.number, citation.quote) for citation in cited] == [
        (1, "Annealing kiln"),
        (2, "Wind the clockwork"),
    ]


def test_a_place_named_twice_by_one_piece_is_cited_once() -> None:
    sentences, citations = number([Piece("One.", (LAMP, LAMP))], GUIDES)
    assert sentences == (Sentence("One.", (1,), Layout.PARAGRAPH),)
    assert len(citations) == 1


def test_the_advisors_own_words_cite_nothing() -> None:
    assert number([Piece("In short:", layout=Layout.ITEM)], GUIDES) == ((Sentence("In short:", (), Layout.ITEM),), ())


def test_a_citation_tells_all_that_its_guide_says_of_itself() -> None:
    _, (citation,) = number([Piece("One.", (LAMP,))], GUIDES)
    assert (citation.guide, citation.title, citation.path) == ("keeper", "Lighthouse keeper", "keeper.md")
    assert (citation.section, citation.dated, citation.country, citation.url) == (
        ("A", "B"),
        "2023",
        "United Kingdom",
        None,
    )


@st.composite
def pieces(draw: st.DrawFn) -> Piece:
    places = []
    for guide in draw(st.lists(st.sampled_from(sorted(GUIDES)), max_size=3)):
        start = draw(st.integers(0, len(GUIDES[guide].text) - 1))
        places.append(Place(guide, (), Span(start, draw(st.integers(start, min(start + 5, len(GUIDES[guide].text)))))))
    return Piece(draw(st.text(max_size=5)), tuple(places), draw(st.sampled_from(list(Layout))))


@given(st.lists(pieces(), max_size=6))
def test_quotes_are_the_text_at_their_offsets_and_numbers_have_no_gaps(drafted: list[Piece]) -> None:
    sentences, citations = number(drafted, GUIDES)
    assert [citation.number for citation in citations] == list(range(1, len(citations) + 1))
    assert {n for sentence in sentences for n in sentence.citations} == {c.number for c in citations}
    for citation in citations:
        assert citation.quote == GUIDES[citation.guide].text[citation.start : citation.end]
    assert [(s.text, s.layout) for s in sentences] == [(p.text, p.layout) for p in drafted]


def test_a_place_in_a_passage_names_its_section() -> None:
    guide: Guide = guide_of(KEEPER, "keeper.md")
    passage = guide.passages[-1]
    assert place(passage, passage.span) == Place("keeper", ("Shifts",), passage.span)


@pytest.mark.parametrize(
    ("marked", "read"),
    [
        ("**Clean** the *lens*", "Clean the lens"),
        ("__Clean__ the `lens`", "Clean the lens"),
        ("See the [register](https://example.org/a_b) of lights", "See the register of lights"),
        ("![A tower](tower.png) at sea", "A tower at sea"),
        ("- Wind the clockwork", "Wind the clockwork"),
        ("3. Serve two years", "Serve two years"),
        ("a  keeper\n tends\tit ", "a keeper tends it"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("- ", ""),
        ("", ""),
    ],
)
def test_a_quote_is_read_without_its_marks(marked: str, read: str) -> None:
    assert plain(marked) == read


@given(st.sampled_from([KEEPER, GLASSBLOWER]).flatmap(lambda text: st.sampled_from(text.split("\n"))))
def test_what_is_read_plainly_is_plain(line: str) -> None:
    assert plain(plain(line)) == plain(line)


@given(st.text(alphabet="abc é日£1 ", max_size=40))
def test_words_without_marks_stay_as_they_are(text: str) -> None:
    assert plain(text) == " ".join(text.split())
