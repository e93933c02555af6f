"""What every request meets before the page does: trusted hosts, closed routes, a limit on its size; and safe headers.

Plain ASGI, since a middleware that wraps the response would stand in the way of every streamed word.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "media-src 'none'",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
"""Nothing from elsewhere and no `eval`; the page's own bootstrap is inline."""

HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)

CLOSED = ("/gradio_api/upload", "/gradio_api/file", "/gradio_api/proxy", "/gradio_api/component_server", "/monitoring")
"""Routes of the framework that this page has no use for."""


class SafeHeaders:
    """Adds `HEADERS` to every response."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *HEADERS]
            await send(message)

        await self._app(scope, receive, with_headers if scope["type"] == "http" else send)


class TrustedHosts:
    """Refuses a request for a host that is not ours, or sent by a page of another one.

    The first stops a foreign name that is pointed at this machine, the second a foreign page that posts to it.
    """

    def __init__(self, app: App, hosts: Iterable[str]) -> None:
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
        elif not self._trusted(_host(f"//{_header(scope, b'host')}")):
            await refuse(send, 400, "This address is not one that the advisor serves. Name it with --trusted-host.")
        elif (origin := _header(scope, b"origin")) and not self._trusted(_host(origin)):
            await refuse(send, 403, "Requests from pages of other sites are refused.")
        else:
            await self._app(scope, receive, send)

    def _trusted(self, host: str) -> bool:
        return "*" in self._hosts or host in self._hosts


class ClosedRoutes:
    """Answers 404 for `CLOSED`, below any prefix that the app is served under."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "").removeprefix(scope.get("root_path", ""))
        closed = any(path == route or path.startswith((f"{route}/", f"{route}=")) for route in CLOSED)
        if scope["type"] == "http" and closed:
            await refuse(send, 404, "There is nothing here.")
        else:
            await self._app(scope, receive, send)


class BodyLimit:
    """Refuses a body that is, or grows, longer than `limit` bytes."""

    def __init__(self, app: App, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        length = _header(scope, b"content-length")
        if length.isdigit() and int(length) > self._limit:
            await self._refuse(send)
            return
        await self._watch(scope, receive, send)

    async def _watch(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A body without a length is counted as it comes in; once it is too long, what the app answers is not sent."""
        taken, started = 0, False

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._limit:
                raise _TooLongError
            return message

        async def noticed(message: Message) -> None:
            nonlocal started
            if taken <= self._limit or started:
                started = True
                await send(message)

        with suppress(_TooLongError):
            await self._app(scope, counted, noticed)
        if taken > self._limit and not started:
            await self._refuse(send)

    async def _refuse(self, send: Send) -> None:
        await refuse(send, 413, f"That is more than the advisor reads at once ({self._limit:,} bytes).")


class _TooLongError(Exception):
    pass


async def refuse(send: Send, status: int, detail: str) -> None:
    """An error as FastAPI words it."""
    body = json.dumps({"detail": detail}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for key, value in scope.get("headers", ()) if key == name), "")


def _host(address: str) -> str:
    """The host's name without its port; empty where the address cannot be read."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
