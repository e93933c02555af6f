"""The numbered parts of a guide that a question names: "step 3", "the last stage", "the five-step plan", "all levels"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby

from index.figures import NUMBER_WORDS
from index.guide import Guide, PassageKind, Section, Span
from index.search import Index
from index.units import unit_spans
from index.words import stem, stems_in

from .answer import Layout
from .draft import Piece, Place, place, plain, title_piece
from .enumerations import enumerations
from .question import Kind, Question

LEAST = 3
"""Headings of one noun, side by side, that are a numbered run."""
MOST_GUIDES = 3
"""That are answered from; more of them leave open which is meant."""
STEP = stem("step")
LAST = -1
"""The number of the last part."""

_HEADING = re.compile(r"\W*(?P<noun>[^\W\d_]{3,})\s+(?:no\.?\s*|#\s*)?(?P<number>\d{1,2})\b", re.IGNORECASE)
_MARKED = re.compile(r"\s*\d{1,2}[.)]\s")
_ORDINALS = {
    word: number
    for number, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
} | {"last": LAST, "final": LAST}
_CARDINAL = rf"\d{{1,2}}|{'|'.join(NUMBER_WORDS)}"
_NOUN = r"(?P<noun>[^\W\d_]{3,})"
_NTH = re.compile(
    rf"\b(?P<number>{'|'.join(_ORDINALS)}|\d{{1,2}}(?:st|nd|rd|th))\s+{_NOUN}"
    rf"|\b(?P<noun2>[^\W\d_]{{3,}})\s+(?:(?:number|no\.?)\s+|#\s*)?(?P<number2>{_CARDINAL})\b(?![.,]?\d)",
    re.IGNORECASE,
)
_COUNTED = re.compile(rf"\b(?P<number>{_CARDINAL})[\s-]+{_NOUN}", re.IGNORECASE)
_ALL = re.compile(rf"\b(?:all|the|different|various|what|which|are|list|name)\s+{_NOUN}(?<=s)\b", re.IGNORECASE)
_SLIGHT = frozenset(map(stem, "order plan whole career path way process guide become becoming".split()))
"""Words that say no more than that it is a way of several parts."""


@dataclass(frozen=True)
class Run:
    """Headings of one noun, or entries of a list, in one guide, by their numbers."""

    guide: Guide
    noun: str
    """Its stem."""
    parts: dict[int, Place]
    """Where each stands."""
    listed: bool = False
    """Whether they are entries of a list."""

    @cached_property
    def words(self) -> frozenset[str]:
        """Stems of the guide's title and of the headings that name its parts."""
        return frozenset(
            stems_in(" ".join((self.guide.title, *(" ".join(part.section) for part in self.parts.values()))))
        )

    def at(self, number: int) -> int:
        """The number of a part that is counted from the beginning, or is the last."""
        return max(self.parts) if number == LAST else number


class Ordinals:
    """The numbered runs of one index, found once."""

    def __init__(self, index: Index) -> None:
        self.index = index

    @cached_property
    def _runs(self) -> tuple[Run, ...]:
        return tuple(run for guide in self.index.guides.values() for run in _runs_of(guide))

    def told(self, question: Question, focus: Sequence[str] = ()) -> tuple[Piece, ...]:
        """What the guides have under the number that a question names, or all parts where it asks for all of them."""
        for match in _NTH.finditer(question.text):
            number = _value(match["number"] or match["number2"])
            runs = self._of(match, question, focus, partial(_holds, number))
            if runs:
                return tuple(_shown([(run, _part(run, run.at(number))) for run in runs]))
        for match in _COUNTED.finditer(question.text):
            number = _value(match["number"])
            runs = self._of(match, question, focus, partial(_counts, number))
            if runs:
                return tuple(_shown([(run, _whole(run)) for run in runs]))
        for match in _ALL.finditer(question.text) if question.kind in (Kind.LIST, Kind.FACT) else ():
            runs = self._of(match, question, focus)
            if runs:
                return tuple(_shown([(run, _whole(run)) for run in runs]))
        return ()

    def _of(
        self, match: re.Match[str], question: Question, focus: Sequence[str], fits: Callable[[Run], bool] | None = None
    ) -> list[Run]:
        """The runs of the noun of a match that meet all other words of a question; none where they are too many."""
        groups = match.groupdict()
        named = stem((groups["noun"] or groups["noun2"]).lower())
        outside = (word for word in question.words if not match.start() <= word.start < match.end())
        others = {word.stem for word in outside} - {named} - _SLIGHT
        runs = [run for run in self._runs if run.noun == named and others <= run.words and (not fits or fits(run))]
        near = [run for run in runs if run.guide.id in focus] or runs
        headed = [run for run in near if not run.listed] or near
        return headed if len(headed) <= MOST_GUIDES else []


