"""Teasers: links to other pages of the site, what names them, and what offers something of the site's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .contents import may_label
from .items import Form, Item, Setting
from .page_signs import asks, is_page_label, leads_on, states, words
from .signs import page_control


def teasers(items: Sequence[Item], setting: Setting) -> dict[int, str]:
    """The places of the teasers among the items, each with the sign that told so."""
    found: dict[int, str] = {}
    for place, item in enumerate(items):
        if item.form is Form.LINE and not item.said:
            found[place] = "a picture"
        elif item.form is Form.LINE and (reason := _teaser(items, place, setting)):
            found[place] = reason
        elif _is_link_list(items, place, setting):
            found[place] = "a list of links to other pages of the site"
            if place and may_label(items[place - 1]) and not _is_content(items, place + 1):
                found[place - 1] = "the label of a list of links"
    found |= dict.fromkeys(_cards(items, setting), "a card that links to another page of the site")
    return found | dict.fromkeys(_offers(items, found), "offers something of the site's own, with a link to it")


def _cards(items: Sequence[Item], setting: Setting) -> Iterator[int]:
    """Headings that are links to other pages, two at least in a row, each with no more under it than a line or two."""
    cards = [
        _run_under(items, place)
        for place, item in enumerate(items)
        if item.is_marked
        and item.level > 1
        and item.links.share > 0.9
        and item.links.within(setting.site)
        and not item.links.to_this_page
    ]
    small = [card for card in cards if len(card) <= 4 and all(_is_small(items[place]) for place in card[1:])]
    starts, ends = {card.start for card in small}, {card.stop for card in small}
    for card in small:
        if card.start in ends or card.stop in starts:
            yield from card


def _offers(items: Sequence[Item], found: dict[int, str]) -> Iterator[int]:
    """What calls out to the reader right above a link to another page: a line or a heading, and a line or two under it."""
    for place, item in enumerate(items):
        if not item.said.endswith(("!", "?")) or len(words(item.said)) > 8 or place in found:
            continue
        run = _run_under(items, place) if item.is_marked else range(place, min(place + 2, len(items)))
        under = run[1:]
        linked = [one for one in under if one in found and items[one].links.share > 0.5]
        exclaims = item.said.endswith("!") or not item.is_marked
        if exclaims and linked and len(under) <= 3 and all(one in found or _is_small(items[one]) for one in under):
            yield from (one for one in run if one not in found)


def _run_under(items: Sequence[Item], place: int) -> range:
    """The heading here and what stands between it and the next heading of any level."""
    end = place + 1
    while end < len(items) and not items[end].is_marked:
        end += 1
    return range(place, end)


def _is_small(item: Item) -> bool:
    return item.form is Form.LINE and len(item.said) <= 160


def _teaser(items: Sequence[Item], place: int, setting: Setting) -> str | None:
    item = items[place]
    if reason := page_control(item.said):
        return reason
    if setting.marked and is_page_label(item.said):
        return "a word that names a part of the page"
    if leads_on(item.said):
        return "names another page to read"
    if not item.links.within(setting.site) or item.links.to_this_page:
        return None
    rest = len(words(item.said)) - sum(len(words(text)) for text in item.links.texts)
    if item.links.share > 0.9 and not item.said.endswith("."):
        return None if _is_told(items, place) else "a link to another page of the site"
    if rest <= 6 and item.links.share > 0.5 and _ends_label(item):
        return "names another page to read"
    return None


def _is_told(items: Sequence[Item], place: int) -> bool:
    """Whether a line that is one link is the guide's all the same.

    It states something, a sentence leads to it, or it is all that a question has for an answer.
    """
    above = items[place - 1] if place else None
    if states(items[place].said) or _is_led_to(items, place):
        return True
    return above is not None and above.is_marked and asks(above.said) and not _is_content(items, place + 1)


def _is_led_to(items: Sequence[Item], place: int) -> bool:
    """Whether right above stands a sentence that ends in a colon."""
    return place > 0 and items[place - 1].said.endswith(":") and len(words(items[place - 1].said)) >= 5


def _ends_label(item: Item) -> bool:
    """Whether what stands before the first link of a line is a label."""
    before = item.said.split(item.links.texts[0], 1)[0].rstrip() if item.links.texts else ""
    return before.endswith(":")


def _is_link_list(items: Sequence[Item], place: int, setting: Setting) -> bool:
    """Whether a list is one of links to other pages of the site that says nothing of its own and no sentence leads to."""
    item = items[place]
    if item.form is not Form.LIST or len(item.entries) < 2:
        return False
    if not item.entry_links or not all(one.share > 0.9 and one.within(setting.site) for one in item.entry_links):
        return False
    if _is_led_to(items, place) or any(states(entry) for entry in item.entries):
        return False
    return sum(len(words(entry)) for entry in item.entries) >= 4 * len(item.entries)


def _is_content(items: Sequence[Item], place: int) -> bool:
    """Whether a block that is no heading stands here."""
    return place < len(items) and not items[place].is_marked
