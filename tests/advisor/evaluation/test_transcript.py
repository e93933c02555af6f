from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.answer import Answer, Citation, Sentence, Status
from advisor.evaluation import evaluate_transcript, load_questions, load_transcript
from advisor.evaluation.measures import BY_NAME, Case
from advisor.evaluation.questions import Question
from advisor.evaluation.transcript import Found
from index.errors import AdvisorError

ANSWER = Answer(
    "What?",
    "What pay?",
    Status.ANSWERED,
    (Sentence("£1", (1,)),),
    (Citation(1, "a", "A", ("Pay",), "a.md", 0, 2, "£1"),),
)


def written(folder: Path, *lines: object) -> Path:
    path = folder / "answers.jsonl"
    path.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in lines), "utf-8")
    return path


def cites(**fields: object) -> dict[str, object]:
    """An answer that cites a place, with some fields of the citation as given."""
    cited = {"number": 1, "path": "a.md", "section": [], "quote": "x"} | fields
    return {"status": "answered", "text": "", "citations": [cited]}


def test_the_last_answer_of_a_conversation_is_read(tmp_path: Path) -> None:
    first = Answer("Hi", "Hi", Status.CONVERSATION, (Sentence("Hello"),))
    line = {"id": "a", "answers": [first.to_json(), ANSWER.to_json()], "hits": [{"path": "a.md", "section": ["Pay"]}]}
    reply = load_transcript(written(tmp_path, line))["a"]
    assert (reply.text, reply.status, reply.standalone) == ("£1 [1]", Status.ANSWERED, "What pay?")
    assert reply.citations[0].quote == "£1"
    assert reply.hits == (Found("a.md", ("Pay",)),)


def test_another_system_needs_no_more_than_status_and_text(tmp_path: Path) -> None:
    reply = load_transcript(written(tmp_path, {"id": "a", "answers": [{"status": "answered", "text": ""}]}))["a"]
    assert (reply.citations, reply.seconds) == ((), None)


@pytest.mark.parametrize(
    ("proof", "share"),
    [({"kept": 2, "repaired": 1, "dropped": 1}, 0.25), ({"kept": 0, "repaired": 0, "dropped": 0}, None), (None, None)],
)
def test_what_a_models_answer_lost_to_the_proof_is_measured(tmp_path: Path, proof: object, share: float | None) -> None:
    line = {"id": "a", "answers": [{"status": "answered", "text": "", "proof": proof}]}
    reply = load_transcript(written(tmp_path, line))["a"]
    assert BY_NAME["dropped"].of(Case(Question("a", ("What?",)), reply, {})) == share


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("nonsense", "not valid JSON"),
        ({"id": "a"}, '"answers" must hold one or more'),
        ({"id": "a", "answers": [{"text": "x"}]}, '"status" is missing'),
        ({"id": "a", "answers": [{"status": "x", "text": "x"}]}, '"status" is "x", and "x" is no status'),
        ({"id": "a", "answers": [{"status": "answered"}]}, '"text" must be a text'),
        ({"id": "a", "answers": [{"status": "answered", "text": "", "citations": [{}]}]}, '"number"'),
        (
            {"id": "a", "answers": [{"status": "answered", "text": "", "standalone": 3}]},
            '"standalone" is 3, where a text',
        ),
        (
            {"id": "a", "answers": [{"status": "answered", "text": "", "model": ["x"]}]},
            '"model" is ["x"], where a text',
        ),
        ({"id": "a", "answers": [{"status": "answered", "text": "", "citation": []}]}, 'Is "citations" meant?'),
        ({"id": "a", "answer": []}, 'unknown field "answer". Is "answers" meant?'),
        ({"id": "a", "answers": [cites(start="0")]}, '"start" is "0", where a whole number is needed'),
        ({"id": "a", "answers": [cites(end=-1)]}, '"end" is -1, where a whole number from 0 on is needed'),
        ({"id": "a", "answers": [cites(start=5, end=2)]}, '"end" is 2, which is before "start", 5'),
        ({"id": "a", "answers": [cites(number=0)]}, '"number" is 0, where a whole number from 1 on is needed'),
        ({"id": "a", "answers": [cites(title=7)]}, '"title" is 7, where a text is needed'),
        ('{"id": "a", "answers": [{"status": "answered", "text": "", "seconds": NaN}]}', '"seconds"'),
        ({"id": "a", "answers": [{"status": "answered", "text": "", "seconds": "1"}]}, '"seconds"'),
        ({"id": "a", "answers": [{"status": "answered", "text": "", "proof": {"kept": 1}}]}, '"proof"'),
    ],
)
def test_a_wrong_line_is_told_with_its_place(tmp_path: Path, line: object, told: str) -> None:
    path = written(tmp_path, line)
    with pytest.raises(AdvisorError) as raised:
        load_transcript(path)
    assert f"{path}, line 1" in str(raised.value)
    assert told in str(raised.value)


