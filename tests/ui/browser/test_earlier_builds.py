"""What earlier builds of the page left in a browser is read, or at least in nobody's way."""

from __future__ import annotations

import json
from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect

from .conftest import Visitor

pytestmark = pytest.mark.browser

KEY = "advisor.conversation."
JOIN_UP = """(key) => {
  const kept = Object.keys(localStorage).filter((one) => one.startsWith('advisor.conversation.'));
  const turns = kept.map((one) => JSON.parse(localStorage[one])).sort((one, other) => one.at - other.at);
  kept.forEach((one) => localStorage.removeItem(one));
  const whole = turns.map(({ turn: { name, ...others } }) => others);
  localStorage[key] = JSON.stringify({ id: key.split('.').at(-1), turns: whole, changed: Date.now() });
}"""
"""Keeps all turns as earlier builds did: a whole conversation under one key, its turns without names."""


def keys(visitor: Visitor) -> list[str]:
    found: list[str] = visitor.page.evaluate(f"Object.keys(localStorage).filter((key) => key.startsWith('{KEY}'))")
    return found


@pytest.fixture
def returned(visitor: Visitor) -> Visitor:
    """Somebody whose browser holds two turns of an earlier build, and who comes back."""
    visitor.ask("Pay of bakers?")
    visitor.ask("Mars?")
    visitor.wait_until(f"Object.keys(localStorage).filter((key) => key.startsWith('{KEY}')).length === 2")
    visitor.page.get_by_role("button", name="New", exact=True).click()
    visitor.page.evaluate(JOIN_UP, f"{KEY}abc-123")
    visitor.page.reload()
    visitor.question.wait_for()
    return visitor


def test_a_conversation_of_an_earlier_build_is_listed_opened_and_gone_on_with(returned: Visitor) -> None:
    returned.page.get_by_role("link", name="History", exact=True).click()
    expect(returned.panel).to_contain_text("2 questions")
    returned.panel.get_by_role("button", name="Pay of bakers?", exact=True).click()
    expect(returned.answers).to_have_count(2)
    expect(returned.answers.first).to_contain_text("$36,650")
    returned.ask("Steps?")
    expect(returned.answers).to_have_count(3)
    assert f"{KEY}abc-123" not in keys(returned)
    returned.wait_until(f"Object.keys(localStorage).filter((key) => key.startsWith('{KEY}abc-123.')).length === 3")


def test_it_is_deleted_for_good(returned: Visitor) -> None:
    returned.page.get_by_role("link", name="History", exact=True).click()
    returned.panel.get_by_role("button", name="Delete “Pay of bakers?”").click()
    returned.panel.get_by_role("button", name="Yes, delete “Pay of bakers?”").click()
    expect(returned.panel).to_contain_text("No conversations yet")
    assert keys(returned) == []


@pytest.mark.parametrize(
    "left",
    [
        "nothing of ours",
        "null",
        "[]",
        '{"turns": 7}',
        json.dumps({"turns": [None, 7, {"message": 7}, {}]}),
        json.dumps({"id": "abc-123", "turns": [{"message": "<img src=x onerror=alert(1)> ${1}"}], "changed": "x"}),
    ],
)
def test_what_cannot_be_read_is_in_nobody_s_way(visitor: Visitor, left: str) -> None:
    kept: dict[str, Any] = {"key": f"{KEY}abc-123", "left": left}
    visitor.page.evaluate("({ key, left }) => { localStorage[key] = left; }", kept)
    visitor.page.reload()
    visitor.ask("Pay of bakers?")
    expect(visitor.answer).to_contain_text("$36,650")
    visitor.page.get_by_role("link", name="History", exact=True).click()
    expect(visitor.panel.get_by_role("button", name="Pay of bakers?", exact=True)).to_be_visible()
