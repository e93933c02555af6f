"""The page as an app and as a running server: routes, limits and health, on an address that only this machine reaches."""

from __future__ import annotations

import errno
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles

from advisor.feedback import FeedbackLog
from index.errors import AdvisorError

from . import security
from .answering import Answering
from .auth import Passwords, ProxyUser, Users
from .caching import Caching
from .engine import Engine
from .gate import Gate
from .logs import Faults, Log
from .sessions import Sessions
from .template import Early
from .transport import OneRequest
from .uploads import LARGEST as LARGEST_UPLOAD
from .uploads import PATH as UPLOADS
from .uploads import Uploads

ASSETS = Path(__file__).parent / "assets"
QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9),
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
}
"""Libraries that would otherwise look for a server of theirs, or sum up every event so far at each new one."""
MOST = 400
"""Requests of the page that are taken on at once; the gate decides what becomes of them."""
FIRST_PORT = 7860
PORTS_TRIED = 20


@dataclass(frozen=True, slots=True)
class PageSettings:
    """How the page is served."""

    trusted_hosts: tuple[str, ...] = ()
    """Names beside this machine's own that the page is reached by; `*` for any."""
    root_path: str = ""
    """The path below which a proxy serves the page."""
    at_once: int = 40
    """Questions that are answered at the same time."""
    threads: int | None = None
    """Answers that are worked on at the same time; None for as many as the machine's processors do well."""
    waiting: int = 80
    """Questions that may wait; more are told that the advisor is busy."""
    grace: float = 20
    """Seconds that answers in progress have to end when the server is stopped."""
    largest_body: int = 2_000_000
    """Bytes of a request."""
    feedback: FeedbackLog | None = None
    """Where thumbs are kept; None shows none."""
    users: Users | None = None
    """Who may use the page, by name and password; None for everyone."""
    user_header: str | None = None
    """The header in which a reverse proxy names who may use the page; None for everyone."""
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    """Addresses or networks from which that header counts."""
    log: Log = field(default_factory=Log)
    local: tuple[str, ...] = field(default=("127.0.0.1", "localhost", "::1"))


def create_app(
    advisor: Engine,
    settings: PageSettings | None = None,
    gate: Gate | None = None,
    uploads: Uploads | None = None,
) -> FastAPI:
    """The page, the API and the health checks as one ASGI app; guides can be added where `uploads` are given."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    import gradio as gr

    from . import page
    from .api import refuse_unreadable, routes

    settled = settings or PageSettings()
    admitting = gate or Gate(settled.at_once, settled.waiting)
    answering = Answering(advisor, admitting, settled.log, settled.threads, settled.feedback)
    app = FastAPI(
        title="Career Path Advisor",
        description="Career questions answered from guides, every claim with the passage it comes from.",
        version=version("career-path-advisor"),
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.add_exception_handler(RequestValidationError, refuse_unreadable)  # type: ignore[arg-type]
    _add_health(app, answering)
    _add_manifest(app, page.TITLE)
    app.include_router(routes(answering))
    if uploads is not None:
        app.include_router(uploads.routes())
    app.mount("/assets/advisor", StaticFiles(directory=ASSETS), name="advisor-assets")
    sessions, blocks = Sessions(), page.build(answering, most=MOST)
    head = page.script(settled.root_path, uploads=uploads is not None, feedback=settled.feedback is not None)
    app.add_middleware(Early, head=head, manifest=f"{settled.root_path.rstrip('/')}/manifest.json")
    _add_guards(app, settled, sessions)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        root_path=settled.root_path or None,
        theme=page.theme(),
        head=page.styles(settled.root_path),
        favicon_path=str(ASSETS / "icon.svg"),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        max_file_size="1kb",
        show_error=False,
        ssr_mode=False,
    )
    sessions.watch(blocks)
    mounted.state.sessions = sessions
    return mounted


def _add_guards(app: FastAPI, settings: PageSettings, sessions: Sessions) -> None:
    """What every request meets first, the innermost first."""
    app.add_middleware(OneRequest, sessions=sessions)
    app.add_middleware(security.BodyLimit, limit=settings.largest_body, larger={UPLOADS: LARGEST_UPLOAD})
    app.add_middleware(security.ClosedRoutes)
    if settings.users is not None:
        app.add_middleware(Passwords, users=settings.users)
    if settings.user_header is not None:
        app.add_middleware(ProxyUser, header=settings.user_header, proxies=settings.trusted_proxies)
    app.add_middleware(security.TrustedHosts, hosts=(*settings.local, *settings.trusted_hosts))
    app.add_middleware(Faults)
    app.add_middleware(Caching)
    app.add_middleware(security.SafeHeaders)


def _add_health(app: FastAPI, answering: Answering) -> None:
    @app.get("/healthz", include_in_schema=False)
    def alive() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", include_in_schema=False)
    def ready(response: Response) -> dict[str, object]:
        guides = len(answering.engine.index.guides)
        trouble = _trouble(answering)
        response.status_code = 503 if trouble else 200
        return {"status": trouble or "ready", "guides": guides}


def _add_manifest(app: FastAPI, title: str) -> None:
    """What a phone needs to keep the page among its apps; its addresses are relative to its own."""
    icon = {"src": "assets/advisor/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}

    @app.get("/manifest.json", include_in_schema=False)
    def manifest() -> dict[str, object]:
        return {"name": title, "short_name": "Advisor", "start_url": "./", "display": "standalone", "icons": [icon]}


def _trouble(answering: Answering) -> str | None:
    """Why no question can be answered now; None where one can."""
    if answering.gate.closed:
        return "stopping"
    if not answering.engine.index.guides:
        return "no guides"
    try:
        answering.engine.index.search("ready", 1)
    except AdvisorError as error:
        return str(error)
    return None


def serve(
    advisor: Engine,
    host: str = "127.0.0.1",
    port: int | None = None,
    *,
    open_browser: bool = False,
    settings: PageSettings | None = None,
    uploads: Uploads | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Serve the page until the process is told to stop; `say` is told its address.

    Without a port, the first free one from `FIRST_PORT` is taken. Raises `AdvisorError` when the address cannot be used.
    """
    with bind(host, port) as bound:
        settled = settings or PageSettings()
        gate = Gate(settled.at_once, settled.waiting)
        app = create_app(advisor, _trusting(settled, host), gate, uploads)
        address = _address(host, bound.getsockname()[1])
        say(f"The advisor is at {address}  (stop with Ctrl+C)")
        if open_browser:
            import webbrowser

            webbrowser.open(address)
        run(app, bound, gate, settled)


