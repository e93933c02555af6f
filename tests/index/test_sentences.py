"""Sentences: nothing is lost, nothing overlaps, and a stop inside a sentence does not end it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentence_spans(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Employers value experience, e.g. Microsoft Office skills, in new staff.",
        "Basic skills, i.e., Microsoft Office Suite, are needed.",
        "The U.S. Bureau of Labor Statistics publishes the figures.",
        "Dr. Ann Smith and J. R. Miller teach it.",
        "It is a matter of training vs. Experience on the job.",
        "See No. 5 and Fig. 2 for the figures.",
        "Google Inc. Headquarters are in California.",
        "Universities typically require a Ph.D. Degree holders are rare.",
        "The wage was $17.62 per hour and rose by 3.5 percent.",
        "Wages start at $40,000... and rise.",
        "“What is it?” he asked.",
        "Visit https://www.example.org/a.b?c=d for more.",
        "St. Louis and Mt. Sinai hire.",
        "In Jan. 2024 the rules changed.",
        "(This one stands in brackets.)",
        "1. Learn the trade",
    ],
)
def test_one_sentence_stays_whole(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bakers bake. They rise early.", ["Bakers bake.", "They rise early."]),
        ("He said “stop.” Then he left.", ["He said “stop.”", "Then he left."]),
        ("It pays well (very well.) Ask them.", ["It pays well (very well.)", "Ask them."]),
        ("Is it hard? Yes! Very.", ["Is it hard?", "Yes!", "Very."]),
        ("It grows... The end is open.", ["It grows...", "The end is open."]),
        ("Many work in the U.S. The rest do not.", ["Many work in the U.S.", "The rest do not."]),
        ("They ask for a Ph.D. In some states, more.", ["They ask for a Ph.D.", "In some states, more."]),
        ("It starts at 6 a.m. They end at noon.", ["It starts at 6 a.m.", "They end at noon."]),
        ("They hold vitamin C. It helps.", ["They hold vitamin C.", "It helps."]),
        ("Learn SQL. Administrators use it.", ["Learn SQL.", "Administrators use it."]),
        ("Sales fell in 2024. Wages rose.", ["Sales fell in 2024.", "Wages rose."]),
        ("Physical stamina. Bakers stand.", ["Physical stamina.", "Bakers stand."]),
        ("**Physical stamina.** Bakers stand.", ["**Physical stamina.**", "Bakers stand."]),
        ("It is cited.[1] This is not.", ["It is cited.[1]", "This is not."]),
        ("One part\n\nanother part", ["One part", "another part"]),
        ("- one entry\n- another entry", ["- one entry", "- another entry"]),
        ("A line that is\nbroken. And more.", ["A line that is\nbroken.", "And more."]),
        ("The pay is $5. 20 people work there.", ["The pay is $5.", "20 people work there."]),
        ("No. That is wrong.", ["No.", "That is wrong."]),
        ("它很好。他们工作。", ["它很好。", "他们工作。"]),
    ],
)
def test_sentences_part_where_they_end(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_offsets_count_from_the_beginning_of_the_text() -> None:
    text = "First one. Second one. Third one."
    spans = sentence_spans(text, 11, 22)
    assert [span.of(text) for span in spans] == ["Second one."]


PROSE = st.text(alphabet="aB1 .!?\n\"'”)(*:e.g.U.S.•-|Dr", max_size=300) | st.text(max_size=200)


@given(PROSE)
def test_spans_are_in_order_apart_and_cover_all_that_is_no_white_space(text: str) -> None:
    spans = sentence_spans(text)
    covered = "".join(span.of(text) for span in spans)
    assert "".join(covered.split()) == "".join(text.split())
    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)


@given(PROSE, st.integers(0, 300), st.integers(0, 300))
def test_a_part_of_a_text_is_read_within_its_bounds(text: str, start: int, end: int) -> None:
    spans = sentence_spans(text, start, end)
    assert "".join("".join(span.of(text) for span in spans).split()) == "".join(text[start:end].split())


@pytest.mark.parametrize(
    "unit", ["a. ", "A.", "U.S. ", "\n", "\n ", " ", "…", "(", ")*_]", "1. ", "word", "?” ", "。", "- "]
)
def test_long_repetition_is_covered_too(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    covered = sum(len("".join(span.of(text).split())) for span in sentence_spans(text))
    assert covered == len("".join(text.split()))
