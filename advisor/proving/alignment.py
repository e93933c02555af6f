"""A statement laid along its quote: for each of its words the one place in the quote that it is taken from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from .. import english
from ..claims import Kind, Token
from .pairing import WEIGHTY, Pairing, own_places


@lru_cache(maxsize=4096)
def aligned(pairing: Pairing) -> tuple[tuple[int, int], ...]:
    """Pairs of places, in the statement and in the quote itself; of several in the quote, the nearest one behind the last."""
    found: list[tuple[int, int]] = []
    last = -1
    for i in _anchors(pairing.said):
        key = pairing.said[i].key
        of_all = key in english.IMPERSONAL_NOUNS
        places = own_places(pairing, _spots(pairing, key) if of_all else pairing.places[i])
        if places:
            last = next((place for place in places if place > last), places[0])
            found.append((i, last))
    return tuple(found)


def _anchors(tokens: Sequence[Token]) -> list[int]:
    """The places of the words that say something, and of "people" and its like, of which something may be said."""
    return [i for i, token in enumerate(tokens) if token.kind in WEIGHTY or token.key in english.IMPERSONAL_NOUNS]


def _spots(pairing: Pairing, key: str) -> list[int]:
    return [i for i, token in enumerate(pairing.quote) if token.key == key]


def weighty(tokens: Sequence[Token]) -> list[int]:
    """The places of the words that say something."""
    return [i for i, token in enumerate(tokens) if token.kind in WEIGHTY]


def gaps(pairing: Pairing) -> Iterator[tuple[int, int, list[int]]]:
    """Where the statement goes on and leaves words of the quote out: the places on both sides, and those left out.

    At most half of what stands between the two sides is told elsewhere in the statement.
    """
    following = dict(pairwise(_anchors(pairing.said)))
    for (i, a), (j, b) in pairwise(aligned(pairing)):
        inside = [p for p in range(a + 1, b) if pairing.quote[p].kind in WEIGHTY]
        untold = [p for p in inside if p not in pairing.told]
        if following.get(i) == j and untold and 2 * len(untold) >= len(inside):
            yield a, b, untold


def before(tokens: Sequence[Token], position: int, kinds: frozenset[Kind] = WEIGHTY) -> int | None:
    """The place of the next word before one that says something, in the same part of a sentence."""
    for i in range(position - 1, -1, -1):
        if tokens[i].kind is Kind.STOP:
            return None
        if tokens[i].kind in kinds:
            return i
    return None
