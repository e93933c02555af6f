"""Sections side by side that state the same under one label are told one after the other, or by their ends."""

from __future__ import annotations

import pytest

from advisor import siblings
from advisor.chain import Advisor
from advisor.decision import Fitted
from advisor.draft import number
from advisor.proof import prove, quotes_of, supports
from advisor.question import Rank, read_question
from index.guide import Guide, Passage, Span
from index.reading import guide_of
from index.units import unit_spans

from .conftest import WordReranker, index_in_memory

DIVERS = """# Divers

## Pay

### Novice

Experience: 0-2 years

Median pay: $30,000 – $35,000 per year

### Master

Experience: 6+ years

Median pay: $90,000+ per year

### Diver

Experience: 3-5 years

Median pay: $50,000 per year

## Ships

Median pay: $99,000 per year
"""


def divers() -> Guide:
    return guide_of(DIVERS, "divers.md")


def unit(guide: Guide, text: str) -> tuple[Passage, Span]:
    return next((p, s) for p in guide.passages for s in unit_spans(guide, p) if s.of(guide.text).startswith(text))


def test_each_section_under_the_same_one_is_told_in_the_order_of_the_guide() -> None:
    guide = divers()
    pieces = siblings.each(read_question("What is the pay at each stage?"), guide, *unit(guide, "Median pay: $50"))
    assert [piece.text for piece in pieces] == [
        "Novice — Median pay: $30,000 – $35,000 per year",
        "Master — Median pay: $90,000+ per year",
        "Diver — Median pay: $50,000 per year",
    ]
    sentences, citations = number(pieces, {guide.id: guide})
    assert prove(sentences, citations, {guide.id: guide}) == tuple(sentences)


@pytest.mark.parametrize(
    "question", ["What does a diver earn?", "What do divers earn each year?", "What was the pay by 2020?"]
)
def test_one_is_told_alone_where_not_each_is_asked_for(question: str) -> None:
    guide = divers()
    assert siblings.each(read_question(question), guide, *unit(guide, "Median pay: $50")) == ()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which stage earns the most?", "Highest: Master — Median pay: $90,000+ per year"),
        ("What is the lowest pay?", "Lowest: Novice — Median pay: $30,000 – $35,000 per year"),
        ("What does a diver earn?", None),
        ("What is the highest pay of a novice?", None),
        ("Which stage asks for the most years of experience?", None),
    ],
)
def test_the_end_that_is_asked_for_is_told_with_its_section(question: str, told: str | None) -> None:
    guide = divers()
    pieces = siblings.extreme(read_question(question), guide, *unit(guide, "Median pay: $50"))
    assert [piece.text for piece in pieces] == ([told] if told else [])
    sentences, citations = number(pieces, {guide.id: guide})
    assert prove(sentences, citations, {guide.id: guide}) == tuple(sentences)


def test_that_one_is_the_highest_is_proved_for_the_highest_alone() -> None:
    guide = divers()
    for start, rank in (("Median pay: $30", Rank.LOWEST), ("Median pay: $50", None), ("Median pay: $90", Rank.HIGHEST)):
        passage, span = unit(guide, start)
        assert siblings.rank_of(guide, passage, span) is rank
        pieces = siblings.each(read_question("Pay of all stages?"), guide, passage, span)
        piece = next(p for p in pieces if p.places[0].span == span)
        _, citations = number([piece], {guide.id: guide})
        claim = f"Highest: {piece.text}"
        assert supports(claim, quotes_of(citations, {guide.id: guide})).supported is (rank is Rank.HIGHEST)


def test_two_sections_are_no_row_of_sections() -> None:
    guide = guide_of("# Divers\n\n## Novice\n\nPay: $3\n\n## Master\n\nPay: $9\n", "divers.md")
    assert siblings.beside(guide, *unit(guide, "Pay: $3")) == {}


def test_figures_of_unlike_kinds_have_no_highest() -> None:
    guide = guide_of("# D\n\n## A\n\nPay: $3\n\n## B\n\nPay: £9\n\n## C\n\nPay: $4\n", "d.md")
    assert siblings.rank_of(guide, *unit(guide, "Pay: £9")) is None


def test_the_advisor_tells_the_best_paid_stage_whichever_it_reads_first() -> None:
    advisor = Advisor(index_in_memory({"divers.md": DIVERS}), Fitted({}, bias=0, answer=0), reranker=WordReranker())
    answer = advisor.ask("Which stage has the highest median pay per year?")
    assert answer.sentences[0].text == "Highest: Master — Median pay: $90,000+ per year"
    assert [c.quote for c in answer.citations] == ["Median pay: $90,000+ per year"]
