"""Two things held side by side: each asked about alone, its best unit beside the other's, or "not stated"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

from index.figures import Quantity
from index.guide import PassageKind
from index.search import Index
from index.texts import above_text
from index.words import FUNCTION_WORDS, stem, stems_in

from .answer import Layout
from .draft import Piece
from .evidence import Candidate, Evidence, Gatherer, of_a_part
from .question import COSTS, Question, read_question

STATED = -1.0
"""Logit from which a side is stated."""
FIGURE = 1.5
"""Logit from which a figure is surely the side's own: one of something near it would be false."""
SAME_GUIDE = 2.0
"""Logits that a unit of the guide that answers the whole question is ahead of another guide's."""
NAMES = 0.5
"""How alike a word is, at the least, to one of the title that it names."""
SAME_TABLE = 4.0
"""Logits that two rows of one table are ahead of what stands in two places."""
READ = 8
"""Units of a side that are looked at."""
HEADER = "Compared | What the guides say"
NOT_STATED = "not stated in the guides"
COMPARING = frozenset(
    map(
        stem,
        "better both compare compared comparison contrast differ difference different differences each other".split(),
    )
)

_JOINTS = re.compile(
    r"\s(?:versus|vs\.?|compared (?:with|to)|as opposed to|as (?:much|many|long|fast|well(?: paid)?) as|or|and|from|than)\s",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?<=\w)\s(?:with|to|against)\s", re.IGNORECASE)
