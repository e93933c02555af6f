"""What belongs to what: each number, name and strength with its own words, each side in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import english
from ..claims import Kind, Token
from .numbers import is_year, range_of, sign_of
from .pairing import ENDS, WEIGHTY, Pairing, own_places

_REACH = 3.0
"""How far from a word its neighbours are looked for, in words; a joint or a comma between counts as more."""


def bindings(pairing: Pairing) -> Iterator[str]:
    """A number, a name or a strength stands with the words that it stands with in the quote, not with its rival's."""
    for position, token in enumerate(pairing.said):
        places = own_places(pairing, pairing.places[position])
        if token.kind not in (Kind.NUMBER, Kind.NAME, Kind.STRENGTH) or not places:
            continue
        rivals = [i for i in range(len(pairing.quote)) if _rival(pairing, i, places)]
        rivals = [
            i for i in rivals if not _one_series(pairing, position, i, places) and not _owner(pairing.quote, i, places)
        ]
        if rivals and _vote(pairing, position, places, rivals) < 0 and _rivals_too(pairing, position, places, rivals):
            yield f"“{token.text}” belongs to something else in the quote"


def _rivals_too(pairing: Pairing, position: int, places: Sequence[int], rivals: Sequence[int]) -> bool:
    """Whether no rival is told, or one that is told has lost its neighbours as well: the two have changed places."""
    told = [i for i, spots in enumerate(pairing.places) if i != position and set(spots) & set(rivals)]
    for i in told:
        own = [r for r in rivals if r in pairing.places[i]]
        if _vote(pairing, i, own, [*places, *(r for r in rivals if r not in own)]) < 0:
            return True
    return not told


def _rival(pairing: Pairing, other: int, places: Sequence[int]) -> bool:
    """Whether a token of the quote could be mistaken for the one at `places`."""
    quote = pairing.quote
    token, rival = quote[places[0]], quote[other]
    if rival.lent or other in places or rival.kind is not token.kind or rival.key == token.key:
        return False
    if token.kind is Kind.NUMBER:
        alike = sign_of(quote, places[0]) == sign_of(quote, other) and is_year(token) == is_year(rival)
        return alike and range_of(quote, other) not in places
    if token.kind is Kind.NAME:
        return (
            token.text.isupper()
            and rival.text.isupper()
            and all(_distance(quote, other, place) > 1 for place in places)
            and not any(_side_by_side(quote, other, place) for place in places)
        )
    return token.kind is Kind.STRENGTH


def _side_by_side(quote: Sequence[Token], one: int, other: int) -> bool:
    """Whether two names are entries of one list ("CCA, CCS and CCS-P"), of which all is said alike."""
    between = quote[min(one, other) + 1 : max(one, other)]
    return all(token.kind is Kind.NAME or token.key in (",", "and", "or") for token in between)


def _vote(pairing: Pairing, position: int, places: Sequence[int], rivals: Sequence[int]) -> float:
    """Whether its neighbours in the statement stand nearer to it in the quote (above 0) or to a rival (below 0)."""
    vote = 0.0
    contested = {*places, *rivals}
    for i, near in _neighbours(pairing.said, position):
        spots = [s for s in own_places(pairing, pairing.places[i]) if s not in contested]
        if any(_introduced(pairing, position, place, spot) for place in places for spot in spots):
            continue
        if not spots:
            continue
        to_it = min(_distance(pairing.quote, s, p) for s in spots for p in places)
        to_rival = min(_distance(pairing.quote, s, r) for s in spots for r in rivals)
        if abs(to_it - to_rival) > 0.5:
            vote += (1 if to_it < to_rival else -1) / near
    return vote


def _one_series(pairing: Pairing, position: int, rival: int, places: Sequence[int]) -> bool:
    """Whether two figures follow each other ("from 80% in 2020 to 70% in 2022") and the statement tells which it has.

    It does so by the year behind it, or by the "to" before what something became.
    """
    for place in places:
        low, high = min(rival, place), max(rival, place)
        bare = not any(token.claims for token in pairing.quote[low:high])
        year = next(
            (i for i in range(place + 1, min(place + 4, len(pairing.quote))) if is_year(pairing.quote[i])), None
        )
        became = place and position and pairing.quote[place - 1].key == "to" == pairing.said[position - 1].key
        if bare and (year in pairing.told or became):
            return True
    return False


