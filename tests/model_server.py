"""A chat model's server that says what it is told to: OpenAI-compatible, Ollama and Anthropic, over loopback HTTP.

In tests it is a class (`with ModelServer("It pays £26,000 [1].") as server`); by hand it is
`python -m tests.model_server --port 8081 --says "It pays £26,000 a year [1]."`, to be used as
`ADVISOR_MODEL=openai:scripted ADVISOR_MODEL_URL=http://127.0.0.1:8081/v1 advisor ask "..."`. `--does goes-silent` and the
like let it do what models do wrong (`tests/model_troubles.py`).
"""

from __future__ import annotations

import argparse
import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any

MODEL = "scripted"


@dataclass(frozen=True)
class Says:
    """One reply, and what goes wrong with it."""

    text: str = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    wait: float = 0.0
    """Seconds before anything is sent."""
    stall_after: int | None = None
    """Pieces after which nothing more is sent, for `stall` seconds."""
    stall: float = 30.0
    cut_after: int | None = None
    """Pieces after which the connection is cut."""
    finish: str | None = "stop"
    """Why it ends; None for a stream that ends without saying so."""
    body: str | None = None
    """Sent as it stands, instead of a reply in the protocol."""
    alive: bool = False
    """Whether a stalled stream sends signs of life."""


@dataclass(frozen=True)
class Asked:
    """One request: its path, its body and its headers."""

    path: str
    body: dict[str, Any]
    headers: dict[str, str] = field(repr=False)

    @property
    def text(self) -> str:
        """Everything that the messages say."""
        messages = [*self.body.get("messages", ()), {"content": self.body.get("system", "")}]
        return "\n".join(_said(message["content"]) for message in messages)


def _said(content: Any) -> str:
    return content if isinstance(content, str) else " ".join(block.get("text", "") for block in content)


Script = str | Says | Callable[[Asked], "str | Says"]
"""What to say: a text, a reply, or whatever a function makes of the request."""


class ModelServer:
    """Says the replies of its script in turn, the last one for ever; remembers what it was asked."""

    def __init__(self, *script: Script, models: Sequence[str] = (MODEL,), port: int = 0) -> None:
        self.script = script or ("",)
        self.models = models
        self.asked: list[Asked] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self._http.daemon_threads = True
        self._stopped = threading.Event()

    @property
    def address(self) -> str:
        """Without a path: what Ollama and Anthropic clients want."""
        return f"http://127.0.0.1:{self._http.server_port}"

    @property
    def url(self) -> str:
        """What OpenAI clients want."""
        return f"{self.address}/v1"

    def reply_to(self, asked: Asked) -> Says:
        """The next reply of the script."""
        self.asked.append(asked)
        script = self.script[min(len(self.asked), len(self.script)) - 1]
        said = script(asked) if callable(script) else script
        return Says(said) if isinstance(said, str) else said

    def pause(self, seconds: float) -> None:
        """Wait, unless the server is being stopped."""
        self._stopped.wait(seconds)

    def serve(self) -> None:
        """Answer until stopped."""
        self._http.serve_forever(poll_interval=0.05)

    def __enter__(self) -> ModelServer:
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stopped.set()
        self._http.shutdown()
        self._http.server_close()


def quotes_first_passage(asked: Asked) -> str:
    """What a dutiful model says: the first sentence of the first passage."""
    found = re.search(r'<passage[^>]*n="1"[^>]*>\s*(?:\([^\n]*\)\s*)?(.+?[.!?])(?:\s|$)', asked.text, re.DOTALL)
    return f"{' '.join(found[1].split())} [1]" if found else "NOTHING"


def _handler(server: ModelServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            """Quiet."""

        def do_GET(self) -> None:
            if self.path.partition("?")[0] == "/v1/models":
                self._send(
                    json.dumps({"object": "list", "data": [{"id": m, "object": "model"} for m in server.models]})
                )
            elif self.path == "/api/tags":
                self._send(
                    json.dumps({"models": [{"name": f"{m}:latest", "model": f"{m}:latest"} for m in server.models]})
                )
            else:
                self._send("{}", 404)

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or b"{}")
            asked = Asked(self.path, body, {k.lower(): v for k, v in self.headers.items()})
            says = server.reply_to(asked)
            server.pause(says.wait)
            if says.status != 200 or says.body is not None:
                self._send(says.body if says.body is not None else _trouble(says), says.status, says.headers)
            elif self.path.endswith("/api/chat"):
                self._stream(_ollama(says, bool(body.get("stream", True))), says, "application/x-ndjson")
            elif self.path.endswith("/messages"):
                self._anthropic(says, bool(body.get("stream")))
            elif body.get("stream"):
                self._stream(_openai(says), says, "text/event-stream")
            else:
                self._send(json.dumps(_openai_whole(says)))

        def _anthropic(self, says: Says, stream: bool) -> None:
            if stream:
                self._stream(_anthropic(says), says, "text/event-stream")
            else:
                self._send(json.dumps(_anthropic_whole(says)))

        def _send(self, text: str, status: int = 200, headers: Sequence[tuple[str, str]] = ()) -> None:
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def _stream(self, pieces: Iterator[str], says: Says, kind: str) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Connection", "close")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            self.close_connection = True
            try:
                for count, piece in enumerate(pieces):
                    if count == says.cut_after:
                        self.connection.close()
                        return
                    if count == says.stall_after:
                        self._stall(says)
                    self._chunk(piece)
                self._chunk("")
            except OSError:
                return

        def _stall(self, says: Says) -> None:
            end = time.monotonic() + says.stall
            while time.monotonic() < end and not server._stopped.is_set():
                server.pause(0.05)
                if says.alive:
                    self._chunk(": still here\n\n")

        def _chunk(self, piece: str) -> None:
            data = piece.encode()
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
            self.wfile.flush()

    return Handler


