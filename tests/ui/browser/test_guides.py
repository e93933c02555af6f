"""The list of guides: where there are many, a filter leaves those whose words hold what is typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect

from index.reading import read_folder
from ui.server import PageSettings

from ..conftest import GuideShelf, ScriptedEngine, write_guides
from .conftest import Visitor, serving, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

TRADES = ("Coopers", "Farriers", "Glaziers", "Luthiers", "Millers", "Saddlers", "Thatchers")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> ScriptedEngine:
    """An engine over ten guides."""
    folder = tmp_path_factory.mktemp("many")
    write_guides(folder)
    for trade in TRADES:
        (folder / f"{trade.lower()}.md").write_text(f"---\ncountry: Wales\n---\n\n# {trade}\n\nThey work.\n", "utf-8")
    return ScriptedEngine(GuideShelf({guide.id: guide for guide in read_folder(folder).guides}))


@pytest.fixture
def reader(launched: Browser, many: ScriptedEngine) -> Iterator[Visitor]:
    """A person at the list of ten guides."""
    with serving(many, PageSettings()) as server, visiting(launched, server.address) as visitor:
        visitor.page.get_by_role("link", name="Guides", exact=True).click()
        expect(visitor.panel.get_by_role("listitem")).to_have_count(10)
        yield visitor


def test_a_filter_leaves_what_holds_its_words_and_says_so_where_nothing_does(reader: Visitor) -> None:
    items = reader.panel.get_by_role("listitem")
    field = reader.panel.get_by_role("searchbox", name="Find a guide")
    field.fill("  LUTH ")
    expect(items).to_have_text(["LuthiersWales · 0 sections · 1 passage"])
    field.fill("wales")
    expect(items).to_have_count(len(TRADES))
    field.fill("handbook of work")
    expect(items).to_contain_text(["Bakers"])
    field.fill("${1+1}<b>")
    expect(reader.panel.get_by_role("status")).to_have_text("No guide has “${1+1}<b>” in its words.")
    expect(items).to_have_count(0)
    assert reader.violations() == []
    field.fill("")
    expect(items).to_have_count(10)
    expect(reader.panel.get_by_role("status")).to_have_count(0)


def test_the_filter_is_reached_and_used_with_the_keyboard_alone(reader: Visitor) -> None:
    page = reader.page
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "search":
            break
    page.keyboard.type("saddlers")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(reader.panel.get_by_role("heading", level=2)).to_have_text("Saddlers")
    page.keyboard.press("Escape")
    expect(reader.panel).to_be_hidden()


def test_a_short_list_has_none(visitor: Visitor) -> None:
    visitor.page.get_by_role("link", name="Guides", exact=True).click()
    expect(visitor.panel.get_by_role("listitem")).to_have_count(3)
    expect(visitor.panel.get_by_role("searchbox")).to_have_count(0)
