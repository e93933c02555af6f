"""From the last message and the turns before it to a question that stands alone, without a language model.

A message leans on the conversation when it points back ("they", "that", "and …?"), when it leaves its verb or its
subject out ("why?", "how long?", "a manager?"), or when the guides treat many subjects and it names none of them.
What it leaves out is taken from the previous stand-alone question and from the guide that answered it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from index.guide import Guide
from index.search import Index
from index.words import FUNCTION_WORDS, stems_in, words_in

from .answer import Answer, Status
from .question import ASKING, Kind, Question, read_question
from .subjects import Subjects


@dataclass(frozen=True, slots=True)
class Turn:
    """A message and what was answered."""

    message: str
    answer: Answer


class Substituted(NamedTuple):
    """A previous question about something else."""

    text: str
    added: str = ""
    """What is new in it."""
    behind: bool = False
    """Whether that stands behind it, or narrows it, so that the messages are best read as they came."""


@dataclass(frozen=True, slots=True)
class StandAlone:
    """A question with all that the conversation adds, and the guides that the conversation is about."""

    text: str
    focus: tuple[str, ...] = ()
    read: str | None = None
    """What the query encoder and the reranker read where the message leans on others: these as they came, behind one
    another, or the text itself where it was worked out ("the year after")."""
    added: str = ""
    """What is new in a question that was asked before: an answer that is silent on all of it is none."""


EARLIER = 4
"""Messages before the last that are read with it."""

_BEFORE_NOUN = re.compile(
    r"^(?:if i(?:'m| am)\s+)?(?:(?:for|in|at|with|about|on|from)\s+)?(?:an?|the)\s+(?=\S)|^(?:if i(?:'m| am)|for|in|at|with|about|on|from)\s+(?=\S)",
    re.IGNORECASE,
)
_PLACED = re.compile(r"(?:for|in|at|with|on|from|under|over|before|after|during|without|if)\s", re.IGNORECASE)
"""Opens what narrows a question, and takes nothing's place."""
_CODE = re.compile(r"\b[A-Z][A-Z\d]+(?:-[A-Z\d]+)*\b")
_LEADING = r"^\W*(?:(?:ok(?:ay)?|and|so|but|also|then|well|hmm+|alright|great|thanks|thank you|cool|interesting|i see|got it)\b[\s,.!]*)*"
_FRAGMENT = re.compile(
    _LEADING
    + r"(?:what about|how about|and|or|same(?: question)?(?= (?:for|about)\b)|(?=(?:for|in)\s))\s*\b(?P<rest>.+?)\W*$",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^\W*(?:no|nope|sorry|actually|wait)?\W*(?:i (?:meant|mean)|not that\W+i meant|rather|make that)\s+(?P<rest>.+?)(?:,? not .+)?\W*$",
    re.IGNORECASE,
)
_YES = re.compile(
    r"^\W*(?:yes|yeah|yep|sure|ok(?:ay)?|please do|go ahead|sounds good|do it|tell me(?: more)?)(?:[ ,]+(?:please|do|go ahead|tell me(?: more)?|that one|that))*\W*$",
    re.IGNORECASE,
)
_BARE_WHY = re.compile(
    _LEADING + r"(?:why(?: is (?:that|this|it)| so| not)?|how come|why do you say (?:so|that))\W*$", re.IGNORECASE
)
_THING = re.compile(r"\b(?:it|its|this|that|one|there)\b", re.IGNORECASE)
_PERSON = re.compile(r"\b(?:they|them|their|theirs|these|those|he|she|him|her|his)\b", re.IGNORECASE)
_RELATIVE_YEAR = re.compile(
    r"\b(?:(?P<count>\d+|one|two|three|four|five|ten)\s+years?\s+(?P<way>later|after|earlier|before|ago)|the\s+(?:year\s+(?P<side>after|before)|(?P<next>next|following|previous|prior)\s+year))\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SAME_YEAR = re.compile(r"\b(?:in )?(?:that|the same) (?:same )?year\b|\b(?:back )?then(?=\W*$)", re.IGNORECASE)
_NEXT = re.compile(
    r"\b(?P<way>next|following|previous|prior|(?:one )?(?:above|below)|after (?:that|this))\b\s*(?P<what>\w+)?",
    re.IGNORECASE,
)
_TWO_NAMED = re.compile(r"\s*\b(?:of |between )?(?:the two|them both|these two|those two|them|both)\b", re.IGNORECASE)
_TWO = re.compile(
    r"^\W*(?:(?:and|so|ok(?:ay)?)\W+)?(?:which|who)(?: one)?\b(?: (?:of|between) (?:the two|them|these|those)(?: two)?)?"
    r"[^?]*\b(?:more|less|better|best|higher|lower|faster|longer|easier|harder|safer|worse)\b",
    re.IGNORECASE,
)
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}


