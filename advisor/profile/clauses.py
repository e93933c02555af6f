"""The clauses of a message, each at its exact place, and which of them speak of the writer as they are.

A question, a supposition, and what is said of somebody else tell nothing about the writer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto


class Voice(Enum):
    """Who a clause speaks of."""

    SELF = auto()
    """It has "I" or "my" as its subject."""
    GOES_ON = auto()
    """It has no subject of its own: it goes on with what stands before it."""
    OTHER = auto()
    """A question, a supposition, or about somebody else."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its words from `start` to `end` of the message, connectors left out."""

    text: str
    start: int
    voice: Voice
    opens: bool
    """Whether it opens its sentence."""


LONGEST = 300
"""Characters of a clause that are read."""
_SENTENCE = re.compile(r"(?<![A-Z]\.[A-Z])(?<!\b[A-Z])(?<!\bSt)(?<!\bDr)[.!?…]+(?=\s|$)|[\r\n]+|\?")
_NEW = (
    r"i|i['’]m|im|i['’]ve|ive|i['’]d|my|me|an?|no|not|just|only|currently|now|also|then|never|would|\d|\$|£|€|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|this|that|there|want\w*|need\w*|ha(?:ve|d)|hold|work\w*|live\w*|am|was|used|know|speak|can|can['’]t|cannot|could|love|"
    r"hate|like|looking|hop(?:e|ing)|thinking|plan\w*|got|been|do|don['’]t|should|where|what|how|which|is|are|will|"
    r"(?:he|she|they|we|you|it|people|employers)\b|moved|left|quit|lost|passed|studied|graduated|worr\w+|prefer"
)
_CUT = re.compile(
    rf"\s*(?:[,;:()]|\s[-–—]+\s|—)\s*|\s+(?=(?:but|because|although|though|whereas|while)\b)|\s+(?=(?:and|so|or|plus|then)\s+(?:{_NEW})\b)"
    r"|(?<!['’ ]m)(?<!\bim)(?<!\bam)(?<!\bwas)(?<!been)(?<!\bare)(?<!just)(?<!\bnow)(?<!currently)\s+(?=(?:looking|hoping|wanting|trying|planning|thinking)\s+(?:to|of|about)\b)",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"\d,\d{3}")
