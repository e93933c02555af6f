"""A table answers with the cell that is asked for, and with what a column tells from row to row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.answer import Layout
from advisor.draft import Piece, number
from advisor.proof import prove
from advisor.question import read_question
from advisor.tables import (
    Table,
    asked_columns,
    cell_quantities,
    names_rows,
    of_other_things,
    row_piece,
    table_of,
    trend,
)
from index.figures import Quantity
from index.guide import Guide, Passage, PassageKind
from index.reading import guide_of

from .crafts import KEEPER


def keeper() -> Guide:
    return guide_of(KEEPER, "keeper.md")


def rows_of(guide: Guide, section: str) -> list[Passage]:
    return [p for p in guide.passages if p.kind is PassageKind.ROW and p.section[-1] == section]


def row_told(question: str, row: int, section: str = "Ranks and pay") -> Piece:
    guide = keeper()
    return row_piece(rows_of(guide, section)[row], guide, read_question(question))


def told(question: str, section: str = "Keepers over the years", guide: Guide | None = None) -> list[str]:
    guide = guide or keeper()
    table = table_of(rows_of(guide, section)[0], guide)
    assert table
    return [piece.text for piece in trend(read_question(question), table)]


def quotes(piece: Piece, guide: Guide) -> list[str]:
    return [where.span.of(guide.text) for where in piece.places]


def test_a_row_tells_the_cell_whose_heading_the_question_names() -> None:
    assert row_told("How much leave does an assistant keeper get?", 1).text == "Assistant keeper — Leave: 25 days"


def test_a_row_tells_the_amount_where_pay_is_asked_for_in_other_words() -> None:
    assert row_told("What does an assistant keeper earn?", 1).text == "Assistant keeper — Pay: £24,500"


def test_a_row_tells_all_its_cells_where_none_is_asked_for() -> None:
    assert row_told("Tell me about the assistant.", 1).text == "Assistant keeper — Pay: £24,500; Leave: 25 days"


JOBS = """# Trades

## Jobs

