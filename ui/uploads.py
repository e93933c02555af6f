"""The routes by which people add guides and remove them again; they are there only when the server was started so."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated, Any

from anyio import create_memory_object_stream, create_task_group, from_thread, to_thread
from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import StreamingResponse

from advisor.additions import LONGEST_NAME, Added, Additions, fit_name
from index.errors import AdvisorError
from index.folder import LARGEST_FILE

from .engine import Live
from .logs import SORRY, log_fault

PATH = "/api/uploads"
LARGEST = LARGEST_FILE + 1_000
"""Bytes of a request that brings a file."""
EXCERPT = 120
"""Characters of a place that was left out."""


class Uploads:
    """Adds guides to an engine that is in use."""

    def __init__(self, additions: Additions) -> None:
        self._additions = additions
        self.engine = Live(additions.counsel)

    def routes(self) -> APIRouter:
        """`POST` adds a guide, `DELETE` removes one that was added."""
        router = APIRouter(tags=["guides"])

        @router.post(
            PATH,
            summary="Add a guide: the file as the body; progress and result as one JSON object a line",
            responses={200: {"content": {"application/x-ndjson": {}}}},
        )
        async def add(request: Request, name: Annotated[str, Query(max_length=4 * LONGEST_NAME)]) -> StreamingResponse:
            try:
                fit_name(name)
            except AdvisorError as error:
                raise HTTPException(422, str(error)) from error
            return StreamingResponse(self._add(name, await request.body()), media_type="application/x-ndjson")

        @router.delete(PATH + "/{guide}", summary="Remove a guide that was added", status_code=204)
        async def remove(guide: str) -> None:
            try:
                await to_thread.run_sync(self._additions.remove, guide)
            except AdvisorError as error:
                raise HTTPException(404, str(error)) from error
            self.engine.now = self._additions.counsel

        return router

    async def _add(self, name: str, data: bytes) -> AsyncIterator[str]:
        """What is being done, and in the last line what was read or why not."""
        sender, receiver = create_memory_object_stream[dict[str, Any]](1_000)

        def told(what: str, done: int, of: int) -> None:
            from_thread.run_sync(partial(_offer, sender, {"doing": what, "done": done, "of": of}))

        async def work() -> None:
            async with sender:
                await sender.send(await self._result(name, data, told))

        async with create_task_group() as group, receiver:
            group.start_soon(work)
            async for line in receiver:
                yield json.dumps(line, ensure_ascii=False) + "\n"

    async def _result(self, name: str, data: bytes, told: Any) -> dict[str, Any]:
        try:
            added = await to_thread.run_sync(self._additions.add, name, data, told)
        except AdvisorError as error:
            return {"error": str(error)}
        except Exception as error:  # noqa: BLE001 (the stream has begun: this is where it is told)
            log_fault(error)
            return {"error": SORRY}
        self.engine.now = self._additions.counsel
        return {"added": describe_added(added)}


def describe_added(added: Added) -> dict[str, Any]:
    """What was read of a guide, and what was left out and why."""
    guide = added.guide
    reasons = Counter(place.reason for place in added.left_out)
    return {
        "title": guide.title,
        "dated": guide.dated,
        "publisher": guide.publisher,
        "replaced": added.replaced,
        "sections": sum(1 for section in guide.sections if section.heading),
        "passages": dict(added.kinds),
        "figures": added.figures,
        "left_out": [{"reason": reason, "places": count} for reason, count in reasons.most_common()],
        "excerpts": [
            {"reason": place.reason, "words": " ".join(guide.text[place.start : place.end].split())[:EXCERPT]}
            for place in added.left_out[:20]
        ],
    }


def _offer(sender: Any, line: dict[str, Any]) -> None:
    """Progress that nobody reads in time is let go."""
    if sender.statistics().current_buffer_used < 900:
        sender.send_nowait(line)
