"""What the guides say to somebody like this person: units that name a trait, or mean it, in guides about one subject."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import NamedTuple

import numpy as np

from index.guide import Guide, Passage, PassageKind, Span
from index.search import Floats, Index
from index.words import stems_in

from .answer import Answer, Layout, Sentence, Status
from .draft import Piece, Place, number, plain
from .profile import Aspect, Profile, Trait
from .profile.places import countries_in, country_of, named_in
from .subjects import Subjects

LIKE = 0.2
"""Cosine of a unit with what is searched for from which it may speak to a trait; its words decide."""
MOST_LOOKED_AT = 400
"""Units whose words are read for one trait."""
_COMING_FROM = re.compile(
    r"\b(?:become|becoming|mov(?:e|ing|ed)|enter\w*|start\w*|begin\w*|background|former\w*|previous\w*|qualif\w+|transition\w*|switch\w*|"
    r"advanc\w+|brings?|still|learn\w*|can\s+sit|helpful|related|open\s+to|code|draws?\s+on|experience(?:d)?\s+as|work(?:ed|ing)?\s+as)\b",
    re.IGNORECASE,
)
"""Words of sentences on where people come from, and how they go on from there."""
_SHORTENED = re.compile(r"\bIT\b")
"""An abbreviation that looks like a pronoun."""
_LEVELS = frozenset(
    stems_in(
        "senior junior lead trainee apprentice student former experienced certified registered licensed qualified job work years"
    )
)


class _Topic(NamedTuple):
    """What people tell of their lives, the general words in which a guide speaks to it, and what to search for."""

    told: re.Pattern[str]
    said: re.Pattern[str]
    query: str


_TOPICS = tuple(
    _Topic(re.compile(told, re.IGNORECASE), re.compile(said, re.IGNORECASE), query)
    for told, said, query in (
        (
            r"from home|remote",
            r"\b(?:remote|from home|at home|telecommut\w+|hybrid)\b",
            "working from home, remote work",
        ),
        (
            r"(?:study|train|learn|class|course)\w*.*(?:evening|night|weekend|part|hours)|hours a",
            r"\b(?:online|part[- ]time|distance|evening (?:class\w*|courses?|programs?|study)|own pace)\b",
            "studying part-time, in the evening or online",
        ),
        (
            r"evening|night|weekend|part[- ]time|full[- ]time|shift|flexible",
            r"\b(?:evenings?|nights?|weekends?|part[- ]time|flexible|shifts?)\b",
            "working hours, shifts, part-time work",
        ),
        (
            r"years old|in their (?:\w+\W)?(?:\w+ties|\d)",
            r"\b(?:minimum age|maximum age|years old|years of age|age (?:limits?|requirements?)|(?:meet|minimum) age\b|older (?:workers|students|people|candidates))\b",
            "age limits, minimum or maximum age",
        ),
        (
            r"kid|child|mom\b|mum\b|mother|dad\b|father|parent|baby|dependant|dependent",
            r"\b(?:childcare|look(?:ing)? after (?:their |your )?children|dependants?|dependents?|family (?:life|responsibilit\w+))\b",
            "looking after children, childcare, family",
        ),
        (
            r"felon|criminal|conviction|record|DUI|parole|probation|misdemean",
            r"\b(?:criminal|felon\w*|convict\w+|background checks?)\b",
            "criminal record, background check",
        ),
        (
            r"[$£€]|money|afford|budget|savings|broke|tuition",
            r"\b(?:scholarships?|financial aid|tuition|fees?|costs?|paid (?:training|on-the-job|apprentice\w*)|loans?)\b",
            "what training costs, financial aid, paid training",
        ),
        (
            r"back\b|knee|arthritis|lift|stand\b|disab|wheelchair|walk|sit\b|pregnant|pain",
            r"\b(?:physical (?:stamina|strength|demand\w*)|physically|lift(?:ing)?|stand(?:ing)? for|strenuous|on their feet)\b",
            "physical demands, standing, lifting",
        ),
        (r"blind|eyesight|vision", r"\b(?:vision|eyesight|colou?rs?)\b", "good vision, telling colors apart"),
        (r"deaf|hearing", r"\bhearing\b(?! officer)", "good hearing"),
        (
            r"quit my job|keep my job|keep working|work full",
            r"\b(?:part[- ]time|evening|online|apprentice\w*|paid training|on-the-job training|while (?:they )?work\w*)\b",
            "learning while working, apprenticeship, part-time or online study",
        ),
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
    row: int
    """Of the unit, in `Index.units`."""

    @property
    def text(self) -> str:
        return plain(self.span.of(self.guide.text))


class Personal:
    """Finds what guides say to a trait; made once for an index, holds nothing of a person."""

    def __init__(self, index: Index) -> None:
        self.index = index

    @cached_property
    def _codes(self) -> dict[str, frozenset[str]]:
        """The countries of each guide by their codes."""
        return {guide.id: countries_in(guide.country or "") for guide in self.index.guides.values()}

    @cached_property
    def _all(self) -> frozenset[str]:
        return frozenset(code for codes in self._codes.values() for code in codes)

    def _names_job(self, said: Said, job: frozenset[str]) -> bool:
        """Whether a unit speaks of coming from a job: the heading over it, or its row, names it; or its own words do."""
        title = frozenset(stems_in(re.split(r"\bfrom\b", said.guide.title)[0]))
        if not job or all(met(stem, title) for stem in job):
            return False
        rows = said.passage.kind is PassageKind.ROW
        over = (
            said.passage.cells[0].of(said.guide.text)
            if rows and said.passage.cells
            else "".join(said.passage.section[-1:])
        )
        known = self.index.terms.known
        telling = max(job, key=lambda stem: float(self.index.rarity[known[stem]]) if stem in known else 1.0)
        if (
            met(telling, _spoken(over))
            and (not rows or _brings_columns(said))
            and (rows or over.lower().startswith("from"))
        ):
            return True
        return not rows and job <= _spoken(said.text) and bool(_COMING_FROM.search(said.text))

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

    def local(self, trait: Trait, guides: Collection[str], about: str) -> Iterator[Said]:
        """The units about the country that a person lives in, those nearest to a question first."""
        country = self.country([trait])
        own = {guide for guide in guides if country and self.fits(self.index.guides[guide], country) > 0}
        rows = self._rows(own)
        cosines = self.index.unit_vectors[rows] @ self.index.encoder.encode([about])[0]
        for place in np.argsort(-cosines, kind="stable")[:MOST_LOOKED_AT]:
            said = self._said(int(rows[place]), trait, float(cosines[place]))
            if said and country and self._is_of(said, country):
                yield said

    def _is_of(self, said: Said, country: str) -> bool:
        """Whether a unit is about a country: its guide is about no other, or its headings or its words name it."""
        if len(self._codes[said.guide.id]) == 1:
            return True
        over = named_in(" ".join(said.passage.section[-1:]))
        return country in named_in(said.text) or over == {country}

    def _rows(self, guides: Collection[str]) -> Floats:
        passages = self.index.passages
        return np.array(
            [row for row, unit in enumerate(self.index.units) if passages[unit.passage].guide in guides], dtype=np.int64
        )

    def _said(self, row: int, trait: Trait, score: float) -> Said | None:
        unit = self.index.units[row]
        passage = self.index.passages[unit.passage]
        guide = self.index.guides[passage.guide]
        text = unit.span.of(guide.text).strip()
        whole = not text.endswith((":", "?")) and not text.startswith(("Source", "http"))
        whole = whole and not (passage.kind is PassageKind.ROW and re.search(r"\d", _header(guide, passage)))
        return Said(guide, passage, unit.span, trait, score, row) if whole and len(text.split()) > 4 else None

    def _speaks(self, said: Said) -> bool:
        trait = said.trait
        if trait.aspect is Aspect.EXPERIENCE:
            return not trait.value.startswith("no ") and self._names_job(said, job_of(trait))
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
    job = _SHORTENED.sub("infotech", re.split(r",\s|\s+(?:at|as|for)\s+(?:an?\s+|the\s+)?", trait.value)[0])
    return frozenset(stem for stem in stems_in(job) if stem not in _LEVELS and not stem.isdigit())


def _brings_columns(said: Said) -> bool:
    """Whether a row's table says what people bring or still need."""
    return bool(re.search(r"\b(?:come|bring|need|from|fit)\b", _header(said.guide, said.passage), re.IGNORECASE))


