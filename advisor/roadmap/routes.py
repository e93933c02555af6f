"""Steps that a guide holds in any form: numbered headings, numbered lists, the parts of "how to become one", career levels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from index.formats.runs import series_of
from index.guide import Guide, Passage, PassageKind, Section, Span
from index.units import unit_spans

from .kinds import ORDER, Kind, kind_of


class Form(StrEnum):
    """The form in which a guide holds its steps."""

    STEPS = "steps"
    """Headings with numbers: "Step 3: …"."""
    LIST = "list"
    """A numbered list."""
    PARTS = "parts"
    """Headings such as Education, Training, Licenses under "How to become one"."""
    LADDER = "ladder"
    """Levels of a career, from the first to the last."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A step as a guide holds it: the words that name it, and the place of what it says."""

    guide: Guide
    section: tuple[str, ...]
    title: Span
    body: Span
    kind: Kind
    own: tuple[tuple[Passage, Span], ...]
    """The sentences, list entries and rows that it says, with their passages."""

    @property
    def name(self) -> str:
        """Its title without "Step 3:"."""
        return _NUMBERED.sub("", self.title.of(self.guide.text)).strip()


def _own(guide: Guide, body: Span) -> tuple[tuple[Passage, Span], ...]:
    inside = (passage for passage in guide.passages if passage.start < body.end and body.start < passage.end)
    return tuple(
        (passage, span)
        for passage in inside
        for span in unit_spans(guide, passage)
        if span.start < body.end and body.start < span.end
    )


@dataclass(frozen=True, slots=True)
class Route:
    """Ordered steps of one guide."""

    guide: Guide
    form: Form
    section: tuple[str, ...]
    stages: tuple[Stage, ...]


_NUMBERED = re.compile(
    r"^\W*(?:(?:step|stage|phase|level|part)\s+\w+\s*[:.–—-]\s*|\d{1,2}\s*[.):–—-]\s*|(?<=#)\d{1,2}\s+"
    r"|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?:ly|\s+(?:step|stage|phase))?\s*[,:–—-]\s*)",
    re.IGNORECASE,
)
_SCHOOLING = (Kind.EDUCATION, Kind.TRAINING, Kind.CREDENTIAL, Kind.EXPERIENCE, Kind.APPLY)
"""What a numbered list that leads into a career asks for."""
_STEP = re.compile(
    r"^\W*(?:(?:step|stage|phase)\s+(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b|\d{1,2}\s*[.):–—-])",
    re.IGNORECASE,
)
_BECOMES = re.compile(
    r"\b(?:steps?|become|becoming|how\s+(?:do|to|can|does|we|you)|get(?:ting)?\s+(?:started|into|there|in)|path(?:way)?|route|road\s?map|qualify\w*|stages|change\w*\s+over|"
    r"mov(?:e|ing)\s+into|enter(?:ing)?|join(?:ing)?|start(?:ing)?\s+out|newcomer|beginner\w*|apply(?:ing)?)\b",
    re.IGNORECASE,
)
_HOW = re.compile(
    r"\bhow\s+(?:to|do\s+(?:i|you)|can\s+(?:i|you))\s+(?:become|be|get|enter|train|qualify|start)\b|\bbecom(?:e|ing)\b|\b(?:requirements?|qualifications?|getting\s+(?:started|in))\b|\beducation\s+(?:and|&)\s+training\b",
    re.IGNORECASE,
)
_RUNG = re.compile(
    r"\b(?:level\s+\d|entry[- ]level|junior|mid[- ](?:level|career)|senior|lead|supervisor|manager|director|master|chief|head|principal|apprentice|trainee|journey\w+|foundation|assistant)\b",
    re.IGNORECASE,
)
_CHOICE = re.compile(r"\b(?:one|any|either|some) of\b", re.IGNORECASE)
_PAY = re.compile(r"\b(?:salar\w*|pay|earn\w*|wages?|income)\b", re.IGNORECASE)


def routes(guide: Guide) -> tuple[Route, ...]:
    """The steps that a guide holds, each list or run of headings a route of its own."""
    headed = tuple(_by_headings(guide))
    ladders = [route.section for route in headed if route.form is Form.LADDER]
    listed = (r for r in _by_lists(guide) if not any(r.section[: len(path)] == path for path in ladders))
    return (*headed, *listed)


