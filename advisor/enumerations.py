"""Lists that a guide holds in any form: bullets, numbered steps, a run of headings, labelled paragraphs, table rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from index.guide import Guide, Passage, PassageKind, Section, Span

from .draft import Place, place, plain

_LABEL = re.compile(r"(?:\*\*)?(?P<label>[A-Z][^.:\n]{2,60}?)(?:\*\*)?[.:](?:\*\*)?\s+(?=\S)")

_NUMBERED = re.compile(r"\W*(?:\w+\s+)?\d+\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: what to show of it, and where that stands."""

    place: Place
    label: Span | None = None
    """The words that name it, where it is "Label: explanation"."""


@dataclass(frozen=True, slots=True)
class Enumeration:
    """A list of a guide: its entries in order, its introduction and its section."""

    guide: Guide
    section: tuple[str, ...]
    entries: tuple[Entry, ...]
    lead: Span | None
    ordered: bool
    passages: tuple[int, ...]
    """Positions in `guide.passages` of what it is made of (none for a run of headings)."""


def enumerations(guide: Guide) -> Iterator[Enumeration]:
    """Every list of a guide."""
    by_section = groupby(enumerate(guide.passages), key=lambda pair: pair[1].section)
    for section, pairs in by_section:
        yield from _of_section(guide, section, list(pairs))
    yield from _headings(guide)


def _of_section(guide: Guide, section: tuple[str, ...], pairs: list[tuple[int, Passage]]) -> Iterator[Enumeration]:
    for kind, run in groupby(pairs, key=lambda pair: (pair[1].kind, pair[1].header)):
        members = list(run)
        positions = tuple(position for position, _ in members)
        passages = [passage for _, passage in members]
        first = passages[0]
        match kind[0]:
            case PassageKind.LIST:
                yield from _bullets(guide, section, members)
            case PassageKind.STEP if len(passages) > 1:
                entries = tuple(_entry(guide, p, _unmarked(guide, p.span)) for p in passages)
                yield Enumeration(guide, section, entries, first.lead, True, positions)
            case PassageKind.ROW if len(passages) > 1:
                entries = tuple(Entry(place(p, p.span), p.cells[0] if p.cells else None) for p in passages)
                yield Enumeration(guide, section, entries, first.lead, False, positions)
            case PassageKind.PARAGRAPH:
                yield from _labelled(guide, section, members)


def _bullets(guide: Guide, section: tuple[str, ...], members: list[tuple[int, Passage]]) -> Iterator[Enumeration]:
    """Lists that were split for length go together again; a new introduction starts a new list."""
    current: list[tuple[int, Passage]] = []
    for position, passage in members:
        if current and passage.lead != current[-1][1].lead:
            yield _bulleted(guide, section, current)
            current = []
        current.append((position, passage))
    if current:
        yield _bulleted(guide, section, current)


def _bulleted(guide: Guide, section: tuple[str, ...], members: list[tuple[int, Passage]]) -> Enumeration:
    entries = tuple(_entry(guide, passage, item) for _, passage in members for item in passage.items)
    return Enumeration(guide, section, entries, members[0][1].lead, False, tuple(p for p, _ in members))


def _labelled(guide: Guide, section: tuple[str, ...], members: list[tuple[int, Passage]]) -> Iterator[Enumeration]:
    """Three or more paragraphs in a row that open with a short label ("Physical stamina. …")."""
    run: list[tuple[int, Passage, Span]] = []
    for position, passage in [*members, (-1, None)]:
        label = _label(guide.text, passage.span) if passage else None
        if passage and label and len(label.of(guide.text).split()) <= 6:
            run.append((position, passage, label))
            continue
        if len(run) > 2:
            entries = tuple(Entry(place(p, p.span), label) for _, p, label in run)
            yield Enumeration(guide, section, entries, None, False, tuple(position for position, _, _ in run))
        run = []


def _headings(guide: Guide) -> Iterator[Enumeration]:
    """Three or more sections side by side: their numbered headings are steps; else, under one heading, all are a list.

    Questions that a guide asks itself are no list, though they stand side by side.
    """
    children: dict[tuple[str, ...], list[Section]] = {}
    for section in guide.sections:
        if section.heading is not None and section.path:
            children.setdefault(section.path[:-1], []).append(section)
    for path, sections in children.items():
        numbered = [section for section in sections if _NUMBERED.match(section.path[-1])]
        ordered = len(numbered) > 2
        asking = [section for section in sections if section.path[-1].rstrip().endswith("?")]
        if ordered or (len(sections) > 2 and path and 2 * len(asking) < len(sections)):
            shown = numbered if ordered else sections
            entries = tuple(_heading_entry(guide, s.path, s.heading) for s in shown if s.heading)
            yield Enumeration(guide, path, entries, None, ordered, ())


def _heading_entry(guide: Guide, path: tuple[str, ...], heading: Span) -> Entry:
    return Entry(Place(guide.id, path, heading), heading)


def _entry(guide: Guide, passage: Passage, span: Span) -> Entry:
    return Entry(place(passage, span), _label(guide.text, span))


def _label(text: str, span: Span) -> Span | None:
    match = _LABEL.match(text, span.start, span.end)
    return Span(*match.span("label")) if match else None


def _unmarked(guide: Guide, span: Span) -> Span:
    match = re.compile(r"\s*(?:\d{1,3}[.)]|[-*•])\s+").match(guide.text, span.start, span.end)
    return Span(match.end(), span.end) if match else span


def list_text(enumeration: Enumeration) -> str:
    """A list as the reranker reads it: with all that a person sees above it."""
    guide = enumeration.guide
    above = " > ".join((guide.title, *enumeration.section))
    lead = f" {enumeration.lead.of(guide.text)}" if enumeration.lead else ""
    entries = "; ".join(plain((entry.label or entry.place.span).of(guide.text)) for entry in enumeration.entries)
    return f"{above}:{lead} {entries}"


def whole(entries: Sequence[Entry], guide: Guide, words: int) -> bool:
    """Whether all entries can be shown in full within so many words."""
    return sum(len(entry.place.span.of(guide.text).split()) for entry in entries) <= words