"""What joins the two after "compare", or beside "pay" and "against"."""
_SIDE_BY_SIDE = re.compile(r"\b(?:compare|contrast|against)\b", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:what(?:'?s| is| are)? (?:the )?|how |is there an? )?(?:main |big |real )?(?:difference|differences|distinction|comparison|gap)\b(?: (?:between|of|from))?"
    r"|\b(?:compare|contrast|how do(?:es)?|differ|differs|different|how many)\b"
    r"|\b(?:out-?)?(?:earns?|makes?|pays?|paid|gets?|employs?|needs?|works?)\b|\bis it worth\b"
    r"|\b(?:more|less|better|worse|higher|lower|bigger|most|least)\b|\b\w+er (?=than\b)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[,;:?.!()]\s*|\s[-\u2010-\u2015]\s*|\band (?:by )?(?:how|what|which|who)\b")
_BESIDE = re.compile(r"^.*\b(?:pay|jobs?|figures?|gap|numbers?|there) (?:for|of|in|between|among)\s+", re.IGNORECASE)
_TOGETHER = re.compile(
    r"\s+(?:together|both|combined|respectively|each|alike|side by side|jobs?|pay|salary|hourly|yearly|annually|do|does|have|has)\W*$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\s(?:than|as \w+ as)\s", re.IGNORECASE)
"""Joints before which the side stands first and not last ("does A need more schooling than B")."""
_DETERMINER = re.compile(r"^(?:an?|the|being|becoming|to be|working as)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared, and the question asked of it alone."""

    name: str
    question: str
    narrow: bool = False
    """Whether one thing about it is asked, and not what it is."""


Told = Callable[[Candidate, Question, Layout], Piece]


def sides_of(question: Question) -> tuple[Side, Side] | None:
    """The two things that a question compares; None where it does not name them."""
    text = question.text.strip(" ?.!")
    joints = [*_JOINTS.finditer(text)]
    if _SIDE_BY_SIDE.search(text):
        joints += _WITH.finditer(text)
    for joint in joints:
        left = _before(text[: joint.start()], last=not _SUBJECT.fullmatch(joint[0]))
        right = _after(text[joint.end() :])
        if left and right and left.casefold() != right.casefold():
            return _sides(left, right, question)
    return None


def _sides(left: str, right: str, question: Question) -> tuple[Side, Side]:
    if question.wanted:
        period = f" per {question.period}" if question.period else ""
        return Side(left, f"{question.wanted} {left}{period}?"), Side(right, f"{question.wanted} {right}{period}?")
    named = f"{left} {right}".casefold()
    words = [word.text for word in question.words if word.text.casefold() not in named and word.stem not in COMPARING]
    return _side(left, words), _side(right, words)


def _side(name: str, about: Sequence[str]) -> Side:
    """What is asked of one side: what both are compared in, or what it is."""
    if about:
        return Side(name, f"{name}: {' '.join(about)}?", narrow=True)
    return Side(name, f"What does {name} mean, and what is it about?" if name.isupper() else f"What do {name} do?")


def _before(text: str, *, last: bool) -> str:
    """What is compared before a joint, without what compares: the last such words, or the first."""
    phrase = next((part for part in reversed(_ENDS.split(text)) if part.strip()), "")
    parts = [bare for part in _COMPARES.split(_BESIDE.sub("", phrase)) if (bare := _bare(part))]
    return (parts[-1] if last else parts[0]) if parts else ""


def _after(text: str) -> str:
    """What is compared behind a joint: the first words that do not compare."""
    return next((bare for part in _COMPARES.split(_ENDS.split(text)[0]) if (bare := _bare(part))), "")


def _bare(phrase: str) -> str:
    """A phrase without the function words around it, and not as an owner ("a director's")."""
    words = re.sub(r"['’]s?$", "", _TOGETHER.sub("", _DETERMINER.sub("", phrase.strip()))).split()
    while words and words[0].lower() in FUNCTION_WORDS:
        words.pop(0)
    while words and words[-1].lower() in FUNCTION_WORDS:
        words.pop()
    return " ".join(words) if len(words) <= 6 else ""


def compare(sides: Sequence[Side], evidence: Evidence, gatherer: Gatherer, told: Told) -> tuple[Piece, ...]:
    """A table of what is stated on each side; nothing where nothing is, or one unit is the answer for both."""
    focus = [evidence.candidates[0].guide.id]
    one, other = sides
    sides = [_with_subject(a, b, evidence, gatherer.index) for a, b in ((one, other), (other, one))]
    ones, others = (_fitting(side, sides, evidence, gatherer, focus) for side in sides)
    found = _pair(ones, others, focus[0], STATED if evidence.question.quantity is None else FIGURE)
    stated = [candidate for candidate in found if candidate]
    if not stated or len({candidate.position for candidate in stated}) < len(stated):
        return ()
    rows = [_row(side, candidate, evidence.question, told) for side, candidate in zip(sides, found, strict=True)]
    return (Piece(HEADER, (), Layout.HEADER), *rows)


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
    titled = {word.stem for word, near in zip(terms.words, alike, strict=True) if near >= NAMES}
    shared = titled - ours - (theirs if theirs <= titled else set())
    subject = [word.text for word in terms.words if word.stem in shared]
    return replace(side, question=f"{side.question.rstrip('?')} {' '.join(subject)}?") if subject else side


def _row(side: Side, candidate: Candidate | None, question: Question, told: Told) -> Piece:
    if candidate is None:
        return Piece(f"“{side.name}” | {NOT_STATED}", (), Layout.ROW)
    piece = told(candidate, question, Layout.ROW)
    return Piece(f"“{side.name}” | {piece.text.replace(' | ', ' – ')}", piece.places, Layout.ROW)


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
    together = [c for c in evidence.candidates[:READ] if c.logit >= STATED]
    found = [c for c in together if _names(c, side, other, gatherer.index)]
    here = evidence.question.quantity is None and not side.narrow
    found += [
        c
        for c in alone
        if c.logit >= STATED and not _foreign(c, side, other, gatherer.index) and not (here and c.guide.id not in focus)
    ]
    return [c for c in found if evidence.question.quantity is None or _states(c, evidence.question)]


def _pair(
    ones: Sequence[Candidate], others: Sequence[Candidate], near: str, least: float
) -> tuple[Candidate | None, Candidate | None]:
    """The best unit of each side, where two rows of one table are no better; None for a side without any.

    One that stands alone needs the logit `least`.
    """

    def alone(c: Candidate) -> tuple[float, bool, float]:
        return c.feature("period"), not of_a_part(c), c.logit + SAME_GUIDE * (c.guide.id == near)

    one, other = (max((c for c in side if c.logit >= least), key=alone, default=None) for side in (ones, others))
    rows = [(a, b) for a, b in product(ones, others) if a.position != b.position and _of_one_table(a, b)]
    if not rows:
        return one, other
    best = max(rows, key=lambda pair: pair[0].logit + pair[1].logit)
    if one is None or other is None:
        return best
    return best if best[0].logit + best[1].logit + SAME_TABLE > one.logit + other.logit else (one, other)


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
    stated = any(figure.quantity is question.quantity for figure in candidate.figures)
    return stated or candidate.feature("quantity") > 0


def _names(candidate: Candidate, side: Side, other: Side, index: Index) -> bool:
    """Whether a unit, or what stands over it, names what is this side's own, more than what is the other's."""
    held = set(stems_in(f"{candidate.text} {above_text(candidate.guide, candidate.passage)}"))
    own = set(stems_in(side.name)) - set(stems_in(other.name))
    return len(own & held) * 2 >= len(own) and not _foreign(candidate, side, other, index)


def _foreign(candidate: Candidate, side: Side, other: Side, index: Index) -> bool:
    """Whether a unit names more of what is the other side's own than of this one's, or the rarest of it alone."""
    ours, theirs, near = (set(stems_in(text)) for text in (side.name, other.name, candidate.text))
    own, foreign = ours - theirs, theirs - ours
    if len(foreign & near) > len(own & near):
        return True
    return bool(own and foreign) and _rarest(foreign, index) in near and _rarest(own, index) not in near


def _rarest(stems: Iterable[str], index: Index) -> str:
    known = index.terms.known
    return max(sorted(stems), key=lambda stem: float(index.rarity[known[stem]]) if stem in known else 1.0)
