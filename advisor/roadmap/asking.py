"""What guides ask for: levels of schooling and credentials, how strongly, and in which field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advisor.conflicts import Strength, strength_of
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
    field: str = ""
    """The field of study that it names; empty where it names none."""

    @property
    def text(self) -> str:
        return plain(self.span.of(self.guide.text))


_USUAL = re.compile(
    r"\b(?:typically|usually|generally|commonly|most(?:\s+\w+){1,4})\s+(?:\w+\s+)?(?:needs?|have|has|hold|complete|earn|take|enter|obtain|get)\b|\b(?:seek|asks?\s+for|first\s+qualification|usual\s+way)\b",
    re.IGNORECASE,
)
_SCHOOL_DAYS = re.compile(r"\bhigh[- ]school\s+(?:students?|class(?:es)?|courses?|graduates?|curriculum)\b|\b(?:in|during|while in)\s+high[- ]school\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:prefer\w*|advanced|administrative|some\s+(?:employers|officers|positions|states)|many\b.*\bgo on|may\s+(?:need|require|prefer|choose|go)|advance|promot\w+|higher|open up|optional|beyond)\b", re.IGNORECASE)
_FIELD = re.compile(r"\bin\s+(?P<field>(?!the\b|which\b|order\b|addition\b|most\b|some\b|larger\b|a\b)[^.;:()]{3,90}?)(?=\s*(?:[.;:()]|$|,\s*(?:and|but|while|although)\s+(?!a related)|\b(?:is|are|to|from|at|may|can|for entry)\b))", re.IGNORECASE)
_ANY_FIELD = re.compile(r"\b(?:any|various|different|specific)\s+(?:field|subject|major|discipline)|do not require a specific\b", re.IGNORECASE)
_RELATED = re.compile(r"\b(?:related|similar|relevant)\b", re.IGNORECASE)
CREDENTIAL = re.compile(r"\b(?:certif\w+|licen[cs]\w+|credentials?|registration)\b", re.IGNORECASE)
_KEEPING = re.compile(r"\b(?:renew\w*|keep(?:ing)?|maintain\w*|continuing|fee|expire\w*|driver[’']?s)\b", re.IGNORECASE)


def schooling(units: Iterable[tuple[Guide, Passage, Span]]) -> Iterator[Asked]:
    """The units that ask for a level of schooling, in their order."""
    for guide, passage, span in units:
        text = plain(span.of(guide.text))
        named = list(levels_in(text))
        if not named or _SCHOOL_DAYS.search(text):
            continue
        words = {word.casefold() for n in named for word in re.findall(r"[\w’']+", text[n.start : n.end])}
        strength = strength_of(text, lambda word, known=words: word.casefold() in known)  # type: ignore[misc]
        if strength is None and _USUAL.search(text):
            strength = Strength.REQUIRED
        lowest = _lowest(text, strength)
        yield Asked(guide, passage, span, strength, lowest, _field(text, named[-1].end))


def _lowest(text: str, strength: Strength | None) -> Level:
    """The lowest level that will do: of those in the clause that demands, where a later clause only prefers."""
    clauses = re.split(r",\s+(?=(?:and|but|while|although|though)\b)|;\s", text)
    demanding = [c for c in clauses if any(levels_in(c)) and not _MORE.search(c)] if strength is Strength.REQUIRED else []
    return min(named.level for clause in (demanding[:1] or [text]) for named in levels_in(clause))


def _field(text: str, after: int) -> str:
    if _ANY_FIELD.search(text):
        return ""
    match = _FIELD.search(text, max(after - 1, 0))
    return match["field"].strip(" ,") if match else ""


def demanded(asked: Iterable[Asked]) -> Asked | None:
    """What must be had: the first unit that demands it without speaking of more than entry; else the first that names it."""
    known = list(asked)
    entry = [a for a in known if not _MORE.search(a.text) or a.strength is Strength.REQUIRED]
    required = [a for a in entry if a.strength is Strength.REQUIRED]
    return next(iter([*required, *entry, *known]), None)


def open_field(asked: Asked) -> bool:
    """Whether related fields will do as well."""
    return bool(_RELATED.search(asked.field))


def credentials(units: Iterable[tuple[Guide, Passage, Span]]) -> Iterator[Asked]:
    """The units that say how strongly a credential is asked for."""
    for guide, passage, span in units:
        text = plain(span.of(guide.text))
        if CREDENTIAL.search(text) and not _KEEPING.search(text):
            strength = strength_of(text, lambda word: bool(CREDENTIAL.fullmatch(word)))
            if strength is not None:
                yield Asked(guide, passage, span, strength)
