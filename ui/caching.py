"""What a browser may keep of what it got, and for how long: files whose name changes with their content, for good; else nothing unasked."""

from __future__ import annotations

import re

from .security import App, Message, Receive, Scope, Send, path_of

_BY_CONTENT = re.compile(r"/assets/(?!advisor/).*-[\w-]{8}\.(?:js|css|woff2?)")
FOR_GOOD = b"max-age=31536000, immutable"
ASK_FIRST = b"no-cache"


class Caching:
    """Adds `Cache-Control` to what is fetched, where nothing says it yet; a faulty answer is not kept for good."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def told(message: Message) -> None:
            if message["type"] == "http.response.start" and not _has(message, b"cache-control"):
                lasting = message["status"] in (200, 304) and _BY_CONTENT.fullmatch(path_of(scope))
                header = (b"cache-control", FOR_GOOD if lasting else ASK_FIRST)
                message["headers"] = [*message.get("headers", ()), header]
            await send(message)

        fetched = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        await self._app(scope, receive, told if fetched else send)


def _has(start: Message, name: bytes) -> bool:
    return any(key.lower() == name for key, _ in start.get("headers", ()))
