"""A report in numbers: what table, JSON, page, gate and baseline all read."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.errors import AdvisorError

from ..answer import Status
from .judging import agreements
from .measures import BY_NAME, MEASURES, Measure
from .questions import Aim
from .scoring import ALL, Report, Scored, values_of
from .statistics import Difference, Interval, difference, interval, percentile

FORMAT = 1
"""Of the JSON; raised when a reader of the old one would misread it."""

MAIN = ("right", "status", "facts", "clean", "cites", "citation_recall", "exact", "numbers", "wrongly_refused")
"""The measures that are told kind by kind with how sure they are."""


@dataclass(frozen=True, slots=True)
class Value:
    """A measure over a group: its mean, how sure it is, and over how many questions."""

    measure: Measure
    mean: float
    interval: Interval | None
    count: int


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Conversations against the same questions asked so that they stand alone: the cost of the conversation."""

    pairs: int
    follow_up: float
    """Share right in the conversation."""
    alone: float
    """Share right when it stands alone."""


def value_of(measure: Measure, group: Sequence[Scored], *, sure: bool = True) -> Value | None:
    """A measure over a group; None where it applies to none of it."""
    values = values_of(measure.name, group)
    if not values:
        return None
    return Value(measure, sum(values) / len(values), interval(values) if sure else None, len(values))


def totals(report: Report) -> tuple[Value, ...]:
    """Every measure that applies to any question."""
    return tuple(value for measure in MEASURES if (value := value_of(measure, report.scored)))


def follow_ups(report: Report) -> FollowUps | None:
    """The pairs of a conversation and its twin; None where the set has none."""
    by_id = {one.question.id: one for one in report.scored}
    pairs = [
        (by_id[one.question.twin], one) for one in report.scored if one.question.twin and one.question.twin in by_id
    ]
    if not pairs:
        return None
    return FollowUps(
        pairs=len(pairs),
        follow_up=sum(chain.right for chain, _ in pairs) / len(pairs),
        alone=sum(twin.right for _, twin in pairs) / len(pairs),
    )


def confusion(report: Report) -> dict[Status, dict[Status, int]]:
    """Counts by expected and given status; where several are allowed and one of them was given, it was expected."""
    counts: Counter[tuple[Status, Status]] = Counter()
    for one in report.scored:
        allowed = one.question.statuses
        if allowed:
            given = one.reply.status
            counts[given if given in allowed else allowed[0], given] += 1
    return {row: {column: counts[row, column] for column in Status} for row in Status}


def times(report: Report) -> dict[str, float]:
    """The median and the 95th percentile of the seconds, where they are known."""
    values = values_of("seconds", report.scored)
    found = {"p50": percentile(values, 0.5), "p95": percentile(values, 0.95), "max": max(values, default=None)}
    return {name: value for name, value in found.items() if value is not None}


# ------------------------------------------------------------------------------------------------------ baseline


def compare(report: Report, before: Mapping[str, Mapping[str, float | None]]) -> dict[str, Difference]:
    """Each measure on the questions that both runs answer, before and now."""
    found: dict[str, Difference] = {}
    for measure in MEASURES:
        if measure.unit == "seconds":
            continue
        pairs = [
            (old, new)
            for one in report.scored
            if (old := before.get(one.question.id, {}).get(measure.name)) is not None
            and (new := one.values.get(measure.name)) is not None
        ]
        told = difference([old for old, _ in pairs], [new for _, new in pairs])
        if told:
            found[measure.name] = told
    return found


def load_baseline(path: Path) -> dict[str, dict[str, float | None]]:
    """The values of each question of an earlier report (`report.json`), by its id."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["format"] != FORMAT:
            raise AdvisorError(
                f"{path} is a report of format {told['format']}; this program reads {FORMAT}. Run again."
            )
        return {str(case["id"]): _numbers(case["values"]) for case in told["cases"]}
    except OSError as error:
        raise AdvisorError(f"{path} cannot be read ({error.strerror or error}). Name a report.json.") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise AdvisorError(
            f"{path} is not a report. Name a report.json that `advisor evaluate --out` wrote."
        ) from error


def _numbers(values: Mapping[str, Any]) -> dict[str, float | None]:
    """Measures by name; a value that is no number is no report's."""
    return {name: None if value is None else float(value) for name, value in values.items()}


# ---------------------------------------------------------------------------------------------------------- gate


def shortfalls(report: Report, bars: Mapping[str, float]) -> tuple[str, ...]:
    """What does not reach its bar, in words: at least for what is better high, at most for what is better low."""
    found = []
    for name, bar in bars.items():
        measure, mean = BY_NAME[name], report.mean(name)
        if mean is None:
            found.append(f"{name} applies to no question")
        elif measure.higher_is_better is False:
            found += [f"{name} is {mean:.3f}, at most {bar:g} is asked"] if mean > bar else []
        elif mean < bar:
            found.append(f"{name} is {mean:.3f}, at least {bar:g} is asked")
    return tuple(found)


# ---------------------------------------------------------------------------------------------------------- JSON


def to_json(
    report: Report,
    about: Mapping[str, Any],
    against: Mapping[str, Difference],
    beside: Mapping[str, Report] | None = None,
) -> dict[str, Any]:
    """The report as plain values; `about` tells what was measured, `beside` holds other systems on the same questions."""
    paired = follow_ups(report)
    return {
        "format": FORMAT,
        "about": dict(about),
        "measures": [_value(value) for value in totals(report)],
        "kinds": {
            kind: {"questions": len(group), "right_interval": _ends(value_of(BY_NAME["right"], group))}
            | {"intervals": _intervals(group)}
            | {m.name: mean for m in MEASURES if (mean := report.mean(m.name, group)) is not None}
            for kind, group in report.groups().items()
            if kind != ALL
        },
        "follow_ups": asdict(paired) if paired else None,
        "confusion": confusion(report),
        "times": times(report),
        "unasked": report.unasked,
        "unmarked": list(report.unmarked),
        "judge": [asdict(told) for told in agreements(report)],
        "against_baseline": {name: asdict(told) for name, told in against.items()},
        "beside": {name: [_value(value) for value in totals(other)] for name, other in (beside or {}).items()},
        "unanswered": list(report.unanswered),
        "cases": [case_to_json(one) for one in report.scored],
    }


def _intervals(group: Sequence[Scored]) -> dict[str, list[float]]:
    """How sure the main measures of a kind are, where enough questions tell."""
    found = {name: _ends(value_of(BY_NAME[name], group)) for name in MAIN}
    return {name: ends for name, ends in found.items() if ends}


def _ends(value: Value | None) -> list[float] | None:
    return [value.interval.low, value.interval.high] if value and value.interval else None


def _value(value: Value) -> dict[str, Any]:
    measure = value.measure
    return {
        "name": measure.name,
        "label": measure.label,
        "definition": measure.definition,
        "paper": measure.paper,
        "higher_is_better": measure.higher_is_better,
        "mean": value.mean,
        "interval": _ends(value),
        "questions": value.count,
    }


def case_to_json(one: Scored) -> dict[str, Any]:
    """A question with its answer, its scores and what is wrong."""
    return {
        "id": one.question.id,
        "turns": list(one.question.turns),
        "tags": list(one.question.tags),
        "aim": one.question.aim,
        "right": one.right if one.question.aim is not Aim.OPEN else None,
        "status": one.reply.status,
        "standalone": one.reply.standalone,
        "text": one.reply.text,
        "citations": [asdict(cited) for cited in one.reply.citations],
        "values": dict(one.values),
        "lacks": list(one.lacks),
    }
