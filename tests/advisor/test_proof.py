"""The proof rejects what a quote does not say, accepts what it says in other words, and counts both on whole folders."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from advisor.altering import Case, altered, held_quotes, measure, rendered
from advisor.answer import Citation, Sentence
from advisor.draft import number
from advisor.proof import LONGEST, Quote, prove, supports
from advisor.question import read_question
from advisor.tables import row_piece
from index.guide import Guide, PassageKind
from index.reading import guide_of, read_folder

ROOT = Path(__file__).parents[2]
RELATIONS = ROOT / "tests" / "data" / "proof" / "relations.jsonl"
FLUENT = ROOT / "tests" / "data" / "proof" / "fluent.jsonl"
PARAPHRASES = ROOT / "tests" / "data" / "proof" / "paraphrases.jsonl"

FALSE = [
    ("Coders work weekend shifts.", "Some coders may work weekend shifts, if their facility requires it."),
    ("A licence is needed.", "A licence is needed only at sea."),
    ("A senior coder earns $90,000.", "A junior coder earns $50,000 and a senior coder earns $70,000 to $90,000."),
    ("A junior coder earns $70,000.", "A junior coder earns $50,000 and a senior coder earns $70,000."),
    ("A coder earns $70,000.", "A senior coder earns $70,000."),
    ("The average pay is $70,000.", "The median pay is $70,000."),
    (
        "A master's degree takes four years.",
        "A bachelor's degree takes four years and a master's degree takes two years.",
    ),
    ("Nurses earn more than doctors.", "Doctors earn more than nurses."),
    ("Employees train employers.", "Employers train employees."),
    ("The exam comes before the course.", "The course comes before the exam."),
    ("Certification is required.", "Certification is not always required."),
    ("Certification is never required.", "Certification is not always required."),
    ("A degree is required.", "A degree is NOT required."),
    ("A degree is NOT required.", "A degree is required."),
    ("A degree is optional.", "A degree is required."),
    ("A degree is recommended.", "A degree is required."),
    ("A degree is required and a certificate is preferred.", "A certificate is required and a degree is preferred."),
    ("Pay fell from $50 to $40.", "Pay rose from $40 to $50."),
    ("Pay rose from $50 to $40.", "Pay rose from $40 to $50."),
    ("The CPC is run by AHIMA and the CCS by AAPC.", "The CPC is run by AAPC and the CCS by AHIMA."),
    ("It takes at least two years.", "It takes up to two years."),
    ("It costs $300 a month.", "It costs $300 a year."),
    ("The course lasts 3 months.", "The course lasts 3 years."),
    ("All employers pay for it.", "Some employers pay for it."),
    ("Most coders work at home.", "Few coders work at home."),
    ("Hospitals employ coders in Canada.", "Hospitals employ coders in Ireland."),
    ("Employers do not require experience.", "Employers require experience."),
    ("Only nurses can apply.", "Nurses can apply."),
    ("Half of coders work remotely.", "A third of coders work remotely."),
    ("Drivers need a licence.", "Climbers need a licence. Drivers need insurance."),
    ("Inpatient work is coded.", "Outpatient work is coded."),
    (
        "Drivers without a licence earn more than drivers with one.",
        "Drivers with a licence earn more than drivers without one.",
    ),
    ("Coders without CAC were faster than coders with it.", "Coders with CAC were faster than coders without it."),
    ("The guild, not the state, sets the fee.", "The state, not the guild, sets the fee."),
    ("The fee could be confirmed.", "The fee could not be confirmed, so ask first."),
    ("Climbers do not need a degree.", "Not all climbers need a degree."),
    ("Climbers may apply.", "Only certified climbers may apply."),
    ("Certified climbers may only apply.", "Only certified climbers may apply."),
    ("The guild charges $50.", "If the dues are late, the guild charges $50."),
    ("If you pass, you get no title.", "Unless you pass, you get no title."),
    (
        "Jobs of nurses grow by 7%, while jobs of doctors fall by 5%.",
        "Jobs of nurses fall by 5%, while jobs of doctors grow by 7%.",
    ),
    ("The guild gives $425.", "Two guides give $425; the guild's own price could not be confirmed."),
    ("The rate rose by 70%.", "The rate rose to 70%."),
    ("The exam is held by 1 March 2026.", "The exam is held on 1 March 2026."),
    ("A climber may work alone for a year.", "A climber may work alone after a year."),
    ("Payment is due within 90 days.", "Payment is due 90 days after the visit."),
    ("All nurses may apply.", "All registered nurses may apply."),
    ("28% of hospitals employed coders.", "Hospitals employed 28% of coders."),
    ("The course counts as two of the two years.", "The course counts as one of the two years."),
    ("The law took effect in 2027.", "The law will take effect in 2027."),
    ("Jobs of nurses fell by 5%.", "Jobs of nurses are projected to fall by 5%."),
    ("The law will take effect in 2022.", "The law took effect in 2022."),
    ("It pays $50,250.", "It pays $50,250 a year."),
    ("The list has 418 new codes.", "The list has 418 changes: 288 new, 84 deleted and 46 revised codes."),
    ("There are 14,200 openings.", "There are about 14,200 openings."),
    ("Membership is included in the fee.", "Membership comes on top of the fee."),
    ("Openings rose from 100,000 in 2020 to 75,000 in 2024.", "Openings rose from 75,000 in 2020 to 100,000 in 2024."),
    ("Climbers may be promoted during a trial year.", "Climbers may be promoted after a trial year."),
    ("Nurses usually work in shifts.", "Nurses who are employed by hospitals usually work in shifts."),
    ("All teachers must have a degree.", "All teachers in public schools must have a degree."),
    ("Workers are often trained.", "Entry-level workers are often trained."),
    ("No rule asks for a licence.", "No national rule asks for a licence."),
    ("Climbers need a rope or a helmet.", "Climbers need a rope and a helmet."),
    ("Climbers need a diploma in forestry.", "Climbers need a diploma in forestry or a related field."),
    ("Climbers need a certificate.", "Climbers need a diploma or a certificate."),
    ("Climbers are paid by the hour.", "A trainer's guide says that climbers are paid by the hour."),
    ("Climbers are paid by the hour.", "Climbers are paid by the hour, says a trainer's guide."),
    ("Climbers with ropes are faster than others.", "In one study, climbers with ropes were faster than others."),
    ("The guild decides for each town.", "The guild wrote that each town decides for itself."),
    ("Climbers live in camps.", "Climbers work in camps, where guests live."),
    ("Surgeons cut samples for climbers.", "Climbers are workers who cut samples for surgeons."),
    ("Climbers must certify the saws that they use.", "Climbers need to be certified in the saws that they use."),
    ("Trainees make employers sign.", "Employers make trainees sign."),
    (
        "Some nurses work at night, but they need a licence.",
        "Some nurses do not work at night, but they must have a licence.",
    ),
    ("Judges may be trained.", "Newly elected or appointed judges may be trained."),
    ("Drivers may fell trees.", "Drivers may help to fell trees."),
    ("Climbers who are accredited by the guild may apply.", "Climbers in schools accredited by the guild may apply."),
    ("At stations, climbers may do more.", "At smaller stations, climbers may do more."),
    ("Graduates can sit the exam.", "Graduates can sit the exam where the guild has an agreement."),
    ("Climbers get training of a month.", "Climbers get training of a month or less."),
    ("The state sets the fee.", "The guild sets the fee."),
    ("States set the fee.", "Guilds set the fee."),
    ("The state trains inspectors approved by the guild.", "The guild trains inspectors approved by the state."),
    ("Leaders supervise managers.", "Managers supervise leaders, and leaders supervise climbers."),
    ("Employers may gain experience in firms of employers.", "Trainees may gain experience in firms of employers."),
    ("The pass mark is 90%.", "The pass mark is 90% in the climbing paper and 70% in the theory paper."),
    (
        "A climber with a map was slower than a map.",
        "A climber with a map was slower than a climber with a rope and a map.",
    ),
]
TRUE = [
    ("You need at least two years of experience.", "A minimum of 2 years of experience is required."),
    ("No degree is required.", "A degree is not needed."),
    ("In 2024 there were 100,000 openings.", "There were 100,000 openings in 2024."),
    ("CPT is developed by the American Medical Association.", "The American Medical Association develops CPT."),
    ("55% of coders worked remotely in the United States.", "In the U.S., 55 percent of coders worked remotely."),
    ("A team leader earns £33,000 to £41,000 yearly.", "A team leader earns £33,000–£41,000 per year."),
    ("Climbers need a licence.", "Climbers need a licence. Drivers need insurance."),
    ("The guild charges $50 if the dues are late.", "If the dues are late, the guild charges $50."),
    ("Drivers with a licence earn more.", "Drivers with a licence earn more."),
    ("The guild's fee is $50.", "The guild's fee is $50, not $40."),
    ("Nurses earn more, while doctors earn less.", "Nurses earn more, while doctors earn less."),
    ("Jobs of doctors grow by 7%.", "Jobs of nurses fall by 5%, while jobs of doctors grow by 7%."),
    ("The course takes six weeks in 2024.", "In 2024, the course takes six weeks."),
    ("Employees are trained by employers.", "Employers train employees."),
    ("Others require only registration.", "Some towns require a licence, while others require only registration."),
    ("Most states require a licence.", "A licence is required by most states."),
    ("Few towns license drivers.", "Most towns license climbers, but few towns license drivers."),
    (
        "The guild says that fees differ from town to town.",
        "No rule sets a fee, and the guild says that fees differ from town to town.",
    ),
    ("Climbers in hospitals usually work in shifts.", "Climbers who work in hospitals usually work in shifts."),
    ("Neither family nor visitors may enter.", "Family and visitors may not enter."),
    ("You need only a diploma for the exam.", "The guild requires only a diploma for the exam."),
    ("A diploma is enough, says the guild.", "The guild says that a diploma is enough."),
]


@pytest.mark.parametrize(("sentence", "quote"), FALSE)
def test_what_the_quote_does_not_say_is_not_carried(sentence: str, quote: str) -> None:
    verdict = supports(sentence, [quote])
    assert not verdict.supported
    assert verdict.reasons


@pytest.mark.parametrize(("sentence", "quote"), TRUE)
def test_what_the_quote_says_in_other_words_is_carried(sentence: str, quote: str) -> None:
    assert supports(sentence, [quote]).reasons == ()


def test_each_clause_is_carried_by_one_quote_with_its_subject() -> None:
    quotes = ["Climbers need a licence.", "Surveyors need a diploma and write reports."]
    assert supports("Climbers need a licence, while surveyors need a diploma.", quotes).supported
    assert not supports("Climbers need a licence, and write reports.", quotes).supported
    assert not supports("Climbers need a diploma.", quotes).supported


def test_headings_lend_words_but_no_numbers_and_no_other_subject() -> None:
    quote = Quote("The pass mark is 70%.", lent="Exams in 2026 ; CPC ; Surveyors")
    assert supports("The pass mark of the CPC is 70%.", [quote]).supported
    assert not supports("The pass mark in 2026 is 70%.", [quote]).supported
    other = Quote("Climbers earn £26,000.", lent="Surveyors ; Pay")
    assert not supports("Surveyors earn £26,000.", [other]).supported


def test_a_heading_and_a_dash_before_a_quote_are_a_label() -> None:
    quote = Quote("It takes two years.", lent="Trees ; How long is the training?")
    assert supports("How long is the training? — It takes two years.", [quote]).supported


def test_nothing_is_carried_by_no_quote_by_no_words_or_without_end() -> None:
    assert not supports("Coders work.", []).supported
    assert not supports("And so on.", ["Coders work."]).supported
    assert not supports("Coders work. " * LONGEST, ["Coders work."]).supported


def test_the_carrier_is_the_sentence_that_carries() -> None:
    quote = "Climbers need a licence. Drivers need insurance."
    (carrier,) = supports("Drivers must have insurance, drivers need insurance.", [quote]).carriers or (None,)
    (carrier,) = supports("Drivers need insurance.", [quote]).carriers
    assert quote[carrier.start : carrier.end] == "Drivers need insurance."


def test_altered_quotes_of_the_shipped_guides_are_rejected_and_rendered_ones_are_not() -> None:
    held = held_quotes(read_folder(ROOT / "corpus").guides)
    rows, _ = measure(altered(held))
    assert sum(row.count for row in rows) >= 2_000
    assert sum(row.rejected for row in rows) >= 0.99 * sum(row.count for row in rows)
    assert {row.kind for row in rows} >= {
        "number", "money", "date", "negation", "credential", "place", "direction", "unit", "subject", "spliced", "half invented",
    }  # fmt: skip
    assert all(row.count - row.rejected <= max(3, 0.03 * row.count) for row in rows), rows
    kept, _ = measure(rendered(held))
    assert sum(row.rejected for row in kept) <= 0.01 * sum(row.count for row in kept)


def test_alterations_are_the_same_each_time() -> None:
    held = held_quotes(read_folder(ROOT / "tests" / "data" / "careers" / "arborist").guides)
    assert list(altered(held)) == list(altered(held))
    assert list(altered(held, seed=1)) != list(altered(held))


def test_faithful_paraphrases_are_mostly_accepted() -> None:
    """Written by hand before the proof was; the half marked `held` was never looked at while it was made."""
    lines = [json.loads(line) for line in PARAPHRASES.read_text("utf-8").splitlines()]
    assert len(lines) >= 150
    shares = {}
    for part in ("dev", "held"):
        ours = [line for line in lines if line["part"] == part]
        shares[part] = sum(supports(line["says"], [_quote(line)]).supported for line in ours) / len(ours)
    assert shares["dev"] >= 0.80
    assert shares["held"] >= 0.70


def test_sentences_that_turn_what_the_quotes_tie_together_are_rejected() -> None:
    """Written by hand against quotes of the guides; the part `aside` was only counted while the proof was mended."""
    lines = [json.loads(line) for line in RELATIONS.read_text("utf-8").splitlines()]
    assert len(lines) >= 400
    for part in ("seen", "aside"):
        carried: dict[bool, list[bool]] = {True: [], False: []}
        for line in (line for line in lines if line["part"] == part):
            carried[line["true"]].append(supports(line["says"], _quotes(line)).supported)
        assert sum(carried[False]) <= 0.03 * len(carried[False]), part
        assert sum(carried[True]) >= 0.6 * len(carried[True]), part


def test_fluent_false_sentences_are_mostly_rejected_and_honest_ones_accepted() -> None:
    """Written before the checks that they try: who does what, what narrows a subject, who said it, when it was.

    The part `aside` was only counted while the proof was mended.
    """
    lines = [json.loads(line) for line in FLUENT.read_text("utf-8").splitlines()]
    for part, most_false, least_true, count in (("seen", 0.06, 0.9, 300), ("aside", 0.15, 0.85, 30)):
        ours = [
            (line["true"], supports(line["says"], _quotes(line)).supported) for line in lines if line["part"] == part
        ]
        false, true = ([carried for is_true, carried in ours if is_true is kind] for kind in (False, True))
        assert len(false) >= count, part
        assert sum(false) <= most_false * len(false), part
        assert sum(true) >= least_true * len(true), part


def test_a_row_tells_a_median_as_a_median_under_its_year_and_header() -> None:
    header = ("State", "Median pay, May 2024", "Usual education", "Diagnoses", "Procedures")
    row = Quote("| Ohio | $46,340 | Certificate | ICD-10-CA | CCI |", "Pay of climbers", header)
    for said, carried in (
        ("The median pay in Ohio was $46,340 in May 2024.", True),
        ("The mean pay in Ohio was $46,340 in May 2024.", False),
        ("The pay in Ohio was $46,340 in May 2024.", False),
        ("The median pay in Ohio is $46,340.", False),
        ("Ohio codes procedures with ICD-10-CA.", False),
        ("Ohio: diagnoses with ICD-10-CA and procedures with CCI.", True),
        ("In Ohio a certificate must be had.", False),
    ):
        assert supports(said, [row]).supported is carried, said


def test_the_name_of_a_row_may_stand_in_its_other_cells_too() -> None:
    header = ("Occupation", "Duties", "2024 MEDIAN PAY")
    row = Quote("Tree Clerks | Tree clerks file papers. | $48,650", "Trees ; Similar", header, " | ".join(header))
    assert supports("Tree Clerks — 2024 MEDIAN PAY: $48,650", [row]).supported


def test_names_in_cells_are_told_behind_their_headers() -> None:
    header = ("System", "Full name", "What it is used for")
    row = Quote("HCP | Tree Climbing Code | Coding what CPT leaves out", "Trees ; Systems", header)
    assert supports(
        "HCP — Full name: Tree Climbing Code; What it is used for: Coding what CPT leaves out", [row]
    ).supported


def test_a_row_is_one_clause() -> None:
    row = Quote("| Climber | £26,000 to £34,000 | 2 years |", "Trees", ("Role", "Pay a year", "Training"))
    assert supports("Climbers earn £26,000 to £34,000 a year.", [row]).supported


def test_cells_of_a_row_are_told_without_the_others() -> None:
    """The next column's "Percent" counts no number before it, and what a cell expects is not said of the next one."""
    header = ("Role", "Posts, 2024", "Projected posts, 2034", "Percent", "What they do")
    row = Quote(
        "| Public climbers | 5,600 | 6,200 | 11 | They will enhance public trees |", "Trees", header, " | ".join(header)
    )
    assert supports("Public climbers — Posts, 2024: 5,600; Projected posts, 2034: 6,200", [row]).supported


