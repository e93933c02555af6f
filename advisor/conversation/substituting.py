"""A previous question about something else: what is new takes the place of what it resembles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from index.search import Index
from index.words import AGENT, words_in

from ..question import Kind, read_question
from .phrases import (
    ADVERBIAL,
    ADVERBIAL_END,
    BEFORE_NOUN,
    COSTS,
    ENDS,
    PLACED,
    asks,
    names_figure,
    narrows,
)
from .pointing import doer_in, for_one, is_place, one_of, pair_in
from .runs import code_in, of_head, runs, runs_with, whole_name
from .topics import Topics
from .turns import YEAR

LIKE = 0.35
"""Cosine from which new words take the place of others."""
LIKE_TOPIC = 0.2
"""Likewise, of the subject of the conversation."""
_OF = re.compile(r"\b(?:of|for)\s+(?:(?:an?|the)\s+)?(?P<whose>\w[^,?]*?)\W*$", re.IGNORECASE)
"""What a phrase is of, at its end."""
_NUMBER = re.compile(r"(?P<of>(?:[a-z]+ )?)(?P<number>\d{1,2})", re.IGNORECASE)


class Substituted(NamedTuple):
    """A previous question about something else."""

    text: str
    added: str = ""
    """What is new in it."""
    behind: bool = False
    """Whether that stands behind it, or narrows it, so that the messages are best read as they came."""


class Substitution:
    """Puts new words into a previous question, over one index."""

    def __init__(self, index: Index, topics: Topics) -> None:
        self.index = index
        self._topics = topics

    def substitute(self, said: str, before: str, focus: Sequence[str]) -> Substituted:
        """The previous question about something else: what is new takes the place of what it resembles most."""
        said = re.sub(r"['’]s$", "", said.strip(" ?.!"))
        new = BEFORE_NOUN.sub("", said)
        same = _other_year(new, before) or _other_end(new, before)
        if same:
            return Substituted(same)
        topic, placed = self._topics.topic(before, focus), bool(PLACED.match(said))
        other = None if narrows(new) else _put(said.split(maxsplit=1)[-1], before, _behind_same(said, before))
        if other and not self._topics.named(new):
            return Substituted(other, new)
        worded = (
            _put(new, before, _named_alike(new, before))
            or _other_number(new, before)
            or self._other_subject(said, new, before, topic, focus)
            or for_one(said, before)
            or (None if placed else _of_another(new, before, topic))
            or _behind_comma(new, before)
        )
        return Substituted(worded, new) if worded else self._by_meaning(said, new, before, topic, focus)

    def _by_meaning(self, said: str, new: str, before: str, topic: str, focus: Sequence[str]) -> Substituted:
        """What is new in the place of what is most like it in meaning, as the figure that is asked for, or behind the rest."""
        placed = bool(PLACED.match(said))
        place = code_in(new, before) or self._slot(said, new, before, topic)
        if place and names_figure(new) and not names_figure(before[slice(*place)]):
            place = None
        told = YEAR.findall(before)
        few = len(new.split()) <= 3
        if (
            place is None
            and told
            and few
            and not is_place(new)
            and all(w.stem in self.index.terms.known for w in words_in(new))
        ):
            return Substituted(f"{new} in {told[-1]}?", behind=True)
        whole = read_question(before).kind in (Kind.YES_NO, Kind.AGREEMENT)
        if place is None and names_figure(new) and (COSTS.search(new) or not whole):
            thing = self._counted(new, before, topic, focus)
            if thing:
                return Substituted(f"{new} of {thing}?")
        if place is None and not placed and not narrows(new):
            place = self._kind_of(said, before, topic)
        if place:
            opening = before[: place[0]]
            if is_place(new) and not re.search(r"\bthe\b", said):
                opening = re.sub(r"\bthe\s+$", "", opening)
            if re.search(r"[^s]s$", new):
                opening = re.sub(r"\ban?\s+$", "", opening)
            return Substituted(f"{_opened(opening, new)}{new}{before[place[1] :]}", new, placed)
        joined = f" {said}" if placed else f", {new}"
        return Substituted(f"{before.rstrip(' ?.!')}{joined}?", new, behind=True)

    def _other_subject(self, said: str, new: str, before: str, topic: str, focus: Sequence[str]) -> str | None:
        """The previous question about another subject, or another kind of its subject; None where no such is told."""
        if not topic or topic not in before:
            return None
        *kind, head = topic.split()
        single = bool(kind) and len(new.split()) == 1
        alike = " ".join([*kind, new])
        if single and self._says(alike, focus):
            return _instead(before, topic, alike)
        if self._topics.named(new) or (not PLACED.match(said) and self._topics.heads_subject(new)):
            return _instead(before, topic, new)
        if single and not AGENT.search(new) and self._says(f"{new} {head}", focus):
            return _instead(before, topic, f"{new} {head}")
        return None

    def _counted(self, new: str, before: str, topic: str, focus: Sequence[str]) -> str:
        """What a figure is asked of: the thing that was spoken of, or, among other careers, whoever was; a price is that of a thing."""
        thing = self._topics.thing(before, topic)
        if not self._topics.among_others(focus):
            return thing
        whose = topic if topic in before else doer_in(before) or topic
        if not COSTS.search(new) or thing in (whose, ""):
            return whose
        return f"{thing} for {whose}" if topic in before else thing

    def _says(self, name: str, focus: Sequence[str]) -> bool:
        """Whether a guide of the conversation has a name ("commercial appraisers"), in the singular or the plural."""
        one = name.lower().removesuffix("s")
        return any(one in self.index.guides[guide].text.lower() for guide in focus)

    def _kind_of(self, said: str, before: str, topic: str) -> tuple[int, int] | None:
        """The words of the previous question whose place something of their kind takes, though it is unlike them in meaning.

        "a nurse" is somebody or something; other words take the place of the only ones there are, if these are no topic.
        """
        found = _runs_around(topic, before)
        if len(found) == 1 and (re.match(r"an?\s", said, re.IGNORECASE) or before[found[0][0] : found[0][1]] != topic):
            return found[0]
        at = before.find(topic) if topic else -1
        return (at, at + len(topic)) if at >= 0 and re.match(r"an?\s", said, re.IGNORECASE) else None

    def _slot(self, said: str, new: str, before: str, topic: str) -> tuple[int, int] | None:
        """The run of words of the previous question that is most like the new words in meaning.

        A place or a time ("at …", "in …") takes only the place of another; what is most like the subject of the
        conversation takes its place though it is not much like it.
        """
        found = _runs_around(topic, before)
        if ADVERBIAL.match(said) and not narrows(new):
            found = [
                run
                for run in found
                if not YEAR.search(before[run[0] : run[1]]) and ADVERBIAL_END.search(before[: run[0]])
            ]
            if len(found) == 1:
                return found[0]
        if not found:
            return None
        vectors = self.index.encoder.encode([new, *(before[a:b] for a, b in found)])
        alike = vectors[1:] @ vectors[0]
        best = int(np.argmax(alike))
        is_topic = bool(topic) and before[slice(*found[best])] == topic
        return whole_name(found[best], before) if alike[best] > (LIKE_TOPIC if is_topic else LIKE) else None


def _runs_around(topic: str, before: str) -> list[tuple[int, int]]:
    """The runs of subject words of a question; the subject by itself where a figure's name stands in one run with it ("baker wages")."""
    at = before.find(topic) if topic else -1
    own = (at, at + len(topic))
    return [own if at >= 0 and run[0] <= own[0] and own[1] <= run[1] else run for run in runs(before)]


