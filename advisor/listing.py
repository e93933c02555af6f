"""Finds the list that a question wants whole, and makes it pieces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import numpy as np

from index.guide import Guide, PassageKind
from index.reranker import Reranker
from index.search import Floats, Index
from index.words import stems_in

from .answer import Layout
from .draft import Piece, Place, plain
from .enumerations import Enumeration, enumerations, list_text, whole
from .evidence import Candidate, Evidence
from .matching import Terms
from .question import Kind

LIST_WORDS = 160
"""Up to this length a list's entries are shown in full, above it by their labels alone where they have them."""
LISTS_READ = 8
"""Lists that the reranker reads, of those that hold the best units."""
BEHIND = 1.5
"""Logits by which a list may be behind the best unit and still be what a question for a list wants."""
OF_NONE_BEHIND = 0.5
"""Likewise, where none of the best units stands in it."""
SHARED_BEHIND = 1.0
"""Likewise, where no list is asked for, and two of the best units stand in it."""
NAMED = 0.5
"""How far a question names the row of a table, at the least, that it asks about alone."""
STANDS = -1.0
"""Logit of such a unit, at the least."""
BESIDE = 1.5
"""Logits by which a unit outside a list may be ahead of those in it, where no list is asked for."""
ORDERED = 4.0
"""Logits that a list in order is ahead where steps are asked for; one that answers leaves no other."""
WEIGHTY = 0.8
"""Share of the heaviest word's weight from which a list must not miss a word that the best unit meets."""
MET = 0.6
"""How far the best unit, or an entry of a list, covers a word that it meets."""
SILENT = 0.2
"""How far a list, or a further unit, covers a word on which it is silent."""
FEW = 0.3
"""Share of a list's entries up to which few of them meet a word."""
ASKS_ALL = re.compile(
    r"\b(?:steps?|stages?|order|path(?:way)?|route|road ?map|(?:walk|take|talk) me through|start to finish|from (?:\w+ )?(?:scratch|nothing|zero))\b",
    re.IGNORECASE,
)
"""What asks for the whole way, and not for one step of it."""
BEST = 3
"""Of the best units: two of one list are worth the list."""


class Lists:
    """The lists of one index, found once for each guide."""

    def __init__(self, index: Index, reranker: Reranker) -> None:
        self.index = index
        self._reranker = reranker
        self._of_guide: dict[str, tuple[Enumeration, ...]] = {}

    def wanted(self, evidence: Evidence) -> Enumeration | None:
        """The list that answers as a whole, as far as the reranker tells, unless a sentence answers far better.

        A table is none where the question names one of its rows.
        """
        best = evidence.candidates[0]
        if best.passage.kind is PassageKind.ROW and (best.feature("key") >= NAMED or _is_key(best, evidence)):
            return None
        return self._best(evidence, list(islice(self._near(evidence), LISTS_READ)), BEHIND)

    def shared(self, evidence: Evidence) -> Enumeration | None:
        """The list that two of the best units stand in, where it answers about as well as the best of them."""
        first, *others = evidence.candidates[:BEST]
        best = [c for c in (first, *others) if c.logit > STANDS]
        held = [one for one in self._near(evidence) if sum(_holds(one, c) for c in best) > 1 and len(one.entries) > 2]
        held = [one for one in held if _holds(one, first) or first.logit <= others[0].logit + BESIDE]
        return self._best(evidence, held, SHARED_BEHIND)

    def introduced(self, evidence: Evidence) -> Enumeration | None:
        """The list that the best unit introduces; where a list is asked for, also one behind whose introduction it stands."""
        best = evidence.candidates[0]
        end, held = best.unit.span.end, self.of(best.guide)
        if best.text.rstrip().endswith(":"):
            following = [one for one in held if _opens(one, best.guide, end)]
        elif evidence.question.kind is Kind.LIST:
            following = [one for one in held if one.section == best.passage.section and _next(one, best.guide, end)]
        else:
            return None
        return max(following, key=lambda one: len(one.entries), default=None)

    def holding(self, candidate: Candidate) -> Enumeration | None:
        """The list that a unit is an entry of."""
        return next((one for one in self.of(candidate.guide) if _holds(one, candidate)), None)

    def told(self, enumeration: Enumeration, units: Sequence[Candidate]) -> list[Candidate]:
        """Those of some units that are its entries."""
        return [candidate for candidate in units if _holds(enumeration, candidate)]

    def of(self, guide: Guide) -> tuple[Enumeration, ...]:
        """The lists of a guide."""
        if guide.id not in self._of_guide:
            self._of_guide[guide.id] = tuple(enumerations(guide))
        return self._of_guide[guide.id]

    def _best(self, evidence: Evidence, lists: list[Enumeration], behind: float) -> Enumeration | None:
        if not lists:
            return None
        logits = self._reranker.scores(evidence.query, [list_text(one) for one in lists])
        if evidence.question.kind is Kind.STEPS:
            logits += np.float32(ORDERED) * np.array([one.ordered for one in lists], dtype=np.float32)
        best = int(np.argmax(logits))
        if not any(_holds(lists[best], candidate) for candidate in evidence.candidates[:BEST]):
            behind = min(behind, OF_NONE_BEHIND)
        near = max(evidence.candidates[0].logit, 0.0) - float(logits[best]) <= behind
        if not near or silent(list_text(lists[best]), lists[best], evidence, self.index):
            return None
        whole_way = ASKS_ALL.search(evidence.question.text)
        return None if not whole_way and self._of_one_entry(lists[best], evidence) else lists[best]

    def _of_one_entry(self, found: Enumeration, evidence: Evidence) -> bool:
        """Whether a question has a weighty word that the best unit meets, and of a list but a few entries, and nothing over them.

        ("Which computer skills do I need?", where one entry of the list of skills is about computers.)
        """
        text, terms, known = found.guide.text, evidence.terms, self.index.terms.known
        lead = found.lead.of(text) if found.lead else ""
        over = _met(terms, " ".join((found.guide.title, *found.section, lead)), known) >= SILENT
        entries = [_met(terms, entry.place.span.of(text), known) >= MET for entry in found.entries]
        few = np.mean(entries, axis=0) < FEW
        weighty = terms.weights >= WEIGHTY * terms.weights.max(initial=0.0)
        return bool((weighty & (evidence.candidates[0].covered >= MET) & ~over & few).any())

    def _near(self, evidence: Evidence) -> Iterator[Enumeration]:
        """The lists that hold the best units or stand in their sections, the nearest first; then runs of headings."""
        seen: set[int] = set()
        for candidate in evidence.candidates[:12]:
            for one in self.of(candidate.guide):
                own = candidate.passage.section
                above = evidence.question.kind is Kind.LIST and not one.passages and one.section == own[:-1]
                near = above or one.section == own
                if id(one) not in seen and (near or _holds(one, candidate)):
                    seen.add(id(one))
                    yield one
        for guide in dict.fromkeys(c.guide.id for c in evidence.candidates[:5]):
            for one in self.of(self.index.guides[guide]):
                if id(one) not in seen and not one.passages and one.ordered:
                    seen.add(id(one))
                    yield one