def _owner(quote: Sequence[Token], rival: int, places: Sequence[int]) -> bool:
    """Whether a rival only says whose a thing is: "the CPC exam of AAPC"."""
    of = [i for i in (rival - 1, rival - 2) if i > 0 and quote[i].key == "of"]
    return bool(of) and any(0 < of[0] - place <= 2 for place in places)


def _introduced(pairing: Pairing, position: int, place: int, spot: int) -> bool:
    """Whether a word stands before the colon behind which the quote counts the same thing by the same number."""
    between = [token.key for token in pairing.quote[spot + 1 : place]]
    said, quote = (tokens[i + 1 : i + 3] for tokens, i in ((pairing.said, position), (pairing.quote, place)))
    alike = len(said) == 2 and [token.key for token in said] == [token.key for token in quote]
    return alike and said[0].claims and between.count(":") == 1 and ";" not in between


def _neighbours(tokens: Sequence[Token], position: int) -> Iterator[tuple[int, float]]:
    for i, token in enumerate(tokens):
        if i != position and token.kind in (Kind.WORD, Kind.NAME, Kind.NUMBER):
            near = _distance(tokens, i, position)
            if near <= _REACH:
                yield i, near


def _distance(tokens: Sequence[Token], one: int, other: int) -> float:
    """Words between two places, plus what stands between them to part them."""
    low, high = min(one, other), max(one, other)
    return 1 + sum(_PARTS.get(token.key, 1.0 if token.kind in WEIGHTY else 0.0) for token in tokens[low + 1 : high])


_PARTS = {
    **dict.fromkeys((",", "and", "plus", "or", "to", "than", "(", ")"), 2.0),
    **dict.fromkeys((".", ";", ":", "\n", "|", "while", "but", "whereas", "–", "—"), 4.0),
}


def orders(pairing: Pairing) -> Iterator[str]:
    """The sides of a comparison, a sequence, a deed have not changed places."""
    if not pairing.ordered:
        return
    spots = [
        (i, own_places(pairing, pairing.places[i]))
        for i, token in enumerate(pairing.said)
        if token.kind in (Kind.WORD, Kind.NAME, Kind.NUMBER) and token.key not in english.PIVOTS
    ]
    unique = [(i, places[0]) for i, places in spots if len(places) == 1]
    for (a, at_a), (_, at_p), (b, at_b) in zip(unique, unique[1:], unique[2:], strict=False):
        if _listed(pairing.said, a, b) or _passive(pairing.said, a, b) != _passive(
            pairing.quote, min(at_a, at_b), max(at_a, at_b)
        ):
            continue
        if at_b < at_p < at_a and at_a - at_b <= b - a + 4:
            yield f"“{pairing.said[a].text}” and “{pairing.said[b].text}” have changed places"
    yield from _pivots(pairing)


def exchanges(pairing: Pairing) -> Iterator[str]:
    """Two words have not changed places in what is otherwise the quote, in its order."""
    if not pairing.ordered:
        return
    for a, b, at_a, at_b in (*_swapped_in_order(pairing), *_swapped_in_whole(pairing)):
        one, other = pairing.said[a], pairing.said[b]
        beside = one.kind is Kind.WORD and (b - a == 1 or at_a - at_b == 1)
        if one.kind is not other.kind or beside or _in_a_list(pairing.said, a, b) or _owned(pairing, a, b, at_b, at_a):
            continue
        yield f"“{one.text}” and “{other.text}” have changed places"


def _swapped_in_order(pairing: Pairing) -> Iterator[tuple[int, int, int, int]]:
    """Where all but two of the words that the quote has once stand in its order."""
    found = [
        (i, places[0])
        for i, token in enumerate(pairing.said)
        if token.kind in (Kind.WORD, Kind.NAME, Kind.NUMBER)
        and len(places := own_places(pairing, pairing.places[i])) == 1
    ]
    order = sorted(place for _, place in found)
    wrong = [pair for pair, place in zip(found, order, strict=True) if pair[1] != place]
    if len(wrong) == 2:
        (a, at_a), (b, at_b) = wrong
        yield a, b, at_a, at_b


