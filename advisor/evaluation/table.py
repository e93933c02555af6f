"""The terminal's view of a report: a table by kind, and the failed questions in words."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from .measures import MEASURES, Measure
from .scoring import Report, Scored

_COLUMNS = {
    "right": "right",
    "status": "status",
    "facts": "facts",
    "clean": "clean",
    "cites": "cites",
    "exact": "exact",
    "numbers": "numbers",
    "wrongly_refused": "refused!",
    "words": "words",
    "seconds": "seconds",
}
_WIDTH = 110
"""Columns where the output is not a terminal."""


def overview(report: Report) -> RenderableType:
    """Every measure over all questions, then the main ones by kind."""
    parts: list[RenderableType] = [_totals(report), Text(), _by_kind(report)]
    if report.unanswered:
        parts.append(Text(f"{len(report.unanswered)} questions have no answer here and count nowhere.", style="yellow"))
    return Group(*parts)


def _totals(report: Report) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("measure")
    table.add_column("value", justify="right")
    table.add_column("of", justify="right")
    table.add_column("what it is", overflow="fold", style="dim")
    for measure in MEASURES:
        applies = sum(one.values[measure.name] is not None for one in report.scored)
        table.add_row(measure.label, shown(report.mean(measure.name), measure), str(applies), measure.definition)
    return table


def _by_kind(report: Report) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("kind")
    table.add_column("n", justify="right")
    measures = [measure for name in _COLUMNS for measure in MEASURES if measure.name == name]
    for name in _COLUMNS.values():
        table.add_column(name, justify="right")
    for kind, group in report.groups().items():
        table.add_row(kind, str(len(group)), *(shown(report.mean(m.name, group), m) for m in measures))
    return table


def shown(value: float | None, measure: Measure) -> str:
    """A value as it is printed; a dash where the measure does not apply."""
    if value is None:
        return "–"
    return f"{value:.0f}" if measure.unit == "words" else f"{value:.3f}"


def failures(failed: Sequence[Scored]) -> RenderableType:
    """Each failed question with its answer, its evidence and what is missing."""
    return Group(*(_failure(one) for one in failed))


def _failure(one: Scored) -> Text:
    text = Text.assemble((one.question.id, "bold cyan"), (f"  {' '.join(one.question.tags)}\n", "dim"))
    for turn in one.question.turns:
        text.append(f"  » {turn}\n", style="bold")
    if one.reply.standalone not in ("", one.question.turns[-1]):
        text.append(f"  understood as: {one.reply.standalone}\n", style="dim")
    text.append(f"  {one.reply.status}\n", style="magenta")
    text.append("".join(f"    {line}\n" for line in one.reply.text.splitlines() if line.strip()))
    for cited in one.reply.citations[:4]:
        text.append(f"    [{cited.number}] {' › '.join((cited.path, *cited.section))}\n", style="dim")
    for lack in one.lacks:
        text.append(f"  ✗ {lack}\n", style="red")
    return text


def print_report(report: Report, count: int, console: Console | None = None) -> None:
    """The tables, then the first `count` failed questions."""
    out = console or Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH)
    out.print(overview(report))
    if count and report.failed:
        out.print(Text(f"\n{len(report.failed)} failed; the first {min(count, len(report.failed))}:\n", style="bold"))
        out.print(failures(report.failed[:count]))
