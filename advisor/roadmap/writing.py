"""One roadmap from what was chosen for it: each step with its standing, its sentences, what it takes and what is not said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from advisor.answer import Sentence
from advisor.contradictions import Strength
from advisor.draft import plain
from advisor.personal import Said
from advisor.profile import Aspect, Trait
from advisor.profile.levels import Level
from index.figures import Figure
from index.guide import Guide, PassageKind, Span

from .asking import Asked, demanded
from .citing import Citer
from .kinds import Kind
from .levels import climbs, is_rung, rung_word
from .routes import Form, Route, Stage
from .standing import Person, Standing, stand
from .taking import Unit, costs, times
from .telling import telling
from .values import Estimate, Progress, Reason, Roadmap, Step

if TYPE_CHECKING:
    from .planning import Planner

SAME_STEP = 0.65
"""Likeness from which a step of another guide belongs to a step of the main one."""
SAME_KIND = 0.3
"""What their cosine gains where both steps ask for the same kind of thing."""
SAID_ALREADY = 0.9
"""Cosine from which it adds nothing."""
BROUGHT = 0.35
"""Cosine from which what a job brings is a part of a step."""
ABOUT = 0.45
"""Cosine from which a statement elsewhere is about a step."""
MOST = 3
"""Statements of one sort beside a step."""
SHORT = 4
"""Words of a unit that says nothing by itself."""
GETTING_IN = "how to become, training, qualification"
_ENTRY = re.compile(r"qualif|educat|require|degree|becom|steps?\b|need|basic|entry", re.IGNORECASE)
_TAKES = (Kind.EDUCATION, Kind.TRAINING, Kind.CREDENTIAL)
"""Kinds of steps of which a person will ask what they cost and how long they take."""
_SCHOOL_LINE = re.compile(r"[^:]{0,40}\beducation\b[^:]{0,20}:", re.IGNORECASE)
"""A line such as "Typical entry-level education: Bachelor's degree"."""
_COURSE = re.compile(
    r"\b(?:courses?|programs?|programmes?|certificate|diploma|apprentice\w*|training)\b", re.IGNORECASE
)
_BRINGS = re.compile(r"\bbrings?\b|\balready\s+(?:knows?|have|has)\b", re.IGNORECASE)
_HEDGED = re.compile(r"\b(?:often|may|might|can|sometimes|usually)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a roadmap is made from."""

    goal: str
    words: str | None
    main: Route
    stages: tuple[Stage, ...]
    """Those of the main route, and the levels of the career after them."""
    person: Person
    guides: tuple[Guide, ...]
    """The guides about the goal in the same country, the main one first."""
    why: str


