"""The guides' own words for credentials and skills: the abbreviations that they expand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from index.guide import Guide


@dataclass(frozen=True)
class Vocabulary:
    """What the guides of one index call things."""

    @classmethod
    def of(cls, guides: Iterable[Guide]) -> Vocabulary:
        """The vocabulary of some guides; made once for an index."""
        del guides
        return cls()
