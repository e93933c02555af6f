"""What guides ask for: levels of schooling and credentials, how strongly, and in which field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.contradictions import Strength, strength_of
from advisor.draft import plain
from advisor.profile.levels import Level, levels_in
from index.guide import Guide, Passage, Span


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit of a guide that asks for something."""

    guide: Guide
    passage: Passage
    span: Span
    strength: Strength | None
    level: Level | None = None
    """The lowest level that will do; None for a credential."""
    named: str = ""
    """That level in the guide's own words."""
    field: str = ""
    """The field of study that it names; empty where it names none."""
    of_all: bool = False
    """Whether it demands this of everybody who begins."""

    @property
    def text(self) -> str:
        return plain(self.span.of(self.guide.text))


_USUAL = re.compile(
    r"\b(?:typically|usually|generally|commonly|most(?:\s+\w+){1,4})\s+(?:\w+\s+)?(?:needs?|have|has|hold|complete|earn|take(?!\s+\d)|enter|obtain|get)\b|\b(?:seek|asks?\s+for|first\s+qualification|usual\s+way)\b",
    re.IGNORECASE,
)
_SCHOOL_DAYS = re.compile(
    r"\bhigh[- ]school\s+(?:students?|class(?:es)?|courses?|graduates?|curriculum)\b|\b(?:in|during|while in)\s+high[- ]school\b",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:prefer\w*|advanced|administrative|some\s+(?:employers|officers|positions|states)|may\s+be\s+required|many\b.*\bgo on|may\s+(?:need|require|prefer|choose|go)|advance|promot\w+|higher|open up|optional|beyond)\b",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"(?:,?\s+(?!and\b|in\b)[\w’']+){0,3}?\s+in\s+(?P<field>(?!the\b|which\b|order\b|addition\b|most\b|some\b|larger\b|an?\b)[^.;:()]{3,90}?)"
    r"(?=\s*(?:[.;:()]|$|,\s*(?:and|but|while|although)\s+(?!a related)|\band\s+(?:have|must|be|are|is|complete|pass|experience|a\s+(?:state|license))\b|\b(?:is|are|to|from|at|may|can|for entry|typically|usually|include)\b))",
    re.IGNORECASE,
)
_KIND_OF_DEGREE = re.compile(
    r"\b(?P<field>(?!college\b|university\b|formal\b|traditional\b|advanced\b|higher\b|graduate\b|professional\b)[a-z]{3,}) degrees?$",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"(?:\s+(?!is\b|are\b|to\b|typically\b|usually\b|may\b|can\b|for\b|but\b|and\b|or\b|which\b|that\b|at\b|with\b)[\w’'-]+){0,7}"
)
_ANY_FIELD = re.compile(
    r"\b(?:any|various|different|specific)\s+(?:field|subject|major|discipline)|do not require a specific\b",
    re.IGNORECASE,
)
CREDENTIAL = re.compile(r"\b(?:certif\w+|licen[cs]\w+|credentials?|registration)\b", re.IGNORECASE)
POINTS_ELSEWHERE = re.compile(
    r"^(?:The following are examples|For more information|Source\b|http|Check with|Contact\b|More information)|^Information on\b|\bavailable from\b",
    re.IGNORECASE,
)
"""Sentences that send the reader somewhere else."""
_KEEPING = re.compile(r"\b(?:renew\w*|keep(?:ing)?|maintain\w*|continuing|fee|expire\w*|driver[’']?s)\b", re.IGNORECASE)


def schooling(units: Iterable[tuple[Guide, Passage, Span]]) -> Iterator[Asked]:
    """The units that ask for a level of schooling, in their order."""
    for guide, passage, span in units:
        text = plain(span.of(guide.text))
        named = list(levels_in(text))
        if not named or _SCHOOL_DAYS.search(text) or POINTS_ELSEWHERE.search(text):
            continue
        words = {word.casefold() for n in named for word in re.findall(r"[\w’']+", text[n.start : n.end])}
        strength = strength_of(text, lambda word, known=words: word.casefold() in known)  # type: ignore[misc]
        if strength is None and _USUAL.search(text):
            strength = Strength.REQUIRED
        clause, plain_demand = _demanding(text)
        least = min(levels_in(clause), key=lambda n: n.level)
        end = _NAMED.match(clause, least.end)
        words_for_it = re.sub(
            r"^(?:an?|the|no|any|my)\s+", "", clause[least.start : end.end() if end else least.end], flags=re.IGNORECASE
        )
        of_all = strength is Strength.REQUIRED and plain_demand
        field = _field(text, named[-1].end) or _kind(clause[least.start : least.end])
        yield Asked(guide, passage, span, strength, least.level, words_for_it, field, of_all)


def _demanding(text: str) -> tuple[str, bool]:
    """The clause that names a level without speaking of more than entry, and whether there is one; else the whole text."""
    clauses = [c for c in re.split(r",\s+(?=(?:and|but|while|although|though)\b)|;\s", text) if any(levels_in(c))]
    entry = [clause for clause in clauses if not _MORE.search(clause)]
    return (entry[0], True) if entry else (text, False)


def _field(text: str, after: int) -> str:
    if _ANY_FIELD.search(text):
        return ""
    match = _FIELD.match(text, after)
    return match["field"].strip(" ,") if match else ""


def _kind(degree: str) -> str:
    """The field in "law degree"."""
    match = _KIND_OF_DEGREE.search(degree)
    return (
        match["field"]
        if match
        and not any(n.level is not Level.ASSOCIATE for n in levels_in(degree))
        and "associate" not in degree.lower()
        else ""
    )


_NO_SCHOOLING = re.compile(
    r"\b(?:no|not\s+(?:typically\s+|usually\s+)?(?:need|require))\b[^.;]*\bformal\b[^.;]*\beducation|\bno\s+formal\s+education",
    re.IGNORECASE,
)


def free_of_schooling(units: Iterable[tuple[Guide, Passage, Span]]) -> Asked | None:
    """The unit that says that no formal schooling is needed."""
    for guide, passage, span in units:
        if _NO_SCHOOLING.search(span.of(guide.text)):
            return Asked(guide, passage, span, Strength.NOT_NEEDED)
    return None


def vague(asked: Asked) -> bool:
    """Whether a unit speaks of a degree and does not say which."""
    return (
        not re.search(
            r"associate|two-year|2-year|foundation|school|certificate|diploma|award", asked.named, re.IGNORECASE
        )
        and asked.level is Level.ASSOCIATE
    )


def demanded(asked: Iterable[Asked]) -> Asked | None:
    """What must be had to begin: the first unit that demands it of everybody; else the first that names it at all."""
    known = list(asked)
    return next(iter([*(a for a in known if a.of_all), *(a for a in known if not _MORE.search(a.text)), *known]), None)


def credentials(units: Iterable[tuple[Guide, Passage, Span]]) -> Iterator[Asked]:
    """The units that say how strongly a credential is asked for."""
    for guide, passage, span in units:
        text = plain(span.of(guide.text))
        if CREDENTIAL.search(text) and not _KEEPING.search(text) and not POINTS_ELSEWHERE.search(text):
            strength = strength_of(text, lambda word: bool(CREDENTIAL.fullmatch(word)))
            if strength is not None:
                yield Asked(guide, passage, span, strength)
