"""Who does what to whom: what stands on the two sides of a verb, a joint or a comparison stays there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .. import english
from ..claims import Kind, Token
from .alignment import weighty
from .pairing import ENDS, Pairing, groups_of, own_places

_LIST = frozenset((",", "and", "or", "/"))
_TURNING = frozenset("by of is are was were be for to in from with , and or ; : that which who".split())
"""Words by which the order of two words changes while their parts do not ("A trains B", "B is trained by A")."""


def crosses(pairing: Pairing) -> Iterator[str]:
    """Two words have not exchanged what follows them: "A from B or C from D" is not "A from D or C from B"."""
    along = pairing.aligned
    order = sorted(place for _, place in along)
    if len(set(order)) != len(order) or not pairing.ordered or _by(pairing.said) != _by(pairing.own):
        return
    after = dict(pairwise(order))
    before = {b: a for a, b in after.items()}
    told = {(a, b) for (_, a), (_, b) in pairwise(along)}
    for (i, one), (j, other) in pairwise(along):
        due, owner = after.get(one), before.get(other)
        if due is None or owner is None or due == other or (owner, due) not in told:
            continue
        if not {token.key for token in pairing.said[i:j]} & _LIST:
            yield f"“{pairing.quote[due].text}” and “{pairing.quote[other].text}” have changed places"
            return


def inversions(pairing: Pairing) -> Iterator[str]:
    """What stands before a verb and what stands behind it have not changed places; light verbs ("make", "have") count."""
    spots = list(_single(pairing))
    for (a, at_a), (_, at_verb), (b, at_b) in zip(spots, spots[1:], spots[2:], strict=False):
        between = {t.text.lower() for t in pairing.said[a:b]} ^ {t.text.lower() for t in pairing.quote[at_b:at_a]}
        if at_b < at_verb < at_a and not between & _TURNING:
            yield f"“{pairing.said[a].text}” and “{pairing.said[b].text}” have changed places"


def rotations(pairing: Pairing) -> Iterator[str]:
    """What opens the statement is not what stands last in the quote, behind the same verb: "A works for B", "B works for A"."""
    along = pairing.aligned
    if len(along) < _THREE or not pairing.ordered or pairing.beside:
        return
    (first, at_first), (last, at_last) = along[0], along[-1]
    if not opens_clause(pairing.said, first) or not at_last < at_first:
        return
    if pairing.said[first].kind not in (Kind.WORD, Kind.NAME) or pairing.said[last].kind not in (Kind.WORD, Kind.NAME):
        return
    for i, place in along[1:-1]:
        behind = any(token.text.lower() in english.RELATIONS for token in pairing.quote[place:at_first])
        if at_last < place < at_first and behind and _voice(pairing.said, i) == _voice(pairing.quote, place):
            yield f"“{pairing.said[first].text}” and “{pairing.said[last].text}” have changed places"
            return


_THREE = 3


def _voice(tokens: Sequence[Token], place: int) -> bool:
    return any(token.text.lower() in english.BE for token in tokens[max(0, place - 2) : place])


def opens_clause(tokens: Sequence[Token], place: int) -> bool:
    """Whether nothing but articles and extents stands before a place."""
    return all(token.kind is Kind.EXTENT or token.text.lower() in ("the", "a", "an") for token in tokens[:place])


def owners(pairing: Pairing) -> Iterator[str]:
    """What a clause inside the quote says of its own subject ("centers where clients live") is not said of another."""
    quote = pairing.quote
    after = dict(pairwise(weighty(pairing.said)))
    for (i, a), (j, b) in pairwise(pairing.aligned):
        opener = next((k for k in range(b - 1, a, -1) if quote[k].text.lower() in english.SUBORDINATORS), None)
        if after.get(i) != j or opener is None or opener == a + 1:
            continue
        if {token.key for token in pairing.said[i:j]} & (
            _LIST | {"that", "who", "which", "where", "because", "if", "when"}
        ):
            continue
        if any(opener < place < b for place in pairing.places[i]):
            continue
        own = [k for k in weighty(quote[:b]) if k > opener and quote[k].claims]
        if not own and quote[opener].text.lower() in ("who", "which", "that"):
            own = [k for k in weighty(quote[:opener]) if k > a][-1:]
            turn = max(
                (k for k in range(a, opener) if quote[k].text.lower() in english.SUBORDINATORS | _TURNS), default=a
            )
            if any(token.text.lower() in english.BE for token in quote[turn:opener]):
                continue
        told = {place for k, place in pairing.aligned if k < j}
        if own and not told & set(own) and quote[b].kind is Kind.WORD:
            yield f"the quote says it of “{quote[own[0]].text}”"


def participles(pairing: Pairing) -> Iterator[str]:
    """Whom a participle behind a noun is said of ("programs accredited by it") keeps it: "who are accredited by it" is another."""
    quote, along = pairing.quote, pairing.aligned
    for (i, a), (j, b) in pairwise(along):
        behind = b and quote[b - 1].claims and not quote[b - 1].text.lower().endswith("ly")
        if not behind or not quote[b].text.lower().endswith("ed") or a == b - 1 or b - 1 in pairing.told:
            continue
        if pairing.said[j - 1].text.lower() in english.BE and j - i <= _WIDEST:
            yield f"the quote says it of “{quote[b - 1].text}”"


def helpers(pairing: Pairing) -> Iterator[str]:
    """Who helps to do something is not told to do it."""
    helps = groups_of(Token("help", "help", Kind.WORD))
    for _, place in pairing.aligned:
        if place < 2 or pairing.quote[place - 1].key != "to" or pairing.quote[place].kind is not Kind.WORD:
            continue
        helper = pairing.quote[place - 2]
        if groups_of(helper) & helps and place - 2 not in pairing.told and not helper.lent:
            yield f"leaves out “{helper.text}”"


_TURNS = frozenset((",", ";", "—", "–", ":", "."))


def _single(pairing: Pairing) -> Iterator[tuple[int, int]]:
    """The words and light verbs that the quote has in one place, with it."""
    for i, token in enumerate(pairing.said):
        if token.kind in (Kind.WORD, Kind.NAME):
            places = own_places(pairing, pairing.places[i])
        elif token.text.lower() in english.LIGHT_VERBS:
            key = english.key_of(token.text)
            places = [p for p, t in enumerate(pairing.quote) if not t.lent and english.key_of(t.text) == key]
        else:
            continue
        if len(places) == 1:
            yield i, places[0]


def doers(pairing: Pairing) -> Iterator[str]:
    """Who may, must or should do something is who it is in the quote, where the statement names both."""
    for i, place in pairing.aligned:
        said, quote = _doer(pairing.said, i), _doer(pairing.quote, place)
        if said is None or quote is None or quote not in pairing.told:
            continue
        places = pairing.places[said]
        if places and all(not pairing.quote[p].lent and abs(p - quote) > 2 for p in places):
            yield f"the quote says it of “{pairing.quote[quote].text}”"


def _doer(tokens: Sequence[Token], verb: int) -> int | None:
    """The word right before a verb's "may", "must" or "will"."""
    modal = False
    for i in range(verb - 1, -1, -1):
        word = tokens[i].text.lower()
        if word in english.MODALS:
            modal = True
        elif tokens[i].kind not in (Kind.STRENGTH, Kind.EXTENT) and word not in ("not", "also"):
            return i if modal and tokens[i].claims else None
    return None


