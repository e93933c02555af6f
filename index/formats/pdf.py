"""A PDF as text: the lines of its pages joined to paragraphs, and headings told by the size of their letters."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from pypdf import PdfReader

from .extract import Extract, RefusedFileError, one_line, readable

MOST_PAGES = 500
LONGEST_TEXT = 2_000_000
_BULLET = re.compile(r"[•‣◦▪●○·–*-]\s|\d{1,3}[.)]\s")
_ALONE = re.compile(r"(?:[•‣◦▪●○·–*-]|\d{1,3}[.)])\Z")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\Z", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


class _Piece(NamedTuple):
    """What one instruction of a page draws: its text, the size of its letters, and how high it stands."""

    text: str
    size: float
    height: float


class _Line(NamedTuple):
    text: str
    size: float
    """Of its letters, in points; 0 where the file does not tell."""
    height: float
    """Above the foot of the page, in points; 0 where the file does not tell."""
    gap: bool = False
    """More space than between the lines of a paragraph, or a new page, stands before it."""


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


def _pages(reader: PdfReader) -> Iterator[list[_Line]]:
    length = 0
    for page in reader.pages:
        pieces: list[_Piece] = []

        def note(text: str, outer: Any, inner: Any, _font: Any, size: float, into: list[_Piece] = pieces) -> None:
            scale = (inner[3] or inner[0] or 1) * (outer[3] or outer[0] or 1)
            into.append(_Piece(text, abs(size * scale), inner[5] * outer[3] + outer[5]))

        page.extract_text(visitor_text=note)
        length += sum(len(piece.text) for piece in pieces)
        if length > LONGEST_TEXT:
            raise RefusedFileError(f"It holds more than {LONGEST_TEXT:,} characters. Divide it into smaller files.")
        yield _with_gaps(list(_lines(pieces)))


def _lines(pieces: Sequence[_Piece]) -> Iterator[_Line]:
    """The lines that the pieces make, each with the size of most of its letters."""
    line: list[_Piece] = []
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        line.append(piece._replace(text=first))
        for part in rest:
            yield from _line(line)
            line = [piece._replace(text=part)]
    yield from _line(line)


def _line(pieces: Sequence[_Piece]) -> Iterator[_Line]:
    sizes: Counter[float] = Counter()
    for piece in pieces:
        sizes[round(piece.size, 1)] += len(piece.text.strip())
    if text := one_line("".join(piece.text for piece in pieces)):
        height = next(piece.height for piece in pieces if piece.text.strip())
        yield _Line(text, _most(sizes), height)


def _with_gaps(lines: Sequence[_Line]) -> list[_Line]:
    """The lines of a page, each knowing whether it stands apart from the one before it."""
    falls = [one.height - two.height for one, two in pairwise(lines)]
    usual = sorted(fall for fall in falls if fall > 0)
    wide = 1.3 * usual[len(usual) // 4] if usual else float("inf")
    gaps = [True, *(fall > wide or fall < 0 for fall in falls)]
    return [line._replace(gap=gap) for line, gap in zip(lines, gaps, strict=False)]


def _most(sizes: Counter[float]) -> float:
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _without_margins(pages: Sequence[Sequence[_Line]]) -> Iterator[_Line]:
    """The lines of all pages, without page numbers and what stands at the edge of most pages."""
    edges = Counter(_shape(line) for page in pages for line in {*page[:1], *page[-1:]})
    often = max(3, len(pages) // 2)
    for page in pages:
        for place, line in enumerate(page):
            at_edge = place in (0, len(page) - 1)
            if not (at_edge and (_PAGE_NUMBER.match(line.text) or edges[_shape(line)] >= often)):
                yield line


def _shape(line: _Line) -> str:
    return re.sub(r"\d+", "#", line.text)


def _written(lines: Sequence[_Line]) -> str:
    body = _body_size(lines)
    levels = _levels(lines, body)
    width = sorted(len(line.text) for line in lines)[int(0.9 * (len(lines) - 1))]
    words = frozenset(word.lower() for line in lines for word in _WORD.findall(line.text))
    out: list[str] = []
    last: _Line | None = None
    for line in lines:
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


def _goes_on(last: _Line, line: _Line, width: int, levels: dict[float, int]) -> bool:
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


def _body_size(lines: Sequence[_Line]) -> float:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return _most(sizes)


def _levels(lines: Sequence[_Line], body: float) -> dict[float, int]:
    """The level of each size of letter that headings are set in: clearly above the body's, the largest first."""
    larger = sorted(
        {line.size for line in lines if body and line.size >= 1.12 * body and _is_short(line)}, reverse=True
    )
    return {size: min(place, 6) for place, size in enumerate(larger, start=1)}


def _level(line: _Line, levels: dict[float, int]) -> int:
    return levels.get(line.size, 0) if _is_short(line) else 0


def _is_short(line: _Line) -> bool:
    return len(line.text) <= 150 and line.text[-1] not in ".;," and any(char.isalpha() for char in line.text)
