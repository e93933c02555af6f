"""A text as the proof compares it: its words by stem, its numbers by value and unit, and what denies, obliges and bounds them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from index.figures import NUMBER_WORDS
from index.words import FUNCTION_WORDS

from . import english
from .draft import plain
from .numerals import in_digits


class Kind(StrEnum):
    """What a token is to the proof."""

    WORD = "word"
    """A word that a claim can turn on."""
    NAME = "name"
    """A name, an abbreviation or a code: nothing else can stand for it."""
    NUMBER = "number"
    NEGATION = "negation"
    STRENGTH = "strength"
    """`must`, `should`, `may`, `will` and their like; such a word may also be the claim's own verb."""
    EXTENT = "extent"
    """`all`, `most`, `some`, `only` and their like."""
    BOUND = "bound"
    """`at least`, `at most`, `about`, before a number."""
    JOINT = "joint"
    """A word or a mark that joins, points or stands between: no claim of its own."""
    STOP = "stop"
    """A mark at which one part of a sentence ends."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark."""

    text: str
    key: str
    """The stem of a word, the value of a number, the class of the others."""
    kind: Kind
    sign: str = ""
    """Of a number: its currency, or `%`."""
    lent: bool = False
    """Whether it stands in what a heading, a title or a table's header lends, not in the quote."""
    open: bool = False
    """Of a number: whether a `+` follows it."""

    @property
    def claims(self) -> bool:
        """Whether the quote must hold it."""
        return self.kind in (Kind.WORD, Kind.NAME)


_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_TOKEN = re.compile(
    rf"""
    (?P<code>(?:[A-Z]+[A-Za-z]*\d[\w]*|[A-Z][A-Za-z]*[A-Z][A-Za-z]*|\d+[A-Z][\w]*)(?:[-.][A-Z\d][\w]*)*(?![\w])|[A-Z]+(?:-[A-Z\d]+)+(?![\w]))
  | (?P<sign>[$£€])?\s?(?P<number>{_NUMBER})(?:\s?(?P<scale>k|m|bn|thousand|million|billion)\b)?(?P<plus>\+)?(?P<percent>\s?%)?(?P<percentplus>\+)?
  | (?P<word>[^\W\d_]+(?:['’.](?=\w)[^\W\d_]+)*)
  | (?P<stop>[;:!?…|\n]|\.(?=\s|$)|,|\s[-–—]+\s|[()—])
  | (?P<dash>[-–‐‑−/&])
  | (?P<odd>[^\s\w])
    """,
    re.VERBOSE,
)
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]")
"""Letters that nobody sees."""
_STRONG_STOPS = frozenset(".;:!?…|\n")


def tidy(text: str) -> str:
    """A text without Markdown marks, invisible characters and unusual spellings of the same character."""
    text = unicodedata.normalize("NFKC", INVISIBLE.sub("", text)).replace("’", "'").replace("‘", "'")
    return "\n".join(plain(line) for line in text.split("\n") if line.strip())


@lru_cache(maxsize=8192)
def tokens_of(text: str, lent: bool = False) -> tuple[Token, ...]:
    """The tokens of a text, in order."""
    text = in_digits(tidy(text))
    for pattern, new in english.PHRASES:
        text = pattern.sub(new, text)
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        opens = not found or found[-1].text in _STRONG_STOPS
        found.append(_token(match, lent, opens))
    return tuple(_numbered(found))


def _token(match: re.Match[str], lent: bool, opens: bool) -> Token:
    if match["number"]:
        value = float(match["number"].replace(",", "")) * _SCALE.get((match["scale"] or "").lower(), 1)
        sign = match["sign"] or ("%" if match["percent"] else "")
        plus = bool(match["plus"] or match["percentplus"])
        return Token(match[0].strip(), _value(value), Kind.NUMBER, sign, lent, plus)
    if match["code"] and not _is_closed_class(match["code"].lower()):
        return Token(match[0], _code(match[0]), Kind.NAME, "", lent)
    if match["code"] or match["word"]:
        return _word(match["code"] or match["word"], lent, opens)
    kind = Kind.STOP if match["stop"] else Kind.JOINT
    return Token(match[0].strip() or "\n", match[0].strip(), kind, "", lent)


def _value(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _code(text: str) -> str:
    """A plural abbreviation is its singular ("CEUs", "EHRs")."""
    return re.sub(r"(?<=[A-Z]{2})s$", "", text).casefold()


def _is_closed_class(lowered: str) -> bool:
    """Whether a word in capitals is a word for all that ("NOT", "MUST", "ALL"), and no abbreviation."""
    classed = english.class_of(lowered, english.STRENGTHS) or english.class_of(lowered, english.EXTENTS)
    return lowered in english.NEGATIONS or classed is not None


def _word(text: str, lent: bool, opens: bool) -> Token:
    lowered = text.lower().removesuffix("'s")
    if text == "May":
        return Token(text, "month of may", Kind.NAME, "", lent)
    if lowered in english.NEGATIONS:
        return Token(text, "not", Kind.NEGATION, "", lent)
    if lowered in english.BOUNDS:
        return Token(text, lowered, Kind.BOUND, "", lent)
    if lowered == "openend":
        return Token(text, "+", Kind.BOUND, "", lent)
    if strength := english.class_of(lowered, english.STRENGTHS):
        return Token(text, strength, Kind.STRENGTH, "", lent)
    if extent := english.class_of(lowered, english.EXTENTS):
        return Token(text, extent, Kind.EXTENT, "", lent)
    if lowered in NUMBER_WORDS and lowered not in ("one", "zero"):
        return Token(text, str(NUMBER_WORDS[lowered]), Kind.NUMBER, "", lent)
    if lowered in english.TELLING:
        return Token(text, english.key_of(lowered), Kind.WORD, "", lent)
    if lowered in FUNCTION_WORDS or lowered in english.LIGHT or (len(lowered) == 1 and not text.isupper()):
        return Token(text, lowered, Kind.JOINT, "", lent)
    named = (text[0].isupper() and not opens) or (len(text) > 1 and text.isupper())
    return Token(text, english.key_of(lowered), Kind.NAME if named else Kind.WORD, "", lent)


def _numbered(found: Sequence[Token]) -> Iterator[Token]:
    """`one` counts before a unit or in a range; a `+` or "or more" opens the number before it."""
    for position, token in enumerate(found):
        following = found[position + 1] if position + 1 < len(found) else None
        after = found[position + 2] if position + 2 < len(found) else None
        if token.key == "one" and following is not None:
            counts = following.key in UNITS or (
                following.key in ("to", "or", "-", "and") and after is not None and after.kind is Kind.NUMBER
            )
            if counts:
                yield Token(token.text, "1", Kind.NUMBER, "", token.lent)
                continue
        if token.kind is Kind.NUMBER and following is not None and following.key == "+":
            yield Token(token.text, token.key, token.kind, token.sign, token.lent, True)
            continue
        yield token


RATES = frozenset(map(english.key_of, "peryear permonth perweek perday perhour".split()))
"""Stems of what a figure is counted by ("a year")."""
UNITS = RATES | frozenset(
    english.key_of(word)
    for word in """year years month months week weeks day days hour hours minute minutes second seconds decade decades
    kg kilogram gram g lb pound pounds km kilometre kilometer mile miles metre meter metres foot feet inch cm mm
    euro euros dollar dollars cent cents percent point points degree degrees time times""".split()
)
"""Stems of words that say what a number counts: one cannot stand for another."""
