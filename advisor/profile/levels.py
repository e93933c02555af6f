"""The ladder of education, as English names its rungs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple


class Level(IntEnum):
    """A rung; a higher one includes the lower ones."""

    HIGH_SCHOOL = 1
    CERTIFICATE = 2
    ASSOCIATE = 3
    BACHELOR = 4
    MASTER = 5
    DOCTORATE = 6


_OF = r"(?:[’']?s)?(?:\s+(?:degree|diploma))?(?:\s+of\s+(?:applied\s+)?(?:science|arts|fine arts|engineering|business|education|laws?|nursing|business administration)\b)?"
_RUNGS: tuple[tuple[Level, str], ...] = (
    (
        Level.DOCTORATE,
        r"(?i:doctorates?|doctoral(?:\s+(?:or\s+professional\s+)?degrees?)?|ph\.?\s?d\b\.?|juris doctor|doctor of \w+)|\b(?:JD|J\.D\.|MD|M\.D\.|DPhil|EdD|PharmD|DDS|DVM)\b",
    ),
    (Level.MASTER, rf"(?i:master{_OF})(?!\w)|\b(?:MBA|M\.?Sc|M\.?S\.?|M\.?A\.?|MPH|MSN|M\.?Ed|MFA|MSW)(?!\w)"),
    (
        Level.BACHELOR,
        rf"(?i:bachelor{_OF}|undergraduate degree|undergrad(?:uate)?|(?:four|4)[- ]year\s+(?:college\s+)?degree|honou?rs degree|university degree)(?!\w)|\b(?:BSN|B\.?Sc|B\.?S\.?|B\.?A\.?|BBA|B\.?Eng|BFA|BSW|LLB)(?!\w)",
    ),
    (
        Level.ASSOCIATE,
        rf"(?i:associate{_OF}|(?:two|2)[- ]year\s+(?:college\s+)?degree|foundation degree)(?!\w)|\b(?:A\.?A\.?S\.?|ADN|ASN|HND)(?!\w)",
    ),
    (
        Level.HIGH_SCHOOL,
        r"(?i:(?:high|secondary)[- ]school(?:\s+(?:diploma|degree|graduate|education|certificate))?|\bHS diploma|\bGED\b|\bG\.E\.D\.|\bGCSEs?\b|(?-i:\bA)[- ]levels?\b(?!\s*\d)|\ba[- ]levels\b|leaving cert(?:ificate)?\b|secondary education)",
    ),
    (
        Level.CERTIFICATE,
        r"(?i:(?<!at a )(?<!at )(?<!from a )(?<!in )(?:trade|vocational|technical)\s+school\b|(?:postsecondary|vocational|technical|trade school|nondegree)\s+(?:nondegree\s+)?(?:certificates?|awards?|diplomas?|qualifications?)|(?<!birth )\bcertificates?\b|(?<!school )\bdiplomas?\b)",
    ),
    (
        Level.ASSOCIATE,
        r"(?i:(?:(?:a|college|my|the|no|any|traditional|[a-z]+)\s+)?degrees?(?!\w))",
    ),
)
"""A bare "degree" stands last and counts as the lowest that is called so."""
_PATTERNS = tuple((level, re.compile(pattern)) for level, pattern in _RUNGS)
_BARE = _PATTERNS[-1][1]


class Named(NamedTuple):
    """A level that a text names, and where."""

    level: Level
    start: int
    end: int


def levels_in(text: str) -> Iterator[Named]:
    """The levels of education that a text names, in order, none inside another."""
    taken: list[Named] = []
    for level, pattern in _PATTERNS:
        if pattern is _BARE and any(other.level > Level.HIGH_SCHOOL for other in taken):
            continue
        for match in pattern.finditer(text):
            if not any(match.start() < other.end and other.start < match.end() for other in taken):
                taken.append(Named(level, match.start(), match.end()))
    yield from sorted(taken, key=lambda named: named.start)


def level_of(text: str) -> Level | None:
    """The highest level that a text names."""
    return max((named.level for named in levels_in(text)), default=None)
