"""Numbers as they are counted: the same value, money or share, unit, bound and range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import english
from ..claims import UNITS, Kind, Token
from .columns import header_numbers
from .pairing import Pairing


def numbers(pairing: Pairing) -> Iterator[str]:
    """Every number stands in the quote itself, of the same money or share, the same unit, bounded alike."""
    headed = header_numbers(pairing)
    for position, token in enumerate(pairing.said):
        if token.kind is not Kind.NUMBER:
            continue
        spelled = pairing.beside if token.text.isalpha() else headed
        places = [p for p in pairing.places[position] if not pairing.quote[p].lent or p in spelled]
        if not any(_same_figure(pairing, position, place) for place in places):
            yield f"number {token.text} is not in the quotes" + (" like this" if places else "")


def bounds(pairing: Pairing) -> Iterator[str]:
    """A bound before a number in words ("at least one of these") is the quote's."""
    there = {token.key for token in pairing.quote if token.kind is Kind.BOUND}
    for token, following in zip(pairing.said, pairing.said[1:], strict=False):
        worded = token.kind is Kind.BOUND and token.key in ("atleast", "atmost") and following.kind is not Kind.NUMBER
        if worded and token.key not in there:
            yield "bounds what the quote does not bound like this"
    for place, (unit, token, more) in enumerate(zip(pairing.quote, pairing.quote[1:], pairing.quote[2:], strict=False)):
        open_end = token.key == "or" and more.text.lower() in ("less", "more", "fewer", "longer") and not more.lent
        if open_end and unit.key in UNITS and place in pairing.told and place + 2 not in pairing.told:
            yield f"leaves out “or {more.text}”"


def _same_figure(pairing: Pairing, position: int, place: int) -> bool:
    said, quote = pairing.said, pairing.quote
    if sign_of(said, position) != sign_of(quote, place):
        return False
    if _changes(quote, place) and not _changes(said, position):
        return _was(said, position)
    units = _unit(said, position), _unit(quote, place)
    if all(units) and units[0] != units[1]:
        return False
    bounds = _bound(said, position), _bound(quote, place)
    partner = range_of(quote, place)
    if partner is None or any(partner in places for places in pairing.places):
        return bounds[0] == bounds[1]
    return bounds[0] == ("atleast" if partner > place else "atmost")


def _was(tokens: Sequence[Token], position: int) -> bool:
    """Whether a figure is told as what was so once: with its year."""
    return any(is_year(token) for token in tokens[position + 1 : position + 4])


def sign_of(tokens: Sequence[Token], position: int) -> str:
    """A number's currency or `%`, which a range may state once."""
    partner = range_of(tokens, position)
    return tokens[position].sign or (tokens[partner].sign if partner else "")


def range_of(tokens: Sequence[Token], position: int) -> int | None:
    """The other end of the range that a number is one end of."""
    for step in (2, -2):
        other = position + step
        if 0 <= other < len(tokens) and tokens[other].kind is Kind.NUMBER:
            joint = tokens[position + step // 2].key
            if is_year(tokens[other]) != is_year(tokens[position]):
                return None
            if joint == "to" and _changes(tokens, min(position, other)):
                return None
            if joint == "to" or (joint == "or" and tokens[other].sign == tokens[position].sign):
                return other
    return None


def _changes(tokens: Sequence[Token], low: int) -> bool:
    """Whether a figure is what something rose or fell from, so that the next is no end of a range with it."""
    before = [token.text.lower() for token in tokens[max(0, low - 3) : low]]
    return before[-1:] == ["from"] and bool(english.CHANGES & set(before))


def is_year(token: Token) -> bool:
    """Whether a number is a year by its form."""
    return not token.sign and len(token.key) == 4 and token.key[:2] in ("19", "20") and token.text == token.key


def _unit(tokens: Sequence[Token], position: int) -> str | None:
    """The unit behind a number, or behind the range that it opens."""
    partner = range_of(tokens, position)
    start = max(position, partner or position) + 1
    for token in tokens[start : start + 2]:
        if token.key in UNITS:
            return token.key
        if token.key not in ("-", "full", "more"):
            return None
    return None


def _bound(tokens: Sequence[Token], position: int) -> str:
    """How a number is bounded; `about` says nothing that a claim turns on."""
    if tokens[position].open:
        return "atleast"
    for token in reversed(tokens[max(0, position - 3) : position]):
        if token.kind in (Kind.STOP, Kind.NUMBER):
            break
        if token.kind is Kind.BOUND and token.key != "about":
            return token.key
    return ""
