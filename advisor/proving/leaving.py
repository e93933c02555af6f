"""What may not be left out: where, when and for whom a figure holds, what is added to it, and what narrows what it counts.

A statement may tell less than its quote, as long as what it tells is not made wider by that. Each check looks for words of
the quote that hold a told word in bounds and are not told themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import english
from ..claims import Kind, Token
from .columns import headers_over
from .numbers import is_year, range_of
from .pairing import WEIGHTY, Pairing, own_places

_SENTENCE_ENDS = frozenset((".", ";", "!", "?", "\n"))
_LARGE = 1_000
"""From here on a bare number is a figure of its time ("14,200 openings"), below it may be a count for good."""


def opening_scopes(pairing: Pairing) -> Iterator[str]:
    """What the quote says of one place, group or case, named before its first comma, is not said of all."""
    quote = pairing.quote
    start = next((i for i, token in enumerate(quote) if not token.lent), len(quote))
    if pairing.beside or start == len(quote) or quote[start].text.lower() not in english.SCOPES:
        return
    for end in _scope_ends(quote, start):
        inside = [i for i in range(start + 1, end) if quote[i].kind in WEIGHTY and not is_year(quote[i])]
        main = _weighty(quote, end + 1)[:12]
        kept = 2 * sum(i in pairing.told for i in main) >= len(main) > 0
        if inside and 2 * _told(pairing, inside) < len(inside) and kept:
            yield f"leaves out “{quote[start].text} {quote[inside[0]].text}”"
            return


def _scope_ends(quote: Sequence[Token], start: int) -> Iterator[int]:
    """The commas at which a phrase that opens a sentence may end: the first, and the last before a verb of closed class."""
    first = next((i for i in range(start, len(quote)) if quote[i].kind is Kind.STOP), None)
    if first is None or quote[first].key != "," or english.LINKING & {t.text.lower() for t in quote[start:first]}:
        return
    yield first
    verb = next((i for i in range(first, len(quote)) if quote[i].text.lower() in english.MODALS), first)
    if not any(quote[i].kind is Kind.STOP and quote[i].key != "," for i in range(first, verb)):
        yield from [i for i in range(first + 1, verb) if quote[i].key == ","][-1:]


def _told(pairing: Pairing, inside: Sequence[int]) -> int:
    """How many words are told that the quote has nowhere else, or that are told as often as the quote says them."""
    own, said = ([token.key for token in tokens] for tokens in (pairing.own, pairing.said))
    keys = [pairing.quote[i].key for i in inside if i in pairing.told]
    return sum(own.count(key) == 1 or said.count(key) >= own.count(key) for key in keys)


def _weighty(tokens: Sequence[Token], start: int) -> list[int]:
    """The weighty words from a place to the end of its sentence."""
    found: list[int] = []
    for i in range(start, len(tokens)):
        if tokens[i].key in _SENTENCE_ENDS:
            break
        if tokens[i].kind in WEIGHTY:
            found.append(i)
    return found


def dates(pairing: Pairing) -> Iterator[str]:
    """A figure keeps the year that the quote gives it for: the one behind it, else one before it in the sentence."""
    if pairing.beside or not pairing.ordered:
        return
    for position, token in enumerate(pairing.said):
        places = own_places(pairing, pairing.places[position])
        if not _figure(token) or not places:
            continue
        years = [_years_of(pairing.quote, place) for place in places]
        if all(years) and not any(pairing.told & set(of) for of in years):
            yield f"leaves out “{pairing.quote[years[0][0]].text}”, of which “{token.text}” is"


def header_years(pairing: Pairing) -> Iterator[str]:
    """A row's figure keeps the year of its header ("Pay, 2024")."""
    for position, token in enumerate(pairing.said):
        over = headers_over(pairing, position) if _figure(token) else ()
        years = {i for header in over for i in header if is_year(pairing.quote[i])}
        if len(over) == 1 and years and not years & pairing.told:
            yield f"leaves out the year of “{token.text}” in its header"


