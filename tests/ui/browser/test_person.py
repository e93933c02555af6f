"""What a person sees of themselves and of their way: shown with their words, corrected and erased by them, kept here only."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect
from pypdf import PdfReader

from .conftest import Running, Visitor

pytestmark = pytest.mark.browser

TRAP = "<img src=x onerror=\"document.title='owned'\"> ${document.title='owned'} **b** [x](javascript:alert(1))"


def expect_stored(visitor: Visitor, *values: str) -> None:
    """Wait until the browser keeps these and no others."""
    kept = "(JSON.parse(localStorage.getItem('advisor.profile')) || {traits: []}).traits.map((trait) => trait.value)"
    visitor.wait_until(f"values => JSON.stringify({kept}) === JSON.stringify(values)", list(values))


def open_view(visitor: Visitor, name: str) -> None:
    visitor.page.get_by_role("link", name=name, exact=True).click()


def download(visitor: Visitor, name: str) -> tuple[str, str]:
    with visitor.page.expect_download() as started:
        visitor.panel.get_by_role("button", name=name).click()
    return started.value.suggested_filename, Path(started.value.path()).read_text("utf-8")


def test_what_is_too_long_to_keep_is_told_and_stays_in_its_field(visitor: Visitor) -> None:
    panel, long = visitor.panel, "cook " * 60
    open_view(visitor, "You")
    field = panel.get_by_role("textbox", name="About you, in your words")
    field.fill(long)
    visitor.page.keyboard.press("Enter")
    expect(panel.get_by_role("alert")).to_contain_text("That has 299 characters; I can keep 200 of one thing.")
    expect(field).to_have_value(long)
    assert visitor.violations() == []
    field.fill("cook " * 40)
    visitor.page.keyboard.press("Enter")
    expect(panel.locator(".value")).to_have_text(("cook " * 40).strip())
    open_view(visitor, "Roadmap")
    expect(panel.get_by_role("heading", level=2)).to_have_text("Your way: " + ("cook " * 40).strip())


def test_more_than_can_be_kept_about_a_person_is_told_and_nothing_is_lost(visitor: Visitor) -> None:
    traits = [{"aspect": "skills", "value": f"skill {n}", "words": f"skill {n}"} for n in range(30)]
    visitor.page.evaluate("traits => localStorage.setItem('advisor.profile', JSON.stringify({ traits }))", traits)
    visitor.page.reload()
    open_view(visitor, "You")
    visitor.panel.get_by_role("textbox", name="About you, in your words").fill("one more")
    visitor.panel.get_by_role("button", name="Add", exact=True).click()
    expect(visitor.page.locator("#toast")).to_contain_text("I can keep 30 things about you")
    expect(visitor.panel.get_by_role("textbox", name="About you, in your words")).to_have_value("one more")
    visitor.ask("I am a cook. Pay?")
    expect(visitor.panel.locator(".traits li")).to_have_count(30)
    expect(visitor.panel.get_by_text("skill 0", exact=True)).to_be_visible()


def test_what_was_understood_is_shown_with_the_words_it_came_from(visitor: Visitor) -> None:
    open_view(visitor, "You")
    expect(visitor.panel).to_contain_text("Nothing yet.")
    visitor.ask("Hello! I am a shop clerk. Pay of bakers?")
    expect(visitor.page.get_by_text("Noted about you: a shop clerk")).to_be_visible()
    expect(visitor.panel.get_by_role("heading", name="Experience")).to_be_visible()
    expect(visitor.panel.locator(".value")).to_have_text("a shop clerk")
    expect(visitor.panel.locator("q")).to_have_text("I am a shop clerk")
    expect_stored(visitor, "a shop clerk")


def test_it_is_corrected_added_to_removed_and_erased(visitor: Visitor) -> None:
    page, panel = visitor.page, visitor.panel
    visitor.ask("I am a shop clerk.")
    open_view(visitor, "You")
    panel.get_by_role("button", name="Edit “a shop clerk”").click()
    panel.get_by_role("textbox", name="Experience, in your words").fill("shop clerk, 6 years")
    page.keyboard.press("Enter")
    expect(panel.locator(".value")).to_have_text("shop clerk, 6 years")
    panel.get_by_label("What it is about").select_option("Skills")
    panel.get_by_role("textbox", name="About you, in your words").fill("baking at home")
    panel.get_by_role("button", name="Add").click()
    expect(panel.locator(".value")).to_have_text(["baking at home", "shop clerk, 6 years"][::-1])
    panel.get_by_role("button", name="Remove “baking at home”").click()
    expect(panel.locator(".value")).to_have_text(["shop clerk, 6 years"])
    panel.get_by_role("button", name="Erase all").click()
    panel.get_by_role("button", name="Keep it").click()
    expect(panel.locator(".value")).to_have_count(1)
    panel.get_by_role("button", name="Erase all").click()
    panel.get_by_role("button", name="Yes, erase all").click()
    expect(panel).to_contain_text("Nothing yet.")
    assert page.evaluate("localStorage.getItem('advisor.profile')") is None


def test_what_was_erased_does_not_come_back_with_the_next_question(visitor: Visitor) -> None:
    visitor.ask("I am a shop clerk.")
    open_view(visitor, "You")
    visitor.panel.get_by_role("button", name="Remove “a shop clerk”").click()
    visitor.ask("Pay of bakers?")
    expect_stored(visitor)


def test_it_survives_reload_and_goes_along_with_each_question(visitor: Visitor) -> None:
    visitor.ask("I am a shop clerk.")
    visitor.page.reload()
    visitor.question.fill("I want to become baker.")
    visitor.question.press("Enter")
    visitor.wait_for_answer(2)
    expect_stored(visitor, "a shop clerk", "baker")


def test_what_is_changed_while_an_answer_grows_stays_changed(visitor: Visitor, server: Running) -> None:
    page = visitor.page
    visitor.ask("I am a shop clerk.")
    server.engine.go_on.clear()
    visitor.question.fill("Slow steps? I want to become baker.")
    visitor.question.press("Enter")
    expect(visitor.answer).to_contain_text("Find a bakery")
    open_view(visitor, "You")
    visitor.panel.get_by_role("button", name="Remove “a shop clerk”").click()
    server.engine.go_on.set()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    expect(visitor.panel.locator(".value")).to_have_text(["baker"])


def test_another_tab_shows_the_same_person(visitor: Visitor) -> None:
    other = visitor.page.context.new_page()
    other.goto(f"{visitor.page.url}#you")
    expect(other.locator("#reader")).to_contain_text("Nothing yet.")
    visitor.ask("I am a shop clerk.")
    expect(other.locator("#reader .value")).to_have_text("a shop clerk")


def test_the_server_keeps_nothing_of_the_person(visitor: Visitor, server: Running) -> None:
    visitor.ask("I am a shop clerk.")
    again = visitor.page.context.browser
    assert again is not None
    stranger = again.new_context().new_page()
    stranger.goto(f"{server.address}#you")
    expect(stranger.locator("#reader")).to_contain_text("Nothing yet.")
    stranger.context.close()


def test_the_way_is_a_checklist_with_sources_and_progress(visitor: Visitor) -> None:
    panel = visitor.panel
    open_view(visitor, "Roadmap")
    expect(panel).to_contain_text("You did not say what you would like to become.")
    panel.get_by_role("combobox", name="What you would like to become").fill("baker")
    panel.get_by_role("button", name="Show the way").click()
    expect(panel.get_by_role("heading", name="Your way: baker")).to_be_visible()
    expect(panel).to_contain_text("0 of 3 steps done")
    first = panel.get_by_role("checkbox", name="Find a bakery that trains")
    first.check()
    expect(panel).to_contain_text("1 of 3 steps done")
    expect(panel).to_contain_text("You ticked this step off.")
    expect(first).to_be_focused()
    panel.get_by_role("link", name="[2]", exact=True).first.click()
    expect(panel.locator("mark")).to_have_text("Learn on the job for a year")
    panel.get_by_role("button", name="Back").click()
    expect(panel.get_by_role("heading", name="Your way: baker")).to_be_visible()
    visitor.page.reload()
    expect(panel).to_contain_text("1 of 3 steps done")
    panel.get_by_role("checkbox", name="Find a bakery that trains").uncheck()
    expect(panel).to_contain_text("0 of 3 steps done")


def test_the_goal_is_changed_where_the_guides_lead_to_several(visitor: Visitor) -> None:
    panel = visitor.panel
    visitor.ask("I want to become baker.")
    open_view(visitor, "Roadmap")
    panel.get_by_role("button", name="Change goal").click()
    field = panel.get_by_role("combobox", name="What you would like to become")
    expect(field).to_be_focused()
    expect(field).to_have_value("baker")
    assert visitor.violations() == []
    panel.get_by_role("button", name="Cancel").click()
    expect(panel.get_by_role("button", name="Change goal")).to_be_visible()
    panel.get_by_role("button", name="Change goal").click()
    field.fill("cook")
    visitor.page.keyboard.press("Enter")
    expect(panel.get_by_role("heading", level=2)).to_have_text("Your way: cook")
    expect_stored(visitor, "cook")
    expect(panel.locator("datalist option")).to_have_count(0)


def test_what_is_noted_while_the_way_is_fetched_is_in_it(visitor: Visitor) -> None:
    meanwhile = """async () => {
        document.querySelector('#masthead a[href="#roadmap"]').click();
        await new Promise((go) => addEventListener('hashchange', go, { once: true }));
        const goal = { aspect: 'goal', value: 'baker', words: 'baker' };
        localStorage.setItem('advisor.profile', JSON.stringify({ traits: [goal] }));
        dispatchEvent(new StorageEvent('storage', { key: 'advisor.profile' }));
    }"""
    visitor.ask("Pay of bakers?")
    visitor.page.evaluate(meanwhile)
    expect(visitor.panel.get_by_role("heading", name="Your way: baker")).to_be_visible()


def test_the_way_changes_with_the_person(visitor: Visitor) -> None:
    visitor.ask("I want to become baker.")
    open_view(visitor, "Roadmap")
    expect(visitor.panel).to_contain_text("0 of 3 steps done")
    visitor.ask("I am a miller.")
    expect(visitor.panel).to_contain_text("1 of 3 steps done")
    expect(visitor.panel.locator(".reason q")).to_have_text("I am a miller")


def test_the_way_is_taken_along_as_markdown_and_calendar(visitor: Visitor) -> None:
    visitor.ask("I want to become baker.")
    open_view(visitor, "Roadmap")
    visitor.panel.get_by_role("checkbox", name="Find a bakery that trains").check()
    expect(visitor.panel).to_contain_text("1 of 3 steps done")
    name, markdown = download(visitor, "Markdown")
    assert name == "roadmap.md"
    assert "[x]" in markdown.lower()
    assert "Learn on the job for a year" in markdown
    name, calendar = download(visitor, "calendar")
    assert name == "roadmap.ics"
    assert calendar.startswith("BEGIN:VCALENDAR")
    expect(visitor.page.locator("#toast")).to_contain_text("The guides give these steps no time")


def test_on_paper_there_is_the_way_and_nothing_else(visitor: Visitor) -> None:
    visitor.ask("Mars? I want to become baker.")
    open_view(visitor, "Roadmap")
    visitor.panel.get_by_role("checkbox", name="Find a bakery that trains").check()
    expect(visitor.panel).to_contain_text("1 of 3 steps done")
    printed = PdfReader(io.BytesIO(visitor.page.pdf()))
    text = " ".join(" ".join(page.extract_text().split()) for page in printed.pages)
    assert "Your way: baker" in text
    assert text.count("✓") == 1
    assert "Ask for the early shift" in text
    assert "The guides do not say what this step costs." in text
    for other in ("Mars", "Send", "Close", "Markdown", "Career Path Advisor"):
        assert other not in text


def test_words_of_a_person_stay_text_wherever_they_are_shown(visitor: Visitor) -> None:
    page, panel = visitor.page, visitor.panel
    open_view(visitor, "You")
    panel.get_by_role("textbox", name="About you, in your words").fill(TRAP)
    panel.get_by_role("button", name="Add").click()
    expect(panel.locator(".value")).to_have_text(TRAP)
    open_view(visitor, "Roadmap")
    expect(panel.get_by_role("heading", level=2)).to_have_text(f"Your way: {TRAP}")
    page.evaluate(
        "trap => localStorage.setItem('advisor.profile', JSON.stringify({traits: [{aspect: trap, value: trap, words: 'x' + trap}]}))",
        TRAP,
    )
    page.reload()
    open_view(visitor, "You")
    visitor.ask("Pay of bakers?")
    assert panel.locator("img, script").count() == 0
    assert page.title() == "Career Path Advisor"


@pytest.mark.parametrize(
    "forged", ["{", "[]", '"x"', '{"traits": 5}', '{"traits": [5]}', '{"traits": [{"aspect": "goal"}]}']
)
def test_a_forged_profile_does_no_harm(visitor: Visitor, forged: str) -> None:
    visitor.page.evaluate("text => localStorage.setItem('advisor.profile', text)", forged)
    visitor.page.reload()
    open_view(visitor, "You")
    visitor.ask("Pay of bakers?")
    expect(visitor.answer).to_contain_text("$36,650")
