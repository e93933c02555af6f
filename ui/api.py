"""The same answers for programs, and the guides for the page's reader: REST, described by OpenAPI."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from advisor.answer import Answer
from advisor.chain import MAX_MESSAGE, Turn
from index.guide import Guide, Span

from . import exports, memory
from .engine import Engine
from .figures import charts_of
from .reading import read_blocks, section_at

_PLACE = re.compile(r"(?P<guide>.+):(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9})")


class Question(BaseModel):
    """A message, and the messages of the conversation before it, oldest first."""

    message: Annotated[str, Field(max_length=MAX_MESSAGE)]
    before: Annotated[list[Annotated[str, Field(max_length=MAX_MESSAGE)]], Field(max_length=10)] = []


def routes(advisor: Engine) -> APIRouter:
    """All that programs can ask for, under `/api`."""
    router = APIRouter(prefix="/api")
    _add_answers(router, advisor)
    _add_guides(router, advisor)
    return router


def _add_answers(router: APIRouter, advisor: Engine) -> None:
    @router.post("/ask", tags=["answers"], summary="The answer to a message, with its citations")
    def ask(question: Question) -> dict[str, Any]:
        return advisor.ask(question.message, _history(advisor, question.before)).to_json()

    @router.post("/ask/stream", tags=["answers"], summary="Answers that grow, as server-sent events")
    def stream(question: Question) -> StreamingResponse:
        answers = advisor.stream(question.message, _history(advisor, question.before))
        return StreamingResponse(_events(answers), media_type="text/event-stream")

    @router.post("/export", include_in_schema=False)
    async def export(request: Request, form: Literal["markdown", "json"] = "markdown") -> Response:
        turns = memory.load((await request.body()).decode(errors="replace"), advisor.index.guides).turns
        if form == "json":
            return Response(exports.to_json(turns), media_type="application/json")
        return Response(exports.to_markdown(turns), media_type="text/markdown")


def _add_guides(router: APIRouter, advisor: Engine) -> None:
    guides = advisor.index.guides

    @router.get("/search", tags=["guides"], summary="The passages that a query finds")
    def search(
        q: Annotated[str, Query(min_length=1, max_length=MAX_MESSAGE)], k: Annotated[int, Query(ge=1, le=50)] = 5
    ) -> list[dict[str, Any]]:
        return [hit.to_json() for hit in advisor.index.search(q, k)]

    @router.get("/guides", tags=["guides"], summary="The guides")
    def list_guides() -> list[dict[str, Any]]:
        return [describe(guide) for guide in guides.values()]

    @router.get("/guides/{guide}", tags=["guides"], summary="A guide in full, as blocks that can be drawn")
    def read_guide(guide: str) -> dict[str, Any]:
        found = _guide(advisor, guide)
        return {**describe(found), "blocks": [block.to_json() for block in read_blocks(found)]}

    @router.get("/figures", tags=["guides"], summary="Tables that state quantities, as bars from low to high")
    def list_figures(guide: str | None = None) -> list[dict[str, Any]]:
        chosen = guides.values() if guide is None else [_guide(advisor, guide)]
        return [chart.to_json() for one in chosen for chart in charts_of(one)]

    @router.get("/passages/{place}", tags=["guides"], summary="A place (guide:start-end) marked in its guide")
    def read_passage(place: str) -> dict[str, Any]:
        match = _PLACE.fullmatch(place)
        if match is None:
            raise HTTPException(404, "A place is written guide:start-end.")
        found = _guide(advisor, match["guide"])
        quote = Span(int(match["start"]), int(match["end"]))
        if not quote.start < quote.end <= len(found.text):
            raise HTTPException(404, "The guide has no such place; it may have changed since the answer.")
        return passage(found, quote)


def describe(guide: Guide) -> dict[str, Any]:
    """What a guide is, without its text."""
    return {
        "id": guide.id,
        "title": guide.title,
        "path": guide.path,
        "summary": guide.summary,
        "publisher": guide.publisher,
        "url": guide.url,
        "dated": guide.dated,
        "country": guide.country,
        "licence": guide.licence,
        "sections": sum(1 for section in guide.sections if section.heading),
        "passages": len(guide.passages),
    }


def passage(guide: Guide, quote: Span) -> dict[str, Any]:
    """A guide with one quote marked."""
    section = section_at(guide, quote.start)
    return {
        **describe(guide),
        "section": list(section.path) if section else [],
        "start": quote.start,
        "end": quote.end,
        "quote": quote.of(guide.text),
        "blocks": [block.to_json() for block in read_blocks(guide, quote)],
    }


def _guide(advisor: Engine, identity: str) -> Guide:
    guide: Guide | None = advisor.index.guides.get(identity)
    if guide is None:
        raise HTTPException(404, "There is no such guide.")
    return guide


def _history(advisor: Engine, messages: list[str]) -> tuple[Turn, ...]:
    history: tuple[Turn, ...] = ()
    for message in messages:
        history = (*history, Turn(message, advisor.ask(message, history)))
    return history


def _events(answers: Iterator[Answer]) -> Iterator[str]:
    for answer in answers:
        yield f"data: {json.dumps(answer.to_json(), ensure_ascii=False)}\n\n"
    yield "event: end\ndata: {}\n\n"
