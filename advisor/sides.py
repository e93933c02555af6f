"""Which two things a question compares, and what it asks of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.words import FUNCTION_WORDS, stem, stems_in

from .question import Question

COMPARING = frozenset(
    map(
        stem,
        "better both compare compared comparison contrast differ difference different differences each other versus vs".split(),
    )
)

_JOINTS = re.compile(
    r"\s(?:versus|vs\.?|compared (?:with|to)|as opposed to|as (?:much|many|long|fast|well(?: paid)?) as|or|and|from|than"
    r"|out-?earns?|that(?=\s[^,;:?.!]*(?:n['’]t|not)$))\s",
    re.IGNORECASE,
)
_WITH = re.compile(r"(?<=\w)\s(?:with|to|against)\s", re.IGNORECASE)
"""What joins the two after "compare", or beside "pay" and "against"."""
_SIDE_BY_SIDE = re.compile(r"\b(?:compare|contrast|against)\b", re.IGNORECASE)
_COMPARES = re.compile(
    r"\b(?:what(?:'?s| is| are)? (?:the )?|how |is there an? )?(?:main |big |real )?(?:difference|differences|distinction|comparison|gap)\b(?: (?:between|of|from))?"
    r"|\b(?:compare|contrast|how do(?:es)?|differ|differs|different|how (?:many|much))\b"
    r"|\b(?:out-?)?(?:earns?|makes?|pays?|paid|gets?|employs?|needs?|works?|takes?)\b|\bis it worth\b"
    r"|\b(?:more|less|better|worse|higher|lower|bigger|most|least)\b|\b\w+er (?=than\b)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[,;:?.!()]\s*|\s[-\u2010-\u2015]\s*|\band (?:by )?(?:how|what|which|who)\b|\s(?:which|whose)\b")
_BESIDE = re.compile(
    r"^.*\b(?:(?:pay|jobs?|figures?|gap|numbers?|there) (?:for|of|in|among)|between|thinking (?:about|of)|considering|weighing(?: up)?|go(?:ing)? for|choos(?:e|ing)|pick(?:ing)?)\s+",
    re.IGNORECASE,
)
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
    known = {*stems_in(f"{left} {right}"), *COMPARING}
    words = [word.text for word in question.words if word.stem not in known]
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
