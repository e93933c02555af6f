"""What two guides on one subject say otherwise in words: a thing asked for and not, another name, another count."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from index.figures import Quantity, figures_in
from index.guide import Guide, PassageKind, Section
from index.search import Index
from index.words import FUNCTION_WORDS, stems_in, words_in

from ..contradictions import Strength, counted_in_headings, other_names, strength_of
from ..draft import plain
from ..features import ABBREVIATION
from ..subjects import Subjects, elsewhere
from .stated import names_in

DEMANDS = 0.6
"""Cosine from which two units may ask for the same thing."""
NAMES = 0.6
"""Cosine from which two units that name the same abbreviation may name who stands behind it."""
HEADINGS = 0.6
"""Cosine from which two headings, each with the title of its guide, may count the same things."""
CLOSE = 4
"""Words from one that asks ("required") to the thing that it asks for."""
WEIGHTY = 0.3
"""Rarity (0 to 1) from which a word names what is asked for; commoner words stand everywhere in the guides."""
_TURNS = frozenset("for of to in with by who which that from at on".split())
"""Words after one that asks, by which what follows them is not what it asks for ("required for work")."""
_ASKS = re.compile(
    r"\b(?:without|need|needs|needed|requires?|required|requirements?|must|mandatory|minimum|essential|necessary"
    r"|unnecessary|compulsory|obligatory|has to|have to)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Worded:
    """A unit of a guide, by its number in the index, with the word or words in which it differs from another."""

    unit: int
    stated: str


Pair = tuple[float, Worded, Worded]
"""Two units with their likeness."""


@dataclass(frozen=True, slots=True)
class Headed:
    """A heading of a guide that counts."""

    guide: str
    section: Section
    stated: str


@dataclass(frozen=True, slots=True)
class _Demand:
    """How strongly a unit asks for a thing."""

    unit: int
    guide: str
    word: str
    strength: Strength
    before: frozenset[str | None]
    """The words before that thing, in the unit and in the heading over it; None where it stands alone."""
    names: frozenset[str]
    distance: int
    """Words to the one that asks."""


class WordingComparison:
    """Compares what the guides of an index say in words."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._subjects = Subjects(index)
        self._same: dict[tuple[str, str], bool] = {}

    def demands(self) -> Iterator[Pair]:
        """Units of which one asks for a thing that the other says is not needed, with their likeness."""
        asked: defaultdict[str, list[_Demand]] = defaultdict(list)
        nearest: dict[tuple[int, int], tuple[int, float, Worded, Worded]] = {}
        for number in range(len(self.index.units)):
            for stem, demand in self._demands_of(number):
                asked[stem].append(demand)
        for alike_demands in asked.values():
            for one, other in combinations(alike_demands, 2):
                if abs(one.strength - other.strength) > 1 and self._one_subject(one.guide, other.guide):
                    alike = self._alike(one.unit, other.unit)
                    if alike >= DEMANDS and not self._of_two_things(one, other):
                        near = one.distance + other.distance
                        found = (near, alike, Worded(one.unit, one.word), Worded(other.unit, other.word))
                        known = nearest.setdefault((one.unit, other.unit), found)
                        nearest[one.unit, other.unit] = min(known, found, key=lambda told: told[0])
        yield from ((alike, one, other) for _, alike, one, other in nearest.values())

    def names(self) -> Iterator[Pair]:
        """Units that name the same abbreviation and a different body; a guide that knows both names tells them apart."""
        naming: defaultdict[str, dict[int, tuple[str, set[str]]]] = defaultdict(dict)
        for number in range(len(self.index.units)):
            text = plain(self._text(number))
            if abbreviations := {match[0] for match in ABBREVIATION.finditer(text)}:
                naming[self._guide(number).id][number] = text, abbreviations
        for guide, other_guide in combinations(naming, 2):
            if self._one_subject(guide, other_guide):
                for one, (text, abbreviations) in naming[guide].items():
                    for other, (other_text, others) in naming[other_guide].items():
                        if not abbreviations.isdisjoint(others):
                            yield from self._named_otherwise(one, text, other, other_text)

    def _named_otherwise(self, one: int, text: str, other: int, other_text: str) -> Iterator[Pair]:
        texts = self._guide(one).text, self._guide(other).text
        for match in other_names(text, other_text):
            name = next(iter(other_names(match[0], text)), None)
            if name is not None and name[0] not in texts[1] and match[0] not in texts[0]:
                alike = self._alike(one, other)
                if alike >= NAMES:
                    yield alike, Worded(one, name[0]), Worded(other, match[0])

    def counts(self) -> Iterator[tuple[float, Headed, Headed]]:
        """Headings that count the same things differently."""
        counted = {guide.id: counted_in_headings(guide) for guide in self.index.guides.values()}
        for one, other in combinations(counted, 2):
            shared = [stem for stem in counted[one] if stem in counted[other]] if self._one_subject(one, other) else []
            for stem in shared:
                (ours, first), (theirs, second) = counted[one][stem], counted[other][stem]
                if ours == theirs or not (_counts(first) and _counts(second)):
                    continue
                told = [f"{self.index.guides[g].title}: {_heading(s)}" for g, s in ((one, first), (other, second))]
                vectors = np.asarray(self.index.encoder.encode(told), dtype=np.float32)
                alike = float(vectors[0] @ vectors[1])
                if alike >= HEADINGS:
                    yield alike, Headed(one, first, str(ours)), Headed(other, second, str(theirs))

    def _demands_of(self, number: int) -> Iterator[tuple[str, _Demand]]:
        unit = self.index.units[number]
        passage, guide = self.index.passages[unit.passage], self._guide(number)
        text = plain(self._text(number))
        if passage.kind is PassageKind.ROW or text.endswith("?") or not _ASKS.search(text):
            return
        heading = " ".join(passage.section[-1:])
        title = frozenset(stems_in(guide.title))
        for stem, word in {word.stem: word.text for word in words_in(text)}.items():
            known = self.index.terms.known.get(stem)
            if known is None or stem in title or _ASKS.fullmatch(word) or self.index.rarity[known] < WEIGHTY:
                continue
            distance = _distance(text, stem)
            if distance is None:
                continue
            strength = strength_of(text, lambda other, stem=stem: stem in stems_in(other))  # type: ignore[misc]
            if strength in (Strength.REQUIRED, Strength.NOT_NEEDED):
                before = frozenset((*_before(text, stem), *_before(heading, stem)))
                names = names_in(f"{text} {heading}") - title
                yield stem, _Demand(number, guide.id, word, strength, before, names, distance)

    @staticmethod
    def _of_two_things(one: _Demand, other: _Demand) -> bool:
        """Whether each names somebody of its own, or always tells more closely what it asks for, and not the same."""
        if one.names - other.names and other.names - one.names:
            return True
        return None not in one.before | other.before and not one.before & other.before

    def _one_subject(self, one: str, other: str) -> bool:
        """Whether two guides are about one subject in one country."""
        if (one, other) not in self._same:
            guides = self.index.guides[one], self.index.guides[other]
            self._same[one, other] = one != other and not elsewhere(*guides) and self._subjects.one(*guides)
        return self._same[one, other]

    def _alike(self, one: int, other: int) -> float:
        vectors = self.index.unit_vectors
        return float(np.asarray(vectors[one], dtype=np.float32) @ np.asarray(vectors[other], dtype=np.float32))

    def _guide(self, number: int) -> Guide:
        return self.index.guides[self.index.passages[self.index.units[number].passage].guide]

    def _text(self, number: int) -> str:
        return self.index.units[number].span.of(self._guide(number).text)


