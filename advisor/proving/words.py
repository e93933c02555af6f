"""What a quote says, and of whom: its words, its subject, what narrows it, and no opposite in their place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import english
from ..claims import UNITS, Kind, Token
from .numbers import is_year
from .pairing import WEIGHTY, Pairing, own_places


def words(pairing: Pairing) -> Iterator[str]:
    """Every word that a claim can turn on, and every name, stands in the quote or in what it is headed by."""
    missing = [
        token.text
        for token, places in zip(pairing.said, pairing.places, strict=True)
        if token.claims and not places and not _spelled_out(token, pairing.quote)
    ]
    if missing:
        yield f"not in the quotes: {', '.join(dict.fromkeys(missing))}"


def _spelled_out(token: Token, quote: Sequence[Token]) -> bool:
    """Whether an abbreviation's letters open neighbouring words of the quote, with nothing between them."""
    if not (token.kind is Kind.NAME and token.text.isupper() and token.text.isalpha() and 2 <= len(token.text) <= 6):
        return False
    own = [other for other in quote if other.kind is Kind.NAME and other.text.isupper() and not other.lent]
    if own:
        return False
    initials = "".join(other.text[0].upper() if other.claims else "." for other in quote)
    return token.text in initials


def subject(pairing: Pairing) -> Iterator[str]:
    """It speaks of what the quote speaks of: of the quote's own subject, where the quote has one."""
    first = next((i for i, places in enumerate(pairing.places) if own_places(pairing, places)), None)
    if first is None:
        if any(token.claims for token in pairing.said):
            yield "nothing of it is in the quote itself"
        return
    place = min(own_places(pairing, pairing.places[first]))
    addressed = any(token.text.lower() == "you" for token in pairing.said[: first + 1])
    if addressed and any(pairing.quote[i].kind is Kind.STRENGTH for i in (place, place - 1) if i >= 0):
        return  # who asks it of you may be left out
    untold = untold_between(pairing, -1, place)
    key = pairing.said[first].key
    moved = any(0 <= at < place for places in pairing.places[first:] for at in own_places(pairing, places)) or (
        sum(token.key == key for token in pairing.said) > sum(token.key == key for token in pairing.own)
    )
    if untold and moved and not {token.key for token in pairing.said} & _opening(pairing, place):
        yield f"the quote says it of “{' '.join(untold)}”"


def _opening(pairing: Pairing, place: int) -> frozenset[str]:
    """The first two words that the quote itself says."""
    own = [token.key for token in pairing.quote[:place] if token.claims and not token.lent]
    return frozenset(own[:2])


def lent(pairing: Pairing) -> Iterator[str]:
    """What headings lend does not replace what the quote itself says at that place."""
    own = [own_places(pairing, places) for places in pairing.places]
    for start, end in _runs_lent(pairing):
        before = next((own[i] for i in range(start - 1, -1, -1) if own[i]), [-1])
        after = next((own[i] for i in range(end, len(own)) if own[i]), [len(pairing.quote)])
        if end - start > 1 and _stands_alone(pairing.said, start, end):
            yield "a clause of it is in headings alone"
        gaps = [(b, a) for b in before for a in after if b < a]
        if not gaps:
            continue
        low, high = min(gaps, key=lambda gap: gap[1] - gap[0])
        over = [place for i in range(start, end) for place in pairing.places[i] if low < place < high]
        headed = all(set(pairing.places[i]) & pairing.beside for i in range(start, end) if pairing.places[i])
        if pairing.beside and headed:  # what other cells say stands in no one's place
            high = min(high, next((i for i in range(low + 1, high) if pairing.quote[i].key == ";"), high))
        untold = untold_between(pairing, max((low, *over)), high)
        if untold:
            lent = " ".join(token.text for token in pairing.said[start:end] if token.claims)
            yield f"the quote says “{' '.join(untold)}” where this says “{lent}”"


