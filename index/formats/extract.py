"""What a format without offsets of its own becomes: a text in Markdown, and what it says about itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


class RefusedFileError(Exception):
    """The file is not one that can be read; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file, and its metadata by the names of front matter."""

    text: str
    about: dict[str, str] = field(default_factory=dict)


class MarkdownWriter:
    """Writes blocks one after another, so that the text reads as Markdown does."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._listing = False
        self.has_title = False
        self.level = 1
        """Of the last heading."""

    def heading(self, level: int, text: str) -> None:
        """A heading, 1 for the outermost."""
        if said := one_line(text):
            self.level = min(max(level, 1), 6)
            self.has_title = self.has_title or level == 1
            self._block("#" * self.level + " " + said)

    def paragraph(self, text: str) -> None:
        """A paragraph; its line breaks stay."""
        said = "\n".join(line for part in text.split("\n") if (line := one_line(part)))
        if said:
            self._block(said)

    def bold(self, text: str) -> None:
        """A paragraph all in bold: a heading where it is short and no sentence, as the reader of Markdown decides."""
        said = one_line(text)
        marked = 0 < len(said) <= 100 and not set(said) & set("*_")
        self.paragraph(f"**{said}**" if marked else text)

    def entry(self, depth: int, text: str, number: int | None = None) -> None:
        """An entry of a list, `depth` 0 for the outermost."""
        if said := one_line(text):
            marker = "-" if number is None else f"{number % 1000}."
            self._parts.append(("\n" if self._listing else "\n\n") + "   " * depth + f"{marker} {said}")
            self._listing = True

    def table(self, rows: Sequence[Sequence[str]], headed: bool) -> None:
        """A table; the first row is its header if `headed`."""
        drawn = [
            "| " + " | ".join(one_line(cell).replace("|", "\\|") for cell in row) + " |" for row in rows if any(row)
        ]
        if headed and len(drawn) > 1:
            drawn.insert(1, "|" + " --- |" * len(rows[0]))
        if drawn:
            self._block("\n".join(drawn))

    def end_list(self) -> None:
        """What comes next is no part of the list that was being written."""
        self._listing = False

    @property
    def text(self) -> str:
        """All that was written."""
        return readable("".join(self._parts).strip("\n") + "\n")

    def _block(self, text: str) -> None:
        self._parts.append("\n\n" + text)
        self._listing = False


def one_line(text: str) -> str:
    """The text with each run of white space as one space."""
    return " ".join(text.split())


def readable(text: str) -> str:
    """The text without what cannot be stored or shown: lone surrogates and NUL."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "\ufffd")