class Writer:
    """Writes one roadmap."""

    def __init__(self, planner: Planner, plan: Plan) -> None:
        self.plan = plan
        self._planner = planner
        self._statements = planner.statements
        self._citer = Citer(planner.index.guides)

    def write(self) -> Roadmap:
        """The roadmap, its citations numbered in the order in which it is read."""
        standings = self._standings()
        ahead = next((place for place, standing in enumerate(standings) if not standing.done), len(standings))
        steps = []
        for place, (stage, standing) in enumerate(zip(self.plan.stages, standings, strict=True)):
            progress = Progress.DONE if standing.done else Progress.NEXT if place == ahead else Progress.LATER
            steps.append(self._step(place, stage, standing, progress))
        for_you, gaps = self._for_person()
        cited = dict.fromkeys((self.plan.main.guide.id, *(c.guide for c in self._citer.citations)))
        guides = tuple(self._planner.index.guides[guide] for guide in cited)
        plan = self.plan
        return Roadmap(plan.goal, plan.words, guides, plan.why, tuple(steps), for_you, gaps, self._citer.citations)

    # Where the person stands

    def _standings(self) -> list[Standing]:
        opening = self._opening()
        index, person = self._planner.index, self.plan.person
        found = [self._level(s) if is_rung(s) else stand(s, person, index, opening) for s in self.plan.stages]
        return [self._seen_whole(place, standing, found) for place, standing in enumerate(found)]

    def _seen_whole(self, place: int, standing: Standing, found: Sequence[Standing]) -> Standing:
        """A standing in the light of the others: what comes before a level or a credential that was reached is behind as well."""
        stages = self.plan.stages
        later = [(s, f) for s, f in zip(stages[place + 1 :], found[place + 1 :], strict=True) if f.done]
        if standing.done:
            return standing
        if is_rung(stages[place]) and any(is_rung(s) for s, _ in later):
            return Standing(True, "You are past this level.", self.plan.person.field)
        held = next((f for s, f in later if s.kind is Kind.CREDENTIAL and f.trait), None)
        if held and held.trait and stages[place].kind in (Kind.ROLE, Kind.TRAINING, Kind.SKILLS):
            return Standing(True, f"You hold {held.trait.value}, which comes after this step.", held.trait)
        return self._brought(stages[place], standing)

    def _brought(self, stage: Stage, standing: Standing) -> Standing:
        """A step of which the guides say that the person's job gives a part."""
        if standing.why or self._gift is None or self._gift[0] is not stage:
            return standing
        one = self._gift[1]
        by = Asked(one.guide, one.passage, one.span, None)
        why = f"Your work may have given you a part of this; what the guides say that it brings: “{_brings(one)}”."
        return Standing(False, why, one.trait, (by,))

    @cached_property
    def _gift(self) -> tuple[Stage, Said] | None:
        """The step that is nearest to what the guides say the person's job brings, and where they say it."""
        open_to = [s for s in self.plan.stages if s.kind in (Kind.TRAINING, Kind.SKILLS) and s.own]
        jobs = [one for trait, said in self._told.items() if trait.aspect is Aspect.EXPERIENCE for one in said]
        brought = [(one, words) for one in jobs if (words := _brings(one))]
        if not open_to or not brought:
            return None
        vectors = self._planner.index.encoder.encode([words for _, words in brought])
        near = np.array([[self._statements.nearest(vector, stage) for stage in open_to] for vector in vectors])
        alike = (near + vectors @ self._statements.gist(open_to).T) / 2
        row, column = divmod(int(alike.argmax()), len(open_to))
        return (open_to[column], brought[row][0]) if near[row, column] >= BROUGHT else None

    def _opening(self) -> list[Unit]:
        """What the guide says before the first step, and its own line on the schooling that is usual."""
        main = self.plan.main
        first = min(stage.title.start for stage in main.stages)
        units = self._statements.units(main.guide.id)
        before = [u for u in units if u[1].section == main.section and u[1].start < first]
        return before + [u for u in units if _SCHOOL_LINE.match(u[2].of(main.guide.text))]

    def _level(self, stage: Stage) -> Standing:
        """A level of the career: reached by its name; the ordinary ones by doing the work."""
        field = self.plan.person.field
        if field is None:
            return Standing(False, "")
        word = rung_word(stage.name)
        if word is None:
            return Standing(True, "You do this work already.", field)
        return (
            Standing(True, f"You told of {field.value}.", field)
            if re.search(rf"\b{word}\b", field.value, re.IGNORECASE)
            else Standing(False, "")
        )

    # Steps

    def _step(self, place: int, stage: Stage, standing: Standing, progress: Progress) -> Step:
        title = Sentence(plain(stage.name), (self._citer.cite(stage.guide, stage.section, stage.title),))
        reason = self._reason(standing, progress)
        asked = tuple(
            self._citer.quote(a.guide, a.passage, a.span) for a in standing.by if a.guide is stage.guide and a.level
        )
        told = telling(stage, self._citer)
        says = (*(one for one in asked if one not in told), *told)
        step = Step(place + 1, title, progress, reason, says)
        return step if progress is Progress.DONE else self._ahead(step, place, stage)

    def _ahead(self, step: Step, place: int, stage: Stage) -> Step:
        """A step that is still to do, with what it takes and what other guides say."""
        time, cost = self._estimates(self._time(stage)), self._estimates(self._cost(stage))
        disagreement, others = self._disagreement(stage), self._others(place)
        return replace(
            step, time=time, cost=cost, disagreement=disagreement, others=others, gaps=_gaps(stage, time, cost)
        )

    def _reason(self, standing: Standing, progress: Progress) -> Reason:
        cited = tuple(self._citer.cite(a.guide, a.passage.section, a.span) for a in standing.by)
        words = standing.trait.words if standing.trait else None
        return Reason(standing.why or _UNTOLD[progress], words, cited)

    def _estimates(self, found: Iterable[tuple[Unit, Figure]]) -> tuple[Estimate, ...]:
        estimates = []
        for unit, figure in found:
            sentence = self._citer.quote(*unit)
            estimates.append(Estimate(sentence.text, sentence.citations, figure.low, figure.high, figure.unit))
        return tuple({estimate.text: estimate for estimate in estimates}.values())[:MOST]

    def _time(self, stage: Stage) -> list[tuple[Unit, Figure]]:
        """How long a step takes: in its own words, else in what its guide says elsewhere about the schooling that it names."""
        own = list(times(_located(stage), experience=stage.kind is Kind.EXPERIENCE))
        if own or stage.kind not in (Kind.EDUCATION, Kind.TRAINING) or is_rung(stage):
            return own
        elsewhere = self._apart(self._statements.times(self.plan.main.guide.id))
        if stage.kind is Kind.EDUCATION:
            return [(u, f) for u, f in elsewhere if self._same_schooling(stage, u)]
        return [(u, f) for u, f in elsewhere if _COURSE.search(_about(u)) and self._is_about(stage, u)]

    def _cost(self, stage: Stage) -> list[tuple[Unit, Figure]]:
        """What a step costs: in its own words, else in what the guides say about the schooling or credential that it names."""
        own = list(costs(_located(stage)))
        if own or stage.kind not in _TAKES or is_rung(stage):
            return own
        elsewhere = self._apart([found for guide in self.plan.guides for found in self._statements.costs(guide.id)])
        if stage.kind is Kind.CREDENTIAL:
            return self._exam_costs(stage, elsewhere)
        if stage.kind is Kind.EDUCATION:
            return [(u, f) for u, f in elsewhere if self._same_schooling(stage, u)]
        return [(u, f) for u, f in elsewhere if _COURSE.search(_about(u)) and self._is_about(stage, u)]

    def _apart(self, found: Iterable[tuple[Unit, Figure]]) -> list[tuple[Unit, Figure]]:
        """Statements that no step holds as its own."""
        held = {(stage.guide.id, span) for stage in self.plan.stages for _, span in stage.own}
        return [(unit, figure) for unit, figure in found if (unit[0].id, unit[2]) not in held]

    def _exam_costs(self, stage: Stage, found: Sequence[tuple[Unit, Figure]]) -> list[tuple[Unit, Figure]]:
        """Those of the credentials that a step names, then those of the exams of the bodies that it names."""
        text = stage.body.of(stage.guide.text)
        named = set(re.findall(r"\b[A-Z]{3,6}(?:-[A-Z])?\b", text))
        own = named & self._planner.vocabulary.credentials
        exams = [(u, f) for u, f in found if _names_any(_about(u), named - own) and re.search(r"\bexams?\b", _about(u))]
        return [*exams[:1], *((u, f) for u, f in found if _names_any(_about(u), own) and (u, f) not in exams[:1])]

    def _same_schooling(self, stage: Stage, unit: Unit) -> bool:
        """Whether a statement names a level above high school that the step asks for."""
        spans = {span for _, span in stage.own}
        asked = {a.level for a in self._statements.schooling(stage.guide.id) if a.span in spans and a.level}
        there = {a.level for a in self._statements.schooling(unit[0].id) if a.span == unit[2] and a.level}
        return bool({level for level in asked & there if level > Level.HIGH_SCHOOL})

    def _is_about(self, stage: Stage, unit: Unit) -> bool:
        return float(self._statements.gist([stage])[0] @ self._statements.vector(unit[0].id, unit[2])) >= ABOUT

    # Other guides

    def _disagreement(self, stage: Stage) -> tuple[Sentence, ...]:
        """What the guides ask for here that cannot all be so for one who starts: the step's own statement first."""
        if (
            stage.kind not in (Kind.EDUCATION, Kind.CREDENTIAL)
            or stage.guide is not self.plan.main.guide
            or is_rung(stage)
        ):
            return ()
        spans = {span for _, span in stage.own}
        own = [a for a in self._asked(stage, stage.guide.id) if a.span in spans and a.strength is not None]
        main = demanded(own) if stage.kind is Kind.EDUCATION else next(iter(own), None)
        sides = sorted((a for a in self._asked_elsewhere(stage, spans) if main and _differs(main, a)), key=_plainness)
        one_each = tuple({a.guide.id: a for a in reversed(sides)}.values())[::-1][:MOST]
        shown = (main, *one_each) if main and one_each else ()
        return tuple(self._citer.quote(a.guide, a.passage, a.span) for a in shown)

    def _asked(self, stage: Stage, guide: str) -> Sequence[Asked]:
        return (
            self._statements.schooling(guide) if stage.kind is Kind.EDUCATION else self._statements.credentials(guide)
        )

    def _asked_elsewhere(self, stage: Stage, own: set[Span]) -> Iterator[Asked]:
        """What guides about the goal ask for under headings that speak of getting in."""
        found = (a for guide in self.plan.guides for a in self._asked(stage, guide.id) if a.span not in own)
        for asked in found:
            entry = _ENTRY.search(" ".join(asked.passage.section[-2:])) and asked.passage.kind is not PassageKind.ROW
            whole = asked.strength is not None and not asked.text.endswith(":")
            elsewhere = asked.guide is not stage.guide or (asked.level and asked.strength is Strength.NOT_NEEDED)
            if entry and whole and elsewhere and not _of_one_name(asked.text, self.plan.goal):
                yield asked

    def _others(self, place: int) -> tuple[Sentence, ...]:
        """What the steps of other guides add to this one."""
        sentences: list[Sentence] = []
        for other in self._matched.get(place, ()):
            passage, span = other.own[0]
            if not self._citer.has(other.guide, span) and len(sentences) < MOST:
                sentences.append(self._citer.quote(other.guide, passage, span))
        return tuple(sentences)

    @cached_property
    def _matched(self) -> dict[int, list[Stage]]:
        """For each step: the steps of other guides that belong to it and add something."""
        routes = [r for g in self.plan.guides for r in self._planner.routes[g.id] if r is not self.plan.main]
        others = [s for route in routes if route.form is not Form.LADDER for s in route.stages if s.own]
        ours = [stage for stage in self.plan.stages if not is_rung(stage)]
        matched: dict[int, list[Stage]] = {}
        if not others or not ours:
            return matched
        alike = self._statements.gist(others) @ self._statements.gist(ours).T
        for row, other in enumerate(others):
            lifted = [
                float(a) + SAME_KIND * (stage.kind is other.kind) for a, stage in zip(alike[row], ours, strict=True)
            ]
            place = max(range(len(ours)), key=lifted.__getitem__)
            if lifted[place] >= SAME_STEP and alike[row][place] < SAID_ALREADY:
                matched.setdefault(place, []).append(other)
        return matched

    # The person

    def _for_person(self) -> tuple[tuple[Sentence, ...], tuple[str, ...]]:
        """What the guides say to what the person told; and what they told of that no guide speaks to."""
        sentences: list[Sentence] = [self._citer.quote(*unit) for unit in self._of_goal()]
        gaps: list[str] = []
        for trait, said in self._told.items():
            new = [one for one in said if not self._citer.has(one.guide, one.span)]
            sentences += [self._citer.quote(one.guide, one.passage, one.span) for one in new]
            gaps += self._unsaid(trait, said)
        return tuple(sentences), tuple(gaps)

    def _of_goal(self) -> list[Unit]:
        """What the guides say about a goal that the main guide does not name, under a heading that does."""
        goal, goals, main = self.plan.goal, self._planner.goals, self.plan.main.guide
        if climbs(goal) or goals.named(goal, main):
            return []
        headed = [(goals.narrows(goal, s, main), -len(s.path), g, s) for g in self.plan.guides for s in g.sections]
        share, _, guide, section = max(headed, key=lambda found: found[:2])
        inside = [u for u in self._statements.units(guide.id) if section.start <= u[2].start < section.end]
        return [u for u in inside if len(u[2].of(guide.text).split()) > SHORT][: MOST - 1] if share else []

    @cached_property
    def _told(self) -> dict[Trait, list[Said]]:
        """For each trait, what the guides say to it."""
        return {trait: self._said(trait) for trait in self.plan.person.profile.traits}

    def _said(self, trait: Trait) -> list[Said]:
        if trait is self.plan.person.field or trait.value.startswith("from "):
            return []
        if trait.value.startswith("lives in "):
            return self._local(trait)
        found: list[Said] = []
        for said in self._planner.personal.says(trait, {guide.id for guide in self.plan.guides}, self.plan.goal):
            if not any(said.text in known.text for known in found):
                found.append(said)
            if len(found) == MOST - 1:
                break
        return found

    def _local(self, trait: Trait) -> list[Said]:
        """What the guides say on getting in where the person lives, if the steps are about somewhere else."""
        country = self._planner.personal.country([trait])
        if self._planner.personal.fits(self.plan.main.guide, country) >= 0:
            return []
        found = self._planner.personal.local(trait, self._planner.index.guides, f"{GETTING_IN} {self.plan.goal}")
        return list(islice(found, MOST))

    def _unsaid(self, trait: Trait, said: Sequence[Said]) -> list[str]:
        if trait.value.startswith(("lives in ", "from ")):
            country = self._planner.personal.country([trait])
            if self._planner.personal.fits(self.plan.main.guide, country) >= 0:
                return []
            beside = " What they say about it stands above." if said else ""
            here = f"These steps are about {self.plan.main.guide.country}; the guides hold none for where you live."
            return [f"You said “{trait.words}”. {here}{beside}"]
        if said or trait.aspect is not Aspect.CONSTRAINTS:
            return []
        return [f"You said “{trait.words}”. The guides do not say what that means for these steps."]


