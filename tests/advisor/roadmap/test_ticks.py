"""What a person ticked off by hand counts before what their profile tells."""

from __future__ import annotations

from advisor.answer import Sentence
from advisor.roadmap import Progress, Reason, Roadmap, Step
from advisor.roadmap.ticks import DONE, NOT_DONE, ticked


def roadmap(*statuses: Progress) -> Roadmap:
    steps = tuple(Step(n, Sentence(f"Step {n}"), status, Reason("So.")) for n, status in enumerate(statuses, 1))
    return Roadmap("goal", None, (), "", steps, (), (), ())


def statuses(made: Roadmap) -> list[Progress]:
    return [step.status for step in made.steps]


def test_the_first_step_that_is_left_is_the_next_one() -> None:
    made = ticked(roadmap(Progress.NEXT, Progress.LATER, Progress.LATER), {"Step 1": True})
    assert statuses(made) == [Progress.DONE, Progress.NEXT, Progress.LATER]
    assert made.steps[0].reason is DONE


def test_a_step_can_be_taken_up_again() -> None:
    made = ticked(roadmap(Progress.DONE, Progress.NEXT), {"Step 1": False})
    assert statuses(made) == [Progress.NEXT, Progress.LATER]
    assert made.steps[0].reason is NOT_DONE


def test_a_tick_that_says_nothing_new_keeps_the_reason() -> None:
    made = ticked(roadmap(Progress.DONE, Progress.NEXT), {"Step 1": True, "Another": True})
    assert made.steps[0].reason.text == "So."


def test_when_all_are_done_none_is_next() -> None:
    made = ticked(roadmap(Progress.NEXT, Progress.LATER), {"Step 1": True, "Step 2": True})
    assert made.next is None
