"""How a quote says it: what it denies, how strongly it asks, of how many it speaks, and on what condition."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import english
from ..claims import Kind, Token
from .pairing import ENDS, WEIGHTY, Pairing, once, same

_SCOPE = 5
"""Words that a denial reaches."""
_STRONG = ("must", "should", "may")


def denials(pairing: Pairing) -> Iterator[str]:
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
    if _contrasts(pairing.said, said) or _contrasts(pairing.quote, quote):
        scopes = scopes[0][:1], scopes[1][:1]
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
    contrasts = _contrasts(tokens, position)
    for i in range(position + 1, len(tokens)):
        if tokens[i].key in ENDS or len(found) == _SCOPE:
            break
        if tokens[i].key == "," and found and (contrasts or _goes_on(tokens, i)):
            break
        if tokens[i].kind in WEIGHTY:
            found.append(i)
    if found:
        return found
    before = [i for i in range(position) if tokens[i].kind in WEIGHTY]
    return before[-3:][::-1]


def _contrasts(tokens: Sequence[Token], position: int) -> bool:
    """Whether a denial opens a contrast: "A, not B"."""
    return position > 0 and tokens[position - 1].key == "," and tokens[position].text.lower() == "not"


def _goes_on(tokens: Sequence[Token], comma: int) -> bool:
    """Whether another clause follows a comma."""
    return any(token.text.lower() in _NEXT_CLAUSE for token in tokens[comma + 1 : comma + 2])


_NEXT_CLAUSE = frozenset("so and because since as which if when although though while whereas yet".split())


def strengths(pairing: Pairing) -> Iterator[str]:
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
    if softening & ({token.key for token in pairing.said} - {token.key for token in pairing.own}):
        return
    for position, token in enumerate(pairing.quote):
        if token.lent or token.kind is not Kind.STRENGTH or token.key not in ("may", "should"):
            continue
        if said.count(token.key) < own.count(token.key) and _next_is_told(pairing, position):
            yield f"the quote says “{token.text}”"


def extents(pairing: Pairing) -> Iterator[str]:
    """Nothing is said of more, or more often, than in the quote."""
    there = {token.key for token in pairing.quote if token.kind is Kind.EXTENT}
    said = {token.key for token in pairing.said if token.kind is Kind.EXTENT}
    for token in pairing.said:
        if token.kind is Kind.EXTENT and token.key not in there:
            yield f"“{token.text}” is not in the quote"
    for position, token in enumerate(pairing.quote):
        if token.lent or token.kind is not Kind.EXTENT or token.key == "all":
            continue
        if _next_is_told(pairing, position) and not (token.key in said and _keeps(pairing, position)):
            yield f"the quote says “{token.text}”"


def _keeps(pairing: Pairing, position: int) -> bool:
    """Whether the statement has an extent as often as the quote, or before the same word."""
    key = pairing.quote[position].key
    said = [i for i, token in enumerate(pairing.said) if token.kind is Kind.EXTENT and token.key == key]
    counts = [_before_each(tokens, pairing.quote, position) for tokens in (pairing.said, pairing.own)]
    if counts[0][0] < counts[1][0] and counts[0][1] >= counts[1][1] > 1:
        return False
    if len(said) >= sum(token.kind is Kind.EXTENT and token.key == key for token in pairing.own):
        return True
    after = next((i for i in range(position + 1, len(pairing.quote)) if pairing.quote[i].kind in WEIGHTY), position)
    word = english.key_of(pairing.quote[after].text)
    following = (next((j for j in range(i + 1, len(pairing.said)) if pairing.said[j].kind in WEIGHTY), i) for i in said)
    return any(
        after in pairing.places[j] and (english.key_of(pairing.said[j].text) == word or len(pairing.places[j]) == 1)
        for j in following
    )


def _before_each(tokens: Sequence[Token], quote: Sequence[Token], position: int) -> tuple[int, int]:
    """How often an extent stands before the word that it is before in the quote, and how often that word is there."""
    after = next((token.text.lower() for token in quote[position + 1 :] if token.kind in WEIGHTY), "")
    weighty = [token for token in tokens if token.kind in WEIGHTY]
    here = [i for i, token in enumerate(weighty) if token.text.lower() == after]
    with_it = sum(
        i > 0 and weighty[i - 1].kind is Kind.EXTENT and weighty[i - 1].key == quote[position].key for i in here
    )
    return with_it, len(here)


def conditions(pairing: Pairing) -> Iterator[str]:
    """What the quote says on a condition is not said without it."""
    softened = _hedged(pairing.said) > _hedged(pairing.own)
    for position, token in enumerate(pairing.quote):
        word = token.text.lower()
        aside = word == "where" and position > 0 and pairing.quote[position - 1].key == ","
        if token.lent or word not in _CONDITIONS or (word == "if" and softened) or aside:
            continue
        before, after = _around(pairing.quote, position)
        kept = word in {t.text.lower() for t in pairing.said}
        told = [i for i in after if i in pairing.told and (kept or once(pairing, i))]
        if before and set(before) <= pairing.told and after and not told:
            yield f"leaves out “{token.text} {pairing.quote[after[0]].text}”"


def _hedged(tokens: Sequence[Token]) -> int:
    return sum(token.key in ("may", "should") and token.kind is Kind.STRENGTH for token in tokens)


def _told_elsewhere(pairing: Pairing, place: int) -> bool:
    """Whether the quote has a word twice, the statement once, and there behind the word that the other one is behind."""
    key = pairing.quote[place].key
    said = [i for i, token in enumerate(pairing.said) if token.key == key]
    others = [i for i, token in enumerate(pairing.quote) if token.key == key and not token.lent and i != place]
    return len(said) == 1 and any(
        i and said[0] and pairing.quote[i - 1].claims and pairing.quote[i - 1].key == pairing.said[said[0] - 1].key
        for i in others
    )


_CONDITIONS = frozenset("if unless except only solely exclusively provided until where".split())


def _around(quote: Sequence[Token], position: int) -> tuple[list[int], list[int]]:
    """The word before a place and the three after it, within one sentence."""
    before: list[int] = []
    for i in range(position - 1, -1, -1):
        if quote[i].key in ENDS or before:
            break
        if quote[i].kind in WEIGHTY:
            before.append(i)
    after: list[int] = []
    for i in range(position + 1, len(quote)):
        if quote[i].key in ENDS or len(after) == 3:
            break
        if quote[i].kind in WEIGHTY:
            after.append(i)
    return before, after


def _next_is_told(pairing: Pairing, position: int) -> bool:
    """Whether the statement tells what a word of the quote stands before: the next weighty word, else the next of all."""
    for i in range(position + 1, min(position + 4, len(pairing.quote))):
        if pairing.quote[i].kind is Kind.STOP:
            break
        if pairing.quote[i].kind in WEIGHTY:
            return i in pairing.told and not _told_elsewhere(pairing, i)
    return any(
        token.key == following.key for following in pairing.quote[position + 1 : position + 2] for token in pairing.said
    )
