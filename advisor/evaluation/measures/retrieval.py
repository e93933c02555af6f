"""Does the search find the expected sections: the field's measures, computed by ir_measures.

A question's expected places are its relevant documents; a hit is the first place that it lies in and that no better
hit took, else a section of its own. Hits of the same section count once, at their best rank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..questions import Place, Question
from ..texts import normalised
from ..transcript import Found, Reply
from .case import Case, Measure

DEPTH = 50
"""Passages that are looked at for each question."""
_NAMES = ("Success@1", "Success@5", "R@5", "R@10", "nDCG@10", "RR@10")


def retrieval_values(questions: Sequence[Question], replies: Mapping[str, Reply]) -> dict[str, dict[str, float]]:
    """The retrieval measures of each question that expects places and whose hits are known."""
    asked = [q for q in questions if q.cites and q.id in replies and replies[q.id].hits]
    if not asked:
        return {}
    import ir_measures

    relevant = {q.id: {_name(place): 1 for place in q.cites} for q in asked}
    run = {q.id: _ranked(replies[q.id].hits, q.cites) for q in asked}
    values: dict[str, dict[str, float]] = {q.id: {} for q in asked}
    for one in ir_measures.iter_calc([ir_measures.parse_measure(name) for name in _NAMES], relevant, run):
        values[one.query_id][str(one.measure)] = float(one.value)
    return values


def _ranked(hits: Sequence[Found], places: Sequence[Place]) -> dict[str, float]:
    """Names of sections with scores that fall from the first to the last."""
    names: dict[str, None] = {}
    open_places = list(places)
    for section in dict.fromkeys(hits):
        taken = next((place for place in open_places if holds(place, section)), None)
        if taken is not None:
            open_places.remove(taken)
        names.setdefault(_name(taken) if taken else _name(Place(section.path, "\n".join(section.section))))
    return {name: 1 / rank for rank, name in enumerate(names, 1)}


def holds(place: Place, found: Found) -> bool:
    """Whether a hit lies in an expected place."""
    inside = place.section is None or normalised(place.section) in {normalised(one) for one in found.section}
    return found.path == place.path and inside


def _name(place: Place) -> str:
    return f"{place.path}#{place.section}" if place.section is not None else place.path


def _measure(name: str, definition: str, paper: str) -> Measure:
    def of(case: Case) -> float | None:
        return case.retrieval.get(name)

    return Measure(name=name, label=name, definition=definition, paper=paper, of=of, group="retrieval")


_LIBRARY = "MacAvaney et al. 2022, ir_measures (arXiv:2111.13466)"
RETRIEVAL: tuple[Measure, ...] = (
    _measure("Success@1", "Share of questions whose first section found is an expected one.", _LIBRARY),
    _measure("Success@5", "Share of questions with an expected section among the first 5 found.", _LIBRARY),
    _measure("R@5", "Mean share of a question's expected sections among the first 5 found (recall).", _LIBRARY),
    _measure("R@10", "Mean share of a question's expected sections among the first 10 found (recall).", _LIBRARY),
    _measure(
        "nDCG@10",
        "Mean gain of the expected sections among the first 10, discounted by rank, against the best order.",
        "Järvelin and Kekäläinen 2002, ACM TOIS 20(4)",
    ),
    _measure(
        "RR@10",
        "Mean of one over the rank of the first expected section among the first 10 (MRR).",
        "Kantor and Voorhees 2000, Information Retrieval 2(2-3)",
    ),
)
