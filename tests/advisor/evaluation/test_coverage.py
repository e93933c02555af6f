from __future__ import annotations

from datetime import date
from pathlib import Path

from advisor.answer import Status
from advisor.evaluation.coverage import disagreements, in_vain, old, uncited
from index.embedder import HashEncoder
from index.guide import Guide
from index.reading import guide_of, read_folder
from index.search import Index
from index.store import build_index, open_index, sources_of

GUIDE = guide_of("---\ndated: 2021-05\n---\n# A\n\n## Pay\n\nIt is £1.\n\nAnd more.\n\n## Start\n\nNow.\n", "a.md")


def indexed(folder: Path) -> Index:
    """The guides of a folder, indexed by words alone."""
    encoder, sources = HashEncoder(), sources_of(folder)
    build_index(read_folder(folder), sources, str(folder / ".store"), encoder)
    return open_index(str(folder / ".store"), encoder, sources)


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


def test_the_planted_disagreement_about_pay_is_found(arborist: Index) -> None:
    found = {frozenset((pair.one.figure, pair.other.figure)) for pair in disagreements(arborist, 0.3)}
    assert frozenset(("£26,000 to £34,000", "£31,500 to £38,000 a year")) in found


def test_figures_of_one_guide_or_of_other_kinds_never_disagree(arborist: Index) -> None:
    for pair in disagreements(arborist, 0.0):
        assert pair.one.path != pair.other.path
        assert ("£" in pair.one.figure) == ("£" in pair.other.figure)
        assert ("%" in pair.one.figure) == ("%" in pair.other.figure)


def test_rows_about_different_things_never_disagree(tmp_path: Path) -> None:
    table = "# Jobs\n\n## Pay\n\n| Job | What it is | Pay |\n| --- | --- | --- |\n"
    (tmp_path / "a.md").write_text(f"{table}| Roofer | builds roofs of houses | £30,000 |\n", "utf-8")
    (tmp_path / "b.md").write_text(f"{table}| Mason | builds walls of houses | £40,000 |\n", "utf-8")
    (tmp_path / "c.md").write_text(f"{table}| Flat roofer | builds roofs of houses | £50,000 |\n", "utf-8")
    assert [(pair.one.path, pair.other.path) for pair in disagreements(indexed(tmp_path), 0.3)] == [("a.md", "c.md")]
