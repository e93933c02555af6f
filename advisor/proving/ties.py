"""What the small words of a quote tie together: the extents of figures, "only", conditions, forecasts and whole clauses.

The checks of `order` ask where words stand; these ask what stands between them. They read the statement word by word
against the place that each of its words has in the quote, so that they need no grammar and no list of subjects.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from .. import english
from ..claims import RATES, UNITS, Kind, Token
from .numbers import is_year, sign_of
from .pairing import ENDS, WEIGHTY, Pairing, once, own_places, same

_LEAST = 3
"""Weighty words of a part that may be a clause."""


def relations(pairing: Pairing) -> Iterator[str]:
    """What a word stands behind ("by", "to", "within", "with", …) is what it stands behind in the quote."""
    for position, token in enumerate(pairing.said):
        places = own_places(pairing, pairing.places[position])
        said = _relation(pairing.said, position)
        if said is None or not places:
            continue
        there = [_relation(pairing.quote, place) for place in places]
        counts = token.kind is Kind.NUMBER or token.key in UNITS
        if is_year(token) and english.RELATIONS[said] in ("from", "to") and "in" in there:
            continue
        if not any(_agree(said, other, counts) for other in there):
            yield f"“{said} {token.text}” is not what the quote says"


def _relation(tokens: Sequence[Token], position: int) -> str | None:
    """The preposition right before a word, articles and other words of the same figure aside."""
    for i in range(position - 1, max(-1, position - 4), -1):
        word = tokens[i].text.lower()
        if word in english.RELATIONS:
            return word
        if tokens[i].kind not in (Kind.JOINT, Kind.BOUND) or tokens[i].key in (",", "and", "or", "of"):
            return None
    return None


def _agree(said: str, other: str | None, counts: bool) -> bool:
    one = english.RELATIONS[said]
    if other is None:
        return not (counts and one in english.STRICT_RELATIONS)
    two = english.RELATIONS[other]
    if one == two or {(one, two), (two, one)} & english.LIKE_RELATIONS:
        return True
    return not counts and not {(one, two), (two, one)} & english.OPPOSED_RELATIONS


def only(pairing: Pairing) -> Iterator[str]:
    """The word "only" is said where the quote says it, and of the same."""
    said = [i for i, token in enumerate(pairing.said) if token.key == "only" and token.kind is Kind.EXTENT]
    quote = [
        i
        for i, token in enumerate(pairing.quote)
        if token.key == "only" and token.kind is Kind.EXTENT and not token.lent
    ]
    for i in said:
        after = _following(pairing.said, i)
        if quote and not any(
            same(pairing.said[a], pairing.quote[b])
            for a in after
            for j in quote
            for b in _following(pairing.quote, j, 3)
        ):
            yield "“only” stands before something else in the quote"
    for j in quote:
        if not said and set(_following(pairing.quote, j)) & pairing.told:
            yield "the quote says “only”"


def _following(tokens: Sequence[Token], position: int, count: int = 2) -> list[int]:
    """The next weighty words of the same part of a sentence."""
    found: list[int] = []
    for i in range(position + 1, len(tokens)):
        if tokens[i].key in ENDS or len(found) == count:
            break
        if tokens[i].kind in WEIGHTY:
            found.append(i)
    return found


def denied_extents(pairing: Pairing) -> Iterator[str]:
    """What denies an extent ("not all", "not always") stays with it: neither half of it is said alone."""
    said = {b.key for a, b in pairwise(pairing.said) if a.kind is Kind.NEGATION and b.kind is Kind.EXTENT}
    for place, (token, extent) in enumerate(pairwise(pairing.quote)):
        if token.lent or token.kind is not Kind.NEGATION or extent.kind is not Kind.EXTENT or extent.key in said:
            continue
        if set(_following(pairing.quote, place + 1)) & pairing.told:
            yield f"the quote says “{token.text} {extent.text}”"


def opening_conditions(pairing: Pairing) -> Iterator[str]:
    """What the quote says under a condition that stands before it, up to a comma, is not said without the condition."""
    markers = {english.CONDITIONS[t.text.lower()] for t in pairing.said if t.text.lower() in english.CONDITIONS}
    for place, token in enumerate(pairing.quote):
        turn = english.CONDITIONS.get(token.text.lower())
        if token.lent or turn is None:
            continue
        end = next(
            (
                i
                for i in range(place + 1, len(pairing.quote))
                if pairing.quote[i].key == "," or pairing.quote[i].key in ENDS
            ),
            len(pairing.quote),
        )
        inside = [i for i in range(place + 1, end) if pairing.quote[i].kind in WEIGHTY]
        told = [i for i in inside if i in pairing.told and (markers or once(pairing, i))]
        if told and markers and turn not in markers:
            yield f"the quote says “{token.text}”"
        opens = (
            place == 0
            or pairing.quote[place - 1].kind is Kind.STOP
            or pairing.quote[place - 1].lent
            or pairing.quote[place - 1].key == "and"
        )
        if not (opens and inside and end < len(pairing.quote) and pairing.quote[end].key == ","):
            continue
        start_of_all = place == 0 or pairing.quote[place - 1].key != ","
        main = _following(pairing.quote, end, 12)
        held = [i for i in main if i in pairing.told and (start_of_all or once(pairing, i))]
        if 2 * len(held) >= len(main) > 0 and 2 * len(told) < len(inside):
            yield f"leaves out “{token.text} {pairing.quote[inside[0]].text}”"


def forecasts(pairing: Pairing) -> Iterator[str]:
    """What the quote expects is not said as what is so, and nothing is put off to the future."""
    later = any(token.text.lower() == "will" for token in pairing.said)
    if later and any(map(_past, pairing.own)) and not any(map(_hedges, pairing.quote)):
        yield "the quote says it of the past"
    added = sum(t.text.lower() == "will" for t in pairing.said) > sum(t.text.lower() == "will" for t in pairing.own)
    hedges = [token for i, token in enumerate(pairing.said) if _hedges(token) and not _is_noun(pairing.said, i)]
    if any(not (added and token.key == "will") for token in hedges):
        return
    said = {token.key for token in pairing.said}
    row = bool(pairing.beside) or not pairing.ordered  # of whose cells one may be told without another
    cells = max((i + 1 for i, t in enumerate(pairing.quote) if t.key == ";"), default=0) if pairing.beside else 0
    for place, token in enumerate(pairing.quote[: cells or None]):
        if (
            token.lent
            or not _hedges(token)
            or token.key in ("must", "should", "may")
            or _is_project(pairing.quote, place)
        ):
            continue
        following = _following(pairing.quote, place, 1 if row else 2)
        if any(pairing.quote[i].key in said and not pairing.quote[i].lent for i in following):
            yield f"the quote says “{token.text}”"
            return


def past(pairing: Pairing) -> Iterator[str]:
    """What was so once ("were faster in that study") is not said as what is so."""
    said, quote = ({token.text.lower() for token in tokens} for tokens in (pairing.said, pairing.own))
    now, then = {"is", "are"}, {"was", "were"}
    hedged = any(token.kind is Kind.STRENGTH for token in pairing.said)
    if now & said and then & quote and not (then & said or (now | {"has", "have"}) & quote or hedged):
        yield "the quote says it of the past"


def _is_noun(tokens: Sequence[Token], position: int) -> bool:
    """Whether "projects" are things and no forecast: nothing that is expected follows."""
    following = tokens[position + 1 : position + 2]
    ends = not following or following[0].kind is Kind.STOP or following[0].text.lower() in english.RELATIONS
    return tokens[position].text.lower() == "projects" and (
        ends or following[0].text.lower() in ("and", "or", "to", "of")
    )


def _is_project(tokens: Sequence[Token], position: int) -> bool:
    """Whether "project" is a thing: no plural and no "to" stands before it."""
    before = tokens[position - 1].text.lower() if position else ""
    return tokens[position].text.lower() == "project" and not (before == "to" or before.endswith("s"))


def _past(token: Token) -> bool:
    word = token.text.lower()
    return word in ("was", "were", "had", "did", "took", "came", "went") or word in english.IRREGULAR


def _hedges(token: Token) -> bool:
    if token.text.lower() in ("projections", "projection"):  # the name of what was projected
        return False
    return (token.kind is Kind.STRENGTH and token.key != "must") or token.key in english.forecasts()


def counted(pairing: Pairing) -> Iterator[str]:
    """A number counts what it counts in the quote: no other number stands between it and the word after it."""
    for position, token in enumerate(pairing.said):
        places = own_places(pairing, pairing.places[position])
        after = _following(pairing.said, position, 1)
        if token.kind is not Kind.NUMBER or not places or not after or pairing.said[after[0]].kind is Kind.NUMBER:
            continue
        if after[0] - position > 1 or pairing.said[after[0]].key in UNITS:
            continue
        nouns = own_places(pairing, pairing.places[after[0]])
        if nouns and all(_rival_between(pairing.quote, place, noun) for place in places for noun in nouns):
            yield f"“{token.text}” counts something else in the quote"


def _rival_between(quote: Sequence[Token], place: int, noun: int) -> bool:
    low, high = min(place, noun), max(place, noun)
    rivals = (
        i
        for i in range(low + 1, high)
        if quote[i].kind is Kind.NUMBER
        and sign_of(quote, i) == sign_of(quote, place)
        and is_year(quote[i]) == is_year(quote[place])
    )
    listed = any(quote[i].key in ("or", "to") for i in range(low, high))
    return not listed and next(rivals, None) is not None


def shares(pairing: Pairing) -> Iterator[str]:
    """A share "of" something is of that in the quote."""
    for position, token in enumerate(pairing.said[:-1]):
        places = own_places(pairing, pairing.places[position])
        if token.kind is not Kind.NUMBER or token.sign != "%" or pairing.said[position + 1].key != "of":
            continue
        wholes = [
            _following(pairing.quote, p, 4)
            for p in places
            if p + 1 < len(pairing.quote) and pairing.quote[p + 1].key == "of"
        ]
        of = _following(pairing.said, position, 1)
        if wholes and of and not any(same(pairing.said[of[0]], pairing.quote[i]) for whole in wholes for i in whole):
            yield f"“{token.text}” is a share of something else in the quote"


def rates(pairing: Pairing) -> Iterator[str]:
    """A figure keeps what it is counted by ("a year") and that it is no more than about right."""
    said = {token.key for token in pairing.said}
    for position, token in enumerate(pairing.said):
        places = own_places(pairing, pairing.places[position])
        if token.kind is not Kind.NUMBER or not places:
            continue
        by = [RATES & {t.key for t in pairing.quote[p + 1 : p + 3] if not t.lent} for p in places]
        if all(by) and not any(keys & said for keys in by):
            yield f"leaves out what “{token.text}” is counted by"
        if (
            sum(t.key == token.key for t in pairing.said) > max(1, sum(t.key == token.key for t in pairing.quote))
            and pairing.ordered
        ):
            yield f"says “{token.text}” more often than the quote"
        about = [sum(t.key == "about" for t in tokens) for tokens in (pairing.said, pairing.own)]
        bare = position == 0 or pairing.said[position - 1].key != "about"
        if bare and about[0] < about[1] and all(p and pairing.quote[p - 1].key == "about" for p in places):
            yield f"the quote says “about {token.text}”"


def clauses(pairing: Pairing) -> Iterator[str]:
    """Each clause takes its words from one clause of the quote, not its subject from one and the rest from another."""
    if not pairing.ordered or pairing.beside or (" by " in _text(pairing.said)) != (" by " in _text(pairing.quote)):
        return
    parts = _parts(pairing.quote)
    if len(parts) < 2:
        return
    mixed = 0
    for start, end in _parts(pairing.said):
        placed = [own_places(pairing, pairing.places[i]) for i in range(start, end)]
        held = [(min(p), part) for p in placed if p and (part := _part_of(parts, p)) is not None]
        kinds = list(dict.fromkeys(part for _, part in held))
        if len(kinds) < 2:
            continue
        mixed += 1
        told = {place for place, _ in held}
        first, later = min(kinds), max(kinds)
        opens = [_opens(pairing, parts, part) for part in (first, later)]
        apart = pairing.quote[parts[later][0] - 1].key != "and" and len(_parts(pairing.said)) == 1
        if apart and opens[0] is not None and opens[1] is not None and (opens[0] in told) != (opens[1] in told):
            yield "takes its subject from one clause of the quote and the rest from another"
            return
    if mixed > 1 and len(_parts(pairing.said)) == len(parts):
        yield "the parts of two clauses have changed places"


def _text(tokens: Sequence[Token]) -> str:
    return f" {' '.join(token.key for token in tokens)} "


def _opens(pairing: Pairing, parts: Sequence[tuple[int, int]], part: int) -> int | None:
    """The first word of a clause that no other clause has."""
    others = {pairing.quote[i].key for n, span in enumerate(parts) if n != part for i in range(*span)}
    own = (i for i in range(*parts[part]) if pairing.quote[i].kind in WEIGHTY and pairing.quote[i].key not in others)
    return next((i for i in own if not pairing.quote[i].lent), None)


def _part_of(parts: Sequence[tuple[int, int]], places: Sequence[int]) -> int | None:
    found = {n for n, (start, end) in enumerate(parts) for place in places if start <= place < end}
    return found.pop() if len(found) == 1 else None


def _parts(tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The clauses of a text, cut where both sides say enough to be one."""
    cuts = [i for i, t in enumerate(tokens) if t.key in english.CLAUSE_JOINTS and not t.lent and _parts_here(tokens, i)]
    first = next((i for i, t in enumerate(tokens) if not t.lent), 0)
    edges = [first]
    for cut in cuts:
        following = next((c for c in cuts if c > cut), len(tokens))
        if _weight(tokens[edges[-1] : cut]) >= _LEAST and _weight(tokens[cut + 1 : following]) >= _LEAST:
            edges.append(cut + 1)
    return list(pairwise([*edges, len(tokens)]))


def _parts_here(tokens: Sequence[Token], joint: int) -> bool:
    """Whether a joint may part two clauses: a comma or a name of its own stands beside a mere "and"."""
    if tokens[joint].key != "and":
        return True
    named = (
        joint + 1 < len(tokens) and tokens[joint + 1].kind is Kind.NAME and "," not in {t.key for t in tokens[:joint]}
    )
    return named or (joint > 0 and tokens[joint - 1].key == ",")


def _weight(tokens: Sequence[Token]) -> int:
    return sum(token.kind in WEIGHTY for token in tokens)
