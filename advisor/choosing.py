"""Whether a message behind others is answered by itself: a choice fitted on conversations.

"What do bakers earn?" stands alone after a question about roofers, "how long is the training?" does not, and their words
do not tell one from the other. So both readings are tried: what the guides hold for each, and what the message itself
shows, is weighed by a logistic regression, which `scripts/training/fit_choice.py` fits.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.search import Floats, Index
from index.texts import above_text
from index.words import stems_in

from .answer import Answer, Status
from .conversation import Readings, StandAlone, Topics, shape
from .decision import SIGNALS, Decider, Decision
from .evidence import Candidate, Evidence
from .naming import share_named

CHOICE = Path(__file__).parent / "choosing.json"
"""The file of the fit."""
BIAS = "bias"
WEIGHED = SIGNALS[:-1]
"""Signals of the decision that speak for a reading; the last one is the same for both."""
LOGITS = ("logit", "second", "third")
SCALE = 5.0
"""Logits that count as one."""
MANY_WORDS = 6
"""Words of a message that are counted."""


class Tried(NamedTuple):
    """One way to read a message, and what the guides hold for it."""

    asked: StandAlone
    evidence: Evidence
    decision: Decision


class Chooser:
    """Chooses over one index."""

    def __init__(
        self, index: Index, decider: Decider, topics: Topics, weights: Mapping[str, float] | None = None
    ) -> None:
        self._index = index
        self._decider = decider
        self._topics = topics
        self._weights = shipped() if weights is None else weights

    def prefers_alone(self, features: Mapping[str, float]) -> bool:
        """Whether a message with these features is likelier to be answered rightly by itself.

        Another guide than that of the conversation, where guides have many subjects, is turned to by a word that only it
        has or that its title has. "They" are those whom the question before names, if it names anybody.
        """
        names = (features["unknown most"] or features["names the best"]) and not features["unnamed"]
        if not (names or features["alone inside"]) or features["meant"]:
            return False
        return sum(self._weights.get(name, 0.0) * value for name, value in features.items()) > 0

    def features(self, readings: Readings, came: Tried, alone: Tried, last: Answer) -> dict[str, float]:
        """What speaks for each reading: of its evidence, of the message, and of what was answered `last`."""
        words, near = alone.evidence, self._near(readings.focus)
        return {
            BIAS: 1.0,
            **{f"came {n}": value for n, value in self._of_reading(came, near, words, last).items()},
            **{f"alone {n}": value for n, value in self._of_reading(alone, near, words, last).items()},
            **self._of_message(readings, near, words),
        }

    def _near(self, focus: Sequence[str]) -> frozenset[str]:
        """The guides that the conversation is about; all of them where they are about one subject."""
        return frozenset(focus if self._topics.among_others(focus) else self._index.guides)

    def _of_reading(self, one: Tried, near: frozenset[str], words: Evidence, last: Answer) -> dict[str, float]:
        best = one.evidence.best
        if best is None:
            return {}
        signals = dict(zip(SIGNALS, map(float, self._decider.signals(one.evidence)), strict=True))
        said = set(stems_in(f"{above_text(best.guide, best.passage)} {best.text}"))
        met = np.array([word.stem in said for word in words.terms.words], dtype=np.float32)
        return {
            **{name: signals[name] / (SCALE if name in LOGITS else 1.0) for name in WEIGHED},
            "probability": one.decision.probability,
            "barred": float(one.decision.barred),
            "answered": float(one.decision.status is Status.ANSWERED),
            "inside": float(best.guide.id in near),
            "met": _share(words.terms.weights * met, words.terms.weights),
            "told": float(_is_told(best, last)),
        }

    def _of_message(self, readings: Readings, near: frozenset[str], alone: Evidence) -> dict[str, float]:
        message, terms = readings.alone.text, alone.terms
        numbers = [number for number, guide in enumerate(self._index.guides) if guide in near]
        strange = np.array([not self._holds(numbers, word.stem) for word in terms.words], dtype=np.float32)
        unknown = terms.weights * strange
        named = set(self._topics.named(message))
        shares = [share_named(alone.question, self._index.guides[guide]) for guide in near]
        return {
            **{name: float(value) for name, value in shape(message)._asdict().items()},
            "unknown share": _share(unknown, terms.weights),
            "unknown most": float(unknown.max(initial=0.0)),
            "words": min(len(terms.words), MANY_WORDS) / MANY_WORDS,
            "names the best": share_named(alone.question, alone.best.guide) if alone.best else 0.0,
            "names the topic": max(shares, default=0.0),
            "names a guide": float(bool(named)),
            "names the guide": float(bool(named.intersection(near))),
            "among others": float(self._topics.among_others(readings.focus)),
            "unnamed": float(readings.unnamed),
            "meant": float(readings.unnamed and readings.meant),
            "changed": float(readings.came.text != message),
            "worked out": float(readings.came.read == readings.came.text),
        }

    def _holds(self, guides: Sequence[int], stem: str) -> bool:
        """Whether any of some guides, by their numbers, has a word."""
        return bool(np.isin(self._index.guide_numbers[self._index.lexical.holding(stem)], guides).any())


def _share(part: Floats, whole: Floats) -> float:
    return float(part.sum() / max(float(whole.sum()), 1e-9))


def _is_told(best: Candidate, last: Answer) -> bool:
    """Whether the last answer quoted a unit."""
    start, end = best.unit.span
    return any(c.guide == best.guide.id and c.start < end and start < c.end for c in last.citations)


@cache
def shipped() -> Mapping[str, float]:
    """The weights that come with the program."""
    told: dict[str, float] = json.loads(CHOICE.read_text("utf-8"))
    return told
