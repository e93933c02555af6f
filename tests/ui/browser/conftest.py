"""A real Chromium at a real server on this machine; any request that would leave the machine fails its test."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from advisor.feedback import FeedbackLog
from ui.server import PageSettings, bind, create_app
from ui.uploads import Uploads

from ..conftest import ScriptedEngine

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

PATIENCE = 60_000
"""Milliseconds until a test gives up waiting for what it expects: a busy machine is slow, not wrong."""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND,EXCLUDE 127.0.0.1"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A second try for what drives a browser, as Playwright's own runner gives: the summary tells of each that took one."""
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


def chromium() -> str | None:
    """The Chromium to drive: the one named by CHROMIUM, or one that is installed."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return os.environ.get("CHROMIUM") or next((found for name in names if (found := shutil.which(name))), None)


@pytest.fixture(scope="package")
def launched() -> Iterator[Browser]:
    """One Chromium for all; closed, with its event loop, when these tests are done."""
    playwright = pytest.importorskip("playwright.sync_api")
    playwright.expect.set_options(timeout=PATIENCE)
    path = chromium()
    if path is None:
        pytest.skip("no Chromium is installed (set CHROMIUM to its path)")
    with playwright.sync_playwright() as started:
        chosen = started.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield chosen
        chosen.close()


@dataclass
class Running:
    """A page that is served: its engine, how, and where it is."""

    engine: ScriptedEngine
    settings: PageSettings
    uploads: Uploads | None = None
    address: str = ""
    stop: Callable[[], None] = field(default=lambda: None)

    def start(self, port: int = 0) -> None:
        """Serve on `port`, or on a free one."""
        import uvicorn

        bound = bind("127.0.0.1", port)
        app = create_app(self.uploads.engine if self.uploads else self.engine, self.settings, uploads=self.uploads)
        config = uvicorn.Config(
            app, log_level="error", timeout_graceful_shutdown=1, root_path=self.settings.root_path, proxy_headers=False
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()

        def stop() -> None:
            server.should_exit = True
            thread.join(20)
            bound.close()

        self.address, self.stop = f"http://127.0.0.1:{bound.getsockname()[1]}/", stop


@pytest.fixture(scope="package")
def server(engine: ScriptedEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The page over the scripted engine."""
    folder: Path = tmp_path_factory.mktemp("feedback")
    with serving(engine, PageSettings(feedback=FeedbackLog(folder / "feedback.sqlite"))) as running:
        yield running


@contextmanager
def serving(engine: ScriptedEngine, settings: PageSettings, uploads: Uploads | None = None) -> Iterator[Running]:
    """A page that is served until it is left; over what can be added to, where `uploads` are given."""
    running = Running(engine, settings, uploads)
    running.start()
    try:
        yield running
    finally:
        running.stop()


@dataclass
class Visitor:
    """A person at the page, and what their browser noticed."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Type a question, send it, and wait for the whole answer."""
        before = self.answers.count()
        self.question.fill(question)
        self.question.press("Enter")
        self.wait_for_answer(before + 1)

    def wait_for_answer(self, count: int) -> None:
        """Until `count` answers are there and the last is whole."""
        from playwright.sync_api import expect

        expect(self.answers).to_have_count(count)
        expect(self.page.get_by_role("button", name="Send", exact=True)).to_be_visible()

    def wait_until(self, expression: str, value: Any = None) -> None:
        """Until JavaScript (an expression, or a function of `value`) gives something true.

        `Page.wait_for_function` asks again by `eval` inside the page, which its Content Security Policy forbids:
        it works only where the first asking is true already.
        """
        until = time.monotonic() + PATIENCE / 1_000
        while not self.page.evaluate(expression, value):
            if time.monotonic() > until:
                pytest.fail(f"In {PATIENCE // 1_000} seconds this did not come true: {expression}")
            self.page.wait_for_timeout(50)

    @property
    def question(self) -> Locator:
        return self.page.get_by_role("textbox", name="Your question")

    @property
    def answers(self) -> Locator:
        return self.page.locator('#chat [data-testid="bot"]')

    @property
    def answer(self) -> Locator:
        return self.answers.last

    @property
    def panel(self) -> Locator:
        return self.page.locator("#reader")

    def violations(self) -> list[str]:
        """What axe-core finds on the page as it is."""
        axe = pytest.importorskip("axe_playwright_python.sync_playwright")
        found: list[dict[str, Any]] = axe.Axe().run(self.page).response["violations"]
        return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.fixture
def context_options() -> dict[str, Any]:
    """Options of the browser's context; a test may have its own."""
    return {"viewport": {"width": 1280, "height": 800}}


@pytest.fixture
def visitor(launched: Browser, server: Running, context_options: dict[str, Any]) -> Iterator[Visitor]:
    """A person who has just come to the page; their console stays clean and nothing leaves the machine."""
    with visiting(launched, server.address, **context_options) as one:
        yield one


@contextmanager
def visiting(launched: Browser, address: str, **options: Any) -> Iterator[Visitor]:
    """A person who comes to an address; their console stays clean and nothing leaves the machine."""
    context: BrowserContext = launched.new_context(reduced_motion="reduce", **options)
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    one = Visitor(page)
    page.on("request", lambda request: one.outside.append(request.url) if _leaves(request.url, address) else None)
    page.on("pageerror", lambda error: one.errors.append(str(error)))
    page.on("console", lambda line: one.errors.append(line.text) if line.type == "error" else None)
    page.goto(address)
    one.question.wait_for()
    yield one
    context.close()
    assert one.outside == []
    assert one.errors == []


def _leaves(url: str, address: str) -> bool:
    return not url.startswith((address, "data:", "blob:"))
