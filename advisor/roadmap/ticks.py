"""Steps that a person ticked off, or on again, by hand: their word counts before what the profile tells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from .values import Progress, Reason, Roadmap, Step

DONE = Reason("You ticked this step off.")
NOT_DONE = Reason("You said that this step is still to do.")


def ticked(roadmap: Roadmap, ticks: Mapping[str, bool]) -> Roadmap:
    """The roadmap with the person's own ticks, by the titles of the steps; the first step left is the next one."""
    return replace(roadmap, steps=tuple(_in_order(_own_word(step, ticks) for step in roadmap.steps)))


def _own_word(step: Step, ticks: Mapping[str, bool]) -> Step:
    done = ticks.get(step.title.text)
    if done is None or done is (step.status is Progress.DONE):
        return step
    return (
        replace(step, status=Progress.DONE, reason=DONE)
        if done
        else replace(step, status=Progress.LATER, reason=NOT_DONE)
    )


def _in_order(steps: Iterator[Step]) -> Iterator[Step]:
    first = True
    for step in steps:
        if step.status is Progress.DONE:
            yield step
        else:
            yield replace(step, status=Progress.NEXT if first else Progress.LATER)
            first = False
