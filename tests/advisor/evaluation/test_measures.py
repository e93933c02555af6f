from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.answer import Status
from advisor.evaluation.measures import BY_NAME, MEASURES, Case, unproved_numbers
from advisor.evaluation.measures.attribution import header_of
from advisor.evaluation.measures.retrieval import retrieval_values
from advisor.evaluation.questions import Place, Question
from advisor.evaluation.scoring import read_texts
from advisor.evaluation.statements import Statement, statements_of
from advisor.evaluation.texts import normalised, without_markers
from advisor.evaluation.transcript import Cited, Found, Reply

TEXT = "# Pay\n\nA climber earns £26,000 a year.\n\n# Start\n\nNo licence is needed.\n"
PAY, START = "A climber earns £26,000 a year.", "No licence is needed."
ANSWERED, REFUSED, CONFLICTING = Status.ANSWERED, Status.NOT_IN_GUIDES, Status.CONFLICTING


def cited(number: int, quote: str, path: str = "a.md") -> Cited:
    start = TEXT.index(quote)
    return Cited(number, path, ("Work", "Pay"), start, start + len(quote), quote)


def value(name: str, text: str = "", status: Status = ANSWERED, *cites: Cited, **expect: Any) -> float | None:
    question = Question(**{"id": "q", "turns": ("What does a climber earn?",), "statuses": (ANSWERED,), **expect})
    return BY_NAME[name].of(Case(question, Reply(status, text, citations=cites), {"a.md": TEXT}))


def test_every_measure_has_a_name_of_its_own_one_sentence_and_a_paper() -> None:
    assert len(BY_NAME) == len(MEASURES)
    for measure in MEASURES:
        assert measure.definition.endswith("."), measure.name
        assert measure.definition.count(". ") == 0, measure.name
        assert measure.paper


@pytest.mark.parametrize(
    ("said", "fact"),
    [
        ("from £26,000 to £34,000", "£26,000 TO £34,000"),
        ("26–34 years", "26-34 years"),
        ("the tuner’s “bag”", 'the tuner\'s "bag"'),
        ("two\n\n  years", "two years"),
        ("it takes two [1] years [2]", "takes two years"),
        ("a\u00a0b", "A B"),
    ],
)
def test_spelling_case_dashes_quotes_and_markers_do_not_matter(said: str, fact: str) -> None:
    assert value("facts", said, facts=((fact,),)) == 1.0


@pytest.mark.parametrize(
    ("said", "fact", "stands"),
    [
        ("It costs $425 [1].", r"/\$4[02]\d\b/", True),
        ("It costs $4250 [1].", r"/\$4[02]\d\b/", False),
        ("From May – JULY", "/may - july/", True),
        ("and/or", "/or", True),
    ],
)
def test_a_fact_between_slashes_is_a_pattern(said: str, fact: str, stands: bool) -> None:
    assert value("facts", said, facts=((fact,),)) == float(stands)
    assert value("clean", said, forbidden=(fact,)) == float(not stands)
    assert value("order", said, facts=((fact,), ("nowhere",)), tags=("steps",)) is None


def test_steps_are_found_by_pattern_as_well() -> None:
    assert value("order", "2 eggs, then 30 g of flour", facts=((r"/\d+ g /",), ("eggs",)), tags=("steps",)) == 0.0


def test_facts_count_one_by_one_and_any_spelling_will_do() -> None:
    facts = (("two years", "2 years"), ("£1",), ("£2",), ("£3",))
    assert value("facts", "£2 after 2 years", facts=facts) == 0.5
    assert value("facts", "anything") is None


def test_right_asks_for_status_facts_and_nothing_forbidden() -> None:
    expect: dict[str, Any] = {"facts": (("£1",),), "forbidden": ("£2",)}
    assert value("right", "£1", **expect) == 1.0
    assert value("right", "£1 or £2", **expect) == 0.0
    assert value("right", "none", **expect) == 0.0
    assert value("right", "£1", REFUSED, **expect) == 0.0
    assert value("right", "£1", statuses=()) is None


def test_answers_and_refusals_are_counted_apart() -> None:
    assert value("answered", "£1", facts=(("£1",),)) == 1.0
    assert value("refused", "£1", facts=(("£1",),)) is None
    assert value("wrongly_refused", "no", REFUSED) == 1.0
    assert value("refused", "no", REFUSED, statuses=(REFUSED,)) == 1.0
    assert value("refused", "yes", ANSWERED, statuses=(REFUSED,)) == 0.0
    assert value("answered", "no", REFUSED, statuses=(REFUSED,)) is None
    assert value("wrongly_refused", "no", REFUSED, statuses=(ANSWERED, REFUSED), facts=(("x",),)) == 0.0


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("Train, then certify, then apply.", 1.0),
        ("Apply, then certify, then train.", 0.0),
        ("Certify, then train, then apply.", 2 / 3),
        ("Train well and apply.", 1.0),
        ("Apply.", None),
        ("Nothing of it.", None),
    ],
)
def test_steps_are_told_in_their_order(said: str, order: float | None) -> None:
    facts = (("train",), ("certificate", "certify"), ("apply",))
    assert value("order", said, facts=facts, tags=("steps",)) == order
    assert value("order", said, facts=facts, tags=("list",)) is None


