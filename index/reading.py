"""A folder of guides, read: each file becomes a `Guide`, or a sentence that says why it did not.

A file is bounded before it is opened (20 MB, 500 pages, 2 million characters) and a link may not lead out of the
folder. Markdown and plain text are read here; the formats whose parsers a hostile file can turn against us are read in
a process of their own (see `formats.confined`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from .errors import GuidesError
from .folder import files_of, read_bytes, relative_path
from .formats.blocks import Page
from .formats.confined import read_confined
from .formats.front_matter import FrontMatter, read_front_matter
from .formats.markdown import has_headings, read_markdown
from .formats.plain import read_plain
from .guide import Guide, Library, Unread
from .passages import passages_of
from .structure import parts_of, sections_of

LONGEST_TEXT = 2_000_000
"""Characters."""


def read_folder(folder: Path, progress: Callable[[str], None] | None = None) -> Library:
    """Every guide in a folder and the folders in it, in order of their paths; `progress` is told each path.

    Raises `GuidesError` when the folder is missing, is not one, cannot be listed, or holds no guide that can be read.
    """
    paths, unread = files_of(folder)
    guides: list[Guide] = []
    ids = _ids([relative_path(path, folder) for path in paths])
    for path in paths:
        relative = relative_path(path, folder)
        if progress is not None:
            progress(relative)
        try:
            guides.append(_read(path, folder, ids[relative]))
        except GuidesError as error:
            unread.append(Unread(relative, str(error)))
    unread.sort(key=lambda one: one.path)
    if not guides:
        raise GuidesError(_nothing_read(folder, unread))
    return Library(tuple(guides), tuple(unread))


def read_file(path: Path, root: Path) -> Guide:
    """One guide; its path and id are relative to `root`. Raises `GuidesError` when it cannot be read."""
    relative = relative_path(path, root)
    return _read(path, root, _ids([relative])[relative])


def guide_of(text: str, path: str, guide_id: str | None = None) -> Guide:
    """A guide from a text that is at hand; the ending of `path` tells whether it is Markdown or plain text.

    Raises `GuidesError` when the front matter is not valid.
    """
    return _guide(text, path, guide_id or _ids([path])[path], read_front_matter(text))


def _guide(text: str, path: str, name: str, about: FrontMatter) -> Guide:
    is_plain = path.lower().endswith((".txt", ".pdf")) and not has_headings(text)
    page = (read_plain if is_plain else read_markdown)(text, about.end)
    parts = parts_of(page)
    return Guide(
        id=name,
        path=path,
        title=_title(about, page, path),
        text=text,
        sections=sections_of(page, parts, about.end),
        passages=passages_of(name, page, parts),
        left_out=page.left_out,
        summary=about.one("summary"),
        publisher=about.one("publisher"),
        url=about.one("url"),
        dated=about.one("dated"),
        country=about.one("country"),
        licence=about.one("licence"),
        based_on=about.all("based_on"),
    )


# ---------------------------------------------------------------------------------------------------------- files


def _read(path: Path, root: Path, guide_id: str) -> Guide:
    data = read_bytes(path, root)
    relative = relative_path(path, root)
    ending = path.suffix.lower()
    if ending in {".md", ".markdown", ".txt"}:
        return guide_of(_bounded(_decoded(data)), relative, guide_id)
    extract = read_confined(data, ending)
    about = FrontMatter(0, {key: (value,) for key, value in extract.about.items()})
    return _guide(_bounded(extract.text), relative, guide_id, about)


def _decoded(data: bytes) -> str:
    """The text in UTF-8 with `\\n` newlines; a byte order mark at its beginning is not part of it."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and (place := data.find(0)) >= 0:
        raise GuidesError(
            f"It is not text: byte {place:,} is NUL, which no text holds. Export it as text in UTF-8, or take it out of the folder."
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GuidesError(
            f"It is not valid UTF-8 at byte {error.start:,}. Save it again with the encoding UTF-8."
        ) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _bounded(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise GuidesError(
            f"It holds {len(text):,} characters; the most that is read is {LONGEST_TEXT:,}. Divide it into smaller files."
        )
    if not text.strip():
        raise GuidesError("It holds no text. Remove it, or put the guide's text in it.")
    return text


def _nothing_read(folder: Path, unread: list[Unread]) -> str:
    if not unread:
        return (
            f"The folder of guides {folder} holds no guide. Put files ending in .md, .txt, .html, .pdf or .docx in it."
        )
    first, more = unread[0], len(unread) - 1
    others = f" ({more} more could not be read either.)" if more else ""
    return f"No guide in the folder {folder} could be read. {first.path}: {first.reason}{others}"


# ---------------------------------------------------------------------------------------------------------- names


def _ids(paths: list[str]) -> dict[str, str]:
    """An id for each path; where two would share one, the later gets its ending added, then a number."""
    taken: dict[str, str] = {}
    for path in sorted(paths):
        ending = Path(path).suffix
        plain = _slug(path.removesuffix(ending)) or "guide"
        wanted = [plain, f"{plain}-{ending.lstrip('.').lower()}"]
        free = next((one for one in wanted if one not in taken), None)
        number = 2
        while free is None:
            free = f"{plain}-{number}" if f"{plain}-{number}" not in taken else None
            number += 1
        taken[free] = path
    return {path: one for one, path in taken.items()}


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def _title(about: FrontMatter, page: Page, path: str) -> str:
    if title := about.one("title"):
        return title
    if page.title:
        return " ".join(page.title.of(page.text).split())
    name = " ".join(re.split(r"[-_\s]+", Path(path).stem)).strip()
    return name[:1].upper() + name[1:] or path
