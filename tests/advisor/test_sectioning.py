"""A question for one step of a way is answered by the section that tells that step, in its own order."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from advisor.answer import Layout
from advisor.draft import Piece
from advisor.evidence import Gatherer
from advisor.question import read_question
from advisor.quoting import QuotingWriter
from advisor.sectioning import WORDS, Sections
from index.search import Floats, Index

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


class LikesLicences:
    """Reads each sentence on licences as an answer, less than what is about all, and no list of headings."""

    name = "licences"

    def scores(self, question: str, texts: Sequence[str]) -> Floats:
        return np.array([self._score(text) for text in texts], dtype=np.float32)

    def _score(self, text: str) -> float:
        return -9.0 if "\n" in text or "Schooling; " in text else 4.0 if text.count("licence") == 2 else -1.0


def test_the_section_that_most_of_the_best_stand_in_is_told_before_an_outline_of_all() -> None:
    guide = (
        "# Bell founders\n\n## How to become one\n\nBell founders learn in a foundry. They pour.\n\n### Schooling\n\nSchooling ends at sixteen.\n\n"
        "### Guild\n\nA licence of the guild, the licence of the town. No licence without a test for the licence. A licence is no licence for life.\n\nSource of the licence: licence.example, https://licence.example\n\n"
        "### Work\n\nFounders begin as moulders.\n"
    )
    gatherer = Gatherer(index_in_memory({"bells.md": guide}), LikesLicences())
    evidence = gatherer.gather(read_question("How do I get licensed as a bell founder?"))
    pieces = next(iter(QuotingWriter(gatherer.index, gatherer).drafts(evidence)))
    assert [piece.text for piece in pieces] == [
        "A licence of the guild, the licence of the town.",
        "No licence without a test for the licence.",
        "A licence is no licence for life.",
    ]


def test_a_section_answers_where_no_sentence_of_it_does_alone(founders: Index) -> None:
    gatherer = Gatherer(founders, WordReranker())
    writer = QuotingWriter(founders, gatherer)
    evidence = gatherer.gather(
        read_question("Who watches for cold metal and damp clay with a ladle at the casting test?")
    )
    assert evidence.candidates[0].logit < 0 < Sections(founders, WordReranker()).best(evidence).logit  # type: ignore[union-attr]
    assert [piece.text for piece in writer.by_section(evidence)][:2] == [
        "Apply for the casting test at the guild.",
        "The casting test has two parts.",
    ]


def test_a_quantity_must_be_stated_by_a_sentence(founders: Index) -> None:
    gatherer = Gatherer(founders, WordReranker())
    evidence = gatherer.gather(
        read_question("How much does the casting test with a ladle, cold metal and damp clay cost?")
    )
    assert QuotingWriter(founders, gatherer).by_section(evidence) == ()