def as_read(message: str, earlier: Sequence[str]) -> str:
    """A message behind those before it, as the query encoder and the reranker learned to read it."""
    return f"{' '.join(earlier[-EARLIER:])} >> {message.strip()}"


def _told(turn: Turn) -> str:
    """A message as it came, unless its meaning was worked out: "the year after" as the question about that year."""
    years = set(_YEAR.findall(turn.answer.standalone))
    return turn.message if years <= set(_YEAR.findall(turn.message)) else turn.answer.standalone


class Follower:
    """Reads follow-ups over one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._subjects = Subjects(index)
        self.subjects = {guide.id: subject_of(guide) for guide in index.guides.values()}
        self._subject_stems = {guide: frozenset(stems_in(subject)) for guide, subject in self.subjects.items()}

    def read(self, message: str, history: Sequence[Turn]) -> StandAlone:
        """The message as a question that stands alone."""
        turns = [turn for turn in history if turn.answer.status is not Status.CONVERSATION]
        if not turns:
            return StandAlone(message.strip())
        last = turns[-1].answer
        if _YES.match(message) and last.suggestions:
            return StandAlone(last.suggestions[0], self._focus(turns))
        if message.strip() in last.suggestions:
            return StandAlone(message.strip())
        two = self._of_two(message, turns)
        if two:
            return StandAlone(two, read=two)
        asked = self._follow(message.strip(), last, self._focus(turns))
        if asked.read is not None or (asked.text == message.strip() and not asked.focus):
            return asked
        return replace(asked, read=as_read(message, [_told(turn) for turn in turns]))

    def _follow(self, message: str, last: Answer, focus: tuple[str, ...]) -> StandAlone:
        before = last.standalone.strip()
        if _BARE_WHY.match(message):
            return StandAlone(_why(before), focus)
        year = _relative_year(message, before)
        if year:
            text = _YEAR.sub(str(year), before)
            return StandAlone(text, focus, text)
        told = _YEAR.findall(before)
        if told and _SAME_YEAR.search(message) and any(words_in(message)):
            text = _SAME_YEAR.sub(f"in {told[-1]}", message)
            return StandAlone(text, focus, text)
        sibling = self._sibling(message, last)
        if sibling:
            text = self._substitute(sibling, before, focus).text
            return StandAlone(text, focus, text)
        correction = _CORRECTION.match(message)
        fragment = correction or _FRAGMENT.match(message)
        if fragment and _is_fragment(fragment["rest"]):
            rest = fragment["rest"].strip()
            return self._about(self._substitute(rest, before, focus), () if self.named(rest) else focus)
        if not any(words_in(message)) and not _PERSON.search(message):
            return StandAlone(f"{before.rstrip(' ?.!')}, {message.strip(' ?.!')}?", focus)
        points_back = bool(_PERSON.search(message) or _THING.search(message)) and not _self_contained(message)
        if self.named(message) and not points_back and (_asks(message) or not _is_fragment(message)):
            return StandAlone(message)
        if _is_fragment(message) and len(message.split()) <= 4 and not _asks(message):
            return self._about(self._substitute(message, before, focus), focus)
        return self._resolve(message, before, focus)

    def _of_two(self, message: str, turns: Sequence[Turn]) -> str | None:
        """A question that holds the last two subjects of the conversation against each other ("which pays better?")."""
        match = _TWO.search(message)
        if not match or self.named(message):
            return None
        named = [(guide, turn.answer.standalone) for turn in turns for guide in self.named(turn.answer.standalone)[:1]]
        subjects = {guide: self._topic(before, (guide,)) for guide, before in named}
        if len(subjects) < 2:
            return None
        *_, one, other = subjects.values()
        asked = _TWO_NAMED.sub("", message).strip(" ?.!")
        return f"{asked}, {one} or {other}?"

    def _about(self, substituted: Substituted, focus: tuple[str, ...]) -> StandAlone:
        text, added, behind = substituted
        known, encoder = self.index.terms.known, self.index.encoder
        strange = not any(w.stem in known or encoder.has_word(w.text.lower()) for w in words_in(added))
        needed = added if strange or not (behind or _names_figure(added)) else ""
        return StandAlone(text, focus, None if behind else text, needed)

    def named(self, text: str) -> tuple[str, ...]:
        """The guides whose subject a text names in full; none where every guide has the same subject."""
        if len(set(self._subject_stems.values())) < 3:
            return ()
        stems = set(stems_in(text))
        found = [g for g, subject in self._subject_stems.items() if subject and _mostly(subject, stems)]
        return tuple(found)

    def _focus(self, turns: Sequence[Turn]) -> tuple[str, ...]:
        """The guide that the conversation is about: the one named last, else the one that answered last."""
        for turn in reversed(turns):
            named = self.named(turn.answer.standalone)
            cited = [citation.guide for citation in turn.answer.citations]
            both = [guide for guide in cited if guide in named]
            if both or named or cited:
                return tuple(dict.fromkeys(both or named or cited[:1]))[:2]
        return ()

    def _among_others(self, focus: Sequence[str]) -> bool:
        """Whether the guides that the conversation is about stand among guides of clearly other subjects."""
        return any(self._subjects.among_others(self.index.guides[guide]) for guide in focus)

    def _topic(self, before: str, focus: Sequence[str]) -> str:
        """The subject's words: as the previous question put them, else the guide's own."""
        for guide in focus:
            wanted = self._subject_stems.get(guide, frozenset())
            words = [w for w in words_in(before) if w.stem in wanted]
            if words:
                runs = [run for run in _runs(before) if run[0] < words[-1].end and words[0].start < run[1]]
                return before[runs[0][0] : runs[-1][1]] if runs else before[words[0].start : words[-1].end]
        return self.subjects[focus[0]].lower() if focus else ""

    def _resolve(self, message: str, before: str, focus: tuple[str, ...]) -> StandAlone:
        """Pronouns get their noun; a question that names no subject gets the conversation's."""
        topic = self._topic(before, focus)
        text = message
        points_back = bool(_PERSON.search(text) or _THING.search(text))
        if topic and _PERSON.search(text):
            text = _PERSON.sub(lambda m: _noun(m[0], topic), text, count=1)
        elif _THING.search(text) and not _self_contained(text):
            thing = self._thing(before, topic)
            if thing:
                text = _THING.sub(lambda m: _noun(m[0], thing), text, count=1)
        many = self._among_others(focus)
        lacks_topic = topic and not set(stems_in(topic)) & set(stems_in(text))
        few = len(list(words_in(text))) <= 2
        if lacks_topic and (many or (text == message and points_back)):
            text = f"{text.rstrip(' ?.!')} for {topic}?"
        return StandAlone(text, focus if (many or points_back or few) else ())

    def _thing(self, before: str, topic: str) -> str:
        """What "it" points to: the last noun-like words of the previous question that are not the topic."""
        topic_stems = set(stems_in(topic))
        words = [w for w in words_in(before) if w.stem not in topic_stems and w.text.lower() not in _VERBS | ASKING]
        if not words:
            return topic
        last = words[-1]
        first = last
        for word in reversed(words[:-1]):
            if before[word.end : first.start].strip():
                break
            first = word
        return before[first.start : last.end]

    def _substitute(self, said: str, before: str, focus: Sequence[str]) -> Substituted:
        """The previous question about something else: what is new takes the place of what it resembles most."""
        said = said.strip(" ?.!")
        new = _BEFORE_NOUN.sub("", said)
        years = _YEAR.findall(new)
        if years and _YEAR.search(before):
            return Substituted(_YEAR.sub(years[0], before, count=1))
        topic = self._topic(before, focus)
        placed = bool(_PLACED.match(said))
        if topic and topic in before and (self.named(new) or (not placed and self._heads_subject(new))):
            return Substituted(before.replace(topic, new), new)
        place = _code_in(new, before) or self._slot(new, before)
        told = _YEAR.findall(before)
        few = len(new.split()) <= 3
        if place is None and told and few and all(w.stem in self.index.terms.known for w in words_in(new)):
            return Substituted(f"{new} in {told[-1]}?", behind=True)
        whole = read_question(before).kind in (Kind.YES_NO, Kind.AGREEMENT)
        thing = topic if self._among_others(focus) else self._thing(before, topic)
        if place is None and thing and _names_figure(new) and not whole:
            return Substituted(f"{new} of {thing}?")
        if place is None and not placed and not _narrows(new):
            place = self._kind_of(said, before, topic)
        if place:
            return Substituted(f"{before[: place[0]]}{new}{before[place[1] :]}", new, placed)
        return Substituted(f"{before.rstrip(' ?.!')}, {new}?", new, behind=True)

    def _heads_subject(self, new: str) -> bool:
        """Whether the last word of a phrase is that of a guide's subject ("nurses" of registered nurses)."""
        subjects = [stems_in(subject) for subject in self.subjects.values()]
        heads = {stems[-1] for stems in subjects if stems} if len(set(subjects)) > 2 else set()
        stems = stems_in(new)
        return bool(stems) and stems[-1] in heads

    def _kind_of(self, said: str, before: str, topic: str) -> tuple[int, int] | None:
        """The words of the previous question whose place something of their kind takes, though it is unlike them in meaning.

        "a nurse" is somebody or something; other words take the place of the only ones there are, if these are no topic.
        """
        runs = _runs(before)
        if len(runs) == 1 and (re.match(r"an?\s", said, re.IGNORECASE) or before[runs[0][0] : runs[0][1]] != topic):
            return runs[0]
        at = before.find(topic) if topic else -1
        return (at, at + len(topic)) if at >= 0 and re.match(r"an?\s", said, re.IGNORECASE) else None

    def _slot(self, new: str, before: str) -> tuple[int, int] | None:
        """The run of words of the previous question that is most like the new words in meaning."""
        runs = _runs(before)
        if not runs:
            return None
        vectors = self.index.encoder.encode([new, *(before[a:b] for a, b in runs)])
        alike = vectors[1:] @ vectors[0]
        best = int(np.argmax(alike))
        return runs[best] if alike[best] > 0.35 else None

    def _sibling(self, message: str, last: Answer) -> str | None:
        """The heading after (or before) the section that was cited, for "and the next level?"."""
        match = _NEXT.search(message)
        if not match or not last.citations or len(message.split()) > 9:
            return None
        step = -1 if match["way"].lower() in ("previous", "prior", "below", "one below") else 1
        for citation in last.citations:
            guide = self.index.guides.get(citation.guide)
            siblings = [s.path for s in guide.sections if s.path[:-1] == citation.section[:-1]] if guide else []
            if citation.section in siblings and len(siblings) > 2:
                position = siblings.index(citation.section) + step
                return siblings[position][-1] if 0 <= position < len(siblings) else None
        return None


