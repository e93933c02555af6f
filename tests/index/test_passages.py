"""Passages: each thing that belongs to the guide is in exactly one, and none is cut through a sentence or a row."""

import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.guide import Guide, Passage, PassageKind, Span
from index.reading import guide_of
from index.sentences import sentence_spans

MARKS = re.compile(r"(?:[#=~_*>|:.-]|\d{1,3}[.)]|Q\d*[:.)]|A\d*[:.)])+")
"""What may stand outside of passages: the marks of headings, steps, rows, quotations, questions and dividers."""


def passages(text: str, path: str = "guide.md") -> tuple[Passage, ...]:
    return guide_of(text, path).passages


def said(guide: Guide) -> list[str]:
    return [passage.span.of(guide.text) for passage in guide.passages]


def outside(guide: Guide) -> list[str]:
    """The words of a guide that no passage, heading, header or left-out place holds."""
    held = [False] * len(guide.text)
    places = [passage.span for passage in guide.passages]
    places += [cell for passage in guide.passages for cell in passage.header]
    places += [section.heading for section in guide.sections if section.heading]
    places += [Span(place.start, place.end) for place in guide.left_out]
    for place in places:
        held[place.start : place.end] = [True] * (place.end - place.start)
    left = "".join(" " if taken else char for char, taken in zip(guide.text, held, strict=True))
    words = [word for word in left.split() if not MARKS.fullmatch(word)]
    return [] if words == guide.title.split() else words


WORDS = st.text(alphabet="abcXYZ ", min_size=1, max_size=30).map(str.strip).filter(bool)
SENTENCE = WORDS.map(lambda words: f"S{words}.")
PARAGRAPH = st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join)
BULLETS = st.lists(WORDS, min_size=1, max_size=4).map(lambda items: "\n".join(f"- {item}" for item in items))
NUMBERS = st.lists(PARAGRAPH, min_size=1, max_size=4).map(
    lambda items: "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
)
ROWS = st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4).map(
    lambda rows: "| H | K |\n|---|---|\n" + "\n".join(f"| {one} | {two} |" for one, two in rows)
)
HEADING = st.tuples(st.integers(2, 4), WORDS).map(lambda made: f"{'#' * made[0]} H{made[1]}")
QUESTION = st.tuples(WORDS, PARAGRAPH).map(lambda made: f"## Is {made[0]}?\n\n{made[1]}")
MARKDOWN = st.lists(HEADING | PARAGRAPH | BULLETS | NUMBERS | ROWS | QUESTION, max_size=12).map(
    lambda blocks: "# Title of it\n\n" + "\n\n".join(blocks)
)
ANY = st.text(max_size=300) | st.text(alphabet="ab A.?!:|-*#>1\n \u00a0•$=[]`<Q", max_size=300)


def holds_together(guide: Guide) -> None:
    """What is true of the passages of every guide."""
    text = guide.text
    order = [(passage.start, passage.end) for passage in guide.passages]
    assert all(start < end for start, end in order)
    assert all(one[1] <= two[0] for one, two in pairwise(order))
    for passage in guide.passages:
        assert passage.span.of(text) == passage.span.of(text).strip()
        for part in passage.items + passage.cells:
            assert passage.start <= part.start <= part.end <= passage.end
        assert len(passage.header) in (0, len(passage.cells))
    for section in guide.sections:
        assert 0 <= section.start <= section.end <= len(text)


@given(MARKDOWN)
def test_generated_markdown_is_wholly_in_passages(text: str) -> None:
    guide = guide_of(text, "guide.md")
    holds_together(guide)
    assert outside(guide) == []


@given(ANY)
@example("a\n\nb\n\nA | B\nx\nc | 5")
@example("-\n- a\n  b\n\n c")
def test_any_text_as_markdown_holds_together(text: str) -> None:
    guide = guide_of("\n" + text, "guide.md")
    holds_together(guide)
    if guide.title == "Guide":
        assert outside(guide) == []


@given(ANY)
def test_any_plain_text_holds_together(text: str) -> None:
    guide = guide_of("\n" + text, "guide.txt")
    holds_together(guide)
    if guide.title == "Guide":
        assert outside(guide) == []


@given(st.lists(st.text(alphabet="abc", min_size=40, max_size=90), min_size=20, max_size=60))
def test_a_long_paragraph_is_divided_at_ends_of_sentences(words: list[str]) -> None:
    text = " ".join(f"The {word} is so." for word in words)
    ends = {span.end for span in sentence_spans(text)}
    found = passages(text)
    assert all(passage.end in ends and passage.end - passage.start <= 1200 for passage in found)
    assert len(found) >= 2 or len(text) <= 1200


def test_a_bullet_list_is_one_passage_with_its_items_and_its_lead() -> None:
    text = "# T\n\nThey are busy. They do:\n\n- mix dough\n- bake bread\n  - rye\n"
    (_, listing) = passages(text)
    assert listing.kind is PassageKind.LIST
    assert [item.of(text) for item in listing.items] == ["mix dough", "bake bread", "rye"]
    assert listing.lead is not None
    assert listing.lead.of(text) == "They do:"


def test_text_at_the_margin_after_a_list_or_a_table_is_a_paragraph_of_its_own() -> None:
    text = "# T\n\n- mix dough\nBakers bake bread.\n\nRye | 32%\nOats | 24\nThe work is hard."
    kinds = [(passage.kind.value, passage.span.of(text)) for passage in passages(text)]
    assert kinds == [
        ("list", "- mix dough"),
        ("paragraph", "Bakers bake bread."),
        ("row", "Rye | 32%"),
        ("row", "Oats | 24"),
        ("paragraph", "The work is hard."),
    ]


