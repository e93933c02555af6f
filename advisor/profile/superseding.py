"""Which of two statements of a person corrects the other: those that answer the same question of a form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from index.words import stems_in

from .levels import Level, level_of

if TYPE_CHECKING:
    from .values import Trait

_KINDS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("age", r"\byears old\b|\bin their\b"),
        ("place", r"^lives in\b"),
        ("money", r"^[$£€]|saved|savings|budget|money"),
        ("hours", r"hours (?:a|per|each|every)"),
        ("home", r"from home|remote"),
        ("children", r"\bkids?\b|\bchildren\b|\bmom\b|\bmum\b|\bdad\b|\bmother\b|\bfather\b|\bparent\b"),
    )
)
_DENIED = re.compile(r"no\s+", re.IGNORECASE)
_GOES_ON = re.compile(r"(?:studying|in)\s+", re.IGNORECASE)


def supersedes(later: Trait, earlier: Trait) -> bool:
    """Whether a later statement takes the place of an earlier one: the same thing, said again or otherwise."""
    if later.aspect != earlier.aspect:
        return False
    if later.value.casefold() == earlier.value.casefold():
        return True
    match later.aspect:
        case "goal":
            return True
        case "education":
            return _education(later.value, earlier.value)
        case "experience":
            return _experience(later.value, earlier.value)
        case "constraints":
            return any(kind.search(later.value) and kind.search(earlier.value) for _, kind in _KINDS)
        case _:
            return _bare(later.value) == _bare(earlier.value)


def _education(later: str, earlier: str) -> bool:
    """A denied level corrects it and all above; a level reached corrects its denial, its being studied for, and itself."""
    new, old = level_of(later), level_of(earlier)
    if new is None or old is None:
        return False
    if _DENIED.match(later):
        return old >= new and not _DENIED.match(earlier)
    if _GOES_ON.match(later):
        return False
    if _DENIED.match(earlier):
        return old <= new or new >= Level.ASSOCIATE
    return old == new and (not _field(earlier) or _field(later) == _field(earlier) or bool(_GOES_ON.match(earlier)))


def _field(value: str) -> str:
    return value.partition(" in ")[2].casefold()


def _experience(later: str, earlier: str) -> bool:
    """The same job again, with another length; experience corrects having none."""
    if _DENIED.match(earlier):
        return not _DENIED.match(later) and earlier.casefold() in ("no experience", "no work experience")
    ours, theirs = (set(stems_in(re.split(r",\s*(?=\D{0,12}\d)", value)[0])) for value in (later, earlier))
    return bool(ours) and ours == theirs


def _bare(value: str) -> str:
    return _DENIED.sub("", value).casefold()
