"""What holds a claim in bounds stays with it: place, time, condition, addition, header, source and clause."""

from __future__ import annotations

import pytest

from advisor.proof import Quote, supports

FALSE = [
    ("Climbers earn $50 an hour.", "In Ontario, climbers earn $50 an hour."),
    ("Apprentices sharpen saws.", "Under the eye of a leader, apprentices sharpen saws."),
    ("The median pay was $50,250.", "The median pay was $50,250 in May 2024."),
    ("Openings rose from 75,000 in 2020 to 100,000.", "Openings rose from 75,000 in 2020 to 100,000 in 2024."),
    ("There are 14,200 openings from 2024 to 2034.", "There are 14,200 openings in an average year from 2024 to 2034."),
    ("Openings are 900 each year.", "Openings are 900 each year, on average."),
    ("Rejoining costs $200.", "Rejoining costs $200 plus the unpaid dues."),
    ("The dues come with the fee.", "The dues come on top of the fee."),
    ("There are 46 codes.", "There are 288 new codes, 84 deleted codes and 46 revised codes."),
    ("Practice takes 80 hours.", "An 80-hour course and practice replace the exam."),
    ("The fee is $50.", "The fee is $50 a tree."),
    ("The course counts as both years.", "The course counts as one of the two years."),
    ("The guild gives the fee of its exam as $50.", "Two letters give the fee of the guild's exam as $50."),
    (
        "Larches need water, and spruces stand in the sun.",
        "Larches stand in the sun, and spruces need water.",
    ),
    ("Jobs will grow by 7%.", "Jobs are projected to grow by 7%."),
    ("Climbers keep a log of each tree.", "Climbers should keep a log of each tree."),
    ("The oldest tree go without water.", "The oldest tree can go without water."),
    ("Lawyers typically need a degree, which requires an exam.", "Lawyers typically need a degree, which usually requires an exam."),
    ("States accept a licence from elsewhere.", "States accept a licence from elsewhere, as long as the rules are the same."),
    ("The list has 288 changes.", "The list has 418 changes: 288 new codes and 84 deleted codes."),
    ("The rate fell to 80%.", "The rate fell from 80% to 70%."),
    ("The rate is 80%.", "The rate fell from 80% to 70%."),
    ("The rate was 80% in 2021.", "The rate fell from 80% in 2020 to 74% in 2021."),
    ("The AAPC exam has 100 questions.", "The CPC exam has 100 questions, and the AAPC exam has 90."),
    ("The list came on 1 October 2024.", "The list came on 1 April 2024, beside the yearly change in October."),
    ("The pay varies by employer, and the employer pays for it.", "The pay varies by employer."),
    ("Leaders typically need a degree; climbers need a licence.", "Leaders typically need a degree; climbers typically need a licence."),
    ("Towns will need climbers for their projects.", "Towns are expected to need climbers for their projects."),
    ("It weighs 25 g.", "It weighs 25 kg."),
    ("They earn 12% more, or roughly 15% less.", "They earn about 12% more, or roughly 15% less."),
    ("They may work outdoors.", "They may work outdoors if they sell plants."),
    ("They cut the old rope and tie the new one.", "When ropes are badly worn, they cut the old rope and tie the new one."),
]  # fmt: skip
CHANGES = "The list has 418 changes: 288 new codes, 84 deleted codes and 46 revised codes."
RATES = "The rate fell from 80% in 2020 to 74% in 2021 and 70% in 2022."
TRUE = [
    ("In Ontario, climbers earn $50 an hour.", "In Ontario, climbers earn $50 an hour."),
    ("Climbers write reports on trees.", "In addition, climbers write reports on trees."),
    ("The foundation tested 12 climbers.", "In 2013, the foundation tested 12 climbers."),
    ("In May 2024, the median pay was $50,250.", "The median pay was $50,250 in May 2024."),
    ("Jobs are projected to grow by 7%.", "Jobs are projected to grow by 7%, faster than the average for all occupations."),
    ("Rejoining costs $200 and the unpaid dues.", "Rejoining costs $200 plus the unpaid dues."),
    ("There are 46 revised codes.", "There are 288 new codes, 84 deleted codes and 46 revised codes."),
    ("The list has 288 new codes.", CHANGES),
    ("The rate fell to 70%.", "The rate fell from 80% to 70%."),
    ("The rate was 74% in 2021.", RATES),
    ("The CPC exam has 100 questions.", "The CPC exam of AAPC has 100 questions and lasts four hours."),
    ("CCS holders need 20 hours.", "CCA, CCS and CCS-P holders need 20 hours."),
    ("The list has 17,000 unique codes.", "The list has 17,000 unique codes and more than 120,000 terms that can be coded."),
    ("An 80-hour course replaces the exam.", "An 80-hour course replaces the exam."),
    ("Spruces need water, and larches stand in the sun.", "Larches stand in the sun, and spruces need water."),
    ("The guild sets no limit, say two letters.", "The guild sets no limit on attempts, say two letters."),
    ("States accept a licence from elsewhere if the rules are the same.", "States accept a licence from elsewhere, as long as the rules are the same."),
]  # fmt: skip
ROW = Quote(
    "| Climber | 5,600 | 6,200 | $199 | $299 | 4 |",
    "Trees",
    ("Role", "Posts, 2024", "Projected posts, 2034", "Fee for members", "Fee for others", "Hours"),
)
BAND = Quote("| Band 4 | £27,485 | £30,162 |", "Pay", ("Band", "Start, 2025/26", "Top, 2025/26"))
ROW_FALSE = [
    "Climber — Posts, 2024: 6,200",
    "Climber — Hours: $299",
    "For climbers, the fee for members is $299.",
    "The fee for climbers is $199.",
    "Climbers have 5,600 hours.",
    "Climber — Fee for others: 4",
]
ROW_TRUE = [
    "Climber — Posts, 2024: 5,600",
    "Climber — Projected posts, 2034: 6,200",
    "Climber — Posts, 2024: 5,600; Projected posts, 2034: 6,200",
    "For climbers, the fee for members is $199 and the fee for others is $299.",
    "Climbers had 5,600 posts in 2024.",
    "Climber — Hours: 4",
]


