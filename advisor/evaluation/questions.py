"""Question sets: what people ask, with what a right answer must hold, read and checked line by line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from index.errors import AdvisorError

from ..answer import Status
from .lines import Record, records_of
from .texts import pattern_of


class Aim(StrEnum):
    """What a question tries the advisor on."""

    ANSWER = "answer"
    """The guides answer it, or a part of it."""
    REFUSE = "refuse"
    """The guides do not answer it: saying so is right."""
    TALK = "talk"
    """A greeting, thanks or the like."""
    OPEN = "open"
    """Nobody has said yet what would be right."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file of the guides and, where given, a heading that is somewhere in the citation's heading path."""

    path: str
    section: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A conversation, and what a right answer to its last message holds."""

    id: str
    turns: tuple[str, ...]
    facts: tuple[tuple[str, ...], ...] = ()
    """Each inner tuple holds alternatives of which one has to stand in the answer: words, or a `/pattern/`."""
    forbidden: tuple[str, ...] = ()
    """What must not stand in the answer (`not` in the file)."""
    statuses: tuple[Status, ...] = ()
    cites: tuple[Place, ...] = ()
    tags: tuple[str, ...] = ()
    where: str = ""
    """File and line that it was read from."""

    @property
    def aim(self) -> Aim:
        """Refuse: `not_in_guides` is right and no fact is asked for; talk: only `conversation` is right."""
        if not (self.facts or self.statuses or self.cites):
            return Aim.OPEN
        if Status.NOT_IN_GUIDES in self.statuses and not self.facts:
            return Aim.REFUSE
        return Aim.TALK if set(self.statuses) == {Status.CONVERSATION} and not self.facts else Aim.ANSWER

    @property
    def twin(self) -> str | None:
        """The id of the conversation that this question asks so that it stands alone (tag `twin:<id>`)."""
        return next((tag.removeprefix("twin:") for tag in self.tags if tag.startswith("twin:")), None)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The tags by which results are grouped: those that do not name another question."""
        return tuple(tag for tag in self.tags if ":" not in tag)


def load_questions(*paths: Path) -> tuple[Question, ...]:
    """The questions of one or more sets, in order; ids are unique over all of them.

    Raises `AdvisorError` with file and line for the first thing that is wrong, and for a set without a question.
    """
    found = tuple(question for path in paths for question in _of_file(path))
    seen: dict[str, str] = {}
    for question in found:
        if question.id in seen:
            raise AdvisorError(
                f'{question.where}: the id "{question.id}" stands there a second time (first: {seen[question.id]}).'
            )
        seen[question.id] = question.where
    return found


def tagged(questions: Iterable[Question], tags: Iterable[str]) -> tuple[Question, ...]:
    """The questions that carry every one of the tags."""
    wanted = set(tags)
    return tuple(question for question in questions if wanted <= set(question.tags))


def _of_file(path: Path) -> Iterator[Question]:
    empty = True
    for record in records_of(path):
        empty = False
        yield question_of(record)
    if empty:
        raise AdvisorError(f"{path} holds no question. Write one JSON object a line into it.")


def question_of(record: Record) -> Question:
    """The question that a line holds."""
    record.only("id", "turns", "expect", "tags")
    turns = record.texts("turns")
    if not turns:
        raise record.wrong('"turns" must hold one or more messages.')
    expect = record.inner("expect")
    expect.only("facts", "not", "status", "cites")
    return Question(
        id=record.text("id"),
        turns=turns,
        facts=_facts(expect),
        forbidden=_expected(expect, "not", expect.items("not")),
        statuses=_statuses(expect),
        cites=tuple(_place(place) for place in expect.records("cites")),
        tags=record.texts("tags"),
        where=record.where,
    )


def _facts(expect: Record) -> tuple[tuple[str, ...], ...]:
    facts = []
    for alternatives in expect.items("facts"):
        if not isinstance(alternatives, list) or not alternatives:
            raise expect.wrong('each entry of "facts" must be a list of one or more alternatives.')
        facts.append(_expected(expect, "facts", alternatives))
    return tuple(facts)


def _expected(expect: Record, name: str, values: list[Any]) -> tuple[str, ...]:
    """Texts; one between slashes is a regular expression, which has to compile and to ask for something."""
    texts = expect.texts_of(name, values)
    for text in texts:
        try:
            pattern = pattern_of(text)
        except re.error as error:
            raise expect.wrong(f'"{name}" holds the pattern {text}, which does not compile: {error}.') from error
        if pattern and pattern.search(""):
            raise expect.wrong(f'"{name}" holds the pattern {text}, which fits every answer.')
    return texts


def _statuses(expect: Record) -> tuple[Status, ...]:
    known = [str(status) for status in Status]
    for name in expect.texts("status"):
        if name not in known:
            raise expect.wrong(
                f'"status" holds "{name}", and "{name}" is no status. The statuses are {", ".join(known)}.'
            )
    return tuple(Status(name) for name in expect.texts("status"))


def _place(record: Record) -> Place:
    record.only("path", "section")
    return Place(record.text("path"), record.text("section") if "section" in record.fields else None)
