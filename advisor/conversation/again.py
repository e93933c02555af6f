"""Follow-ups that ask the previous question once more: why that is, where, for all of it, for the next in order."""

from __future__ import annotations

import re

from .phrases import LEADING

_WHY = re.compile(
    LEADING + r"(?:why(?: is (?:that|this|it)| so| not)?|how come|why do you say (?:so|that))\W*$", re.IGNORECASE
)
_WHERE = re.compile(LEADING + r"(?P<asks>where|when|how)\W*$", re.IGNORECASE)
_ALL = re.compile(
    LEADING + r"(?:(?:can|could|would) you |please )*(?:give|tell|show|list|name)(?: me)? (?:all|every(?: single)? one"
    r"|the (?:whole|full|complete|entire) (?:list|thing)|them all|everything)(?: of (?:them|those|these))?(?:,? please)?\W*$",
    re.IGNORECASE,
)
_NEXT = re.compile(LEADING + r"(?:the )?next(?: one| step| stage)?\W*$", re.IGNORECASE)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_WHETHER = re.compile(r"(?:is|are|do|does|can|could|should|would|will|did|has|have)\b", re.IGNORECASE)


def asked_again(message: str, before: str) -> str | None:
    """What a message makes of the previous question that it asks once more; None where it asks something else."""
    where = _WHERE.match(message)
    if _WHY.match(message):
        return _asked("Why", before) or f"Why: {before.rstrip(' ?.!')}?"
    if where:
        return _asked(where["asks"].capitalize(), before)
    if _ALL.match(message):
        return before
    return _next(before) if _NEXT.match(message) else None


def _asked(word: str, before: str) -> str | None:
    """A question whether something is, as the question why or where it is."""
    bare = before.rstrip(" ?.!")
    return f"{word} {bare[0].lower()}{bare[1:]}?" if _WHETHER.match(bare) else None


def _next(before: str) -> str | None:
    """A question about the one after that which it counts ("the first stage"); None where it counts none."""
    found = [word for word in _ORDINALS[:-1] if re.search(rf"\b{word}\b", before, re.IGNORECASE)]
    if not found:
        return None
    after = _ORDINALS[_ORDINALS.index(found[-1]) + 1]
    return re.sub(rf"\b{found[-1]}\b", after, before, flags=re.IGNORECASE)