| Trade | Code | Jobs, 2024 | Jobs, 2034 | Percent | Numeric | Source |
| --- | --- | --- | --- | --- | --- | --- |
| Coopers | 51-7099 | 2,000 | 1,900 | -5 | -100 | Get data |
| Smiths | 51-4191 | 4,000 | 4,400 | 10 | 400 | Get data |
"""


@pytest.mark.parametrize(
    "question", ["How fast are jobs for coopers growing?", "By how many jobs will coopers change from 2024 to 2034?"]
)
def test_a_change_is_told_by_all_the_numbers_of_a_row_and_no_code(question: str) -> None:
    guide = guide_of(JOBS, "trades.md")
    assert row_piece(rows_of(guide, "Jobs")[0], guide, read_question(question)).text == (
        "Coopers — Jobs, 2024: 2,000; Jobs, 2034: 1,900; Percent: -5; Numeric: -100"
    )


def test_rows_that_are_no_years_are_not_a_course_of_time() -> None:
    guide = guide_of(JOBS, "trades.md")
    assert not told("How did jobs change from 2024 to 2034?", "Jobs", guide)


def test_a_bare_number_under_a_percent_heading_is_a_share() -> None:
    guide = guide_of(JOBS, "trades.md")
    kinds = cell_quantities(rows_of(guide, "Jobs")[0], guide)
    assert kinds[4] == {Quantity.PERCENT}
    assert kinds[2] == {Quantity.COUNT}


def test_a_row_that_begins_with_a_number_is_named_by_its_heading() -> None:
    assert row_told("What was the median pay in 2000?", 1, "Keepers over the years").text == (
        "Year 2000 — Median pay: £18,900"
    )


def test_a_row_cites_itself_exactly() -> None:
    assert quotes(row_told("What does an assistant keeper earn?", 1), keeper()) == [
        "Assistant keeper | £24,500 | 25 days"
    ]


def test_a_row_whose_heading_has_a_number_cites_the_header_too() -> None:
    guide = guide_of("# Falconer\n\n| Place | Pay in 2022 |\n| --- | --- |\n| Airports | $31 |\n", "falconer.md")
    piece = row_piece(guide.passages[0], guide, read_question("What do falconers earn at airports?"))
    assert piece.text == "Airports — Pay in 2022: $31"
    assert quotes(piece, guide) == ["Airports | $31", "Place | Pay in 2022"]


HEADERLESS = "# Falconer\n\n## Pay\n\nHourly pay by place:\n\n| Airports | $31 |\n| Shows | $22 |\n| Farms | $19 |\n"


def test_a_row_without_a_header_is_told_with_what_introduces_its_table() -> None:
    guide = guide_of(HEADERLESS, "falconer.md")
    piece = row_piece(rows_of(guide, "Pay")[1], guide, read_question("What do falconers earn at shows?"))
    assert piece.text == "Hourly pay by place: Shows: $22"
    assert quotes(piece, guide) == ["Shows | $22", "Hourly pay by place:"]


def test_an_empty_cell_is_not_told() -> None:
    text = "# Keeper\n\n| Rank | Pay | Leave |\n| --- | --- | --- |\n| Cook | £9,000 | |\n| Mate | £9,500 | 3 days |\n"
    guide = guide_of(text, "keeper.md")
    assert row_piece(guide.passages[0], guide, read_question("And the cook?")).text == "Cook — Pay: £9,000"


def test_a_time_is_told_by_the_column_that_states_one_though_another_shares_a_word() -> None:
    text = "# Keeper\n\n| Rank | Pay per year | Practice |\n| --- | --- | --- |\n| Mate | £9,500 | 3+ years |\n"
    guide = guide_of(text, "keeper.md")
    piece = row_piece(guide.passages[0], guide, read_question("after how many years is one a mate?"))
    assert piece.text == "Mate — Practice: 3+ years"


def test_columns_that_share_no_word_are_not_asked_for() -> None:
    guide = keeper()
    row = rows_of(guide, "Ranks and pay")[0]
    assert asked_columns(("Rank", "Pay", "Leave"), read_question("Is it cold?"), row, guide) == []
    assert asked_columns(("Rank", "Pay", "Leave"), read_question("Is there any leave?"), row, guide) == [2]


def test_only_a_row_stands_in_a_table() -> None:
    guide = keeper()
    assert [table_of(p, guide) is not None for p in guide.passages] == [
        p.kind is PassageKind.ROW for p in guide.passages
    ]


def test_a_table_holds_the_rows_under_its_own_header() -> None:
    guide = keeper()
    table = table_of(rows_of(guide, "Ranks and pay")[2], guide)
    assert table
    assert table.header == ("Rank", "Pay", "Leave")
    assert [table.cell(row, 0) for row in table.rows] == [
        "Supernumerary keeper",
        "Assistant keeper",
        "Principal keeper",
    ]
    assert table.cell(table.rows[0], 9) == ""
    assert table.figure(table.rows[0], 0) is None


def test_a_trend_is_told_from_the_first_year_to_the_last_and_row_by_row() -> None:
    assert told("How did the median pay change from 1990 to 2020?") == [
        "Median pay rose from £15,200 (Year 1990) to £27,400 (Year 2020).",
        "Year 1990 — Median pay: £15,200",
        "Year 2000 — Median pay: £18,900",
        "Year 2010 — Median pay: £22,300",
        "Year 2020 — Median pay: £27,400",
    ]


def test_a_trend_keeps_to_the_years_that_are_asked_for() -> None:
    assert told("How did the number of keepers change from 2000 to 2010?") == [
        "Keepers fell from 96 (Year 2000) to 41 (Year 2010)."
    ]


def test_two_years_side_by_side_are_held_together_without_those_between() -> None:
    assert told("Were there more keepers in 1990 or in 2010?") == [
        "Keepers fell from 210 (Year 1990) to 41 (Year 2010)."
    ]


def test_the_ends_of_a_trend_over_ranges_stand_behind_their_rows() -> None:
    rows = "| 2010 | £20,000 – £22,000 |\n| 2020 | £27,000 – £30,000 |"
    guide = guide_of(f"# Keeper\n\n## Years\n\n| Year | Annual pay |\n|---|---|\n{rows}\n", "keeper.md")
    (text,) = told("How did the pay change from 2010 to 2020?", "Years", guide)
    assert text == "Annual pay rose from Year 2010 (£20,000 – £22,000) to Year 2020 (£27,000 – £30,000)."
    table = table_of(rows_of(guide, "Years")[0], guide)
    assert table
    sentences, citations = number(
        trend(read_question("How did the pay change from 2010 to 2020?"), table), {guide.id: guide}
    )
    assert prove(sentences, citations, {guide.id: guide}) == sentences


def test_each_year_is_told_whole_where_no_column_is_asked_for() -> None:
    assert told("Show me the whole table by year.")[::3] == [
        "Year 1990 — Keepers: 210; Median pay: £15,200",
        "Year 2020 — Keepers: 17; Median pay: £27,400",
    ]


def test_since_a_year_is_up_to_the_last_one_and_until_a_year_from_the_first() -> None:
    assert told("How has the pay changed since 2010?") == [
        "Median pay rose from £22,300 (Year 2010) to £27,400 (Year 2020)."
    ]
    assert told("How did the pay change until 2000?") == [
        "Median pay rose from £15,200 (Year 1990) to £18,900 (Year 2000)."
    ]


def test_a_trend_goes_forward_in_time_where_the_table_goes_back() -> None:
    text = "# Keeper\n\n## Years\n\n| Year | Pay |\n|---|---|\n| 2020 | £27,400 |\n| 2010 | £22,300 |\n"
    assert told("How did the pay change from 2010 to 2020?", "Years", guide_of(text, "keeper.md")) == [
        "Pay rose from £22,300 (Year 2010) to £27,400 (Year 2020)."
    ]


def test_what_does_not_change_stays_the_same() -> None:
    text = "# Keeper\n\n## Years\n\n| Year | Towers |\n|---|---|\n| 2010 | 65 |\n| 2020 | 65 |\n"
    assert told("How did the towers change between 2010 and 2020?", "Years", guide_of(text, "keeper.md")) == [
        "Towers stayed the same from 65 (Year 2010) to 65 (Year 2020)."
    ]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which year had the most keepers?", "Highest Keepers: 210, Year 1990"),
        ("Which year had the fewest keepers?", "Lowest Keepers: 17, Year 2020"),
        ("In which year was the median pay highest?", "Highest Median pay: £27,400, Year 2020"),
        ("In which year between 1990 and 2010 was the pay highest?", "Highest Median pay: £22,300, Year 2010"),
    ],
)
def test_the_extreme_of_a_column_is_told_with_its_row(question: str, answer: str) -> None:
    assert told(question) == [answer]


def test_the_extreme_rank_is_told_by_name() -> None:
    assert told("Which rank pays the most?", "Ranks and pay") == ["Highest Pay: £31,000, Rank Principal keeper"]


def test_the_extreme_row_of_a_table_without_a_header_is_told_under_its_introduction() -> None:
    guide = guide_of(HEADERLESS, "falconer.md")
    assert told("Where is the pay highest?", "Pay", guide) == ["Hourly pay by place: Airports: $31"]
    assert told("Where is the pay lowest?", "Pay", guide) == ["Hourly pay by place: Farms: $19"]


def test_a_trend_cites_its_two_ends() -> None:
    guide = keeper()
    table = table_of(rows_of(guide, "Keepers over the years")[0], guide)
    assert table
    first, *rows = trend(read_question("How did the median pay change from 1990 to 2020?"), table)
    assert quotes(first, guide) == ["1990 | 210 | £15,200", "2020 | 17 | £27,400"]
    assert {piece.layout for piece in rows} == {Layout.ITEM}


@pytest.mark.parametrize("question", ["How did the weather change from 1990 to 2020?", "Is it cold?"])
def test_a_table_that_does_not_count_what_is_asked_tells_nothing(question: str) -> None:
    assert told(question) == []


def test_a_single_row_is_no_trend() -> None:
    text = "# Keeper\n\n## Years\n\n| Year | Pay |\n|---|---|\n| 2020 | £27,400 |\n"
    assert told("How did pay change from 2010 to 2020?", "Years", guide_of(text, "keeper.md")) == []


@given(st.lists(st.integers(0, 99_000), min_size=2, max_size=8))
def test_the_highest_row_is_the_highest_whatever_the_order(amounts: list[int]) -> None:
    rows = "\n".join(f"| Rank{chr(65 + i)} | £{amount:,} |" for i, amount in enumerate(amounts))
    guide = guide_of(f"# Keeper\n\n## Pay\n\n| Rank | Pay |\n|---|---|\n{rows}\n", "keeper.md")
    (highest,) = told("Which rank has the highest pay?", "Pay", guide)
    (lowest,) = told("Which rank has the lowest pay?", "Pay", guide)
    assert highest.startswith(f"Highest Pay: £{max(amounts):,}, ")
    assert lowest.startswith(f"Lowest Pay: £{min(amounts):,}, ")


def test_a_table_is_made_of_rows() -> None:
    guide = keeper()
    rows = tuple(rows_of(guide, "Ranks and pay"))
    assert table_of(rows[0], guide) == Table(guide, rows)


OUTLOOK = """# Keepers

