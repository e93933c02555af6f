"""Where a person stands with a step: what they told, held against what the guide asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from advisor.personal import job_of, met
from advisor.profile import Aspect, Profile, Trait
from advisor.profile.levels import Level, level_of
from advisor.profile.phrases import SPELL
from index.figures import NUMBER_WORDS
from index.guide import Guide
from index.search import Index
from index.words import stems_in

from .asking import Asked, demanded, free_of_schooling, schooling, vague
from .goals import GENERAL, also_called, matches, own_words
from .kinds import Kind
from .levels import climbs
from .routes import Stage
from .taking import Unit

SAME_FIELD = 0.6
"""Cosine from which two fields of study are much the same."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Whether a step is behind a person, why, in whose words, and by which units of the guides."""

    done: bool
    why: str
    trait: Trait | None = None
    by: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """A profile, read for one goal."""

    profile: Profile
    goal: str
    field: Trait | None
    """The trait that says they do this work already."""
    credentials: frozenset[str] = frozenset()
    """The credentials that the guides expand."""

    @property
    def schooling(self) -> tuple[tuple[Level, Trait], ...]:
        """What they finished, the highest level first."""
        known = [
            (level, trait)
            for trait in self.profile.of(Aspect.EDUCATION)
            if not re.match(r"(?:no|studying|in)\b", trait.value)
            and "student" not in trait.value
            and (level := _studied(trait) or level_of(trait.value))
        ]
        return tuple(sorted(known, key=lambda pair: -pair[0]))

    @property
    def lacking(self) -> Trait | None:
        """The trait that says what schooling they do not have, or have not finished."""
        return next((t for t in self.profile.of(Aspect.EDUCATION) if re.match(r"no\b", t.value)), None)

    @property
    def underway(self) -> Trait | None:
        """Schooling that goes on."""
        return next(
            (
                t
                for t in self.profile.of(Aspect.EDUCATION)
                if re.match(r"(?:studying|in)\b", t.value) or "student" in t.value
            ),
            None,
        )


def _studied(trait: Trait) -> Level | None:
    """Who went to college finished high school."""
    return Level.HIGH_SCHOOL if trait.value.startswith(("studied ", "some college")) else None


def person_for(profile: Profile, goal: str, guide: Guide, credentials: frozenset[str] = frozenset()) -> Person:
    """The profile read for a goal that a guide leads to."""
    for trait in profile.of(Aspect.EXPERIENCE):
        job = job_of(trait)
        trained = re.search(r"\b(?:apprentic\w+|trainee|student)\b|^no\b", trait.value)
        if job and not trained and _same_work(job, goal, guide):
            return Person(profile, goal, trait, credentials)
    return Person(profile, goal, None, credentials)


def _same_work(job: frozenset[str], goal: str, guide: Guide) -> bool:
    """Whether a job is the work that a guide leads to: the goal, the guide's title or its other names say it whole."""
    for name in (goal, guide.title, *also_called(guide)):
        named = {stem for stem in own_words(name) if not climbs(stem)}
        if named and len(job) >= len(named) and all(met(stem, named) for stem in job):
            return True
    return False


def stand(stage: Stage, person: Person, index: Index, opening: Sequence[Unit]) -> Standing:
    """Where a person stands with a step; `opening` are the units that stand before the first step."""
    if stage.kind in (Kind.EDUCATION, Kind.OTHER):
        asked = _schooling_of(stage, opening if stage.kind is Kind.EDUCATION else ())
        free = free_of_schooling((stage.guide, passage, span) for passage, span in stage.own)
        if free and not (asked and asked.of_all):
            return Standing(True, "The guide says that no formal schooling is needed.", None, (free,))
        if asked and asked.level:
            return _school(asked, person, index)
    if stage.kind is Kind.CREDENTIAL:
        return _credential(stage, person)
    if stage.kind in (Kind.EXPERIENCE, Kind.TRAINING):
        return _experience(stage, person)
    if stage.kind is Kind.SKILLS:
        return _skills(stage, person)
    if person.field and stage.kind in (Kind.ROLE, Kind.APPLY):
        return Standing(True, "You do this work already.", person.field)
    return Standing(False, "")


