"""`advisor evaluate` from its options to what it prints and writes."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import AdvisorError

from ..settings import Settings
from .history import remember, runs_of
from .judging import judge_all, open_judge
from .page import report_page
from .questions import Question, load_questions, tagged
from .running import fingerprint, run
from .scoring import Report, evaluate_transcript
from .summary import compare, load_baseline, shortfalls, to_json
from .table import as_markdown, print_report
from .transcript import Reply, load_transcript

if TYPE_CHECKING:
    from ..chain import Advisor

LOCK = ".lock"
"""Held in the folder of a report while it is made."""
SETS = "questions"
"""The folder of question sets in a folder of guides."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The options of `advisor evaluate`."""

    sets: tuple[Path, ...] = ()
    tags: tuple[str, ...] = ()
    answers: Path | None = None
    top_k: int | None = None
    out: Path | None = None
    baseline: Path | None = None
    judge: str | None = None
    bars: Mapping[str, float] = field(default_factory=dict)
    failures: int = 0
    as_json: bool = False
    explain: bool = False


def evaluate_all(wanted: Wanted, settings: Settings) -> None:
    """Ask or read the answers, score them, print and write the report; a missed bar is an `AdvisorError`."""
    with _alone(wanted.out) if wanted.out else nullcontext():
        try:
            _evaluate(wanted, settings)
        except KeyboardInterrupt:
            if wanted.out and wanted.answers is None:
                sys.stderr.write(f"\nWhat was answered is kept in {wanted.out}: the same command goes on from there.\n")
            raise


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    """Make and hold the folder of a report, so that two runs do not write into each other's answers."""
    from filelock import FileLock, Timeout

    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AdvisorError(f"{out} cannot be made ({error.strerror or error}). Name another folder.") from error
    try:
        with FileLock(out / LOCK, timeout=0):
            yield
    except Timeout as error:
        raise AdvisorError(
            f"Another evaluation is writing to {out}. Wait until it is done, or name another folder with --out."
        ) from error


def _evaluate(wanted: Wanted, settings: Settings) -> None:
    sets = wanted.sets or shipped_sets(settings.corpus)
    whole = load_questions(*sets)
    questions = tagged(whole, wanted.tags)
    if not questions:
        raise AdvisorError(f"No question carries the tag {' and '.join(wanted.tags)}. Name another with --tag.")
    before = _before(wanted.baseline, questions) if wanted.baseline else {}
    if wanted.out:
        runs_of(wanted.out)  # what cannot be read of them is told before anything is asked
    judge = open_judge(wanted.judge) if wanted.judge else None
    left_out = {question.id for question in whole} - {question.id for question in questions}
    replies = {
        name: {i: reply for i, reply in answered.items() if i not in left_out} or answered
        for name, answered in replies_of(questions, wanted, settings).items()
    }
    reports = {
        name: evaluate_transcript(
            questions, answered, settings.corpus, judge_all(questions, answered, judge) if judge else None
        )
        for name, answered in replies.items()
    }
    report = next(iter(reports.values()))
    against = compare(report, before)
    missed = _missed(report, wanted.bars)
    about = _about(sets, wanted, settings, next(iter(replies)))
    told = to_json(report, about, against, {name: other for name, other in reports.items() if other is not report})
    if wanted.out:
        _write(wanted.out, reports, told, against, missed)
    if wanted.as_json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) + "\n")
    else:
        print_report(reports, against, wanted.failures, explain=wanted.explain)
        _tell(wanted.out)
    if missed:
        raise AdvisorError(f"Below the bar: {'; '.join(missed)}.")


def _before(baseline: Path, questions: Sequence[Question]) -> dict[str, dict[str, float | None]]:
    before = load_baseline(baseline)
    if not any(question.id in before for question in questions):
        raise AdvisorError(f"{baseline} is about other questions: none of these is in it. Name a report of this set.")
    return before


