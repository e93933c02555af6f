"""Words of a question that are spelled wrong, mended by the words that the guides use.

A word is doubted when no guide uses it and the embedding model's vocabulary does not hold it whole, so that a right
word of another subject ("Germany") is left alone. Names are left alone as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from index.search import Index
from index.words import FUNCTION_WORDS, stem, words_in

from .question import ASKING

LEAST = 4
"""Letters of the shortest word that is mended."""
LONG = 8
"""Letters from which a word may be two edits away from what was meant (Damerau, 1964)."""
SHORT = 6
"""Letters below which another vowel makes another word."""
OFTEN = 4
"""A word that is used once in this many guides is used often."""
SLIPS = 3
"""Times that a word is used, at the least, for one that could be formed to stand for it."""

VOWELS = frozenset("aeiouy")

_WORD = re.compile(r"[a-z]+")
_ENDING = re.compile(r"(?:s|es|e?rs?|ors?|est|ians?|ists?|ed|ing|ly)$")


def _forms(word: str) -> Iterator[str]:
    """A word, and what it may be formed from: "loggers" from "log", "takers" from "take"."""
    yield word
    for cut in range(1, 5):
        base, ending = word[:-cut], word[-cut:]
        if len(base) > 2 and _ENDING.fullmatch(ending):
            yield from (base, f"{base}e")
            if base[-1] == base[-2]:
                yield base[:-1]


class Speller:
    """Mends questions over one index."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def mend(self, text: str) -> str:
        """The text with its doubtful words replaced; a word that resembles none of the guides' is left."""
        for word in reversed(list(words_in(text))):
            named = word.start > 0 and word.text != word.text.lower()
            better = self._meant(word.text) if not named else None
            if better:
                text = text[: word.start] + better + text[word.end :]
        return text

    def _meant(self, word: str) -> str | None:
        """The word of the guides that a word stands for; None where it is a word itself, or none is near."""
        lowered = word.lower()
        if len(word) < LEAST or not lowered.isalpha() or not word.isascii() or word.isupper():
            return None
        if stem(lowered) in self.index.terms.known or self.index.encoder.has_word(lowered):
            return None
        if any(form in self._spelled or self.index.encoder.has_word(form) for form in _forms(lowered)):
            return self._slip(lowered)
        joints = range(LEAST - 1, len(lowered) - LEAST + 1)  # two words in one ("downsides", "beekeepers")
        two = any(all(map(self.index.encoder.has_word, (lowered[:at], lowered[at:]))) for at in joints)
        return None if two else self._better(word)

    def _slip(self, word: str) -> str | None:
        """The word that one may mean by a word that could be formed but is used nowhere ("lawers" from "law", for "lawyers").

        It has one vowel more or less, or a letter twice or once, and the guides use it often.
        """
        often = max(SLIPS, len(self.index.guides) // OFTEN)
        near = [(-count, other) for other, *_, count in self._words if count >= often and _slipped(word, other)]
        return min(near)[1] if near else None

    def _better(self, word: str) -> str | None:
        """The nearest word, the more frequent of equals; one edit away, or two where the word is long.

        A word that sounds the same, whatever its spelling, counts as one edit away. The beginning of a word ("chem") is
        short for it, and not misspelled; but where only the last letter is missing, it is. A short word with another vowel
        or another end may well be another word ("perks", "parks"; "rung", "runs"): only one that the guides use often is
        meant, and none that is a letter shorter ("run"). Nor is one meant that has other consonants (`_unlike`).
        """
        from rapidfuzz.distance import OSA

        longer = [len(other) for other, *_ in self._words if other.startswith(word.lower())]
        if longer and min(longer) > len(word) + 1:
            return None
        written, sounds = _written(word.lower()), _sounded(word.lower())
        edits = 1 if len(word) < LONG else 2
        best: tuple[int, int, str] | None = None
        for other, spelled, sounded, frequency in self._words:
            if sounded[0] == sounds[0] and abs(len(other) - len(word)) <= edits:
                distance = min(
                    OSA.distance(written, spelled, score_cutoff=edits),
                    1 + OSA.distance(sounds, sounded, score_cutoff=edits - 1),
                )
                rare = frequency * OFTEN < len(self.index.guides)
                short = len(word) < SHORT
                if _unlike(sounds, sounded):
                    continue
                if short and (_ends_otherwise(word.lower(), other) or (rare and _other_word(word.lower(), other))):
                    continue
                if distance <= edits and (best is None or (distance, -frequency) < best[:2]):
                    best = (distance, -frequency, other)
        return best[2] if best else None

    @cached_property
    def _spelled(self) -> frozenset[str]:
        """The words of the guides and of asking, as they are written."""
        return frozenset(word for word, *_ in self._words)

    @cached_property
    def _words(self) -> tuple[tuple[str, str, str, int], ...]:
        """The words of the guides and of asking: each as it is written, `_written`, `_sounded`, and how often it is used."""
        counted = Counter(word for guide in self.index.guides.values() for word in _WORD.findall(guide.text.lower()))
        counted.update(dict.fromkeys(FUNCTION_WORDS | ASKING, len(self.index.passages)))
        long_enough = ((word, count) for word, count in sorted(counted.items()) if len(word) >= LEAST - 1)
        return tuple((word, _written(word), _sounded(word), count) for word, count in long_enough)


def _slipped(word: str, other: str) -> bool:
    """Whether two words differ in one vowel that only one of them has, or in a letter that one has twice."""
    short, long = sorted((word, other), key=len)
    if len(long) - len(short) != 1 or short[0] != long[0]:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return at < len(short) and short[at:] == long[at + 1 :] and (long[at] in VOWELS or long[at] in long[at - 1 : at])


def _ends_otherwise(word: str, other: str) -> bool:
    """Whether a word is another one and a letter more, which does not only stand twice."""
    return word[:-1] == other and word[-1] != word[-2]


def _other_word(word: str, other: str) -> bool:
    """Whether two words differ in one vowel, or in the last letter, and nothing else."""
    differing = [(i, *pair) for i, pair in enumerate(zip(word, other, strict=False)) if pair[0] != pair[1]]
    if len(word) != len(other) or len(differing) != 1:
        return False
    at, *letters = differing[0]
    return at == len(word) - 1 or set(letters) <= VOWELS


def _unlike(word: str, other: str) -> bool:
    """Whether two words of one length differ in consonants alone, and in more than one ("astrologer", "astronomer")."""
    differing = [pair for pair in zip(word, other, strict=False) if pair[0] != pair[1]]
    swapped = len(differing) == 2 and differing[0] == differing[1][::-1]
    return (
        len(word) == len(other)
        and len(differing) > 1
        and not swapped
        and not VOWELS & set("".join(map("".join, differing)))
    )


def _sounded(word: str) -> str:
    """A word with letters that sound alike written alike, and doubled ones once."""
    return re.sub(r"(.)\1", r"\1", re.sub(r"c(?=[eiy])", "s", _written(word)))


def _written(word: str) -> str:
    """A word with pairs of letters that sound like one written as that one."""
    return word.replace("ph", "f").replace("ck", "k")
