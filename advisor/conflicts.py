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

from index.figures import Quantity, figures_in
from index.guide import Guide, Passage, Span
from index.search import Index
from index.units import unit_spans
from index.words import stems_in

from .answer import Layout, Status
from .contradictions import counted_in_headings, other_names
from .draft import Piece, Place, plain, title_piece
from .evidence import Candidate, Evidence, Gatherer
from .features import ABBREVIATION
from .question import Kind, Question, last_question, names_quantity
from .quoting import QuotingWriter
from .schooling import asks_schooling, least_asked, names_schooling
from .statements import (
    ALSO_MET,
    MOST_STATEMENTS,
    Side,
    Statement,
    Stater,
    agree,
    disagree,
    meets,
    of_one_name,
    of_somebody_else,
    only_asks,
    side_of,
    usable,
    why_apart,
)
from .subjects import SAME_SUBJECT, Subjects, elsewhere, series

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
LISTED = -5.0
"""Likewise, where it is an entry of a list of what is asked for, which a reader of one entry cannot know."""
UNMET = 0.45
"""Share of a question's words that no statement need meet; beyond it, the question asks for something narrower."""
ASKED = 5
"""Guides that are asked alone whether they agree."""
NEAR = 8
"""The best units, one of which must meet what the question asks about."""
NEAR_SUBJECT = 0.4
"""Cosine of two guides from which the other is asked at all; its statements must still be of one subject or matter."""
POOL = 24
"""The nearest units of another guide, of which those are read that could be held against the first."""
MOST_GUIDES = 3
"""Shown side by side."""


OPENING = "The guides do not say the same."


