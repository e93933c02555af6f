"""Adding guides at the page: dropped or chosen, with progress, what was read, and what was left out and why."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect

from advisor.additions import Additions
from advisor.settings import Settings
from ui.server import PageSettings
from ui.uploads import Uploads

from ..conftest import ScriptedEngine
from .conftest import Visitor, serving, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload

pytestmark = pytest.mark.browser

CAREERS = Path(__file__).parents[2] / "data" / "careers"
COOPERS = """# Coopers ${document.title='owned'}

## The work

Coopers make barrels from staves of oak, which they bend over fire.

<!-- a note <img src=x onerror="document.title='owned'"> of the editor -->

## Pay

| Level | Pay a year |
|---|---|
| Apprentice | £18,000 |
| Master | £36,000 |
"""
TRAP = "<img src=x onerror=alert(1)> ${1+1}.md"


@pytest.fixture(scope="module")
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Uploads:
    place = tmp_path_factory.mktemp("uploads")
    shutil.copytree(CAREERS / "piano-tuner", place / "guides")
    return Uploads(Additions(Settings(place / "guides", str(place / "store")), place / "data"))


@pytest.fixture
def adder(launched: Browser, engine: ScriptedEngine, uploads: Uploads) -> Iterator[Visitor]:
    """A person at a page that guides can be added to."""
    with serving(engine, PageSettings(), uploads) as server, visiting(launched, server.address) as visitor:
        visitor.page.get_by_role("link", name="Guides", exact=True).click()
        expect(visitor.panel.get_by_text("Add your own guides")).to_be_visible()
        yield visitor


def test_without_the_switch_there_is_no_place_to_add(visitor: Visitor) -> None:
    visitor.page.get_by_role("link", name="Guides", exact=True).click()
    expect(visitor.panel.get_by_role("listitem")).to_have_count(3)
    expect(visitor.panel.locator("input[type=file]")).to_have_count(0)


def test_a_guide_is_added_read_asked_about_and_removed(adder: Visitor) -> None:
    page, panel = adder.page, adder.panel
    assert adder.violations() == []
    panel.locator("input[type=file]").set_input_files(
        {"name": TRAP, "mimeType": "text/markdown", "buffer": COOPERS.encode()}
    )
    told = panel.locator(".report > li").first
    expect(told).to_contain_text(TRAP)
    expect(told).to_contain_text("Added as “Coopers ${document.title='owned'}”. Read: 2 sections")
    expect(told).to_contain_text("2 table rows")
    told.get_by_text("Left out").click()
    expect(told).to_contain_text("a note <img src=x onerror=\"document.title='owned'\"> of the editor")
    expect(panel).to_contain_text("4 guides")
    assert adder.violations() == []
    adder.ask("What do coopers make from oak?")
    adder.answer.get_by_role("link", name="[1]", exact=True).first.click()
    expect(panel.locator("mark").first).to_contain_text("barrels")
    page.get_by_role("link", name="Guides", exact=True).click()
    panel.get_by_role("button", name="Remove “Coopers").click()
    expect(panel).to_contain_text("3 guides")
    assert panel.locator("img, script").count() == 0
    assert page.title() == "Career Path Advisor"


def test_what_cannot_be_read_is_told_beside_what_can(adder: Visitor) -> None:
    broken: FilePayload = {"name": "broken.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 nothing"}
    good: FilePayload = {"name": "good.txt", "mimeType": "text/plain", "buffer": b"Farriers\n\nA farrier shoes horses."}
    adder.panel.locator("input[type=file]").set_input_files([broken, good])
    report = adder.panel.locator(".report > li")
    expect(report).to_have_count(2)
    expect(report.filter(has_text="good.txt")).to_contain_text("Added as")
    expect(report.filter(has_text="broken.pdf")).to_have_text(
        "broken.pdfNot added. It is damaged, or not what its ending .pdf says. Open it in its own program and save it again."
    )
    adder.panel.get_by_role("button", name="Remove “Farriers”").click()
    expect(adder.panel).to_contain_text("3 guides")


def test_a_web_page_is_said_to_have_lost_its_frame_and_one_thing_is_named_as_one(adder: Visitor) -> None:
    farriers = b"<html><body><nav>Home</nav><h1>Farriers</h1><p>A farrier shoes horses.</p></body></html>"
    adder.panel.locator("input[type=file]").set_input_files(
        {"name": "farriers.html", "mimeType": "text/html", "buffer": farriers}
    )
    report = adder.panel.locator(".report > li").first
    expect(report).to_contain_text("1 paragraph,")
    expect(report).to_contain_text("Menus, forms and whatever else frames the web page were not read")
    adder.panel.get_by_role("button", name="Remove “Farriers”").click()
    expect(adder.panel).to_contain_text("3 guides")


def test_a_file_can_be_dropped(adder: Visitor) -> None:
    dropped = adder.page.evaluate_handle(
        """() => { const data = new DataTransfer();
        data.items.add(new File(['# Thatchers\\n\\nThatchers cover roofs with straw.'], 'thatchers.md')); return data; }"""
    )
    adder.panel.locator(".drop").dispatch_event("drop", {"dataTransfer": dropped})
    expect(adder.panel.locator(".report")).to_contain_text("Added as “Thatchers”")
    adder.panel.get_by_role("button", name="Remove “Thatchers”").click()
    expect(adder.panel).to_contain_text("3 guides")


def drop(visitor: Visitor, place: str, path: Path) -> None:
    """Drag what lies at a path from outside the browser, and let it go over the middle of an element."""
    box = visitor.page.locator(place).bounding_box()
    assert box is not None
    at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
    held = {"items": [], "files": [str(path)], "dragOperationsMask": 1}
    devtools = visitor.page.context.new_cdp_session(visitor.page)
    for kind in ("dragEnter", "dragOver", "drop"):
        devtools.send("Input.dispatchDragEvent", {"type": kind, **at, "data": held})


def test_a_folder_is_told_to_be_none(adder: Visitor, tmp_path: Path) -> None:
    folder = tmp_path / "my guides"
    folder.mkdir()
    drop(adder, "#reader .drop", folder)
    expect(adder.panel.locator(".report > li").first).to_contain_text("choose the files in it")
    expect(adder.panel).to_contain_text("3 guides")


def test_a_file_that_is_dropped_beside_takes_nobody_away_from_the_page(adder: Visitor) -> None:
    opened = adder.page.evaluate(
        """() => ['dragover', 'drop'].map((kind) => {
          const data = new DataTransfer();
          data.items.add(new File(['A cooper makes barrels.'], 'beside.txt'));
          const event = new DragEvent(kind, { dataTransfer: data, bubbles: true, cancelable: true });
          return document.querySelector('#chat').dispatchEvent(event);
        })"""
    )
    assert opened == [False, False]  # what the browser would do of itself is prevented
