"""Units are sentences, list entries and rows, each whole, and nothing of a passage is in none of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.guide import Guide, Passage
from index.reading import guide_of
from index.units import unit_spans


def units(text: str) -> list[str]:
    guide = guide_of(text, "guide.md")
    return [span.of(guide.text) for passage in guide.passages for span in unit_spans(guide, passage)]


def test_each_sentence_of_a_paragraph_is_a_unit() -> None:
    assert units("# Keeper\n\nThe lamp is lit at dusk. It burns until dawn.") == [
        "The lamp is lit at dusk.",
        "It burns until dawn.",
    ]


def test_a_bare_sentence_goes_with_the_one_that_it_opens() -> None:
    assert units("# Keeper\n\nGood eyesight. A keeper reads far signals. The log is kept daily.") == [
        "Good eyesight. A keeper reads far signals.",
        "The log is kept daily.",
    ]


def test_a_bare_sentence_at_the_end_is_a_unit_all_the_same() -> None:
    assert units("# Keeper\n\nThe lamp is lit at dusk. Every day.") == ["The lamp is lit at dusk.", "Every day."]


def test_two_bare_sentences_stay_together() -> None:
    assert units("# Keeper\n\nYes. Always. The lamp is lit at dusk.") == ["Yes. Always.", "The lamp is lit at dusk."]


def test_the_entries_of_a_list_are_units_without_their_bullets() -> None:
    assert units("# Glassblower\n\n- Blowpipe\n- Annealing kiln. It cools slowly.\n") == [
        "Blowpipe",
        "Annealing kiln. It cools slowly.",
    ]


def test_a_row_is_one_unit() -> None:
    text = "# Keeper\n\n| Rank | Pay |\n| --- | --- |\n| Principal keeper. Head of all. | £31,000 |\n"
    assert units(text) == ["Principal keeper. Head of all. | £31,000"]


def test_each_sentence_of_a_step_is_a_unit() -> None:
    text = "# Keeper\n\n1. Pass an examination first. The doctor checks the eyes.\n2. Train at the depot. It is paid work.\n"
    assert units(text) == [
        "Pass an examination first.",
        "The doctor checks the eyes.",
        "Train at the depot.",
        "It is paid work.",
    ]


WORDS = st.sampled_from("lamp Glass kiln yes £31,000 2020 tower Dr. e.g. **bold** | : é 日本".split())
SENTENCE = st.lists(WORDS, min_size=1, max_size=8).flatmap(
    lambda words: st.sampled_from(".!?").map(lambda stop: " ".join(words) + stop)
)
BLOCK = st.one_of(
    st.lists(SENTENCE, min_size=1, max_size=4).map(" ".join),
    st.lists(SENTENCE, min_size=1, max_size=4).map(lambda items: "\n".join(f"- {item}" for item in items)),
    st.lists(SENTENCE, min_size=1, max_size=4).map(
        lambda items: "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))
    ),
    st.lists(SENTENCE, min_size=1, max_size=3).map(
        lambda cells: "| A | B |\n|---|---|\n" + "\n".join(f"| {cell.replace('|', '/')} | x |" for cell in cells)
    ),
    SENTENCE.map(lambda words: f"## {words}"),
    st.tuples(SENTENCE, SENTENCE).map(lambda pair: f"## What {pair[0]}?\n\n{pair[1]}\n\n## How?\n\n{pair[0]}"),
)
TEXT = st.lists(BLOCK, max_size=6).map(lambda blocks: "# Title\n\n" + "\n\n".join(blocks) + "\n")


def passages(text: str) -> Iterator[tuple[Guide, Passage]]:
    guide = guide_of(text, "guide.md")
    yield from ((guide, passage) for passage in guide.passages)


@given(TEXT)
def test_units_lie_in_their_passage_in_order_and_disjoint(text: str) -> None:
    for guide, passage in passages(text):
        end = passage.start
        for span in unit_spans(guide, passage):
            assert end <= span.start < span.end <= passage.end
            assert span.of(guide.text) == span.of(guide.text).strip()
            end = span.end


@given(TEXT)
def test_every_word_of_a_passage_is_in_a_unit(text: str) -> None:
    for guide, passage in passages(text):
        held = set().union(*(range(*span) for span in unit_spans(guide, passage)))
        left = [guide.text[i] for i in range(passage.start, passage.end) if i not in held]
        assert not [char for char in left if char.isalpha()]


@given(TEXT)
def test_every_passage_has_a_unit(text: str) -> None:
    for guide, passage in passages(text):
        assert unit_spans(guide, passage)


@pytest.mark.parametrize("text", ["# Keeper\n\nYes.\n", "# Keeper\n\n- Yes\n", "# Keeper\n\nno stop at the end"])
def test_the_shortest_guides_have_a_unit(text: str) -> None:
    assert len(units(text)) == 1
