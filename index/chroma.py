"""The Chroma collection of a generation: filled and verified in processes of their own, searched on a server.

Chroma's files change when they are merely opened, its reader can crash on damaged ones, and it counts passages that it
has lost. So the collection is filled by one process, verified by a fresh one over a copy, and its folder is only ever
opened through a copy.

`main` is what such a process runs; it is started with this program's import path, away from the folder that the person
works in, since Chroma takes settings from a `.env` file there.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from .errors import IndexDamaged, IndexStoreError
from .guide import Passage
from .search import DenseSearch, Floats

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.api.models.Collection import Collection
    from chromadb.config import Settings

Task = Literal["fill", "verify"]

COLLECTION = "passages"
NO_MEANING: Sequence[float] = [1.0, 0.0]
"""The vector of an entry that is only kept, never searched."""
BATCH = 1000
SAMPLE = 500
"""Passages that are looked up by their own vectors when a collection is verified; all, where there are fewer."""
NEARLY_FULL = 1 << 20
"""Free bytes below which a failure of Chroma is put down to the disk: it does not always say so."""
PAGE = 2000
"""Vectors that are read back at a time."""
HNSW: CreateHNSWConfiguration = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 400}
"""A denser graph, searched wider than Chroma's default: pages of a series hold many passages that are nearly alike."""
RECALL = 0.98
"""Least share of the ten nearest passages that a collection must find, against an exact search."""


def client(folder: Path) -> ClientAPI:
    """An embedded Chroma, with nothing read from the environment and nothing sent anywhere."""
    import chromadb

    return chromadb.PersistentClient(str(folder), settings(is_persistent=True))


def settings(**chosen: Any) -> Settings:
    """Chroma's settings, telemetry off, none taken from a `.env` file."""
    from chromadb.config import Settings

    without_file: dict[str, Any] = {"_env_file": None}
    return Settings(anonymized_telemetry=False, **without_file, **chosen)


def create(owner: ClientAPI, name: str) -> Collection:
    """An empty collection, compared by cosine; vectors are always given, never made by Chroma."""
    return owner.create_collection(name, configuration={"hnsw": HNSW}, embedding_function=None)


def upsert(collection: Collection, entries: Entries) -> Iterator[int]:
    """Put entries in, a batch at a time; how many each time."""
    for start in range(0, len(entries.ids), BATCH):
        part = slice(start, start + BATCH)
        collection.upsert(
            ids=entries.ids[part],
            embeddings=entries.vectors[part],
            documents=entries.documents[part],
            metadatas=entries.metadatas[part],
        )
        yield len(entries.ids[part])


@dataclass(frozen=True)
class Entries:
    """What a collection holds of the passages of a generation, in their order."""

    ids: list[str]
    documents: list[str]
    metadatas: list[Any]
    vectors: Floats


def entries_of(folder: Path) -> Entries:
    """The entries of a generation's folder."""
    ids, documents, metadatas = [], [], []
    for guide in json.loads((folder / "guides.json").read_text("utf-8")):
        about = guide["about"]
        for section, kind, start, end, *_rest in guide["passages"]:
            ids.append(entry_id(about["id"], start, end))
            documents.append(about["text"][start:end].replace("\x00", " "))
            metadatas.append(
                {
                    "guide": about["id"],
                    "path": about["path"],
                    "title": about["title"],
                    "section": " > ".join(section),
                    "kind": kind,
                    "start": start,
                    "end": end,
                }
            )
    return Entries(ids, documents, metadatas, np.load(folder / "passages.npy"))


def fill(folder: Path) -> None:
    """Fill the collection of a generation; entries that a copied collection holds already are left as they are."""
    entries = entries_of(folder)
    owner = client(folder / "chroma")
    existing = {c.name for c in owner.list_collections()}
    collection = (
        owner.get_collection(COLLECTION, embedding_function=None)
        if COLLECTION in existing
        else create(owner, COLLECTION)
    )
    held = set(collection.get(include=[])["ids"])
    missing = [i for i, entry in enumerate(entries.ids) if entry not in held]
    wanted = Entries(
        [entries.ids[i] for i in missing],
        [entries.documents[i] for i in missing],
        [entries.metadatas[i] for i in missing],
        entries.vectors[missing],
    )
    for count in upsert(collection, wanted):
        print(count, flush=True)


