"""Next questions that the guides can answer: their own FAQ questions first, then their sections."""

from __future__ import annotations

from index.guide import Guide, Section
from index.search import Index

from .evidence import Evidence


class Suggester:
    """Suggests questions from one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._of_guide = {guide.id: _questions(guide) for guide in index.guides.values()}

    def openers(self) -> tuple[str, ...]:
        """Up to six questions to start from, in turn from each guide."""
        columns = [questions for questions in self._of_guide.values() if questions]
        rows = [questions[i] for i in range(6) for questions in columns if i < len(questions)]
        return tuple(dict.fromkeys(rows))[:6]

    def after(self, evidence: Evidence) -> tuple[str, ...]:
        """Up to three questions near what was just answered."""
        best = evidence.best
        if best is None:
            return self.openers()[:3]
        asked = evidence.question.text.casefold().strip(" ?")
        near = [q for q in self._of_guide[best.guide.id] if q.casefold().strip(" ?") != asked]
        return tuple(near[:3])


def _questions(guide: Guide) -> tuple[str, ...]:
    questions = [_heading(s) for s in guide.sections if s.heading and s.path[-1].rstrip().endswith("?")]
    return tuple(dict.fromkeys(questions))


def _heading(section: Section) -> str:
    return section.path[-1].strip()
