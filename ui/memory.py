"""A conversation as the browser keeps it: the server holds nothing of a person, so every request brings it along.

What comes from a browser may be forged: it is bounded, and a citation counts only where its guide still holds its quote.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from advisor.answer import Answer, Citation, Layout, Proof, Sentence, Status
from advisor.chain import Turn
from advisor.profile import Profile
from index.errors import AdvisorError
from index.guide import Guide

from .reading import section_at

GONE = "A sentence stood here whose source is no longer among the guides."
MAX_TURNS = 50
"""Turns that a conversation keeps; older ones fall away."""

_Short = Annotated[str, StringConstraints(max_length=4_000)]
_Count = Annotated[int, Field(ge=0, le=10_000)]
_Long = Annotated[str, StringConstraints(max_length=20_000)]
_Name = Annotated[str, StringConstraints(pattern=r"^[\w-]{4,40}$")]


def new_name() -> str:
    """A name that nothing else has."""
    return secrets.token_urlsafe(9)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _StoredSentence(_Strict):
    text: _Long
    citations: Annotated[tuple[int, ...], Field(max_length=50)] = ()
    layout: Layout = Layout.TEXT


class _StoredCitation(_Strict):
    number: int
    guide: _Short
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    quote: _Long


class _StoredProof(_Strict):
    kept: _Count
    repaired: _Count
    dropped: _Count


class _StoredTurn(_Strict):
    name: _Name = Field(default_factory=new_name)
    message: _Short
    standalone: _Short
    status: Status
    sentences: Annotated[tuple[_StoredSentence, ...], Field(max_length=500)]
    citations: Annotated[tuple[_StoredCitation, ...], Field(max_length=500)] = ()
    suggestions: Annotated[tuple[_Short, ...], Field(max_length=10)] = ()
    mode: _Short = "quote"
    model: _Short | None = None
    seconds: float = 0.0
    proof: _StoredProof | None = None


class _Stored(_Strict):
    id: _Name
    turns: Annotated[tuple[_StoredTurn, ...], Field(max_length=MAX_TURNS)] = ()
    gone: Annotated[tuple[_Name, ...], Field(max_length=MAX_TURNS)] = ()


@dataclass(frozen=True, slots=True)
class Conversation:
    """Turns under a name that only its browser knows."""

    id: str
    turns: tuple[Turn, ...] = ()
    names: tuple[str, ...] = ()
    """One for each turn: the browser keeps each by itself, so that two of its tabs can add to one conversation at once."""
    gone: tuple[str, ...] = ()
    """Names of turns that were taken away, for the browser to forget once another stands in their place."""

    @classmethod
    def new(cls) -> Conversation:
        """An empty one."""
        return cls(new_name())

    def with_turn(self, turn: Turn, name: str = "") -> Conversation:
        """The conversation and one turn more."""
        turns, names = (*self.turns, turn), (*self.names, name or new_name())
        gone = (*self.gone, *names[:-MAX_TURNS])
        return replace(self, turns=turns[-MAX_TURNS:], names=names[-MAX_TURNS:], gone=gone)

    def before(self, count: int) -> Conversation:
        """Its first `count` turns; the others are gone."""
        gone = (*self.gone, *self.names[count:])
        return replace(self, turns=self.turns[:count], names=self.names[:count], gone=gone)

    def changed_at(self, count: int) -> Conversation:
        """What it goes on from when the message after its first `count` turns is changed.

        Only an answer gives way to the new one. Where more turns followed, this is another conversation, so that the
        browser keeps the one that they are in.
        """
        shorter = self.before(count)
        if len(self.turns) <= count + 1:
            return shorter
        return replace(Conversation.new(), turns=shorter.turns, names=shorter.names)


def dump(conversation: Conversation) -> str:
    """The conversation as JSON, for the browser to keep."""
    turns = tuple(_store(turn, name) for turn, name in zip(conversation.turns, conversation.names, strict=True))
    return _Stored(id=conversation.id, turns=turns, gone=conversation.gone[-MAX_TURNS:]).model_dump_json()


def load(text: str, guides: Mapping[str, Guide]) -> Conversation:
    """What `dump` wrote; a new conversation where it cannot be read."""
    if not text:
        return Conversation.new()
    try:
        stored = _Stored.model_validate_json(text)
    except ValidationError:
        return Conversation.new()
    turns = tuple(_restore(turn, guides) for turn in stored.turns)
    return Conversation(stored.id, turns, tuple(turn.name for turn in stored.turns), stored.gone)


def dump_asked(message: str) -> str:
    """A question that has no words of an answer yet, as JSON, for the page to hold until it has."""
    return json.dumps({"asked": message}, ensure_ascii=False)


def load_asked(text: str) -> str:
    """What `dump_asked` wrote; empty where it is something else."""
    try:
        held = json.loads(text) if text else None
    except ValueError:
        return ""
    asked = held.get("asked") if isinstance(held, dict) else None
    return asked if isinstance(asked, str) else ""


def dump_profile(profile: Profile, before: Profile) -> str:
    """The profile as JSON, for the browser to keep, with what it was before: they may have changed it meanwhile."""
    return json.dumps({**profile.to_json(), "before": before.to_json()["traits"]}, ensure_ascii=False)


def load_profile(text: str) -> Profile:
    """What `dump_profile` wrote, or the page changed; an empty one where it cannot be read."""
    try:
        return Profile.from_json(json.loads(text)) if text else Profile()
    except (ValueError, AdvisorError):
        return Profile()


def _store(turn: Turn, name: str) -> _StoredTurn:
    answer = turn.answer
    return _StoredTurn(
        name=name,
        message=turn.message[:4_000],
        standalone=answer.standalone[:4_000],
        status=answer.status,
        sentences=tuple(_StoredSentence(text=s.text, citations=s.citations, layout=s.layout) for s in answer.sentences),
        citations=tuple(_StoredCitation.model_validate(_kept(c)) for c in answer.citations),
        suggestions=answer.suggestions[:10],
        mode=answer.mode,
        model=answer.model,
        seconds=answer.seconds,
        proof=_StoredProof(**answer.proof.to_json()) if answer.proof else None,
    )


def _kept(citation: Citation) -> dict[str, Any]:
    return {key: getattr(citation, key) for key in ("number", "guide", "start", "end", "quote")}


def _restore(turn: _StoredTurn, guides: Mapping[str, Guide]) -> Turn:
    citations = tuple(c for stored in turn.citations if (c := _cite(stored, guides)))
    numbers = {citation.number for citation in citations}
    answer = Answer(
        question=turn.message,
        standalone=turn.standalone,
        status=turn.status,
        sentences=tuple(_sentence(stored, numbers) for stored in turn.sentences),
        citations=citations,
        suggestions=turn.suggestions,
        mode=turn.mode,
        model=turn.model,
        seconds=turn.seconds,
        proof=Proof(**turn.proof.model_dump()) if turn.proof else None,
    )
    return Turn(turn.message, answer)


def _sentence(stored: _StoredSentence, numbers: set[int]) -> Sentence:
    """A sentence with the citations that still hold; what was the guides' word and has none left is not said again."""
    left = tuple(n for n in stored.citations if n in numbers)
    return Sentence(stored.text if left or not stored.citations else GONE, left, stored.layout)


def _cite(stored: _StoredCitation, guides: Mapping[str, Guide]) -> Citation | None:
    guide = guides.get(stored.guide)
    if guide is None or guide.text[stored.start : stored.end] != stored.quote or not stored.quote:
        return None
    section = section_at(guide, stored.start)
    return Citation(
        number=stored.number,
        guide=guide.id,
        title=guide.title,
        section=section.path if section else (),
        path=guide.path,
        start=stored.start,
        end=stored.end,
        quote=stored.quote,
        url=guide.url,
        dated=guide.dated,
        country=guide.country,
    )
