"""One generation of an index: a folder of files that are written once, hashed, and never changed again.

What question time reads (guides, vectors, words) stands beside the Chroma collection, so that answering imports
neither Chroma nor LangChain, and every file is compared with the manifest before it is believed: Chroma itself opens a
damaged folder without a word.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import lexical, terms
from .embedder import Encoder, Vectors
from .errors import IndexDamaged, IndexMismatch
from .guide import Guide, LeftOut, Library, Passage, PassageKind, Section, Span
from .search import ExactSearch, Index
from .texts import passage_text, unit_text
from .units import Unit, unit_spans

FORMAT = 7
"""Of the files; raise it when what they hold, or how guides are cut, changes."""
MANIFEST = "manifest.json"
CHROMA = "chroma"
REBUILD = "Build it again with: advisor index --rebuild"

Told = Callable[[str, int, int], None]
"""Progress: what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Manifest:
    """What a generation was made of and with, and the size and sum of each of its files."""

    generation: str
    embedder: str
    dimension: int
    passages: int
    sources: Mapping[str, str]
    """From the path of each guide to the sha256 of its file."""
    units: int = 0
    chroma: str = ""
    """The version of Chroma that holds the passages."""
    format: int = FORMAT
    files: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    """From each file's path in the folder to its bytes and sha256."""

    def write(self, folder: Path) -> str:
        """Write it; the sha256 of what was written."""
        content = json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True).encode()
        (folder / MANIFEST).write_bytes(content)
        return hashlib.sha256(content).hexdigest()


def manifest_of(name: str, content: Content, sources: Mapping[str, str], encoder: Encoder) -> Manifest:
    """The manifest of a generation, before its files are summed."""
    from importlib.metadata import version

    return Manifest(
        generation=name,
        embedder=encoder.name,
        dimension=encoder.dimension,
        passages=len(content.passages),
        sources=dict(sources),
        units=len(content.units),
        chroma=version("chromadb"),
    )


def read_manifest(folder: Path, digest: str) -> Manifest:
    """The manifest of a generation, if it is the one that `digest` was taken of."""
    try:
        content = (folder / MANIFEST).read_bytes()
    except OSError as error:
        raise IndexDamaged(
            f"The index in {folder.parent} is damaged: {MANIFEST} cannot be read ({error.strerror}). {REBUILD}"
        ) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise IndexDamaged(f"The index in {folder.parent} is damaged: {MANIFEST} was altered. {REBUILD}")
    known = json.loads(content)
    if known["format"] != FORMAT:
        raise IndexMismatch(
            f"The index in {folder.parent} was built by another version of the advisor (format {known['format']}, this"
            f" is {FORMAT}). {REBUILD}"
        )
    known["files"] = {path: tuple(told) for path, told in known["files"].items()}
    return Manifest(**known)


@dataclass(frozen=True)
class Content:
    """Everything of a library that is embedded and searched, before it is embedded."""

    guides: Mapping[str, Guide]
    passages: tuple[Passage, ...]
    units: tuple[Unit, ...]
    terms: terms.TermTable
    texts: Mapping[str, tuple[str, ...]]
    """`passages`, `units`, `words`: what is embedded for each."""


def content_of(library: Library) -> Content:
    """The passages, units and words of a library."""
    guides = {guide.id: guide for guide in library.guides}
    passages = tuple(passage for guide in library.guides for passage in guide.passages)
    units = tuple(
        Unit(position, span)
        for position, passage in enumerate(passages)
        for span in unit_spans(guides[passage.guide], passage)
    )
    table = terms.table_of(guides, passages, units)
    texts = {
        "passages": tuple(passage_text(guides[p.guide], p) for p in passages),
        "units": tuple(unit_text(guides[passages[u.passage].guide], passages[u.passage], u.span) for u in units),
        "words": table.words,
    }
    return Content(guides, passages, units, table, texts)


def write(
    folder: Path, content: Content, encoder: Encoder, known: Mapping[bytes, Vectors], told: Told
) -> tuple[int, int]:
    """Write all but Chroma and the manifest; how many texts were embedded, and how many had their vectors already."""
    embedded = 0
    for name, texts in content.texts.items():
        vectors, count = _vectors(texts, encoder, known, partial(told, f"embedding {name}"))
        _save(folder / f"{name}.npy", vectors)
        embedded += count
    digests = np.frombuffer(b"".join(_digest(t) for texts in content.texts.values() for t in texts), dtype=np.uint8)
    _save(folder / "digests.npy", digests.reshape(-1, 16))
    spans = np.array([(unit.passage, *unit.span) for unit in content.units], dtype=np.int64).reshape(-1, 3)
    _save(folder / "unit_spans.npy", spans)
    terms.save(content.terms, folder / "terms.npz")
    lexical.save(lexical.weigh(content.texts["passages"]), folder / "lexical.npz")
    (folder / "guides.json").write_text(json.dumps([_packed(g) for g in content.guides.values()]), "utf-8")
    return embedded, sum(map(len, content.texts.values())) - embedded


def _save(path: Path, array: NDArray[Any]) -> None:
    """`numpy.save`, which on a full disk does not tell that the disk is full."""
    header = {"descr": np.lib.format.dtype_to_descr(array.dtype), "fortran_order": False, "shape": array.shape}
    with path.open("wb") as file:
        np.lib.format.write_array_header_1_0(file, header)
        file.write(np.ascontiguousarray(array).tobytes())


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()[:16]


