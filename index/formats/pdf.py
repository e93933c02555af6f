"""A PDF as text: the lines of its pages joined to paragraphs, and headings told by the size of their letters."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from pypdf import PdfReader

from .extract import Extract, RefusedFileError, one_line, readable
from .pdf_layout import Line, Piece, cells_of, drawn, entries_at, table_at, table_text

MOST_PAGES = 500
LONGEST_TEXT = 2_000_000
_BULLET = re.compile(r"[•‣◦▪●○·–*-]\s|\d{1,3}[.)]\s")
_ALONE = re.compile(r"(?:[•‣◦▪●○·–*-]|\d{1,3}[.)])\Z")
_LEADERS = re.compile(r"(?:\.\s?){5,}\s*(?:\d{1,4}|[ivxl]{1,7})\Z")
"""The dots that lead from an entry of the table of contents to its page."""
_GLUED = re.compile(r"[•‣◦▪●○\uf0a7\uf0b7➢✓✔]\s*(?=\S)")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\Z", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def read_pdf(data: bytes) -> Extract:
    """The text of a PDF in the order of its pages; the same file gives the same text."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise RefusedFileError("It is protected by a password. Save a copy without one.")
    pages = len(reader.pages)
    if pages > MOST_PAGES:
        raise RefusedFileError(
            f"It has {pages:,} pages; the most that is read is {MOST_PAGES}. Divide it into smaller files."
        )
    lines = list(_without_margins(list(_pages(reader))))
    if not lines:
        raise RefusedFileError(
            "It holds no text, only pictures of pages. Run text recognition (OCR) on it and save it again."
        )
    return Extract(_written(lines))


def _pages(reader: PdfReader) -> Iterator[list[Line]]:
    length = 0
    for page in reader.pages:
        pieces: list[Piece] = []

        def note(text: str, outer: Any, inner: Any, _font: Any, size: float, into: list[Piece] = pieces) -> None:
            scale = (inner[3] or inner[0] or 1) * (outer[3] or outer[0] or 1)
            left, height = inner[4] * outer[0] + outer[4], inner[5] * outer[3] + outer[5]
            into.append(Piece(text, abs(size * scale), height, left))

        page.extract_text(visitor_text=note)
        length += sum(len(piece.text) for piece in pieces)
        if length > LONGEST_TEXT:
            raise RefusedFileError(f"It holds more than {LONGEST_TEXT:,} characters. Divide it into smaller files.")
        yield _with_gaps(list(_lines(pieces)))


def _lines(pieces: Sequence[Piece]) -> Iterator[Line]:
    """The lines that the pieces make, each with the size of most of its letters."""
    line: list[Piece] = []
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        line.append(piece._replace(text=first))
        for part in rest:
            yield from _line(line)
            line = [piece._replace(text=part)]
    yield from _line(line)


def _line(pieces: Sequence[Piece]) -> Iterator[Line]:
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[round(piece.size, 1)] += len(piece.text.strip())
    if text := one_line("".join(piece.text for piece in pieces)):
        size, places = _most(sizes), drawn(pieces)
        height = next(piece.height for piece in pieces if piece.text.strip())
        yield Line(_with_bullet(text), size, height, cells=cells_of(places, size), pieces=places)


def _with_bullet(text: str) -> str:
    """A line whose bullet, of whatever sign, is one that readers of lists know, with a space after it."""
    return _GLUED.sub("• ", text, count=1) if _GLUED.match(text) else text


