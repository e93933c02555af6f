"""The figures that guides state, each with the words that tell what it is about.

What a figure is about is told by its own clause, by the head of its row and of its column or the key before it, and by
the heading over it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.figures import NUMBER_WORDS, Figure, Quantity, figures_in
from index.guide import Guide, Passage, Span
from index.search import Index
from index.words import FUNCTION_WORDS, stems_in, words_in

from ..question import names_quantity

KEY = 2
"""Stems of a clause that is a key and no sentence."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_CLAUSE = re.compile(r"[,;:](?=\s)|\s(?:and|but|while|which|who|where|with)\s")
_NAME = re.compile(r"(?<=[\w,’')] )(?:[A-Z][\w&]*[A-Za-z](?:-[A-Z\d]+)*)|\b[A-Z][A-Z\d&]+(?:-[A-Z\d]+)*\b")
_WORD = re.compile(r"[\w’']+|[^\s\w-]")
_KEY = re.compile(r"\s*(?:[-*•·‣▪]\s+)?[^:\n|]{3,80}:(?=\s)")
_NOUN = re.compile(r"\s?(?:[a-z][\w’'-]*\s?){1,3}")


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure, and the words that tell what it is about."""

    unit: int
    guide: str
    figure: Figure
    counted: str
    """The stem of what is counted ("questions"), for a bare number."""
    about: frozenset[str]
    """Stems of its clause, or of the heads of its row and column."""
    around: frozenset[str]
    """Stems of the heading over it, and of the rest of its row."""
    words: frozenset[str]
    """All stems of its sentence or row and of what stands over it."""
    title: frozenset[str]
    """Those of its clause that name the subject of its guide, as the title has it."""
    head: frozenset[str]
    """Stems of the head of its row, which the other has to be about as well."""
    heading: frozenset[str]
    names: frozenset[str]
    years: frozenset[str]
    modified: frozenset[tuple[str, str]]
    """Words of its clause (stems) with the word or number right before each: ("attempt", "2"), ("bookbind", "senior")."""
    title_words: frozenset[str]
    """Stems of the title of its guide."""
    part: str
    """The row or, outside of tables, the heading that it stands under."""
    under: tuple[str, ...]
    """What holds that row or heading: the table's headings and columns, or the headings above."""

    @property
    def subject(self) -> frozenset[str]:
        """What it says it is about; where that is only a key ("Experience: 5 years"), the heading over it as well."""
        return self.about | self.heading if len(self.about) <= KEY else self.about

    @property
    def named(self) -> frozenset[str]:
        """Stems of the part that it is a figure of."""
        return _stems(self.part)

    @property
    def key(self) -> frozenset[str]:
        """What is told of that part."""
        return self.about - self.named


def stated_figures(index: Index) -> Iterator[StatedFigure]:
    """Every figure that can be held against another: no year, and no bare number of which nobody knows what it counts."""
    for number, unit in enumerate(index.units):
        passage = index.passages[unit.passage]
        guide = index.guides[passage.guide]
        parts = _cells(guide, passage) if passage.cells else _clauses(guide, unit.span)
        for figure, counted, about, whole in parts:
            rest = _without_figures(guide.text, unit.span) if passage.cells else ""
            above = " ".join((guide.title, *passage.section, passage.lead.of(guide.text) if passage.lead else ""))
            heading = " ".join(passage.section[-1:])
            years = frozenset(_YEAR.findall(whole)) or frozenset(_YEAR.findall(heading))
            yield StatedFigure(
                number,
                passage.guide,
                figure,
                counted,
                _stems(about),
                _stems(f"{rest} {heading}"),
                _stems(f"{whole} {above}"),
                _stems(guide.title) & _stems(about),
                _stems(passage.cells[0].of(guide.text)) if passage.cells else frozenset[str](),
                _stems(heading),
                names_in(f"{whole} {heading}"),
                years,
                _modified(about),
                _stems(guide.title),
                passage.cells[0].of(guide.text) if passage.cells else heading,
                (*passage.section, *(one.of(guide.text) for one in passage.header))
                if passage.cells
                else passage.section[:-1],
            )


