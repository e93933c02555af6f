"""A saved web page as Markdown: its headings, paragraphs, lists and tables, without what frames them.

Parsed by lxml through Beautiful Soup, which opens no address and resolves no entity of the page's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PageElement, PreformattedString, Tag

from .extract import Extract, MarkdownWriter, RefusedFileError, one_line

_NOT_TEXT = frozenset(
    "script style noscript template svg iframe object canvas audio video head select textarea".split()
)
_FRAME = frozenset("nav footer aside form dialog button".split())
_FRAME_ROLES = frozenset("navigation banner contentinfo search complementary dialog alert".split())
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LISTS = frozenset("ul ol menu".split())
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark output q ruby s samp small span strike strong "
    "sub sup time tt u var wbr br img input".split()
)
_DEEPEST = 200
"""Elements inside one another; pages that people write stay below a tenth of it, and browsers stop at 512."""
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PARTED = re.compile(r"\n\s*\n")


def read_html(data: bytes) -> Extract:
    """The main text of a page, and its publisher, address and date where it states them."""
    soup = BeautifulSoup(data, "lxml")
    if (depth := _depth(soup)) > _DEEPEST:
        raise RefusedFileError(f"Its elements are nested {depth:,} deep. Save it from a browser as text.")
    about = _about(soup)
    _drop(soup)
    writer = MarkdownWriter()
    body = _main(soup)
    if body.find("h1") is None and (title := _title(soup)):
        writer.heading(1, title)
    _Walk(writer).children(body)
    text = writer.text
    if not text.strip():
        raise RefusedFileError(
            "The page holds no text of its own; its script may load it. Save it from a browser as text."
        )
    return Extract(text, about)


def _depth(soup: BeautifulSoup) -> int:
    """How many elements stand inside one another."""
    depth, level = 0, [tag for tag in soup.contents if isinstance(tag, Tag)]
    while level:
        depth, level = depth + 1, [part for tag in level for part in tag.contents if isinstance(part, Tag)]
    return depth


def _main(soup: BeautifulSoup) -> Tag:
    """The element that holds the page's own text: its only `main` or `article`, or the body."""
    for name in ("main", "article"):
        found = soup.find_all(name)
        if len(found) == 1 and len(found[0].get_text()) > 200:
            return found[0]
    return soup.body or soup


def _title(soup: BeautifulSoup) -> str:
    """The page's first heading, or what it calls itself; a site's name at the end of that is not part of it."""
    heading = soup.find("h1")
    if isinstance(heading, Tag) and one_line(heading.get_text()):
        return one_line(heading.get_text())
    said = _meta(soup, "og:title") or (one_line(soup.title.get_text()) if soup.title else "")
    return re.split(r"\s[|–—·»-]+\s(?=[^|–—·»]+\Z)", said)[0]


def _about(soup: BeautifulSoup) -> dict[str, str]:
    canonical = soup.find("link", rel="canonical")
    found = {
        "publisher": _meta(soup, "og:site_name"),
        "url": str(canonical.get("href") or "") if isinstance(canonical, Tag) else "",
        "dated": (_meta(soup, "article:modified_time") or _meta(soup, "article:published_time"))[:10],
    }
    return {key: value for key, value in found.items() if value}


def _meta(soup: BeautifulSoup, name: str) -> str:
    tag = soup.find("meta", attrs={"property": name}) or soup.find("meta", attrs={"name": name})
    return one_line(str(tag.get("content") or "")) if isinstance(tag, Tag) else ""


def _drop(soup: BeautifulSoup) -> None:
    """Take out of the page what is not its text: code, what is hidden, and what frames the text."""
    for tag in soup.find_all(True):
        if tag.decomposed or tag.name in ("html", "body"):
            continue
        if tag.name == "header":
            _keep_title(tag)
        if (tag.name in _NOT_TEXT and tag.name != "head") or _is_hidden(tag) or _is_frame(tag):
            tag.decompose()


def _keep_title(header: Tag) -> None:
    """Take the page's title out of the header that it stands in, so that it stays when the header goes."""
    title = header.find("h1")
    if isinstance(title, Tag):
        header.insert_before(title.extract())


def _is_hidden(tag: Tag) -> bool:
    hidden = tag.has_attr("hidden") or tag.get("aria-hidden") == "true"
    return hidden or _HIDING.search(str(tag.get("style") or "")) is not None


def _is_frame(tag: Tag) -> bool:
    """Whether an element frames the text; one that holds the page's heading does not."""
    framing = tag.name in _FRAME or tag.name == "header" or str(tag.get("role") or "") in _FRAME_ROLES
    if not framing or tag.find("h1") is not None:
        return False
    return not (tag.name == "button" and tag.find_parent([*_HEADINGS, "summary", "dt"]) is not None)


