"""A statement set against one quote: which words of the one stand where in the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .. import english
from ..claims import Kind, Token

WEIGHTY = frozenset((Kind.WORD, Kind.NAME, Kind.NUMBER, Kind.STRENGTH, Kind.EXTENT))
"""The kinds that say something."""
ENDS = frozenset((".", ";", ":", "!", "?", "\n", "|", "but", "—", "–"))
"""Marks and words at which what a denial or a condition reaches ends."""
_SUFFIXES = frozenset(
    """ e s er or r ist ian n an ing ion ation tion ment al ial ly y ity ness ant ent ance ence anc enc iv ive abl ibl
    able ible ful ic ish ed d t th i in""".split()
) | {""}
_SHORTEST_ROOT = 4


@dataclass(frozen=True)
class Pairing:
    """A statement and the quote that may carry it; the quote's tokens include what headings lend."""

    said: tuple[Token, ...]
    quote: tuple[Token, ...]
    ordered: bool = True
    """Whether the order of the quote's words tells something; that of several table rows does not."""

    @cached_property
    def places(self) -> tuple[tuple[int, ...], ...]:
        """For each token of the statement, where the quote has it: that very word, or else one that says the same.

        A word that only says the same has no claim on a place that another word of the statement has in full.
        """
        found = [tuple(self._places(token)) for token in self.said]
        exact = [
            tuple(p for p in places if self.quote[p].key == token.key)
            for places, token in zip(found, self.said, strict=True)
        ]
        taken = {place for places in exact for place in places}
        return tuple(
            same
            if any(not self.quote[p].lent for p in same)
            else tuple(p for p in places if p in same or p not in taken or self._repeats(i, p, exact))
            for i, (same, places) in enumerate(zip(exact, found, strict=True))
        )

    def _repeats(self, position: int, place: int, exact: Sequence[Sequence[int]]) -> bool:
        """Whether a word says once more what the words beside it say ("earns a salary", "the best-paid tenth earned")."""
        near = (
            i for i in range(max(0, position - 4), min(position + 7, len(exact))) if i != position and place in exact[i]
        )
        return any(groups_of(self.said[position]) & groups_of(self.said[i]) for i in near)

    def _places(self, token: Token) -> Iterator[int]:
        if token.kind not in WEIGHTY:
            return
        for position, other in enumerate(self.quote):
            if other.kind in WEIGHTY and same(token, other):
                yield position

    @cached_property
    def aligned(self) -> tuple[tuple[int, int], ...]:
        """The statement laid along its quote: places in the one and in the other, which is the next behind the last where it can be."""
        found: list[tuple[int, int]] = []
        last = -1
        for i in anchors(self.said):
            key = self.said[i].key
            nouns = key in english.IMPERSONAL_NOUNS
            spots = [p for p, token in enumerate(self.quote) if token.key == key] if nouns else self.places[i]
            if places := own_places(self, spots):
                last = next((place for place in places if place > last), places[0])
                found.append((i, last))
        return tuple(found)

    @cached_property
    def told(self) -> frozenset[int]:
        """The places in the quote that the statement tells."""
        return frozenset(place for places in self.places for place in places)

    @cached_property
    def beside(self) -> frozenset[int]:
        """The places of what is lent from among the quote's own words: the header over a row's cells."""
        first = next((i for i, token in enumerate(self.quote) if not token.lent), len(self.quote))
        return frozenset(i for i, token in enumerate(self.quote) if token.lent and i > first)

    @cached_property
    def own(self) -> tuple[Token, ...]:
        """The quote's own tokens."""
        return tuple(token for token in self.quote if not token.lent)

    def is_lent(self, position: int) -> bool:
        """Whether a word of the statement stands in headings alone."""
        places = self.places[position]
        return bool(places) and all(self.quote[place].lent for place in places)


def anchors(tokens: Sequence[Token]) -> list[int]:
    """The places of the words that say something, and of "people" and its like, of which something may be said."""
    return [i for i, token in enumerate(tokens) if token.kind in WEIGHTY or token.key in english.IMPERSONAL_NOUNS]


@lru_cache(maxsize=65536)
def same(one: Token, other: Token) -> bool:
    """Whether two tokens say the same."""
    if Kind.NUMBER in (one.kind, other.kind):
        return one.kind is other.kind and one.key == other.key
    if one.key == other.key:
        return (one.kind in (Kind.STRENGTH, Kind.EXTENT)) == (other.kind in (Kind.STRENGTH, Kind.EXTENT))
    if Kind.STRENGTH in (one.kind, other.kind) or Kind.EXTENT in (one.kind, other.kind):
        return bool(groups_of(one) & groups_of(other)) and one.kind is not other.kind
    if english.contrary(one.key, other.key):
        return False
    if one.kind is Kind.NAME and one.text.isupper():
        return False
    return related(one.key, other.key) or (one.kind is Kind.WORD and bool(groups_of(one) & groups_of(other)))


def groups_of(token: Token) -> frozenset[int]:
    """The groups of words that say the same as this one."""
    return english.groups().get(english.key_of(token.text), frozenset())


@lru_cache(maxsize=65536)
def related(one: str, other: str) -> bool:
    """Whether two stems share their root ("code", "coder"), and are not its two parties ("employer", "employee")."""
    if not (one.isalpha() and other.isalpha()):
        return False
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    first, second = one[shared:], other[shared:]
    if {"e", "r"} == {first, second} and shared and one[shared - 1] == "e":
        return False
    return shared >= _SHORTEST_ROOT and first in _SUFFIXES and second in _SUFFIXES


def own_places(pairing: Pairing, places: Sequence[int]) -> list[int]:
    """Those of some places that are the quote's own, not lent by headings."""
    return [place for place in places if not pairing.quote[place].lent]


def once(pairing: Pairing, place: int) -> bool:
    """Whether the quote says a word, or what says the same, in no other place."""
    return sum(same(token, pairing.quote[place]) for token in pairing.own if token.kind in WEIGHTY) == 1