def _swapped_in_whole(pairing: Pairing) -> Iterator[tuple[int, int, int, int]]:
    """Where the statement has each word of the quote, and all but two at the quote's own places."""
    said = [i for i, token in enumerate(pairing.said) if token.kind in WEIGHTY]
    quote = [i for i, token in enumerate(pairing.quote) if token.kind in WEIGHTY and not token.lent]
    if len(said) != len(quote):
        return
    wrong = [(i, j) for i, j in zip(said, quote, strict=True) if pairing.said[i].key != pairing.quote[j].key]
    if len(wrong) == 2:
        (a, at_b), (b, at_a) = wrong
        if pairing.said[a].key == pairing.quote[at_a].key and pairing.said[b].key == pairing.quote[at_b].key:
            yield a, b, at_a, at_b


def _in_a_list(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether nothing but joints and other entries stands between two words."""
    between = tokens[start + 1 : end]
    joints = [token for token in between if token.key in (",", "and", "or", "/")]
    return bool(joints) and sum(token.kind in WEIGHTY for token in between) <= len(joints)


def _owned(pairing: Pairing, a: int, b: int, low: int, high: int) -> bool:
    """Whether the one says "of" or "by" where the other has "'s" or a plain order."""
    said = {token.key for token in pairing.said[a:b]}
    quote = {token.key for token in pairing.quote[low:high] if not token.lent}
    return any((word in said) != (word in quote) for word in ("of", "by", "is", "are", "for", "to"))


def _listed(tokens: Sequence[Token], start: int, end: int) -> bool:
    return any(token.key in (",", "and", "or", "/", "not", ";", ":") for token in tokens[start + 1 : end])


def _passive(tokens: Sequence[Token], start: int, end: int) -> bool:
    return any(token.key == "by" for token in tokens[start:end])


def _pivots(pairing: Pairing) -> Iterator[str]:
    for position, token in enumerate(pairing.said):
        if token.text.lower() not in english.PIVOTS:
            continue
        for place, other in enumerate(pairing.quote):
            if other.lent or other.text.lower() != token.text.lower():
                continue
            said, quote = _sides(pairing.said, position), _sides(pairing.quote, place)
            kept = _shared(pairing, said[0], quote[0]) + _shared(pairing, said[1], quote[1])
            crossed = _shared(pairing, said[0], quote[1]) + _shared(pairing, said[1], quote[0])
            heads = [next((i for i in side if pairing.said[i].claims), None) for side in said]
            turned = token.text.lower() in ("because", "if", "unless") and heads[1] is not None
            moved = (
                turned
                and _shared(pairing, [heads[1] or 0], quote[0])
                and not _shared(pairing, [heads[1] or 0], quote[1])
            )
            if moved and heads[0] is not None and crossed:
                yield f"the sides of “{token.text}” have changed places"
            if crossed > kept and _shared(pairing, said[0], quote[1]) and _shared(pairing, said[1], quote[0]):
                yield f"the sides of “{token.text}” have changed places"


def reasons(pairing: Pairing) -> Iterator[str]:
    """No "because" is put between what the quote only says side by side."""
    why = {"because", "since", "as", "so", "why", "reason", "reasons", "due", "therefore", "thus", "hence"}
    said = {t.text.lower() for t in pairing.said}
    if "because" in said and not why & {t.text.lower() for t in pairing.quote}:
        yield "“because” is not in the quote"


def _shared(pairing: Pairing, said: Sequence[int], quote: Sequence[int]) -> int:
    return sum(any(place in quote for place in pairing.places[i]) for i in said)


def _sides(tokens: Sequence[Token], pivot: int) -> tuple[list[int], list[int]]:
    """The words that a pivot stands between; where it opens a sentence, its own side ends at the comma."""
    start = max((i + 1 for i in range(pivot) if tokens[i].key in ENDS), default=0)
    end = next((i for i in range(pivot, len(tokens)) if tokens[i].key in ENDS), len(tokens))
    before = [i for i in range(start, pivot) if tokens[i].kind in WEIGHTY]
    after = [i for i in range(pivot + 1, end) if tokens[i].kind in WEIGHTY]
    if before:
        return before, after
    comma = next((i for i in range(pivot, end) if tokens[i].key == ","), end)
    return [i for i in after if i > comma], [i for i in after if i < comma]
