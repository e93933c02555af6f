"""Where the sentences of a text begin and end: what is quoted, checked and never cut.

A boundary is decided from a few characters on each side of a stop, so the time taken grows with the length of the
text and no further. In doubt two sentences stay together: a quote that is a little long is better than half a one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .guide import Span
from .words import FUNCTION_WORDS

_TITLES = frozenset(
    "dr mr mrs ms prof rev hon gen sgt capt lt col st mt messrs e.g i.e eg ie vs viz cf al approx esp ca".split()
)
"""Abbreviations that something always follows."""

_BEFORE_NUMBER = frozenset("no nos fig vol p pp sec art ch eq jan feb mar apr jun jul aug sep sept oct nov dec".split())
"""Abbreviations when a number follows, words otherwise."""

_MAY_END = frozenset("inc ltd co corp jr sr dept assn bros univ est tel ext".split())
"""Abbreviations that may end a sentence: one ends there when a word that opens sentences follows."""

_OPENERS = FUNCTION_WORDS | frozenset(
    "many several another additionally moreover furthermore candidates applicants".split()
)

_BREAK = re.compile(
    r"""
      \n[^\S\n]*+\n\s*+                                             # a blank line
    | \n(?=[^\S\n]*(?:[-*+•‣◦▪●○·–|][^\S\n]|\d{1,3}[.)][^\S\n]|[#>]))  # a new entry, row or heading
    | (?<=[.!?:…。！？])[^\S\n]*+\n\s*+                               # a line that ends with a stop
    """,
    re.VERBOSE,
)
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]*_]*+(?:\[\d{1,3}\])*+(?=\s)|[。！？]++[”’」』）]*+")
_TOKEN = re.compile(r"[^\s(\[\"“‘*_/]{1,24}\Z")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,3}|[A-Z]")
_NEXT = re.compile(r"[\s\"'“‘«(\[*_]*(\S+)")
_ENTRY_NUMBER = re.compile(r"\s*(?:[*_>]*\s*)\d{1,3}[.)]\Z")
_LOOK = 80
"""Characters read on either side of a stop."""


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
    """The sentences of `text[start:end]`, in order; offsets count from the beginning of `text`.

    The spans are disjoint, begin and end with a character that is no white space, and leave nothing else out.
    A label that runs in ("Physical stamina. Bakers stand …") is a span of its own; so is each entry of a list and
    each row of a table.
    """
    stop = len(text) if end is None else min(end, len(text))
    edges = _edges(text, start, stop)
    return tuple(span for left, right in edges if (span := trimmed(text, left, right)))


def trimmed(text: str, start: int, end: int) -> Span | None:
    """The place without white space at its ends; None when nothing else is there."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _edges(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    left = start
    for match in _BREAK.finditer(text, start, stop):
        yield from _within(text, left, match.start())
        left = match.end()
    yield from _within(text, left, stop)


def _within(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    left = start
    for match in _STOP.finditer(text, start, stop):
        if match.end() < stop and _ends_sentence(text, left, match, stop):
            yield left, match.end()
            left = match.end()
    yield left, stop


def _ends_sentence(text: str, left: int, stop: re.Match[str], end: int) -> bool:
    following = _NEXT.match(text, stop.end(), min(end, stop.end() + _LOOK))
    if following is None:
        return True
    word = following[1]
    if word[0].islower():
        return False
    if stop[0][0] != "." or stop[0].startswith(".."):
        return True
    return not _is_abbreviation(text, left, stop.start(), word)


def _is_abbreviation(text: str, left: int, dot: int, following: str) -> bool:
    found = _TOKEN.search(text, max(left, dot - _LOOK), dot)
    if found is None:
        return False
    if found[0].isdigit():
        return dot - left < _LOOK and _ENTRY_NUMBER.match(text, left, dot + 1) is not None
    token = found[0].lower()
    if token in _TITLES:
        return True
    if token in _BEFORE_NUMBER:
        return following[0].isdigit()
    if token in _MAY_END or _INITIALS.fullmatch(found[0]):
        return following.rstrip(",;:.").lower() not in _OPENERS
    return False
