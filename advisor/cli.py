"""The command line, `advisor …`: results on stdout, progress and trouble on stderr.

Exit status: 0 done, 1 a mistake told in one sentence, 2 wrong usage.
"""

from __future__ import annotations

import errno
import importlib
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from index.errors import AdvisorError

from .models import quiet_tracing
from .settings import Settings, settle

if TYPE_CHECKING:
    from .answer import Answer
    from .chain import Advisor, Turn
    from .profile import Profile

QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
}
"""Nothing leaves the machine: set before any library that would is imported."""

LAZY = {
    "chat": "ui.commands:chat",
    "coverage": "advisor.evaluation.commands:coverage",
    "evaluate": "advisor.evaluation.commands:evaluate",
    "fit": "advisor.fitting_commands:fit",
    "feedback": "advisor.feedback_commands:feedback",
    "mcp": "advisor.mcp_command:mcp",
    "password": "ui.commands:password",
    "proof": "advisor.proof_commands:proof",
    "questions": "advisor.evaluation.commands:questions",
    "roadmap": "advisor.roadmap.commands:roadmap",
}
"""Commands found by name when they are called: the page builds on this package, so nothing here imports it."""


class Commands(click.Group):
    """The commands; those in `LAZY` are found by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *LAZY})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in LAZY:
            return super().get_command(ctx, cmd_name)
        module, name = LAZY[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


def with_settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that say where guides and index are, as one `settings` argument."""

    def call(
        *args: Any,
        corpus: Path | None,
        store: str | None,
        embedder: str | None,
        model: str | None,
        model_url: str | None,
        **kwargs: Any,
    ) -> Any:
        return command(*args, settings=settle(corpus, store, embedder, model, model_url), **kwargs)

    call.__name__, call.__doc__ = command.__name__, command.__doc__
    call.__click_params__ = getattr(command, "__click_params__", [])  # type: ignore[attr-defined]
    options = (
        click.option(
            "--model-url",
            envvar="ADVISOR_MODEL_URL",
            metavar="URL",
            help="The model's server, where it is not the provider's own.",
        ),
        click.option(
            "--model", envvar="ADVISOR_MODEL", metavar="PROVIDER:NAME", help="A LangChain chat model; none by default."
        ),
        click.option(
            "--embedder",
            envvar="ADVISOR_EMBEDDER",
            metavar="MODEL",
            help="A sentence-transformers model; all-MiniLM-L6-v2 by default.",
        ),
        click.option(
            "--store",
            envvar="ADVISOR_STORE",
            metavar="DIR|URL",
            help="Where the index is: a folder, or a Chroma server.",
        ),
        click.option(
            "--corpus",
            envvar="ADVISOR_CORPUS",
            metavar="DIR",
            type=click.Path(path_type=Path),
            help="The folder of guides; the shipped ones by default.",
        ),
    )
    for option in options:
        call = option(call)
    return call


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="career-path-advisor", prog_name="advisor")
def advisor() -> None:
    """Career questions answered from guides, every claim with the passage it comes from.

    \b
    Example: advisor ask "How much does a senior clinical coder earn?"
    """


def as_json_text(value: Any, indent: int | None = None) -> str:
    """JSON that can be printed: what UTF-8 cannot hold (half of a surrogate pair) is escaped, all else is as it is."""
    return json.dumps(value, ensure_ascii=False, indent=indent).encode("utf-8", "backslashreplace").decode()


