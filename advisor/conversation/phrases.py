"""What the words of a message tell by themselves, with nothing known of the guides."""

from __future__ import annotations

import re

from index.words import words_in

from ..question import ASKING, Kind, Question, read_question
from .turns import YEAR

BEFORE_NOUN = re.compile(
    r"^(?:if i(?:'m| am)\s+)?(?:(?:for|in|at|with|about|on|from)\s+)?(?:an?|the)\s+(?=\S)|^(?:if i(?:'m| am)|for|in|at|with|about|on|from)\s+(?=\S)",
    re.IGNORECASE,
)
PLACED = re.compile(r"(?:for|in|at|with|on|from|under|over|before|after|during|without|if)\s", re.IGNORECASE)
"""Opens what narrows a question, and takes nothing's place."""
CODE = re.compile(r"\b[A-Z][A-Z\d]+(?:-[A-Z\d]+)*\b")
LEADING = r"^\W*(?:(?:ok(?:ay)?|and|so|but|also|then|well|hmm+|alright|great|thanks|thank you|cool|interesting|i see|got it)\b[\s,.!]*)*"
FRAGMENT = re.compile(
    LEADING
    + r"(?:what about|how about|and|or|same(?: question)?(?= (?:for|about)\b)|(?=(?:for|in)\s))\s*\b(?P<rest>.+?)\W*$",
    re.IGNORECASE,
)
CORRECTION = re.compile(
    r"^\W*(?:no|nope|sorry|actually|wait)?\W*(?:i (?:meant|mean)|not that\W+i meant|rather|make that)\s+(?P<rest>.+?)(?:,? not .+)?\W*$",
    re.IGNORECASE,
)
YES = re.compile(
    r"^\W*(?:yes|yeah|yep|sure|ok(?:ay)?|please do|go ahead|sounds good|do it|tell me(?: more)?)(?:[ ,]+(?:please|do|go ahead|tell me(?: more)?|that one|that))*\W*$",
    re.IGNORECASE,
)
BARE_WHY = re.compile(
    LEADING + r"(?:why(?: is (?:that|this|it)| so| not)?|how come|why do you say (?:so|that))\W*$", re.IGNORECASE
)
THING = re.compile(r"\b(?:it|its|this|that|one|there)\b", re.IGNORECASE)
PERSON = re.compile(r"\b(?:they|them|their|theirs|these|those|he|she|him|her|his)\b", re.IGNORECASE)
_RELATIVE_YEAR = re.compile(
    r"\b(?:(?P<count>\d+|one|two|three|four|five|ten)\s+years?\s+(?P<way>later|after|earlier|before|ago)|the\s+(?:year\s+(?P<side>after|before)|(?P<next>next|following|previous|prior)\s+year))\b",
    re.IGNORECASE,
)
SAME_YEAR = re.compile(r"\b(?:in )?(?:that|the same) (?:same )?year\b|\b(?:back )?then(?=\W*$)", re.IGNORECASE)
NEXT = re.compile(
    r"\b(?P<way>next|following|previous|prior|(?:one )?(?:above|below)|after (?:that|this))\b\s*(?P<what>\w+)?",
    re.IGNORECASE,
)
TWO_NAMED = re.compile(r"\s*\b(?:of |between )?(?:the two|them both|these two|those two|them|both)\b", re.IGNORECASE)
TWO = re.compile(
    r"^\W*(?:(?:and|so|ok(?:ay)?)\W+)?(?:which|who)(?: one)?\b(?: (?:of|between) (?:the two|them|these|those)(?: two)?)?"
    r"[^?]*\b(?:more|less|better|best|higher|lower|faster|longer|easier|harder|safer|worse)\b",
    re.IGNORECASE,
)
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
VERBS = frozenset(
    """
    become do make get work take need needs start help go find use offer mean stand pay pays earn earns study studies
    know knows require requires employ employs cost costs last lasts agree disagree differ long often far old soon fast hard different same
    """.split()
)


def runs(text: str) -> list[tuple[int, int]]:
    """Runs of subject words that stand side by side."""
    found: list[tuple[int, int]] = []
    for word in words_in(text):
        if word.text.lower() in VERBS | ASKING or re.search(r"(?:ing|ed)$", word.text):
            continue
        if found and not text[found[-1][1] : word.start].strip():
            found[-1] = (found[-1][0], word.end)
        else:
            found.append((word.start, word.end))
    return found


def code_in(new: str, before: str) -> tuple[int, int] | None:
    """The only abbreviation of the previous question, where the new words are one as well."""
    found = [*CODE.finditer(before)]
    return found[0].span() if CODE.fullmatch(new) and len(found) == 1 else None


def names_figure(new: str) -> bool:
    """Whether a phrase only says what is to be counted ("the pay", "growth")."""
    few = len(list(words_in(new))) <= 2
    return few and not narrows(new) and read_question(f"How much {new}?").quantity is not None


def narrows(new: str) -> bool:
    """Whether a phrase tells which of several, and no other thing ("the top 10 percent", "the best paid")."""
    return bool(re.search(r"\d|\bones?\b", new)) or Question(new, Kind.FACT, None).rank is not None


def is_fragment(text: str) -> bool:
    """Whether a text has no question of its own: no question word, no verb that asks."""
    return len(text.split()) <= 8 and not asks(text)


def asks(text: str) -> bool:
    """Whether a text holds a word that asks, or one that orders to tell."""
    return bool(
        re.search(
            r"\b(?:what|which|who|where|when|why|how|do|does|is|are|can|could|will|would|should|did)\b"
            r"|^\W*(?:please )?(?:compare|explain|describe|define|list|name|tell|show|give)\b",
            text,
            re.IGNORECASE,
        )
    )


def why(before: str) -> str:
    """The question for the reason of what a previous question asked."""
    bare = before.rstrip(" ?.!")
    if re.match(r"(?:is|are|do|does|can|could|should|would|will|did|has|have)\b", bare, re.IGNORECASE):
        return f"Why {bare[0].lower()}{bare[1:]}?"
    return f"Why: {bare}?"


def noun(pronoun: str, noun: str) -> str:
    """A noun in the case of the pronoun whose place it takes."""
    owning = pronoun.lower() in ("their", "theirs", "his", "its")
    return f"{noun}'s" if owning and not noun.endswith("s") else (f"{noun}'" if owning else noun)


def self_contained(text: str) -> bool:
    """Whether a pronoun points to nothing before: "Is it true that …", "is there …"."""
    return bool(
        re.search(
            r"\bis (?:it|there)\b.*\b(?:to|that)\b|\b(?:is|are|was|were) there\b|\bthat (?:i|you|we|they)\b",
            text,
            re.IGNORECASE,
        )
    )


def relative_year(message: str, before: str) -> int | None:
    """The year that a message counts from the one that was asked about ("three years later"); None where it counts none."""
    match, years = _RELATIVE_YEAR.search(message), YEAR.findall(before)
    if not match or not years:
        return None
    if match["count"]:
        count = (
            _COUNTS.get(match["count"].lower()) or int(match["count"])
            if not match["count"].isdigit()
            else int(match["count"])
        )
        back = match["way"].lower() in ("earlier", "before", "ago")
    else:
        count, back = 1, (match["side"] or match["next"]).lower() in ("before", "previous", "prior")
    return int(years[-1]) + (-count if back else count)
