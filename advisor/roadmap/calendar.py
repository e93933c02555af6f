"""A roadmap as a calendar (RFC 5545): steps whose length a guide states are laid out from today, the others are tasks."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event, Todo

from .exports import marks
from .taking import days
from .values import Estimate, Progress, Roadmap, Step

PRODUCT = "-//Career Path Advisor//Roadmap//EN"
_NAMESPACE = uuid.UUID("6f0d8c1e-5b0c-4f0e-9d37-3c1a2b7f9a11")
LONGEST = 12 * 365
"""Days after which a calendar is of no more use; a longer step is a task."""


def to_ics(roadmap: Roadmap, today: date | None = None) -> str:
    """The steps that are not done: events one after the other, by the longest time that the guides state; else tasks.

    The upper end of a range is taken, so that no date comes too early. A step with no stated time has no date.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Roadmap: {roadmap.goal}")
    start = today or datetime.now(UTC).date()
    stamp = datetime.combine(start, time(), UTC)
    for step, first, last in _laid_out(roadmap, start):
        calendar.add_component(
            _event(step, roadmap, first, last, stamp) if first and last else _task(step, roadmap, stamp)
        )
    return str(calendar.to_ical().decode("utf-8"))


def _laid_out(roadmap: Roadmap, start: date) -> Iterator[tuple[Step, date | None, date | None]]:
    """Each step to do, its first day and the day after its last; no days where the guides state no time."""
    at = start
    for step in roadmap.steps:
        if step.status is Progress.DONE:
            continue
        length = _length(step)
        if length is None:
            yield step, None, None
            continue
        yield step, at, at + timedelta(days=length)
        at += timedelta(days=length)


def _length(step: Step) -> int | None:
    """Whole days, by the first time that is stated."""
    for estimate in step.time:
        length = round(days(estimate.unit, _top(estimate)))
        if 0 < length <= LONGEST:
            return length
    return None


def _top(estimate: Estimate) -> float:
    return estimate.low if estimate.high is None else estimate.high


def _event(step: Step, roadmap: Roadmap, first: date, last: date, stamp: datetime) -> Event:
    event = Event()
    _describe(event, step, roadmap, stamp)
    event.add("dtstart", first)
    event.add("dtend", last)
    return event


def _task(step: Step, roadmap: Roadmap, stamp: datetime) -> Todo:
    task = Todo()
    _describe(task, step, roadmap, stamp)
    task.add("status", "NEEDS-ACTION")
    return task


def _describe(component: Event | Todo, step: Step, roadmap: Roadmap, stamp: datetime) -> None:
    component.add(
        "uid", f"{uuid.uuid5(_NAMESPACE, f'{roadmap.goal}|{step.number}|{step.title.text}')}@career-path-advisor"
    )
    component.add("dtstamp", stamp)
    component.add("summary", f"{step.number}. {step.title.text}")
    component.add("description", "\n".join(_lines(step, roadmap)))


def _lines(step: Step, roadmap: Roadmap) -> Iterator[str]:
    yield step.reason.text
    told = [(said.text, said.citations) for said in step.says]
    told += [(estimate.text, estimate.citations) for estimate in (*step.time, *step.cost)]
    for text, citations in told:
        yield f"{text}{marks(citations)}"
    yield from step.gaps
    numbers = {number for _, citations in told for number in citations}
    for citation in (c for c in roadmap.citations if c.number in numbers):
        yield f"[{citation.number}] {' › '.join((citation.title, *citation.section))}"
