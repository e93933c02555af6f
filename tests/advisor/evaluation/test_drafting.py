from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from advisor.evaluation.checking import check_sets
from advisor.evaluation.drafting import draft_questions
from advisor.evaluation.questions import load_questions
from index.guide import Guide
from index.reading import guide_of, read_folder

GUIDE = guide_of(
    "# Work\n\n## What do **tools** cost?\n\nA set costs about £50.\n\n"
    "## Duties\n\nBakers typically:\n\n- weigh flour: all of it\n- knead dough\n\n"
    "## Pay\n\n| Level | Note | Pay |\n| --- | --- | --- |\n| Master | good | **£30,000** |\n",
    "work.md",
)


def lines(folder: Path, *lines: object) -> Path:
    path = folder / "set.jsonl"
    path.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in lines), "utf-8")
    return path


def asked(text: str, name: str = "work.md") -> dict[str, dict[str, Any]]:
    """The drafts from one guide, by their questions."""
    return {line["turns"][0]: line for line in draft_questions([guide_of(text, name)], 50)}


def test_questions_are_drafted_from_headings_tables_lists_and_figures() -> None:
    drafted = {line["turns"][0]: line for line in draft_questions([GUIDE], 50)}
    faq = drafted["What do tools cost?"]
    assert faq["expect"]["facts"] == [["£50"]]
    assert faq["expect"]["cites"] == [{"path": "work.md", "section": GUIDE.sections[0].path[-1]}]
    assert drafted["What is the pay for Master?"]["expect"]["facts"] == [["£30,000"]]
    assert drafted["What are the duties?"]["expect"]["facts"] == [["weigh flour"], ["knead dough"]]
    assert all(line["tags"][0] == "drafted" for line in drafted.values())


@pytest.mark.parametrize(
    ("text", "question", "facts"),
    [
        ("## Pay\n\nThe median pay of bakers was $36,650 in May 2024.\n", "What was the median pay of bakers in May 2024?", ["$36,650"]),
        ("## Training\n\nAn apprenticeship takes about three years.\n", "How long does an apprenticeship take?", ["three years"]),
        ("## Fees\n\nThe exam costs $220.\n", "How much does the exam cost?", ["$220"]),
        ("## The exam\n\n- Pass mark: 75%\n- Questions: 60\n", "The exam: what is the pass mark?", ["75%"]),
        ("## Duties\n\nBakers typically do the following:\n\n- weigh flour\n- knead dough\n", "What do bakers typically do?", ["weigh flour", "knead dough"]),
        ("## How to become a baker\n\nStart early.\n", "How do I become a baker?", []),
        ("## Pay\n\nA senior baker, with five years of work, has a median pay of $9.\n", "What is the median pay of a senior baker?", ["$9"]),
        ("## QBA: Qualified Baker\n\n- Pass mark: 75%\n- Fee: $20\n", "What is the pass mark for QBA?", ["75%"]),
        ("## Codes\n\n| Code | What it covers |\n| --- | --- |\n| B-2 | flour and salt |\n", "What does B-2 cover?", ["flour and salt"]),
        ("## Pay\n\n| Level | Openings | Pay, May 2024 |\n| --- | --- | --- |\n| Master | 9 | $30 |\n", "What is the pay for Master in May 2024?", ["$30"]),
        ("## Guild rates, 2024\n\n| Band | Start |\n| --- | --- |\n| Band 4 | £20 |\n", "Guild rates, 2024: what is the start for Band 4?", ["£20"]),
        ("## Tasks of a baker\n\n- weigh flour\n- knead dough\n", "What are the tasks of a baker?", ["weigh flour", "knead dough"]),
        ("## Certificate in baking\n\n- bread\n- cakes\n", "What does the certificate in baking involve?", ["bread", "cakes"]),
        ("## Finding customers\n\n- markets\n- shops\n", "What should I know about finding customers?", ["markets", "shops"]),
        ("## Is it hard?\n\nA shift lasts nine hours.\n", "Is it hard?", []),
        ("## 3 Steps To Become A Baker\n\nFirst:\n\n- watch\n- knead\n", "What are the 3 steps to become a baker?", ["watch", "knead"]),
        ("## What Does A Baker Do?\n\nA baker kneads.\n", "What does a baker do?", []),
        ("## Can I Bake For IT In Oakland?\n\nYou can bake.\n", "Can I bake for IT in Oakland?", []),
        ("## What a baker earns\n\nLittle.\n", "What does a baker earn?", []),
        ("## Where bakers work\n\nIn towns.\n", "Where do bakers work?", []),
        ("## What the job is like\n\nIt is warm.\n", "Please tell me what the job is like.", []),
        ("## Step 1: Do the training\n\nTrain.\n", "What does “Do the training” involve?", []),
        ("## Does it pay? (a survey)\n\nSome.\n", "Does it pay? (a survey)", []),
        ("## Pay\n\nHere rye bakers earn.\n\n| Job | Pay |\n| --- | --- |\n| Rye bakers | $3 |\n", "What is the pay for rye bakers?", ["$3"]),
        ("## Pay\n\nIn New York a new baker waits.\n\n| Place | Pay |\n| --- | --- |\n| New York | $3 |\n", "What is the pay for New York?", ["$3"]),
        ("## Growth\n\n| Job | Percent |\n| --- | --- |\n| Rye bakers | 6 |\n", "Growth: what is the percent for Rye bakers?", ["6"]),
        ("## Demands\n\n- U.S. citizenship\n- age of 17\n", "What are the demands?", ["U.S", "age of 17"]),
        ("## Jobs\n\n| Year | Job openings |\n| --- | --- |\n| 2020 | 75,000 |\n", "How many job openings are there in 2020?", ["75,000"]),
    ],
)  # fmt: skip
def test_a_draft_is_worded_as_a_question(text: str, question: str, facts: list[str]) -> None:
    assert [fact for (fact,) in asked(f"# Work\n\n{text}")[question]["expect"]["facts"]] == facts


