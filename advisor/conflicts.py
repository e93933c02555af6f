"""Where guides disagree: statements of different guides on one subject, compared and shown side by side.

Two statements are held together only when nothing but the guide tells them apart: the question's own words must be met
by both, the guides must be about the same thing, and figures must be of the same quantity, unit, period and year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

import numpy as np

from index.figures import Figure, Quantity, figures_in
from index.guide import Guide, Passage, PassageKind, Span
from index.search import Index
from index.units import unit_spans
from index.words import stems_in

from .answer import Layout, Status
from .contradictions import Strength, counted_in_headings, figures_conflict, other_names, strength_of
from .draft import Piece, Place, plain, title_piece
from .evidence import Candidate, Evidence, Gatherer
from .features import ABBREVIATION
from .question import Kind, Question, names_quantity
from .quoting import QuotingWriter
from .subjects import SAME_SUBJECT, Subjects, elsewhere, series

MET = 0.6
"""How far the best statement must meet a word before another guide's statement has to meet it too."""
ALSO_MET = 0.45
"""How far the other guide's statement has to meet it."""
WEIGHTY = 0.15
"""What a word must weigh to tell statements apart."""
FIRST = 2.0
"""Logits by which the first statement may be behind the best unit."""
COMPARABLE = 6.0
"""Logits by which another guide's statement may be behind the first."""
SURELY = 2.0
"""Logit from which a statement surely answers the question."""
SAME_MATTER = 0.55
"""Cosine of two such statements from which they are about one matter."""
BESIDE = 3.0
"""Likewise for further statements of the same guide."""
ANSWERS = -1.5
"""Logit that a statement needs to be held against another."""
UNMET = 0.45
"""Share of a question's words that no statement need meet; beyond it, the question asks for something narrower."""
NAMED = 0.6
"""Likeness from which a word names the subject."""
ASKED = 5
"""Guides that are asked alone whether they agree."""
NEAR_SUBJECT = 0.4
"""Cosine of two guides from which the other is asked at all; its statements must still be of one subject or matter."""
MOST_STATEMENTS = 5
"""Shown of one guide."""
MOST_GUIDES = 3
"""Shown side by side."""


OPENING = "The guides do not say the same."


