"""Two things held side by side: each asked about alone, its best unit beside the other's, or "not stated"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise, product

import numpy as np

from index.figures import Quantity
from index.guide import PassageKind
from index.search import Index
from index.texts import above_text
from index.words import FUNCTION_WORDS, stems_in, words_in

from .answer import Layout
from .draft import Piece, place, plain
from .english import IMPERSONAL
from .evidence import Candidate, Evidence, Gatherer, of_a_part
from .question import COSTS, Question, read_question
from .siblings import rows_beside
from .sides import Side

STATED = -1.5
"""Logit from which a side is stated."""
FIGURE = 1.5
"""Logit from which a figure is surely the side's own: one of something near it would be false."""
ELSEWHERE = 0.0
"""Logit from which it is by another guide than the one that answers the whole question, where that does not state it."""
NAMED = -4.0
"""Logit from which it is where all that the side is called by stands in it or over it."""
SAME_GUIDE = 2.0
"""Logits that a unit of the guide that answers the whole question is ahead of another guide's."""
NAMES = 0.5
"""How alike a word is, at the least, to one of the title that it names."""
LONG = 6
"""Letters of a stem that is met by one that differs in its last letters ("science", "scientists")."""
OPENS = 3.0
"""Logits that a unit is ahead that opens with what it is asked about."""
CALLED = 2.0
"""Logits that a figure gains by all that a side is called by, and that a row loses by none of it."""
OF_BOTH = 5.0
"""Logits that a figure loses that is told of both sides together."""
NEARLY = 3.0
"""Logits behind the best of a side from which a further unit is no part of its cell."""
CELL_WORDS = 45
"""Of a cell that tells more than one unit."""
WIDER = 1.0
"""Logits that a row loses for each word of its key that the side is not called by."""
SAME_TABLE = 4.0
"""Logits that two rows of one table are ahead of what stands in two places."""
READ = 8
"""Units of a side that are looked at."""
HEADER = "Compared | What the guides say"
NOT_STATED = "not stated in the guides"

Told = Callable[[Candidate, Question, Layout], Piece]
Answered = Callable[[Evidence], bool]
"""Whether evidence answers its whole question."""


def compare(
    sides: Sequence[Side], evidence: Evidence, gatherer: Gatherer, told: Told, answered: Answered
) -> tuple[Piece, ...]:
    """A table of what is stated on each side; nothing where nothing is, or one unit is the answer for both."""
    focus = [evidence.candidates[0].guide.id]
    left, right = sides
    one, other = _with_head(left, right, gatherer.index), _with_head(right, left, gatherer.index)
    bare = ((one, other), (other, one))
    sides = [_with_subject(a, b, evidence, gatherer.index) for a, b in bare]
    ones, others = (_fitting(side, sides, evidence, gatherer, focus) for side in sides)
    pair = _Contest(sides, evidence.question.quantity, focus[0], gatherer.index).pair(ones, others)
    found = [unit or _asked_alone(*both, gatherer, answered) for unit, both in zip(pair, bare, strict=True)]
    stated = [candidate for candidate in found if candidate]
    if not stated or len({candidate.position for candidate in stated}) < len(stated):
        return ()
    cells: list[tuple[Candidate, ...]] = [(candidate,) if candidate else () for candidate in found]
    if evidence.question.quantity is None:
        shown = {candidate.position for candidate in stated}
        cells = [
            _read_on(cell, units, side, shown) for cell, units, side in zip(cells, (ones, others), sides, strict=True)
        ]
    rows = [_row(side, cell, evidence.question, told) for side, cell in zip(sides, cells, strict=True)]
    one_alone = len(stated) == 1 and evidence.question.quantity is not None
    levels = rows_beside(stated[0].guide, stated[0].passage, stated[0].unit.span) if one_alone else ()
    return (Piece(HEADER, (), Layout.HEADER), *rows, *levels)


def _with_head(side: Side, other: Side, index: Index) -> Side:
    """A side with the noun that only the other says ("a junior and a senior coder"), where a guide writes the two together."""
    words, theirs = side.name.split(), other.name.split()
    name = " ".join((*words, *theirs[len(words) :]))
    if (
        len(words) >= len(theirs)
        or theirs[len(words)].lower() in FUNCTION_WORDS
        or stems_in(name) == stems_in(other.name)
    ):
        return side
    return replace(side, name=name, question=side.question.replace(side.name, name)) if _writes(index, name) else side


