"""One conversation in two tabs: what is asked in either is kept, shown in both, and deleted in both."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect

from .conftest import Running, Visitor

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
  .map(([key, text]) => ({ id: key.split('.')[2], ...JSON.parse(text) })).sort((one, other) => one.at - other.at
  || one.turn.name.localeCompare(other.turn.name))"""


def expect_kept(tab: Visitor, *questions: str) -> None:
    """Wait until the browser keeps one conversation, and in it these questions, in this order."""
    tab.wait_until(
        f"asked => JSON.stringify({KEPT}.map(one => one.turn.message)) === JSON.stringify(asked)", [*questions]
    )
    assert tab.page.evaluate(f"new Set({KEPT}.map(one => one.id)).size") == 1


def kept_in(tab: Visitor) -> list[str]:
    """The questions that the browser keeps."""
    questions: list[str] = tab.page.evaluate(f"{KEPT}.map(one => one.turn.message)")
    return questions


def test_what_is_asked_in_one_tab_is_shown_in_the_other(visitor: Visitor, other: Visitor) -> None:
    other.ask("Steps?")
    expect_asked(visitor, "Pay of bakers?", "Steps?")
    visitor.ask("Mars?")
    expect_asked(other, "Pay of bakers?", "Steps?", "Mars?")
    expect_kept(visitor, "Pay of bakers?", "Steps?", "Mars?")


def test_what_two_tabs_are_told_in_the_same_instant_is_kept_and_shown_in_both(
    visitor: Visitor, other: Visitor, server: Running
) -> None:
    asked = ["Pay of bakers?"]
    for count in range(3):
        server.engine.go_on.clear()
        for tab, name in ((visitor, "one"), (other, "other")):
            tab.question.fill(f"Thinking {count} in {name}?")
            tab.question.press("Enter")
            expect(tab.answer).to_contain_text("Reading the guides")
            asked.append(f"Thinking {count} in {name}?")
        server.engine.go_on.set()
        for tab in (visitor, other):
            expect(tab.page.locator("#chat .message.user")).to_have_count(len(asked))
            expect(tab.page.locator("#chat .message.bot")).to_have_count(len(asked))
            tab.wait_until(f"count => {KEPT}.length === count", len(asked))
    assert sorted(kept_in(visitor)) == sorted(asked)
    expect_asked(visitor, *kept_in(visitor))
    expect_asked(other, *kept_in(visitor))


def test_what_is_asked_on_and_on_in_both_tabs_is_kept(visitor: Visitor, other: Visitor) -> None:
    asked = ["Pay of bakers?"]
    for count in range(4):
        for tab, name in ((visitor, "one"), (other, "other")):
            tab.question.fill(f"Steps {count} in {name}?")
            tab.question.press("Enter")
            asked.append(f"Steps {count} in {name}?")
        for tab in (visitor, other):
            expect(tab.question).to_have_value("")
            expect(tab.page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    visitor.wait_until(f"count => {KEPT}.length === count", len(asked))
    assert sorted(kept_in(visitor)) == sorted(asked)
    expect_asked(visitor, *kept_in(visitor))
    expect_asked(other, *kept_in(visitor))


def test_what_is_deleted_while_another_tab_is_answered_leaves_the_new_answer_alone(
    visitor: Visitor, other: Visitor, server: Running
) -> None:
    server.engine.go_on.clear()
    visitor.question.fill("Thinking?")
    visitor.question.press("Enter")
    expect(visitor.answer).to_contain_text("Reading the guides")
    other.page.get_by_role("link", name="History").click()
    other.page.get_by_role("button", name="Delete “Pay of bakers?”").click()
    other.page.get_by_role("button", name="Yes, delete “Pay of bakers?”").click()
    expect(other.answers).to_have_count(0)
    server.engine.go_on.set()
    expect_asked(visitor, "Thinking?")
    expect_kept(visitor, "Thinking?")


def test_what_is_deleted_in_one_tab_is_gone_from_the_other(visitor: Visitor, other: Visitor) -> None:
    other.page.get_by_role("link", name="History").click()
    other.page.get_by_role("button", name="Delete “Pay of bakers?”").click()
    other.page.get_by_role("button", name="Yes, delete “Pay of bakers?”").click()
    expect(visitor.answers).to_have_count(0)
    visitor.ask("Steps?")
    expect_kept(visitor, "Steps?")


def test_an_answer_that_is_asked_for_again_in_one_tab_stands_once_in_both(visitor: Visitor, other: Visitor) -> None:
    first = other.page.evaluate(f"{KEPT}[0].turn.name")
    other.page.get_by_role("button", name="Try again").click()
    other.wait_until(f"first => {KEPT}.length === 1 && {KEPT}[0].turn.name !== first", first)
    other.wait_for_answer(1)
    other.ask("Steps?")
    expect_asked(visitor, "Pay of bakers?", "Steps?")
    expect_kept(visitor, "Pay of bakers?", "Steps?")
