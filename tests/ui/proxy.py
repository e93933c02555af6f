"""A reverse proxy as small as can be: request by request to the next of several servers, below a path of its own."""

from __future__ import annotations

import http.client
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase
from itertools import cycle
from urllib.parse import urlsplit

_HOP_BY_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})
_WITHOUT_BODY = (204, 304)


@dataclass
class Proxy:
    """Where it is, and how many requests each server behind it got."""

    address: str
    served: Counter[str] = field(default_factory=Counter)


def _send_chunks(response: http.client.HTTPResponse, to: BufferedIOBase) -> None:
    while piece := response.read1(65_536):
        to.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        to.flush()
    to.write(b"0\r\n\r\n")


@contextmanager
def proxying(
    servers: Sequence[str], path: str = "", headers: Mapping[str, str] | None = None, slow: str | None = None
) -> Iterator[Proxy]:
    """A proxy before `servers` that takes `path` off each request and adds `headers` to it.

    What has `slow` in its path takes two seconds more.
    """
    turns, lock = cycle(servers), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass_on(self) -> None:
            with lock:
                server = next(turns)
                proxy.served[server] += 1
            if slow and slow in self.path:
                time.sleep(2)
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=120)
            sent = {**dict(self.headers.items()), **(headers or {}), "Connection": "close"}
            connection.request(self.command, self.path.removeprefix(path) or "/", body, sent)
            self._give(connection.getresponse())
            connection.close()

        def _give(self, response: http.client.HTTPResponse) -> None:
            self.send_response(response.status)
            for name, value in response.getheaders():
                if name.lower() not in _HOP_BY_HOP:
                    self.send_header(name, value)
            if response.status in _WITHOUT_BODY:
                self.end_headers()
                return
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            _send_chunks(response, self.wfile)

        do_GET = do_POST = do_DELETE = _pass_on  # noqa: N815 (the names are the standard library's)

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    proxy = Proxy(f"http://127.0.0.1:{made.server_port}{path}/")
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        made.shutdown()
        made.server_close()
