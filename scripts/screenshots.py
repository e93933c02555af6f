"""Takes the README's pictures: serves the page over the shipped guides and photographs it in Chromium.

    python scripts/screenshots.py [--out docs/screenshots] [--all DIR]

With --all, every view is taken as well at every width, light and dark, to be looked at. Needs the `test` extra and a Chromium.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parent.parent
ARGUMENTS = ["--no-sandbox", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND,EXCLUDE 127.0.0.1"]
PERSON = "I'm a nurse with five years on the ward and a bachelor's degree. I want to become a clinical coder. How do I start?"
PAY = "How much does a senior clinical coder earn?"
DEGREE = "Do I need a degree?"
PATIENCE = 180_000
"""Milliseconds: a busy machine takes its time."""
COLOURS = 128
"""Of a picture's palette: a page has few, and the files stay small."""


class Window(NamedTuple):
    """The size of a window, and whether it is dark."""

    width: int
    height: int
    scheme: str = "light"


class Scene(NamedTuple):
    """What was asked, and what is open then: `passage`, `reasons`, or the name of a view."""

    name: str
    window: Window
    asked: Sequence[str] = ()
    shown: str = ""


WIDE, DARK, PHONE, NIGHT = Window(1280, 800), Window(1280, 800, "dark"), Window(390, 844), Window(390, 844, "dark")
SCENES = (
    Scene("answer", WIDE, (PAY,), "passage"),
    Scene("dark", DARK, (DEGREE,)),
    Scene("roadmap", WIDE, (PERSON,), "Roadmap"),
    Scene("figures", WIDE, (PAY,), "Figures"),
)
PHONES = (Scene("", PHONE), Scene("", PHONE, (PAY,), "passage"), Scene("", NIGHT, (PERSON,), "Roadmap"))
OTHERS = ((320, 640), (640, 400), (768, 1024), (1920, 1080))
WINDOWS = (WIDE, DARK, PHONE, NIGHT, *(Window(*size, scheme) for size in OTHERS for scheme in ("light", "dark")))
VIEWS = ("", "passage", "reasons", "You", "Roadmap", "Figures", "Guides", "History")


def main() -> None:
    """Take every scene."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    parser.add_argument("--all", type=Path, metavar="DIR", help="Take every view at every width here as well.")
    parser.add_argument("--chromium", default=os.environ.get("CHROMIUM") or shutil.which("chromium"))
    given = parser.parse_args()

    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(ROOT))  # this page, whatever is installed
    with served() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given.chromium, args=ARGUMENTS)
        for scene in SCENES:
            save(take(browser, address, scene), given.out / f"{scene.name}.png")
        save(beside([take(browser, address, scene) for scene in PHONES]), given.out / "phones.png")
        for scene in every_scene() if given.all else ():
            save(take(browser, address, scene), given.all / f"{scene.name}.png")
        browser.close()


def every_scene() -> Iterator[Scene]:
    """Every view in every window."""
    for window in WINDOWS:
        name = f"{window.width}-{window.scheme}"
        yield Scene(f"{name}-empty", window)
        yield from (Scene(f"{name}-{view or 'answers'}", window, (PERSON, PAY, DEGREE), view) for view in VIEWS)


@contextmanager
def served() -> Iterator[str]:
    """The page on a free port, for as long as it is needed."""
    import uvicorn

    from advisor.feedback import FeedbackLog
    from advisor.settings import settle
    from ui.opening import open_engine
    from ui.server import PageSettings, bind, create_app

    bound = bind("127.0.0.1", 0)
    engine, _ = open_engine(settle())
    app = create_app(engine, PageSettings(feedback=FeedbackLog(Path(os.devnull))))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{bound.getsockname()[1]}/"
    server.should_exit = True
    thread.join()
    bound.close()


def take(browser: Browser, address: str, scene: Scene) -> Image:
    """One scene, in a window of its own."""
    from PIL import Image

    context = browser.new_context(
        viewport={"width": scene.window.width, "height": scene.window.height},
        color_scheme="dark" if scene.window.scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("group", name="Questions to start from").wait_for()
    for count, question in enumerate(scene.asked, 1):
        ask(page, question, count)
    show(page, scene.shown)
    page.wait_for_timeout(4_500 if scene.asked else 500)  # until what was noted has been read
    taken = page.screenshot()
    context.close()
    return Image.open(io.BytesIO(taken))


def ask(page: Page, question: str, count: int) -> None:
    """Ask, and wait for the whole answer."""
    box = page.get_by_role("textbox", name="Your question")
    box.fill(question)
    box.press("Enter")
    page.locator("#chat .actions").nth(count - 1).wait_for()
    page.get_by_role("button", name="Send", exact=True).wait_for()


def show(page: Page, what: str) -> None:
    """Open what is to be seen."""
    answer = page.locator('#chat [data-testid="bot"]').last
    if what == "passage":
        answer.get_by_role("link", name="[1]", exact=True).first.click()
        page.locator("#reader mark").first.wait_for()
    elif what == "reasons":
        answer.get_by_role("button", name="Not helpful").click()
    elif what:
        page.locator("#masthead").get_by_role("link", name=what, exact=True).click()
        page.locator("#reader-body > :not(.waiting)").first.wait_for()


def beside(pictures: Sequence[Image]) -> Image:
    """Pictures of one height in a row."""
    from PIL import Image

    gap = 24
    width = sum(picture.width for picture in pictures) + gap * (len(pictures) - 1)
    row = Image.new("RGB", (width, pictures[0].height), "#d9d6cc")
    left = 0
    for picture in pictures:
        row.paste(picture, (left, 0))
        left += picture.width + gap
    return row


def save(picture: Image, out: Path) -> None:
    """Write a picture as a small file."""
    out.parent.mkdir(parents=True, exist_ok=True)
    picture.convert("RGB").quantize(COLOURS).save(out, optimize=True)
    print(f"{out.name}: {out.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
