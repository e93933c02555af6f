"""Runs of subject words of a question, whose places other words take."""

from __future__ import annotations

import re

from index.words import Word, words_in

from ..question import ASKING

CODE = re.compile(r"\b[A-Z][A-Z\d]+(?:-[A-Z\d]+)*\b")
_BESIDE = re.compile(r"(?:['’]s?)?[\s-]+")
"""Between the words of one name."""
VERBS = frozenset(
    """
    become do make get work take need needs start help go find use offer mean stand pay pays earn earns study studies
    know knows require requires employ employs cost costs last lasts agree disagree differ long often far old soon fast hard different same
    """.split()
)


def runs(text: str) -> list[tuple[int, int]]:
    """Runs of subject words that stand side by side; words that may be verbs ("training") only where there are no others."""
    return runs_with(text, verbs=False) or runs_with(text, verbs=True)


def runs_with(text: str, *, verbs: bool) -> list[tuple[int, int]]:
    """Runs of subject words that stand side by side, with words that may be verbs or without them."""
    found: list[tuple[int, int]] = []
    for word in words_in(text):
        if word.text.lower() in VERBS | ASKING or (not verbs and re.search(r"(?:ing|ed)$", word.text)):
            continue
        if found and _BESIDE.fullmatch(text[found[-1][1] : word.start]):
            found[-1] = (found[-1][0], word.end)
        else:
            found.append((word.start, word.end))
    return found


def code_in(new: str, before: str) -> tuple[int, int] | None:
    """The only abbreviation of the previous question, where the new words are one as well."""
    found = [*CODE.finditer(before)]
    return found[0].span() if CODE.fullmatch(new) and len(found) == 1 else None


def of_head(new: str, before: str) -> tuple[int, int] | None:
    """The thing of the same name in the previous question, with all that tells which one ("a billing clerk", for "a loan clerk")."""
    named = list(words_in(new))
    if len(named) < 2:
        return None
    last = next((word for word in words_in(before) if word.stem == named[-1].stem), None)
    return whole_name((last.start, last.end), before) if last else None


def whole_name(run: tuple[int, int], text: str) -> tuple[int, int]:
    """A run of subject words with those right before it that tell which one ("billing" of "a billing clerk")."""
    start = run[0]
    for word in reversed([word for word in words_in(text) if word.end <= start]):
        if not (_BESIDE.fullmatch(text[word.end : start]) and _tells(word)):
            break
        start = word.start
    return start, run[1]


def _tells(word: Word) -> bool:
    return word.text.lower() not in VERBS | ASKING