def _quotes(line: dict[str, Any]) -> list[Quote]:
    return [
        Quote(q["text"], q.get("lent", ""), tuple(q.get("header", ())), q.get("beside", "")) for q in line["quotes"]
    ]


def _quote(line: dict[str, object]) -> Quote:
    context, quote = [str(part) for part in line["context"]], str(line["quote"])  # type: ignore[attr-defined]
    cells = quote.count(" | ")
    if cells and context[-1].count(" | ") == cells:
        return Quote(quote, " ; ".join(context[:-1]), tuple(context[-1].split(" | ")))
    return Quote(quote, " ; ".join(context))


TEXT = """# Trees

## Pay

| Role | Pay a year | Hours |
|---|---|---|
| Climber | £26,000 | 38 |
| Leader | £33,000 | 40 |

## Licence

No licence is needed to start.
"""


@pytest.fixture
def guide() -> Guide:
    return guide_of(TEXT, "trees.md")


def cited(guide: Guide, number: int, words: str, section: tuple[str, ...]) -> Citation:
    start = guide.text.index(words)
    return Citation(number, guide.id, guide.title, section, guide.path, start, start + len(words), words)


def test_rows_are_read_under_their_header_and_together(guide: Guide) -> None:
    citations = [
        cited(guide, 1, "Climber | £26,000 | 38", ("Pay",)),
        cited(guide, 2, "Leader | £33,000 | 40", ("Pay",)),
    ]
    said = {
        "Climber — Pay a year: £26,000": True,
        "Climber — Pay a year: £33,000": False,
        "Highest Pay a year: £33,000, Role Leader": True,
        "Lowest Pay a year: £33,000, Role Leader": False,
        "Pay a year rose from £26,000 (Role Climber) to £33,000 (Role Leader).": True,
        "Pay a year fell from £26,000 (Role Climber) to £33,000 (Role Leader).": False,
    }
    for text, true in said.items():
        shown = prove([Sentence(text, (1, 2))], citations, {guide.id: guide})
        assert bool(shown) is true, text


