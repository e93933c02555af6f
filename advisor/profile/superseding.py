"""Which of two statements of a person corrects the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .values import Trait


def supersedes(later: Trait, earlier: Trait) -> bool:
    """Whether a later statement takes the place of an earlier one: the same thing, said again or otherwise."""
    return later.aspect == earlier.aspect and later.value.casefold() == earlier.value.casefold()
