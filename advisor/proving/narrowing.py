"""What narrows the thing that a sentence speaks of is not left out: "nurses who work in hospitals" are not all nurses.

What is said of a few things holds of no more of them; what narrows an object ("a licence for heavy vehicles") may be left
out, for who needs such a licence needs a licence. So these checks look at the noun that opens a clause, and at the one
that does what an infinitive says ("requires new workers to …").
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from .. import english
from ..claims import Kind, Token
from .alignment import gaps
from .numbers import is_year, sign_of
from .pairing import ENDS, WEIGHTY, Pairing, own_places, same
from .words import listed_with

_LONGEST = 4
"""Weighty words of a noun that opens a clause ("experienced hospital inpatient coders")."""
_RELATIVE = frozenset("who whom whose that which where".split())
_WHO = frozenset("who that which".split())
_OTHER = frozenset("other others another".split())
_PREPOSITIONS = frozenset(
    "in with without of from at on for to under between among within outside about across".split()
)
_OPENERS = frozenset("that although though while whereas and but because".split())
"""Words behind which a clause begins."""


def relatives(pairing: Pairing) -> Iterator[str]:
    """The relative clause of a subject is told with it."""
    for a, _, untold in gaps(pairing):
        opener = pairing.quote[a + 1].text.lower()
        if opener in _RELATIVE and _ends_subject(pairing, a, _RELATIVE | {"for", "of"}):
            yield f"leaves out “{opener} … {pairing.quote[untold[0]].text}”"
    taken = {place for _, place in pairing.aligned}
    for (_, a), (_, b) in pairwise(pairing.aligned):
        inside = [i for i in range(a + 2, b) if pairing.quote[i].kind in WEIGHTY]
        if not inside or taken & set(inside) or pairing.quote[a + 1].text.lower() not in ("who", "that"):
            continue
        end = b + 2 if pairing.quote[b].text.lower() in english.TELLING else b
        if any(map(_opens_verb, pairing.quote[inside[-1] + 1 : end])) and _ends_subject(pairing, a):
            yield f"leaves out “{pairing.quote[a + 1].text} … {pairing.quote[inside[0]].text}”"


def phrases(pairing: Pairing) -> Iterator[str]:
    """A phrase behind a subject ("teachers in public schools") is told with it, unless the guide's title says it."""
    quote = pairing.quote
    for a, b, untold in gaps(pairing):
        opener = quote[a + 1].text.lower()
        first = next((i for i in range(a + 2, b) if quote[i].kind in WEIGHTY), None)
        listed = quote[b - 1].key in (",", "and", "or")
        figures = all(quote[i].kind is Kind.NUMBER for i in untold)
        owner = opener == "of" and all(quote[i].kind is Kind.NAME for i in untold)
        known = owner or _known(pairing, untold, opener == "in")
        if opener not in _PREPOSITIONS or first not in untold or listed or figures or known:
            continue
        infinitive = untold[-1] + 1 < b and quote[untold[-1] + 1].text.lower() == "to"
        verb = any(map(_opens_verb, quote[untold[-1] + 1 : b + 1]))
        if (_ends_subject(pairing, a) and verb) or (infinitive and opener != "to"):
            yield f"leaves out “{opener} {quote[untold[0]].text}”"


def heads(pairing: Pairing) -> Iterator[str]:
    """A subject keeps the word right before its noun ("entry-level workers"), unless the guide's title says it."""
    quote = pairing.quote
    title = _title(quote)
    for i, place in _left_bare(pairing):
        narrow = quote[place - 1]
        denied = place > 1 and quote[place - 2].kind is Kind.NEGATION
        if narrow.kind is Kind.NAME and listed_with(pairing, place - 1):
            continue
        if (narrow.key in title and not denied) or narrow.text.lower() in english.TELLING:
            continue
        acts = quote[place].kind is Kind.WORD and _acts(quote, place)
        begins = _begins(quote, place - 1) and _begins(pairing.said, i)
        if begins or acts or _in_scope(quote, place) or _inside_subject(quote, place):
            yield f"leaves out “{narrow.text}” before “{quote[place].text}”"


def _left_bare(pairing: Pairing) -> Iterator[tuple[int, int]]:
    """Where a noun is said, and where the quote has it, without the word right before it that narrows it there."""
    for i, place in pairing.aligned:
        narrow = pairing.quote[place - 1]
        narrows = place > 0 and not narrow.lent and narrow.claims and pairing.quote[place].claims
        if narrows and not _told_beside(pairing, i, place - 1):
            yield i, place


