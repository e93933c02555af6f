"""What a guide states on the subject of a question, and whether two guides can both be right."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from index.figures import Figure, Quantity, figures_in
from index.guide import Guide, PassageKind
from index.search import Index
from index.words import stems_in

from .contradictions import Strength, figures_conflict, strength_of, strength_told
from .draft import plain
from .evidence import Candidate, Evidence
from .features import ABBREVIATION
from .question import Kind, Question, names_quantity

MET = 0.6
"""How far the best statement must meet a word before another guide's statement has to meet it too."""
ALSO_MET = 0.45
"""How far the other guide's statement has to meet it."""
WEIGHTY = 0.15
"""What a word must weigh to tell statements apart."""
NAMED = 0.6
"""Likeness from which a word names the subject."""
MOST_STATEMENTS = 5
"""Shown of one guide."""
_GENERAL = re.compile(r"general(?:ly)?|overall|roughly|usual(?:ly)?|average|talk(?:ing)?|expect(?:ed)?", re.IGNORECASE)
_ASKS_STRENGTH = re.compile(
    r"\b(?:need\w*|require\w*|must|necessary|mandatory|have to|essential|compulsory|obligatory|without|no|possible|minimum|okay|prefer\w*|optional|enough)\b",
    re.IGNORECASE,
)

_ASKED = re.compile(
    r"^\W*(?:\w+,\s+)?(?:(?:an?|the|all|most|many|some)\s+)?(?:[\w'’-]+\s+){0,3}?(?P<who>[a-z]+(?:er|or|ist|ian|ant|man)s?)\b(?:\s+(?:of|in|at)\s+\w+)?"
    r"\s+(?:\w+ly\s+)?(?:must|needs?|requires?|has to|have to|should|may|can)\b",
    re.IGNORECASE,
)
"""Somebody by what they do, before what is asked of them."""
_ANYBODY = re.compile(
    r"(?:applicant|entrant|employer|recruiter|worker|beginner|starter|newcomer|jobseeker|learner|other)s?",
    re.IGNORECASE,
)
_ALIKE = 4
"""Letters that words for a work and for who does it share ("coding", "coder")."""


@dataclass(frozen=True)
class Statement:
    """What one unit of a guide states on the subject."""

    candidate: Candidate
    figures: tuple[Figure, ...] = ()
    strength: Strength | None = None
    listed: bool = False
    """Whether what introduces its list tells how strongly, and not its own words."""

    @property
    def years(self) -> frozenset[int]:
        """The years that it speaks of."""
        found = figures_in(self.candidate.text)
        return frozenset(int(f.low) for f in found if f.quantity is Quantity.YEAR)

    @property
    def part(self) -> str:
        """The heading, or the row, that it speaks of."""
        passage = self.candidate.passage
        if passage.kind is PassageKind.ROW and passage.cells:
            return passage.cells[0].of(self.candidate.guide.text)
        return passage.section[-1] if passage.section else ""


@dataclass(frozen=True)
class Side:
    """What one guide states on the subject: best statement first."""

    guide: Guide
    statements: tuple[Statement, ...]

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figure for statement in self.statements for figure in statement.figures)

    @property
    def parts(self) -> int:
        """How many headings or rows its statements stand under."""
        return len({statement.part for statement in self.statements})


def only_asks(word: str) -> bool:
    """Whether a word says what is asked about a subject, and not which subject."""
    return bool(_ASKS_STRENGTH.fullmatch(word) or _GENERAL.fullmatch(word)) or names_quantity(word)


def meets(one: Candidate, other: Candidate, evidence: Evidence, aside: Callable[[str], bool] | None = None) -> bool:
    """Whether what one of two units meets of the question the other meets as well, but for what only asks and some words."""
    return not any(
        max(ours, theirs) >= MET and min(ours, theirs) < ALSO_MET
        for word, weight, ours, theirs in zip(
            evidence.terms.words, evidence.terms.weights, one.covered, other.covered, strict=True
        )
        if weight >= WEIGHTY and not only_asks(word.text) and not (aside and aside(word.text))
    )


class Stater:
    """Reads what candidates state on the subject of one question."""

    def __init__(self, index: Index, evidence: Evidence) -> None:
        terms = evidence.terms
        told = [0.0 if only_asks(word.text) else float(w) for word, w in zip(terms.words, terms.weights, strict=True)]
        rows = [row for row, weight in enumerate(told) if weight and weight >= max(told) / 2]
        self._question = evidence.question
        self._known = index.terms.known
        self._alike = terms.alike[rows].max(axis=0) if rows else np.zeros(len(self._known), dtype=np.float32)

    def state(self, candidate: Candidate) -> Statement:
        """What a unit states: its figures of the quantity asked for, and how strongly it asks for the subject."""
        question = self._question
        figures = tuple(f for f in candidate.figures if f.quantity is question.quantity and _counts(f, question))
        strength = strength_of(plain(candidate.text), self._names)
        listed = self._listed(candidate) if strength is None else None
        return Statement(candidate, figures, strength if listed is None else listed, listed is not None)

    def _listed(self, candidate: Candidate) -> Strength | None:
        """How strongly what introduces a list asks for an entry that names the subject: its lead, or the heading over it."""
        passage, guide = candidate.passage, candidate.guide
        if passage.kind not in (PassageKind.LIST, PassageKind.STEP):
            return None
        if not any(self._names(word) for word in re.findall(r"[\w'’-]+", plain(candidate.text))):
            return None
        lead = plain(passage.lead.of(guide.text)) if passage.lead else ""
        heading = "" if not passage.section or passage.section[-1].rstrip().endswith("?") else passage.section[-1]
        told = strength_told(lead)
        return strength_told(heading) if told is None else told

    def _names(self, word: str) -> bool:
        return any(self._alike[self._known[stem]] >= NAMED for stem in stems_in(word) if stem in self._known)


