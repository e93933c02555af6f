"""`advisor proof`: how well the proof tells altered quotes from true ones, and what it says of one sentence."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from .cli import with_settings
from .settings import Settings

if TYPE_CHECKING:
    from .altering import Case, Row


@click.command()
@click.argument("sentence", required=False)
@click.option("--quote", "quotes", multiple=True, help="With a SENTENCE: a quote that may carry it; may be repeated.")
@click.option("--seed", default=20241, show_default=True, help="Which alterations are drawn.")
@click.option("--wrong", default=0, metavar="N", help="Show up to N cases on which the proof was wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
@with_settings
def proof(  # noqa: PLR0917 - click passes them by name
    sentence: str | None, quotes: tuple[str, ...], seed: int, wrong: int, as_json: bool, settings: Settings
) -> None:
    """Alter every quote of the guides by kind and count what the proof rejects; or check one SENTENCE.

    \b
    Examples: advisor proof
              advisor proof --corpus my-guides --wrong 10
              advisor proof "A degree is optional." --quote "A degree is required."
    """
    if sentence is not None:
        _check(sentence, quotes)
        return
    from index.reading import read_folder

    from .altering import altered, held_quotes, measure, rendered

    held = held_quotes(read_folder(settings.corpus).guides)
    rows, mistaken = measure([*altered(held, seed), *rendered(held)])
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], indent=2))
    else:
        _show(rows, len(held))
        _show_wrong(mistaken[:wrong])


def _check(sentence: str, quotes: Sequence[str]) -> None:
    from .proof import supports

    verdict = supports(sentence, quotes)
    click.echo("carried" if verdict.supported else f"not carried: {'; '.join(verdict.reasons)}")
    sys.exit(0 if verdict.supported else 1)


def _show(rows: Sequence[Row], quotes: int) -> None:
    from rich.table import Table

    from .terminal import console

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("made of the quotes")
    for name in ("sentences", "rejected", "share"):
        table.add_column(name, justify="right")
    for true, title in ((False, "altered"), (True, "re-rendered, still true")):
        kinds = sorted((row for row in rows if row.true is true), key=lambda row: row.kind)
        count, rejected = sum(row.count for row in kinds), sum(row.rejected for row in kinds)
        table.add_row(title, f"{count:,}", f"{rejected:,}", _share(rejected, count), style="bold")
        for row in kinds:
            table.add_row(f"  {row.kind}", f"{row.count:,}", f"{row.rejected:,}", _share(row.rejected, row.count))
    console().print(f"{quotes:,} quotes")
    console().print(table)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2%}" if whole else "-"


def _show_wrong(mistaken: Sequence[Case]) -> None:
    for case in mistaken:
        click.echo(f"\n{case.kind}: {case.sentence}")
        for quote in case.quotes:
            click.echo(f"  quote: {quote.text}")
