"""Which guides are about what a person wants to become."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from advisor.draft import plain
from advisor.matching import Matcher
from advisor.question import Kind, Question
from index.guide import Guide
from index.search import Floats, Index
from index.units import unit_spans
from index.words import stems_in

ENOUGH = 0.75
"""Share of a goal's words that a guide's title or opening must name."""
ONE_SUBJECT = 0.6
"""Cosine of each guide's mean passage with the mean of all, from which a library has one subject."""
_FROM = re.compile(r"\bfrom\b.*$", re.IGNORECASE)
"""Where people come from is not where a guide leads."""
_GENERAL = frozenset(
    stems_in("job jobs career careers work worker field profession professional position role someone person industry certified registered licensed qualified good successful")
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
        stems = [stem for stem in dict.fromkeys(stems_in(goal)) if stem not in _GENERAL]
        if not stems:
            return ()
        alike = self._alike(goal)
        scores = self.index.scores(goal)
        titles = self.index.titles(goal)
        matches = []
        for number, guide in enumerate(self.index.guides.values()):
            cover = self._cover(stems, guide, alike)
            if cover >= ENOUGH:
                matches.append(Match(guide, cover, cover + float(titles[number]) + 0.5 * float(scores.guide[number])))
        return tuple(sorted(matches, key=lambda match: -match.score))

    def covers(self, goal: str, text: str) -> bool:
        """Whether a text names a goal, in its own words or in words that mean much the same."""
        stems = [stem for stem in dict.fromkeys(stems_in(goal)) if stem not in _GENERAL]
        alike, there = self._alike(goal), frozenset(stems_in(text))
        named = [_named(alike.get(stem, {}) | {stem: 1.0}, there, frozenset()) for stem in stems]
        return bool(named) and sum(named) / len(named) >= ENOUGH

    def near(self, goal: str, count: int = 3) -> tuple[Guide, ...]:
        """The guides nearest to a goal, whether or not they are about it."""
        guides = list(self.index.guides.values())
        return tuple(guides[i] for i in np.argsort(-self.index.scores(goal).guide, kind="stable")[:count])

    @cached_property
    def one_subject(self) -> bool:
        """Whether all guides are about one subject, so that a goal goes without saying."""
        means = [self._mean(i) for i in range(len(self.index.guides))]
        if not means:
            return False
        whole = np.mean(means, axis=0)
        whole /= max(float(np.linalg.norm(whole)), 1e-9)
        return float(np.mean([float(mean @ whole) for mean in means])) >= ONE_SUBJECT

    def _mean(self, number: int) -> Floats:
        rows = np.flatnonzero(self.index.guide_numbers == number)
        mean = np.asarray(self.index.vectors[rows], dtype=np.float32).mean(axis=0) if len(rows) else np.zeros(self.index.vectors.shape[1])
        return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)

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
    """Summary and first sentence of a guide, and what it says that its subject is called."""
    also = " ".join(also_called(guide))
    first = next((unit_spans(guide, p)[0].of(guide.text) for p in guide.passages[:1] if unit_spans(guide, p)), "")
    return plain(f"{guide.summary or ''} {first} {also}")


def also_called(guide: Guide) -> tuple[str, ...]:
    """The sentences that say what a guide's subject is called as well."""
    return tuple(re.findall(r"[^.\n]*\b(?:also\s+(?:known\s+as|called)|another\s+name\s+for)\b[^.\n]*", guide.text)[:3])


def matches(text: str, goal: str) -> bool:
    """Whether a text names all of a goal's own words."""
    stems = {stem for stem in stems_in(goal) if stem not in _GENERAL}
    return bool(stems) and stems <= set(stems_in(text))
