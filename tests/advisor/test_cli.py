"""The command line keeps its contract: help with examples, one sentence for a mistake, JSON for programs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest
from click.testing import CliRunner, Result

from advisor.cli import LAZY, QUIET, main
from advisor.cli import advisor as command
from index.errors import AdvisorError

from .crafts import CRAFTS


def commands(group: click.Group = command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every command, by the words that call it."""
    yield path
    for name in group.list_commands(click.Context(group)):
        found = group.get_command(click.Context(group), name)
        if isinstance(found, click.Group):
            yield from commands(found, (*path, name))
        else:
            yield (*path, name)


def run(*words: str, given: str | bytes = b"") -> Result:
    return CliRunner().invoke(command, words, input=given)


@pytest.mark.parametrize("path", list(commands()), ids=" ".join)
def test_every_command_has_help_with_an_example(path: tuple[str, ...]) -> None:
    done = run(*path, "--help")
    assert done.exit_code == 0
    assert "Example" in done.output
    assert f"advisor {' '.join(path)}".strip() in done.output


def test_the_commands_of_the_contract_are_there() -> None:
    names = {path[0] for path in commands() if path}
    assert names >= {"ask", "chat", "doctor", "evaluate", "guides", "index", "search", *LAZY}


WRONG = [
    (("ask",), "Give either a question or --batch FILE"),
    (("ask", "What does it pay?", "--batch", "-"), "Give either a question or --batch FILE"),
    (("ask", "What does it pay?", "And leave?"), "unexpected extra argument"),
    (("ask", "What does it pay?", "--colour"), "No such option"),
    (("ask", "--batch", "nowhere.jsonl"), "nowhere.jsonl"),
    (("search",), "Give either a query or --batch FILE"),
    (("search", "lamp", "--batch", "-"), "Give either a query or --batch FILE"),
    (("search", "lamp", "-k", "0"), "0 is not in the range"),
    (("search", "lamp", "-k", "many"), "not a valid integer"),
    (("guides", "show"), "Missing argument"),
    (("doctor", "--port", "first"), "not a valid integer"),
    (("doctor", "--port", "999999"), "999999 is not in the range"),
    (("answer", "What does it pay?"), "No such command"),
]


