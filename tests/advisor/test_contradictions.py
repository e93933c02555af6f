"""What cannot both be said, whatever guides say it: figures apart, a thing asked for and not, other names, other counts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.contradictions import Strength, counted_in_headings, figures_conflict, other_names, strength_of
from index.figures import figures_in
from index.reading import guide_of


@pytest.mark.parametrize(
    ("one", "other", "conflict"),
    [
        ("£24,000 to £28,000", "£36,000 to £41,000", True),
        ("£24,000", "£28,000 to £30,000", True),
        ("£24,000 to £28,000", "£27,000 to £41,000", True),
        ("£24,000 to £41,000", "£27,000 to £30,000", False),
        ("£24,000 to £28,000", "£24,100 to £28,200", False),
        ("£30,000+", "£80,000", False),
        ("£30,000", "£30,500", False),
        ("£30,000", "$60,000", False),
        ("£14 an hour", "£30,000 a year", False),
        ("£20,000", "£30,000 a year", True),
        ("£14 an hour", "£22 an hour", True),
        ("2 years", "4 years", True),
        ("2 years", "24 months", False),
        ("2 years", "48 months", True),
        ("2 to 3 years", "3 years", False),
        ("12 weeks", "3 months", False),
        ("12 weeks", "6 months", True),
        ("90 minutes", "an exam of 1.5 hours", False),
        ("90 minutes", "3 hours", True),
        ("8 hours", "3 days", False),
        ("5%", "12%", True),
        ("", "£30,000", False),
    ],
)
def test_figures_conflict_only_where_alike_ranges_lie_apart_or_askew(one: str, other: str, conflict: bool) -> None:
    assert figures_conflict(figures_in(one), figures_in(other)) is conflict
    assert figures_conflict(figures_in(other), figures_in(one)) is conflict


@given(st.lists(st.integers(1, 90_000), min_size=1, max_size=4))
def test_no_figures_conflict_with_themselves(amounts: list[int]) -> None:
    figures = figures_in("; ".join(f"£{amount:,}" for amount in amounts))
    assert not figures_conflict(figures, figures)


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("A degree is required.", Strength.REQUIRED),
        ("Glassblowers must hold a degree.", Strength.REQUIRED),
        ("A degree is the minimum.", Strength.REQUIRED),
        ("A degree is not required.", Strength.NOT_NEEDED),
        ("You don't need a degree.", Strength.NOT_NEEDED),
        ("Glassblowers need no degree.", Strength.NOT_NEEDED),
        ("There is no need for a degree.", Strength.NOT_NEEDED),
        ("You can start without a degree.", Strength.NOT_NEEDED),
        ("A degree is preferred.", Strength.PREFERRED),
        ("A degree is helpful, but a licence is required.", Strength.PREFERRED),
        ("A licence is required, but a degree is helpful.", Strength.PREFERRED),
        ("A licence is required.", None),
        ("A degree takes three years.", None),
        ("", None),
    ],
)
def test_strength_is_told_in_the_clause_that_names_the_subject(text: str, strength: Strength | None) -> None:
    assert strength_of(text, lambda word: word.lower() == "degree") is strength


def test_a_name_that_another_text_ends_otherwise_is_found() -> None:
    found = list(other_names("The Northern Glass Guild registers them.", "Ask the Northern Glass Society."))
    assert [match[0] for match in found] == ["Northern Glass Society"]


@pytest.mark.parametrize(
    "other", ["Ask the Northern Glass Guild.", "The Northern Glass Guild, not the Northern Glass Society.", "Ask them."]
)
def test_a_name_that_both_texts_have_is_the_same(other: str) -> None:
    assert list(other_names("The Northern Glass Guild registers them.", other)) == []


@pytest.mark.parametrize(
    ("heading", "counted"),
    [
        ("## Ten steps into falconry", 10),
        ("## 7 steps to take", 7),
        ("## Step 4: Find a teacher", 4),
        ("## Steps to take", None),
        ("## ICD-10 steps", None),
    ],
)
def test_headings_count_in_digits_and_in_words(heading: str, counted: int | None) -> None:
    guide = guide_of(f"# A falconer\n\n{heading}\n\nA falconer flies birds.\n", "falconer.md")
    assert counted_in_headings(guide).get("step", (None,))[0] == counted


def test_what_helps_is_preferred_and_not_what_it_helps_with() -> None:
    def names(word: str) -> bool:
        return word == "tea"

    assert strength_of("A course in tea helps.", names) is Strength.PREFERRED
    assert strength_of("This helps in keeping tea dry.", names) is None
