"""A profile as it comes in from outside, checked: apart from the values, since few questions bring one along."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from index.errors import AdvisorError

from .values import MAX_TRAITS, MAX_VALUE, MAX_WORDS, Aspect


class StoredTrait(BaseModel):
    """One trait; unknown keys are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    aspect: Aspect
    value: Annotated[str, StringConstraints(min_length=1, max_length=MAX_VALUE, strip_whitespace=True)]
    words: Annotated[str, StringConstraints(max_length=MAX_WORDS)] = ""


class _StoredProfile(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    traits: Annotated[tuple[StoredTrait, ...], Field(max_length=MAX_TRAITS)] = ()


def read_stored(stored: object) -> tuple[StoredTrait, ...]:
    """The traits of what `Profile.to_json` gave, or a person wrote; raises `AdvisorError` where it is no such thing."""
    try:
        return _StoredProfile.model_validate(stored).traits
    except ValidationError as error:
        raise AdvisorError(f"This is not a profile: {_first(error)}") from error


def _first(error: ValidationError) -> str:
    """The first thing that is wrong, and where."""
    found = error.errors()[0]
    where = ".".join(map(str, found["loc"]))
    return f"{where or 'it'}: {found['msg']}."
