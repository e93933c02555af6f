"""Build an index beside the old one and switch to it in one step; open the one in use.

A store is a folder (Chroma embedded in it) or the address of a Chroma server. A build makes a new generation, verifies
it, and only then makes it the current one. Whatever ends a build early, the current generation stays in use and whole.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from . import chroma, generation
from .embedder import Encoder
from .errors import IndexBusy, IndexDamaged, IndexMismatch, IndexMissing, IndexStale, IndexStoreError
from .generation import Manifest, Told
from .guide import Library
from .reading import LARGEST_FILE, list_guides
from .search import Index

CURRENT = "CURRENT"
_LOCK = ".lock"
_BUILDING = ".building-"


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did."""

    guides: int
    passages: int
    units: int
    embedded: int
    """Texts that were embedded."""
    reused: int
    """Texts whose vectors were there already."""
    seconds: float
    unchanged: bool = False
    """Whether the index was up to date and nothing was built."""


def silent(_what: str, _done: int, _of: int) -> None:
    """Tell no progress."""


def is_server(store: str) -> bool:
    """Whether a store is the address of a Chroma server."""
    return store.startswith(("http://", "https://"))


def sources_of(corpus: Path) -> dict[str, str]:
    """From the path of each file that may be a guide to its sha256; of one too large to be read, to its length."""
    return {path.relative_to(corpus).as_posix(): _source(path) for path in list_guides(corpus)}


