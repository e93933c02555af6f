"""A bar on standard error while questions are asked or judged; nothing where that is not a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from .questions import Question


def shown(what: str, todo: Sequence[Question], total: int) -> Iterator[Question]:
    """The questions in order; those that `total` counts beyond them are done already."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bars:
        task = bars.add_task(what, total=total, completed=total - len(todo))
        for question in todo:
            yield question
            bars.advance(task)
