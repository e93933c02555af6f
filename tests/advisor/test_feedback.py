"""Feedback is kept, read back, exported and turned into questions."""

from __future__ import annotations

import csv
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner

from advisor.answer import Answer, Citation, Sentence, Status
from advisor.feedback import FeedbackLog, Verdict, to_csv, to_jsonl, to_questions
from advisor.feedback_commands import feedback
from index.errors import AdvisorError


def answer(question: str = "What do bakers earn?", status: Status = Status.ANSWERED, text: str = "A lot.") -> Answer:
    cited = Citation(1, "bakers", "Bakers", ("Pay",), "bakers.md", 0, 5, "A lot")
    return Answer(question, question, status, (Sentence(text, (1,)),), (cited,))


def test_a_verdict_is_read_back_as_it_was_kept(tmp_path: Path) -> None:
    log = FeedbackLog(tmp_path / "new" / "feedback.sqlite")
    kept = log.add(Verdict.WRONG_SOURCE, answer())
    assert list(log) == [kept]
    assert kept.verdict is Verdict.WRONG_SOURCE
    assert kept.text == "A lot. [1]"


def test_many_may_write_at_once(tmp_path: Path) -> None:
    log = FeedbackLog(tmp_path / "feedback.sqlite")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: log.add(Verdict.UP, answer(f"Question {n}?")), range(20)))
    assert {one.question for one in log} == {f"Question {n}?" for n in range(20)}


def test_jsonl_holds_places_as_a_list(tmp_path: Path) -> None:
    log = FeedbackLog(tmp_path / "feedback.sqlite")
    log.add(Verdict.DOWN, answer())
    (line,) = to_jsonl(log)
    assert json.loads(line)["cites"] == [{"path": "bakers.md", "section": ["Pay"], "start": 0, "end": 5}]


def test_csv_keeps_formulas_as_text(tmp_path: Path) -> None:
    log = FeedbackLog(tmp_path / "feedback.sqlite")
    log.add(Verdict.DOWN, answer('=HYPERLINK("x")', text='Quoted, "so"'))
    header, row = csv.reader(to_csv(log))
    assert dict(zip(header, row, strict=True))["question"] == '\'=HYPERLINK("x")'


def test_questions_are_those_that_went_wrong_or_unanswered_each_once(tmp_path: Path) -> None:
    log = FeedbackLog(tmp_path / "feedback.sqlite")
    log.add(Verdict.UP, answer("Fine?"))
    log.add(Verdict.DOWN, answer("Wrong?"))
    log.add(Verdict.OTHER, answer("wrong?"))
    log.add(Verdict.UP, answer("Unanswered?", Status.NOT_IN_GUIDES))
    questions = list(to_questions(log))
    assert [one["turns"] for one in questions] == [["Wrong?"], ["Unanswered?"]]
    assert questions[1]["tags"] == ["up", "not_in_guides"]


def test_an_unanswered_question_needs_no_verdict_and_takes_one_that_comes_later(tmp_path: Path) -> None:
    log = FeedbackLog(tmp_path / "feedback.sqlite")
    log.add(None, answer("Mars?", Status.NOT_IN_GUIDES))
    log.add(None, answer("Half?", Status.PARTIAL))
    log.add(Verdict.OTHER, answer("mars?", Status.NOT_IN_GUIDES))
    log.add(None, answer("Half?", Status.PARTIAL))
    assert [one.verdict for one in log] == [None, None, Verdict.OTHER, None]
    assert [one["tags"] for one in to_questions(log)] == [["other", "not_in_guides"], ["unrated", "partial"]]
    assert json.loads(next(to_jsonl(log)))["verdict"] is None
    assert list(csv.reader(to_csv(log)))[1][1] == ""


def test_the_commands_print_what_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "feedback.sqlite"
    FeedbackLog(path).add(Verdict.DOWN, answer("Wrong?"))
    exported = CliRunner().invoke(feedback, ["export", "--format", "csv", "--file", str(path)], catch_exceptions=False)
    asked = CliRunner().invoke(feedback, ["questions", "--file", str(path)], catch_exceptions=False)
    assert exported.output.splitlines()[1].split(",")[1:3] == ["down", "Wrong?"]
    assert json.loads(asked.output)["turns"] == ["Wrong?"]


def test_a_file_that_is_not_feedback_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("Not a database, but long enough to look at." * 30)
    with pytest.raises(AdvisorError, match="not a feedback file"):
        list(FeedbackLog(path))
    with pytest.raises(AdvisorError, match="cannot be kept"):
        FeedbackLog(path).add(Verdict.UP, answer())


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(AdvisorError, match="no feedback file"):
        list(FeedbackLog(tmp_path / "nothing"))
