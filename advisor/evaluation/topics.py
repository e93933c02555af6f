"""What questions that were asked in vain are about: those near each other in meaning, under the words that they share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.search import Index
from index.words import words_in

NEAR = 0.55
"""Cosine from which a question is on the topic of another, which was asked more often."""
WORDS = 3
"""Of a topic's name."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What some questions are about."""

    name: str
    """The words that most of them share, the weightiest first."""
    times: int
    """How often all of them were asked together."""
    questions: tuple[str, ...]


def topics_of(index: Index, asked: Sequence[tuple[str, int]]) -> tuple[Topic, ...]:
    """The topics of questions, each with how often it was asked; the topics asked most often first.

    Each question goes with the most frequent one that it is near to (leader clustering: Hartigan 1975, chapter 3).
    """
    ordered = sorted(asked, key=lambda one: -one[1])
    vectors = np.asarray(index.encoder.encode([question for question, _ in ordered]), dtype=np.float32)
    leaders: list[int] = []
    groups: dict[int, list[tuple[str, int]]] = {}
    for row, one in enumerate(ordered):
        near = [float(vectors[row] @ vectors[leader]) for leader in leaders]
        best = int(np.argmax(near)) if near else -1
        leader = leaders[best] if near and near[best] >= NEAR else row
        if leader == row:
            leaders.append(row)
        groups.setdefault(leader, []).append(one)
    topics = [_topic(index, group) for group in groups.values()]
    return tuple(sorted(topics, key=lambda topic: -topic.times))


def _topic(index: Index, group: Sequence[tuple[str, int]]) -> Topic:
    weights: defaultdict[str, float] = defaultdict(float)
    held: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for question, times in group:
        for stem, text in {word.stem: word.text for word in words_in(question)}.items():
            number = index.terms.known.get(stem)
            weights[stem] += times * (1.0 if number is None else float(index.rarity[number]))
            held[stem] += 1
            shown.setdefault(stem, text if text.isupper() else text.lower())
    shared = [stem for stem in weights if 2 * held[stem] > len(group)] or list(weights)
    name = ", ".join(shown[stem] for stem in sorted(shared, key=lambda stem: -weights[stem])[:WORDS])
    questions = tuple(question for question, _ in group)
    return Topic(name or questions[0], sum(times for _, times in group), questions)
