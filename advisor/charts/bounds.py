"""Whether a quantity is stated as a bound ("up to $26,426", "over 8%", "$50,000 or more") and not as what something is."""

from __future__ import annotations

from typing import NamedTuple

from advisor import english
from index.figures import Figure
from index.guide import Span

_BEFORE = tuple((pattern, name) for pattern, name in english.PHRASES if name in english.BOUNDS)
_AFTER = tuple(pattern for pattern, name in english.PHRASES if name.strip() == "openend")


class Bounds(NamedTuple):
    """Which ends of a quantity are open, and the words around it that say so; `about` opens none."""

    before: str = ""
    after: str = ""
    below: bool = False
    above: bool = False


def bounds_of(text: str, figure: Figure, place: Span) -> Bounds:
    """The bounds of a single value or of a range that stands in `place`; a range keeps both its ends."""
    name, before = _before(text, figure.span, place)
    after = _after(text, figure.span, place)
    single = figure.high == figure.low
    above = figure.high is None or (single and (name == "atleast" or bool(after)))
    return Bounds(before, after, below=single and name == "atmost", above=above)


def _before(text: str, span: Span, place: Span) -> tuple[str, str]:
    """The name and the words of a bound that ends where the quantity begins."""
    for pattern, name in _BEFORE:
        for match in pattern.finditer(text, place.start, span.end):
            if match.end() <= span.start and not text[match.end() : span.start].strip():
                return name, match[0]
    return "", ""


def _after(text: str, span: Span, place: Span) -> str:
    matches = (pattern.match(text, span.end, place.end) for pattern in _AFTER)
    return next((match[0] for match in matches if match), "")
