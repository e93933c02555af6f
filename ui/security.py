"""What every request meets before the page does: trusted hosts, closed routes, a limit on its size; and safe headers.

Plain ASGI, since a middleware that wraps the response would stand in the way of every streamed word.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
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

FRAMEWORK = "/gradio_api/"
USED = frozenset(
    f"{FRAMEWORK}{name}" for name in ("app_id", "info", "queue/join", "run/predict", "startup-events", "theme.css")
)
"""Routes of the framework that this page has a use for; all others below `FRAMEWORK` are closed."""
CLOSED = ("/monitoring", "/login", "/logout", "/vibe")
"""Others that are closed."""


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
        elif not self._trusted(_host(f"//{header_of(scope, b'host')}")):
            await refuse(send, 400, "This address is not one that the advisor serves. Name it with --trusted-host.")
        elif (origin := header_of(scope, b"origin")) and not self._trusted(_host(origin)):
            await refuse(send, 403, "Requests from pages of other sites are refused.")
        else:
            await self._app(scope, receive, send)

    def _trusted(self, host: str) -> bool:
        return "*" in self._hosts or host in self._hosts


class ClosedRoutes:
    """Answers 404 for what the page does not use of the framework."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = path_of(scope)
        closed = path.startswith(CLOSED) or (path.startswith(FRAMEWORK) and path not in USED)
        if scope["type"] == "http" and closed:
            await refuse(send, 404, "There is nothing here.")
        else:
            await self._app(scope, receive, send)


class BodyLimit:
    """Refuses a body that is, or grows, longer than `limit` bytes; `larger` has other limits for some paths."""

    def __init__(self, app: App, limit: int, larger: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._limit = limit
        self._larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._larger.get(path_of(scope), self._limit)
        length = header_of(scope, b"content-length")
        if length.isdigit() and int(length) > limit:
            await self._refuse(send, limit)
            return
        await self._watch(scope, receive, send, limit)

    async def _watch(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        """A body without a length is counted as it comes in; once it is too long, what the app answers is not sent."""
        taken, started = 0, False

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise _TooLongError
            return message

        async def noticed(message: Message) -> None:
            nonlocal started
            if taken <= limit or started:
                started = True
                await send(message)

        with suppress(_TooLongError):
            await self._app(scope, counted, noticed)
        if taken > limit and not started:
            await self._refuse(send, limit)

    async def _refuse(self, send: Send, limit: int) -> None:
        await refuse(send, 413, f"That is more than the advisor reads at once ({limit:,} bytes).")


class _TooLongError(Exception):
    pass


async def refuse(send: Send, status: int, detail: str, more: Iterable[tuple[bytes, bytes]] = ()) -> None:
    """An error as FastAPI words it."""
    body = json.dumps({"detail": detail}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def path_of(scope: Scope) -> str:
    """The path below any prefix that the app is served under."""
    return str(scope.get("path", "")).removeprefix(str(scope.get("root_path", "")))


def header_of(scope: Scope, name: bytes) -> str:
    """The value of a request's first header of this name (in lower case); empty without one."""
    return next((value.decode("latin-1") for key, value in scope.get("headers", ()) if key == name), "")


def _host(address: str) -> str:
    """The host's name without its port; empty where the address cannot be read."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""
