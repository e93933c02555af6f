"""A previous question about something else: what is new takes the place of what it resembles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from index.search import Index
from index.words import words_in

from ..question import Kind, read_question
from .phrases import (
    ADVERBIAL,
    ADVERBIAL_END,
    BEFORE_NOUN,
    PLACED,
    code_in,
    names_figure,
    narrows,
    of_head,
    runs,
    whole_name,
)
from .pointing import for_one, is_place, one_of, pair_in
from .topics import Topics
from .turns import YEAR

LIKE = 0.35
"""Cosine from which new words take the place of others."""
LIKE_TOPIC = 0.2
"""Likewise, of the subject of the conversation."""


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
        said = said.strip(" ?.!")
        new = BEFORE_NOUN.sub("", said)
        years = YEAR.findall(new)
        if years and YEAR.search(before):
            return Substituted(YEAR.sub(years[0], before, count=1))
        named = _named_alike(new, before)
        if named:
            return Substituted(f"{before[: named[0]]}{new}{before[named[1] :]}", new)
        topic = self._topics.topic(before, focus)
        placed = bool(PLACED.match(said))
        if topic and topic in before and (self._topics.named(new) or (not placed and self._topics.heads_subject(new))):
            return Substituted(_instead(before, topic, new), new)
        other = for_one(said, before)
        if other:
            return Substituted(other, new)
        place = code_in(new, before) or self._slot(said, new, before, topic)
        told = YEAR.findall(before)
        few = len(new.split()) <= 3
        if place is None and told and few and all(w.stem in self.index.terms.known for w in words_in(new)):
            return Substituted(f"{new} in {told[-1]}?", behind=True)
        whole = read_question(before).kind in (Kind.YES_NO, Kind.AGREEMENT)
        thing = topic if self._topics.among_others(focus) else self._topics.thing(before, topic)
        if place is None and thing and names_figure(new) and not whole:
            return Substituted(f"{new} of {thing}?")
        if place is None and not placed and not narrows(new):
            place = self._kind_of(said, before, topic)
        if place:
            opening = before[: place[0]]
            if is_place(new) and not re.search(r"\bthe\b", said):
                opening = re.sub(r"\bthe\s+$", "", opening)
            return Substituted(f"{opening}{new}{before[place[1] :]}", new, placed)
        return Substituted(f"{before.rstrip(' ?.!')}, {new}?", new, behind=True)

    def _kind_of(self, said: str, before: str, topic: str) -> tuple[int, int] | None:
        """The words of the previous question whose place something of their kind takes, though it is unlike them in meaning.

        "a nurse" is somebody or something; other words take the place of the only ones there are, if these are no topic.
        """
        found = runs(before)
        if len(found) == 1 and (re.match(r"an?\s", said, re.IGNORECASE) or before[found[0][0] : found[0][1]] != topic):
            return found[0]
        at = before.find(topic) if topic else -1
        return (at, at + len(topic)) if at >= 0 and re.match(r"an?\s", said, re.IGNORECASE) else None

    def _slot(self, said: str, new: str, before: str, topic: str) -> tuple[int, int] | None:
        """The run of words of the previous question that is most like the new words in meaning.

        A place or a time ("at …", "in …") takes only the place of another; what is most like the subject of the
        conversation takes its place though it is not much like it.
        """
        found = runs(before)
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


def _instead(before: str, topic: str, new: str) -> str:
    """The previous question with another subject; one of a kind stays one ("a roofer", for "glaziers")."""
    if re.search(r"[^s]s$", new):
        before = re.sub(rf"\ban? {re.escape(topic)}(?!\w)", lambda _: one_of(new), before, flags=re.IGNORECASE)
    return before.replace(topic, new)


def _named_alike(new: str, before: str) -> tuple[int, int] | None:
    """The pair whose place another pair takes, or the thing of the same name."""
    pair = pair_in(before) if pair_in(new) else None
    return (pair[0][0], pair[1][1]) if pair else of_head(new, before)
