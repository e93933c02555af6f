"""Plain text, such as a page saved from the web: its headings are told by form, since nothing marks them.

What counts as a heading. A short line that stands alone, without the end of a sentence, with something under it. Where
the page has dividers (lines of U+00A0 only), it stands next to one or next to another heading; elsewhere it is in title
case, a question, one of a numbered series, or a few words before prose.

How headings nest. A numbered series ("Step 1: …") belongs to the heading before it. A heading with nothing of its own
under it, or whose text ends in a colon, is the parent of those that follow, as long as they are of the first one's
family: questions, "label: words", or the same kind of content. A heading that opens with the title's own words ends it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from ..guide import LeftOut, Span
from .blocks import Block, Entry, Heading, Listing, Page, Paragraph, Table, block_span
from .lines import Line, lines_of, marker_at, next_filled
from .lists import read_list
from .signs import closing_invitation, page_control, same_words, with_charts, with_questions
from .tables import is_row, read_table

_LONGEST_HEADING = 110
_WORD = re.compile(r"[^\W_]+(?:['’\-/][^\W_]+)*")
_SERIES = re.compile(r"([A-Za-z]+)\s+\d{1,3}\s*[:.–—-]\s*\S")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s+\S")
_UNDERLINE = re.compile(r"(?:=+|-{3,}|~{3,}|_{3,}|\*{3,})\Z")
_ASKS = frozenset(
    """what how why when where who which whose is are am can could do does did should will would may must has have
    was were""".split()
)
_FORM_NOTE = re.compile(r"\*\s*\Z")


@dataclass(frozen=True, slots=True)
class _Node:
    """A block, with what stands around it."""

    block: Block
    divided: bool = False
    """A divider stands right before it."""
    spaced: bool = False
    """A blank line stands right before it."""
    heading: bool = False


def read_plain(text: str, start: int = 0) -> Page:
    """The blocks of `text[start:]`, headings inferred."""
    nodes = tuple(_nodes(text, start))
    title, nodes, repeats = _split_title(text, nodes)
    nodes, tail = _without_tail(text, nodes)
    nodes, controls = _without_controls(text, nodes)
    nodes = _with_charts(text, nodes)
    marked = _with_headings(text, nodes, title)
    kept, labels = _without_labels(text, marked)
    blocks = with_questions(text, tuple(_levelled(text, kept, title)))
    left_out = sorted((*repeats, *tail, *controls, *labels), key=lambda place: place.start)
    return Page(text, blocks, tuple(left_out), title)


# ---------------------------------------------------------------------------------------------------------- lines


def _nodes(text: str, start: int) -> Iterator[_Node]:
    lines = lines_of(text, start)
    wrapped = _is_wrapped(text, lines)
    at, divided, spaced = 0, False, True
    while at < len(lines):
        line = lines[at]
        if line.blank:
            divided, spaced = divided or line.divides, True
            at += 1
            continue
        if _UNDERLINE.match(text, line.start, line.end):
            divided, spaced = True, True
            at += 1
            continue
        underlined = at + 1 < len(lines) and _is_underline(text, lines[at + 1])
        piece = None if _heads_series(text, lines, at) else read_list(text, lines, at) or read_table(text, lines, at)
        blocks = piece.blocks if piece else (Paragraph(line.span),)
        after = piece.after if piece else at + 1
        if wrapped and piece is None and not underlined:
            after = _end_of_paragraph(text, lines, at)
            blocks = (Paragraph(Span(line.start, lines[after - 1].end)),)
        for block in blocks:
            yield _Node(block, divided, spaced, heading=underlined and piece is None)
            divided = spaced = False
        at = after


def _is_underline(text: str, line: Line) -> bool:
    return not line.blank and text[line.start] in "=-~" and _UNDERLINE.match(text, line.start, line.end) is not None


def _heads_series(text: str, lines: Sequence[Line], at: int) -> bool:
    """Whether a numbered line is one of a series of headings: prose at the margin follows, not another entry."""
    line = lines[at]
    if not _NUMBERED.match(text, line.start, line.end) or text[line.end - 1] in ".,;:":
        return False
    following = next_filled(lines, at + 1)
    if following is None or line.end - line.start > _LONGEST_HEADING:
        return False
    below = lines[following]
    return below.indent <= line.indent and not marker_at(text, below) and below.end - below.start > 60


def _is_wrapped(text: str, lines: Sequence[Line]) -> bool:
    """Whether the text is broken into lines of a set width, so that a paragraph runs over several."""
    pairs = [(one, two) for one, two in pairwise(lines) if not one.blank and not two.blank]
    if not pairs or max(line.end - line.start for line in lines) > 130:
        return False
    running = sum(
        one.end - one.start > 40 and text[one.end - 1] not in ".!?:" and text[two.start].islower() for one, two in pairs
    )
    return 5 * running >= len(pairs)


def _end_of_paragraph(text: str, lines: Sequence[Line], at: int) -> int:
    after = at + 1
    while after < len(lines) and not lines[after].blank and lines[after - 1].end - lines[after - 1].start > 40:
        if marker_at(text, lines[after]) or is_row(text, lines, after):
            break
        after += 1
    return after


# ------------------------------------------------------------------------------------------- what is not the guide


def _split_title(text: str, nodes: tuple[_Node, ...]) -> tuple[Span | None, tuple[_Node, ...], tuple[LeftOut, ...]]:
    """The title on the first line, the rest, and the lines right below that repeat it."""
    if len(nodes) < 2 or not _is_title(text, nodes):
        return None, nodes, ()
    title = _line(nodes[0])
    assert title is not None  # noqa: S101 - a title is a line
    rest = 1
    repeats: list[LeftOut] = []
    while rest < len(nodes) and (line := _line(nodes[rest])) and same_words(line.of(text), title.of(text)):
        repeats.append(LeftOut(*line, reason="repeats the title"))
        rest += 1
    return title, nodes[rest:], tuple(repeats)


def _is_title(text: str, nodes: Sequence[_Node]) -> bool:
    line = _line(nodes[0])
    if line is None or line.end - line.start > 150 or text[line.end - 1] in ".:;,":
        return False
    return (
        nodes[0].heading or _capital_share(line.of(text)) >= 0.6 or (nodes[1].spaced and len(_words(text, line)) <= 16)
    )


def _without_tail(text: str, nodes: tuple[_Node, ...]) -> tuple[tuple[_Node, ...], tuple[LeftOut, ...]]:
    """The nodes without the lines at the end that look like titles and have nothing under them.

    Two at least, or one above a form's note (which ends in an asterisk): links to other articles, the heading of a
    comment form. Where there are such, paragraphs right above them that only invite to the site's own go as well.
    """
    end = len(nodes)
    left_out: list[LeftOut] = []
    while end > 1:
        line = _line(nodes[end - 1])
        if line is None or not (_ends_open(text, line) or _FORM_NOTE.search(line.of(text))):
            break
        note = "a form's note" if _FORM_NOTE.search(line.of(text)) else "a title at the end with nothing under it"
        left_out.append(LeftOut(*line, reason=note))
        end -= 1
    if len(left_out) < 2:
        return nodes, ()
    said = [line.of(text) if (line := _line(node)) else "" for node in nodes[:end]]
    for node in reversed(nodes[end - closing_invitation(said) : end]):
        left_out.append(LeftOut(*block_span(node.block), reason="invites the reader to something of the site's own"))
        end -= 1
    return nodes[:end], tuple(reversed(left_out))


def _ends_open(text: str, line: Span) -> bool:
    """Whether a line is like a title: short, in title case, and no sentence."""
    if line.end - line.start > _LONGEST_HEADING or text[line.end - 1] in ".:;,":
        return False
    return _capital_share(line.of(text)) >= 0.5


def _without_controls(text: str, nodes: Sequence[_Node]) -> tuple[tuple[_Node, ...], tuple[LeftOut, ...]]:
    kept: list[_Node] = []
    left_out: list[LeftOut] = []
    for node in nodes:
        line = _line(node)
        if line and (reason := page_control(line.of(text))):
            left_out.append(LeftOut(*line, reason=reason))
        else:
            kept.append(node)
    return tuple(kept), tuple(left_out)


def _without_labels(text: str, nodes: Sequence[_Node]) -> tuple[tuple[_Node, ...], tuple[LeftOut, ...]]:
    """The nodes without the labels of a page's controls: two or three words that are no heading, before a heading."""
    kept: list[_Node] = []
    left_out: list[LeftOut] = []
    for place, node in enumerate(nodes):
        line = _line(node)
        before_heading = place + 1 < len(nodes) and nodes[place + 1].heading
        if line and before_heading and not node.heading and node.spaced and _is_label(text, line):
            left_out.append(LeftOut(*line, reason="a label of two or three words with nothing of its own"))
        else:
            kept.append(node)
    return tuple(kept), tuple(left_out)


