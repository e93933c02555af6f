"""The words of a text, each with its stem and its place: what lexical search and the check of evidence compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import Stemmer

_CLOSED = frozenset(
    """
    a about above after again against all also although am an and another any anybody anyone anything are aren't as at
    be because been before being below between both but by can can't cannot could couldn't did didn't do does doesn't
    doing don't down during each either else ever every everybody everyone everything few for from further had hadn't
    has hasn't have haven't having he he'd he'll he's her here here's hers herself him himself his how how's however i
    i'd i'll i'm i've if in into is isn't it it's its itself just let's like me might more most must mustn't my myself
    neither no nor not of off on once one ones only or other others ought our ours ourselves out over own per please
    rather really same shall shan't she she'd she'll she's should shouldn't since so some somebody someone something
    such than that that's the their theirs them themselves then there there's these they they'd they'll they're
    they've this those though through thus to too under until up upon us usually very via was wasn't we we'd we'll
    we're we've were weren't what what's when when's where where's whether which while who who's whom whose why why's
    will with within without won't would wouldn't yes yet you you'd you'll you're you've your yours yourself
    yourselves
    """.split()
)
_UNLIKE = frozenset("hed hell id ill shed shell wed well were".split())
"""What is another word without its apostrophe."""
FUNCTION_WORDS = _CLOSED | {word.replace("'", "") for word in _CLOSED}.difference(_UNLIKE - _CLOSED)
"""Closed-class words of English: they join, point and ask, and carry no subject of their own; written without apostrophe too ("im")."""
AGENT = re.compile(r"(?:er|or|ist|ian|ant|man|woman|eer|ee|men|women)s?$", re.IGNORECASE)
"""How English ends the name of whoever does something."""

_CODE = r"[A-Z][A-Z\d]+(?:-[A-Z\d]+)+"  # ICD-10-CM, CCS-P
_WORD = re.compile(rf"{_CODE}|[^\W\d_](?:[\w&]|['’.](?=\w))*|\d+(?:[.,]\d+)*")


class Word(NamedTuple):
    """A word as it stands, its stem (a number without its commas), and where it is."""

    text: str
    stem: str
    start: int
    end: int


def words_in(text: str, start: int = 0, end: int | None = None) -> Iterator[Word]:
    """Every word and number of `text[start:end]` that is not a function word, in order."""
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        lowered = match[0].lower().replace("’", "'")
        if lowered not in FUNCTION_WORDS:
            yield Word(match[0], stem(lowered), match.start(), match.end())


def stems_in(text: str) -> tuple[str, ...]:
    """The stems of `words_in`, in order."""
    return tuple(word.stem for word in words_in(text))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The Snowball stem of a lower-cased word; a possessive ending and a number's commas fall away."""
    if word[0].isdigit():
        return word.replace(",", "")
    bare = word.removesuffix("'s").replace("'", "").replace(".", "")
    return str(_stemmer().stemWord(bare)) or word


@cache
def _stemmer() -> Stemmer.Stemmer:
    import Stemmer

    return Stemmer.Stemmer("english")
