"""A starter question set from any guides, without a model: for a person to put into the words that people use.

Each question is tagged `drafted` and with what it was made from, names its place, and expects what stands there. The set
is balanced: the guides take turns, each begins with another kind and another place, and no section gives many of a kind.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import Any, TypeVar

from index.figures import Figure, Quantity, figures_in
from index.guide import Guide, Passage, PassageKind
from index.units import unit_spans
from index.words import stems_in

from ..answer import Status
from ..draft import plain
from ..question import read_question
from ..subjects import series
from . import values, wording
from .texts import normalised

Value = TypeVar("Value")

_TELLING = frozenset({Quantity.MONEY, Quantity.PERCENT, Quantity.DURATION})
_LONGEST_QUESTION = 160
_FEWEST_ITEMS = 2
_MOST_ITEMS = 8
_FEWEST_STEPS = 3
_MOST_STEPS = 12
_FEW = 3
"""Questions of a guide below which headings that do not ask, and then sentences with a gap, are drafted as well."""
_OF_A_KIND = 3
"""Questions of one kind from one section."""
_LABEL = re.compile(r"\s*(?:[-*•·‣▪]\s+)?(?P<label>[^:\n|]{3,50}):\s+(?P<value>\S[^\n]*)")
_ELSEWHERE = re.compile(r"(?:see|same as|as above|not confirmed|unknown|n/?a)\b", re.IGNORECASE)
"""A value that tells nothing here."""
_UP_TO = re.compile(
    r"(?:(?:up|to|about|around|over|under|above|below|from|at|least|most|nearly|roughly|typically|usually)\s+)*",
    re.IGNORECASE,
)
"""What may stand before the figure that a value is."""


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
    named = [_named(guide, guides) for guide in guides]
    columns = [
        [_about(draft, name, guide) for draft in _in_turn(guide, name, number) if not _of_another(draft, name, named)]
        for number, (guide, name) in enumerate(zip(guides, named, strict=True))
    ]
    drafts = [draft for row in zip_longest(*columns) for draft in row if draft]
    once: dict[str, Draft] = {}
    for draft in drafts:
        same = once.setdefault(normalised(draft.question), draft)
        if draft.facts and not same.facts:
            once[normalised(draft.question)] = draft
    return [_line(number, draft) for number, draft in enumerate(list(once.values())[:count], 1)]


def _named(guide: Guide, guides: Sequence[Guide]) -> str:
    """The title that tells a page from others of its series; empty where its questions stand alone."""
    return plain(guide.title) if any(series(guide, other) for other in guides if other is not guide) else ""


def _of_another(draft: Draft, title: str, titles: Sequence[str]) -> bool:
    """Whether a row of one page of a series is about the subject of another one."""
    asked = normalised(draft.question)
    others = (other for other in titles if other and other != title and normalised(other) not in normalised(title))
    return bool(title) and draft.kind == "row" and any(normalised(other) in asked for other in others)


def _on_subject(drafts: Sequence[Draft], title: str) -> Sequence[Draft]:
    """Of a page of a series, the rows about its own subject, where it has some."""
    own = [one for one in drafts if one.kind != "row" or set(stems_in(title)) & set(stems_in(one.question))]
    return own if title and own else drafts


def _about(draft: Draft, title: str, guide: Guide) -> Draft:
    """A question that names its subject, where pages of a series could all be meant."""
    named = set(stems_in(title))
    said = len(named & set(stems_in(draft.question)))
    if not title or said >= (1 if draft.kind in ("row", "figure") else (len(named) + 1) // 2):
        return draft
    question = draft.question
    heading, _, asked = question.partition(": ")
    if draft.kind in ("label", "row") and draft.section and heading == plain(draft.section[-1]):
        question = f"{asked[:1].upper()}{asked[1:]}"
    joined = "for" if draft.kind in ("label", "row") else "of"
    return replace(draft, question=wording.for_subject(question, wording.inside(title, guide.text), joined))


def _in_turn(guide: Guide, title: str, number: int) -> Iterator[Draft]:
    """The drafts of a guide, kind after kind; each guide begins with the next kind, and a later one further down."""
    made = ([*_on_subject(list(make(guide)), title)] for make in _KINDS)
    kinds = [spread for drafts in made if (spread := _spread(drafts, number))]
    for make in _LITTLE:
        if sum(map(len, kinds)) < _FEW and (spread := _spread(list(make(guide)), number)):
            kinds.append(spread)
    first = number % max(len(kinds), 1)
    yield from filter(None, chain.from_iterable(zip_longest(*kinds[first:], *kinds[:first])))


def _spread(drafts: Sequence[Draft], start: int) -> list[Draft]:
    """Drafts of one kind from one guide: the first of each section, then the second ones, few of any; from `start` on."""
    sections: dict[tuple[str, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if len(draft.question) <= _LONGEST_QUESTION:
            sections[draft.section].append(draft)
    rotated = [_from(start, of_section)[:_OF_A_KIND] for of_section in _from(start, list(sections.values()))]
    return [draft for turn in zip_longest(*rotated) for draft in turn if draft]


def _from(start: int, values: Sequence[Value]) -> list[Value]:
    """The values from a place on, and then those before it; a place beyond the end counts on from the beginning."""
    middle = start % max(len(values), 1)
    return [*values[middle:], *values[:middle]]


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
    """Headings that ask, with the entries of a list right below, or else the figures of the first passage."""
    for section, passage in _firsts(guide):
        if section and section[-1].rstrip().endswith("?"):
            facts = _entries(guide, passage) or _figures_of(guide, passage, read_question(section[-1]).quantity)[:2]
            question = wording.asked_in(plain(section[-1]), guide.text)
            yield Draft("faq", question, guide.path, section, facts)


def _steps(guide: Guide) -> Iterator[Draft]:
    """Headings over numbered ones, which are expected in their order."""
    below: dict[tuple[str, ...], list[tuple[int, str]]] = defaultdict(list)
    for section in guide.sections:
        if len(section.path) > 1 and (step := wording.step(plain(section.path[-1]))):
            below[section.path[:-1]].append(step)
    for path, steps in below.items():
        in_order = [number for number, _ in steps] == list(range(1, len(steps) + 1))
        if in_order and _FEWEST_STEPS <= len(steps) <= _MOST_STEPS:
            question, facts = wording.of_steps(plain(path[-1])), tuple(words for _, words in steps)
            yield Draft("steps", question, guide.path, path, facts)


def _tellings(guide: Guide) -> Iterator[Draft]:
    """Headings that tell what a person would ask, as they are ("How to become a baker", "What bakers do")."""
    return (draft for draft, asks in _headed(guide) if asks)


def _headings(guide: Guide) -> Iterator[Draft]:
    """Headings that only name a subject."""
    return (draft for draft, asks in _headed(guide) if not asks)


def _headed(guide: Guide) -> Iterator[tuple[Draft, bool]]:
    for section, _ in _firsts(guide):
        heading = plain("".join(section[-1:]))
        if heading and not heading.rstrip().endswith("?"):
            yield Draft("heading", wording.of_heading(heading), guide.path, section), wording.tells(heading)


def _rows(guide: Guide) -> Iterator[Draft]:
    """Cells of tables: of each row a quantity, money first and then another column from row to row; else its words."""
    rows: Counter[tuple[str, ...]] = Counter()
    for passage in guide.passages:
        cells = [plain(cell.of(guide.text)) for cell in passage.cells]
        header = [plain(cell.of(guide.text)) for cell in passage.header]
        if (
            passage.kind is not PassageKind.ROW
            or len(cells) < 2
            or len(header) != len(cells)
            or not values.is_head(cells[0])
        ):
            continue
        told = [i for i in range(1, len(cells)) if header[i] and 0 < len(cells[i]) <= values.LONGEST]
        told = [i for i in told if wording.names(header[i])]
        quantities = sorted(
            (i for i in told if values.is_quantity(cells[i])), key=lambda i: not values.is_money(cells[i])
        )
        columns = _from(rows[passage.section], quantities) or [i for i in told if values.is_words(cells[i])]
        rows[passage.section] += 1
        if columns:
            column = columns[0]
            counted = any(f.quantity is Quantity.COUNT for f in figures_in(cells[column]))
            about = wording.inside(cells[0], guide.text)
            question = wording.of_label(header[column], about, counted=counted)
            heading = plain("".join(passage.section[-1:]))
            if heading and not heading.endswith("?") and not values.tells_enough(header[column], heading):
                question = f"{heading}: {question[:1].lower()}{question[1:]}"
            yield Draft("row", question, guide.path, passage.section, (cells[column],))


def _lists(guide: Guide) -> Iterator[Draft]:
    """Lists that a sentence introduces, and the first under a heading: what a further one holds, that does not tell."""
    begun: set[tuple[str, ...]] = set()
    for passage in (one for one in guide.passages if one.kind is PassageKind.LIST):
        facts = _entries(guide, passage)
        lead = plain(passage.lead.of(guide.text)) if passage.lead else ""
        heading = "" if passage.section in begun else plain("".join(passage.section[-1:]))
        begun.add(passage.section)
        question = wording.of_list(lead, heading) if facts else ""
        if question:
            yield Draft("list", question, guide.path, passage.section, facts)


def _labels(guide: Guide) -> Iterator[Draft]:
    """Entries and lines that are a label and its value ("Pass mark: 70%"), for what the heading names."""
    for passage in guide.passages:
        heading = plain("".join(passage.section[-1:]))
        if passage.kind is not PassageKind.ROW and not heading.endswith("?"):
            for match in _labelled(guide, passage):
                value, label = plain(match["value"]), plain(match["label"])
                figures = [
                    f for f in figures_in(value) if f.quantity in _TELLING and _UP_TO.fullmatch(value, 0, f.span.start)
                ]
                new = not set(stems_in(value)) <= set(stems_in(heading)) and not _ELSEWHERE.match(value)
                whole = new and len(value) <= values.LONGEST and (values.is_quantity(value) or values.is_words(value))
                if wording.names(label) and (figures or whole):
                    asked = wording.of_key(label, heading)
                    fact = plain(figures[0].span.of(value)) if figures else value.rstrip(".")
                    yield Draft("label", asked, guide.path, passage.section, (fact,))


def _labelled(guide: Guide, passage: Passage) -> list[re.Match[str]]:
    """The entries of a list most of which are a label and its value; or the lines that are one with a figure."""
    units = [span.of(guide.text) for span in unit_spans(guide, passage)]
    found = [match for unit in units if (match := _LABEL.fullmatch(unit))]
    if passage.kind is PassageKind.LIST:
        return found if 2 * len(found) > len(units) else []
    return [match for match in found if any(f.span.start == 0 for f in figures_in(match["value"]))]


def _figures(guide: Guide) -> Iterator[Draft]:
    """Sentences that state one amount, share or time of a subject that they name."""
    for passage in guide.passages:
        if passage.kind not in (PassageKind.ROW, PassageKind.LIST):
            for span in unit_spans(guide, passage):
                figures = [f for f in figures_in(guide.text, span.start, span.end) if f.quantity in _TELLING]
                figures = [f for f in figures if f.quantity is not Quantity.DURATION] or figures
                question = _asking(guide, span.start, span.end, figures[0]) if len(figures) == 1 else ""
                if question:
                    fact = plain(figures[0].span.of(guide.text))
                    yield Draft("figure", question, guide.path, passage.section, (fact,))


def _gaps(guide: Guide) -> Iterator[Draft]:
    """Sentences that state one amount, share or time, with the figure left out: for a guide that gives little else."""
    for passage in guide.passages:
        if passage.kind is not PassageKind.ROW:
            for span in unit_spans(guide, passage):
                figures = [f for f in figures_in(guide.text, span.start, span.end) if f.quantity in _TELLING]
                if len(figures) == 1:
                    found = figures[0].span
                    sentence = f"{guide.text[span.start : found.start]}…{guide.text[found.end : span.end]}"
                    fact = plain(found.of(guide.text))
                    asked = f"Which figure stands here: {plain(sentence)}"
                    yield Draft("gap", asked, guide.path, passage.section, (fact,))


_KINDS: tuple[Callable[[Guide], Iterator[Draft]], ...] = (_asked, _steps, _figures, _rows, _lists, _labels, _tellings)
_LITTLE: tuple[Callable[[Guide], Iterator[Draft]], ...] = (_headings, _gaps)


def _asking(guide: Guide, start: int, end: int, figure: Figure) -> str:
    before, after = guide.text[start : figure.span.start], guide.text[figure.span.end : end]
    return wording.of_figure(plain(before) + " ", plain(after), figure)


def _entries(guide: Guide, passage: Passage) -> tuple[str, ...]:
    """What the entries of a list are called; none where they are many, long, or labels with values."""
    if passage.kind is not PassageKind.LIST:
        return ()
    texts = [item.of(guide.text) for item in passage.items]
    labels = [match for text in texts if (match := _LABEL.fullmatch(text))]
    if 2 * sum(len(match["value"]) <= values.LONGEST for match in labels) > len(texts):
        return ()
    facts = tuple(dict.fromkeys(filter(None, (values.opening(plain(text)) for text in texts))))
    return facts if _FEWEST_ITEMS <= len(facts) <= _MOST_ITEMS and len(facts) == len(texts) else ()


def _firsts(guide: Guide) -> Iterator[tuple[tuple[str, ...], Passage]]:
    """Each section that holds a passage of its own, with the first one."""
    seen: set[tuple[str, ...]] = set()
    for passage in guide.passages:
        if passage.section not in seen:
            seen.add(passage.section)
            yield passage.section, passage


def _figures_of(guide: Guide, passage: Passage, quantity: Quantity | None) -> tuple[str, ...]:
    """The amounts, shares or times of a passage, where one of their kind is asked for."""
    found = figures_in(guide.text, passage.start, passage.end) if quantity in _TELLING else ()
    return tuple(dict.fromkeys(plain(f.span.of(guide.text)) for f in found if f.quantity is quantity))
