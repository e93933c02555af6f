"""The coordinate clauses of a sentence: where one ends, and whether it has a subject of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..claims import Kind, Token

_JOINING = frozenset("and but while whereas though although yet so".split())
_OPENING = frozenset(
    "the a an this that these those its their his her our some many most all each every no there".split()
)
_VERBS = frozenset("is are was were has have had do does did be become becomes get gets make makes take takes".split())


def ways_to_part(said: Sequence[Token]) -> Iterator[list[list[Token]]]:
    """The sentence in coordinate clauses: cut at strong marks and contrasts, then at every joint as well."""
    for cuts in (_cuts(said, plain_and=False), _cuts(said, plain_and=True)):
        edges = [0, *cuts, len(said)]
        parts = [list(said[a:b]) for a, b in pairwise(edges)]
        if len(parts) > 1:
            yield parts


def _cuts(said: Sequence[Token], plain_and: bool) -> list[int]:
    found = []
    for i in range(1, len(said)):
        before, token = said[i - 1], said[i]
        marked = before.key in (";", "—", "–", ":", ".") or (before.key == "," and token.key in _JOINING)
        joined = token.key in ("while", "whereas", "but") or (plain_and and token.key == "and")
        if (marked or joined) and says(said[i:]) and says(said[:i]):
            found.append(i)
    return found


def says(tokens: Sequence[Token]) -> bool:
    """Whether a clause says enough to be carried by itself."""
    return sum(token.claims or token.kind is Kind.NUMBER for token in tokens) >= 2


def main(part: Sequence[Token]) -> Sequence[Token]:
    """A clause without the phrase that opens it ("In 2024, …")."""
    comma = next((i for i, token in enumerate(part) if token.key == ","), None)
    if comma is not None and comma < 6 and part[0].key in ("in", "for", "at", "on", "from", "under", "with", "say"):
        return part[comma + 1 :]
    return part


def has_subject(part: Sequence[Token]) -> bool:
    """Whether a clause opens with a noun of its own: an article, a name or a number comes first."""
    words = [token for token in part if token.kind is not Kind.STOP and token.key not in _JOINING]
    if not words:
        return False
    if words[0].key in _OPENING or words[0].kind in (Kind.NAME, Kind.EXTENT):
        return True
    verb = next((i for i, token in enumerate(words[:6]) if token.kind is Kind.STRENGTH or token.key in _VERBS), 0)
    return any(token.claims for token in words[:verb])
