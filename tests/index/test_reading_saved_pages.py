"""Plain text saved from the web: headings and their nesting are told by form, and what is not the guide is left out."""

from pathlib import Path

import pytest

from index.guide import Guide, Passage, PassageKind
from index.reading import guide_of, read_file

SHARED = Path(__file__).resolve().parents[3] / "shared"
SPACED = SHARED / "seeds" / "how-to-become-a-clinical-coding-specialist.txt"
DENSE = SHARED / "seeds" / "clinical-coder-career-guide.txt"
OCCUPATIONS = SHARED / "occupations"
needs = {
    path: pytest.mark.skipif(not path.exists(), reason=f"{path.name} is not here")
    for path in (SPACED, DENSE, OCCUPATIONS)
}


def outline(guide: Guide) -> list[str]:
    return ["  " * (section.level - 1) + section.path[-1] for section in guide.sections if section.heading]


def under(guide: Guide, *heading: str) -> list[Passage]:
    return [passage for passage in guide.passages if passage.section[-len(heading) :] == heading]


def said(guide: Guide, place: object) -> str:
    return guide.text[place.start : place.end]  # type: ignore[attr-defined]


@needs[SPACED]
def test_the_page_with_dividers_has_all_its_sections() -> None:
    guide = read_file(SPACED, SPACED.parent)
    assert guide.title == "How to Become a Clinical Coding Specialist (Decode Your Future!)"
    assert outline(guide) == [
        "Steps to Become a Clinical Coding Specialist",
        "  Step 1: Understand the Role and Responsibilities",
        "  Step 2: Pursue Relevant Education",
        "  Step 3: Gain Basic Medical Knowledge",
        "  Step 4: Learn Medical Coding Systems",
        "  Step 5: Obtain Certification",
        "  Step 6: Gain Practical Experience",
        "  Step 7: Develop Computer and Software Skills",
        "  Step 8: Stay Current with Industry Changes",
        "  Step 9: Join Professional Organizations",
        "  Step 10: Apply for Clinical Coding Positions",
        "Clinical Coding Specialist Roles and Responsibilities",
        "  Medical Coding",
        "  Auditing and Compliance",
        "  Documentation",
        "  Interdisciplinary Collaboration",
        "  Education and Training",
        "  Data Management",
        "  Billing and Claims",
        "  Quality Control",
        "  Continuous Learning",
        "What Does a Clinical Coding Specialist Do?",
        "Essential Clinical Coding Specialist Skills",
        "Clinical Coding Specialist Career Path Progression",
        "  The Foundation: Junior Clinical Coding Specialist",
        "  The Ascent: Clinical Coding Specialist",
        "  Reaching New Heights: Senior Clinical Coding Specialist",
        "  Beyond the Horizon: Coding Supervisor or Manager",
        "  Pinnacle of Success: Director of Coding or Health Information Manager",
        "Clinical Coding Specialist Salary",
        "  Entry-Level Clinical Coding Specialist",
        "  Mid-Level Clinical Coding Specialist",
        "  Senior Clinical Coding Specialist",
        "  Lead Clinical Coding Specialist / Coding Manager",
        "  Health Information Management Director / VP of Coding",
        "Clinical Coding Specialist Work Environment",
        "FAQs About Becoming a Clinical Coding Specialist",
        "  What is needed to become a Clinical Coding Specialist?",
        "  How long does it take to become a Clinical Coding Specialist?",
        "  Can I become a Clinical Coding Specialist without a degree?",
        "  Is being a Clinical Coding Specialist a stressful job?",
        "  What are the prospects for Clinical Coding Specialists in the next decade?",
        "Conclusion",
    ]


@needs[SPACED]
def test_the_page_with_dividers_loses_what_is_not_the_guide() -> None:
    guide = read_file(SPACED, SPACED.parent)
    assert [said(guide, place).split(":")[0] for place in guide.left_out] == [
        "how to become a clinical coding specialist",
        "Contents show",
        "If you’re in need of personalized guidance on starting or progressing your career in clinical coding, explore our AI"
        " Career Path Advisor.",
        "This complimentary tool is designed to provide customized advice and resources to help you navigate your career path"
        " effectively.",
        "Earning Elites",
        "Brace Yourself",
        "Top of the Game",
        "Job Market Majesty",
        "The Income You Deserve",
        "Similar Posts",
        "Leave a Reply",
        "Your email address will not be published. Required fields are marked *",
    ]
    assert said(guide, guide.passages[-1]).startswith("Because the healthcare world is waiting")