def test_one_of_the_expected_places_is_enough() -> None:
    places = (Place("b.md"), Place("a.md", "pay"))
    assert value("cites", PAY, ANSWERED, cited(1, PAY), cites=places) == 1.0
    assert value("cites", PAY, ANSWERED, cited(1, PAY), cites=(Place("a.md", "Start"),)) == 0.0
    assert value("cites", PAY, ANSWERED, cited(1, PAY), cites=(Place("a.md"),)) == 1.0
    assert value("cites", PAY, ANSWERED, cites=places) == 0.0


@pytest.mark.parametrize(
    ("start", "end", "quote", "share"),
    [
        (0, 5, "# Pay", 1.0),
        (1, 6, "# Pay", 0.0),
        (0, 5, "# pay", 0.0),
        (None, None, "# Pay", 0.0),
        (-5, None, "# Pay", 0.0),
        (3, 3, "", 0.0),
        (0, -71, "# Pay", 0.0),
        (len(TEXT) - 2, 999, ".\n", 0.0),
    ],
)
def test_a_quote_is_exact_to_the_character_or_not_at_all(
    start: int | None, end: int | None, quote: str, share: float
) -> None:
    assert value("exact", "x", ANSWERED, Cited(1, "a.md", (), start, end, quote)) == share


def test_a_quote_of_a_guide_that_is_not_there_is_not_exact() -> None:
    assert value("exact", "x", ANSWERED, Cited(1, "b.md", (), 0, 5, "# Pay")) == 0.0


@given(st.integers(0, len(TEXT)), st.integers(0, len(TEXT)))
def test_whatever_is_sliced_from_a_guide_is_exact(one: int, other: int) -> None:
    start, end = min(one, other), max(one, other)
    expected = 1.0 if end > start else 0.0
    assert value("exact", "x", ANSWERED, Cited(1, "a.md", (), start, end, TEXT[start:end])) == expected


def test_every_number_of_an_answer_stands_in_its_quotes() -> None:
    assert value("numbers", f"{PAY} [1]", ANSWERED, cited(1, PAY)) == 1.0
    assert value("numbers", "It is £26000 [1]", ANSWERED, cited(1, PAY)) == 1.0
    assert value("numbers", "It is £27,000 [1]", ANSWERED, cited(1, PAY)) == 0.0
    assert value("numbers", "1. First\n2. Second", ANSWERED) is None


def test_a_refusal_may_repeat_the_persons_own_number_and_an_answer_may_not() -> None:
    turns = ("What did they earn in 2011?",)
    assert value("numbers", "The guides do not say about “2011”.", REFUSED, turns=turns) == 1.0
    assert value("numbers", "In 2011 it was more.", ANSWERED, turns=turns) == 0.0
    assert value("numbers", "From “earn in 2011”: it was more.", ANSWERED, turns=turns) == 1.0
    assert value("numbers", "From “earn in 2012”: it was more.", ANSWERED, turns=turns) == 0.0
    question = Question("q", turns)
    assert unproved_numbers(Case(question, Reply(ANSWERED, "In 2011, 5 more"), {})) == ("2011", "5")


def test_citations_are_needed_or_carry_by_themselves() -> None:
    text = f"{PAY} [1] [2]\n\n{START} [2]"
    both = (cited(1, PAY), cited(2, START))
    assert value("citation_recall", text, ANSWERED, *both) == 1.0
    assert value("citation_precision", text, ANSWERED, *both) == pytest.approx(2 / 3)


def test_a_sentence_without_citations_or_with_wrong_ones_is_not_carried() -> None:
    assert value("citation_recall", f"{PAY} [1] {START}", ANSWERED, cited(1, PAY)) == 0.5
    assert value("citation_recall", "A climber earns £27,000 a year. [1]", ANSWERED, cited(1, PAY)) == 0.0
    assert value("citation_recall", f"{PAY} [7]", ANSWERED, cited(1, PAY)) == 0.0
    assert value("citation_recall", "The guides do not say.", REFUSED) is None


def test_a_conflict_counts_as_shown_with_two_guides_only() -> None:
    planted: dict[str, Any] = {"tags": ("conflict",), "statuses": (CONFLICTING,)}
    two = (cited(1, PAY), cited(2, START, "b.md"))
    assert value("conflict_shown", PAY, CONFLICTING, *two, **planted) == 1.0
    assert value("conflict_shown", PAY, CONFLICTING, cited(1, PAY), **planted) == 0.0
    assert value("conflict_shown", PAY, ANSWERED, *two, **planted) == 0.0
    assert value("conflict_shown", PAY, CONFLICTING, *two) is None
    assert value("conflict_invented", PAY, CONFLICTING) == 1.0
    assert value("conflict_invented", PAY, CONFLICTING, **planted) is None


