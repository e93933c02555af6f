"""`advisor mcp`: the command that serves the tools to a program that starts it."""

from __future__ import annotations

import importlib.util

import click

from index.errors import AdvisorError

from .cli import with_settings
from .settings import Settings


@click.command()
@with_settings
def mcp(settings: Settings) -> None:
    """Serve the tools ask, search and roadmap over the Model Context Protocol, on standard input and output.

    \b
    Example: advisor mcp --corpus my-guides
    """
    if importlib.util.find_spec("mcp") is None:
        raise AdvisorError(
            'The Model Context Protocol is not installed. Install it with: pip install "career-path-advisor[mcp]"'
        )
    from .counsel import Counsel
    from .mcp_server import build_server
    from .opening import open_advisor

    build_server(Counsel(open_advisor(settings))).run("stdio")