@pytest.mark.parametrize(("sentence", "quote"), FALSE)
def test_a_claim_does_not_grow_by_what_is_left_out(sentence: str, quote: str) -> None:
    assert supports(sentence, [quote]).reasons


@pytest.mark.parametrize(("sentence", "quote"), TRUE)
def test_what_holds_nothing_in_bounds_may_be_left_out(sentence: str, quote: str) -> None:
    assert supports(sentence, [quote]).reasons == ()


@pytest.mark.parametrize("sentence", ROW_FALSE)
def test_a_figure_of_a_row_is_not_told_under_another_header(sentence: str) -> None:
    assert supports(sentence, [ROW]).reasons


@pytest.mark.parametrize("sentence", ROW_TRUE)
def test_a_figure_of_a_row_is_told_under_its_own_header_with_the_years_in_it(sentence: str) -> None:
    assert supports(sentence, [ROW]).reasons == ()


def test_headers_that_end_alike_keep_their_figures() -> None:
    assert supports("Band 4 — Start, 2025/26: £27,485; Top, 2025/26: £30,162", [BAND]).reasons == ()
    assert supports("Band 4 — Start, 2025/26: £30,162; Top, 2025/26: £27,485", [BAND]).reasons
    row = Quote("| Trainee | Band 3 | £24,900 to £26,600 |", "Pay", ("Role", "Band lowest", "Salary range lowest"))
    assert supports("Trainee — Band: Band 3", [row]).reasons == ()
    assert supports("Trainee — Band: £24,900 to £26,600", [row]).reasons
    hourly = Quote("| Apprentice | $23.55 | $894.90 |", "Pay", ("Level", "Hourly rate", "Weekly rate"))
    assert supports("Apprentice — Hourly rate: $23.55", [hourly]).reasons == ()
    assert supports("Apprentice — Weekly rate: $23.55", [hourly]).reasons
    year = Quote("| 2021 | 82,000 | $50,000 per year |", "Jobs", ("Year", "Job openings", "Average annual salary"))
    assert supports("2021 — Job openings: $50,000 per year", [year]).reasons


def test_the_number_of_a_header_is_no_figure_of_the_row() -> None:
    assert supports("There are 2,034 climbers.", [ROW]).reasons
    assert supports("Climbers earn $2034.", [ROW]).reasons
