"""An answer's text as statements: its sentences, list entries and table rows, each with the citations behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.sentences import sentence_spans

from .texts import markers_in, without_markers

_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s+")
_CHUNK = re.compile(r"(?P<text>.+?)(?P<marks>(?:\s*\[\d{1,4}\])+|\s*$)")
_RULE = re.compile(r"^\s*\|?(?:\s*:?-{3,}:?\s*\|)+\s*$")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an answer without its markers, and the numbers that they hold."""

    text: str
    numbers: tuple[int, ...]


def statements_of(text: str) -> tuple[Statement, ...]:
    """The statements of an answer, in order.

    A table's header, and an uncited sentence that ends in a colon or asks, state nothing themselves.
    """
    lines = [line for line in text.split("\n") if line.strip()]
    found: list[Statement] = []
    for line, after in zip(lines, [*lines[1:], ""], strict=False):
        if not _RULE.match(line) and not _RULE.match(after):
            found += _of_line(_BULLET.sub("", line).strip())
    return tuple(found)


def _of_line(line: str) -> Iterator[Statement]:
    if line.startswith("|"):
        yield Statement(without_markers(line).strip("| "), markers_in(line))
        return
    for chunk in _CHUNK.finditer(line):
        sentences = [span.of(chunk["text"]) for span in sentence_spans(chunk["text"])]
        numbers = markers_in(chunk["marks"])
        for position, sentence in enumerate(sentences, 1):
            own = numbers if position == len(sentences) else ()
            if own or not sentence.endswith((":", "?")):
                yield Statement(sentence, own)