def _with_gaps(lines: Sequence[Line]) -> list[Line]:
    """The lines of a page, each knowing whether it stands apart from the one before it."""
    falls = [one.height - two.height for one, two in pairwise(lines)]
    usual = sorted(fall for fall in falls if fall > 0)
    wide = 1.3 * usual[len(usual) // 4] if usual else float("inf")
    gaps = [True, *(fall > wide or fall < 0 for fall in falls)]
    return [line._replace(gap=gap) for line, gap in zip(lines, gaps, strict=False)]


def _most(sizes: Counter[float]) -> float:
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _without_margins(pages: Sequence[Sequence[Line]]) -> Iterator[Line]:
    """The lines of all pages, without page numbers and what stands at the edge of most pages, of two at least."""
    edges = [_edges(page) for page in pages]
    counted = Counter(
        shape for page, places in zip(pages, edges, strict=True) for shape in {_shape(page[place]) for place in places}
    )
    often = max(2, -(-len(pages) // 2))
    usual = _body_size([line for page in pages for line in page])
    for page, places in zip(pages, edges, strict=True):
        for place, line in enumerate(page):
            runs = counted[_shape(line)] >= often and line.size <= 1.05 * usual
            aside = place in places and (runs or _PAGE_NUMBER.match(line.text))
            if not aside and not _LEADERS.search(line.text):
                yield line


def _edges(page: Sequence[Line]) -> frozenset[int]:
    """The places of the highest and the lowest line of a page; of the first and the last where heights are not told."""
    by_height = sorted(range(len(page)), key=lambda place: page[place].height)
    told = bool(page) and page[by_height[0]].height < page[by_height[-1]].height
    order = by_height if told else list(range(len(page)))
    return frozenset((*order[:1], *order[-1:]))


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _written(lines: Sequence[Line]) -> str:
    body = _body_size(lines)
    levels = _levels(lines, body)
    width = sorted(len(line.text) for line in lines)[int(0.9 * (len(lines) - 1))]
    words = frozenset(word.lower() for line in lines for word in _WORD.findall(line.text))
    margin = max(line.right for line in lines)
    out: list[str] = []
    last: Line | None = None
    after = 0
    for place, line in enumerate(lines):
        if place < after:
            continue
        if rows := table_at(lines, place):
            after, last = place + len(rows), None
            out.append("\n" + table_text(rows))
            continue
        count, entries = entries_at(lines, place, last, margin)
        if count:
            after, last = place + count, None
            out.append("\n" + "\n".join(f"- {entry}" for entry in entries))
            continue
        level = _level(line, levels)
        if last is not None and out and _goes_on(last, line, width, levels):
            out[-1] = _joined(out[-1], line.text, words)
        elif level:
            out.append("\n" + "#" * level + " " + line.text)
        else:
            entry = _BULLET.match(line.text) and last is not None and _BULLET.match(out[-1].lstrip("\n"))
            out.append(line.text if entry else "\n" + line.text)
        last = line
    return readable("\n".join(out).strip("\n") + "\n")


def _goes_on(last: Line, line: Line, width: int, levels: dict[float, int]) -> bool:
    """Whether a line goes on with the paragraph, entry or heading of the line before it."""
    level = _level(last, levels)
    if level or _level(line, levels):
        return level == _level(line, levels) and not line.gap and len(last.text) > 0.5 * width
    if _ALONE.match(last.text):
        return True
    if _BULLET.match(line.text) or _ALONE.match(line.text):
        return False
    if line.text[0].islower() and last.text[-1] not in ".!?:":
        return True
    return not line.gap and len(last.text) >= (0.8 if last.text[-1] in ".!?:" else 0.65) * width


def _joined(before: str, line: str, words: frozenset[str]) -> str:
    """Two lines as one; a hyphen at the break goes where the document has the word without it."""
    if before.endswith("-") and before[-2:-1].isalpha() and line[0].islower():
        parts = _WORD.findall(before)[-1:] + _WORD.findall(line)[:1]
        return before[: -1 if "".join(parts).lower() in words else None] + line
    return f"{before} {line}"


def _body_size(lines: Sequence[Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return _most(sizes)


def _levels(lines: Sequence[Line], body: float) -> dict[float, int]:
    """The level of each size of letter that headings are set in: clearly above the body's, the largest first."""
    larger = sorted(
        {line.size for line in lines if body and line.size >= 1.12 * body and _is_short(line)}, reverse=True
    )
    return {size: min(place, 6) for place, size in enumerate(larger, start=1)}


def _level(line: Line, levels: dict[float, int]) -> int:
    return levels.get(line.size, 0) if _is_short(line) else 0


def _is_short(line: Line) -> bool:
    return len(line.text) <= 150 and line.text[-1] not in ".;," and any(char.isalpha() for char in line.text)
