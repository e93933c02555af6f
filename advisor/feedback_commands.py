"""`advisor feedback`: what people thought of answers, exported, and turned into questions to evaluate."""

from __future__ import annotations

import json
from pathlib import Path

import click

from .feedback import FeedbackLog, default_file, to_csv, to_jsonl, to_questions

_FILE = click.option(
    "--file",
    "path",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="ADVISOR_FEEDBACK",
    help="The feedback file; the one that the page keeps by default.",
)


@click.group()
def feedback() -> None:
    """Export what people thought of answers, and make questions of what went wrong or was not answered.

    \b
    Examples: advisor feedback export --format csv > feedback.csv
              advisor feedback questions > questions.jsonl
    """


@feedback.command()
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@_FILE
def export(form: str, path: Path | None) -> None:
    """Print all feedback, oldest first.

    \b
    Example: advisor feedback export --format csv > feedback.csv
    """
    kept = FeedbackLog(path or default_file())
    for line in to_csv(kept) if form == "csv" else to_jsonl(kept):
        click.echo(line)


@feedback.command()
@_FILE
def questions(path: Path | None) -> None:
    """Print a question set of what was marked wrong or not answered; fill in what the right answers hold.

    \b
    Example: advisor feedback questions > questions.jsonl
    """
    for question in to_questions(FeedbackLog(path or default_file())):
        click.echo(json.dumps(question, ensure_ascii=False))
