"""A roadmap in the terminal: plain text where it is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.padding import Padding
from rich.text import Text

from advisor.answer import Citation, Sentence
from advisor.profile import Profile
from advisor.terminal import console

from .exports import marks
from .values import Estimate, Progress, Roadmap, Step

SIGNS = {
    Progress.DONE: ("✓ done ", "green"),
    Progress.NEXT: ("→ next ", "bold yellow"),
    Progress.LATER: ("· later", "dim"),
}


def show_roadmap(roadmap: Roadmap, profile: Profile) -> None:
    """What was understood of the person, each step, what is not said, and the sources."""
    out = console()
    for trait in profile.traits:
        out.print(Text.assemble(("You told: ", "dim"), f"{trait.value} ", (f"({trait.aspect})", "dim")))
    if roadmap.steps:
        out.print(Text(f"\nRoadmap: {roadmap.goal}", style="bold"))
        out.print(Text(roadmap.why, style="dim"))
    for step in roadmap.steps:
        out.print()
        out.print(_title(step))
        for line in _lines(step):
            _indented(line, 4)
    _show_rest(roadmap)


def _show_rest(roadmap: Roadmap) -> None:
    out = console()
    if roadmap.for_you:
        out.print(Text("\nWhat the guides say to what you told:", style="bold"))
        for sentence in roadmap.for_you:
            _indented(_said(sentence), 2)
    if roadmap.gaps:
        out.print(Text("\nWhat the guides do not say:" if roadmap.steps else "", style="bold"))
        for gap in roadmap.gaps:
            _indented(Text(gap, style="yellow"), 2)
    if roadmap.citations:
        out.print(Text("\nSources:", style="bold"))
    for citation in roadmap.citations:
        out.print(_source(citation))


def _indented(line: Text, by: int) -> None:
    """A line set in; folded in a terminal, whole elsewhere."""
    out = console()
    out.print(Padding(line, (0, 0, 0, by)) if out.is_terminal else Text.assemble(" " * by, line))


def _title(step: Step) -> Text:
    sign, style = SIGNS[step.status]
    return Text.assemble(
        (f"{sign}  ", style), (f"{step.number}. {step.title.text}", "bold"), (marks(step.title.citations), "cyan")
    )


def _lines(step: Step) -> Iterator[Text]:
    words = f" You said: “{step.reason.words}”." if step.reason.words else ""
    yield Text.assemble((f"{step.reason.text}{words}", "italic"), (marks(step.reason.citations), "cyan"))
    yield from map(_said, step.says)
    yield from (_labelled("Time", estimate) for estimate in step.time)
    yield from (_labelled("Cost", estimate) for estimate in step.cost)
    yield from _group("The guides do not say the same:", step.disagreement)
    yield from _group("Other guides add:", step.others)
    yield from (Text(gap, style="yellow") for gap in step.gaps)


def _group(heading: str, sentences: Sequence[Sentence]) -> Iterator[Text]:
    if sentences:
        yield Text(heading, style="bold")
        yield from (Text.assemble("- ", _said(sentence)) for sentence in sentences)


def _said(said: Sentence | Estimate) -> Text:
    return Text.assemble(said.text, (marks(said.citations), "cyan"))


def _labelled(label: str, estimate: Estimate) -> Text:
    return Text.assemble((f"{label}: ", "bold"), _said(estimate))


def _source(citation: Citation) -> Text:
    place = " › ".join((citation.title, *citation.section))
    return Text.assemble(
        (f"[{citation.number}] ", "bold cyan"), place, (f"  {citation.path}:{citation.start}-{citation.end}", "dim")
    )
