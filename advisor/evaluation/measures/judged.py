"""What a language model thinks of an answer: optional, beside the measures by plain code and never in place of them."""

from __future__ import annotations

from .case import Case, Measure

_JUDGE = "Zheng et al. 2023, LLM-as-a-judge (arXiv:2306.05685)"
_TRADE = "the criteria by which careers professionals judge advice (relevance, appropriateness, tone, accuracy, actionability)"
CRITERIA: dict[str, str] = {
    "faithfulness": "everything that the answer says stands in its quotes",
    "relevance": "the answer is about what was asked and leaves the rest out",
    "appropriateness": "the answer suits the person who asks, and promises nothing that nobody can promise",
    "tone": "the answer is friendly, plain and respectful",
    "accuracy": "the answer holds what the guides' quotes say on the question, without a mistake",
    "actionability": "the person knows what to do next, where there is something to do",
}
"""Each criterion with the sentence that the judge is given."""
MOST = 5
"""The judge gives whole numbers from 1 to this; the measure is that number on a scale from 0 to 1."""


def _measure(name: str, sentence: str) -> Measure:
    def of(case: Case) -> float | None:
        return case.judged.get(name)

    return Measure(
        name=f"judge_{name}",
        label=f"judge: {name}",
        definition=f"Mean mark by a language model, 0 to 1, for how far {sentence}.",
        paper=_JUDGE if name == "faithfulness" else f"{_JUDGE}; {_TRADE}",
        of=of,
        group="judge",
    )


JUDGED: tuple[Measure, ...] = tuple(_measure(name, sentence) for name, sentence in CRITERIA.items())
