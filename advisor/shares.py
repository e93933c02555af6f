"""Which share of people a text speaks of: the best-paid tenth, the lowest 25 percent, the 90th percentile."""

from __future__ import annotations

import re

from .question import Rank

_PARTS = {
    "tenth": 10,
    "decile": 10,
    "fifth": 20,
    "quintile": 20,
    "quarter": 25,
    "quartile": 25,
    "third": 33,
    "half": 50,
}
_SHARE = re.compile(
    r"\b(?:(?P<high>top|highest|upper|best|richest)|(?P<low>lowest|bottom|lower|worst|poorest|least))"
    r"(?:[\s-]+(?!of\b|the\b)[a-z]+)?[\s-]+(?:(?P<percent>\d{1,2})\s?(?:%|per\s?cent)|(?P<part>"
    + "|".join(_PARTS)
    + r")\b)",
    re.IGNORECASE,
)
_PERCENTILE = re.compile(r"\b(?P<percent>\d{1,2})(?:st|nd|rd|th)\s+percentile", re.IGNORECASE)

Share = tuple[Rank, int]
"""From which end, and how many percent."""


def shares_in(text: str) -> set[Share]:
    """The shares of people that a text speaks of, each from its end."""
    named = {
        (Rank.HIGHEST if match["high"] else Rank.LOWEST, int(match["percent"] or _PARTS[match["part"].lower()]))
        for match in _SHARE.finditer(text)
    }
    percentiles = (int(match["percent"]) for match in _PERCENTILE.finditer(text))
    return named | {(Rank.HIGHEST, 100 - p) if p > 50 else (Rank.LOWEST, p) for p in percentiles}
