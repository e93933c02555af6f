"""`advisor evaluate`, `advisor questions` and `advisor coverage`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..cli import with_settings
from ..settings import Settings

_FILE = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


class Bars(click.ParamType[dict[str, float]]):
    """`answered=0.9,refused=0.9`: measures by name, each with the value it has to reach."""

    name = "NAME=SHARE,…"

    def convert(
        self, value: str | dict[str, float], param: click.Parameter | None, ctx: click.Context | None
    ) -> dict[str, float]:
        """The bar of each measure; a wrong one is wrong usage."""
        from .measures import BY_NAME

        if isinstance(value, dict):
            return value
        bars: dict[str, float] = {}
        for part in value.split(","):
            name, _, bar = part.strip().partition("=")
            if name not in BY_NAME:
                self.fail(f'there is no measure "{name}". Measures: {", ".join(BY_NAME)}.', param, ctx)
            try:
                bars[name] = float(bar)
            except ValueError:
                self.fail(f'"{part.strip()}" names no number. Write it like answered=0.9.', param, ctx)
            most = 1.0 if BY_NAME[name].unit == "share" else sys.float_info.max
            if not 0.0 <= bars[name] <= most:
                bounds = "from 0 to 1" if most == 1.0 else "from 0 on"
                self.fail(f'"{part.strip()}": {name} is a number {bounds}.', param, ctx)
        return bars


@click.command()
@click.option("--questions", "sets", type=_FILE, multiple=True, help="A question set; may be repeated.")
@click.option("--tag", "tags", multiple=True, help="Only questions with this tag; may be repeated.")
@click.option("--answers", type=_FILE, help="Score this transcript (as `advisor ask --batch` prints it), ask nothing.")
@click.option("--top-k", type=click.IntRange(1, 50), help="Beside it, score the k nearest passages as they stand.")
@click.option("--out", type=_FOLDER, help="Write page, JSON and answers there; a stopped run goes on from there.")
@click.option("--baseline", type=_FILE, help="An earlier report.json to compare with, question by question.")
@click.option("--judge", metavar="PROVIDER:NAME", help="Have a LangChain chat model mark the answers as well.")
@click.option("--fail-under", "bars", type=Bars(), help="Exit 1 when a measure misses its value.")
@click.option(
    "--failures", default=0, show_default=True, type=click.IntRange(0), help="How many failed questions to print."
)
@click.option("--explain", is_flag=True, help="Print what each measure is, and the paper that it comes from.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@with_settings
def evaluate(
    *,
    sets: tuple[Path, ...],
    tags: tuple[str, ...],
    answers: Path | None,
    top_k: int | None,
    out: Path | None,
    baseline: Path | None,
    judge: str | None,
    bars: dict[str, float] | None,
    failures: int,
    explain: bool,
    as_json: bool,
    settings: Settings,
) -> None:
    """Measure the answers with question sets, offline; those that lie beside the guides by default.

    \b
    Examples: advisor evaluate --out report
              advisor evaluate --questions mine.jsonl --baseline report/report.json
              advisor evaluate --answers theirs.jsonl --top-k 3
              advisor evaluate --fail-under answered=0.9,refused=0.9
    """
    from .evaluating import Wanted, evaluate_all

    wanted = Wanted(
        sets=sets,
        tags=tags,
        answers=answers,
        top_k=top_k,
        out=out,
        baseline=baseline,
        judge=judge,
        bars=bars or {},
        failures=failures,
        as_json=as_json,
        explain=explain,
    )
    evaluate_all(wanted, settings)


@click.group()
def questions() -> None:
    """Draft a question set from the guides, and check one.

    \b
    Examples: advisor questions draft > mine.jsonl
              advisor questions check mine.jsonl
    """


@questions.command()
@click.option("-n", "--count", default=100, show_default=True, type=click.IntRange(1), help="At most so many.")
@with_settings
def draft(count: int, settings: Settings) -> None:
    """Print a starter set made from headings, questions, tables, lists and figures of the guides, for you to edit.

    \b
    Example: advisor questions draft --corpus my-guides > mine.jsonl
    """
    import json

    from index.errors import AdvisorError
    from index.reading import read_folder

    from .drafting import draft_questions

    drafted = draft_questions(read_folder(settings.corpus).guides, count)
    if not drafted:
        raise AdvisorError(
            f"The guides in {settings.corpus} hold no heading, table, list or figure that a question could be made of."
            " Write a set of your own; corpus/questions/README.md shows the form."
        )
    for question in drafted:
        click.echo(json.dumps(question, ensure_ascii=False))
    click.echo(
        f"{_counted(len(drafted), 'question')} drafted. Put them into the words that people use, and add some that the guides do"
        ' not answer ("status": ["not_in_guides"]).',
        err=True,
    )


@questions.command()
@click.argument("files", nargs=-1, required=True, type=_FILE)
@with_settings
def check(files: tuple[Path, ...], settings: Settings) -> None:
    """Check question sets: every line, and that the guides hold the places and facts that are expected.

    \b
    Example: advisor questions check mine.jsonl --corpus my-guides
    """
    from index.errors import AdvisorError
    from index.reading import read_folder

    from .checking import check_sets

    checked = check_sets(files, read_folder(settings.corpus).guides)
    for problem in checked.problems:
        click.echo(problem, err=True)
    if checked.problems:
        told = f"{_counted(len(checked.problems), 'problem')}; {_counted(checked.questions, 'question')} could be read."
        raise AdvisorError(told)
    kinds = ", ".join(f"{kind} {count}" for kind, count in checked.kinds.items())
    click.echo(f"{_counted(checked.questions, 'question')}, no problem found. Tags: {kinds or 'none'}.")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


@click.command()
@click.option("--answers", type=_FILE, multiple=True, help="A transcript (as `advisor ask --batch` prints it).")
@click.option("--feedback", type=_FILE, help="A feedback file of the page.")
@click.option("--older-than", default=3, show_default=True, type=click.IntRange(0), help="Years that make a guide old.")
@click.option("--out", type=_FOLDER, help="Write coverage.html and coverage.json there.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@with_settings
def coverage(
    *,
    answers: tuple[Path, ...],
    feedback: Path | None,
    older_than: int,
    out: Path | None,
    as_json: bool,
    settings: Settings,
) -> None:
    """Show what nobody is shown of the guides, what they are asked in vain, which are old and where they disagree.

    Disagreements are told where two guides use the same word: a licence is not held against a certificate.

    \b
    Example: advisor coverage --answers report/answers.jsonl --out report
    """
    from .covering import cover

    cover(settings, answers, feedback, older_than, out, as_json=as_json)
