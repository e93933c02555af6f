"""Numbers in words as digits, so that "one hundred" and "100", "fifty dollars" and "$50" are compared as what they are."""

from __future__ import annotations

import re
from itertools import pairwise

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {word: i for i, word in enumerate(_ONES)} | {word: 10 * i for i, word in enumerate(_TENS, 2)}
_SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_WORD = "|".join((*_VALUES, "hundred", *_SCALES))
_RUN = re.compile(
    rf"\b(?:(?:a )?(?=hundred|thousand|million|billion)|)(?:{_WORD})(?:(?:[ -]|(?<=hundred) and )(?:{_WORD}))*\b",
    re.IGNORECASE,
)
_SMALL = rf"(?:{'|'.join(_VALUES)})(?:[ -](?:{'|'.join(_VALUES)}))?"
_RANGE = re.compile(rf"\b({_SMALL}|\d{{1,3}}) (to|or) ({_SMALL}|\d{{1,3}}) (thousand|million|billion)\b", re.IGNORECASE)
_MONEY = (
    (
        re.compile(r"(?<![$£€\d,.])(\d[\d,.]*(?: (?:thousand|million|billion))?) (?:us )?dollars\b", re.IGNORECASE),
        r"$\1",
    ),
    (re.compile(r"(?<![$£€\d,.])(\d[\d,.]*(?: (?:thousand|million|billion))?) euros?\b", re.IGNORECASE), r"€\1"),
)
_SHORT_YEAR = re.compile(r"(?<!\w)['’](\d\d)(?!\w)")
THIS_CENTURY = 50
"""Two digits below this are a year of this century."""


def in_digits(text: str) -> str:
    """A text with its numbers in digits and its sums of money with their sign; a lone "one" stays, since it seldom counts."""
    text = _RANGE.sub(r"\1 \4 \2 \3 \4", text)
    text = _RUN.sub(lambda match: _digits(match[0]), text)
    for pattern, new in _MONEY:
        text = pattern.sub(new, text)
    return text


def in_full(text: str) -> str:
    """A text with its years of two digits in full ("in '21" is in 2021)."""
    return _SHORT_YEAR.sub(lambda match: f"{20 if int(match[1]) < THIS_CENTURY else 19}{match[1]}", text)


def _digits(run: str) -> str:
    """The value of neighbouring words of number; several in a row that are no one number ("two, three") stay apart."""
    words = [word for word in re.split(r"[ -]+", run.lower()) if word not in ("and", "a")]
    if words in (["one"], ["zero"]) or not _is_one(words):
        return run
    if len(words) == 1 and words[0] in (*_SCALES, "hundred") and not run.lower().startswith("a "):
        return run
    whole = part = 0
    for word in words:
        if word in _SCALES:
            whole, part = whole + max(part, 1) * _SCALES[word], 0
        elif word == "hundred":
            part = max(part, 1) * 100
        else:
            part += _VALUES[word]
    return str(whole + part)


def _is_one(words: list[str]) -> bool:
    """Whether each word goes on with the number before it: a ten takes a one, a hundred or a scale either."""
    for one, other in pairwise(words):
        small = one in _VALUES and other in _VALUES
        if small and not (one in _TENS and 0 < _VALUES[other] < 10):
            return False
    return True
