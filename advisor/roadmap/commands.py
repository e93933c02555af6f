"""`advisor roadmap`: the way to a goal, in the terminal, as Markdown, JSON or a calendar."""

from __future__ import annotations

import json
from pathlib import Path

import click

from advisor.cli import with_settings
from advisor.settings import Settings


@click.command()
@click.option(
    "--profile",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What you told: .json, or plain words in .txt or .md.",
)
@click.option("--about", metavar="TEXT", help='What you would tell, for example "nurse for five years, no degree".')
@click.option("--goal", metavar="TEXT", help="What you want to become; before the goal in the profile.")
@click.option("--json", "form", flag_value="json", help="Print one Roadmap object.")
@click.option("--markdown", "form", flag_value="markdown", help="Print a checklist with its sources.")
@click.option(
    "--ics", "form", flag_value="ics", help="Print a calendar: tasks, due where the guides state their length."
)
@with_settings
def roadmap(file: Path | None, about: str | None, goal: str | None, form: str | None, settings: Settings) -> None:
    """Show the steps to a goal: done, next or later for you, each with its source.

    \b
    Examples: advisor roadmap --about "I'm a nurse with a bachelor's degree"
              advisor roadmap --profile me.txt --goal "clinical coder" --markdown > plan.md
              advisor roadmap --goal "clinical coder" --ics > plan.ics
    """
    from advisor.opening import open_or_build
    from advisor.profile import Profile, load_profile, read_profile

    from .planning import Planner

    if file is not None:
        load_profile(file)  # a mistake in the file is told before an index is built
    planner = Planner(open_or_build(settings))
    profile = load_profile(file, planner.vocabulary) if file is not None else Profile()
    if about:
        profile = read_profile(about, planner.vocabulary, profile)
    planned = planner.plan(profile, goal)
    match form:
        case "json":
            click.echo(json.dumps(planned.to_json(), ensure_ascii=False, indent=2))
        case "markdown":
            click.echo(planned.to_markdown(), nl=False)
        case "ics":
            click.echo(planned.to_ics(), nl=False)
        case _:
            from .terminal import show_roadmap

            show_roadmap(planned, profile)
