"""A saved web page as Markdown: its headings, paragraphs, lists and tables, without what frames them.

What frames them is told twice: by elements (their names, roles, classes), and, since many pages are made of elements
without any, by the signs of `furniture` on the blocks with their links. Parsed by lxml through Beautiful Soup, which opens no address and resolves no entity of the page's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PageElement, PreformattedString, Tag

from .extract import Extract, MarkdownWriter, RefusedFileError, one_line
from .links import CLOSE, MIDDLE, OPEN, marked, without_marks
from .markdown import blocks_of, without_frame

_NOT_TEXT = frozenset(
    "script style noscript template svg iframe object canvas audio video head select textarea".split()
)
_FRAME = frozenset("nav footer aside form dialog button".split())
_FRAME_ROLES = frozenset(
    "navigation banner contentinfo search complementary dialog alertdialog alert menu menubar toolbar doc-toc".split()
)
_FRAME_NAMES = frozenset(
    """ad ads advert advertisement breadcrumb breadcrumbs byline comment comments cookie cookies disqus menu nav navbar newsletter
    pager pagination popup promo related share sharing sharedaddy sidebar social sponsor subscribe toc""".split()
)
"""Parts of the classes and ids of elements that are seldom the text, as Mozilla's Readability knows them."""
_TEXT_NAMES = frozenset("article body content entry main page post text wrap wrapper".split())
_NAME_PARTS = re.compile(r"[^a-z0-9]+")
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
_LISTS = frozenset("ul ol menu".split())
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd label mark output q ruby s samp small span strike strong "
    "sub sup time tt u var wbr br img input".split()
)
_DEEPEST = 200
"""Elements inside one another; pages that people write stay below a tenth of it, and browsers stop at 512."""
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MANY_BREAKS = re.compile(r"\n{3,}")
_ENTERED = re.compile(f"(?<=[^\\W\\d_]){OPEN}(?=[^\\W\\d_])")
_LEFT = re.compile(f"(?<=[^\\W\\d_]{MIDDLE})([^{CLOSE}]*{CLOSE})(?=([^\\W\\d_]+))")
_ENDINGS = frozenset("s es d ed r er ers ing ings ly al y ies".split())
"""What may follow a link within a word: "[baker]s"."""
_MARKS = re.compile(f"[{OPEN}-{CLOSE}]")
_PARTED = re.compile(r"\n\s*\n")


def read_html(data: bytes) -> Extract:
    """The main text of a page, and its publisher, address and date where it states them."""
    soup = BeautifulSoup(data, "lxml")
    if (depth := _depth(soup)) > _DEEPEST:
        raise RefusedFileError(f"Its elements are nested {depth:,} deep. Save it from a browser as text.")
    about = _about(soup)
    text = _unframed(_written(soup))
    if not text.strip():
        raise RefusedFileError(
            "The page holds no text of its own; its script may load it. Save it from a browser as text."
        )
    return Extract(text, about)


def _written(soup: BeautifulSoup) -> str:
    """The page as Markdown with its links marked."""
    _drop(soup)
    writer = MarkdownWriter()
    body = _main(soup)
    if body.find("h1") is None and (title := _title(soup)):
        writer.heading(1, title)
    _Walk(writer).children(body)
    return writer.text


def _unframed(text: str) -> str:
    """The lines of a text that are the guide, without the marks of links."""
    _, frame = without_frame(text, blocks_of(text)[0])
    kept: list[str] = []
    at = 0
    for place in frame:
        start, end = text.rfind("\n", 0, place.start) + 1, text.find("\n", place.end - 1)
        kept.append(text[at:start])
        at = len(text) if end < 0 else end + 1
    text = without_marks("".join((*kept, text[at:])))
    return _MANY_BREAKS.sub("\n\n", text).strip("\n") + "\n"


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
    framing = (
        tag.name in _FRAME or tag.name == "header" or str(tag.get("role") or "") in _FRAME_ROLES or _is_named_frame(tag)
    )
    if not framing or tag.find("h1") is not None:
        return False
    return not (tag.name == "button" and tag.find_parent([*_HEADINGS, "summary", "dt"]) is not None)