@pytest.mark.parametrize(
    ("words", "told"), WRONG, ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_wrong_usage_exits_2_with_a_sentence_and_no_output(words: tuple[str, ...], told: str) -> None:
    done = run(*words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with three guides; their index is beside it once a command built it."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "guides").mkdir()
    for name, text in CRAFTS.items():
        (folder / "guides" / name).write_text(text, "utf-8")
    return folder


@pytest.fixture
def advisor(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs a command over the three guides; a mistake that a person can mend is in `exception`."""
    monkeypatch.setenv("ADVISOR_CORPUS", str(shop / "guides"))
    monkeypatch.setenv("ADVISOR_STORE", str(shop / "store"))
    for name in ("ADVISOR_MODEL", "ADVISOR_EMBEDDER"):
        monkeypatch.delenv(name, raising=False)
    return run


Run = Callable[..., Result]


def read(done: Result) -> Any:
    assert done.exit_code == 0, done.exception
    return json.loads(done.stdout)


def lines(done: Result) -> list[Any]:
    assert done.exit_code == 0, done.exception
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_an_index_is_built_and_then_found_up_to_date(advisor: Run) -> None:
    assert "3 guides, 30 passages" in advisor("index").stdout
    assert "0 texts embedded, all up to date" in advisor("index").stdout


def test_a_question_is_answered_as_one_answer_object(advisor: Run) -> None:
    answer = read(advisor("ask", "How much does a gaffer earn?", "--json"))
    assert (answer["question"], answer["status"], answer["mode"]) == (
        "How much does a gaffer earn?",
        "answered",
        "quote",
    )
    assert "£34,000 a year" in answer["text"]
    for citation in answer["citations"]:
        text = CRAFTS[citation["path"]]
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert f"[{citation['number']}]" in answer["text"]


def test_an_answer_is_shown_with_its_citations_below(advisor: Run) -> None:
    out = advisor("ask", "How much does a gaffer earn?").stdout
    assert "£34,000 a year. [1]" in out
    assert "glassblower.md:" in out


def test_a_batch_is_answered_line_by_line_in_order(advisor: Run) -> None:
    given = '{"id": "a", "turns": ["hello"]}\n\n{"id": 7, "turns": ["How much does a gaffer earn?", "thanks"]}\n'
    told = lines(advisor("ask", "--batch", "-", given=given))
    assert [line["id"] for line in told] == ["a", 7]
    assert [[a["status"] for a in line["answers"]] for line in told] == [["conversation"], ["answered", "conversation"]]


def test_each_conversation_of_a_batch_starts_empty(advisor: Run) -> None:
    conversation = json.dumps({"id": "x", "turns": ["What does a falconer do?", "Why?"]})
    alone = json.dumps({"id": "y", "turns": ["Why?"]})
    first, second = lines(advisor("ask", "--batch", "-", given=f"{conversation}\n{alone}\n"))
    assert first["answers"][1]["standalone"] != "Why?"
    assert second["answers"][0]["standalone"] == "Why?"


def test_any_message_of_a_batch_is_answered_with_json(advisor: Run) -> None:
    messages = ["pay \ud83d rises?", "\ufeffWhat does it pay?", "\x00\x1b[31m", "日本語?", "x" * 3000, ""]
    given = "\n".join(json.dumps({"id": number, "turns": [message]}) for number, message in enumerate(messages))
    told = lines(advisor("ask", "--batch", "-", given=given))
    assert [line["id"] for line in told] == list(range(len(messages)))
    assert [line["answers"][0]["question"][:9] for line in told] == [message[:9] for message in messages]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ('{"id": null, "turns": ["hello"]}', 'line 1: "id" must be'),
        ('{"id": ["a"], "turns": ["hello"]}', 'line 1: "id" must be'),
        ('{"turns": ["hello"]}', 'line 1: "id" must be'),
        ('{"id": "a", "turns": ["hello"]}\n{"id": "a", "turns": ["thanks"]}', 'line 2: the id "a" stands there twice'),
    ],
)
def test_a_conversation_of_a_batch_is_named_once(advisor: Run, given: str, told: str) -> None:
    done = advisor("ask", "--batch", "-", given=given)
    assert isinstance(done.exception, AdvisorError)
    assert told in str(done.exception)


def test_a_byte_order_mark_at_the_start_of_a_file_is_no_mistake(advisor: Run, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text('{"id": "a", "turns": ["hello"]}\n', "utf-8-sig")
    assert lines(advisor("ask", "--batch", str(path)))[0]["id"] == "a"


MALFORMED = [
    ("{", "not valid JSON"),
    ("[]", "not a JSON object"),
    ("{}", '"turns" must be a list'),
    ('{"turns": "hello"}', '"turns" must be a list'),
    ('{"turns": ["hello", 3]}', '"turns" must be a list'),
    ("[" * 100_000, "nested too deeply"),
]


@pytest.mark.parametrize(("line", "told"), MALFORMED, ids=[line[:20] for line, _ in MALFORMED])
def test_a_malformed_line_is_told_by_its_number_after_the_answers_before_it(advisor: Run, line: str, told: str) -> None:
    done = advisor("ask", "--batch", "-", given=f'{{"id": "a", "turns": ["hello"]}}\n\n{line}\n')
    assert isinstance(done.exception, AdvisorError)
    assert told in str(done.exception)
    assert "line 3" in str(done.exception)
    assert [json.loads(one)["id"] for one in done.stdout.splitlines()] == ["a"]


def test_a_batch_that_is_no_text_is_told(advisor: Run, tmp_path: Path) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b'{"turns": ["\xff\xfe"]}\n')
    done = advisor("ask", "--batch", str(path))
    assert "is not UTF-8 text" in str(done.exception)


def test_hits_are_told_as_the_contract_has_them(advisor: Run) -> None:
    hits = read(advisor("search", "weigh each bird in the morning", "-k", "3", "--json"))
    assert len(hits) == 3
    assert set(hits[0]) == {"guide", "section", "path", "start", "end", "text", "score"}
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    assert hits[0]["text"] == "Falconers weigh each bird every morning."
    assert all(CRAFTS[hit["path"]][hit["start"] : hit["end"]] == hit["text"] for hit in hits)


def test_a_batch_of_queries_is_searched_line_by_line(advisor: Run) -> None:
    given = '{"id": 1, "query": "the lamp"}\n{"id": 2, "query": ""}\n'
    told = lines(advisor("search", "--batch", "-", "-k", "2", given=given))
    assert [(line["id"], len(line["hits"])) for line in told] == [(1, 2), (2, 0)]
    done = advisor("search", "--batch", "-", given='{"id": 1}\n')
    assert "line 1" in str(done.exception)
    assert '"query" must be a text' in str(done.exception)


def test_hits_are_shown_with_their_places(advisor: Run) -> None:
    out = advisor("search", "weigh each bird in the morning", "-k", "1").stdout
    assert "falconer › Weekly routine" in out
    assert advisor("search", "").stdout == "Nothing found.\n"


def test_guides_are_listed_and_shown_exactly_as_offsets_count_them(advisor: Run) -> None:
    assert [row["id"] for row in read(advisor("guides", "--json"))] == ["falconer", "glassblower", "keeper"]
    assert "Lighthouse keeper" in advisor("guides").stdout
    for name in ("keeper", "keeper.md"):
        assert advisor("guides", "show", name).stdout_bytes == CRAFTS["keeper.md"].encode()


def test_a_guide_that_is_not_there_is_told_with_those_that_are(advisor: Run) -> None:
    told = str(advisor("guides", "show", "baker").exception)
    assert "no guide 'baker'" in told
    assert "falconer, glassblower, keeper" in told


def test_the_doctor_finds_nothing_to_mend(advisor: Run) -> None:
    done = advisor("doctor", "--port", "0")
    assert done.exit_code == 0, done.output
    assert all(line.startswith("ok ") for line in done.stdout.splitlines())


def test_the_doctor_exits_1_where_something_is_to_be_mended(advisor: Run, tmp_path: Path) -> None:
    done = advisor("doctor", "--port", "0", "--store", str(tmp_path / "none"))
    assert done.exit_code == 1
    assert [line[:9] for line in done.stdout.splitlines() if not line.startswith("ok ")] == ["!! index:"]


class Ended(NamedTuple):
    """How the program ended."""

    status: int
    out: str
    err: str


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """Runs the program itself, with its exit status."""
    for name in (*QUIET, "LANGSMITH_TRACING"):
        monkeypatch.setenv(name, QUIET.get(name, "false"))

    def ended(*words: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["advisor", *words])
        try:
            main()
        except SystemExit as leaving:
            return Ended(int(leaving.code or 0), *capsys.readouterr())
        return Ended(0, *capsys.readouterr())

    return ended


def test_a_mistake_exits_1_and_is_one_sentence_on_standard_error(program: Callable[..., Ended], tmp_path: Path) -> None:
    done = program("ask", "What does it pay?", "--corpus", str(tmp_path / "none"))
    assert (done.status, done.out) == (1, "")
    assert done.err.startswith("advisor: The folder of guides")
    assert done.err.count("\n") == 1


def test_wrong_usage_exits_2(program: Callable[..., Ended]) -> None:
    done = program("ask")
    assert (done.status, done.out) == (2, "")
    assert "Give either a question or --batch FILE" in done.err


def test_what_is_done_exits_0(program: Callable[..., Ended], shop: Path) -> None:
    done = program("guides", "--corpus", str(shop / "guides"))
    assert (done.status, done.err) == (0, "")
    assert program("--version").out.startswith("advisor, version")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_output_that_cannot_be_written_is_told_in_a_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "advisor", "--help"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "advisor: The output cannot be written (No space left on device)."


def test_a_question_loads_nothing_that_it_does_not_need(advisor: Run) -> None:
    """The readers of guides, a chat model's seam, checks of what comes in from outside and the map of the world wait."""
    assert advisor("index").exit_code == 0
    script = (
        "import sys; from advisor.cli import advisor\n"
        "advisor(['ask', 'How much does a gaffer earn?'], standalone_mode=False)\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, encoding="utf-8", check=True)
    loaded = set(done.stderr.split())
    assert "£34,000 a year" in done.stdout
    assert "advisor.chain" in loaded
    waits = {"asyncio", "chromadb", "gradio", "index.reading", "langchain_core", "pycountry", "pydantic", "torch"}
    assert loaded & waits == set()
