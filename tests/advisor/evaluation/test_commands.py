from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from advisor.evaluation import commands, evaluating
from advisor.evaluation.questions import load_questions
from index.errors import AdvisorError

ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
"""The checkout that these tests stand in is what runs, wherever the command is started."""
Run = Callable[..., "subprocess.CompletedProcess[str]"]
RIGHT = {"status": "answered", "text": "£1", "seconds": 0.1}


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder with a guide, a question set of two, and answers of which one is right."""
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "a.md").write_text("# Pay\n\nIt pays £1.\n", "utf-8")
    asked = [
        {"id": i, "turns": ["Pay?"], "expect": {"facts": [[fact]], "status": ["answered"]}, "tags": ["figure"]}
        for i, fact in (("a", "£1"), ("b", "£2"))
    ]
    (tmp_path / "set.jsonl").write_text("\n".join(map(json.dumps, asked)), "utf-8")
    told = [{"id": i, "answers": [RIGHT]} for i in ("a", "b")]
    (tmp_path / "theirs.jsonl").write_text("\n".join(map(json.dumps, told)), "utf-8")
    return tmp_path


@pytest.fixture
def advisor(work: Path) -> Run:
    """Runs the command line in a process of its own."""

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "advisor", *words]
        return subprocess.run(
            command, cwd=work, env=ENVIRONMENT, capture_output=True, text=True, encoding="utf-8", check=False
        )

    return run


SCORED = ("evaluate", "--corpus", "guides", "--questions", "set.jsonl", "--answers", "theirs.jsonl")


def test_a_transcript_is_scored_without_an_index(advisor: Run) -> None:
    done = advisor(*SCORED, "--failures", "5")
    assert done.returncode == 0, done.stderr
    assert "0.500" in done.stdout
    assert "missing: £2" in done.stdout


def test_the_table_shows_the_confusion_matrix_and_explains_its_measures_when_asked(advisor: Run) -> None:
    plain, explained = advisor(*SCORED).stdout, advisor(*SCORED, "--explain").stdout
    assert "expected status (rows) and given status (columns)" in plain
    assert re.search(r"^answered\s+2\s+·\s+·\s+·\s+·", plain, re.MULTILINE)
    assert "AutoNuggetizer" not in plain
    assert "facts found (facts): Mean share" in explained
    assert "AutoNuggetizer" in explained


def test_answers_that_nobody_asked_for_are_told_and_those_left_out_by_a_tag_are_not(advisor: Run, work: Path) -> None:
    line = {"id": "c", "turns": ["Pay?"], "expect": {"status": ["answered"]}, "tags": ["list"]}
    with (work / "set.jsonl").open("a", encoding="utf-8") as out:
        out.write(f"\n{json.dumps(line)}\n")
    assert "belong to none" not in advisor(*SCORED, "--tag", "figure").stdout
    with (work / "theirs.jsonl").open("a", encoding="utf-8") as out:
        out.write(f"\n{json.dumps({'id': 'z', 'answers': [RIGHT]})}\n")
    told = advisor(*SCORED, "--tag", "figure").stdout
    assert "belong to none of these questions, and count in none of the figures: 1." in told


def test_the_report_is_written_and_serves_as_the_next_baseline(advisor: Run, work: Path) -> None:
    assert advisor(*SCORED, "--out", "out").returncode == 0
    report = json.loads((work / "out" / "report.json").read_text("utf-8"))
    assert [case["right"] for case in report["cases"]] == [True, False]
    assert "missing: £2" in (work / "out" / "report.html").read_text("utf-8")
    assert (work / "out" / "summary.md").read_text("utf-8").startswith("| measure | theirs | questions |")
    again = json.loads(advisor(*SCORED, "--baseline", "out/report.json", "--json").stdout)
    assert again["against_baseline"]["right"]["p"] == 1.0
    assert again["cases"] == report["cases"]


def test_a_run_that_is_stopped_says_where_it_goes_on_from(work: Path) -> None:
    """The import of what searches beside the advisor stands for Ctrl+C after the answers."""
    script = (
        "import runpy, sys\n"
        "class Stop:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'advisor.evaluation.plain': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\n"
        "runpy.run_module('advisor', run_name='__main__', alter_sys=True)\n"
    )
    asked = ("evaluate", "--corpus", "guides", "--store", "store", "--questions", "set.jsonl", "--out", "out")
    command = [sys.executable, "-c", script, *asked, "--top-k", "1"]
    done = subprocess.run(
        command, cwd=work, env=ENVIRONMENT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 130, done.stderr
    assert "What was answered is kept in out: the same command goes on from there." in done.stderr
    assert "Traceback" not in done.stderr
    assert (work / "out" / "answers.jsonl").is_file()


def test_two_runs_do_not_write_to_one_folder(advisor: Run, work: Path) -> None:
    (work / "out").mkdir()
    with FileLock(work / "out" / ".lock"):
        done = advisor(*SCORED, "--out", "out")
    assert done.returncode == 1
    assert "Another evaluation is writing to out" in done.stderr
    assert "Traceback" not in done.stderr
    assert advisor(*SCORED, "--out", "out").returncode == 0


def test_earlier_runs_that_cannot_be_read_are_told_before_anything_is_asked(advisor: Run, work: Path) -> None:
    (work / "out").mkdir()
    (work / "out" / "runs.jsonl").write_text("{\n", "utf-8")
    done = advisor("evaluate", *SCORED[1:5], "--store", "store", "--out", "out")
    assert done.returncode == 1
    assert "runs.jsonl, line 1: not valid JSON" in done.stderr
    assert not (work / "store").exists()


def test_a_baseline_of_other_questions_is_told(advisor: Run, work: Path) -> None:
    (work / "old.json").write_text('{"format": 1, "cases": [{"id": "z", "values": {}}]}', "utf-8")
    done = advisor(*SCORED, "--baseline", "old.json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "old.json is about other questions" in done.stderr


def test_answers_to_another_set_are_told_with_both_files(advisor: Run, work: Path) -> None:
    (work / "theirs.jsonl").write_text(json.dumps({"id": "z", "answers": [RIGHT]}), "utf-8")
    done = advisor(*SCORED)
    assert done.returncode == 1
    assert 'theirs.jsonl belongs to another set: none of its ids is asked for (its first is "z"' in done.stderr
    assert 'set.jsonl, line 1, is "a"' in done.stderr


def test_a_missed_bar_exits_1_and_says_what_fell_short(advisor: Run) -> None:
    missed = advisor(*SCORED, "--fail-under", "answered=0.9")
    assert missed.returncode == 1
    assert "answered is 0.500, at least 0.9 is asked" in missed.stderr
    assert "Traceback" not in missed.stderr
    assert advisor(*SCORED, "--fail-under", "answered=0.5").returncode == 0


@pytest.mark.parametrize(
    "bars", ["rightness=1", "answered", "answered=high", "", "answered=90", "answered=nan", "words=-1"]
)
def test_a_bar_that_is_none_is_wrong_usage(advisor: Run, bars: str) -> None:
    done = advisor(*SCORED, "--fail-under", bars)
    assert done.returncode == 2
    assert "--fail-under" in done.stderr


def test_fewer_than_no_failures_are_wrong_usage(advisor: Run) -> None:
    assert advisor(*SCORED, "--failures", "-1").returncode == 2


def test_a_mistake_is_told_in_one_sentence(advisor: Run, work: Path) -> None:
    (work / "set.jsonl").write_text('{"id": "a", "turns": []}\n', "utf-8")
    done = advisor(*SCORED)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == 'advisor: set.jsonl, line 1: "turns" must hold one or more messages.\n'
    (work / "set.jsonl").write_text('{"id": "a", "turns": ["x"]}\n', "utf-8")
    assert "No question carries the tag dev" in advisor(*SCORED, "--tag", "dev").stderr


def test_a_set_is_drafted_and_checked(advisor: Run, work: Path) -> None:
    drafted = advisor("questions", "draft", "--corpus", "guides")
    assert drafted.returncode == 0, drafted.stderr
    (work / "mine.jsonl").write_text(drafted.stdout, "utf-8")
    assert load_questions(work / "mine.jsonl")
    checked = advisor("questions", "check", "mine.jsonl", "--corpus", "guides")
    assert (checked.returncode, checked.stderr) == (0, "")
    wrong = advisor("questions", "check", "set.jsonl", "--corpus", "guides")
    assert wrong.returncode == 1
    assert 'set.jsonl, line 2: in "facts", no spelling of the fact "£2" stands in the one guide here.' in wrong.stderr
    assert "1 problem; 2 questions could be read." in wrong.stderr


def test_guides_that_give_no_question_are_told(advisor: Run, work: Path) -> None:
    (work / "guides" / "a.md").write_text("Nothing much.\n", "utf-8")
    done = advisor("questions", "draft", "--corpus", "guides")
    assert (done.returncode, done.stdout) == (1, "")
    assert "hold no heading, table, list or figure" in done.stderr


def test_sets_beside_the_guides_are_taken_when_their_places_are_there(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = work / "guides" / "questions"
    folder.mkdir()
    fitting, other = ({"id": n, "turns": ["x"], "expect": {"cites": [{"path": n}]}} for n in ("a.md", "b.md"))
    (folder / "other.jsonl").write_text(json.dumps(other), "utf-8")
    with pytest.raises(AdvisorError, match="no question set"):
        evaluating.shipped_sets(work / "guides")
    (folder / "fitting.jsonl").write_text(json.dumps(fitting), "utf-8")
    assert [path.name for path in evaluating.shipped_sets(work / "guides")] == ["fitting.jsonl"]
    assert capsys.readouterr().err == "other.jsonl is left out: it asks about guides that are not here.\n"


def test_questions_that_nobody_has_judged_can_be_asked_and_tags_stay_text(advisor: Run, work: Path) -> None:
    (work / "set.jsonl").write_text('{"id": "a", "turns": ["x"], "expect": {}, "tags": ["[bold]up[/]"]}\n', "utf-8")
    done = advisor(*SCORED, "--out", "out")
    assert done.returncode == 0, done.stderr
    assert "[bold]up[/]" in done.stdout
    assert "not judged" in (work / "out" / "report.html").read_text("utf-8")


@pytest.mark.parametrize("command", [commands.evaluate, commands.coverage, commands.questions])
def test_every_command_shows_an_example(command: object) -> None:
    assert "Example" in (getattr(command, "help", "") or "")
