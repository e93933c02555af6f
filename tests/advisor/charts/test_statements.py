"""Bars say what a guide states: no more, no less, on a scale that holds zero."""

from __future__ import annotations

from itertools import pairwise

import pytest

from advisor.charts import Chart
from advisor.charts.statements import charts_in, period_of
from index.guide import Guide
from index.reading import guide_of


def guide(text: str) -> Guide:
    return guide_of(text, "guide.md")


def charts(text: str) -> list[Chart]:
    return list(charts_in(guide(text)))


def values(chart: Chart) -> list[tuple[str, float, float]]:
    return [(bar.label, bar.low, bar.high) for bar in chart.series[0].bars]


def table(*rows: str, header: str = "Level | Pay") -> str:
    lines = "\n".join(f"| {row} |" for row in rows)
    return f"# G\n\n## Pay\n\n| {header} |\n|{'---|' * (header.count('|') + 1)}\n{lines}\n"


def test_a_column_of_amounts_becomes_one_bar_a_row() -> None:
    (chart,) = charts(table("Apprentice | $27,000", "Master | $48,000"))
    assert values(chart) == [("Apprentice", 27_000, 27_000), ("Master", 48_000, 48_000)]
    (series,) = chart.series
    assert (series.measure, series.subject, series.section) == ("Pay", "Level", ("Pay",))
    assert (chart.bottom, chart.top) == (0, 48_000)


def test_each_bar_leads_to_the_row_that_states_it() -> None:
    (chart,) = charts(table("Apprentice | $27,000", "Master | $48,000"))
    (series,) = chart.series
    for bar in series.bars:
        assert bar.label in bar.place.of(series.guide.text)
        assert bar.words in bar.place.of(series.guide.text)


def test_ranges_keep_both_ends_and_open_ones_the_highest_value_that_is_named() -> None:
    (chart,) = charts(table("New | $30,000–$40,000", "Lead | $90,000 – $120,000+", "Chief | $150,000+"))
    bars = chart.series[0].bars
    assert [(bar.low, bar.high, bar.is_open) for bar in bars] == [
        (30_000, 40_000, False),
        (90_000, 120_000, True),
        (150_000, 150_000, True),
    ]


@pytest.mark.parametrize(
    ("stated", "words", "open_below", "open_above"),
    [
        ("up to $30,000", "up to $30,000", True, False),
        ("under $30,000", "under $30,000", True, False),
        ("over $30,000", "over $30,000", False, True),
        ("at least $30,000", "at least $30,000", False, True),
        ("$30,000 or more", "$30,000 or more", False, True),
        ("about $30,000", "about $30,000", False, False),
        ("$30,000, up from 2019", "$30,000", False, False),
    ],
)
def test_a_bound_is_told_in_the_words_of_the_guide_and_open_at_its_other_end(
    stated: str, words: str, open_below: bool, open_above: bool
) -> None:
    (chart,) = charts(f"# G\n\n## Pay\n\n- New: {stated}\n- Master: $60,000\n")
    (bar, _) = chart.series[0].bars
    assert (bar.words, bar.low, bar.high) == (words, 30_000, 30_000)
    assert (bar.is_open_below, bar.is_open) == (open_below, open_above)


def test_a_range_keeps_both_its_ends_whatever_stands_before_it() -> None:
    (chart,) = charts(table("New | up to $30,000–$40,000", "Lead | $90,000"))
    bar = chart.series[0].bars[0]
    assert (bar.words, bar.is_open_below, bar.is_open) == ("up to $30,000–$40,000", False, False)


def test_a_fall_is_drawn_below_zero() -> None:
    (chart,) = charts(table("Bakers | 6%", "Typists | -12%", header="Work | Change"))
    assert values(chart) == [("Bakers", 6, 6), ("Typists", -12, -12)]
    assert chart.series[0].bars[1].words == "−12%"
    assert (chart.bottom, chart.top) == (-12, 6)


def test_bare_numbers_below_a_unit_are_of_that_unit() -> None:
    (chart,) = charts(table("Food services | $39,000", "Retailers | 36,880", "Bakeries | 36,550"))
    assert (chart.unit, [bar.words for bar in chart.series[0].bars]) == ("$", ["$39,000", "$36,880", "$36,550"])


