"""Which units state the figure that is asked for: the newest of them, and of all rather than of one part."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.figures import Quantity
from index.guide import PassageKind

from .draft import plain
from .evidence import Candidate, Evidence, of_a_part
from .question import COSTS, Question, read_question
from .siblings import LABEL

NEAR = 12
"""Of the best units, that are looked at."""
SURE = 0.0
"""Logit from which one part is told before all."""
STATING = 2.5
"""Logits behind the best from which a unit no longer answers, though it states what is to be counted."""
ANEW = 0.3
"""How much less of a word of the question a later unit may cover that says anew what another tells."""
KEYED = 0.2
"""How far a question names the row that it asks about, at the least."""
OF_ALL = 6.0
"""Logits that what is told of all may be behind what a table tells of one part."""

_PAST = re.compile(
    r"\b(?:was|were|did|used to|before|earlier|then|old|older|past|former|history|since|ago)\b", re.IGNORECASE
)
"""What may ask for how it was."""


def units_stating(evidence: Evidence) -> list[Candidate]:
    """The units that state the quantity, best first; what a table tells of one part stands back."""
    best = evidence.candidates[0]
    near = [c for c in evidence.candidates[:NEAR] if c.feature("quantity") > 0]
    stating = [c for c in near if c.logit > best.logit - STATING or _placed_with(c, best)]
    if not stating:
        return _labelled(evidence)
    stating.sort(key=lambda c: (not _placed_with(c, best), of_a_part(c)))
    stating = _newest_first(stating, evidence)
    return [stating[0], *(c for c in stating[1:] if not _of_another(c, stating[0]))]


def _labelled(evidence: Evidence) -> list[Candidate]:
    """What the best unit's section states of the quantity, under a label that names it ("Median salary: …")."""
    best, question = evidence.candidates[0], evidence.question

    def names(label: str) -> bool:
        asked = read_question(f"How much {label}?").quantity is question.quantity
        return asked and bool(COSTS.search(label)) == bool(COSTS.search(question.text))

    beside = (
        c for c in evidence.candidates if (c.guide.id, c.passage.section) == (best.guide.id, best.passage.section)
    )
    stated = [c for c in beside if c.feature("quantity") > 0 and (m := LABEL.match(plain(c.text))) and names(m[1])]
    return stated[:1] if best.logit >= SURE and best.passage.section else []


def with_whole(chosen: list[Candidate], evidence: Evidence) -> Sequence[Candidate]:
    """What a table tells of one part that the question does not name, beside what its guide tells of all of them."""
    part = chosen[0]
    named = part.feature("key") >= KEYED or evidence.question.rank
    if part.passage.kind is not PassageKind.ROW or len(part.passage.cells) != 2 or named:
        return chosen
    wholes = (c for c in evidence.candidates if c.guide is part.guide and _of_all(c, evidence.question))
    whole = next((c for c in wholes if c.logit > part.logit - OF_ALL), None)
    if whole is None or whole in chosen:
        return chosen
    return [part, whole] if part.logit >= SURE else [whole, part]


def _of_all(candidate: Candidate, question: Question) -> bool:
    """Whether a unit that is no row states the quantity, and not of some share of all alone."""
    counted = {figure.quantity for figure in candidate.figures}
    shares = question.quantity is not Quantity.PERCENT and Quantity.PERCENT in counted
    return candidate.passage.kind is not PassageKind.ROW and question.quantity in counted and not shares


def _newest_first(stating: list[Candidate], evidence: Evidence) -> list[Candidate]:
    """Without what a later unit says anew of what the first one tells, where the question names no year."""
    first, question = stating[0], evidence.question
    if question.years or _PAST.search(question.text):
        return stating

    def anew(c: Candidate, old: Candidate) -> bool:
        same = bool((c.covered >= old.covered - ANEW).all()) and _likes(c) == _likes(old)
        return same and bool(_year(old)) and _year(c) > _year(old)

    newest = max((c for c in stating if anew(c, first)), key=_year, default=first)
    return [newest, *(c for c in stating if c is not newest and not anew(newest, c))]


def _year(candidate: Candidate) -> float:
    """The one year that a sentence tells of, 0 where it tells of none or of several, or foretells."""
    told = {figure.low for figure in candidate.figures if figure.quantity is Quantity.YEAR}
    dated = re.search(r"\d{4}", candidate.guide.dated or "")
    return told.pop() if len(told) == 1 and (not dated or max(told) <= float(dated[0])) else 0.0


def _likes(candidate: Candidate) -> tuple[tuple[Quantity, str], ...]:
    """The kinds of figures that a unit states."""
    return tuple(sorted({(f.quantity, f.unit) for f in candidate.figures if f.quantity is not Quantity.YEAR}))


def _placed_with(candidate: Candidate, best: Candidate) -> bool:
    """Whether both stand in one section, for a range of time that holds the one that the question tells."""
    return (
        min(candidate.feature("within"), best.feature("within")) > 0
        and candidate.passage.section == best.passage.section
    )


def _of_another(candidate: Candidate, first: Candidate) -> bool:
    """Whether a unit tells of another year, or of another row, than the first, which the question names."""
    if candidate.feature("year") < first.feature("year"):
        return True
    rows = candidate.passage.kind is PassageKind.ROW is first.passage.kind
    return (
        rows and candidate.passage.section == first.passage.section and candidate.feature("key") < first.feature("key")
    )
