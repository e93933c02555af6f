"""Every state of the page, light and dark, wide, narrow and zoomed: free of what shuts people out, and fit for its width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect

from .conftest import Running, Visitor

pytestmark = pytest.mark.browser

WINDOWS: dict[str, dict[str, Any]] = {
    "wide-light": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "wide-dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "phone-light": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "has_touch": True},
    "phone-dark": {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "has_touch": True},
    "small-phone-dark": {"viewport": {"width": 320, "height": 640}, "color_scheme": "dark", "has_touch": True},
    "small-phone-light": {"viewport": {"width": 320, "height": 640}, "color_scheme": "light", "has_touch": True},
    # What a window of 1280 by 800 shows at 200 %.
    "zoomed": {"viewport": {"width": 640, "height": 400}, "color_scheme": "light", "device_scale_factor": 2},
}


@pytest.fixture(params=WINDOWS, ids=str)
def context_options(request: pytest.FixtureRequest) -> dict[str, Any]:
    return WINDOWS[request.param]


def check(visitor: Visitor) -> None:
    """No violation, nothing wider than the window, and every control large enough to hit."""
    assert visitor.violations() == []
    assert visitor.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert visitor.page.evaluate(TOO_SMALL) == []


TOO_SMALL = """(() => {
  const shown = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const inSentence = (one) => getComputedStyle(one).display === 'inline';
  const inWindow = (box) => box.width && box.height && box.bottom > 0 && box.top < innerHeight;
  return [...document.querySelectorAll('a, button, input, select, summary, textarea')]
    .filter((one) => shown(one) && !inSentence(one))
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, box]) => inWindow(box) && Math.min(box.width, box.height) < 24)
    .map(([one, box]) => `${one.outerHTML.slice(0, 120)} ${Math.round(box.width)}x${Math.round(box.height)}`);
})()"""
"""Controls smaller than 24 pixels; links within a sentence are as large as its words."""


def steps(visitor: Visitor) -> Iterator[str]:
    """Through every state, one after the other; each is named once it is there."""
    page, panel = visitor.page, visitor.panel
    expect(page.get_by_role("group", name="Questions to start from")).to_be_visible()
    yield "empty"
    for asked in ("Pay of bakers?", "Mars?", "Disagree?", "Partly?", "Hello", "Unreachable?"):
        visitor.ask(asked)
        yield asked
    page.get_by_role("button", name="Edit", exact=True).last.click()
    expect(page.get_by_role("textbox", name="Your question, to be changed")).to_be_focused()
    yield "a question, to be changed"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Not helpful").last.click()
    yield "reasons"
    page.keyboard.press("Escape")
    visitor.answers.first.get_by_role("link", name="[2]", exact=True).first.click()
    expect(panel.locator("mark").first).to_be_visible()
    yield "passage"
    for name in ("History", "You", "Roadmap", "Guides", "Figures"):
        page.keyboard.press("Escape")  # in a low window the panel takes all of it
        page.get_by_role("link", name=name, exact=True).click()
        expect(panel).to_contain_text(EXPECTED[name])
        yield name
    panel.get_by_text("As a table").first.click()
    yield "table"
    page.evaluate(PERSON)
    page.keyboard.press("Escape")
    page.get_by_role("link", name="You", exact=True).click()
    page.reload()
    expect(panel.locator(".value")).to_have_count(3)
    yield "You, told"
    panel.get_by_role("button", name="Edit “miller”").click()
    yield "You, edited"
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Roadmap", exact=True).click()
    expect(panel).to_contain_text("1 of 3 steps done")
    yield "Roadmap, told"
    panel.get_by_text("Sources (3)").click()
    yield "sources"
    panel.get_by_role("button", name="Change goal").click()
    yield "another goal"
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Guides", exact=True).click()
    panel.get_by_role("link", name="Trap <img").click()
    expect(panel.get_by_role("heading", level=2)).to_contain_text("Trap <img")
    yield "a guide"
    panel.get_by_role("button", name="Back").click()
    panel.get_by_role("link", name="Cooks", exact=True).click()
    expect(panel.get_by_role("region", name="Table: Pay", exact=True)).to_be_visible()
    expect(panel.get_by_role("region", name="Table: Pay in towns")).to_be_attached()
    yield "a guide with several tables"
    page.evaluate("location.hash = '#src=nowhere:1-2'")
    expect(panel).to_contain_text("There is no such guide.")
    yield "what cannot be opened"


EXPECTED = {
    "History": "Kept in this browser",
    "You": "Nothing yet",
    "Roadmap": "You did not say",
    "Guides": "3 guides",
    "Figures": "Guides compared",
}
PERSON = """localStorage.setItem('advisor.profile', JSON.stringify({traits: [
  {aspect: 'goal', value: 'baker', words: 'I want to become baker'},
  {aspect: 'experience', value: 'miller', words: 'I am a miller'},
  {aspect: 'constraints', value: 'no early shifts', words: 'no early shifts'}]}))"""


def test_no_state_shuts_anyone_out(visitor: Visitor) -> None:
    for _ in steps(visitor):
        check(visitor)
    assert [error for error in visitor.errors if "404" not in error] == []
    visitor.errors.clear()  # the browser notes the guide that is not there


def test_what_grows_and_what_loads_shuts_no_one_out_either(visitor: Visitor, server: Running) -> None:
    server.engine.go_on.clear()
    visitor.question.fill("Slow steps?")
    visitor.question.press("Enter")
    expect(visitor.answer).to_contain_text("Find a bakery")
    check(visitor)
    server.engine.go_on.set()
    visitor.wait_for_answer(1)
