"""A list of contents: a list or a run of lines that names the headings that follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .items import Form, Item, Setting
from .page_signs import is_bare, words

CONTENTS = "lists the headings of the page"
_NUMBER = re.compile(r"^(?:[-*•>]\s*)?(?:\d{1,2}(?:\.\d{1,2})*[.)]?\s+)?")


def contents(items: Sequence[Item], setting: Setting) -> Iterator[int]:
    """Lists and runs of lines that name what follows, and the label above them."""
    later = _Later(items, setting)
    place = 0
    while place < len(items):
        run = _contents_run(items, place, later)
        if run and place != setting.title:
            if place and place - 1 != setting.title and may_label(items[place - 1]):
                yield place - 1
            yield from range(place, place + run)
        place += max(run, 1)


def _contents_run(items: Sequence[Item], place: int, later: _Later) -> int:
    """How many items from here on are a list of contents: one list or table, or two lines at least."""
    item = items[place]
    if item.form is Form.LIST:
        inside = len(item.entry_links) >= 2 and all(
            links.to_this_page and links.share > 0.8 for links in item.entry_links
        )
        repeats = sum(later.holds(entry, place) for entry in item.entries)
        return int(inside or (repeats >= 2 and 4 * repeats >= 3 * len(item.entries)))
    end = place
    while end < len(items) and _names_later(items[end], end, later):
        end += 1
    return end - place if end - place >= 2 else 0


def _names_later(item: Item, place: int, later: _Later) -> bool:
    if item.form is not Form.LINE or not is_bare(item.said):
        return False
    return (item.links.to_this_page and item.links.share > 0.8) or later.holds(item.said, place)


class _Later:
    """Where each heading stands last, whatever its case, its punctuation and the number before it.

    Where headings are not marked, any short line may be one, save the labels of a chart, which a figure follows.
    """

    def __init__(self, items: Sequence[Item], setting: Setting) -> None:
        self._last = {_key(item.said): place for place, item in enumerate(items) if item.is_marked}
        if not setting.marked:
            below = [item.said for item in (*items[1:], *items[:1])]
            lines = (place for place, item in enumerate(items) if item.form is Form.LINE and is_bare(item.said))
            self._last |= {_key(items[place].said): place for place in lines if any(map(str.isalpha, below[place]))}

    def holds(self, said: str, place: int) -> bool:
        return self._last.get(_key(said), -1) > place


def _key(said: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in words(_NUMBER.sub("", said)))


def may_label(item: Item) -> bool:
    """Whether an item may be the label of a list of contents or of links."""
    return item.form in (Form.LINE, Form.HEADING) and 0 < len(words(item.said)) <= 5 and item.said[-1] not in ".!?"
