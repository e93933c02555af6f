"""Reads follow-ups: from the last message and the turns before it to a question that stands alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from index.figures import Quantity
from index.search import Index
from index.words import AGENT, FUNCTION_WORDS, stems_in, words_in

from ..answer import Answer
from ..compound import questions_of
from ..ladders import Ladders
from ..question import Kind, names_quantity, read_question, unranked
from .again import asked_again
from .against import Against
from .listed import of_entry, points_to_list
from .phrases import (
    ADVERBIAL_END,
    ASIDE,
    BARE_AMOUNT,
    BE_ONE,
    COMES_NEXT,
    CORRECTION,
    COUNTED,
    ENTITY,
    FRAGMENT,
    HOW_MUCH,
    HOW_MUCH_ALONE,
    IN_PLACE,
    MENDS,
    NEW_TOPIC,
    NEXT,
    NUMBERED,
    OBJECT_OF_WHICH,
    ONE,
    ONE_PERSON,
    ONES,
    OWNED,
    PERSON,
    PLACED,
    SAME_YEAR,
    THING,
    WHERE,
    WHICH,
    WORK,
    YES,
    asking,
    asks,
    is_fragment,
    names_figure,
    names_in,
    noun,
    points_inside,
    points_to_main_clause,
    relative_year,
    self_contained,
)
from .pointing import (
    EXISTENTIAL,
    MANY,
    amount,
    doer_in,
    in_place,
    is_place,
    many_in,
    of_action,
    of_group,
    of_pair,
    one_in,
    one_of,
    price_of,
    tells_a_group,
    way_to,
    with_article,
)
from .readings import Readings, is_piece, of_people_unnamed
from .runs import CODE
from .substituting import Substituted, Substitution
from .topics import Topics
from .turns import EARLIER, SEPARATOR, YEAR, StandAlone, Turn, as_read, of_guides, told

_WHO = re.compile(r"^\W*who\b", re.IGNORECASE)


class Follower:
    """Reads follow-ups over one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.topics = Topics(index)
        """What a text or a conversation is about."""
        self._substitution = Substitution(index, self.topics)
        self._against = Against(self.topics)
        self._ladders = Ladders(index)

    def read(self, message: str, history: Sequence[Turn]) -> StandAlone:
        """The message as a question that stands alone."""
        turns = of_guides(history)
        settled = self._settled(message, turns)
        if settled:
            return settled
        message = self._without_opening(message)
        asked = self._follow(message, turns, self.topics.focus(turns))
        if asked.text == message and not (asked.focus or asked.read):
            return asked
        came = as_read(message, [told(turn) for turn in self._of_subject(turns)])
        return replace(asked, read=came) if asked.read is None else replace(asked, came=came)

    def _of_subject(self, turns: Sequence[Turn]) -> Sequence[Turn]:
        """The last of some turns that are about what the last one is about; all of them where guides are about one subject."""
        focus, start = set(self.topics.focus(turns)), len(turns) - 1
        if not self.topics.among_others(tuple(focus)):
            return turns
        while start > 0 and focus.intersection(self.topics.focus(turns[:start])):
            start -= 1
        return turns[start:]

    def readings(self, message: str, history: Sequence[Turn]) -> Readings | None:
        """Both ways to read a message behind others; None where its words settle how it is read."""
        turns = of_guides(history)
        if self._settled(message, turns) or is_piece(message):
            return None
        came, alone = self.read(message, history), StandAlone(self._without_opening(message))
        if came == alone:
            return None
        meant = bool(doer_in(turns[-1].answer.standalone))
        return Readings(came, alone, self.topics.focus(turns), of_people_unnamed(message), meant)

    def _settled(self, message: str, turns: Sequence[Turn]) -> StandAlone | None:
        """What a message asks whatever the guides hold: with nothing before it, a suggestion, one of two, another topic; else None."""
        if not turns:
            return StandAlone(message.strip())
        last = turns[-1].answer
        if YES.match(message) and last.suggestions:
            return StandAlone(last.suggestions[0], self.topics.focus(turns))
        if message.strip() in last.suggestions:
            return StandAlone(message.strip())
        two = self._against.of_two(message, turns)
        if two:
            return StandAlone(two, read=two)
        new_topic = NEW_TOPIC.match(MENDS.sub("", ASIDE.sub("", message)))
        rest = new_topic["rest"] if new_topic else ""
        alone = asks(rest) and not PERSON.search(rest) and not is_fragment(rest)
        return StandAlone(rest) if alone else None

    def _without_opening(self, message: str) -> str:
        """A message without what says that it comes by the way, mends another or sets it aside."""
        message = MENDS.sub("", ASIDE.sub("", message))
        new_topic = NEW_TOPIC.match(message)
        return (new_topic["rest"] if new_topic else message).strip()

    def named(self, message: str, history: Sequence[Turn]) -> str:
        """The message with the name of the entry that it means of the list that was told last; as it is where it means none.

        "The second one" of a pair that was asked about is no entry.
        """
        asked = [turn.answer.standalone.strip() for turn in reversed(history)]
        if not asked or of_pair(message, asked):
            return message
        told = (of_entry(message, turn.answer) for turn in islice(reversed(history), EARLIER))
        return next(filter(None, told), message)

    def lost(self, message: str, named: str) -> bool:
        """Whether a message points to an entry of a list ("the second on that list") for which no name was found."""
        return message == named and points_to_list(message)

    def may_turn(self, asked: StandAlone) -> bool:
        """Whether other guides than that of the conversation may be asked: they share its subject, or somebody new is named.

        Somebody new is named like those who do something, or stands where the subject stood and is unknown to its guide.
        """
        before, new, _ = asked.text.partition(asked.added or "?")
        somebody = new == asked.added and not (CODE.fullmatch(new) or is_place(new) or ADVERBIAL_END.search(before))
        somebody = somebody and (
            bool(AGENT.search(new))
            or self.topics.heads_subject(new)
            or not (self.topics.tells_of(asked.focus, asked.text) or self.topics.know(asked.focus, new))
        )
        named = set(self.topics.named(asking(asked.text))).difference(asked.focus)
        return somebody or bool(named) or not self.topics.among_others(asked.focus)

    def strange(self, asked: StandAlone, guide: str, text: str) -> bool:
        """Whether a text of a guide is about others than the conversation is, though the message names nobody else."""
        return guide not in asked.focus and not self.topics.tells_of(asked.focus, text) and not self.may_turn(asked)

    def parts(self, asked: StandAlone) -> tuple[StandAlone, ...]:
        """Each question of a message, in order; a later one that points back gets what the first is about."""
        first, *later = questions_of(asked.text)
        if not later:
            return (asked,)
        if asked.read == asked.text:  # it was worked out, and leans on nothing
            return tuple(StandAlone(part, asked.focus, part) for part in (first, *later))
        behind, mark, _ = (asked.read or "").partition(SEPARATOR)
        earlier = [behind] if mark else []
        found = [StandAlone(first, asked.focus, as_read(first, earlier) if mark else None)]
        for i, part in enumerate(later, 1):
            read = as_read(part, [*earlier, first, *later[: i - 1]])
            found.append(replace(self._resolve(part, first, asked.focus), focus=asked.focus, read=read))
        return tuple(found)

    def _follow(self, message: str, turns: Sequence[Turn], focus: tuple[str, ...]) -> StandAlone:
        last = turns[-1].answer
        before = last.standalone.strip()
        earlier = [turn.answer.standalone.strip() for turn in reversed(turns)]
        topic = self.topics.topic(before, focus) or next(iter(self.topics.strangers(last)), "").lower()
        again = asked_again(message, before)
        if again:
            return StandAlone(again, focus)
        message = in_place(message, before, topic) or message
        worked_out = (
            _of_year(message, before)
            or of_pair(message, earlier)
            or of_action(message, earlier)
            or way_to(
                message, before, self._subject(before, topic), role=topic in before and self.topics.among_others(focus)
            )
            or self._pay_in_row(message, last, topic)
            or self._beside(message, last, focus)
            or self._entity(message, last)
            or self._against.than(message, before, topic)
        )
        if worked_out:
            return StandAlone(worked_out, focus, worked_out)
        bare = self._bare_amount(message, before, topic, focus)
        if bare:
            return StandAlone(bare, focus)
        fragment = CORRECTION.match(message) or FRAGMENT.match(message)
        rest = fragment["rest"].strip() if fragment else ""
        of_kind = _of_kind(message, rest, before, topic, self.topics.thing(before, topic))
        if of_kind:
            return StandAlone(of_kind, focus)
        if is_fragment(rest) and rest:
            figure = OWNED.sub("", rest).strip()
            rest = figure if names_figure(figure) else OWNED.sub(lambda m: noun(m[0], topic) if topic else m[0], rest)
            return self._about(
                self._substitution.substitute(rest, before, focus), () if self.topics.named(rest) else focus
            )
        if not any(words_in(message)) and not PERSON.search(message):
            return StandAlone(f"{before.rstrip(' ?.!')}, {message.strip(' ?.!')}?", focus)
        if self._needs_nothing(message, focus):
            return StandAlone(message)
        if is_fragment(message) and (len(message.split()) <= 4 or PLACED.match(message)):
            return self._about(self._substitution.substitute(OWNED.sub("", message), before, focus), focus)
        return self._resolve(message, before, focus)

    def _bare_amount(self, message: str, before: str, topic: str, focus: Sequence[str]) -> str | None:
        """The amount that a message asks for and names nothing, of what the previous question asks; None where it asks for none."""
        bare = BARE_AMOUNT.match(message)
        if not bare or (bare["is"] and read_question(before).kind is not Kind.YES_NO):
            return None
        price = price_of(before) if HOW_MUCH_ALONE.match(message) else None
        if price:
            return price
        whose = f" for {topic}" if topic and topic not in before and self.topics.among_others(focus) else ""
        return f"{message.strip(' ?.!')}: {before.rstrip(' ?.!')}{whose}?"

    def _subject(self, before: str, topic: str) -> str:
        """Whom or what the previous question is about, with its article."""
        if topic and topic in before and not is_place(topic):
            return with_article(topic, before)
        thing = self.topics.thing(before, "")
        return with_article(thing, before) if thing and not is_place(thing) else topic

    def _needs_nothing(self, message: str, focus: Sequence[str]) -> bool:
        """Whether a message names its subject and points to nothing before it."""
        person = PERSON.search(message)
        named = bool(self.topics.named(asking(message)))
        if BE_ONE.search(message):
            return False
        if self_contained(message) or not (person or THING.search(message)):
            return named and (asks(message) or not is_fragment(message))
        if not person:
            return points_inside(message) and (named or not self.topics.among_others(focus))
        return bool(self.topics.named(message[: person.start()])) and not OBJECT_OF_WHICH.match(message)

    def _beside(self, message: str, last: Answer, focus: tuple[str, ...]) -> str | None:
        """The question about the heading beside the one that was cited: the message's own, or else the previous one."""
        sibling = self._sibling(message, last)
        if not sibling:
            return None
        level = self._level(last) if COMES_NEXT.match(message) else None
        if level:
            return f"What comes after {level}?"
        own, name = message.partition(",")[2].strip(), NUMBERED.sub("", sibling)
        if not asks(own):
            return self._substitution.substitute(sibling, last.standalone, focus).text
        return PERSON.sub(lambda m: noun(m[0], name), own, count=1) if PERSON.search(own) else f"{sibling}: {own}"

    def _level(self, last: Answer) -> str | None:
        """The level of a career that an answer was quoted from; None where it was from none."""
        for citation in last.citations:
            guide = self.index.guides.get(citation.guide)
            if guide and self._ladders.holds(guide, citation.section):
                return NUMBERED.sub("", citation.section[-1])
        return None

    def _about(self, substituted: Substituted, focus: tuple[str, ...]) -> StandAlone:
        text, added, behind = substituted
        known, encoder = self.index.terms.known, self.index.encoder
        strange = not any(w.stem in known or encoder.has_word(w.text.lower()) for w in words_in(added))
        needed = added if strange or not (behind or names_figure(added)) else ""
        return StandAlone(text, focus, None if behind else text, needed)

    def _resolve(self, message: str, before: str, focus: tuple[str, ...]) -> StandAlone:
        """Pronouns get their noun; a question that names no subject gets the conversation's."""
        topic = self.topics.topic(before, focus)
        text = self._pointed(message, before, topic, focus)
        thing = THING.search(EXISTENTIAL.sub("", message)) and not points_to_main_clause(message)
        points_back = bool(PERSON.search(message) or thing)
        many = self.topics.among_others(focus)
        of_whom = asking(text)
        guides = self.topics.named(of_whom)
        named = bool(guides) or (many and bool(topic) and topic in before and topic in text)
        of_others = text != message and PERSON.search(message)
        lacks_topic = topic and not (of_others or guides) and not set(stems_in(topic)) & set(stems_in(of_whom))
        few = len(list(words_in(text))) <= 2
        code = self.topics.code(before) if few and text == message and not many else ""
        if code and not (named or code in topic or self.topics.code(text)):
            text = f"{text.rstrip(' ?.!')} for {with_article(code, before).replace(code, code.upper())}?"
        elif lacks_topic and (many or (text == message and points_back)):
            about = topic if many or topic in before else self.topics.thing(before, topic)
            if thing and about != topic and MANY.search(about):  # "it" is none of several
                return StandAlone(text, focus)
            text = f"{text.rstrip(' ?.!')} for {with_article(about, before)}?"
        return StandAlone(text, focus if (many or points_back or few) else ())

    def _pointed(self, message: str, before: str, topic: str, focus: tuple[str, ...]) -> str:
        """The message with whom or what its first pronoun, or "the job", points to."""
        whom = topic if self.topics.among_others(focus) else doer_in(before) or topic
        if whom and BE_ONE.search(message):
            return BE_ONE.sub(lambda m: f"{m['verb']} {one_of(whom)}", message, count=1)
        people = self._people(before, topic, focus)
        if people and PERSON.search(message):
            one = with_article(people, before)
            return PERSON.sub(lambda m: noun(m[0], one if ONE_PERSON.fullmatch(m[0]) else people), message, count=1)
        if topic and WORK.search(message) and not PERSON.search(message):
            return WORK.sub(lambda m: f"{m[0]} of {topic}", message, count=1)
        inside = self_contained(message) or points_to_main_clause(message) or points_inside(message)
        if THING.search(message) and not inside:
            thing = amount(message, before, topic) or self._thing(before, topic, focus)
            return THING.sub(lambda m: noun(m[0], thing), message, count=1) if thing else message
        return COUNTED.sub(lambda m: f"{m[0]}{topic} ", message, count=1) if topic else message

    def _thing(self, before: str, topic: str, focus: tuple[str, ...]) -> str:
        """What "it" points to: what the previous question names, or the work of those whom alone it names."""
        thing = self.topics.thing(before, topic)
        if MANY.search(thing) and thing != topic:  # "it" is none of several
            thing = one_in(before, topic) or (topic if self.topics.among_others(focus) else "")
            if not thing:
                return ""
        several = thing.endswith("s") and self.topics.among_others(focus)
        people = thing == topic and bool(topic) and (several or bool(AGENT.search(topic)))
        return f"the work of {with_article(topic, before)}" if people else with_article(thing, before)

    def _people(self, before: str, topic: str, focus: tuple[str, ...]) -> str:
        """Whom "they" points to: those that the previous question asks about, or the subject of the conversation.

        Those stand before the subject where it was put behind them ("what's a miller for bakers?").
        """
        if not self.topics.among_others(focus) and doer_in(before):
            return doer_in(before)
        asked = re.sub(rf" for (?:an? |the )?{re.escape(topic)}\W*$", "", before) if topic else before
        if asked != before and self.topics.among_others(focus) and doer_in(asked):
            return doer_in(asked)
        if topic and topic in before and not is_place(topic):
            return topic
        several = doer_in(before) if self.topics.among_others(focus) else many_in(before)
        return several or ("" if is_place(topic) else topic)

    def _entity(self, message: str, last: Answer) -> str | None:
        """The message with what the last answer named, where that was asked which one ("and what does that one cost?")."""
        before = last.standalone
        asks_which = WHICH.match(before) or read_question(before).rank is not None
        if _WHO.match(before) and not re.search(r"\bone\b", message, re.IGNORECASE):
            return None  # "it" is what the question names, and not who was told
        if not asks_which or not ENTITY.search(message) or self_contained(message) or not asks(message):
            return None
        known = before.casefold()
        for sentence in last.sentences[:2]:
            new = dict.fromkeys(name for name in names_in(sentence.text) if name.casefold() not in known)
            if sentence.citations and new:
                name = with_article(next(iter(new)), sentence.text)
                return ENTITY.sub(name, message, count=1) if len(new) == 1 else None
        row = self.topics.row(last)
        return ENTITY.sub(row, message, count=1) if row and not set(stems_in(row)) <= set(stems_in(before)) else None

    def _pay_in_row(self, message: str, last: Answer, topic: str) -> str | None:
        """The question for the pay in the row of a table that the last answer told, where that was asked which one it is.

        ("Where do bakers earn most?" "And how much is that?")
        """
        before = last.standalone
        points = ENTITY.search(message) or PERSON.search(message) or THING.search(message) or FRAGMENT.match(message)
        bare = HOW_MUCH.match(message) or FRAGMENT.match(message) or not asks(message)
        asked = read_question(before if bare else message).quantity
        if not (WHERE.match(before) and topic and points) or asked is not Quantity.MONEY:
            return None
        place = IN_PLACE.search(message)
        more = [
            w
            for w in read_question(message).words
            if not (names_quantity(w.text) or (place and place.start() <= w.start))
        ]
        row = None if more else place["place"] if place else self.topics.row(last)
        if row is None or set(stems_in(row)) <= set(stems_in(before)):
            return None
        return f"What is the pay of {unranked(topic)} in {row}?"

    def _sibling(self, message: str, last: Answer) -> str | None:
        """The heading after (or before) the section that was cited, for "and the next level?"."""
        match = NEXT.search(message)
        if not match or not last.citations or len(message.partition(",")[0].split()) > 9:
            return None
        step = -1 if match["way"].lower() in ("previous", "prior", "below", "one below") else 1
        for citation in last.citations:
            guide = self.index.guides.get(citation.guide)
            siblings = (
                [s.path for s in guide.sections if s.path and s.path[:-1] == citation.section[:-1]] if guide else []
            )
            if citation.section in siblings and len(siblings) > 2 and not self.topics.of_form(citation.section[-1]):
                position = siblings.index(citation.section) + step
                return siblings[position][-1] if 0 <= position < len(siblings) else None
        return None


