"""Passages from blocks: the smallest things that are embedded and found, never cut in a sentence or a row.

A paragraph is one passage, or several that end with a sentence when it is long. A bullet list is one, or several that
end with an entry. A numbered list is one list as well while each entry is one short sentence; when
an entry says more, each entry is a step with its number. Each data row of a table is one, and so is each answer under a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .formats.blocks import Block, Entry, Heading, Listing, Page, Paragraph, Row, Table, block_span
from .guide import Passage, PassageKind, Span
from .sentences import sentence_spans
from .structure import Part, questions_among

LONGEST_PARAGRAPH = 1200
LONGEST_LIST = 1500
LONGEST_ANSWER = 2400
"""Characters; what is longer is divided."""
_SHORT_ENTRY = 200
"""Characters; a numbered list is one passage while none of its entries is longer."""


def passages_of(guide: str, page: Page, parts: Sequence[Part]) -> tuple[Passage, ...]:
    """The passages of a page, in the order of its text."""
    answers = questions_among(parts)
    return tuple(
        passage
        for place, part in enumerate(parts)
        for passage in (_answer(guide, part) if place in answers else _plain(guide, page.text, part))
    )


def _answer(guide: str, part: Part) -> Iterator[Passage]:
    for group in _gathered([block_span(block) for block in part.blocks], LONGEST_ANSWER):
        yield Passage(guide, part.path, PassageKind.FAQ, group[0].start, group[-1].end)


def _plain(guide: str, text: str, part: Part) -> Iterator[Passage]:
    before: Block | None = None
    for block in part.blocks:
        lead = _lead(text, before)
        match block:
            case Paragraph(span):
                yield from _paragraph(guide, text, part, span)
            case Listing(entries) if _is_steps(text, entries):
                yield from (_step(guide, part, entry, lead) for entry in entries)
            case Listing(entries):
                yield from _list(guide, part, entries, lead)
            case Table():
                yield from (_row(guide, part, row, block, block.lead or lead) for row in block.rows)
            case Heading():
                raise AssertionError("headings stand between parts, not in them")
        before = block


def _paragraph(guide: str, text: str, part: Part, span: Span) -> Iterator[Passage]:
    whole = span.end - span.start <= LONGEST_PARAGRAPH
    groups = [[span]] if whole else _gathered(sentence_spans(text, *span), LONGEST_PARAGRAPH)
    for group in groups:
        yield Passage(guide, part.path, PassageKind.PARAGRAPH, group[0].start, group[-1].end)


def _list(guide: str, part: Part, entries: Sequence[Entry], lead: Span | None) -> Iterator[Passage]:
    texts = {entry.span: entry.texts for entry in entries}
    for group in _gathered(list(texts), LONGEST_LIST):
        items = tuple(item for span in group for item in texts[span])
        yield Passage(guide, part.path, PassageKind.LIST, group[0].start, group[-1].end, items=items, lead=lead)


def _step(guide: str, part: Part, entry: Entry, lead: Span | None) -> Passage:
    start, end = entry.texts[0].start, entry.span.end
    nested = entry.texts[1:]
    return Passage(guide, part.path, PassageKind.STEP, start, end, items=nested, lead=lead, number=entry.number)


def _row(guide: str, part: Part, row: Row, table: Table, lead: Span | None) -> Passage:
    start, end = row.span
    return Passage(guide, part.path, PassageKind.ROW, start, end, cells=row.cells, header=table.header, lead=lead)


def _is_steps(text: str, entries: Sequence[Entry]) -> bool:
    return all(entry.number is not None for entry in entries) and any(_is_long(text, entry) for entry in entries)


def _is_long(text: str, entry: Entry) -> bool:
    """Whether an entry says more than one short sentence."""
    if len(entry.texts) > 1 or entry.span.end - entry.span.start > _SHORT_ENTRY:
        return True
    return len(sentence_spans(text, *entry.texts[0])) > 1


def _lead(text: str, before: Block | None) -> Span | None:
    """The sentence right before a list or a table, when it ends in a colon."""
    if not isinstance(before, Paragraph) or text[before.span.end - 1] != ":":
        return None
    return sentence_spans(text, *before.span)[-1]


def _gathered(spans: Sequence[Span], longest: int) -> list[list[Span]]:
    """The spans in groups of about equal length, none longer than asked unless a single span is."""
    if not spans:
        return []
    total = spans[-1].end - spans[0].start
    target = total / -(-total // longest) if total else longest
    groups: list[list[Span]] = [[spans[0]]]
    for span in spans[1:]:
        first, last = groups[-1][0], groups[-1][-1]
        if span.end - first.start > longest or last.end - first.start >= target:
            groups.append([span])
        else:
            groups[-1].append(span)
    return groups