def shipped_sets(corpus: Path) -> tuple[Path, ...]:
    """The question sets in the folder of guides whose places are all in that folder; others are named on stderr."""
    found = sorted((corpus / SETS).glob("*.jsonl"))
    fitting = tuple(path for path in found if _fits(path, corpus))
    if not fitting:
        raise AdvisorError(
            f"There is no question set in {corpus / SETS} that fits these guides. Name one with --questions FILE, or"
            " make one with: advisor questions draft > mine.jsonl"
        )
    for path in found:
        if path not in fitting:
            sys.stderr.write(f"{path.name} is left out: it asks about guides that are not here.\n")
    return fitting


def _fits(path: Path, corpus: Path) -> bool:
    return all((corpus / place.path).is_file() for question in load_questions(path) for place in question.cites)


def replies_of(questions: Sequence[Question], wanted: Wanted, settings: Settings) -> dict[str, dict[str, Reply]]:
    """The replies of each system, by its name: the one that is asked about first."""
    replies: dict[str, dict[str, Reply]] = {}
    if wanted.answers:
        replies[wanted.answers.stem] = _of_this_set(wanted.answers, questions)
    if wanted.answers is None or wanted.top_k:
        from ..opening import open_advisor

        advisor = open_advisor(settings)
        if wanted.answers is None:
            replies[settings.model or "advisor"] = _asked(questions, advisor, wanted.out, settings)
        if wanted.top_k:
            from .plain import PlainRetrieval

            plain = PlainRetrieval(advisor.index, wanted.top_k)
            replies[f"top-{wanted.top_k}"] = run(questions, plain, plain.search)
    return replies


def _of_this_set(answers: Path, questions: Sequence[Question]) -> dict[str, Reply]:
    """A transcript that answers at least one of the questions."""
    replies = load_transcript(answers)
    if not any(question.id in replies for question in questions):
        raise AdvisorError(
            f'{answers} belongs to another set: none of its ids is asked for (its first is "{next(iter(replies))}"; the'
            f' first question, {questions[0].where}, is "{questions[0].id}"). Name its set with --questions.'
        )
    return replies


def _asked(questions: Sequence[Question], advisor: Advisor, out: Path | None, settings: Settings) -> dict[str, Reply]:
    if out is None:
        return run(questions, advisor, advisor.index.search)
    fit = json.dumps(asdict(advisor.fitted), sort_keys=True)
    part = out / f"answers.{fingerprint(questions, advisor.index, repr(settings.chat), fit)}.part.jsonl"
    replies = run(questions, advisor, advisor.index.search, part)
    part.replace(out / "answers.jsonl")
    return replies


def _missed(report: Report, bars: Mapping[str, float]) -> tuple[str, ...]:
    missed = shortfalls(report, bars)
    if bars and report.unanswered:
        return (*missed, f"{len(report.unanswered)} questions have no answer")
    return missed


def _about(sets: Sequence[Path], wanted: Wanted, settings: Settings, system: str) -> dict[str, Any]:
    """What was measured, the same for the same input."""
    return {
        "system": system,
        "guides": settings.corpus.name,
        "sets": [{"file": path.name, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()} for path in sets],
        "tags": list(wanted.tags),
    }


def _write(
    out: Path, reports: Mapping[str, Report], told: dict[str, Any], against: Mapping[str, Any], missed: Sequence[str]
) -> None:
    about = told["about"]
    sets = hashlib.sha256(json.dumps([about["system"], about["sets"], about["tags"]]).encode()).hexdigest()[:12]
    report = next(iter(reports.values()))
    names = ", ".join(one["file"] for one in about["sets"]) + "".join(f", tag {tag}" for tag in about["tags"])
    page = report_page(
        reports,
        f"{about['system']} on the guides in {about['guides']}: {len(report.scored)} questions of {names}.",
        against=against,
        runs=remember(report, out, sets, datetime.now(UTC)),
        shortfalls=missed,
        has_coverage=(out / "coverage.html").is_file(),
    )
    (out / "report.html").write_text(page, encoding="utf-8")
    (out / "report.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (out / "summary.md").write_text(as_markdown(reports), encoding="utf-8")


def _tell(out: Path | None) -> None:
    note = f"Written to {out}: report.html, report.json, summary.md." if out else "Add --out DIR for the page."
    sys.stderr.write(f"{note}\n")