def _before(text: str, stem: str) -> Iterator[str | None]:
    """The word before each place of a stem in a text; None where that is a function word or nothing."""
    words = re.findall(r"[\w’'-]+|[^\s\w]", text)
    for position, word in enumerate(words):
        if stem in stems_in(word):
            before = words[position - 1].lower() if position else ""
            yield before if before[:1].isalnum() and before not in FUNCTION_WORDS else None


def _distance(text: str, stem: str) -> int | None:
    """How many words a stem is from one that asks, where it does not follow it as a purpose, a place or a person does."""
    words = re.findall(r"[\w’'-]+", text)
    asks = [n for n, word in enumerate(words) if _ASKS.fullmatch(word)]
    places = [n for n, word in enumerate(words) if stem in stems_in(word)]
    between = ((abs(a - n), words[a + 1 : n]) for a in asks for n in places if a != n)
    return min(
        (n for n, inside in between if n <= CLOSE and _TURNS.isdisjoint(w.lower() for w in inside)), default=None
    )


def _counts(section: Section) -> bool:
    """Whether a heading counts things, and no time or sum."""
    return all(f.quantity in (Quantity.COUNT, Quantity.YEAR) for f in figures_in(_heading(section)))


def _heading(section: Section) -> str:
    return plain(section.path[-1]) if section.path else ""
