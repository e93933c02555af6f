"""Figures as a person meets them: bars beside links to where they are stated, and the same as a table."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect

from .conftest import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def figures(visitor: Visitor) -> Visitor:
    visitor.page.get_by_role("link", name="Figures", exact=True).click()
    expect(visitor.panel.locator(".chart").first).to_be_visible()
    return visitor


def width_of(visitor: Visitor, number: int) -> float:
    box = visitor.panel.locator(".chart .bar").nth(number).bounding_box()
    assert box is not None
    return box["width"]


@pytest.fixture
def context_options() -> dict[str, Any]:
    """A screen that can be touched."""
    return {"viewport": {"width": 1280, "height": 800}, "has_touch": True}


@pytest.mark.parametrize("way", ["mouse", "touch", "keyboard"])
def test_a_bar_is_a_link_to_where_it_is_stated(figures: Visitor, way: str) -> None:
    bar = figures.panel.locator(".chart .bar").nth(2)
    match way:
        case "mouse":
            bar.click()
        case "touch":
            bar.tap()
        case _:
            figures.panel.get_by_role("link", name="Master: $48,000").focus()
            figures.page.keyboard.press("Enter")
    expect(figures.panel.locator("mark").first).to_have_text("Master")
    figures.panel.get_by_role("button", name="Back").click()
    expect(figures.panel.locator(".chart").first).to_be_visible()


@pytest.mark.parametrize("width", [1280, 320])
def test_years_stand_as_far_apart_as_they_are(figures: Visitor, width: int) -> None:
    figures.page.set_viewport_size({"width": width, "height": 800})
    figures.panel.locator("summary").filter(has_text="Cooks").click()
    chart = figures.panel.locator(".chart.years")
    expect(chart.get_by_role("rowheader")).to_have_text(["2019", "2020", "2021–2022", "2023"])
    expect(chart).to_contain_text("no figure")
    tops = [box["y"] for n in range(3) if (box := chart.locator(".bar").nth(n).bounding_box())]
    assert (tops[2] - tops[1]) / (tops[1] - tops[0]) == pytest.approx(3, abs=0.02)


def test_a_filter_leaves_what_holds_its_words_and_says_so_where_nothing_does(figures: Visitor) -> None:
    field = figures.panel.get_by_role("searchbox", name="Find figures")
    field.fill("in towns")
    expect(figures.panel.locator(".figure:visible caption")).to_contain_text(["Pay in towns"])
    field.fill("low")  # the name of a value, and no word of a guide
    expect(figures.panel.get_by_role("status")).to_have_text("No figure of the guides has “low” in its words.")
    expect(figures.panel.locator(".figures:visible")).to_have_count(0)
    field.fill("")
    expect(figures.panel.locator(".figures:visible")).to_have_count(3)


def test_guides_that_differ_are_drawn_beside_each_other_in_their_own_tone(figures: Visitor) -> None:
    chart = figures.panel.locator(".chart").first
    expect(chart.get_by_role("rowheader")).to_have_text(["Apprentice", "Apprentice", "Master", "Master"])
    expect(chart.locator(".words")).to_contain_text(
        ["$27,000 Bakers · 2024 · US", "$25,000 Cooks · 2019 · UK", "$48,000 Bakers", "$30,000 to $41,000+ Cooks"]
    )
    tones = [chart.locator(".bar").nth(n).evaluate("bar => getComputedStyle(bar).backgroundColor") for n in (0, 1, 2)]
    assert tones[0] == tones[2] != tones[1]


def test_a_bar_is_as_long_as_its_amount(figures: Visitor) -> None:
    assert width_of(figures, 0) / width_of(figures, 2) == pytest.approx(27 / 48, abs=0.01)
    assert width_of(figures, 1) / width_of(figures, 0) == pytest.approx(25 / 27, abs=0.01)


def test_the_same_data_is_given_as_a_table(figures: Visitor) -> None:
    figures.panel.get_by_text("As a table").first.click()
    table = figures.panel.locator(".data table").first
    expect(table.get_by_role("columnheader")).to_have_text(["What", "Stated", "From", "To", "Guide"])
    expect(table.get_by_role("row").nth(4)).to_have_text("Master$30,000 to $41,000+30,000openCooks · 2019 · UK")


def test_guides_are_unfolded_one_by_one_and_their_words_stay_text(figures: Visitor) -> None:
    figures.panel.get_by_text("Trap <img").click()
    expect(figures.panel).to_contain_text("<img src=x onerror=\"document.title='owned'\">")
    expect(figures.panel).to_contain_text("${document.title='owned'}")
    assert figures.panel.locator("img, script, b").count() == 0
    assert figures.page.title() == "Career Path Advisor"
