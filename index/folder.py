"""The files of a folder that may be guides: found, bounded and read as bytes, none of them opened by a reader yet.

A file is bounded before it is opened (20 MB) and a link may not lead out of the folder.
"""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from .errors import GuidesError
from .guide import Unread

LARGEST_FILE = 20_000_000
"""Bytes."""
READ = frozenset({".md", ".markdown", ".txt", ".html", ".htm", ".pdf", ".docx"})
"""The endings that are read."""
_REMEDIES = {
    ".doc": "Save it as .docx or .txt",
    ".rtf": "Save it as .docx or .txt",
    ".odt": "Save it as .docx or .txt",
    ".pages": "Export it as .docx or .pdf",
    ".epub": "Export it as .html or .txt",
    ".pptx": "Export it as .pdf",
    ".mhtml": "Save the page as .html",
}


def list_guides(folder: Path) -> list[Path]:
    """The files of a folder that may be guides, in order, unread. Raises `GuidesError` as `read_folder` does."""
    return files_of(folder)[0]


def files_of(folder: Path) -> tuple[list[Path], list[Unread]]:
    """The files that may be guides, in order, and those that are documents of a kind that is not read."""
    _require_folder(folder)
    found: list[Path] = []
    unread: list[Unread] = []
    for path in _walk(folder, unread):
        relative, ending = relative_path(path, folder), path.suffix.lower()
        if ending in _REMEDIES:
            unread.append(Unread(_shown(relative), f"Files ending in {ending} are not read. {_REMEDIES[ending]}."))
        elif ending in READ and _shown(relative) != relative:
            unread.append(Unread(_shown(relative), "Its name cannot be shown or stored as text. Rename it."))
        elif ending in READ:
            found.append(path)
    return sorted(found, key=lambda path: relative_path(path, folder)), unread


def _require_folder(folder: Path) -> None:
    try:
        what = None if stat.S_ISDIR(folder.stat().st_mode) else "is not a folder"
    except (FileNotFoundError, NotADirectoryError):
        what = "does not exist"
    except OSError as error:
        raise GuidesError(
            f"The folder of guides {folder} cannot be opened: {error.strerror}. Allow reading it, or name another with --corpus."
        ) from error
    if what:
        raise GuidesError(
            f"The folder of guides {folder} {what}. Create it and put guides in it, or name another with --corpus."
        )


def _walk(folder: Path, unread: list[Unread]) -> Iterator[Path]:
    def failed(error: OSError) -> None:
        if Path(error.filename) == folder:
            raise GuidesError(f"The folder of guides {folder} cannot be listed: {error.strerror}. Allow reading it.")
        place = _shown(relative_path(Path(error.filename), folder))
        unread.append(Unread(place, f"The folder cannot be listed: {error.strerror}. Allow reading it."))

    root = folder.resolve()
    for parent, folders, files in os.walk(folder, onerror=failed):
        here = Path(parent)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [here / name for name in folders if _leads_out(here / name, root)]
        unread.extend(Unread(_shown(relative_path(link, folder)), _LEADS_OUT) for link in links)
        for name in files:
            if not name.startswith(".") and name.lower() != "readme.md":
                yield here / name


def _leads_out(path: Path, root: Path) -> bool:
    return path.is_symlink() and not path.resolve().is_relative_to(root)


_LEADS_OUT = "The link leads out of the folder of guides. Copy the file into the folder instead."


def read_bytes(path: Path, root: Path) -> bytes:
    """The content of a file that may be a guide, once it is known to be an ordinary one of the folder and not too large.

    Raises `GuidesError` with the reason why it is not read.
    """
    try:
        told = path.stat()
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            raise GuidesError(_LEADS_OUT)
        if not stat.S_ISREG(told.st_mode):
            raise GuidesError("It is not an ordinary file. Put a copy of the document in its place.")
        if told.st_size > LARGEST_FILE:
            raise GuidesError(
                f"It has {told.st_size / 1e6:,.0f} MB; the most that is read is {LARGEST_FILE / 1e6:.0f} MB. "
                "Divide it into smaller files."
            )
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise GuidesError(f"It cannot be opened: {error.strerror or error}. Allow reading it or remove it.") from error


def relative_path(path: Path, root: Path) -> str:
    """The path within a folder, parts divided by `/`."""
    return Path(os.path.relpath(path, root)).as_posix()


def _shown(path: str) -> str:
    """A path without what no terminal, page or index can hold: control characters, and bytes that are not UTF-8."""
    return "".join("\ufffd" if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in path)
