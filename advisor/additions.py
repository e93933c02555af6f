"""Guides that people add while the page is served: kept in a folder of their own, and indexed together with the others.

The folder of guides and its index stay as they are; the index over both lies in a folder of its own inside the store, so
that everything else goes on reading what it was built for.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.embedder import Encoder, open_encoder
from index.errors import AdvisorError, GuidesError, IndexMissing, IndexStale
from index.figures import figures_in
from index.folder import LARGEST_FILE, READ, list_guides
from index.generation import Told
from index.guide import Guide, LeftOut, Library
from index.places import is_server
from index.reading import read_file, read_folder
from index.search import Index
from index.store import build_index, open_index, silent, sources_of

from .counsel import Counsel
from .opening import advisor_of, open_or_build
from .settings import Settings

FOLDER = "added"
"""Below the folder of additions, and the beginning of the path of every guide that was added."""
STORE = "with-added"
"""Below the store."""
MOST = 200
"""Guides that can be added."""
LONGEST_NAME = 100
"""Characters of a file's name."""
_UNFIT = re.compile(r"[^\w .()'&+-]+|^[.\s]+")


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a file."""

    guide: Guide
    replaced: bool
    """Whether it took the place of an earlier one of its name."""

    @property
    def kinds(self) -> Counter[str]:
        """How many passages of each kind were read."""
        return Counter(str(passage.kind) for passage in self.guide.passages)

    @property
    def figures(self) -> int:
        """How many quantities the guide states."""
        return sum(len(figures_in(self.guide.text, *passage.span)) for passage in self.guide.passages)

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What was left out, and why."""
        return self.guide.left_out


class Additions:
    """Adds and removes guides, one at a time; `counsel` answers from all that are there now."""

    def __init__(self, settings: Settings, root: Path) -> None:
        if is_server(settings.store):
            raise AdvisorError(
                "Guides that are added are kept on this machine, where other copies of the server would not find them."
                " Leave --allow-uploads out, or keep the index in a folder with --store."
            )
        self._settings = settings
        self._root = root
        self._folder = root / FOLDER
        self._store = Path(settings.store) / STORE
        self._encoder: Encoder = open_encoder(settings.embedder)
        self._base = open_or_build(settings)
        self._sources = sources_of(settings.corpus)
        self._one_at_a_time = threading.Lock()
        self.counsel = Counsel(advisor_of(self._opened(), settings))

    def add(self, name: str, data: bytes, told: Told = silent) -> Added:
        """Read a file and index it; what it holds can be asked from then on.

        Raises `AdvisorError`, and changes nothing, when the file cannot be read or the index cannot be built.
        """
        with self._one_at_a_time:
            return self._add(fit_name(name), data, told)

    def remove(self, guide: str) -> None:
        """Remove a guide that was added. Raises `AdvisorError` when there is none of this id."""
        with self._one_at_a_time:
            found = next((one for one in self._added() if one.id == guide), None)
            if found is None:
                raise AdvisorError("That guide was not added here.")
            self._use([one for one in self._added() if one is not found], silent, gone=found.path)
            (self._root / found.path).unlink(missing_ok=True)

    def _add(self, name: str, data: bytes, told: Told) -> Added:
        told("reading guides", 0, 1)
        path = self._folder / name
        kept = self._added()
        if path.name not in {Path(one.path).name for one in kept} and len(kept) >= MOST:
            raise AdvisorError(f"{MOST} guides were added already. Remove one first.")
        guide = self._read(name, data)
        self._refuse_double(guide)
        told("reading guides", 1, 1)
        others = [one for one in kept if one.path != guide.path]
        self._write(path, data)
        try:
            self._use([*others, guide], told)
        except AdvisorError:
            if len(others) == len(kept):
                path.unlink(missing_ok=True)
            raise
        return Added(guide, replaced=len(others) < len(kept))

    def _read(self, name: str, data: bytes) -> Guide:
        if len(data) > LARGEST_FILE:
            raise GuidesError(f"It has more than {LARGEST_FILE // 1_000_000} MB. Divide it into smaller files.")
        with tempfile.TemporaryDirectory() as place:
            path = Path(place) / FOLDER / name
            path.parent.mkdir()
            path.write_bytes(data)
            return read_file(path, Path(place))

    def _refuse_double(self, guide: Guide) -> None:
        same = next((one for one in self.counsel.index.guides.values() if one.sha256 == guide.sha256), None)
        if same:
            raise AdvisorError(f"Its text is there already, as “{same.title}”.")

    def _write(self, path: Path, data: bytes) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.part")
            draft.write_bytes(data)
            draft.replace(path)
        except OSError as error:
            raise AdvisorError(
                f"It cannot be kept in {path.parent} ({error.strerror}). Free some space there."
            ) from error

    def _use(self, added: Sequence[Guide], told: Told, *, gone: str | None = None) -> None:
        """Answer from the guides and these; `gone` is the path of a file that is about to be removed."""
        if not added:
            self.counsel = Counsel(advisor_of(self._base, self._settings))
            return
        guides = (*self._base.guides.values(), *_named_apart(added, set(self._base.guides)))
        sources = {path: told for path, told in self._all_sources().items() if path != gone}
        self._start_from_base()
        build_index(Library(guides), sources, self._store, self._encoder, told=told)
        self.counsel = Counsel(advisor_of(open_index(self._store, self._encoder, sources), self._settings))

    def _opened(self) -> Index:
        """The index over all; built again where files came or went while nothing was served."""
        if not self._files():
            return self._base
        sources = self._all_sources()
        try:
            return open_index(self._store, self._encoder, sources)
        except (IndexMissing, IndexStale):
            pass
        guides = (*self._base.guides.values(), *_named_apart(read_folder(self._root).guides, set(self._base.guides)))
        self._start_from_base()
        build_index(Library(guides), sources, self._store, self._encoder)
        return open_index(self._store, self._encoder, sources)

    def _start_from_base(self) -> None:
        """Nothing that the guides' own index holds is embedded again."""
        if not self._store.exists():
            base = Path(self._settings.store)
            shutil.copytree(base, self._store, ignore=shutil.ignore_patterns(STORE, ".*"))

    def _all_sources(self) -> dict[str, str]:
        return {**self._sources, **(sources_of(self._root) if self._files() else {})}

    def _files(self) -> list[Path]:
        return list_guides(self._root) if self._folder.is_dir() else []

    def _added(self) -> list[Guide]:
        return [guide for guide in self.counsel.index.guides.values() if is_added(guide)]


