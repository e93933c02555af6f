"""Each alteration makes a sentence that is false or says more than the quote, and leaves alone what it cannot make false."""

from __future__ import annotations

import random

import pytest

from advisor import altering_ties as ties
from advisor.altering import altered, held_quotes, rendered
from index.reading import guide_of

ALTERED = [
    (ties.condition_dropped, "If the dues are late, the guild charges $50.", "The guild charges $50."),
    (
        ties.condition_dropped,
        "Climbers may work at night, if the guild asks for it.",
        "Climbers may work at night.",
    ),
    (ties.scope_dropped, "In Ontario, climbers earn $50 a day.", "Climbers earn $50 a day."),
    (ties.denial_dropped, "Climbers are not always insured at work.", "Climbers are insured at work."),
    (ties.denial_dropped, "The fee could not be confirmed, so ask the guild.", "The fee could be confirmed."),
    (ties.about_dropped, "There are about 14,200 openings.", "There are 14,200 openings."),
    (ties.measure_dropped, "The median pay is $50.", "The pay is $50."),
    (ties.rate_dropped, "It pays $50 an hour.", "It pays $50."),
    (ties.date_dropped, "The pay was $50,250 in May 2024.", "The pay was $50,250."),
    (ties.narrowing_dropped, "The exam has seven inpatient cases.", "The exam has seven cases."),
    (ties.addition_dropped, "It costs $200 plus the unpaid dues.", "It costs $200."),
    (ties.hedge_dropped, "Climbers often work at night.", "Climbers work at night."),
    (ties.hedge_dropped, "Jobs are projected to grow by 7%.", "Jobs will grow by 7%."),
    (ties.with_and_without, "Climbers without a licence earn less.", "Climbers with a licence earn less."),
    (ties.contrast_turned, "The state, not the guild, sets the fee.", "The guild, not the state, sets the fee."),
    (
        ties.clauses_swapped,
        "The spruce exam costs $50, and the larch exam costs $70.",
        "The spruce exam costs $70, and the larch exam costs $50.",
    ),
]
LEFT_ALONE = [
    (ties.condition_dropped, "They decide if a tree is sound enough to climb."),
    (ties.condition_dropped, "What happens if the dues are late?"),
    (ties.scope_dropped, "In addition, climbers write reports on trees."),
    (ties.measure_dropped, "It is as fast as the average for all 400 occupations."),
    (ties.hedge_dropped, "Climbers are often called arborists in the trade."),
    (ties.date_dropped, "The guild was founded in May 2024."),
    (ties.clauses_swapped, "The guild sets the fee, and it tells the state of it."),
]


@pytest.mark.parametrize(("alter", "text", "told"), ALTERED)
def test_what_narrows_is_left_out_and_what_is_tied_is_tied_anew(alter: ties.Alter, text: str, told: str) -> None:
    assert alter(text, random.Random(1)) == told


@pytest.mark.parametrize(("alter", "text"), LEFT_ALONE)
def test_what_would_stay_true_is_left_alone(alter: ties.Alter, text: str) -> None:
    assert alter(text, random.Random(1)) is None


@pytest.mark.parametrize("seed", range(8))
def test_a_figure_reaches_elsewhere(seed: int) -> None:
    told = ties.extent_of_figure("The rate rose by 70% within two years.", random.Random(seed))
    assert told in {"The rate rose to 70% within two years.", "The rate rose by 70% after two years."}


def test_another_source_is_named_first_among_those_of_the_sentence() -> None:
    chance = random.Random(1)
    said = ties.attribution_changed("Two guides give the fee of AAPC's exam as $50.", ["CIA"], chance)
    assert said == "AAPC give the fee of AAPC's exam as $50."
    assert ties.attribution_changed("The guild says that it pays.", ["CIA"], chance) == "CIA says that it pays."
    assert ties.attribution_changed("Climbers write reports.", ["CIA"], chance) is None


def test_a_figure_of_a_row_is_told_under_another_header_and_under_its_own() -> None:
    text = "# Trees\n\n| Role | Pay a day | Hours |\n|---|---|---|\n| Climber | £260 | 38 |\n| Leader | £330 | 40 |\n"
    held = held_quotes([guide_of(text, "trees.md")])
    false = {case.sentence for case in altered(held) if case.kind == "wrong header"}
    true = {case.sentence for case in rendered(held) if case.kind == "row's figure"}
    assert false
    assert false <= {
        form for name, pay, hours in (("Climber", "£260", "38"), ("Leader", "£330", "40"))
        for form in (f"{name} — Hours: {pay}", f"{name} — Pay a day: {hours}",
                     f"For {name}, hours is {pay}.", f"For {name}, pay a day is {hours}.")
    }  # fmt: skip
    assert true <= {
        "Climber — Pay a day: £260",
        "Climber — Hours: 38",
        "Leader — Pay a day: £330",
        "Leader — Hours: 40",
    }
    assert len(true) == 2
