"""What a message tells about the person who wrote it, without a language model.

Clauses that speak of the writer as they are (`clauses`) are read by patterns of English self-description, each anchored
at the subject, so that a question, a supposition or another person's life never passes for the writer's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .clauses import Voice, clauses
from .correcting import corrected
from .phrases import SPELL, Found
from .statements import Mode, statements
from .values import MAX_VALUE, MAX_WORDS, Aspect, Profile, Trait
from .vocabulary import Vocabulary

MAX_READ = 20_000
"""Characters of a message that are read."""


def read_profile(message: str, vocabulary: Vocabulary | None = None, before: Profile | None = None) -> Profile:
    """The profile after a message: `before`, corrected and added to by what the message tells of its writer.

    `vocabulary` lets it know the guides' abbreviations for credentials. Each trait's `words` are a part of `message`.
    """
    message = message[:MAX_READ]
    known = before or Profile()
    told = tuple(_told(message, vocabulary or Vocabulary()))
    return corrected(known, told, message)


def _told(message: str, vocabulary: Vocabulary) -> Iterator[Trait]:
    for sentence in _sentences(message, vocabulary):
        for trait in _joined(sentence):
            words = message[trait.start : trait.end].strip()
            if trait.value and words:
                yield Trait(trait.aspect, trait.value[:MAX_VALUE], words[:MAX_WORDS])


def _sentences(message: str, vocabulary: Vocabulary) -> Iterator[list[Found]]:
    """What each sentence states, at its place in the message."""
    mode, sentence = Mode.NONE, []  # type: tuple[Mode, list[Found]]
    for clause in clauses(message):
        if clause.opens:
            yield sentence
            mode, sentence = Mode.NONE, []
        if clause.voice is not Voice.OTHER:
            found, mode = statements(clause, mode, vocabulary)
            sentence += [f._replace(start=f.start + clause.start, end=f.end + clause.start) for f in found]
    yield sentence


def _joined(sentence: list[Found]) -> Iterator[Found]:
    """A length of experience goes with the job that the same sentence names without one."""
    jobs = [
        f
        for f in sentence
        if f.aspect is Aspect.EXPERIENCE and not SPELL.search(f.value) and not f.value.startswith("no ")
    ]
    lengths = [
        f
        for f in sentence
        if f.aspect is Aspect.EXPERIENCE and re.fullmatch(rf"{SPELL.pattern}", f.value, re.IGNORECASE)
    ]
    if len(jobs) != 1 or len(lengths) != 1:
        yield from (f for f in sentence if f not in lengths or "experience" in f.value)
        return
    job, length = jobs[0], lengths[0]
    spell = SPELL.match(length.value)
    told = f"{job.value}, {spell['count']} {spell['unit']}" if spell else job.value
    whole = Found(Aspect.EXPERIENCE, told, min(job.start, length.start), max(job.end, length.end))
    yield from (whole if found is job else found for found in sentence if found is not length)


def asking(message: str) -> str:
    """The clauses of a message that ask, without those that only tell of its writer; the whole message where none asks."""
    asked = [c for c in clauses(message[:MAX_READ]) if c.voice is Voice.OTHER]
    told = [c for c in clauses(message[:MAX_READ]) if c.voice is not Voice.OTHER]
    if not asked or not told or "?" not in message:
        return message
    return " ".join(clause.text for clause in asked).strip() + "?"
