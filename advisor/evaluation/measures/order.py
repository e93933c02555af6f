"""Are steps told in their order."""

from __future__ import annotations

from itertools import combinations

from ..questions import Question
from ..texts import normalised, place_in, without_markers
from ..transcript import Reply
from .case import Case, Measure

TAG = "steps"
"""Questions with this tag expect their facts in the order in which the question set has them."""


def places_of_facts(question: Question, reply: Reply) -> tuple[int, ...]:
    """Where each expected fact that the answer holds first stands in it, in the order of the question set."""
    said = normalised(without_markers(reply.text))
    found = ([place_in(said, one) for one in fact] for fact in question.facts)
    return tuple(min(place for place in places if place >= 0) for places in found if max(places) >= 0)


def steps_in_order(case: Case) -> float | None:
    """The share of pairs of expected facts that stand in their order; None below two facts at places of their own."""
    if TAG not in case.question.tags:
        return None
    pairs = [(one, other) for one, other in combinations(places_of_facts(case.question, case.reply), 2) if one != other]
    return sum(one < other for one, other in pairs) / len(pairs) if pairs else None


ORDER = Measure(
    name="order",
    label="steps in order",
    definition="Of the questions tagged `steps`, mean share of pairs of facts found that stand in the order expected.",
    paper="Lapata 2006, Computational Linguistics 32(4): Kendall's tau of an ordering, here from 0 to 1",
    of=steps_in_order,
)
