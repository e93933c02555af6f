"""Numbers in words are the numbers in digits, and nothing else becomes one."""

from __future__ import annotations

import pytest

from advisor.numerals import in_digits, in_full
from advisor.proof import supports


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("one hundred questions", "100 questions"),
        ("two or three years", "2 or 3 years"),
        ("twenty-four hours", "24 hours"),
        ("a hundred and five", "105"),
        ("two hundred and fifty thousand", "250000"),
        ("forty to fifty-five thousand dollars", "40000 to $55000"),
        ("fifty dollars", "$50"),
        ("a million jobs", "1000000 jobs"),
        ("one of them", "one of them"),
        ("hundreds of trees", "hundreds of trees"),
        ("44.39 Canadian dollars", "44.39 Canadian dollars"),
    ],
)
def test_numbers_in_words_are_numbers(text: str, digits: str) -> None:
    assert in_digits(text) == digits


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The exam has one hundred questions.", "The exam has 100 questions."),
        ("The exam has 100 questions.", "The exam has one hundred questions."),
        ("The fee is fifty dollars.", "The fee is $50."),
        ("Pay is forty to fifty-five thousand dollars a year.", "Pay is $40,000 to $55,000 a year."),
        ("Coders must renew every other year.", "Coders must renew every two years."),
        ("Leaders have more than five years of practice.", "Leaders have 5+ years of practice."),
    ],
)
def test_a_number_in_words_is_carried_by_its_digits_and_back(sentence: str, quote: str) -> None:
    assert supports(sentence, [quote]).reasons == ()


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The exam has one hundred questions.", "The exam has 110 questions."),
        ("The fee is fifty dollars.", "The fee is €50."),
        ("The fee is fifteen dollars.", "The fee is $50."),
        ("Pay is forty thousand dollars.", "Pay is $40 million."),
    ],
)
def test_another_number_in_words_is_not_carried(sentence: str, quote: str) -> None:
    assert supports(sentence, [quote]).reasons


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("the pay in '21", "the pay in 2021"),
        ("from ’98 to '04?", "from 1998 to 2004?"),
        ("the '90s", "the '90s"),
        ("a 6'21 man", "a 6'21 man"),
        ("keepers' 21 lamps", "keepers' 21 lamps"),
    ],
)
def test_years_of_two_digits_are_told_in_full(short: str, full: str) -> None:
    assert in_full(short) == full
