"""What frames a guide on a saved page, and is not the guide: menus, contents, teasers, forms, what readers replied.

Told by form, in four ways. A *contents* list repeats the headings that follow. The *head* is what stands above the
guide's title, and the short lines between the title and the first prose. A *teaser* is a block of links to other pages
of the site, or a line that a label and a title make. The *tail* is the end of the page from where on what says nothing
of its own outweighs what does. In doubt a block stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..guide import LeftOut
from .contents import CONTENTS, contents
from .head import head_of
from .items import Form, Item, Setting
from .page_signs import calls, is_bare, is_labelled
from .tail import tail_of
from .teasers import teasers


def furniture(items: Sequence[Item], setting: Setting) -> dict[int, str]:
    """The places of the items that are not the guide, each with the sign that told so."""
    found = dict.fromkeys(contents(items, setting), CONTENTS)
    found = teasers(items, setting) | found
    found |= {place: reason for place, reason in head_of(items, setting, found) if place not in found}
    found |= {place: reason for place, reason in tail_of(items, setting, found) if place not in found}
    found |= {place: reason for place, reason in _calls(items, setting, found) if place not in found}
    found |= dict.fromkeys(_childless(items, found), "a heading with nothing of its own under it")
    return {place: reason for place, reason in found.items() if place != setting.title}


def places_of(items: Sequence[Item], found: dict[int, str]) -> tuple[LeftOut, ...]:
    """Where the items that are not the guide stand."""
    return tuple(LeftOut(*items[place].span, reason=reason) for place, reason in sorted(found.items()))


def _calls(items: Sequence[Item], setting: Setting, found: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Lines that ask the reader to do something at once, with nothing under them but the next heading or the end."""
    for place, item in enumerate(items):
        if item.form is not Form.LINE or place in found or not calls(item.said) or is_labelled(item.said):
            continue
        below = next((one for one in range(place + 1, len(items)) if one not in found), None)
        if _is_closed(items, place, found) and (below is None or _heads(items, below, setting)):
            yield place, "asks the reader to do something at once, and stands alone"


def _is_closed(items: Sequence[Item], place: int, found: dict[int, str]) -> bool:
    """Whether what stands above is complete, so that this line does not go on with it."""
    if place == 0 or place - 1 in found:
        return True
    above = items[place - 1]
    return above.form in (Form.TABLE, Form.LIST) or above.said[-1:] in ("", ".", "!", "?", "”", '"', ")")


def _heads(items: Sequence[Item], place: int, setting: Setting) -> bool:
    """Whether an item is a heading, or, where none is marked, a line that may be one: something stands under it."""
    item = items[place]
    if setting.marked or item.form is not Form.LINE:
        return item.is_marked
    if not is_bare(item.said) or not item.said[0].isupper() or is_labelled(item.said):
        return False
    return place + 1 < len(items) and not calls(items[place + 1].said)


def _childless(items: Sequence[Item], found: dict[int, str]) -> Iterator[int]:
    """The headings under which everything was left out."""
    for place in reversed(range(len(items))):
        item = items[place]
        if not item.is_marked or place in found:
            continue
        under = list(_under(items, place))
        if under and all(one in found for one in under):
            found[place] = ""
            yield place


def _under(items: Sequence[Item], place: int) -> Iterable[int]:
    """The places of what stands under a heading, up to the next of its level or above."""
    for one in range(place + 1, len(items)):
        if items[one].is_marked and items[one].level <= items[place].level:
            return
        yield one
