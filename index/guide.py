"""The values that a guide is made of, from its text down to the passage that is embedded and found.

Every place in a guide is a pair of offsets, counted in characters (code points) of `Guide.text`, end exclusive,
so that `guide.text[start:end]` is the quote, always.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple


class Span(NamedTuple):
    """A place in a guide's text: characters `start` (inclusive) to `end` (exclusive)."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` at this place."""
        return text[self.start : self.end]


class PassageKind(StrEnum):
    """What a passage is in its guide."""

    PARAGRAPH = "paragraph"
    LIST = "list"
    STEP = "step"
    FAQ = "faq"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all that stands under it, its subsections included."""

    path: tuple[str, ...]
    """Headings from the outermost to this one; the guide's own title is not among them."""
    heading: Span | None
    """Where the heading's own words stand (no `#`); None for the text before the first heading."""
    start: int
    end: int

    @property
    def level(self) -> int:
        """1 for an outermost section."""
        return len(self.path)


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, list, step, FAQ answer or table row: the smallest thing that is embedded and found.

    `items` are the entries of a list (without their bullets), in order. `cells` are a row's cells and `header` the
    cells of its table's header row, column by column; `header` is empty where the table has none. `lead` is the
    sentence that introduces a list or a table ("Bakers typically do the following:").
    """

    guide: str
    section: tuple[str, ...]
    kind: PassageKind
    start: int
    end: int
    items: tuple[Span, ...] = ()
    cells: tuple[Span, ...] = ()
    header: tuple[Span, ...] = ()
    lead: Span | None = None
    number: int | None = None
    """A step's number, from 1."""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A place in the text that is not the guide (navigation, comments, teasers), and the sign that told so."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True)
class Guide:
    """A guide as it is read: its text, its tree of sections in order, and its passages in order."""

    id: str
    """The path without its ending, in lower case with dashes: stable, unique in a folder, fit for an address."""
    path: str
    """Relative to the folder of guides, with forward slashes."""
    title: str
    text: str = field(repr=False)
    sections: tuple[Section, ...] = field(repr=False)
    passages: tuple[Passage, ...] = field(repr=False)
    left_out: tuple[LeftOut, ...] = field(default=(), repr=False)
    summary: str | None = None
    publisher: str | None = None
    url: str | None = None
    dated: str | None = None
    country: str | None = None
    licence: str | None = None
    based_on: tuple[str, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """Of the text in UTF-8, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Unread:
    """A file of the folder that could not be read, and why, in a sentence."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Library:
    """A folder of guides, read: the guides in order of their paths, and the files that could not be read."""

    guides: tuple[Guide, ...]
    unread: tuple[Unread, ...] = ()
