"""The values that an answer is made of.

`Answer.to_json` is the one public form of an answer: page, terminal, exports and programs all show what it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """What kind of answer the guides allow."""

    ANSWERED = "answered"
    CONFLICTING = "conflicting"
    PARTIAL = "partial"
    NOT_IN_GUIDES = "not_in_guides"
    CONVERSATION = "conversation"


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered place in a guide: `guide.text[start:end] == quote`, always."""

    number: int
    guide: str
    title: str
    section: tuple[str, ...]
    path: str
    start: int
    end: int
    quote: str
    url: str | None = None
    dated: str | None = None
    country: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The citation as the JSON contract has it."""
        return {
            "number": self.number,
            "guide": self.guide,
            "title": self.title,
            "section": list(self.section),
            "path": self.path,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "url": self.url,
            "dated": self.dated,
            "country": self.country,
        }


class Layout(StrEnum):
    """How a sentence stands in an answer."""

    TEXT = "text"
    """Running text, after the sentence before it, in the entry of a list as well."""
    PARAGRAPH = "paragraph"
    """Running text that opens a new paragraph."""
    ITEM = "item"
    """An entry of a list."""
    STEP = "step"
    """An entry of a numbered list."""
    HEADER = "header"
    """The header row of a table; its cells are joined by ` | `."""
    ROW = "row"
    """A row of a table; its cells are joined by ` | `."""


_LISTED = (Layout.ITEM, Layout.STEP)
_TABLED = (Layout.HEADER, Layout.ROW)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of an answer: its words without markers, and the numbers of the citations that carry it.

    A sentence without citations is the advisor's own (a connecting phrase, a greeting, a refusal): it states nothing
    in the guides' name.
    """

    text: str
    citations: tuple[int, ...] = ()
    layout: Layout = Layout.TEXT


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of the sentences that a language model wrote."""

    kept: int
    """Shown as they were written."""
    repaired: int
    """Shown after they were cited anew or written again."""
    dropped: int
    """Not shown, since no quote carries them."""

    def to_json(self) -> dict[str, int]:
        """The three counts by name."""
        return {"kept": self.kept, "repaired": self.repaired, "dropped": self.dropped}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the advisor says to one message, whole in itself at every moment of a stream."""

    question: str
    standalone: str
    """The question as it was understood, with all that the conversation before it adds."""
    status: Status
    sentences: tuple[Sentence, ...]
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    mode: str = "quote"
    """`quote` or `model`: who wrote it."""
    model: str | None = None
    seconds: float = 0.0
    proof: Proof | None = None
    """None where no language model was asked."""

    @property
    def text(self) -> str:
        """The answer in Markdown, each sentence with the markers `[1]` of its citations behind it."""
        return render(self.sentences)

    def to_json(self) -> dict[str, Any]:
        """The answer as the JSON contract has it."""
        return {
            "question": self.question,
            "standalone": self.standalone,
            "status": str(self.status),
            "text": self.text,
            "citations": [citation.to_json() for citation in self.citations],
            "suggestions": list(self.suggestions),
            "mode": self.mode,
            "model": self.model,
            "proof": self.proof.to_json() if self.proof else None,
            "seconds": round(self.seconds, 4),
        }


def render(sentences: Sequence[Sentence], marker: Callable[[int], str] = "[{}]".format) -> str:
    """Sentences as Markdown; `marker` writes a citation's number (the page makes it a link)."""
    parts: list[str] = []
    step = 0
    block: Layout | None = None
    for sentence in sentences:
        marks = "".join(f" {marker(number)}" for number in sentence.citations)
        goes_on = sentence.layout is Layout.TEXT and block not in (None, *_TABLED)
        step = step + 1 if sentence.layout is Layout.STEP else step * goes_on
        parts.append(" " if goes_on else _opening(block, sentence.layout, step))
        block = block if goes_on else sentence.layout
        match sentence.layout:
            case Layout.HEADER:
                columns = sentence.text.count(" | ") + 1
                parts.append(f"| {sentence.text} |\n|{' --- |' * columns}")
            case Layout.ROW:
                parts.append(f"| {sentence.text}{marks} |")
            case _:
                parts.append(f"{sentence.text}{marks}")
    return "".join(parts)


def _opening(before: Layout | None, layout: Layout, step: int) -> str:
    """What opens a block (a paragraph, an entry, a row) behind another; None for the first."""
    bullet = {Layout.ITEM: "- ", Layout.STEP: f"{step}. "}.get(layout, "")
    together = (layout in _LISTED and before in _LISTED) or (layout is Layout.ROW and before in _TABLED)
    gap = "" if before is None else "\n" if together else "\n\n"
    return f"{gap}{bullet}"
