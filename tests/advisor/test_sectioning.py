"""A question for one step of a way is answered by the section that tells that step, in its own order."""

from __future__ import annotations

import pytest

from advisor.answer import Layout
from advisor.draft import Piece
from advisor.evidence import Gatherer
from advisor.question import read_question
from advisor.quoting import QuotingWriter
from advisor.sectioning import WORDS, Sections
from index.search import Index

from .conftest import WordReranker, index_in_memory

FILLER = "The foundry looks after its own pits, patterns, ladles and cranes through every month of the year. " * 8
FOUNDERS = f"""# Bell founders

## Steps to become a bell founder

### Step 1: Learn to mould

Moulding is learned in the pit. A moulder shapes clay around a core.

### Step 2: Pass the casting test

Apply for the casting test at the guild. The casting test has two parts. Bring your own ladle to the casting test.

Watch for:

- Cold metal
- Damp clay

### Step 3: Find a foundry

{FILLER}Write to a foundry in spring. A foundry takes apprentices in autumn.
"""


@pytest.fixture(scope="module")
def founders() -> Index:
    """A way in three steps, each a section, the last of them longer than an answer."""
    return index_in_memory({"bells.md": FOUNDERS})


def told(question: str, index: Index) -> tuple[Piece, ...]:
    gatherer = Gatherer(index, WordReranker())
    return next(iter(QuotingWriter(index, gatherer).drafts(gatherer.gather(read_question(question)))))


def test_the_step_that_is_asked_about_is_told_whole_and_in_order(founders: Index) -> None:
    pieces = told("How do I get into the casting test with a ladle, two parts, and no cold damp metal?", founders)
    assert [(piece.text, piece.layout) for piece in pieces] == [
        ("Apply for the casting test at the guild.", Layout.PARAGRAPH),
        ("The casting test has two parts.", Layout.TEXT),
        ("Bring your own ladle to the casting test.", Layout.TEXT),
        ("Watch for:", Layout.PARAGRAPH),
        ("Cold metal", Layout.ITEM),
        ("Damp clay", Layout.ITEM),
    ]


def test_the_whole_way_is_told_by_its_steps(founders: Index) -> None:
    assert [piece.text for piece in told("What are the steps to become a bell founder?", founders)][1:] == [
        "Step 1: Learn to mould",
        "Step 2: Pass the casting test",
        "Step 3: Find a foundry",
    ]


def test_of_a_long_section_the_best_sentences_are_told(founders: Index) -> None:
    gatherer = Gatherer(founders, WordReranker())
    evidence = gatherer.gather(read_question("How do I get into a foundry as apprentices in autumn?"))
    sections = Sections(founders, WordReranker())
    best = sections.best(evidence)
    assert best
    pieces = sections.pieces(best, evidence)
    assert "A foundry takes apprentices in autumn." in [piece.text for piece in pieces]
    assert sum(len(piece.text.split()) for piece in pieces) <= WORDS
    starts = [piece.places[0].span.start for piece in pieces]
    assert starts == sorted(starts)


def test_a_section_that_holds_most_of_the_best_is_told_before_an_outline_of_all(founders: Index) -> None:
    text = " ".join(
        p.text for p in told("How do I get certified with the casting test at the guild, with a ladle?", founders)
    )
    assert "Bring your own ladle to the casting test." in text
    assert "Moulding" not in text
