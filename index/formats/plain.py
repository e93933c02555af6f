"""Plain text, such as a page saved from the web: its headings are told by form, since nothing marks them.

What counts as a heading. A short line that stands alone, without the end of a sentence, with something under it. Where
the page has dividers (lines of U+00A0 only), it stands next to one or next to another heading; elsewhere it is in title
case, a question, one of a numbered series, or a few words before prose.

How headings nest. A numbered series ("Step 1: …") belongs to the heading before it. A heading with nothing of its own
under it, or whose text ends in a colon, is the parent of those that follow, as long as they are of the first one's
family: questions, "label: words", or the same kind of content. A heading that opens with the title's own words ends it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from ..guide import Span
from .blocks import Block, Entry, Heading, Listing, Page, Paragraph, Table
from .framing import without_frame, without_labels
from .nodes import LONGEST_HEADING, Node, capital_share, line_of, nodes_of, regrouped, words_in
from .runs import series_of, with_steps
from .signs import with_charts, with_questions

_ASKS = frozenset(
    """what how why when where who which whose is are am can could do does did should will would may must has have
    was were""".split()
)


def read_plain(text: str, start: int = 0) -> Page:
    """The blocks of `text[start:]`, headings inferred."""
    nodes = tuple(nodes_of(text, start))
    title, nodes, frame = without_frame(text, nodes)
    marked = _with_headings(text, regrouped(text, nodes, with_charts), title)
    kept, labels = without_labels(text, marked)
    blocks = with_steps(text, with_questions(text, tuple(_levelled(text, kept, title))))
    return Page(text, blocks, tuple(sorted((*frame, *labels), key=lambda place: place.start)), title)


# ------------------------------------------------------------------------------------------------------- headings


def _with_headings(text: str, nodes: Sequence[Node], title: Span | None) -> tuple[Node, ...]:
    dividers = sum(node.divided for node in nodes)
    spaced = sum(node.spaced for node in nodes) * 2 > len(nodes)
    series = _series(text, nodes)
    found: list[Node] = []
    for place, node in enumerate(nodes):
        line = line_of(node)
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        told = node.heading
        if line and following and not told and _may_be_heading(text, line):
            around = _Around(node, following, tuple(found[-1:]), spaced)
            told = _is_beside(around, title) if dividers >= 3 else _looks_like_heading(text, line, around)
            told = told or _series_word(text, line) in series or _names_series(text, around, series)
        found.append(replace(node, heading=told and following is not None))
    return tuple(found if dividers >= 3 else _with_bare_lists(text, found))


def _with_bare_lists(text: str, nodes: Sequence[Node]) -> Iterator[Node]:
    """The nodes, with short lines in a row that have lost their bullets as a list.

    Four lines in a row at least that could each be a heading: the first names them, the last may head what follows.
    """
    for bare, run in groupby(enumerate(nodes), key=lambda one: _is_bare(text, one[1])):
        places = [place for place, _ in run]
        members = [nodes[place] for place in places]
        if not bare or len(members) < 4:
            yield from members
            continue
        first = 0 if _introduces(text, nodes[places[0] - 1] if places[0] else None) else 1
        last = len(members) - (1 if members[-1].heading else 0)
        yield from members[:first]
        entries = tuple(Entry(line, (line,)) for member in members[first:last] if (line := line_of(member)))
        yield replace(members[first], block=Listing(entries), heading=False)
        yield from members[last:]


def _is_bare(text: str, node: Node) -> bool:
    line = line_of(node)
    if line is None or not _may_be_heading(text, line) or _series_word(text, line):
        return False
    return text[line.end - 1] not in "?!" and len(words_in(text, line)) <= 8


def _introduces(text: str, node: Node | None) -> bool:
    line = line_of(node) if node else None
    return line is not None and text[line.end - 1] == ":"


def _may_be_heading(text: str, line: Span) -> bool:
    words = words_in(text, line)
    if not words or len(words) > 16 or line.end - line.start > LONGEST_HEADING:
        return False
    return text[line.end - 1] not in ".:;,…" and not text[line.start].islower()


@dataclass(frozen=True, slots=True)
class _Around:
    """A line that may be a heading, and what stands before and after it."""

    node: Node
    following: Node
    before: tuple[Node, ...]
    """None or one."""
    spaced: bool
    """Blank lines part the text's paragraphs."""

    @property
    def below_heading(self) -> bool:
        return bool(self.before) and self.before[0].heading


def _names_series(text: str, around: _Around, series: frozenset[str]) -> bool:
    """Whether a line stands right above the first of a numbered series of headings."""
    line, below = line_of(around.node), line_of(around.following)
    if line is None or below is None or _series_word(text, below) not in series or _series_word(text, line) in series:
        return False
    return text[line.start].isupper() and len(words_in(text, line)) <= 8 and _closes(text, around.before)


