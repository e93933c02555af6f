"""The page as an app and as a running server: routes, limits and health, on an address that only this machine reaches."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from fastapi import FastAPI, Response
from fastapi.staticfiles import StaticFiles

from advisor.feedback import FeedbackLog
from index.errors import AdvisorError

from .engine import Engine

ASSETS = Path(__file__).parent / "assets"
QUIET = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "ANONYMIZED_TELEMETRY": "False",
}
"""Libraries that would otherwise look for a server of theirs."""
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
    waiting: int = 80
    """Questions that may wait; more are told that the advisor is busy."""
    largest_body: int = 2_000_000
    """Bytes of a request."""
    feedback: FeedbackLog | None = None
    """Where thumbs are kept; None shows none."""
    local: tuple[str, ...] = field(default=("127.0.0.1", "localhost", "::1"))


def create_app(advisor: Engine, settings: PageSettings | None = None) -> FastAPI:
    """The page, the API and the health checks as one ASGI app."""
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    import gradio as gr

    from . import page, security
    from .api import routes

    settled = settings or PageSettings()
    app = FastAPI(title="Career Path Advisor", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    _add_health(app, advisor)
    app.include_router(routes(advisor))
    app.mount("/assets/advisor", StaticFiles(directory=ASSETS), name="advisor-assets")
    app.add_middleware(security.BodyLimit, limit=settled.largest_body)
    app.add_middleware(security.ClosedRoutes)
    app.add_middleware(security.TrustedHosts, hosts=(*settled.local, *settled.trusted_hosts))
    app.add_middleware(security.SafeHeaders)
    blocks = page.build(advisor, settled.feedback, at_once=settled.at_once, waiting=settled.waiting)
    mounted: FastAPI = gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        root_path=settled.root_path or None,
        theme=page.theme(),
        head=page.head(settled.root_path),
        favicon_path=str(ASSETS / "icon.svg"),
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        max_file_size="1kb",
        show_error=False,
        ssr_mode=False,
    )
    return mounted


def _add_health(app: FastAPI, advisor: Engine) -> None:
    @app.get("/healthz", include_in_schema=False)
    def alive() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", include_in_schema=False)
    def ready(response: Response) -> dict[str, object]:
        guides = len(advisor.index.guides)
        response.status_code = 200 if guides else 503
        return {"status": "ready" if guides else "no guides", "guides": guides}


def serve(
    advisor: Engine,
    host: str = "127.0.0.1",
    port: int | None = None,
    *,
    open_browser: bool = False,
    settings: PageSettings | None = None,
    say: Callable[[str], None] = print,
) -> None:
    """Serve the page until the process is told to stop; `say` is told its address.

    Without a port, the first free one from `FIRST_PORT` is taken. Raises `AdvisorError` when the address cannot be used.
    """
    import uvicorn

    with bind(host, port) as bound:
        settled = settings or PageSettings()
        app = create_app(advisor, _trusting(settled, host))
        address = _address(host, bound.getsockname()[1])
        say(f"The advisor is at {address}  (stop with Ctrl+C)")
        if open_browser:
            import webbrowser

            webbrowser.open(address)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, timeout_graceful_shutdown=3, root_path=settled.root_path
        )
        uvicorn.Server(config).run(sockets=[bound])


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
