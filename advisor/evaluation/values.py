"""What a cell, an entry or the head of a row or column is: enough to make a question of, and to be its answer."""

from __future__ import annotations

import re

from index.figures import Quantity, figures_in
from index.words import stems_in

from ..question import names_quantity

LONGEST = 60
"""Characters of a value that an answer can be held against word by word."""


def is_head(cell: str) -> bool:
    """Whether a row says what it is about: words, or a year."""
    return bool(re.match(r"[^\W\d_]", cell) or re.fullmatch(r"(?:19|20)\d\d", cell))


def is_quantity(cell: str) -> bool:
    """Whether a cell is a quantity and nothing else; a code ("53-2010") only holds one."""
    figures = figures_in(cell)
    rest = cell
    for figure in reversed(figures):
        rest = rest[: figure.span.start] + rest[figure.span.end :]
    return bool(figures) and not re.search(r"[\w-]", rest) and figures[0].quantity is not Quantity.YEAR


def is_money(cell: str) -> bool:
    """Whether a quantity is a sum of money."""
    return figures_in(cell)[0].quantity is Quantity.MONEY


def tells_enough(header: str, heading: str) -> bool:
    """Whether the head of a column needs no heading: it says what is counted ("Pay, 2024"), or as much as the heading."""
    if set(stems_in(heading)) <= set(stems_in(header)):
        return True
    words = re.findall(r"[^\W\d_]+", header)
    return len(words) > 1 or any(names_quantity(word) and not _is_unit(word) for word in words)


def _is_unit(word: str) -> bool:
    """Whether a word only says in what is counted ("percent")."""
    return any(figure.quantity is not Quantity.COUNT for figure in figures_in(f"5 {word.lower()}"))


def is_words(cell: str) -> bool:
    """Whether a cell is two words or more, and no figure."""
    return not re.search(r"\d", cell) and len(stems_in(cell)) > 1


def opening(item: str) -> str:
    """What an entry is called: its words up to the first stop, none where that is long."""
    name = re.split(r"[:;(,]|\.(?=\s|$)|\s[–—-]\s", item, maxsplit=1)[0].strip()
    return name if len(name) <= LONGEST else ""
