"""What a measure looks at, and what a measure is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ..questions import Question
from ..transcript import Reply


@dataclass(frozen=True, slots=True)
class Case:
    """A question, what was answered to it, and the texts of the guides by their paths."""

    question: Question
    reply: Reply
    texts: Mapping[str, str]
    retrieval: Mapping[str, float] = field(default_factory=dict)
    """The values of the retrieval measures for this question, where its hits are known."""
    judged: Mapping[str, float] = field(default_factory=dict)
    """A language model's marks by criterion, where one was asked."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that tells one thing about an answer; the value for a set is its mean over the cases it applies to."""

    name: str
    """As it stands in JSON, in `--fail-under` and in the report's anchors."""
    label: str
    definition: str
    """One sentence."""
    paper: str
    """Where the definition comes from."""
    of: Callable[[Case], float | None]
    """The value for a case; None where the measure does not apply."""
    higher_is_better: bool | None = True
    """None where neither direction is better by itself."""
    unit: str = "share"
    """`share` (0 to 1), `words` or `seconds`."""
    group: str = "answers"
    """The part of the report that it stands in: `answers`, `citations`, `retrieval`, `judge` or `effort`."""