def run(app: FastAPI, bound: socket.socket, gate: Gate, settings: PageSettings) -> None:
    """Serve until the process is told to stop; then answer no new question, and let answers in progress end."""
    import uvicorn

    class Graceful(uvicorn.Server):
        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            if not self.force_exit:
                await gate.drain(settings.grace)
            await super().shutdown(sockets)

    # Once answers have ended, nothing is left that is worth waiting for.
    config = uvicorn.Config(
        app,
        log_level="critical",
        access_log=False,
        proxy_headers=False,
        timeout_graceful_shutdown=1,
        root_path=settings.root_path,
    )
    with _stopping_quietly():
        Graceful(config).run(sockets=[bound])


@contextmanager
def _stopping_quietly() -> Iterator[None]:
    """A server that is told to stop by its supervisor ends as one that did its work."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stopped(_number: int, _frame: object) -> None:
        raise SystemExit(0)

    before = signal.signal(signal.SIGTERM, stopped)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def bind(host: str, port: int | None) -> socket.socket:
    """A listening socket on `port`, or on the first free port from `FIRST_PORT`."""
    ports = [port] if port is not None else [*range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)]
    for one in ports:
        bound = _try_to_bind(host, one)
        if bound is not None:
            return bound
    if port is not None:
        raise AdvisorError(
            f"Port {port} is in use by another program. Stop that program, or choose another port:"
            f" advisor chat --port {port + 1}"
        )
    raise AdvisorError(
        f"The ports {ports[0]} to {ports[-1]} are all in use. Choose a free one with advisor chat --port."
    )


def _try_to_bind(host: str, port: int) -> socket.socket | None:
    """None where the port is taken."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, OverflowError) as error:
        raise AdvisorError(
            f"{host} with port {port} is not an address of this machine. Use --host 127.0.0.1."
        ) from error
    made = socket.socket(family, kind)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind(address)
        made.listen(128)
    except OSError as error:
        made.close()
        if error.errno == errno.EADDRINUSE:
            return None
        raise AdvisorError(f"The page cannot listen on {host}, port {port} ({error.strerror}).") from error
    return made


def _trusting(settings: PageSettings, host: str) -> PageSettings:
    """The settings with the bound host trusted."""
    return replace(settings, trusted_hosts=(*settings.trusted_hosts, host))


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}/"