def _header(guide: Guide, passage: Passage) -> str:
    return " ".join(cell.of(guide.text) for cell in passage.header)


def _spoken(text: str) -> frozenset[str]:
    return frozenset(stems_in(_SHORTENED.sub("infotech", text)))


def met(stem: str, stems: Collection[str]) -> bool:
    """Whether a stem is among others, as it stands or as the stem of what its holder does ("audit", "auditor")."""
    if stem in stems:
        return True
    pairs = (sorted((stem, other), key=len) for other in stems)
    return any(long.startswith(short) and len(short) >= 4 and len(long) - len(short) <= 6 for short, long in pairs)


NEAR = 0.45
"""Cosine of a unit with the question from which it may belong to the answer."""
NEARLY = 0.8
"""Share of the nearest cited unit's cosine that it needs as well."""
NOTE_WORDS = 45
"""Of what is added to an answer for the person."""


class ForYou:
    """Adds to an answer what the guides say to somebody like this person; changes nothing that the answer says."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._personal = Personal(index)
        self._subjects = Subjects(index)

    def add(self, answer: Answer, profile: Profile) -> Answer:
        """The answer, and one sentence more where a unit that suits the question speaks to what the person told."""
        if not profile or not answer.citations or answer.status is Status.NOT_IN_GUIDES:
            return answer
        said = self._best(answer, profile)
        if said is None:
            return answer
        opening = Sentence(f"For you (from what you said: “{_shortened(said.trait.words)}”):", layout=Layout.PARAGRAPH)
        last = max(citation.number for citation in answer.citations)
        place = Place(said.guide.id, said.passage.section, said.span)
        (citation,) = number([Piece("", (place,))], self.index.guides)[1]
        note = Sentence(told(said.guide, said.passage, said.span), (last + 1,))
        cited = replace(citation, number=last + 1)
        return replace(answer, sentences=(*answer.sentences, opening, note), citations=(*answer.citations, cited))

    def _best(self, answer: Answer, profile: Profile) -> Said | None:
        """The unit nearest to the question of those that speak to a trait and are not in the answer."""
        asked = self.index.encoder.encode([answer.standalone])[0]
        shown = {(c.guide, c.start, c.end) for c in answer.citations}
        guides = self._guides(answer, profile)
        best: tuple[float, Said] | None = None
        needed = max(NEAR, NEARLY * self._nearest(asked, shown))
        for trait in profile.traits:
            for said in islice(self._says(trait, guides, answer.standalone), MOST_NOTES):
                near = float(asked @ self.index.unit_vectors[said.row])
                fresh = (said.guide.id, said.span.start, said.span.end) not in shown and said.text not in answer.text
                if (
                    fresh
                    and near >= needed
                    and len(said.text.split()) <= NOTE_WORDS
                    and (best is None or near > best[0])
                ):
                    best = (near, said)
        return best[1] if best else None

    def _nearest(self, asked: Floats, places: Collection[tuple[str, int, int]]) -> float:
        """The cosine of the question with the nearest of some units."""
        rows = [self._rows[place] for place in places if place in self._rows]
        return max((float(asked @ self.index.unit_vectors[row]) for row in rows), default=0.0)

    @cached_property
    def _rows(self) -> dict[tuple[str, int, int], int]:
        """From the place of a unit to its row."""
        passages = self.index.passages
        return {(passages[unit.passage].guide, *unit.span): row for row, unit in enumerate(self.index.units)}

    def _says(self, trait: Trait, guides: Collection[str], question: str) -> Iterator[Said]:
        if trait.value.startswith("lives in "):
            return self._personal.local(trait, guides, question)
        return self._personal.says(trait, guides, question)

    def _guides(self, answer: Answer, profile: Profile) -> frozenset[str]:
        """The guides that the answer cites, and those about the same subject in the person's own country or in none."""
        cited = [self.index.guides[citation.guide] for citation in answer.citations]
        country = self._personal.country(profile.of(Aspect.CONSTRAINTS))
        first = cited[0]
        others = (g for g in self.index.guides.values() if self._subjects.one(first, g))
        fitting = (g for g in others if self._personal.fits(g, country) > 0 or not self._personal.elsewhere(first, g))
        return frozenset(g.id for g in (*cited, *fitting))


MOST_NOTES = 5
"""Units looked at for each trait."""


def _shortened(words: str) -> str:
    return words if len(words) <= 80 else f"{words[:79]}…"


def told(guide: Guide, passage: Passage, span: Span) -> str:
    """A unit as it is read; the cells of a row, each after what its column is called where that holds no number."""
    numbered = any(re.search(r"\d", cell.of(guide.text)) for cell in passage.header)
    if passage.kind is not PassageKind.ROW or numbered or len(passage.header) != len(passage.cells):
        return plain(span.of(guide.text))
    pairs = zip(passage.header, passage.cells, strict=True)
    return "; ".join(
        f"{plain(h.of(guide.text))}: {plain(c.of(guide.text))}" for h, c in pairs if c.of(guide.text).strip()
    )
