"""A question that compares is taken apart into its two sides, and each is told from the guides or not at all."""

from __future__ import annotations

import pytest

from advisor.answer import Layout
from advisor.chain import Advisor
from advisor.comparing import HEADER, NOT_STATED, compare
from advisor.draft import Piece
from advisor.evidence import Gatherer
from advisor.question import Kind, read_question
from advisor.quoting import QuotingWriter
from advisor.sides import Side, sides_of
from index.reranker import open_reranker
from index.search import Index

from .conftest import WordReranker, index_in_memory


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("What is the difference between a glassblower and a falconer?", ("glassblower", "falconer")),
        ("Who earns more, a glassblower or a falconer?", ("glassblower", "falconer")),
        ("Which takes longer to learn, glassblowing or falconry?", ("glassblowing", "falconry")),
        ("Keeper vs. gaffer: which pays better?", ("Keeper", "gaffer")),
        ("Is being a falconer better than being a keeper?", ("falconer", "keeper")),
        ("Compare a lighthouse keeper with a falconer.", ("lighthouse keeper", "falconer")),
        ("How does a gaffer differ from a servitor?", ("gaffer", "servitor")),
        ("What is better: a gaffer or the servitor", ("gaffer", "servitor")),
        ("a gaffer compared to a servitor", ("gaffer", "servitor")),
        ("An assistant keeper versus a principal keeper", ("assistant keeper", "principal keeper")),
        ("Do gaffers earn more than servitors?", ("gaffers", "servitors")),
        ("Do gaffers earn as much as keepers and falconers?", ("gaffers", "keepers and falconers")),
        ("Does a gaffer need more schooling than a falconer?", ("gaffer", "falconer")),
        ("Gaffer or servitor - who's paid more and how much is each?", ("Gaffer", "servitor")),
        (
            "Compare pay for people who blow glass and people who do falconry.",
            ("people who blow glass", "people who do falconry"),
        ),
        ("What's the pay gap between gaffers and keepers - what do both earn?", ("gaffers", "keepers")),
        (
            "How many jobs are there for gaffers compared with keepers and falconers together?",
            ("gaffers", "keepers and falconers"),
        ),
        ("keeper pay against falconer pay", ("keeper", "falconer")),
        ("What does a gaffer do that a servitor doesn't?", ("gaffer", "servitor")),
        ("gaffer or servitor which earns more", ("gaffer", "servitor")),
        ("Does the gaffer out-earn the servitor?", ("gaffer", "servitor")),
        ("How much more does a gaffer earn than a servitor?", ("gaffer", "servitor")),
        ("How big is the gap in money between a gaffer and a servitor?", ("gaffer", "servitor")),
        ("Does an apprenticeship or a diploma take longer?", ("apprenticeship", "diploma")),
        ("thinking about gaffer vs servitor", ("gaffer", "servitor")),
        ("should i go for gaffer or servitor", ("gaffer", "servitor")),
    ],
)
def test_the_sides_are_what_is_compared(question: str, names: tuple[str, str]) -> None:
    sides = sides_of(read_question(question))
    assert sides
    assert (sides[0].name, sides[1].name) == names


@pytest.mark.parametrize(
    "question",
    ["Which is harder?", "Compare them", "What's the difference between them?", "A keeper versus a keeper", "", "or"],
)
def test_a_question_that_names_no_two_things_has_no_sides(question: str) -> None:
    assert sides_of(read_question(question)) is None


def test_each_side_is_asked_for_what_is_compared() -> None:
    sides = sides_of(read_question("Does a gaffer need more schooling than a falconer?"))
    assert sides
    assert [side.question for side in sides] == ["gaffer: schooling?", "falconer: schooling?"]


@pytest.mark.parametrize(
    "question", ["How many jobs for servers and waiters are there each year?", "Is it safe, and is it paid?"]
)
def test_not_every_and_compares(question: str) -> None:
    assert read_question(question).kind is not Kind.COMPARISON


def test_each_side_is_asked_for_the_quantity_that_is_compared() -> None:
    sides = sides_of(read_question("Who earns more, a glassblower or a falconer?"))
    assert sides
    for side in sides:
        assert side.question == f"how much is the pay of {side.name}?"
        assert read_question(side.question).kind is Kind.FIGURE


def compared(question: str, crafts: Index, gatherer: Gatherer) -> tuple[Piece, ...]:
    asked = read_question(question)
    sides = sides_of(asked)
    assert sides
    return compare(sides, gatherer.gather(asked), gatherer, QuotingWriter(crafts, gatherer).piece, lambda _: False)