def _holds(number: int, run: Run) -> bool:
    return run.at(number) in run.parts


def _counts(number: int, run: Run) -> bool:
    return len(run.parts) == number


def _runs_of(guide: Guide) -> Iterator[Run]:
    headed = [(s.path[:-1], stem(m["noun"].lower()), int(m["number"]), s) for s in guide.sections if (m := _match(s))]
    headed.sort(key=lambda one: one[:3])
    for (_, noun), group in groupby(headed, key=lambda one: one[:2]):
        parts = {number: Place(guide.id, s.path, s.heading) for _, _, number, s in group if s.heading}
        if len(parts) >= LEAST and min(parts) == 1:
            yield Run(guide, noun, parts)
    if not any(noun == STEP for _, noun, _, _ in headed):
        yield from _only_list(guide)


def _only_list(guide: Guide) -> Iterator[Run]:
    """The numbered list of a guide that has one, whose entries are its steps."""
    lists = [[entry.place for entry in one.entries] for one in enumerations(guide) if one.passages]
    numbered = [places for places in lists if all(_MARKED.match(_line(guide, one.span)) for one in places)]
    if len(numbered) == 1 and len(numbered[0]) >= LEAST:
        yield Run(guide, STEP, dict(enumerate(numbered[0], 1)), listed=True)


def _line(guide: Guide, span: Span) -> str:
    """The text from the beginning of a span's line."""
    return guide.text[guide.text.rfind("\n", 0, span.start) + 1 : span.end]


def _match(section: Section) -> re.Match[str] | None:
    return _HEADING.match(section.path[-1]) if section.path and section.heading else None


def _value(number: str) -> int:
    lowered = number.lower()
    known = _ORDINALS.get(lowered, NUMBER_WORDS.get(lowered))
    return int(known if known is not None else re.sub(r"\D", "", lowered))


def _shown(told: Sequence[tuple[Run, Iterable[Piece]]]) -> Iterator[Piece]:
    """What each guide has, under its title where there are several."""
    for run, pieces in told:
        if len(told) > 1:
            yield title_piece(run.guide)
        yield from pieces


def _part(run: Run, number: int) -> Iterator[Piece]:
    """One part: its heading, and the sentence that its section opens with; an entry of a list as it stands."""
    heading = run.parts[number]
    text, places = plain(heading.span.of(run.guide.text)), [heading]
    first = next((passage for passage in run.guide.passages if passage.section == heading.section), None)
    if first and heading.span.end <= first.start and first.kind is PassageKind.PARAGRAPH:
        span = unit_spans(run.guide, first)[0]
        text = f"{text} — {plain(span.of(run.guide.text))}"
        places.append(place(first, span))
    yield Piece(text, tuple(places), Layout.ITEM)


def _whole(run: Run) -> Iterator[Piece]:
    """All parts, by their headings."""
    for _, heading in sorted(run.parts.items()):
        yield Piece(plain(heading.span.of(run.guide.text)), (heading,), Layout.ITEM)
