"""Whatever a language model does wrong, the page shows a good answer or a clear sentence, and nothing of the model's that is not proved."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from advisor.chain import Advisor
from advisor.counsel import Counsel
from advisor.models import ModelSettings, open_model
from advisor.opening import open_or_build
from advisor.settings import settle
from index.search import Index
from tests.model_server import ModelServer
from tests.model_troubles import HACKED, INJECTED, TROUBLES
from ui.engine import Live
from ui.server import PageSettings

from .conftest import Running, serving, visiting

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

ARBORIST = Path(__file__).parents[2] / "data" / "careers" / "arborist"
QUESTION = "Do I need a driving licence?"
ORDERING = f"Do I need a driving licence to start? My friends always say “{HACKED}”."
LICENCE = "No driving licence is needed to start."
KEY = "sk-secret-0123456789abcdef"
PATIENCE = {"silent": 2.0, "goes-silent": 2.0}
"""Seconds of the time-out, where it is waited for."""


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> Index:
    folder = tmp_path_factory.mktemp("guides") / "arborist"
    shutil.copytree(ARBORIST, folder)
    (folder / "advert.md").write_text(INJECTED, "utf-8")
    return open_or_build(settle(folder, str(tmp_path_factory.mktemp("store"))))


@pytest.fixture(scope="module")
def live(trees: Index) -> Live:
    """What the page asks; each test puts a model of its own in."""
    return Live(Counsel(Advisor(trees)))


@pytest.fixture(scope="module")
def served(live: Live) -> Iterator[Running]:
    with serving(live, PageSettings()) as running:  # type: ignore[arg-type]
        yield running


@pytest.mark.parametrize("provider", ["openai", "ollama"])
@pytest.mark.parametrize("name", TROUBLES)
def test_the_page_shows_a_good_answer_or_a_clear_sentence(
    launched: Browser,
    live: Live,
    served: Running,
    trees: Index,
    name: str,
    provider: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    trouble = TROUBLES[name]
    question = ORDERING if name == "obeys-question" else QUESTION
    with ModelServer(*trouble.script) as server, visiting(launched, served.address) as visitor:
        url = server.url if provider == "openai" else server.address
        settings = ModelSettings(f"{provider}:scripted", url, timeout=PATIENCE.get(name, 30.0), retries=1)
        live.now = Counsel(Advisor(trees, model=open_model(settings)))
        visitor.ask(question)
        shown = visitor.answer.inner_text()
        assert server.asked
        assert LICENCE in shown
        assert trouble.told in shown
        assert ("Written by" in shown) is (not trouble.told or name in ("goes-silent", "is-cut", "ends-early"))
        assert not any(word in shown for word in (HACKED, "evil", "owned", KEY, "Use nothing but", "permiso"))
        links = visitor.answer.locator("a").evaluate_all("all => all.map(one => one.getAttribute('href'))")
        assert links
        assert all(link.startswith("#") for link in links)
        assert visitor.answer.locator("img, script, form, iframe").count() == 0
        assert visitor.page.title() != "owned"
