"""Which units have no place beside the best one of an answer, however well they do alone."""

from __future__ import annotations

from index.words import stems_in

from .evidence import Candidate, Evidence
from .listing import MET, SILENT
from .question import Kind, Question

WEIGHTY = 0.9
"""Share of the heaviest word's weight from which a word of the question is one that a further unit must not miss."""


def misses(candidate: Candidate, best: Candidate, evidence: Evidence) -> bool:
    """Whether a unit is silent on a weighty word of the question that the best unit meets.

    What is to be counted is asked in words that the guides may not use; they hide no other word of the question.
    """
    weights, met = evidence.terms.weights, best.covered >= MET
    counts = evidence.question.quantity is not None and evidence.question.kind is not Kind.COMPARISON
    weighty = weights >= WEIGHTY * (weights[met] if counts else weights).max(initial=0.0)
    return bool((weighty & met & (candidate.covered < SILENT)).any())


def says_nothing(candidate: Candidate) -> bool:
    """Whether a unit in its place has no word of the question, nor one like it ("There you have it.")."""
    return len(candidate.covered) > 0 and float(candidate.covered.max()) < SILENT


def of_a_sibling(candidate: Candidate, best: Candidate, question: Question) -> bool:
    """Whether a unit stands under a heading beside the best one's that is called like it, where the question names only that one.

    ("Mid-level coder", and not "Entry-level coder".)
    """
    here, there = best.passage.section, candidate.passage.section
    if candidate.guide.id != best.guide.id or not (here and there) or here == there or here[:-1] != there[:-1]:
        return False
    ours, theirs, asked = set(stems_in(here[-1])), set(stems_in(there[-1])), set(stems_in(question.text))
    alike = len(ours & theirs) > 1 and theirs - ours
    return bool(alike) and bool((ours - theirs) & asked) and not (theirs - ours) & asked


def of_another_time(candidate: Candidate, best: Candidate) -> bool:
    """Whether a unit tells of another year, or of another range of time, than the best does and the question tells."""
    another_year = candidate.feature("year") < min(best.feature("year"), 0.0)
    return another_year or candidate.feature("within") < best.feature("within")
