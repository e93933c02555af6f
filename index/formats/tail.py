"""The tail of a page: its end, from where on what says nothing of the guide's outweighs what may.

That is the best suffix sum of a score per block, as in Finn, Kushmerick and Smyth, "Fact or fiction: content
classification for digital libraries" (2001).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .contents import CONTENTS
from .head import HEAD
from .items import Form, Item, Setting, tells_value
from .page_signs import author_in, is_about_the_page, is_bare, is_note, is_sentence, is_short_about_the_page, is_trail

TAIL = "stands at the end of the page, after the guide"
_LEAST = 1.9
"""What the scores must sum up to, and more."""
_FAR_ENOUGH = -5.0
"""The guide is surely reached where the sum falls this far below the best."""
_WEAK = 0.4
"""What is left of a weak sign, such as a short line, above prose that may be the guide's."""


def tail_of(items: Sequence[Item], setting: Setting, found: dict[int, str]) -> Iterator[tuple[int, str]]:
    """The end of the page from where on the scores sum up to most, if they sum up to two at least."""
    best, start, total = _LEAST, len(items), 0.0
    author, passed = _author(items), False
    for place in reversed(range((setting.title or 0) + 1, len(items))):
        score = _score(items, place, setting, found, author)
        weak = passed and (place in found or 0 < score <= 1)
        total += score * (_WEAK if weak else 1)
        passed = passed or score < -1
        if total > best:
            best, start = total, place
        if total < best + _FAR_ENOUGH:
            break
    for place in range(start, len(items)):
        yield place, TAIL


def _author(items: Sequence[Item]) -> str:
    """The first name of who wrote the page, where its opening says so; else an empty text."""
    for item in items[:12]:
        if is_note(item.said) and (name := author_in(item.said)):
            return f"{name} "
    return ""


def _score(items: Sequence[Item], place: int, setting: Setting, found: dict[int, str], author: str) -> float:
    """How surely a block at the end of a page is not the guide: above 0 where it is likely, below where it is not."""
    item = items[place]
    if is_about_the_page(item.said):
        return 2
    if found.get(place) in (CONTENTS, HEAD):
        return 0
    if not item.said:
        return 0
    if place in found:
        return 1 if item.links.share < 0.8 else 2
    if item.form in (Form.LINE, Form.HEADING):
        return _line_score(items, place, setting) + (2 if author and author in item.said and not item.is_marked else 0)
    if item.form is Form.LIST:
        replies = sum(any(map(is_short_about_the_page, links.texts)) for links in item.entry_links)
        if 0 < len(item.entries) <= 2 * replies:
            return 2
        if item.links.share > 0.9:
            return 2 if item.links.within(setting.site) else -0.5
    return -2 - len(item.said) / 100


def _line_score(items: Sequence[Item], place: int, setting: Setting) -> float:
    item = items[place]
    if item.links.share > 0.8 and (item.links.within(setting.site) or len(item.links.texts) > 1):
        return 2
    if any(map(is_short_about_the_page, item.links.texts)):
        return 1
    short = is_short_about_the_page(item.said) and not is_sentence(item.said)
    if is_note(item.said) or is_trail(item.said) or (short and not item.is_marked):
        return 2 if short else 1
    if item.is_marked or (not setting.marked and is_bare(item.said) and not tells_value(item.said)):
        return 1 if short or _stands_over_nothing(items, place) else 0
    if is_bare(item.said) and not tells_value(item.said):
        return 0.5 if item.said.endswith("?") else 1
    return -1 - len(item.said) / 100


def _stands_over_nothing(items: Sequence[Item], place: int) -> bool:
    """Whether a heading, or a line that may be one, has nothing of its own under it."""
    if place + 1 == len(items):
        return True
    item, below = items[place], items[place + 1]
    if item.is_marked:
        return below.is_marked and below.level <= item.level
    return not item.said.endswith("?") and is_bare(below.said) and not tells_value(below.said)
