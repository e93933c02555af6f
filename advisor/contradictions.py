"""What two texts cannot both say: figures that lie apart, things asked for and not, other names, other counts.

Answers and the coverage of guides compare by these; which texts are about one thing is theirs to say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from enum import IntEnum

from index.figures import NUMBER_WORDS, Figure, Quantity
from index.guide import Guide, Section
from index.words import stems_in

NEAR = 7
"""Words between a subject and the word that says how strongly it is asked for."""
ROUNDING = 0.02
"""Relative gap between two figures that rounding explains."""
CONVERTED = 0.1
"""Likewise between times in different units: three months are twelve or thirteen weeks."""
_TIMES = {
    "minute": ("hour", 1 / 60),
    "hour": ("hour", 1.0),
    "day": ("day", 1.0),
    "week": ("day", 7.0),
    "month": ("day", 30.4375),
    "year": ("day", 365.25),
}
CLAUSE = re.compile(
    r"[;:]\s|,\s+(?=(?:while|but|although|though|however|and)\b)|\b(?:while|but|although|though|however)\b"
)
_NAME = re.compile(r"\b(?!The\b)[A-Z][a-z]+(?:\s+(?:(?:of|for|and|the)\s+)*[A-Z][a-z]+)+")

_COUNTED = re.compile(
    rf"(?<![\w-])(?P<n>\d{{1,2}}|{'|'.join(NUMBER_WORDS)})[\s-]+(?P<a>[A-Za-z]+)|^\W*(?P<b>[A-Za-z]+)\s+(?P<m>\d{{1,2}})\b",
    re.IGNORECASE,
)


class Strength(IntEnum):
    """How strongly a guide asks for something."""

    NOT_NEEDED = 0
    PREFERRED = 1
    REQUIRED = 2


_STRENGTHS = tuple(
    (strength, re.compile(pattern, re.IGNORECASE))
    for strength, pattern in (
        (
            Strength.NOT_NEEDED,
            r"\bwithout\b|(?:\b(?:not|never|rarely)|n['’]t)\s+(?:\w+\s+){0,2}?(?:need|needed|necessary|required?|mandatory|essential|compulsory)\b"
            r"|\b(?:needs?|needed|requires?|required)\s+no\b|\bno\s+need\b"
            r"|n['’]t\s+need\b|\bno\b.{0,40}\b(?:needed|necessary|required)\b|\bunnecessary\b|\bnot\s+always\b",
        ),
        (
            Strength.PREFERRED,
            r"\b(?:prefer\w*|recommend\w*|beneficial|helpful|helps?(?=\W*$)|advantage\w*|desirable|optional|ideally|useful|a plus)\b",
        ),
        (
            Strength.REQUIRED,
            r"\b(?:must|requires?|required|requirements?|needs?|needed|necessary|mandatory|minimum|essential|compulsory|obligatory|have to|has to)\b",
        ),
    )
)


def figures_conflict(one: Sequence[Figure], other: Sequence[Figure]) -> bool:
    """Whether two guides' figures, each taken as one range, lie apart by more than rounding; two single ranges, also askew."""
    alike = [(a, b) for a in one for b in other if _alike(in_days(a), in_days(b))]
    pairs = [(in_days(a), in_days(b)) for a, b in alike]
    if len(pairs) == len(one) == len(other) == 1 and _askew(*pairs[0]):
        return True
    gaps = [ROUNDING if a.unit == b.unit else CONVERTED for a, b in alike]
    if not pairs or any(a.overlaps(b) or _near(a, b, gap) for (a, b), gap in zip(pairs, gaps, strict=True)):
        return False
    ours, theirs = _range([a for a, _ in pairs]), _range([b for _, b in pairs])
    return ours[1] < theirs[0] or theirs[1] < ours[0]


def in_days(figure: Figure) -> Figure:
    """A time by the calendar as days, and one by the clock as hours; any other figure as it is."""
    unit, times = _TIMES.get(figure.unit, (figure.unit, 1.0))
    if figure.quantity is not Quantity.DURATION:
        return figure
    return replace(figure, low=figure.low * times, high=figure.high and figure.high * times, unit=unit)


def _askew(one: Figure, other: Figure) -> bool:
    """Whether two ranges share some of their values and neither holds the other, by more than rounding."""
    if one.high is None or other.high is None or one.low == one.high or other.low == other.high:
        return False
    (low, low_top), (high, high_top) = sorted(((one.low, one.high), (other.low, other.high)))
    return low * (1 + ROUNDING) < high <= low_top and low_top * (1 + ROUNDING) < high_top


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two figures count the same thing over the same time."""
    times = {one.period, other.period}
    return (one.quantity, one.unit) == (other.quantity, other.unit) and (len(times) == 1 or times == {None, "year"})


def _near(one: Figure, other: Figure, gap: float) -> bool:
    """Whether rounding explains the gap between two figures: no more than a share of the greater one."""
    ends = [(a, b) for a in (one.low, one.high) for b in (other.low, other.high) if a is not None and b is not None]
    return any(abs(a - b) <= gap * max(abs(a), abs(b)) for a, b in ends)


def _range(figures: Sequence[Figure]) -> tuple[float, float]:
    tops = [float("inf") if f.high is None else f.high for f in figures]
    return min(f.low for f in figures), max(tops)


def strength_of(text: str, names: Callable[[str], bool]) -> Strength | None:
    """How strongly a text asks for a subject: told near the words that name it, in a clause that does."""
    for clause in CLAUSE.split(text):
        words = [(m.start(), m[0]) for m in re.finditer(r"[\w'’-]+", clause)]
        named = [i for i, (_, word) in enumerate(words) if names(word)]
        for strength, pattern in _STRENGTHS if named else ():
            asking = [
                i for m in pattern.finditer(clause) for i, (at, _) in enumerate(words) if m.start() <= at < m.end()
            ]
            if any(abs(a - n) <= NEAR for a in asking for n in named):
                return strength
    return None


def strength_told(text: str) -> Strength | None:
    """How strongly a text asks for whatever it asks for."""
    return next((strength for strength, pattern in _STRENGTHS if pattern.search(text)), None)


def other_names(text: str, other: str) -> Iterator[re.Match[str]]:
    """Names in `other` that share all but their last word with a name of `text` ("World Trade Fair", "World Trade Show")."""
    names = {m[0] for m in _NAME.finditer(text) if len(m[0].split()) > 2}
    for name in sorted(names):
        opening = name.rsplit(None, 1)[0]
        if not re.search(rf"\b{re.escape(name)}\b", other):
            yield from re.finditer(rf"\b{re.escape(opening)}\s+[A-Z][a-z]+", other)


def counted_in_headings(guide: Guide) -> dict[str, tuple[int, Section]]:
    """How many of each thing a guide's headings count ("5 steps to …", "Ten steps", "Step 10: …"), and where, by its stem."""
    found: dict[str, tuple[int, Section]] = {}
    for section in guide.sections:
        match = _COUNTED.search(section.path[-1] if section.path else "")
        if match and section.heading:
            number = int(NUMBER_WORDS.get(match["n"].lower(), 0) or match["n"]) if match["n"] else int(match["m"])
            for stem in stems_in((match["a"] or match["b"]).lower()):
                if stem not in found or number > found[stem][0]:
                    found[stem] = (number, section)
    return found
