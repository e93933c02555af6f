"""An answer before it is proved and numbered: pieces of text, each with the places in the guides that carry it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.guide import Guide, Passage, Span
from index.search import Index

from .answer import Citation, Layout, Sentence


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a guide, and the section it stands in."""

    guide: str
    section: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence to be: its text, and the places that carry it (none: the advisor's own words)."""

    text: str
    places: tuple[Place, ...] = ()
    layout: Layout = Layout.PARAGRAPH


def place(passage: Passage, span: Span) -> Place:
    """A span inside a passage, as a place."""
    return Place(passage.guide, passage.section, span)


def sentence_piece(index: Index, position: int, layout: Layout = Layout.PARAGRAPH, heading: str = "") -> Piece:
    """A unit as it stands, by its position in the index, behind what names it."""
    unit = index.units[position]
    passage = index.passages[unit.passage]
    text = plain(unit.span.of(index.guides[passage.guide].text))
    return Piece(f"{heading} — {text}" if heading else text, (place(passage, unit.span),), layout)


def title_piece(guide: Guide) -> Piece:
    """A guide by its title, over what it says; its date and its place stand with the citations."""
    country = f" ({guide.country})" if guide.country else ""
    return Piece(f"“{plain(guide.title)}”{country}:")


_UNSEEN = re.compile("[\u00ad\u200b\u202a-\u202e\u2060-\u206f\ufeff]")
"""Letters without a shape, which part a word or turn a text around; those that join the letters of some scripts are none."""
_MARKUP: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"!\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\[([^\]]+)\]\([^)]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?!\w)"), r"\1"),
    (re.compile(r"`([^`]+)`"), r"\1"),
    (re.compile(r"^\s*(?:[-*•▪◦]|\d{1,3}[.)])\s+"), ""),
    (re.compile(r"\s+"), " "),
)


def seen(text: str) -> str:
    """A text without letters that nobody sees."""
    return _UNSEEN.sub("", text)


def plain(text: str) -> str:
    """A quote as it is read: inline Markdown, bullets and unseen letters fall away, white space becomes single blanks."""
    text = seen(text)
    for pattern, replacement in _MARKUP:
        text = pattern.sub(replacement, text)
    return text.strip()


def number(pieces: Sequence[Piece], guides: Mapping[str, Guide]) -> tuple[tuple[Sentence, ...], tuple[Citation, ...]]:
    """Pieces as sentences with numbered citations: one number for each place, in the order of first use."""
    numbers: dict[tuple[str, Span], int] = {}
    citations: list[Citation] = []
    sentences: list[Sentence] = []
    for piece in pieces:
        used: list[int] = []
        for where in piece.places:
            key = (where.guide, where.span)
            if key not in numbers:
                numbers[key] = len(numbers) + 1
                citations.append(_citation(numbers[key], where, guides[where.guide]))
            if numbers[key] not in used:
                used.append(numbers[key])
        sentences.append(Sentence(piece.text, tuple(used), piece.layout))
    return tuple(sentences), tuple(citations)


def renumbered(
    sentences: Sequence[Sentence], citations: Sequence[Citation]
) -> tuple[tuple[Sentence, ...], tuple[Citation, ...]]:
    """Sentences and the citations that they use, counted from one in the order of first use."""
    used = list(dict.fromkeys(n for sentence in sentences for n in sentence.citations))
    new = {old: i for i, old in enumerate(used, 1)}
    known = {citation.number: citation for citation in citations}
    counted = tuple(replace(s, citations=tuple(new[n] for n in s.citations)) for s in sentences)
    return counted, tuple(replace(known[old], number=new[old]) for old in used)


def _citation(number: int, where: Place, guide: Guide) -> Citation:
    return Citation(
        number=number,
        guide=guide.id,
        title=guide.title,
        section=where.section,
        path=guide.path,
        start=where.span.start,
        end=where.span.end,
        quote=where.span.of(guide.text),
        url=guide.url,
        dated=guide.dated,
        country=guide.country,
    )