class _Walk:
    """Writes the blocks of an element in order."""

    def __init__(self, writer: MarkdownWriter) -> None:
        self._to = writer

    def children(self, tag: Tag) -> None:
        """Whatever stands in the element: runs of inline content are paragraphs."""
        self._parts(tag.children)

    def _parts(self, parts: Iterable[PageElement]) -> None:
        run: list[PageElement] = []
        for child in parts:
            if _is_inline(child):
                run.append(child)
                continue
            self._paragraphs(run)
            run = []
            if isinstance(child, Tag):
                self._block(child)
        self._paragraphs(run)

    def _block(self, tag: Tag) -> None:
        if tag.name in _HEADINGS:
            self._to.heading(int(tag.name[1]), tag.get_text())
        elif tag.name == "summary" or (tag.name == "dt" and tag.get_text().strip().endswith("?")):
            level = self._to.level
            self._to.heading(6, tag.get_text())
            self._to.level = level
        elif tag.name in _LISTS:
            self._to.end_list()
            self._list(tag, 0)
            self._to.end_list()
        elif tag.name == "dl" and not _has_questions(tag):
            self._definitions(tag)
        elif tag.name == "table" and _is_data(tag):
            self._table(tag)
        elif tag.name == "pre":
            self._to.paragraph(tag.get_text())
        else:
            self.children(tag)

    def _paragraphs(self, run: list[PageElement]) -> None:
        said = "".join(_inline(run))
        if _is_bold(run):
            self._to.bold(said)
            return
        for part in _PARTED.split(said):
            self._to.paragraph(part)

    def _list(self, tag: Tag, depth: int) -> None:
        start = str(tag.get("start") or "1")
        number = int(start) if start.isdecimal() and len(start) < 4 else 1
        between: list[PageElement] = []
        for item in tag.children:
            entry = isinstance(item, Tag) and item.name == "li" and not _holds_sections(item)
            if not isinstance(item, Tag) or not (entry or item.name in _LISTS):
                between.append(item)
                continue
            self._between(between)
            between = []
            if entry:
                self._entry(item, depth, number if tag.name == "ol" else None)
                number += 1
            else:  # a list inside a list but in none of its entries, which is not allowed but usual
                self._list(item, depth + 1)
        self._between(between)

    def _between(self, parts: list[PageElement]) -> None:
        """Write what stands in a list and is no plain entry of it."""
        if "".join(_inline(parts)).strip():
            self._to.end_list()
            self._parts(parts)

    def _entry(self, item: Tag, depth: int, number: int | None) -> None:
        inner = [child for child in item.find_all([*_LISTS]) if child.find_parent("li") is item]
        for nested in inner:
            nested.extract()
        self._to.entry(depth, item.get_text(" ") if item.find(["p", "div", "br"]) else item.get_text(), number)
        for nested in inner:
            self._list(nested, depth + 1)

    def _definitions(self, tag: Tag) -> None:
        self._to.end_list()
        terms: list[str] = []
        for part in tag.find_all(["dt", "dd"]):
            said = one_line(part.get_text(" "))
            if part.name == "dt":
                terms.append(said.rstrip(":"))
            elif said:
                self._to.entry(0, f"{' / '.join(terms)}: {said}" if terms else said)
                terms = []
        self._to.end_list()

    def _table(self, tag: Tag) -> None:
        caption = tag.find("caption")
        if isinstance(caption, Tag):
            self._to.paragraph(caption.get_text(" "))
        rows = [row.find_all(["td", "th"], recursive=False) for row in tag.find_all("tr")]
        rows = [row for row in rows if row]
        headed = bool(rows) and all(cell.name == "th" for cell in rows[0])
        self._to.table([[cell.get_text(" ") for cell in row] for row in rows], headed)


def _is_inline(element: PageElement) -> bool:
    if isinstance(element, Tag):
        return element.name in _INLINE and element.find([*_HEADINGS, "p", "div", "ul", "ol", "table"]) is None
    return isinstance(element, NavigableString)


def _inline(run: list[PageElement]) -> Iterator[str]:
    """The text of inline content: white space as one space, a `br` as a line break."""
    for element in run:
        if isinstance(element, Tag):
            yield "\n" if element.name == "br" else "".join(_inline(list(element.children)))
        elif isinstance(element, NavigableString) and not isinstance(element, (Comment, PreformattedString)):
            yield re.sub(r"\s+", " ", str(element))


def _is_bold(run: list[PageElement]) -> bool:
    filled = [one for one in run if not isinstance(one, NavigableString) or str(one).strip()]
    return len(filled) == 1 and isinstance(filled[0], Tag) and filled[0].name in ("b", "strong")


def _has_questions(tag: Tag) -> bool:
    return any(term.get_text().strip().endswith("?") for term in tag.find_all("dt"))


def _holds_sections(item: Tag) -> bool:
    return item.find([*_HEADINGS, "table", "details"]) is not None


def _is_data(table: Tag) -> bool:
    """Whether a table holds data, rather than laying out a page."""
    if table.find("table") is not None or table.find([*_HEADINGS]) is not None:
        return False
    return any(len(row.find_all(["td", "th"], recursive=False)) > 1 for row in table.find_all("tr"))
