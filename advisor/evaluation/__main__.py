"""`python -m advisor.evaluation`: score a transcript without opening an index."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from index.errors import AdvisorError

from .questions import load_questions, tagged
from .scoring import evaluate_transcript
from .table import print_report
from .transcript import load_transcript

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--questions", "sets", type=_FILE, multiple=True, required=True, help="A question set; may be repeated.")
@click.option("--answers", type=_FILE, required=True, help="What `advisor ask --batch` printed.")
@click.option("--corpus", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder of guides.")
@click.option("--tag", "tags", multiple=True, help="Only questions with this tag; may be repeated.")
@click.option("--failures", default=20, show_default=True, help="How many failed questions to print.")
def main(sets: tuple[Path, ...], answers: Path, corpus: Path, tags: tuple[str, ...], failures: int) -> None:
    """Score the answers in a transcript against question sets."""
    try:
        questions = tagged(load_questions(*sets), tags)
        report = evaluate_transcript(questions, load_transcript(answers), corpus)
        print_report({answers.stem: report}, {}, failures)
    except AdvisorError as error:
        click.echo(f"advisor: {error}", err=True)
        sys.exit(1)


main()
