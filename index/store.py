"""Build an index beside the old one and switch to it in one step; open the one in use.

A store is a folder (Chroma embedded in it) or the address of a Chroma server. A build makes a new generation, verifies
it, and only then makes it the current one. Whatever ends a build early, the current generation stays in use and whole.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from . import chroma, generation
from .embedder import Encoder
from .errors import GuidesError, IndexBusy, IndexDamaged, IndexMismatch, IndexMissing, IndexStale, IndexStoreError
from .folder import list_guides, read_bytes
from .generation import Manifest, Told
from .guide import Library
from .places import is_server
from .search import Index

CURRENT = "CURRENT"
_LOCK = ".lock"
_BUILDING = ".building-"
EXACT_UP_TO = 200_000
"""Passages in a folder that are compared one by one; more are searched by Chroma."""


class Named(NamedTuple):
    """A generation by its folder's name, and the sha256 of its manifest."""

    name: str
    digest: str


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


def sources_of(corpus: Path) -> dict[str, str]:
    """From the path of each file that may be a guide to its sha256; of one that is not opened, to the reason.

    Raises `GuidesError` where the folder is missing or cannot be listed.
    """
    return {path.relative_to(corpus).as_posix(): _source(path, corpus) for path in list_guides(corpus)}


def _source(path: Path, corpus: Path) -> str:
    try:
        return hashlib.sha256(read_bytes(path, corpus)).hexdigest()
    except GuidesError as reason:
        return str(reason)


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
        _sweep(folder)
        current = _intact(folder, encoder)
        if current and not rebuild and dict(current.manifest.sources) == dict(sources):
            return unchanged(current.manifest, library, time.perf_counter() - started)
        content = generation.content_of(library)
        base = None if rebuild else current
        try:
            made, embedded, reused = _make(folder, content, sources, encoder, base=base, told=told)
            switch(folder, made, current.named if current else None)
        finally:
            _sweep(folder)
    seconds = time.perf_counter() - started
    return BuildReport(len(library.guides), len(content.passages), len(content.units), embedded, reused, seconds)


def unchanged(manifest: Manifest, library: Library, seconds: float) -> BuildReport:
    """The report of a build that had nothing to do."""
    kept = manifest.passages + manifest.units
    return BuildReport(len(library.guides), manifest.passages, manifest.units, 0, kept, seconds, unchanged=True)


