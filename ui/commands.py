"""`advisor chat`, the command that serves the page, and `advisor password`, which makes a line of its file of users."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from advisor.cli import with_settings
from advisor.settings import Settings
from index.errors import AdvisorError

_FILE = click.Path(path_type=Path, dir_okay=False)


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
    "--allow-uploads",
    is_flag=True,
    envvar="ADVISOR_ALLOW_UPLOADS",
    help="Let those who use the page add guides; all who use it see them.",
)
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
    "--users",
    type=_FILE,
    envvar="ADVISOR_USERS",
    metavar="FILE",
    help="Ask for a user name and a password; FILE holds the lines that advisor password prints.",
)
@click.option(
    "--user-header",
    envvar="ADVISOR_USER_HEADER",
    metavar="NAME",
    help="Serve only requests in which a reverse proxy names the user in this header.",
)
@click.option(
    "--trusted-proxy",
    "trusted_proxies",
    multiple=True,
    envvar="ADVISOR_TRUSTED_PROXIES",
    metavar="ADDRESS",
    default=("127.0.0.1", "::1"),
    show_default=True,
    help="An address or a network of a proxy whose --user-header counts; may be repeated.",
)
@click.option(
    "--feedback",
    type=_FILE,
    envvar="ADVISOR_FEEDBACK",
    metavar="FILE",
    help="The SQLite file that keeps thumbs, and questions that the guides do not answer; one in your data folder by default.",
)
@click.option("--no-feedback", is_flag=True, envvar="ADVISOR_NO_FEEDBACK", help="Show no thumbs and keep nothing.")
@click.option(
    "--log",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    envvar="ADVISOR_LOG",
    metavar="FILE",
    help="Note each answer in FILE (- for standard error), without what people wrote.",
)
@click.option("--log-words", is_flag=True, envvar="ADVISOR_LOG_WORDS", help="Note what people asked as well.")
@click.option(
    "--at-once",
    default=40,
    show_default=True,
    envvar="ADVISOR_AT_ONCE",
    type=click.IntRange(1, 300),
    help="Questions answered at the same time; twice as many may wait, more are told to try again.",
)
@with_settings
def chat(
    *,
    host: str,
    port: int | None,
    open_browser: bool,
    allow_uploads: bool,
    trusted_hosts: tuple[str, ...],
    root_path: str,
    users: Path | None,
    user_header: str | None,
    trusted_proxies: tuple[str, ...],
    feedback: Path | None,
    no_feedback: bool,
    log: Path | None,
    log_words: bool,
    at_once: int,
    settings: Settings,
) -> None:
    """Serve the page: chat with the guides, and read the passage behind every claim.

    \b
    Examples: advisor chat --port 8000 --no-open
              advisor chat --corpus my-guides --allow-uploads
              advisor chat --host 0.0.0.0 --trusted-host advice.example.org --users users.txt
    """
    from advisor.feedback import FeedbackLog, default_file

    from .auth import Users, read_network
    from .logs import Log, start_log
    from .opening import open_engine
    from .server import PageSettings, serve

    if users and user_header:
        raise AdvisorError("Choose one: --users asks for passwords itself, --user-header trusts a proxy that did.")
    for proxy in trusted_proxies:
        read_network(proxy)
    start_log(None if log is None or str(log) == "-" else log, everything=log is not None)
    page = PageSettings(
        trusted_hosts=trusted_hosts,
        root_path=root_path,
        at_once=at_once,
        waiting=2 * at_once,
        threads=at_once if settings.model else None,
        feedback=None if no_feedback else FeedbackLog(feedback or default_file()),
        users=Users.read(users) if users else None,
        user_header=user_header,
        trusted_proxies=trusted_proxies,
        log=Log(words=log_words),
    )
    engine, uploads = open_engine(settings, uploads=allow_uploads)
    serve(engine, host, port, open_browser=open_browser, settings=page, uploads=uploads, say=click.echo)


@click.command()
@click.argument("name")
def password(name: str) -> None:
    """Print the line of a file of users that lets NAME in; the password is asked for, or read from standard input.

    \b
    Example: advisor password mary >> users.txt
    """
    from .auth import hash_password

    if sys.stdin.isatty():
        given = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    click.echo(hash_password(name, given))