def test_both_sides_stand_in_a_table_with_their_places(crafts: Index, gatherer: Gatherer) -> None:
    header, one, other = compared("What is the difference between a gaffer and a servitor?", crafts, gatherer)
    assert header == Piece(HEADER, (), Layout.HEADER)
    assert one.text.startswith("“gaffer” | ")
    assert "The gaffer leads the chair" in one.text
    assert other.text.startswith("“servitor” | ")
    assert "The servitor gathers glass" in other.text
    assert {piece.layout for piece in (one, other)} == {Layout.ROW}
    for piece in (one, other):
        quoted = [where.span.of(crafts.guides[where.guide].text) for where in piece.places]
        assert quoted[0] in piece.text


FEES = """# Badges

The LEAD badge costs €90. The BEAM badge is the higher one.

Holders of the BEAM badge earn €30,000 a year.

## What does a BEAM badge cost?

| Badge | Fee |
| --- | --- |
| BEAM | €120 |
"""


@pytest.mark.parametrize(
    ("question", "lead", "beam"),
    [
        ("Which badge pays better, LEAD or BEAM?", NOT_STATED, "€30,000"),
        ("Which costs more, the LEAD badge or the BEAM badge?", "€90", "€120"),
    ],
)
def test_what_is_earned_is_not_held_against_what_is_spent(question: str, lead: str, beam: str) -> None:
    index = index_in_memory({"badges.md": FEES})
    told = compared(question, index, Gatherer(index, open_reranker()))
    for piece, words in zip(told[1:], (lead, beam), strict=True):
        assert words in piece.text


def test_a_side_that_the_guides_do_not_have_is_said_to_be_missing(crafts: Index, gatherer: Gatherer) -> None:
    _, one, other = compared("What is the difference between a gaffer and a xylographer?", crafts, gatherer)
    assert "gaffer" in one.text
    assert one.places
    assert (other.text, other.places) == (f"“xylographer” | {NOT_STATED}", ())


def test_two_things_that_the_guides_do_not_have_are_not_compared(crafts: Index, gatherer: Gatherer) -> None:
    assert compared("What is the difference between a juggler and a xylographer?", crafts, gatherer) == ()


def test_each_side_is_asked_for_the_time_that_pay_is_compared_in() -> None:
    sides = sides_of(read_question("Who earns more per hour, a glassblower or a falconer?"))
    assert sides
    assert all("per hour" in side.question for side in sides)


def test_an_owner_is_compared_by_name() -> None:
    sides = sides_of(read_question("Difference between a keeper's work and a falconer's"))
    assert sides
    assert sides[1].name == "falconer"


ROWS = """# Bell Founders

The median wage for bell founders was £30,000.

## Pay by employer

Median wages for bell founders were as follows:

| Employer | Wage |
| --- | --- |
| Private foundries | £28,000 |
| Public foundries | £33,000 |
"""
OTHERS = """# Organ Builders

## Pay by employer

Median wages for organ builders were as follows:

| Employer | Wage |
| --- | --- |
| Public | £41,000 |
"""


LEVELS = """# Bell Founders

## Pay of a bell founder

### Entry-level founder

Median pay: £24,000 a year

### Master founder

Median pay: £41,000 a year
"""
TOGETHER = """# Moulders and Bell Tuners

Pay: £31,000 a year for all moulders and bell tuners together.

The median wage of moulders was £28,000. The median wage of bell tuners was £35,000.
"""


def test_a_side_that_only_its_heading_names_is_stated() -> None:
    index = index_in_memory({"bells.md": LEVELS})
    told = compared("How does the pay at entry level compare with a master?", index, Gatherer(index, WordReranker()))
    assert [words in piece.text for piece, words in zip(told[1:], ("£24,000", "£41,000"), strict=True)] == [True, True]


def test_a_figure_of_both_together_is_neither_side_s_where_each_has_its_own() -> None:
    index = index_in_memory({"moulders.md": TOGETHER})
    told = compared("Who earns more, moulders or bell tuners?", index, Gatherer(index, open_reranker()))
    assert [words in piece.text for piece, words in zip(told[1:], ("£28,000", "£35,000"), strict=True)] == [True, True]


WORK = """# Bell Foundry

## Work

Moulders shape the clay around the bell. Moulders also dry each mould in the pit. Tuners turn the cast bell on a lathe.
Tuners also listen for its partial tones.
"""


def test_a_cell_of_two_sentences_cites_both() -> None:
    index = index_in_memory({"work.md": WORK})
    told = compared("What is the difference between moulders and tuners?", index, Gatherer(index, WordReranker()))
    for piece in told[1:]:
        assert len(piece.places) == 2
        assert all(at.span.of(index.guides[at.guide].text) in piece.text for at in piece.places)