_VERBS = frozenset(
    """
    become do make get work take need needs start help go find use offer mean stand pay pays earn earns study studies
    know knows require requires employ employs cost costs last lasts agree disagree differ long often far old soon fast hard different same
    """.split()
)


def subject_of(guide: Guide) -> str:
    """What a guide is about, in a few words: its title, or the words of its title that its text repeats most."""
    title = re.sub(r"\s*[(:–—|].*$", "", guide.title).strip() or guide.title
    words = re.findall(r"[\w&'’/-]+", title)
    if len(words) <= 4 and not (words and words[0].lower() in FUNCTION_WORDS):
        return title
    text = guide.text.lower()
    grams = [
        " ".join(words[i : i + n])
        for n in (4, 3, 2, 1)
        for i in range(len(words) - n + 1)
        if words[i].lower() not in FUNCTION_WORDS and words[i + n - 1].lower() not in FUNCTION_WORDS
    ]
    counted = [(text.count(gram.lower()) * len(gram.split()), gram) for gram in grams]
    best = max(counted, default=(0, title), key=lambda pair: pair[0])
    return best[1] if best[0] else title


def _mostly(subject: frozenset[str], stems: set[str]) -> bool:
    return len(subject & stems) >= max(1, math.ceil(0.6 * len(subject)))


