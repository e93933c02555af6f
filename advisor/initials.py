"""Abbreviations of a question that no guide explains, spelled out by the guide whose title they are the initials of."""

from __future__ import annotations

import re
from functools import cached_property

from index.search import Index
from index.words import FUNCTION_WORDS

_ABBREVIATION = re.compile(r"\b([A-Z]{2,5})(?:s|'s|’s)?(?![\w-])")
_SPELLED = re.compile(rf"{_ABBREVIATION.pattern} \(([^()]+)\)")
_WORD = re.compile(r"[^\W\d_]+")


def words_of(letters: str) -> str:
    """The pattern of words that stand together and have these initials, small words between them aside."""
    return r"\W+(?:(?:of|and|for|the|in)\W+)?".join(rf"{re.escape(letter)}[\w'’]*" for letter in letters)


def without_initials(text: str) -> str:
    """A text with nothing but the words of what `Initials.spell_out` spelled out ("an Occupational Therapists")."""

    def words(match: re.Match[str]) -> str:
        return match[2] if re.fullmatch(words_of(match[1]), match[2], re.IGNORECASE) else match[0]

    return _SPELLED.sub(words, text)


class Initials:
    """Spells out abbreviations over one index."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def spell_out(self, text: str) -> str:
        """The text, each such abbreviation followed by the title that it stands for ("an SLP (Speech-Language Pathologists)")."""
        return _ABBREVIATION.sub(lambda match: match[0] + self._meant(match[1]), text)

    def _meant(self, letters: str) -> str:
        """The one title with these initials, where no guide of another title uses the abbreviation."""
        meant = self._titles.get(letters, [])
        if len(meant) != 1:
            return ""
        title, name = meant[0]
        used = re.compile(rf"\b{letters}s?\b")
        others = (guide.text for guide in self.index.guides.values() if guide.title != title)
        return "" if any(map(used.search, others)) else f" ({name})"

    @cached_property
    def _titles(self) -> dict[str, list[tuple[str, str]]]:
        """By initials without function words: titles, and as much of them as stands before a colon, dash or bracket."""
        found: dict[str, list[tuple[str, str]]] = {}
        for title in dict.fromkeys(guide.title for guide in self.index.guides.values()):
            name = re.split(r"[(:|–—]", title)[0].strip() or title
            words = [word for word in _WORD.findall(name) if word.lower() not in FUNCTION_WORDS]
            found.setdefault("".join(word[0].upper() for word in words), []).append((title, name))
        return found