def header_measures(pairing: Pairing) -> Iterator[str]:
    """A row's figure that is a median or an average by its header is told as such, and what is usual by it is no must."""
    for position, token in enumerate(pairing.said):
        over = headers_over(pairing, position) if token.kind is Kind.NUMBER else ()
        measures = [i for header in over for i in header if pairing.quote[i].text.lower() in english.MEASURES]
        if len(over) == 1 and measures and not pairing.told & set(measures):
            yield f"the header says “{pairing.quote[measures[0]].text}”"
    said = {token.key for token in pairing.said if token.kind in (Kind.EXTENT, Kind.STRENGTH)}
    for i in sorted(pairing.beside):
        token = pairing.quote[i]
        usual = token.kind is Kind.EXTENT and token.key in ("most", "many", "some") and token.key not in said
        if usual and "must" in said and not any(token.key == "must" for token in pairing.quote):
            yield f"the header says “{token.text}”"


def _figure(token: Token) -> bool:
    if token.kind is not Kind.NUMBER or is_year(token):
        return False
    return bool(token.sign) or float(token.key) >= _LARGE


def _years_of(quote: Sequence[Token], place: int) -> list[int]:
    """The years between a figure and the next one; else those of its sentence before it."""
    after: list[int] = []
    for i in range(place + 1, len(quote)):
        joins = quote[i].key in english.CLAUSE_JOINTS and quote[i - 1].key == ","
        if quote[i].key in _SENTENCE_ENDS or joins or (_figure(quote[i]) and range_of(quote, place) != i):
            break
        if quote[i].kind is Kind.NUMBER and is_year(quote[i]):
            after.append(i)
    if after:
        return after
    before: list[int] = []
    for i in range(place - 1, -1, -1):
        if quote[i].key in _SENTENCE_ENDS or quote[i].lent:
            break
        if quote[i].kind is Kind.NUMBER and is_year(quote[i]):
            before.append(i)
    return before


def days(pairing: Pairing) -> Iterator[str]:
    """A day or a year stands beside the month that it has in the quote."""
    for position, token in enumerate(pairing.said):
        places = own_places(pairing, pairing.places[position])
        said = _months(pairing.said, position)
        if token.kind is not Kind.NUMBER or not places or not said:
            continue
        there = [_months(pairing.quote, place) for place in places]
        if all(there) and not any(said & months for months in there):
            yield f"“{token.text}” stands beside another month in the quote"


def _months(tokens: Sequence[Token], position: int) -> frozenset[str]:
    """The months on both sides of a number."""
    beside = (*tokens[max(0, position - 1) : position], *tokens[position + 1 : position + 2])
    return frozenset(token.text for token in beside if token.kind is Kind.NAME and token.text.lower() in english.MONTHS)


def averages(pairing: Pairing) -> Iterator[str]:
    """A figure that is one "on average" is told as such."""
    if pairing.beside or not any(token.kind is Kind.NUMBER for token in pairing.said):
        return
    for place, token in enumerate(pairing.quote):
        if token.lent or token.text.lower() not in english.MEASURES or place in pairing.told:
            continue
        compared = {t.text.lower() for t in pairing.quote[max(0, place - 3) : place]} & {"than", "as", "to"}
        around = [i for i in _sentence_around(pairing.quote, place) if pairing.quote[i].kind is Kind.NUMBER]
        if not compared and any(i in pairing.told for i in around):
            yield f"the quote says “{token.text}”"


def _sentence_around(tokens: Sequence[Token], place: int) -> range:
    start = max((i + 1 for i in range(place) if tokens[i].key in _SENTENCE_ENDS), default=0)
    return range(start, next((i for i in range(place, len(tokens)) if tokens[i].key in _SENTENCE_ENDS), len(tokens)))


