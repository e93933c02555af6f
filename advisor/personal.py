"""What the guides say to somebody like this person: units that name a trait, or mean it, in guides about one subject."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from index.guide import Guide, Passage, PassageKind, Span
from index.search import Floats, Index
from index.words import stems_in

from .draft import plain
from .profile import Aspect, Trait
from .profile.places import country_of, countries_in

LIKE = 0.2
"""Cosine of a unit with what is searched for from which it may speak to a trait; its words decide."""
MOST_LOOKED_AT = 400
"""Units whose words are read for one trait."""
_LEVELS = frozenset(stems_in("senior junior lead trainee apprentice student former experienced certified registered licensed qualified job work years"))
class _Topic(NamedTuple):
    """What people tell of their lives, the general words in which a guide speaks to it, and what to search for."""

    told: re.Pattern[str]
    said: re.Pattern[str]
    query: str


_TOPICS = tuple(
    _Topic(re.compile(told, re.IGNORECASE), re.compile(said, re.IGNORECASE), query)
    for told, said, query in (
        (r"from home|remote", r"\b(?:remote|from home|at home|telecommut\w+|hybrid)\b", "working from home, remote work"),
        (r"(?:study|train|learn|class|course)\w*.*(?:evening|night|weekend|part|hours)|hours a", r"\b(?:online|part[- ]time|distance|evening (?:class\w*|courses?|programs?|study)|own pace)\b", "studying part-time, in the evening or online"),
        (r"evening|night|weekend|part[- ]time|full[- ]time|shift|flexible", r"\b(?:evenings?|nights?|weekends?|part[- ]time|flexible|shifts?)\b", "working hours, shifts, part-time work"),
        (r"years old|in their (?:\w+\W)?(?:\w+ties|\d)", r"\b(?:minimum age|maximum age|years old|years of age|age (?:limits?|requirements?)|(?:meet|minimum) age\b|older (?:workers|students|people|candidates))\b", "age limits, minimum or maximum age"),
        (r"kid|child|mom\b|mum\b|mother|dad\b|father|parent|baby|dependant|dependent", r"\b(?:children|childcare|dependants?|dependents?)\b(?! who| with)", "looking after children, childcare, family"),
        (r"felon|criminal|conviction|record|DUI|parole|probation|misdemean", r"\b(?:criminal|felon\w*|convict\w+|background checks?)\b", "criminal record, background check"),
        (r"[$£€]|money|afford|budget|savings|broke|tuition", r"\b(?:scholarships?|financial aid|tuition|fees?|costs?|paid (?:training|on-the-job|apprentice\w*)|loans?)\b", "what training costs, financial aid, paid training"),
        (r"back\b|knee|arthritis|lift|stand\b|disab|wheelchair|walk|sit\b|pregnant|pain", r"\b(?:physical (?:stamina|strength|demand\w*)|physically|lift(?:ing)?|stand(?:ing)? for|strenuous|on their feet)\b", "physical demands, standing, lifting"),
        (r"blind|eyesight|vision", r"\b(?:vision|eyesight|colou?rs?)\b", "good vision, telling colors apart"),
        (r"deaf|hearing", r"\bhearing\b(?! officer)", "good hearing"),
        (r"quit my job|keep my job|keep working|work full", r"\b(?:part[- ]time|evening|online|apprentice\w*|paid training|on-the-job training|while (?:they )?work\w*)\b", "learning while working, apprenticeship, part-time or online study"),
        (r"driving|driver|car\b", r"\bdriv(?:er|ing)[’']?s? licen[cs]e", "driver's license"),
    )
)


@dataclass(frozen=True, slots=True)
class Said:
    """A unit of a guide that speaks to a trait."""

    guide: Guide
    passage: Passage
    span: Span
    trait: Trait
    score: float

    @property
    def text(self) -> str:
        return plain(self.span.of(self.guide.text))


class Personal:
    """Finds what guides say to a trait; made once for an index, holds nothing of a person."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._codes = {guide.id: countries_in(guide.country or "") for guide in index.guides.values()}
        self._all = frozenset(code for codes in self._codes.values() for code in codes)

    def country(self, traits: Sequence[Trait]) -> str | None:
        """The country that a person lives in, as far as they told."""
        places = [t.value.removeprefix("lives in ") for t in traits if t.value.startswith("lives in ")]
        return next((code for place in reversed(places) if (code := country_of(place, self._all))), None)

    def fits(self, guide: Guide, country: str | None) -> int:
        """1 where a guide is about the country, -1 where it is about others, 0 where either is unknown."""
        codes = self._codes[guide.id]
        return 0 if not codes or country is None else (1 if country in codes else -1)

    def elsewhere(self, one: Guide, other: Guide) -> bool:
        """Whether two guides are about different countries."""
        ours, theirs = self._codes[one.id], self._codes[other.id]
        return bool(ours and theirs and not ours & theirs)

    def says(self, trait: Trait, guides: Collection[str], about: str) -> Iterator[Said]:
        """The units of some guides that speak to a trait, the best first; `about` is the goal or the question."""
        rows = self._rows(guides)
        if not len(rows) or trait.aspect in (Aspect.GOAL, Aspect.EDUCATION, Aspect.CREDENTIALS):
            return
        vector = self.index.encoder.encode([_asking(trait, about)])[0]
        cosines = np.asarray(self.index.unit_vectors[rows] @ vector, dtype=np.float32)
        for place in np.argsort(-cosines, kind="stable")[:MOST_LOOKED_AT]:
            if cosines[place] < LIKE:
                return
            said = self._said(int(rows[place]), trait, float(cosines[place]))
            if said and self._speaks(said):
                yield said

    def _rows(self, guides: Collection[str]) -> Floats:
        passages = self.index.passages
        return np.array([row for row, unit in enumerate(self.index.units) if passages[unit.passage].guide in guides], dtype=np.int64)

    def _said(self, row: int, trait: Trait, score: float) -> Said | None:
        unit = self.index.units[row]
        passage = self.index.passages[unit.passage]
        guide = self.index.guides[passage.guide]
        text = unit.span.of(guide.text).strip()
        told = not text.endswith((":", "?")) and not text.startswith(("Source", "http"))
        return Said(guide, passage, unit.span, trait, score) if told and len(text.split()) > 4 else None

    def _speaks(self, said: Said) -> bool:
        trait = said.trait
        if trait.aspect is Aspect.EXPERIENCE:
            return not trait.value.startswith("no ") and _names_job(said, job_of(trait))
        if trait.aspect is Aspect.SKILLS:
            stems = set(stems_in(trait.value))
            return bool(stems) and stems <= set(stems_in(said.text))
        topic = _topic(trait)
        return topic is not None and bool(topic.said.search(said.text))


def _asking(trait: Trait, about: str) -> str:
    """What is searched for."""
    if trait.aspect is Aspect.EXPERIENCE:
        return f"moving from {trait.value.split(',')[0]} to {about}: what you bring and what you still need"
    topic = _topic(trait)
    return topic.query if topic else f"{trait.value} {about}".strip()


def _topic(trait: Trait) -> _Topic | None:
    return next((topic for topic in _TOPICS if topic.told.search(trait.value)), None)


def job_of(trait: Trait) -> frozenset[str]:
    """The stems of the job in a trait of experience, without its length and level."""
    job = re.split(r",\s|\s+(?:at|as|for)\s+(?:an?\s+|the\s+)?", trait.value)[0]
    return frozenset(stem for stem in stems_in(job) if stem not in _LEVELS and not stem.isdigit())


def _names_job(said: Said, job: frozenset[str]) -> bool:
    """Whether a unit, the heading right over it, or the first cell of its row names the whole job."""
    if not job:
        return False
    if job <= set(stems_in(said.text)):
        return True
    heading = said.passage.section[-1] if said.passage.section else ""
    return said.passage.kind is not PassageKind.ROW and job <= set(stems_in(heading)) and len(job) > 0