def test_words_are_counted_without_markers_bullets_and_rules() -> None:
    assert value("words", "Two words [1] [2]\n\n- and three more\n\n| a | b |\n| --- | --- |") == 7.0


def test_statements_are_sentences_entries_and_rows_with_their_markers() -> None:
    text = (
        "Yes. [1] It pays £1, e.g. more. [2][3]\n\nThe steps:\n\n1. Climb. Rest. [4]\n2. Saw [5]\n\n"
        "| Year | Pay |\n| --- | --- |\n| 2024 | £1 [6] |\n\nWhy?"
    )
    assert statements_of(text) == (
        Statement("Yes.", (1,)),
        Statement("It pays £1, e.g. more.", (2, 3)),
        Statement("Climb.", ()),
        Statement("Rest.", (4,)),
        Statement("Saw", (5,)),
        Statement("2024 | £1", (6,)),
    )


def retrieved(hits: Sequence[Found], *places: Place) -> dict[str, float]:
    question = Question("q", ("x",), cites=places)
    return retrieval_values([question], {"q": Reply(ANSWERED, "", hits=tuple(hits))})["q"]


def test_retrieval_ranks_sections_and_counts_each_once() -> None:
    hits = [Found("b.md", ("X",)), Found("b.md", ("X",)), Found("a.md", ("Work", "Pay")), Found("a.md", ("Start",))]
    values = retrieved(hits, Place("a.md", "Pay"), Place("c.md"))
    assert values["RR@10"] == 0.5
    assert (values["Success@1"], values["Success@5"]) == (0.0, 1.0)
    assert values["R@5"] == 0.5
    assert 0.0 < values["nDCG@10"] < 1.0
    assert retrieved(hits[2:], Place("a.md"), Place("a.md", "Start"))["R@5"] == 1.0


def test_retrieval_is_not_measured_without_hits_or_places() -> None:
    question = Question("q", ("x",), cites=(Place("a.md"),))
    assert retrieval_values([question], {"q": Reply(ANSWERED, "")}) == {}
    assert retrieval_values([Question("q", ("x",))], {"q": Reply(ANSWERED, "", hits=(Found("a.md", ()),))}) == {}


@given(st.text())
def test_comparing_twice_changes_nothing(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)
    assert "[1]" not in without_markers(text + " [1]")


TABLE = (
    "# Pay\n\n| Level | Yearly pay |\n| --- | --- |\n| Climber | £26,000 |\n| Leader | £33,000 |\n\nA | stray bar.\n"
)


@pytest.mark.parametrize(
    ("place", "header"),
    [("Climber", "Level Yearly pay"), ("£33,000", "Level Yearly pay"), ("stray", ""), ("Pay", "")],
)
def test_a_row_is_read_under_the_header_of_its_table(place: str, header: str) -> None:
    start = TABLE.index(place)
    assert header_of(Cited(1, "a.md", (), start, start + 1, place[0]), {"a.md": TABLE}) == header
    assert header_of(Cited(1, "b.md", (), start, start + 1, place[0]), {"a.md": TABLE}) == ""
    assert header_of(Cited(1, "a.md", (), None, None, place), {"a.md": TABLE}) == ""
    assert header_of(Cited(1, "c.md", (), start, start + 1, place[0]), {"c.md": "---\na: [\n---\n"}) == ""


def test_a_row_scraped_from_the_web_has_its_header_as_well() -> None:
    text = "Pay by year\n\nYear | Yearly pay |\n2020 | £20,000 |\n2021 | £21,000 |\n2022 | £22,000 |\n"
    start = text.index("2021")
    assert header_of(Cited(1, "a.txt", (), start, start + 4, "2021"), {"a.txt": text}) == "Year Yearly pay"


def test_a_row_told_with_its_column_is_carried_by_the_row() -> None:
    start = TABLE.index("Leader")
    row = Cited(1, "a.md", ("Pay",), start, start + len("Leader | £33,000"), "Leader | £33,000")
    for text, recall in (("Leader — Yearly pay: £33,000 [1]", 1.0), ("Leader — Holiday weeks: £33,000 [1]", 0.0)):
        reply = Reply(ANSWERED, text, citations=(row,))
        assert BY_NAME["citation_recall"].of(Case(Question("q", ("x",)), reply, {"a.md": TABLE})) == recall


def test_texts_are_read_as_the_index_reads_them_and_a_path_that_no_file_can_have_has_none(tmp_path: Path) -> None:
    (tmp_path / "bom.md").write_bytes(b"\xef\xbb\xbf# Bom\r\n\r\nA miller earns $123.\r\n")
    paths = ("bom.md", "nul\0.md", f"{'a' * 5000}.md", "../outside.md")
    replies = [Reply(ANSWERED, "-", citations=(Cited(1, path, (), 0, 1, "-"),)) for path in paths]
    assert read_texts(tmp_path, replies) == {"bom.md": "# Bom\n\nA miller earns $123.\n"}
