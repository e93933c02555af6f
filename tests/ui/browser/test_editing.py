"""A message is changed: in a box with a name, as it was written, and without loss of what followed it."""

from __future__ import annotations

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import Locator, expect

from .conftest import Visitor

pytestmark = pytest.mark.browser

WRITTEN = r"Steps? (a_b) *c* $5 \* <b> 1. #x"


def start_editing(visitor: Visitor, number: int) -> Locator:
    visitor.page.get_by_role("button", name="Edit", exact=True).nth(number).click()
    return visitor.page.get_by_role("textbox", name="Your question, to be changed")


def test_a_message_is_changed_as_it_was_written(visitor: Visitor) -> None:
    visitor.ask(WRITTEN)
    box = start_editing(visitor, 0)
    expect(box).to_be_focused()
    expect(box).to_have_value(WRITTEN)
    assert visitor.violations() == []
    visitor.page.keyboard.type(r" \[new]")
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#chat .message.user")).to_have_text(rf"{WRITTEN} \[new]")
    visitor.wait_for_answer(1)
    expect(visitor.question).to_be_focused()


def test_a_message_far_above_is_changed_where_it_stands(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 320, "height": 480})
    for asked in ("Pay of bakers?", "Steps?"):
        visitor.ask(asked)
    box = start_editing(visitor, 0)
    expect(box).to_be_focused()
    visitor.page.wait_for_timeout(300)  # as long as the page takes to hold the last question in view
    expect(box).to_be_in_viewport(ratio=1)


def test_escape_leaves_a_message_as_it_was_and_the_panel_open(visitor: Visitor) -> None:
    visitor.ask("Steps?")
    visitor.answer.get_by_role("link", name="[1]", exact=True).first.click()
    box = start_editing(visitor, 0)
    box.fill("Pay?")
    visitor.page.keyboard.press("Escape")
    expect(box).to_have_count(0)
    expect(visitor.page.locator("#chat .message.user")).to_have_text("Steps?")
    expect(visitor.page.get_by_role("button", name="Edit", exact=True)).to_be_focused()
    expect(visitor.panel.locator("mark")).to_be_visible()


def test_what_followed_a_message_is_kept_when_it_is_changed(visitor: Visitor) -> None:
    page = visitor.page
    for asked in ("Pay of bakers?", "Steps?", "Mars?"):
        visitor.ask(asked)
    start_editing(visitor, 1).fill("Disagree?")
    page.keyboard.press("Enter")
    visitor.wait_for_answer(2)
    expect(visitor.answer).to_contain_text("The guides disagree")
    expect(page.locator("#toast")).to_contain_text("kept in History")
    page.get_by_role("link", name="History").click()
    expect(visitor.panel.get_by_role("listitem")).to_have_count(2)
    expect(visitor.panel).to_contain_text("2 questions")
    visitor.panel.get_by_role("listitem").filter(has_text="3 questions").locator(".open").click()
    visitor.wait_for_answer(3)
    expect(page.locator("#chat .message.user")).to_have_text(["Pay of bakers?", "Steps?", "Mars?"])


def test_the_last_message_is_changed_in_its_place(visitor: Visitor) -> None:
    visitor.ask("Steps?")
    visitor.ask("Mars?")
    start_editing(visitor, 1).fill("Pay?")
    visitor.page.keyboard.press("Enter")
    expect(visitor.answer).to_contain_text("$36,650")
    visitor.page.get_by_role("link", name="History").click()
    expect(visitor.panel.get_by_role("listitem")).to_have_count(1)


def test_an_emptied_message_changes_nothing(visitor: Visitor) -> None:
    visitor.ask("Steps?")
    start_editing(visitor, 0).fill(" ")
    visitor.page.keyboard.press("Enter")
    visitor.ask("Pay?")
    expect(visitor.page.locator("#chat .message.user")).to_have_text(["Steps?", "Pay?"])