def _is_label(text: str, line: Span) -> bool:
    return len(_words(text, line)) <= 3 and text[line.end - 1].isalpha()


def _with_charts(text: str, nodes: Sequence[_Node]) -> tuple[_Node, ...]:
    around = {id(node.block): node for node in nodes}
    blocks = with_charts(text, [node.block for node in nodes])
    return tuple(around.get(id(block), _Node(block)) for block in blocks)


# ------------------------------------------------------------------------------------------------------- headings


def _with_headings(text: str, nodes: Sequence[_Node], title: Span | None) -> tuple[_Node, ...]:
    dividers = sum(node.divided for node in nodes)
    spaced = sum(node.spaced for node in nodes) * 2 > len(nodes)
    series = _series(text, nodes)
    found: list[_Node] = []
    for place, node in enumerate(nodes):
        line = _line(node)
        following = nodes[place + 1] if place + 1 < len(nodes) else None
        told = node.heading
        if line and following and not told and _may_be_heading(text, line):
            around = _Around(node, following, tuple(found[-1:]), spaced)
            told = _is_beside(around, title) if dividers >= 3 else _looks_like_heading(text, line, around)
            told = told or _series_word(text, line) in series
        found.append(replace(node, heading=told and following is not None))
    return tuple(found if dividers >= 3 else _with_bare_lists(text, found))


