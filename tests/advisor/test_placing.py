"""A country goes by several names, and a place is told where a place is asked for."""

from __future__ import annotations

import pytest

from advisor.answer import Answer
from advisor.chain import Advisor
from advisor.decision import Fitted
from advisor.placing import Countries

from .conftest import WordReranker, index_in_memory

PAGE = "---\ntitle: Bakers in {country}\ncountry: {country}\n---\n\n# Bakers in {country}\n\n## Pay\n\nBakers earn {pay}.\n"
ABROAD = {
    "there.md": PAGE.format(country="United Kingdom", pay="£20,000"),
    "here.md": PAGE.format(country="United States", pay="$30,000"),
}
ROWS = "# Bakers\n\n## Pay\n\n| {head} | Pay of bakers |\n|---|---|\n| {first} | $31,000 |\n| {second} | $42,000 |\n"


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("What do bakers earn in the UK?", "What do bakers earn in the United Kingdom?"),
        ("what do bakers earn in the uk", "what do bakers earn in the United Kingdom"),
        ("Bakers in the U.S.", "Bakers in the United States"),
        ("Bakers in Britain or in the USA", "Bakers in the United Kingdom or in the United States"),
        ("tell us of bakers in England", "tell us of bakers in England"),
        ("Bakers in the UAE", "Bakers in the UAE"),
    ],
)
def test_a_country_is_called_as_the_guide_about_it_calls_it(said: str, named: str) -> None:
    assert Countries(index_in_memory(ABROAD)).named(said) == named


def test_where_all_guides_are_about_one_country_its_name_stays() -> None:
    alone = {"there.md": ABROAD["there.md"]}
    assert Countries(index_in_memory(alone)).named("Bakers in the UK") == "Bakers in the UK"


def ask(head: str, first: str, second: str, question: str) -> Answer:
    index = index_in_memory({"bakers.md": ROWS.format(head=head, first=first, second=second)})
    return Advisor(index, Fitted({}, bias=0, answer=0), reranker=WordReranker()).ask(question)


@pytest.mark.parametrize("question", ["Which state pays bakers most?", "best state for the pay of bakers"])
def test_where_pay_is_highest_is_told_by_a_table_of_places_alone(question: str) -> None:
    assert "$42,000" in ask("State", "Ohio", "Rhode Island", question).sentences[0].text
    assert str(ask("Industry", "Hotels", "Government", question).status) == "not_in_guides"
