"""`advisor chat`: the command that serves the page."""

from __future__ import annotations

import click

from advisor.cli import with_settings
from advisor.settings import Settings


@click.command()
@click.option("--host", default="127.0.0.1", envvar="ADVISOR_HOST", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=7860,
    envvar="ADVISOR_PORT",
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port; 0 takes a free one.",
)
@click.option("--open/--no-open", "open_browser", default=True, show_default=True, help="Open the page in the browser.")
@with_settings
def chat(host: str, port: int, open_browser: bool, settings: Settings) -> None:
    """Serve the chat page, on this machine alone unless told otherwise.

    \b
    Example: advisor chat --port 8080 --no-open
    """
    from advisor.opening import open_advisor

    from .server import serve

    serve(open_advisor(settings), host=host, port=port, open_browser=open_browser)
