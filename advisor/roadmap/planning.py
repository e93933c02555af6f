"""From a profile and a goal to a roadmap: the guide whose steps fit best, and where this person stands with each."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from advisor.draft import plain
from advisor.personal import Personal, job_of
from advisor.profile import Aspect, Profile, Vocabulary
from advisor.subjects import series
from index.guide import Guide
from index.search import Index
from index.words import stems_in

from .goals import Goals, Match
from .levels import climbs
from .routes import Form, Route, Stage, routes
from .standing import Person, person_for
from .statements import Statements
from .values import Roadmap
from .writing import Plan, Writer

FORMS = {Form.STEPS: 0.4, Form.PARTS: 0.4, Form.LIST: 0.1, Form.LADDER: 0.0}
"""What each form of steps adds to the score of a route."""
LENGTH = 0.3
"""What a route of a hundred sentences gains; shorter ones in proportion."""
COUNTRY = 0.7
"""What a guide about the person's own country gains, and one about another loses."""
OWN_JOB = 0.1
"""What a guide gains that names the person's job in its title or over its steps."""
HOW = "how to become, steps, education, training"
"""What is searched for where the goal goes without saying."""


class Planner:
    """Plans roadmaps over one index; holds nothing of any person, so one serves all."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.vocabulary = Vocabulary.of(index.guides.values())
        self.personal = Personal(index)
        self.statements = Statements(index)
        self.routes = {guide.id: routes(guide) for guide in index.guides.values()}
        self.goals = Goals(index)

    def destinations(self) -> tuple[str, ...]:
        """What the guides lead to in steps, for somebody who looks for a goal; nothing where all are about one subject."""
        if self.goals.one_subject:
            return ()
        leading = (
            guide
            for guide in self.index.guides.values()
            if any(r.form is not Form.LADDER for r in self.routes[guide.id])
        )
        return tuple(dict.fromkeys(_subject(guide) for guide in leading))

    def plan(self, profile: Profile | None = None, goal: str | None = None) -> Roadmap:
        """The way to a goal for a person; without steps, its `gaps` say what is missing.

        `goal` comes before the goal that the profile tells; where neither is given, the one subject of the guides is.
        """
        known = profile or Profile()
        wanted, words = _wanted(known, goal)
        plan = self._choose(known, wanted, words)
        return Writer(self, plan).write() if plan else self._without(wanted, words)

    def _choose(self, profile: Profile, goal: str, words: str | None) -> Plan | None:
        matches = self._about(goal)
        country = self.personal.country(profile.of(Aspect.CONSTRAINTS))
        ranked = sorted(self._ranked(matches, country, profile), key=lambda pair: -pair[0])
        if not ranked:
            return None
        main = ranked[0][1]
        guides = self._beside(main.guide, matches)
        named = goal or _subject(main.guide)
        person = person_for(profile, named, main.guide, self.vocabulary.credentials)
        stages = (*main.stages, *self._rungs(goal, guides, person))
        several = len({route.guide.id for _, route in ranked if route.guide in guides}) > 1
        return Plan(named, words, main, stages, person, guides, self._why(main, goal, country, several=several))

    def _ranked(self, matches: Sequence[Match], country: str | None, profile: Profile) -> list[tuple[float, Route]]:
        jobs = [job for trait in profile.of(Aspect.EXPERIENCE) if (job := job_of(trait))]
        return [
            (self._score(match, route, country, jobs), route)
            for match in matches
            for route in self.routes[match.guide.id]
            if route.form is not Form.LADDER
        ]

    def _score(self, match: Match, route: Route, country: str | None, jobs: Sequence[frozenset[str]]) -> float:
        named = set(stems_in(f"{match.guide.title} {' '.join(route.section)}"))
        length = min(sum(len(stage.own) for stage in route.stages), 100) / 100
        fits = COUNTRY * self.personal.fits(match.guide, country) + OWN_JOB * any(job <= named for job in jobs)
        return match.score + FORMS[route.form] + LENGTH * length + fits

    def _about(self, goal: str) -> tuple[Match, ...]:
        """The guides about a goal; all of them where they have one subject and the goal is a level of it, or goes without saying."""
        spelled = self.vocabulary.expansions.get(goal.upper(), goal)
        matches = (self.goals.about(spelled) or self.goals.alike(goal)) if goal else ()
        if climbs(goal) and self.goals.one_subject and self.goals.spoken_of(goal):
            return self._all(goal)
        if any(route.form is not Form.LADDER for match in matches for route in self.routes[match.guide.id]):
            return matches
        if not self.goals.one_subject or not (matches or not goal or self.goals.spoken_of(goal)):
            return ()
        return self._all(goal)

    def _all(self, goal: str) -> tuple[Match, ...]:
        """Every guide, the nearest to a goal first: what is done where all have one subject."""
        scores = np.exp(self.index.scores(goal or HOW).guide)
        guides = zip(self.index.guides.values(), scores, strict=True)
        return tuple(Match(guide, 1.0, float(score)) for guide, score in guides)

    def _beside(self, main: Guide, matches: Sequence[Match]) -> tuple[Guide, ...]:
        """The main guide, and the others about the goal in the same country: all of them where guides have one subject."""
        others = list(self.index.guides.values()) if self.goals.one_subject else [match.guide for match in matches]
        kept = (g for g in others if g is not main and not self.personal.elsewhere(main, g) and not series(main, g))
        return (main, *kept)

    def _rungs(self, goal: str, guides: Sequence[Guide], person: Person) -> tuple[Stage, ...]:
        """The levels of the career up to the one that is aimed at; all of them for somebody who does the work already."""
        up = climbs(goal)
        if not up and person.field is None:
            return ()
        for route in (route for guide in guides for route in self.routes[guide.id] if route.form is Form.LADDER):
            aimed = [place for place, stage in enumerate(route.stages) if up and self.goals.covers(goal, stage.name)]
            if aimed:
                return route.stages[: min(aimed, key=lambda place: len(set(stems_in(route.stages[place].name)))) + 1]
            if not up:
                return route.stages
        return ()

    def _why(self, main: Route, goal: str, country: str | None, *, several: bool) -> str:
        title = plain(main.guide.title)
        if self.personal.fits(main.guide, country) > 0:
            return f"“{title}” is about the country where you live."
        if goal and not climbs(goal) and not self.goals.named(goal, main.guide):
            return f"No guide is about “{goal}” by name; “{title}” is the nearest that holds steps."
        if several:
            return f"“{title}” holds the fullest steps to this goal; what other guides add stands beside it."
        return f"“{title}” is the guide that holds the steps to this goal."

    def _without(self, goal: str, words: str | None) -> Roadmap:
        if goal:
            near = ", ".join(f"“{guide.title}”" for guide in self.goals.near(goal))
            gap = f"The guides hold no steps towards “{goal}”. The nearest guides are {near}."
        else:
            titles = ", ".join(f"“{guide.title}”" for guide in list(self.index.guides.values())[:3])
            gap = f"Say what you would like to become. The guides are about several careers, for example {titles}."
        return Roadmap(goal, words, (), "", (), (), (gap,), ())


def _wanted(profile: Profile, goal: str | None) -> tuple[str, str | None]:
    """The goal in few words, and the person's words for it where the profile tells it."""
    if goal and goal.strip():
        return _tidy(goal), None
    told = profile.of(Aspect.GOAL)
    return (_tidy(told[-1].value), told[-1].words) if told else ("", None)


def _tidy(goal: str) -> str:
    wish = r"^(?:i\s+(?:want|would\s+like|['’]?d\s+like)\s+to\s+)?(?:(?:become|becoming|be|get\s+into|work\s+as|work\s+in)\s+)?(?:(?:an?|the)\s+)?"
    said = " ".join(goal.split())[:200]
    return re.sub(wish, "", said, flags=re.IGNORECASE).strip(" .!?") or said


def _subject(guide: Guide) -> str:
    """What a guide leads to, from its title."""
    bare = re.sub(
        r"^(?i:becoming|how\s+to\s+become)\s+(?:an?\s+)?|\s*[(:–—|].*$|\s+in\s+(?:the\s+)?[A-Z].*$", "", guide.title
    )
    return plain(bare) or guide.title
