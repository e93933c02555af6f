"""A statement laid along its quote: what says something in it, and where it goes on and leaves words of the quote out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..claims import Token
from .pairing import WEIGHTY, Pairing, anchors


def weighty(tokens: Sequence[Token]) -> list[int]:
    """The places of the words that say something."""
    return [i for i, token in enumerate(tokens) if token.kind in WEIGHTY]


def gaps(pairing: Pairing) -> Iterator[tuple[int, int, list[int]]]:
    """Where the statement goes on and leaves words of the quote out: the places on both sides, and those left out.

    At most half of what stands between the two sides is told elsewhere in the statement.
    """
    following = dict(pairwise(anchors(pairing.said)))
    for (i, a), (j, b) in pairwise(pairing.aligned):
        inside = [p for p in range(a + 1, b) if pairing.quote[p].kind in WEIGHTY]
        untold = [p for p in inside if p not in pairing.told]
        if following.get(i) == j and untold and 2 * len(untold) >= len(inside):
            yield a, b, untold
