"""What the guides hold for a question: every sentence, list entry and table row worth a look, with what speaks for it.

Passages are found by meaning and by words (`Index.scores`); the units of the best of them are then weighed one by
one: their own meaning, how much of the question their words and headings cover, whether they state the kind of
quantity that is asked for, and how well their section and their guide match as a whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from index.figures import Figure, figures_in
from index.guide import Guide, Passage, PassageKind
from index.reranker import Reranker
from index.search import Floats, Index, Scores, scaled
from index.texts import read_text
from index.units import Unit
from index.words import stems_in

from .features import FEATURES, Features
from .initials import words_of
from .matching import Matcher, Terms
from .question import Kind, Question

PASSAGES = 160
"""Whose units are looked at."""
UNITS = 64
"""Of which all that speaks for them is told."""
SHORTLIST = 18
"""Of which the reranker reads."""
OTHERS = 8
"""Units that it reads beside them: the best of further guides, as many of each as there is room for."""
OF_GUIDE = 6
"""Units that it reads of a guide that is asked alone."""
SPELLED = 4
"""Units that spell out an abbreviation, of those that are read."""
ROWS = 3
"""Rows of tables that a question names, of those that are read."""
_STANDS_FOR = re.compile(
    r"\bstands? for\b|\b(?:full|long) (?:name|form)\b|\bshort for\b|\bspell\w* out\b", re.IGNORECASE
)
UNREAD = 100.0
"""Keeps what was not read behind what was."""
HOPELESS = -10.0
"""Logits that a unit loses from which it is not read: no reading would make up for it."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature adds to a unit's score; the first four were fitted on the training questions (`scripts/training/`)."""

    known: Mapping[str, float] = field(
        default_factory=lambda: {
            "unit_meaning": 15.2,
            "passage_meaning": 12.2,
            "words": 3.3,
            "guide": 1.5,
            "quantity": 0.8,
            "period": 0.5,
            "year": 0.5,
            "kind": 0.3,
            "key": 0.5,
            "introduces": -2.7,
            "preamble": -0.3,
            "within": 1.0,
        }
    )
    """Points before anything is read, which choose what is read."""
    share: float = 0.2
    """What such a point counts beside a logit."""
    read: Mapping[str, float] = field(
        default_factory=lambda: {
            "year": 2.0,
            "within": 2.0,
            "address": -12.0,
            "unasked": -1.0,
            "elsewhere": -2.0,
            "uncoded": -10.0,
        }
    )
    """Logits added to the reranker's, for what it was not trained to see."""
    ranked: Mapping[str, float] = field(
        default_factory=lambda: {
            "guide": 0.3,
            "quantity": 0.4,
            "key": 0.5,
            "narrower": -2.0,
            "echo": -3.0,
            "opposed": -2.0,
            "share": 0.5,
            "having": -2.0,
        }
    )
    """Points on top of the logit that rank what was read, and say nothing of whether it answers."""
    spelled: float = 2.0
    """Logits that a unit gains that spells out an abbreviation whose meaning is asked for."""
    stands_for: float = 6.0
    """Logits that it gains besides where nothing but the whole name is asked for."""


@dataclass(frozen=True)
class Candidate:
    """A unit of a guide, weighed for one question."""

    unit: Unit
    position: int
    """Row of the unit in `Index.units`."""
    passage: Passage
    guide: Guide
    score: float
    """What it is ranked by: the reranker's logit, and a little of what was known beforehand; units that it did not read
    come after those that it read."""
    logit: float
    """Of the reranker: above 0, the unit is more likely to answer than not to; `-inf` where it was not read."""
    features: NDArray[np.float32] = field(repr=False)
    covered: NDArray[np.float32] = field(repr=False)
    """For each term of the question, how far this unit in its place covers it: 0 to 1."""

    @cached_property
    def text(self) -> str:
        return self.unit.span.of(self.guide.text)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        return figures_in(self.guide.text, *self.unit.span)

    @property
    def probability(self) -> float:
        """That the unit answers, 0 to 1, as far as the reranker tells."""
        return float(1.0 / (1.0 + np.exp(-self.logit)))

    def feature(self, name: str) -> float:
        """What speaks for the unit, by its name in `FEATURES`."""
        return float(self.features[FEATURES.index(name)])


@dataclass(frozen=True)
class Evidence:
    """The weighed units, best first, and what the question's terms weigh."""

    question: Question
    terms: Terms
    candidates: tuple[Candidate, ...]
    scores: Scores
    query: str
    """What was read beside each unit: the question, or it and what came before it."""

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None


