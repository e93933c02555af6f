"""The head of a page: what stands above the guide's title, and the notes between it and the first prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .items import Form, Item, Setting, tells_value
from .page_signs import (
    is_about_the_page,
    is_bare,
    is_labelled,
    is_note,
    is_sentence,
    is_short_about_the_page,
    is_trail,
    words,
)

HEAD = "a short line between the title and the first prose"


def head_of(items: Sequence[Item], setting: Setting, found: dict[int, str]) -> Iterator[tuple[int, str]]:
    """What stands above the title, prose aside, and the notes between it and the first prose."""
    title = setting.title
    if title is not None:
        for place in range(title):
            if not _says_something(items[place]):
                yield place, "stands above the title and says nothing of its own"
    start = 0 if title is None else title + 1
    end = start
    while end < len(items) and _frames_head(items, end, found):
        end += 1
    if end == len(items):
        return  # nothing but short lines: they are the guide
    if tells_value(items[end].said):
        end = max(end - 2, start)  # its caption and its label
    for place in range(start, end):
        if _is_head_line(items, place, end, setting):
            yield place, HEAD


def _frames_head(items: Sequence[Item], place: int, found: dict[int, str]) -> bool:
    """Whether the notes below the title may go on here."""
    item = items[place]
    value = tells_value(item.said) and not is_short_about_the_page(item.said) and item.links.share <= 0.6
    return place in found or not (_says_something(item) or item.is_marked or value)


def _is_head_line(items: Sequence[Item], place: int, end: int, setting: Setting) -> bool:
    item = items[place]
    if item.form is not Form.LINE:
        return item.links.share > 0.9 and item.form is Form.LIST
    if is_note(item.said) or is_trail(item.said) or is_about_the_page(item.said) or item.links.share > 0.6:
        return True
    if is_short_about_the_page(item.said) and len(words(item.said)) <= 3:
        return True
    if is_labelled(item.said) or not is_bare(item.said):
        return False
    if setting.marked:
        return setting.title is not None
    if setting.title is None:
        return False
    return _is_alone(items, place) if place == end - 1 else not _may_head(items, place + 1, end)


def _is_alone(items: Sequence[Item], place: int) -> bool:
    """Whether a line right above the first prose is one of several of a word each, or has no word that the page takes up.

    The latter is asked of lines of three long words and more.
    """
    above = items[place - 1]
    if len(words(items[place].said)) == 1 and above.form is Form.LINE and len(words(above.said)) == 1:
        return True
    opens = {word.lower()[:5] for item in items[place + 1 :] for word in words(item.said)}
    long = [word.lower()[:5] for word in words(items[place].said) if len(word) > 3]
    return len(long) >= 3 and not opens.intersection(long)


def _may_head(items: Sequence[Item], place: int, end: int) -> bool:
    """Whether the line before this one may be a heading over it: this one is the last before prose and is one too."""
    return place == end - 1 and len(words(items[place].said)) >= 3


def _says_something(item: Item) -> bool:
    """Whether a block is the guide's: a sentence, a table, a list that is not of links."""
    match item.form:
        case Form.LINE:
            return (is_sentence(item.said) or (item.said.endswith(":") and len(words(item.said)) >= 4)) and not (
                is_note(item.said) or is_about_the_page(item.said) or item.links.share > 0.6
            )
        case Form.LIST:
            return item.links.share <= 0.6
        case Form.TABLE:
            return any(char.isdigit() for char in item.said)
        case Form.HEADING:
            return False
