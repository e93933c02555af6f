"""Takes the README's screenshots: serves the page over the shipped guides and photographs it in Chromium.

    python scripts/screenshots.py [--question "…"] [--follow-up "…"] [--out docs/screenshots]

Wide and narrow, light and dark; needs the `test` extra and a Chromium.
"""

from __future__ import annotations

import argparse
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
ARGUMENTS = ["--no-sandbox", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND,EXCLUDE 127.0.0.1"]


class Scene(NamedTuple):
    """A window, and what is open in it."""

    name: str
    width: int
    height: int
    scheme: str
    shown: str
    """`welcome`, `answer`, `passage`, or the name of a link in the masthead."""


SCENES = (
    Scene("welcome", 1280, 800, "light", "welcome"),
    Scene("answer", 1280, 800, "light", "answer"),
    Scene("passage", 1280, 800, "light", "passage"),
    Scene("passage-dark", 1280, 800, "dark", "passage"),
    Scene("tablet", 768, 1024, "light", "answer"),
    Scene("phone", 390, 844, "light", "answer"),
    Scene("phone-passage", 390, 844, "dark", "passage"),
    Scene("phone-small", 320, 640, "light", "answer"),
    Scene("figures", 1280, 800, "light", "Figures"),
    Scene("guides", 1280, 800, "light", "Guides"),
    Scene("history", 1280, 800, "light", "History"),
    Scene("zoomed", 640, 400, "light", "answer"),
)


def main() -> None:
    """Take every scene."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--question", default="How much does an experienced clinical coder earn?")
    parser.add_argument("--follow-up", default="And how do I start without a degree?")
    parser.add_argument("--chromium", default=os.environ.get("CHROMIUM") or shutil.which("chromium"))
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)

    from playwright.sync_api import sync_playwright

    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given.chromium, args=ARGUMENTS)
        for scene in SCENES:
            take(browser, address, scene, (given.question, given.follow_up), given.out / f"{scene.name}.png")
            print(f"{scene.name}.png")
        browser.close()


@contextmanager
def served() -> Iterator[str]:
    """The page on a free port, for as long as it is needed."""
    import uvicorn

    from advisor.opening import open_advisor
    from advisor.settings import settle
    from ui.server import bind, create_app

    bound = bind("127.0.0.1", 0)
    server = uvicorn.Server(
        uvicorn.Config(create_app(open_advisor(settle())), log_level="warning", timeout_graceful_shutdown=1)
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{bound.getsockname()[1]}/"
    server.should_exit = True
    thread.join()
    bound.close()


def take(browser: Browser, address: str, scene: Scene, questions: tuple[str, str], out: Path) -> None:
    """One scene, in a window of its own."""
    context = browser.new_context(
        viewport={"width": scene.width, "height": scene.height},
        color_scheme="dark" if scene.scheme == "dark" else "light",
        reduced_motion="reduce",
        device_scale_factor=2 if scene.width < 700 else 1,
    )
    page = context.new_page()
    page.goto(address)
    page.get_by_role("textbox", name="Your question").wait_for()
    if scene.shown != "welcome":
        for count, question in enumerate(questions, 1):
            ask(page, question, count)
    if scene.shown == "passage":
        page.locator('#chat [data-testid="bot"]').last.get_by_role("link", name="[1]", exact=True).first.click()
        page.locator("#reader mark").first.wait_for()
    elif scene.shown not in ("welcome", "answer"):
        page.locator("#masthead").get_by_text(scene.shown).click()
        page.locator("#reader").wait_for()
    page.wait_for_timeout(600)
    page.screenshot(path=out)
    context.close()


def ask(page: Page, question: str, count: int) -> None:
    """Ask, and wait for the whole answer."""
    box = page.get_by_role("textbox", name="Your question")
    box.fill(question)
    box.press("Enter")
    page.locator('#chat [data-testid="bot"]').nth(count - 1).wait_for()
    page.get_by_role("button", name="Send", exact=True).wait_for()


if __name__ == "__main__":
    main()
