"""The page's own script in the framework's HTML, before the framework's.

What the framework itself offers to add to the head is added once the page runs: whoever asks sooner, on a slow line, is
answered in a way that the framework's client cannot read without `assets/transport.js`, and waits for ever.
"""

from __future__ import annotations

from .security import App, Message, Receive, Scope, Send

FRAMEWORK = b'<script type="module"'
"""Where the framework's own script begins; modules run in the order in which they stand."""
MANIFEST = b'href="/manifest.json"'


class Early:
    """Adds `head` to every HTML page, before the framework's script, or at the end of the head where there is none.

    The framework looks for the manifest at the top of the server; `manifest` is where it is below a path.
    """

    def __init__(self, app: App, head: str, manifest: str) -> None:
        self._app = app
        self._head = head.encode()
        self._manifest = f'href="{manifest}"'.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start: Message = {}
        body = b""

        async def take(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_page(message):
                start = message
            elif not start:
                await send(message)
            else:
                body += message.get("body", b"")
                if not message.get("more_body"):
                    await self._give(start, body, send)

        await self._app(scope, receive, take if scope["type"] == "http" else send)

    async def _give(self, start: Message, body: bytes, send: Send) -> None:
        mark = FRAMEWORK if FRAMEWORK in body else b"</head>"
        whole = body.replace(mark, self._head + mark, 1).replace(MANIFEST, self._manifest, 1)
        length = (b"content-length", str(len(whole)).encode())
        others = [header for header in start["headers"] if header[0] != length[0]]
        await send({**start, "headers": [*others, length]})
        await send({"type": "http.response.body", "body": whole})


def _is_page(start: Message) -> bool:
    return any(name == b"content-type" and value.startswith(b"text/html") for name, value in start["headers"])