def is_added(guide: Guide) -> bool:
    """Whether a guide was added by someone who uses the page."""
    return guide.path.startswith(f"{FOLDER}/")


def fit_name(name: str) -> str:
    """A name that a file may have here, made of the last part of what was given.

    Raises `AdvisorError` for an ending that is not read.
    """
    plain = _UNFIT.sub("-", name.replace("\\", "/").rpartition("/")[2]).strip(" .-")
    ending = Path(plain).suffix.lower()
    if ending not in READ:
        kinds = ", ".join(sorted(READ))
        raise GuidesError(f"Files like this are not read. Give it as one of these: {kinds}.")
    stem = plain[: -len(ending)].strip(" .-")[:LONGEST_NAME] or "guide"
    return f"{stem}{ending}" if stem.lower() != "readme" else f"guide-{stem}{ending}"


def default_root(settings: Settings) -> Path:
    """The person's data folder, a place of its own for each folder of guides."""
    from platformdirs import user_data_path

    return user_data_path("career-path-advisor") / "guides" / Path(settings.store).name


def _named_apart(guides: Sequence[Guide], taken: set[str]) -> list[Guide]:
    """The guides, each with an id that no other has."""
    named: list[Guide] = []
    for guide in guides:
        identity, count = guide.id, 2
        while identity in taken:
            identity, count = f"{guide.id}-{count}", count + 1
        taken.add(identity)
        named.append(guide if identity == guide.id else _renamed(guide, identity))
    return named


def _renamed(guide: Guide, identity: str) -> Guide:
    passages = tuple(replace(passage, guide=identity) for passage in guide.passages)
    return replace(guide, id=identity, passages=passages)
