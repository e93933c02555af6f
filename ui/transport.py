"""A question and its answer in one request, so that any copy of the server behind a proxy can answer any question.

The framework answers in two requests: one puts a question into a queue and gets a number, the other fetches what comes
of that number. With several copies behind a proxy the second may reach a copy that does not know the number. The page
(`assets/transport.js`) therefore expects to be answered where it puts its question, and this middleware joins the two.
Every request has a session of its own, of which nothing is left when it is answered.
"""

from __future__ import annotations

import json
from typing import Any

from .security import App, Message, Receive, Scope, Send, path_of
from .sessions import Sessions

JOIN = "/gradio_api/queue/join"
DATA = "/gradio_api/queue/data"
RUN = "/gradio_api/run/predict"
EVENT = b"x-event-id"


class OneRequest:
    """Answers a question put to `JOIN` with the stream of `DATA`."""

    def __init__(self, app: App, sessions: Sessions) -> None:
        self._app = app
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = path_of(scope) if scope["type"] == "http" else ""
        if path == JOIN:
            with self._sessions.session() as session:
                await self._answer(session, scope, receive, send)
        elif path == RUN:
            with self._sessions.session() as session:
                await self._app(scope, _once(_in_session(await _body(receive), session)), send)
        else:
            await self._app(scope, receive, send)

    async def _answer(self, session: str, scope: Scope, receive: Receive, send: Send) -> None:
        joined = _Reply()
        await self._app(scope, _once(_in_session(await _body(receive), session)), joined.take)
        if joined.status != 200:
            await joined.give(send)
            return
        event = str(json.loads(joined.body)["event_id"]).encode()

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), (EVENT, event)]
            await send(message)

        await self._app(_fetching(scope, session), receive, named)


class _Reply:
    """A response that is kept until it is known what becomes of it."""

    def __init__(self) -> None:
        self.start: Message = {}
        self.body = b""

    @property
    def status(self) -> int:
        return int(self.start.get("status", 500))

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")

    async def give(self, send: Send) -> None:
        await send(self.start)
        await send({"type": "http.response.body", "body": self.body})


async def _body(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return body


def _in_session(body: bytes, session: str) -> bytes:
    """The question in a session of its own, whose stream holds nothing else; what is no question stays as it is."""
    try:
        asked: Any = json.loads(body)
    except ValueError:
        return body
    return json.dumps({**asked, "session_hash": session}).encode() if isinstance(asked, dict) else body


def _once(body: bytes) -> Receive:
    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive


def _fetching(scope: Scope, session: str) -> Scope:
    path = str(scope["path"]).removesuffix(JOIN) + DATA
    headers = [(k, v) for k, v in scope["headers"] if k not in (b"content-length", b"content-type")]
    return {
        **scope,
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": f"session_hash={session}".encode(),
        "headers": headers,
    }