def test_a_further_list_of_a_section_is_not_asked_for_by_its_heading() -> None:
    text = "# Work\n\n## Duties\n\n- weigh flour\n- knead dough\n\nBakers help, for example:\n\n- masons\n- roofers\n"
    assert [line["expect"]["facts"] for line in asked(text).values() if "list" in line["tags"]] == [
        [["weigh flour"], ["knead dough"]]
    ]


def test_what_is_no_answer_is_not_drafted() -> None:
    """Codes, a sentence that points back, and a share of a longer thought are left to a person."""
    text = (
        "# Work\n\n## Codes\n\n| Job | Code |\n| --- | --- |\n| Baker | 53-2010 |\n\n"
        "## Pay\n\nIt costs $5. The length of courses varies but lasts three years. The diploma lasts two years and costs $7. Of those who stay, the pay is $9.\n\n## Work\n\nHard.\n\n## Home\n\nFar.\n"
    )
    kinds = {line["tags"][1] for line in asked(text).values()}
    assert kinds == {"heading"}


def test_headings_that_only_name_a_subject_are_not_drafted_where_there_is_more() -> None:
    rows = "| Year | Pay |\n| --- | --- |\n| 2020 | £1 |\n| 2021 | £2 |\n| 2022 | £3 |\n"
    drafted = asked(f"# Work\n\n## Overview\n\nBread is old.\n\n## What bakers do\n\nThey bake.\n\n## Pay\n\n{rows}")
    assert {q for q, line in drafted.items() if "heading" in line["tags"]} == {"What do bakers do?"}


def test_rows_give_each_quantity_of_a_table_and_money_first() -> None:
    rows = "".join(f"| {year} | {year}0 | £{year}1 |\n" for year in (2020, 2021, 2022))
    drafted = asked(f"# Work\n\n## Jobs\n\n| Year | Openings | Pay |\n| --- | --- | --- |\n{rows}")
    assert {line["expect"]["facts"][0][0] for line in drafted.values()} == {"£20201", "20210", "£20221"}


@pytest.mark.parametrize(
    ("heading", "question"),
    [
        ("Three steps to become a baker", "What are the three steps to become a baker?"),
        ("How to start", "How do I start?"),
        ("The way: in short", "In “The way: in short”, what comes first and what after it?"),
        ("The way", "What comes first, and what after it: the way?"),
    ],
)
def test_numbered_headings_are_asked_for_in_their_order(heading: str, question: str) -> None:
    steps = "".join(f"### Step {n}: {name}\n\nDo it.\n\n" for n, name in enumerate(("Watch", "Knead", "Bake"), 1))
    line = asked(f"# Work\n\n## {heading}\n\n{steps}")[question]
    assert line["expect"]["facts"] == [["Watch"], ["Knead"], ["Bake"]]
    assert line["tags"] == ["drafted", "steps"]
    assert line["expect"]["cites"] == [{"path": "work.md", "section": heading}]
    assert not any(
        "steps" in line["tags"] for line in asked(f"# Work\n\n## A\n\n{steps.replace('Step 2', 'Step 7')}").values()
    )


