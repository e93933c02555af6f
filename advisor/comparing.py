"""Two things held side by side: each asked about alone, its best unit beside the other's, or "not stated"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.figures import Figure
from index.words import FUNCTION_WORDS

from .answer import Layout
from .draft import Piece
from .evidence import Candidate, Evidence, Gatherer
from .question import Question, read_question

STATED = 0.0
"""Logit from which a side is stated."""
HEADER = "Compared | What the guides say"
NOT_STATED = "not stated in the guides"

_JOINTS = re.compile(r"\s(?:versus|vs\.?|compared (?:with|to)|as opposed to|or|and|from|than)\s", re.IGNORECASE)
_WITH = re.compile(r"(?<=\w)\s(?:with|to|against)\s", re.IGNORECASE)
"""What joins the two after "compare"."""
_COMPARES = re.compile(
    r"\b(?:what(?:'?s| is| are)? (?:the )?|how |is there an? )?(?:main |big |real )?(?:difference|differences|distinction|comparison)\b(?: (?:between|of|from))?"
    r"|\b(?:compare|contrast|how do(?:es)?|differ|differs|different|which|who|what)\b"
    r"|\b(?:more|less|better|worse|higher|lower|bigger|most|least)\b|\b\w+er (?=than\b)",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"^(?:an?|the|being|becoming|to be|working as)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the things compared, and the question asked of it alone."""

    name: str
    question: str


Told = Callable[[Candidate, Question, Layout], Piece]


def sides_of(question: Question) -> tuple[Side, Side] | None:
    """The two things that a question compares; None where it does not name them."""
    text = question.text.strip(" ?.!")
    joints = [*_JOINTS.finditer(text)]
    if re.search(r"\b(?:compare|contrast)\b", text, re.IGNORECASE):
        joints += _WITH.finditer(text)
    for joint in joints:
        left, right = _last_phrase(text[: joint.start()]), _first_phrase(text[joint.end() :])
        if left and right and left.casefold() != right.casefold():
            return _side(left, question), _side(right, question)
    return None


def _side(name: str, question: Question) -> Side:
    asked = question.wanted
    return Side(name, f"{asked} {name}?" if asked else f"What is a {name}?")


def _last_phrase(text: str) -> str:
    """The words that stand last before a joint: what is compared, without what compares."""
    phrase = re.split(r"[,;:?.!(]\s*", text)[-1]
    parts = [part for part in _COMPARES.split(phrase) if part.strip()]
    return _bare(parts[-1]) if parts else ""


def _first_phrase(text: str) -> str:
    return _bare(_COMPARES.split(re.split(r"[,;:?.!)]", text)[0])[0])


def _bare(phrase: str) -> str:
    """A phrase without the function words around it."""
    words = _DETERMINER.sub("", phrase.strip()).split()
    while words and words[0].lower() in FUNCTION_WORDS:
        words.pop(0)
    while words and words[-1].lower() in FUNCTION_WORDS:
        words.pop()
    return " ".join(words) if len(words) <= 6 else ""


def compare(sides: Sequence[Side], evidence: Evidence, gatherer: Gatherer, told: Told) -> tuple[Piece, ...]:
    """A table of what is stated on each side; nothing where neither or only one unit answers for both."""
    focus = [evidence.candidates[0].guide.id]
    found = [_best(side, gatherer, focus, told) for side in sides]
    stated = [pair for pair in found if pair]
    if len(stated) < 2 or stated[0][0].position == stated[1][0].position:
        return ()
    rows = [
        Piece(f"{side.name} | {pair[1].text}", pair[1].places, Layout.ROW)
        for side, pair in zip(sides, found, strict=True)
        if pair
    ]
    return (Piece(HEADER, (), Layout.HEADER), *rows)


def _best(side: Side, gatherer: Gatherer, focus: Sequence[str], told: Told) -> tuple[Candidate, Piece] | None:
    asked = read_question(side.question)
    evidence = gatherer.gather(asked, focus)
    if not evidence.candidates or evidence.candidates[0].logit < STATED:
        return None
    return evidence.candidates[0], told(evidence.candidates[0], asked, Layout.ROW)


def figure_of(candidate: Candidate, question: Question) -> Figure | None:
    """The figure of a unit that is of the quantity asked for, where it states one alone."""
    fitting = [figure for figure in candidate.figures if figure.quantity is question.quantity]
    return fitting[0] if len(fitting) == 1 else None