def test_answers_to_another_set_are_told(tmp_path: Path) -> None:
    replies = load_transcript(written(tmp_path, {"id": "other", "answers": [ANSWER.to_json()]}))
    with pytest.raises(AdvisorError, match="belong to another set"):
        evaluate_transcript([Question("q", ("x",))], replies, tmp_path)
    with pytest.raises(AdvisorError, match="does not exist"):
        evaluate_transcript([Question("other", ("x",))], replies, tmp_path / "none")
    with pytest.raises(AdvisorError, match="no question to evaluate"):
        evaluate_transcript([], replies, tmp_path)


def test_quotes_are_looked_up_in_the_folder_and_nowhere_else(tmp_path: Path) -> None:
    guides = tmp_path / "guides"
    guides.mkdir()
    (guides / "a.md").write_bytes("£1\r\nand\r\n".encode())
    (tmp_path / "secret.md").write_text("£1", "utf-8")
    told = ANSWER.to_json()
    outside = json.loads(json.dumps(told).replace("a.md", "../secret.md"))
    across = json.loads(
        json.dumps(told).replace('"end": 2, "quote": "\\u00a31"', '"end": 6, "quote": "\\u00a31\\nand"')
    )
    lines = [{"id": i, "answers": [a]} for i, a in (("in", told), ("out", outside), ("lines", across))]
    report = evaluate_transcript(
        [Question(i, ("x",)) for i in ("in", "out", "lines")], load_transcript(written(tmp_path, *lines)), guides
    )
    assert [one.values["exact"] for one in report.scored] == [1.0, 0.0, 1.0]


def test_what_else_another_system_tells_is_passed_over(tmp_path: Path) -> None:
    line = {"id": "a", "took": 3, "answers": [{"status": "answered", "text": "x", "tokens": 40, "latency": 2}]}
    assert load_transcript(written(tmp_path, line))["a"].text == "x"


def test_answers_that_nobody_asked_for_are_counted(tmp_path: Path) -> None:
    told = [{"id": i, "answers": [ANSWER.to_json()]} for i in ("a", "b", "c")]
    report = evaluate_transcript([Question("a", ("x",))], load_transcript(written(tmp_path, *told)), {})
    assert (len(report.scored), report.unasked) == (1, 2)


def test_questions_without_an_answer_are_named_and_count_nowhere(tmp_path: Path) -> None:
    replies = load_transcript(written(tmp_path, {"id": "a", "answers": [ANSWER.to_json()]}))
    asked = [Question(i, ("x",), facts=(("£1",),), statuses=(Status.ANSWERED,)) for i in ("a", "b")]
    report = evaluate_transcript(asked, replies, tmp_path)
    assert report.unanswered == ("b",)
    assert report.mean("right") == 1.0


def test_what_is_wrong_with_an_answer_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("£2", "utf-8")
    question = Question("a", ("x",), facts=(("£5", "5 pounds"),), forbidden=("£1",), statuses=(Status.PARTIAL,))
    replies = load_transcript(written(tmp_path, {"id": "a", "answers": [ANSWER.to_json()]}))
    (failed,) = evaluate_transcript([question], replies, tmp_path).failed
    assert failed.lacks == (
        "status answered, where partial is right",
        "missing: £5 / 5 pounds",
        "says: £1",
        "a quote is not the guide's text at its place",
    )


def test_the_small_sets_can_be_read(careers: Path) -> None:
    for name in ("arborist", "piano-tuner"):
        assert len(load_questions(careers / f"{name}-questions.jsonl")) >= 40


@pytest.mark.parametrize("seconds", ["NaN", "Infinity", "1e999", "-1", "true", '"fast"'])
def test_seconds_are_a_number_or_left_out(tmp_path: Path, seconds: str) -> None:
    path = written(tmp_path, f'{{"id": "a", "answers": [{{"status": "answered", "text": "", "seconds": {seconds}}}]}}')
    with pytest.raises(AdvisorError, match=r"line 1.*number"):
        load_transcript(path)


def test_half_a_character_is_told_and_a_whole_one_is_read(tmp_path: Path) -> None:
    line = '{"id": "a", "answers": [{"status": "answered", "text": "%s"}]}'
    with pytest.raises(AdvisorError, match="line 1: half a character"):
        load_transcript(written(tmp_path, line % r"\ud83d"))
    assert load_transcript(written(tmp_path, line % r"\ud83d\ude00"))["a"].text == "\U0001f600"
