"""A word is met by itself, by its stem, or by a word that means much the same; rare words weigh more."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.matching import Matcher, Terms
from advisor.question import read_question
from index.embedder import open_encoder
from index.search import Index

from .conftest import index_in_memory


@pytest.fixture(scope="module")
def matcher(crafts: Index) -> Matcher:
    return Matcher(crafts)


def terms(matcher: Matcher, question: str) -> Terms:
    return matcher.terms(read_question(question))


def test_a_word_of_the_guides_is_known_in_each_of_its_forms(matcher: Matcher) -> None:
    assert matcher.knows("gaffer")
    assert matcher.knows("Gaffers")
    assert matcher.knows("weighing")
    assert not matcher.knows("xylographer")


def test_a_word_that_is_asked_twice_counts_once(matcher: Matcher) -> None:
    assert [word.text for word in terms(matcher, "Is the gaffer the gaffers' gaffer?").words] == ["gaffer"]


def test_a_rare_word_weighs_more_than_a_common_one_and_a_strange_one_most(matcher: Matcher) -> None:
    common, rare, strange = terms(matcher, "keeper clockwork xylographer").weights
    assert 0 < common < rare < strange == 1


def test_a_known_word_is_fully_like_itself_alone(matcher: Matcher, crafts: Index) -> None:
    found = terms(matcher, "clockwork 2020")
    for row, word in enumerate(found.words):
        assert found.alike[row, crafts.terms.known[word.stem]] == 1
    assert found.alike[1].sum() == 1, "numbers are like nothing but themselves"


def test_a_unit_covers_the_words_that_it_its_headings_and_its_passage_hold(matcher: Matcher, crafts: Index) -> None:
    guide = crafts.guides["keeper"]
    unit = next(i for i, u in enumerate(crafts.units) if "They need a certificate" in u.span.of(guide.text))
    found = terms(matcher, "certificate lighthouse degree kiln")
    own, context, passage = matcher.cover(found, np.array([unit]), crafts.unit_passages[[unit]])
    assert (own[:, 0] == 1).tolist() == [True, False, False, False]
    assert (context[:, 0] == 1).tolist() == [False, True, True, False]
    assert (passage[:, 0] == 1).tolist() == [True, False, True, False]


def test_words_of_like_meaning_cover_one_another() -> None:
    """With the embedding model itself."""
    index = index_in_memory({"guide.md": "# Glassblower\n\nThe salary is small.\n\nThe kiln is hot.\n"}, open_encoder())
    matcher = Matcher(index)
    found = terms(matcher, "What are the wages?")
    own, _, _ = matcher.cover(found, np.array([0, 1]), np.array([0, 1]))
    assert own[0, 0] > own[0, 1]
    assert 0 < own[0, 0] < 1


def test_a_question_without_words_covers_nothing(matcher: Matcher) -> None:
    found = terms(matcher, "Is it so?")
    assert found.words == ()
    assert [part.shape for part in matcher.cover(found, np.array([0, 1]), np.array([0, 1]))] == [(0, 2)] * 3


@given(question=st.lists(st.sampled_from("keeper gaffer 2020 xylographer £31,000 Ærø the of".split())).map(" ".join))
def test_likeness_weights_and_cover_are_shares(question: str, matcher: Matcher, crafts: Index) -> None:
    found = terms(matcher, question)
    units = np.arange(len(crafts.units))
    for part in (found.alike, found.weights, *matcher.cover(found, units, crafts.unit_passages[units])):
        assert np.all((part >= 0) & (part <= 1))
