"""The same index on a Chroma server, for several machines that share it.

Passages live in a collection of their own for each generation. The files that question time reads travel in a second
collection, in pieces, so that a machine that knows only the address can open the index: it fetches them once into its
cache folder, compares them with the manifest, and asks the server for nothing but the nearest passages. Which
generation is in use stands in the metadata of a third collection, changed in one step.
"""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import tempfile
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from . import chroma, generation
from .embedder import Encoder, cache_folder
from .errors import AdvisorError, IndexDamaged, IndexMissing, IndexStoreError, StoreUnreachable
from .generation import Manifest, Told
from .guide import Library
from .search import ExactSearch, Index
from .store import BuildReport, Named, fit, unchanged, writing

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

PIECE = 256 * 1024
"""Bytes of a file that travel in one entry."""
ABANDONED = 24 * 3600
"""Seconds after which a generation that is not in use belongs to a build that was killed."""


class Shelf:
    """Our collections on one Chroma server; the path of the address, if any, names one of several indexes there."""

    def __init__(self, address: str) -> None:
        self.address = address
        with self.asking():
            parts = urlsplit(address)
            self.prefix = re.sub(r"[^a-zA-Z0-9]+", "-", parts.path).strip("-") or "advisor"
            self.client = _connect(parts.hostname or "", parts.port, parts.scheme == "https")

    @contextmanager
    def asking(self) -> Iterator[None]:
        """The one place where what Chroma raises becomes a sentence."""
        try:
            yield
        except AdvisorError:
            raise
        except Exception as error:
            told = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
            raise StoreUnreachable(
                f"The Chroma server at {self.address} does not answer as one ({told}). Start it with: chroma run --path"
                " FOLDER --host HOST --port PORT, or name a folder with --store."
            ) from error

    @property
    def pointer(self) -> str:
        """The collection whose metadata tells which generation is in use."""
        return f"{self.prefix}-current"

    def passages(self, name: str) -> str:
        """The collection of a generation's passages."""
        return f"{self.prefix}-{name}-passages"

    def files(self, name: str) -> str:
        """The collection of a generation's files."""
        return f"{self.prefix}-{name}-files"

    def collection(self, name: str) -> Collection:
        """A collection that is there. Raises `IndexDamaged` if it is not."""
        from chromadb.errors import NotFoundError

        with self.asking():
            try:
                return self.client.get_collection(name, embedding_function=None)
            except NotFoundError as error:
                raise IndexDamaged(
                    f"The index on {self.address} is damaged: the collection {name} is missing. {generation.REBUILD}"
                ) from error

    def current(self) -> Named:
        """The generation in use and its manifest's sha256."""
        from chromadb.errors import NotFoundError

        with self.asking():
            try:
                told = self.client.get_collection(self.pointer, embedding_function=None).metadata or {}
            except NotFoundError:
                told = {}
        if "generation" not in told:
            raise IndexMissing(
                f"There is no index on {self.address} yet. Build it with: advisor index --store {self.address}"
            )
        return Named(str(told["generation"]), str(told["digest"]))

    def switch(self, made: Named) -> None:
        """Make a generation the one in use; the one before it is kept, for those who have it open."""
        with self.asking():
            pointer = self.client.get_or_create_collection(self.pointer, embedding_function=None)
            told = dict(pointer.metadata or {})
            before = str(told.get("generation", ""))
            pointer.modify(metadata={"generation": made.name, "digest": made.digest, "previous": before})
            self._sweep({made.name, before}, outdated=str(told.get("previous", "")))

    def _sweep(self, keep: set[str], outdated: str) -> None:
        """Delete the generation that is two behind, and what killed builds left long ago."""
        ours = re.compile(rf"{re.escape(self.prefix)}-(g(\d+)-[0-9a-f]+)-(?:passages|files)")
        for collection in self.client.list_collections():
            match = ours.fullmatch(collection.name)
            if match and match[1] not in keep and (match[1] == outdated or time.time() - int(match[2]) > ABANDONED):
                self.client.delete_collection(collection.name)

    def forget(self, name: str) -> None:
        """Delete a generation's collections."""
        with self.asking():
            held = {collection.name for collection in self.client.list_collections()}
            for collection in held & {self.passages(name), self.files(name)}:
                self.client.delete_collection(collection)


def _connect(host: str, port: int | None, ssl: bool) -> ClientAPI:
    import chromadb

    client = chromadb.HttpClient(host, port or (443 if ssl else 8000), ssl, settings=chroma.settings())
    client.heartbeat()
    return client


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
    local = local_folder(address)
    with writing(local, store=address):
        shelf = Shelf(address)
        current = None if rebuild else _to_build_on(shelf, local, encoder)
        if current and dict(current[1].sources) == dict(sources):
            return unchanged(current[1], library, time.perf_counter() - started)
        content = generation.content_of(library)
        name = f"g{int(time.time())}-{uuid.uuid4().hex[:6]}"
        with tempfile.TemporaryDirectory(dir=local, prefix=".building-") as temporary:
            draft = Path(temporary)
            known = generation.known_vectors(current[0]) if current else {}
            embedded, reused = generation.write(draft, content, encoder, known, told)
            digest = generation.seal(draft, generation.manifest_of(name, content, sources, encoder))
            _put(shelf, Named(name, digest), draft, told)
    seconds = time.perf_counter() - started
    return BuildReport(len(library.guides), len(content.passages), len(content.units), embedded, reused, seconds)


