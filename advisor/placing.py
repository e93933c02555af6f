"""Where a question asks about, and whether the evidence tells of that place.

Guides say which country they are about, or name places in their rows and headings. What is so in one country is no
answer for another, and a figure of one region none for its neighbour.
"""

from __future__ import annotations

import re
from functools import cached_property

from index.search import Index
from index.texts import above_text
from index.words import Word, words_in

from .evidence import Evidence
from .profile.places import PARTS, country_of, is_country
from .profile.places import known as known_place

_PLACES = re.compile(
    r"\b(?:in|around|near|across|outside)\s+(?:the\s+)?((?:[^\W\d_][\w.'’-]*)(?:\s+[^\W\d_][\w.'’-]*){0,2})",
    re.IGNORECASE,
)
"""What may be a place: up to three words behind "in"."""
_NAME_INSIDE = re.compile(r"(?<=[a-z,] )(?!I\b)[A-Z]")
_WHICH_PLACE = re.compile(
    r"\b(?:which|what|best|worst|top|paying|paid)\s+(?:[\w.]+\s+)?(?:states?|cit(?:y|ies)|countr(?:y|ies)|regions?|provinces?|count(?:y|ies))\b",
    re.IGNORECASE,
)
LOOKED_AT = 5
"""The best units, one of which must name a place where it is asked which one."""
_COUNTRY = re.compile(r"\b(?:UK|U\.K\.|(?<=\bthe )uk|US|U\.S\.|USA|U\.S\.A\.|UAE|(?:Great )?Britain|America)(?!\w)")
"""Names of countries in everyday use: such as are no words in small letters."""
_THE = re.compile(r"\b(?:the|an?)\s$", re.IGNORECASE)
_IN = re.compile(r"\b(?:in|around|near|across|outside) $", re.IGNORECASE)


class Countries:
    """The countries that the guides of one index say they are about."""

    def __init__(self, index: Index) -> None:
        self._guides = index.guides

    def named(self, text: str) -> str:
        """A text with a country that it calls by another name ("UK") called as a guide about it says; as it is where all are about one."""
        return _COUNTRY.sub(self._name, text) if _COUNTRY.search(text) and len(self._names) > 1 else text

    @cached_property
    def _names(self) -> dict[str, str]:
        """The countries that guides say they are about, by code."""
        said = dict.fromkeys(guide.country for guide in self._guides.values() if guide.country)
        return {code: name for name in said if (code := country_of(name))}

    def _name(self, match: re.Match[str]) -> str:
        name = self._names.get(country_of(match[0]) or "", match[0])
        bare = name != match[0] and name.startswith("United ") and not _THE.search(match.string[: match.start()])
        return f"the {name}" if bare else name


def elsewhere(word: Word, evidence: Evidence) -> bool:
    """Whether a word in small letters, alone or with a neighbour, names a country; or, after "in", a region or a large city.

    One in the country that the best guide says it is about is met, unless a figure is asked for.
    """
    text = evidence.question.text
    before = re.search(r"[a-z]+ $", text[: word.start])
    after = re.match(r" [a-z]+", text[word.end :])
    names = (word.text, f"{before[0] if before else ''}{word.text}", f"{word.text}{after[0] if after else ''}")
    if any(is_country(name) for name in names):
        here = _home(evidence)
        return here is None or all(country_of(name) != here for name in names)
    if not _IN.search(text[: word.start]):
        return False
    near = _home(evidence) if evidence.question.quantity is None else None
    return any(known_place(name) and (near is None or country_of(name, [near]) != near) for name in names[::2])


def of_no_place(evidence: Evidence) -> bool:
    """Whether it is asked which place has the most or the least, and none of the best units names one."""
    question = evidence.question
    if question.rank is None or not _WHICH_PLACE.search(question.text):
        return False
    return not any(_holds_place(f"{above_text(c.guide, c.passage)} {c.text}") for c in evidence.candidates[:LOOKED_AT])


def names_place(text: str) -> bool:
    """Whether a text holds a place, or a name that may be one."""
    return _holds_place(text) or bool(_NAME_INSIDE.search(text))


def _holds_place(text: str) -> bool:
    words = [word.text for word in words_in(text)]
    return any(known_place(" ".join(words[i : i + count])) for count in (1, 2) for i in range(len(words)))


def _home(evidence: Evidence) -> str | None:
    """The country that the best guide says it is about; regions are read only when this is asked for."""
    country = evidence.candidates[0].guide.country
    return country_of(country) if country else None


def misplaced(evidence: Evidence, index: Index) -> str | None:
    """The place that a figure is asked for and that the best unit, in its place, does not tell of; None where there is none.

    A country is met by a guide that says it is about it, or does not say which one it is about; a part of a country only
    by its name ("Mexico" is not told of where New Mexico is, nor Wales where New South Wales is).
    """
    question, best = evidence.question, evidence.candidates[0]
    if question.quantity is None:
        return None
    near = f"{above_text(best.guide, best.passage)} {best.text}"
    for match in _PLACES.finditer(question.text):
        words = [word.rstrip(".,'’-") for word in match[1].split()]
        names = [" ".join(words[:count]) for count in range(len(words), 0, -1)]
        if any(_tells_of(name, near) for name in names):
            continue
        placed = next((name for name in names if _is_place(name, index)), None)
        if placed and not _is_about(placed, best.guide.country):
            return placed
    return None


def _is_place(name: str, index: Index) -> bool:
    """Whether a name is that of a place: in small letters a country, or a region or city by a word the guides do not use."""
    if not name.islower() or is_country(name):
        return known_place(name)
    used = any(word.stem in index.terms.known for word in words_in(name))
    return not used and known_place(name)


def _is_about(place: str, country: str | None) -> bool:
    """Whether a place is the country that a guide says it is about, or a country where the guide names none."""
    return (
        is_country(place)
        and place.casefold() not in PARTS
        and (country is None or country_of(place) == country_of(country))
    )


def _tells_of(place: str, text: str) -> bool:
    """Whether a text names a place by these words, and not another one by more."""
    for match in re.finditer(rf"(?<!\w){re.escape(place)}(?!\w)", text, re.IGNORECASE):
        before = re.search(r"(?:\b[A-Z][\w.]*\s){1,2}$", text[: match.start()])
        words = before[0].split() if before else []
        if not any(known_place(" ".join((*words[-count:], place))) for count in range(1, len(words) + 1)):
            return True
    return False
