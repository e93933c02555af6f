"""The writer that needs no language model: it answers with the guides' own sentences, list entries and table rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import islice

import numpy as np

from index.guide import Guide, PassageKind
from index.search import Index
from index.words import stems_in

from .answer import Layout
from .draft import Piece, Place, place, plain
from .enumerations import Enumeration, enumerations, whole
from .evidence import Candidate, Evidence
from .question import Kind, Question
from .tables import row_piece, table_of, trend

MAX_WORDS = 90
"""Of a running answer; lists are shown whole."""
FIGURE_WORDS = 50
"""Of an answer that states a figure."""
NEARLY = 0.88
"""Share of the best score that makes another unit worth showing."""
HEADINGS_NAMED = 0.6
"""Share of a question that must be named by what stands over a run of headings, before they count as its list."""
LIST_WORDS = 160
"""Up to this length a list's entries are shown in full, above it by their labels alone where they have them."""


class QuotingWriter:
    """Writes answers from evidence; holds the lists of one index, found once."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._lists: dict[str, tuple[Enumeration, ...]] = {}

    def write(self, evidence: Evidence) -> tuple[Piece, ...]:
        """The pieces that answer, the one asked for first; the best of `evidence` must exist."""
        question = evidence.question
        writers: dict[Kind, Callable[[Evidence], tuple[Piece, ...]]] = {
            Kind.LIST: self._list,
            Kind.STEPS: self._list,
            Kind.TREND: self._trend,
            Kind.FIGURE: self._figure,
        }
        return writers.get(question.kind, self._sentences)(evidence) or self._sentences(evidence)

    def _figure(self, evidence: Evidence) -> tuple[Piece, ...]:
        """The best unit that states the quantity, and a second one that is nearly as good."""
        stating = [c for c in evidence.candidates[:20] if c.feature("quantity") > 0] or list(evidence.candidates[:2])
        chosen = self._chosen(stating, most=2, words=FIGURE_WORDS)
        return tuple(self.piece(candidate, evidence.question) for candidate in chosen)

    def _trend(self, evidence: Evidence) -> tuple[Piece, ...]:
        for candidate in islice(evidence.candidates, 12):
            table = table_of(candidate.passage, candidate.guide)
            told = trend(evidence.question, table) if table else ()
            if told:
                return told
        return ()

    def _sentences(self, evidence: Evidence) -> tuple[Piece, ...]:
        """The best unit, and what is nearly as good, within `MAX_WORDS`; a list for the sentence that introduces it."""
        best = evidence.candidates[0]
        if best.passage.kind is PassageKind.FAQ and best.feature("heading_cover") > 0.5:
            return self._faq(best)
        introduced = self._introduced(best)
        if introduced:
            return list_pieces(introduced)
        chosen = self._chosen(evidence.candidates, most=3, words=MAX_WORDS)
        return tuple(self.piece(candidate, evidence.question) for candidate in chosen)

    @staticmethod
    def _chosen(candidates: Sequence[Candidate], most: int, words: int) -> list[Candidate]:
        """The best candidates that are nearly as good as the first, no more than `words` together."""
        chosen = [candidates[0]]
        for candidate in islice(candidates, 1, 8):
            together = sum(len(c.text.split()) for c in (*chosen, candidate))
            if len(chosen) == most or candidate.score < NEARLY * candidates[0].score:
                break
            said = {plain(c.text) for c in chosen}
            if together <= words and not candidate.feature("introduces") and plain(candidate.text) not in said:
                chosen.append(candidate)
        return chosen

    def _introduced(self, best: Candidate) -> Enumeration | None:
        """The list that a sentence introduces."""
        span = best.unit.span
        return next((e for e in self.lists(best.guide) if e.lead and e.lead.end == span.end), None)

    def _faq(self, best: Candidate) -> tuple[Piece, ...]:
        """The answer of a question that a guide answers itself, from its beginning."""
        units = [u for u in self.index.units if u.passage == best.unit.passage]
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
        """The heading that covers what the unit's own words leave open; the guide's title as the last resort."""
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
        """The list whose heading, introduction and entries answer best, if it does so better than a sentence."""
        best = evidence.candidates[0]
        scores = {(c.guide.id, c.passage.start): c.score for c in reversed(evidence.candidates)}
        guides = {c.guide.id: c.guide for c in evidence.candidates[:10]}
        ranked: list[tuple[float, Enumeration]] = []
        for guide in guides.values():
            for enumeration in self.lists(guide):
                score = self._list_score(enumeration, guide, scores, evidence)
                if score is not None:
                    ranked.append((score, enumeration))
        if not ranked:
            return None
        score, enumeration = max(ranked, key=lambda pair: pair[0])
        return enumeration if score >= 0.9 * best.score else None

    def _list_score(
        self,
        enumeration: Enumeration,
        guide: Guide,
        scores: dict[tuple[str, int], float],
        evidence: Evidence,
    ) -> float | None:
        members = [scores.get((guide.id, guide.passages[p].start)) for p in enumeration.passages]
        if not enumeration.passages:
            under = [
                score
                for (name, start), score in scores.items()
                if name == guide.id and _under(guide, start, enumeration.section)
            ]
            members = [float(np.mean(sorted(under)[-3:]))] if under else []
        known = [m for m in members if m is not None]
        named = self._named(enumeration, guide, evidence)
        if not known or (not enumeration.passages and not enumeration.ordered and named < HEADINGS_NAMED):
            return None
        return max(known) + 1.5 * named

    def _named(self, enumeration: Enumeration, guide: Guide, evidence: Evidence) -> float:
        """How much of the question the list's heading and introduction name."""
        matcher_text = " ; ".join((guide.title, *enumeration.section))
        if enumeration.lead:
            matcher_text += " ; " + enumeration.lead.of(guide.text)
        stems = set(stems_in(matcher_text))
        weights = evidence.terms.weights
        named = np.array([word.stem in stems for word in evidence.terms.words], dtype=np.float32)
        return float(named @ weights / max(float(weights.sum()), 1e-9)) if len(weights) else 0.0

    def lists(self, guide: Guide) -> tuple[Enumeration, ...]:
        """The lists of a guide, found once."""
        if guide.id not in self._lists:
            self._lists[guide.id] = tuple(enumerations(guide))
        return self._lists[guide.id]


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


def _under(guide: Guide, start: int, path: Sequence[str]) -> bool:
    passage = next((p for p in guide.passages if p.start == start), None)
    return passage is not None and passage.section[: len(path)] == tuple(path)
