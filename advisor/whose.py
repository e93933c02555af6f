"""Of whom a question asks, where the evidence speaks of somebody else: another occupation with nearly the same name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import chain

from index.guide import PassageKind
from index.search import Floats, Index
from index.texts import above_text
from index.words import AGENT, stems_in

from .across import asks_of_all
from .evidence import Evidence
from .naming import MOST, share_named
from .subjects import Subjects

WHOLLY = 0.9
"""How far a word of a name is covered that is there."""
MISSING = 0.35
"""How far a word must be covered so that it is not missing."""
LIKE = 0.55
"""Cosine of a name and a title from which the guide may be about them by another name."""

_NOUN = r"(?!(?:who|that|which|in|with|at|as|per|by|on|for|of)\b)[\w'’-]+"
_NOUNS = rf"(?:{_NOUN}\s+){{1,5}}?{_NOUN}"
_EARNER = re.compile(
    rf"\b(?:does|do|did|can|could|will|would|might|should)\s+(?:an?\s+|the\s+)?(?P<who>{_NOUNS})\s+(?:\w+ly\s+)?"
    r"(?:earn|make|get paid|get|take home)\b"
    rf"|\b(?:pay|salary|salaries|wages?|earnings|income)\s+(?:of|for)\s+(?:an?\s+|the\s+)?(?P<whose>{_NOUNS})"
    r"(?=\W*$|\s*[?.,;]|\s+(?:in|with|at|who|working|as|per|by|on)\b)",
    re.IGNORECASE,
)
"""Whose pay is asked for, by a name of several words."""
_NAMED = rf"(?:an?\s+|the\s+|most\s+|all\s+|many\s+)?(?P<{{}}>{_NOUN}(?:\s+{_NOUN}){{{{0,3}}}}?)"
_ASKED_OF = re.compile(
    rf"\b(?:do|does|did|can|could|should|must|will|would|might)\s+{_NAMED.format('who')}\s+(?:\w+ly\s+|ever\s+|also\s+|often\s+)?"
    r"(?:earn|make|get|need|have|require|work|use|take|pay|learn|study|spend|wear|become|start|travel|know|do)\b"
    rf"|\b(?:outlook|growth|demand|prospects?|openings|employment|training|education|requirements?|jobs)\s+(?:of|for)\s+{_NAMED.format('whose')}"
    r"(?=\W*$|\s*[?.,;]|\s+(?:in|with|at|who|working|as|per|by|on|from|over|to)\b)"
    rf"|\bbecom(?:e|ing)\s+{_NAMED.format('what')}(?=\W*$|\s*[?.,;]|\s+(?:in|with|at|without|from|and|or|if|after|when)\b)",
    re.IGNORECASE,
)
"""Of whom something is asked."""
_SUBJECT = re.compile(
    r"\b(?:do|does|did|can|could|should|must|will|would|might)\s+(?:an?\s+|the\s+|most\s+|all\s+)?(?P<who>[\w'’-]+)\s+"
    r"(?!(?:who|that|which|in|with|at|of|for|and|or)\b)[a-z]"
    r"|\bbecom(?:e|ing)\s+(?:an?\s+)?(?P<what>[\w'’-]+)(?=\W*$|\W|\s+(?:in|with|at|without|from|if|after|when)\b)",
    re.IGNORECASE,
)
"""Of whom something is asked, by a name of one word."""


_WISH = re.compile(
    rf"\b(?:want|wants|wanted|like|love|hope|hoping|plan|planning|going) to (?:be|become|work as)\s+{_NAMED.format('what')}"
    r"(?=\W*$|\s*[?.,;]|\s+(?:in|with|at|without|from|and|or|but|if|after|when|as|because)\b)",
    re.IGNORECASE,
)
"""What somebody wants to be, whom what they ask is asked of where it names nobody."""


class Whose:
    """Knows the subjects of one index's guides by their titles."""

    def __init__(self, index: Index) -> None:
        self._guides = index.guides
        self._encoder = index.encoder
        self._subjects = Subjects(index)
        self._titles = {name: frozenset(stems_in(guide.title)) for name, guide in index.guides.items()}

    def of_another_subject(self, evidence: Evidence) -> bool:
        """Whether the question names the subjects of guides, and the best unit is about another and speaks of none of them."""
        best = evidence.candidates[0]
        asked = {word.stem for word in evidence.question.words}
        named = [name for name, title in self._titles.items() if title and title <= asked]
        if not named or not self._subjects.among_others(best.guide):
            return False
        told = set(stems_in(f"{best.text} {above_text(best.guide, best.passage)}"))
        return not any(
            self._titles[name] <= told or self._subjects.one(self._guides[name], best.guide) for name in named
        )

    def of_all(self, evidence: Evidence) -> bool:
        """Whether it is asked which of all careers has the most or the least: a guide to one of many does not know."""
        question, best = evidence.question, evidence.candidates[0]
        if not asks_of_all(question) or not self._subjects.among_others(best.guide):
            return False
        return not any(share_named(question, guide) > MOST for guide in self._guides.values())

    def of_a_stranger(self, evidence: Evidence, covered: Floats) -> bool:
        """Whether something is asked of somebody of whose name the best unit has no word, where guides have many subjects.

        `covered` tells how far the evidence covers each term of the question.
        """
        if not self._subjects.among_others(evidence.candidates[0].guide):
            return False
        text = evidence.question.text
        subject = _SUBJECT.search(text)
        spans = [span for match in _ASKED_OF.finditer(text) if stems_in(text[slice(*(span := _named(match)))])]
        spans = spans or [_named(match) for match in _WISH.finditer(text)]
        if subject and not spans and set(stems_in(text[slice(*_named(subject))])) <= self._in_rows:
            spans.append(_named(subject))
        if not spans:
            return False
        start, end = spans[0]
        words = zip(evidence.terms.words, covered, strict=True)
        named = [float(cover) for word, cover in words if start <= word.start < end]
        name, title = text[start:end], evidence.candidates[0].guide.title
        if not named or not AGENT.search(name):
            return False
        if set(stems_in(name)) <= self._careers and self._lacks(name, evidence):
            return True
        if max(named) >= MISSING:
            return False
        one, other = self._encoder.encode([name, title])
        return float(one @ other) < LIKE

    def _lacks(self, name: str, evidence: Evidence) -> bool:
        """Whether the best unit, in its place, has no word of a name, and neither has the title of its guide."""
        best = evidence.candidates[0]
        return not set(stems_in(name)) & set(
            stems_in(f"{best.guide.title} {best.text} {above_text(best.guide, best.passage)}")
        )

    @cached_property
    def _tables(self) -> tuple[tuple[str, ...], ...]:
        """The first cells of the tables of each section."""
        found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for guide in self._guides.values():
            for row in guide.passages:
                if row.kind is PassageKind.ROW and row.cells:
                    found.setdefault((guide.id, row.section), []).append(row.cells[0].of(guide.text).strip())
        return tuple(map(tuple, found.values()))

    @cached_property
    def _careers(self) -> frozenset[str]:
        """Whom a first cell names by one word and no more ("Dentists"), in a table where another names the subject of a guide."""
        titles = {guide.title.casefold() for guide in self._guides.values()}
        of_careers = (cells for cells in self._tables if any(cell.casefold() in titles for cell in cells))
        return _people(chain.from_iterable(of_careers)) - {stem for title in self._titles.values() for stem in title}

    @cached_property
    def _in_rows(self) -> frozenset[str]:
        """Whom first cells name by one word, alone or beside others ("Plumbers, Pipefitters, and Steamfitters")."""
        parts = (re.split(r",|\band\b|\bor\b", cell) for cell in set(chain.from_iterable(self._tables)))
        return _people(part.strip() for part in chain.from_iterable(parts))


