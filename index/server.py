"""The same index on a Chroma server, for several machines that share it.

Passages live in a collection of their own for each generation. The files that question time reads travel in a second
collection, in pieces, so that a machine that knows only the address can open the index: it fetches them once into its
cache folder, compares them with the manifest, and asks the server for nothing but the nearest passages. Which
generation is in use stands in the metadata of a third collection, changed in one step.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import tempfile
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from . import chroma, generation
from .embedder import Encoder, cache_folder
from .errors import IndexDamaged, IndexMissing, IndexStoreError, StoreUnreachable
from .generation import Manifest, Told
from .guide import Library
from .search import Index
from .store import BuildReport, fit, writing

if TYPE_CHECKING:
    from chromadb.api import ClientAPI

PIECE = 256 * 1024
"""Bytes of a file that travel in one entry."""


class Shelf:
    """Our collections on one Chroma server; the path of the address, if any, names one of several indexes there."""

    def __init__(self, address: str) -> None:
        self.address = address
        parts = urlsplit(address)
        self.prefix = parts.path.strip("/").replace("/", "-") or "advisor"
        self.client = _connect(address, parts.hostname or "", parts.port, parts.scheme == "https")

    @property
    def pointer(self) -> str:
        return f"{self.prefix}-current"

    def passages(self, name: str) -> str:
        """The collection of a generation's passages."""
        return f"{self.prefix}-{name}-passages"

    def files(self, name: str) -> str:
        """The collection of a generation's files."""
        return f"{self.prefix}-{name}-files"

    def current(self) -> tuple[str, str]:
        """The generation in use and its manifest's sha256."""
        held = {collection.name: collection for collection in self._ask(self.client.list_collections)}
        told = held[self.pointer].metadata if self.pointer in held else None
        if not told:
            raise IndexMissing(f"There is no index on {self.address} yet. Build it with: advisor index --store {self.address}")
        return str(told["generation"]), str(told["digest"])

    def switch(self, name: str, digest: str) -> None:
        """Make a generation the one in use, and forget the one before the one before."""
        pointer = self.client.get_or_create_collection(self.pointer, embedding_function=None)
        before = dict(pointer.metadata or {})
        pointer.modify(
            metadata={"generation": name, "digest": digest, "previous": str(before.get("generation", ""))}
        )
        if before.get("previous"):
            self.forget(str(before["previous"]))

    def forget(self, name: str) -> None:
        """Delete a generation's collections."""
        held = {collection.name for collection in self.client.list_collections()}
        for collection in (self.passages(name), self.files(name)):
            if collection in held:
                self.client.delete_collection(collection)

    def _ask(self, call: Callable[[], Any]) -> Any:
        try:
            return call()
        except Exception as error:
            raise _unreachable(self.address, error) from error


def _connect(address: str, host: str, port: int | None, ssl: bool) -> ClientAPI:
    import chromadb
    from chromadb.config import Settings

    try:
        client = chromadb.HttpClient(host, port or (443 if ssl else 8000), ssl, settings=Settings(anonymized_telemetry=False))
        client.heartbeat()
    except Exception as error:
        raise _unreachable(address, error) from error
    return client


def _unreachable(address: str, error: Exception) -> StoreUnreachable:
    told = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
    return StoreUnreachable(
        f"No Chroma server answers at {address} ({told}). Start one with: chroma run --host … --port …, or name a"
        " folder with --store."
    )


def build_on_server(
    library: Library,
    sources: Mapping[str, str],
    address: str,
    encoder: Encoder,
    *,
    rebuild: bool,
    told: Told,
) -> BuildReport:
    """Build on a server as `store.build_index` does in a folder."""
    started = time.perf_counter()
    local = _local(address)
    with writing(local):
        shelf = Shelf(address)
        current = None if rebuild else _fetched_or_none(shelf, local, encoder)
        if current and dict(current[1].sources) == dict(sources):
            count = current[1].passages
            return BuildReport(len(library.guides), count, 0, 0, count, time.perf_counter() - started, unchanged=True)
        content = generation.content_of(library)
        name = f"g{int(time.time())}-{uuid.uuid4().hex[:6]}"
        with tempfile.TemporaryDirectory(dir=local, prefix=".building-") as temporary:
            draft = Path(temporary)
            known = generation.known_vectors(current[0]) if current else {}
            embedded, reused = generation.write(draft, content, encoder, known, told)
            manifest = Manifest(name, encoder.name, encoder.dimension, len(content.passages), dict(sources))
            digest = generation.seal(draft, manifest)
            try:
                _send(shelf, name, draft, told)
                shelf.switch(name, digest)
            except IndexStoreError:
                shelf.forget(name)
                raise
            except Exception as error:
                raise IndexStoreError(
                    f"The index could not be written to {address} ({str(error)[:200]}). The one that was there is still"
                    " in use."
                ) from error
    seconds = time.perf_counter() - started
    return BuildReport(len(library.guides), len(content.passages), len(content.units), embedded, reused, seconds)