def silent(text: str, place: Enumeration | Candidate, evidence: Evidence, index: Index) -> bool:
    """Whether a text, with the headings over it, misses a weighty word of the question that the best unit meets."""
    section = place.section if isinstance(place, Enumeration) else place.passage.section
    known = index.terms.known
    held = [known[s] for s in set(stems_in(" ".join((place.guide.title, *section, text)))) if s in known]
    if not held:
        return True
    terms, best = evidence.terms, evidence.candidates[0]
    weighty = terms.weights >= WEIGHTY * terms.weights.max(initial=0.0)
    return bool((weighty & (best.covered >= MET) & (terms.alike[:, held].max(axis=1) < SILENT)).any())


def _met(terms: Terms, text: str, known: Mapping[str, int]) -> Floats:
    """[terms] How far the words of a text cover each."""
    held = [known[stem] for stem in set(stems_in(text)) if stem in known]
    return np.asarray(terms.alike[:, held].max(axis=1, initial=0.0), dtype=np.float32)


def _is_key(candidate: Candidate, evidence: Evidence) -> bool:
    """Whether all that is asked about is named by the first cell of a row ("What do plumbers do?")."""
    asked = {word.stem for word in evidence.question.words}
    cells = candidate.passage.cells
    return bool(asked and cells) and asked <= set(stems_in(cells[0].of(candidate.guide.text)))


def _opens(enumeration: Enumeration, guide: Guide, end: int) -> bool:
    """Whether a list's introduction ends there, or its first entry follows with nothing but marks between."""
    if enumeration.lead and enumeration.lead.end == end:
        return True
    start = enumeration.entries[0].place.span.start
    return end <= start and not any(c.isalnum() for c in guide.text[end:start])


def _next(enumeration: Enumeration, guide: Guide, end: int) -> bool:
    """Whether the sentence that introduces a list stands right behind another, of which it is the next."""
    start = enumeration.lead.start if enumeration.lead else -1
    return end <= start and not any(c.isalnum() for c in guide.text[end:start])


def _holds(enumeration: Enumeration, candidate: Candidate) -> bool:
    start, same = candidate.unit.span.start, enumeration.guide.id == candidate.guide.id
    return same and any(entry.place.span.start <= start < entry.place.span.end for entry in enumeration.entries)


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
