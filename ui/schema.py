"""What programs send and get, as OpenAPI describes it; keys that are added later pass through."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from advisor import feedback
from advisor.chain import MAX_MESSAGE

Message = Annotated[str, Field(max_length=MAX_MESSAGE)]
Title = Annotated[str, Field(max_length=500)]


class _Open(BaseModel):
    model_config = ConfigDict(extra="allow")


class Refusal(BaseModel):
    """Why there is no result."""

    detail: str


class Trait(_Open):
    """One thing that a person told about themselves, and their words for it."""

    aspect: str
    value: str
    words: str = ""


class Profile(_Open):
    """What a person told; kept by them, sent along with each request, and stored nowhere."""

    traits: Annotated[list[Trait], Field(max_length=100)] = []


class Question(BaseModel):
    """A message, the messages of the conversation before it (oldest first), and what is known about the person."""

    message: Message
    before: Annotated[list[Message], Field(max_length=10)] = []
    profile: Profile | None = None


class Told(BaseModel):
    """A message, and what was known about the person before it."""

    message: Message
    profile: Profile | None = None


class Wanted(BaseModel):
    """Whose way, where to (else the profile's goal), and the steps ticked off (or on again) by hand, by title."""

    profile: Profile | None = None
    goal: Annotated[str, Field(max_length=200)] | None = None
    ticks: Annotated[dict[Title, bool], Field(max_length=200)] = {}


class Verdict(BaseModel):
    """What a person thinks of the last answer of a conversation, as the page keeps it."""

    verdict: feedback.Verdict
    conversation: dict[str, Any]


class Citation(_Open):
    """A place in a guide; `start` and `end` count characters, and the quote is what stands there."""

    number: int
    guide: str
    title: str
    section: list[str]
    path: str
    start: int
    end: int
    quote: str
    url: str | None = None
    dated: str | None = None
    country: str | None = None


class Answer(_Open):
    """An answer whose every claim is cited; `text` is Markdown with the markers `[1]`."""

    question: str
    standalone: str
    status: str
    text: str
    citations: list[Citation]
    suggestions: list[str]
    mode: str
    model: str | None
    seconds: float


class Hit(_Open):
    """A passage found for a query."""

    guide: str
    start: int
    end: int


class Guide(_Open):
    """What a guide is, without its text."""

    id: str
    title: str
    path: str
    summary: str | None
    publisher: str | None
    url: str | None
    dated: str | None
    country: str | None
    licence: str | None
    sections: int
    passages: int


class Block(_Open):
    """A heading, paragraph, list or table: lines of cells of runs of characters, those of a quote marked."""

    kind: str
    lines: list[list[list[dict[str, Any]]]]


class GuideText(Guide):
    """A guide in full."""

    blocks: list[Block]


class Passage(GuideText):
    """A guide in full with one place marked."""

    section: list[str]
    start: int
    end: int
    quote: str


class Bar(_Open):
    """One stated quantity: its words, its ends and which are left open, and the place that states it, as `/api/passages` takes it."""

    label: str
    words: str
    low: float
    high: float
    open: bool
    open_below: bool
    place: str
    year: int | None = None


class Series(_Open):
    """What one guide states."""

    guide: str
    title: str
    dated: str | None
    country: str | None
    section: list[str]
    measure: str
    subject: str
    bars: list[Bar]


class Chart(_Open):
    """Quantities of one kind on one scale, a series for each guide."""

    title: str
    quantity: str
    unit: str
    period: str | None
    bottom: float
    top: float
    series: list[Series]


class Roadmap(_Open):
    """Ordered steps to a goal, each with its sources; without steps, `gaps` says what is missing."""

    goal: str
    words: str | None
    guides: list[dict[str, Any]]
    why: str
    steps: list[dict[str, Any]]
    for_you: list[dict[str, Any]]
    gaps: list[str]
    citations: list[Citation]