def done_to(pairing: Pairing) -> Iterator[str]:
    """Who is to be dealt with is not told to deal with it: "must be certified in it" is not "must certify it"."""
    for i, place in pairing.aligned:
        verb = pairing.said[i]
        before = pairing.said[i - 1] if i else verb
        if not (before.key == "to" or before.kind is Kind.STRENGTH) or verb.text.lower().endswith("ed"):
            continue
        passive = (
            pairing.quote[place].text.lower().endswith("ed") and pairing.quote[place - 1].text.lower() in english.BE
        )
        following = next((j for j in weighty(pairing.said) if j > i), None)
        if not passive or following is None or following - i > 3:
            continue
        straight = not {token.text.lower() for token in pairing.said[i + 1 : following]} & english.RELATIONS.keys()
        places = own_places(pairing, pairing.places[following])
        if straight and places and all(p > place for p in places):
            yield f"“{verb.text} {pairing.said[following].text}” is not what the quote says"


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


def compared(pairing: Pairing) -> Iterator[str]:
    """What something is compared with is what it is in the quote: "than A with B" is not "than B"."""
    said, quote = (_behind_than(tokens) for tokens in (pairing.said, pairing.quote))
    if len(said) != 1 or len(quote) != 1:
        return
    due = next(iter(quote[0]), None)
    if due is not None and due in pairing.told and not any(due in pairing.places[i] for i in said[0]):
        yield f"the quote says “than {pairing.quote[due].text}”"


def _behind_than(tokens: Sequence[Token]) -> list[list[int]]:
    """For each "than", the weighty words behind it in its sentence."""
    found = []
    for i, token in enumerate(tokens):
        if token.text.lower() == "than" and not token.lent:
            end = next((j for j in range(i, len(tokens)) if tokens[j].key in (".", ";", "\n")), len(tokens))
            found.append([j for j in weighty(tokens) if i < j < end])
    return found


def _by(tokens: Sequence[Token]) -> bool:
    return any(token.text.lower() == "by" for token in tokens)
