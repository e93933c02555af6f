"""`advisor questions check`: whether a question set can be read, and whether the guides hold what it expects."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import AdvisorError
from index.guide import Guide

from ..draft import plain
from .lines import lines_of, record_of
from .questions import Question, question_of
from .texts import normalised, pattern_of, place_in


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found."""

    questions: int
    problems: tuple[str, ...]
    kinds: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Held:
    """What a guide holds, ready to compare: its headings, and its text with and without markup."""

    headings: frozenset[str]
    text: str

    @classmethod
    def of(cls, guide: Guide) -> _Held:
        headings = frozenset(normalised(heading) for section in guide.sections for heading in section.path)
        passages = (re.sub(r"\s*\|\s*", " | ", p.span.of(guide.text)) for p in guide.passages)
        bare = "\n".join("\n".join(plain(line) for line in passage.split("\n")) for passage in passages)
        return cls(headings, normalised(f"{guide.text}\n{bare}"))


def check_sets(files: Iterable[Path], guides: Sequence[Guide]) -> Checked:
    """Every problem of the sets, each with file and line; places and facts are looked up in the guides."""
    questions: list[Question] = []
    problems: list[str] = []
    for file in files:
        read = list(_read(file))
        questions += [one for one in read if isinstance(one, Question)]
        problems += [one for one in read if isinstance(one, str)]
        if not read:
            problems.append(f"{file} holds no question.")
    held = {guide.path: _Held.of(guide) for guide in guides}
    problems += _repeated(questions)
    ids = {question.id for question in questions}
    for question in questions:
        problems += [f"{question.where}: {problem}" for problem in _problems(question, held, ids)]
    kinds = Counter(kind for question in questions for kind in question.kinds)
    return Checked(len(questions), tuple(problems), dict(sorted(kinds.items())))


def _read(file: Path) -> Iterator[Question | str]:
    """Each line as a question, or as what is wrong with it."""
    try:
        lines = list(lines_of(file))
    except AdvisorError as error:
        yield str(error)
        return
    for line, where in lines:
        try:
            yield question_of(record_of(line, where))
        except AdvisorError as error:
            yield str(error)


def _repeated(questions: Iterable[Question]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for question in questions:
        if question.id in seen:
            yield f'{question.where}: the id "{question.id}" stands there a second time (first: {seen[question.id]}).'
        seen.setdefault(question.id, question.where)


def _problems(question: Question, held: Mapping[str, _Held], ids: set[str]) -> Iterator[str]:
    if not question.statuses and (question.facts or question.cites or question.forbidden):
        yield '"expect" names no "status", so it is not measured whether answering or refusing was right.'
    elif not question.statuses:
        yield '"expect" holds nothing, so nothing is measured.'
    if question.twin is not None and question.twin not in ids:
        yield f'in "tags", "twin:{question.twin}" names no question of these sets.'
    for forbidden in question.forbidden:
        facts = (one for fact in question.facts for one in fact if pattern_of(one) is None)
        if any(place_in(normalised(one), forbidden) >= 0 for one in facts):
            yield f'"{forbidden}" stands in "not" and is part of a fact as well.'
    yield from _lost_places(question, held)
    yield from _lost_facts(question, held)


def _lost_places(question: Question, held: Mapping[str, _Held]) -> Iterator[str]:
    for place in question.cites:
        if place.path not in held:
            yield f'"cites" names {place.path}, which is no guide here.'
        elif place.section is not None and normalised(place.section) not in held[place.path].headings:
            yield f'"cites" names the heading "{place.section}", which {place.path} does not have.'


def _lost_facts(question: Question, held: Mapping[str, _Held]) -> Iterator[str]:
    """Facts of which no spelling stands in a guide that is named; without places any guide will do."""
    named = {place.path for place in question.cites} & set(held)
    where = ", ".join(sorted(named)) or (f"any of the {len(held)} guides" if len(held) > 1 else "the one guide here")
    for fact in question.facts:
        if all(place_in(held[path].text, one) < 0 for one in fact for path in named or held):
            yield f'in "facts", no spelling of the fact "{" / ".join(fact)}" stands in {where}.'
