"""What a screen reader hears: who speaks, what each box is called, and what is told beside."""

from __future__ import annotations

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect

from .conftest import Running, Visitor

pytestmark = pytest.mark.browser


def test_each_message_is_heard_with_who_speaks(visitor: Visitor, server: Running) -> None:
    server.engine.go_on.clear()
    visitor.question.fill("Slow steps?")
    visitor.question.press("Enter")
    expect(visitor.page.get_by_role("group", name="You", exact=True)).to_contain_text("Slow steps?")
    said = visitor.page.get_by_role("group", name="Advisor", exact=True)
    expect(said).to_contain_text("Find a bakery")
    server.engine.go_on.set()
    expect(said).to_contain_text("early shift")
    visitor.wait_for_answer(1)
    expect(said).to_have_count(1)


def test_boxes_and_questions_are_called_what_they_say(visitor: Visitor) -> None:
    expect(visitor.page.get_by_role("textbox", name="Your question", exact=True)).to_be_focused()
    expect(visitor.page.get_by_role("button", name="Pay of bakers?", exact=True)).to_be_visible()


def test_what_is_told_beside_has_its_place_before_it_is_told(visitor: Visitor) -> None:
    expect(visitor.page.locator("#toast[role=status]")).to_have_text("")
    visitor.ask("Pay of bakers?")
    visitor.page.get_by_role("button", name="Helpful", exact=True).click()
    expect(visitor.page.locator("#toast[role=status]")).to_contain_text("Thank you")
