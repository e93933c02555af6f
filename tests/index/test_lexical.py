"""Scores added up from the stored columns are those of bm25s."""

from __future__ import annotations

from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import lexical
from index.words import stems_in

TEXTS = [
    "Bakers mix and bake bread, bread and more bread.",
    "Cooks bake as well; the median wage was $36,650.",
    "",
    "the of and",
    "Pilots fly. ICD-10-CM is for coders.",
]
WORDS = st.sampled_from("bread bake bakers cooks wage 36,650 the of pilots ICD-10-CM unheard".split())


def own_scores(texts: list[str], query: str) -> list[float]:
    """What bm25s itself gives."""
    model = bm25s.BM25(method="lucene")
    model.index([list(stems_in(text)) or [""] for text in texts], show_progress=False)
    known = [stem for stem in stems_in(query) if stem in model.vocab_dict]
    return [float(score) for score in model.get_scores(known)] if known else [0.0] * len(texts)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=12).map(" ".join), min_size=1, max_size=8), st.lists(WORDS, max_size=5))
def test_scores_are_those_of_bm25s(texts: list[str], query: list[str]) -> None:
    found = lexical.weigh(texts).scores(" ".join(query))
    assert np.allclose(found, own_scores(texts, " ".join(query)), atol=1e-5)


@pytest.mark.parametrize("query", ["", "the", "unheard of", "\ud83d", "?!"])
def test_a_query_without_known_words_scores_nothing(query: str) -> None:
    assert not lexical.weigh(TEXTS).scores(query).any()


def test_a_rarer_word_counts_more() -> None:
    scores = lexical.weigh(["bake bread", "bake cakes", "bake pies"]).scores("bake bread")
    assert scores[0] > scores[1] == scores[2] > 0


@pytest.mark.parametrize("texts", [TEXTS, [], ["", ""]])
def test_what_is_saved_is_what_is_loaded(texts: list[str], tmp_path: Path) -> None:
    weighed = lexical.weigh(texts)
    lexical.save(weighed, tmp_path / "lexical.npz")
    loaded = lexical.load(tmp_path / "lexical.npz")
    assert loaded.columns == weighed.columns
    assert np.array_equal(loaded.scores("bakers bake bread"), weighed.scores("bakers bake bread"))
    assert loaded.scores("bread").shape == (len(texts),)