def _counts(figure: Figure, question: Question) -> bool:
    """Whether a figure is of the period asked for; how long and how often are different things."""
    if figure.quantity is Quantity.DURATION:
        return figure.period is None
    return question.period is None or figure.period in (None, question.period)


def usable(statement: Statement, question: Question) -> bool:
    """Whether a statement can be held against another on this question."""
    if statement.candidate.feature("introduces") or of_one_name(statement.candidate, question):
        return False
    if question.quantity in (Quantity.MONEY, Quantity.PERCENT, Quantity.DURATION):
        return bool(statement.figures) and bool(statement.years & set(question.years)) == bool(question.years)
    if question.kind is Kind.LIST:  # what is asked for is several, and none of them alone
        return False
    if question.kind is Kind.AGREEMENT or _ASKS_STRENGTH.search(question.text):
        return statement.strength is not None and not of_somebody_else(statement.candidate, question)
    return False


def asked_of(text: str) -> str | None:
    """Of whom something is asked, by what they do ("An inspector of furnaces must …"); None where that is anybody."""
    match = _ASKED.match(text)
    return match["who"] if match and not _ANYBODY.fullmatch(match["who"]) else None


def of_somebody_else(candidate: Candidate, question: Question, titles: Sequence[str] = ()) -> bool:
    """Whether a unit asks something of those who do what neither the question nor its guide's title, or another's, names."""
    who = next(iter(stems_in(asked_of(plain(candidate.text)) or "")), "")
    known = stems_in(" ".join((question.text, candidate.guide.title, *titles)))
    return bool(who) and not any(word[:_ALIKE] == who[:_ALIKE] for word in known)


def of_one_name(candidate: Candidate, question: Question) -> bool:
    """Whether a unit speaks of somebody or something by a name that neither the question nor its guide's title has.

    The initials of the guide's own country are no such name.
    """
    initials = "".join(f"{word[0]}." for word in (candidate.guide.country or "").split())
    known = f"{question.text} {candidate.guide.title} {initials}".casefold()
    return any(name[0].casefold() not in known for name in ABBREVIATION.finditer(candidate.text))


def side_of(members: Sequence[Statement]) -> Side:
    """The statements to show of one guide: those about the whole before rows by year, no figure twice."""
    figured = [s for s in members if s.figures]
    general = [s for s in figured if not s.years] or figured
    if not general:
        by_strength = {s.strength: s for s in reversed(members)}
        return Side(members[0].candidate.guide, tuple(sorted(by_strength.values(), key=members.index)))
    kept: dict[tuple[tuple[float, float | None], ...], Statement] = {}
    for statement in general:
        kept.setdefault(tuple((f.low, f.high) for f in statement.figures), statement)
    return Side(members[0].candidate.guide, tuple(kept.values())[:MOST_STATEMENTS])


def disagree(sides: Sequence[Side], question: Question) -> bool:
    """Whether any two guides state what cannot both be so."""
    if question.quantity is not None:
        return any(figures_conflict(one.figures, other.figures) for one, other in combinations(sides, 2))
    return any(_strengths_conflict(one, other) for one, other in combinations(sides, 2))


def _strengths_conflict(one: Side, other: Side) -> bool:
    """Whether the best statements of two guides ask differently, or any two the opposite."""
    pairs = [(a.strength, b.strength) for a in one.statements for b in other.statements]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    return bool(known) and (known[0][0] != known[0][1] or any(abs(a - b) > 1 for a, b in known))


def agree(sides: Sequence[Side]) -> bool:
    """Whether the guides state the same figures or ask equally strongly."""
    if all(side.figures for side in sides):
        return True
    strengths = {side.statements[0].strength for side in sides}
    return len(strengths) == 1 and None not in strengths


def why_apart(sides: Sequence[Side]) -> str | None:
    """What explains the difference, where the guides' own headings, rows or front matter show it."""
    if not all(side.figures for side in sides):
        return None
    parts = [side.parts for side in sides]
    if min(parts) == 1 and max(parts) > 2:
        return "One of them gives its figures one by one, level by level or part by part, the other for the work as a whole."
    dates = {side.guide.dated[:4] for side in sides if side.guide.dated}
    if len(dates) == len(sides):
        return "They are from different years."
    return None
