"""An answer as the Markdown that the chat shows: what is not ours is escaped, each citation is a link into its guide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from advisor.answer import Answer, Citation, Layout, Sentence, Status, render

STATUS_WORDS = {
    Status.ANSWERED: "From the guides",
    Status.CONFLICTING: "The guides disagree",
    Status.PARTIAL: "Partly in the guides",
    Status.NOT_IN_GUIDES: "Not in the guides",
}
"""How each status is told; small talk has none."""

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_CELLS = " | "


def place_of(citation: Citation) -> str:
    """Guide and offsets in one word, as links and addresses carry them."""
    return f"{citation.guide}:{citation.start}-{citation.end}"


def as_text(words: str) -> str:
    """Words that Markdown and HTML leave as they stand, on one line."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(words.split()))


def to_markdown(answer: Answer, *, understood: bool = False, number: int | None = None) -> str:
    """The whole answer: status, words with their links, and the sources once each.

    `understood` shows the stand-alone question, for a message that leans on the conversation. `number` is the turn's in
    its conversation, once it is whole and can be copied.
    """
    parts = [
        _status(answer),
        _understood(answer) if understood else "",
        _body(answer),
        _sources(answer.citations),
        _copy(number) if answer.citations and number is not None else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _copy(number: int) -> str:
    return f'<a href="#copy={number}" role="button" class="copy">Copy with sources</a>'


def _status(answer: Answer) -> str:
    words = STATUS_WORDS.get(answer.status)
    return f'<span class="status {answer.status.replace("_", "-")}">{words}</span>' if words else ""


def _understood(answer: Answer) -> str:
    if answer.standalone.strip().casefold() == answer.question.strip().casefold():
        return ""
    return f'<span class="understood">Understood as: {escape(" ".join(answer.standalone.split()))}</span>'


def _body(answer: Answer) -> str:
    links = {citation.number: _link(citation) for citation in answer.citations}
    if answer.status is Status.CONFLICTING and (sides := _sides(answer)):
        return "\n\n".join(_side(title, sentences, links) for title, sentences in sides)
    return _words(answer.sentences, links)


def _words(sentences: Sequence[Sentence], links: dict[int, str]) -> str:
    escaped = [replace(s, text=_escaped(s), citations=tuple(n for n in s.citations if n in links)) for s in sentences]
    return render(escaped, links.__getitem__)


def _escaped(sentence: Sentence) -> str:
    if sentence.layout in (Layout.HEADER, Layout.ROW):
        return _CELLS.join(as_text(cell) for cell in sentence.text.split(_CELLS))
    return as_text(sentence.text)


def _link(citation: Citation) -> str:
    return f'[\\[{citation.number}\\]](#src={place_of(citation)} "{_title(citation)}")'


def _title(citation: Citation) -> str:
    where = " › ".join((citation.title, *citation.section))
    return as_text(f"Source {citation.number}: {where}")


def _sources(citations: Sequence[Citation]) -> str:
    """Each guide's section once, with the numbers that lead into it."""
    if not citations:
        return ""
    sections: dict[tuple[str, tuple[str, ...]], list[Citation]] = {}
    for citation in citations:
        sections.setdefault((citation.guide, citation.section), []).append(citation)
    lines = "\n".join(f"- {_source(cited)}" for cited in sections.values())
    return f'<span class="sources-title">Sources</span>\n\n{lines}'


def _source(cited: Sequence[Citation]) -> str:
    first = cited[0]
    where = " › ".join(as_text(told) for told in (first.title, *first.section[-1:]))
    about = " · ".join(as_text(told) for told in (first.dated, first.country) if told)
    links = " ".join(map(_link, cited))
    return f"{links} [{where}](#src={place_of(first)}){f' {about}' if about else ''}"


def _sides(answer: Answer) -> list[tuple[str, list[Sentence]]]:
    """The sentences of each guide under its title; nothing where they do not fall into two guides or more."""
    guides = {citation.number: citation for citation in answer.citations}
    sides: dict[str, list[Sentence]] = {}
    titles: dict[str, str] = {}
    for sentence in answer.sentences:
        cited = [guides[number] for number in sentence.citations if number in guides]
        key = cited[0].guide if cited else ""
        sides.setdefault(key, []).append(sentence)
        titles[key] = _side_title(cited[0]) if cited else ""
    if len([key for key in sides if key]) < 2:
        return []
    return [(titles[key], sentences) for key, sentences in sides.items()]


def _side_title(citation: Citation) -> str:
    return " · ".join(told for told in (citation.title, citation.dated, citation.country) if told)


def _side(title: str, sentences: Sequence[Sentence], links: dict[int, str]) -> str:
    words = _words(sentences, links)
    if not title:
        return words
    return "\n".join(f"> {line}" for line in (f"**{as_text(title)}**\n\n{words}").split("\n"))
