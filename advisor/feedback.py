"""What people thought of answers, and what was not answered: kept in a local SQLite file, and turned into questions to evaluate.

Kept are the question, the answer and the verdict, if there is one; nothing about who asked.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from index.errors import AdvisorError

from .answer import Answer, Status


class Verdict(StrEnum):
    """What a person says about an answer."""

    UP = "up"
    DOWN = "down"
    WRONG_SOURCE = "wrong source"
    OUT_OF_DATE = "out of date"
    NOT_WHAT_I_ASKED = "not what I asked"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Feedback:
    """One verdict on one answer, or an answer that lacks what was asked and that nobody judged."""

    when: str
    """UTC, in ISO 8601, to the second."""
    verdict: Verdict | None
    """None where nobody gave one."""
    question: str
    standalone: str
    status: Status
    text: str
    cites: str
    """The places cited, as JSON: a list of `{"path", "section", "start", "end"}`."""
    mode: str
    model: str | None = None


UNANSWERED = (Status.NOT_IN_GUIDES, Status.PARTIAL)
"""Where the guides lack what was asked, or some of it."""
UNRATED = "unrated"
"""The tag of a question whose answer nobody judged."""
_COLUMNS = tuple(field.name for field in fields(Feedback))
_NAMES = ", ".join(f'"{name}"' for name in _COLUMNS)
_CREATE = f"CREATE TABLE IF NOT EXISTS feedback ({_NAMES})"
_INSERT = f"INSERT INTO feedback VALUES ({', '.join('?' for _ in _COLUMNS)})"  # noqa: S608 (our own names)
_SELECT = f"SELECT {_NAMES} FROM feedback ORDER BY rowid"  # noqa: S608


class FeedbackLog:
    """A file of feedback; several processes may write to it at once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def add(self, verdict: Verdict | None, answer: Answer) -> Feedback:
        """Keep a verdict on an answer, or an answer without one. Raises `AdvisorError` where the file cannot be written."""
        kept = Feedback(
            when=datetime.now(UTC).isoformat(timespec="seconds"),
            verdict=verdict,
            question=answer.question,
            standalone=answer.standalone,
            status=answer.status,
            text=answer.text,
            cites=json.dumps([_place(cited) for cited in answer.to_json()["citations"]], ensure_ascii=False),
            mode=answer.mode,
            model=answer.model,
        )
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with closing(sqlite3.connect(self.path, timeout=10)) as database, database:
                database.execute(_CREATE)
                database.execute(_INSERT, tuple(asdict(kept).values()))
        except (OSError, sqlite3.Error) as error:
            raise AdvisorError(f"Feedback cannot be kept in {self.path} ({error}). Name another file.") from error
        return kept

    def __iter__(self) -> Iterator[Feedback]:
        """All that was kept, oldest first."""
        if not self.path.is_file():
            raise AdvisorError(
                f"There is no feedback file at {self.path}. It is made with the first thumb or unanswered question."
            )
        try:
            with closing(sqlite3.connect(self.path, timeout=10)) as database:
                rows = database.execute(_SELECT).fetchall()
        except sqlite3.Error as error:
            raise AdvisorError(f"{self.path} is not a feedback file ({error}).") from error
        for row in rows:
            told = dict(zip(_COLUMNS, row, strict=True))
            verdict = Verdict(told["verdict"]) if told["verdict"] else None
            yield Feedback(**{**told, "verdict": verdict, "status": Status(told["status"])})


def default_file() -> Path:
    """The person's data folder, where the page keeps feedback unless told otherwise."""
    from platformdirs import user_data_path

    return user_data_path("career-path-advisor") / "feedback.sqlite"


def to_jsonl(kept: Iterable[Feedback]) -> Iterator[str]:
    """One JSON object a line."""
    for feedback in kept:
        yield json.dumps({**asdict(feedback), "cites": json.loads(feedback.cites)}, ensure_ascii=False)


def to_csv(kept: Iterable[Feedback]) -> Iterator[str]:
    """A header and one row each; a cell that a spreadsheet would run as a formula is quoted as text."""
    yield _row(_COLUMNS)
    for feedback in kept:
        yield _row(_harmless(str(value or "")) for value in asdict(feedback).values())


def to_questions(kept: Iterable[Feedback]) -> Iterator[dict[str, Any]]:
    """What went wrong or unanswered, as a question set: each question once, tagged with its verdict and status.

    What the right answer would be is for a person to fill in under `expect`.
    """
    found: dict[str, Feedback] = {}
    for feedback in kept:
        key = feedback.standalone.strip().casefold()
        wrong = feedback.verdict not in (None, Verdict.UP)
        if (wrong or feedback.status in UNANSWERED) and (key not in found or found[key].verdict is None):
            found[key] = feedback
    for number, feedback in enumerate(found.values(), 1):
        yield {
            "id": f"feedback-{number:04}",
            "turns": [feedback.standalone.strip()],
            "expect": {},
            "tags": [str(feedback.verdict or UNRATED), str(feedback.status)],
        }


def _place(cited: dict[str, Any]) -> dict[str, Any]:
    return {key: cited[key] for key in ("path", "section", "start", "end")}


def _row(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow(list(cells))
    return written.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
