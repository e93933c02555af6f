"""The same answers for programs, and what the page reads beside the chat: REST, described by OpenAPI."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from typing import Annotated, Any, Literal

from anyio import to_thread
from fastapi import APIRouter, BackgroundTasks, HTTPException, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, StreamingResponse

from advisor.answer import Answer
from advisor.chain import MAX_MESSAGE, Turn
from advisor.feedback import FeedbackLog
from advisor.profile import Profile
from index.errors import AdvisorError
from index.guide import Guide, Span

from . import exports, memory, schema
from .answering import Answering
from .engine import Engine
from .gate import Busy
from .logs import SORRY, FaultError, log_fault
from .reading import read_blocks, section_at

_PLACE = re.compile(r"(?P<guide>.+):(?P<start>[0-9]{1,9})-(?P<end>[0-9]{1,9})")
_REFUSED: dict[int | str, dict[str, Any]] = {
    404: {"model": schema.Refusal, "description": "There is no such thing."},
    422: {"model": schema.Refusal, "description": "What was sent cannot be read, and where."},
    503: {"model": schema.Refusal, "description": "Busy, being stopped, or the index cannot be reached."},
}


def routes(answering: Answering) -> APIRouter:
    """All that programs can ask for, under `/api`."""
    router = APIRouter(prefix="/api", responses={422: _REFUSED[422], 503: _REFUSED[503]})
    _add_answers(router, answering)
    _add_person(router, answering)
    _add_guides(router, answering)
    _add_own(router, answering.engine, answering.feedback)
    return router


def _add_answers(router: APIRouter, answering: Answering) -> None:
    @router.post("/ask", tags=["answers"], summary="The answer to a message, with its citations")
    async def ask(question: schema.Question, after: BackgroundTasks) -> schema.Answer:
        profile = _profile(question.profile)
        history = await _history(answering, question)
        answer = await answering.ask(question.message, history, profile)
        after.add_task(answering.note, question.message, answer, profile)
        return schema.Answer.model_validate(answer.to_json())

    @router.post(
        "/ask/stream",
        tags=["answers"],
        summary="Answers that grow, as server-sent events",
        response_class=StreamingResponse,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}, "description": _STREAM}},
    )
    async def stream(question: schema.Question) -> StreamingResponse:
        profile = _profile(question.profile)
        if answering.gate.crowded:
            raise Busy(answering.gate.reason)
        return StreamingResponse(_events(answering, question, profile), media_type="text/event-stream")


_STREAM = """`data:` an Answer, each longer than the one before; then `event: end`, or `event: error` with
`data: {"detail": "…"}`."""


def _add_person(router: APIRouter, answering: Answering) -> None:
    engine = answering.engine

    @router.post("/profile", tags=["person"], summary="What a message tells about the person who wrote it")
    async def read_profile(told: schema.Told) -> schema.Profile:
        known = _profile(told.profile) or Profile()
        read = await answering.quickly(engine.read_profile, told.message, known)
        return schema.Profile.model_validate(read.to_json())

    @router.post(
        "/roadmap",
        tags=["person"],
        summary="The way to a person's goal, each step with its sources",
        response_model=schema.Roadmap,
        responses={200: {"content": {"text/markdown": {}, "text/calendar": {}}}},
    )
    async def plan(wanted: schema.Wanted, form: Literal["json", "markdown", "calendar"] = "json") -> Any:
        person = _profile(wanted.profile) or Profile()
        roadmap = await answering.quickly(engine.plan, person, wanted.goal, wanted.ticks)
        if form == "markdown":
            return Response(roadmap.to_markdown(), media_type="text/markdown")
        if form == "calendar":
            return Response(roadmap.to_ics(), media_type="text/calendar")
        return schema.Roadmap.model_validate(roadmap.to_json())

    @router.get("/goals", tags=["person"], summary="What the guides lead to, where they lead to several goals")
    async def list_goals() -> list[str]:
        return list(await answering.quickly(engine.goals))


def _add_guides(router: APIRouter, answering: Answering) -> None:
    engine = answering.engine

    @router.get("/search", tags=["guides"], summary="The passages that a query finds")
    async def search(
        q: Annotated[str, Query(min_length=1, max_length=MAX_MESSAGE)], k: Annotated[int, Query(ge=1, le=50)] = 5
    ) -> list[schema.Hit]:
        hits = await answering.quickly(engine.index.search, q, k)
        return [schema.Hit.model_validate(hit.to_json()) for hit in hits]

    @router.get("/guides", tags=["guides"], summary="The guides")
    def list_guides() -> list[schema.Guide]:
        return [schema.Guide.model_validate(describe(guide)) for guide in engine.index.guides.values()]

    @router.get("/guides/{guide}", tags=["guides"], summary="A guide in full, as blocks", responses=_REFUSED)
    def read_guide(guide: str) -> schema.GuideText:
        found = _guide(engine, guide)
        blocks = [block.to_json() for block in read_blocks(found)]
        return schema.GuideText.model_validate({**describe(found), "blocks": blocks})

    @router.get("/figures", tags=["guides"], summary="The figures that guides state, as bars from low to high")
    def list_figures(guide: str | None = None) -> list[schema.Chart]:
        found = guide if guide is None else _guide(engine, guide).id
        charts = (chart for chart in engine.charts() if found in (None, *(one.guide.id for one in chart.series)))
        return [schema.Chart.model_validate(chart.to_json()) for chart in charts]

    @router.get(
        "/passages/{id}", tags=["guides"], summary="A place (guide:start-end) marked in its guide", responses=_REFUSED
    )
    def read_passage(id: str) -> schema.Passage:  # noqa: A002 (the name of the path's part)
        match = _PLACE.fullmatch(id)
        if match is None:
            raise HTTPException(404, "A place is written guide:start-end.")
        found = _guide(engine, match["guide"])
        quote = Span(int(match["start"]), int(match["end"]))
        if not quote.start < quote.end <= len(found.text):
            raise HTTPException(404, "The guide has no such place; it may have changed since the answer.")
        return schema.Passage.model_validate(passage(found, quote))


def _add_own(router: APIRouter, engine: Engine, feedback: FeedbackLog | None) -> None:
    """What the page alone needs."""

    @router.post("/export", include_in_schema=False)
    async def export(request: Request, form: Literal["markdown", "json"] = "markdown") -> Response:
        turns = memory.load((await request.body()).decode(errors="replace"), engine.index.guides).turns
        if form == "json":
            return Response(exports.to_json(turns), media_type="application/json")
        return Response(exports.to_markdown(turns), media_type="text/markdown")

    if feedback is None:
        return

    @router.post("/feedback", tags=["answers"], summary="A verdict on an answer of a conversation", status_code=204)
    async def rate(given: schema.Verdict) -> None:
        turns = memory.load(json.dumps(given.conversation), engine.index.guides).turns
        if not turns:
            raise HTTPException(404, "There is no answer to rate.")
        await to_thread.run_sync(feedback.add, given.verdict, turns[-1].answer)


def refuse_unreadable(_request: Request, error: RequestValidationError) -> JSONResponse:
    """A 422 that says what is wrong and where, without what was sent."""
    found = error.errors()[0]
    if found["type"] == "json_invalid":
        return JSONResponse({"detail": f"What was sent is not JSON, from character {found['loc'][-1]} on."}, 422)
    place = ".".join(str(part) for part in found["loc"][1:])
    return JSONResponse({"detail": f"{place or 'The request'}: {found['msg']}."}, 422)


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


def _guide(engine: Engine, identity: str) -> Guide:
    guide: Guide | None = engine.index.guides.get(identity)
    if guide is None:
        raise HTTPException(404, "There is no such guide.")
    return guide


def _profile(given: schema.Profile | None) -> Profile | None:
    """The profile that came along. Raises a 422 where it is none."""
    if given is None:
        return None
    try:
        return Profile.from_json(given.model_dump())
    except AdvisorError as error:
        raise HTTPException(422, str(error)) from error


async def _history(answering: Answering, question: schema.Question) -> Sequence[Turn]:
    history: tuple[Turn, ...] = ()
    for message in question.before:
        history = (*history, Turn(message, await answering.ask(message, history)))
    return history


async def _events(answering: Answering, question: schema.Question, profile: Profile | None) -> AsyncIterator[str]:
    answer: Answer | None = None
    try:
        history = await _history(answering, question)
        async with aclosing(answering.stream(question.message, history, profile)) as answers:
            async for answer in answers:
                yield f"data: {json.dumps(answer.to_json(), ensure_ascii=False)}\n\n"
    except (AdvisorError, Busy) as error:
        yield _failed(str(error))
    except FaultError as error:
        log_fault(error)
        yield _failed(SORRY)
    else:
        yield "event: end\ndata: {}\n\n"
        if answer is not None:
            await answering.note(question.message, answer, profile)


def _failed(detail: str) -> str:
    return f"event: error\ndata: {json.dumps({'detail': detail}, ensure_ascii=False)}\n\n"
