"""Alterations that a fluent writer makes: whom it holds of, who said it, when it was and which joint stood there are changed.

As those of `altering_ties`, each takes a statement and gives another that is false, or says more than the statement
does; None where the statement has nothing of the kind.
"""

from __future__ import annotations

import random
import re

from .altering_ties import Alter, asks, capital, changer, dropper, one_of, without

_FINITE = r"(?:is|are|was|were|has|have|can|may|must|should|will|usually|typically|often|generally|needs?|requires?)"
_NO_SUBJECT = r"(?!Some |Few |Several |A few |The |Th[eo]se |They |It |If |In |For |At |When |As |After |Before |To |Because |Although |While |With )"
_RELATIVE = re.compile(
    rf"^{_NO_SUBJECT}(?:[\w'’-]+ ){{1,4}}(?P<clause>(?:who|that) [^,;:.()|]{{6,90}}? )(?={_FINITE} \w)"
)


def relative_dropped(text: str, chance: random.Random) -> str | None:
    """What is said of those who do something, said of all of them."""
    del chance
    match = _RELATIVE.match(text)
    if match is None or asks(text) or re.search(r"\b(?:says?|said|wrote|reports?|stresses|find) that\b", match[0]):
        return None
    return capital(text[: match.start("clause")] + text[match.end("clause") :])


_JOINT = re.compile(r"(?<=[\w,]) (?P<joint>and|or) (?=\w)")
_LOOSE = re.compile(
    r"\b(?:such as|including|like|for example|between|from|both|either|may|might|can|or more)\b|e\.g\.", re.IGNORECASE
)


def joint_exchanged(text: str, chance: random.Random) -> str | None:
    """An "and" for an "or" and an "or" for an "and", where no list of examples and no free choice makes them alike."""
    match = None if _LOOSE.search(text) else one_of(_JOINT, text, chance)
    return without(text, match, " or " if match["joint"] == "and" else " and ") if match else None


source_dropped: Alter = dropper(
    r"^[A-Z][^,;.:]{2,60}? (?:says|reports|warns|stresses|wrote|announced)(?: in \d{4})? that (?!it|they|their)",
    r", (?:says|say|warns|reports) [^,;.:]+(?=[.,;])",
)
"""What somebody says, told in the guide's own name."""

time_turned: Alter = changer(
    (
        ("after", "before"),
        ("after", "during"),
        ("before", "after"),
        ("until", "after"),
        ("within", "after"),
        ("during", "after"),
    ),
    after=r"(?= [a-z])",
)


def past_as_present(text: str, chance: random.Random) -> str | None:
    """What was so once, in one study or year, told as what is so."""
    del chance
    if asks(text) or re.search(r"\b(?:is|are|has|have|will|may|can|should|must)\b", text):
        return None
    said, count = re.subn(r"\b(was|were)\b", lambda m: {"was": "is", "were": "are"}[m[1]], text, count=1)
    return said if count else None


LIMITS: dict[str, Alter] = {
    "relative clause dropped": relative_dropped,
    "“and” and “or”": joint_exchanged,
    "source dropped": source_dropped,
    "time turned": time_turned,
    "past as present": past_as_present,
}