def test_unknown_numbers_vanish_and_a_quote_that_is_not_the_guides_carries_nothing(guide: Guide) -> None:
    true = cited(guide, 1, "No licence is needed to start.", ("Licence",))
    forged = Citation(2, guide.id, guide.title, (), guide.path, 0, 5, "A licence is needed.")
    sentences = [
        Sentence("No licence is needed to start.", (1, 2, 9)),
        Sentence("A licence is needed.", (2,)),
        Sentence("Hello."),
    ]
    assert prove(sentences, [true, forged], {guide.id: guide}) == (
        Sentence("No licence is needed to start.", (1,)),
        Sentence("Hello."),
    )


def test_a_case_says_what_was_done_to_it() -> None:
    rows, wrong = measure(
        [Case("number", "It pays $41.", (Quote("It pays $40."),)), Case("x", "Lies.", (Quote("Lies."),))]
    )
    assert [(row.kind, row.rejected) for row in rows] == [("number", 1), ("x", 0)]
    assert [case.kind for case in wrong] == ["x"]


def test_the_introduction_of_a_table_carries_its_figures_though_it_is_a_passage_itself() -> None:
    text = "# Bakers\n\n## Pay\n\nMedian annual wages, May 2024\n\nTotal, all occupations\n\n$49,500\n\nFood processing workers\n\n$38,200\n\nBakers\n\n$36,650\n"
    guide = guide_of(text, "bakers.md")
    row = next(passage for passage in guide.passages if passage.kind is PassageKind.ROW)
    assert row.lead
    assert any(passage.span == row.lead for passage in guide.passages)
    piece = row_piece(row, guide, read_question("How much do bakers earn?"))
    sentences, citations = number([piece], {guide.id: guide})
    assert prove(sentences, citations, {guide.id: guide}) == sentences
    wrong = replace(sentences[0], text=sentences[0].text.replace("2024", "2021"))
    assert prove([wrong], citations, {guide.id: guide}) == ()


