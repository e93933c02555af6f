"""What a person does at the page, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect

from advisor.feedback import FeedbackLog, Verdict
from ui.server import PageSettings

from ..conftest import ScriptedEngine
from .conftest import Running, Visitor, serving, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_an_answer_is_read_from_its_question_on(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 390, "height": 500})
    for asked in ("Pay of bakers?", "Disagree?", "Partly?"):
        visitor.ask(asked)
        question = visitor.page.locator('#chat [data-testid="user"]').last
        expect(question).to_be_in_viewport(ratio=1)
        expect(visitor.answer.locator(".status")).to_be_in_viewport()


def test_an_empty_box_asks_nothing(visitor: Visitor) -> None:
    visitor.question.fill("   ")
    visitor.question.press("Enter")
    visitor.ask("Pay of bakers?")
    expect(visitor.page.locator('#chat [data-testid="user"]')).to_have_count(1)


def test_a_question_leads_to_the_passage_highlighted_in_its_guide(visitor: Visitor) -> None:
    visitor.ask("Pay of bakers?")
    expect(visitor.answer).to_contain_text("From the guides")
    visitor.answer.get_by_role("link", name="[1]", exact=True).first.click()
    expect(visitor.panel.locator("mark")).to_have_text("The median wage of bakers was $36,650 in 2024.")
    expect(visitor.panel.locator("mark")).to_be_in_viewport()
    expect(visitor.panel.get_by_role("heading", name="Bakers")).to_be_visible()
    expect(visitor.panel).to_contain_text("Handbook of Work · Dated 2024 · US")
    expect(visitor.panel.locator(".where")).to_have_text("Pay")


def test_all_of_it_works_with_the_keyboard_alone(visitor: Visitor) -> None:
    page = visitor.page
    expect(visitor.question).to_be_focused()
    page.keyboard.type("Pay of bakers?")
    page.keyboard.press("Enter")
    visitor.wait_for_answer(1)
    link = visitor.answer.get_by_role("link", name="[1]", exact=True).first
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement?.textContent") == "[1]":
            break
    page.keyboard.press("Enter")
    expect(visitor.panel.get_by_role("heading", name="Bakers")).to_be_focused()
    page.keyboard.press("Escape")
    expect(visitor.panel).to_be_hidden()
    expect(page.locator(":focus")).to_have_text("[1]")
    expect(link).to_have_count(1)


def test_an_example_answers_and_its_suggestions_lead_on(visitor: Visitor) -> None:
    visitor.page.get_by_role("button", name="Pay of bakers?").click()
    visitor.wait_for_answer(1)
    expect(visitor.answer.locator("td").first).to_contain_text("Apprentice")
    visitor.page.get_by_role("button", name="Steps to become a baker?").click()
    visitor.wait_for_answer(2)
    expect(visitor.answer.locator("ol > li")).to_have_count(3)


def test_a_follow_up_shows_what_was_understood(visitor: Visitor) -> None:
    visitor.ask("Steps?")
    visitor.ask("Pay?")
    expect(visitor.answer).to_contain_text("Understood as: Pay? (as 1 messages before have it)")


def test_a_refusal_says_so_and_shows_what_is_near(visitor: Visitor) -> None:
    visitor.ask("Mars salaries?")
    expect(visitor.answer).to_contain_text("Not in the guides")
    visitor.answer.get_by_role("link", name="[1]", exact=True).first.click()
    expect(visitor.panel.locator("mark")).to_have_text("Bakers typically do the following:")


def test_guides_that_disagree_are_both_shown(visitor: Visitor) -> None:
    visitor.ask("Disagree?")
    expect(visitor.answer).to_contain_text("The guides disagree")
    sides = visitor.answer.locator("blockquote")
    expect(sides).to_have_count(2)
    boxes = [sides.nth(number).bounding_box() for number in (0, 1)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["y"] == boxes[1]["y"]
    assert boxes[0]["x"] < boxes[1]["x"]


def test_an_answer_can_be_stopped_and_what_was_said_stays(visitor: Visitor, server: Running) -> None:
    server.engine.go_on.clear()
    visitor.question.fill("Slow steps?")
    visitor.question.press("Enter")
    expect(visitor.answer).to_contain_text("Find a bakery")
    visitor.question.fill("Pay?")
    visitor.question.press("Enter")
    expect(visitor.page.locator("#toast")).to_contain_text("One answer at a time")
    expect(visitor.question).to_have_value("Pay?")
    visitor.page.get_by_role("button", name="Stop", exact=True).click()
    expect(visitor.page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    server.engine.go_on.set()
    expect(visitor.answer).to_contain_text("Find a bakery")
    expect(visitor.answer).not_to_contain_text("early shift")
    visitor.ask("Pay?")
    expect(visitor.answer).to_contain_text("as 1 messages before have it")


def test_a_wait_is_told_until_words_come(visitor: Visitor, server: Running) -> None:
    server.engine.go_on.clear()
    visitor.question.fill("Thinking steps?")
    visitor.question.press("Enter")
    expect(visitor.page.get_by_role("log")).to_contain_text("Reading the guides")
    expect(visitor.question).to_have_value("")
    assert visitor.violations() == []
    server.engine.go_on.set()
    visitor.wait_for_answer(1)
    expect(visitor.answer).to_contain_text("Find a bakery")
    expect(visitor.page.get_by_text("Reading the guides")).to_have_count(0)


def test_a_question_that_is_stopped_before_the_first_words_is_kept(visitor: Visitor, server: Running) -> None:
    server.engine.go_on.clear()
    visitor.question.fill("Thinking steps?")
    visitor.question.press("Enter")
    expect(visitor.answer).to_contain_text("Reading the guides")
    visitor.page.get_by_role("button", name="Stop", exact=True).click()
    expect(visitor.answer).to_contain_text("Stopped")
    expect(visitor.question).to_have_value("Thinking steps?")
    server.engine.go_on.set()
    visitor.question.press("Enter")
    expect(visitor.answer).to_contain_text("early shift")


def test_a_message_that_is_too_long_stays_in_its_box(visitor: Visitor) -> None:
    long = "pay " * 600
    visitor.question.fill(long)
    visitor.question.press("Enter")
    expect(visitor.answer).to_contain_text("I can read 2,000 at once")
    expect(visitor.question).to_have_value(long)


def test_a_conversation_survives_reload_and_its_links_still_open(visitor: Visitor) -> None:
    visitor.ask("Pay of bakers?")
    visitor.page.reload()
    visitor.wait_for_answer(1)
    visitor.answer.get_by_role("link", name="[2]", exact=True).first.click()
    expect(visitor.panel.locator("mark").first).to_have_text("Apprentice")
    visitor.page.reload()
    expect(visitor.panel.locator("mark").first).to_have_text("Apprentice")
    visitor.page.go_back()
    expect(visitor.panel).to_be_hidden()


def test_history_opens_exports_and_deletes(visitor: Visitor) -> None:
    page = visitor.page
    visitor.ask("Pay of bakers?")
    page.get_by_role("button", name="New", exact=True).click()
    expect(page.get_by_role("button", name="Pay of bakers?")).to_be_visible()
    visitor.ask("Steps?")
    page.get_by_role("link", name="History").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download “Pay of bakers?” as JSON").click()
    assert download.value.suggested_filename == "Pay-of-bakers.json"
    exported = json.loads(download.value.path().read_text("utf-8"))
    assert [turn["message"] for turn in exported["turns"]] == ["Pay of bakers?"]
    assert exported["turns"][0]["answer"]["citations"][0]["path"] == "bakers.md"
    visitor.panel.get_by_role("button", name="Pay of bakers?", exact=True).click()
    expect(visitor.answer).to_contain_text("$36,650")
    page.get_by_role("link", name="History").click()
    page.get_by_role("button", name="Delete “Pay of bakers?”").click()
    page.get_by_role("button", name="Keep it").click()
    expect(visitor.panel.get_by_role("listitem")).to_have_count(2)
    page.get_by_role("button", name="Delete “Pay of bakers?”").click()
    page.get_by_role("button", name="Yes, delete “Pay of bakers?”").click()
    expect(visitor.panel.get_by_role("listitem")).to_have_count(1)
    assert (
        page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('advisor.conversation.')).length") == 1
    )


def test_a_browser_that_keeps_nothing_is_told_of_once_and_the_page_goes_on(visitor: Visitor) -> None:
    page = visitor.page
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); } }"
    )
    visitor.ask("Pay of bakers?")
    expect(page.locator("#toast")).to_contain_text("full or blocked")
    page.get_by_role("button", name="New", exact=True).click()
    expect(visitor.answers).to_have_count(0)
    visitor.ask("Steps?")
    page.get_by_role("link", name="History").click()
    expect(visitor.panel.get_by_role("listitem")).to_have_count(2)


def test_a_conversation_of_another_tab_shows_up_in_the_history(visitor: Visitor) -> None:
    visitor.ask("Pay of bakers?")
    visitor.page.get_by_role("link", name="History").click()
    other = visitor.page.context.new_page()
    other.goto(visitor.page.url.split("#")[0])
    Visitor(other).ask("Steps?")
    expect(visitor.panel.get_by_role("listitem")).to_have_count(2)


def test_guides_are_listed_and_read_in_full(visitor: Visitor) -> None:
    visitor.page.get_by_role("link", name="Guides").click()
    expect(visitor.panel.get_by_role("listitem")).to_have_count(3)
    visitor.panel.get_by_role("link", name="Cooks").click()
    expect(visitor.panel).to_contain_text("$30,000 in 2019")


def test_words_of_people_and_guides_stay_text(visitor: Visitor) -> None:
    page = visitor.page
    question = "hostile <img src=x onerror=\"document.title='owned'\"> ![x](https://evil.example/x.png) www.evil.example ${1+1} **b**"
    visitor.ask(question)
    expect(page.locator("#chat .message.user")).to_have_text(question)
    expect(visitor.answer).to_contain_text("<script>document.title='owned'</script>")
    expect(visitor.answer).to_contain_text("![picture](https://evil.example/a.png)")
    assert page.locator("#chat .message :is(img, script, form, input, iframe, video)").count() == 0
    assert page.locator("#chat .message a:not([href^='#'])").count() == 0
    visitor.answer.get_by_role("link", name="[1]", exact=True).first.click()
    expect(visitor.panel).to_contain_text("<script>document.title='owned'</script>")
    expect(visitor.panel).to_contain_text("${document.body.append('owned')}")
    assert visitor.panel.locator("img, script, form, iframe").count() == 0
    page.get_by_role("link", name="History").click()
    expect(visitor.panel).to_contain_text(question)
    assert page.title() == "Career Path Advisor"
    assert page.evaluate("document.body.lastChild.textContent") != "owned"


def test_a_mistake_is_told_and_the_question_kept(visitor: Visitor) -> None:
    visitor.ask("Unreachable?")
    expect(visitor.answer).to_contain_text("The index is gone. Build it with advisor index.")
    expect(visitor.question).to_have_value("Unreachable?")


def test_a_failure_of_ours_tells_no_inner_words_and_the_page_goes_on(visitor: Visitor) -> None:
    visitor.question.fill("Crash!")
    visitor.question.press("Enter")
    expect(visitor.answer).to_contain_text("That did not work, and it is not your doing.")
    assert "secret path" not in visitor.page.content()
    visitor.question.fill("Pay?")
    visitor.question.press("Enter")
    expect(visitor.answer).to_contain_text("$36,650")


def test_retry_and_edit_answer_again(visitor: Visitor) -> None:
    page = visitor.page
    visitor.ask("Steps?")
    page.get_by_role("button", name="Edit").click()
    box = page.locator("#chat .message.user textarea")
    box.fill("Pay of *bakers*?")
    page.get_by_role("button", name="Submit").click()
    expect(visitor.answer).to_contain_text("$36,650")
    expect(page.locator("#chat .message.user")).to_have_text("Pay of *bakers*?")
    visitor.ask("Steps?")
    page.get_by_role("button", name="Try again").click()
    visitor.wait_for_answer(2)
    expect(visitor.answer).to_contain_text("early shift")
    expect(visitor.answers.first).to_contain_text("$36,650")


@pytest.fixture
def kept(tmp_path: Path) -> FeedbackLog:
    """What one page keeps, and no other writes to."""
    return FeedbackLog(tmp_path / "feedback.sqlite")


@pytest.fixture
def heard(launched: Browser, engine: ScriptedEngine, kept: FeedbackLog) -> Iterator[Visitor]:
    """A visitor at a page of their own, which keeps what they say of its answers."""
    with serving(engine, PageSettings(feedback=kept)) as server, visiting(launched, server.address) as one:
        yield one


def test_a_thumb_and_its_reason_are_kept_and_the_profile_is_not(heard: Visitor, kept: FeedbackLog) -> None:
    visitor, page = heard, heard.page
    visitor.ask("Pay? I am a locksmith.")
    page.get_by_role("button", name="Helpful", exact=True).click()
    expect(page.get_by_text("Your feedback stays on this server.")).to_be_visible()
    expect(page.get_by_role("button", name="Helpful", exact=True)).to_have_attribute("aria-pressed", "true")
    visitor.ask("Mars?")
    page.get_by_role("button", name="Not helpful").last.click()
    with page.expect_response("**/api/feedback"):
        page.get_by_role("button", name="Wrong source").click()
    expect(page.get_by_role("button", name="Not helpful").last).to_have_attribute("aria-pressed", "true")
    said = [one for one in kept if one.verdict]
    assert [(one.verdict, one.question) for one in said] == [
        (Verdict.UP, "Pay? I am a locksmith."),
        (Verdict.WRONG_SOURCE, "Mars?"),
    ]
    assert "aspect" not in repr(said)


def test_what_the_guides_do_not_answer_is_noted_unless_it_tells_of_who_asked(heard: Visitor, kept: FeedbackLog) -> None:
    visitor = heard
    for asked in ("Mars pay tomorrow?", "Mars? I am a diver.", "Partly tomorrow?", "Pay tomorrow?"):
        visitor.ask(asked)
    visitor.page.wait_for_load_state("networkidle")
    noted = [one.question for one in kept if not one.verdict]
    assert {"Mars pay tomorrow?", "Partly tomorrow?"} <= set(noted)
    assert not {"Mars? I am a diver.", "Pay tomorrow?"} & set(noted)
    visitor.page.get_by_role("link", name="History").click()
    expect(visitor.panel).to_contain_text("A question that the guides do not answer is noted on this server")


def test_the_reasons_can_be_left_with_the_keyboard(visitor: Visitor) -> None:
    page = visitor.page
    visitor.ask("Pay?")
    page.get_by_role("button", name="Not helpful").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Not helpful", exact=True).last).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="What was wrong?")).to_be_hidden()
    expect(page.get_by_role("button", name="Not helpful")).to_be_focused()


def test_a_conversation_goes_on_after_the_server_was_started_again(visitor: Visitor, server: Running) -> None:
    visitor.ask("Steps?")
    port = int(server.address.rstrip("/").rsplit(":", 1)[1])
    server.stop()
    server.start(port)
    visitor.page.reload()
    visitor.wait_for_answer(1)
    visitor.ask("Pay?")
    expect(visitor.answer).to_contain_text("as 1 messages before have it")
    visitor.errors.clear()  # the browser notes that the server was away
