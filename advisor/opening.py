"""Open what a command needs, building the index the first time, with progress on standard error."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from index.embedder import Encoder, open_encoder
from index.errors import IndexBusy, IndexMissing, IndexStoreError
from index.generation import Told
from index.places import is_server
from index.reranker import open_reranker
from index.search import Index
from index.store import BuildReport, await_build, build_index, open_index, sources_of

from .chain import Advisor
from .decision import FIT, Fitted, read_fit
from .models import open_model
from .settings import Settings, default_store, shipped_corpus

INDEX = "advisor index"
"""The command that messages of the index name, without flags."""


def open_advisor(settings: Settings) -> Advisor:
    """The advisor over the index of these settings, built now if there is none yet."""
    return advisor_of(open_or_build(settings), settings)


def advisor_of(index: Index, settings: Settings) -> Advisor:
    """The advisor over an index, with the chat model and the fitted decision of these settings."""
    reranker = open_reranker()
    model = open_model(settings.chat) if settings.chat else None
    return Advisor(index, _fitted(settings, reranker.name), model, reranker)


def fit_path(settings: Settings) -> Path:
    """Where the decision that was fitted on these guides is kept: with their index."""
    folder = default_store(settings.corpus) if is_server(settings.store) else Path(settings.store)
    return folder / FIT


def _fitted(settings: Settings, reranker: str) -> Fitted | None:
    """The fit of these guides; None for the shipped one, where there is none or it was fitted with another reranker."""
    path = fit_path(settings)
    if not path.is_file():
        return None
    fitted = read_fit(path)
    if fitted.reranker == reranker:
        return fitted
    again = _command("fit", settings)
    sys.stderr.write(f"{path} was fitted with another reranker and is left out. Fit it again with: {again}\n")
    return None


def open_or_build(settings: Settings) -> Index:
    """The index of these settings, built now if there is none yet; what is amiss with it goes to standard error."""
    with _flags_named(settings):
        index = _opened_or_built(settings, open_encoder(settings.embedder), sources_of(settings.corpus))
    sys.stderr.writelines(f"{with_flags(warning, settings)}\n" for warning in index.warnings)
    return index


def _opened_or_built(settings: Settings, encoder: Encoder, sources: Mapping[str, str]) -> Index:
    """The index, built now if there is none yet; while another process builds it, wait for that one."""
    while True:
        try:
            return open_index(settings.store, encoder, sources)
        except IndexMissing:
            try:
                _build(settings, encoder, rebuild=False)
            except IndexBusy:
                sys.stderr.write(
                    f"Another process is building the index in {settings.store}; waiting until it is done.\n"
                )
                await_build(settings.store)


def index_command(settings: Settings) -> str:
    """The command that builds the index of these settings: `advisor index`, and the flags that lead to this index."""
    return _command("index", settings)


def _command(name: str, settings: Settings) -> str:
    words = ["advisor", name]
    if settings.corpus.resolve() != shipped_corpus().resolve():
        words += ["--corpus", str(settings.corpus)]
    if settings.store != str(default_store(settings.corpus)):
        words += ["--store", settings.store]
    if settings.embedder:
        words += ["--embedder", settings.embedder]
    return shlex.join(words)


def with_flags(told: str, settings: Settings) -> str:
    """A message that may name the command which builds the index, with the flags that lead to this index."""
    plain = told.replace(f"{INDEX} --store {settings.store}", INDEX)
    return plain.replace(INDEX, index_command(settings))


@contextmanager
def _flags_named(settings: Settings) -> Iterator[None]:
    """What goes wrong with an index is told with the command that mends this one."""
    try:
        yield
    except IndexStoreError as error:
        raise type(error)(with_flags(str(error), settings)) from error


def open_existing(settings: Settings, *, verify: bool = False) -> Index:
    """The index of these settings; nothing is built."""
    with _flags_named(settings):
        return open_index(settings.store, open_encoder(settings.embedder), sources_of(settings.corpus), verify=verify)


def build(settings: Settings, *, rebuild: bool = False) -> BuildReport:
    """Build the index, or bring it up to date."""
    with _flags_named(settings):
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
