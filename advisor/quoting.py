"""The writer that needs no language model: it answers with the guides' own sentences, list entries and table rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from index.guide import PassageKind
from index.search import Index
from index.words import stems_in

from . import siblings
from .answer import Layout, Status
from .beside import misses, of_a_sibling, of_another_time, says_nothing
from .comparing import NOT_STATED, compare
from .decision import Decider
from .draft import Piece, Place, place, plain, sentence_piece
from .enumerations import Enumeration, list_text, whole
from .evidence import Candidate, Evidence, Gatherer
from .listing import ASKS_ALL, LIST_WORDS, Lists, list_pieces
from .naming import Naming, share_named
from .outlining import Outlines
from .proof import numbers_in
from .question import Kind, Question, Rank
from .sectioning import AHEAD, Sections
from .sides import sides_of
from .stating import units_stating, with_whole
from .subjects import Subjects
from .tables import row_piece, table_of
from .tabular import CLOSE, MOST_ROWS, column, dated, extreme, trended

_POINTS_BACK = re.compile(
    r"(?:they|it|he|she|this|these|those|such|their|its|his|her|both|however|in addition|also|for example|for instance"
    r"|(?:(?:in|for|at|to|with|because of|despite|under|after|before) )?(?:others?|another|this|that|these|those|such)"
    r"|otherwise|instead|similarly|likewise|therefore|thus|as a result|even so|still|then)\b",
    re.IGNORECASE,
)
_ASKS_NAME = re.compile(
    r"\b(?:who|whose|which|what (?:\w+ )?(?:titles?|roles?|jobs?|positions?|levels?|steps?|stages?))\b", re.IGNORECASE
)
"""What asks for a name, which may stand in a heading alone."""
_ASKS_SEVERAL = re.compile(
    r"\b(?:which|what|the (?:top|largest|biggest|main))\s+(?:\w+\s+)?(?!is\b|was\b|does\b|has\b|pays\b|earns\b|makes\b|gets\b|needs\b|employs\b|offers\b|takes\b)\w+[^s\W]s\b",
    re.IGNORECASE,
)
"""What asks for several of the highest or the lowest."""
_NUMBER = re.compile(r"(?:^|\n)\s*\d{1,3}[.)]\s+$")
"""What stands before the entry of a numbered list."""
MAX_WORDS = 80
"""Of a running answer; lists are shown whole."""
YES_NO_WORDS = 60
"""Of an answer to what can be answered by yes or no."""
STEPS_WORDS = 120
"""Of sentences that tell how to get somewhere."""
MOST = 8
"""Units of a running answer."""
GATHERED = 4
"""The best units, of which most stand in the section that is asked about."""
LOOKED_AT = 15
"""The best units, of which it is made."""
OUTSIDE = -1.0
"""Logit from which a unit outside the best one's section is worth showing beside it."""
BEHIND = 3.0
"""Logits behind the best from which it no longer is."""
ELSEWHERE = 2.0
"""Logits behind the best from which a unit about another subject is no part of its answer."""
NAMED = 0.5
"""Share of a title's words from which a question names the guide's subject, which no other then stands beside."""
SURE = 0.0
"""Logit from which a unit answers whatever words it misses, where no figure is asked for."""
MOST_PARAGRAPHS = 8
"""Shown under their introduction."""
SHORT = 60
"""Words of an answer below which the best unit's paragraph is read on."""
READ_ON = 80
"""Up to so many words."""
OPEN_WORDS = 14
"""Up to this length, what is no sentence is named by its heading."""
LEFT_WORDS = 100
"""Of a list that is told whole because most of it is told already."""
FIGURE_WORDS = 50
"""Of an answer that states a figure."""
WORTH = -3.0
"""Logit from which a further unit is worth showing."""
FIGURE_CLOSE = 1.0
"""Likewise for a further figure."""
SAME = 0.985
"""Cosine from which two units say the same, where neither has numbers that the other lacks."""