def _put(shelf: Shelf, made: Named, draft: Path, told: Told) -> None:
    """Put a generation on the server, compare what arrived, and make it the one in use."""
    try:
        with shelf.asking():
            _send_passages(shelf, made.name, draft, told)
            _send_files(shelf, made.name, draft)
    except StoreUnreachable as error:
        raise StoreUnreachable(f"{error} An index that was there before is still in use.") from error
    except IndexStoreError:
        shelf.forget(made.name)
        raise
    shelf.switch(made)


def _send_passages(shelf: Shelf, name: str, draft: Path, told: Told) -> None:
    entries = chroma.entries_of(draft)
    collection = chroma.create(shelf.client, shelf.passages(name))
    done = 0
    for count in chroma.upsert(collection, entries):
        done += count
        told("storing passages", done, len(entries.ids))
    chroma.compare(collection, entries)


def _send_files(shelf: Shelf, name: str, draft: Path) -> None:
    files = chroma.create(shelf.client, shelf.files(name))
    for path in sorted(draft.iterdir()):
        content = path.read_bytes()
        for number, start in enumerate(range(0, max(len(content), 1), PIECE)):
            piece = base64.b64encode(content[start : start + PIECE]).decode()
            files.upsert(
                ids=[f"{path.name}#{number:06d}"],
                embeddings=[chroma.NO_MEANING],
                metadatas=[{"file": path.name, "number": number, "content": piece}],
            )


def open_on_server(address: str, encoder: Encoder, sources: Mapping[str, str] | None) -> Index:
    """Open the index in use on a server; its files are fetched where they are not in the cache."""
    shelf = Shelf(address)
    named = shelf.current()
    try:
        return _open(shelf, named, encoder, sources)
    except IndexDamaged:
        if shelf.current() == named:
            raise
        return open_on_server(address, encoder, sources)


def _open(shelf: Shelf, named: Named, encoder: Encoder, sources: Mapping[str, str] | None) -> Index:
    place, manifest = _fetched(shelf, named, local_folder(shelf.address))
    fit(manifest, encoder, sources, shelf.address)
    index = generation.read(place, manifest, encoder)
    collection = shelf.collection(shelf.passages(named.name))
    with shelf.asking():
        count = collection.count()
    if count != manifest.passages:
        raise IndexDamaged(
            f"The index on {shelf.address} is damaged: {count} of {manifest.passages} passages are there."
            f" {generation.REBUILD}"
        )
    positions = chroma.positions_of(index.passages)
    return replace(index, search_dense=chroma.ChromaSearch(collection, positions, ExactSearch(index.vectors)))


def local_folder(address: str) -> Path:
    """Where this machine keeps what belongs to a server's index: files that were fetched, and the lock of builds."""
    return cache_folder() / "servers" / hashlib.sha256(address.encode()).hexdigest()[:16]


def _to_build_on(shelf: Shelf, local: Path, encoder: Encoder) -> tuple[Path, Manifest] | None:
    """The generation in use, if it is whole and of the same embedder."""
    try:
        named = shelf.current()
        place, manifest = _fetched(shelf, named, local)
        with shelf.asking():
            chroma.compare(shelf.collection(shelf.passages(named.name)), chroma.entries_of(place))
    except StoreUnreachable:
        raise
    except IndexStoreError:
        return None
    return (place, manifest) if manifest.embedder == encoder.name else None


def _fetched(shelf: Shelf, named: Named, local: Path) -> tuple[Path, Manifest]:
    """The files of a generation, from the cache where they are there and whole."""
    place = local / named.name
    try:
        return place, _checked(place, named)
    except IndexDamaged:
        pass
    try:
        local.mkdir(parents=True, exist_ok=True)
        _fetch(shelf, named.name, place)
    except OSError as error:
        raise IndexStoreError(
            f"The index on {shelf.address} could not be copied to {local} ({error.strerror or error}). Free some space"
            " there, or set ADVISOR_CACHE to a folder that can be written."
        ) from error
    try:
        manifest = _checked(place, named)
    except IndexDamaged as error:
        raise IndexDamaged(
            f"The index on {shelf.address} is damaged: its files are not those that were built. {generation.REBUILD}"
        ) from error
    return place, manifest


def _checked(place: Path, named: Named) -> Manifest:
    manifest = generation.read_manifest(place, named.digest)
    generation.check(place, manifest)
    return manifest


def _fetch(shelf: Shelf, name: str, place: Path) -> None:
    """Copy a generation's files into the cache; generations that were there before go, but for the newest."""
    files = shelf.collection(shelf.files(name))
    with tempfile.TemporaryDirectory(dir=place.parent, prefix=".fetching-") as temporary:
        draft = Path(temporary) / name
        draft.mkdir()
        with shelf.asking():
            for entry in sorted(files.get(include=[])["ids"]):
                with (draft / Path(entry.rpartition("#")[0]).name).open("ab") as out:
                    out.write(_piece(files, entry))
        shutil.rmtree(place, ignore_errors=True)
        if not place.exists():
            draft.rename(place)
    for old in sorted((path for path in place.parent.glob("g*") if path != place), reverse=True)[1:]:
        shutil.rmtree(old, ignore_errors=True)


def _piece(files: Collection, entry: str) -> bytes:
    told = (files.get(ids=[entry], include=["metadatas"])["metadatas"] or [{}])[0]
    return base64.b64decode(str(told.get("content", "")))