def _writes(index: Index, name: str) -> bool:
    """Whether a passage has the words of a name one right behind another."""
    stems = stems_in(name)
    holding = reduce(np.intersect1d, map(index.lexical.holding, stems)) if stems else ()
    passages = (index.passages[int(number)] for number in holding)
    return any(_runs(p.span.of(index.guides[p.guide].text), stems) for p in passages)


def _runs(text: str, stems: Sequence[str]) -> bool:
    """Whether a text has words of some stems with nothing but blanks between them."""
    words = list(words_in(text))
    runs = (words[at : at + len(stems)] for at in range(len(words) - len(stems) + 1))
    return any(
        [word.stem for word in run] == list(stems)
        and all(text[one.end : other.start].isspace() for one, other in pairwise(run))
        for run in runs
    )


def _asked_alone(side: Side, other: Side, gatherer: Gatherer, answered: Answered) -> Candidate | None:
    """The unit that states a figure of a side where the guides answer what is asked of it, and nothing beside it."""
    asked = read_question(side.question)
    evidence = gatherer.gather(asked) if asked.quantity else None
    if evidence is None or not answered(evidence):
        return None
    stating = (c for c in evidence.candidates[:READ] if c.logit >= STATED and _states(c, asked))
    return next((c for c in stating if not _about(c, other)), None)


def _about(candidate: Candidate, side: Side) -> bool:
    """Whether a unit, or what stands over it, has any word of a side."""
    held = set(stems_in(f"{candidate.text} {above_text(candidate.guide, candidate.passage)}"))
    return bool(held & set(stems_in(side.name)))


def _read_on(
    cell: Sequence[Candidate], units: Sequence[Candidate], side: Side, shown: set[int]
) -> tuple[Candidate, ...]:
    """What is said of one side, and a unit that says nearly as much, within `CELL_WORDS`."""
    if not cell:
        return ()
    (best,) = cell
    if not _is_sentence(best):
        return (best,)
    words = len(best.text.split())
    further = [
        c
        for c in units
        if c.position not in shown
        and c.logit >= best.logit - NEARLY
        and (c.guide.id, c.passage.section) == (best.guide.id, best.passage.section)
        and words + len(c.text.split()) <= CELL_WORDS
        and _is_sentence(c)
        and plain(c.text).split()[0].lower() not in IMPERSONAL
    ]
    if not further:
        return (best,)
    second = max(further, key=lambda c: c.logit + OPENS * _opens(c, side))
    shown.add(second.position)
    return tuple(sorted((best, second), key=lambda c: c.position))


def _with_subject(side: Side, other: Side, evidence: Evidence, index: Index) -> Side:
    """A side of which a quantity is asked, with what both are sides of: "a clinic", asked of vet assistants.

    That is what else the question names of the title over its best unit; what the other side is called by, only where
    it is called by more.
    """
    if not evidence.question.wanted:
        return side
    terms = evidence.terms
    title = [index.terms.known[s] for s in stems_in(evidence.candidates[0].guide.title) if s in index.terms.known]
    alike = terms.alike[:, title].max(axis=1, initial=0.0)
    ours, theirs = set(stems_in(side.name)), set(stems_in(other.name))
    if sum(bool(ours & set(stems_in(guide.title)[-1:])) for guide in index.guides.values()) == 1:
        return side
    titled = {word.stem for word, near in zip(terms.words, alike, strict=True) if near >= NAMES}
    shared = titled - ours - (theirs if theirs <= titled else set())
    subject = [word.text for word in terms.words if word.stem in shared]
    return replace(side, question=f"{side.question.rstrip('?')} {' '.join(subject)}?") if subject else side


def _is_sentence(candidate: Candidate) -> bool:
    """Whether a unit ends like a sentence, so that another one can follow it."""
    return plain(candidate.text).endswith((".", "!", "?"))


def _row(side: Side, candidates: Sequence[Candidate], question: Question, told: Told) -> Piece:
    if not candidates:
        return Piece(f"“{side.name}” | {NOT_STATED}", (), Layout.ROW)
    first, *further = candidates
    piece = told(first, question, Layout.ROW)
    text = " ".join([piece.text.replace(" | ", " – "), *(plain(candidate.text) for candidate in further)])
    places = (*piece.places, *(place(candidate.passage, candidate.unit.span) for candidate in further))
    return Piece(f"“{side.name}” | {text}", places, Layout.ROW)


