"""A guide is drawn whole, and a quote is marked at its offsets and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.guide import Guide, Span
from ui.reading import Block, Kind, read_blocks, section_at


def marked(blocks: tuple[Block, ...]) -> str:
    return "".join(run.text for block in blocks for run in block.runs if run.mark)


def words(blocks: tuple[Block, ...]) -> str:
    return "".join(run.text for block in blocks for run in block.runs)


def block_with(blocks: tuple[Block, ...], text: str) -> Block:
    return next(block for block in blocks if text in "".join(run.text for run in block.runs))


def test_a_guide_becomes_headings_paragraphs_lists_steps_and_tables(guides: Mapping[str, Guide]) -> None:
    kinds = [block.kind for block in read_blocks(guides["bakers"])]
    expected = [
        Kind.TITLE,
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.LIST,
        Kind.HEADING,
        Kind.PARAGRAPH,
        Kind.TABLE,
        Kind.HEADING,
        Kind.STEPS,
    ]
    assert kinds == expected


def test_front_matter_is_not_shown(guides: Mapping[str, Guide]) -> None:
    assert "publisher" not in words(read_blocks(guides["bakers"]))


def test_marks_of_markdown_are_styles_and_not_text(guides: Mapping[str, Guide]) -> None:
    block = block_with(read_blocks(guides["bakers"]), "baked goods")
    assert "".join(run.text for run in block.runs) == "Bakers prepare various types of baked goods, from bread to cake."
    assert [run.text for run in block.runs if run.style == "strong"] == ["various types"]


def test_a_table_keeps_its_header_and_cells(guides: Mapping[str, Guide]) -> None:
    table = block_with(read_blocks(guides["bakers"]), "Apprentice")
    assert table.header
    rows = [["".join(run.text for run in cell) for cell in line] for line in table.lines]
    assert rows == [["Level", "Pay"], ["Apprentice", "$27,000"], ["Master", "$48,000"]]


def test_an_item_goes_on_over_indented_lines_and_a_list_over_empty_ones() -> None:
    guide = Guide("list", "list.md", "List", "- one\n  goes on\n\n- two\n\nAfter it.\n", (), ())
    listed, after = read_blocks(guide)
    assert ["".join(run.text for run in line[0]) for line in listed.lines] == ["one goes on", "two"]
    assert after.kind is Kind.PARAGRAPH


def test_html_in_a_guide_stays_text(guides: Mapping[str, Guide]) -> None:
    assert "<script>document.title='owned'</script>" in words(read_blocks(guides["hostile"]))


def test_every_passage_is_marked_where_it_stands(guides: Mapping[str, Guide]) -> None:
    for guide in guides.values():
        for passage in guide.passages:
            blocks = read_blocks(guide, passage.span)
            plain = words(tuple(block for block in read_blocks(guide)))
            assert words(blocks) == plain
            assert letters(marked(blocks)) == letters(unmarked(passage.span.of(guide.text)))


def test_a_quote_beyond_an_emoji_is_exact(guides: Mapping[str, Guide]) -> None:
    text = guides["bakers"].text
    start = text.index("and keep it")
    assert marked(read_blocks(guides["bakers"], Span(start, start + 11))) == "and keep it"


def test_a_quote_that_no_block_shows_is_shown_first(guides: Mapping[str, Guide]) -> None:
    text = guides["bakers"].text
    start = text.index("Handbook of Work")
    blocks = read_blocks(guides["bakers"], Span(start, start + 16))
    assert marked(blocks[:1]) == "Handbook of Work"


def test_the_innermost_section_is_found(guides: Mapping[str, Guide]) -> None:
    guide = guides["bakers"]
    section = section_at(guide, guide.text.index("Knead"))
    assert section is not None
    assert section.path == ("What they do", "Duties")


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_place_of_any_guide_is_marked_and_nothing_else_is_lost(
    data: st.DataObject, guides: Mapping[str, Guide]
) -> None:
    guide = guides[data.draw(st.sampled_from(sorted(guides)))]
    start = data.draw(st.integers(0, len(guide.text) - 1))
    end = data.draw(st.integers(start + 1, len(guide.text)))
    quote = guide.text[start:end]
    blocks = read_blocks(guide, Span(start, end))
    plain = words(read_blocks(guide))
    assert words(blocks) in (plain, quote + plain)
    assert all(run.text in quote for block in blocks for run in block.runs if run.mark)


@pytest.mark.parametrize("text", ["*" * 50_000, "[" * 50_000, "`" * 50_000, "**a" * 20_000, "| " * 20_000])
def test_long_runs_of_marks_are_read_in_linear_time(text: str) -> None:
    guide = Guide("long", "long.md", "Long", text, (), ())
    assert sum(len(run.text) for block in read_blocks(guide) for run in block.runs) <= len(text)


def letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def unmarked(text: str) -> str:
    """Without the targets of links and the numbers of steps, which are not shown."""
    return re.sub(r"\]\([^()\s]*\)", "]", re.sub(r"(?m)^\s*\d+\.\s", "", text))