@needs[SPACED]
def test_lists_and_answers_of_the_page_with_dividers_stand_where_they_belong() -> None:
    guide = read_file(SPACED, SPACED.parent)
    (pay,) = under(guide, "Senior Clinical Coding Specialist")
    assert pay.section[0] == "Clinical Coding Specialist Salary"
    assert said(guide, pay.items[0]) == "Median Salary: $70,000 – $90,000 per year"
    skills = under(guide, "Essential Clinical Coding Specialist Skills")
    assert [said(guide, item).split(":")[0] for passage in skills for item in passage.items][
        -1
    ] == "Problem-solving Skills"
    assert sum(len(passage.items) for passage in skills) == 10
    *_, advice = under(guide, "The Ascent: Clinical Coding Specialist")
    assert advice.lead is not None
    assert said(guide, advice.lead) == "Here’s how to thrive:"
    assert len(advice.items) == 3
    faq = [passage for passage in guide.passages if passage.kind is PassageKind.FAQ]
    assert len(faq) == 5
    assert said(guide, faq[2]).startswith("Yes, it is possible")
    assert said(guide, faq[2]).endswith("larger healthcare organizations.")


@needs[DENSE]
def test_the_page_without_blank_lines_has_all_its_sections() -> None:
    guide = read_file(DENSE, DENSE.parent)
    assert guide.title == "Clinical coder career guide"
    assert outline(guide) == [
        "What Salary Does A Clinical Coder Earn?",
        "What Is The Role You Will Perform As A Clinical Coder?",
        "Qualification Requirements For A Clinical Coding Career",
        "5 Steps To Become A Medical Coder",
        "  Step 1: Meet The Basic Requirements",
        "  Step 2: Complete The Training",
        "  Step 3: Obtain A Credible License",
        "  Step 4: Obtain Skills Required In The Job Role",
        "  Step 5: Apply To The Jobs",
        "Conclusion",
    ]
    assert [said(guide, place) for place in guide.left_out] == ["Elevate your career now—tap the button to get started"]


@needs[DENSE]
def test_rows_and_lists_of_the_page_without_blank_lines_stand_where_they_belong() -> None:
    guide = read_file(DENSE, DENSE.parent)
    rows = [p for p in under(guide, "What Salary Does A Clinical Coder Earn?") if p.kind is PassageKind.ROW]
    assert [said(guide, row.cells[0]) for row in rows] == ["2020", "2021", "2022", "2023", "2024"]
    assert [said(guide, cell) for cell in rows[-1].header] == [
        "Year",
        "Number of Job Openings",
        "Average Annual Salary",
        "Projected Growth Rate",
    ]
    assert [said(guide, cell) for cell in rows[-1].cells] == ["2024", "100,000", "$65,000 – $75,000", "16%"]
    lists = [p for p in guide.passages if p.kind is PassageKind.LIST]
    assert [len(p.items) for p in lists] == [8, 6, 7]
    assert all(p.lead and said(guide, p.lead).endswith(":") for p in lists)
    challenges = [p for p in under(guide, "Step 5: Apply To The Jobs") if p.kind is PassageKind.ROW]
    assert len(challenges) == 10
    assert {said(guide, p.header[0]) for p in challenges} == {"Challenge"}


@needs[OCCUPATIONS]
def test_charts_and_tables_of_an_occupation_page_are_rows() -> None:
    guide = read_file(OCCUPATIONS / "bakers.md", OCCUPATIONS)
    rows = {said(guide, p.cells[0]): p for p in under(guide, "Pay") if p.kind is PassageKind.ROW}
    assert said(guide, rows["Bakers"].cells[1]) == "$36,650"
    assert said(guide, rows["Bakers"].lead) == "Median annual wages, May 2024"
    assert said(guide, rows["Special food services"].lead).endswith("in which they worked were as follows:")
    assert rows["Special food services"].header == ()
    similar = under(guide, "Similar occupations")[-1]
    assert [said(guide, cell) for cell in similar.header][-1] == "2024 MEDIAN PAY"
    duties = under(guide, "Duties")
    assert len(duties[1].items) == 7
    assert said(guide, duties[2]).startswith("Bakers produce breads")


