"""A fit tells answerable questions from others, and refuses no more of them than it may."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.answer import Status
from advisor.chain import Advisor
from advisor.decision import SIGNALS
from advisor.evaluation.questions import Question
from advisor.fitting import FEWEST, Example, examples, fit
from index.errors import AdvisorError
from index.search import Index

from .conftest import WordReranker


def some(count: int, answerable: bool, middle: float, spread: float = 0.5, seed: int = 0) -> list[Example]:
    """Examples whose signals lie around a middle."""
    rows = np.random.default_rng(seed).normal(middle, spread, (count, len(SIGNALS))).astype(np.float32)
    return [Example(row, answerable) for row in rows]


@pytest.mark.parametrize(("answerable", "others"), [(0, 0), (FEWEST, FEWEST - 1), (FEWEST - 1, 50), (50, 0)])
def test_too_few_questions_of_either_kind_are_told(answerable: int, others: int) -> None:
    with pytest.raises(AdvisorError, match=rf"these are {answerable} and {others}\. Add some"):
        fit([some(answerable, True, 1), some(others, False, -1)])


def test_kinds_may_be_of_different_corpora() -> None:
    found = fit([some(FEWEST, True, 1), some(FEWEST, False, -1)])
    assert found.questions == 2 * FEWEST


@pytest.mark.parametrize("far", [1, 5, 30])
def test_a_set_that_can_be_told_apart_is_told_apart(far: float) -> None:
    found = fit([some(60, True, far) + some(40, False, -far, seed=1)], wrongly_refused=0.05)
    assert found.auroc == 1
    assert found.refused_rightly == 1
    assert found.refused_wrongly <= 0.05
    assert set(found.fitted.weights) == set(SIGNALS)


def test_the_threshold_refuses_the_share_that_it_may() -> None:
    every = some(400, True, 0.1, 1) + some(400, False, -0.1, 1, seed=1)
    for share in (0.0, 0.05, 0.2, 0.5):
        assert fit([every], wrongly_refused=share).refused_wrongly == pytest.approx(share, abs=0.01)


def test_refusing_more_of_the_answerable_refuses_more_of_the_others() -> None:
    every = some(200, True, 0.1, 1) + some(200, False, -0.1, 1, seed=1)
    strict, mild = fit([every], wrongly_refused=0.3), fit([every], wrongly_refused=0.01)
    assert strict.fitted.answer > mild.fitted.answer
    assert strict.refused_rightly > mild.refused_rightly
    assert strict.auroc == mild.auroc


def test_a_larger_corpus_does_not_outweigh_a_smaller_one() -> None:
    """Two corpora that want the opposite of one signal leave it at about nothing, whatever their sizes."""

    def corpus(count: int, way: float) -> list[Example]:
        rows = np.zeros((2 * count, len(SIGNALS)), dtype=np.float32)
        rows[:, 0] = np.repeat([way, -way], count) + np.random.default_rng(0).normal(0, 1, 2 * count)
        return [Example(row, i < count) for i, row in enumerate(rows)]

    assert abs(fit([corpus(500, 1), corpus(50, -1)]).fitted.weights["logit"]) < 0.3
    assert fit([corpus(500, 1)]).fitted.weights["logit"] > 1


def test_a_fit_names_the_reranker_whose_logits_it_holds() -> None:
    every = some(20, True, 1) + some(20, False, -1)
    assert fit([every], reranker="words").fitted.reranker == "words"


@settings(max_examples=20)
@given(st.integers(0, 1000), st.floats(0, 0.5), st.floats(0, 4))
def test_no_more_is_refused_than_the_share_and_one(seed: int, share: float, far: float) -> None:
    every = some(40, True, far, 1, seed) + some(30, False, -far, 1, seed + 1)
    assert fit([every], wrongly_refused=share).refused_wrongly <= share + 1 / 40


def test_examples_are_questions_of_one_message_that_aim_at_an_answer_or_a_refusal(crafts: Index) -> None:
    advisor = Advisor(crafts, reranker=WordReranker())
    found = examples(
        advisor,
        [
            Question("a", ("What does a gaffer earn?",), facts=(("34,000",),)),
            Question("b", ("What does a juggler earn?",), statuses=(Status.NOT_IN_GUIDES,)),
            Question("c", ("What does a gaffer earn?", "Why?"), facts=(("34,000",),)),
            Question("d", ("hello",), statuses=(Status.CONVERSATION,)),
            Question("e", ("What then?",)),
        ],
    )
    assert [one.answerable for one in found] == [True, False]
    assert all(one.signals.shape == (len(SIGNALS),) for one in found)
    assert found[0].signals[SIGNALS.index("logit")] > found[1].signals[SIGNALS.index("logit")]
