"""Lines that make a list though no marker says so: "label: value" lines, and steps that are counted in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ..figures import NUMBER_WORDS
from ..guide import Span
from ..sentences import trimmed
from .blocks import Block, Entry, Listing, Paragraph, block_span
from .page_signs import is_about_the_page, is_note, leads_on

_BOLD = r"(?:\*\*|__)?"
_LABELLED = re.compile(rf"{_BOLD}(?P<label>[^\W\d_][^:.!?*_\n|]{{0,60}}):{_BOLD}[^\S\n]+(?=\S)(?!//)")
_LONGEST_VALUE = 100
"""Characters; what says more is a paragraph with a label."""
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_NUMBERS = {word: number for number, word in enumerate(_ORDINALS, 1)} | NUMBER_WORDS
_BY_ORDER = "nth "
"""What numbers "First, …" and "Secondly, …"."""
_SERIES = re.compile(
    rf"{_BOLD}(?:(?P<noun>[A-Za-z]{{2,20}})\s+#?(?P<number>\d{{1,3}}|{'|'.join(NUMBER_WORDS)})\s*[:.)–—-]\s*"
    rf"|(?P<ordinal>{'|'.join(_ORDINALS)})(?:ly|(?<=first) of all)?(?:\s+(?P<ordered>[a-z]{{2,20}}))?\s*[,:–—-]\s*"
    rf"|[#(]?(?P<plain>\d{{1,2}})(?:[.)]|(?<=#\d)|(?<=#\d\d))\s+)(?=\S)",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(rf"{_BOLD}(?:then|next|after (?:that|this)|afterwards?)\b", re.IGNORECASE)
_ENDS = re.compile(rf"{_BOLD}(?:finally|lastly|last of all)\b", re.IGNORECASE)


def series_of(said: str) -> tuple[str, int] | None:
    """What numbers a line and its number: ("step", 1) for "Step 1: …" and "Step One: …", ("#", 1) for "1. …"."""
    found = _SERIES.match(said)
    if found is None:
        return None
    if found["plain"]:
        return "#", int(found["plain"])
    if found["ordinal"]:
        return f"nth {(found['ordered'] or '').lower()}", _NUMBERS[found["ordinal"].lower()]
    number = found["number"].lower()
    return found["noun"].lower(), int(number) if number.isdigit() else _NUMBERS[number]


# --------------------------------------------------------------------------------------------------------- labels


def with_label_lists(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with "label: value" lines in a row as a list: three at least, or two that hold a figure each."""
    return tuple(_with_label_lists(text, blocks))


def _with_label_lists(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    for labelled, run in groupby(blocks, key=lambda block: bool(_labelled_lines(text, block))):
        members = list(run)
        lines = [line for block in members for line in _labelled_lines(text, block)] if labelled else []
        figured = all(any(map(str.isdigit, line.of(text))) for line in lines)
        if len(lines) >= (2 if figured else 3):
            yield Listing(tuple(Entry(line, (line,)) for line in lines))
        else:
            yield from members


def _labelled_lines(text: str, block: Block) -> list[Span]:
    """The lines of a paragraph, if each of them is "label: value"."""
    if not isinstance(block, Paragraph) or block.span.end - block.span.start > 4000:
        return []
    lines = list(_lines(text, block.span))
    return lines if all(_is_labelled(text, line) for line in lines) else []


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for line in span.of(text).split("\n"):
        if place := trimmed(text, start, start + len(line)):
            yield place
        start += len(line) + 1


def _is_labelled(text: str, line: Span) -> bool:
    said = line.of(text)
    found = _LABELLED.match(said)
    if found is None or len(found["label"].split()) > 6 or series_of(said):
        return False
    value = said[found.end() :]
    if len(value) > _LONGEST_VALUE or value[-1] in ".!?:;,":
        return False
    return not (is_note(said) or is_about_the_page(said) or leads_on(said))


# ---------------------------------------------------------------------------------------------------------- steps


def with_steps(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with paragraphs in a row that count themselves from one ("Step 1: …", "First, …") as a list.

    Two at least, or three where they are counted by "first" and "second" alone; after "First, …", "Then, …" and
    "Finally, …" count as well.
    """
    found: list[Block] = []
    at = 0
    while at < len(blocks):
        steps = _steps(text, blocks, at)
        if steps:
            found.append(Listing(tuple(steps)))
        else:
            found.append(blocks[at])
        at += max(len(steps), 1)
    return tuple(found)


def _steps(text: str, blocks: Sequence[Block], at: int) -> list[Entry]:
    entries: list[Entry] = []
    word = ""
    for block in blocks[at : at + 100]:
        said = block.span.of(text)[:200] if isinstance(block, Paragraph) else ""
        told = series_of(said)
        if told is not None and told[1] == len(entries) + 1 and (not entries or told[0] == word):
            word = told[0]
        elif not (word == _BY_ORDER and (_FOLLOWS.match(said) or _ENDS.match(said))):
            break
        span = block_span(block)
        entries.append(Entry(span, (span,), len(entries) + 1))
        if _ENDS.match(said):
            break
    return entries if len(entries) >= (3 if word == _BY_ORDER else 2) else []
