"""`advisor chat`: the command that serves the page."""

from __future__ import annotations

from pathlib import Path

import click

from advisor.cli import with_settings
from advisor.settings import Settings


@click.command()
@click.option("--host", default="127.0.0.1", envvar="ADVISOR_HOST", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    envvar="ADVISOR_PORT",
    help="The first free port from 7860 by default; 0 takes any.",
)
@click.option("--open/--no-open", "open_browser", default=True, show_default=True, help="Open a browser at the page.")
@click.option(
    "--trusted-host",
    "trusted_hosts",
    multiple=True,
    envvar="ADVISOR_TRUSTED_HOSTS",
    metavar="NAME",
    help="A name that the page is reached by, when it is not this machine's own; may be repeated.",
)
@click.option("--root-path", default="", envvar="ADVISOR_ROOT_PATH", metavar="PATH", help="The path behind a proxy.")
@click.option(
    "--feedback",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="ADVISOR_FEEDBACK",
    metavar="FILE",
    help="The SQLite file that keeps thumbs up and down; one in your data folder by default.",
)
@click.option("--no-feedback", is_flag=True, envvar="ADVISOR_NO_FEEDBACK", help="Show no thumbs and keep nothing.")
@with_settings
def chat(
    *,
    host: str,
    port: int | None,
    open_browser: bool,
    trusted_hosts: tuple[str, ...],
    root_path: str,
    feedback: Path | None,
    no_feedback: bool,
    settings: Settings,
) -> None:
    """Serve the page: chat with the guides, and read the passage behind every claim.

    \b
    Example: advisor chat --port 8000 --no-open
    """
    from advisor.feedback import FeedbackLog, default_file
    from advisor.opening import open_advisor

    from .server import PageSettings, serve

    kept = None if no_feedback else FeedbackLog(feedback or default_file())
    page = PageSettings(trusted_hosts=trusted_hosts, root_path=root_path, feedback=kept)
    serve(open_advisor(settings), host, port, open_browser=open_browser, settings=page, say=click.echo)
