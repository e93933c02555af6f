"""Roadmaps from small guides that hold steps in each form: what is done, next and later, and what it rests on."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from advisor.profile import Profile, read_profile
from advisor.roadmap import Planner, Progress, Roadmap, Step
from advisor.roadmap.kinds import Kind
from advisor.roadmap.routes import Form, routes
from index.reading import guide_of
from index.search import Index


@pytest.fixture(scope="session")
def luthiers(luthier: Index) -> Planner:
    """Over three guides to one career."""
    return Planner(luthier)


@pytest.fixture(scope="session")
def careers(occupations: Index) -> Planner:
    """Over pages of a series."""
    return Planner(occupations)


def plan(planner: Planner, words: str = "", goal: str | None = None) -> Roadmap:
    """The roadmap of somebody who says this."""
    return planner.plan(read_profile(words, planner.vocabulary), goal)


def statuses(roadmap: Roadmap) -> dict[str, str]:
    """From each step to its status."""
    return {step.title.text: str(step.status) for step in roadmap.steps}


def step(roadmap: Roadmap, title: str) -> Step:
    """The step of that name."""
    return next(step for step in roadmap.steps if step.title.text == title)


def test_steps_are_found_in_each_form(luthier: Index, occupations: Index) -> None:
    forms = {(guide.id, route.form) for guide in luthier.guides.values() for route in routes(guide)}
    assert forms == {
        ("becoming", Form.STEPS),
        ("becoming", Form.LADDER),
        ("trade", Form.LIST),
        ("british", Form.LIST),
    }
    (parts,) = routes(occupations.guides["divers"])
    assert parts.form is Form.PARTS
    assert [stage.kind for stage in parts.stages] == [
        Kind.EDUCATION,
        Kind.TRAINING,
        Kind.CREDENTIAL,
        Kind.SKILLS,
        Kind.ADVANCE,
    ]


def test_the_fullest_steps_lead_and_exactly_one_is_next(luthiers: Planner) -> None:
    roadmap = plan(luthiers, goal="luthier")
    assert roadmap.guides[0].id == "becoming"
    assert [str(s.status) for s in roadmap.steps] == ["next", "later", "later", "later", "later"]
    assert roadmap.next is roadmap.steps[0]


def test_a_high_enough_degree_in_the_field_is_done_and_says_in_whose_words(luthiers: Planner) -> None:
    education = step(
        plan(luthiers, "I have a bachelor's degree in instrument making", "luthier"), "Get the right education"
    )
    assert education.status is Progress.DONE
    assert education.reason.words == "I have a bachelor's degree in instrument making"
    assert education.reason.citations


def test_a_degree_in_another_field_is_to_be_asked_about(luthiers: Planner) -> None:
    education = step(plan(luthiers, "I have a bachelor's degree in economics", "luthier"), "Get the right education")
    assert education.status is not Progress.DONE
    assert "ask whether it counts" in education.reason.text


def test_too_little_schooling_is_told_without_blame(luthiers: Planner) -> None:
    education = step(plan(luthiers, "just high school", "luthier"), "Get the right education")
    assert education.status is not Progress.DONE
    assert "asks for more" in education.reason.text


def test_a_credential_that_a_step_names_is_done_and_so_is_what_comes_before(luthiers: Planner) -> None:
    roadmap = plan(luthiers, "I've got my GMC", "luthier")
    assert statuses(roadmap)["Get certified"] == "done"
    assert statuses(roadmap)["Train in a workshop"] == "done"
    assert statuses(roadmap)["Get the right education"] == "next"


def test_another_credential_is_not(luthiers: Planner) -> None:
    assert statuses(plan(luthiers, "I have my forklift license", "luthier"))["Get certified"] == "later"


def test_who_does_the_work_already_climbs_the_levels(luthiers: Planner) -> None:
    roadmap = plan(luthiers, "I've been a guitar maker for 6 years", "head luthier")
    assert statuses(roadmap)["Learn what the work involves"] == "done"
    assert statuses(roadmap)["Luthier"] == "done"
    assert statuses(roadmap)["Head Luthier"] in ("next", "later")


def test_time_and_cost_are_quoted_from_the_steps_own_section(luthiers: Planner) -> None:
    training = step(plan(luthiers, goal="luthier"), "Train in a workshop")
    assert [(e.low, e.unit) for e in training.time] == [(18, "month")]
    assert [(e.low, e.unit) for e in training.cost] == [(2400, "$")]
    assert not training.gaps


def test_what_the_guides_leave_out_is_named_as_a_gap(luthiers: Planner) -> None:
    assert step(plan(luthiers, goal="luthier"), "Get certified").gaps == (
        "The guides do not say how long this takes.",
        "The guides do not say what this costs.",
    )


def test_guides_that_ask_differently_are_shown_side_by_side(luthiers: Planner) -> None:
    roadmap = plan(luthiers, goal="luthier")
    certified = step(roadmap, "Get certified")
    guides = {c.guide for c in roadmap.citations for s in certified.disagreement if c.number in s.citations}
    assert guides == {"becoming", "trade"}
    assert any("minimum" in s.text for s in step(roadmap, "Get the right education").disagreement)


def test_the_guide_of_ones_own_country_leads(luthiers: Planner) -> None:
    roadmap = plan(luthiers, "I live in London", "luthier")
    assert roadmap.guides[0].id == "british"
    assert "where you live" in roadmap.why


def test_steps_from_elsewhere_are_told_to_be_from_elsewhere(luthiers: Planner) -> None:
    roadmap = plan(luthiers, "I live in Japan", "luthier")
    assert any("These steps are about" in gap for gap in roadmap.gaps)


def test_what_a_job_brings_is_said_where_a_guide_says_it(luthiers: Planner) -> None:
    roadmap = plan(luthiers, "I'm a carpenter", "luthier")
    assert "You bring: wood, glue, tools" in json.dumps(roadmap.to_json())


def test_a_life_that_no_guide_speaks_to_is_a_gap(luthiers: Planner) -> None:
    assert any(
        "three cats" not in gap and "two kids" in gap for gap in plan(luthiers, "I have two kids", "luthier").gaps
    )


def test_the_goal_picks_the_guide_among_many(careers: Planner) -> None:
    assert plan(careers, "I want to become a notary").guides[0].id == "notaries"
    assert plan(careers, "I want to become a diver").guides[0].id == "divers"


def test_pages_of_a_series_do_not_answer_for_each_other(careers: Planner) -> None:
    roadmap = plan(careers, "I want to become a diver")
    assert {citation.guide for citation in roadmap.citations} == {"divers"}
    assert not any(s.others or s.disagreement for s in roadmap.steps)


def test_the_usual_schooling_of_a_page_decides(careers: Planner) -> None:
    assert statuses(plan(careers, "I have a high school diploma", "diver"))["Education"] == "done"
    assert statuses(plan(careers, "I have a bachelor's degree", "notary"))["Education"] == "next"


def test_a_license_of_another_kind_of_work_does_not_count(careers: Planner) -> None:
    title = "Licenses, Certifications, and Registrations"
    assert statuses(plan(careers, "I have a diver's license", "diver"))[title] == "done"
    assert statuses(plan(careers, "I have a rescue diver's license", "diver"))[title] != "done"


def test_a_goal_that_no_guide_is_about_gets_no_steps(careers: Planner) -> None:
    roadmap = plan(careers, "I want to become an astronaut")
    assert not roadmap.steps
    assert "astronaut" in roadmap.gaps[0]


def test_many_careers_and_no_goal_get_a_question(careers: Planner) -> None:
    roadmap = plan(careers, "I have a GED")
    assert not roadmap.steps
    assert "Say what you would like to become" in roadmap.gaps[0]


@pytest.mark.parametrize(
    "words", ["", "I'm a carpenter", "no degree, I live in London", "I've got my GMC and two kids"]
)
def test_every_citation_is_exact_and_every_sentence_stands_in_its_quotes(luthiers: Planner, words: str) -> None:
    roadmap = plan(luthiers, words, "luthier")
    quotes = {c.number: c for c in roadmap.citations}
    for citation in roadmap.citations:
        text = luthiers.index.guides[citation.guide].text
        assert text[citation.start : citation.end] == citation.quote
    for one in (e for s in roadmap.steps for e in (*s.time, *s.cost)):
        assert all(re.sub(r"\W+", "", one.text) in re.sub(r"\W+", "", quotes[n].quote) for n in one.citations)
    assert list(quotes) == list(range(1, len(quotes) + 1))


def test_the_json_holds_what_the_page_needs(luthiers: Planner) -> None:
    stored = json.loads(json.dumps(plan(luthiers, "I'm a carpenter. I want to become a luthier").to_json()))
    assert stored["goal"] == "luthier"
    assert stored["words"] == "I want to become a luthier"
    assert stored["steps"][0].keys() >= {"number", "title", "status", "reason", "says", "time", "cost", "gaps"}


def test_the_checklist_ticks_what_is_done_and_lists_its_sources(luthiers: Planner) -> None:
    markdown = plan(luthiers, "I've got my GMC", "luthier").to_markdown()
    assert "- [x] **4. Get certified** [" in markdown
    assert "## Sources" in markdown


def test_markup_in_what_a_person_told_is_text_in_the_checklist(luthiers: Planner) -> None:
    markdown = luthiers.plan(Profile(), "luthier <script>alert(1)</script> [x](y)").to_markdown()
    assert "<script>" not in markdown


def test_the_calendar_dates_the_steps_whose_length_is_stated(luthiers: Planner) -> None:
    from icalendar import Calendar

    calendar = Calendar.from_ical(plan(luthiers, goal="luthier").to_ics(date(2026, 1, 1)))
    events = {str(e["summary"]): (e.start, e.end) for e in calendar.events}
    due = {str(t["summary"]): t.DUE for t in calendar.todos}
    assert events == {
        "2. Get the right education": (date(2026, 1, 1), date(2028, 1, 1)),
        "3. Train in a workshop": (date(2028, 1, 1), date(2029, 7, 2)),
    }
    assert due == {
        "1. Learn what the work involves": None,
        "2. Get the right education": date(2028, 1, 1),
        "3. Train in a workshop": date(2029, 7, 2),
        "4. Get certified": None,
        "5. Apply for jobs": None,
    }
    names = [str(one["uid"]) for one in (*calendar.events, *calendar.todos)]
    assert len(set(names)) == len(names)


def test_goals_to_choose_from_are_those_of_guides_that_lead_to_several(luthiers: Planner, careers: Planner) -> None:
    assert luthiers.destinations() == ()
    assert len(careers.destinations()) > 1
    for goal in careers.destinations():
        assert plan(careers, goal=goal).steps, goal


def test_what_is_done_is_not_in_the_calendar(luthiers: Planner) -> None:
    ics = plan(luthiers, "I've got my GMC", "luthier").to_ics(date(2026, 1, 1))
    assert "Get certified" not in ics


@pytest.mark.parametrize(
    ("heading", "lead", "entries", "names"),
    [
        ("Training", "", ["1. Take a course.", "2. Work beside a welder.", "3. Pass the test."], 3),
        ("Practicalities", "", ["1) Enrol at a college.", "2) Get a certificate.", "3) Apply to a yard."], 3),
        ("Practicalities", "", ["First, buy gloves.", "Second, find a bench.", "Third, ask for wire."], 3),
        ("Tools", "", ["1. A torch.", "2. A mask.", "3. Two clamps."], 0),
        ("Requirements", "You need one of the following:", ["1. a degree", "2. a diploma", "3. an apprenticeship"], 0),
    ],
)
def test_a_numbered_list_is_a_way_by_what_it_asks_for_not_by_its_heading_alone(
    heading: str, lead: str, entries: list[str], names: int
) -> None:
    between = "\n\n" if entries[0].startswith("First") else "\n"
    guide = guide_of(
        f"# Welder\n\nWelders join metal.\n\n## {heading}\n\n{lead}\n\n{between.join(entries)}\n", "welder.md"
    )
    assert [len(route.stages) for route in routes(guide)] == ([names] if names else [])


@pytest.mark.parametrize("marks", [("First, ", "Second, ", "Third, "), ("#1 ", "#2 ", "#3 "), ("1) ", "2) ", "3) ")])
def test_headings_that_count_themselves_are_steps_named_without_their_number(marks: tuple[str, ...]) -> None:
    parts = [
        f"### {mark}{deed}\n\nIt takes a year."
        for mark, deed in zip(marks, ["train", "sit the test", "apply"], strict=True)
    ]
    (route,) = routes(guide_of("# Welder\n\nText.\n\n## In\n\n" + "\n\n".join(parts) + "\n", "welder.md"))
    assert [stage.name for stage in route.stages] == ["train", "sit the test", "apply"]
