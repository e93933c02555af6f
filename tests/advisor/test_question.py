"""What a question asks for is told by its form: its kind, the quantity it wants counted, and what narrows it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.question import Kind, Question, Rank, names_quantity, read_question, unranked
from index.figures import Quantity

KINDS = {
    Kind.FIGURE: [
        "How much does a lighthouse keeper earn?",
        "What do falconers get paid per hour?",
        "What does a glassblower make a year?",
        "What do keepers take home?",
        "Salary of a falconer",
        "What is the lowest pay of a gaffer?",
        "How long does it take to become a glassblower?",
        "How many keepers are left?",
        "What percentage of keepers live on the rock?",
    ],
    Kind.YES_NO: [
        "Do I need a licence to fly a falcon?",
        "Can I become a glassblower without a degree?",
        "Is the work dangerous?",
        "hi, is the work dangerous",
    ],
    Kind.LIST: [
        "What are the duties of a lighthouse keeper?",
        "What are the career levels?",
        "Which tools do glassblowers use?",
        "List the tools of a glassblower.",
        "What skills do I need?",
    ],
    Kind.STEPS: [
        "How do I become a falconer?",
        "What are the steps to becoming a falconer?",
        "Steps to become a keeper",
        "How can I get into glassblowing?",
    ],
    Kind.WHY: ["Why do keepers work at night?", "How come glassblowers wear gloves?", "But why?"],
    Kind.COMPARISON: [
        "What is the difference between a glassblower and a glazier?",
        "Who earns more, a glassblower or a glazier?",
        "Compare a keeper with a falconer.",
    ],
    Kind.DEFINITION: [
        "What is annealing?",
        "What is a gaffer?",
        "Define annealing.",
        "What does RNLI stand for?",
        "What is the RYS badge?",
    ],
    Kind.AGREEMENT: [
        "Do the guides agree on the pay of keepers?",
        "Are your sources consistent about licences?",
        "Is there any disagreement between the guides on pay?",
        "Are both guides of one opinion on the licence?",
    ],
    Kind.TREND: [
        "How did pay change from 2019 to 2023?",
        "In which year was pay highest?",
        "Which year had the most keepers?",
        "How has the pay of keepers developed over the years?",
        "Did wages go up in recent years?",
        "By how much did pay go up from 2010 to 2020?",
        "Show me the keepers by year.",
        "Was pay better in 2010 or 2020?",
        "How many more keepers in 1990 than in 2020?",
    ],
    Kind.FACT: ["Who employs falconers?", "Where do keepers live?", "Tell me about glassblowing."],
}


@pytest.mark.parametrize(
    "text", ["How will jobs change over the next ten years?", "How many jobs between 2024 and 2034?"]
)
def test_what_is_expected_and_a_span_of_time_are_no_trend(text: str) -> None:
    assert read_question(text).kind is not Kind.TREND


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in KINDS.items() for text in texts])
def test_the_form_of_a_question_tells_its_kind(kind: Kind, text: str) -> None:
    assert read_question(text).kind is kind


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("How much does a lighthouse keeper earn?", Quantity.MONEY),
        ("What does a glassblower make a year?", Quantity.MONEY),
        ("How much does the training cost?", Quantity.MONEY),
        ("How long does it take to become a glassblower?", Quantity.DURATION),
        ("How many years of training does a falconer need?", Quantity.DURATION),
        ("Which takes longer, glassblowing or falconry?", Quantity.DURATION),
        ("Which one is over faster, a diploma or a degree?", Quantity.DURATION),
        ("How many keepers are left?", Quantity.COUNT),
        ("How fast is the trade growing?", Quantity.PERCENT),
        ("What percentage of keepers live on the rock?", Quantity.PERCENT),
        ("Who earns more, a glassblower or a glazier?", Quantity.MONEY),
        ("Do the guides agree on the pay of keepers?", Quantity.MONEY),
        ("Which year had the most keepers?", Quantity.YEAR),
        ("Do I need to pay for a licence?", None),
        ("How often is the licence renewed?", None),
        ("What is a gaffer?", None),
    ],
)
def test_only_a_question_for_a_figure_wants_a_quantity(text: str, quantity: Quantity | None) -> None:
    assert read_question(text).quantity is quantity


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("Which rank pays the most?", Rank.HIGHEST),
        ("What is the lowest pay of a gaffer?", Rank.LOWEST),
        ("When did the number of keepers peak?", Rank.HIGHEST),
        ("Which station has the fewest keepers?", Rank.LOWEST),
        ("What does a keeper earn?", None),
        ("How is glass almost melted?", None),
    ],
)
def test_a_superlative_asks_for_one_of_several(text: str, rank: Rank | None) -> None:
    assert read_question(text).rank is rank


def test_years_are_those_that_the_question_names() -> None:
    assert read_question("How did pay change from 2019 to 2023?").years == (2019, 2023)
    assert read_question("How many of the 1974 keepers are left after 20 years?").years == (1974,)
    assert read_question("What does it pay?").years == ()


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("What's the hourly wage?", "hour"),
        ("What do falconers get per hour?", "hour"),
        ("What does a keeper earn a year?", "year"),
        ("What is the annual salary?", "year"),
        ("What is the pay each month?", "month"),
        ("What is the weekly pay of a keeper?", "week"),
        ("What does a keeper earn?", None),
        ("How was the year for falconers?", None),
    ],
)
def test_a_period_is_told_where_the_question_says_so(text: str, period: str | None) -> None:
    assert read_question(text).period == period


def test_words_that_only_ask_carry_no_subject() -> None:
    words = read_question("Hello, could you tell me how much a lighthouse keeper usually earns, please?").words
    assert [word.text for word in words] == ["lighthouse", "keeper", "earns"]


def test_words_stand_where_the_question_has_them() -> None:
    question = read_question("Do falconers need a licence?")
    assert [question.text[word.start : word.end] for word in question.words] == [w.text for w in question.words]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Who earns more, a glassblower or a glazier?", "how much is the pay of"),
        ("Which takes longer, how long to a keeper or a falconer?", "how long does it take to become"),
        ("What is the difference between a keeper and a falconer?", ""),
    ],
)
def test_what_is_counted_can_be_asked_of_one_side_alone(text: str, wanted: str) -> None:
    assert read_question(text).wanted == wanted


def test_a_story_before_the_question_does_not_change_its_kind() -> None:
    told = "My uncle kept a light for 12 years. He earned little. Why do keepers leave? Thank you."
    assert read_question(told).kind is Kind.WHY


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (Kind.FIGURE, "Hello! Could you tell me what keepers are paid? Thank you"),
        (Kind.FIGURE, "Do you happen to know how long it takes?"),
        (Kind.WHY, "could you please explain to me why keepers work at night"),
        (Kind.STEPS, "I'd like to know how I can become a keeper"),
        (Kind.FACT, "Do you know who employs falconers?"),
        (Kind.YES_NO, "Do you know whether keepers work at night?"),
        (Kind.YES_NO, "Do keepers know when a ship comes?"),
    ],
)
def test_a_polite_lead_in_does_not_change_its_kind(kind: Kind, text: str) -> None:
    assert read_question(text).kind is kind


def test_the_last_of_several_questions_tells_the_kind() -> None:
    assert read_question("Is it hard? How much does it pay?").kind is Kind.FIGURE


@given(st.text(max_size=120))
def test_any_text_is_read_and_a_quantity_goes_with_a_kind_that_counts(text: str) -> None:
    question = read_question(text)
    assert question.text == text
    assert (question.kind is Kind.FIGURE) <= (question.quantity is not None)
    if question.quantity is not None:
        assert question.kind in (Kind.FIGURE, Kind.TREND, Kind.COMPARISON, Kind.AGREEMENT)
    assert isinstance(question.words, tuple)


@given(st.sampled_from([text for texts in KINDS.values() for text in texts]), st.sampled_from(["", " ", "\n"]))
def test_white_space_around_a_question_changes_nothing(text: str, space: str) -> None:
    bare, padded = read_question(text), read_question(f"{space}{text}{space}")
    assert (padded.kind, padded.quantity, padded.rank, padded.years, padded.period) == (
        bare.kind,
        bare.quantity,
        bare.rank,
        bare.years,
        bare.period,
    )


def test_a_question_is_equal_by_what_it_asks() -> None:
    assert read_question("What is a gaffer?") == Question("What is a gaffer?", Kind.DEFINITION, None)


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("What do the best-paid 10% of keepers earn?", None),
        ("Highest earning tenth of falconers, how much?", None),
        ("lowest ten percent of keepers earn less than?", None),
        ("What do the best-paid keepers earn?", Rank.HIGHEST),
        ("Which industry pays least?", Rank.LOWEST),
    ],
)
def test_a_share_of_those_who_earn_is_no_rank(text: str, rank: Rank | None) -> None:
    assert read_question(text).rank is rank


def test_a_share_that_is_told_is_not_what_is_counted() -> None:
    assert read_question("The best-paid 10% of keepers make how much?").quantity is Quantity.MONEY


@pytest.mark.parametrize(
    "text",
    [
        "worst paid year for keepers",
        "keepers' pay, every year since 1990",
        "are keepers' posts going up year on year?",
        "keepers' pay across the table",
        "1990 against 2020: keepers' pay",
    ],
)
def test_rows_by_year_are_a_trend(text: str) -> None:
    assert read_question(text).kind is Kind.TREND


@pytest.mark.parametrize("text", ["full name of HMG", "HMG meaning?", "what is HMG short for"])
def test_the_whole_name_is_a_definition(text: str) -> None:
    assert read_question(text).kind is Kind.DEFINITION


@pytest.mark.parametrize("question", ["And car mechanics, hourly?", "falconers in parks, median", "gaffer per hour"])
def test_a_time_that_pay_is_told_for_asks_for_pay(question: str) -> None:
    asked = read_question(question)
    assert (asked.kind, asked.quantity) == (Kind.FIGURE, Quantity.MONEY)


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("I have been a cook since 2009, what do bakers earn?", ()),
        ("I've been a cook since 2009. What did bakers earn in 2024?", (2024,)),
        ("What did I earn in 2009?", (2009,)),
        ("I want to know the pay in 2020", (2020,)),
    ],
)
def test_a_year_that_somebody_tells_of_themselves_is_not_asked_for(text: str, years: tuple[int, ...]) -> None:
    assert read_question(text).years == years


def test_a_text_is_freed_of_what_asks_for_an_end() -> None:
    assert unranked("private investigators best") == "private investigators"
    assert unranked("the lowest 10 percent of keepers") == "the lowest 10 percent of keepers"


def test_what_things_are_used_for_is_no_list() -> None:
    assert read_question("What are blowpipes used for?").kind is Kind.FACT
    assert read_question("What are the tools of a glassblower?").kind is Kind.LIST


def test_who_charges_is_asked_for_money_and_the_word_alone_names_none() -> None:
    assert read_question("How much does a gaffer charge?").quantity is Quantity.MONEY
    assert not names_quantity("charge")


def test_what_happens_is_no_plural() -> None:
    assert read_question("What happens if I break a lens?").kind is Kind.FACT
    assert read_question("What lamps break?").kind is Kind.LIST


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Could you give all tools that a keeper needs?", Kind.LIST),
        ("Can you please list the tools of a keeper?", Kind.LIST),
        ("Could you be a keeper without tools?", Kind.YES_NO),
        ("What's the point of a licence if nobody asks for it?", Kind.WHY),
        ("what is the use of a lens", Kind.WHY),
    ],
)
def test_a_request_asks_for_what_it_orders(question: str, kind: Kind) -> None:
    assert read_question(question).kind is kind


@pytest.mark.parametrize(
    "question",
    ["What are the stages of the way, and what do keepers ask for?", "Take me through it, from boy to keeper"],
)
def test_stages_are_steps(question: str) -> None:
    assert read_question(question).kind is Kind.STEPS
