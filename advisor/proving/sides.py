"""Who says what: a source keeps its own words, and each of two clauses its own end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .. import english
from ..claims import Kind, Token
from .pairing import ENDS, WEIGHTY, Pairing, own_places

_REACH = 8
"""Words of a clause in which its source may stand before the verb of saying."""


def sources(pairing: Pairing) -> Iterator[str]:
    """What one says in the quote is not said by another that the quote names in what is said."""
    verbs = [i for i, t in enumerate(pairing.quote) if not t.lent and english.key_of(t.text) in english.sayings()]
    if not verbs or pairing.beside:
        return
    for position, token in enumerate(pairing.said):
        key = english.key_of(token.text)
        if key not in english.sayings() or not any(english.key_of(pairing.quote[v].text) == key for v in verbs):
            continue
        before = _subject(pairing.said, position)
        held = [own_places(pairing, pairing.places[i]) for i in before]
        starts = [v for v in verbs if english.key_of(pairing.quote[v].text) == key]
        if any(v == 0 or pairing.quote[v - 1].kind is Kind.STOP for v in starts):  # ", says the guild"
            continue
        if any(places and all(p > v for p in places for v in starts) for places in held):
            yield f"another says it in the quote than “{pairing.said[before[0]].text}”"


def _subject(tokens: Sequence[Token], verb: int) -> list[int]:
    """The weighty words of a clause before its verb; none where a relative clause or a passive stands there."""
    start = max((i + 1 for i in range(verb) if tokens[i].key in ENDS or tokens[i].key in (",", "and")), default=0)
    between = {token.text.lower() for token in tokens[start:verb]}
    passive = {token.text.lower() for token in tokens[verb + 1 : verb + 2]} == {"by"}
    if passive or verb - start > _REACH or between & {"that", "which", "who", "to", "is", "are", "was", "were", "be"}:
        return []
    return [i for i in range(start, verb) if tokens[i].claims]


def crossed(pairing: Pairing) -> Iterator[str]:
    """Two clauses do not begin as those of the quote and end as the other one each."""
    if not pairing.ordered or pairing.beside:
        return
    said, quote = _clauses(pairing.said), _clauses(pairing.quote)
    if len(said) != 2 or len(quote) < 2:
        return
    ends = [_ends(pairing, span, quote) for span in said]
    if ends[0] and ends[1] and ends[0][0] != ends[0][1] and ends[0] == ends[1][::-1]:
        yield "the parts of two clauses have changed places"


def _clauses(tokens: Sequence[Token]) -> list[range]:
    """The parts of a sentence before and behind each comma with a joint, or semicolon."""
    first = next((i for i, token in enumerate(tokens) if not token.lent), 0)
    cuts = [
        i for i in range(first + 1, len(tokens) - 1)
        if tokens[i].key == ";" or (tokens[i].key == "," and tokens[i + 1].key in ("and", "but", "while", "whereas"))
    ]  # fmt: skip
    edges = [first, *cuts, len(tokens)]
    return [range(a, b) for a, b in pairwise(edges)]


def _ends(pairing: Pairing, span: range, quote: Sequence[range]) -> tuple[int, int] | None:
    """The quote's clauses that hold the first and the last word of a clause, of those that one clause alone holds."""
    found: list[int] = []
    opens = [next((i for i in part if pairing.quote[i].kind in WEIGHTY), None) for part in quote]
    weighty = [i for i in span if pairing.said[i].kind in WEIGHTY]
    for i in weighty:
        held = {n for n, part in enumerate(quote) for place in own_places(pairing, pairing.places[i]) if place in part}
        opening = {n for n in held if opens[n] in pairing.places[i]} if i == weighty[0] else set()
        if len(opening) == 1 or len(held) == 1:
            found.append((opening if len(opening) == 1 else held).pop())
    return (found[0], found[-1]) if len(found) > 1 else None


def repeated(pairing: Pairing) -> Iterator[str]:
    """No clause is added that is made of words which the quote says once and the statement has told already."""
    clauses = _clauses(pairing.said)
    if len(clauses) < 2:
        return
    last = [pairing.said[i] for i in clauses[-1] if pairing.said[i].kind in WEIGHTY]
    if last and all(_more_often(pairing, token) for token in last):
        yield f"says “{last[0].text}” once more than the quote"


def _more_often(pairing: Pairing, token: Token) -> bool:
    said, quote = (sum(other.key == token.key for other in tokens) for tokens in (pairing.said, pairing.quote))
    return said > max(quote, 1)
