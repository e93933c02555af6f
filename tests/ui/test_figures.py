"""Bars say what the table says: no more, no less, and on a scale that begins at zero."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from index.guide import Guide
from index.reading import read_folder
from ui.figures import Chart, charts_of


def charts(folder: Path, text: str) -> list[Chart]:
    (folder / "guide.md").write_text(text, "utf-8")
    (guide,) = read_folder(folder).guides
    return list(charts_of(guide))


def test_a_table_of_pay_becomes_one_bar_a_row(guides: Mapping[str, Guide]) -> None:
    (chart,) = charts_of(guides["bakers"])
    assert (chart.column, chart.subject, chart.section) == ("Pay", "Level", ("Pay",))
    assert [(bar.label, bar.low, bar.high, bar.words) for bar in chart.bars] == [
        ("Apprentice", 27_000, 27_000, "$27,000"),
        ("Master", 48_000, 48_000, "$48,000"),
    ]


def test_each_bar_leads_to_its_row(guides: Mapping[str, Guide]) -> None:
    (chart,) = charts_of(guides["bakers"])
    assert all(bar.label in bar.place.of(chart.guide.text) for bar in chart.bars)


def test_ranges_keep_both_ends_and_open_ones_stay_open(tmp_path: Path) -> None:
    (chart,) = charts(
        tmp_path, "# G\n\n## Pay\n\n| Level | Pay |\n|---|---|\n| New | $30,000–$40,000 |\n| Lead | $90,000+ |\n"
    )
    assert [(bar.low, bar.high) for bar in chart.bars] == [(30_000, 40_000), (90_000, None)]
    assert chart.top == 90_000


@pytest.mark.parametrize(
    "rows",
    [
        "| New | $30,000 |\n| Lead | 40% |\n",
        "| New | a lot |\n| Lead | more |\n",
        "| New | $30,000 |\n",
        "| A | $0 |\n| B | $0 |\n",
    ],
    ids=["mixed units", "no quantities", "a single row", "nothing but zero"],
)
def test_what_cannot_be_compared_is_not_drawn(tmp_path: Path, rows: str) -> None:
    assert charts(tmp_path, f"# G\n\n## Pay\n\n| Level | Pay |\n|---|---|\n{rows}") == []