def test_a_long_numbered_list_is_steps_and_a_short_one_a_list() -> None:
    long = "Learn the trade from the beginning. " * 8
    steps = passages(f"# T\n\n1. {long}\n2. Work.\n   - at night\n")
    assert [(step.kind, step.number) for step in steps] == [(PassageKind.STEP, 1), (PassageKind.STEP, 2)]
    (short,) = passages("# T\n\n1. Learn: the trade\n2. Work: at night\n")
    assert (short.kind, len(short.items)) == (PassageKind.LIST, 2)


def test_a_row_has_its_header_where_the_table_has_one() -> None:
    text = "# T\n\n| Year | Pay |\n|---|---:|\n| 2024 | $50 |\n"
    (row,) = passages(text)
    assert [cell.of(text) for cell in row.header] == ["Year", "Pay"]
    assert [cell.of(text) for cell in row.cells] == ["2024", "$50"]


@pytest.mark.parametrize(
    ("table", "header"),
    [
        ("Year | Jobs |\n2020 | 75,000 |\n2021 | 82,000 |", ["Year", "Jobs"]),
        (
            "Challenge | Description |\nRules | They change a lot. |\nTools | They must be learned. |",
            ["Challenge", "Description"],
        ),
        ("Role | 2023 | 2024\nCoder | 12% | 14%\nAuditor | 10% | 11%", ["Role", "2023", "2024"]),
        ("Bakeries | 32%\nGrocers | 24", []),
        ("Hospitals | $106,480\nSchools | 97,260", []),
    ],
)
def test_a_header_is_told_without_a_ruling_line(table: str, header: list[str]) -> None:
    text = f"# T\n\n{table}\n"
    found = passages(text)
    assert {tuple(cell.of(text) for cell in row.header) for row in found} == {tuple(header)}
    assert len(found) == len(table.split("\n")) - bool(header)


def test_a_header_that_does_not_fit_the_rows_is_given_to_none() -> None:
    text = "# T\n\nTitle | Jobs, 2024 | Change\nOld | New\nSOURCE: the office\nBakers | 249,100 | 6 | 14,000 | 3\n"
    guide = guide_of(text, "t.md")
    assert [(p.kind.value, p.span.of(text), p.header) for p in guide.passages] == [
        ("paragraph", "SOURCE: the office", ()),
        ("row", "Bakers | 249,100 | 6 | 14,000 | 3", ()),
    ]
    assert [text[place.start : place.end] for place in guide.left_out] == ["Title | Jobs, 2024 | Change", "Old | New"]


@pytest.mark.parametrize("note", ["", "SOURCE: the office\n"])
def test_a_second_header_row_divides_the_column_that_its_figures_fit(note: str) -> None:
    text = f"# T\n\nTitle | Jobs, 2024 | Change | More\nPercent | Numeric\n{note}Bakers | 249,100 | 6 | 14,000 | See\n"
    guide = guide_of(text, "t.md")
    row = guide.passages[-1]
    assert [cell.of(text) for cell in row.header] == ["Title", "Jobs, 2024", "Percent", "Numeric", "More"]
    assert [text[place.start : place.end] for place in guide.left_out] == ["Change"]


def test_a_second_header_row_that_could_divide_several_columns_divides_none() -> None:
    text = "# T\n\nTitle | Jobs | Change | More\nPercent | Numeric\nBakers | 24 | 6 | 14 | 3\n"
    assert guide_of(text, "t.md").passages[-1].header == ()


def test_labels_and_figures_of_a_chart_are_rows_under_its_caption() -> None:
    text = "# T\n\nMedian wages, May 2024\n\nAll occupations\n\n$49,500\n\nBakers\n\n$36,650\n\nThe wage was $36,650.\n"
    (_, first, second, prose) = passages(text)
    assert [cell.of(text) for cell in second.cells] == ["Bakers", "$36,650"]
    assert first.kind is second.kind is PassageKind.ROW
    assert second.lead is not None
    assert second.lead.of(text) == "Median wages, May 2024"
    assert prose.kind is PassageKind.PARAGRAPH


def test_answers_under_questions_in_a_row_are_one_passage_each() -> None:
    text = "# T\n\n## FAQ\n\n### Is it hard?\n\nYes.\n\nVery.\n\n### Is it fun?\n\nNo.\n"
    guide = guide_of(text, "t.md")
    assert [(p.kind, p.section[-1], p.span.of(text)) for p in guide.passages] == [
        (PassageKind.FAQ, "Is it hard?", "Yes.\n\nVery."),
        (PassageKind.FAQ, "Is it fun?", "No."),
    ]


def test_a_single_question_among_headings_is_no_faq() -> None:
    guide = guide_of("# T\n\n## What do they do?\n\nThey bake.\n\n## Pay\n\nIt is low.\n", "t.md")
    assert {passage.kind for passage in guide.passages} == {PassageKind.PARAGRAPH}


@pytest.mark.parametrize("ending", ["md", "txt"])
def test_questions_and_answers_by_their_letters_are_an_faq(ending: str) -> None:
    text = "Some prose comes first, so that this is no title of anything.\n\nQ: Is it hard?\n\nA: Yes.\n\nQ: Why?\n\nA: No idea.\n"
    guide = guide_of(text, f"t.{ending}")
    faq = [(p.section[-1], p.span.of(text)) for p in guide.passages if p.kind is PassageKind.FAQ]
    assert faq == [("Is it hard?", "Yes."), ("Why?", "No idea.")]