## Jobs

| Role | Posts, 2024 | Projected posts, 2034 | Percent | What they do |
|---|---|---|---|---|
| Public keepers | 5,600 | 6,200 | 11 | They will polish public lamps. |
| Other keepers | 3,100 | 3,000 | -5 | They trim wicks. |
"""


@pytest.mark.parametrize("asked", ["projected posts", "percent", "what they do", "posts, 2024 and 2034"])
def test_a_row_is_proved_whichever_of_its_cells_are_told(asked: str) -> None:
    guide = guide_of(OUTLOOK, "keepers.md")
    for row in (passage for passage in guide.passages if passage.kind is PassageKind.ROW):
        sentences, citations = number([row_piece(row, guide, read_question(asked))], {guide.id: guide})
        assert prove(sentences, citations, {guide.id: guide})[0].citations


@pytest.mark.parametrize(
    ("header", "question", "named"),
    [
        ("U.S. state", "Which state pays divers the most?", True),
        ("Industry (United States)", "Which state pays divers the most?", False),
        ("Industry (United States)", "the best paying industry for divers", True),
        ("Year", "Which years had the fewest divers?", True),
        ("Year", "Where do divers earn the least?", False),
    ],
)
def test_a_question_names_the_rows_of_a_table_by_the_heading_of_their_names(
    header: str, question: str, named: bool
) -> None:
    guide = guide_of(f"# Divers\n\n| {header} | Pay |\n|---|---|\n| Ohio | $4 |\n| Utah | $5 |\n", "divers.md")
    table = table_of(guide.passages[-1], guide)
    assert table
    assert names_rows(read_question(question), table) is named


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("Which state pays divers best?", True),
        ("Which industry pays divers best?", False),
        ("What employers pay divers the least?", False),
        ("Where do divers earn the most?", False),
        ("What is the highest pay of divers?", False),
    ],
)
def test_a_table_is_of_other_things_where_neither_it_nor_its_heading_has_their_name(question: str, other: bool) -> None:
    text = "# Divers\n\n## Which employers pay best?\n\n| Industry (by state) | Pay |\n|---|---|\n| Ships | $4 |\n| Films | $5 |\n"
    guide = guide_of(text, "divers.md")
    table = table_of(guide.passages[-1], guide)
    assert table
    assert of_other_things(read_question(question), table) is other


def test_a_question_names_rows_by_the_word_itself() -> None:
    guide = guide_of(
        "# Pay\n\n| Occupation | Pay |\n| --- | --- |\n| Baker | $9 |\n| Cook | $8 |\n| Miller | $7 |\n", "pay.md"
    )
    table = table_of(next(p for p in guide.passages if p.kind is PassageKind.ROW), guide)
    assert table
    assert names_rows(read_question("Which occupations pay best?"), table)
    assert not names_rows(read_question("Where do occupational therapists earn most?"), table)


def test_beside_a_row_for_all_none_is_the_highest_or_the_lowest() -> None:
    rows = "| Bakers | $9 |\n| Food workers | $8 |\n| {} | $7 |\n"
    for last, expected in (("Total, all jobs", []), ("Cooks", ["Lowest Pay: $7, Who Cooks"])):
        text = "# Work\n\n## Pay\n\n| Who | Pay |\n| --- | --- |\n" + rows.format(last)
        assert told("What is the lowest pay?", "Pay", guide_of(text, "pay.md")) == expected