def _schooling_of(stage: Stage, opening: Sequence[Unit]) -> Asked | None:
    own = list(schooling((stage.guide, passage, span) for passage, span in stage.own))
    before = list(schooling(opening))
    usual = [a for a in before if a.of_all or re.match(r"[^:.]{0,60}:", a.text)]
    return next(iter([*(a for a in usual if not vague(a)), *usual]), None) or demanded([*own, *before])


def _school(asked: Asked, person: Person, index: Index) -> Standing:
    level = asked.level or Level.HIGH_SCHOOL
    known = person.schooling
    if not known:
        return _no_school(asked, person)
    best, trait = known[0]
    enough = [t for rung, t in known if rung >= level]
    if not enough:
        return Standing(
            False, f"You told of {_short(trait)}; the guide asks for more here (“{asked.named}”).", trait, (asked,)
        )
    above = "above what the guide asks for" if best > level else "which is what the guide asks for"
    fit = _field_fits(asked, enough, index)
    if fit is None:
        return Standing(True, f"You have {_short(trait)}, {above} (“{asked.named}”).", trait, (asked,))
    if isinstance(fit, Trait):
        return Standing(True, f"You have {_short(fit)}, and its field fits “{asked.field}”.", fit, (asked,))
    if level is Level.HIGH_SCHOOL:
        return Standing(True, f"You have {_short(trait)}; check that it covers “{asked.field}”.", trait, (asked,))
    field = _field_of(trait)
    told = f"yours is in {field}" if field else "you did not say in which field yours is"
    check = f"The guide names the field “{asked.field}”, and {told}: ask whether it counts."
    return Standing(False, f"You have {_short(trait)}, {above} (“{asked.named}”). {check}", trait, (asked,))


def _no_school(asked: Asked, person: Person) -> Standing:
    if person.underway:
        return Standing(
            False,
            f"You are on the way: {person.underway.value}. The guide asks for “{asked.named}”.",
            person.underway,
            (asked,),
        )
    if person.lacking and asked.level and asked.level < Level.ASSOCIATE and "school" not in person.lacking.value:
        told = f"You told of {person.lacking.value}; the guide asks only for “{asked.named}”, and you did not say whether you have that."
        return Standing(False, told, person.lacking, (asked,))
    if person.lacking:
        return Standing(
            False,
            f"You told of {person.lacking.value}; the guide asks for “{asked.named}” here.",
            person.lacking,
            (asked,),
        )
    if person.field:
        return Standing(True, "You do this work already.", person.field, (asked,))
    return Standing(
        False, f"The guide asks for “{asked.named}”, and you did not say what schooling you have.", None, (asked,)
    )


def _field_fits(asked: Asked, traits: Sequence[Trait], index: Index) -> Trait | bool | None:
    """The trait whose field fits; None where no field is asked for, False where none is known to fit."""
    if not asked.field:
        return None
    for trait in traits:
        field = _field_of(trait)
        if not field:
            continue
        if set(stems_in(field)) & set(stems_in(asked.field)):
            return trait
        one, other = index.encoder.encode([field, asked.field])
        if float(one @ other) >= SAME_FIELD:
            return trait
    return False


def _field_of(trait: Trait) -> str:
    match = re.search(r"\b(?:in|of|studied)\s+(?!science\b|arts\b)(?P<field>.+)$", trait.value)
    if match:
        return re.sub(r"^(?:science|arts)\s+in\s+", "", match["field"])
    before = re.match(
        r"(?P<field>(?!university|college|bachelor|master|associate|foundation|honou?rs)[\w -]+?)\s+degree$",
        trait.value,
    )
    return before["field"] if before else ""


def _short(trait: Trait) -> str:
    """A trait's value in a sentence, with an article."""
    value = trait.value
    if re.match(r"(?:no|some|studied|A[- ]levels?|GCSEs?|high school$)", value, re.IGNORECASE):
        return value
    vowel = re.match(r"[aeioAEIO]|M(?:BA|Sc|A|S|PH|Ed|FA)\b|H(?:ND|S)\b", value) and not re.match(r"one|uni", value)
    return f"{'an' if vowel else 'a'} {value}"


