"""What a quote must carry of a statement: its words, numbers, denials, strengths, extents, and what belongs to what.

Each check takes a `Pairing` (the tokens of a statement against those of one quote) and tells what the quote does not carry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from . import english
from .claims import UNITS, Kind, Token

_WEIGHTY = frozenset((Kind.WORD, Kind.NAME, Kind.NUMBER, Kind.STRENGTH, Kind.EXTENT))
_SUFFIXES = frozenset(
    """ e s er or r ist ian n an ing ion ation tion ment al ial ly y ity ness ant ent ance ence anc enc iv ive abl ibl
    able ible ful ic ish ed d t th i in""".split()
) | {""}
_SHORTEST_ROOT = 4
_REACH = 3.0
"""How far from a word its neighbours are looked for, in words; a joint or a comma between counts as more."""
_SCOPE = 5
"""Words that a denial reaches."""


@dataclass(frozen=True)
class Pairing:
    """A statement and the quote that may carry it; the quote's tokens include what headings lend."""

    said: tuple[Token, ...]
    quote: tuple[Token, ...]
    ordered: bool = True
    """Whether the order of the quote's words tells something; that of several table rows does not."""

    @cached_property
    def places(self) -> tuple[tuple[int, ...], ...]:
        """For each token of the statement, where the quote has it: that very word, or else one that says the same.

        A word that only says the same has no claim on a place that another word of the statement has in full.
        """
        found = [tuple(self._places(token)) for token in self.said]
        exact = [
            tuple(p for p in places if self.quote[p].key == token.key)
            for places, token in zip(found, self.said, strict=True)
        ]
        taken = {place for places in exact for place in places}
        return tuple(
            same
            if any(not self.quote[p].lent for p in same)
            else tuple(p for p in places if p in same or p not in taken or self._repeats(i, p, exact))
            for i, (same, places) in enumerate(zip(exact, found, strict=True))
        )

    def _repeats(self, position: int, place: int, exact: Sequence[Sequence[int]]) -> bool:
        """Whether a word says once more what the next words say ("earns a salary")."""
        near = (i for i in range(position + 1, min(position + 5, len(exact))) if place in exact[i])
        return any(_groups(self.said[position]) & _groups(self.said[i]) for i in near)

    def _places(self, token: Token) -> Iterator[int]:
        if token.kind not in _WEIGHTY:
            return
        for position, other in enumerate(self.quote):
            if other.kind in _WEIGHTY and same(token, other):
                yield position

    @cached_property
    def told(self) -> frozenset[int]:
        """The places in the quote that the statement tells."""
        return frozenset(place for places in self.places for place in places)

    @cached_property
    def beside(self) -> frozenset[int]:
        """The places of what is lent from among the quote's own words: the header over a row's cells."""
        first = next((i for i, token in enumerate(self.quote) if not token.lent), len(self.quote))
        return frozenset(i for i, token in enumerate(self.quote) if token.lent and i > first)

    @cached_property
    def own(self) -> tuple[Token, ...]:
        """The quote's own tokens."""
        return tuple(token for token in self.quote if not token.lent)

    def is_lent(self, position: int) -> bool:
        """Whether a word of the statement stands in headings alone."""
        places = self.places[position]
        return bool(places) and all(self.quote[place].lent for place in places)


def shortfalls(pairing: Pairing) -> tuple[str, ...]:
    """What the quote does not carry of the statement, in words; nothing where it carries all of it."""
    return tuple(reason for check in CHECKS for reason in check(pairing))


@lru_cache(maxsize=65536)
def same(one: Token, other: Token) -> bool:
    """Whether two tokens say the same."""
    if Kind.NUMBER in (one.kind, other.kind):
        return one.kind is other.kind and one.key == other.key
    if one.key == other.key:
        return (one.kind in (Kind.STRENGTH, Kind.EXTENT)) == (other.kind in (Kind.STRENGTH, Kind.EXTENT))
    if Kind.STRENGTH in (one.kind, other.kind) or Kind.EXTENT in (one.kind, other.kind):
        return bool(_groups(one) & _groups(other)) and one.kind is not other.kind
    if english.contrary(one.key, other.key):
        return False
    if one.kind is Kind.NAME and one.text.isupper():
        return False
    return related(one.key, other.key) or (one.kind is Kind.WORD and bool(_groups(one) & _groups(other)))


