"""A chat model's reply, read while it comes: sentence by sentence, each with the passage numbers that it gives.

What a model writes is untrusted: numbers are only claims of where a sentence comes from, and a sentence that holds a
link, an image or any other markup is told apart here, so that it is never shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.sentences import sentence_spans

from ..answer import Layout
from ..claims import tidy

LONGEST = 600
"""Characters of a sentence; a longer one is no sentence."""
_MARKER = re.compile(r"\s*[\[【]\s*(?:passages?\s*|\^)?(\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*)\s*[\]】]", re.IGNORECASE)
_MARKER_AFTER_STOP = re.compile(rf"([.!?]+)((?:{_MARKER.pattern})+)", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*•▪]|\d{1,2}[.)])\s+")
_HEADING = re.compile(r"^\s*#{1,6}\s+|^\s*(?=(?:\*\*|__)[^*_]*[^*_.!?](?:\*\*|__):?\s*$)")
"""How a line begins that is a heading: with number signs, or all of it is bold."""
_THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL | re.IGNORECASE)
_BEGUN = re.compile(r"[.!?][\"'”’)\]]*(?:\s*[\[【][^\]】\n]{1,20}[\]】])*\s+[\"'“‘(]*\w{2}")
"""The end of a sentence and the beginning of the next one."""
_NEAR = 60
"""Characters before a piece in which the sentence may have ended that the piece makes certain."""
_UNSAFE = re.compile(
    r"[a-z][a-z+.-]*://|\bwww\.|\b(?:data|javascript|mailto|file):|[<>]|!\[|\]\s*\(|\]:|&#?\w+;|[`\\]", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a reply, without its markers."""

    text: str
    numbers: tuple[int, ...] = ()
    layout: Layout = Layout.TEXT
    safe: bool = True
    """Whether it is words alone: no link, image, HTML or code."""


class ReplyReader:
    """Gives each sentence once it is certain where it ends."""

    def __init__(self) -> None:
        self._rest = ""
        self._opening = True

    def feed(self, piece: str) -> Iterator[Said]:
        """The sentences that are complete with this piece of the reply."""
        self._rest = _THINKING.sub("", self._rest + piece) if "</think" in piece else self._rest + piece
        if re.match(r"\s*<think", self._rest, re.IGNORECASE):
            return
        *lines, self._rest = self._rest.split("\n")
        for line in lines:
            yield from self._line(line)
        if any(stop in piece for stop in ".!?") or _BEGUN.search(self._rest[-len(piece) - _NEAR :]):
            yield from self._partly()

    def finish(self, *, cut: bool = False) -> Iterator[Said]:
        """The sentences that are left; where the reply was cut, without the one that was not finished."""
        rest, self._rest = _THINKING.sub("", self._rest), ""
        if cut and not re.search(r"[.!?][\"”)\]\s\d\[]*$", rest):
            spans = sentence_spans(_moved(rest))
            rest = _moved(rest)[: spans[-1].start] if spans else ""
        yield from self._line(rest)

    def _partly(self) -> Iterator[Said]:
        """The finished sentences of a line that is still being written."""
        text = _moved(self._rest)
        spans = [] if _HEADING.match(text) else sentence_spans(text)
        if len(spans) < 2 or text[spans[-1].start] in "[【" or len(text) - spans[-1].start < 2:
            return
        yield from self._line(text[: spans[-1].start], unfinished=True)
        self._rest = text[spans[-1].start :]

    def _line(self, line: str, *, unfinished: bool = False) -> Iterator[Said]:
        if _HEADING.match(line) and not _MARKER.search(line):
            return
        bullet = _BULLET.match(line)
        layout = Layout.PARAGRAPH if self._opening else Layout.TEXT
        if bullet:
            layout = Layout.STEP if bullet[0].strip()[0].isdigit() else Layout.ITEM
        text = _moved(_HEADING.sub("", line[bullet.end() if bullet else 0 :]))
        for span in sentence_spans(text):
            said = _said(span.of(text), layout)
            if re.search(r"\w", said.text):
                yield said
                layout = Layout.TEXT
        self._opening = not unfinished


def _moved(text: str) -> str:
    """Markers behind a full stop, put before it, so that they stay with their sentence."""
    return _MARKER_AFTER_STOP.sub(lambda m: f"{m[2]}{m[1]}", text)


def _said(raw: str, layout: Layout) -> Said:
    numbers = tuple(dict.fromkeys(number for match in _MARKER.finditer(raw) for number in _numbers(match[1])))
    text = re.sub(r"\s+([.,;:!?])", r"\1", _MARKER.sub("", raw)).strip()
    safe = not _UNSAFE.search(text) and not text.startswith("|") and len(text) <= LONGEST
    return Said(" ".join(tidy(text).split())[:LONGEST], numbers, layout, safe)


def _numbers(listed: str) -> Iterator[int]:
    """`1, 3-5` as 1, 3, 4, 5."""
    for part in re.split(r"\s*[,;]\s*", listed):
        ends = [int(end) for end in re.split(r"\s*[–-]\s*", part)]
        yield from range(ends[0], min(ends[-1], ends[0] + 20) + 1)
