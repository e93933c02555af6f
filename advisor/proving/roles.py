"""Who does what to whom: what stands on the two sides of a verb, a joint or a comparison stays there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .. import english
from ..claims import Kind, Token
from .alignment import weighty
from .pairing import Pairing, groups_of, own_places

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
    for i, _ in along[1:-1]:
        for place in own_places(pairing, pairing.places[i]):
            between = at_last < place < at_first and _voice(pairing.said, i) == _voice(pairing.quote, place)
            behind = any(token.text.lower() in english.RELATIONS for token in pairing.quote[place:at_first])
            if between and (behind or at_first - place == 1 == place - at_last):
                yield f"“{pairing.said[first].text}” and “{pairing.said[last].text}” have changed places"
                return


def replaced(pairing: Pairing) -> Iterator[str]:
    """What opens the statement does not stand in the place of another, before a verb that it stands behind in the quote."""
    along = pairing.aligned
    if len(along) < _THREE or not pairing.ordered or pairing.beside or not opens_clause(pairing.said, along[0][0]):
        return
    if pairing.said[along[0][0]].kind not in (Kind.WORD, Kind.NAME):
        return
    (_, at_first), (verb, at_verb) = along[0], next(((i, p) for i, p in along[1:] if pairing.quote[p].claims), along[1])
    before = [i for i in weighty(pairing.quote[:at_verb]) if pairing.quote[i].claims and not pairing.quote[i].lent][-1:]
    turned = _voice(pairing.said, verb) != _voice(pairing.quote, at_verb)
    if before and before[0] not in pairing.told and at_verb < at_first and not turned and before[0] == _first(pairing):
        yield f"the quote says it of “{pairing.quote[before[0]].text}”"


def _first(pairing: Pairing) -> int | None:
    """The first word of the quote that a claim can turn on."""
    return next((i for i, token in enumerate(pairing.quote) if token.claims and not token.lent), None)


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
        if pairing.said[j - 1].text.lower() in english.BE and j - i <= _NEAR:
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


_NEAR = 12
"""Words between a noun and what is said of it."""
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
