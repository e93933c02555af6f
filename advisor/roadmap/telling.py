"""What a step says, in few of the guide's own sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from advisor.answer import Sentence
from advisor.draft import plain
from index.guide import Passage, PassageKind, Span
from index.words import FUNCTION_WORDS

from .asking import POINTS_ELSEWHERE, credentials, schooling
from .citing import Citer
from .kinds import Kind
from .routes import Stage

MOST = 3
"""Sentences of a step."""
WORDS = 75
"""Of them together, the first excepted."""
_LABEL = re.compile(r"[A-Z][^.:]{2,60}\.")
"""What opens a paragraph such as "Physical stamina. Bakers stand …"."""

Own = tuple[Passage, Span]


def telling(stage: Stage, citer: Citer) -> tuple[Sentence, ...]:
    """A step's first sentences, and those that say what it demands; a list with its introduction."""
    labels = _labels(stage)
    if labels:
        return (_together("", labels, stage, citer),)
    units = [own for own in stage.own if not POINTS_ELSEWHERE.search(_text(stage, own))]
    if stage.title == stage.body or (len(units) == 1 and units[0][1] == stage.title):
        return ()
    chosen: list[Sentence] = []
    words = 0
    for own in _ordered(stage, units):
        sentence = _sentence(stage, own, citer)
        words += len(sentence.text.split())
        if chosen and (len(chosen) == MOST or words > WORDS):
            break
        chosen.append(sentence)
    return tuple(chosen)


def _text(stage: Stage, own: Own) -> str:
    return plain(own[1].of(stage.guide.text))


def _labels(stage: Stage) -> list[Own]:
    """The labels of paragraphs such as "Physical stamina. Bakers stand …", where the step is made of them."""
    if stage.kind is not Kind.SKILLS:
        return []
    own = stage.own
    labels = [o for o in own if _is_label(_text(stage, o))]
    return labels if len(labels) > 2 else []


def _is_label(text: str) -> bool:
    words = text.split()
    return bool(_LABEL.fullmatch(text)) and len(words) <= 6 and words[0].lower() not in FUNCTION_WORDS


def _ordered(stage: Stage, units: Sequence[Own]) -> list[Own]:
    """The first unit, then those that demand something, then the rest; no entries of a list without its introduction."""
    items = {span for passage, _ in units for span in passage.items if passage.lead}
    plain_units = [own for own in units if own[1] not in items and own[0].kind is not PassageKind.ROW]
    located = [(stage.guide, passage, span) for passage, span in plain_units]
    asked = (
        list(schooling(located))
        if stage.kind is Kind.EDUCATION
        else list(credentials(located))
        if stage.kind is Kind.CREDENTIAL
        else []
    )
    demanding = {a.span for a in asked if a.strength is not None}
    first = plain_units[:1]
    picked = [
        *first,
        *(o for o in plain_units[1:] if o[1] in demanding),
        *(o for o in plain_units[1:] if o[1] not in demanding),
    ][:MOST]
    return sorted(picked, key=lambda own: own[1].start)


def _sentence(stage: Stage, own: Own, citer: Citer) -> Sentence:
    """A unit; with the entries of the list that it introduces, where it does."""
    listed = [(passage, item) for passage, _ in stage.own for item in passage.items if passage.lead == own[1]]
    entries = list(dict.fromkeys(listed))
    if not entries:
        return citer.quote(stage.guide, *own)
    return _together(_text(stage, own) + " ", [own, *entries], stage, citer)


def _together(opening: str, units: Sequence[Own], stage: Stage, citer: Citer) -> Sentence:
    entries = units[1:] if opening else units
    texts = [_text(stage, own).rstrip(".;") for own in entries]
    numbers = tuple(citer.cite(stage.guide, passage.section, span) for passage, span in units)
    return Sentence(f"{opening}{'; '.join(texts)}", numbers)