_GENERAL = re.compile(r"general(?:ly)?|overall|roughly|usual(?:ly)?|average|talk(?:ing)?|expect(?:ed)?", re.IGNORECASE)
_ASKS_STRENGTH = re.compile(
    r"\b(?:need\w*|require\w*|must|necessary|mandatory|have to|essential|compulsory|obligatory|without|no|possible|minimum|okay|prefer\w*)\b",
    re.IGNORECASE,
)
_ABOUT_GUIDES = re.compile(
    r"\b(?:is|are) there (?:any |an? )?(?=\w*(?:agree|discrepanc|differ|conflict|contradict))|\b(?:discrepanc\w+|differences? of opinion)\b"
    r"|\bof one (?:mind|opinion)\b(?:\s+(?:on|about))?(?:\s+whether)?|\b(?:between|among)\s+(?=(?:the|your|all|both|these|two)\s+(?:guides?|sources?)\b)"
    r"|\b(?:(?:do|does|are|is|what|which|how|where)\s+)?(?:(?:all|both|every|each|any|your|the|these|those|two|of)\s+)*"
    r"(?:guides?|sources?)\b(?:\s+(?:all|both|really|ever))*"
    r"|\b(?:agree|disagree|differ|conflict|contradict)\w*(?:\s+(?:with\s+)?each other)?(?:\s+(?:on|about|over|in))?\b"
    r"|\b(?:say|tell|state|give|consistent)\w*(?:\s+(?:me|us))?(?:\s+(?:on|about))?\b|\bthe same(?:\s+\w+)?\s+(?:about|on|for)\b|\bthe same\b",
    re.IGNORECASE,
)
_ASKS_WHO = re.compile(r"\b(?:who|whom|whose|which|what (?!is\b|are\b|do\b|does\b|did\b)[a-z]+)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Statement:
    """What one unit of a guide states on the subject."""

    candidate: Candidate
    figures: tuple[Figure, ...] = ()
    strength: Strength | None = None

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


def topic_of(question: Question) -> Question:
    """What guides are asked to agree on, as a question; any other question as it is."""
    if question.kind is not Kind.AGREEMENT:
        return question
    topic = re.sub(r"\s+", " ", _ABOUT_GUIDES.sub(" ", question.text)).strip(" ?,.")
    if question.wanted and question.quantity is not Quantity.COUNT:
        kept = [
            word.text
            for word in Question(topic, question.kind, question.quantity).words
            if not names_quantity(word.text)
        ]
        topic = f"{question.wanted} {' '.join(kept)}".strip()
    return Question(f"{topic}?", Kind.AGREEMENT, question.quantity)


@dataclass(frozen=True)
class Told:
    """An answer that holds guides side by side."""

    status: Status
    pieces: tuple[Piece, ...]


class Disagreements:
    """Compares what the guides of one index say."""

    def __init__(self, index: Index, gatherer: Gatherer, writer: QuotingWriter) -> None:
        self.index = index
        self._gatherer = gatherer
        self._writer = writer
        self._subjects = Subjects(index)

    def check(self, evidence: Evidence) -> Told | None:
        """Guides side by side, where they disagree on what is asked or are asked to be compared; else None."""
        if len(self.index.guides) < 2 or not evidence.candidates:
            return None
        question = evidence.question
        if question.kind is Kind.AGREEMENT:
            return self.counted(question) or self._agreement(evidence)
        if not _general(evidence):
            return self.counted(question)
        sides = self._sides(evidence)
        if sides:
            beside = {side.guide.id: side for side in (*sides[1:], *self._others(sides[0], evidence))}
            sides = (sides[0], *beside.values())[:MOST_GUIDES]
        if len(sides) < 2 or not _disagree(sides, question):
            return self.counted(question) or self._named_otherwise(evidence)
        return Told(Status.CONFLICTING, tuple(self._show(sides, question)))

    def _agreement(self, evidence: Evidence) -> Told | None:
        """Each guide's best statements on a topic, and whether they say the same."""
        question = evidence.question
        if not evidence.candidates:
            return None
        sides = self._sides(evidence)
        if len(sides) < 2:
            sides = self._nearest(evidence)
        if len(sides) < 2:
            sides = self._each(evidence)
        if len(sides) < 2:
            return None
        if _disagree(sides, question):
            return Told(Status.CONFLICTING, tuple(self._show(sides, question)))
        opening = "The guides say the same:" if _agree(sides) else "This is what each guide says:"
        return Told(Status.ANSWERED, (Piece(opening), *self._said(sides, question)))

    def _nearest(self, evidence: Evidence) -> tuple[Side, ...]:
        """The best unit of each guide, whatever it states."""
        best, stater = evidence.candidates[0], _Stater(self.index, evidence)
        firsts: dict[str, Side] = {}
        for candidate in evidence.candidates:
            same = candidate.guide.id == best.guide.id or self._subject(best.guide, candidate.guide)
            if same and candidate.logit >= max(ANSWERS, best.logit - COMPARABLE):
                firsts.setdefault(candidate.guide.id, Side(candidate.guide, (stater.state(candidate),)))
        return tuple(firsts.values())[:MOST_GUIDES]

    def _others(self, side: Side, evidence: Evidence) -> Iterator[Side]:
        """What further guides near the subject of the first one state, each asked alone.

        Only what could be held against its best statement is read.
        """
        first = side.statements[0].candidate
        others = (guide for guide in self._likeliest(evidence) if guide is not side.guide)
        near = list(islice((guide for guide in others if self._subject(side.guide, guide, NEAR_SUBJECT)), ASKED))
        stater = _Stater(self.index, evidence)

        def worth(other: Candidate) -> bool:
            return _usable(stater.state(other), evidence.question) and self._may_compare(first, other, evidence)

        alone = self._gatherer.within(evidence, [guide.id for guide in near], worth)
        stated = [stater.state(candidate) for candidate in alone.candidates if candidate.logit >= ANSWERS]
        usable = [statement for statement in stated if self._comparable(first, statement.candidate, evidence)]
        for guide in near:
            own = [s for s in usable if s.candidate.guide is guide]
            if own:
                yield _side([s for s in own if s.candidate.logit >= own[0].candidate.logit - BESIDE])

    def _likeliest(self, evidence: Evidence) -> Iterator[Guide]:
        """The guides, the nearest to the question first."""
        guides = list(self.index.guides.values())
        return (guides[i] for i in np.argsort(-evidence.scores.guide, kind="stable"))

    def _each(self, evidence: Evidence) -> tuple[Side, ...]:
        """What each of the likeliest guides states on a topic, each asked alone."""
        found: list[Side] = []
        for guide in islice(self._likeliest(evidence), ASKED):
            alone = self._gatherer.gather(evidence.question, (guide.id,))
            stater = _Stater(self.index, alone)
            stated = [stater.state(c) for c in alone.candidates if c.guide is guide and c.logit >= ANSWERS]
            usable = [s for s in stated if s.figures or evidence.question.quantity is None][:MOST_STATEMENTS]
            if usable and (not found or self._subject(found[0].guide, guide)):
                found.append(_side(usable))
        return tuple(found[:MOST_GUIDES])

    def _sides(self, evidence: Evidence) -> tuple[Side, ...]:
        """What each guide states on the subject of the question, the best guide first."""
        stater = _Stater(self.index, evidence)
        statements = [s for c in evidence.candidates if _usable(s := stater.state(c), evidence.question)]
        if not statements or statements[0].candidate.logit < evidence.candidates[0].logit - FIRST:
            return ()
        first = statements[0]
        grouped: dict[str, list[Statement]] = {}
        for statement in statements:
            known = grouped.get(statement.candidate.guide.id)
            needed = known[0].candidate.logit - BESIDE if known else first.candidate.logit - COMPARABLE
            if statement.candidate.logit >= max(ANSWERS, needed) and self._comparable(
                first.candidate, statement.candidate, evidence
            ):
                grouped.setdefault(statement.candidate.guide.id, []).append(statement)
        return tuple(_side(members) for members in list(grouped.values())[:MOST_GUIDES])

    def _comparable(self, first: Candidate, other: Candidate, evidence: Evidence) -> bool:
        """Whether another statement is about what the first one is about, as far as the question tells."""
        answered = min(first.logit, other.logit) >= SURELY
        return (answered or self._subject(first.guide, other.guide)) and self._may_compare(first, other, evidence)

    def _may_compare(self, first: Candidate, other: Candidate, evidence: Evidence) -> bool:
        """Whether two units may be about one thing, as far as can be told before the other is read."""
        if not self._subject(first.guide, other.guide) and not self._one_matter(first, other):
            return False
        return not any(
            max(ours, theirs) >= MET and min(ours, theirs) < ALSO_MET
            for word, weight, ours, theirs in zip(
                evidence.terms.words, evidence.terms.weights, first.covered, other.covered, strict=True
            )
            if weight >= WEIGHTY and not _only_asks(word.text)
        )

    def _one_matter(self, first: Candidate, other: Candidate) -> bool:
        """Whether two units are so alike that, where both answer surely, guides of unlike make must be about one subject."""
        if elsewhere(first.guide, other.guide) or series(first.guide, other.guide):
            return False
        vectors = self.index.unit_vectors
        return float(vectors[first.position] @ vectors[other.position]) >= SAME_MATTER

    def _subject(self, one: Guide, other: Guide, least: float = SAME_SUBJECT) -> bool:
        """Whether two guides are about one subject in one country."""
        return one.id == other.id or (not elsewhere(one, other) and self._subjects.one(one, other, least))

    def counted(self, question: Question) -> Told | None:
        """Guides whose headings count the things asked for differently ("5 steps to …", "Step 10: …")."""
        asked = re.search(r"\bhow many\s+(?:\w+\s+)??(?P<noun>[a-z]+s)\b", question.text, re.IGNORECASE)
        if not asked or question.quantity is not Quantity.COUNT:
            return None
        stem = next(iter(stems_in(asked["noun"].lower())), "")
        counts = {g.id: c for g in self.index.guides.values() if (c := counted_in_headings(g).get(stem))}
        pairs = ((one, other) for one, other in combinations(sorted(counts), 2) if counts[one][0] != counts[other][0])
        pair = next((p for p in pairs if self._subject(self.index.guides[p[0]], self.index.guides[p[1]])), None)
        if pair is None:
            return None
        pieces = [Piece("The guides do not count the same.")]
        for name in pair:
            guide, section = self.index.guides[name], counts[name][1]
            heading = section.heading or Span(section.start, section.start)
            where = Place(name, section.path, heading)
            pieces += [title_piece(guide), Piece(plain(heading.of(guide.text)), (where,), Layout.ITEM)]
        return Told(Status.CONFLICTING, tuple(pieces))

    def _named_otherwise(self, evidence: Evidence) -> Told | None:
        """What the best unit names, and another guide names otherwise where it speaks of the same abbreviation."""
        best, question = evidence.candidates[0], evidence.question
        words = set(re.findall(r"[\w.-]*\w", question.text.casefold()))
        asked = [m[0] for m in ABBREVIATION.finditer(best.text) if m[0].casefold() in words]
        if question.kind not in (Kind.FACT, Kind.LIST) or not asked or not _ASKS_WHO.search(question.text):
            return None
        for guide in self.index.guides.values():
            for match in other_names(best.text, guide.text) if guide.id != best.guide.id else ():
                unit = self._unit_at(guide, match.start())
                if unit and any(name in unit[1].of(guide.text) for name in asked) and self._subject(best.guide, guide):
                    piece = Piece(
                        plain(unit[1].of(guide.text)), (Place(guide.id, unit[0].section, unit[1]),), Layout.ITEM
                    )
                    ours = (title_piece(best.guide), self._writer.piece(best, question, Layout.ITEM))
                    return Told(Status.CONFLICTING, (Piece(OPENING), *ours, title_piece(guide), piece))
        return None

    @staticmethod
    def _unit_at(guide: Guide, start: int) -> tuple[Passage, Span] | None:
        """The unit of a guide in which a character stands."""
        passage = next((p for p in guide.passages if p.start <= start < p.end), None)
        spans = unit_spans(guide, passage) if passage else ()
        return next(((passage, span) for span in spans if passage and span.start <= start < span.end), None)

    def _show(self, sides: Sequence[Side], question: Question) -> Iterator[Piece]:
        yield Piece(OPENING)
        yield from self._said(sides, question)
        why = _why(sides)
        if why:
            yield Piece(why)

    def _said(self, sides: Sequence[Side], question: Question) -> Iterator[Piece]:
        """Each side under the name of its guide."""
        for side in sides:
            yield title_piece(side.guide)
            for statement in side.statements:
                yield self._writer.piece(statement.candidate, question, Layout.ITEM)


def _only_asks(word: str) -> bool:
    """Whether a word says what is asked about a subject, and not which subject."""
    return bool(_ASKS_STRENGTH.fullmatch(word) or _GENERAL.fullmatch(word)) or names_quantity(word)


def _general(evidence: Evidence) -> bool:
    """Whether the question asks about the subject as a whole, or a part that the best units meet."""
    question, terms = evidence.question, evidence.terms
    if question.quantity is not Quantity.DURATION and any(
        f.quantity is Quantity.DURATION for f in figures_in(question.text)
    ):
        return False
    met = np.max([c.covered for c in evidence.candidates[:5]], axis=0) if len(terms.words) else terms.weights
    asked = [(w, m) for word, w, m in zip(terms.words, terms.weights, met, strict=True) if not _only_asks(word.text)]
    unmet = sum(float(w) for w, m in asked if m < ALSO_MET)
    return unmet <= UNMET * max(sum(float(w) for w, _ in asked), 1e-9)


class _Stater:
    """Reads what candidates state on the subject of one question."""

    def __init__(self, index: Index, evidence: Evidence) -> None:
        terms = evidence.terms
        told = [0.0 if _only_asks(word.text) else float(w) for word, w in zip(terms.words, terms.weights, strict=True)]
        rows = [row for row, weight in enumerate(told) if weight and weight >= max(told) / 2]
        self._question = evidence.question
        self._known = index.terms.known
        self._alike = terms.alike[rows].max(axis=0) if rows else np.zeros(len(self._known), dtype=np.float32)

    def state(self, candidate: Candidate) -> Statement:
        """What a unit states: its figures of the quantity asked for, and how strongly it asks for the subject."""
        question = self._question
        figures = tuple(f for f in candidate.figures if f.quantity is question.quantity and _counts(f, question))
        return Statement(candidate, figures, strength_of(plain(candidate.text), self._names))

    def _names(self, word: str) -> bool:
        return any(self._alike[self._known[stem]] >= NAMED for stem in stems_in(word) if stem in self._known)


def _counts(figure: Figure, question: Question) -> bool:
    """Whether a figure is of the period asked for; how long and how often are different things."""
    if figure.quantity is Quantity.DURATION:
        return figure.period is None
    return question.period is None or figure.period in (None, question.period)


def _usable(statement: Statement, question: Question) -> bool:
    """Whether a statement can be held against another on this question."""
    if statement.candidate.feature("introduces") or _of_one_name(statement.candidate, question):
        return False
    if question.quantity in (Quantity.MONEY, Quantity.PERCENT, Quantity.DURATION):
        return bool(statement.figures) and bool(statement.years & set(question.years)) == bool(question.years)
    if question.kind is Kind.AGREEMENT or _ASKS_STRENGTH.search(question.text):
        return statement.strength is not None
    return False


def _of_one_name(candidate: Candidate, question: Question) -> bool:
    """Whether a unit speaks of somebody or something by a name that neither the question nor its guide's title has.

    The initials of the guide's own country are no such name.
    """
    initials = "".join(f"{word[0]}." for word in (candidate.guide.country or "").split())
    known = f"{question.text} {candidate.guide.title} {initials}".casefold()
    return any(name[0].casefold() not in known for name in ABBREVIATION.finditer(candidate.text))


def _side(members: Sequence[Statement]) -> Side:
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


def _disagree(sides: Sequence[Side], question: Question) -> bool:
    """Whether any two guides state what cannot both be so."""
    if question.quantity is not None:
        return any(figures_conflict(one.figures, other.figures) for one, other in combinations(sides, 2))
    return any(_strengths_conflict(one, other) for one, other in combinations(sides, 2))


def _strengths_conflict(one: Side, other: Side) -> bool:
    """Whether the best statements of two guides ask differently, or any two the opposite."""
    pairs = [(a.strength, b.strength) for a in one.statements for b in other.statements]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    return bool(known) and (known[0][0] != known[0][1] or any(abs(a - b) > 1 for a, b in known))


def _agree(sides: Sequence[Side]) -> bool:
    """Whether the guides state the same figures or ask equally strongly."""
    if all(side.figures for side in sides):
        return True
    strengths = {side.statements[0].strength for side in sides}
    return len(strengths) == 1 and None not in strengths


def _why(sides: Sequence[Side]) -> str | None:
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