class Gatherer:
    """Gathers evidence from one index."""

    def __init__(self, index: Index, reranker: Reranker, weights: Weights | None = None) -> None:
        self.index = index
        self.reranker = reranker
        self.weights = weights or Weights()
        self.matcher = Matcher(index)
        self._features = Features(index, self.matcher)

    def gather(self, question: Question, focus: Sequence[str] = (), asked: str | None = None) -> Evidence:
        """The units worth a look for a question, weighed; `focus` names guides that the conversation is about.

        `asked` is what the reranker and the query encoder read in place of the question's text.
        """
        query = asked or question.text
        scores = self.index.scores(query, focus)
        terms = self.matcher.terms(question)
        spelled = self._spelled_out(question)
        named = np.concatenate([spelled, self._rows_named(question, scores)])
        positions = np.union1d(self._nearest(scores), named).astype(np.int64)
        if not len(positions):
            return Evidence(question, terms, (), scores, query)
        told = self._features.of(question, terms, positions, scores, focus)
        read = self._shortlist(positions, told[0] @ _ordered(self.weights.known), told[0])
        read += [i for i in map(int, np.flatnonzero(np.isin(positions, named))) if i not in read]
        gained = self.weights.spelled + (self.weights.stands_for if _STANDS_FOR.search(question.text) else 0.0)
        added = np.where(np.isin(positions, spelled), np.float32(gained), np.float32(0))
        return Evidence(question, terms, self._weigh(query, positions, told, read, added), scores, query)

    def within(
        self,
        evidence: Evidence,
        guides: Sequence[str],
        worth: Callable[[Candidate], bool] | None = None,
        pool: int = OF_GUIDE,
    ) -> Evidence:
        """The best units of each of some guides for a question whose evidence is known, weighed as there.

        Of the `pool` nearest units of each, only what is `worth` it is read, since reading takes most of the time.
        """
        question, terms, scores = evidence.question, evidence.terms, evidence.scores
        numbers = [number for number, name in enumerate(self.index.guides) if name in guides]
        held = [self._of_guide(number, scores)[: max(pool, 2 * OF_GUIDE)] for number in numbers]
        positions = np.concatenate([np.array([], dtype=np.int64), *held])
        if not len(positions):
            return replace(evidence, candidates=())
        told = self._features.of(question, terms, positions, scores, guides)
        known = told[0] @ _ordered(self.weights.known)
        ends = np.cumsum([len(units) for units in held])

        def kept(i: int) -> bool:
            return worth is None or worth(self._candidate(int(positions[i]), 0.0, -np.inf, told[0][i], told[1][:, i]))

        hopeful = self._hopeful(told[0])
        read: list[int] = []
        for start, end in zip([0, *ends], ends, strict=False):
            order = (int(i) for i in start + np.argsort(-known[start:end], kind="stable"))
            read += islice(filter(kept, islice((i for i in order if hopeful[i]), pool)), OF_GUIDE)
        return replace(evidence, candidates=self._weigh(evidence.query, positions, told, read))

    def _weigh(
        self,
        query: str,
        positions: NDArray[np.int64],
        told: tuple[Floats, Floats],
        read: list[int],
        added: Floats | None = None,
    ) -> tuple[Candidate, ...]:
        """The units at `positions` with their features and cover, best first, those of `read` by the reranker.

        `added` logits come on top.
        """
        features, covered = told
        known = features @ _ordered(self.weights.known)
        logits = np.full(len(positions), -np.inf, dtype=np.float32)
        logits[read] = self.reranker.scores(query, [self._text(int(positions[i])) for i in read])
        logits += features @ _ordered(self.weights.read) + (0 if added is None else added)
        score = known - UNREAD
        score[read] = logits[read] + self.weights.share * known[read] + features[read] @ _ordered(self.weights.ranked)
        return tuple(
            self._candidate(int(positions[i]), float(score[i]), float(logits[i]), features[i], covered[:, i])
            for i in np.argsort(-score, kind="stable")
        )

    def _of_guide(self, number: int, scores: Scores) -> NDArray[np.int64]:
        """The units of a guide, the nearest in meaning and words first."""
        units = self.index.units_of(np.flatnonzero(self.index.guide_numbers == number))
        return units[np.argsort(-self._alone(units, scores), kind="stable")]

    def _alone(self, units: NDArray[np.int64], scores: Scores) -> Floats:
        """[units] How near each is in meaning and words, whichever guide it is of."""
        weights, owners = self.weights.known, self.index.unit_passages[units]
        near = (
            weights["unit_meaning"] * (self.index.unit_vectors[units] @ scores.vector)
            + weights["passage_meaning"] * scores.dense[owners]
            + weights["words"] * scaled(scores.lexical)[owners]
        )
        return np.asarray(near, dtype=np.float32)

    def _nearest(self, scores: Scores) -> NDArray[np.int64]:
        """The units nearest in meaning, words and guide, of the best passages."""
        index, weights = self.index, self.weights.known
        passages = np.argsort(-scores.total, kind="stable")[:PASSAGES]
        units = index.units_of(passages)
        owners = index.unit_passages[units]
        alone = self._alone(units, scores)
        near = alone + weights["guide"] * scores.guide[index.guide_numbers[owners]]
        order = np.argsort(-near, kind="stable")
        first = order[:UNITS]
        elsewhere = index.guide_numbers[owners] != index.guide_numbers[owners[order[0]]] if len(order) else order
        others = np.argsort(np.where(elsewhere, -alone, np.inf), kind="stable")[: 2 * OTHERS]
        return units[np.unique(np.concatenate([first, others[elsewhere[others]]]))] if len(order) else units

    def _shortlist(self, positions: NDArray[np.int64], known: Floats, features: Floats) -> list[int]:
        """The units to be read: the best, and beside them the best of other guides, whichever guide is the likeliest."""
        hopeful = self._hopeful(features)
        order = [int(i) for i in np.argsort(-known, kind="stable") if hopeful[i]]
        if not order:
            return []
        chosen = order[:SHORTLIST]
        alone = known - self.weights.known["guide"] * features[:, FEATURES.index("guide")]
        counts = Counter(self._guide_of(positions[i]) for i in chosen)
        first = self._guide_of(positions[order[0]])
        of_each = max(1, OTHERS // max(1, len(self.index.guides) - 1))
        for i in map(int, np.argsort(-alone, kind="stable")):
            if len(chosen) == SHORTLIST + OTHERS:
                break
            guide = self._guide_of(positions[i])
            if i not in chosen and guide != first and counts[guide] < of_each and hopeful[i]:
                counts[guide] += 1
                chosen.append(i)
        return chosen

    def _hopeful(self, features: Floats) -> NDArray[np.bool_]:
        """[units] Whether each may answer at all."""
        return np.asarray(features @ _ordered(self.weights.read) > HOPELESS)

    def _spelled_out(self, question: Question) -> NDArray[np.int64]:
        """The units that spell out an abbreviation whose meaning is asked for ("Full Name (FN)", "FN (Full Name)")."""
        found: list[int] = []
        for word in question.words if question.kind is Kind.DEFINITION else ():
            name = word.text.removesuffix("s")
            if not (name.isupper() and len(name) > 1):
                continue
            pattern = _spelling(name)
            held = map(int, self.index.units_of(self.index.lexical.holding(word.stem)))
            found += [unit for unit in held if pattern.search(self._own_text(unit))]
        return np.array(found[:SPELLED], dtype=np.int64)

    def _rows_named(self, question: Question, scores: Scores) -> NDArray[np.int64]:
        """The rows of tables that the question names by all words of their first cell, the nearest of them."""
        asked = {word.stem for word in question.words}
        held = (self._keys.get(stem, ()) for stem in asked)
        found = np.array([position for rows in held for position, key in rows if key <= asked], dtype=np.int64)
        return found[np.argsort(-self._alone(found, scores), kind="stable")[:ROWS]] if len(found) else found

    @cached_property
    def _keys(self) -> Mapping[str, Sequence[tuple[int, frozenset[str]]]]:
        """For the last stem of a row's first cell, the rows whose first cell ends in it, each with all of its stems."""
        found: dict[str, list[tuple[int, frozenset[str]]]] = {}
        for number, passage in enumerate(self.index.passages):
            if passage.kind is PassageKind.ROW and passage.cells:
                stems = stems_in(passage.cells[0].of(self.index.guides[passage.guide].text))
                if stems:
                    found.setdefault(stems[-1], []).append((int(self.index.unit_starts[number]), frozenset(stems)))
        return found

    def _own_text(self, position: int) -> str:
        unit = self.index.units[position]
        return unit.span.of(self.index.guides[self.index.passages[unit.passage].guide].text)

    def _guide_of(self, position: np.int64) -> str:
        return self.index.passages[self.index.units[int(position)].passage].guide

    def _text(self, position: int) -> str:
        """A unit as the reranker reads it."""
        unit = self.index.units[position]
        passage = self.index.passages[unit.passage]
        return read_text(self.index.guides[passage.guide], passage, unit.span)

    def _candidate(self, position: int, score: float, logit: float, features: Floats, covered: Floats) -> Candidate:
        unit = self.index.units[position]
        passage = self.index.passages[unit.passage]
        return Candidate(unit, position, passage, self.index.guides[passage.guide], score, logit, features, covered)


@cache
def _spelling(name: str) -> re.Pattern[str]:
    """Words with the initials of an abbreviation right before or behind it ("Full Name (FN)", "FN: Full Name")."""
    words = words_of("".join(letter for letter in name if letter.isalnum()))
    joint = r"[\s|:(,–—*-]{1,6}"
    return re.compile(
        rf"\b{words}\)?{joint}{re.escape(name)}\b|\b{re.escape(name)}{joint}(?:the\s+)?{words}", re.IGNORECASE
    )


def of_a_part(candidate: Candidate) -> bool:
    """Whether a unit is a row that the question does not name, in a table that tells one thing of many."""
    return _is_unnamed_row(candidate) and len(candidate.passage.cells) == 2


def of_nobody_named(evidence: Evidence) -> bool:
    """Whether the best unit is a row of a table whose key the question does not name ("Roofers" in a table of like work)."""
    return evidence.best is not None and _is_unnamed_row(evidence.best)


def _is_unnamed_row(candidate: Candidate) -> bool:
    return candidate.passage.kind is PassageKind.ROW and candidate.feature("key") <= 0


def _ordered(weights: Mapping[str, float]) -> Floats:
    """[features] Weights by name, in the order of `FEATURES`."""
    return np.array([weights.get(name, 0.0) for name in FEATURES], dtype=np.float32)