@advisor.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print one Answer object.")
@click.option(
    "--batch",
    type=click.File("r", encoding="utf-8-sig"),
    metavar="FILE",
    help='Conversations to answer, one {"id", "turns"} a line; - for stdin.',
)
@click.option(
    "--profile",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Who asks: a .json profile, or plain words about oneself in .txt or .md.",
)
@with_settings
def ask(question: str | None, as_json: bool, batch: IO[str] | None, file: Path | None, settings: Settings) -> None:
    """Answer a question in the terminal, with its citations below.

    \b
    Examples: advisor ask "Do I need a degree?"
              advisor ask "Do I need a degree?" --profile me.txt
              advisor ask "What does it pay?" --json
              advisor ask --batch questions.jsonl > answers.jsonl
    """
    if (question is None) == (batch is None):
        raise click.UsageError('Give either a question or --batch FILE, for example: advisor ask "Do I need a degree?"')
    from index.ahead import open_ahead

    open_ahead(settings.embedder)
    from .opening import open_advisor
    from .profile import load_profile

    if file is not None:
        load_profile(file)  # a mistake in the file is told before an index is built
    asked = open_advisor(settings)
    profile = load_profile(file, asked.vocabulary) if file is not None else None
    if batch is not None:
        for identity, answers in _answer_all(asked, batch, profile):
            click.echo(as_json_text({"id": identity, "answers": [a.to_json() for a in answers]}))
        return
    answer = asked.ask(question or "", profile=profile)
    if as_json:
        click.echo(as_json_text(answer.to_json(), indent=2))
    else:
        from .terminal import show_answer

        show_answer(answer)


def _answer_all(asked: Advisor, batch: IO[str], profile: Profile | None) -> Iterator[tuple[str | int, list[Answer]]]:
    from .chain import Turn

    for identity, turns in _conversations(batch):
        history: tuple[Turn, ...] = ()
        known = profile
        for message in turns:
            history = (*history, Turn(message, asked.ask(message, history, known)))
            known = asked.person(message, history, known) if known is not None else None
        yield identity, [turn.answer for turn in history]


def _conversations(batch: IO[str]) -> Iterator[tuple[str | int, list[str]]]:
    seen: set[str | int] = set()
    for record, where in _records(batch):
        turns = record.get("turns")
        if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
            raise AdvisorError(f'{where}: "turns" must be a list of one or more messages.')
        identity = record.get("id")
        if not isinstance(identity, str | int) or isinstance(identity, bool) or identity == "":
            raise AdvisorError(f'{where}: "id" must be a text or a whole number that names the conversation.')
        if identity in seen:
            raise AdvisorError(f"{where}: the id {json.dumps(identity, ensure_ascii=False)} stands there twice.")
        seen.add(identity)
        yield identity, turns


def _records(lines: IO[str]) -> Iterator[tuple[dict[str, Any], str]]:
    """The JSON objects of a JSONL file, each with the words that name its line."""
    try:
        for count, line in enumerate(lines, 1):
            if not line.strip():
                continue
            where = f"{getattr(lines, 'name', 'input')}, line {count}"
            record = _record(line, where)
            if not isinstance(record, dict):
                raise AdvisorError(f"{where} is not a JSON object.")
            yield record, where
    except UnicodeDecodeError as error:
        raise AdvisorError(
            f"{getattr(lines, 'name', 'input')} is not UTF-8 text. Save it as UTF-8 and try again."
        ) from error


