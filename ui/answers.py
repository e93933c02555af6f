"""An answer as the Markdown that the chat shows: what is not ours is escaped, each citation is a link into its guide."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

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


def to_markdown(
    answer: Answer, *, understood: bool = False, number: int | None = None, last: bool = False, rated: bool = False
) -> str:
    """The whole answer: status, words with their links, and the sources once each.

    `understood` shows the stand-alone question, for a message that leans on the conversation. `number` is the turn's in
    its conversation, once it is whole and something can be done with it; the `last` one can be asked again.
    """
    parts = [
        _status(answer),
        _understood(answer) if understood else "",
        _body(answer),
        _written(answer),
        _sources(answer.citations),
        _actions(answer, number, last=last, rated=rated) if number is not None else "",
    ]
    return "\n\n".join(part for part in parts if part)


def to_status(words: str) -> str:
    """What is being done while there are no words of an answer yet."""
    return f'<span class="status reading">{as_text(words)}</span>'


def to_notice(what: str, why: str = "") -> str:
    """What stands in the place of an answer; `why` is Markdown."""
    return "\n\n".join(part for part in (f'<span class="status notice">{as_text(what)}</span>', why) if part)


def _actions(answer: Answer, number: int, *, last: bool, rated: bool) -> str:
    if answer.status is Status.CONVERSATION:
        return ""
    links = [
        _action("copy", f"#copy={number}", "Copy with sources") if answer.citations else "",
        _action("again", "#again", "Try again") if last else "",
        _action("up", f"#rate={number}:up", "Helpful") if rated else "",
        _action("down", f"#rate={number}:down", "Not helpful") if rated else "",
    ]
    return f'<span class="actions">{"".join(links)}</span>'


def _action(name: str, target: str, words: str) -> str:
    return f'<a href="{target}" role="button" class="action {name}" title="{words}">{words}</a>'


def _status(answer: Answer) -> str:
    words = STATUS_WORDS.get(answer.status)
    return f'<span class="status {answer.status.replace("_", "-")}">{words}</span>' if words else ""


def _understood(answer: Answer) -> str:
    if answer.standalone.strip().casefold() == answer.question.strip().casefold():
        return ""
    return f'<span class="understood">Understood as: {as_text(answer.standalone)}</span>'


def _written(answer: Answer) -> str:
    """Who wrote it, where that is a language model, and what of it was not shown."""
    if answer.mode != "model" or answer.proof is None:
        return ""
    dropped = answer.proof.dropped
    left_out = (
        f" {dropped} {'sentence' if dropped == 1 else 'sentences'} without such a quote left out." if dropped else ""
    )
    by = as_text(answer.model or "a language model")
    return f'<span class="understood">Written by {by}, each sentence held to its quotes.{left_out}</span>'


def _body(answer: Answer) -> str:
    links = {citation.number: _link(citation) for citation in answer.citations}
    undisputed, disputed = _parted(answer.sentences)
    if answer.status is Status.CONFLICTING and (sides := _sides(disputed, answer.citations)):
        return "\n\n".join(filter(None, (_words(undisputed, links), _side_by_side(sides, links))))
    return _words(answer.sentences, links)


def _parted(sentences: Sequence[Sentence]) -> tuple[Sequence[Sentence], Sequence[Sentence]]:
    """What is cited before we say a word of our own, which opens a disagreement, and what stands from there on."""
    ours = next((i for i, sentence in enumerate(sentences) if not sentence.citations), 0)
    return sentences[:ours], sentences[ours:]


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
    """Each guide once, and in it each section once, with the numbers that lead into it."""
    if not citations:
        return ""
    guides: dict[str, dict[tuple[str, ...], list[Citation]]] = {}
    for citation in citations:
        guides.setdefault(citation.guide, {}).setdefault(citation.section, []).append(citation)
    lines = "\n".join(f"- {_source(list(sections.values()))}" for sections in guides.values())
    return f'<span class="sources-title">Sources</span>\n\n{lines}'


def _source(sections: Sequence[Sequence[Citation]]) -> str:
    first = sections[0][0]
    told = " · ".join(as_text(word) for word in (first.title, first.dated, first.country) if word)
    places = " ".join(map(_place, sections))
    return f"[{told}](#src={place_of(first)})<br>{places}"


def _place(cited: Sequence[Citation]) -> str:
    """The numbers that lead into one section, and its heading; a line breaks between places before it breaks in one."""
    words = f"{' '.join(map(_link, cited))} {_section(cited[0])}".rstrip()
    return f'<span class="place">{words}</span>'


def _section(citation: Citation) -> str:
    return as_text(citation.section[-1]) if citation.section else ""


def _sides(sentences: Sequence[Sentence], citations: Sequence[Citation]) -> list[tuple[str, list[Sentence]]]:
    """The sentences of each guide under its title; nothing where they do not fall into two guides or more.

    A sentence of ours that names the guide of the next one only leads it in, which its title does as well.
    """
    guides = {citation.number: citation for citation in citations}
    first = [next((guides[n] for n in sentence.citations if n in guides), None) for sentence in sentences]
    sides: dict[str, list[Sentence]] = {}
    titles: dict[str, str] = {}
    for sentence, cited, following in zip(sentences, first, (*first[1:], None), strict=True):
        if cited is None and following is not None and following.title in sentence.text:
            continue
        key = cited.guide if cited else ""
        sides.setdefault(key, []).append(sentence)
        titles[key] = _side_title(cited) if cited else ""
    if len([key for key in sides if key]) < 2:
        return []
    return [(titles[key], said) for key, said in sides.items()]


def _side_by_side(sides: Sequence[tuple[str, list[Sentence]]], links: dict[int, str]) -> str:
    """What no guide says stands around the guides, which stand beside each other."""
    shown = [(title, _side(title, sentences, links)) for title, sentences in sides]
    opening = "\n\n".join(words for title, words in shown if not title)
    beside = "\n\n".join(words for title, words in shown if title)
    together = f'<div class="sides">\n\n{beside}\n\n</div>'
    return f"{opening}\n\n{together}" if opening else together


def _side_title(citation: Citation) -> str:
    return " · ".join(told for told in (citation.title, citation.dated, citation.country) if told)


def _side(title: str, sentences: Sequence[Sentence], links: dict[int, str]) -> str:
    words = _words(sentences, links)
    if not title:
        return words
    return "\n".join(f"> {line}" for line in (f"**{as_text(title)}**\n\n{words}").split("\n"))
