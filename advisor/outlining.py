"""The way to somewhere, told by a section that is divided: what it says first, and the first sentences of each part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.guide import PassageKind
from index.search import Index

from .answer import Layout
from .draft import Piece, Place, plain, sentence_piece
from .evidence import Candidate, Evidence
from .listing import Lists, silent

NEAREST = 5
"""Of the best units: two of one section are worth its outline."""
LEAST_PARTS = 2
"""Of a section that is outlined, its own beginning among them."""
OPENING = 3
"""Sentences of that beginning."""
SENTENCES = 2
"""Of each other part."""
WORDS = 150

Path = tuple[str, ...]


class Outlines:
    """The divided sections of one index."""

    def __init__(self, index: Index, lists: Lists) -> None:
        self.index = index
        self._lists = lists

    def wanted(self, evidence: Evidence) -> tuple[Piece, ...]:
        """The outline of the section that the best unit stands in or under, where another of the best stands there too."""
        best = evidence.candidates[0]
        path = self._divided(best)
        inside = [
            c for c in evidence.candidates[:NEAREST] if c.guide is best.guide and _within(c.passage.section, path)
        ]
        if not path or len(inside) < 2:
            return ()
        told = self._told(best, path)
        text = " ".join(piece.text for piece in told)
        return () if len(told) < LEAST_PARTS or silent(text, best, evidence, self.index) else told

    def _told(self, best: Candidate, path: Path) -> tuple[Piece, ...]:
        """The beginning of a section, and of each part the first sentence; then second ones, as many as there is room for.

        What stands in one part already is not said again by another.
        """
        parts = self._parts(best, path)
        chosen: dict[Path, list[int]] = {part: [] for part in parts}
        said: set[str] = set()
        for most in range(1, SENTENCES + 1):
            for part, passage in parts.items():
                for position in self._units(passage):
                    text = self._text(best, position)
                    if text in said:
                        continue
                    full = sum(len(one.split()) for one in (*said, text)) > WORDS
                    if full or len(chosen[part]) == (OPENING if part == path else most):
                        break
                    said.add(text)
                    chosen[part].append(position)
        told = (self._pieces(best, part, positions, opens=part == path) for part, positions in chosen.items())
        return tuple(piece for pieces in told for piece in pieces)

    def _pieces(self, best: Candidate, part: Path, positions: Sequence[int], *, opens: bool) -> Iterator[Piece]:
        """The sentences of one part; its heading before them, but for the section's own beginning."""
        for i, position in enumerate(positions):
            if opens or i:
                yield sentence_piece(self.index, position, Layout.TEXT if i else Layout.PARAGRAPH)
            else:
                yield self._headed(best, position, part)

    def _divided(self, candidate: Candidate) -> Path:
        """The section of a unit that has sections under it: its own, or the one above; none where neither has."""
        own = candidate.passage.section
        return next((p for p in (own, own[:-1]) if p and len(self._parts(candidate, p)) >= LEAST_PARTS), ())

    def _parts(self, candidate: Candidate, path: Path) -> dict[Path, int]:
        """For a section and each one right under it that is no list, the number of the passage that speaks first.

        Over the others, a sentence that is a paragraph of its own (the words under a picture) stands back behind a longer
        paragraph.
        """
        passages = candidate.guide.passages
        start = candidate.unit.passage - passages.index(candidate.passage)
        held: dict[Path, list[int]] = {}
        for number, passage in enumerate(passages):
            if _within(passage.section, path):
                held.setdefault(passage.section[: len(path) + 1], []).append(number)
        listed = {number for one in self._lists.of(candidate.guide) for number in one.passages}
        firsts: dict[Path, int] = {}
        for part, numbers in held.items():
            told = [start + n for n in numbers if passages[n].kind is PassageKind.PARAGRAPH and n not in listed]
            if told and 2 * len(listed & set(numbers)) <= len(numbers):
                longer = (n for n in told if part == path and len(self._units(n)) > 1)
                firsts[part] = next(longer, told[0])
        return firsts

    def _headed(self, best: Candidate, position: int, part: Path) -> Piece:
        piece = sentence_piece(self.index, position, Layout.ITEM, plain(part[-1]))
        heading = next((s.heading for s in best.guide.sections if s.path == part), None)
        if heading and any(c.isdigit() for c in part[-1]):
            return replace(piece, places=(*piece.places, Place(best.guide.id, part, heading)))
        return piece

    def _text(self, best: Candidate, position: int) -> str:
        return self.index.units[position].span.of(best.guide.text)

    def _units(self, passage: int) -> range:
        """The positions of a passage's units."""
        return range(int(self.index.unit_starts[passage]), int(self.index.unit_starts[passage + 1]))


def _within(section: Path, path: Path) -> bool:
    return section[: len(path)] == path
