from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.answer import Status
from advisor.evaluation.lines import record_of
from advisor.evaluation.questions import Aim, Place, Question, load_questions, question_of, tagged
from index.errors import AdvisorError

GOOD = {
    "id": "a",
    "turns": ["Hello", "And pay?"],
    "expect": {"facts": [["£1", "1 pound"]], "not": ["£2"], "status": ["answered"], "cites": [{"path": "a.md"}]},
    "tags": ["figure", "dev", "twin:b"],
}


def written(folder: Path, *lines: object) -> Path:
    path = folder / "set.jsonl"
    path.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in lines), "utf-8")
    return path


def test_a_line_is_read_whole(tmp_path: Path) -> None:
    (question,) = load_questions(written(tmp_path, GOOD))
    assert question == Question(
        id="a",
        turns=("Hello", "And pay?"),
        facts=(("£1", "1 pound"),),
        forbidden=("£2",),
        statuses=(Status.ANSWERED,),
        cites=(Place("a.md"),),
        tags=("figure", "dev", "twin:b"),
        where=f"{tmp_path / 'set.jsonl'}, line 1",
    )
    assert question.twin == "b"
    assert question.kinds == ("figure", "dev")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "not valid JSON"),
        ("[1]", "not a JSON object"),
        ('{"id": "a", "id": "b", "turns": ["x"]}', 'the field "id" stands there twice'),
        ('{"id": "\\ud800", "turns": ["x"]}', "half a character stands"),
        ('{"id": ' + "9" * 5000 + "}", "too many digits"),
        ('{"id": ' + "[" * 100_000, "too deep inside each other"),
        ({"turns": ["x"]}, '"id" is missing'),
        ({"id": "", "turns": ["x"]}, '"id" is empty'),
        ({"id": 3, "turns": ["x"]}, '"id" is 3, where a text is needed'),
        ({"id": "a", "turns": []}, '"turns" must hold one or more'),
        ({"id": "a", "turns": "x"}, "where a list is needed"),
        ({"id": "a", "turns": [1]}, '"turns" holds 1'),
        ({"id": "a", "turns": [" "]}, '"turns" holds " "'),
        ({"id": "a", "turns": ["x"], "extra": 1}, 'unknown field "extra"'),
        ({"id": "a", "turns": ["x"], "expect": {"fact": []}}, 'in "expect": unknown field "fact"'),
        ({"id": "a", "turns": ["x"], "expect": {"facts": ["y"]}}, 'each entry of "facts" must be a list'),
        ({"id": "a", "turns": ["x"], "expect": {"facts": [[]]}}, 'each entry of "facts" must be a list'),
        ('{"id": "a\tb"}', "(Invalid control character at column"),
        (
            {"id": "a", "turns": ["x"], "expect": {"facts": [["/(£1/"]]}},
            '"facts" holds the pattern /(£1/, which does not',
        ),
        (
            {"id": "a", "turns": ["x"], "expect": {"not": ["/£[/"]}},
            '"not" holds the pattern /£[/, which does not compile',
        ),
        ({"id": "a", "turns": ["x"], "expect": {"facts": [["/a*/"]]}}, "the pattern /a*/, which fits every answer"),
        ({"id": "a", "turns": ["x"], "expect": {"status": ["fine"]}}, '"status" holds "fine", and "fine" is no status'),
        ({"id": "a", "turns": ["x"], "expect": {"cites": ["a.md"]}}, "where an object is needed"),
        ({"id": "a", "turns": ["x"], "expect": {"cites": [{"section": "y"}]}}, '"path" is missing'),
        ({"id": "a", "turns": ["x"], "tags": "dev"}, "where a list is needed"),
    ],
)
def test_a_wrong_line_is_told_with_file_line_and_field(tmp_path: Path, line: object, told: str) -> None:
    path = written(tmp_path, GOOD, "", line)
    with pytest.raises(AdvisorError) as raised:
        load_questions(path)
    assert f"{path}, line 3" in str(raised.value)
    assert told in str(raised.value)


def test_an_id_that_stands_twice_names_both_places(tmp_path: Path) -> None:
    with pytest.raises(AdvisorError, match=r"line 2: the id \"a\" stands there a second time \(first: .*line 1\)"):
        load_questions(written(tmp_path, GOOD, GOOD))


def test_an_empty_set_and_a_missing_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(AdvisorError, match="holds no question"):
        load_questions(written(tmp_path, ""))
    with pytest.raises(AdvisorError, match="cannot be read"):
        load_questions(tmp_path / "none.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b"\xff\xfe")
    with pytest.raises(AdvisorError, match="not UTF-8"):
        load_questions(tmp_path / "latin.jsonl")


@pytest.mark.parametrize(
    ("statuses", "facts", "aim"),
    [
        ((), (), Aim.OPEN),
        (("answered",), (), Aim.ANSWER),
        (("not_in_guides", "partial"), (), Aim.REFUSE),
        (("not_in_guides", "conversation"), (), Aim.REFUSE),
        (("not_in_guides", "partial"), (("x",),), Aim.ANSWER),
        (("conversation",), (), Aim.TALK),
        (("conversation",), (("x",),), Aim.ANSWER),
    ],
)
def test_what_a_question_tries_follows_from_what_it_expects(
    statuses: tuple[str, ...], facts: tuple[tuple[str, ...], ...], aim: Aim
) -> None:
    assert Question("q", ("x",), facts, statuses=tuple(Status(s) for s in statuses)).aim is aim


def test_tags_choose_the_questions_that_carry_all_of_them() -> None:
    both, one = Question("a", ("x",), tags=("dev", "list")), Question("b", ("x",), tags=("dev",))
    assert tagged((both, one), ("dev", "list")) == (both,)
    assert tagged((both, one), ()) == (both, one)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.sampled_from(["id", "turns", "expect", "tags", "facts", "cites", "status", "x"]), x)))  # fmt: skip
def test_any_json_is_a_question_or_an_error_that_names_the_line(value: object) -> None:
    try:
        told = question_of(record_of(json.dumps(value), "set.jsonl, line 7")).where
    except AdvisorError as error:
        told = str(error)
    assert told.startswith("set.jsonl, line 7")


def test_the_shipped_sets_can_be_read() -> None:
    folder = Path(__file__).parents[3] / "corpus" / "questions"
    assert len(load_questions(*sorted(folder.glob("*.jsonl")))) > 300
