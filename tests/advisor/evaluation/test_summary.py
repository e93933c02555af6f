from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from advisor.answer import Status
from advisor.evaluation.history import remember
from advisor.evaluation.questions import Question
from advisor.evaluation.scoring import Report, evaluate_transcript
from advisor.evaluation.summary import compare, confusion, follow_ups, load_baseline, shortfalls, to_json
from advisor.evaluation.transcript import Reply
from index.errors import AdvisorError

ANSWERED, REFUSED = Status.ANSWERED, Status.NOT_IN_GUIDES


def report(*rights: bool, tags: tuple[tuple[str, ...], ...] = ()) -> Report:
    """A report on questions `q0`, `q1`, … that are answered rightly or not."""
    asked = [
        Question(f"q{i}", ("x",), facts=(("£1",),), statuses=(ANSWERED,), tags=tags[i] if tags else ("dev",))
        for i in range(len(rights))
    ]
    replies = {f"q{i}": Reply(ANSWERED, "£1" if right else "£2", seconds=i / 10) for i, right in enumerate(rights)}
    return evaluate_transcript(asked, replies, {})


def test_a_conversation_is_held_against_its_twin() -> None:
    told = follow_ups(report(False, True, True, tags=(("follow-up",), ("twin:q0",), ("twin:q9",))))
    assert told is not None
    assert (told.pairs, told.follow_up, told.alone) == (1, 0.0, 1.0)
    assert follow_ups(report(True)) is None


def test_the_confusion_matrix_counts_a_fair_status_as_the_expected_one() -> None:
    asked = [
        Question("a", ("x",), statuses=(ANSWERED, Status.CONFLICTING)),
        Question("b", ("x",), statuses=(ANSWERED, Status.PARTIAL)),
        Question("c", ("x",)),
    ]
    replies = {"a": Reply(Status.CONFLICTING, ""), "b": Reply(REFUSED, ""), "c": Reply(REFUSED, "")}
    counts = confusion(evaluate_transcript(asked, replies, {}))
    assert counts[Status.CONFLICTING][Status.CONFLICTING] == 1
    assert counts[ANSWERED][REFUSED] == 1
    assert sum(sum(row.values()) for row in counts.values()) == 2


def test_the_gate_tells_what_falls_short_and_knows_which_way_is_better() -> None:
    half = report(True, False)
    assert shortfalls(half, {"right": 0.5, "wrongly_refused": 0.0}) == ()
    assert shortfalls(half, {"right": 0.6}) == ("right is 0.500, at least 0.6 is asked",)
    assert shortfalls(half, {"refused": 0.6}) == ("refused applies to no question",)
    refusing = evaluate_transcript([Question("a", ("x",), statuses=(ANSWERED,))], {"a": Reply(REFUSED, "")}, {})
    assert shortfalls(refusing, {"wrongly_refused": 0.1}) == ("wrongly_refused is 1.000, at most 0.1 is asked",)


def test_a_report_is_a_baseline_for_the_next(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(json.dumps(to_json(report(False, False, True), {}, {})), "utf-8")
    told = compare(report(True, False, True), load_baseline(path))["right"]
    assert (told.before, told.now, told.better, told.worse, told.count) == pytest.approx((1 / 3, 2 / 3, 1, 0, 3))


def test_the_same_input_gives_the_same_json() -> None:
    assert json.dumps(to_json(report(True, False), {}, {})) == json.dumps(to_json(report(True, False), {}, {}))


ODD_CASES = [
    '{"format": 1, "cases": [{"id": "a", "values": []}]}',
    '{"format": 1, "cases": [{"id": "a", "values": {"right": "yes"}}]}',
    '{"format": 1, "cases": 7}',
]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": 99, "cases": []}', '{"format": 1, "cases": [{}]}', *ODD_CASES]
)
def test_what_is_no_report_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(text, "utf-8")
    with pytest.raises(AdvisorError, match="report"):
        load_baseline(path)


def test_other_systems_stand_beside_in_the_json() -> None:
    told = to_json(report(True, True), {}, {}, {"top-3": report(True, False)})
    means = {one["name"]: one["mean"] for one in told["beside"]["top-3"]}
    assert means["right"] == 0.5


def test_a_past_run_that_is_none_is_told_with_its_line(tmp_path: Path) -> None:
    line = {"when": "2026-01-02", "sets": "one", "questions": 1, "means": {"right": None}}
    (tmp_path / "runs.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    with pytest.raises(AdvisorError, match=r"runs\.jsonl, line 1"):
        remember(report(True), tmp_path, "one", datetime(2026, 1, 2, tzinfo=UTC))


def test_runs_of_the_same_sets_are_remembered_in_order(tmp_path: Path) -> None:
    day = datetime(2026, 1, 2, tzinfo=UTC)
    remember(report(False), tmp_path, "one", day)
    remember(report(False), tmp_path, "two", day)
    runs = remember(report(True), tmp_path, "one", day)
    assert [run.means["right"] for run in runs] == [0.0, 1.0]


def test_each_kind_tells_how_sure_its_measures_are_from_ten_questions_on() -> None:
    many = to_json(report(*[True, False] * 5), {}, {})["kinds"]["dev"]["intervals"]
    low, high = many["facts"]
    assert 0 <= low < 0.5 < high <= 1
    assert to_json(report(True, False), {}, {})["kinds"]["dev"]["intervals"] == {}