class QuotingWriter:
    """Writes answers from evidence; holds the lists of one index, found once."""

    def __init__(self, index: Index, gatherer: Gatherer, decider: Decider | None = None) -> None:
        self.index = index
        self._gatherer = gatherer
        self._decider = decider or Decider(index)
        self._lists = Lists(index, gatherer.reranker)
        self._outlines = Outlines(index, self._lists)
        self._sections = Sections(index, gatherer.reranker)
        self._naming = Naming(index)
        self._subjects = Subjects(index)

    def drafts(self, evidence: Evidence) -> Iterator[tuple[Piece, ...]]:
        """The pieces of each form that fits, the best first; the best of `evidence` must exist.

        The last draft is made of sentences, which hold whenever the guides do; a form before it may fail its proof.
        """
        yield from filter(None, (form(evidence) for form in self._forms(evidence.question)))
        yield self._sentences(evidence)

    def compared(self, evidence: Evidence) -> tuple[Piece, ...]:
        """Both sides of a comparison of figures, where each is stated though nothing answers the question as a whole; else nothing."""
        if evidence.question.kind is not Kind.COMPARISON or evidence.question.quantity is None:
            return ()
        pieces = self._comparison(evidence)
        return () if any(NOT_STATED in piece.text for piece in pieces) else pieces

    def by_section(self, evidence: Evidence) -> tuple[Piece, ...]:
        """The section that answers as a whole where no sentence of it does; none where a sentence must state a quantity."""
        section = None if evidence.question.quantity is not None else self._sections.best(evidence)
        return self._sections.pieces(section, evidence, _words(evidence.question)) if section else ()

    def _forms(self, question: Question) -> Iterator[Callable[[Evidence], tuple[Piece, ...]]]:
        """The forms that a question may want, the first that fits to be taken."""
        if question.apart or len(question.years) > 1:
            yield dated
        if question.kind is Kind.COMPARISON:
            yield self._comparison
        if question.rank is Rank.HIGHEST and _ASKS_SEVERAL.search(question.text):
            yield self._rows
        if question.rank or question.kind is Kind.TREND:
            yield trended
        if question.rank and question.quantity is not None:
            yield extreme
        yield self._introduced
        if question.kind is Kind.LIST:
            yield self._list
        if question.kind is Kind.STEPS:
            yield self._way
        if question.quantity is not None:
            yield self._figure
        elif question.kind in (Kind.FACT, Kind.DEFINITION):
            yield self._shared_list

    def _figure(self, evidence: Evidence) -> tuple[Piece, ...]:
        """The best unit that states the quantity, and what is nearly as good; what a table tells of one part stands back."""
        best = evidence.candidates[0]
        named = share_named(evidence.question, best.guide) >= NAMED
        stating = [c for c in units_stating(evidence) if not (named and self._of_another_subject(c, best))]
        if not stating:
            return ()
        first = stating[0]
        each = siblings.each(evidence.question, first.guide, first.passage, first.unit.span)
        if each:
            return each
        chosen = with_whole(self._chosen(stating, evidence, 2, FIGURE_WORDS, FIGURE_CLOSE), evidence)
        return column(chosen, evidence.question) or self._pieces(chosen, evidence.question)

    def _comparison(self, evidence: Evidence) -> tuple[Piece, ...]:
        sides = sides_of(evidence.question)
        return compare(sides, evidence, self._gatherer, self.piece, self._answered) if sides else ()

    def _answered(self, evidence: Evidence) -> bool:
        """Whether evidence answers its question, and leaves no word of it open."""
        decision = self._decider.decide(evidence)
        return decision.status is Status.ANSWERED and not decision.missing

    def _sentences(self, evidence: Evidence) -> tuple[Piece, ...]:
        """The best unit, and what is nearly as good, within `MAX_WORDS`."""
        best = evidence.candidates[0]
        if best.passage.kind is PassageKind.FAQ and best.feature("heading_cover") > 0.5:
            return self._faq(best, evidence.question)
        chosen = _in_order(self._chosen(evidence.candidates, evidence, MOST, _words(evidence.question)))
        told = self._with_list(chosen, evidence.question)
        return column(chosen, evidence.question) or self._read_on(told, best, min(READ_ON, _words(evidence.question)))

    def _read_on(self, pieces: tuple[Piece, ...], best: Candidate, most: int) -> tuple[Piece, ...]:
        """A short answer with the sentences that follow the best unit in its paragraph, up to so many words."""
        words = sum(len(piece.text.split()) for piece in pieces)
        if best.passage.kind is not PassageKind.PARAGRAPH or words >= SHORT:
            return pieces
        starts = [{at.span.start for at in piece.places if at.guide == best.guide.id} for piece in pieces]
        told = set().union(*starts)
        at = next(i for i, each in enumerate(starts) if best.unit.span.start in each)
        following: list[Piece] = []
        for position in self._behind(best):
            span = self.index.units[position].span
            words += len(span.of(best.guide.text).split())
            if words > most or span.start in told or "://" in span.of(best.guide.text):
                break
            following.append(sentence_piece(self.index, position, Layout.TEXT))
        return (*pieces[: at + 1], *following, *pieces[at + 1 :])

    def _behind(self, best: Candidate) -> Iterator[int]:
        """The positions of the units behind one in its paragraph, and of those that point back to it from paragraphs of their own."""
        end = int(self.index.unit_starts[best.unit.passage + 1])
        yield from range(best.position + 1, end)
        for number in range(best.unit.passage + 1, len(self.index.passages)):
            position = int(self.index.unit_starts[number])
            if not self._joined(number - 1, number) or not _POINTS_BACK.match(plain(self._text(position))):
                return
            yield position

    def _joined(self, one: int, other: int) -> bool:
        """Whether two passages are paragraphs of one sentence, the second right behind the first in its section."""
        here, there = (self.index.passages[number] for number in (one, other))
        starts = self.index.unit_starts
        return (
            (here.guide, here.section, here.kind) == (there.guide, there.section, there.kind)
            and here.kind is PassageKind.PARAGRAPH
            and starts[one + 1] - starts[one] == 1 == starts[other + 1] - starts[other]
        )

    def _text(self, position: int) -> str:
        unit = self.index.units[position]
        return unit.span.of(self.index.guides[self.index.passages[unit.passage].guide].text)

    def _pieces(self, chosen: Sequence[Candidate], question: Question) -> tuple[Piece, ...]:
        """Each unit; behind the sentence that it points to, where it points to one."""
        own = {candidate.position: candidate for candidate in chosen}
        blocks: dict[int, list[Piece]] = {}
        named: set[str] = set()
        for candidate in chosen:
            if candidate.position in blocks:
                continue
            known = candidate.guide.id in named
            named.add(candidate.guide.id)
            before = self._before(candidate)
            opens = candidate.position if before is None else before
            if opens not in blocks:
                opening = own.get(opens) or self._at(opens, candidate)
                blocks[opens] = [self.piece(opening, question, known=known)]
            if before is not None:
                blocks[opens].append(sentence_piece(self.index, candidate.position, Layout.TEXT))
        return tuple(piece for block in blocks.values() for piece in block)

    def _at(self, position: int, candidate: Candidate) -> Candidate:
        """The unit of the same guide at a position, weighed as the candidate is."""
        unit = self.index.units[position]
        return replace(candidate, unit=unit, position=position, passage=self.index.passages[unit.passage])

    def _before(self, candidate: Candidate) -> int | None:
        """The position of the unit that one points to: with "They", "This" and the like the one before it in its passage.

        In the answer to a question that a guide asks itself it is the first, which answers.
        """
        if candidate.passage.kind is PassageKind.FAQ:
            first = int(self.index.unit_starts[candidate.unit.passage])
            return first if first < candidate.position else None
        if candidate.passage.kind is not PassageKind.PARAGRAPH or not _POINTS_BACK.match(plain(candidate.text)):
            return None
        position = candidate.position - 1
        before = self.index.units[position].passage if position >= 0 else None
        near = before is not None and (before == candidate.unit.passage or self._joined(before, candidate.unit.passage))
        return position if near else None

    def _chosen(
        self, candidates: Sequence[Candidate], evidence: Evidence, most: int, words: int, close: float = CLOSE
    ) -> list[Candidate]:
        """The best candidates that are nearly as good as the first and add to it, no more than `words` together."""
        chosen = [candidates[0]]
        for candidate in islice(candidates, 1, LOOKED_AT):
            if len(chosen) == most:
                break
            if candidate.logit < max(WORTH, candidates[0].logit - close) or candidate.feature("introduces"):
                continue
            if of_another_time(candidate, candidates[0]):
                continue
            sure = evidence.question.quantity is None and candidate.logit >= SURE
            if not sure and (misses(candidate, candidates[0], evidence) or says_nothing(candidate)):
                continue
            if self._stands_apart(candidate, candidates[0], evidence.question):
                continue
            if of_a_sibling(candidate, candidates[0], evidence.question):
                continue
            together = sum(len(c.text.split()) for c in (*chosen, candidate))
            if together <= words and self._adds(candidate, chosen):
                chosen.append(candidate)
        return chosen

    def _stands_apart(self, candidate: Candidate, best: Candidate, question: Question) -> bool:
        """Whether a unit outside the best one's section answers too little, or is about another subject, to go with it.

        Another subject has no place beside the one that the question names.
        """
        if candidate.guide.id == best.guide.id and candidate.passage.section == best.passage.section:
            return False
        if candidate.logit < max(OUTSIDE, best.logit - BEHIND):
            return True
        apart = self._of_another_subject(candidate, best)
        named = share_named(question, best.guide) > share_named(question, candidate.guide)
        return apart and (named or candidate.logit < best.logit - ELSEWHERE)

    def _of_another_subject(self, candidate: Candidate, best: Candidate) -> bool:
        """Whether a unit is of a guide about another subject than the best one's, where there are several subjects."""
        other = candidate.guide.id != best.guide.id and self._subjects.among_others(best.guide)
        return other and not self._subjects.one(candidate.guide, best.guide)

    def _adds(self, candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
        """Whether a unit says something that the chosen ones do not."""
        words = _worded(candidate.text)
        if any(words <= _worded(c.text) for c in chosen):
            return False
        said = set().union(*(numbers_in(c.text) for c in chosen))
        own = numbers_in(candidate.text)
        if own - said:
            return True
        vectors = self.index.unit_vectors
        alike = max(float(vectors[candidate.position] @ vectors[c.position]) for c in chosen)
        return alike < SAME and not (own and candidate.feature("quantity") > 0)

    def _introduced(self, evidence: Evidence) -> tuple[Piece, ...]:
        """The list, or the paragraphs, that the best unit introduces."""
        best = evidence.candidates[0]
        listed = _listed(self._lists.introduced(evidence))
        return listed or (self._following(best) if best.text.rstrip().endswith(":") else ())

    def _following(self, lead: Candidate) -> tuple[Piece, ...]:
        """The first sentences of the paragraphs that stand under an introduction."""
        pieces = [sentence_piece(self.index, lead.position)]
        words = 0
        for number in range(
            lead.unit.passage + 1, min(lead.unit.passage + 1 + MOST_PARAGRAPHS, len(self.index.passages))
        ):
            passage = self.index.passages[number]
            first = int(self.index.unit_starts[number])
            words += len(self.index.units[first].span.of(lead.guide.text).split())
            alike = (passage.guide, passage.section) == (lead.passage.guide, lead.passage.section)
            if not alike or passage.kind is not PassageKind.PARAGRAPH or words > LIST_WORDS:
                break
            pieces.append(sentence_piece(self.index, first, Layout.ITEM))
        return tuple(pieces) if len(pieces) > 2 else ()

    def _way(self, evidence: Evidence) -> tuple[Piece, ...]:
        """The steps to somewhere, or the outline of a section; the section of one step where that answers far better."""
        found = self._lists.wanted(evidence)
        outline = () if found and (found.ordered or found.passages) else self._outlines.wanted(evidence)
        whole = outline or _listed(found)
        asked_all = bool(ASKS_ALL.search(evidence.question.text))
        told_in = self._sections.around(evidence.candidates[0]) if _in_one_section(evidence) else None
        if told_in and not (found and found.passages) and not asked_all:
            return self._sections.pieces(told_in, evidence)
        section = self._sections.best(evidence)
        if section is None or not whole or asked_all:
            return whole or (self._sections.pieces(section, evidence) if section else ())
        text = list_text(found) if found else _text(whole)
        ahead = section.logit - self._sections.text_logit(evidence, text)
        return self._sections.pieces(section, evidence) if ahead > AHEAD else whole

    def _rows(self, evidence: Evidence) -> tuple[Piece, ...]:
        """All rows of the table that the best unit stands in, where it is short."""
        best = evidence.candidates[0]
        table = table_of(best.passage, best.guide)
        if table is None or not 2 < len(table.rows) <= MOST_ROWS:
            return ()
        return _listed(self._lists.holding(best))

    def _list(self, evidence: Evidence) -> tuple[Piece, ...]:
        """The list that is wanted; the one that the best unit stands in rather than the headings over it and its like."""
        found, best = self._lists.wanted(evidence), evidence.candidates[0]
        if found and not found.passages and _in_one_section(evidence) and found.section == best.passage.section[:-1]:
            return _listed(self._lists.holding(best) or found)
        return _listed(found)

    def _with_list(self, chosen: Sequence[Candidate], question: Question) -> tuple[Piece, ...]:
        """Each unit; the list of the best one whole, in its place, where it is short and most of it is told already."""
        held = self._lists.holding(chosen[0])
        if held is None or not held.passages or not whole(held.entries, held.guide, LEFT_WORDS):
            return self._pieces(chosen, question)
        told = self._lists.told(held, chosen)
        if 2 * len(told) <= len(held.entries):
            return self._pieces(chosen, question)
        return (*_listed(held), *self._pieces([c for c in chosen if c not in told], question))

    def _shared_list(self, evidence: Evidence) -> tuple[Piece, ...]:
        return _listed(self._lists.shared(evidence))

    def _faq(self, best: Candidate, question: Question) -> tuple[Piece, ...]:
        """The answer of a question that a guide answers itself, from its beginning up to the addresses of its sources.

        The best unit is told in any case, and what stands before it only as far as there is room.
        """
        first, end = (int(self.index.unit_starts[best.unit.passage + i]) for i in (0, 1))
        opening = self.piece(self._at(first, best), question)
        told = {p: sentence_piece(self.index, p, Layout.TEXT) for p in range(first + 1, end)}
        chosen, words = [], len(opening.text.split())
        for position in sorted(told, key=lambda p: (p != best.position, p)):
            words += len(told[position].text.split())
            if "://" in told[position].text or (words > _words(question) and position != best.position):
                break
            chosen.append(position)
        return (opening, *(told[position] for position in sorted(chosen)))

    def piece(
        self, candidate: Candidate, question: Question, layout: Layout = Layout.PARAGRAPH, *, known: bool = False
    ) -> Piece:
        """One unit as a piece, named by the heading that it cannot be understood without, or by its guide.

        `known` tells that the reader knows which guide it is from.
        """
        if candidate.passage.kind is PassageKind.ROW:
            return row_piece(candidate.passage, candidate.guide, question, layout)
        where = [place(candidate.passage, candidate.unit.span)]
        named = self._heading(candidate, question)
        text = plain(candidate.text)
        shown = f"{named[0]} {text}" if named else text
        title = None if known else self._naming.title(candidate.guide, shown, question)
        if title:
            text = f"{title} — {text}"
        elif named and named[0].casefold() not in text.casefold():
            text = f"{named[0]} — {text}"
            if named[1] and any(c.isdigit() for c in named[0]):
                where.append(named[1])
        return Piece(text, tuple(where), layout)

    def _heading(self, candidate: Candidate, question: Question) -> tuple[str, Place | None] | None:
        """The heading that covers what the unit's own words leave open."""
        text = plain(candidate.text)
        whole = text.endswith((".", "!", "?")) and not _POINTS_BACK.match(text)
        open_words = not whole and len(text.split()) <= OPEN_WORDS
        nameless = bool(_ASKS_NAME.search(question.text)) and _names_nobody(candidate, question)
        if not candidate.passage.section or not (open_words or nameless or _answers_another(candidate, question)):
            return None
        path = candidate.passage.section
        section = next((s for s in candidate.guide.sections if s.path == path), None)
        heading = plain(path[-1])
        where = Place(candidate.guide.id, path, section.heading) if section and section.heading else None
        return heading, where


def _in_one_section(evidence: Evidence) -> bool:
    """Whether most of the best units stand in the section of the best one."""
    best, *others = evidence.candidates[:GATHERED]
    same = [c for c in others if (c.guide.id, c.passage.section) == (best.guide.id, best.passage.section)]
    return bool(best.passage.section) and 2 * len(same) > len(others)


def _names_nobody(candidate: Candidate, question: Question) -> bool:
    """Whether a unit speaks to its reader ("You will …") of what its heading names, and the question does not."""
    heading = candidate.passage.section[-1] if candidate.passage.section else ""
    text = plain(candidate.text)
    named = set(stems_in(heading)) - set(stems_in(text)) - set(stems_in(question.text))
    return (
        bool(named)
        and not heading.rstrip().endswith("?")
        and bool(re.match(r"(?:you|your|here)\b", text, re.IGNORECASE))
    )


def _in_order(chosen: Sequence[Candidate]) -> Sequence[Candidate]:
    """Units with the numbered steps of one section among them in the order of the guide."""
    steps = [c for c in chosen if _is_step(c)]
    if len({(c.guide.id, c.passage.section) for c in steps}) != 1:
        return chosen
    ordered = iter(sorted(steps, key=lambda c: c.position))
    return [next(ordered) if _is_step(c) else c for c in chosen]


def _is_step(candidate: Candidate) -> bool:
    """Whether a unit is a numbered step, or opens the entry of a numbered list."""
    start = candidate.unit.span.start
    return candidate.passage.kind is PassageKind.STEP or bool(_NUMBER.search(candidate.guide.text[:start][-8:]))


def _answers_another(candidate: Candidate, question: Question) -> bool:
    """Whether a unit says yes or no to the question in its heading, which is not the one that was asked."""
    heading = candidate.passage.section[-1] if candidate.passage.section else ""
    says = re.match(r"(?:yes|no)\b", plain(candidate.text), re.IGNORECASE)
    return bool(says) and heading.rstrip().endswith("?") and not _worded(heading) <= _worded(question.text)


def _worded(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _text(pieces: Sequence[Piece]) -> str:
    return " ".join(piece.text for piece in pieces)


def _listed(found: Enumeration | None) -> tuple[Piece, ...]:
    return list_pieces(found) if found else ()


def _words(question: Question) -> int:
    """How long a running answer may be: a yes or a no is told in few words, a way in more."""
    return {Kind.YES_NO: YES_NO_WORDS, Kind.STEPS: STEPS_WORDS}.get(question.kind, MAX_WORDS)
