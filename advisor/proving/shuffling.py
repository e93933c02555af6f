"""A statement made of nothing but its quote's words has them in the quote's order, but for phrases that moved as a whole.

Who only shuffles words keeps the small ones: "begin as bakers and become cooks" for "begin as cooks and become bakers".
A reworded statement does not, so it is left to the other checks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby

from .. import english
from ..claims import Kind, Token
from .pairing import ENDS, WEIGHTY, Pairing

_TIES = frozenset(("with", "without"))
"""Small words that are shuffled like weighty ones."""
_TURNS = frozenset("by of is are was were be been being for to from on in at as that which who whose".split())
"""Small words that come and go where a sentence is turned round honestly."""
_ARTICLES = frozenset("a an the this that these those its their his her".split())
_JOINTS = frozenset((",", "and", "or"))
"""What stands between the entries of a list, which come in any order."""
_LEAST = 4
"""Weighty words of a statement that can be shuffled."""


def shuffled(pairing: Pairing) -> Iterator[str]:
    """No word has left the phrase that it stands in, where all are the quote's and none was added to turn it round."""
    if not pairing.ordered or pairing.beside:
        return
    said, quote = _heavy(pairing.said), _heavy(pairing.own)
    keys = [pairing.own[i].key for i in quote]
    if len(said) < _LEAST or not {pairing.said[i].key for i in said} <= set(keys):
        return
    along = _along([pairing.said[i].key for i in said], keys)
    places = [along[k] if k in along else keys.index(pairing.said[i].key) for k, i in enumerate(said)]
    region = pairing.own[quote[min(places)] : quote[max(places)] + 1]
    if _turns(pairing.said) != _turns(region) or any(token.key in ENDS for token in region):
        return
    for block in _moved(len(said), along):
        words = [pairing.said[said[k]].key for k in block]
        spots = [quote[k] for k in range(len(keys)) if keys[k : k + len(words)] == words]
        name = len(block) == 1 and pairing.said[said[block[0]]].kind is Kind.NAME  # other checks hold names in place
        first, last = said[block[0]], said[block[-1]]
        listed = pairing.said[last + 1 : last + 2] and pairing.said[last + 1].key == ","
        scope = len(block) > 1 and pairing.said[first].text.lower() in english.SCOPES
        moves = bool(spots) and (listed or scope or any(_moves(pairing, first, spot) for spot in spots))
        if not name and not moves:
            yield f"“{pairing.said[first].text}” has left its place"
            return


def _moves(pairing: Pairing, place: int, spot: int) -> bool:
    """Whether what begins at a place of the statement moved there as a phrase: at a beginning, or with its preposition."""
    if pairing.said[place].text.lower() in english.SCOPES - _TIES:
        return True
    said, own = _opener(pairing.said, place), _opener(pairing.own, spot)
    if said is None or said.kind is Kind.STOP or said.key in _JOINTS:
        return True
    if own is None:
        return said.text.lower() in english.BE  # "A is B" is "B is A"
    return said.kind in (Kind.JOINT, Kind.BOUND) and said.key == own.key


def _opener(tokens: Sequence[Token], place: int) -> Token | None:
    """What stands before a word, articles and extents aside; None at the beginning."""
    before = (t for t in reversed(tokens[:place]) if t.text.lower() not in _ARTICLES and t.kind is not Kind.EXTENT)
    return next(before, None)


def _heavy(tokens: Sequence[Token]) -> list[int]:
    return [
        i for i, t in enumerate(tokens) if (t.kind in WEIGHTY and t.kind is not Kind.EXTENT) or t.text.lower() in _TIES
    ]


def _turns(tokens: Sequence[Token]) -> Counter[str]:
    return Counter(token.text.lower() for token in tokens if token.text.lower() in _TURNS)


def _moved(count: int, along: Collection[int]) -> Iterator[list[int]]:
    """The runs of a statement's words that do not go along with the quote."""
    runs = groupby(range(count), key=lambda k: k in along)
    yield from (list(run) for kept, run in runs if not kept)


def _along(said: Sequence[str], quote: Sequence[str]) -> dict[int, int]:
    """The longest common subsequence: places in the statement, with those in the quote."""
    longest = [[0] * (len(quote) + 1) for _ in range(len(said) + 1)]
    for i in range(len(said) - 1, -1, -1):
        for j in range(len(quote) - 1, -1, -1):
            same = said[i] == quote[j]
            longest[i][j] = longest[i + 1][j + 1] + 1 if same else max(longest[i + 1][j], longest[i][j + 1])
    kept: dict[int, int] = {}
    i = j = 0
    while i < len(said) and j < len(quote):
        if said[i] == quote[j]:
            kept[i] = j
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
    return kept
