"""Signs, the same in every format, that a line is not the guide's own, or that lines belong together.

They go by form (where a line stands, how it ends, what it asks the reader to do with the page), not by the wording
of any one site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..guide import Span
from .blocks import Block, Heading, Paragraph, Row, Table
from .tables import is_figure

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CONTROL = re.compile(
    r"\b(?:tap|click|press|swipe|scroll|hit)\b.{0,40}\b(?:button|link|icon|here|below|menu|banner)\b", re.IGNORECASE
)
_INVITES = re.compile(
    r"(?:^|[,;]\s)(?:now\s|please\s|just\s)?(?:explore|try|discover|visit|check out|join|use|get|download|sign up|subscribe|browse)\b"
    r"[^.!?]*\bour\b",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:our|ours)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:this|these|it|they|with (?:it|them))\b", re.IGNORECASE)
_QUESTION = re.compile(r"(?:\*\*|__)?Q(?:uestion)?\s?\d{0,3}\s?[:.)]\s*(?:\*\*|__)?\s*(?=\S)")
_ANSWER = re.compile(r"(?:\*\*|__)?A(?:nswer)?\s?\d{0,3}\s?[:.)]\s*(?:\*\*|__)?\s*(?=\S)")
_END = (".", ":", ";", ",", "!", "?")


def page_control(line: str) -> str | None:
    """The reason to leave a lone line out because it speaks of the page's own controls, if it does."""
    if len(line) <= 120 and not line.endswith(".") and _CONTROL.search(line):
        return "a lone line that tells the reader to use a control of the page"
    return None


def closing_invitation(paragraphs: Sequence[str]) -> int:
    """How many of a page's last paragraphs invite the reader to something of the site's own; 0 where none surely does.

    One asks to use "our …" in a page that speaks of what is "ours" nowhere else, and those after it speak of that.
    """
    own = [place for place, said in enumerate(paragraphs) if _OURS.search(said)]
    if not own or not _INVITES.search(paragraphs[own[0]]):
        return 0
    run = paragraphs[own[0] :]
    return len(run) if all(_GOES_ON.match(said) or _INVITES.search(said) for said in run[1:]) else 0


def same_words(one: str, other: str) -> bool:
    """Whether a line says the words of the other and no more, whatever their case and punctuation."""
    words, others = _words(one), _words(other)
    return bool(words) and (words == others or (len(words) >= 3 and others[: len(words)] == words))


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


# --------------------------------------------------------------------------------------------------------- charts


def with_charts(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with the labels and figures of a chart's text, line after line, put together as rows.

    A chart saved as text is a label on one line and its figure alone on the next, at least twice, under a caption.
    """
    return tuple(_with_charts(text, blocks))


def _with_charts(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    at = 0
    while at < len(blocks):
        pairs = _pairs(text, blocks, at + 1)
        if _is_label(text, blocks[at]) and len(pairs) >= 2:
            yield blocks[at]
            yield Table(tuple(pairs), lead=_span(blocks[at]))
            at += 1 + 2 * len(pairs)
            continue
        pairs = _pairs(text, blocks, at)
        if len(pairs) >= 2:
            yield Table(tuple(pairs))
            at += 2 * len(pairs)
        else:
            yield blocks[at]
            at += 1


def _pairs(text: str, blocks: Sequence[Block], at: int) -> list[Row]:
    rows: list[Row] = []
    while at + 1 < len(blocks) and _is_label(text, blocks[at]) and _is_figure(text, blocks[at + 1]):
        label, figure = _span(blocks[at]), _span(blocks[at + 1])
        rows.append(Row(Span(label.start, figure.end), (label, figure)))
        at += 2
    return rows


def _is_label(text: str, block: Block) -> bool:
    if not isinstance(block, Paragraph) or block.span.end - block.span.start > 120:
        return False
    line = block.span.of(text)
    return "\n" not in line and not line.endswith(_END) and not is_figure(line)


def _is_figure(text: str, block: Block) -> bool:
    return isinstance(block, Paragraph) and is_figure(block.span.of(text))


def _span(block: Block) -> Span:
    assert isinstance(block, Paragraph)  # noqa: S101 - asked before
    return block.span


# ------------------------------------------------------------------------------------------------------ questions


def with_questions(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, with each "Q: …" that an "A: …" follows as a heading, and the answer without its mark."""
    found: list[Block] = []
    level = 0
    after_question = False
    for place, block in enumerate(blocks):
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        if isinstance(block, Heading):
            level = block.level
        if _marked(_QUESTION, text, block) and _marked(_ANSWER, text, following):
            found.append(Heading(_unmarked(_QUESTION, text, block), level + 1))
        elif after_question:
            found.append(Paragraph(_unmarked(_ANSWER, text, block)))
        else:
            found.append(block)
        after_question = isinstance(found[-1], Heading) and not isinstance(block, Heading)
    return tuple(found)


def _marked(mark: re.Pattern[str], text: str, block: Block | None) -> bool:
    return isinstance(block, Paragraph) and mark.match(text, *block.span) is not None


def _unmarked(mark: re.Pattern[str], text: str, block: Block) -> Span:
    span = _span(block)
    found = mark.match(text, *span)
    start = found.end() if found else span.start
    end = span.end - 2 if text.endswith(("**", "__"), start, span.end) else span.end
    return Span(start, end) if start < end else span
