from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from advisor.answer import Answer, Sentence, Status
from advisor.conversation import Turn
from advisor.evaluation.plain import PlainRetrieval
from advisor.evaluation.questions import Place, Question
from advisor.evaluation.running import fingerprint, run
from advisor.evaluation.scoring import evaluate_transcript
from index.search import Index

QUESTIONS = (
    Question("a", ("Hello", "And pay?"), cites=(Place("career-guide.md", "Pay"),)),
    Question("b", ("Why?",)),
    Question("c", ("How?",)),
)


class Echo:
    """Answers with the message itself, and stops the run at one of them where told to."""

    def __init__(self, stops_at: str | None = None) -> None:
        self.stops_at = stops_at
        self.asked: list[tuple[str, int]] = []

    def ask(self, message: str, history: Sequence[Turn] = ()) -> Answer:
        if message == self.stops_at:
            raise KeyboardInterrupt
        self.asked.append((message, len(history)))
        return Answer(message, message, Status.ANSWERED, (Sentence(message),))


def test_every_turn_is_asked_with_those_before_it_and_the_last_answer_counts() -> None:
    echo = Echo()
    replies = run(QUESTIONS, echo, None)
    assert echo.asked == [("Hello", 0), ("And pay?", 1), ("Why?", 0), ("How?", 0)]
    assert [(i, reply.text) for i, reply in replies.items()] == [("a", "And pay?"), ("b", "Why?"), ("c", "How?")]


def test_a_stopped_run_goes_on_where_it_stopped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "answers.jsonl"
    with pytest.raises(KeyboardInterrupt):
        run(QUESTIONS, Echo(stops_at="How?"), None, written)
    assert "2 of 3 questions are answered" in capsys.readouterr().err
    with written.open("a", encoding="utf-8") as out:
        out.write('{"id": "c", "answers": [{"sta')  # the line that a killed process was writing
    again = Echo()
    replies = run(QUESTIONS, again, None, written)
    assert again.asked == [("How?", 0)]
    assert "2 of 3 questions were answered before; going on from there." in capsys.readouterr().err
    assert replies == run(QUESTIONS, Echo(), None)


def test_the_name_of_a_run_changes_with_what_is_asked_and_of_whom(arborist: Index) -> None:
    name = fingerprint(QUESTIONS, arborist, None)
    assert name == fingerprint(QUESTIONS, arborist, None)
    assert name != fingerprint(QUESTIONS[:2], arborist, None)
    assert name != fingerprint(QUESTIONS, arborist, "openai:x")
    assert name != fingerprint(QUESTIONS, arborist, None, '{"bias": 1}')


def test_what_the_search_finds_is_kept_where_places_are_expected(arborist: Index) -> None:
    replies = run(QUESTIONS, Echo(), arborist.search)
    assert replies["a"].hits
    assert not replies["b"].hits


def test_plain_retrieval_quotes_the_nearest_passages_and_never_refuses(arborist: Index, careers: Path) -> None:
    plain = PlainRetrieval(arborist, 3)
    question = Question("q", ("What does a tree surveyor earn?",), statuses=(Status.ANSWERED,))
    replies = run([question], plain, plain.search)
    report = evaluate_transcript([question], replies, careers / "arborist")
    assert replies["q"].status is Status.ANSWERED
    assert len(replies["q"].citations) == 3
    assert report.mean("exact") == 1.0
    assert report.mean("citation_recall") == 1.0
