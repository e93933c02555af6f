"""Among guides of other subjects, a text that does not tell its subject is named by its guide."""

from __future__ import annotations

import pytest

from advisor.naming import Naming
from advisor.question import read_question
from advisor.subjects import Subjects, series
from index.search import Index

from .conftest import index_in_memory, page


@pytest.fixture(scope="module")
def pages() -> Index:
    """Two pages of a series, and a guide that is no page of it but about the same as one."""
    return index_in_memory(
        {
            "divers.md": page("Divers", "High school diploma", "Diving school takes 10 weeks."),
            "towers.md": page("Tower Keepers", "High school diploma", "Tower school takes 3 weeks."),
            "notaries.md": page("Notaries", "Master's degree", "Notaries train for 6 months."),
        }
    )


@pytest.mark.parametrize(
    ("question", "text", "title"),
    [
        ("What do they pay?", "Median Pay: $40,000", "Divers"),
        ("What do divers earn?", "Median Pay: $40,000", None),
        ("What do they pay?", "The median wage of divers was $40,000.", None),
    ],
)
def test_a_title_is_told_where_neither_text_nor_question_tells_it(
    pages: Index, question: str, text: str, title: str | None
) -> None:
    assert Naming(pages).title(pages.guides["divers"], text, read_question(question)) == title


@pytest.mark.parametrize(
    ("question", "title"),
    [("What do light keepers earn?", "Tower Keepers"), ("What do tower keepers earn?", None)],
)
def test_a_title_of_which_the_question_names_half_is_told_too(pages: Index, question: str, title: str | None) -> None:
    assert Naming(pages).title(pages.guides["towers"], "Median Pay: $40,000", read_question(question)) == title


def test_one_guide_alone_need_not_be_named() -> None:
    index = index_in_memory({"divers.md": page("Divers", "High school diploma", "Diving school takes 10 weeks.")})
    assert Naming(index).title(index.guides["divers"], "Median Pay: $40,000", read_question("What pay?")) is None


def test_pages_of_a_series_are_about_subjects_of_their_own(pages: Index) -> None:
    divers, notaries = pages.guides["divers"], pages.guides["notaries"]
    assert series(divers, notaries)
    assert not Subjects(pages).one(divers, notaries)
    assert Subjects(pages).one(divers, divers)
    assert Subjects(pages).among_others(divers)
