"""One conversation in two tabs: what is asked in either is kept, shown in both, and deleted in both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect

from .conftest import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def other(visitor: Visitor) -> Iterator[Visitor]:
    """The same person in another tab, in which the same conversation is open."""
    visitor.ask("Pay of bakers?")
    page = visitor.page.context.new_page()
    page.goto(visitor.page.url)
    page.get_by_role("link", name="History").click()
    page.locator("#reader .open").click()
    tab = Visitor(page)
    tab.wait_for_answer(1)
    yield tab
    page.close()


def expect_asked(tab: Visitor, *questions: str) -> None:
    expect(tab.page.locator("#chat .message.user")).to_have_text(list(questions))


KEPT = """Object.entries(localStorage).filter(([key]) => key.startsWith('advisor.conversation.'))
  .map(([, text]) => JSON.parse(text).turns.map((turn) => turn.message))"""


def expect_kept(tab: Visitor, *questions: str) -> None:
    """Wait until the browser keeps one conversation, and in it these questions."""
    tab.wait_until(f"asked => JSON.stringify({KEPT}) === JSON.stringify([asked])", list(questions))


def test_what_is_asked_in_one_tab_is_shown_in_the_other(visitor: Visitor, other: Visitor) -> None:
    other.ask("Steps?")
    expect_asked(visitor, "Pay of bakers?", "Steps?")
    visitor.ask("Mars?")
    expect_asked(other, "Pay of bakers?", "Steps?", "Mars?")
    expect_kept(visitor, "Pay of bakers?", "Steps?", "Mars?")


def test_what_another_tab_wrote_over_is_kept(visitor: Visitor, other: Visitor) -> None:
    other.ask("Steps?")
    expect_asked(visitor, "Pay of bakers?", "Steps?")
    written_over = """() => {
      const key = Object.keys(localStorage).find((one) => one.startsWith('advisor.conversation.'));
      const stored = JSON.parse(localStorage.getItem(key));
      const [first] = stored.turns;
      const oldValue = JSON.stringify({ ...stored, turns: [first] });
      const newValue = JSON.stringify({ ...stored, turns: [first, { ...first, message: 'Late?', standalone: 'Late?' }] });
      localStorage.setItem(key, newValue);
      dispatchEvent(new StorageEvent('storage', { key, oldValue, newValue }));
    }"""
    visitor.page.evaluate(written_over)
    expect_asked(visitor, "Pay of bakers?", "Late?", "Steps?")
    expect_asked(other, "Pay of bakers?", "Late?", "Steps?")


def test_what_is_deleted_in_one_tab_is_gone_from_the_other(visitor: Visitor, other: Visitor) -> None:
    other.page.get_by_role("link", name="History").click()
    other.page.get_by_role("button", name="Delete “Pay of bakers?”").click()
    other.page.get_by_role("button", name="Yes, delete “Pay of bakers?”").click()
    expect(visitor.answers).to_have_count(0)
    visitor.ask("Steps?")
    expect_kept(visitor, "Steps?")


def test_an_answer_that_is_asked_for_again_in_one_tab_stands_once_in_both(visitor: Visitor, other: Visitor) -> None:
    other.page.get_by_role("button", name="Try again").click()
    other.page.wait_for_load_state("networkidle")
    other.wait_for_answer(1)
    other.ask("Steps?")
    expect_asked(visitor, "Pay of bakers?", "Steps?")
    expect_kept(visitor, "Pay of bakers?", "Steps?")
