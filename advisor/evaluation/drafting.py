"""A starter question set from any guides, without a model: for a person to put into the words that people use.

Each question is tagged `drafted` and with what it was made from, names its place, and expects what stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from index.figures import Quantity, figures_in
from index.guide import Guide, Passage, PassageKind
from index.sentences import sentence_spans

from ..answer import Status
from ..draft import plain
from .texts import normalised

_TELLING = frozenset({Quantity.MONEY, Quantity.PERCENT, Quantity.DURATION})
_LONGEST_FACT = 60
_LONGEST_SENTENCE = 200
_MOST_ITEMS = 8


@dataclass(frozen=True, slots=True)
class Draft:
    """A question to be, the place it was made from, and what its answer should hold."""

    kind: str
    question: str
    path: str
    section: tuple[str, ...]
    facts: tuple[str, ...] = ()


def draft_questions(guides: Sequence[Guide], count: int) -> list[dict[str, Any]]:
    """Up to `count` questions as lines of a set, in turn from each guide, each question once."""
    columns = [list(_in_turn(guide)) for guide in guides]
    rows = (draft for row in zip_longest(*columns) for draft in row if draft)
    once = {normalised(draft.question): draft for draft in reversed(list(rows))}
    return [_line(number, draft) for number, draft in enumerate(list(reversed(once.values()))[:count], 1)]


def _in_turn(guide: Guide) -> Iterator[Draft]:
    """The drafts of a guide, one of each kind after the other."""
    kinds = (_asked(guide), _rows(guide), _lists(guide), _figures(guide), _headings(guide))
    for drafts in zip_longest(*kinds):
        yield from (draft for draft in drafts if draft)


def _line(number: int, draft: Draft) -> dict[str, Any]:
    place = {"path": draft.path} | ({"section": draft.section[-1]} if draft.section else {})
    return {
        "id": f"draft-{number:04}",
        "turns": [draft.question],
        "expect": {
            "facts": [[fact] for fact in draft.facts],
            "not": [],
            "status": [str(Status.ANSWERED), str(Status.CONFLICTING)],
            "cites": [place],
        },
        "tags": ["drafted", draft.kind],
    }


def _asked(guide: Guide) -> Iterator[Draft]:
    """Headings that ask, with the figures of the first passage below."""
    for section, passage in _firsts(guide):
        if section and section[-1].rstrip().endswith("?"):
            yield Draft("faq", plain(section[-1]), guide.path, section, _figures_of(guide, passage)[:2])


def _headings(guide: Guide) -> Iterator[Draft]:
    """Headings that do not ask."""
    for section, _ in _firsts(guide):
        if section and not section[-1].rstrip().endswith("?"):
            about = plain(section[-1]).rstrip(".:")
            yield Draft("heading", f"What do the guides say about “{about}”?", guide.path, section)


def _rows(guide: Guide) -> Iterator[Draft]:
    """Cells of tables: the first telling column of each row."""
    for passage in guide.passages:
        cells = [plain(cell.of(guide.text)) for cell in passage.cells]
        header = [plain(cell.of(guide.text)) for cell in passage.header]
        if passage.kind is not PassageKind.ROW or len(cells) < 2 or len(header) != len(cells) or not all(cells[:2]):
            continue
        column = next((i for i in range(1, len(cells)) if figures_in(cells[i])), 1)
        if len(cells[column]) <= _LONGEST_FACT and header[column]:
            question = f"{header[0]} {cells[0]}: {header[column]}?".strip()
            yield Draft("row", question, guide.path, passage.section, (cells[column],))


def _lists(guide: Guide) -> Iterator[Draft]:
    """Lists that are introduced by a sentence or stand under a heading of their own."""
    for passage in guide.passages:
        items = [_opening(plain(item.of(guide.text))) for item in passage.items]
        about = passage.lead.of(guide.text) if passage.lead else "".join(passage.section[-1:])
        facts = tuple(item for item in items if item)
        if passage.kind is PassageKind.LIST and about and 2 <= len(facts) <= _MOST_ITEMS:
            question = f"{plain(about).rstrip(' :.?')}: which are they?"
            yield Draft("list", question, guide.path, passage.section, facts)


def _figures(guide: Guide) -> Iterator[Draft]:
    """Sentences that state one amount, share or time, with the figure left out."""
    for passage in guide.passages:
        if passage.kind is PassageKind.ROW:
            continue
        for span in sentence_spans(guide.text, passage.start, passage.end):
            figures = [f for f in figures_in(guide.text, span.start, span.end) if f.quantity in _TELLING]
            if len(figures) == 1 and span.end - span.start <= _LONGEST_SENTENCE:
                found = figures[0].span
                sentence = f"{guide.text[span.start : found.start]}…{guide.text[found.end : span.end]}"
                fact = plain(found.of(guide.text))
                yield Draft(
                    "figure", f"Which figure stands here: {plain(sentence)}", guide.path, passage.section, (fact,)
                )


def _firsts(guide: Guide) -> Iterator[tuple[tuple[str, ...], Passage]]:
    """Each section that holds a passage of its own, with the first one."""
    seen: set[tuple[str, ...]] = set()
    for passage in guide.passages:
        if passage.section not in seen:
            seen.add(passage.section)
            yield passage.section, passage


def _figures_of(guide: Guide, passage: Passage) -> tuple[str, ...]:
    found = figures_in(guide.text, passage.start, passage.end)
    return tuple(dict.fromkeys(plain(f.span.of(guide.text)) for f in found if f.quantity in _TELLING))


def _opening(item: str) -> str:
    """What an entry is called: its words up to the first stop, none where that is long."""
    name = re.split(r"[:;.(,]|\s[–—-]\s", item, maxsplit=1)[0].strip()
    return name if len(name) <= _LONGEST_FACT else ""
