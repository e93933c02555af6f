"""What a step takes, in time and in money, where a guide says so in so many words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from advisor.draft import plain
from index.figures import Figure, Quantity, figures_in
from index.guide import Guide, Passage, Span

_TAKES = re.compile(
    r"\b(?:takes?|taking|lasts?|lasting|complet\w+|within|long|usual preparation|full[- ]time|part[- ]time|duration)\b"
    r"|\b\d+[- ]?(?:to|or|–|-)?[- ]?\d*[- ](?:year|month|week|day)s?\b(?=[- ](?:\w+[- ]){0,3}?(?:apprentice\w*|programs?|programmes?|courses?|degrees?|training|study|internship|academy))"
    r"|\b(?:years?|months?|weeks?|days?)\s+(?:of|at|in)\s+(?:\w+[- ]){0,3}?(?:training|study|instruction|school|college|coursework|classes|law school|apprenticeship|a workshop)\b"
    r"|\b(?:under|over)\s+(?:a|an|the|two|three|\d)\b",
    re.IGNORECASE,
)
_EXPERIENCED = re.compile(r"\b(?:experience|work(?:ed|ing)?)\b", re.IGNORECASE)
_NOT_TAKING = re.compile(
    r"\bevery\s+(?:\w+\s+)?(?:year|month|week|day)s?\b|\bevery\s+(?:two|three|four|five|\d+)\b|\byears?\s+(?:old|of\s+age)\b|\bage\b|\bper\s+(?:week|day|year)\b|\brenew\w*|\bterms?\b.*\benlist|"
    r"\byears?\s+(?:colleges?|universit\w+|institutions?|schools?)\b|-year\s+(?:\w+\s+){0,3}?(?:colleges?|universit\w+|institutions?)\b|"
    r"\b(?:last|past)\s+\d+\s+years\b|\bgrace\b|\bsalary\b|\bpay\b|\bclerkship|\b(?:CEUs?|continuing education)\b",
    re.IGNORECASE,
)
_COSTS = re.compile(r"\b(?:costs?|fees?|tuition|price[ds]?|charge[sd]?|expens\w+|membership|dues)\b", re.IGNORECASE)
_EARNS = re.compile(r"\b(?:salar\w+|wages?|earn\w*|median|income|revenue|tips)\b", re.IGNORECASE)
_NO_ENTRY = re.compile(
    r"\b(?:late|renew\w*|grace|recertif\w*|reinstat\w*|getting an?\b.*\bback|hand in)\b", re.IGNORECASE
)
_LONG = ("year", "month", "week", "day")

Unit = tuple[Guide, Passage, Span]


def times(units: Iterable[Unit], *, experience: bool = False) -> Iterator[tuple[Unit, Figure]]:
    """The units that say how long something takes, each with the length; `experience` counts years worked as well."""
    for unit in units:
        guide, passage, span = unit
        text = span.of(guide.text)
        figure = next((f for f in figures_in(text) if _is_length(f)), None)
        says = _TAKES.search(text) or (experience and _EXPERIENCED.search(text))
        if figure and says and not _NOT_TAKING.search(text):
            yield (guide, passage, span), figure


def _is_length(figure: Figure) -> bool:
    return figure.quantity is Quantity.DURATION and figure.period is None and figure.unit in _LONG


def costs(units: Iterable[Unit]) -> Iterator[tuple[Unit, Figure]]:
    """The units that say what something costs, each with the sum."""
    for unit in units:
        guide, _, span = unit
        text = plain(span.of(guide.text))
        figure = next((f for f in figures_in(text) if f.quantity is Quantity.MONEY), None)
        if figure and _COSTS.search(text) and not _EARNS.search(text) and not _NO_ENTRY.search(text):
            yield unit, figure


def days(figure_unit: str, amount: float) -> float:
    """A length of time in days."""
    return amount * {"year": 365.25, "month": 30.44, "week": 7.0, "day": 1.0}.get(figure_unit, 0.0)
