"""Pay of one occupation is not told for that of another with nearly the same name, or of one that the question does not name."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from advisor.answer import Answer, Status
from advisor.chain import Advisor
from advisor.decision import Fitted
from index.embedder import open_encoder
from index.search import Floats

from .conftest import WordReranker, index_in_memory

PAGE = "# {name}\n\n## Pay\n\nThe median pay of {name} was ${pay} in 2024.\n\n## Training\n\n{name} train on the job.\n\n## Outlook\n\nFew.\n\n## Duties\n\nMany.\n"
PAGES = {
    "divers.md": PAGE.format(name="Deep divers", pay="50,000"),
    "bakers.md": PAGE.format(name="Bakers", pay="36,000"),
    "cooks.md": PAGE.format(name="Cooks", pay="34,000")
    + "\n## Hospitals\n\nHospitals and clinics had a median pay of $41,000.\n",
}


def ask(question: str) -> Answer:
    """Whatever the evidence is worth."""
    return Advisor(index_in_memory(PAGES), Fitted({}, bias=0, answer=0), reranker=WordReranker()).ask(question)


@pytest.mark.parametrize(
    "question", ["What is the pay of a deep diver assistant?", "How much does a deep diver manager earn?"]
)
def test_a_name_with_one_word_more_is_another_occupation_s(question: str) -> None:
    answer = ask(question)
    assert str(answer.status) == "not_in_guides"
    assert "$50,000" in answer.text  # as what is nearest


@pytest.mark.parametrize(
    "question",
    [
        "What is the pay of a deep diver?",
        "How much does a deep diver earn?",
        "What is the median pay of deep divers in 2024?",
    ],
)
def test_the_name_itself_is_answered(question: str) -> None:
    answer = ask(question)
    assert str(answer.status) == "answered"
    assert "$50,000" in answer.sentences[0].text


def test_another_occupation_s_pay_is_not_told_where_one_is_named() -> None:
    assert str(ask("What median pay had hospitals and clinics for bakers?").status) == "not_in_guides"
    assert "$41,000" in ask("What median pay had hospitals and clinics for cooks?").sentences[0].text


@pytest.mark.parametrize(
    "question",
    [
        "Do train drivers need training?",
        "What is the outlook for glaziers?",
        "How long is the training to become a glazier?",
    ],
)
def test_what_is_asked_of_a_stranger_is_not_told_of_another(question: str) -> None:
    assert str(ask(question).status) == "not_in_guides"


@pytest.mark.parametrize(
    "question", ["Do bakers need training?", "Do I need training as a baker?", "Does a cook need training?"]
)
def test_what_is_asked_of_somebody_whom_a_guide_is_about_is_told(question: str) -> None:
    assert str(ask(question).status) == "answered"


ROWS = "\n## Like work\n\n| Who | Duties |\n| --- | --- |\n| Plumbers, Pipefitters, and Steamfitters | Fit pipes |\n| Riggers | Lift loads |\n"


def test_whom_only_a_row_names_is_answered_for_by_no_neighbour() -> None:
    files = {name: text + ROWS for name, text in PAGES.items()}
    told = Advisor(index_in_memory(files), Fitted({}, bias=0, answer=0), reranker=WordReranker()).ask
    assert told("Where do plumbers train on the job?").status is Status.NOT_IN_GUIDES
    assert told("Where do bakers train on the job?").status is Status.ANSWERED
    duties = told("What do plumbers do?")
    assert "Fit pipes" in duties.text
    assert "Lift loads" not in duties.text


class OneYear:
    """A reranker to which only what tells of one year answers, whoever is asked about."""

    name = "one year"

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        return np.array([4.0 if "1 year" in text else -9.0 for text in texts], dtype=np.float32)


@pytest.mark.parametrize(
    "question",
    ["How long does it take to become a dentist?", "I want to be a dentist but I'm 38. How long is the training?"],
)
def test_whom_a_table_of_like_careers_names_by_one_word_is_nobody_nearly_called_so(question: str) -> None:
    rows = "\n## Like work\n\n| Who | Duties |\n| --- | --- |\n| Bakers | Bake bread |\n| Dentists | Mend teeth |\n"
    dental = "# Dental assistants\n\n## Training\n\nThe training of a dental assistant takes 1 year.\n" + rows
    index = index_in_memory({**PAGES, "dental.md": dental}, open_encoder())
    ask = Advisor(index, Fitted({}, bias=0, answer=0), reranker=OneYear()).ask
    assert ask(question).status is Status.NOT_IN_GUIDES
    assert ask(question.replace("a dentist", "a dental assistant")).status is Status.ANSWERED


@pytest.mark.parametrize("question", ["Which job pays the most?", "What is the best paid occupation?"])
def test_a_guide_to_one_career_does_not_know_which_of_all_pays_most(question: str) -> None:
    assert str(ask(question).status) == "not_in_guides"


def test_which_job_of_a_career_pays_most_is_answered() -> None:
    assert str(ask("Which job of bakers has the highest median pay?").status) == "answered"
