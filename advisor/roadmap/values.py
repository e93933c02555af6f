"""The values that a roadmap is made of; `Roadmap.to_json` is its one public form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from advisor.answer import Citation, Sentence
from index.guide import Guide


class Progress(StrEnum):
    """Where a person stands with a step."""

    DONE = "done"
    NEXT = "next"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a guide says a step takes, in time or in money: its sentence, and the quantity in it."""

    text: str
    citations: tuple[int, ...]
    low: float
    high: float | None
    """None where it is open upwards."""
    unit: str
    """`year`, `month`, `week`, `day`, `hour` or `minute`; for money its sign."""

    def to_json(self) -> dict[str, Any]:
        """`{"text", "citations", "low", "high", "unit"}`."""
        return {
            "text": self.text,
            "citations": list(self.citations),
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
        }


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a step has its status, in the advisor's words, with the person's own where it rests on them."""

    text: str
    words: str | None = None
    """The person's words; a trait's `words`."""
    citations: tuple[int, ...] = ()
    """Where the guides say what the step asks for."""

    def to_json(self) -> dict[str, Any]:
        """`{"text", "words", "citations"}`."""
        return {"text": self.text, "words": self.words, "citations": list(self.citations)}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way, and where the person stands with it. Sentences with citations are the guides' own words."""

    number: int
    title: Sentence
    status: Progress
    reason: Reason
    says: tuple[Sentence, ...] = ()
    """What to do, as the guide says it."""
    time: tuple[Estimate, ...] = ()
    """How long it takes; none where the guides do not say."""
    cost: tuple[Estimate, ...] = ()
    """What it costs; none where the guides do not say."""
    disagreement: tuple[Sentence, ...] = ()
    """What guides say that differ on this step; none where they agree or only one speaks."""
    others: tuple[Sentence, ...] = ()
    """What other guides add to this step."""
    gaps: tuple[str, ...] = ()
    """What the guides do not say about it."""

    def to_json(self) -> dict[str, Any]:
        """The step as plain values."""
        return {
            "number": self.number,
            "title": _sentence(self.title),
            "status": str(self.status),
            "reason": self.reason.to_json(),
            "says": [_sentence(s) for s in self.says],
            "time": [estimate.to_json() for estimate in self.time],
            "cost": [estimate.to_json() for estimate in self.cost],
            "disagreement": [_sentence(s) for s in self.disagreement],
            "others": [_sentence(s) for s in self.others],
            "gaps": list(self.gaps),
        }


@dataclass(frozen=True, slots=True)
class Roadmap:
    """Ordered steps to a goal for one person. Without steps it says in `gaps` what is missing."""

    goal: str
    """In few words; empty where the person named none."""
    words: str | None
    """The person's words for it; None where it was not told in words of theirs."""
    guides: tuple[Guide, ...]
    """The guides that the steps come from, the main one first."""
    why: str
    """Why this guide leads, in a sentence."""
    steps: tuple[Step, ...]
    for_you: tuple[Sentence, ...]
    """What the guides say to somebody like this person, beside the steps."""
    gaps: tuple[str, ...]
    """What the guides do not say, about the goal or what the person told."""
    citations: tuple[Citation, ...]

    @property
    def next(self) -> Step | None:
        """The step to take now; None where all are done or there are none."""
        return next((step for step in self.steps if step.status is Progress.NEXT), None)

    def to_json(self) -> dict[str, Any]:
        """The roadmap as plain values; citations as in an `Answer`."""
        return {
            "goal": self.goal,
            "words": self.words,
            "guides": [_guide(guide) for guide in self.guides],
            "why": self.why,
            "steps": [step.to_json() for step in self.steps],
            "for_you": [_sentence(s) for s in self.for_you],
            "gaps": list(self.gaps),
            "citations": [citation.to_json() for citation in self.citations],
        }

    def to_markdown(self) -> str:
        """A checklist with its sources."""
        from .exports import to_markdown

        return to_markdown(self)

    def to_ics(self, today: date | None = None) -> str:
        """A calendar (RFC 5545) from today on: each step to do as a task, due where a guide states its length."""
        from .calendar import to_ics

        return to_ics(self, today)


def _sentence(sentence: Sentence) -> dict[str, Any]:
    return {"text": sentence.text, "citations": list(sentence.citations)}


def _guide(guide: Guide) -> dict[str, Any]:
    return {
        "guide": guide.id,
        "title": guide.title,
        "path": guide.path,
        "url": guide.url,
        "dated": guide.dated,
        "country": guide.country,
    }