def test_headings_in_sentence_case_stand_before_prose() -> None:
    text = (
        "Becoming a welder\n\nOverview\nWelders join metal. They work in factories and on\nbuilding sites, and many of "
        "them travel between\ndifferent places during the year.\n\nPay\nThe median wage was $48,940 in May of the year 2023.\n"
    )
    guide = guide_of(text, "welder.txt")
    assert (guide.title, outline(guide)) == ("Becoming a welder", ["Overview", "Pay"])
    assert [said(guide, passage).count("\n") for passage in guide.passages] == [2, 0]


def test_numbered_headings_are_a_series() -> None:
    prose = "Start at home and cook every day until the methods are second nature to you."
    text = f"Chef Career Guide\n1. Learn the Basics\n{prose}\n2. Get a Job\n{prose}\nWhat Chefs Earn\n{prose}\n"
    assert outline(guide_of(text, "chef.txt")) == ["1. Learn the Basics", "2. Get a Job", "What Chefs Earn"]


def test_short_lines_that_have_lost_their_bullets_are_a_list() -> None:
    prose = "Start at home and cook every day until the methods are second nature to you."
    text = (
        f"Chef Career Guide\nThe Work\n{prose}\nSkills You Need\nSpeed\nCreativity\nTaste\nWhat Chefs Earn\n{prose}\n"
    )
    guide = guide_of(text, "chef.txt")
    assert outline(guide) == ["The Work", "Skills You Need", "What Chefs Earn"]
    (skills,) = under(guide, "Skills You Need")
    assert [said(guide, item) for item in skills.items] == ["Speed", "Creativity", "Taste"]


def test_a_line_that_steers_the_page_is_left_out_and_says_why() -> None:
    text = (
        "# T\n\nThey bake.\n\nClick the link below to join\n\nClick the button in the program to save, as bakers do.\n"
    )
    guide = guide_of(text, "t.md")
    assert [said(guide, place) for place in guide.left_out] == ["Click the link below to join"]
    assert "control of the page" in guide.left_out[0].reason


TAIL = "\n\nTen Jobs That Pay Well\n\nSimilar Posts\n"
INVITATION = "If you want to go further, try our course finder.\n\nIt shows what is taught near you."
ARTICLE = "How Bakers Start\n\nThe Work\n\nBakers mix, shape and bake dough, mostly at night and mostly on their feet.\n\nIt starts at four."


def test_a_closing_invitation_of_the_site_is_left_out_above_its_other_titles() -> None:
    guide = guide_of(f"{ARTICLE}\n\n{INVITATION}{TAIL}", "bakers.txt")
    assert said(guide, guide.passages[-1]) == "It starts at four."
    assert [said(guide, place) for place in guide.left_out][:2] == INVITATION.split("\n\n")


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (f"{ARTICLE}\n\n{INVITATION}\n", "It shows what is taught near you."),
        (f"{ARTICLE}\n\nOur bakers start early.\n\n{INVITATION}{TAIL}", "It shows what is taught near you."),
        (f"{ARTICLE}\n\n{INVITATION}\n\nA diploma takes two years.{TAIL}", "A diploma takes two years."),
        (f"{ARTICLE}\n\nTry an apprenticeship first.{TAIL}", "Try an apprenticeship first."),
    ],
    ids=["no sign of a site around it", "a guide of those who speak", "not at the end", "nothing of the site's own"],
)
def test_advice_that_may_be_the_guides_own_stays(text: str, last: str) -> None:
    guide = guide_of(text, "bakers.txt")
    assert said(guide, guide.passages[-1]) == last


def test_text_with_marked_headings_is_read_as_markdown() -> None:
    assert outline(guide_of("# T\n\n## Pay\n\nIt is low.\n", "t.txt")) == ["Pay"]
