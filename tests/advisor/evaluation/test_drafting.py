from __future__ import annotations

import json
from pathlib import Path

import pytest

from advisor.evaluation.checking import check_sets
from advisor.evaluation.drafting import draft_questions
from advisor.evaluation.questions import load_questions
from index.reading import guide_of, read_folder

GUIDE = guide_of(
    "# Work\n\n## Do I need **tools**?\n\nYes, a set costs about £50.\n\n"
    "## Duties\n\nBakers typically:\n\n- weigh flour: all of it\n- knead dough\n\n"
    "## Pay\n\n| Level | Note | Pay |\n| --- | --- | --- |\n| Master | good | **£30,000** |\n",
    "work.md",
)


def lines(folder: Path, *lines: object) -> Path:
    path = folder / "set.jsonl"
    path.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in lines), "utf-8")
    return path


def test_questions_are_drafted_from_headings_tables_lists_and_figures() -> None:
    drafted = {line["turns"][0]: line for line in draft_questions([GUIDE], 50)}
    faq = drafted["Do I need tools?"]
    assert faq["expect"]["facts"] == [["£50"]]
    assert faq["expect"]["cites"] == [{"path": "work.md", "section": GUIDE.sections[0].path[-1]}]
    assert drafted["Level Master: Pay?"]["expect"]["facts"] == [["£30,000"]]
    assert drafted["Bakers typically: which are they?"]["expect"]["facts"] == [["weigh flour"], ["knead dough"]]
    assert drafted["Which figure stands here: Yes, a set costs about ….?"[:-1]]["tags"] == ["drafted", "figure"]
    assert all(line["tags"][0] == "drafted" for line in drafted.values())


@pytest.mark.parametrize("name", ["arborist", "piano-tuner"])
def test_a_drafted_set_passes_its_own_check(careers: Path, tmp_path: Path, name: str) -> None:
    guides = read_folder(careers / name).guides
    drafted = draft_questions(guides, 500)
    path = lines(tmp_path, *drafted)
    assert check_sets([path], guides).problems == ()
    assert {path for q in load_questions(path) for path in (q.cites[0].path,)} == {guide.path for guide in guides}


def test_no_more_are_drafted_than_asked_for_and_none_twice(careers: Path) -> None:
    guides = read_folder(careers / "arborist").guides
    assert len(draft_questions(guides, 7)) == 7
    turns = [line["turns"][0] for line in draft_questions([*guides, *guides], 500)]
    assert len(turns) == len(set(turns))


def test_a_check_tells_every_problem_with_its_line(tmp_path: Path) -> None:
    path = lines(
        tmp_path,
        {"id": "a", "turns": ["x"], "expect": {"status": ["answered"], "cites": [{"path": "none.md"}]}},
        "{",
        {
            "id": "b",
            "turns": ["x"],
            "expect": {"status": ["answered"], "cites": [{"path": "work.md", "section": "Fees"}]},
        },
        {"id": "b", "turns": ["x"], "expect": {"facts": [["£99"]], "status": ["answered"]}},
        {"id": "c", "turns": ["x"], "expect": {"facts": [["£50"]], "not": ["£5"], "status": ["answered"]}},
        {"id": "d", "turns": ["x"], "tags": ["twin:zzz"]},
        {"id": "e", "turns": ["x"], "expect": {"facts": [["a set COSTS", "none"]], "status": ["answered"]}},
    )
    checked = check_sets([path], [GUIDE])
    told = [problem.removeprefix(f"{path}, ") for problem in checked.problems]
    assert [problem.split(":")[0] for problem in told] == [
        "line 2",
        "line 4",
        "line 1",
        "line 3",
        "line 4",
        "line 5",
        "line 6",
        "line 6",
    ]
    for words in (
        "not valid JSON",
        "second time",
        "no guide here",
        "does not have",
        "£99",
        '"£5"',
        "twin:zzz",
        "status",
    ):
        assert any(words in problem for problem in told), words


def test_the_small_sets_fit_their_guides(careers: Path) -> None:
    for name in ("arborist", "piano-tuner"):
        assert check_sets([careers / f"{name}-questions.jsonl"], read_folder(careers / name).guides).problems == ()
