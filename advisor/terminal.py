"""What the terminal shows: answers, hits, guides, build reports and checks; plain text where it is not a terminal."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from rich.console import Console, ConsoleOptions, RenderableType
from rich.padding import Padding
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from index.figures import figures_in
from index.guide import Guide, Library

from .answer import Answer, Citation, Status
from .draft import seen

if TYPE_CHECKING:
    from index.search import Hit
    from index.store import BuildReport

    from .doctor import Check
    from .settings import Settings

STATUS_LINES = {
    Status.CONFLICTING: "The guides disagree; each side is shown with its source.",
    Status.PARTIAL: "The guides answer a part of this.",
}

UNFOLDED = 10_000
"""Columns where the output is not shown in a terminal, so that programs find each row on its line."""


class GuideConsole(Console):
    """Shows the words of guides as they are: what looks like a style, or is a command to the terminal, is only text."""

    def __init__(self, *, stderr: bool = False, soft_wrap: bool = False, width: int | None = None) -> None:
        super().__init__(stderr=stderr, soft_wrap=soft_wrap, width=width, highlight=False, markup=False, emoji=False)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """The parts of what is shown, each without control characters."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(segment.text.translate(_CONTROLS), segment.style)


_CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "\ufffd")


@cache
def console(*, stderr: bool = False) -> Console:
    """Standard output, or standard error; long lines are folded only in a terminal."""
    if (sys.stderr if stderr else sys.stdout).isatty():
        return GuideConsole(stderr=stderr)
    return GuideConsole(stderr=stderr, soft_wrap=True, width=UNFOLDED)


def show_answer(answer: Answer) -> None:
    """An answer, then its citations."""
    out = console()
    if answer.status in STATUS_LINES:
        out.print(Text(STATUS_LINES[answer.status], style="bold yellow"))
        out.print()
    if out.is_terminal:
        from rich.markdown import Markdown

        out.print(Markdown(_escaped(answer.text)))
    else:
        out.print(Text(answer.text))
    if answer.citations:
        out.print()
    for citation in answer.citations:
        out.print(_citation(citation))
    if answer.proof and answer.proof.dropped:
        one = answer.proof.dropped == 1
        left_out = f"{answer.proof.dropped} of the model's sentences left out: the guides do not carry {'it' if one else 'them'}."
        out.print(Text(f"\n{left_out}", style="dim"))
    if answer.standalone != answer.question.strip():
        out.print(Text(f"\nUnderstood as: {answer.standalone}", style="dim"))
    if answer.suggestions:
        out.print()
        out.print(Text("You could ask next:", style="bold"))
        for suggestion in answer.suggestions:
            out.print(Text(f"  {suggestion}"))


def _escaped(text: str) -> str:
    return text.replace("<", "\\<").replace("[", "\\[")


def _citation(citation: Citation) -> Text:
    place = " › ".join((citation.title, *citation.section))
    dated = (
        f" ({', '.join(filter(None, (citation.dated, citation.country)))})"
        if citation.dated or citation.country
        else ""
    )
    quote = " ".join(seen(citation.quote).split())
    shown = quote if len(quote) <= 160 else quote[:159] + "…"
    return Text.assemble(
        (f"[{citation.number}] ", "bold cyan"),
        f"{place}{dated}\n    ",
        (f"“{shown}”", "italic"),
        (f"\n    {citation.path}:{citation.start}-{citation.end}", "dim"),
    )


def show_hits(hits: Sequence[Hit]) -> None:
    """Passages, best first, with their scores and places."""
    out = console()
    if not hits:
        out.print("Nothing found.")
    for rank, hit in enumerate(hits, 1):
        found = hit.to_json()
        place = " › ".join((found["guide"], *found["section"]))
        out.print(Text.assemble((f"{rank}. {found['score']:.3f} ", "bold cyan"), (place, "bold")))
        text = Text(" ".join(found["text"].split()))
        out.print(Padding(text, (0, 0, 0, 3)) if out.is_terminal else Text.assemble("   ", text))
        out.print(Text(f"   {found['path']}:{found['start']}-{found['end']}", style="dim"))


def guide_rows(library: Library) -> list[dict[str, Any]]:
    """What `advisor guides` tells of each guide, as plain values."""
    return [_row(guide) for guide in library.guides]


def _row(guide: Guide) -> dict[str, Any]:
    return {
        "id": guide.id,
        "path": guide.path,
        "title": guide.title,
        "publisher": guide.publisher,
        "dated": guide.dated,
        "country": guide.country,
        "sections": len(guide.sections),
        "passages": len(guide.passages),
        "kinds": dict(Counter(str(passage.kind) for passage in guide.passages)),
        "figures": sum(len(figures_in(guide.text, *passage.span)) for passage in guide.passages),
        "characters": len(guide.text),
    }


def show_guides(library: Library) -> None:
    """The guides as a table, then the files that could not be read."""
    out = console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("guide", "title", "dated", "country"):
        table.add_column(name, overflow="fold")
    for name in ("sections", "passages", "figures"):
        table.add_column(name, justify="right")
    for row in guide_rows(library):
        cells = (row[name] for name in ("id", "title", "dated", "country", "sections", "passages", "figures"))
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in cells))
    out.print(table)
    show_unread(library)


def show_unread(library: Library) -> None:
    """Files that could not be read, on standard error."""
    trouble = console(stderr=True)
    for unread in library.unread:
        trouble.print(Text(f"not read: {unread.path}: {unread.reason}", style="yellow"))


def show_report(report: BuildReport, settings: Settings) -> None:
    """What a build did."""
    kept = "all up to date" if report.unchanged else f"{report.reused} kept"
    told = f"{report.guides} guides, {report.passages} passages: {report.embedded} texts embedded, {kept}"
    console().print(Text(f"{told}, {report.seconds:.1f} s. Index: {settings.store}"))


def show_checks(checks: Iterable[Check]) -> bool:
    """Each check on a line with its remedy; whether all passed."""
    out, fine = console(), True
    for check in checks:
        fine &= check.passed
        mark, style = ("ok", "green") if check.passed else ("!!", "red")
        out.print(Text.assemble((f"{mark} ", style), (f"{check.name}: ", "bold"), check.told))
    return fine