_UNTOLD = {
    Progress.DONE: "You told of this.",
    Progress.NEXT: "Your next step: nothing that you told me covers it yet.",
    Progress.LATER: "It comes after the steps above.",
}


def _brings(said: Said) -> str:
    """What a statement says that a job brings: of a row, the cells under that heading alone."""
    passage, text = said.passage, said.guide.text
    if passage.kind is PassageKind.ROW and len(passage.header) == len(passage.cells):
        pairs = zip(passage.header, passage.cells, strict=True)
        return ", ".join(cell.of(text) for header, cell in pairs if _BRINGS.search(header.of(text)))
    return said.text if _BRINGS.search(said.text) else ""


def _located(stage: Stage) -> list[Unit]:
    return [(stage.guide, passage, span) for passage, span in stage.own]


def _about(unit: Unit) -> str:
    guide, passage, span = unit
    return plain(f"{passage.section[-1] if passage.section else ''}: {span.of(guide.text)}")


def _names_any(text: str, names: Iterable[str]) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b(?!-)", text) for name in names)


def _of_one_name(text: str, goal: str) -> bool:
    """Whether a unit speaks of one credential or body by its abbreviation."""
    return any(name not in goal for name in re.findall(r"\b[A-Z]{3,}\b", text))


def _plainness(asked: Asked) -> tuple[bool, bool]:
    """The plainest statements first: those that something is not needed, those without a hedge."""
    return asked.strength is not Strength.NOT_NEEDED, bool(_HEDGED.search(asked.text))


def _differs(main: Asked, other: Asked) -> bool:
    """Whether two statements cannot both be so for one who starts."""
    opposite = {main.strength, other.strength} == {Strength.REQUIRED, Strength.NOT_NEEDED}
    if main.level is None or other.level is None:
        return opposite
    if opposite:
        needed = main if main.strength is Strength.REQUIRED else other
        return (needed.level or Level.HIGH_SCHOOL) >= Level.ASSOCIATE
    return main.strength is other.strength is Strength.REQUIRED and main.level != other.level


def _gaps(stage: Stage, time: Sequence[Estimate], cost: Sequence[Estimate]) -> tuple[str, ...]:
    if stage.kind not in _TAKES or is_rung(stage):
        return ()
    unsaid = [] if time else ["The guides do not say how long this takes."]
    return (*unsaid, *([] if cost else ["The guides do not say what this costs."]))
