"""Which guides are about what a person wants to become."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from advisor.draft import plain
from advisor.matching import Matcher
from advisor.question import Kind, Question
from advisor.subjects import series
from index.guide import Guide, PassageKind, Section
from index.search import Floats, Index
from index.units import unit_spans
from index.words import stems_in

ENOUGH = 0.75
"""Share of a goal's words that a guide's title or opening must name."""
SAMPLE = 20
"""Guides that each is compared with to see whether a library is a series."""
MEANS = 0.7
"""Cosine of a goal and a title from which the guide is near enough to lead there, and says so."""
NARROWS = 0.6
"""Likeness from which a heading is about a word of a goal."""
ONE_SUBJECT = 0.6
"""Cosine of each guide's mean passage with the mean of all, from which a library has one subject."""
_ALSO = re.compile(
    r"[^.\n]{0,120}?\b(?:also\s+(?:sometimes\s+)?(?:known\s+as|called)|another\s+name\s+for\s[^.\n]{3,60}?\sis)\s+(?:an?\s+)?(?P<name>[^.,;()\n]{3,60}?)(?=\s+(?:are|is|who|that|have|work)\b|[.,;()\n])",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom\b.*$", re.IGNORECASE)
"""Where people come from is not where a guide leads."""
GENERAL = frozenset(
    stems_in(
        "job jobs career careers work worker field profession professional position role someone person industry certified registered licensed qualified good successful"
    )
)


@dataclass(frozen=True, slots=True)
class Match:
    """A guide, and how well it fits a goal."""

    guide: Guide
    cover: float
    """Share of the goal's words that its title names, or its opening."""
    score: float


class Goals:
    """Finds the guides for a goal; made once for an index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._matcher = Matcher(index)
        self._openings = {guide.id: frozenset(stems_in(_opening(guide))) for guide in index.guides.values()}
        self._titles = {guide.id: frozenset(stems_in(_FROM.sub("", guide.title))) for guide in index.guides.values()}

    def about(self, goal: str) -> tuple[Match, ...]:
        """The guides that name a goal in their title or opening, the best first."""
        stems = [stem for stem in dict.fromkeys(stems_in(goal)) if stem not in GENERAL]
        if not stems:
            return ()
        alike = self._alike(goal)
        scores = self.index.scores(goal)
        likely = np.exp(scores.guide)
        matches = []
        for number, guide in enumerate(self.index.guides.values()):
            cover = self._cover(stems, guide, alike)
            if cover >= ENOUGH:
                titled = len(self._titles[guide.id] & set(stems)) / max(len(self._titles[guide.id]), 1)
                matches.append(Match(guide, cover, cover + titled + 0.5 * float(likely[number])))
        return tuple(sorted(matches, key=lambda match: -match.score))

    def alike(self, goal: str) -> tuple[Match, ...]:
        """The guide whose title means much the same as a goal that no guide names."""
        alike = self._title_vectors @ self.index.encoder.encode([goal])[0]
        best = int(np.argmax(alike))
        guide = list(self.index.guides.values())[best]
        return (Match(guide, float(alike[best]), float(alike[best])),) if alike[best] >= MEANS else ()

    @cached_property
    def _title_vectors(self) -> Floats:
        """[guides, dimension]; a few at a time, so that no second session of the model is opened."""
        titles = [_FROM.sub("", guide.title) or guide.title for guide in self.index.guides.values()]
        return np.concatenate([self.index.encoder.encode(titles[i : i + 16]) for i in range(0, len(titles), 16)])

    def covers(self, goal: str, text: str) -> bool:
        """Whether a text names a goal, in its own words or in words that mean much the same."""
        stems = [stem for stem in dict.fromkeys(stems_in(goal)) if stem not in GENERAL]
        alike, there = self._alike(goal), frozenset(stems_in(text))
        named = [_named(alike.get(stem, {}) | {stem: 1.0}, there, frozenset()) for stem in stems]
        return bool(named) and sum(named) / len(named) >= ENOUGH

    def named(self, goal: str, guide: Guide) -> bool:
        """Whether a guide names a goal in its title or opening by the goal's own words."""
        return {s for s in stems_in(goal) if s not in GENERAL} <= self._titles[guide.id] | self._openings[guide.id]

    def spoken_of(self, goal: str) -> bool:
        """Whether the guides' titles and headings speak of a goal, questions and "from …" left out."""
        return self.covers(goal, self._headings)

    @cached_property
    def _headings(self) -> str:
        titles = [guide.title for guide in self.index.guides.values()]
        sections = [s.path[-1] for guide in self.index.guides.values() for s in guide.sections if s.path]
        return " ; ".join(_FROM.sub("", text) for text in (*titles, *sections) if not text.endswith("?"))

    def narrows(self, goal: str, section: Section, guide: Guide) -> float:
        """How much of a goal a heading names; 0 where it names no word that the title of the main guide leaves out."""
        if not section.path or section.path[-1].endswith("?"):
            return 0.0
        alike, there = self._alike(goal), frozenset(stems_in(_FROM.sub("", section.path[-1])))
        named = {s: _named(alike.get(s, {}) | {s: 1.0}, there, frozenset()) for s in own_words(goal)}
        fresh = any(share >= NARROWS for stem, share in named.items() if stem not in self._titles[guide.id])
        return sum(named.values()) / len(named) if fresh else 0.0

    def near(self, goal: str, count: int = 3) -> tuple[Guide, ...]:
        """The guides nearest to a goal, whether or not they are about it."""
        guides = list(self.index.guides.values())
        return tuple(guides[i] for i in np.argsort(-self.index.scores(goal).guide, kind="stable")[:count])

    @cached_property
    def one_subject(self) -> bool:
        """Whether all guides are about one subject, so that a goal goes without saying."""
        directions = self.index.guide_vectors
        if not len(directions):
            return False
        guides = list(self.index.guides.values())
        paged = sum(any(series(guide, other) for other in guides[:SAMPLE]) for guide in guides)
        if paged > len(guides) / 2:
            return False
        whole = directions.mean(axis=0)
        whole /= max(float(np.linalg.norm(whole)), 1e-9)
        return float((directions @ whole).mean()) >= ONE_SUBJECT

    @lru_cache(maxsize=64)  # noqa: B019 - a planner lives as long as its index
    def _alike(self, goal: str) -> dict[str, dict[str, float]]:
        """For each stem of the goal, the stems that mean much the same."""
        terms = self._matcher.terms(Question(goal, Kind.FACT, None))
        known = self.index.terms.stems
        return {
            word.stem: {known[i]: float(row[i]) for i in np.flatnonzero(row >= 0.5)}
            for word, row in zip(terms.words, terms.alike, strict=True)
        }

    def _cover(self, stems: list[str], guide: Guide, alike: dict[str, dict[str, float]]) -> float:
        title, opening = self._titles[guide.id], self._openings[guide.id]
        return sum(_named(alike.get(stem, {}) | {stem: 1.0}, title, opening) for stem in stems) / len(stems)


def _named(alike: dict[str, float], title: frozenset[str], opening: frozenset[str]) -> float:
    best = max((score for stem, score in alike.items() if stem in title), default=0.0)
    said = max((score for stem, score in alike.items() if stem in opening), default=0.0)
    return max(best, 0.9 * said if said == 1.0 else 0.0)


def _opening(guide: Guide) -> str:
    """The summary of a guide, the first sentences of its first paragraphs, and what its subject is called as well."""
    prose = [p for p in guide.passages if p.kind is PassageKind.PARAGRAPH][:4]
    firsts = [unit_spans(guide, passage)[0].of(guide.text) for passage in prose]
    about = [text for text in firsts if not text.startswith(("Source", "http"))][:2]
    return plain(" ".join((guide.summary or "", *about, *also_called(guide))))


def also_called(guide: Guide) -> tuple[str, ...]:
    """What a guide says that its subject is called as well."""
    title = set(stems_in(guide.title))
    found = (m for m in _ALSO.finditer(guide.text) if title & set(stems_in(m[0])))
    return tuple(match["name"].strip() for match in found)[:4]


def own_words(goal: str) -> frozenset[str]:
    """The stems of a goal that tell it from others."""
    return frozenset(stem for stem in stems_in(goal) if stem not in GENERAL)


def matches(text: str, goal: str) -> bool:
    """Whether a text names all of a goal's own words."""
    return bool(own_words(goal)) and own_words(goal) <= set(stems_in(text))
