"""Open what a command needs, building the index the first time, with progress on standard error."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.embedder import Encoder, open_encoder
from index.errors import IndexMissing
from index.generation import Told
from index.places import is_server
from index.reranker import open_reranker
from index.search import Index
from index.store import BuildReport, build_index, open_index, sources_of

from .chain import Advisor
from .decision import FIT, Fitted, read_fit
from .models import open_model
from .settings import Settings, default_store


def open_advisor(settings: Settings) -> Advisor:
    """The advisor over the index of these settings, built now if there is none yet."""
    return advisor_of(open_or_build(settings), settings)


def advisor_of(index: Index, settings: Settings) -> Advisor:
    """The advisor over an index, with the chat model and the fitted decision of these settings."""
    reranker = open_reranker()
    model = open_model(settings.chat) if settings.chat else None
    return Advisor(index, _fitted(fit_path(settings), reranker.name), model, reranker)


def fit_path(settings: Settings) -> Path:
    """Where the decision that was fitted on these guides is kept: with their index."""
    folder = default_store(settings.corpus) if is_server(settings.store) else Path(settings.store)
    return folder / FIT


def _fitted(path: Path, reranker: str) -> Fitted | None:
    """The fit of these guides; None for the shipped one, where there is none or it was fitted with another reranker."""
    if not path.is_file():
        return None
    fitted = read_fit(path)
    if fitted.reranker == reranker:
        return fitted
    sys.stderr.write(f"{path} was fitted with another reranker and is left out; run advisor fit again.\n")
    return None


def open_or_build(settings: Settings) -> Index:
    """The index of these settings, built now if there is none yet; what is amiss with it goes to standard error."""
    encoder = open_encoder(settings.embedder)
    sources = sources_of(settings.corpus)
    try:
        index = open_index(settings.store, encoder, sources)
    except IndexMissing:
        _build(settings, encoder, rebuild=False)
        index = open_index(settings.store, encoder, sources)
    sys.stderr.writelines(f"{warning}\n" for warning in index.warnings)
    return index


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
