from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html  # type: ignore[import-untyped]

from advisor.answer import Status
from advisor.evaluation.history import PastRun
from advisor.evaluation.page import linked_to_coverage, report_page
from advisor.evaluation.plots import Bar, bars, histogram, lines
from advisor.evaluation.questions import Question
from advisor.evaluation.scoring import Report, evaluate_transcript
from advisor.evaluation.statistics import Interval
from advisor.evaluation.transcript import Cited, Reply

if TYPE_CHECKING:
    from playwright.sync_api import Page

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ 7 * 7 }}"


def report(text: str) -> Report:
    questions = [
        Question("wrong", (text, text), facts=((text + "!",),), statuses=(Status.ANSWERED,), tags=(text, "list")),
        Question("fine", ("Which?",), statuses=(Status.ANSWERED,), tags=("list",)),
    ]
    told = Reply(Status.ANSWERED, text, text, (Cited(1, text, (text,), 0, 1, text),), seconds=0.5)
    return evaluate_transcript(questions, {"wrong": told, "fine": Reply(Status.ANSWERED, "x", seconds=0.01)}, {})


def test_whatever_was_asked_or_answered_stays_text() -> None:
    page = report_page({HOSTILE: report(HOSTILE)}, HOSTILE, shortfalls=(HOSTILE,))
    read = html.document_fromstring(page)
    assert len(read.xpath("//script")) == 1
    assert not read.xpath("//img")
    assert not read.xpath("//@*[starts-with(name(), 'on')]")
    assert HOSTILE in read.xpath("string(//details)")


def test_the_page_asks_the_network_for_nothing_and_runs_its_own_script_only() -> None:
    read = html.document_fromstring(report_page({"advisor": report("a")}, "about"))
    assert not read.xpath("//@src | //link | //@href[not(starts-with(., '#'))]")
    policy = read.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy.startswith("default-src 'none'")
    assert re.search(r"script-src 'sha256-[\w+/]{43}='", policy)


def test_a_failed_question_shows_its_answer_its_evidence_and_what_is_missing() -> None:
    read = html.document_fromstring(report_page({"advisor": report("£1")}, "about"))
    first = read.xpath("string(//details[1])")
    assert "missing: £1!" in first
    assert "[1] £1 › £1" in first
    assert read.xpath("//details/@data-right") == ["failed", "right"]


def test_systems_stand_side_by_side() -> None:
    read = html.document_fromstring(report_page({"advisor": report("a"), "top-3": report("b")}, "about"))
    assert read.xpath("//table[1]//th[position() > 1 and position() < 4]/text()")[:2] == ["advisor", "top-3"]


def test_earlier_runs_are_drawn() -> None:
    runs = [PastRun("2026-01-01T10:00", "s", 2, {"right": 0.4}), PastRun("2026-01-02T10:00", "s", 2, {"right": 0.6})]
    assert "Measures over runs" in report_page({"advisor": report("a")}, "about", runs=runs)
    assert "Measures over runs" not in report_page({"advisor": report("a")}, "about", runs=runs[:1])


@pytest.mark.parametrize(
    "shares", [[0.9, 0.9, 0.9, 0.9, 0.9], [0.0, 0.0, 0.01, 0.02, 0.0], [1.0, 1.0, 0.99, 0.5, 0.51]]
)
def test_labels_of_lines_stay_on_the_plot_near_their_lines_and_apart(shares: list[float]) -> None:
    plot = html.fromstring(lines({f"m{n}": [0.5, share] for n, share in enumerate(shares)}, ["a", "b"], "over runs"))
    places = [float(y) for y in plot.xpath("//text[starts-with(., 'm')]/@y")]
    ends = [float(y) for y in plot.xpath("//circle[2]/@cy")]
    assert len(places) == 5
    assert all(0 < place <= 220 for place in places)
    assert all(abs(one - other) >= 14 for n, one in enumerate(places) for other in places[:n])
    assert max(abs(place - end) for place, end in zip(places, ends, strict=True)) < 5 * 15


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=30))
def test_any_times_can_be_drawn(values: list[float]) -> None:
    drawn = histogram(values, "times", {"p50": values[0]})
    assert html.fragment_fromstring(str(drawn)).tag == "svg"
    assert "nan" not in drawn


def test_labels_of_plots_are_escaped() -> None:
    assert "<b>" not in bars([Bar("<b>", 0.5, 2, Interval(0.4, 0.6))], "<b>")
    assert "<b>" not in lines({"<b>": [0.1, None, 0.9]}, ["<b>", "x", "y"], "<b>")


@pytest.fixture
def tab() -> Iterator[Page]:
    """A tab of a real Chromium."""
    playwright = pytest.importorskip("playwright.sync_api")
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("CHROMIUM") or next((found for name in names if (found := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium is installed (set CHROMIUM to its path)")
    with playwright.sync_playwright() as started:
        chosen = started.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield chosen.new_page()
        chosen.close()


@pytest.mark.browser
def test_the_page_filters_and_has_no_accessibility_violation(tmp_path: Path, tab: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]

    path = tmp_path / "report.html"
    runs = [PastRun("2026-01-01", "s", 2, {"right": 0.4}), PastRun("2026-01-02", "s", 2, {"right": 0.6})]
    path.write_text(report_page({"advisor": report("words")}, "about", runs=runs), "utf-8")
    errors: list[str] = []
    tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    for scheme in ("light", "dark"):
        tab.emulate_media(color_scheme=scheme)
        tab.goto(path.as_uri())
        tab.locator("details:visible").first.locator("summary").click()
        assert Axe().run(tab).response["violations"] == []
    assert tab.locator("details:visible").count() == 1
    tab.get_by_label("Show").select_option("all")
    assert tab.locator("details:visible").count() == 2
    tab.get_by_role("searchbox").fill("which")
    assert tab.get_by_role("status").inner_text() == "1 of 2 questions"
    assert errors == []


def test_a_report_links_to_the_coverage_that_is_written_after_it() -> None:
    before = report_page({"advisor": report("a")}, "about")
    assert not html.document_fromstring(before).xpath("//a[@href='coverage.html']")
    after = linked_to_coverage(before)
    assert html.document_fromstring(after).xpath("//a[@href='coverage.html']")
    assert linked_to_coverage(after) == after == report_page({"advisor": report("a")}, "about", has_coverage=True)
