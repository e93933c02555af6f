"""Quantities that a text states: money, shares, durations, years and counts, each at its exact place.

A quantity is read as it is written: a range has a low and a high end, "120,000+" is open upwards, and nothing is
converted. What a quantity is about is told by the sentence, row or heading that it stands in, not by this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from .guide import Span


class Quantity(StrEnum):
    """What kind of thing a figure counts."""

    MONEY = "money"
    PERCENT = "percent"
    DURATION = "duration"
    YEAR = "year"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated quantity: `low` to `high` (equal for a single value; `high` is None where it is open upwards)."""

    quantity: Quantity
    low: float
    high: float | None
    unit: str
    """The currency sign, `%`, the singular of a unit of time, or nothing."""
    span: Span
    period: str | None = None
    """The time that an amount is paid for, or that hours are worked in (`year`, `week`, …), where stated."""

    def overlaps(self, other: Figure) -> bool:
        """Whether the two ranges share a value."""
        return self.low <= _top(other) and other.low <= _top(self)

    def within(self, other: Figure) -> bool:
        """Whether this range lies inside the other."""
        return other.low <= self.low and _top(self) <= _top(other)


def _top(figure: Figure) -> float:
    return float("inf") if figure.high is None else figure.high


NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        (
            "zero one two three four five six seven eight nine ten "
            "eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
        ).split()
    )
}
_SCALE = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}
_TIME = r"(?:year|month|week|day|hour|minute)s?"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD = "|".join(NUMBER_WORDS)
_TO = r"\s?(?:[-\u2010-\u2015]|\bto\b|\bor\b|\bthrough\b)\s?"
_SCALES = r"(?:k|m|bn|thousand|million|billion)\b"
_PERIODS = {"annum": "year", "yr": "year", "hr": "hour"}
_MONTH = r"(?-i:January|February|March|April|May|June|July|August|September|October|November|December)"
"""Behind a number it is a day, and counts nothing."""
_AND = r"\s?\band\b\s?"
_PATTERN = re.compile(
    rf"""
    (?P<money>(?P<b1>(?<=between\s))?(?P<sign>[$£€])\s?(?P<m1>{_NUMBER})\s?(?P<s1>{_SCALES})?
        (?:(?:{_TO}[$£€]?|{_AND}(?:[$£€]|(?(b1)|(?!))))\s?(?P<m2>{_NUMBER})\s?(?P<s2>{_SCALES})?
            (?!\d|[.,]\d|\s?(?:%|per\ ?cent\b)|[\s-]?{_TIME}\b))?
        (?P<mplus>\+)?(?P<period>\s?(?:/|per|an?|each)\s?(?P<p>year|month|week|day|hour|annum|yr|hr)\b|\s?annually)?)
  | (?P<percent>(?!(?:19|20)\d\d{_TO})(?P<b2>(?<=between\s))?(?P<q1>{_NUMBER})(?:\s?(?:%|per\ ?cent))?
        (?:(?:{_TO}|{_AND}(?(b2)|(?!)))(?P<q2>{_NUMBER}))?\s?(?:%|per\ ?cent\b))
  | (?P<duration>(?P<b3>(?<=between\s))?\b(?P<d1>{_NUMBER}|{_WORD})(?P<dplus>\+)?
        (?:(?:{_TO}|{_AND}(?(b3)|(?!)))(?P<d2>{_NUMBER}|{_WORD}))?(?P<dplus2>\+)?
        (?P<half>[\s-]and[\s-]a[\s-]half)?[\s-](?P<time>{_TIME})\b(?:\s(?:per|an?|each)\s(?P<rate>year|month|week|day)\b)?)
  | (?P<year>(?<!\b\d\d-)\b(?:19|20)\d\d\b(?!,\d))
  | (?P<count>(?<![\w.,/-])(?P<c1>{_NUMBER})(?P<cplus>\+)?(?:\s?(?P<cs>thousand|million|billion)\b)?(?![\w/]|\s{_MONTH}\b))
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""Two numbers joined by "and" are a range after "between", or where the second has a currency sign of its own."""


def figures_in(text: str, start: int = 0, end: int | None = None) -> tuple[Figure, ...]:
    """The quantities in `text[start:end]`, in order; offsets count from the beginning of `text`."""
    stop = len(text) if end is None else end
    return tuple(_figure(match) for match in _PATTERN.finditer(text, start, stop))


def _figure(match: re.Match[str]) -> Figure:
    group = match.groupdict()
    span = Span(match.start(), match.start() + len(match[0].rstrip()))
    if group["money"]:
        scale = group["s1"] or group["s2"]
        last = _value(group["m2"], group["s2"]) if group["m2"] else None
        period = (group["p"] or ("year" if group["period"] else "")).lower()
        low, high = _ends(_value(group["m1"], scale), last, group["mplus"])
        return Figure(Quantity.MONEY, low, high, group["sign"], span, _PERIODS.get(period, period) or None)
    if group["percent"]:
        low, high = _ends(_value(group["q1"]), _value(group["q2"]) if group["q2"] else None, None)
        return Figure(Quantity.PERCENT, low, high, "%", span)
    if group["duration"]:
        last = _value(group["d2"]) if group["d2"] else None
        half = 0.5 if group["half"] else 0.0
        first = _value(group["d1"]) + (half if last is None else 0.0)
        low, high = _ends(first, None if last is None else last + half, group["dplus"] or group["dplus2"])
        return Figure(Quantity.DURATION, low, high, group["time"].lower().rstrip("s"), span, group["rate"])
    if group["year"]:
        year = float(group["year"])
        return Figure(Quantity.YEAR, year, year, "", span)
    low, high = _ends(_value(group["c1"], group["cs"]), None, group["cplus"])
    return Figure(Quantity.COUNT, low, high, "", span)


def _ends(first: float, last: float | None, plus: str | None) -> tuple[float, float | None]:
    """The low and the high end of a range, in whichever order they are told; the high end is None before a `+`."""
    low, high = sorted((first, first if last is None else last))
    return low, None if plus else high


def _value(digits: str, scale: str | None = None) -> float:
    word = NUMBER_WORDS.get(digits.lower())
    value = float(word) if word is not None else float(digits.replace(",", ""))
    return value * _SCALE[scale.lower()] if scale else value
