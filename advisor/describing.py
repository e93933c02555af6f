"""Who is described and not named: "people who check up on banks" are whom a guide of that subject is about."""

from __future__ import annotations

import re
from dataclasses import replace

from index.guide import Guide, Passage, PassageKind
from index.search import Index
from index.words import stems_in

from .conversation import StandAlone
from .conversation.pointing import place_in
from .draft import plain
from .evidence import Candidate, Evidence, Gatherer
from .question import Question, read_question
from .subjects import Subjects
from .tables import table_of

TOLD = -1.5
"""Logit from which a unit tells who is described."""
AHEAD = 2.0
"""Points that the best guide is ahead of any other, at the least: its best logit and its log probability together."""
CALLED = 3
"""Times that a guide calls its subject by its title, at the least, for the title to be a name."""

_PERSON = (
    r"(?:people|persons?|folks?|someone|somebody|anyone|anybody|guys?|m[ae]n|wom[ae]n|those|ones?|"
    r"workers?|professionals?|experts?|employees?|staff|teams?)"
)
_CLAUSE = rf"(?:{_PERSON} (?:(?:who|that) (?:\S+ )|(?:in charge of|responsible for) |\w+ing )|[\w-]+[^\W\ds]s who \S+ |whoever \S+ )"
_ENDS = (
    r"(?=\W*$|\s*[,;.!?]|\s+(?:earns?|mak(?:es?|ing)|gets?|(?:takes?|brings?) home|needs?|ha(?:s|ve) to|must|usually|typically|"
    r"overall|in total|altogether|today|now|on average|(?:per|an?|each|every) (?:hour|week|month|year)|annually|yearly|hourly)\b)"
)
_DESCRIBED = re.compile(
    rf"\b(?:the |an? |all (?:the )?|those )?{_CLAUSE}(?:\S+ )*?\S+?{_ENDS}",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:does|is|was|has)(?=\W*$)", re.IGNORECASE)
_MANY = {"does": "do", "is": "are", "was": "were", "has": "have"}
"""What stands before one person, and before all of a name."""


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
        name = plain(guide.title).lower()
        shown = f"{text[: described.end()]} ({name}){text[described.end() :]}"
        narrowed = bool(place_in(described[0])) or any(c.isdigit() for c in described[0])
        before = _ONE.sub(lambda match: _MANY[match[0].lower()], text[: described.start()])
        return replace(
            asked,
            text=shown,
            read=shown if asked.read == text else asked.read,
            focus=asked.focus or (guide.id,),
            named="" if narrowed else f"{before}{name}{text[described.end() :]}",
        )

    def of_another(self, evidence: Evidence, asked: StandAlone) -> bool:
        """Whether the best unit tells of the subject of another guide than a question is about, or stands in a table of such.

        Likewise where it is a row for a part of the subject of which the description has no word.
        """
        best = evidence.best
        if best is None:
            return False
        described = set(stems_in(re.sub(r"\([^()]*\)", " ", asked.text)))
        if best.passage.cells and not described.intersection(stems_in(best.passage.cells[0].of(best.guide.text))):
            return True
        table = table_of(best.passage, best.guide)
        owners = [self._owned(row, best.guide) for row in table.rows] if table else [best.guide]
        return any(owner is not None and owner.id not in asked.focus for owner in owners)

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
        likely = dict(zip(self._index.guides, evidence.scores.guide, strict=True))
        points = {each: logit + float(likely[each]) for each, logit in best.items()}
        ranked = sorted(points, key=lambda each: -points[each])
        if not ranked or best[ranked[0]] < TOLD or (len(ranked) > 1 and points[ranked[0]] - points[ranked[1]] < AHEAD):
            return None
        guide = self._index.guides[ranked[0]]
        known = self._subjects.among_others(guide) and _called(guide)
        return guide if known and not _names(described, guide) else None

    def _owner(self, candidate: Candidate) -> Guide | None:
        """The guide whose subject a unit tells of: of a row, the one that its first cell names."""
        return self._owned(candidate.passage, candidate.guide)

    def _owned(self, passage: Passage, guide: Guide) -> Guide | None:
        if passage.kind is not PassageKind.ROW:
            return guide
        return self._titled.get(plain(passage.cells[0].of(guide.text)).casefold())


def _names(described: str, guide: Guide) -> bool:
    """Whether a description has the last word of a guide's title: who helps roofers is no roofer."""
    last = plain(guide.title).split()[-1].casefold().removesuffix("s")
    return last in {word.casefold().strip(",.;").removesuffix("s") for word in described.split()}


def _called(guide: Guide) -> bool:
    """Whether a guide's own text calls its subject by its title."""
    return guide.text.casefold().count(plain(guide.title).casefold()) >= CALLED