def _behind_same(said: str, before: str) -> tuple[int, int] | None:
    """What stands in the previous question behind the preposition that a message opens with ("from retail", for "from IT")."""
    opened = PLACED.match(said)
    if not opened:
        return None
    word = re.compile(rf"\b{re.escape(opened[0].strip())}\s+(?P<article>(?:an?|the)\s+)?$", re.IGNORECASE)
    found = [(m, run) for run in runs_with(before, verbs=True) if (m := word.search(before[: run[0]]))]
    if len(found) != 1 or YEAR.search(before[slice(*found[0][1])]):
        return None
    match, (start, end) = found[0]
    return (match.start("article") if match["article"] else start), end


def _other_year(new: str, before: str) -> str | None:
    """The previous question about another year."""
    years = YEAR.findall(new)
    return YEAR.sub(years[0], before, count=1) if years and YEAR.search(before) else None


def _other_end(new: str, before: str) -> str | None:
    """The previous question about the other end of an order ("and the lowest?"); None where it asks for none."""
    ours, theirs = ENDS.match(new), [*ENDS.finditer(before)]
    if not ours or len(theirs) != 1:
        return None
    more = new[ours.end() :].strip()
    if more and not before[theirs[0].end() :].strip().startswith(more):
        return None
    return f"{before[: theirs[0].start()]}{ours[0]}{before[theirs[0].end() :]}"


def _other_number(new: str, before: str) -> str | None:
    """The previous question about another number of the same order ("2?" or "level 2?", for "level 1"); None where it has not one number."""
    match = _NUMBER.fullmatch(new)
    numbers = [*re.finditer(r"(?<=[a-z] )\d{1,2}\b(?![\d.,%])", before)]
    if not match or len(numbers) != 1 or not before[: numbers[0].start()].lower().endswith(match["of"].lower()):
        return None
    return _put(match["number"], before, numbers[0].span())


def _of_another(new: str, before: str, topic: str) -> str | None:
    """The previous question, if it is none in form, of something else than the subject ("pass mark of the entry exam")."""
    match = None if asks(before) or names_figure(new) or narrows(new) else _OF.search(before)
    return _put(new, before, match.span("whose")) if match and not (topic and topic in match["whose"]) else None


def _behind_comma(new: str, before: str) -> str | None:
    """Another figure of what opens a question that is none in form ("CCS exam, questions?")."""
    head, comma, _ = before.partition(", ")
    return f"{head}, {new}?" if comma and not asks(before) and names_figure(new) else None


def _put(new: str, before: str, place: tuple[int, int] | None) -> str | None:
    return f"{_opened(before[: place[0]], new)}{new}{before[place[1] :]}" if place else None


def _opened(opening: str, new: str) -> str:
    """What stands before new words, with the article that sounds right before them ("an opera", for "a play")."""
    return re.sub(r"\ba(\s+)$", r"an\1", opening) if re.match(r"[aeio]", new, re.IGNORECASE) else opening


def _instead(before: str, topic: str, new: str) -> str:
    """The previous question with another subject; one of a kind stays one ("a roofer", for "glaziers")."""
    if re.search(r"[^s]s$", new):
        before = re.sub(rf"\ban? {re.escape(topic)}(?!\w)", lambda _: one_of(new), before, flags=re.IGNORECASE)
    return before.replace(topic, new)


def _named_alike(new: str, before: str) -> tuple[int, int] | None:
    """The pair whose place another pair takes, or the thing of the same name."""
    pair = pair_in(before) if pair_in(new) else None
    return (pair[0][0], pair[1][1]) if pair else of_head(new, before)
