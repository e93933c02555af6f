from __future__ import annotations

from datetime import date

from advisor.answer import Status
from advisor.evaluation.coverage import in_vain, old, uncited
from advisor.evaluation.topics import topics_of
from index.guide import Guide
from index.reading import guide_of
from index.search import Index

GUIDE = guide_of("---\ndated: 2021-05\n---\n# A\n\n## Pay\n\nIt is £1.\n\nAnd more.\n\n## Start\n\nNow.\n", "a.md")


def dated(when: str | None) -> Guide:
    return guide_of(f"---\ndated: {when}\n---\n# A\n\nText.\n" if when else "# A\n\nText.\n", f"{when}.md")


def test_a_section_counts_as_cited_when_one_of_its_passages_is() -> None:
    assert [(one.section, one.passages) for one in uncited([GUIDE], {("a.md", ("Start",))})] == [(("Pay",), 2)]
    assert len(uncited([GUIDE], set())) == 2


def test_questions_asked_in_vain_are_counted_however_they_are_typed() -> None:
    no, yes = Status.NOT_IN_GUIDES, Status.ANSWERED
    told = in_vain([("Why me?", no), ("Pay?", no), ("pay ", no), ("Fine", yes), ("", no), ("Half?", Status.PARTIAL)])
    assert [(one.question, one.times) for one in told] == [("Pay?", 2), ("Why me?", 1), ("Half?", 1)]


def test_guides_grow_old_and_those_without_a_date_are_told() -> None:
    guides = [dated("2020"), dated("2023-04"), dated("2018 to 2024"), dated(None)]
    assert [one.path for one in old(guides, 3, date(2026, 1, 1))] == ["2020.md", "None.md"]


def test_what_is_asked_in_vain_is_told_by_topic(arborist: Index) -> None:
    """Questions that share words stand together, under the words that no guide holds."""
    asked = [("Do you offer parental leave?", 3), ("Which parental leave do you offer?", 1), ("Can I ski there?", 2)]
    first, second = topics_of(arborist, asked)
    assert (first.times, first.questions) == (4, ("Do you offer parental leave?", "Which parental leave do you offer?"))
    assert set(first.name.split(", ")) == {"offer", "parental", "leave"}
    assert (second.name, second.times, second.questions) == ("ski", 2, ("Can I ski there?",))
    assert topics_of(arborist, []) == ()