def _credential(stage: Stage, person: Person) -> Standing:
    """Done where what they hold is named in the step, or is the licence of this very work."""
    text = stage.body.of(stage.guide.text) + " " + stage.name
    lacks = None
    for trait in person.profile.of(Aspect.CREDENTIALS):
        name = trait.value.removeprefix("no ")
        short = re.fullmatch(r"[A-Z][A-Z&-]+(?:\s\d+)?", name)
        named = re.search(rf"\b{re.escape(name)}\b", text, 0 if short else re.IGNORECASE) is not None
        kind = re.search(r"licen|certif|registr", name, re.IGNORECASE)
        driving = re.search(r"driv", name, re.IGNORECASE)
        own = bool(kind) and _licence_of(name, f"{person.goal} {stage.guide.title}")
        if trait.value.startswith("no "):
            lacks = trait if named or own else lacks
        elif (named and not driving) or own:
            return Standing(True, f"You have it: {name}.", trait)
        elif named:
            return Standing(False, f"You have {name}, which is a part of this step.", trait)
    if lacks:
        return Standing(False, f"You told of {lacks.value}.", lacks)
    other = next((t for t in person.profile.of(Aspect.CREDENTIALS) if t.value in person.credentials), None)
    if other:
        return Standing(
            False, f"You hold {other.value}; this step names other credentials: read whether yours will do.", other
        )
    if person.field and matches(f"{' '.join(stage.section)} {text}", person.goal):
        return Standing(False, "You do this work already; you did not say which credential you hold.", person.field)
    return Standing(False, "")


def _licence_of(name: str, work: str) -> bool:
    """Whether a credential is the licence of this very work: it names nothing else ("plumber's license")."""
    named = {stem for stem in own_words(name) if not re.match(r"licen|certif|regist|state|creden", stem)}
    return bool(named) and named <= own_words(work)


def _experience(stage: Stage, person: Person) -> Standing:
    if person.field:
        return Standing(True, "You do this work already.", person.field)
    if stage.kind is Kind.TRAINING:
        return Standing(False, "")
    text = stage.body.of(stage.guide.text)
    for trait in person.profile.of(Aspect.EXPERIENCE):
        job = job_of(trait)
        if not job or trait.value.startswith("no ") or not job <= set(stems_in(text)) or years_of(trait) < 1:
            continue
        if len(job) > 1:
            return Standing(True, f"You told of {trait.value}, which this step names.", trait)
        return Standing(False, f"You told of {trait.value}; read whether it counts here.", trait)
    none = next((t for t in person.profile.of(Aspect.EXPERIENCE) if t.value.startswith("no ")), None)
    return Standing(False, f"You told of {none.value}." if none else "", none)


def years_of(trait: Trait) -> float:
    """The years in a trait of experience; 1 where it gives none."""
    spell = SPELL.search(trait.value)
    if not spell:
        return 1.0
    digits = re.search(r"\d+(?:\.\d+)?", spell["count"])
    words = {"a": 1, "an": 1, "couple": 2, "few": 3, "several": 4, "many": 5, **NUMBER_WORDS}
    count = (
        float(digits[0]) if digits else float(next((words[w] for w in spell["count"].lower().split() if w in words), 1))
    )
    unit = spell["unit"].lower()
    return count * (
        10
        if unit.startswith("decade")
        else 1 / 12
        if unit.startswith("month")
        else 1 / 52
        if unit.startswith("week")
        else 1
    )


def _skills(stage: Stage, person: Person) -> Standing:
    if person.field:
        return Standing(True, "You do this work already.", person.field)
    text = set(stems_in(stage.body.of(stage.guide.text)))
    for trait in person.profile.of(Aspect.SKILLS):
        stems = {stem for stem in stems_in(trait.value) if stem not in GENERAL}
        if stems and stems <= text:
            return Standing(False, f"A part of this you have: {trait.value}.", trait)
    return Standing(False, "")
