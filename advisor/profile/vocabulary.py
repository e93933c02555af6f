"""The guides' own words for credentials: the abbreviations that they expand, and what they call them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from index.guide import Guide

_SHORT = r"[A-Z][A-Z&]{1,6}(?:-[A-Z]{1,2})?"
_EXPANDED = re.compile(
    rf"""
      \b(?P<after>{_SHORT})\s*(?:\(|:\s|\s[–—-]\s|,\s|\|\s?)(?:short\sfor\s)?(?P<long>(?:the\s)?[A-Z][\w’'-]+(?:[ ](?:of|for|and|in|the|[A-Z][\w’'-]+)){{1,7}})
    | (?P<long2>\b[A-Za-z][\w’'-]*(?:[ ](?:of|for|and|in|the|[\w’'-]+)){{1,7}})\s\((?P<before>{_SHORT})s?\)
    """,
    re.VERBOSE,
)
_CREDENTIAL = re.compile(
    r"\b(?:certified|certificates?|certifications?|registered|licen[cs]ed?|accredited|chartered|credential|qualifications?|diploma)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Vocabulary:
    """What the guides of one index call things; they are read for it when it is first needed, which few messages do."""

    guides: tuple[Guide, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, guides: Iterable[Guide]) -> Vocabulary:
        """The vocabulary of some guides."""
        return cls(tuple(guides))

    @cached_property
    def expansions(self) -> Mapping[str, str]:
        """From an abbreviation to the words it stands for."""
        found: dict[str, str] = {}
        for guide in self.guides:
            for match in _EXPANDED.finditer(guide.text):
                short, long = match["after"] or match["before"], match["long"] or match["long2"]
                said = _spelled(short, long)
                if said:
                    found.setdefault(short, said)
        return found

    @cached_property
    def credentials(self) -> frozenset[str]:
        """Abbreviations of what a person can hold."""
        return frozenset(short for short, long in self.expansions.items() if _CREDENTIAL.search(long))

    def credential(self, word: str) -> str | None:
        """The credential that a word abbreviates, in the guides' spelling; None where it is none."""
        upper = word.upper()
        return upper if upper in self.credentials else None


def _spelled(short: str, long: str) -> str | None:
    """The last words of `long` whose initials make up `short`; None where they do not."""
    letters = re.sub(r"[^A-Z]", "", short)
    words = long.split()
    for start in (place for place, word in enumerate(words) if word.lower() not in _SMALL):
        initials = "".join(w[0] for w in words[start:] if w[0].isupper() or w.lower() not in _SMALL).upper()
        capitals = "".join(
            c for w in words[start:] for c in re.findall(r"^\w|(?<=-)[A-Z]", w) if w not in _SMALL
        ).upper()
        if letters in (initials, capitals):
            return " ".join(words[start:])
    return None


_SMALL = frozenset("of for and in the".split())