def _vectors(
    texts: Sequence[str], encoder: Encoder, known: Mapping[bytes, Vectors], told: Callable[[int, int], None]
) -> tuple[Vectors, int]:
    """Vectors of texts, embedding each text that is not `known` once."""
    missing = list(dict.fromkeys(text for text in texts if _digest(text) not in known))
    done = 0

    def progress(count: int) -> None:
        nonlocal done
        done += count
        told(done, len(missing))

    fresh = dict(zip(map(_digest, missing), encoder.encode(missing, progress), strict=True)) if missing else {}
    vectors = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    for row, text in enumerate(texts):
        digest = _digest(text)
        vectors[row] = fresh[digest] if digest in fresh else known[digest]
    return vectors, len(missing)


def known_vectors(folder: Path) -> dict[bytes, Vectors]:
    """The vectors of an earlier generation by the digest of their texts."""
    digests = [row.tobytes() for row in np.load(folder / "digests.npy")]
    vectors = np.concatenate([np.load(folder / f"{name}.npy") for name in ("passages", "units", "words")])
    return dict(zip(digests, vectors, strict=True))


def seal(folder: Path, manifest: Manifest) -> str:
    """Sum every file, write the manifest, force all of it to the disk; the manifest's sha256."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    files = {path.relative_to(folder).as_posix(): (path.stat().st_size, _sum(path)) for path in paths}
    digest = Manifest(**{**asdict(manifest), "files": files}).write(folder)
    for path in [*paths, folder / MANIFEST, *(p for p in folder.rglob("*") if p.is_dir()), folder]:
        sync(path)
    return digest


def sync(path: Path) -> None:
    """Force a file or a folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(folder: Path, manifest: Manifest, everything: bool = False) -> None:
    """Compare files with the manifest: the sizes of all; the sums of what question time reads, or of everything."""
    for name, (size, digest) in manifest.files.items():
        path = folder / name
        try:
            found = path.stat().st_size
            altered = (everything or not name.startswith(f"{CHROMA}/")) and found == size and _sum(path) != digest
        except FileNotFoundError as error:
            raise IndexDamaged(f"The index in {folder.parent} is damaged: {name} is missing. {REBUILD}") from error
        except OSError as error:
            raise IndexDamaged(
                f"The index in {folder.parent} is damaged: {name} cannot be read ({error.strerror}). {REBUILD}"
            ) from error
        if found != size:
            raise IndexDamaged(f"The index in {folder.parent} is damaged: {name} has the wrong length. {REBUILD}")
        if altered:
            raise IndexDamaged(f"The index in {folder.parent} is damaged: {name} was altered. {REBUILD}")


def read(folder: Path, manifest: Manifest, encoder: Encoder) -> Index:
    """The index in a generation whose files were checked. Raises `IndexDamaged` if they are gone since."""
    try:
        return _read(folder, manifest, encoder)
    except OSError as error:
        raise IndexDamaged(
            f"The index in {folder.parent} is damaged: {error.filename} cannot be read ({error.strerror}). {REBUILD}"
        ) from error


def _read(folder: Path, manifest: Manifest, encoder: Encoder) -> Index:
    guides = {guide.id: guide for guide in map(_unpacked, json.loads((folder / "guides.json").read_text("utf-8")))}
    spans: list[list[int]] = np.load(folder / "unit_spans.npy").tolist()
    vectors = _mapped(folder / "passages.npy")
    return Index(
        guides=guides,
        passages=tuple(passage for guide in guides.values() for passage in guide.passages),
        units=tuple(Unit(passage, Span(start, end)) for passage, start, end in spans),
        encoder=encoder,
        terms=terms.load(folder / "terms.npz"),
        lexical=lexical.load(folder / "lexical.npz"),
        vectors=vectors,
        unit_vectors=_mapped(folder / "units.npy"),
        word_vectors=_mapped(folder / "words.npy"),
        search_dense=ExactSearch(vectors),
        generation=manifest.generation,
    )


def _mapped(path: Path) -> NDArray[np.float32]:
    loaded: NDArray[np.float32] = np.load(path, mmap_mode="r")
    return np.asarray(loaded)


def _packed(guide: Guide) -> dict[str, Any]:
    """A guide as plain values; places as lists of two."""
    return {
        "about": {name: getattr(guide, name) for name in _ABOUT},
        "sections": [[s.path, s.heading, s.start, s.end] for s in guide.sections],
        "passages": [
            [p.section, p.kind, p.start, p.end, p.items, p.cells, p.header, p.lead, p.number] for p in guide.passages
        ],
        "left_out": [[left.start, left.end, left.reason] for left in guide.left_out],
    }


_ABOUT = (
    "id",
    "path",
    "title",
    "text",
    "summary",
    "publisher",
    "url",
    "dated",
    "country",
    "licence",
    "based_on",
)


def _unpacked(packed: dict[str, Any]) -> Guide:
    about = packed["about"]
    sections = {tuple(section[0]): tuple(section[0]) for section in packed["sections"]}
    return Guide(
        **{**about, "based_on": tuple(about["based_on"])},
        sections=tuple(
            Section(sections[tuple(path)], _place(heading), start, end)
            for path, heading, start, end in packed["sections"]
        ),
        passages=tuple(
            Passage(
                about["id"],
                sections.setdefault(tuple(section), tuple(section)),
                PassageKind(kind),
                start,
                end,
                _places(items),
                _places(cells),
                _places(header),
                _place(lead),
                number,
            )
            for section, kind, start, end, items, cells, header, lead, number in packed["passages"]
        ),
        left_out=tuple(LeftOut(start, end, reason) for start, end, reason in packed["left_out"]),
    )


def _place(pair: Sequence[int] | None) -> Span | None:
    return Span(pair[0], pair[1]) if pair is not None else None


def _places(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
