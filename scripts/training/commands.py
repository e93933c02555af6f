"""What the commands of the training share: their options, and how a mistake is told."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from index.errors import AdvisorError

pages_option = click.option(
    "--pages",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="The folder of the occupation pages.",
)
work_option = click.option(
    "--work",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("build/training"),
    show_default=True,
    help="Where guides are gathered and indexed.",
)
threads_option = click.option(
    "--threads", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="all cores", help="For torch."
)


def command(call: Callable[..., None]) -> click.Command:
    """A click command that tells a mistake in a sentence."""

    @functools.wraps(call)
    def told(*args: Any, **kwargs: Any) -> None:
        try:
            call(*args, **kwargs)
        except AdvisorError as error:
            raise click.ClickException(str(error)) from error

    return click.command()(told)