def _send(shelf: Shelf, name: str, draft: Path, told: Told) -> None:
    """Put passages and files on the server, and compare what arrived."""
    entries = chroma.entries_of(draft)
    collection = chroma.create(shelf.client, shelf.passages(name))
    done = 0
    for count in chroma.upsert(collection, entries):
        done += count
        told("storing passages", done, len(entries.ids))
    chroma.compare(collection, entries)
    files = chroma.create(shelf.client, shelf.files(name))
    for path in sorted(draft.iterdir()):
        content = path.read_bytes()
        for number, start in enumerate(range(0, max(len(content), 1), PIECE)):
            piece = base64.b64encode(content[start : start + PIECE]).decode()
            files.upsert(
                ids=[f"{path.name}#{number:06d}"],
                embeddings=[[1.0, 0.0]],
                metadatas=[{"file": path.name, "number": number, "content": piece}],
            )


def open_on_server(address: str, encoder: Encoder, sources: Mapping[str, str] | None) -> Index:
    """Open the index in use on a server; its files are fetched where they are not in the cache."""
    shelf = Shelf(address)
    local = _local(address)
    local.mkdir(parents=True, exist_ok=True)
    place, manifest = _fetched(shelf, local)
    fit(manifest, encoder, sources, address)
    index = generation.read(place, manifest, encoder)
    collection = shelf.client.get_collection(shelf.passages(manifest.generation), embedding_function=None)
    if collection.count() != manifest.passages:
        raise IndexDamaged(
            f"The index on {address} is damaged: {collection.count()} of {manifest.passages} passages are there."
            f" {generation.REBUILD}"
        )
    positions = {f"{p.guide}:{p.start}-{p.end}": i for i, p in enumerate(index.passages)}
    return replace(index, search_dense=chroma.ChromaSearch(collection, positions))


def _local(address: str) -> Path:
    return cache_folder() / "servers" / hashlib.sha256(address.encode()).hexdigest()[:16]


def _fetched_or_none(shelf: Shelf, local: Path, encoder: Encoder) -> tuple[Path, Manifest] | None:
    try:
        place, manifest = _fetched(shelf, local)
    except IndexStoreError:
        return None
    return (place, manifest) if manifest.embedder == encoder.name else None


def _fetched(shelf: Shelf, local: Path) -> tuple[Path, Manifest]:
    """The files of the generation in use, from the cache where they are there and whole."""
    name, digest = shelf.current()
    place = local / name
    try:
        manifest = generation.read_manifest(place, digest)
        generation.check(place, manifest)
    except IndexDamaged:
        shutil.rmtree(place, ignore_errors=True)
        _fetch(shelf, name, place)
        manifest = generation.read_manifest(place, digest)
        generation.check(place, manifest)
        for old in local.glob("g*"):
            if old != place:
                shutil.rmtree(old, ignore_errors=True)
    return place, manifest


def _fetch(shelf: Shelf, name: str, place: Path) -> None:
    try:
        files = shelf.client.get_collection(shelf.files(name), embedding_function=None)
    except Exception as error:
        raise IndexDamaged(f"The index on {shelf.address} is damaged: its files are missing. {generation.REBUILD}") from error
    pieces: dict[str, list[str]] = {}
    for entry in sorted(files.get(include=[])["ids"]):
        pieces.setdefault(entry.rpartition("#")[0], []).append(entry)
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".fetching-") as temporary:
        draft = Path(temporary) / name
        draft.mkdir()
        for file, ids in pieces.items():
            with (draft / Path(file).name).open("wb") as out:
                for entry in ids:
                    told = (files.get(ids=[entry], include=["metadatas"])["metadatas"] or [{}])[0]
                    out.write(base64.b64decode(str(told.get("content", ""))))
        draft.rename(place)
