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


def attributed(pairing: Pairing) -> Iterator[str]:
    """What the quote says in another's name ("the guild says that …", "…, says the guild") is not told in the quote's own."""
    quote = pairing.quote
    if pairing.beside or any(token.text.lower() in english.REPORTS for token in pairing.said):
        return
    for verb, token in enumerate(quote):
        if token.lent or token.text.lower() not in english.REPORTS:
            continue
        start = max((i + 1 for i in range(verb) if quote[i].lent or quote[i].key in (".", ";", "\n")), default=0)
        end = next((i for i in range(verb, len(quote)) if quote[i].key in (".", ";", "\n")), len(quote))
        that = next((i for i in range(verb + 1, min(verb + 6, end)) if quote[i].text.lower() == "that"), None)
        if verb and quote[verb - 1].key == ",":
            stop = next((i for i in range(verb + 1, end) if quote[i].key == ","), end)
            source, told = range(verb + 1, stop), range(start, verb)
        elif that is not None:
            source, told = range(start, verb), range(that + 1, end)
        else:
            continue
        named = [i for i in source if quote[i].kind in WEIGHTY]
        kept = [i for i in named if _told_fully(pairing, i)]
        if sum(i in pairing.told for i in told) > 1 and 2 * len(kept) < max(len(named), 1):
            yield "leaves out who says it"


def spoken(pairing: Pairing) -> Iterator[str]:
    """What the quote has between quotation marks ("answer “I am a nurse”") it says in another's name, not in its own."""
    quote = pairing.quote
    marks = [i for i, token in enumerate(quote) if not token.lent and token.text in _MARKS]
    places = [place for _, place in pairing.aligned]
    for start, end in zip(marks[::2], marks[1::2], strict=False):
        outside = (i for i, t in enumerate(quote) if not t.lent and t.kind in WEIGHTY and not start < i < end)
        if places and all(start < place < end for place in places) and any(outside):
            yield "the quote has it between quotation marks"


def bidden(pairing: Pairing) -> Iterator[str]:
    """What the quote only wants said ("tell people that …", "must answer: …") it does not say itself."""
    quote = pairing.quote
    places = [place for i, place in pairing.aligned if pairing.said[i].claims or pairing.said[i].kind is Kind.NUMBER]
    for verb, token in enumerate(quote):
        if token.lent or token.text.lower() not in english.TELLS or len(places) < _CLAIM or min(places) < verb:
            continue
        before = quote[verb - 1] if verb else token
        orders = before.lent or before.kind in (Kind.STOP, Kind.STRENGTH) or before.text.lower() in _ORDERING
        end = next((i for i in range(verb, len(quote)) if quote[i].key in (".", "!", "\n")), len(quote))
        if (verb == 0 or orders) and all(verb <= place < end for place in places) and verb not in pairing.told:
            yield f"the quote only wants it said (“{token.text}”)"


_CLAIM = 2
"""Words of a claim, at least."""
_ORDERING = frozenset("to and or then now not please always never only just simply".split())
"""Words between "must" and its verb, and before a verb in an order."""
_MARKS = frozenset('“”„"«»')


def _told_fully(pairing: Pairing, place: int) -> bool:
    """Whether a word is told, and as often as the quote says it."""
    key = pairing.quote[place].key
    said, own = (sum(token.key == key for token in tokens) for tokens in (pairing.said, pairing.own))
    return place in pairing.told and said >= min(own, 2)


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