def _record(line: str, where: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise AdvisorError(f"{where} is not valid JSON ({error.msg} at column {error.colno}).") from error
    except (RecursionError, ValueError) as error:
        raise AdvisorError(f"{where} is nested too deeply, or has a number that is too long.") from error


@advisor.command()
@click.argument("query", required=False)
@click.option("-k", "count", default=5, show_default=True, type=click.IntRange(1, 1000), help="How many passages.")
@click.option("--json", "as_json", is_flag=True, help="Print the hits as a JSON list.")
@click.option(
    "--batch",
    type=click.File("r", encoding="utf-8-sig"),
    metavar="FILE",
    help='Queries, one {"id", "query"} a line; - for stdin.',
)
@with_settings
def search(query: str | None, count: int, as_json: bool, batch: IO[str] | None, settings: Settings) -> None:
    """Show the passages that a query finds, with their scores and places.

    \b
    Example: advisor search "remote work" -k 3
    """
    if (query is None) == (batch is None):
        raise click.UsageError('Give either a query or --batch FILE, for example: advisor search "remote work"')
    from .opening import open_or_build

    opened = open_or_build(settings)
    if batch is not None:
        for record, where in _records(batch):
            if not isinstance(record.get("query"), str):
                raise AdvisorError(f'{where}: "query" must be a text.')
            hits = [hit.to_json() for hit in opened.search(record["query"], count)]
            click.echo(as_json_text({"id": record.get("id"), "hits": hits}))
        return
    found = opened.search(query or "", count)
    if as_json:
        click.echo(as_json_text([hit.to_json() for hit in found], indent=2))
    else:
        from .terminal import show_hits

        show_hits(found)


@advisor.command("index")
@click.option("--rebuild", is_flag=True, help="Embed everything again.")
@with_settings
def index_command(rebuild: bool, settings: Settings) -> None:
    """Build the index, or bring it up to date; prints counts and time.

    \b
    Example: advisor index --corpus my-guides --store my-index
    """
    from .opening import build
    from .terminal import show_report

    show_report(build(settings, rebuild=rebuild), settings)


class GuidesGroup(click.Group):
    """`advisor guides` lists; `advisor guides show ID` shows one."""


@advisor.group(cls=GuidesGroup, invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@with_settings
@click.pass_context
def guides(ctx: click.Context, as_json: bool, settings: Settings) -> None:
    """List the guides: sections, passages, figures, dates.

    \b
    Examples: advisor guides
              advisor guides show clinical-coding-specialist
    """
    ctx.obj = settings
    if ctx.invoked_subcommand is not None:
        return
    from index.reading import read_folder

    from .terminal import guide_rows, show_guides

    library = read_folder(settings.corpus)
    if as_json:
        click.echo(as_json_text(guide_rows(library), indent=2))
    else:
        show_guides(library)


@guides.command("show")
@click.argument("guide")
@click.option("--corpus", envvar="ADVISOR_CORPUS", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--store", envvar="ADVISOR_STORE", metavar="DIR|URL", hidden=True, expose_value=False)
@click.pass_obj
def show(settings: Settings, guide: str, corpus: Path | None) -> None:
    """Print a guide's text exactly as the offsets of citations count it.

    \b
    Example: advisor guides show clinical-coding-specialist
    """
    from index.reading import read_folder

    library = read_folder(corpus or settings.corpus)
    found = next((g for g in library.guides if guide in (g.id, g.path)), None)
    if found is None:
        known = ", ".join(g.id for g in library.guides[:10])
        raise AdvisorError(
            f"There is no guide {guide!r} here. Guides: {known}{', …' if len(library.guides) > 10 else ''}."
        )
    sys.stdout.buffer.write(found.text.encode())


@advisor.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=7860,
    envvar="ADVISOR_PORT",
    show_default=True,
    help="The port that the page would use.",
)
@with_settings
def doctor(port: int, settings: Settings) -> None:
    """Check python, weights, guides, index, model and port: one line each, with the remedy.

    \b
    Example: advisor doctor
    """
    from .doctor import examine
    from .terminal import show_checks

    if not show_checks(examine(settings, port)):
        sys.exit(1)


def main() -> None:
    """Run the command line; a mistake that a person can mend is told in a sentence, a bug keeps its traceback."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    quiet_tracing()
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # half a letter in a message, or a terminal that knows few letters
    try:
        advisor(standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except AdvisorError as error:
        click.echo(f"advisor: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        _leave_stdout()
        sys.exit(0)
    except OSError as error:
        if error.errno not in _MENDED:
            raise
        _leave_stdout()
        click.echo(f"advisor: {error.filename or 'The output'} cannot be written ({error.strerror}).", err=True)
        sys.exit(1)


_MENDED = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EISDIR})
"""What a person can mend: a disk that is full or may not be written, a folder in the place of a file."""


def _leave_stdout() -> None:
    """Write nothing more: what is left in the buffer would fail again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
