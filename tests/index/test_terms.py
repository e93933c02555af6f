"""Each unit, passage, context and title is a set of stems, and counts are what counting gives."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from index import terms
from index.guide import Library
from index.terms import Bags, TermTable
from index.texts import context_text, header_text
from index.units import Unit, unit_spans
from index.words import stems_in, words_in


@pytest.fixture
def units(library: Library) -> list[Unit]:
    passages = [(guide, p) for guide in library.guides for p in guide.passages]
    return [Unit(i, span) for i, (guide, p) in enumerate(passages) for span in unit_spans(guide, p)]


@pytest.fixture
def table(library: Library, units: list[Unit]) -> TermTable:
    guides = {guide.id: guide for guide in library.guides}
    return terms.table_of(guides, [p for guide in library.guides for p in guide.passages], units)


def stems(table: TermTable, bags: Bags) -> list[set[str]]:
    return [{table.stems[number] for number in bags[row]} for row in range(len(bags))]


def test_every_bag_holds_the_stems_of_its_text(table: TermTable, library: Library, units: list[Unit]) -> None:
    passages = [(guide, p) for guide in library.guides for p in guide.passages]
    assert stems(table, table.passages) == [set(stems_in(p.span.of(guide.text))) for guide, p in passages]
    assert stems(table, table.context) == [
        set(stems_in(context_text(guide, p))) | set(stems_in(header_text(guide, p))) for guide, p in passages
    ]
    assert stems(table, table.units) == [set(stems_in(unit.span.of(passages[unit.passage][0].text))) for unit in units]


def test_frequency_counts_passages_that_hold_a_stem_or_stand_under_it(table: TermTable) -> None:
    either = [a | b for a, b in zip(stems(table, table.passages), stems(table, table.context), strict=True)]
    assert dict(zip(table.stems, table.frequency.tolist(), strict=True)) == {
        stem: sum(stem in bag for bag in either) for stem in table.stems
    }


def test_each_stem_has_a_word_of_its_own(table: TermTable) -> None:
    assert len(set(table.stems)) == len(table.stems) == len(table.words)
    for stem, word in zip(table.stems, table.words, strict=True):
        assert [w.stem for w in words_in(word)] == [stem]
        assert table.known[stem] == table.stems.index(stem)


def test_the_word_of_a_stem_is_its_most_frequent_one() -> None:
    builder = terms._Builder()
    builder.bag("Baking", "bakes", "baking")
    assert [counts.most_common(1)[0][0] for counts in builder.words] == ["baking"]


@pytest.mark.parametrize("empty", [False, True])
def test_what_is_saved_is_what_is_loaded(table: TermTable, tmp_path: Path, empty: bool) -> None:
    saved = terms.table_of({}, [], []) if empty else table
    terms.save(saved, tmp_path / "terms.npz")
    loaded = terms.load(tmp_path / "terms.npz")
    assert (loaded.stems, loaded.words) == (saved.stems, saved.words)
    assert np.array_equal(loaded.frequency, saved.frequency)
    for field in fields(TermTable):
        if isinstance(bags := getattr(saved, field.name), Bags):
            assert stems(loaded, getattr(loaded, field.name)) == stems(saved, bags)
