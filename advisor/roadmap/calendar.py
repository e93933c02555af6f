"""A roadmap as a calendar (RFC 5545): each step a task, due where a guide states its length, and then days in the calendar."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from icalendar import Calendar, Event, Todo

from .exports import marks
from .taking import days
from .values import Estimate, Progress, Roadmap, Step

PRODUCT = "-//Career Path Advisor//Roadmap//EN"
_NAMESPACE = uuid.UUID("6f0d8c1e-5b0c-4f0e-9d37-3c1a2b7f9a11")
LONGEST = 12 * 365
"""Days after which a calendar is of no more use; a longer step has no date."""


class Days(NamedTuple):
    """The days of a step."""

    first: date
    end: date
    """The day after its last."""


def to_ics(roadmap: Roadmap, today: date | None = None) -> str:
    """The steps that are not done, as tasks; one after the other, each is due after the longest time that the guides state.

    The upper end of a range is taken, so that no date comes too early. A step with no stated time has no date. One with a
    date is an event as well: many calendars show no tasks.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Roadmap: {roadmap.goal}")
    start = today or datetime.now(UTC).date()
    stamp = datetime.combine(start, time(), UTC)
    for step, days_of_it in _laid_out(roadmap, start):
        calendar.add_component(_task(step, roadmap, days_of_it, stamp))
        if days_of_it:
            calendar.add_component(_event(step, roadmap, days_of_it, stamp))
    return str(calendar.to_ical().decode("utf-8"))


def _laid_out(roadmap: Roadmap, start: date) -> Iterator[tuple[Step, Days | None]]:
    """Each step to do, and its days; None where the guides state no time."""
    at = start
    for step in roadmap.steps:
        if step.status is Progress.DONE:
            continue
        length = _length(step)
        if length is None:
            yield step, None
            continue
        yield step, Days(at, at + timedelta(days=length))
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


def _task(step: Step, roadmap: Roadmap, days_of_it: Days | None, stamp: datetime) -> Todo:
    task = Todo()
    _describe(task, step, roadmap, stamp)
    task.add("status", "NEEDS-ACTION")
    if days_of_it:
        task.add("dtstart", days_of_it.first)
        task.add("due", days_of_it.end)
    return task


def _event(step: Step, roadmap: Roadmap, days_of_it: Days, stamp: datetime) -> Event:
    event = Event()
    _describe(event, step, roadmap, stamp)
    event.add("dtstart", days_of_it.first)
    event.add("dtend", days_of_it.end)
    event.add("transp", "TRANSPARENT")
    return event


def _describe(component: Event | Todo, step: Step, roadmap: Roadmap, stamp: datetime) -> None:
    name = f"{component.name}|{roadmap.goal}|{step.number}|{step.title.text}"
    component.add("uid", f"{uuid.uuid5(_NAMESPACE, name)}@career-path-advisor")
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
