"""Who is described and not named: "people who check up on banks" are whom a guide of that subject is about."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from index.guide import Guide, PassageKind
from index.search import Index

from .conversation import StandAlone
from .draft import plain
from .evidence import Candidate, Gatherer
from .question import Question, read_question
from .subjects import Subjects

TOLD = -0.5
"""Logit from which a unit tells who is described."""
AHEAD = 1.0
"""Logits that the best guide is ahead of any other, at the least."""
CALLED = 3
"""Times that a guide calls its subject by its title, at the least, for the title to be a name."""

_PERSON = (
    r"(?:people|persons?|folks?|someone|somebody|anyone|anybody|guys?|m[ae]n|wom[ae]n|those|ones?|"
    r"workers?|professionals?|experts?|employees?|staff|teams?)"
)
_ENDS = (
    r"(?=\W*$|\s*[,;.!?]|\s+(?:earns?|mak(?:es?|ing)|gets?|(?:takes?|brings?) home|needs?|ha(?:s|ve) to|must|usually|typically|"
    r"overall|in total|altogether|today|now|on average|(?:per|an?|each|every) (?:hour|week|month|year)|annually|yearly|hourly)\b)"
)
_DESCRIBED = re.compile(
    rf"\b(?:the |an? |all (?:the )?|those )?{_PERSON} (?:(?:who|that) (?:\S+ )|(?:in charge of|responsible for) |\w+ing )(?:\S+ )*?\S+?{_ENDS}",
    re.IGNORECASE,
)


class Describing:
    """Finds the name of whom a question describes, in one index."""

    def __init__(self, index: Index, gatherer: Gatherer) -> None:
        self._index = index
        self._gatherer = gatherer
        self._subjects = Subjects(index)
        self._titled = {guide.title.casefold(): guide for guide in index.guides.values()}

    def named(self, asked: StandAlone) -> StandAlone:
        """A question with the name of whom it describes, where one guide is clearly about them; else as it is."""
        text = asked.text
        described = _DESCRIBED.search(text)
        guide = self._about(described[0]) if described and self._asks_more(text, described) else None
        if not described or guide is None:
            return asked
        named = f"{text[: described.end()]} ({plain(guide.title).lower()}){text[described.end() :]}"
        return replace(
            asked, text=named, read=named if asked.read == text else asked.read, focus=asked.focus or (guide.id,)
        )

    def _asks_more(self, text: str, described: re.Match[str]) -> bool:
        """Whether a question asks for more than who is described."""
        rest = Question(f"{text[: described.start()]} {text[described.end() :]}", read_question(text).kind, None)
        return bool(read_question(text).quantity or [w for w in rest.words if w.text.lower() not in ("called", "call")])

    def _about(self, described: str) -> Guide | None:
        """The guide that is about whom some words describe."""
        evidence = self._gatherer.gather(read_question(f"What do {described} do?"))
        best: dict[str, float] = {}
        for candidate in evidence.candidates:
            guide = self._owner(candidate)
            if guide is not None:
                best[guide.id] = max(best.get(guide.id, candidate.logit), candidate.logit)
        ranked = sorted(best, key=lambda each: -best[each])
        if not ranked or best[ranked[0]] < TOLD or (len(ranked) > 1 and best[ranked[0]] - best[ranked[1]] < AHEAD):
            return None
        guide = self._index.guides[ranked[0]]
        nearest = list(self._index.guides)[int(np.argmax(evidence.scores.guide))]
        sure = guide.id == nearest and not _names(described, guide)
        return guide if sure and self._subjects.among_others(guide) and _called(guide) else None

    def _owner(self, candidate: Candidate) -> Guide | None:
        """The guide whose subject a unit tells of: of a row, the one that its first cell names."""
        if candidate.passage.kind is not PassageKind.ROW:
            return candidate.guide
        first = candidate.passage.cells[0].of(candidate.guide.text)
        return self._titled.get(plain(first).casefold())


def _names(described: str, guide: Guide) -> bool:
    """Whether a description has the last word of a guide's title: who helps roofers is no roofer."""
    last = plain(guide.title).split()[-1].casefold().removesuffix("s")
    return last in {word.casefold().strip(",.;").removesuffix("s") for word in described.split()}


def _called(guide: Guide) -> bool:
    """Whether a guide's own text calls its subject by its title."""
    return guide.text.casefold().count(plain(guide.title).casefold()) >= CALLED