def test_two_rows_of_one_table_are_compared_rather_than_a_row_of_another_subject() -> None:
    index = index_in_memory({"bells.md": ROWS, "organs.md": OTHERS})
    told = compared("Do private foundries pay less than public ones?", index, Gatherer(index, WordReranker()))
    assert [words in piece.text for piece, words in zip(told[1:], ("£28,000", "£33,000"), strict=True)] == [True, True]


SERIES = """# {name}

## Pay

The median pay of {lower} was ${pay} in 2024.

## Duties

{name} work.

## Similar

| Occupation | Duties | Pay |
| --- | --- | --- |
| Bell ringers | Bell ringers pull ropes. | $41,000 |
| Bell tuners | Bell tuners file rims. | $52,000 |
| Organ tuners | Organ tuners bend pipes. | $48,000 |
"""


def test_a_row_of_a_series_is_a_side_s_only_by_its_whole_name() -> None:
    pages = {
        f"{name.split()[1]}.md": SERIES.format(name=name, lower=name.lower(), pay=pay)
        for name, pay in (("Bell ringer assistants", "23,000"), ("Organ tuners", "48,000"), ("Flag makers", "31,000"))
    }
    index = index_in_memory(pages)
    _, one, other = compared(
        "Bell ringer assistant or organ tuner: who earns more?", index, Gatherer(index, open_reranker())
    )
    assert "$23,000" in one.text
    assert "$48,000" in other.text


@pytest.mark.parametrize(("answers", "shown"), [(True, "$52,000"), (False, NOT_STATED)])
def test_a_side_that_answers_alone_is_stated(answers: bool, shown: str) -> None:
    pages = {
        "founders.md": "# Bell founders\n\nBell founders cast bells.\n\n## Money\n\nThe founders get $52,000 on the whole.\n",
        "trimmers.md": "# Wick trimmers\n\nWick trimmers trim.\n\n## Pay\n\nThe yearly pay of a wick trimmer is $41,000.\n",
    }
    index = index_in_memory(pages)
    asked = read_question("Who earns more, a wick trimmer or a bell maker?")
    gatherer = Gatherer(index, open_reranker())
    sides = (
        Side("wick trimmer", "how much is the pay of wick trimmer?"),
        Side("bell makers", "how much is the pay of bell makers?"),
    )
    told = compare(sides, gatherer.gather(asked), gatherer, QuotingWriter(index, gatherer).piece, lambda _: answers)
    assert "$41,000" in told[1].text
    assert shown in told[2].text


RANKS = """# Bell Foundry

## Junior founder

Starting out as a junior founder, the main aim is to learn the moulds.

Pay: £24,000 a year

## Founder

Founders pour alone.

Pay: £31,000 a year

## Senior founder

Senior founders check every mould before the pour. They train junior founders and plan the week.

Pay: £41,000 a year
"""


def test_what_stands_under_one_side_s_heading_is_not_the_other_s() -> None:
    index = index_in_memory({"bells.md": RANKS})
    _, junior, senior = compared(
        "What is the difference between a junior and a senior founder?", index, Gatherer(index, open_reranker())
    )
    assert junior.text.startswith("“junior founder” | Starting out as a junior founder")
    assert "train" not in junior.text
    assert "Senior founders check every mould" in senior.text


def test_levels_beside_the_stated_side_are_told_where_the_other_is_called_by_no_name_of_the_guides() -> None:
    index = index_in_memory({"bells.md": RANKS})
    rows = compared("pay gap between a greenhorn and a senior founder", index, Gatherer(index, open_reranker()))[1:]
    assert rows[0].text == f"“greenhorn” | {NOT_STATED}"
    assert "£41,000" in rows[1].text
    assert [row.text for row in rows[2:]] == [
        "Junior founder | Pay: £24,000 a year",
        "Founder | Pay: £31,000 a year",
    ]
    assert all(at.span.of(RANKS) in row.text for row in rows[1:] for at in row.places)


def test_two_nouns_that_stand_beside_each_other_by_chance_are_no_name() -> None:
    index = index_in_memory(
        {
            "bells.md": "# Bell Founders\n\n## Ways in\n\nA certificate takes two years, a founding degree four.\n\n"
            "Foundries ask for a certificate or degree.\n"
        }
    )
    _, certificate, degree = compared(
        "Which takes longer, a certificate or a founding degree?", index, Gatherer(index, open_reranker())
    )
    assert certificate.text.startswith("“certificate” |")
    assert degree.text.startswith("“founding degree” |")


def test_what_only_another_guide_tells_of_a_side_is_not_called_unstated(shipped: Index) -> None:
    """The guide that tells most of the CPC has nothing of the RHIT, whose own guide stands beside it."""
    answer = Advisor(shipped).ask("RHIT vs CPC")
    assert "RHIT of AHIMA" in answer.text
    assert NOT_STATED not in answer.text