_CONNECTOR = re.compile(
    r"(?:(?:and|but|so|or|plus|then|also|because|cause|cuz|since|although|though|while|whereas|well|ok|okay|hey|hi|hello|hiya|oh|yes|yeah|no(?=\s*,)|"
    r"sorry|thanks|please|actually|honestly|basically|currently|now|right now|at the moment|today|anyway|in fact|as (?:for|of) (?:me|now)|"
    r"as|for context|fyi|note|background|about me|me|bullet|unfortunately|sadly|luckily)\b[\s,:!]*|[-*•]\s+)+(?=\S)",
    re.IGNORECASE,
)
_SELF = re.compile(r"(?:i|i['’](?:m|ve|d|ll)|im|ive|my|myself)\b", re.IGNORECASE)
_AUX = (
    r"do|does|did|can|could|would|will|should|shall|is|are|am|was|were|has|may|might|must|isn['’]t|aren['’]t|"
    r"don['’]t|doesn['’]t|can['’]t|won['’]t"
)
_QUESTION = re.compile(
    rf"(?:(?:in|at|for|with|to|from|of|about|by)\s+)?(?:what|which|who|whom|whose|when|where|why|how|whats|what['’]s|how['’]s)\b"
    rf"|(?:have|had)\s+(?:i|you|we|they)\b|(?:{_AUX})\s+(?:i|you|we|they|he|she|it|there|this|that|these|those|the|an?|my|someone|somebody|anyone|anybody|people|any|"
    r"most|some|\w+s|being|having|\w+ing|\w+(?:er|or|ist)s?)\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"(?:and |but |so |or )?(?:what\s+)?(?:even\s+)?(?:if|suppose|supposing|imagine|pretend|assuming|assume|say that|let['’]s say|unless|whether|until|"
    r"once|as soon as|provided|in case|had i|should i|were i|(?:when|after|before|by the time)\s+(?:i|my)\s+(?!was\b|were\b|used\b|worked\b|had\b|did\b|left\b))\b",
    re.IGNORECASE,
)
_MATTERS = re.compile(r"if\s+(?:it|that)\s+(?:matters|helps|is\s+\w+)|if you need to know", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?:he|she|they|we|you|it|there|this|that|these|those|someone|somebody|people|everyone|everybody|employers|our|your|his|her|their|the|"
    r"a\s+(?:friend|colleague|cousin|neighbou?r|relative|coworker|co-worker|guy|woman|man|person|teacher of mine))\b"
    r"|my\s+(?:own\s+)?(?:\w+[\s-]){0,2}?(?:sister|brother|mother|mom|mum|father|dad|husband|wife|partner|spouse|girlfriend|boyfriend|son|daughter|kids?|"
    r"child(?:ren)?|friends?|uncle|aunt|cousin|nephew|niece|boss|manager|teacher|colleague|coworker|neighbou?r|parents?|family|grand\w+|roommate|"
    r"supervisor|in-laws?|employer|doctor)(?:['’]s)?\b",
    re.IGNORECASE,
)
_WITH = re.compile(r"with(?:out)?\b", re.IGNORECASE)
_ME = re.compile(r"\b(?:i|me|my|im|i['’]m)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“«][^\"”»]*[\"”»]")


def clauses(message: str) -> Iterator[Clause]:
    """The clauses of a message, in order."""
    blanked = _QUOTED.sub(lambda m: " " * len(m[0]), message)
    start = 0
    for stop in [*_SENTENCE.finditer(blanked), None]:
        end = stop.start() if stop else len(blanked)
        asks = stop is not None and "?" in stop[0]
        yield from _clauses(blanked, start, end, asks=asks)
        start = stop.end() if stop else end


def _clauses(text: str, start: int, end: int, *, asks: bool) -> Iterator[Clause]:
    voice, supposed = Voice.GOES_ON, False
    parts = [(_opening(text, left, right), right) for left, right in _parts(text, start, end)]
    parts = [(left, right) for left, right in parts if text[left:right].strip()]
    about_me = _ME.search(text, start, end) is not None
    for number, (left, right) in enumerate(parts):
        words = text[left:right]
        own = _voice(words)
        if asks and own is Voice.GOES_ON and _WITH.match(words) and not about_me:
            own = Voice.OTHER
        supposed = supposed or bool(_SUPPOSED.match(words) and not _MATTERS.match(words))
        voice = voice if own is Voice.GOES_ON else own
        last = number == len(parts) - 1
        asked = asks and own is Voice.GOES_ON and last and (number == 0 or voice is Voice.OTHER)
        yield Clause(
            words[:LONGEST].rstrip(), left, Voice.OTHER if supposed or asked else _carried(own, voice), number == 0
        )


def _carried(own: Voice, before: Voice) -> Voice:
    """A clause without a subject speaks of whom the clause before it spoke of."""
    return Voice.OTHER if own is Voice.GOES_ON and before is Voice.OTHER else own


def _voice(words: str) -> Voice:
    if _QUESTION.match(words) or _SUPPOSED.match(words) or _OTHERS.match(words):
        return Voice.OTHER
    return Voice.SELF if _SELF.match(words) else Voice.GOES_ON


_BEFORE_I = re.compile(r"\s+(?=i\s+(?:want|would|am|need|have|do)\b|i['’](?:m|d|ve)\b)", re.IGNORECASE)
_LEADS = re.compile(r"\s*(?:after|with|as|being|coming)\b", re.IGNORECASE)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    left = start
    for cut in _CUT.finditer(text, start, end):
        if _THOUSANDS.match(text, max(cut.start() - 1, 0), end):
            continue
        yield from _led(text, left, cut.start())
        left = cut.end()
    yield from _led(text, left, end)


def _led(text: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    """A part; two where a phrase leads it: "After 12 years in banking I want …"."""
    cut = _BEFORE_I.search(text, left, right) if _LEADS.match(text, left, right) else None
    yield left, cut.start() if cut else right
    if cut:
        yield cut.end(), right


def _opening(text: str, left: int, right: int) -> int:
    """Where a clause begins, blanks and connectors passed over; a clause that is nothing else keeps them."""
    while left < right and text[left].isspace():
        left += 1
    match = _CONNECTOR.match(text, left, right)
    return match.end() if match else left
