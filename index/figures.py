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
_AND = r"\s?(?:[-\u2010-\u2015]|\bto\b|\bor\b|\band\b)\s?"

_PATTERN = re.compile(
    rf"""
    (?P<money>(?P<sign>[$£€])\s?(?P<m1>{_NUMBER})\s?(?P<s1>(?:k|m|bn|thousand|million|billion)\b)?
        (?:{_AND}[$£€]?\s?(?P<m2>{_NUMBER})\s?(?P<s2>(?:k|m|bn|thousand|million|billion)\b)?(?![\d%]))?
        (?P<mplus>\+)?(?P<period>\s?(?:/|per|an?|each)\s?(?P<p>year|month|week|day|hour)\b|\s?annually)?)
  | (?P<percent>(?P<q1>{_NUMBER})(?:\s?(?:%|percent|per\ cent))?(?:{_TO}(?P<q2>{_NUMBER}))?\s?(?:%|percent\b|per\ cent\b))
  | (?P<duration>\b(?P<d1>{_NUMBER}|{_WORD})(?P<dplus>\+)?(?:{_TO}(?P<d2>{_NUMBER}|{_WORD}))?(?P<dplus2>\+)?[\s-]
        (?P<time>{_TIME})\b(?:\s(?:per|an?|each)\s(?P<rate>year|month|week|day)\b)?)
  | (?P<year>\b(?:19|20)\d\d\b(?!,\d))
  | (?P<count>(?<![\w.,/-])(?P<c1>{_NUMBER})(?P<cplus>\+)?(?:\s?(?P<cs>thousand|million|billion)\b)?(?![\w/]))
    """,
    re.VERBOSE | re.IGNORECASE,
)


def figures_in(text: str, start: int = 0, end: int | None = None) -> tuple[Figure, ...]:
    """The quantities in `text[start:end]`, in order; offsets count from the beginning of `text`."""
    stop = len(text) if end is None else end
    return tuple(_figure(match) for match in _PATTERN.finditer(text, start, stop))


def _figure(match: re.Match[str]) -> Figure:
    group = match.groupdict()
    span = Span(match.start(), match.start() + len(match[0].rstrip()))
    if group["money"]:
        scale = group["s1"] or group["s2"]
        low, high = _value(group["m1"], scale), group["m2"] and _value(group["m2"], group["s2"])
        period = group["p"].lower() if group["p"] else ("year" if group["period"] else None)
        return Figure(Quantity.MONEY, low, _high(low, high, group["mplus"]), group["sign"], span, period)
    if group["percent"]:
        low, high = _value(group["q1"]), group["q2"] and _value(group["q2"])
        return Figure(Quantity.PERCENT, low, _high(low, high, None), "%", span)
    if group["duration"]:
        low, high = _value(group["d1"]), group["d2"] and _value(group["d2"])
        unit = group["time"].lower().rstrip("s")
        return Figure(
            Quantity.DURATION, low, _high(low, high, group["dplus"] or group["dplus2"]), unit, span, group["rate"]
        )
    if group["year"]:
        year = float(group["year"])
        return Figure(Quantity.YEAR, year, year, "", span)
    low = _value(group["c1"], group["cs"])
    return Figure(Quantity.COUNT, low, _high(low, None, group["cplus"]), "", span)


def _high(low: float, high: float | str | None, plus: str | None) -> float | None:
    if plus:
        return None
    return float(high) if high else low


def _value(digits: str, scale: str | None = None) -> float:
    word = NUMBER_WORDS.get(digits.lower())
    value = float(word) if word is not None else float(digits.replace(",", ""))
    return value * _SCALE[scale.lower()] if scale else value
