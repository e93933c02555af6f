"""`advisor coverage` from its options to what it prints and writes."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from index.errors import AdvisorError

from ..answer import Status
from ..feedback import FeedbackLog
from ..settings import Settings
from .coverage import Coverage, coverage_of
from .page import linked_to_coverage, render
from .transcript import load_transcript

_SHOWN = 16
"""Lines (an even number, since pairs take two) of each table in the terminal; page and JSON hold all."""
_WIDTH = 120

Places = set[tuple[str, tuple[str, ...]]]


def cover(
    settings: Settings, answers: Sequence[Path], feedback: Path | None, years: int, out: Path | None, *, as_json: bool
) -> None:
    """Print and write what the guides cover."""
    cited, asked = _told(answers, feedback)
    from ..opening import open_or_build

    index = open_or_build(settings)
    found = coverage_of(index, cited if answers or feedback else None, asked, years, datetime.now(UTC).date())
    told = json.dumps(asdict(found), ensure_ascii=False, indent=1) + "\n"
    if out:
        _write(found, told, out, settings.corpus.name, years)
    if as_json:
        sys.stdout.write(told)
    else:
        _print(found, years)


def _told(answers: Sequence[Path], feedback: Path | None) -> tuple[Places, list[tuple[str, Status]]]:
    """The places that were cited, and what was asked with its status."""
    cited: Places = set()
    asked: list[tuple[str, Status]] = []
    for path in answers:
        for reply in load_transcript(path).values():
            cited |= {(one.path, one.section) for one in reply.citations}
            asked.append((reply.standalone, reply.status))
    for kept in FeedbackLog(feedback) if feedback else ():
        cited |= {(place["path"], tuple(place["section"])) for place in json.loads(kept.cites)}
        asked.append((kept.standalone, kept.status))
    return cited, asked


def _write(found: Coverage, told: str, out: Path, guides: str, years: int) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AdvisorError(f"{out} cannot be made ({error.strerror or error}). Name another folder.") from error
    report = out / "report.html"
    page = render(
        "coverage.html.j2",
        title="What the guides cover",
        about=f"The guides in {guides}: {found.sections} sections.",
        found=found,
        years=years,
        has_report=report.is_file(),
    )
    if report.is_file():
        report.write_text(linked_to_coverage(report.read_text(encoding="utf-8")), encoding="utf-8")
    (out / "coverage.html").write_text(page, encoding="utf-8")
    (out / "coverage.json").write_text(told, encoding="utf-8")


def _print(found: Coverage, years: int) -> None:
    out = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH)
    for title, rows in _tables(found, years):
        out.print(Text(f"\n{title}", style="bold"))
        table = Table(box=None, pad_edge=False, show_header=False)
        for row in rows[:_SHOWN]:
            table.add_row(*(Text(cell) for cell in row))
        out.print(table)
        if len(rows) > _SHOWN:
            out.print(Text(f"… and {len(rows) - _SHOWN} more (--out DIR or --json shows all)", style="dim"))


def _tables(found: Coverage, years: int) -> list[tuple[str, list[tuple[str, ...]]]]:
    tables: list[tuple[str, list[tuple[str, ...]]]] = []
    if found.uncited is None:
        tables.append(("Which sections are never cited is told with --answers or --feedback.", []))
    else:
        rows: list[tuple[str, ...]] = [(" › ".join((one.path, *one.section)),) for one in found.uncited]
        tables.append((f"Sections that no answer cites: {len(rows)} of {found.sections}", rows))
        topics: list[tuple[str, ...]] = [(str(one.times), one.name, one.questions[0]) for one in found.topics]
        tables.append((f"Topics asked in vain, each with a question: {len(topics)}", topics))
        vain: list[tuple[str, ...]] = [(str(one.times), one.status, one.question) for one in found.in_vain]
        tables.append((f"Questions asked in vain, or answered in part: {len(vain)}", vain))
    aged: list[tuple[str, ...]] = [(one.dated or "no date", one.path) for one in found.old]
    tables.append((f"Guides older than {years} years, or without a date: {len(aged)}", aged))
    differ: list[tuple[str, ...]] = [
        (side.stated, " › ".join((side.path, *side.section)), side.text)
        for pair in found.disagreements
        for side in (pair.one, pair.other)
    ]
    tables.append((f"Pairs of statements that may disagree, two lines each: {len(found.disagreements)}", differ))
    return tables
