"""Reads follow-ups: from the last message and the turns before it to a question that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.search import Index
from index.words import stems_in, words_in

from ..answer import Answer, Status
from .phrases import (
    BARE_WHY,
    CORRECTION,
    FRAGMENT,
    NEXT,
    PERSON,
    SAME_YEAR,
    THING,
    TWO,
    TWO_NAMED,
    YES,
    asks,
    is_fragment,
    names_figure,
    noun,
    relative_year,
    self_contained,
    why,
)
from .substituting import Substituted, Substitution
from .topics import Topics
from .turns import YEAR, StandAlone, Turn, as_read, told


class Follower:
    """Reads follow-ups over one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._topics = Topics(index)
        self._substitution = Substitution(index, self._topics)

    def read(self, message: str, history: Sequence[Turn]) -> StandAlone:
        """The message as a question that stands alone."""
        turns = [turn for turn in history if turn.answer.status is not Status.CONVERSATION]
        if not turns:
            return StandAlone(message.strip())
        last = turns[-1].answer
        if YES.match(message) and last.suggestions:
            return StandAlone(last.suggestions[0], self._topics.focus(turns))
        if message.strip() in last.suggestions:
            return StandAlone(message.strip())
        two = self._of_two(message, turns)
        if two:
            return StandAlone(two, read=two)
        asked = self._follow(message.strip(), last, self._topics.focus(turns))
        if asked.read is not None or (asked.text == message.strip() and not asked.focus):
            return asked
        return replace(asked, read=as_read(message, [told(turn) for turn in turns]))

    def _follow(self, message: str, last: Answer, focus: tuple[str, ...]) -> StandAlone:
        before = last.standalone.strip()
        if BARE_WHY.match(message):
            return StandAlone(why(before), focus)
        year = relative_year(message, before)
        if year:
            text = YEAR.sub(str(year), before)
            return StandAlone(text, focus, text)
        years = YEAR.findall(before)
        if years and SAME_YEAR.search(message) and any(words_in(message)):
            text = SAME_YEAR.sub(f"in {years[-1]}", message)
            return StandAlone(text, focus, text)
        sibling = self._sibling(message, last)
        if sibling:
            text = self._substitution.substitute(sibling, before, focus).text
            return StandAlone(text, focus, text)
        correction = CORRECTION.match(message)
        fragment = correction or FRAGMENT.match(message)
        if fragment and is_fragment(fragment["rest"]):
            rest = fragment["rest"].strip()
            return self._about(
                self._substitution.substitute(rest, before, focus), () if self._topics.named(rest) else focus
            )
        if not any(words_in(message)) and not PERSON.search(message):
            return StandAlone(f"{before.rstrip(' ?.!')}, {message.strip(' ?.!')}?", focus)
        points_back = bool(PERSON.search(message) or THING.search(message)) and not self_contained(message)
        if self._topics.named(message) and not points_back and (asks(message) or not is_fragment(message)):
            return StandAlone(message)
        if is_fragment(message) and len(message.split()) <= 4 and not asks(message):
            return self._about(self._substitution.substitute(message, before, focus), focus)
        return self._resolve(message, before, focus)

    def _of_two(self, message: str, turns: Sequence[Turn]) -> str | None:
        """A question that holds the last two subjects of the conversation against each other ("which pays better?")."""
        match = TWO.search(message)
        if not match or self._topics.named(message):
            return None
        named = [
            (guide, turn.answer.standalone)
            for turn in turns
            for guide in self._topics.named(turn.answer.standalone)[:1]
        ]
        subjects = {guide: self._topics.topic(before, (guide,)) for guide, before in named}
        if len(subjects) < 2:
            return None
        *_, one, other = subjects.values()
        asked = TWO_NAMED.sub("", message).strip(" ?.!")
        return f"{asked}, {one} or {other}?"

    def _about(self, substituted: Substituted, focus: tuple[str, ...]) -> StandAlone:
        text, added, behind = substituted
        known, encoder = self.index.terms.known, self.index.encoder
        strange = not any(w.stem in known or encoder.has_word(w.text.lower()) for w in words_in(added))
        needed = added if strange or not (behind or names_figure(added)) else ""
        return StandAlone(text, focus, None if behind else text, needed)

    def named(self, text: str) -> tuple[str, ...]:
        """The guides whose subject a text names in full; none where every guide has the same subject."""
        return self._topics.named(text)

    def _resolve(self, message: str, before: str, focus: tuple[str, ...]) -> StandAlone:
        """Pronouns get their noun; a question that names no subject gets the conversation's."""
        topic = self._topics.topic(before, focus)
        text = message
        points_back = bool(PERSON.search(text) or THING.search(text))
        if topic and PERSON.search(text):
            text = PERSON.sub(lambda m: noun(m[0], topic), text, count=1)
        elif THING.search(text) and not self_contained(text):
            thing = self._topics.thing(before, topic)
            if thing:
                text = THING.sub(lambda m: noun(m[0], thing), text, count=1)
        many = self._topics.among_others(focus)
        lacks_topic = topic and not set(stems_in(topic)) & set(stems_in(text))
        few = len(list(words_in(text))) <= 2
        if lacks_topic and (many or (text == message and points_back)):
            text = f"{text.rstrip(' ?.!')} for {topic}?"
        return StandAlone(text, focus if (many or points_back or few) else ())

    def _sibling(self, message: str, last: Answer) -> str | None:
        """The heading after (or before) the section that was cited, for "and the next level?"."""
        match = NEXT.search(message)
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