def _groups(token: Token) -> frozenset[int]:
    return english.groups().get(english.key_of(token.text), frozenset())


@lru_cache(maxsize=65536)
def related(one: str, other: str) -> bool:
    """Whether two stems share their root ("code", "coder"), and are not its two parties ("employer", "employee")."""
    if not (one.isalpha() and other.isalpha()):
        return False
    shared = 0
    while shared < min(len(one), len(other)) and one[shared] == other[shared]:
        shared += 1
    first, second = one[shared:], other[shared:]
    if {"e", "r"} == {first, second} and shared and one[shared - 1] == "e":
        return False
    return shared >= _SHORTEST_ROOT and first in _SUFFIXES and second in _SUFFIXES


# --- words -----------------------------------------------------------------------------------------------------------


def _words(pairing: Pairing) -> Iterator[str]:
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


def _subject(pairing: Pairing) -> Iterator[str]:
    """It speaks of what the quote speaks of: of the quote's own subject, where the quote has one."""
    first = next((i for i, places in enumerate(pairing.places) if _own_places(pairing, places)), None)
    if first is None:
        if any(token.claims for token in pairing.said):
            yield "nothing of it is in the quote itself"
        return
    place = min(_own_places(pairing, pairing.places[first]))
    untold = _untold(pairing, -1, place)
    key = pairing.said[first].key
    moved = any(0 <= at < place for places in pairing.places[first:] for at in _own_places(pairing, places)) or (
        sum(token.key == key for token in pairing.said) > sum(token.key == key for token in pairing.own)
    )
    if untold and moved and not {token.key for token in pairing.said} & _opening(pairing, place):
        yield f"the quote says it of “{' '.join(untold)}”"


def _opening(pairing: Pairing, place: int) -> frozenset[str]:
    """The first two words that the quote itself says."""
    own = [token.key for token in pairing.quote[:place] if token.claims and not token.lent]
    return frozenset(own[:2])


def _lent(pairing: Pairing) -> Iterator[str]:
    """What headings lend does not replace what the quote itself says at that place."""
    own = [_own_places(pairing, places) for places in pairing.places]
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
        untold = _untold(pairing, max((low, *over)), high)
        if untold:
            lent = " ".join(token.text for token in pairing.said[start:end] if token.claims)
            yield f"the quote says “{' '.join(untold)}” where this says “{lent}”"


def _stands_alone(tokens: Sequence[Token], start: int, end: int) -> bool:
    """Whether words form a clause of their own behind another."""
    opening = next((i for i in range(start - 1, -1, -1) if tokens[i].key in (",", "and", "because", "but", ";")), None)
    if opening is None or any(token.kind in _WEIGHTY for token in tokens[opening + 1 : start]):
        return False
    return sum(t.claims for t in tokens[start:end]) > 1 and not any(t.kind in _WEIGHTY for t in tokens[end:])


def _qualifiers(pairing: Pairing) -> Iterator[str]:
    """A figure keeps what narrows the thing that it is of: "senior", "median", a country."""
    if not any(token.kind is Kind.NUMBER for token in pairing.said):
        return
    for place, (token, noun) in enumerate(zip(pairing.quote, pairing.quote[1:], strict=False)):
        narrows = token.claims and not token.lent and noun.claims and not _joins(token)
        once = sum(other.key == noun.key and not other.lent for other in pairing.quote) == 1
        if narrows and once and place not in pairing.told and place + 1 in pairing.told:
            yield f"leaves out “{token.text}” before “{noun.text}”"


def _joins(token: Token) -> bool:
    """Whether a word is no adjective or noun by its form: a preposition, an irregular past."""
    word = token.text.lower()
    return word in english.TELLING or word in english.IRREGULAR


def _runs_lent(pairing: Pairing) -> Iterator[tuple[int, int]]:
    """Where the statement has words that headings alone lend, side by side."""
    start = None
    for i, token in enumerate((*pairing.said, None)):
        lent = token is not None and token.claims and pairing.is_lent(i)
        passing = token is not None and not lent and token.kind not in _WEIGHTY
        if lent and start is None:
            start = i
        elif start is not None and not lent and not passing:
            yield start, i
            start = None


