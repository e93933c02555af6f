"""A follow-up counts as right where it cites a place that is marked for it, or refuses where none is."""

from __future__ import annotations

from typing import Any

import pytest

from advisor.opening import open_or_build
from advisor.settings import settle
from scripts.training.follow_ups import Judge, conversations

GUIDES = {
    "keeper.md": "# Lighthouse keeper\n\n## Pay\n\nLighthouse keepers earn £21,000 a year.\n\n"
    "## Schooling\n\nLighthouse keepers need no degree.\n",
    "falconer.md": "# Falconer\n\n## Pay\n\nFalconers earn $18 an hour.\n",
    "glassblower.md": "# Glassblower\n\n## Tools\n\nA glassblower holds a blowpipe.\n",
}


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    folder = tmp_path_factory.mktemp("guides")
    for name, text in GUIDES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Judge(open_or_build(settle(folder, str(tmp_path_factory.mktemp("store")))))


def asked(guide: str, standalone: str, quote: str = "") -> dict[str, Any]:
    """A conversation on keepers' pay, whose last message another guide or none may answer."""
    answers = [[GUIDES[guide].find(quote), 0, quote]] if quote else []
    turns = ["What do lighthouse keepers earn?", "and do they need a degree?"]
    return {"guide": guide, "turns": turns, "standalone": standalone, "answers": answers}


def test_an_answer_is_right_that_cites_what_is_marked(judge: Judge) -> None:
    told = judge.right(asked("keeper.md", "Do lighthouse keepers need a degree?", "Lighthouse keepers need no degree."))
    assert told == (True, True)


def test_an_answer_is_wrong_where_nothing_is_marked(judge: Judge) -> None:
    told = judge.right(asked("keeper.md", "Who owns the moon?"))
    assert told == (False, True)


def test_a_conversation_that_no_answer_placed_is_left_out(judge: Judge) -> None:
    assert (
        judge.right(asked("glassblower.md", "What does a glassblower hold?", "A glassblower holds a blowpipe.")) is None
    )


def test_the_conversations_are_about_one_guide_each() -> None:
    rows = conversations()
    assert len(rows) > 3000
    assert not any(row.get("elsewhere") for row in rows)
