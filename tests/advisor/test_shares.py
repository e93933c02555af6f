"""The share of people that a text speaks of is known by its end and its size."""

from __future__ import annotations

import pytest

from advisor.chain import Advisor
from advisor.decision import Fitted
from advisor.question import Rank
from advisor.shares import Share, shares_in

from .conftest import WordReranker, index_in_memory


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("The highest 10 percent earned more than $90,000.", {(Rank.HIGHEST, 10)}),
        ("top 10%?", {(Rank.HIGHEST, 10)}),
        ("the best-paid tenth", {(Rank.HIGHEST, 10)}),
        ("90th percentile", {(Rank.HIGHEST, 10)}),
        ("the lowest paid quarter", {(Rank.LOWEST, 25)}),
        ("25th percentile (lower quarter)", {(Rank.LOWEST, 25)}),
        ("the lowest 10 percent and the highest 10 percent", {(Rank.LOWEST, 10), (Rank.HIGHEST, 10)}),
        ("50th percentile", {(Rank.LOWEST, 50)}),
        ("pay rose by 10 percent", set()),
        ("the highest pay of the 10 percent", set()),
        ("a third of divers work in the lowest grade", set()),
    ],
)
def test_a_share_is_known_by_its_end_and_its_size(text: str, shares: set[Share]) -> None:
    assert shares_in(text) == shares


def test_the_pay_of_all_is_not_told_for_that_of_a_share() -> None:
    median = "# Divers\n\n## Pay\n\nThe median pay of divers is $50,000.\n"
    shares = f"{median}\nThe lowest 10 percent of divers get less than $30,000. The highest 10 percent get more than $90,000.\n"
    asked = "What pay do the top 10 percent of divers get?"
    for guide, told in ((median, "not_in_guides"), (shares, "answered")):
        advisor = Advisor(index_in_memory({"divers.md": guide}), Fitted({}, bias=0, answer=0), reranker=WordReranker())
        answer = advisor.ask(asked)
        assert str(answer.status) == told
    assert "more than $90,000" in answer.text