def _untold(pairing: Pairing, low: int, high: int) -> list[str]:
    """The quote's own words between two places that the statement leaves out; a label before them is none."""
    inside = [i for i in range(low + 1, min(high, len(pairing.quote))) if not pairing.quote[i].lent]
    label = max((i + 1 for i in inside if pairing.quote[i].key == ":" and high < len(pairing.quote)), default=0)
    return [pairing.quote[i].text for i in inside if i >= label and pairing.quote[i].claims and i not in pairing.told]


def _opposed(pairing: Pairing) -> Iterator[str]:
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
        return token.kind is other.kind and token.sign == other.sign and _is_year(token) == _is_year(other)
    if token.key in UNITS and other.key in UNITS:
        return True
    return token.text[:1].isalpha() and english.contrary(_compared(token), _compared(other))


def _own_places(pairing: Pairing, places: Sequence[int]) -> list[int]:
    return [place for place in places if not pairing.quote[place].lent]


# --- numbers ---------------------------------------------------------------------------------------------------------


def _numbers(pairing: Pairing) -> Iterator[str]:
    """Every number stands in the quote itself, of the same money or share, the same unit, bounded alike."""
    for position, token in enumerate(pairing.said):
        if token.kind is not Kind.NUMBER:
            continue
        spelled = pairing.beside if token.text.isalpha() else frozenset()
        places = [p for p in pairing.places[position] if not pairing.quote[p].lent or p in spelled]
        if not any(_same_figure(pairing, position, place) for place in places):
            yield f"number {token.text} is not in the quotes" + (" like this" if places else "")


def _bounds(pairing: Pairing) -> Iterator[str]:
    """A bound before a number in words ("at least one of these") is the quote's."""
    there = {token.key for token in pairing.quote if token.kind is Kind.BOUND}
    for token, following in zip(pairing.said, pairing.said[1:], strict=False):
        worded = token.kind is Kind.BOUND and token.key in ("atleast", "atmost") and following.kind is not Kind.NUMBER
        if worded and token.key not in there:
            yield "bounds what the quote does not bound like this"


def _same_figure(pairing: Pairing, position: int, place: int) -> bool:
    said, quote = pairing.said, pairing.quote
    if _sign(said, position) != _sign(quote, place):
        return False
    units = _unit(said, position), _unit(quote, place)
    if all(units) and units[0] != units[1]:
        return False
    bounds = _bound(said, position), _bound(quote, place)
    partner = _range(quote, place)
    if partner is None or any(partner in places for places in pairing.places):
        return bounds[0] == bounds[1]
    return bounds[0] == ("atleast" if partner > place else "atmost")


def _sign(tokens: Sequence[Token], position: int) -> str:
    """A number's currency or `%`, which a range may state once."""
    partner = _range(tokens, position)
    return tokens[position].sign or (tokens[partner].sign if partner else "")


