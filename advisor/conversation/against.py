"""Follow-ups that hold one against another: the last two subjects, somebody new against the one so far, an amount against another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from index.figures import Quantity

from ..question import read_question
from ..sides import sides_of
from .phrases import BEFORE_NOUN, LEADING
from .pointing import pair_in, with_article
from .topics import Topics
from .turns import Turn

_TWO = re.compile(
    r"^\W*(?:(?:and|so|ok(?:ay)?)\W+)?(?:which|who)(?: one)?\b(?:"
    r"(?: (?:of|between) (?:the two|them|these|those)(?: two)?)?"
    r"[^?]*\b(?:more|less|better|best|higher|lower|faster|quicker|longer|shorter|easier|harder|cheaper|dearer|safer|worse)\b"
    r"| (?:of|between) (?:the two|them both|these two|those two|both)\b)",
    re.IGNORECASE,
)
_TWO_NAMED = re.compile(r"\s*\b(?:of |between )?(?:the two|them both|these two|those two|them|both)\b", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:more|less|fewer|better|worse|higher|lower|faster|slower|longer|shorter|easier|harder|safer)\b"
    r"(?P<behind>(?:\s+(?:money|pay|often))?(?:,?\s+(?:right|no|too|then|actually|or not))?\W*)$",
    re.IGNORECASE,
)
"""Holds somebody against others that are not named."""
_THAN = re.compile(
    LEADING + r"(?:is|are) (?:that|it|this|they) (?P<more>more|less|better|worse|higher|lower) than (?:what )?"
    r"(?P<other>.+?)(?: (?:get|earn|make|have)s?)?\W*$",
    re.IGNORECASE,
)
"""Holds an amount that was told against that of another."""
_COMPARED = re.compile(
    LEADING
    + r"(?:how (?:do|does|would|did) (?P<other>.+?) compare(?: (?:to|with) \w+)?|(?:compared (?:to|with)|versus|vs\.?) (?P<with>.+?))\W*$",
    re.IGNORECASE,
)
"""Asks for the same of another, to hold both against each other."""


class Against:
    """Reads such follow-ups over one index."""

    def __init__(self, topics: Topics) -> None:
        self._topics = topics

    def of_two(self, message: str, turns: Sequence[Turn]) -> str | None:
        """A question that holds the last two subjects of the conversation against each other ("which pays better?")."""
        match = _TWO.search(message)
        if not match or self._topics.named(message) or sides_of(read_question(message)):
            return None
        named = [
            (guide, turn.answer.standalone)
            for turn in turns
            for guide in self._topics.named(turn.answer.standalone)[:1]
        ]
        subjects = {guide: self._topics.topic(before, (guide,)) for guide, before in named}
        pair = pair_in(turns[-1].answer.standalone)
        if pair:
            one, other = (turns[-1].answer.standalone[slice(*place)] for place in pair)
        elif len(subjects) < 2:
            return _both(turns)
        else:
            *_, one, other = subjects.values()
        asked = _TWO_NAMED.sub("", message).strip(" ?.!")
        return f"{asked}, {one} or {other}?"

    def than(self, message: str, before: str, topic: str) -> str | None:
        """The message held against the previous subject, where it names another ("does a cartographer make more?")."""
        if not topic or topic not in before or set(self._topics.named(message)) & set(self._topics.named(topic)):
            return None
        than = _THAN.match(message)
        if than and read_question(before).quantity is Quantity.MONEY:
            return f"do {topic} earn {than['more']} than {than['other']}?"
        more, compared = _MORE.search(message), _COMPARED.match(message)
        if more and self._topics.named(message) and not re.search(r"\b(?:than|or)\b", message, re.IGNORECASE):
            behind = more.start("behind")
            return f"{message[:behind]} than {with_article(topic, before)}{message[behind:]}"
        if compared:
            other = before.replace(topic, BEFORE_NOUN.sub("", compared["other"] or compared["with"]))
            return f"{before.rstrip(' ?.!')}? {other.rstrip(' ?.!')}?"
        return None


def _both(turns: Sequence[Turn]) -> str | None:
    """The last two questions, where they ask the same of two things: their answers stand side by side."""
    if len(turns) < 2:
        return None
    one, other = (turn.answer.standalone.strip() for turn in turns[-2:])
    return f"{one.rstrip(' ?.!')}? {other.rstrip(' ?.!')}?" if difference(one, other) else None


def difference(one: str, other: str) -> tuple[str, str] | None:
    """The words in which two questions differ, where they ask the same of two things; None where they do not."""
    ours, theirs = (text.strip(" ?.!").split() for text in (one, other))
    changes = [code for code in SequenceMatcher(None, ours, theirs).get_opcodes() if code[0] != "equal"]
    if len(changes) != 1 or changes[0][0] != "replace":
        return None
    _, a, b, c, d = changes[0]
    left, right = " ".join(ours[a:b]), " ".join(theirs[c:d])
    shared = len(ours) - (b - a)
    return (left, right) if shared >= 3 and max(b - a, d - c) <= 4 else None
