"""Next questions that the guides can answer: those that they ask themselves, then those that their headings promise."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from index.guide import Guide, Section
from index.search import Index
from index.words import stems_in, words_in

from .draft import plain
from .evidence import Evidence

OPENERS = 6
AFTER = 3
LONGEST = 90
"""Characters of a suggestion; it has to fit on a button."""

_FRAME = re.compile(
    r"(?:introduction|overview|summary|conclusion|faqs?|(?:frequently asked|common) questions|sources|references|quick facts)(?: .*)?",
    re.IGNORECASE,
)
"""A heading that says what part of a guide it is, and nothing of what it is about."""
_NUMBERED = re.compile(r"^\W*(?:\w+\s+)?\d+\b")
"""A heading that is one of several in order."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question, and the passages of its guide that answer it."""

    question: str
    passages: tuple[int, ...]
    """Positions in `Index.passages`."""
    section: tuple[str, ...]
    asked: bool
    """Whether the guide asks it in these words."""


class Suggester:
    """Suggests questions from one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._of_guide = {guide: tuple(found) for guide, found in _by_guide(index)}

    def openers(self) -> tuple[str, ...]:
        """Up to six questions to start from, in turn from each guide; those that a guide asks itself first."""
        columns = [_column(found, turn) for turn, found in enumerate(self._of_guide.values()) if found]
        rows = [column[i].question for i in range(OPENERS) for column in columns if i < len(column)]
        return tuple(dict.fromkeys(rows))[:OPENERS]

    def after(self, evidence: Evidence) -> tuple[str, ...]:
        """Up to three questions near what was just asked, about other sections than the one that answered it."""
        best = evidence.best
        if best is None:
            return self.openers()[:AFTER]
        asked = set(stems_in(evidence.question.text))
        others = [
            one
            for one in self._of_guide[best.guide.id]
            if one.section != best.passage.section and not set(stems_in(one.question)) <= asked
        ]
        nearest = sorted(others, key=lambda one: -float(evidence.scores.total[list(one.passages)].max()))
        return tuple(dict.fromkeys(one.question for one in nearest))[:AFTER]


def _column(found: Sequence[Suggestion], turn: int) -> list[Suggestion]:
    """What a guide asks itself; after it, its headings, from another one on in each guide so that guides of a kind differ."""
    told = [one for one in found if not one.asked]
    start = turn % len(told) if told else 0
    return [*(one for one in found if one.asked), *told[start:], *told[:start]]


def _by_guide(index: Index) -> Iterator[tuple[str, Iterator[Suggestion]]]:
    """The suggestions of each guide."""
    positions: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for position, passage in enumerate(index.passages):
        for depth in range(1, len(passage.section) + 1):
            positions.setdefault((passage.guide, passage.section[:depth]), []).append(position)
    series = headings_in_common(index.guides.values())
    for guide in index.guides.values():
        yield guide.id, _of_guide(guide, positions, series)


def headings_in_common(guides: Iterable[Guide]) -> frozenset[str]:
    """Headings that several guides have, which tell nothing without the guide's title."""
    counts = Counter(heading for guide in guides for heading in {s.path[-1] for s in guide.sections if s.path})
    return frozenset(heading for heading, count in counts.items() if count > 1)


def _of_guide(
    guide: Guide, positions: Mapping[tuple[str, tuple[str, ...]], Sequence[int]], series: Set[str]
) -> Iterator[Suggestion]:
    top = min((len(section.path) for section in guide.sections if section.heading and section.path), default=1)
    for section in guide.sections:
        passages = positions.get((guide.id, section.path), ())
        question = _question(guide, section, top, series) if section.heading and section.path else None
        if passages and question and len(question) <= LONGEST:
            yield Suggestion(question, tuple(passages), section.path, _is_asked(section))


def _question(guide: Guide, section: Section, top: int, series: Set[str]) -> str | None:
    """A heading that asks, as it stands; another one at the top, with its guide's title where other guides have it too."""
    heading = plain(section.path[-1]).rstrip(" .:")
    if _is_asked(section):
        return heading
    if len(section.path) > top or _FRAME.fullmatch(heading) or _NUMBERED.search(heading) or not any(words_in(heading)):
        return None
    return f"{guide.title}: {heading}" if section.path[-1] in series else heading


def _is_asked(section: Section) -> bool:
    return section.path[-1].rstrip().endswith("?")
