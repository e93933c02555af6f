"""The runs that a folder has seen, one JSON object a line, so that the page can show where it goes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from .lines import records_of
from .measures import BY_NAME
from .scoring import Report

FILE = "runs.jsonl"
SHOWN = ("right", "answered", "refused", "facts", "citation_recall")
"""The measures that are drawn over runs."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """When a set was evaluated, how many questions it had, and the mean of each measure."""

    when: str
    sets: str
    """What was asked: only runs of the same sets can be compared."""
    questions: int
    means: dict[str, float]


def remember(report: Report, folder: Path, sets: str, when: datetime) -> tuple[PastRun, ...]:
    """Add this run to the folder's list, and give those of the list that asked the same."""
    earlier = runs_of(folder)
    means = {name: round(mean, 6) for name in BY_NAME if (mean := report.mean(name)) is not None}
    now = PastRun(when.isoformat(timespec="seconds"), sets, len(report.scored), means)
    with (folder / FILE).open("a", encoding="utf-8") as out:
        out.write(json.dumps(asdict(now)) + "\n")
    return (*(run for run in earlier if run.sets == sets), now)


def runs_of(folder: Path) -> tuple[PastRun, ...]:
    """The runs that a folder has seen, oldest first; none where it has seen none. Raises `AdvisorError` with file and line."""
    return past_runs(folder / FILE) if (folder / FILE).exists() else ()


def past_runs(path: Path) -> tuple[PastRun, ...]:
    """The runs of a folder, oldest first."""
    found = []
    for record in records_of(path):
        questions = record.fields.get("questions")
        means = record.inner("means").fields
        for name, mean in means.items():
            if not isinstance(mean, int | float) or isinstance(mean, bool):
                raise record.wrong(f'the mean of "{name}" is no number. Take the line out, or move the file away.')
        found.append(
            PastRun(record.text("when"), record.text("sets"), questions if isinstance(questions, int) else 0, means)
        )
    return tuple(found)
