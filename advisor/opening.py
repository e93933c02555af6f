"""Open what a command needs, building the index the first time, with progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from index.embedder import Encoder, open_encoder
from index.errors import IndexMissing
from index.generation import Told
from index.search import Index
from index.store import BuildReport, build_index, open_index, sources_of

from .chain import Advisor
from .models import open_model
from .settings import Settings


def open_advisor(settings: Settings) -> Advisor:
    """The advisor over the index of these settings, built now if there is none yet."""
    model = open_model(settings.chat) if settings.chat else None
    return Advisor(open_or_build(settings), model=model)


def open_or_build(settings: Settings) -> Index:
    """The index of these settings, built now if there is none yet."""
    encoder = open_encoder(settings.embedder)
    sources = sources_of(settings.corpus)
    try:
        return open_index(settings.store, encoder, sources)
    except IndexMissing:
        _build(settings, encoder, rebuild=False)
        return open_index(settings.store, encoder, sources)


def open_existing(settings: Settings, *, verify: bool = False) -> Index:
    """The index of these settings; nothing is built."""
    return open_index(settings.store, open_encoder(settings.embedder), sources_of(settings.corpus), verify=verify)


def build(settings: Settings, *, rebuild: bool = False) -> BuildReport:
    """Build the index, or bring it up to date."""
    return _build(settings, open_encoder(settings.embedder), rebuild=rebuild)


def _build(settings: Settings, encoder: Encoder, *, rebuild: bool) -> BuildReport:
    from index.reading import read_folder

    from .terminal import show_unread

    sources = sources_of(settings.corpus)
    with _progress() as told:
        library = read_folder(settings.corpus, lambda _path: told("reading guides", 0, len(sources)))
        report = build_index(library, sources, settings.store, encoder, rebuild=rebuild, told=told)
    show_unread(library)
    return report


@contextmanager
def _progress() -> Iterator[Told]:
    """A bar for each kind of work, on standard error; nothing where that is not a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not sys.stderr.isatty()) as bars:
        tasks = {}

        def told(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=of)
            bars.update(tasks[what], completed=done, total=of)

        yield told