def _people(names: Iterable[str]) -> frozenset[str]:
    """The stems of those names that are one word for people who do something, in the plural."""
    found = (stems_in(name) for name in names if name.isalpha() and name.endswith(("s", "men")) and AGENT.search(name))
    return frozenset(stems[0] for stems in found if len(stems) == 1)


def _named(match: re.Match[str]) -> tuple[int, int]:
    """Where the name stands that a pattern found."""
    return next(match.span(name) for name, said in match.groupdict().items() if said)


def of_another_name(evidence: Evidence, covered: Floats) -> bool:
    """Whether the pay of somebody is asked for whose name is that of the guide's subject, or of the row, and one word more.

    `covered` tells how far the evidence covers each term of the question.
    """
    best = evidence.candidates[0]
    row = best.passage.kind is PassageKind.ROW and best.passage.cells
    subject = set(stems_in(best.passage.cells[0].of(best.guide.text) if row else best.guide.title))
    named = {stem for stem, _ in _earner(evidence, covered)[:-1]}
    return bool(subject) and subject <= named and lacks_its_end(evidence, covered)


def lacks_its_end(evidence: Evidence, covered: Floats) -> bool:
    """Whether the pay of somebody is asked for whose name ends in a word that the evidence lacks, and has it but for that."""
    *before, last = _earner(evidence, covered) or [("", 1.0)]
    return bool(before) and last[1] < MISSING and min(cover for _, cover in before) >= WHOLLY


def _earner(evidence: Evidence, covered: Floats) -> list[tuple[str, float]]:
    """The words of the name whose pay is asked for, each by its stem and how far the evidence covers it."""
    match = _EARNER.search(evidence.question.text)
    if not match:
        return []
    start, end = match.span("who" if match["who"] else "whose")
    words = sorted(zip(evidence.terms.words, covered, strict=True), key=lambda told: told[0].start)
    return [(word.stem, float(cover)) for word, cover in words if start <= word.start < end]
