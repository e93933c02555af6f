"""How texts are compared in an evaluation: what a careful reader would call the same words counts as the same."""

from __future__ import annotations

import re
from functools import lru_cache

_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_SINGLE = re.compile("[\u2018\u2019\u201a\u201b\u02bc\u2032]")
_DOUBLE = re.compile("[\u201c-\u201f\u00ab\u00bb\u2033]")
_SPACE = re.compile(r"\s+")
_MARKER = re.compile(r"[^\S\n]*\[(\d{1,4})\]")
_STEP_NUMBER = re.compile(r"^[^\S\n]*\d{1,3}[.)][^\S\n]", re.MULTILINE)
_PATTERN = re.compile(r"/(?P<pattern>.+)/", re.DOTALL)
_TABLE_RULE = re.compile(r"^\|(?:\s*:?-{3,}:?\s*\|)+[^\S\n]*$", re.MULTILINE)


def normalised(text: str) -> str:
    """Lower case, plain dashes and quotes, white space as single blanks."""
    text = _DOUBLE.sub('"', _SINGLE.sub("'", _DASHES.sub("-", text)))
    return _SPACE.sub(" ", text).strip().casefold()


@lru_cache(maxsize=4096)
def pattern_of(expected: str) -> re.Pattern[str] | None:
    """The regular expression that an expected string between slashes is; None of one that is plain words.

    Raises `re.error` where it does not compile.
    """
    match = _PATTERN.fullmatch(expected)
    return re.compile(match["pattern"], re.IGNORECASE) if match else None


def place_in(text: str, expected: str) -> int:
    """Where an expected string first stands in a normalised text; -1 where it does not."""
    pattern = pattern_of(expected)
    if pattern is None:
        return text.find(normalised(expected))
    found = pattern.search(text)
    return found.start() if found else -1


def markers_in(text: str) -> tuple[int, ...]:
    """The numbers of the citation markers `[1]` of a text, in order."""
    return tuple(int(match[1]) for match in _MARKER.finditer(text))


def without_markers(text: str) -> str:
    """A text without its citation markers."""
    return _MARKER.sub("", text)


def bare(text: str) -> str:
    """The words of an answer: no citation markers, no numbers of steps, no rules of tables."""
    return _TABLE_RULE.sub("", _STEP_NUMBER.sub("", without_markers(text)))
