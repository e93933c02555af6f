"""What is embedded and read for a passage is its own words under the words that stand above it."""

from __future__ import annotations

import pytest

from index.guide import Guide, Passage, PassageKind
from index.reading import guide_of
from index.texts import body_text, context_text, header_text, passage_text, read_text, unit_text
from index.units import unit_spans

KEEPER = """# Lighthouse keeper

A keeper tends the lamp.

## Work

### Duties

A keeper's duties are:

- Clean the lens
- Log the weather

## Pay

Pay by rank, in pounds:

| Rank | Pay | Leave |
| --- | --- | --- |
| Assistant keeper | £24,500 | 25 days |
"""


@pytest.fixture
def keeper() -> Guide:
    return guide_of(KEEPER, "keeper.md")


def of_kind(guide: Guide, kind: PassageKind) -> Passage:
    return next(passage for passage in guide.passages if passage.kind is kind)


def test_a_passage_before_the_first_heading_stands_under_the_title_alone(keeper: Guide) -> None:
    assert passage_text(keeper, keeper.passages[0]) == "Lighthouse keeper: A keeper tends the lamp."


def test_a_list_is_read_under_its_headings_and_its_introduction(keeper: Guide) -> None:
    duties = of_kind(keeper, PassageKind.LIST)
    assert context_text(keeper, duties) == "Lighthouse keeper > Work > Duties: A keeper's duties are:"
    entry = unit_spans(keeper, duties)[1]
    assert read_text(keeper, duties, entry) == f"{context_text(keeper, duties)}: Log the weather"
    assert unit_text(keeper, duties, entry) == "Lighthouse keeper > Work > Duties: Log the weather"


def test_a_row_is_read_cell_by_cell_under_its_header(keeper: Guide) -> None:
    row = of_kind(keeper, PassageKind.ROW)
    told = "Rank: Assistant keeper; Pay: £24,500; Leave: 25 days"
    assert header_text(keeper, row) == "Rank; Pay; Leave"
    assert body_text(keeper, row, row.span) == told
    assert unit_text(keeper, row, row.span) == f"Lighthouse keeper > Pay: Pay by rank, in pounds: {told}"
    assert read_text(keeper, row, row.span) == f"Lighthouse keeper > Pay: Pay by rank, in pounds:: {told}"


@pytest.mark.parametrize("header", ["", "| | |\n| --- | --- |\n"])
def test_a_row_without_a_header_is_its_cells(header: str) -> None:
    guide = guide_of(f"# Keeper\n\nIn short:\n\n{header}| Pay | £24,500 |\n| Leave | 25 days |\n", "keeper.md")
    _, row, _ = guide.passages
    assert header_text(guide, row) == ""
    assert read_text(guide, row, row.span) == "Keeper: In short:: Pay: £24,500"


def test_the_body_of_a_part_is_that_part_alone(keeper: Guide) -> None:
    paragraph = keeper.passages[0]
    for span in unit_spans(keeper, paragraph):
        assert body_text(keeper, paragraph, span) == span.of(keeper.text)


def test_every_text_that_is_read_ends_with_what_is_quoted(keeper: Guide) -> None:
    for passage in keeper.passages:
        for span in unit_spans(keeper, passage):
            quoted = body_text(keeper, passage, span)
            for text in (unit_text(keeper, passage, span), read_text(keeper, passage, span)):
                assert text.startswith(keeper.title)
                assert text.endswith(quoted)
