from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.evaluation.statistics import difference, interval, percentile

SHARES = st.lists(st.floats(0, 1), min_size=10, max_size=60)


@given(SHARES)
def test_an_interval_holds_the_mean_and_stays_within_the_values(values: list[float]) -> None:
    found = interval(values)
    assert found is not None
    assert min(values) - 1e-9 <= found.low <= found.high <= max(values) + 1e-9
    assert found.low - 0.05 <= sum(values) / len(values) <= found.high + 0.05


def test_an_interval_is_the_same_each_time_and_narrows_with_more_questions() -> None:
    few, many = interval([0.0, 1.0] * 10), interval([0.0, 1.0] * 200)
    assert few == interval([0.0, 1.0] * 10)
    assert few is not None
    assert many is not None
    assert many.high - many.low < few.high - few.low
    assert few.low == pytest.approx(0.275, abs=0.05)


def test_no_interval_is_promised_for_a_handful() -> None:
    assert interval([1.0] * 9) is None


@given(SHARES)
def test_a_run_does_not_differ_from_itself(values: list[float]) -> None:
    told = difference(values, values)
    assert told is not None
    assert (told.p, told.better, told.worse) == (1.0, 0, 0)


def test_a_difference_is_unlikely_by_chance_only_when_it_is_consistent() -> None:
    clear = difference([0.0] * 20, [1.0] * 20)
    mixed = difference([0.0, 1.0] * 10, [1.0, 0.0] * 10)
    assert clear is not None
    assert mixed is not None
    assert clear.p < 0.001
    assert (clear.better, clear.worse, clear.before, clear.now) == (20, 0, 0.0, 1.0)
    assert mixed.p > 0.9


def test_five_gains_and_no_loss_have_the_exact_chance() -> None:
    told = difference([0.0] * 5, [1.0] * 5)
    assert told is not None
    assert told.p == pytest.approx(2 / 32, abs=0.01)


def test_the_median_lies_between_two_values() -> None:
    assert percentile([1.0, 2.0, 3.0, 4.0], 0.5) == 2.5
    assert percentile([], 0.5) is None