def additions(pairing: Pairing) -> Iterator[str]:
    """What the quote adds to something ("plus the dues", "on top of the fee") is told with it, and as added."""
    added = bool(english.ADDED & {token.text.lower() for token in pairing.said})
    for place, token in enumerate(pairing.quote):
        if token.lent or token.key not in ("plus", "ontopof"):
            continue
        before = [i for i in range(place) if pairing.quote[i].kind in WEIGHTY and not pairing.quote[i].lent][-2:]
        after = _weighty(pairing.quote, place + 1)[:3]
        kept = any(i in pairing.told for i in before)
        if kept and token.key == "plus" and 2 * sum(i in pairing.told for i in after) < len(after):
            yield f"leaves out “plus {pairing.quote[after[0]].text}”"
        if kept and token.key == "ontopof" and not added:
            yield f"leaves out “{token.text}”"


def counts(pairing: Pairing) -> Iterator[str]:
    """A number counts no wider a thing than in the quote: "46 revised codes" are not told as "46 codes"."""
    for position, token in enumerate(pairing.said[:-1]):
        places = own_places(pairing, pairing.places[position])
        if token.kind is not Kind.NUMBER or is_year(token) or not places:
            continue
        noun = pairing.said[position + 1]
        if noun.text.isalpha() and noun.kind is not Kind.NUMBER and all(_narrowed(pairing, p, noun) for p in places):
            narrow = pairing.quote[places[0] + 1].text
            yield f"leaves out “{narrow}” behind “{token.text}”"


def _narrowed(pairing: Pairing, place: int, noun: Token) -> bool:
    following = pairing.quote[place + 1 : place + 3]
    if len(following) < 2 or not following[0].claims or following[0].key == noun.key:
        return False
    key = following[0].key
    told = sum(token.key == key for token in pairing.said) >= sum(token.key == key for token in pairing.own)
    return following[1].key == noun.key and not (place + 1 in pairing.told and told)


def compounds(pairing: Pairing) -> Iterator[str]:
    """A measure that is part of a name ("an 80-hour course") is of that thing, and money "a head" is told by head."""
    for position, token in enumerate(pairing.said):
        places = own_places(pairing, pairing.places[position])
        if token.kind is not Kind.NUMBER or not places:
            continue
        nouns = [_compound(pairing.quote, place) for place in places]
        if all(noun is not None and noun not in pairing.told for noun in nouns):
            yield f"leaves out “{pairing.quote[nouns[0] or 0].text}” behind “{token.text}”"


def _compound(quote: Sequence[Token], place: int) -> int | None:
    """The thing that "80-hour" is said of, or that "$50 a" is paid for."""
    following = quote[place + 1 : place + 4]
    if len(following) == 3 and following[0].key == "-" and following[2].claims:
        return place + 3
    if (
        len(following) >= 2
        and quote[place].sign in ("$", "£", "€")
        and following[0].text.lower() in ("a", "an", "per", "each")
    ):
        return place + 2 if following[1].claims else None
    return None


def parts(pairing: Pairing) -> Iterator[str]:
    """Of "one of the two" not both are told."""
    for place, token in enumerate(pairing.quote):
        before = [t.text.lower() for t in pairing.quote[max(0, place - 3) : place] if t.text.lower() != "the"]
        if token.lent or token.kind is not Kind.NUMBER or before[-2:] != ["one", "of"]:
            continue
        noun = next(iter(_weighty(pairing.quote, place + 1)), place)
        for position, places in enumerate(pairing.places):
            whole = {t.text.lower() for t in pairing.said[max(0, position - 2) : position]} & _WHOLE
            of_all = pairing.said[position].kind is Kind.NUMBER and not _partly(pairing.said, position)
            if (noun in places and whole) or (place in places and of_all):
                yield f"the quote says “one of {token.text}”"
                return


def _partly(tokens: Sequence[Token], position: int) -> bool:
    return bool(
        {t.text.lower() for t in tokens[max(0, position - 4) : position]}
        & {"one", "1", "among", "part", "some", "a", "an"}
    )


_WHOLE = frozenset(("both", "all", "each", "every"))