def _is_beside(around: _Around, title: Span | None) -> bool:
    """Whether a line stands next to a divider or right under a heading, the title of the page not being one."""
    opens = not around.before and title is None
    return around.node.divided or around.following.divided or around.below_heading or opens


def _looks_like_heading(text: str, line: Span, around: _Around) -> bool:
    said = line.of(text)
    words = words_in(text, line)
    share = capital_share(said)
    content = _is_content(text, around.following)
    if said.endswith("?"):
        asks = around.spaced and around.node.spaced and words[0].lower() in _ASKS
        return share >= 0.6 or (asks and content)
    if said.endswith("!"):
        return share >= 0.75 and content
    if share >= 0.6:
        return content or not around.below_heading
    few = len(words) <= 6 and said[0].isupper() and content
    return few and (around.node.spaced or not around.spaced) and _closes(text, around.before)


def _is_content(text: str, node: Node) -> bool:
    line = line_of(node)
    return line is None or line.end - line.start > 60 or text[line.end - 1] in ".:"


def _closes(text: str, before: Sequence[Node]) -> bool:
    """Whether what stands before is complete, so that a new section may begin."""
    line = line_of(before[-1]) if before else None
    return line is None or before[-1].heading or text[line.end - 1] in '.!?"”)'


def _series(text: str, nodes: Sequence[Node]) -> frozenset[str]:
    """The words that number a series of at least two lines: "step" in "Step 1: …", "Step 2: …"."""
    lines = [line for node in nodes if (line := line_of(node)) and _may_be_heading(text, line)]
    counted = Counter(_series_word(text, line) for line in lines)
    return frozenset(word for word, count in counted.items() if count >= 2 and word)


def _series_word(text: str, line: Span) -> str:
    """What numbers a line that may be a heading: "step" in "Step 1: …", "#" in "1. …"; empty where nothing does."""
    told = series_of(line.of(text)[:LONGEST_HEADING])
    return told[0] if told else ""


# -------------------------------------------------------------------------------------------------------- nesting


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading with what stands under it, up to the next heading."""

    heading: Span
    content: tuple[Block, ...]


def _levelled(text: str, nodes: Sequence[Node], title: Span | None) -> Iterator[Block]:
    first = next((place for place, node in enumerate(nodes) if node.heading), len(nodes))
    yield from (node.block for node in nodes[:first])
    sections = tuple(_sections(nodes[first:]))
    for section, level in zip(sections, _levels(text, sections, title), strict=True):
        yield Heading(section.heading, level)
        yield from section.content


def _sections(nodes: Sequence[Node]) -> Iterator[_Section]:
    starts = [place for place, node in enumerate(nodes) if node.heading]
    for start, end in pairwise([*starts, len(nodes)]):
        heading = line_of(nodes[start])
        assert heading is not None  # noqa: S101 - only lines are headings
        yield _Section(heading, tuple(node.block for node in nodes[start + 1 : end]))


def _levels(text: str, sections: Sequence[_Section], title: Span | None) -> Iterator[int]:
    child: _Section | None = None
    for place, section in enumerate(sections):
        if child is not None and _belongs(text, section, child, title):
            yield 2
            continue
        child = None
        following = sections[place + 1] if place + 1 < len(sections) else None
        if following and _is_parent(text, section, following):
            child = following
        yield 1


def _belongs(text: str, section: _Section, child: _Section, title: Span | None) -> bool:
    if section is child:
        return True
    if _opens_with_subject(text, section, title) and not _opens_with_subject(text, child, title):
        return False
    return _family(text, section) == _family(text, child)


def _is_parent(text: str, section: _Section, following: _Section) -> bool:
    word = _series_word(text, following.heading)
    if word and _series_word(text, section.heading) != word:
        return True
    if not section.content:
        return True
    last = section.content[-1]
    return isinstance(last, Paragraph) and text[last.span.end - 1] == ":"


def _family(text: str, section: _Section) -> str:
    said = section.heading.of(text)
    if word := _series_word(text, section.heading):
        return f"series {word}"
    if said.endswith("?"):
        return "question"
    if ": " in said:
        return "label"
    return _shape(section.content)


def _shape(content: Sequence[Block]) -> str:
    if not content:
        return "empty"
    if all(isinstance(block, Paragraph) for block in content):
        return "prose"
    if all(isinstance(block, (Listing, Table)) for block in content):
        return "entries"
    return "mixed"


def _opens_with_subject(text: str, section: _Section, title: Span | None) -> bool:
    """Whether a heading begins with two words that stand together in the title."""
    if title is None:
        return False
    opening = [word.lower() for word in words_in(text, section.heading)[:2]]
    words = [word.lower() for word in words_in(text, title)]
    return len(opening) == 2 and any(words[place : place + 2] == opening for place in range(len(words) - 1))
