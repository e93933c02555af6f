"""Transcripts: what a system answered, in the form that `advisor ask --batch` prints, whoever wrote it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import AdvisorError

from ..answer import Status
from .lines import Record, records_of


@dataclass(frozen=True, slots=True)
class Cited:
    """A place that an answer cites. Start and end are None where the system gives none."""

    number: int
    path: str
    section: tuple[str, ...]
    start: int | None
    end: int | None
    quote: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that a search found: its guide's path and its heading path."""

    path: str
    section: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """The last answer of a conversation, as its JSON tells it."""

    status: Status
    text: str
    standalone: str = ""
    citations: tuple[Cited, ...] = ()
    mode: str = "quote"
    model: str | None = None
    seconds: float | None = None
    dropped: float | None = None
    """Share of a model's sentences that the proof dropped; None where no model wrote."""
    hits: tuple[Found, ...] = ()
    """What the search for the stand-alone question found, best first, where the transcript tells it."""

    @property
    def evidence(self) -> str:
        """All that the answer quotes."""
        return "\n".join(cited.quote for cited in self.citations)


def load_transcript(path: Path) -> dict[str, Reply]:
    """The last answer of each conversation by its id. Raises `AdvisorError` with file and line."""
    replies: dict[str, Reply] = {}
    for record in records_of(path):
        identity = record.text("id")
        if identity in replies:
            raise record.wrong(f'the id "{identity}" stands there a second time.')
        replies[identity] = reply_of_line(record)
    if not replies:
        raise AdvisorError(f"{path} holds no answer. Write one with: advisor ask --batch QUESTIONS > {path}")
    return replies


def reply_of_line(record: Record) -> Reply:
    """The last answer of a line, with the line's hits."""
    record.no_slip("id", "answers", "hits")
    answers = record.records("answers")
    if not answers:
        raise record.wrong('"answers" must hold one or more answers.')
    return replace(reply_of(answers[-1]), hits=hits_of(record))


def reply_of(record: Record) -> Reply:
    """The reply that an answer's JSON holds; only status and text are needed."""
    record.no_slip("status", "text", "standalone", "citations", "mode", "model", "seconds", "proof")
    status = record.text("status")
    if status not in list(Status):
        raise record.wrong(
            f'"status" is "{status}", and "{status}" is no status. The statuses are {", ".join(Status)}.'
        )
    text = record.fields.get("text")
    if not isinstance(text, str):
        raise record.wrong('"text" must be a text.')
    return Reply(
        status=Status(status),
        text=text,
        standalone=record.optional("standalone"),
        citations=tuple(_cited(one) for one in record.records("citations")),
        mode=record.optional("mode") or "quote",
        model=record.optional("model") or None,
        seconds=_seconds(record),
        dropped=_dropped(record),
    )


def _dropped(record: Record) -> float | None:
    proof = record.fields.get("proof")
    if proof is None:
        return None
    told = [proof.get(name) for name in ("kept", "repaired", "dropped")] if isinstance(proof, dict) else []
    counts = [n for n in told if isinstance(n, int) and not isinstance(n, bool) and n >= 0]
    if len(counts) != 3:
        raise record.wrong('"proof" must hold the numbers "kept", "repaired" and "dropped".')
    return counts[2] / sum(counts) if sum(counts) else None


def _seconds(record: Record) -> float | None:
    seconds = record.fields.get("seconds")
    if seconds is None:
        return None
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds < math.inf:
        raise record.wrong('"seconds" must be a number from 0 on.')
    return float(seconds)


def hits_of(record: Record) -> tuple[Found, ...]:
    """The hits of a line, in the form that `advisor search --batch` prints."""
    return tuple(Found(hit.text("path"), hit.texts("section")) for hit in record.records("hits"))


def _cited(record: Record) -> Cited:
    record.no_slip("number", "path", "section", "start", "end", "quote", "title")
    number, start, end = record.whole("number", 1), record.whole("start", 0), record.whole("end", 0)
    if number is None:
        raise record.wrong('"number" is missing.')
    if start is not None and end is not None and end < start:
        raise record.wrong(f'"end" is {end}, which is before "start", {start}.')
    return Cited(
        number=number,
        path=record.text("path"),
        section=record.texts("section"),
        start=start,
        end=end,
        quote=record.text("quote"),
        title=record.optional("title"),
    )