def verify(folder: Path) -> None:
    """Show that a copy of the collection finds its passages, with their vectors; raise `IndexStoreError` if not."""
    entries = entries_of(folder)
    with tempfile.TemporaryDirectory(prefix=".building-", dir=folder.parent) as copy:
        copy_folder(folder / "chroma", Path(copy))
        collection = client(Path(copy)).get_collection(COLLECTION, embedding_function=None)
        compare(collection, entries)


def copy_folder(folder: Path, to: Path) -> None:
    """`shutil.copytree`, but what fails first is raised as it is, so that a full disk is told from other trouble."""
    for path in (folder, *sorted(folder.rglob("*"))):
        place = to / path.relative_to(folder)
        if path.is_dir():
            place.mkdir(exist_ok=True)
        else:
            shutil.copyfile(path, place)


def compare(collection: Collection, entries: Entries) -> None:
    """Compare a collection with the entries that it should hold. Raises `IndexStoreError` at the first difference."""
    if collection.count() != len(entries.ids):
        raise IndexStoreError(f"Chroma holds {collection.count()} of {len(entries.ids)} passages.")
    if not entries.ids:
        return
    position = {entry: i for i, entry in enumerate(entries.ids)}
    _compare_vectors(collection, entries, position)
    chosen = np.unique(np.linspace(0, len(entries.ids) - 1, min(SAMPLE, len(entries.ids))).astype(np.int64))
    recall = _recall(collection, entries, position, chosen)
    if recall < RECALL:
        raise IndexStoreError(f"Chroma finds only {recall:.1%} of the nearest passages.")


def _compare_vectors(collection: Collection, entries: Entries, position: dict[str, int]) -> None:
    """Read every vector back: a lost one is told only by its absence."""
    seen = np.zeros(len(entries.ids), dtype=bool)
    for offset in range(0, len(entries.ids), PAGE):
        stored = collection.get(limit=PAGE, offset=offset, include=["embeddings"])
        rows = [position.get(entry, -1) for entry in stored["ids"]]
        vectors = np.asarray(stored["embeddings"], dtype=np.float32)
        if -1 in rows or not np.allclose(vectors, entries.vectors[rows], atol=1e-5):
            raise IndexStoreError("Chroma holds other vectors than it was given.")
        seen[rows] = True
    if not seen.all():
        raise IndexStoreError(f"Chroma lost the vector of passage {entries.ids[int(np.argmin(seen))]}.")


def _recall(collection: Collection, entries: Entries, position: dict[str, int], chosen: NDArray[np.int64]) -> float:
    """Share of the ten nearest passages by cosine that a query finds; equally near ones count as found."""
    count = min(10, len(entries.ids))
    exact = entries.vectors[chosen] @ entries.vectors.T
    least = np.sort(exact, axis=1)[:, -count] - 1e-5
    queried = collection.query(query_embeddings=_rows(entries.vectors[chosen]), n_results=count, include=[])
    hits = [
        sum(bool(exact[row, position[entry]] >= least[row]) for entry in ids) for row, ids in enumerate(queried["ids"])
    ]
    return sum(hits) / (count * len(hits))


_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from index.chroma import main; main(sys.argv[2], sys.argv[3])"
_PASSED_ON = ("HOME", "LANG", "LD_LIBRARY_PATH", "PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "TMP")


def run(task: Task, folder: Path) -> Iterator[int]:
    """Run `fill` or `verify` in a process of its own; what it reports as done. Raises `IndexStoreError`, `OSError`."""
    place = folder.resolve()
    own = Path(__file__).parents[1]
    paths = json.dumps([str(Path(path).resolve()) for path in (*sys.path, str(own)) if path])
    command = [sys.executable, "-I", "-c", _START, paths, task, str(place)]
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    last = ""
    with subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        cwd=place,
        env=environment,
    ) as process:
        for line in process.stdout or ():
            if line.strip().isdigit():
                yield int(line)
            last = line.strip() or last
    if process.returncode:
        told = last if process.returncode > 0 else f"it was stopped by signal {-process.returncode}"
        if "disk is full" in last or "No space left" in last or shutil.disk_usage(place).free < NEARLY_FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        raise IndexStoreError(f"Chroma could not {task} the index ({told}). Try again with: advisor index --rebuild")


