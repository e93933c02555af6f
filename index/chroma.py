"""The Chroma collection of a generation: filled and verified in processes of their own, searched on a server.

Chroma's files change when they are merely opened, its reader can crash on damaged ones, and it counts passages that it
has lost. So the collection is filled by one process, verified by a fresh one over a copy, and its folder is only ever
opened through a copy.

Run as `python -m index.chroma fill|verify FOLDER`, where FOLDER is a generation.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import IndexStoreError
from .search import Floats

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

COLLECTION = "passages"
BATCH = 1000
SAMPLE = 500
"""Passages that are looked up by their own vectors when a collection is verified; all, where there are fewer."""
RECALL = 0.99
"""Least share of the ten nearest passages that a collection must find, against an exact search."""


def client(folder: Path) -> ClientAPI:
    """An embedded Chroma, with nothing read from the environment and nothing sent anywhere."""
    import chromadb
    from chromadb.config import Settings

    return chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False, is_persistent=True))


def create(owner: ClientAPI, name: str) -> Collection:
    """An empty collection, compared by cosine; vectors are always given, never made by Chroma."""
    return owner.create_collection(name, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None)


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
            ids.append(f"{about['id']}:{start}-{end}")
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
        owner.get_collection(COLLECTION, embedding_function=None) if COLLECTION in existing else create(owner, COLLECTION)
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
    with tempfile.TemporaryDirectory() as copy:
        shutil.copytree(folder / "chroma", copy, dirs_exist_ok=True)
        collection = client(Path(copy)).get_collection(COLLECTION, embedding_function=None)
        compare(collection, entries)


def compare(collection: Collection, entries: Entries) -> None:
    """Compare a collection with the entries that it should hold. Raises `IndexStoreError` at the first difference."""
    if collection.count() != len(entries.ids):
        raise IndexStoreError(f"Chroma holds {collection.count()} of {len(entries.ids)} passages.")
    if not entries.ids:
        return
    chosen = np.unique(np.linspace(0, len(entries.ids) - 1, min(SAMPLE, len(entries.ids))).astype(int))
    stored = collection.get(ids=[entries.ids[i] for i in chosen], include=["embeddings"])
    found = dict(zip(stored["ids"], stored["embeddings"] if stored["embeddings"] is not None else (), strict=True))
    for i in chosen:
        if entries.ids[i] not in found or not np.allclose(found[entries.ids[i]], entries.vectors[i], atol=1e-5):
            raise IndexStoreError(f"Chroma lost the vector of passage {entries.ids[i]}.")
    recall = _recall(collection, entries, chosen)
    if recall < RECALL:
        raise IndexStoreError(f"Chroma finds only {recall:.1%} of the nearest passages.")


def _recall(collection: Collection, entries: Entries, chosen: Sequence[int]) -> float:
    """Share of the ten nearest passages by cosine that a query finds; equally near ones count as found."""
    count = min(10, len(entries.ids))
    exact = entries.vectors[list(chosen)] @ entries.vectors.T
    least = np.sort(exact, axis=1)[:, -count] - 1e-5
    position = {entry: i for i, entry in enumerate(entries.ids)}
    queried = collection.query(query_embeddings=entries.vectors[list(chosen)], n_results=count, include=[])
    hits = [
        sum(bool(exact[row, position[entry]] >= least[row]) for entry in ids) for row, ids in enumerate(queried["ids"])
    ]
    return sum(hits) / (count * len(hits))


def run(task: str, folder: Path) -> Iterator[int]:
    """Run `fill` or `verify` in a process of its own; what it reports as done. Raises `IndexStoreError`, `OSError`."""
    command = [sys.executable, "-m", "index.chroma", task, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stderr is not None
        yield from (int(line) for line in process.stdout if line.strip().isdigit())
        trouble = process.stderr.read().strip()
    if process.returncode:
        last = trouble.splitlines()[-1] if trouble else f"it ended with status {process.returncode}"
        if "disk is full" in trouble or "No space left" in trouble:
            raise OSError(28, "No space left on device")
        raise IndexStoreError(f"Chroma could not {task} the index ({last}).")


@dataclass(frozen=True)
class ChromaSearch:
    """Dense search by a Chroma collection."""

    collection: Collection
    positions: dict[str, int]
    """From an entry's id to the position of its passage."""
    nearest: int = 200
    """Passages asked for."""

    def cosines(self, vector: Floats) -> Floats:
        """[passages] Cosines of the nearest; -1 for the others."""
        found = self.collection.query(
            query_embeddings=[vector], n_results=min(self.nearest, max(len(self.positions), 1)), include=["distances"]
        )
        cosines = np.full(len(self.positions), -1.0, dtype=np.float32)
        distances = found["distances"]
        for entry, distance in zip(found["ids"][0], distances[0] if distances else (), strict=True):
            if entry in self.positions:
                cosines[self.positions[entry]] = 1.0 - distance
        return cosines


if __name__ == "__main__":
    {"fill": fill, "verify": verify}[sys.argv[1]](Path(sys.argv[2]))