def _make(
    folder: Path,
    content: generation.Content,
    sources: Mapping[str, str],
    encoder: Encoder,
    *,
    base: Intact | None,
    told: Told,
) -> tuple[Named, int, int]:
    """A new generation, complete and verified; with how many texts were embedded and how many reused."""
    draft = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=folder))
    try:
        known = generation.known_vectors(base.place) if base else {}
        embedded, reused = generation.write(draft, content, encoder, known, told)
        _fill_chroma(draft, base.place if base else None, told)
        name = _next_name(folder)
        digest = generation.seal(draft, generation.manifest_of(name, content, sources, encoder))
        draft.chmod(0o755)
        draft.rename(folder / name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return Named(name, digest), embedded, reused


def await_build(store: Path | str) -> None:
    """Return once no process builds the index in `store` (any more). Raises `IndexStoreError` where that cannot be told."""
    if is_server(str(store)):
        from .server import local_folder

        store = local_folder(str(store))
    with writing(Path(store), patience=-1):
        return


@contextmanager
def writing(folder: Path, patience: float = 0, store: str = "") -> Iterator[None]:
    """Hold the folder's lock, waiting so many seconds for it, or for as long as it takes (-1); tell a full disk or a folder that cannot be written in a sentence.

    `store` is how the index is named where it is not that folder itself.
    """
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / _LOCK, timeout=patience):
            yield
    except Timeout as error:
        raise IndexBusy(
            f"Another process is building the index in {store or folder}. Wait until it is done, then try again."
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


@dataclass(frozen=True, slots=True)
class Intact:
    """A generation that can be built on: all of its files are as they were written."""

    named: Named
    place: Path
    manifest: Manifest


def _intact(folder: Path, encoder: Encoder) -> Intact | None:
    """The current generation, if all of it can be built on."""
    try:
        named = _generations(folder)[0]
        manifest = generation.read_manifest(folder / named.name, named.digest)
        generation.check(folder / named.name, manifest, everything=True)
    except IndexStoreError:
        return None
    return Intact(named, folder / named.name, manifest) if manifest.embedder == encoder.name else None


def _in_use(folder: Path) -> set[str]:
    """The names of the generations that a reader may open; all, where that cannot be told."""
    try:
        return {named.name for named in _generations(folder)}
    except IndexStoreError:
        return {path.name for path in folder.glob("g[0-9]*")}


def _next_name(folder: Path) -> str:
    taken = [int(p.name[1:]) for p in folder.glob("g[0-9]*") if p.name[1:].isdecimal()]
    return f"g{max(taken, default=0) + 1:06d}"


def _fill_chroma(draft: Path, previous: Path | None, told: Told) -> None:
    """Fill and verify the collection; where passages were only added, on a copy of the previous one."""
    total = len(np.load(draft / "passages.npy", mmap_mode="r"))
    if previous and _only_added(draft, previous):
        chroma.copy_folder(previous / generation.CHROMA, draft / generation.CHROMA)
    done = 0
    for count in chroma.run("fill", draft):
        done += count
        told("storing passages", done, total)
    for _ in chroma.run("verify", draft):
        pass


def _only_added(draft: Path, previous: Path) -> bool:
    """Whether every passage of the previous generation is in the new one, unchanged."""
    before, after = chroma.entries_of(previous), chroma.entries_of(draft)
    position = {entry: i for i, entry in enumerate(after.ids)}
    return all(
        entry in position
        and after.documents[position[entry]] == document
        and after.metadatas[position[entry]] == metadata
        and np.array_equal(after.vectors[position[entry]], vector)
        for entry, document, metadata, vector in zip(
            before.ids, before.documents, before.metadatas, before.vectors, strict=True
        )
    )


def switch(folder: Path, made: Named, before: Named | None) -> None:
    """Make a generation the current one, by one atomic rename; the one before is named after it."""
    draft = folder / f".{CURRENT}-{os.getpid()}"
    draft.write_text("".join(f"{named.name} {named.digest}\n" for named in (made, before) if named), "utf-8")
    generation.sync(draft)
    generation.sync(folder)
    draft.replace(folder / CURRENT)
    generation.sync(folder)


def _sweep(folder: Path) -> None:
    """Remove what ended builds left, and the generations that no reader may open."""
    keep = _in_use(folder)
    for path in folder.iterdir():
        left_over = path.name.startswith((_BUILDING, f".{CURRENT}-"))
        old = path.name not in keep and _is_generation(path)
        if (left_over or old) and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif left_over:
            path.unlink(missing_ok=True)


def _is_generation(path: Path) -> bool:
    """Whether a folder is one that a build made: by its name and by what it holds, so that nothing else is removed."""
    if not re.fullmatch(r"g\d{6,}", path.name) or not path.is_dir():
        return False
    held = {one.name for one in path.iterdir()}
    return not held or bool(held & {generation.MANIFEST, generation.CHROMA, "passages.npy"})


def open_index(
    store: Path | str,
    encoder: Encoder,
    sources: Mapping[str, str] | None = None,
    *,
    verify: bool = False,
    exact_up_to: int = EXACT_UP_TO,
) -> Index:
    """The index in use. `sources` are compared with what it was built from; `verify` checks Chroma's files as well.

    Where the current generation is damaged, the one before serves if it is of the same sources, with a warning.
    Raises `IndexMissing`, `IndexStale`, `IndexMismatch`, `IndexDamaged`, `StoreUnreachable`, each with its remedy.
    """
    if is_server(str(store)):
        from .server import open_on_server

        return open_on_server(str(store), encoder, sources)
    folder = Path(store)
    named = _generations(folder)
    try:
        return _open(folder, named[0], encoder, sources, verify=verify, exact_up_to=exact_up_to)
    except IndexDamaged as damage:
        if _generations(folder) != named:  # a build finished meanwhile, and swept what was being read
            return open_index(store, encoder, sources, verify=verify, exact_up_to=exact_up_to)
        if verify or len(named) == 1:
            raise
        try:
            before = _open(folder, named[1], encoder, sources, verify=verify, exact_up_to=exact_up_to)
        except IndexStoreError:
            raise damage from None
        return replace(before, warnings=(f"{damage}. Until then, answers come from the index built before it.",))


def _open(
    folder: Path,
    named: Named,
    encoder: Encoder,
    sources: Mapping[str, str] | None,
    *,
    verify: bool,
    exact_up_to: int,
) -> Index:
    place = folder / named.name
    manifest = generation.read_manifest(place, named.digest)
    fit(manifest, encoder, sources, str(folder))
    by_chroma = manifest.passages > exact_up_to
    generation.check(place, manifest, everything=verify or by_chroma)
    index = generation.read(place, manifest, encoder)
    return _by_chroma(index, place) if by_chroma else index


def _by_chroma(index: Index, place: Path) -> Index:
    """The index, searched by Chroma; as it is, with a warning, where Chroma cannot be opened."""
    try:
        return replace(index, search_dense=chroma.search_copy(place, index.passages, otherwise=index.search_dense))
    except IndexStoreError as trouble:
        return replace(index, warnings=(str(trouble),))


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


def _generations(folder: Path) -> tuple[Named, ...]:
    """The generation in use, and the one before it if it is kept."""
    try:
        lines = (folder / CURRENT).read_text("utf-8").splitlines()
        named = tuple(Named(*line.split()) for line in lines)
    except FileNotFoundError as error:
        raise IndexMissing(f"There is no index in {folder} yet. Build it with: advisor index") from error
    except NotADirectoryError as error:
        raise IndexStoreError(f"{folder} is not a folder. Choose another place with --store.") from error
    except OSError as error:
        raise IndexStoreError(
            f"The index in {folder} cannot be read ({error.strerror}). Allow reading it, or choose another place with"
            " --store."
        ) from error
    except (ValueError, TypeError) as error:
        raise IndexDamaged(_unreadable(folder)) from error
    if not named or not all(one.name[:1] == "g" and one.name[1:].isdecimal() for one in named):
        raise IndexDamaged(_unreadable(folder))
    return named


def _unreadable(folder: Path) -> str:
    return f"The index in {folder} is damaged: {CURRENT} cannot be read. {generation.REBUILD}"