def test_quotes_one_after_another_are_carried_and_none_of_them_by_what_another_points_to() -> None:
    quotes = ["Moulders shape the clay.", "Tuners turn the bell.", "They dry the mould."]
    assert supports("Moulders shape the clay. Tuners turn the bell.", quotes).supported
    assert not supports("Tuners turn the bell. They dry the mould.", quotes).supported


@pytest.mark.parametrize(
    ("sentence", "carried"),
    [
        ("Rat catcher — Duties: Catches rats, mice, and other pests that infest a ship.; Pay: £20", True),
        ("Rat catcher — Pay: £20", True),
        ("Rat catcher — Pay: £2", False),
        ("Rat catcher — Pay: £20; Duties: Catches rats.", False),
        ("Ship's cook — Pay: £20", False),
    ],
)
def test_a_row_told_under_its_header_word_for_word_is_carried(sentence: str, carried: bool) -> None:
    row = Quote(
        "Rat catcher | Catches rats, mice, and other pests that infest a ship. | £20",
        "Ships ; Similar work",
        ("Occupation", "Duties", "Pay highest"),
        "Occupation | Duties | Pay",
    )
    assert supports(sentence, [row]).supported is carried


@pytest.mark.parametrize(
    ("sentence", "carried"),
    [
        ("Average pay rose from £20 (Year 1990) to £30 (Year 2000).", True),
        ("Average pay rose from Year 1990 (£20) to Year 2000 (£30).", True),
        ("Average pay fell from £20 (Year 1990) to £30 (Year 2000).", False),
        ("Average pay rose from £20 (Year 2000) to £30 (Year 1990).", False),
        ("Average pay rose from 7% (Year 1990) to 9% (Year 2000).", False),
        ("Projected growth rose from 7% (Year 1990) to 9% (Year 2000).", True),
    ],
)
def test_a_change_between_two_rows_is_carried_as_the_table_has_it(sentence: str, carried: bool) -> None:
    header = ("Year", "Average pay", "Projected growth")
    rows = [Quote("1990 | £20 | 7%", "", header), Quote("2000 | £30 | 9%", "", header)]
    assert supports(sentence, rows).supported is carried