def _range(tokens: Sequence[Token], position: int) -> int | None:
    """The other end of the range that a number is one end of."""
    for step in (2, -2):
        other = position + step
        if 0 <= other < len(tokens) and tokens[other].kind is Kind.NUMBER:
            joint = tokens[position + step // 2].key
            if _is_year(tokens[other]) != _is_year(tokens[position]):
                return None
            if joint == "to" or (joint == "or" and tokens[other].sign == tokens[position].sign):
                return other
    return None


def _is_year(token: Token) -> bool:
    return not token.sign and len(token.key) == 4 and token.key[:2] in ("19", "20") and token.text == token.key


def _unit(tokens: Sequence[Token], position: int) -> str | None:
    """The unit behind a number, or behind the range that it opens."""
    partner = _range(tokens, position)
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


# --- denial, strength, extent ------------------------------------------------------------------------------------------


def _denials(pairing: Pairing) -> Iterator[str]:
    """Each denial of the one is one of the other, on the same words."""
    said, quote = _at(pairing.said, Kind.NEGATION), _at(pairing.quote, Kind.NEGATION)
    pairs = sorted((gap, i, j) for i in said for j in quote if (gap := _apart(pairing, i, j)) is not None)
    paired_said: set[int] = set()
    paired_quote: set[int] = set()
    for _, i, j in pairs:
        if i not in paired_said and j not in paired_quote:
            paired_said.add(i)
            paired_quote.add(j)
    if set(said) - paired_said:
        yield "denies what the quote does not deny"
    for j in quote:
        if j not in paired_quote and not pairing.quote[j].lent and _tells_denied(pairing, j, said):
            yield "says without its denial what the quote denies"


def _apart(pairing: Pairing, said: int, quote: int) -> int | None:
    """How far from two denials the first word stands that both deny; None where there is none."""
    scopes = _scope(pairing.said, said), _scope(pairing.quote, quote)
    found = [
        a + b
        for a, i in enumerate(scopes[0])
        for b, j in enumerate(scopes[1])
        if same(pairing.said[i], pairing.quote[j])
    ]
    return min(found, default=None)


def _tells_denied(pairing: Pairing, quote: int, said: Sequence[int]) -> bool:
    """Whether the statement tells what a denial of the quote denies; one denial may reach several ("no … or …")."""
    scope = [i for i in _scope(pairing.quote, quote)[:3] if pairing.quote[i].kind is not Kind.NUMBER]
    told = [i for i in scope if i in pairing.told]
    if not told or 2 * len(told) < len(scope):
        return False
    reached = [i for j in said for i in _scope(pairing.said, j)[1:]]
    joined = any(pairing.said[i - 1].key in ("or", "nor", "and") for i in reached if i)
    return not (joined and any(same(pairing.said[i], pairing.quote[scope[0]]) for i in reached))


def _at(tokens: Sequence[Token], kind: Kind) -> list[int]:
    return [i for i, token in enumerate(tokens) if token.kind is kind and not _discourse(tokens, i)]


def _discourse(tokens: Sequence[Token], position: int) -> bool:
    """Whether it is no denial of its own: the "No," that answers a question, the "nor" that carries one on."""
    following = tokens[position + 1 : position + 2]
    if tokens[position].text.lower() == "nor":
        return any(token.kind is Kind.NEGATION for token in tokens[max(0, position - 8) : position])
    return tokens[position].text.lower() == "no" and bool(following) and following[0].key == ","


def _scope(tokens: Sequence[Token], position: int) -> list[int]:
    """The weighty words after a denial, up to the end of its part; those before it where none follow."""
    found: list[int] = []
    for i in range(position + 1, len(tokens)):
        if tokens[i].key in _ENDS or len(found) == _SCOPE:
            break
        if tokens[i].kind in _WEIGHTY:
            found.append(i)
    if found:
        return found
    before = [i for i in range(position) if tokens[i].kind in _WEIGHTY]
    return before[-3:][::-1]


_ENDS = frozenset((".", ";", ":", "!", "?", "\n", "|", "but", "—", "–"))
_STRONG = ("must", "should", "may")


def _strengths(pairing: Pairing) -> Iterator[str]:
    """Nothing is said more strongly, or more weakly, than in the quote."""
    own = [
        token.key
        for i, token in enumerate(pairing.quote)
        if token.kind is Kind.STRENGTH and (not token.lent or i in pairing.beside)
    ]
    lent = [token.key for token in pairing.quote if token.kind is Kind.STRENGTH and token.lent]
    said = [token.key for token in pairing.said if token.kind is Kind.STRENGTH]
    label = any(token.key == ":" for token in pairing.own) or not any(token.text == "." for token in pairing.own)
    for token in pairing.said:
        if token.kind is not Kind.STRENGTH or token.key not in _STRONG:
            continue
        loosely = token.key == "must" and ("must" in lent or label) and not {"should", "may"} & set(own)
        replaces = said.count(token.key) > own.count(token.key) and any(
            said.count(other) < own.count(other) for other in _STRONG if other != token.key
        )
        if (token.key not in own and not loosely) or replaces:
            yield f"“{token.text}” is not in the quote"
    softening = {"may", "should", "some", "many", "most", "few"}
    if said.count("may") >= own.count("may") or softening & (
        {token.key for token in pairing.said} - {token.key for token in pairing.own}
    ):
        return
    for position, token in enumerate(pairing.quote):
        if not token.lent and token.kind is Kind.STRENGTH and token.key == "may" and _next_is_told(pairing, position):
            yield f"the quote says “{token.text}”"


def _extents(pairing: Pairing) -> Iterator[str]:
    """Nothing is said of more, or more often, than in the quote."""
    there = {token.key for token in pairing.quote if token.kind is Kind.EXTENT}
    said = {token.key for token in pairing.said if token.kind is Kind.EXTENT}
    for token in pairing.said:
        if token.kind is Kind.EXTENT and token.key not in there:
            yield f"“{token.text}” is not in the quote"
    for position, token in enumerate(pairing.quote):
        if token.lent or token.kind is not Kind.EXTENT or token.key in said or token.key == "all":
            continue
        if _next_is_told(pairing, position):
            yield f"the quote says “{token.text}”"


def _conditions(pairing: Pairing) -> Iterator[str]:
    """What the quote says on a condition is not said without it."""
    softened = any(token.key in ("may", "should") and token.kind is Kind.STRENGTH for token in pairing.said)
    for position, token in enumerate(pairing.quote):
        word = token.text.lower()
        if token.lent or word not in _CONDITIONS or (word == "if" and softened):
            continue
        before, after = _around(pairing.quote, position)
        if before and set(before) <= pairing.told and after and not set(after) & pairing.told:
            yield f"leaves out “{token.text} {pairing.quote[after[0]].text}”"


_CONDITIONS = frozenset("if unless except only solely exclusively provided until".split())


def _around(quote: Sequence[Token], position: int) -> tuple[list[int], list[int]]:
    """The word before a place and the three after it, within one sentence."""
    before: list[int] = []
    for i in range(position - 1, -1, -1):
        if quote[i].key in _ENDS or before:
            break
        if quote[i].kind in _WEIGHTY:
            before.append(i)
    after: list[int] = []
    for i in range(position + 1, len(quote)):
        if quote[i].key in _ENDS or len(after) == 3:
            break
        if quote[i].kind in _WEIGHTY:
            after.append(i)
    return before, after


def _next_is_told(pairing: Pairing, position: int) -> bool:
    """Whether the statement tells what a word of the quote stands before."""
    for i in range(position + 1, min(position + 4, len(pairing.quote))):
        if pairing.quote[i].kind is Kind.STOP:
            return False
        if pairing.quote[i].kind in _WEIGHTY:
            return i in pairing.told
    return False


# --- what belongs to what ---------------------------------------------------------------------------------------------


def _bindings(pairing: Pairing) -> Iterator[str]:
    """A number, a name or a strength stands with the words that it stands with in the quote, not with its rival's."""
    for position, token in enumerate(pairing.said):
        places = _own_places(pairing, pairing.places[position])
        if token.kind not in (Kind.NUMBER, Kind.NAME, Kind.STRENGTH) or not places:
            continue
        rivals = [i for i in range(len(pairing.quote)) if _rival(pairing, i, places)]
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
        alike = _sign(quote, places[0]) == _sign(quote, other) and _is_year(token) == _is_year(rival)
        return alike and _range(quote, other) not in places
    if token.kind is Kind.NAME:
        return (
            token.text.isupper()
            and rival.text.isupper()
            and all(_distance(quote, other, place) > 1 for place in places)
        )
    return token.kind is Kind.STRENGTH


def _vote(pairing: Pairing, position: int, places: Sequence[int], rivals: Sequence[int]) -> float:
    """Whether its neighbours in the statement stand nearer to it in the quote (above 0) or to a rival (below 0)."""
    vote = 0.0
    contested = {*places, *rivals}
    for i, near in _neighbours(pairing.said, position):
        spots = [s for s in _own_places(pairing, pairing.places[i]) if s not in contested]
        if not spots:
            continue
        to_it = min(_distance(pairing.quote, s, p) for s in spots for p in places)
        to_rival = min(_distance(pairing.quote, s, r) for s in spots for r in rivals)
        if abs(to_it - to_rival) > 0.5:
            vote += (1 if to_it < to_rival else -1) / near
    return vote


def _neighbours(tokens: Sequence[Token], position: int) -> Iterator[tuple[int, float]]:
    for i, token in enumerate(tokens):
        if i != position and token.kind in (Kind.WORD, Kind.NAME, Kind.NUMBER):
            near = _distance(tokens, i, position)
            if near <= _REACH:
                yield i, near


def _distance(tokens: Sequence[Token], one: int, other: int) -> float:
    """Words between two places, plus what stands between them to part them."""
    low, high = min(one, other), max(one, other)
    return 1 + sum(_PARTS.get(token.key, 1.0 if token.kind in _WEIGHTY else 0.0) for token in tokens[low + 1 : high])


_PARTS = {
    **dict.fromkeys((",", "and", "or", "to", "than", "(", ")"), 2.0),
    **dict.fromkeys((".", ";", ":", "\n", "|", "while", "but", "whereas", "–", "—"), 4.0),
}


def _orders(pairing: Pairing) -> Iterator[str]:
    """The sides of a comparison, a sequence, a deed have not changed places."""
    if not pairing.ordered:
        return
    spots = [
        (i, _own_places(pairing, pairing.places[i]))
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


def _exchanges(pairing: Pairing) -> Iterator[str]:
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
        and len(places := _own_places(pairing, pairing.places[i])) == 1
    ]
    order = sorted(place for _, place in found)
    wrong = [pair for pair, place in zip(found, order, strict=True) if pair[1] != place]
    if len(wrong) == 2:
        (a, at_a), (b, at_b) = wrong
        yield a, b, at_a, at_b


def _swapped_in_whole(pairing: Pairing) -> Iterator[tuple[int, int, int, int]]:
    """Where the statement has each word of the quote, and all but two at the quote's own places."""
    said = [i for i, token in enumerate(pairing.said) if token.kind in _WEIGHTY]
    quote = [i for i, token in enumerate(pairing.quote) if token.kind in _WEIGHTY and not token.lent]
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
    return bool(joints) and sum(token.kind in _WEIGHTY for token in between) <= len(joints)


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
            if crossed > kept and _shared(pairing, said[0], quote[1]) and _shared(pairing, said[1], quote[0]):
                yield f"the sides of “{token.text}” have changed places"


def _reasons(pairing: Pairing) -> Iterator[str]:
    """No "because" is put between what the quote only says side by side."""
    why = {"because", "since", "as", "so", "why", "reason", "reasons", "due", "therefore", "thus", "hence"}
    said = {t.text.lower() for t in pairing.said}
    if "because" in said and not why & {t.text.lower() for t in pairing.quote}:
        yield "“because” is not in the quote"


def _shared(pairing: Pairing, said: Sequence[int], quote: Sequence[int]) -> int:
    return sum(any(place in quote for place in pairing.places[i]) for i in said)


def _sides(tokens: Sequence[Token], pivot: int) -> tuple[list[int], list[int]]:
    """The words that a pivot stands between; where it opens a sentence, its own side ends at the comma."""
    start = max((i + 1 for i in range(pivot) if tokens[i].key in _ENDS), default=0)
    end = next((i for i in range(pivot, len(tokens)) if tokens[i].key in _ENDS), len(tokens))
    before = [i for i in range(start, pivot) if tokens[i].kind in _WEIGHTY]
    after = [i for i in range(pivot + 1, end) if tokens[i].kind in _WEIGHTY]
    if before:
        return before, after
    comma = next((i for i in range(pivot, end) if tokens[i].key == ","), end)
    return [i for i in after if i > comma], [i for i in after if i < comma]


def stands_apart(pairing: Pairing) -> bool:
    """Whether a clause says of another subject what the quote says of its own: its opening words are left out."""
    first = next((i for i, places in enumerate(pairing.places) if _own_places(pairing, places)), None)
    return first is None or bool(_untold(pairing, -1, min(_own_places(pairing, pairing.places[first]))))


def opposed(pairing: Pairing) -> bool:
    """Whether a word stands where the quote has its opposite."""
    return any(True for _ in _opposed(pairing))


CHECKS: tuple[Callable[[Pairing], Iterator[str]], ...] = (
    _numbers,
    _bounds,
    _words,
    _subject,
    _lent,
    _qualifiers,
    _opposed,
    _denials,
    _strengths,
    _extents,
    _conditions,
    _bindings,
    _orders,
    _exchanges,
    _reasons,
)
