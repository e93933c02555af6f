"""The levels of a career that a guide lays out one above another: all of them, the top, the bottom, the one after another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from index.guide import Guide, PassageKind
from index.search import Index
from index.units import unit_spans
from index.words import FUNCTION_WORDS, Word, stem, stems_in

from .answer import Layout
from .draft import Piece, Place, place, plain, title_piece
from .question import Kind, Question
from .roadmap.routes import Form, Route, Stage, routes

MOST_GUIDES = 3
"""That are answered from; more of them leave open which is meant."""

_LEVEL = r"(?:jobs?|roles?|positions?|posts?|rungs?|levels?|ranks?|grades?|titles?|stages?)"
_LADDER = r"(?:the|this|that|a|my|your) (?:career |job )?(?:ladder|career|profession|field|tree)"
_TOP = re.compile(
    rf"\b(?:highest|top(?:most)?|ultimate|final|most senior)\s+(?:[\w-]+\s+){{0,2}}?{_LEVEL}\b"
    rf"|\b(?:top|peak|pinnacle|end) of {_LADDER}\b"
    r"|\bhow (?:far|high)(?: up)?\b.*\b(?:go|goes|climb|get|rise|reach|move up|advance)\b",
    re.IGNORECASE,
)
_BOTTOM = re.compile(
    rf"\b(?:lowest|bottom(?:most)?|first)\s+(?:rung|level|rank|grade)\b|\b(?:bottom|foot) of {_LADDER}\b", re.IGNORECASE
)
_ALL = re.compile(
    r"\b(?:career|job)\s+(?:ladder|levels|progression|stages)\b|\bcareer path\b(?! (?:to|into|from|for)\b)"
    r"|\b(?:rungs|levels|ranks) (?:of|in) (?:the|this|that|a)\b|\bladder\b"
    r"|\b(?:titles|roles|positions|jobs|levels|ranks|grades)\b[^.?!]*\b(?:bottom to top|top to bottom|(?:lowest|junior|entry) to (?:highest|senior|top))\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:comes?|is|are|be|lies?|stands?|what['’]?s|role|position|job|level|rung)\s+(?:next\s+)?(?:right |just |directly |straight )?"
    r"(?P<way>after|above|beyond|before|below)\s+(?:being |becoming )?(?:an? |the )?(?P<whom>[^?.!,;]+)"
    r"|\b(?:step|level|rung|grade|rank|one)\s+(?P<way2>up|down|above|below)\s+(?:from )?(?:being )?(?:an? |the )?(?P<whom2>[^?.!,;]+)",
    re.IGNORECASE,
)
_UP = ("after", "above", "beyond", "up")
_ASKED = re.compile(r"\b(?:what|which|who|how|where|list|name|tell|show|give)\b.*", re.IGNORECASE | re.DOTALL)
_SLIGHT = frozenset(
    map(
        stem,
        (
            "achieve advance aim ask become begin bottom career climb comes end field go hold hope job ladder level line "
            "move occupation order peak position possible post profession progression promoted rank reach rise role "
            "rung stage start step title top trade ultimate up very work"
        ).split(),
    )
)
"""Words that say no more than that there are levels."""


class Ladders:
    """The levels of careers in one index, found once."""

    def __init__(self, index: Index) -> None:
        self._guides = index.guides

    @cached_property
    def _all(self) -> tuple[Route, ...]:
        found = (route for guide in self._guides.values() for route in routes(guide))
        return tuple(route for route in found if route.form is Form.LADDER)

    def told(self, question: Question, focus: Sequence[str] = ()) -> tuple[Piece, ...]:
        """The levels that a question asks for, of every guide that has any; none where it asks for more than levels."""
        if question.quantity is not None or question.kind in (Kind.YES_NO, Kind.WHY, Kind.COMPARISON):
            return ()
        for pattern, show in ((_TOP, _last), (_BOTTOM, _first), (_ALL, _names)):
            match = pattern.search(question.text)
            if match:
                return self._shown([(r, tuple(show(r))) for r in self._of(_outside(question, match), focus)])
        match = _BESIDE.search(question.text)
        if not match:
            return ()
        step = 1 if (match["way"] or match["way2"]).lower() in _UP else -1
        whom = match["whom"] or match["whom2"]
        meant = [(r, _beside(r, whom, step)) for r in self._of(_outside(question, match), focus)]
        return self._shown([(route, tuple(_part(stage))) for route, stage in meant if stage])

    def holds(self, guide: Guide, section: tuple[str, ...]) -> bool:
        """Whether a section is one of the levels of a guide."""
        stages = (stage for route in self._all if route.guide.id == guide.id for stage in route.stages)
        return any(section[: len(stage.section)] == stage.section for stage in stages)

    def _of(self, words: Sequence[Word], focus: Sequence[str]) -> list[Route]:
        """The ladders of guides that hold all weighty words of a question."""
        weighty = {word.stem for word in words} - _SLIGHT
        found = [route for route in self._all if weighty <= set(stems_in(route.guide.text))]
        near = [route for route in found if route.guide.id in focus] or found
        return near if len(near) <= MOST_GUIDES else []

    def _shown(self, told: Sequence[tuple[Route, tuple[Piece, ...]]]) -> tuple[Piece, ...]:
        """What each guide has, under its title where there are several."""
        titled = len(told) > 1
        return tuple(p for route, pieces in told for p in (*((title_piece(route.guide),) if titled else ()), *pieces))


def _outside(question: Question, match: re.Match[str]) -> list[Word]:
    """The words of a question, from the one that asks on, that a match leaves over."""
    asked = _ASKED.search(question.text)
    start = asked.start() if asked else 0
    return [word for word in question.words if start <= word.start and not match.start() <= word.start < match.end()]


def _first(route: Route) -> Iterator[Piece]:
    return _part(route.stages[0])


def _last(route: Route) -> Iterator[Piece]:
    return _part(route.stages[-1])


def _names(route: Route) -> Iterator[Piece]:
    """All stages by their headings."""
    for stage in route.stages:
        heading = Place(route.guide.id, stage.section, stage.title)
        yield Piece(plain(stage.title.of(route.guide.text)), (heading,), Layout.ITEM)


def _beside(route: Route, whom: str, step: int) -> Stage | None:
    """The stage that is `step` further than the one that some words name; None where they name none, or it is the last."""
    held = [set(stems_in(stage.name)) for stage in route.stages]
    counts = Counter(word for words in held for word in words)
    named = {word for word in stems_in(whom) if word in counts} - {stem(word) for word in FUNCTION_WORDS}
    own = {word for word in named if counts[word] == 1}
    fits = [n for n, words in enumerate(held) if (own or named) and (own or named) <= words]
    if not fits:
        return None
    at = min(fits, key=lambda n: len(held[n] - named)) + step
    return route.stages[at] if 0 <= at < len(route.stages) else None


def _part(stage: Stage) -> Iterator[Piece]:
    """One stage: its heading, and the sentence that its section opens with."""
    guide = stage.guide
    text, places = plain(stage.title.of(guide.text)), [Place(guide.id, stage.section, stage.title)]
    first = next((passage for passage, _ in stage.own if passage.kind is PassageKind.PARAGRAPH), None)
    if first:
        span = unit_spans(guide, first)[0]
        text = f"{text} — {plain(span.of(guide.text))}"
        places.append(place(first, span))
    yield Piece(text, tuple(places))
