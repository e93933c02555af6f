"""What is said where the guides do not answer: that they do not say, what none of them mentions, and what they say nearby."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from index.words import words_in

from .answer import Layout
from .decision import Decision
from .draft import Piece
from .evidence import Evidence
from .matching import Matcher
from .question import last_question
from .quoting import QuotingWriter

MOST_STRANGE = 3
"""Words that no guide has, of those that are told; where there are more, none tells what is missing."""
NEARLY = 0.4
"""Share of the probability from which a question is answered, from which what is near may well be what was asked for."""
LOOKED_AT = 3
"""The best units, one of which may be near."""
NEAR = -2.0
"""Logit from which a unit is worth naming as the nearest that the guides say."""
NEAR_MEANING = 0.5
"""Cosine of a passage that is near enough as well."""
LONGEST_WORD = 50
"""Characters of a word of the question that is repeated."""


class Refusals:
    """Refuses over one index, kindly and with what is near."""

    def __init__(
        self, matcher: Matcher, writer: QuotingWriter, holds: Callable[[Sequence[Piece]], bool], answer: float
    ) -> None:
        """`holds` proves pieces; `answer` is the probability from which a question is answered."""
        self._matcher = matcher
        self._writer = writer
        self._holds = holds
        self._answer = answer

    def of(self, evidence: Evidence, decision: Decision) -> tuple[Piece, ...]:
        """The pieces of a refusal."""
        near = self._near(evidence)
        nearly = near and not decision.barred and decision.probability >= NEARLY * self._answer
        opening = "The guides do not say quite that" if nearly else "The guides do not say"
        quoted = " or ".join(f"“{_shortened(word)}”" for word in self._strange(evidence, decision))
        said = Piece(f"{opening}; none of them mentions {quoted}." if quoted else f"{opening}.")
        return (said, Piece("The nearest that they do say:"), *near) if near else (said,)

    def _strange(self, evidence: Evidence, decision: Decision) -> list[str]:
        """The missing words that no guide has: of the sentence that asks alone, unless one of them bars the answer."""
        asked = {word.text for word in words_in(last_question(evidence.question.text))}
        missing = (word for word in decision.missing if decision.barred or word in asked)
        strange = [word for word in missing if not self._matcher.knows(word)]
        return strange if len(strange) <= MOST_STRANGE else []

    def _near(self, evidence: Evidence) -> tuple[Piece, ...]:
        """The nearest that the guides say, where anything is near."""
        for candidate in evidence.candidates[:LOOKED_AT]:
            near = candidate.logit >= NEAR or candidate.feature("passage_meaning") >= NEAR_MEANING
            if near and not candidate.feature("address"):
                piece = self._writer.piece(candidate, evidence.question, Layout.ITEM)
                if self._holds((piece,)):
                    return (piece,)
        return ()


def _shortened(word: str) -> str:
    """A word that may be shown: one that is too long to be any loses its end."""
    return word if len(word) <= LONGEST_WORD else f"{word[: LONGEST_WORD - 1]}…"
