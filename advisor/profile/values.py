"""What a person told about themselves: traits, each with the very words it came from, so that it can be shown and erased."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from .superseding import supersedes

MAX_TRAITS = 40
"""Traits that a profile keeps; the oldest fall away."""
MAX_VALUE = 200
MAX_WORDS = 500
"""Characters."""


class Aspect(StrEnum):
    """What a trait is about."""

    EDUCATION = "education"
    EXPERIENCE = "experience"
    CREDENTIALS = "credentials"
    SKILLS = "skills"
    GOAL = "goal"
    CONSTRAINTS = "constraints"


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing that a person told."""

    aspect: Aspect
    value: str
    """In few words, as a form would hold it: "bachelor's degree in biology", "nurse, 5 years", "no degree"."""
    words: str
    """The person's own words: a part of the message that told it, letter by letter."""

    def to_json(self) -> dict[str, str]:
        """`{"aspect", "value", "words"}`."""
        return {"aspect": str(self.aspect), "value": self.value, "words": self.words}


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person told, in the order in which they told it. An empty one is false."""

    traits: tuple[Trait, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.traits)

    def of(self, *aspects: Aspect) -> tuple[Trait, ...]:
        """The traits of these aspects."""
        return tuple(trait for trait in self.traits if trait.aspect in aspects)

    def with_trait(self, trait: Trait) -> Profile:
        """The profile and one trait more, which takes the place of what it corrects."""
        kept = tuple(known for known in self.traits if not supersedes(trait, known))
        return Profile((*kept, trait)[-MAX_TRAITS:])

    def merged(self, later: Profile | Iterable[Trait]) -> Profile:
        """The profile and what was told later; a later statement corrects an earlier one on the same thing."""
        profile = self
        for trait in later.traits if isinstance(later, Profile) else later:
            profile = profile.with_trait(trait)
        return profile

    def without(self, trait: Trait) -> Profile:
        """The profile without a trait, which is erased."""
        return Profile(tuple(known for known in self.traits if known != trait))

    def to_json(self) -> dict[str, Any]:
        """`{"traits": [{"aspect", "value", "words"}, …]}`."""
        return {"traits": [trait.to_json() for trait in self.traits]}

    @classmethod
    def from_json(cls, stored: object) -> Profile:
        """What `to_json` gave, or a person wrote by hand; raises `AdvisorError` where it is no such thing.

        Unknown keys are ignored; `words` may be missing, and is then the value.
        """
        from .stored import read_stored

        return cls(tuple(Trait(trait.aspect, trait.value, trait.words or trait.value) for trait in read_stored(stored)))