def _with_bare_lists(text: str, nodes: Sequence[_Node]) -> Iterator[_Node]:
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
        entries = tuple(Entry(line, (line,)) for member in members[first:last] if (line := _line(member)))
        yield replace(members[first], block=Listing(entries), heading=False)
        yield from members[last:]


def _is_bare(text: str, node: _Node) -> bool:
    line = _line(node)
    if line is None or not _may_be_heading(text, line) or _series_word(text, line):
        return False
    return text[line.end - 1] not in "?!" and len(_words(text, line)) <= 8


def _introduces(text: str, node: _Node | None) -> bool:
    line = _line(node) if node else None
    return line is not None and text[line.end - 1] == ":"


def _may_be_heading(text: str, line: Span) -> bool:
    words = _words(text, line)
    if not words or len(words) > 16 or line.end - line.start > _LONGEST_HEADING:
        return False
    return text[line.end - 1] not in ".:;,…" and not text[line.start].islower()


@dataclass(frozen=True, slots=True)
class _Around:
    """A line that may be a heading, and what stands before and after it."""

    node: _Node
    following: _Node
    before: tuple[_Node, ...]
    """None or one."""
    spaced: bool
    """Blank lines part the text's paragraphs."""

    @property
    def below_heading(self) -> bool:
        return bool(self.before) and self.before[0].heading


def _is_beside(around: _Around, title: Span | None) -> bool:
    """Whether a line stands next to a divider or right under a heading, the title of the page not being one."""
    opens = not around.before and title is None
    return around.node.divided or around.following.divided or around.below_heading or opens


def _looks_like_heading(text: str, line: Span, around: _Around) -> bool:
    said = line.of(text)
    words = _words(text, line)
    share = _capital_share(said)
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


def _is_content(text: str, node: _Node) -> bool:
    line = _line(node)
    return line is None or line.end - line.start > 60 or text[line.end - 1] in ".:"


def _closes(text: str, before: Sequence[_Node]) -> bool:
    """Whether what stands before is complete, so that a new section may begin."""
    line = _line(before[-1]) if before else None
    return line is None or before[-1].heading or text[line.end - 1] in '.!?"”)'


def _series(text: str, nodes: Sequence[_Node]) -> frozenset[str]:
    """The words that number a series of at least two lines: "step" in "Step 1: …", "Step 2: …"."""
    lines = [line for node in nodes if (line := _line(node)) and _may_be_heading(text, line)]
    counted = Counter(_series_word(text, line) for line in lines)
    return frozenset(word for word, count in counted.items() if count >= 2 and word)


def _series_word(text: str, line: Span) -> str:
    if _NUMBERED.match(text, *line):
        return "#"
    match = _SERIES.match(text, *line)
    return match[1].lower() if match else ""


# -------------------------------------------------------------------------------------------------------- nesting


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading with what stands under it, up to the next heading."""

    heading: Span
    content: tuple[Block, ...]


def _levelled(text: str, nodes: Sequence[_Node], title: Span | None) -> Iterator[Block]:
    first = next((place for place, node in enumerate(nodes) if node.heading), len(nodes))
    yield from (node.block for node in nodes[:first])
    sections = tuple(_sections(nodes[first:]))
    for section, level in zip(sections, _levels(text, sections, title), strict=True):
        yield Heading(section.heading, level)
        yield from section.content


def _sections(nodes: Sequence[_Node]) -> Iterator[_Section]:
    starts = [place for place, node in enumerate(nodes) if node.heading]
    for start, end in pairwise([*starts, len(nodes)]):
        heading = _line(nodes[start])
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
    opening = [word.lower() for word in _words(text, section.heading)[:2]]
    words = [word.lower() for word in _words(text, title)]
    return len(opening) == 2 and any(words[place : place + 2] == opening for place in range(len(words) - 1))


def _words(text: str, line: Span) -> list[str]:
    return _WORD.findall(text, *line)


def _capital_share(said: str) -> float:
    """The share of words of four letters and more that begin with a capital."""
    words = [word for word in _WORD.findall(said) if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in words) / len(words) if words else 0.0


def _line(node: _Node) -> Span | None:
    return node.block.span if isinstance(node.block, Paragraph) else None
