"""Sections from headings: the tree of a guide, flattened in the order of its text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from .formats.blocks import Block, Heading, Page, Paragraph
from .guide import Section


class Part(NamedTuple):
    """What stands between two headings, and the path of the heading above it."""

    path: tuple[str, ...]
    heading: Heading | None
    blocks: tuple[Block, ...]


def parts_of(page: Page) -> tuple[Part, ...]:
    """The page's blocks, heading by heading; the first part is what stands before any heading, if anything does."""
    parts: list[Part] = []
    above: list[tuple[int, str]] = []
    current: list[Block] = []
    heading: Heading | None = None
    for block in page.blocks:
        if not isinstance(block, Heading):
            current.append(block)
            continue
        if heading is not None or current:
            parts.append(Part(_path(above), heading, tuple(current)))
        while above and above[-1][0] >= block.level:
            above.pop()
        above.append((block.level, " ".join(block.span.of(page.text).split())))
        heading, current = block, []
    if heading is not None or current:
        parts.append(Part(_path(above), heading, tuple(current)))
    return tuple(parts)


def sections_of(page: Page, parts: Sequence[Part], start: int) -> tuple[Section, ...]:
    """The sections of a page; each ends where the next one begins that is not inside it."""
    length = len(page.text)
    starts = [part.heading.span.start if part.heading else start for part in parts]
    sections: list[Section] = []
    open_until: list[int] = [length] * len(parts)
    inner: list[int] = []
    for place, part in enumerate(parts):
        level = part.heading.level if part.heading else 0
        while inner and _level(parts[inner[-1]]) >= level:
            open_until[inner.pop()] = starts[place]
        if part.heading is None:
            open_until[place] = starts[place + 1] if place + 1 < len(parts) else length
        else:
            inner.append(place)
    for place, part in enumerate(parts):
        span = part.heading.span if part.heading else None
        sections.append(Section(part.path, span, starts[place], open_until[place]))
    return tuple(sections)


def questions_among(parts: Sequence[Part]) -> frozenset[int]:
    """The places of the parts that are answers of paragraphs only.

    They stand under one of at least two questions in a row, siblings, most of which are answered by paragraphs only.
    """
    runs = groupby(range(len(parts)), key=lambda place: (_asks(parts[place]), parts[place].path[:-1]))
    found: set[int] = set()
    for (asks, _), run in runs:
        questions = list(run)
        answers = [place for place in questions if _is_prose(parts[place])]
        if asks and len(questions) >= 2 and 2 * len(answers) >= len(questions):
            found.update(answers)
    return frozenset(found)


def _asks(part: Part) -> bool:
    return bool(part.path) and part.path[-1].endswith("?")


def _is_prose(part: Part) -> bool:
    return bool(part.blocks) and all(isinstance(block, Paragraph) for block in part.blocks)


def _level(part: Part) -> int:
    return part.heading.level if part.heading else 0


def _path(above: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(words for _, words in above)
