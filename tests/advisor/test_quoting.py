"""The quoting writer says only what the guides say: exactly, once, and whole."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from advisor.draft import Piece, number, plain
from advisor.evidence import Gatherer
from advisor.proof import prove
from advisor.question import read_question
from advisor.quoting import QuotingWriter
from index.search import Index

QUESTIONS = [
    "How much does a gaffer earn?",
    "What does an assistant keeper earn?",
    "What are the duties of a lighthouse keeper?",
    "Which tools do glassblowers use?",
    "How do I become a keeper?",
    "Do falconers need a licence?",
    "How long do keepers stay on the rock?",
    "Which year had the most keepers?",
    "How did the median pay of keepers change from 1990 to 2020?",
    "What is the difference between a gaffer and a servitor?",
    "What does a taker-in do?",
    "What qualities does a keeper need?",
    "What are the stages of a glassblower?",
    "Where do glassblowers work?",
]


@pytest.fixture(scope="module")
def writer(crafts: Index, gatherer: Gatherer) -> QuotingWriter:
    return QuotingWriter(crafts, gatherer)


def written(question: str, writer: QuotingWriter, gatherer: Gatherer) -> Sequence[Piece]:
    return writer.write(gatherer.gather(read_question(question)))


@pytest.mark.parametrize("question", QUESTIONS)
def test_everything_that_is_written_is_proved_by_what_it_cites(
    question: str, writer: QuotingWriter, gatherer: Gatherer, crafts: Index
) -> None:
    sentences, citations = number(written(question, writer, gatherer), crafts.guides)
    assert citations
    assert all(crafts.guides[c.guide].text[c.start : c.end] == c.quote for c in citations)
    assert prove(sentences, citations, crafts.guides) == sentences


@pytest.mark.parametrize("question", QUESTIONS)
def test_nothing_is_said_twice(question: str, writer: QuotingWriter, gatherer: Gatherer) -> None:
    texts = [piece.text for piece in written(question, writer, gatherer)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("question", "entries"),
    [
        (
            "What are the duties of a lighthouse keeper?",
            ["Clean the lens", "Wind the clockwork", "Log the weather", "Paint the tower"],
        ),
        ("Which tools do glassblowers use?", ["Blowpipe", "Jacks", "Annealing kiln"]),
        ("What are the stages of a glassblower?", ["Stage 1: Taker-in", "Stage 2: Servitor", "Stage 3: Gaffer"]),
    ],
)
def test_a_list_is_shown_whole_and_in_order(
    question: str, entries: list[str], writer: QuotingWriter, gatherer: Gatherer
) -> None:
    texts = [plain(piece.text) for piece in written(question, writer, gatherer)]
    assert [text for text in texts if text in entries] == entries


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("How much does a gaffer earn?", "£34,000"),
        ("What does an assistant keeper earn?", "£24,500"),
        ("What do falconers earn?", "$18 to $25 an hour"),
        ("How long do keepers stay on the rock?", "four weeks"),
    ],
)
def test_the_figure_that_is_asked_for_comes_first(
    question: str, figure: str, writer: QuotingWriter, gatherer: Gatherer
) -> None:
    assert figure in written(question, writer, gatherer)[0].text
