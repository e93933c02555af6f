"""A roadmap to take along: a checklist in Markdown with its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from advisor.answer import Citation, Sentence

from .values import Estimate, Progress, Roadmap, Step

BOXES = {Progress.DONE: "[x]", Progress.NEXT: "[ ]", Progress.LATER: "[ ]"}
NAMES = {Progress.DONE: "done", Progress.NEXT: "next", Progress.LATER: "later"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|])")


def to_markdown(roadmap: Roadmap) -> str:
    """Title, each step as a box to tick with what the guides say, then what they do not say, and the sources."""
    return "\n".join([*_head(roadmap), *_steps(roadmap), *_rest(roadmap), *_sources(roadmap.citations)]).rstrip() + "\n"


def _head(roadmap: Roadmap) -> Iterator[str]:
    yield f"# Roadmap: {text(roadmap.goal)}" if roadmap.goal else "# Roadmap"
    yield ""
    if roadmap.words:
        yield f"You said: “{text(roadmap.words)}”."
    if roadmap.why:
        yield text(roadmap.why)
    yield ""


def _steps(roadmap: Roadmap) -> Iterator[str]:
    for step in roadmap.steps:
        yield f"- {BOXES[step.status]} **{step.number}. {text(step.title.text)}**{marks(step.title.citations)} — {NAMES[step.status]}"
        yield from (f"  {line}" for line in _details(step))
    if roadmap.steps:
        yield ""


def _details(step: Step) -> Iterator[str]:
    words = f" (you said: “{text(step.reason.words)}”)" if step.reason.words else ""
    yield f"- *{text(step.reason.text)}*{words}{marks(step.reason.citations)}"
    yield from map(_line, step.says)
    yield from (_estimate("Time", estimate) for estimate in step.time)
    yield from (_estimate("Cost", estimate) for estimate in step.cost)
    if step.disagreement:
        yield "- The guides do not say the same:"
        yield from (f"  {_line(sentence)}" for sentence in step.disagreement)
    if step.others:
        yield "- Other guides add:"
        yield from (f"  {_line(sentence)}" for sentence in step.others)
    yield from (f"- {text(gap)}" for gap in step.gaps)


def _rest(roadmap: Roadmap) -> Iterator[str]:
    if roadmap.for_you:
        yield from ("## What the guides say to what you told", "", *map(_line, roadmap.for_you), "")
    if roadmap.gaps:
        yield from ("## What the guides do not say", "", *(f"- {text(gap)}" for gap in roadmap.gaps), "")


def _sources(citations: Sequence[Citation]) -> Iterator[str]:
    if not citations:
        return
    yield from ("## Sources", "")
    for citation in citations:
        where = " › ".join((citation.title, *citation.section))
        about = ", ".join(filter(None, (citation.dated, citation.country)))
        address = f" <{citation.url}>" if citation.url else ""
        yield f"{citation.number}. {text(where)}{f' ({text(about)})' if about else ''}: “{text(citation.quote)}”{address}"


def _line(sentence: Sentence) -> str:
    return f"- {text(sentence.text)}{marks(sentence.citations)}"


def _estimate(name: str, estimate: Estimate) -> str:
    return f"- {name}: {text(estimate.text)}{marks(estimate.citations)}"


def marks(numbers: Sequence[int]) -> str:
    """The markers of citations, as an answer has them."""
    return "".join(f" [{number}]" for number in numbers)


def text(words: str) -> str:
    """Words on one line that Markdown leaves as they stand."""
    return _SPECIAL.sub(r"\\\1", " ".join(words.split()))