def _of_kind(message: str, rest: str, before: str, topic: str, thing: str) -> str | None:
    """The question about a group or a kind of the subject ("someone who leads the team", "a junior one", "junior ones").

    "A junior one" is none of several, but the only `thing` that the previous question names.
    """
    if topic and topic in before and tells_a_group(rest or message):
        return of_group(rest or message, topic, before)
    one, ones = ONE.fullmatch(rest or message.strip(" ?.!")), ONES.search(message)
    if one and one["kind"].lower() not in FUNCTION_WORDS:
        single = bool(MANY.search(topic)) and not MANY.search(one[0])
        kind_of = thing if single and not MANY.search(thing) else topic
        if kind_of and kind_of in before:
            return before.replace(kind_of, f"{one['kind']} {kind_of.rsplit(maxsplit=1)[-1]}")
    if ones and topic and ones["kind"].lower() not in FUNCTION_WORDS:
        return ONES.sub(f"{ones['kind']} {topic.rsplit(maxsplit=1)[-1]}", message, count=1)
    return None


def _of_year(message: str, before: str) -> str | None:
    """The question about a year that is told by the one before ("three years later", "in that year")."""
    year, years = relative_year(message, before), YEAR.findall(before)
    if year:
        return YEAR.sub(str(year), before)
    if years and SAME_YEAR.search(message) and any(words_in(message)):
        return SAME_YEAR.sub(f"in {years[-1]}", message)
    return None