def _told_beside(pairing: Pairing, position: int, narrow: int) -> bool:
    """Whether a word is told beside the noun that it narrows; or anywhere, where the quote says it no more often."""
    key = pairing.quote[narrow].key
    near = any(same(token, pairing.quote[narrow]) for token in pairing.said[max(0, position - 3) : position + 3])
    said, own = (sum(token.key == key for token in tokens) for tokens in (pairing.said, pairing.own))
    return near or (narrow in pairing.told and said >= own)


def _acts(quote: tuple[Token, ...], place: int) -> bool:
    """Whether a noun, or the one that it is joined with, does what an infinitive says ("allow climbers and drivers to …")."""
    joined = place + 2 if quote[place + 1 : place + 2] and quote[place + 1].key in ("and", "or") else place
    return bool(quote[joined + 1 : joined + 2]) and quote[joined + 1].key == "to"


def uniques(pairing: Pairing) -> Iterator[str]:
    """Of the only one of its kind all that tells the kind is told: "the only one that it recognises at home" is not the only one."""
    quote = pairing.quote
    only = next((p for i, p in pairing.aligned if quote[p].key == "only" == pairing.said[i].key), None)
    for a, b, untold in gaps(pairing) if only is not None else ():
        sentence = not any(token.kind is Kind.STOP and token.key != "," for token in quote[only or 0 : b])
        if a >= (only or 0) and sentence and not _known(pairing, untold, place=False):
            yield f"leaves out “{quote[untold[0]].text}” behind “only”"


def qualified(pairing: Pairing) -> Iterator[str]:
    """A thing that someone has to approve ("a course accredited by the guild") is told with who does."""
    quote = pairing.quote
    for _, place in pairing.aligned[-1:]:
        behind = quote[place + 1 : place + 3]
        if len(behind) == 2 and behind[0].claims and behind[0].text.lower().endswith("ed") and behind[1].key == "by":
            yield f"leaves out “{behind[0].text} by”"


def others(pairing: Pairing) -> Iterator[str]:
    """What is said of other things ("Other kinds of coders …") is not said of all of them."""
    own = [token for token in pairing.quote if not token.lent]
    opener = next((token for token in own if token.kind is not Kind.EXTENT and token.text.lower() != "the"), None)
    if opener is None or opener.text.lower() not in _OTHER or any(t.text.lower() in _OTHER for t in pairing.said):
        return
    yield f"leaves out “{opener.text}”"


def defined(pairing: Pairing) -> Iterator[str]:
    """What tells one kind of a thing from the others ("X are coders who …") is not said of all of them."""
    quote = pairing.quote
    for i, place in pairing.aligned[:1]:
        if (
            not _begins(pairing.said, i)
            or quote[place + 1 : place + 2] == ()
            or quote[place + 1].text.lower() not in _WHO
        ):
            continue
        link = next((k for k in range(place - 1, -1, -1) if quote[k].text.lower() in english.BE), None)
        between = quote[link + 1 : place] if link is not None else quote
        plain = all(token.claims or token.text.lower() in ("a", "an") for token in between)  # "the" one is the only one
        if link and plain and any(token.kind in WEIGHTY and not token.lent for token in quote[:link]):
            yield f"says of all “{pairing.said[i].text}” what the quote says of some"


def denied(pairing: Pairing) -> Iterator[str]:
    """What is denied of a narrow thing is not denied of a wider one ("no particular degree" is not "no degree")."""
    quote = pairing.quote
    if not any(token.kind is Kind.NEGATION for token in pairing.said):
        return
    for _, place in _left_bare(pairing):
        narrow = quote[place - 1]
        before = next((k for k in range(place - 1, -1, -1) if quote[k].kind in (Kind.NEGATION, Kind.STOP)), None)
        if before is not None and quote[before].kind is Kind.NEGATION and narrow.text.lower() not in english.TELLING:
            yield f"leaves out “{narrow.text}” before “{quote[place].text}”"


def distributed(pairing: Pairing) -> Iterator[str]:
    """Of two figures that hold of one thing each ("90% in the one paper and 70% in the other"), one is told with its own."""
    for position, token in enumerate(pairing.said):
        places = own_places(pairing, pairing.places[position])
        if token.kind is not Kind.NUMBER or is_year(token) or len(places) != 1:
            continue
        phrase = _phrase_behind(pairing, places[0])
        rivals = [i for i in range(len(pairing.quote)) if i != places[0] and _same_kind(pairing.quote, i, places[0])]
        if phrase and not pairing.told & set(phrase) and any(_phrase_behind(pairing, i) for i in rivals):
            yield f"leaves out “{pairing.quote[phrase[0]].text}”, for which “{token.text}” is"


def _same_kind(quote: tuple[Token, ...], one: int, other: int) -> bool:
    kinds = quote[one].kind is Kind.NUMBER and not quote[one].lent and not is_year(quote[one])
    return kinds and bool(quote[one].sign) and sign_of(quote, one) == sign_of(quote, other)