@pytest.mark.parametrize(
    "rows",
    [
        ("New | $30,000", "Lead | 40%"),
        ("New | a lot", "Lead | more"),
        ("New | $30,000",),
        ("A | $30,000", "B | $30,000"),
        ("A | 49-3021", "B | 49-3022"),
    ],
    ids=["mixed units", "no quantities", "a single row", "nothing to compare", "numbers that are names"],
)
def test_what_cannot_be_compared_is_not_drawn(rows: tuple[str, ...]) -> None:
    assert charts(table(*rows)) == []


def test_amounts_under_the_keys_of_one_list_stand_together() -> None:
    (chart,) = charts(
        "# G\n\n## Pay\n\n- Median: $50,250 a year, $24.16 an hour\n- Lowest tenth: under $35,780 a year\n"
    )
    assert values(chart) == [("Median", 50_250, 50_250), ("Lowest tenth", 35_780, 35_780)]
    assert (chart.period, chart.title) == ("year", "Pay")


LEVELS = """# Coders

## Salary by level

### Entry level

{entry}

### Senior level

{senior}
"""


def test_levels_that_each_have_a_key_of_one_name_stand_together() -> None:
    text = LEVELS.format(
        entry="- Median salary: $40,000 a year\n- Experience: 0–2 years",
        senior="- Median salary: $70,000 a year\n- Experience: 5+ years",
    )
    pay, experience = charts(text)
    assert values(pay) == [("Entry level", 40_000, 40_000), ("Senior level", 70_000, 70_000)]
    assert pay.title == "Median salary"
    assert experience.title == "Experience"


def test_levels_that_each_say_it_in_a_sentence_stand_together() -> None:
    told = "A coder of this level has a median salary of ${} per year."
    (chart,) = charts(LEVELS.format(entry=told.format("40,000 – $55,000"), senior=told.format("70,000 – $90,000")))
    assert values(chart) == [("Entry level", 40_000, 55_000), ("Senior level", 70_000, 90_000)]
    assert chart.title == "Salary by level"


def test_sections_that_speak_of_different_things_do_not() -> None:
    assert charts(LEVELS.format(entry="A first set of tools costs $350.", senior="Their cars sell for $9,000.")) == []


def test_what_a_table_holds_is_not_drawn_again_from_the_text() -> None:
    told = "A coder of this level has a median salary of ${} per year."
    levels = LEVELS.format(entry=told.format("40,000"), senior=told.format("70,000"))
    both = levels + "\n## In short\n\n| Level | Pay |\n|---|---|\n| Entry | $40,000 |\n| Senior | $70,000 |\n"
    assert [chart.title for chart in charts(both)] == ["Pay"]


def test_years_of_demand_keep_their_order() -> None:
    (openings,) = charts(table("2020 | 75,000", "2021 | 82,000", "2022 | 90,000", header="Year | Openings"))
    assert all(one[0] < other[0] for one, other in pairwise(values(openings)))


@pytest.mark.parametrize(
    ("words", "period"),
    [("Average annual salary", "year"), ("Median pay per hour", "hour"), ("Pay a month", "month"), ("Fee", None)],
)
def test_a_column_says_for_what_time_it_is_paid(words: str, period: str | None) -> None:
    assert period_of(words) == period


def test_bars_that_differ_by_their_years_alone_are_a_row_of_years() -> None:
    (chart,) = charts(table("May 2020 | 80%", "May 2021 | 74%", "May 2024 | 62%", header="Year | Passed"))
    assert chart.series[0].years == (2020, 2021, 2024)
    assert [bar["year"] for bar in chart.to_json()["series"][0]["bars"]] == [2020, 2021, 2024]


@pytest.mark.parametrize(
    "rows",
    [
        ("Illinois, 2020 | 80%", "Ohio, 2021 | 74%"),
        ("Median, May 2024 | 80%", "Lowest tenth, May 2024 | 74%"),
        ("2020 | 80%", "Later | 74%"),
        ("2020 to 2021 | 80%", "2022 to 2023 | 74%"),
    ],
)
def test_bars_that_differ_by_more_or_by_no_single_year_are_none(rows: tuple[str, str]) -> None:
    (chart,) = charts(table(*rows, header="When | Passed"))
    assert chart.series[0].years == (None, None)


def test_a_heading_or_a_lead_names_a_measure_without_its_colon() -> None:
    (chart,) = charts("# G\n\n## Pay of bakers:\n\n- New: $30,000\n- Master: $60,000\n")
    assert chart.series[0].measure == "Pay of bakers"
