"""Plain text without what frames it: its title found, and every line left out that is not the guide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ..guide import LeftOut, Span
from .blocks import Listing, Table, block_span
from .furniture import furniture, places_of
from .items import Form, Item, Setting
from .nodes import LONGEST_HEADING, Node, capital_share, line_of, regrouped, words_in
from .page_signs import is_about_the_page, is_bare, is_figured, is_note, is_sentence, is_trail, words
from .runs import with_label_lists
from .signs import closing_invitation, same_words
from .tail import TAIL

_FORM_NOTE = re.compile(r"\*\s*\Z")


def without_frame(text: str, nodes: tuple[Node, ...]) -> tuple[Span | None, tuple[Node, ...], tuple[LeftOut, ...]]:
    """The title, where the text says its own; the nodes that are the guide; and the places of those that are not."""
    items = tuple(_item(text, node) for node in nodes)
    place = _title_place(text, nodes, items)
    found = furniture(items, Setting(title=place, marked=False))
    title = line_of(nodes[place]) if place is not None else None
    kept = tuple(node for at, node in enumerate(nodes) if at != place and at not in found)
    kept, repeats = _without_repeats(text, kept, title)
    kept = regrouped(text, kept, with_label_lists)
    kept, tail = _without_tail(text, kept, cut=TAIL in found.values())
    return title, kept, (*places_of(items, found), *repeats, *tail)


def _item(text: str, node: Node) -> Item:
    span = block_span(node.block)
    said = " ".join(span.of(text).split())
    match node.block:
        case Listing(entries):
            return Item(span, Form.LIST, said, entries=tuple(entry.texts[0].of(text) for entry in entries))
        case Table(rows, header):
            return Item(span, Form.TABLE if header or len(rows) > 1 or is_figured(said) else Form.LINE, said)
        case _:
            return Item(span, Form.LINE, said)


# ---------------------------------------------------------------------------------------------------------- title


def _title_place(text: str, nodes: Sequence[Node], items: Sequence[Item]) -> int | None:
    """The node that is the title: the first, or the line above the first prose whose words that prose takes up."""
    if len(nodes) < 2 or not _is_title(text, nodes):
        return None
    above = next((place for place, item in enumerate(items) if _is_prose(item)), len(items))
    opens = Counter(word.lower()[:5] for item in items[above:] if _is_prose(item) for word in words(item.said))
    scores = [_taken_up(item, opens) for item in items[:above]]
    if not scores or max(scores) <= 2 * scores[0]:
        return 0
    return max(range(above), key=lambda place: (scores[place], len(words(items[place].said))))


def _is_prose(item: Item) -> bool:
    return (
        item.form is Form.LINE
        and is_sentence(item.said)
        and len(words(item.said)) >= 6
        and not is_about_the_page(item.said)
    )


def _taken_up(item: Item, opens: Counter[str]) -> int:
    """How often the prose below takes up the words of a line that may be the title, short ones aside."""
    if item.form is not Form.LINE or not is_bare(item.said) or is_trail(item.said) or is_note(item.said):
        return 0
    said = words(item.said)
    return sum(opens[word.lower()[:5]] for word in said if len(word) > 3) if len(said) > 1 else 0


def _is_title(text: str, nodes: Sequence[Node]) -> bool:
    line = line_of(nodes[0])
    if line is None or line.end - line.start > 150 or text[line.end - 1] in ".:;,":
        return False
    return (
        nodes[0].heading or capital_share(line.of(text)) >= 0.6 or (nodes[1].spaced and len(words_in(text, line)) <= 16)
    )


def _without_repeats(
    text: str, nodes: tuple[Node, ...], title: Span | None
) -> tuple[tuple[Node, ...], tuple[LeftOut, ...]]:
    """The nodes without the first ones that say the title again."""
    rest = 0
    repeats: list[LeftOut] = []
    while title and rest < len(nodes) and (line := line_of(nodes[rest])) and same_words(line.of(text), title.of(text)):
        repeats.append(LeftOut(*line, reason="repeats the title"))
        rest += 1
    return nodes[rest:], tuple(repeats)


# ----------------------------------------------------------------------------------------------------------- tail


def _without_tail(text: str, nodes: tuple[Node, ...], cut: bool) -> tuple[tuple[Node, ...], tuple[LeftOut, ...]]:
    """The nodes without the lines at the end that look like titles and have nothing under them.

    Two at least, or one above a form's note (which ends in an asterisk): links to other articles, the heading of a
    comment form. Where there are such, or the end of the page was `cut` off already, paragraphs right above them that
    only invite to the site's own go as well.
    """
    end = len(nodes)
    left_out: list[LeftOut] = []
    while end > 1:
        line = line_of(nodes[end - 1])
        if line is None or not (_ends_open(text, line) or _FORM_NOTE.search(line.of(text))):
            break
        note = "a form's note" if _FORM_NOTE.search(line.of(text)) else "a title at the end with nothing under it"
        left_out.append(LeftOut(*line, reason=note))
        end -= 1
    if len(left_out) < (1 if cut else 2):
        left_out.clear()
        end = len(nodes)
    if not (left_out or cut):
        return nodes, ()
    said = [line.of(text) if (line := line_of(node)) else "" for node in nodes[:end]]
    for node in reversed(nodes[end - closing_invitation(said) : end]):
        left_out.append(LeftOut(*block_span(node.block), reason="invites the reader to something of the site's own"))
        end -= 1
    return nodes[:end], tuple(reversed(left_out))


def _ends_open(text: str, line: Span) -> bool:
    """Whether a line is like a title: short, in title case, and no sentence."""
    if line.end - line.start > LONGEST_HEADING or text[line.end - 1] in ".:;,":
        return False
    return capital_share(line.of(text)) >= 0.5


# --------------------------------------------------------------------------------------------------------- labels


def without_labels(text: str, nodes: Sequence[Node]) -> tuple[tuple[Node, ...], tuple[LeftOut, ...]]:
    """The nodes without the labels of a page's controls: two or three words that are no heading, before a heading."""
    kept: list[Node] = []
    left_out: list[LeftOut] = []
    for place, node in enumerate(nodes):
        line = line_of(node)
        before_heading = place + 1 < len(nodes) and nodes[place + 1].heading
        if line and before_heading and not node.heading and node.spaced and _is_label(text, line):
            left_out.append(LeftOut(*line, reason="a label of two or three words with nothing of its own"))
        else:
            kept.append(node)
    return tuple(kept), tuple(left_out)


def _is_label(text: str, line: Span) -> bool:
    return len(words_in(text, line)) <= 3 and text[line.end - 1].isalpha()
