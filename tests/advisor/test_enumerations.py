"""A list is found whole in every form that guides give it, and shows what stands there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.draft import plain
from advisor.enumerations import Enumeration, enumerations, list_text, whole
from index.guide import Guide
from index.reading import guide_of

from .crafts import CRAFTS


def lists(text: str) -> list[Enumeration]:
    return list(enumerations(guide_of(text, "guide.md")))


def shown(enumeration: Enumeration) -> list[str]:
    return [plain(entry.place.span.of(enumeration.guide.text)) for entry in enumeration.entries]


def labels(enumeration: Enumeration) -> list[str | None]:
    text = enumeration.guide.text
    return [entry.label.of(text) if entry.label else None for entry in enumeration.entries]


def lead(enumeration: Enumeration) -> str | None:
    return enumeration.lead.of(enumeration.guide.text) if enumeration.lead else None


def test_bullets_are_a_list_with_their_introduction() -> None:
    (found,) = lists("# Keeper\n\n## Duties\n\nA keeper's duties are:\n\n- Clean the lens\n- **Log** the weather\n")
    assert shown(found) == ["Clean the lens", "Log the weather"]
    assert (found.section, found.ordered, lead(found)) == (("Duties",), False, "A keeper's duties are:")


def test_bullets_of_a_long_list_go_together_again() -> None:
    entries = [f"Tool number {n}, which a glassblower takes up for the work of that day" for n in range(60)]
    found, *rest = lists("# Glassblower\n\nThe tools are:\n\n" + "\n".join(f"- {entry}" for entry in entries))
    assert rest == []
    assert len(found.passages) > 1
    assert shown(found) == entries


def test_two_introductions_make_two_lists() -> None:
    found = lists("# Keeper\n\nBy day:\n\n- Paint\n- Sleep\n\nBy night:\n\n- Watch\n- Log\n")
    assert [(lead(one), shown(one)) for one in found] == [
        ("By day:", ["Paint", "Sleep"]),
        ("By night:", ["Watch", "Log"]),
    ]


def test_an_entry_that_opens_with_a_label_has_it() -> None:
    (found,) = lists("# Glassblower\n\n- **Jacks**: shape the neck.\n- Blowpipe: takes the breath.\n- Tongs\n")
    assert labels(found) == ["Jacks", "Blowpipe", None]


def test_numbered_steps_that_say_more_than_a_sentence_are_an_ordered_list() -> None:
    (found,) = lists("# Keeper\n\n1. Pass an examination. It is free of charge.\n2. Train at the depot for a year.\n")
    assert found.ordered
    assert shown(found) == ["Pass an examination. It is free of charge.", "Train at the depot for a year."]


def test_a_single_step_is_no_list() -> None:
    assert lists("# Keeper\n\n1. Pass an examination. It is free of charge.\n") == []


def test_rows_of_a_table_are_a_list_of_their_first_cells() -> None:
    (found,) = lists("# Keeper\n\n| Rank | Pay |\n| --- | --- |\n| Assistant | £24,500 |\n| Principal | £31,000 |\n")
    assert labels(found) == ["Assistant", "Principal"]


def test_tables_with_other_headers_are_other_lists() -> None:
    text = "# Keeper\n\n| Rank | Pay |\n|---|---|\n| Assistant | £1 |\n| Principal | £2 |\n\n"
    text += "| Year | Towers |\n|---|---|\n| 2010 | 65 |\n| 2020 | 60 |\n"
    assert [labels(one) for one in lists(text)] == [["Assistant", "Principal"], ["2010", "2020"]]


QUALITIES = "Patience. A keeper waits.\n\nGood eyesight. A keeper reads far signals.\n\nSteady hands. A keeper trims.\n"


def test_three_labelled_paragraphs_are_a_list() -> None:
    (found,) = lists(f"# Keeper\n\n## Qualities\n\n{QUALITIES}")
    assert labels(found) == ["Patience", "Good eyesight", "Steady hands"]
    assert shown(found)[1] == "Good eyesight. A keeper reads far signals."


@pytest.mark.parametrize(
    "text",
    [
        "Patience. A keeper waits.\n\nGood eyesight. A keeper reads far signals.\n",
        "Patience. A keeper waits.\n\nHe then goes home\n\nSteady hands. A keeper trims.\n",
        "the lamp is lit\n\nthe lamp burns\n\nthe lamp is out\n",
    ],
)
def test_fewer_than_three_labelled_paragraphs_in_a_row_are_none(text: str) -> None:
    assert lists(f"# Keeper\n\n## Qualities\n\n{text}") == []


def test_an_ordinary_sentence_is_no_label() -> None:
    sentence = "The keeper of the southern light climbs all of the stairs. Then the lamp is lit."
    assert lists("# Keeper\n\n## Day\n\n" + "\n\n".join([sentence] * 3)) == []


def test_three_headings_side_by_side_are_a_list() -> None:
    (found,) = lists(
        "# Glassblower\n\n## Places\n\n### Studios\n\nA.\n\n### Laboratories\n\nB.\n\n### Factories\n\nC.\n"
    )
    assert (found.section, found.ordered, found.passages) == (("Places",), False, ())
    assert shown(found) == ["Studios", "Laboratories", "Factories"]


def test_numbered_headings_are_an_ordered_list() -> None:
    (found,) = lists(
        "# G\n\n## Stages\n\n### Stage 1: Taker-in\n\nA.\n\n### Stage 2: Servitor\n\nB.\n\n### 3. Gaffer\n\nC.\n"
    )
    assert found.ordered
    assert shown(found) == ["Stage 1: Taker-in", "Stage 2: Servitor", "Gaffer"]


def test_the_outermost_headings_are_no_list() -> None:
    assert lists("# G\n\n## One\n\nA.\n\n## Two\n\nB.\n\n## Three\n\nC.\n") == []


def test_a_list_is_read_under_all_that_stands_above_it() -> None:
    (found,) = lists("# Keeper\n\n## Duties\n\nA keeper's duties are:\n\n- Lens: clean it\n- Log the weather\n")
    assert list_text(found) == "Keeper > Duties: A keeper's duties are: Lens; Log the weather"


def test_a_list_is_shown_in_full_within_so_many_words() -> None:
    (found,) = lists("# Keeper\n\n- one two three\n- four five\n")
    assert whole(found.entries, found.guide, 5)
    assert not whole(found.entries, found.guide, 4)


def guides() -> list[Guide]:
    return [guide_of(text, name) for name, text in CRAFTS.items()]


@pytest.mark.parametrize("guide", guides(), ids=lambda guide: guide.id)
def test_entries_and_labels_lie_in_their_guide_in_order(guide: Guide) -> None:
    for found in enumerations(guide):
        starts = [entry.place.span.start for entry in found.entries]
        assert starts == sorted(set(starts))
        for entry in found.entries:
            assert entry.place.guide == guide.id
            span = entry.label or entry.place.span
            assert entry.place.span.start <= span.start < span.end <= entry.place.span.end
            assert span.of(guide.text).strip() == span.of(guide.text) != ""


ENTRY = st.text(alphabet="abc XYZ.:*", min_size=1, max_size=25).map(lambda words: f"E{words.strip()}e")


@given(st.lists(ENTRY, min_size=1, max_size=12))
def test_no_entry_is_lost_and_none_is_shown_twice(entries: list[str]) -> None:
    (found,) = lists("# Keeper\n\nThey are:\n\n" + "\n".join(f"- {entry}" for entry in entries))
    text = found.guide.text
    assert [entry.place.span.of(text) for entry in found.entries] == entries


def test_questions_that_a_guide_asks_itself_side_by_side_are_no_list() -> None:
    asked = "# Keeper\n\n## The lamp\n\n### Who trims it?\n\nA keeper.\n\n### When?\n\nAt dusk.\n\n### What if it fails?\n\nRing."
    assert lists(asked) == []
    (found,) = lists(asked.replace("Who trims it?", "Trimming").replace("When?", "Lighting"))
    assert shown(found) == ["Trimming", "Lighting", "What if it fails?"]
