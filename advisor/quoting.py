"""The writer that needs no language model: it answers with the guides' own sentences, list entries and table rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import numpy as np

from index.guide import Guide, PassageKind
from index.reranker import Reranker
from index.search import Index

from .answer import Layout
from .comparing import compare, sides_of
from .draft import Piece, Place, place, plain
from .enumerations import Enumeration, enumerations, list_text, whole
from .evidence import Candidate, Evidence, Gatherer
from .proof import numbers_in
from .question import Kind, Question
from .tables import row_piece, table_of, trend

MAX_WORDS = 75
"""Of a running answer; lists are shown whole."""
FIGURE_WORDS = 50
"""Of an answer that states a figure."""
WORTH = -1.0
"""Logit from which a further unit is worth showing."""
CLOSE = 4.0
"""Logits behind the best from which it no longer is."""
SAME = 0.9
"""Cosine from which two units say the same, where neither has numbers that the other lacks."""
LIST_WORDS = 160
"""Up to this length a list's entries are shown in full, above it by their labels alone where they have them."""
LISTS_READ = 8
"""Lists that the reranker reads, of those that hold the best units."""
LIST_BEHIND = 2.5
"""Logits by which a list may be behind the best unit and still be what a question for a list wants."""


class QuotingWriter:
    """Writes answers from evidence; holds the lists of one index, found once."""

    def __init__(self, index: Index, gatherer: Gatherer) -> None:
        self.index = index
        self._gatherer = gatherer
        self._reranker: Reranker = gatherer.reranker
        self._lists: dict[str, tuple[Enumeration, ...]] = {}

    def write(self, evidence: Evidence) -> tuple[Piece, ...]:
        """The pieces that answer, the one asked for first; the best of `evidence` must exist."""
        for form in self._forms(evidence.question):
            pieces = form(evidence)
            if pieces:
                return pieces
        return self._sentences(evidence)

    def _forms(self, question: Question) -> Iterator[Callable[[Evidence], tuple[Piece, ...]]]:
        """The forms that a question may want, the first that fits to be taken."""
        if question.kind is Kind.COMPARISON:
            yield self._comparison
        if question.rank or question.kind is Kind.TREND:
            yield self._trend
        yield self._introduced
        if question.kind in (Kind.LIST, Kind.STEPS):
            yield self._list
        if question.quantity is not None:
            yield self._figure

    def _figure(self, evidence: Evidence) -> tuple[Piece, ...]:
        """The best unit that states the quantity, and what is nearly as good."""
        best = evidence.candidates[0]
        stating = [c for c in evidence.candidates[:12] if c.feature("quantity") > 0 and c.logit > best.logit - CLOSE]
        if not stating:
            return ()
        return self._pieces(self._chosen(stating, most=2, words=FIGURE_WORDS), evidence.question)

    def _trend(self, evidence: Evidence) -> tuple[Piece, ...]:
        """What a table tells from row to row, where the best units are its rows or introduce it."""
        for candidate in islice(evidence.candidates, 5):
            if candidate.logit < min(0.0, evidence.candidates[0].logit - CLOSE):
                break
            table = table_of(candidate.passage, candidate.guide)
            told = trend(evidence.question, table) if table else ()
            if told:
                return told
        return ()

    def _comparison(self, evidence: Evidence) -> tuple[Piece, ...]:
        sides = sides_of(evidence.question)
        return compare(sides, evidence, self._gatherer, self.piece) if sides else ()

    def _sentences(self, evidence: Evidence) -> tuple[Piece, ...]:
        """The best unit, and what is nearly as good, within `MAX_WORDS`."""
        best = evidence.candidates[0]
        if best.passage.kind is PassageKind.FAQ and best.feature("heading_cover") > 0.5:
            return self._faq(best)
        return self._pieces(self._chosen(evidence.candidates, most=3, words=MAX_WORDS), evidence.question)

    def _pieces(self, chosen: Sequence[Candidate], question: Question) -> tuple[Piece, ...]:
        return tuple(self.piece(candidate, question) for candidate in chosen)

    def _chosen(self, candidates: Sequence[Candidate], most: int, words: int) -> list[Candidate]:
        """The best candidates that are nearly as good as the first and add to it, no more than `words` together."""
        chosen = [candidates[0]]
        for candidate in islice(candidates, 1, 10):
            if len(chosen) == most or candidate.logit < max(WORTH, candidates[0].logit - CLOSE):
                break
            together = sum(len(c.text.split()) for c in (*chosen, candidate))
            if together <= words and not candidate.feature("introduces") and self._adds(candidate, chosen):
                chosen.append(candidate)
        return chosen

    def _adds(self, candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
        """Whether a unit says something that the chosen ones do not."""
        said = set().union(*(numbers_in(c.text) for c in chosen))
        own = numbers_in(candidate.text)
        if own - said:
            return True
        vectors = self.index.unit_vectors
        alike = max(float(vectors[candidate.position] @ vectors[c.position]) for c in chosen)
        return alike < SAME and not (own and candidate.feature("quantity") > 0)

    def _introduced(self, evidence: Evidence) -> tuple[Piece, ...]:
        """The list that the best unit introduces."""
        best = evidence.candidates[0]
        found = next((e for e in self.lists(best.guide) if e.lead and e.lead.end == best.unit.span.end), None)
        return list_pieces(found) if found else ()

    def _faq(self, best: Candidate) -> tuple[Piece, ...]:
        """The answer of a question that a guide answers itself, from its beginning."""
        units = [self.index.units[i] for i in self.index.units_of(np.array([best.unit.passage]))]
        pieces: list[Piece] = []
        words = 0
        for unit in units:
            text = plain(unit.span.of(best.guide.text))
            words += len(text.split())
            if pieces and words > MAX_WORDS:
                break
            pieces.append(Piece(text, (place(best.passage, unit.span),), Layout.TEXT if pieces else Layout.PARAGRAPH))
        return tuple(pieces)

    def piece(self, candidate: Candidate, question: Question, layout: Layout = Layout.PARAGRAPH) -> Piece:
        """One unit as a piece, named by the heading that it cannot be understood without."""
        if candidate.passage.kind is PassageKind.ROW:
            return row_piece(candidate.passage, candidate.guide, question, layout)
        where = [place(candidate.passage, candidate.unit.span)]
        named = self._heading(candidate)
        text = plain(candidate.text)
        if named and named[0].casefold() not in text.casefold():
            text = f"{named[0]} — {text}"
            if named[1] and any(c.isdigit() for c in named[0]):
                where.append(named[1])
        return Piece(text, tuple(where), layout)

    def _heading(self, candidate: Candidate) -> tuple[str, Place | None] | None:
        """The heading that covers what the unit's own words leave open."""
        open_words = len(candidate.text.split()) <= 14
        if not candidate.passage.section or not open_words:
            return None
        path = candidate.passage.section
        section = next((s for s in candidate.guide.sections if s.path == path), None)
        heading = plain(path[-1])
        where = Place(candidate.guide.id, path, section.heading) if section and section.heading else None
        return heading, where

    def _list(self, evidence: Evidence) -> tuple[Piece, ...]:
        found = self._best_list(evidence)
        return list_pieces(found) if found else ()

    def _best_list(self, evidence: Evidence) -> Enumeration | None:
        """The list that answers as a whole, as far as the reranker tells, unless a sentence answers far better."""
        lists = list(islice(self._near_lists(evidence), LISTS_READ))
        if not lists:
            return None
        logits = self._reranker.scores(evidence.query, [list_text(one) for one in lists])
        best = int(np.argmax(logits))
        behind = max(evidence.candidates[0].logit, 0.0) - float(logits[best])
        return lists[best] if behind <= LIST_BEHIND else None

    def _near_lists(self, evidence: Evidence) -> Iterator[Enumeration]:
        """The lists that hold the best units or stand in their sections, the nearest first; then runs of headings."""
        seen: set[int] = set()
        for candidate in evidence.candidates[:12]:
            for one in self.lists(candidate.guide):
                if id(one) not in seen and (_holds(one, candidate) or one.section == candidate.passage.section):
                    seen.add(id(one))
                    yield one
        for guide in dict.fromkeys(c.guide.id for c in evidence.candidates[:5]):
            for one in self.lists(self.index.guides[guide]):
                if id(one) not in seen and not one.passages and one.ordered:
                    seen.add(id(one))
                    yield one

    def lists(self, guide: Guide) -> tuple[Enumeration, ...]:
        """The lists of a guide, found once."""
        if guide.id not in self._lists:
            self._lists[guide.id] = tuple(enumerations(guide))
        return self._lists[guide.id]


def _holds(enumeration: Enumeration, candidate: Candidate) -> bool:
    start = candidate.unit.span.start
    return any(entry.place.span.start <= start < entry.place.span.end for entry in enumeration.entries)


def list_pieces(enumeration: Enumeration) -> tuple[Piece, ...]:
    """A list, whole: its introduction where it has one, then each entry (its label alone where entries are long)."""
    guide = enumeration.guide
    pieces: list[Piece] = []
    if enumeration.lead:
        pieces.append(
            Piece(plain(enumeration.lead.of(guide.text)), (Place(guide.id, enumeration.section, enumeration.lead),))
        )
    elif enumeration.section:
        pieces.append(_heading_piece(enumeration))
    full = whole(enumeration.entries, guide, LIST_WORDS)
    for entry in enumeration.entries:
        span = entry.place.span if full or entry.label is None else entry.label
        text = plain(span.of(guide.text))
        pieces.append(Piece(text, (Place(guide.id, entry.place.section, span),), Layout.ITEM))
    return tuple(pieces)


def _heading_piece(enumeration: Enumeration) -> Piece:
    guide = enumeration.guide
    section = next((s for s in guide.sections if s.path == enumeration.section and s.heading), None)
    places = (Place(guide.id, enumeration.section, section.heading),) if section and section.heading else ()
    return Piece(f"{plain(enumeration.section[-1]).rstrip(':')}:", places)
