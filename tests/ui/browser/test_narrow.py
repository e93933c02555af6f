"""On a narrow page the panel comes over the chat: what it hides is out of reach, and what it leaves to see leads back."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect

from .conftest import Visitor

pytestmark = pytest.mark.browser

WINDOWS = {"phone": (390, 844), "tablet": (768, 1024), "low": (640, 400)}
HIDDEN_FOCUS = """(() => {
  const one = document.activeElement;
  const box = one.getBoundingClientRect();
  if (one === document.body || !box.width) return '';
  const [x, y] = [box.left + box.width / 2, Math.min(box.top + box.height / 2, innerHeight - 1)];
  const above = document.elementFromPoint(Math.max(x, 0), Math.max(y, 0));
  return above && !one.contains(above) && !above.contains(one) ? one.outerHTML.slice(0, 120) : '';
})()"""
"""What has the focus, where something else stands over it."""


@pytest.fixture
def context_options() -> dict[str, Any]:
    return {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.mark.parametrize("window", WINDOWS)
def test_the_focus_is_never_behind_the_panel(visitor: Visitor, window: str) -> None:
    width, height = WINDOWS[window]
    visitor.page.set_viewport_size({"width": width, "height": height})
    visitor.ask("Pay of bakers?")
    visitor.answer.get_by_role("link", name="[1]", exact=True).first.click()
    expect(visitor.panel.locator("mark")).to_be_visible()
    for _ in range(25):
        visitor.page.keyboard.press("Shift+Tab")
        assert visitor.page.evaluate(HIDDEN_FOCUS) == ""
    visitor.page.keyboard.press("Escape")
    expect(visitor.panel).to_be_hidden()
    expect(visitor.page.locator("[inert]")).to_have_count(0)


def test_a_tap_beside_the_panel_closes_it_and_nothing_else_happens(visitor: Visitor) -> None:
    visitor.ask("Pay of bakers?")
    visitor.page.get_by_role("link", name="You", exact=True).tap()
    expect(visitor.panel).to_be_visible()
    visitor.page.touchscreen.tap(195, 110)
    expect(visitor.panel).to_be_hidden()
    visitor.ask("Steps?")
    expect(visitor.answer.locator("ol > li")).to_have_count(3)


def test_one_view_leads_to_another_without_closing_it(visitor: Visitor) -> None:
    for width, height in (WINDOWS["phone"], WINDOWS["tablet"]):
        visitor.page.set_viewport_size({"width": width, "height": height})
        for name in ("You", "Guides"):
            visitor.page.get_by_role("link", name=name, exact=True).tap()
            expect(visitor.panel.get_by_role("heading", name=name, exact=True)).to_be_visible()
        visitor.page.keyboard.press("Escape")


def test_a_wide_window_gives_the_chat_back(visitor: Visitor) -> None:
    visitor.page.get_by_role("link", name="You", exact=True).tap()
    expect(visitor.page.locator("#chat[inert]")).to_have_count(1)
    visitor.page.set_viewport_size({"width": 1280, "height": 800})
    expect(visitor.page.locator("[inert]")).to_have_count(0)
    visitor.ask("Pay of bakers?")
    expect(visitor.panel).to_be_visible()


def test_no_field_makes_a_phone_zoom_in(visitor: Visitor) -> None:
    visitor.page.get_by_role("link", name="You", exact=True).tap()
    expect(visitor.panel.get_by_role("textbox")).to_be_visible()
    sizes = visitor.page.evaluate(
        "[...document.querySelectorAll('input, select, textarea')].filter((one) => one.checkVisibility())"
        ".map((one) => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 16


def test_a_heading_stays_beside_the_numbers_that_lead_to_it(visitor: Visitor) -> None:
    visitor.ask("Pay of bakers?")
    place = visitor.answer.locator(".place")
    expect(place).to_have_text("[1] [2] [3] Pay")
    assert place.evaluate("(one) => getComputedStyle(one).display") == "inline-block"


def test_what_is_open_stays_open_over_a_reload(visitor: Visitor) -> None:
    visitor.ask("Pay of bakers?")
    visitor.page.get_by_role("link", name="You", exact=True).tap()
    expect(visitor.panel).to_be_visible()
    visitor.page.reload()
    expect(visitor.answers).to_have_count(1)
    expect(visitor.panel.get_by_role("heading", name="You", exact=True)).to_be_visible()