def _stands_alone(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether words form a clause of their own behind another."""
    opening = next((i for i in range(start - 1, -1, -1) if tokens[i].key in (",", "and", "because", "but", ";")), None)
    if opening is None or any(token.kind in WEIGHTY for token in tokens[opening + 1 : start]):
        return False
    return sum(t.claims for t in tokens[start:end]) > 1 and not any(t.kind in WEIGHTY for t in tokens[end:])


def qualifiers(pairing: Pairing) -> Iterator[str]:
    """A figure, and what is said of all, keep what narrows the thing that they are of: "senior", "median", a country."""
    wide = any(token.kind is Kind.EXTENT and token.key == "all" for token in pairing.said)
    if not wide and not any(token.kind is Kind.NUMBER for token in pairing.said):
        return
    for place, (token, noun) in enumerate(zip(pairing.quote, pairing.quote[1:], strict=False)):
        narrows = token.claims and not token.lent and noun.claims and not _joins(token)
        once = sum(other.key == noun.key and not other.lent for other in pairing.quote) == 1
        listed = token.kind is Kind.NAME and listed_with(pairing, place)
        if narrows and once and not listed and place not in pairing.told and place + 1 in pairing.told:
            yield f"leaves out “{token.text}” before “{noun.text}”"


def listed_with(pairing: Pairing, place: int) -> bool:
    """Whether a name is the last of a list ("CCA, CCS and CCS-P holders") of which another is told."""
    tokens = pairing.quote[max(0, place - 2) : place]
    return (
        len(tokens) == 2
        and tokens[1].key in ("and", "or", "/")
        and tokens[0].kind is Kind.NAME
        and place - 2 in pairing.told
    )


def _joins(token: Token) -> bool:
    """Whether a word is no adjective or noun by its form: a preposition, an irregular past."""
    word = token.text.lower()
    return word in english.TELLING or word in english.IRREGULAR


def _runs_lent(pairing: Pairing) -> Iterator[tuple[int, int]]:
    """Where the statement has words that headings alone lend, side by side."""
    start = None
    for i, token in enumerate((*pairing.said, None)):
        lent = token is not None and token.claims and pairing.is_lent(i)
        passing = token is not None and not lent and token.kind not in WEIGHTY
        if lent and start is None:
            start = i
        elif start is not None and not lent and not passing:
            yield start, i
            start = None


def untold_between(pairing: Pairing, low: int, high: int) -> list[str]:
    """The quote's own words between two places that the statement leaves out; a label before them is none."""
    inside = [i for i in range(low + 1, min(high, len(pairing.quote))) if not pairing.quote[i].lent]
    label = max((i + 1 for i in inside if pairing.quote[i].key == ":" and high < len(pairing.quote)), default=0)
    return [pairing.quote[i].text for i in inside if i >= label and pairing.quote[i].claims and i not in pairing.told]


def opposed(pairing: Pairing) -> Iterator[str]:
    """No word stands where the quote has its opposite, another unit or another number."""
    said, quote = [_compared(t) for t in pairing.said], [_compared(t) for t in pairing.quote]
    left_out = [t for t in pairing.own if quote.count(_compared(t)) > said.count(_compared(t))]
    for token in pairing.said:
        if said.count(_compared(token)) > quote.count(_compared(token)):
            other = next((t for t in left_out if _excludes(token, t)), None)
            if other:
                yield f"the quote says “{other.text}” where this says “{token.text}”"


def _compared(token: Token) -> str:
    return english.key_of(token.text) if token.text[:1].isalpha() and token.kind is not Kind.NUMBER else token.key


def _excludes(token: Token, other: Token) -> bool:
    """Whether one of two tokens cannot stand for the other."""
    if Kind.NUMBER in (token.kind, other.kind):
        return token.kind is other.kind and token.sign == other.sign and is_year(token) == is_year(other)
    if token.key in UNITS and other.key in UNITS:
        return True
    return token.text[:1].isalpha() and english.contrary(_compared(token), _compared(other))


def stands_apart(pairing: Pairing) -> bool:
    """Whether a clause says of another subject what the quote says of its own: its opening words are left out."""
    first = next((i for i, places in enumerate(pairing.places) if own_places(pairing, places)), None)
    return first is None or bool(untold_between(pairing, -1, min(own_places(pairing, pairing.places[first]))))