def _clauses(guide: Guide, span: Span) -> Iterator[tuple[Figure, str, str, str]]:
    """The figures of a sentence that are the only ones of their kind in their clause: with what they are about, and it."""
    text, whole = guide.text, span.of(guide.text)
    figures = figures_in(text, span.start, span.end)
    label = _KEY.match(text, span.start, span.end)
    for start, end in pairwise(_edges(text, span, figures)):
        inside = [(f, _counted(text, f, end)) for f in figures if start <= f.span.start < end]
        kinds = Counter((figure.quantity, counted) for figure, counted in inside)
        for figure, counted in inside:
            before, after = text[start : figure.span.start], text[figure.span.end : end]
            if not _compared(figure, counted) or kinds[figure.quantity, counted] > 1:
                continue
            if label and start >= label.end():
                before = f"{label[0]} {before}"
            elif _leans(before):
                if not _leans(after):  # "…, and $399 for others": which words before it go with it, nobody can tell
                    continue
                before = _without_figures(text, Span(span.start, figure.span.start))
            yield figure, counted, f"{before} | {after}", whole


def _edges(text: str, span: Span, figures: Sequence[Figure]) -> list[int]:
    """Where the clauses of a sentence begin and end: each holds a figure, and none is cut through."""
    edges = [span.start]
    label = _KEY.match(text, span.start, span.end)
    cuts = ([label.end()] if label else []) + [span.start + match.end() for match in _CLAUSE.finditer(span.of(text))]
    for cut in sorted(set(cuts)):
        whole = not any(f.span.start < cut <= f.span.end for f in figures)
        told = any(edges[-1] <= f.span.start < cut and f.quantity is not Quantity.YEAR for f in figures)
        if whole and (told or (label and cut == label.end())):
            edges.append(cut)
    return [*edges, span.end]


def _cells(guide: Guide, row: Passage) -> Iterator[tuple[Figure, str, str, str]]:
    """The figures that are alone in their cells: with the heads of row and column, and the row."""
    head = row.cells[0].of(guide.text)
    for column, cell in enumerate(row.cells[1:], 1):
        figures = [f for f in figures_in(guide.text, *cell) if f.quantity is not Quantity.YEAR]
        header = row.header[column].of(guide.text) if column < len(row.header) else ""
        if len(figures) == 1:
            counted = " ".join(sorted(_stems(header))) if figures[0].quantity is Quantity.COUNT else ""
            if _compared(figures[0], counted):
                headers = " ".join(one.of(guide.text) for one in row.header)
                yield figures[0], counted, f"{head} | {header}", f"{row.span.of(guide.text)} {headers}"


def _leans(words: str) -> bool:
    """Whether words name no subject, but at most a quantity ("and costs …")."""
    return not any(not names_quantity(word.text) for word in words_in(words))


def _without_figures(text: str, span: Span) -> str:
    figures = figures_in(text, span.start, span.end)
    edges = [span.start, *(edge for figure in figures for edge in figure.span), span.end]
    return " ".join(text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))


def _compared(figure: Figure, counted: str) -> bool:
    return figure.quantity is not Quantity.YEAR and (figure.quantity is not Quantity.COUNT or bool(counted))


def _counted(text: str, figure: Figure, end: int) -> str:
    """The stem of what a bare number counts: the last of the words right after it, before any that only joins."""
    if figure.quantity is not Quantity.COUNT:
        return ""
    after = _NOUN.match(text, figure.span.end, end)
    noun = ""
    for word in words_in(after[0]) if after else ():
        if word.text.lower() in FUNCTION_WORDS:
            break
        noun = word.stem
    return noun


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem for stem in stems_in(text) if not any(map(str.isdigit, stem)))


def names_in(text: str) -> frozenset[str]:
    """Stems of the words that are written as names are."""
    return frozenset(stem for match in _NAME.finditer(text) for stem in stems_in(match[0]))


def _modified(text: str) -> frozenset[tuple[str, str]]:
    """Each word with the word or number right before it, where that is more than a function word."""
    found: set[tuple[str, str]] = set()
    for before, word in pairwise(_WORD.findall(text)):
        modifier = str(NUMBER_WORDS[before.lower()]) if before.lower() in NUMBER_WORDS else before.lower()
        if modifier.isdigit() or (modifier[0].isalpha() and modifier not in FUNCTION_WORDS):
            found |= {(noun, _stem(modifier)) for noun in stems_in(word) if not any(map(str.isdigit, noun))}
    return frozenset(found)


def _stem(word: str) -> str:
    return next(iter(stems_in(word)), word)
