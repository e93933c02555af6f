"""The two ways to read a message behind others, and what its words tell of how much it leans on them."""

from __future__ import annotations

import re
from typing import NamedTuple

from .phrases import FRAGMENT, LEADING, PERSON, THING, asks, is_fragment, self_contained
from .pointing import doer_in, many_in
from .turns import StandAlone

SHORT = 4
"""Words."""
_LEADS = re.compile(LEADING + r"(?:what about|how about|or)?", re.IGNORECASE)
"""What a message opens with that ties it to what was said."""


class Readings(NamedTuple):
    """A message behind others."""

    came: StandAlone
    """What it leaves out is taken from the others."""
    alone: StandAlone
    """The others are left aside."""
    focus: tuple[str, ...]
    """The guides that the conversation is about."""
    unnamed: bool
    """Whether it speaks of people whom it does not name."""
    meant: bool
    """Whether the question before names who they may be."""


class Shape(NamedTuple):
    """What the words of a message tell."""

    person: bool
    """Whether it points to people or to several."""
    thing: bool
    """Whether it points to a thing that it does not name itself."""
    fragment: bool
    """Whether it is no question by itself."""
    asks: bool
    short: bool
    leads: bool
    """Whether it opens with a word that ties it to what was said."""


def is_piece(message: str) -> bool:
    """Whether a message is a piece of a question ("and the bonus?")."""
    piece = FRAGMENT.match(message)
    return bool(piece and is_fragment(piece["rest"]))


def of_people_unnamed(message: str) -> bool:
    """Whether a message speaks of people ("they") and names none before."""
    people = PERSON.search(message)
    said = message[: people.start()] if people else ""
    return bool(people) and not (doer_in(said) or many_in(said))


def shape(message: str) -> Shape:
    """Of a message."""
    return Shape(
        person=bool(PERSON.search(message)),
        thing=bool(THING.search(message)) and not self_contained(message),
        fragment=is_fragment(message),
        asks=asks(message),
        short=len(message.split()) <= SHORT,
        leads=bool((opening := _LEADS.match(message)) and opening[0].strip()),
    )
