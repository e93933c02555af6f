"""Which of several: an "and" or an "or" stays what it is, and of things of which one must be none is told as the only one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import english
from ..claims import Kind, Token
from .alignment import weighty
from .pairing import ENDS, Pairing


def joints(pairing: Pairing) -> Iterator[str]:
    """No "or" stands where the quote has "and", and no "and" where it has "or"; examples aside ("such as A or B")."""
    along = pairing.aligned
    for i, token in enumerate(pairing.said):
        if token.text.lower() not in ("and", "or"):
            continue
        left, right = [pair for pair in along if pair[0] < i], [pair for pair in along if pair[0] > i]
        if not left or not right or not 0 < right[0][1] - left[-1][1] <= _WIDEST:
            continue
        between = pairing.quote[left[-1][1] + 1 : right[0][1]]
        there = [other.text.lower() for other in between if other.text.lower() in ("and", "or")]
        ends = any(other.key in (".", ";", "\n") for other in between)
        turned = _denied(pairing.said, left[-1][0]) != _denied(pairing.quote, left[-1][1])
        if there and token.text.lower() not in there and not ends and not turned and not _example(pairing, left[-1][1]):
            yield f"the quote says “{there[0]}” where this says “{token.text}”"


def alternatives(pairing: Pairing) -> Iterator[str]:
    """Of things of which one must be ("a degree or a certificate is needed") not some are told as all that may be."""
    quote = pairing.quote
    asked = [i for i, token in enumerate(quote) if token.kind is Kind.STRENGTH and token.key in ("must", "should")]
    for i, token in enumerate(quote):
        if token.lent or token.text.lower() != "or" or _example(pairing, i) or not _asked_for(quote, i, asked):
            continue
        entries = _entries(quote, i)
        told = [place in pairing.told for place in entries]
        if any(told) and not all(told):
            yield f"leaves out “{quote[entries[told.index(False)]].text}”, one of which must be"


def _asked_for(quote: Sequence[Token], joint: int, asked: Sequence[int]) -> bool:
    """Whether what an "or" joins must be: it stands behind "must", or before "is needed"."""
    start, end = (i for i in _sentence(quote, joint))
    return any(
        start <= i < joint or (joint < i < end and quote[i - 1].text.lower() in english.AUXILIARIES) for i in asked
    )


def _sentence(tokens: Sequence[Token], place: int) -> tuple[int, int]:
    start = max((i + 1 for i in range(place) if tokens[i].key in ENDS or tokens[i].lent), default=0)
    return start, next((i for i in range(place, len(tokens)) if tokens[i].key in ENDS), len(tokens))


def _entries(quote: Sequence[Token], joint: int) -> list[int]:
    """The word before each comma of the list that an "or" ends, the word before it and the word behind it."""
    start, end = _sentence(quote, joint)
    behind = [i for i in weighty(quote[:end]) if i > joint][:1]
    found: list[int] = []
    edge = joint - (quote[joint - 1].key == ",")
    while edge > start and len(found) < _WIDEST:
        part = [i for i in weighty(quote[:edge]) if i >= start]
        comma = next((i for i in range(edge - 1, start, -1) if quote[i].key == ","), None)
        if not part:
            break
        found.append(part[-1])
        entry = [i for i in part if comma is not None and i > comma]
        if comma is None or len(entry) > _ENTRY or any(quote[i].kind is Kind.STRENGTH for i in entry):
            break
        edge = comma
    kinds = {quote[i].kind for i in (*found, *behind)}
    bare = behind and quote[behind[0]].key == _EQUIVALENT and behind[0] + 1 >= end - 1
    return [] if Kind.STRENGTH in kinds or Kind.NUMBER in kinds or bare else [*found[::-1], *behind]


_ENTRY = 3
"""Weighty words of an entry that another one stands before."""
_EQUIVALENT = english.key_of("equivalent")
_WIDEST = 12
"""Words between two entries that a joint still joins."""


def _denied(tokens: Sequence[Token], place: int) -> bool:
    """Whether a denial stands before a place: "neither A nor B" is "not A" and "not B"."""
    return any(token.kind is Kind.NEGATION and not token.lent for token in tokens[:place])


def _example(pairing: Pairing, place: int) -> bool:
    """Whether a list of examples reaches to a place; "For example, …" opens none."""
    opening = next((i for i, token in enumerate(pairing.quote) if not token.lent), 0)
    start = max(
        (i for i in range(max(0, place - _WIDEST), place) if i > opening and pairing.quote[i].key == "including"),
        default=None,
    )
    return start is not None and not any(
        token.kind is Kind.STRENGTH or token.text.lower() in english.AUXILIARIES for token in pairing.quote[start:place]
    )