_ABOUT_GUIDES = re.compile(
    r"\b(?:is|are) there (?:any |an? )?(?=\w*(?:agree|discrepanc|differ|conflict|contradict))|\b(?:discrepanc\w+|differences? of opinion)\b"
    r"|\b(?:does|do|did|is|was|has)\s+(?:everyone|everybody|it)\s+(?:\w+\s+)?agree[ds]?\b(?:\s+(?:that|on|upon|about|whether))?"
    r"|\b(?:(?:dis)?agreements?|contradictions?|conflicts?)\b(?:\s+(?:on|about|over|as to))?(?:\s+whether)?|\banywhere\b"
    r"|\bof one (?:mind|opinion)\b(?:\s+(?:on|about))?(?:\s+whether)?|\b(?:between|among)\s+(?=(?:the|your|all|both|these|two)\s+(?:guides?|sources?)\b)"
    r"|\b(?:(?:do|does|are|is|what|which|how|where)\s+)?(?:(?:all|both|every|each|any|your|the|these|those|two|of)\s+)*"
    r"(?:guides?|sources?)\b(?:\s+(?:all|both|really|ever))*"
    r"|\b(?:agree|disagree|differ|conflict|contradict)\w*(?:\s+(?:with\s+)?each other)?(?:\s+(?:on|about|over|in))?\b"
    r"|\b(?:say|tell|state|give|consistent)\w*(?:\s+(?:me|us))?(?:\s+(?:on|about))?\b|\bthe same(?:\s+\w+)?\s+(?:about|on|for)\b|\bthe same\b",
    re.IGNORECASE,
)
_ASKS_WHO = re.compile(r"\b(?:who|whom|whose|which|what (?!is\b|are\b|do\b|does\b|did\b)[a-z]+)\b", re.IGNORECASE)


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
        question = evidence.question
        if len(self.index.guides) < 2 or not evidence.candidates or question.kind is Kind.WHY:
            return None
        if question.kind is Kind.AGREEMENT:
            return self.counted(question) or self._agreement(evidence)
        if not _general(evidence):
            return self.counted(question)
        sides = self._sides(evidence)
        if sides:
            beside = {side.guide.id: side for side in (*sides[1:], *self._others(sides[0], evidence))}
            sides = (sides[0], *beside.values())[:MOST_GUIDES]
        if len(sides) < 2 or not disagree(sides, question):
            return self.counted(question) or self._schooling(evidence) or self._named_otherwise(evidence)
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
        if disagree(sides, question):
            return Told(Status.CONFLICTING, tuple(self._show(sides, question)))
        opening = "The guides say the same:" if agree(sides) else "This is what each guide says:"
        return Told(Status.ANSWERED, (Piece(opening), *self._said(sides, question)))

    def _nearest(self, evidence: Evidence) -> tuple[Side, ...]:
        """The best unit of each guide, whatever it states."""
        best, stater = evidence.candidates[0], Stater(self.index, evidence)
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
        stater = Stater(self.index, evidence)

        def worth(other: Candidate) -> bool:
            return usable(stater.state(other), evidence.question) and self._may_compare(first, other, evidence)

        alone = self._gatherer.within(evidence, [guide.id for guide in near], worth, POOL)
        read = [stater.state(candidate) for candidate in alone.candidates]
        stated = [s for s in read if s.candidate.logit >= (LISTED if s.listed else ANSWERS)]
        comparable = [statement for statement in stated if self._comparable(first, statement.candidate, evidence)]
        for guide in near:
            own = [s for s in comparable if s.candidate.guide is guide]
            if own:
                yield side_of([s for s in own if s.candidate.logit >= own[0].candidate.logit - BESIDE])

    def _schooling(self, evidence: Evidence) -> Told | None:
        """What guides of one subject ask for, where the levels of education that they ask for are not the same."""
        best, question = evidence.candidates[0], evidence.question
        several = question.kind in (Kind.LIST, Kind.COMPARISON)
        if question.quantity is not None or several or not asks_schooling(question.text) or best.logit < ANSWERS:
            return None
        others = [guide for guide in self._likeliest(evidence) if guide is not best.guide]
        near = [guide.id for guide in others if self._subject(best.guide, guide)][:ASKED]
        alone = self._gatherer.within(evidence, near, lambda other: least_asked(plain(other.text)) is not None, POOL)
        levels: dict[str, dict[int, Statement]] = {}
        titles = [best.guide.title, *(self.index.guides[name].title for name in near)]
        subject = set(stems_in(best.guide.title))
        unmet = {word.text for word, met in zip(evidence.terms.words, best.covered, strict=True) if met < ALSO_MET}

        def only_subject(word: str) -> bool:
            return word in unmet or names_schooling(word) or subject.issuperset(stems_in(word))

        for candidate in (*evidence.candidates, *alone.candidates):
            if candidate.logit < ANSWERS or candidate.guide.id not in (best.guide.id, *near):
                continue
            level = least_asked(plain(candidate.text))
            other = of_somebody_else(candidate, question, titles) or of_one_name(candidate, question)
            if level is not None and not other and meets(best, candidate, evidence, only_subject):
                levels.setdefault(candidate.guide.id, {}).setdefault(level, Statement(candidate))
        sides = [Side(self.index.guides[name], tuple(told.values())) for name, told in levels.items()]
        firsts = [next(iter(told)) for told in levels.values()]
        sides = [side for side, first in zip(sides, firsts, strict=True) if side is sides[0] or first != firsts[0]]
        if len(sides) < 2:
            return None
        return Told(Status.CONFLICTING, tuple(self._show(sides[:MOST_GUIDES], question)))

    def _likeliest(self, evidence: Evidence) -> Iterator[Guide]:
        """The guides, the nearest to the question first."""
        guides = list(self.index.guides.values())
        return (guides[i] for i in np.argsort(-evidence.scores.guide, kind="stable"))

    def _each(self, evidence: Evidence) -> tuple[Side, ...]:
        """What each of the likeliest guides states on a topic, each asked alone."""
        found: list[Side] = []
        for guide in islice(self._likeliest(evidence), ASKED):
            alone = self._gatherer.gather(evidence.question, (guide.id,))
            stater = Stater(self.index, alone)
            stated = [stater.state(c) for c in alone.candidates if c.guide is guide and c.logit >= ANSWERS]
            held = [s for s in stated if s.figures or evidence.question.quantity is None][:MOST_STATEMENTS]
            if held and (not found or self._subject(found[0].guide, guide)):
                found.append(side_of(held))
        return tuple(found[:MOST_GUIDES])

    def _sides(self, evidence: Evidence) -> tuple[Side, ...]:
        """What each guide states on the subject of the question, the best guide first."""
        stater = Stater(self.index, evidence)
        statements = [s for c in evidence.candidates if usable(s := stater.state(c), evidence.question)]
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
        return tuple(side_of(members) for members in list(grouped.values())[:MOST_GUIDES])

    def _comparable(self, first: Candidate, other: Candidate, evidence: Evidence) -> bool:
        """Whether another statement is about what the first one is about, as far as the question tells."""
        answered = min(first.logit, other.logit) >= SURELY
        return (answered or self._subject(first.guide, other.guide)) and self._may_compare(first, other, evidence)

    def _may_compare(self, first: Candidate, other: Candidate, evidence: Evidence) -> bool:
        """Whether two units may be about one thing, as far as can be told before the other is read."""
        if not self._subject(first.guide, other.guide) and not self._one_matter(first, other):
            return False
        return meets(first, other, evidence)

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
        why = why_apart(sides)
        if why:
            yield Piece(why)

    def _said(self, sides: Sequence[Side], question: Question) -> Iterator[Piece]:
        """Each side under the name of its guide."""
        for side in sides:
            yield title_piece(side.guide)
            for statement in side.statements:
                yield self._writer.piece(statement.candidate, question, Layout.ITEM)


def _general(evidence: Evidence) -> bool:
    """Whether the question asks about the subject as a whole, or a part that the best units meet.

    What is told beside it narrows nothing that no guide speaks of ("… It is driving me nuts.").
    """
    question, terms = evidence.question, evidence.terms
    if question.quantity is not Quantity.DURATION and any(
        f.quantity is Quantity.DURATION for f in figures_in(question.text)
    ):
        return False
    met = np.max([c.covered for c in evidence.candidates[:NEAR]], axis=0) if len(terms.words) else terms.weights
    asking = last_question(question.text)
    start = question.text.find(asking)
    asked = [
        (w, m)
        for word, w, m in zip(terms.words, terms.weights, met, strict=True)
        if start <= word.start < start + len(asking) and not only_asks(word.text)
    ]
    unmet = sum(float(w) for w, m in asked if m < ALSO_MET)
    return unmet <= UNMET * max(sum(float(w) for w, _ in asked), 1e-9)
