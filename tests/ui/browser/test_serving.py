"""The page as it is deployed: behind a proxy and below a path, in several copies, for those who signed in, and when it is full."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("playwright.sync_api")

from playwright.sync_api import expect

from ui.auth import Users, hash_password
from ui.server import PageSettings

from ..conftest import ScriptedEngine
from ..processes import address_told, running_chroma, started
from ..proxy import proxying
from .conftest import Running, Visitor, serving, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

Serve = Callable[..., AbstractContextManager[Running]]
CAREERS = Path(__file__).parents[2] / "data" / "careers" / "piano-tuner"


@pytest.fixture
def serve(engine: ScriptedEngine) -> Iterator[Serve]:
    """Serves the scripted engine as a test wants it."""
    engine.go_on.set()
    yield lambda **chosen: serving(engine, PageSettings(**chosen))
    engine.go_on.set()


def look_around(visitor: Visitor) -> None:
    """A question, a passage, the guides and the figures."""
    visitor.ask("Pay of bakers?")
    visitor.answer.get_by_role("link", name="[1]", exact=True).first.click()
    expect(visitor.panel.locator("mark")).to_have_text("The median wage of bakers was $36,650 in 2024.")
    visitor.page.get_by_role("link", name="Guides", exact=True).click()
    expect(visitor.panel.get_by_role("listitem")).to_have_count(3)
    visitor.page.get_by_role("link", name="Figures", exact=True).click()
    expect(visitor.panel.get_by_role("link", name="Master").first).to_be_visible()


def test_a_question_is_answered_even_where_the_page_s_own_files_come_late(launched: Browser, serve: Serve) -> None:
    with (
        serve() as server,
        proxying([server.address], slow="/assets/advisor/") as proxy,
        visiting(launched, proxy.address) as visitor,
    ):
        visitor.ask("Pay of bakers?")
        expect(visitor.answer).to_contain_text("$36,650")


def test_a_passage_that_comes_late_is_scrolled_to_as_well(launched: Browser, serve: Serve) -> None:
    low = {"viewport": {"width": 640, "height": 300}}
    with (
        serve() as server,
        proxying([server.address], slow="/api/passages/") as proxy,
        visiting(launched, proxy.address, **low) as visitor,
    ):
        visitor.ask("Pay of bakers?")
        visitor.answer.get_by_role("link", name="[3]", exact=True).first.click()
        expect(visitor.panel.get_by_role("heading", level=2)).to_have_text("One moment …")
        expect(visitor.panel.locator("mark").first).to_have_text("Master")
        expect(visitor.panel.locator("mark").first).to_be_in_viewport()


@pytest.mark.parametrize("way", ["enter", "send", "example"])
def test_a_question_that_is_sent_before_the_kept_conversation_stands_there_is_noted(
    launched: Browser, serve: Serve, way: str
) -> None:
    with (
        serve() as server,
        proxying([server.address], slow="/run/predict") as proxy,
        visiting(launched, proxy.address) as visitor,
    ):
        page = visitor.page
        visitor.ask("I am a shop clerk.")
        visitor.wait_until("localStorage.getItem('advisor.profile')")
        page.reload()
        visitor.question.wait_for()
        if way == "example":
            page.get_by_role("button", name="Pay of bakers?").click()
        else:
            visitor.question.fill("Pay of bakers?")
            page.keyboard.press("Enter") if way == "enter" else page.get_by_role("button", name="Send").click()
        visitor.wait_for_answer(2)
        page.wait_for_timeout(3_000)  # what the server was asked for before would have come by now
        expect(page.locator("#chat .message.user")).to_have_text(["I am a shop clerk.", "Pay of bakers?"])
        expect(visitor.question).to_have_value("")
        page.reload()
        visitor.wait_for_answer(2)


def test_it_works_below_a_path_of_a_proxy(launched: Browser, serve: Serve) -> None:
    with (
        serve(root_path="/careers/advisor") as server,
        proxying([server.address], path="/careers/advisor") as proxy,
        visiting(launched, proxy.address) as visitor,
    ):
        look_around(visitor)
        visitor.page.reload()
        visitor.wait_for_answer(1)


def test_who_signs_in_gets_a_page_that_works(launched: Browser, serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "users.txt").write_text(hash_password("mary", "correct horse"), "utf-8")
    credentials = {"username": "mary", "password": "correct horse"}
    with (
        serve(users=Users.read(tmp_path / "users.txt")) as server,
        visiting(launched, server.address, http_credentials=credentials) as visitor,
    ):
        look_around(visitor)


def test_whom_a_proxy_names_gets_a_page_that_works(launched: Browser, serve: Serve) -> None:
    with (
        serve(user_header="X-Forwarded-User") as server,
        proxying([server.address], headers={"X-Forwarded-User": "mary"}) as proxy,
        visiting(launched, proxy.address) as visitor,
    ):
        look_around(visitor)


def test_one_too_many_is_told_so_and_keeps_the_question(
    launched: Browser, serve: Serve, engine: ScriptedEngine
) -> None:
    with (
        serve(at_once=1, waiting=0) as server,
        visiting(launched, server.address) as first,
        visiting(launched, server.address) as second,
    ):
        engine.go_on.clear()
        first.question.fill("Slow steps?")
        first.question.press("Enter")
        expect(first.answer).to_contain_text("Find a bakery")
        second.ask("Pay of bakers?")
        expect(second.answer).to_contain_text("Busy")
        expect(second.answer).to_contain_text("try again in a minute")
        expect(second.question).to_have_value("Pay of bakers?")
        assert second.violations() == []
        engine.go_on.set()
        first.wait_for_answer(1)
        second.question.press("Enter")
        expect(second.answer).to_contain_text("$36,650")


def test_who_has_to_wait_is_told_so_and_is_answered_in_turn(
    launched: Browser, serve: Serve, engine: ScriptedEngine
) -> None:
    with (
        serve(at_once=1, waiting=1) as server,
        visiting(launched, server.address) as first,
        visiting(launched, server.address) as second,
    ):
        engine.go_on.clear()
        first.question.fill("Slow steps?")
        first.question.press("Enter")
        expect(first.answer).to_contain_text("Find a bakery")
        second.question.fill("Pay of bakers?")
        second.question.press("Enter")
        expect(second.answer).to_contain_text("Waiting for a free place")
        assert second.violations() == []
        engine.go_on.set()
        expect(second.answer).to_contain_text("$36,650")
        second.wait_for_answer(1)


def test_an_answer_that_breaks_off_leaves_question_and_conversation(
    launched: Browser, serve: Serve, engine: ScriptedEngine
) -> None:
    with serve() as server, visiting(launched, server.address) as visitor:
        visitor.ask("Pay of bakers?")
        engine.go_on.clear()
        visitor.question.fill("Slow steps?")
        visitor.question.press("Enter")
        expect(visitor.answer).to_contain_text("Find a bakery")
        port = int(server.address.rstrip("/").rsplit(":", 1)[1])
        server.stop()
        expect(visitor.question).to_have_value("Slow steps?")
        engine.go_on.set()
        server.start(port)
        expect(visitor.page.get_by_role("button", name="Send", exact=True)).to_be_visible()
        expect(visitor.answers).to_have_count(1)
        expect(visitor.question).to_have_value("Slow steps?")
        visitor.question.press("Enter")
        visitor.wait_for_answer(2)
        expect(visitor.answer).to_contain_text("early shift")
        visitor.errors.clear()  # the browser notes that the server was away


class TestCopies:
    """Two servers that share one Chroma server, and a proxy that sends them requests in turn."""

    @pytest.fixture
    def copies(self, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
        place = tmp_path_factory.mktemp("copies")
        with (
            running_chroma(place / "chroma") as chroma,
            self.copy(place, "one", chroma) as one,
            self.copy(place, "two", chroma) as two,
        ):
            yield [one, two]

    @contextmanager
    def copy(self, place: Path, name: str, store: str) -> Iterator[str]:
        """One server: a process with a cache of its own."""
        arguments = ["chat", "--no-open", "--port", "0", "--no-feedback", "--log", str(place / f"{name}.jsonl")]
        environment = {**os.environ, "ADVISOR_STORE": store, "ADVISOR_CORPUS": str(CAREERS)}
        environment["ADVISOR_CACHE"] = str(place / f"cache-{name}")
        with started([sys.executable, "-m", "advisor", *arguments], environment) as process:
            yield address_told(process)

    def test_any_request_may_reach_any_copy(
        self, launched: Browser, copies: list[str], tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        with proxying(copies) as proxy, visiting(launched, proxy.address) as visitor:
            page = visitor.page
            for count, asked in enumerate(
                ("I want to become a piano tuner.", "How much does an employed tuner earn?", "And a trainee?"), 1
            ):
                visitor.ask(asked)
                expect(visitor.answers).to_have_count(count)
            expect(visitor.answer).to_contain_text("Understood as")
            visitor.answer.get_by_role("link", name="[1]", exact=True).first.click()
            expect(visitor.panel.locator("mark").first).to_be_visible()
            page.get_by_role("link", name="You", exact=True).click()
            expect(visitor.panel).to_contain_text("piano tuner")
            page.get_by_role("link", name="Roadmap", exact=True).click()
            expect(visitor.panel.get_by_role("heading", name="Your way: piano tuner")).to_be_visible()
            page.get_by_role("link", name="Figures", exact=True).click()
            expect(visitor.panel.locator(".chart").first).to_be_visible()
            page.reload()
            visitor.wait_for_answer(3)
            visitor.ask("What tools does a tuner need?")
            assert min(proxy.served[copy] for copy in copies) >= 10
