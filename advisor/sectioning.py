"""The section that tells how something is done: read whole where it is short, else its best sentences in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.guide import Guide, PassageKind
from index.reranker import Reranker
from index.search import Index
from index.texts import read_text

from .answer import Layout
from .draft import Piece, plain, sentence_piece
from .evidence import Candidate, Evidence

NEAR = 8
"""The best units, whose sections are read."""
SECTIONS = 4
"""Of which so many are read."""
LEAST = 0.0
"""Logit from which a section tells how."""
BEHIND = 2.5
"""Logits behind the best unit from which it no longer does."""
AHEAD = 2.0
"""Logits that it must be ahead of a list or an outline to be told instead."""
WORDS = 110
"""Of what is told of it."""
UNITS = 3
"""Units that a section has at the least."""
MOST = 24
"""Units of a section that are read."""

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a guide, and how well it answers."""

    guide: Guide
    path: Path
    units: tuple[int, ...]
    """Positions of its sentences and list entries."""
    logit: float


class Sections:
    """The sections of one index, as a reader reads them."""

    def __init__(self, index: Index, reranker: Reranker) -> None:
        self.index = index
        self._reranker = reranker

    def best(self, evidence: Evidence) -> Section | None:
        """The section that answers best as a whole; None where none does about as well as the best unit."""
        near = {(c.guide.id, c.passage.section): c for c in reversed(evidence.candidates[:NEAR]) if c.passage.section}
        held = [(c.guide, c.passage.section, self._units(c)) for c in reversed(near.values())][:SECTIONS]
        told = [(guide, path, units) for guide, path, units in held if len(units) >= UNITS]
        if not told:
            return None
        texts = [self._text(guide, path, units) for guide, path, units in told]
        logits = self._reranker.scores(evidence.query, texts)
        best = int(np.argmax(logits))
        if logits[best] < max(LEAST, evidence.candidates[0].logit - BEHIND):
            return None
        return Section(*told[best], float(logits[best]))

    def around(self, candidate: Candidate) -> Section | None:
        """The section that a unit stands in; None where it is too short, or holds rows or questions."""
        units = self._units(candidate)
        known = Section(candidate.guide, candidate.passage.section, units, candidate.logit)
        return known if len(units) >= UNITS else None

    def text_logit(self, evidence: Evidence, text: str) -> float:
        """How well another text answers as a whole."""
        return float(self._reranker.scores(evidence.query, [text])[0])

    def pieces(self, section: Section, evidence: Evidence, words: int = WORDS) -> tuple[Piece, ...]:
        """The sentences of a section, within so many words the best of them, in the order of the guide."""
        chosen = sorted(self._chosen(section, evidence, words))
        return tuple(self._told(chosen))

    def _told(self, positions: Sequence[int]) -> Iterator[Piece]:
        for i, position in enumerate(positions):
            unit = self.index.units[position]
            listed = self.index.passages[unit.passage].kind in (PassageKind.LIST, PassageKind.STEP)
            goes_on = i > 0 and not listed and self.index.units[positions[i - 1]].passage == unit.passage
            layout = Layout.ITEM if listed else Layout.TEXT if goes_on else Layout.PARAGRAPH
            yield sentence_piece(self.index, position, layout)

    def _chosen(self, section: Section, evidence: Evidence, most: int) -> list[int]:
        lengths = {p: len(self._own(section.guide, p).split()) for p in section.units}
        if sum(lengths.values()) <= most:
            return list(section.units)
        logits = self._reranker.scores(evidence.query, [self._unit_text(p) for p in section.units])
        chosen: list[int] = []
        words = 0
        for i in np.argsort(-logits, kind="stable"):
            position = section.units[int(i)]
            if words + lengths[position] <= most:
                chosen.append(position)
                words += lengths[position]
        return chosen

    def _units(self, candidate: Candidate) -> tuple[int, ...]:
        """The units of a candidate's section but for addresses of its sources, none where it holds rows or questions of its own."""
        passages, own = self.index.passages, candidate.passage

        def inside(number: int) -> bool:
            held = 0 <= number < len(passages)
            return held and (passages[number].guide, passages[number].section) == (own.guide, own.section)

        first = last = candidate.unit.passage
        while inside(first - 1):
            first -= 1
        while inside(last + 1):
            last += 1
        if any(passages[n].kind in (PassageKind.ROW, PassageKind.FAQ) for n in range(first, last + 1)):
            return ()
        held = range(int(self.index.unit_starts[first]), int(self.index.unit_starts[last + 1]))
        return tuple(position for position in held if "://" not in self._own(candidate.guide, position))[:MOST]

    def _text(self, guide: Guide, path: Path, units: Sequence[int]) -> str:
        return f"{' > '.join((guide.title, *path))}: {' '.join(plain(self._own(guide, p)) for p in units)}"

    def _own(self, guide: Guide, position: int) -> str:
        return self.index.units[position].span.of(guide.text)

    def _unit_text(self, position: int) -> str:
        unit = self.index.units[position]
        passage = self.index.passages[unit.passage]
        return read_text(self.index.guides[passage.guide], passage, unit.span)
