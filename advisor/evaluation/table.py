"""The terminal's view of reports: every measure for each system, the main ones by kind, failed questions in words."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from ..answer import Status
from .judging import agreements
from .measures import BY_NAME, MEASURES, Measure
from .scoring import Report, Scored
from .statistics import Difference
from .summary import confusion, follow_ups, times, value_of

_COLUMNS = {
    "right": "right",
    "status": "status",
    "facts": "facts",
    "clean": "clean",
    "cites": "cites",
    "citation_recall": "c.recall",
    "exact": "exact",
    "numbers": "numbers",
    "wrongly_refused": "refused!",
    "words": "words",
    "seconds": "seconds",
}
_NAMED = 5
"""Questions that a note names."""
_WIDTH = 120
"""Columns where the output is not a terminal."""


def print_report(
    reports: Mapping[str, Report], against: Mapping[str, Difference], count: int, *, explain: bool = False
) -> None:
    """The tables, what each measure is and where it comes from, the first `count` failed questions of the first system."""
    out = Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else _WIDTH)
    report = next(iter(reports.values()))
    out.print(overview(reports))
    if against:
        out.print(Text("\nagainst the baseline", style="bold"), _differences(against))
    if explain:
        out.print(Text("\nwhat each measure is, and where it comes from", style="bold"), explained(reports))
    if count and report.failed:
        shown = "" if len(report.failed) <= count else f"; the first {count}"
        out.print(Text(f"\n{len(report.failed)} failed{shown}:\n", style="bold"))
        out.print(Group(*(_failure(one) for one in report.failed[:count])))


def overview(reports: Mapping[str, Report]) -> RenderableType:
    """Every measure over all questions for each system, then the first system by kind."""
    report = next(iter(reports.values()))
    parts: list[RenderableType] = [_totals(reports), Text(), _by_kind(report)]
    if any(one.question.statuses for one in report.scored):
        parts += [Text("\nexpected status (rows) and given status (columns)", style="bold"), _confusion(report)]
    return Group(*parts, *(Text(note) for note in _notes(report)))


def explained(reports: Mapping[str, Report]) -> RenderableType:
    """Each measure that was taken in a sentence, with the paper that it comes from."""
    texts = (
        Text.assemble((measure.label, "bold"), f" ({name}): {measure.definition} ", (f"[{measure.paper}]", "dim"))
        for name, measure in ((name, BY_NAME[name]) for name, _, _ in measured(reports))
    )
    return Group(*texts)


def _confusion(report: Report) -> Table:
    table = _table("expected", *(str(status) for status in Status))
    for expected, given in confusion(report).items():
        if any(given.values()):
            table.add_row(str(expected), *(str(count) if count else "·" for count in given.values()))
    return table


def _totals(reports: Mapping[str, Report]) -> Table:
    table = _table("measure", *reports, "of")
    table.add_column("what it is", overflow="fold", style="dim")
    for name, values, count in measured(reports):
        table.add_row(BY_NAME[name].label, *values, str(count), BY_NAME[name].definition)
    return table


def measured(reports: Mapping[str, Report]) -> Iterable[tuple[str, tuple[str, ...], int]]:
    """Each measure that applies: its name, its value for each system in words, and over how many questions."""
    for measure in MEASURES:
        values = [value_of(measure, report.scored) for report in reports.values()]
        if any(values):
            cells = tuple(in_words(measure, value.mean, value.interval) if value else "–" for value in values)
            yield measure.name, cells, next(value.count for value in values if value)


def in_words(measure: Measure, mean: float, interval: object = None) -> str:
    """A mean with its interval, as it is printed."""
    form = "{:.0f}" if measure.unit == "words" else "{:.3f}"
    low, high = getattr(interval, "low", None), getattr(interval, "high", None)
    return form.format(mean) + (f" [{form.format(low)}, {form.format(high)}]" if low is not None else "")


def _by_kind(report: Report) -> Table:
    table = _table("kind", "n", *_COLUMNS.values())
    for kind, group in report.groups().items():
        values = (value_of(BY_NAME[name], group, sure=name == "right") for name in _COLUMNS)
        cells = (in_words(value.measure, value.mean, value.interval) if value else "–" for value in values)
        table.add_row(kind, str(len(group)), *cells)
    return table


def _notes(report: Report) -> Iterable[str]:
    if pairs := follow_ups(report):
        yield (
            f"\nFollow-ups that are asked alone as well: {pairs.pairs}; right {pairs.follow_up:.3f} in the conversation,"
            f" {pairs.alone:.3f} alone."
        )
    if told := times(report):
        yield "seconds: " + ", ".join(f"{name} {value:.3f}" for name, value in told.items())
    for one in agreements(report):
        kappa = "" if one.kappa is None else f", kappa {one.kappa:.2f}"
        yield f"The judge's {one.criterion} agrees with {one.measure} on {one.agree:.0%} of {one.count}{kappa}."
    if report.unmarked:
        yield (
            f"The judge's marks could not be read on {len(report.unmarked)} of {len(report.scored)} answers, which are in"
            f" none of its figures: {', '.join(report.unmarked[:_NAMED])}{'…' if len(report.unmarked) > _NAMED else '.'}"
        )
    if report.unasked:
        yield f"Answers that belong to none of these questions, and count in none of the figures: {report.unasked}."
    if report.unanswered:
        yield f"{len(report.unanswered)} questions have no answer here and count in none of the figures."


def _differences(against: Mapping[str, Difference]) -> Table:
    table = _table("measure", "before", "now", "better", "worse", "of", "p")
    for name, told in against.items():
        measure = BY_NAME[name]
        before, now = in_words(measure, told.before), in_words(measure, told.now)
        table.add_row(measure.label, before, now, str(told.better), str(told.worse), str(told.count), f"{told.p:.4f}")
    return table


def _table(first: str, *columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(first, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _failure(one: Scored) -> Text:
    text = Text.assemble((one.question.id, "bold cyan"), (f"  {' '.join(one.question.tags)}\n", "dim"))
    for turn in one.question.turns:
        text.append(f"  » {turn}\n", style="bold")
    if one.reply.standalone not in ("", one.question.turns[-1]):
        text.append(f"  understood as: {one.reply.standalone}\n", style="dim")
    text.append(f"  {one.reply.status}\n", style="magenta")
    text.append("".join(f"    {line}\n" for line in one.reply.text.splitlines() if line.strip()))
    for cited in one.reply.citations[:4]:
        text.append(f"    [{cited.number}] {' › '.join((cited.path, *cited.section))}\n", style="dim")
    for lack in one.lacks:
        text.append(f"  ✗ {lack}\n", style="red")
    return text


def as_markdown(reports: Mapping[str, Report], names: Sequence[str] = ()) -> str:
    """The measures as a Markdown table, a column for each system: what a README quotes."""
    head = f"| measure | {' | '.join(reports)} | questions |\n|---|{'---:|' * (len(reports) + 1)}\n"
    rows = (
        f"| {BY_NAME[name].label} | {' | '.join(values)} | {count} |\n"
        for name, values, count in measured(reports)
        if not names or name in names
    )
    return head + "".join(rows)