def _fitting(
    side: Side, sides: Sequence[Side], evidence: Evidence, gatherer: Gatherer, focus: Sequence[str]
) -> list[Candidate]:
    """The units for one side: of those that name it and not the other, in its own place or for it alone."""
    other = next(one for one in sides if one is not side)
    asked = read_question(side.question)
    gathered = gatherer.gather(asked, () if asked.quantity or side.narrow else focus)
    alone = list(gathered.candidates[:READ])
    if asked.quantity:
        alone += [
            c
            for c in gatherer.within(gathered, focus).candidates[:READ]
            if c.position not in {a.position for a in alone}
        ]
    index = gatherer.index
    named = {c.position for c in (*evidence.candidates[:READ], *alone) if _names_all(c, side, other, index)}
    together = [c for c in evidence.candidates[:READ] if c.logit >= (NAMED if c.position in named else STATED)]
    found = [c for c in together if _names(c, side, other, index)]
    here = evidence.question.quantity is None and not side.narrow
    found += [
        c
        for c in alone
        if c.logit >= (NAMED if c.position in named else STATED)
        and not _foreign(c, side, other, index)
        and not (here and c.guide.id not in focus)
    ]
    if evidence.question.quantity is None:
        told = [c for c in found if c.logit >= STATED and not c.feature("introduces")]
        return told or [c for c in alone if c.logit >= ELSEWHERE and _names(c, side, other, index)]
    return [c for c in found if _states(c, evidence.question)]


@dataclass(frozen=True, slots=True)
class _Contest:
    """Which of the units of two sides are held side by side."""

    sides: Sequence[Side]
    quantity: Quantity | None
    near: str
    """The guide that answers the whole question best."""
    index: Index

    def pair(self, ones: Sequence[Candidate], others: Sequence[Candidate]) -> tuple[Candidate | None, Candidate | None]:
        """The best unit of each side, where two rows of one table are no better; None for a side without any."""
        one, other = self._best(ones, *self.sides), self._best(others, *reversed(self.sides))
        rows = [(a, b) for a, b in product(ones, others) if a.position != b.position and _of_one_table(a, b)]
        if not rows:
            return one, other
        best = max(rows, key=self._fits)
        if one is None or other is None or min(one.logit, other.logit) < self._least:
            return best
        exact = [
            any(_wider(c, side) == 0 for c in units) for units, side in zip((ones, others), self.sides, strict=True)
        ]
        told = [
            c.logit
            - 2 * WIDER * _wider(c, side) * own
            - SAME_TABLE * (alone.logit >= self._least and not _keyed(c, side))
            for c, side, own, alone in zip(best, self.sides, exact, (one, other), strict=True)
        ]
        return best if sum(told) + SAME_TABLE > one.logit + other.logit else (one, other)

    @property
    def _least(self) -> float:
        return STATED if self.quantity is None else FIGURE

    def _best(self, units: Sequence[Candidate], side: Side, other: Side) -> Candidate | None:
        """The unit that states a side alone."""
        stating = [c for c in units if c.logit >= self._least or self._surely(c, side, other)]
        return max(stating, key=lambda c: self._alone(c, side, other), default=None)

    def _surely(self, candidate: Candidate, side: Side, other: Side) -> bool:
        """Whether a figure is the side's own, by all that it is called by."""
        named = _names_all(candidate, side, other, self.index)
        return named and candidate.guide.id == self.near and _counts(candidate, self.quantity)

    def _alone(self, candidate: Candidate, side: Side, other: Side) -> tuple[float, bool, float]:
        ahead = SAME_GUIDE * (candidate.guide.id == self.near)
        if self.quantity is None:
            ahead += OPENS * _opens(candidate, side)
        else:
            ahead += CALLED * _names_all(candidate, side, other, self.index) - OF_BOTH * _of_both(
                candidate, side, other
            )
            ahead -= CALLED * (candidate.passage.kind is PassageKind.ROW and not _about(candidate, side))
        return candidate.feature("period"), not of_a_part(candidate), candidate.logit + ahead

    def _fits(self, pair: tuple[Candidate, Candidate]) -> float:
        return sum(c.logit - WIDER * _wider(c, side) for c, side in zip(pair, self.sides, strict=True))


def _keyed(candidate: Candidate, side: Side) -> bool:
    """Whether the key of a row has all that a side is called by: "Veterinarians" are no veterinary assistants.

    A row of two cells has its key for a part of what stands over the table, and may leave the rest of the name to that.
    """
    key, *told = candidate.passage.cells
    return len(told) == 1 or _met(set(stems_in(side.name)), set(stems_in(key.of(candidate.guide.text))))


