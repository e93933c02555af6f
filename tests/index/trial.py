"""Indexes of two small guides, built as people build them: with the installed model, here or in a process of its own.

`python -m tests.index.trial CORPUS STORE STEP…` takes steps in order, each told in a line of JSON. It is what tests
kill, starve, and run side by side.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from index.embedder import Encoder, Progress, Vectors, open_encoder
from index.errors import AdvisorError
from index.reading import read_folder
from index.search import Index
from index.store import EXACT_UP_TO, BuildReport, build_index, open_index, sources_of

ROOT = Path(__file__).parents[2]
QUERIES = ("how much does a baker earn", "what licence does flying take", "courses on food safety")


class CountingEncoder:
    """The installed model, and every text that it embedded for an index."""

    def __init__(self) -> None:
        self._model: Encoder = open_encoder()
        self.texts: list[str] = []
        self.name = self._model.name
        self.dimension = self._model.dimension

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.texts += texts
        return self._model.encode(texts, progress)

    @cache  # noqa: B019 - there is one for all tests
    def encode_query(self, text: str) -> Vectors:
        """As any text: what is told of here are the vectors that are stored."""
        vector: Vectors = self._model.encode([text])[0]
        return vector

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._model.encode(texts)

    def has_word(self, word: str) -> bool:
        return self._model.has_word(word)


def build(corpus: Path, store: Path, encoder: Encoder, **chosen: Any) -> BuildReport:
    """What `advisor index` does."""
    sources = sources_of(corpus)
    return build_index(read_folder(corpus), sources, store, encoder, **chosen)


def answers(index: Index) -> str:
    """All that an index holds of its guides and answers to some questions, to the last byte."""
    hits = [[(hit.to_json(), hit.score.hex(), hit.dense.hex()) for hit in index.search(query)] for query in QUERIES]
    return json.dumps([hits, [(guide.path, guide.sha256) for guide in index.guides.values()]])


def added(corpus: Path, place: Path, **texts: str) -> Path:
    """A copy of a folder of guides with more guides in it."""
    shutil.copytree(corpus, place)
    for name, text in texts.items():
        (place / f"{name}.md").write_text(text, "utf-8")
    return place


def generations(store: Path) -> set[str]:
    """What stands in a store besides its lock."""
    return {path.name for path in store.iterdir()} - {".lock"}


# ------------------------------------------------------------------------------------- in a process of its own


def command(corpus: Path, store: Path, *steps: str) -> list[str]:
    """What takes these steps."""
    return [sys.executable, "-m", "tests.index.trial", str(corpus), str(store), *steps]


def started(*told: Any, before: Sequence[str] = (), **chosen: Any) -> subprocess.Popen[str]:
    """A process that takes steps; `before` is what it is started through."""
    return subprocess.Popen([*before, *command(*told)], cwd=ROOT, stdout=subprocess.PIPE, text=True, **chosen)


def first_outcome(process: subprocess.Popen[str]) -> dict[str, str]:
    """What the first step told, as soon as it does."""
    told: dict[str, str] = json.loads(process.stdout.readline()) if process.stdout else {}
    return told


def outcomes(process: subprocess.Popen[str]) -> list[dict[str, str]]:
    """What each step told, once all are taken. A mistake that is not told in a sentence fails here."""
    output, _ = process.communicate()
    assert process.returncode == 0, output
    return [json.loads(line) for line in output.splitlines()]


def main(corpus: Path, store: Path, steps: Sequence[str]) -> None:
    """Take the steps; one told by `AdvisorError` is no failure of the process."""
    encoder = CountingEncoder()
    for step in steps:
        name, _, told = step.partition("=")
        try:
            outcome = _STEPS[name](corpus, store, encoder, told)
        except AdvisorError as error:
            outcome = {"error": type(error).__name__, "told": str(error)}
        print(json.dumps(outcome), flush=True)


def _build(corpus: Path, store: Path, encoder: Encoder, told: str) -> Mapping[str, str]:
    report = build(corpus, store, encoder, rebuild=told == "again")
    return {"built": "nothing" if report.unchanged else "all"}


def _open(corpus: Path, store: Path, encoder: Encoder, told: str) -> Mapping[str, str]:
    return {"answers": answers(open_index(store, encoder))}


def _chroma(corpus: Path, store: Path, encoder: Encoder, told: str) -> Mapping[str, str]:
    index = open_index(store, encoder, exact_up_to=-1)
    return {"answers": answers(index), "warned": " ".join(index.warnings)}


def _read(corpus: Path, store: Path, encoder: Encoder, told: str) -> Mapping[str, str]:
    return {unread.path: unread.reason for unread in read_folder(corpus).unread}


def _watch(corpus: Path, store: Path, encoder: Encoder, told: str) -> Mapping[str, str]:
    """Open and ask, again and again, until the file that is named is there; the first opened to the end as well."""
    most = {"exact": EXACT_UP_TO, "chroma": -1}[told]
    first = open_index(store, encoder, exact_up_to=most)
    before = answers(first)
    print(json.dumps({"ready": told}), flush=True)
    while not (store.parent / "enough").exists():
        print(json.dumps({"seen": answers(open_index(store, encoder, exact_up_to=most))}), flush=True)
    return {"still": str(answers(first) == before)}


def _kill(corpus: Path, store: Path, encoder: Encoder, told: str) -> Mapping[str, str]:
    """Have this process killed, as by `kill -9`, just before its so many-th step on the files of the store."""
    moment = int(told)

    def watch(event: str, about: tuple[Any, ...]) -> None:
        if event in _CHANGES and str(store) in str(about):
            _moments.append(event)
            if len(_moments) == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    return {}


def _count(corpus: Path, store: Path, encoder: Encoder, told: str) -> Mapping[str, str]:
    return {"moments": str(len(_moments))}


def _list(corpus: Path, store: Path, encoder: Encoder, told: str) -> Mapping[str, str]:
    return {"names": " ".join(sorted(generations(store)))}


def _fill(corpus: Path, store: Path, encoder: Encoder, told: str) -> Mapping[str, str]:
    """Fill the disk of the store until so many bytes are left."""
    ballast = store / "ballast"
    ballast.unlink(missing_ok=True)
    with ballast.open("wb") as file:
        file.write(bytes(max(shutil.disk_usage(store).free - int(told), 0)))
    return {"left": str(shutil.disk_usage(store).free)}


_STEPS: dict[str, Callable[[Path, Path, Encoder, str], Mapping[str, str]]] = {
    "build": _build,
    "open": _open,
    "chroma": _chroma,
    "read": _read,
    "watch": _watch,
    "fill": _fill,
    "list": _list,
    "kill": _kill,
    "count": _count,
}
_CHANGES = frozenset("open os.mkdir os.rename os.chmod os.remove os.rmdir shutil.rmtree subprocess.Popen".split())
_moments: list[str] = []


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file may grow larger than this, here and in what is started from here: what a full disk is to its writer."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