@pytest.mark.parametrize(
    "text", ["- Training: see the college\n- Fee: see below", "| 3 | 44 |", "- It: 5%\n- They: 6%"]
)
def test_what_tells_nothing_here_gives_no_question(text: str) -> None:
    table = "| How many | Hours |\n| --- | --- |\n" if text.startswith("|") else ""
    drafted = asked(f"# Work\n\n## Terms\n\n{table}{text}\n")
    assert not {"label", "row"} & {line["tags"][1] for line in drafted.values()}


def test_a_guide_that_gives_little_gives_sentences_with_a_gap() -> None:
    (line,) = asked("# Pay\n\nIt pays £1.\n").values()
    assert (line["turns"], line["expect"]["facts"]) == (["Which figure stands here: It pays …."], [["£1"]])


def page(title: str, pay: str) -> Guide:
    duties = f"## Duties\n\n{title} typically do the following:\n\n- plan the work\n- do the work\n\n"
    told = f"## Quick facts\n\n- Training: {pay} days\n- Schooling: high school diploma\n\n"
    table = f"## Pay\n\n| Job | Pay |\n| --- | --- |\n| {title} | ${pay} |\n\n"
    ending = f"## Outlook\n\nThe number of {title.lower()} is 5,000.\n\n## Education\n\nA diploma is usual.\n"
    return guide_of(f"# {title}\n\n{duties}{told}{table}{ending}", f"{title.lower()}.md")


def test_many_pages_of_a_series_give_questions_of_all_kinds_that_name_their_subject() -> None:
    titles = ["Thatchers", "Notaries", "Divers", "Falconers", "Weavers", "Coopers", "Saddlers", "Fletchers"]
    guides = [page(title, f"{number}0") for number, title in enumerate(titles, 1)]
    drafted = draft_questions(guides, len(guides))
    assert [line["expect"]["cites"][0]["path"] for line in drafted] == [guide.path for guide in guides]
    assert Counter(line["tags"][1] for line in drafted).keys() == {"row", "list", "label"}
    assert max(Counter(line["tags"][1] for line in drafted).values()) <= 3
    for line, title in zip(drafted, titles, strict=True):
        assert title.lower() in line["turns"][0].lower()


def test_a_question_about_a_page_of_a_series_names_its_subject_where_a_person_would() -> None:
    guides = [page("Rye Bakers", "10"), page("High School Staff Aides", "20")]
    turns = {line["turns"][0] for line in draft_questions(guides, 50)}
    assert {"What is the training for rye bakers?", "What is the schooling for high school staff aides?"} <= turns
    assert not any(turn.endswith(("the training?", "the schooling?")) for turn in turns)


def test_no_section_gives_many_questions_of_one_kind() -> None:
    rows = "".join(f"| Level {n} | ${n}0,000 |\n" for n in range(1, 40))
    drafted = asked(f"# Work\n\n## Pay\n\n| Level | Pay |\n| --- | --- |\n{rows}")
    assert Counter(line["tags"][1] for line in drafted.values())["row"] == 3


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
        {"id": "f", "turns": ["x"], "expect": {"facts": [["/£5\\d/"]], "not": ["/£9/"], "status": ["answered"]}},
        {"id": "g", "turns": ["x"], "expect": {"facts": [["/£6\\d/"]], "status": ["answered"]}},
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
        "line 9",
    ]
    for words in (
        "not valid JSON",
        "second time",
        "no guide here",
        "does not have",
        "£99",
        '"£5"',
        "twin:zzz",
        "holds nothing",
    ):
        assert any(words in problem for problem in told), words


def test_the_small_sets_fit_their_guides(careers: Path) -> None:
    for name in ("arborist", "piano-tuner"):
        assert check_sets([careers / f"{name}-questions.jsonl"], read_folder(careers / name).guides).problems == ()


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ({"facts": [["£50"]]}, 'names no "status", so it is not measured whether answering or refusing was right.'),
        ({}, '"expect" holds nothing, so nothing is measured.'),
        ({"status": ["answered"], "facts": [["£99"]]}, 'no spelling of the fact "£99" stands in any of the 4 guides.'),
    ],
)
def test_what_a_check_tells_is_so(tmp_path: Path, expect: dict[str, Any], told: str) -> None:
    guides = [guide_of(GUIDE.text, f"work-{number}.md") for number in range(4)]
    (problem,) = check_sets([lines(tmp_path, {"id": "a", "turns": ["x"], "expect": expect})], guides).problems
    assert problem.endswith(told)


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_a_set_without_a_question_is_a_problem(tmp_path: Path, content: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text(content, "utf-8")
    assert check_sets([path], [GUIDE]).problems == (f"{path} holds no question.",)
