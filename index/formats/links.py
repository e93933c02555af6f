"""Links of a text in Markdown: what they say, where they lead, and the words without their addresses."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

OPEN, MIDDLE, CLOSE = "\ue000", "\ue001", "\ue002"
"""What stands for `[`, `](` and `)` while a web page is read, so that no bracket of its own is taken for a link's."""
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()\s]*(?:\s\"[^\"\n]*\")?\)")
_LINK = re.compile(
    rf"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(([^()\s]*)(?:\s\"[^\"\n]*\")?\)|{OPEN}([^{OPEN}{MIDDLE}{CLOSE}]*){MIDDLE}([^{CLOSE}]*){CLOSE}"
)
_EMPHASIS = re.compile(r"(?<!\w)[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?!\w)|^(?:>\s?)+|\\(?=[^\w\s])", re.MULTILINE)
_MARK = re.compile(f"{MIDDLE}[^{CLOSE}]*{CLOSE}|[{OPEN}{MIDDLE}{CLOSE}]")


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a block."""

    texts: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    share: float = 0.0
    """Of the block's letters and digits, those that stand in a link; 1 where it holds links or pictures alone."""

    @property
    def to_this_page(self) -> bool:
        """Whether all of them lead to places of the page that they stand on."""
        return bool(self.targets) and all(target.startswith("#") for target in self.targets)

    def within(self, host: str) -> bool:
        """Whether all of them lead to pages of the site at `host`, or to no address at all."""
        return bool(self.targets) and all(_host(target) in ("", host) for target in self.targets)


def marked(text: str, target: str) -> str:
    """A link of a web page, as it is written until the page has been read."""
    return f"{OPEN}{text}{MIDDLE}{target}{CLOSE}"


def without_marks(text: str) -> str:
    """A text with the words of marked links alone."""
    return _MARK.sub("", text)


def words_of(text: str) -> str:
    """What a reader sees of a block: the words of its links, no pictures and no emphasis, on one line."""
    plain = _LINK.sub(lambda link: link[1] if link[1] is not None else link[3], _IMAGE.sub(" ", text))
    return " ".join(_EMPHASIS.sub("", plain).split())


def links_of(text: str) -> Links:
    """The links of a block; pictures alone count as one that says nothing."""
    bare = _IMAGE.sub(" ", text)
    found = [(link[1] or link[3] or "", link[2] or link[4] or "") for link in _LINK.finditer(bare)]
    whole = _letters(words_of(text))
    linked = sum(_letters(words_of(said)) for said, _ in found)
    share = linked / whole if whole else float(bool(found) or bare != text)
    return Links(tuple(words_of(said) for said, _ in found), tuple(target for _, target in found), min(share, 1.0))


def site_of(targets: Iterable[str]) -> str:
    """The host that most links with an address lead to, if it is that of most of them; else an empty text."""
    hosts = Counter(host for target in targets if (host := _host(target)))
    if not hosts:
        return ""
    host, count = hosts.most_common(1)[0]
    return host if count >= 3 and 2 * count > hosts.total() else ""


def _host(target: str) -> str:
    try:
        return urlsplit(target).netloc.lower().removeprefix("www.")
    except ValueError:
        return ""


def _letters(text: str) -> int:
    return sum(char.isalnum() for char in text)