def main(task: Task, folder: str) -> None:
    """Run a task, as the process of `run`; end with the process that started it, even if that is killed."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    {"fill": fill, "verify": verify}[task](Path(folder))


def _end_with_parent() -> None:
    """Wait until nobody holds the other end of the standard input, then end at once."""
    while os.read(0, 1024):
        pass
    os._exit(1)


@dataclass(frozen=True)
class ChromaSearch:
    """Dense search by a Chroma collection."""

    collection: Collection
    positions: dict[str, int]
    """From an entry's id to the position of its passage."""
    otherwise: DenseSearch
    """What searches when Chroma fails: the same vectors, at hand."""
    nearest: int = 200
    """Passages asked for."""

    def cosines(self, vector: Floats) -> Floats:
        """[passages] Cosines of the nearest; -1 for the others."""
        cosines = np.full(len(self.positions), -1.0, dtype=np.float32)
        if not self.positions:
            return cosines
        try:
            for entry, distance in self._nearest(vector, min(self.nearest, len(self.positions))):
                cosines[self.positions[entry]] = 1.0 - distance
        except Exception:
            logging.getLogger(__name__).warning("Chroma did not answer; searching the vectors at hand", exc_info=True)
            return self.otherwise.cosines(vector)
        return cosines

    def _nearest(self, vector: Floats, count: int) -> Iterator[tuple[str, float]]:
        """The nearest entries and their distances. Raises `IndexDamaged` where Chroma has lost some."""
        found = self.collection.query(
            query_embeddings=_rows(np.asarray(vector)[None]), n_results=count, include=["distances"]
        )
        entries, distances = found["ids"][0], (found["distances"] or [[]])[0]
        if len(entries) != count or not self.positions.keys() >= set(entries):
            raise IndexDamaged(f"The Chroma collection is damaged: it found {len(entries)} of {count} passages.")
        return zip(entries, distances, strict=True)


def search_copy(folder: Path, passages: Sequence[Passage], otherwise: DenseSearch) -> ChromaSearch:
    """Search a private copy of a generation's collection: opening Chroma's files changes them.

    `otherwise` searches when Chroma fails later. Raises `IndexStoreError` where the copy cannot be made or opened.
    """
    copy = None
    try:
        copy = tempfile.mkdtemp(prefix="advisor-chroma-")
        copy_folder(folder / "chroma", Path(copy))
        collection = client(Path(copy)).get_collection(COLLECTION, embedding_function=None)
    except Exception as error:
        if copy:
            shutil.rmtree(copy, ignore_errors=True)
        raise IndexStoreError(
            f"Chroma could not be opened in a copy ({str(error).splitlines()[0][:200]}): passages are compared one by one,"
            " which takes longer. Free some space for temporary files, or set TMPDIR to a folder that can be written."
        ) from error
    search = ChromaSearch(collection, positions_of(passages), otherwise)
    weakref.finalize(search, shutil.rmtree, copy, ignore_errors=True)
    return search


def _rows(vectors: Floats) -> list[Sequence[float] | Sequence[int]]:
    """Vectors as Chroma's interface has them."""
    return list(vectors.tolist())


def entry_id(guide: str, start: int, end: int) -> str:
    """What an entry is called: the same in every generation, while the guide stays as it is."""
    return f"{guide}:{start}-{end}"


def positions_of(passages: Sequence[Passage]) -> dict[str, int]:
    """From an entry's id to the position of its passage."""
    return {entry_id(p.guide, p.start, p.end): i for i, p in enumerate(passages)}