def _runs(text: str) -> list[tuple[int, int]]:
    """Runs of subject words that stand side by side."""
    runs: list[tuple[int, int]] = []
    for word in words_in(text):
        if word.text.lower() in _VERBS | ASKING or re.search(r"(?:ing|ed)$", word.text):
            continue
        if runs and not text[runs[-1][1] : word.start].strip():
            runs[-1] = (runs[-1][0], word.end)
        else:
            runs.append((word.start, word.end))
    return runs


def _code_in(new: str, before: str) -> tuple[int, int] | None:
    """The only abbreviation of the previous question, where the new words are one as well."""
    found = [*_CODE.finditer(before)]
    return found[0].span() if _CODE.fullmatch(new) and len(found) == 1 else None


def _names_figure(new: str) -> bool:
    """Whether a phrase only says what is to be counted ("the pay", "growth")."""
    few = len(list(words_in(new))) <= 2
    return few and not _narrows(new) and read_question(f"How much {new}?").quantity is not None


def _narrows(new: str) -> bool:
    """Whether a phrase tells which of several, and no other thing ("the top 10 percent", "the best paid")."""
    return bool(re.search(r"\d|\bones?\b", new)) or Question(new, Kind.FACT, None).rank is not None


def _is_fragment(text: str) -> bool:
    """Whether a text has no question of its own: no question word, no verb that asks."""
    return len(text.split()) <= 8 and not _asks(text)


