"""One self-contained page that shows a report: it needs no network and no server, and everything in it is escaped."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..answer import Status
from .history import SHOWN, PastRun
from .judging import agreements
from .measures import BY_NAME, Measure
from .plots import Bar, bars, histogram, lines
from .questions import Aim, Question
from .scoring import ALL, Report, Scored, values_of
from .statistics import FEWEST, RESAMPLES, Difference
from .summary import confusion, follow_ups, times, value_of
from .table import measured
from .transcript import Reply

_FOLDER = Path(__file__).parent
_TO_COVERAGE = '<p><a href="coverage.html">What the guides cover, and what is asked of them in vain</a></p>'
_NO_COVERAGE = "<!-- no coverage yet -->"


@dataclass(frozen=True, slots=True)
class _Row:
    """A measure with its value for each system."""

    measure: Measure
    cells: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class _Shown:
    """A question as the page lists it."""

    question: Question
    reply: Reply
    lacks: tuple[str, ...]
    right: str


def report_page(
    reports: Mapping[str, Report],
    about: str,
    *,
    against: Mapping[str, Difference] | None = None,
    runs: Sequence[PastRun] = (),
    shortfalls: Sequence[str] = (),
    has_coverage: bool = False,
) -> str:
    """The page for the first of the reports; the others stand beside it in the table of measures."""
    from markupsafe import Markup

    report = next(iter(reports.values()))
    told = times(report)
    shown = sorted((_shown(one) for one in report.scored), key=lambda one: one.right != "failed")
    return render(
        "report.html.j2",
        title="How good the answers are",
        about=about,
        script=(_FOLDER / "filter.js").read_text(encoding="utf-8"),
        shortfalls=shortfalls,
        unanswered=len(report.unanswered),
        unmarked=len(report.unmarked),
        unasked=report.unasked,
        has_coverage=has_coverage,
        to_coverage=Markup(_TO_COVERAGE),  # noqa: S704 (our own words)
        no_coverage=Markup(_NO_COVERAGE),  # noqa: S704
        resamples=f"{RESAMPLES:,}",
        fewest=FEWEST,
        systems=list(reports),
        rows=_rows(reports),
        agreements=agreements(report),
        pairs=follow_ups(report),
        against=[(BY_NAME[name].label, value) for name, value in (against or {}).items()],
        by_kind=_by_kind(report),
        over_runs=_over_runs(runs),
        seconds=histogram(values_of("seconds", report.scored), "How often each time occurs", told) if told else "",
        statuses=[str(status) for status in Status],
        confusion=_confusion(report),
        kinds=[kind for kind in report.groups() if kind != ALL],
        failed=len(report.failed),
        cases=shown,
    )


def linked_to_coverage(page: str) -> str:
    """A report's page that was made before there was a page of coverage beside it, with a link to that."""
    return page.replace(_NO_COVERAGE, _TO_COVERAGE, 1)


def render(template: str, *, script: str = "", **values: Any) -> str:
    """A template of this folder with its values; what is not `Markup` is escaped."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined)
    environment.filters["anchor"] = lambda name: "measure-" + re.sub(r"\W+", "-", name)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return environment.get_template(template).render(
        **values,
        script=Markup(script),  # noqa: S704 (our own file)
        script_hash=f"sha256-{digest}",
    )


def _rows(reports: Mapping[str, Report]) -> list[_Row]:
    return [_Row(BY_NAME[name], cells, count) for name, cells, count in measured(reports)]


def _by_kind(report: Report) -> str:
    rows = [
        Bar(kind, value.mean, value.count, value.interval)
        for kind, group in report.groups().items()
        if (value := value_of(BY_NAME["right"], group))
    ]
    return bars(rows, "Share of right answers by kind of question") if rows else ""


def _over_runs(runs: Sequence[PastRun]) -> str:
    if len(runs) < 2:
        return ""
    series = {BY_NAME[name].label: [run.means.get(name) for run in runs] for name in SHOWN}
    return lines(series, [run.when[:16].replace("T", " ") for run in runs], "Measures over runs")


def _confusion(report: Report) -> list[tuple[str, list[tuple[int, float]]]]:
    rows = []
    for expected, given in confusion(report).items():
        whole = sum(given.values())
        if whole:
            rows.append((str(expected), [(count, count / whole) for count in given.values()]))
    return rows


def _shown(one: Scored) -> _Shown:
    right = "not judged" if one.question.aim is Aim.OPEN else "right" if one.right else "failed"
    return _Shown(one.question, one.reply, one.lacks, right)
