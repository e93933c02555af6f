"""Who is described is named: by the one guide that is clearly about them, and by none where that is in doubt."""

from __future__ import annotations

import pytest

from advisor.chain import Advisor
from advisor.conversation import StandAlone
from advisor.decision import Fitted
from advisor.describing import Describing
from advisor.evidence import Gatherer
from advisor.question import read_question
from index.embedder import open_encoder

from .conftest import WordReranker, index_in_memory
from .crafts import CRAFTS


@pytest.fixture(scope="module")
def advisor() -> Advisor:
    """An advisor on three careers, that answers whatever the evidence is worth."""
    return Advisor(index_in_memory(CRAFTS, open_encoder()), Fitted({}, bias=0, answer=0))


@pytest.mark.parametrize(
    ("question", "understood", "figure"),
    [
        (
            "How much do people who train hawks for airports make an hour?",
            "How much do people who train hawks for airports (falconer) make an hour?",
            "$18 to $25 an hour",
        ),
        (
            "How long do people who shape molten glass have to train?",
            "How long do people who shape molten glass (glassblower) have to train?",
            "four years",
        ),
    ],
)
def test_who_is_described_is_named_in_the_question_as_understood(
    advisor: Advisor, question: str, understood: str, figure: str
) -> None:
    answer = advisor.ask(question)
    assert answer.standalone == understood
    assert figure in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "How much do people who pilot airships earn?",
        "How much do people who help a falconer earn?",
        "Who are the people who train hawks?",
        "What does a falconer earn?",
    ],
)
def test_a_question_keeps_its_words_where_no_guide_is_clearly_about_whom_it_describes(
    advisor: Advisor, question: str
) -> None:
    assert advisor.ask(question).standalone == question


def page(name: str, duties: str, pay: str) -> str:
    rows = "| Stone carvers | Stone carvers carve letters for churches. | $77,000 |\n| Falconers | Falconers fly birds. | $60,000 |"
    return f"""# {name}

## Duties

{name} {duties}. {name} like it. Few {name.lower()} rest.

## Pay

The median pay of {name.lower()} is {pay} a year.

## Similar

| Occupation | Duties | Pay |
| --- | --- | --- |
{rows}
"""


@pytest.fixture(scope="module")
def series() -> Advisor:
    pages = {
        "painters.md": page("Signwriters", "paint letters on shops, boats and vans", "$41,000"),
        "falconers.md": page("Falconers", "train hawks for airports", "$60,000"),
        "potters.md": page("Potters", "throw bowls on a wheel", "$31,000"),
    }
    return Advisor(index_in_memory(pages, open_encoder()), Fitted({}, bias=0, answer=0))


@pytest.mark.parametrize(
    "who", ["people who paint letters on shops", "whoever paints letters on shops", "artists who paint letters on vans"]
)
def test_whom_a_description_names_is_asked_about_in_its_place(who: str, series: Advisor) -> None:
    answer = series.ask(f"What is the pay of {who}?")
    assert answer.standalone == f"What is the pay of {who} (signwriters)?"
    assert "$41,000" in answer.sentences[0].text


def test_a_description_that_tells_a_place_keeps_it(series: Advisor) -> None:
    answer = series.ask("What is the pay of people who paint letters on shops in Norway?")
    assert "Norway" in answer.standalone
    assert str(answer.status) == "not_in_guides"


@pytest.mark.parametrize(("described", "of_another"), [("people who paint vans", False), ("people who draw", True)])
def test_a_row_for_a_part_is_told_where_the_description_has_a_word_of_it(described: str, of_another: bool) -> None:
    table = "# Painters\n\n## Pay\n\n| Kind | Pay |\n| --- | --- |\n| Vans | $9 |\n| Boats | $8 |\n"
    index = index_in_memory({"painters.md": table})
    gatherer = Gatherer(index, WordReranker())
    evidence = gatherer.gather(read_question("vans pay"))
    assert evidence.candidates[0].text.startswith("Vans")
    asked = StandAlone(f"the pay of {described} (painters)", ("painters",))
    assert Describing(index, gatherer).of_another(evidence, asked) is of_another