def _phrase_behind(pairing: Pairing, place: int) -> list[int]:
    """The weighty words of the phrase right behind a figure ("90% in the practical paper"); years are no such phrase."""
    quote = pairing.quote
    if place + 1 >= len(quote) or quote[place + 1].text.lower() not in ("in", "for", "of", "on"):
        return []
    found: list[int] = []
    for i in range(place + 2, len(quote)):
        if quote[i].key in ENDS or quote[i].key in (",", "and", "or") or quote[i].kind is Kind.NUMBER:
            break
        if quote[i].kind in WEIGHTY:
            found.append(i)
    return found


def _known(pairing: Pairing, untold: list[int], place: bool) -> bool:
    """Whether words go without saying: the guide's title says them and no other name, or they name a place and no figure is of it."""
    title = _title(pairing.quote)
    keys = {pairing.quote[i].key for i in untold}
    names = {pairing.quote[i].key for i in untold if pairing.quote[i].kind is Kind.NAME}
    others = {t.key for t in pairing.quote if t.lent and t.kind is Kind.NAME and t.key in title} - keys
    if place and names & title and others:
        return False
    figures = any(token.kind is Kind.NUMBER for token in pairing.said)
    return keys <= title or (keys == names and not figures)


def _title(quote: tuple[Token, ...]) -> frozenset[str]:
    """The words of the first heading above a quote: what the whole guide is about."""
    end = next((i for i, token in enumerate(quote) if not token.lent or token.key == ";"), len(quote))
    return frozenset(token.key for token in quote[:end])


def _ends_subject(pairing: Pairing, place: int, within: frozenset[str] = frozenset()) -> bool:
    """Whether a place of the quote ends the noun that opens a clause, and the clause speaks not of some of it only."""
    words = 0
    for i in range(place, -1, -1):
        token = pairing.quote[i]
        if token.lent or token.kind is Kind.STOP or token.text.lower() in _OPENERS:
            break
        if token.text.lower() in (_PREPOSITIONS | _RELATIVE) - within or token.text.lower() in english.AUXILIARIES:
            return False
        if token.kind is Kind.EXTENT and token.key in ("some", "few"):
            return False
        words += token.kind in WEIGHTY
    return words <= _LONGEST


def _begins(tokens: tuple[Token, ...], place: int) -> bool:
    """Whether a clause begins at a place, articles and extents aside, and speaks not of some of it only."""
    for i in range(place - 1, -1, -1):
        token = tokens[i]
        if token.lent or token.text.lower() in _OPENERS or (token.kind is Kind.STOP and token.key != ","):
            return True
        if token.key == ",":
            first = next(j for j, t in enumerate(tokens) if not t.lent)
            return tokens[first].text.lower() in english.SCOPES or tokens[first].text.lower() in english.CONDITIONS
        if token.kind is Kind.EXTENT and token.key in ("some", "few"):
            return False
        stacked = token.claims and (i == place - 1 or tokens[i + 1].claims or tokens[i + 1].key in ("-", "and", "or"))
        if stacked or token.key in ("-", "and", "or"):
            continue  # a word of the same noun
        if token.kind not in (Kind.EXTENT, Kind.NEGATION) and token.key not in ("the", "a", "an", "of", "these", "its"):
            return False
    return True


def _in_scope(quote: tuple[Token, ...], place: int) -> bool:
    """Whether a noun stands in the phrase that opens a sentence ("At smaller stations, …")."""
    first = next((i for i, token in enumerate(quote) if not token.lent), len(quote))
    comma = next((i for i in range(first, len(quote)) if quote[i].kind is Kind.STOP), first)
    opens = first < len(quote) and quote[first].text.lower() in english.SCOPES
    return opens and first < place < comma and quote[comma].key == ","


def _inside_subject(quote: tuple[Token, ...], place: int) -> bool:
    """Whether a noun stands inside the subject of a clause, behind its head: "drivers of heavy vans need", "who drive heavy vans need"."""
    ends = any(map(_opens_verb, quote[place + 1 : place + 3]))
    inside = False
    for i in range(place - 2, -1, -1) if ends else ():
        token = quote[i]
        word = token.text.lower()
        if (
            token.lent
            or token.kind is Kind.STOP
            or word in _OPENERS
            or (word == "that" and inside and not quote[i - 1].claims)
        ):
            return inside
        if word in english.AUXILIARIES or token.kind in (Kind.STRENGTH, Kind.NEGATION) or token.key in ("some", "few"):
            return False
        inside = inside or word in _PREPOSITIONS or word in _WHO
    return inside


def _opens_verb(token: Token) -> bool:
    word = token.text.lower()
    return token.kind in (Kind.STRENGTH, Kind.EXTENT) or word in english.AUXILIARIES or word in english.LIGHT_VERBS
