"""Which entry of the list that was told last a message means ("the second on that list", "number three")."""

from __future__ import annotations

import re

from ..answer import Answer, Layout
from .phrases import asks

LONGEST = 7
"""Words of an entry's name."""

_PLACES = ("first|1st", "second|2nd", "third|3rd", "fourth|4th", "fifth|5th", "sixth|6th", "seventh|7th", "eighth|8th")
_NUMBERS = ("one|1", "two|2", "three|3", "four|4", "five|5", "six|6", "seven|7", "eight|8")
_OF_LIST = (
    r"(?: (?:on|in|of|from) (?:that|the|your|this) list\b| (?:that )?you (?:just )?(?:named|listed|mentioned|gave|said)\b"
    r"| of (?:them|those|these)\b)"
)
_ENTRY = re.compile(
    rf"(?<!\bmy )(?<!\byour )(?<!\btheir )(?<!\ba )\b(?:the )?(?P<place>{'|'.join(_PLACES)}|last)"
    rf"(?:(?: one| item| entry| option)?{_OF_LIST}| (?:one|item|entry|option)\b)"
    rf"|(?<!\bthe )(?<!\bmy )(?<!\byour )\bnumber (?P<number>{'|'.join(_NUMBERS)})\b(?:{_OF_LIST})?",
    re.IGNORECASE,
)
_OF_A_LIST = re.compile(rf"\b(?:{'|'.join(_PLACES)}|last)(?: one| item| entry| option)?{_OF_LIST}", re.IGNORECASE)


def of_entry(message: str, last: Answer) -> str | None:
    """The message with the name of the entry that it means; None where it means none, or the last answer was no list.

    A message that only names an entry asks what there is to say of it.
    """
    match = _ENTRY.search(message)
    entries = [_name(sentence.text) for sentence in last.sentences if sentence.layout is Layout.ITEM]
    if not match or len(entries) < 2:
        return None
    said = (match["place"] or match["number"]).lower()
    at = next(
        (i for i, names in enumerate(zip(_PLACES, _NUMBERS, strict=True)) if said in "|".join(names).split("|")), -1
    )
    if at >= len(entries) or not entries[at]:
        return None
    if not asks(message):
        return f"Tell me about {entries[at]}"
    return f"{message[: match.start()]}{entries[at]}{message[match.end() :]}"


def _name(entry: str) -> str:
    """What an entry is called: what stands before its explanation, or its figure."""
    name = re.split(r"\s+[|—]\s+|:\s|(?<=\w)\.\s", entry)[0].strip(" .")
    return name if len(name.split()) <= LONGEST else ""


def points_to_list(message: str) -> bool:
    """Whether a message points to an entry of a list by its place in it, and calls it a list."""
    return bool(_OF_A_LIST.search(message))
