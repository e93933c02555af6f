"""The blocks of a page as the signs of `furniture` see them: words, links, and what kind of block it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from ..guide import Span
from .links import Links
from .page_signs import has_amount, is_labelled, is_note


class Form(Enum):
    """What a block is."""

    HEADING = auto()
    """Marked as such; in plain text none is."""
    LINE = auto()
    LIST = auto()
    TABLE = auto()


@dataclass(frozen=True, slots=True)
class Item:
    """A block of a page, as these signs see it."""

    span: Span
    form: Form
    said: str
    """Its words on one line, without markup and addresses."""
    level: int = 0
    """Of a heading, 1 for the outermost."""
    links: Links = field(default_factory=Links)
    entries: tuple[str, ...] = ()
    """The words of each entry of a list."""
    entry_links: tuple[Links, ...] = ()

    @property
    def is_marked(self) -> bool:
        return self.form is Form.HEADING


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the page around its blocks."""

    title: int | None = None
    """Which item is the title."""
    site: str = ""
    """The host that most links lead to; those without an address of a host lead to it as well."""
    marked: bool = True
    """Whether headings are marked, so that no other line is one."""


def tells_value(said: str) -> bool:
    """Whether a line states a value: "label: value", or a sum of money or a share."""
    return (is_labelled(said) or has_amount(said)) and not is_note(said)