def _asks(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:what|which|who|where|when|why|how|do|does|is|are|can|could|will|would|should|did)\b"
            r"|^\W*(?:please )?(?:compare|explain|describe|define|list|name|tell|show|give)\b",
            text,
            re.IGNORECASE,
        )
    )


def _why(before: str) -> str:
    bare = before.rstrip(" ?.!")
    if re.match(r"(?:is|are|do|does|can|could|should|would|will|did|has|have)\b", bare, re.IGNORECASE):
        return f"Why {bare[0].lower()}{bare[1:]}?"
    return f"Why: {bare}?"


def _noun(pronoun: str, noun: str) -> str:
    owning = pronoun.lower() in ("their", "theirs", "his", "its")
    return f"{noun}'s" if owning and not noun.endswith("s") else (f"{noun}'" if owning else noun)


def _self_contained(text: str) -> bool:
    """Whether a pronoun points to nothing before: "Is it true that …", "is there …"."""
    return bool(
        re.search(
            r"\bis (?:it|there)\b.*\b(?:to|that)\b|\b(?:is|are|was|were) there\b|\bthat (?:i|you|we|they)\b",
            text,
            re.IGNORECASE,
        )
    )


def _relative_year(message: str, before: str) -> int | None:
    match, years = _RELATIVE_YEAR.search(message), _YEAR.findall(before)
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
