"""Whether the quotes that a sentence cites carry it, told by plain code.

A sentence is supported when each of its numbers stands in its quotes, no name or abbreviation is new, what is denied in
one is denied in the other, and nearly all of its subject words are there. Cosine similarity is not asked: it accepts a
changed digit and a turned negation (see README, "How good it is").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.guide import Guide
from index.words import words_in

from .answer import Citation, Sentence

WORDS_NEEDED = 0.72
"""Share of a sentence's subject words that its quotes must hold (AttributionBench's best single cut)."""

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_NEGATION = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t|unnecessary|rarely|seldom|hardly)\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b(?:[A-Z]{2,}[\w-]*|[A-Z][a-z]+(?:\s+[A-Z][a-z]+)+)")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether quotes carry a sentence, and what they do not carry."""

    supported: bool
    reasons: tuple[str, ...] = ()


def supports(sentence: str, quotes: Sequence[str]) -> Verdict:
    """Check a sentence against the quotes it cites, taken together."""
    evidence = " \n ".join(quotes)
    if _squeezed(sentence) in _squeezed(evidence):
        return Verdict(True)
    reasons = [
        *(f"number {n} is not in the quotes" for n in sorted(numbers_in(sentence) - numbers_in(evidence))),
        *(
            f"name {n} is not in the quotes"
            for n in sorted(_names(sentence))
            if n.casefold() not in evidence.casefold()
        ),
        *_negation(sentence, evidence),
        *_words(sentence, evidence),
    ]
    return Verdict(not reasons, tuple(reasons))


def prove(
    sentences: Sequence[Sentence], citations: Sequence[Citation], guides: Mapping[str, Guide]
) -> tuple[Sentence, ...]:
    """The sentences that may be shown: every quote exact, every cited sentence carried by its quotes and headings.

    A sentence that fails is dropped; unknown citation numbers vanish from the others.
    """
    exact = {c.number: c for c in citations if guides[c.guide].text[c.start : c.end] == c.quote}
    kept: list[Sentence] = []
    for sentence in sentences:
        known = tuple(number for number in sentence.citations if number in exact)
        if sentence.citations and not known:
            continue
        if not known or _carried(sentence.text, [exact[number] for number in known], guides):
            kept.append(replace(sentence, citations=known))
    return tuple(kept)


def _carried(text: str, citations: Sequence[Citation], guides: Mapping[str, Guide]) -> bool:
    """Headings and titles may lend words to a sentence, never numbers."""
    quotes = [c.quote for c in citations]
    if numbers_in(text) - numbers_in(" ".join(quotes)):
        return False
    places = [" ".join((*c.section, c.title)) for c in citations]
    headers = [" ".join(cell.of(guides[c.guide].text) for cell in _header(c, guides[c.guide])) for c in citations]
    return supports(text, [*quotes, *places, *headers]).supported


def _header(citation: Citation, guide: Guide) -> tuple:  # type: ignore[type-arg]
    for passage in guide.passages:
        if passage.start <= citation.start and citation.end <= passage.end:
            return passage.header
    return ()


def numbers_in(text: str) -> set[str]:
    """The numbers of a text, without thousands separators."""
    return {m[0].rstrip(".,").replace(",", "") for m in _NUMBER.finditer(text)}


def _names(text: str) -> set[str]:
    return {m[0] for m in _NAME.finditer(text)}


def _negation(sentence: str, evidence: str) -> tuple[str, ...]:
    if _NEGATION.search(sentence) and not _NEGATION.search(evidence):
        return ("denies what the quotes do not deny",)
    return ()


def _words(sentence: str, evidence: str) -> tuple[str, ...]:
    own = {word.stem for word in words_in(sentence)}
    there = {word.stem for word in words_in(evidence)}
    if own and len(own & there) / len(own) < WORDS_NEEDED:
        return (f"too few of its words are in the quotes: {', '.join(sorted(own - there))}",)
    return ()


def _squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).casefold().strip()
