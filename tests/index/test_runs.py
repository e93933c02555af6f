"""Lists that no marker tells: labels with their values, and steps that count themselves in words."""

import pytest

from index.formats.runs import series_of
from index.guide import Guide, Passage, PassageKind
from index.reading import guide_of

PROSE = "Welders join metal in workshops, in shipyards and on building sites, often at night."
LABELS = ["Typical hours: 40 to 42 a week", "Starting Salary: £19,000", "Work Type: Full Time"]
COUNTED = [
    ("Step 1: ", "Step 2: ", "Step 3: "),
    ("Step One: ", "Step Two: ", "Step Three: "),
    ("Stage 1 – ", "Stage 2 – ", "Stage 3 – "),
    ("First, ", "Second, ", "Third, "),
    ("First, ", "Then, ", "Finally, "),
    ("First of all, ", "After that, ", "Lastly, "),
    ("First step: ", "Second step: ", "Third step: "),
    ("#1 ", "#2 ", "#3 "),
    ("1) ", "2) ", "3) "),
]
DEEDS = ["finish school", "take a course", "pass the test"]


def outline(guide: Guide) -> list[str]:
    return ["  " * (section.level - 1) + section.path[-1] for section in guide.sections if section.heading]


def items(guide: Guide, passage: Passage) -> list[str]:
    return [item.of(guide.text) for item in passage.items]


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["dense", "spaced"])
@pytest.mark.parametrize("last", [True, False], ids=["at the end", "between"])
def test_labels_in_plain_text_are_one_list_under_their_heading(gap: str, last: bool) -> None:
    lines = ["Welder Career Guide", PROSE, "Key facts", *LABELS, *(() if last else ("What welders do", PROSE))]
    guide = guide_of(gap.join(lines) + "\n", "welder.txt")
    assert outline(guide) == ["Key facts", *(() if last else ("What welders do",))]
    (listing,) = (passage for passage in guide.passages if passage.kind is PassageKind.LIST)
    assert (listing.section, items(guide, listing)) == (("Key facts",), LABELS)
    assert guide.left_out == ()


def test_labels_in_markdown_are_one_list_in_one_paragraph_or_several() -> None:
    bold = [f"**{one.replace(': ', ':** ')}" for one in LABELS]
    for lines in ("\n".join(LABELS), "\n\n".join(LABELS), "\n".join(bold)):
        guide = guide_of(f"# Welder\n\n{PROSE}\n\n{lines}\n\n{PROSE}\n", "welder.md")
        assert [passage.kind.value for passage in guide.passages] == ["paragraph", "list", "paragraph"]
        assert "\n".join(items(guide, guide.passages[1])).replace("*", "") == "\n".join(LABELS)


@pytest.mark.parametrize(
    "lines",
    [
        ["Memory: you must recall hundreds of wires.", "Tact: you must never hurry a foreman."],
        ["The title: Welder", "The other: Fitter"],
        ["See https://example.org/1", "See https://example.org/2"],
    ],
    ids=["sentences", "two without a figure", "addresses"],
)
def test_what_only_looks_like_labels_stays_as_it_is(lines: list[str]) -> None:
    guide = guide_of(f"# Welder\n\n{PROSE}\n\n" + "\n\n".join(lines) + "\n", "welder.md")
    assert {passage.kind for passage in guide.passages} == {PassageKind.PARAGRAPH}


NUMBERED = [marks for marks in COUNTED if series_of(marks[1] + "x")]
"""Those each of which tells its own number, as headings must."""


@pytest.mark.parametrize("marks", NUMBERED, ids=lambda marks: marks[0].strip())
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["dense", "spaced"])
def test_headings_that_count_themselves_stand_under_the_one_that_names_them(marks: tuple[str, ...], gap: str) -> None:
    headings = [mark + deed for mark, deed in zip(marks, DEEDS, strict=True)]
    parts = [part for heading in headings for part in (heading, PROSE)]
    guide = guide_of(gap.join(["Welder Career Guide", PROSE, "The route", *parts, "Pay", PROSE]) + "\n", "welder.txt")
    assert outline(guide) == ["The route", *(f"  {heading}" for heading in headings), "Pay"]


@pytest.mark.parametrize("marks", COUNTED, ids="".join)
@pytest.mark.parametrize("name", ["welder.txt", "welder.md"])
def test_sentences_that_count_themselves_are_a_numbered_list(marks: tuple[str, ...], name: str) -> None:
    said = [
        f"{mark}{deed}, and do not hurry over it. It takes a year." for mark, deed in zip(marks, DEEDS, strict=True)
    ]
    heading = "## " if name.endswith(".md") else ""
    guide = guide_of(f"{heading[1:]}Welder\n\n{PROSE}\n\n{heading}Training\n\n" + "\n\n".join(said) + "\n", name)
    steps = [passage for passage in guide.passages if passage.kind is PassageKind.STEP]
    assert [step.number for step in steps] == [1, 2, 3]
    assert [step.span.of(guide.text)[-16:] for step in steps] == ["It takes a year."] * 3


def test_a_series_told_by_order_begins_with_first_and_ends_with_finally() -> None:
    lines = ["Then rest.", "First, finish school.", "Next, take a course.", "Finally, pass the test.", "Then rest."]
    for name in ("welder.txt", "welder.md"):
        guide = guide_of("# Welder\n\n" + "\n\n".join([PROSE, *lines, PROSE]) + "\n", name)
        kinds = [passage.kind.value for passage in guide.passages]
        assert kinds == ["paragraph", "paragraph", "list", "paragraph", "paragraph"]
        assert items(guide, guide.passages[2]) == lines[1:4]


@pytest.mark.parametrize(
    "lines", [["First, finish school.", "Then rest."], ["Then rest.", "Next, eat.", "Finally, go."]]
)
def test_two_that_follow_one_another_are_no_series(lines: list[str]) -> None:
    guide = guide_of("# Welder\n\n" + "\n\n".join([PROSE, *lines, PROSE]) + "\n", "welder.md")
    assert {passage.kind for passage in guide.passages} == {PassageKind.PARAGRAPH}


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Step 12 - Sign", ("step", 12)),
        ("thirdly: sign", ("nth ", 3)),
        ("**Step 2:** sign", ("step", 2)),
        ("2024 was a good year", None),
        ("Covid 19 changed it", None),
        ("First aid is taught", None),
        ("1.5 years", None),
    ],
)
def test_what_numbers_a_line(said: str, told: tuple[str, int] | None) -> None:
    assert series_of(said) == told
