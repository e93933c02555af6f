"""The terminal shows what an answer, a hit and a guide hold, whatever characters they are made of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from advisor.answer import Answer, Citation, Layout, Proof, Sentence, Status
from advisor.doctor import Check
from advisor.settings import Settings
from advisor.terminal import guide_rows, show_answer, show_checks, show_guides, show_hits, show_report
from index.guide import Guide, Library, Unread
from index.reading import guide_of
from index.search import Hit, Index
from index.store import BuildReport

from .crafts import CRAFTS

CITATION = Citation(
    1, "keeper", "Lighthouse keeper", ("Ranks", "Pay"), "keeper.md", 7, 20, "A [mate] earns\n£9,000", None, "2023", "UK"
)
ANSWER = Answer(
    "What does it pay?",
    "What does it pay?",
    Status.ANSWERED,
    (Sentence("A [mate] earns £9,000.", (1,), Layout.PARAGRAPH), Sentence("<b>Each</b> year.", (), Layout.ITEM)),
    (CITATION,),
)
Capture = pytest.CaptureFixture[str]


def shown(answer: Answer, capsys: Capture) -> str:
    show_answer(answer)
    return capsys.readouterr().out


def test_an_answer_is_shown_as_it_is_written_with_its_citations_below(capsys: Capture) -> None:
    assert shown(ANSWER, capsys) == (
        "A [mate] earns £9,000. [1]\n\n- <b>Each</b> year.\n\n"
        "[1] Lighthouse keeper › Ranks › Pay (2023, UK)\n    “A [mate] earns £9,000”\n    keeper.md:7-20\n"
    )


def test_a_citation_without_date_and_country_has_no_brackets(capsys: Capture) -> None:
    bare = replace(CITATION, section=(), dated=None, country=None)
    assert "[1] Lighthouse keeper\n" in shown(replace(ANSWER, citations=(bare,)), capsys)


@pytest.mark.parametrize(
    ("status", "told"), [(Status.CONFLICTING, "The guides disagree"), (Status.PARTIAL, "answer a part of this")]
)
def test_a_status_that_a_reader_must_know_stands_first(status: Status, told: str, capsys: Capture) -> None:
    assert told in shown(replace(ANSWER, status=status), capsys).splitlines()[0]


def test_a_question_that_was_understood_otherwise_is_told(capsys: Capture) -> None:
    assert "Understood as" not in shown(replace(ANSWER, question=" What does it pay? "), capsys)
    assert "Understood as: What does it pay?" in shown(replace(ANSWER, question="And pay?"), capsys)


def test_suggestions_and_left_out_sentences_are_told(capsys: Capture) -> None:
    out = shown(replace(ANSWER, suggestions=("Is it cold?", "Why?"), proof=Proof(1, 0, 2)), capsys)
    assert "You could ask next:\n  Is it cold?\n  Why?\n" in out
    assert "2 of the model's sentences left out" in out


def test_a_long_quote_is_cut_where_it_is_shown(capsys: Capture) -> None:
    out = shown(replace(ANSWER, citations=(replace(CITATION, quote="lamp " * 100),)), capsys)
    (quote,) = [line.strip() for line in out.splitlines() if "“" in line]
    assert quote.startswith("“lamp lamp")
    assert quote.endswith("…”")
    assert len(quote) == 162


def test_hits_are_shown_best_first_each_text_on_one_line(crafts: Index, capsys: Capture) -> None:
    guide = crafts.guides["glassblower"]
    passages = [p for p in guide.passages if p.section == ("Tools",)]
    show_hits([Hit(passages[0], guide, 0.5, 0.4, 0.3)])
    assert capsys.readouterr().out == (
        "1. 0.500 glassblower › Tools\n   - Blowpipe - Jacks - Annealing kiln\n"
        f"   glassblower.md:{passages[0].start}-{passages[0].end}\n"
    )


def test_no_hits_are_told(capsys: Capture) -> None:
    show_hits([])
    assert capsys.readouterr().out == "Nothing found.\n"


TORN = "It is torn in so many places that what is left of it cannot be put together again. Scan it once more."


def library() -> Library:
    return Library(tuple(guide_of(text, name) for name, text in CRAFTS.items()), (Unread("torn.pdf", TORN),))


def test_guides_are_told_with_what_was_counted_in_them() -> None:
    rows = {row["id"]: row for row in guide_rows(library())}
    assert rows["glassblower"] == {
        "id": "glassblower",
        "path": "glassblower.md",
        "title": "Glassblower",
        "publisher": None,
        "dated": "2024",
        "country": "United Kingdom",
        "sections": 9,
        "passages": 8,
        "kinds": {"paragraph": 5, "faq": 2, "list": 1},
        "figures": 2,
        "characters": len(CRAFTS["glassblower.md"]),
    }
    assert sum(rows["keeper"]["kinds"].values()) == rows["keeper"]["passages"]


def test_each_guide_is_on_one_line_and_unread_files_are_trouble(capsys: Capture) -> None:
    long = guide_of(
        "# A guide [draft] to all that a keeper of lights has to know before going out to sea\n\nA.\n", "a.md"
    )
    show_guides(Library((long, *library().guides), library().unread))
    told = capsys.readouterr()
    assert [line.split()[0] for line in told.out.splitlines()] == ["guide", "a", "falconer", "glassblower", "keeper"]
    assert "A guide [draft] to all that a keeper of lights has to know before going out to sea" in told.out
    assert told.err == f"not read: torn.pdf: {TORN}\n"


def test_a_build_is_told_with_its_place(capsys: Capture) -> None:
    report = BuildReport(guides=3, passages=30, units=40, embedded=12, reused=18, seconds=1.25)
    show_report(report, Settings(Path("guides"), "/data/[old]/index"))
    assert capsys.readouterr().out == (
        "3 guides, 30 passages: 12 texts embedded, 18 kept, 1.2 s. Index: /data/[old]/index\n"
    )


def test_checks_pass_only_where_all_of_them_do(capsys: Capture) -> None:
    fine, broken = Check("python", True, "3.11"), Check("port", False, "7860 is in use; [take] another.")
    assert show_checks([fine])
    assert not show_checks([fine, broken, fine])
    assert capsys.readouterr().out.splitlines()[1:] == [
        "ok python: 3.11",
        "!! port: 7860 is in use; [take] another.",
        "ok python: 3.11",
    ]


@pytest.mark.parametrize("guide", library().guides, ids=lambda guide: guide.id)
def test_the_figures_of_a_guide_are_those_of_its_passages(guide: Guide) -> None:
    (row,) = guide_rows(Library((guide,)))
    assert row["figures"] >= sum("£" in p.span.of(guide.text) for p in guide.passages)
