"""What the guides cover: sections that nobody is shown, questions asked in vain, old guides, figures that disagree."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from index.guide import Guide
from index.search import Index

from ..answer import Status
from .disagreeing import Disagreement, disagreements
from .topics import Topic, topics_of

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Uncited:
    """A section with passages of its own that no answer cited."""

    path: str
    section: tuple[str, ...]
    passages: int


@dataclass(frozen=True, slots=True)
class InVain:
    """A question that the guides did not answer, or not wholly, and how often it was asked."""

    question: str
    status: str
    times: int


@dataclass(frozen=True, slots=True)
class Old:
    """A guide that is older than is wished, or that tells no date."""

    path: str
    dated: str | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """All that is told of a folder of guides."""

    sections: int
    uncited: tuple[Uncited, ...] | None
    """None where no answers were given to look at."""
    topics: tuple[Topic, ...]
    """What was asked in vain, by topic."""
    in_vain: tuple[InVain, ...]
    old: tuple[Old, ...]
    disagreements: tuple[Disagreement, ...]


def uncited(guides: Iterable[Guide], cited: set[tuple[str, tuple[str, ...]]]) -> tuple[Uncited, ...]:
    """The sections of which no passage was cited, in the guides' order; `cited` holds paths with heading paths."""
    counts = Counter((guide.path, passage.section) for guide in guides for passage in guide.passages)
    return tuple(Uncited(path, section, n) for (path, section), n in counts.items() if (path, section) not in cited)


def in_vain(asked: Iterable[tuple[str, Status]]) -> tuple[InVain, ...]:
    """Questions that were refused or answered in part, the most frequent first."""
    counts: Counter[tuple[str, Status]] = Counter()
    words: dict[str, str] = {}
    for question, status in asked:
        key = " ".join(question.casefold().split()).rstrip(" ?.!")
        if status in (Status.NOT_IN_GUIDES, Status.PARTIAL) and key:
            words.setdefault(key, question.strip())
            counts[key, status] += 1
    return tuple(InVain(words[key], str(status), n) for (key, status), n in counts.most_common())


def old(guides: Iterable[Guide], years: int, today: date) -> tuple[Old, ...]:
    """Guides whose latest year in `dated` is more than `years` ago, and guides without one."""
    found = []
    for guide in guides:
        dates = [int(year) for year in _YEAR.findall(guide.dated or "")]
        if not dates or today.year - max(dates) > years:
            found.append(Old(guide.path, guide.dated))
    return tuple(found)


def coverage_of(
    index: Index,
    cited: set[tuple[str, tuple[str, ...]]] | None,
    asked: Sequence[tuple[str, Status]],
    years: int,
    today: date,
) -> Coverage:
    """The coverage of the guides of an index; `cited` is None where no answers are known."""
    guides: Mapping[str, Guide] = index.guides
    vain = in_vain(asked)
    return Coverage(
        sections=len({(p.guide, p.section) for p in index.passages}),
        uncited=None if cited is None else uncited(guides.values(), cited),
        topics=topics_of(index, [(one.question, one.times) for one in vain]),
        in_vain=vain,
        old=old(guides.values(), years, today),
        disagreements=disagreements(index),
    )