def _trouble(says: Says) -> str:
    return json.dumps(
        {"error": {"message": says.text or f"status {says.status}", "type": "error", "code": str(says.status)}}
    )


def _words(text: str) -> list[str]:
    return (
        re.findall(r"\S+\s*|\s+", text)
        if len(text) < 20_000
        else [text[i : i + 20_000] for i in range(0, len(text), 20_000)]
    )


def _openai(says: Says) -> Iterator[str]:
    def event(delta: dict[str, Any], reason: str | None = None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        return (
            "data: "
            + json.dumps(
                {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": MODEL, "choices": [choice]}
            )
            + "\n\n"
        )

    yield event({"role": "assistant", "content": ""})
    for word in _words(says.text):
        yield event({"content": word})
    if says.finish:
        yield event({}, says.finish)
        yield "data: [DONE]\n\n"


def _openai_whole(says: Says) -> dict[str, Any]:
    message = {"role": "assistant", "content": says.text}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": MODEL,
            "choices": [{"index": 0, "message": message, "finish_reason": says.finish}],
            "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2}}  # fmt: skip


def _ollama(says: Says, stream: bool) -> Iterator[str]:
    def line(text: str, done: bool = False) -> str:
        ended = {"done_reason": says.finish, "total_duration": 1, "eval_count": 1} if done else {}
        return (
            json.dumps(
                {
                    "model": MODEL,
                    "created_at": "2026-01-01T00:00:00Z",
                    "message": {"role": "assistant", "content": text},
                    "done": done,
                    **ended,
                }
            )
            + "\n"
        )

    if not stream:
        yield line(says.text, done=True)
        return
    for word in _words(says.text):
        yield line(word)
    if says.finish:
        yield line("", done=True)


def _anthropic(says: Says) -> Iterator[str]:
    def event(kind: str, **content: Any) -> str:
        return f"event: {kind}\ndata: {json.dumps({'type': kind, **content})}\n\n"

    yield event("message_start", message={**_anthropic_whole(says), "content": [], "stop_reason": None})
    yield event("content_block_start", index=0, content_block={"type": "text", "text": ""})
    for word in _words(says.text):
        yield event("content_block_delta", index=0, delta={"type": "text_delta", "text": word})
    yield event("content_block_stop", index=0)
    if says.finish:
        reason = {"stop": "end_turn", "length": "max_tokens"}.get(says.finish, says.finish)
        yield event("message_delta", delta={"stop_reason": reason, "stop_sequence": None}, usage={"output_tokens": 1})
        yield event("message_stop")


def _anthropic_whole(says: Says) -> dict[str, Any]:
    return {"id": "m", "type": "message", "role": "assistant", "model": MODEL, "content": [{"type": "text", "text": says.text}],
            "stop_reason": "end_turn", "stop_sequence": None, "usage": {"input_tokens": 1, "output_tokens": 1}}  # fmt: skip


def main() -> None:
    """Serve until stopped; when nothing else is said, it answers with the first sentence of the first passage."""
    from tests.model_troubles import TROUBLES

    parser = argparse.ArgumentParser(prog="python -m tests.model_server", description=main.__doc__)
    parser.add_argument("--port", type=int, default=8081)
    parser.add_argument("--says", action="append", help="a reply; may be given several times, the last one is repeated")
    parser.add_argument("--does", choices=TROUBLES, help="do something wrong")
    parser.add_argument("--status", type=int, default=200, help="refuse every request with this status")
    arguments = parser.parse_args()
    script: list[Script] = [Says(text, arguments.status) for text in arguments.says or ()]
    if arguments.does:
        script = [*TROUBLES[arguments.does].script]
    elif not script:
        script = [Says(status=arguments.status) if arguments.status != 200 else quotes_first_passage]
    server = ModelServer(*script, port=arguments.port)
    print(f"OpenAI-compatible at {server.url}, Ollama and Anthropic at {server.address}; model {MODEL!r}", flush=True)
    server.serve()


if __name__ == "__main__":
    main()
