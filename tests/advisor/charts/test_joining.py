"""Guides that are about the same thing share a scale, a series for each; others do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from advisor.charts import Chart, charts_of
from index.embedder import open_encoder
from index.reading import read_folder
from index.search import Index
from index.store import build_index, open_index, sources_of

CAREERS = Path(__file__).parents[2] / "data" / "careers"
ROADMAP = """---
title: Ways into tree work
country: United Kingdom
---

# Ways into tree work

## Pay of tree workers

Tree work is paid by level of training and experience.

| Level | Pay a year |
|---|---|
| Trainee | £19,000 to £22,000 |
| Climber | £25,000 to £31,000 |
"""
MIDDLES = """---
title: {title}
country: United Kingdom
---

# {title}

## Pay of tree workers

Tree work is paid by level of training and experience.

| Level | {measure} |
|---|---|
| Trainee | £19,000 to £{trainee} |
| Climber | £25,000 to £31,000 |

{sentence}
"""
SERIES = """# {name}

## What they do

{name} work in their trade.

## How to become one

{name} train for a year.

## Pay

| Level | Pay a year |
|---|---|
| New | ${new} |
| Old | ${old} |
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("charts")


def index_of(folder: Path, store: Path) -> Index:
    encoder, sources = open_encoder(), sources_of(folder)
    build_index(read_folder(folder), sources, store, encoder)
    return open_index(store, encoder, sources)


@pytest.fixture(scope="module")
def tree_work(place: Path) -> tuple[Chart, ...]:
    """The charts of guides to tree work, and one guide more."""
    folder = place / "trees"
    folder.mkdir()
    for path in (CAREERS / "arborist").glob("*.md"):
        (folder / path.name).write_text(path.read_text("utf-8"), "utf-8")
    (folder / "roadmap.md").write_text(ROADMAP, "utf-8")
    return charts_of(index_of(folder, place / "tree-store"))


def test_tables_of_guides_about_one_career_stand_on_one_scale(tree_work: tuple[Chart, ...]) -> None:
    (pay,) = [chart for chart in tree_work if len(chart.series) > 1]
    assert {series.guide.id for series in pay.series} >= {"career-guide", "roadmap"}
    assert pay.top == 48_000


def test_a_sentence_of_another_guide_stands_beside_the_row_it_speaks_of(tree_work: tuple[Chart, ...]) -> None:
    (pay,) = [chart for chart in tree_work if len(chart.series) > 1]
    (employer,) = [series for series in pay.series if series.guide.id == "working-for-us"]
    assert {(bar.label, bar.low, bar.high) for bar in employer.bars} >= {("Qualified climber", 31_500, 38_000)}
    for bar in employer.bars:
        assert bar.words in bar.place.of(employer.guide.text)


def test_charts_that_hold_several_guides_come_first(tree_work: tuple[Chart, ...]) -> None:
    counts = [len({series.guide.id for series in chart.series}) > 1 for chart in tree_work]
    assert counts == sorted(counts, reverse=True)


def test_pages_of_one_series_are_about_different_things(place: Path) -> None:
    folder = place / "series"
    folder.mkdir()
    for name, new, old in (("Bakers", "30,000", "40,000"), ("Pastry cooks", "31,000", "45,000")):
        (folder / f"{name}.md").write_text(SERIES.format(name=name, new=new, old=old), "utf-8")
    charts = charts_of(index_of(folder, place / "series-store"))
    assert [len(chart.series) for chart in charts] == [1, 1]


@pytest.fixture(scope="module")
def middles(place: Path) -> Chart:
    """The pay of tree workers by two guides, one of medians and one of averages, and a third that tells of it."""
    folder = place / "middles"
    folder.mkdir()
    said = "The average pay of a climber in tree work is £40,000 a year."
    for name, measure, trainee, sentence in (
        ("Earnings in tree work", "Median pay a year", "22,000", ""),
        ("Pay in tree work", "Average pay a year", "23,000", ""),
    ):
        text = MIDDLES.format(title=name, measure=measure, trainee=trainee, sentence=sentence)
        (folder / f"{name}.md").write_text(text, "utf-8")
    telling = f"---\ntitle: Being a tree worker\ncountry: United Kingdom\n---\n\n# Being a tree worker\n\n## Pay of tree workers\n\n{said}\n"
    (folder / "telling.md").write_text(telling, "utf-8")
    charts = charts_of(index_of(folder, place / "middles-store"))
    (chart,) = [chart for chart in charts if len(chart.series) > 1]
    return chart


def test_a_chart_of_several_measures_names_each(middles: Chart) -> None:
    measures = {series.measure for series in middles.series}
    assert {"Median pay a year", "Average pay a year"} <= measures
    assert all(measure in middles.title for measure in measures)


def test_a_sentence_of_an_average_does_not_stand_beside_a_median(middles: Chart) -> None:
    assert middles.series[0].measure == "Median pay a year"
    assert {series.guide.title for series in middles.series} == {"Earnings in tree work", "Pay in tree work"}