def _met(words: set[str], held: set[str]) -> bool:
    """Whether all words are held, a long one by one that differs in its last letters."""
    return all(word in held or (len(word) >= LONG and any(h.startswith(word[:-1]) for h in held)) for word in words)


def _wider(candidate: Candidate, side: Side) -> int:
    """How many words the key of a row has beside those that a side is called by."""
    key = candidate.passage.cells[0].of(candidate.guide.text) if candidate.passage.cells else candidate.text
    return len(set(stems_in(key)) - set(stems_in(side.name)))


def _of_both(candidate: Candidate, side: Side, other: Side) -> bool:
    """Whether a unit, or what stands over it, names what is each side's own, and its words do not tell them apart."""
    near = set(stems_in(candidate.text))
    held = near | set(stems_in(above_text(candidate.guide, candidate.passage)))
    ours, theirs = set(stems_in(side.name)), set(stems_in(other.name))
    apart = bool((ours - theirs) & near) and not (theirs - ours) & near
    return bool((ours - theirs) & held and (theirs - ours) & held) and not apart


def _opens(candidate: Candidate, side: Side) -> bool:
    """Whether a unit opens with what a side is called by: it is about that, and does not only speak of it."""
    name = set(stems_in(side.name))
    return bool(name) and name <= set(stems_in(candidate.text)[: len(name) + 2])


def _of_one_table(one: Candidate, other: Candidate) -> bool:
    """Whether two units are rows of one table."""
    places = {(c.guide.id, c.passage.section, c.passage.kind, c.passage.header) for c in (one, other)}
    return len(places) == 1 and one.passage.kind is PassageKind.ROW


def _states(candidate: Candidate, question: Question) -> bool:
    """Whether a unit states what is compared: the same kind of quantity, and of money what is earned or what is spent."""
    spent = [
        bool(COSTS.search(text))
        for text in (question.text, f"{candidate.text} {above_text(candidate.guide, candidate.passage)}")
    ]
    if question.quantity is Quantity.MONEY and len(set(spent)) > 1:
        return False
    return _counts(candidate, question.quantity) or candidate.feature("quantity") > 0


def _counts(candidate: Candidate, quantity: Quantity | None) -> bool:
    return any(figure.quantity is quantity for figure in candidate.figures)


def _names(candidate: Candidate, side: Side, other: Side, index: Index) -> bool:
    """Whether a unit, or what stands over it, names what is this side's own, more than what is the other's."""
    held = set(stems_in(f"{candidate.text} {above_text(candidate.guide, candidate.passage)}"))
    own = set(stems_in(side.name)) - set(stems_in(other.name))
    return len(own & held) * 2 >= len(own) and not _foreign(candidate, side, other, index)


def _names_all(candidate: Candidate, side: Side, other: Side, index: Index) -> bool:
    """Whether all that is this side's own stands in a unit or over it, and what is the other's does not."""
    own = set(stems_in(side.name)) - set(stems_in(other.name))
    held = set(stems_in(f"{candidate.text} {above_text(candidate.guide, candidate.passage)}"))
    return bool(own) and _met(own, held) and not _foreign(candidate, side, other, index)


def _foreign(candidate: Candidate, side: Side, other: Side, index: Index) -> bool:
    """Whether a unit names more of what is the other side's own than of this one's, or the rarest of it alone.

    A heading that names one side alone tells whose that is which stands under it.
    """
    ours, theirs = set(stems_in(side.name)), set(stems_in(other.name))
    own, foreign = ours - theirs, theirs - ours
    headed = _headed(candidate, own, foreign, index)
    said_first = set(stems_in(candidate.text)[: len(theirs if headed else ours)])
    if headed is not None and said_first != (theirs if headed else ours):
        return not headed
    near = set(stems_in(candidate.text))
    if len(foreign & near) > len(own & near):
        return True
    return bool(own and foreign) and _rarest(foreign, index) in near and _rarest(own, index) not in near


def _headed(candidate: Candidate, own: set[str], foreign: set[str], index: Index) -> bool | None:
    """Whether a unit's heading has the rarest of what is a side's own, and not that of the other's; None where it has neither, or both."""
    heading = set(stems_in(candidate.passage.section[-1])) if candidate.passage.section else set()
    ours, theirs = (bool(words) and _met({_rarest(words, index)}, heading) for words in (own, foreign))
    return ours if ours is not theirs else None


def _rarest(stems: Iterable[str], index: Index) -> str:
    known = index.terms.known
    return max(sorted(stems), key=lambda stem: float(index.rarity[known[stem]]) if stem in known else 1.0)