def _by_headings(guide: Guide) -> Iterator[Route]:
    headed = [section for section in guide.sections if section.heading and section.path]
    for path, group in groupby(sorted(headed, key=lambda s: (s.path[:-1], s.start)), key=lambda s: s.path[:-1]):
        sections = list(group)
        numbered = [s for s in sections if _is_step(s.path[-1])]
        rungs = [s for s in sections if _RUNG.search(s.path[-1])]
        if len(numbered) > 2:
            yield _route(guide, Form.STEPS, path, [_heading_stage(guide, s) for s in numbered])
        elif len(rungs) > 2 and 3 * len(rungs) >= 2 * len(sections) and not _PAY.search(" ".join(path)):
            yield _route(guide, Form.LADDER, path, [_heading_stage(guide, s, Kind.ADVANCE) for s in sections])
        elif path and _HOW.search(path[-1]):
            parts = [
                stage
                for s in sections
                if not s.path[-1].endswith("?") and (stage := _heading_stage(guide, s)).kind in ORDER
            ]
            if len(parts) > 1:
                parts.sort(key=_place)
                yield _route(guide, Form.PARTS, path, parts)


def _place(stage: Stage) -> float:
    """Where a part of "how to become one" comes; what is called "other" may help, and comes late."""
    other = stage.kind is Kind.EXPERIENCE and stage.name.lower().startswith("other")
    return ORDER.index(Kind.CREDENTIAL) + 0.5 if other else ORDER.index(stage.kind)


def _route(guide: Guide, form: Form, section: tuple[str, ...], stages: Sequence[Stage]) -> Route:
    return Route(guide, form, section, tuple(stages))


def _heading_stage(guide: Guide, section: Section, kind: Kind | None = None) -> Stage:
    heading = section.heading or Span(section.start, section.start)
    body = Span(heading.end, section.end)
    known = kind or kind_of(section.path[-1], body.of(guide.text))
    return Stage(guide, section.path, heading, body, known, _own(guide, body))


def _by_lists(guide: Guide) -> Iterator[Route]:
    for (section, kind), run in groupby(guide.passages, key=lambda p: (p.section, p.kind)):
        passages = list(run)
        if kind is PassageKind.STEP:
            spans = [passage.span for passage in passages]
        elif kind is PassageKind.LIST:
            spans = [item for passage in passages for item in passage.items if _numbered(guide, item)]
        else:
            continue
        lead = passages[0].lead.of(guide.text) if passages[0].lead else ""
        stages = [_item_stage(guide, section, span) for span in spans]
        if len(stages) > 2 and _is_way(" ".join(section[-1:]), lead, stages):
            yield _route(guide, Form.LIST, section, stages)


def _is_way(title: str, lead: str, stages: Sequence[Stage]) -> bool:
    """Whether numbered entries are the steps of a way in: their heading or lead says so, or most ask for what such steps do."""
    if _CHOICE.search(lead):
        return False
    if _BECOMES.search(f"{title} {lead}") or kind_of(title) in _SCHOOLING:
        return True
    return 2 * sum(stage.kind in _SCHOOLING or _is_step(stage.title.of(stage.guide.text)) for stage in stages) > len(
        stages
    )


def _is_step(heading: str) -> bool:
    """Whether a heading or an entry counts itself: "Step 3: …", "3) …", "Third, …"."""
    return _STEP.match(heading) is not None or (series_of(heading) or ("",))[0].startswith(("nth", "step", "#"))


def _numbered(guide: Guide, item: Span) -> bool:
    line = guide.text[guide.text.rfind("\n", 0, item.start) + 1 : item.end]
    return re.match(r"\s*\d{1,2}[.)]\s", line) is not None or _is_step(line.strip())


def _after_number(guide: Guide, start: int, end: int) -> int:
    """Where an entry goes on after "Step three:"."""
    counted = _NUMBERED.match(guide.text[start:end])
    return start + counted.end() if counted else start


def _item_stage(guide: Guide, section: tuple[str, ...], span: Span) -> Stage:
    marker = re.compile(r"\s*\d{1,2}[.)]\s+").match(guide.text, span.start, span.end)
    start = marker.end() if marker else span.start
    stop = re.compile(r"(?<=[a-z)])[.;:](?=\s|$)|\n").search(
        guide.text, _after_number(guide, start, span.end), span.end
    )
    title = Span(start, stop.start() if stop else span.end)
    body = Span(start, span.end)
    return Stage(guide, section, title, body, kind_of(title.of(guide.text), body.of(guide.text)), _own(guide, body))