def _is_named_frame(tag: Tag) -> bool:
    """Whether the classes or the id of an element that holds no more than a third of the page name it a frame."""
    if tag.name not in ("div", "section", "ul", "ol", "p", "span", "details"):
        return False
    names = {
        part
        for name in (*(tag.get("class") or ()), tag.get("id") or "")
        for part in _NAME_PARTS.split(str(name).lower())
    }
    if not names & _FRAME_NAMES or names & _TEXT_NAMES:
        return False
    body = tag.find_parent("body")
    return body is not None and 3 * len(tag.get_text()) <= len(body.get_text())


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
            self._to.heading(int(tag.name[1]), _heading(tag))
        elif tag.name == "summary" or (tag.name == "dt" and tag.get_text().strip().endswith("?")):
            level = self._to.level
            self._to.heading(6, _said(tag))
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
        said = _parted("".join(_inline(run)))
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
        self._to.entry(depth, _said(item), number)
        for nested in inner:
            self._list(nested, depth + 1)

    def _definitions(self, tag: Tag) -> None:
        self._to.end_list()
        terms: list[str] = []
        for part in tag.find_all(["dt", "dd"]):
            said = one_line(_said(part))
            if part.name == "dt":
                terms.append(said.rstrip(":"))
            elif said:
                self._to.entry(0, f"{' / '.join(terms)}: {said}" if terms else said)
                terms = []
        self._to.end_list()

    def _table(self, tag: Tag) -> None:
        caption = tag.find("caption")
        if isinstance(caption, Tag):
            self._to.paragraph(_said(caption))
        rows = [row.find_all(["td", "th"], recursive=False) for row in tag.find_all("tr")]
        rows = [row for row in rows if row]
        headed = bool(rows) and all(cell.name == "th" for cell in rows[0])
        self._to.table([[_said(cell) for cell in row] for row in rows], headed)


def _is_inline(element: PageElement) -> bool:
    if isinstance(element, Tag):
        return element.name in _INLINE and element.find([*_HEADINGS, "p", "div", "ul", "ol", "table"]) is None
    return isinstance(element, NavigableString)


def _said(tag: Tag) -> str:
    """The text of an element, its links marked; blocks in it stand apart from what is around them."""
    return _parted("".join(_inline(list(tag.children))))


def _heading(tag: Tag) -> str:
    """The text of a heading, marked as a link where it stands in one."""
    said, around = one_line(_said(tag)), tag.find_parent("a")
    return _link(said, str(around.get("href") or "")) if around and said and OPEN not in said else said


def _inline(run: list[PageElement]) -> Iterator[str]:
    """The text of inline content: white space as one space, a `br` as a line break, links marked."""
    for element in run:
        if isinstance(element, Tag):
            inner = "".join(_inline(list(element.children)))
            if element.name == "br":
                yield "\n"
            elif element.name == "a" and element.has_attr("href") and OPEN not in inner and inner.strip():
                yield _link(inner, str(element.get("href") or ""))
            else:
                yield inner if element.name in _INLINE else f" {inner} "
        elif isinstance(element, NavigableString) and not isinstance(element, (Comment, PreformattedString)):
            yield re.sub(r"\s+", " ", _MARKS.sub("", str(element)))


def _link(inner: str, target: str) -> str:
    before, after = inner[: len(inner) - len(inner.lstrip())], inner[len(inner.rstrip()) :]
    return before + marked(inner.strip(), "".join(_MARKS.sub("", target).split())) + after


def _parted(said: str) -> str:
    """A text with a space where a link begins or ends right at a word that it is no part of."""
    said = _ENTERED.sub(f" {OPEN}", said)
    return _LEFT.sub(lambda end: end[0] if end[2].lower() in _ENDINGS else f"{end[0]} ", said)


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
