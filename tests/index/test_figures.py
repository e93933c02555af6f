"""Quantities are read as they are written, each at its exact place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.figures import Figure, Quantity, figures_in

Read = tuple[Quantity, float, float | None, str, str | None]
MONEY, PERCENT, DURATION, YEAR, COUNT = Quantity


def read(text: str) -> list[Read]:
    return [(f.quantity, f.low, f.high, f.unit, f.period) for f in figures_in(text)]


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("A gaffer earns £34,000 a year.", (MONEY, 34_000, 34_000, "£", "year")),
        ("Falconers earn $18 to $25 an hour.", (MONEY, 18, 25, "$", "hour")),
        ("It pays $18-25/hour.", (MONEY, 18, 25, "$", "hour")),
        ("It pays $15.50/hr.", (MONEY, 15.5, 15.5, "$", "hour")),
        ("It pays £31,000 per annum.", (MONEY, 31_000, 31_000, "£", "year")),
        ("between £26k and £30k", (MONEY, 26_000, 30_000, "£", None)),
        ("$41,300 annually", (MONEY, 41_300, 41_300, "$", "year")),
        ("€1.2 million", (MONEY, 1_200_000, 1_200_000, "€", None)),
        ("£120,000+ for the few", (MONEY, 120_000, None, "£", None)),
        ("12 percent", (PERCENT, 12, 12, "%", None)),
        ("10% to 15%", (PERCENT, 10, 15, "%", None)),
        ("between 4 and 6%", (PERCENT, 4, 6, "%", None)),
        ("two to three years", (DURATION, 2, 3, "year", None)),
        ("between two and three years", (DURATION, 2, 3, "year", None)),
        ("a ten-week course", (DURATION, 10, 10, "week", None)),
        ("40 hours a week", (DURATION, 40, 40, "hour", "week")),
        ("2+ years", (DURATION, 2, None, "year", None)),
        ("three and a half hours", (DURATION, 3.5, 3.5, "hour", None)),
        ("one to two-and-a-half years", (DURATION, 1, 2.5, "year", None)),
        ("since 1974", (YEAR, 1974, 1974, "", None)),
        ("1,234 towers", (COUNT, 1_234, 1_234, "", None)),
        ("200+ towers", (COUNT, 200, None, "", None)),
    ],
)
def test_a_quantity_is_read_as_it_is_written(text: str, figure: Read) -> None:
    assert read(text) == [figure]


@pytest.mark.parametrize("text", ["ICD-10", "open 24/7", "the 1920s", "five", "a year of work", "", "B2"])
def test_what_counts_nothing_is_no_figure(text: str) -> None:
    assert read(text) == []


def test_several_quantities_stand_in_the_order_of_the_text() -> None:
    text = "In 2020, 17 keepers earned £27,400 after 6 months, 5% more."
    assert [f.quantity for f in figures_in(text)] == [YEAR, COUNT, MONEY, DURATION, PERCENT]
    assert [f.span.of(text) for f in figures_in(text)] == ["2020", "17", "£27,400", "6 months", "5%"]


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        ("It costs $500 and 3 weeks of your time.", [(MONEY, 500, 500), (DURATION, 3, 3)]),
        ("It costs $500 and 12 percent tax.", [(MONEY, 500, 500), (PERCENT, 12, 12)]),
        ("It costs $900 and 2 tools.", [(MONEY, 900, 900), (COUNT, 2, 2)]),
    ],
)
def test_an_amount_does_not_swallow_the_quantity_after_it(
    text: str, quantities: list[tuple[Quantity, float, float]]
) -> None:
    assert [(f.quantity, f.low, f.high) for f in figures_in(text)] == quantities


def test_a_year_before_a_share_is_no_part_of_it() -> None:
    text = "The share rose from 8% in 2020 to 16% in 2024."
    assert [f.span.of(text) for f in figures_in(text)] == ["8%", "2020", "16%", "2024"]


def test_a_range_told_from_high_to_low_is_the_same_range() -> None:
    assert read("Pay fell from $50,000 to $40,000.") == [(MONEY, 40_000, 50_000, "$", None)]


WRITTEN = st.lists(
    st.one_of(
        st.integers(0, 2_000_000).map("{:,}".format),
        st.integers(0, 3_000).map(str),
        st.sampled_from(
            "$ £ € % + - – / . , to and or between from percent per a an each year years month hour two ten k million".split()
        ),
        st.text(max_size=4),
    ),
    max_size=14,
).flatmap(lambda parts: st.sampled_from([" ", ""]).map(lambda joint: joint.join(parts)))


@given(WRITTEN)
def test_places_are_in_order_disjoint_and_trimmed_and_no_range_is_upside_down(text: str) -> None:
    end = 0
    for figure in figures_in(text):
        assert end <= figure.span.start < figure.span.end <= len(text)
        assert figure.span.of(text) == figure.span.of(text).strip()
        assert figure.high is None or figure.low <= figure.high
        end = figure.span.end


@given(WRITTEN, WRITTEN)
def test_a_part_of_a_text_is_read_at_the_places_of_the_whole(before: str, text: str) -> None:
    whole = f"{before}\n{text}"
    inside = figures_in(whole, len(before) + 1)
    assert [f.span.of(whole) for f in inside] == [f.span.of(text) for f in figures_in(text)]


@pytest.mark.parametrize("unit", ["year", "month", "week", "day", "hour", "minute"])
@given(low=st.integers(1, 500), more=st.integers(0, 500))
def test_every_range_of_time_is_read_back(unit: str, low: int, more: int) -> None:
    assert read(f"It takes {low} to {low + more} {unit}s.") == [(DURATION, low, low + more, unit, None)]


def figure(text: str) -> Figure:
    (found,) = figures_in(text)
    return found


def test_ranges_that_share_a_value_overlap() -> None:
    assert figure("$20 to $30").overlaps(figure("$30 to $40"))
    assert figure("$20+").overlaps(figure("$1,000"))
    assert not figure("$20 to $30").overlaps(figure("$31 to $40"))


def test_a_range_lies_within_a_wider_one() -> None:
    assert figure("$22 to $25").within(figure("$20 to $30"))
    assert not figure("$22+").within(figure("$20 to $30"))
    assert figure("$22+").within(figure("$20+"))


def test_the_digits_of_a_code_are_no_year() -> None:
    assert YEAR not in [quantity for quantity, *_ in read("Keepers 29-2010, falconers 47-2042")]
    assert [low for quantity, low, *_ in read("from 2020-2024") if quantity is YEAR] == [2020, 2024]


def test_the_day_of_a_date_counts_nothing() -> None:
    assert [figure.quantity for figure in figures_in("from 1 April 2026")] == [Quantity.YEAR]
    assert [figure.quantity for figure in figures_in("12 may apply")] == [Quantity.COUNT]