def _source(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            return f"{size} bytes"
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        return f"unreadable: {error.strerror}"


def build_index(
    library: Library,
    sources: Mapping[str, str],
    store: Path | str,
    encoder: Encoder,
    *,
    rebuild: bool = False,
    told: Told = silent,
) -> BuildReport:
    """Build the index of a library, or bring it up to date: only texts that are new are embedded.

    `sources` are the files it was read from (`sources_of`). Raises `IndexBusy`, `StoreUnreachable`, `IndexStoreError`.
    """
    if is_server(str(store)):
        from .server import build_on_server

        return build_on_server(library, sources, str(store), encoder, rebuild=rebuild, told=told)
    started = time.perf_counter()
    folder = Path(store)
    with writing(folder):
        current = None if rebuild else _intact(folder, encoder)
        if current and dict(current[1].sources) == dict(sources):
            return _unchanged(current[1], library, started)
        _sweep(folder, keep=current[0] if current else None)
        content = generation.content_of(library)
        name = _next_name(folder)
        draft = folder / f"{_BUILDING}{os.getpid()}"
        draft.mkdir()
        try:
            known = generation.known_vectors(current[0]) if current else {}
            embedded, reused = generation.write(draft, content, encoder, known, told)
            _fill_chroma(draft, current[0] if current else None, told)
            manifest = Manifest(name, encoder.name, encoder.dimension, len(content.passages), dict(sources))
            digest = generation.seal(draft, manifest)
            draft.rename(folder / name)
            switch(folder, name, digest)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        _sweep(folder, keep=folder / name, also=current[0] if current else None)
    return BuildReport(
        len(library.guides),
        len(content.passages),
        len(content.units),
        embedded,
        reused,
        time.perf_counter() - started,
    )


def _unchanged(manifest: Manifest, library: Library, started: float) -> BuildReport:
    units = 0
    seconds = time.perf_counter() - started
    return BuildReport(len(library.guides), manifest.passages, units, 0, manifest.passages, seconds, unchanged=True)


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; tell a full disk or a folder that cannot be written in a sentence."""
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / _LOCK, timeout=0):
            yield
    except Timeout as error:
        raise IndexBusy(
            f"Another process is building the index in {folder}. Wait until it is done, then try again."
        ) from error
    except OSError as error:
        raise IndexStoreError(_trouble(folder, error)) from error


def _trouble(folder: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full: the index in {folder} could not be written. Free some space and try again; an index that was there before is still in use."
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM):
        return f"The folder {folder} cannot be written ({error.strerror}). Choose another with --store."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"{folder} is not a folder. Choose another place with --store."
    return f"The index in {folder} could not be written ({error.strerror or error}). Choose another place with --store."


def _intact(folder: Path, encoder: Encoder) -> tuple[Path, Manifest] | None:
    """The current generation with its manifest, if all of it can be built on."""
    try:
        place, manifest = _current(folder)
        generation.check(place, manifest, everything=True)
    except IndexStoreError:
        return None
    return (place, manifest) if manifest.embedder == encoder.name else None


def _next_name(folder: Path) -> str:
    taken = [int(p.name[1:]) for p in folder.glob("g[0-9]*") if p.name[1:].isdigit()]
    return f"g{max(taken, default=0) + 1:06d}"


def _fill_chroma(draft: Path, previous: Path | None, told: Told) -> None:
    """Fill and verify the collection; where passages were only added, on a copy of the previous one."""
    total = len(np.load(draft / "passages.npy", mmap_mode="r"))
    if previous and _only_added(draft, previous):
        shutil.copytree(previous / generation.CHROMA, draft / generation.CHROMA)
    done = 0
    for count in chroma.run("fill", draft):
        done += count
        told("storing passages", done, total)
    for _ in chroma.run("verify", draft):
        pass


def _only_added(draft: Path, previous: Path) -> bool:
    """Whether every passage of the previous generation is in the new one, unchanged."""
    before, after = chroma.entries_of(previous), chroma.entries_of(draft)
    known = dict(zip(after.ids, zip(after.documents, after.vectors, strict=True), strict=True))
    return all(
        entry in known and known[entry][0] == document and np.array_equal(known[entry][1], vector)
        for entry, document, vector in zip(before.ids, before.documents, before.vectors, strict=True)
    )


def switch(folder: Path, name: str, digest: str) -> None:
    """Make a generation the current one, by one atomic rename."""
    draft = folder / f".{CURRENT}-{os.getpid()}"
    draft.write_text(f"{name} {digest}\n", "utf-8")
    generation.sync(draft)
    generation.sync(folder)
    draft.replace(folder / CURRENT)
    generation.sync(folder)


def _sweep(folder: Path, keep: Path | None, also: Path | None = None) -> None:
    """Remove what killed builds left, and generations that are neither current nor the one before."""
    for path in folder.iterdir():
        left_over = path.name.startswith((_BUILDING, f".{CURRENT}-"))
        old = path.is_dir() and path.name[:1] == "g" and path.name[1:].isdigit() and path not in (keep, also)
        if (left_over or (old and keep is not None)) and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif left_over:
            path.unlink(missing_ok=True)


def open_index(store: Path | str, encoder: Encoder, sources: Mapping[str, str] | None = None, *, verify: bool = False) -> Index:
    """The index in use. `sources` are compared with what it was built from; `verify` checks Chroma's files as well.

    Raises `IndexMissing`, `IndexStale`, `IndexMismatch`, `IndexDamaged`, `StoreUnreachable`, each with its remedy.
    """
    if is_server(str(store)):
        from .server import open_on_server

        return open_on_server(str(store), encoder, sources)
    place, manifest = _current(Path(store))
    fit(manifest, encoder, sources, str(store))
    generation.check(place, manifest, everything=verify)
    return generation.read(place, manifest, encoder)


def fit(manifest: Manifest, encoder: Encoder, sources: Mapping[str, str] | None, store: str) -> None:
    """Raise `IndexMismatch` or `IndexStale` if an index was made by another embedder, or of other files."""
    if manifest.embedder != encoder.name:
        raise IndexMismatch(
            f"The index in {store} was built with the embedder {manifest.embedder}, not {encoder.name}."
            f" {generation.REBUILD}"
        )
    if sources is not None and dict(sources) != dict(manifest.sources):
        raise IndexStale(
            f"The guides changed after the index in {store} was built ({_changes(manifest.sources, sources)})."
            " Bring it up to date with: advisor index"
        )


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    new, gone = sorted(after.keys() - before.keys()), sorted(before.keys() - after.keys())
    changed = sorted(path for path in after.keys() & before.keys() if after[path] != before[path])
    told = [
        f"{word}: {', '.join(paths[:3])}{f' and {len(paths) - 3} more' if len(paths) > 3 else ''}"
        for word, paths in (("new", new), ("changed", changed), ("removed", gone))
        if paths
    ]
    return "; ".join(told)


def _current(folder: Path) -> tuple[Path, Manifest]:
    """The generation that is in use."""
    try:
        name, digest = (folder / CURRENT).read_text("utf-8").split()
    except FileNotFoundError as error:
        raise IndexMissing(f"There is no index in {folder} yet. Build it with: advisor index") from error
    except (OSError, ValueError) as error:
        raise IndexDamaged(f"The index in {folder} is damaged: {CURRENT} cannot be read. {generation.REBUILD}") from error
    if not (folder / name).is_dir() or Path(name).name != name:
        raise IndexDamaged(f"The index in {folder} is damaged: {name} is missing. {generation.REBUILD}")
    return folder / name, generation.read_manifest(folder / name, digest)
