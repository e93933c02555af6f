"""A Word document as Markdown: headings by their styles, lists by their numbering, and tables."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from .extract import Extract, MarkdownWriter, RefusedFileError
from .tables import is_value

if TYPE_CHECKING:
    from docx.document import Document

_LARGEST_CONTENT = 100_000_000
_LARGEST_RATIO = 100
_MOST_PARTS = 5_000
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_LIST_STYLE = re.compile(r"list (bullet|number|paragraph)(?: (\d))?", re.IGNORECASE)


def read_docx(data: bytes) -> Extract:
    """The text of a document, in order, and the title of its properties."""
    _check_archive(data)
    document = docx.Document(io.BytesIO(data))
    if document.element.getroottree().docinfo.doctype:  # the text behind an abbreviation would be lost
        raise RefusedFileError(
            "It defines abbreviations of its own, which no Word document does. Save it again in Word."
        )
    reader = _Reader(document)
    title = document.core_properties.title.strip()
    for block in _blocks(document, document.element.body):
        reader.take(block)
    if not reader.to.text.strip():
        raise RefusedFileError("The document holds no text. Remove it, or put the guide's text in it.")
    return Extract(reader.to.text, {"title": title} if title and not reader.to.has_title else {})


def _check_archive(data: bytes) -> None:
    """Refuse what is no Word document, and what would unpack to far more than its size."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile as error:
        raise RefusedFileError(
            "It is not a Word document, or it is protected by a password. Open it in Word and save it as .docx without one."
        ) from error
    parts = archive.infolist()
    if "word/document.xml" not in archive.namelist():
        raise RefusedFileError(
            "It is an archive, not a Word document. Unpack it and put the guides themselves in the folder."
        )
    total = sum(part.file_size for part in parts)
    swollen = any(part.file_size > _LARGEST_RATIO * max(part.compress_size, 10_000) for part in parts)
    if total > _LARGEST_CONTENT or len(parts) > _MOST_PARTS or swollen:
        raise RefusedFileError(
            f"It unpacks to {total / 1e6:,.0f} MB, far more than a guide holds. Save its text alone as .docx or .txt."
        )


class _Reader:
    """Writes the blocks of a document."""

    def __init__(self, document: Document) -> None:
        self.to = MarkdownWriter()
        self._formats = _number_formats(document)
        self._numbers: dict[tuple[str, int], int] = {}

    def take(self, block: Paragraph | Table) -> None:
        """Write one block."""
        if isinstance(block, Table):
            rows = [_row(cells) for cells in _rows(block)]
            self.to.table(rows, headed=len(rows) > 1 and not any(is_value(cell.strip()) for cell in rows[0][1:]))
            return
        style = _style(block)
        if style.lower().startswith("toc "):
            return
        if style.lower() == "title":
            self.to.heading(1, block.text)
        elif heading := _HEADING.match(style):
            # Under a title, the outermost headings are sections of it.
            self.to.heading(int(heading[1]) + (1 if self.to.has_title else 0), block.text)
        elif place := self._list_place(block, style):
            self._entry(block, *place)
        elif block.text.strip() and all(run.bold for run in block.runs if run.text.strip()):
            self.to.bold(block.text)
        else:
            self.to.paragraph(block.text)

    def _list_place(self, block: Paragraph, style: str) -> tuple[str, int, bool] | None:
        """The list that a paragraph is an entry of, how deep, and whether it is numbered."""
        number = block._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}")
        if number is not None:
            level = block._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:ilvl')}")
            key, depth = str(number.get(qn("w:val"))), int(level.get(qn("w:val"), 0)) if level is not None else 0
            return key, depth, self._formats.get((key, depth), "bullet") not in ("bullet", "none")
        named = _LIST_STYLE.match(style)
        if named is None or named[1].lower() == "paragraph":
            return None
        return style.lower(), int(named[2] or 1) - 1, named[1].lower() == "number"

    def _entry(self, block: Paragraph, key: str, depth: int, numbered: bool) -> None:
        number = None
        if numbered:
            number = self._numbers.get((key, depth), 0) + 1
            self._numbers[key, depth] = number
        self.to.entry(min(depth, 6), block.text, number)


def _blocks(document: Document, parent: Any) -> Iterator[Paragraph | Table]:
    """The paragraphs and tables in an element, in order, those in content controls as well."""
    for child in parent.iterchildren():
        if child.tag == qn("w:p"):
            yield Paragraph(child, document)
        elif child.tag == qn("w:tbl"):
            yield Table(child, document)
        elif child.tag == qn("w:sdt"):
            for content in child.iterchildren(qn("w:sdtContent")):
                yield from _blocks(document, content)


def _style(block: Paragraph) -> str:
    """The name of a paragraph's style, or of the heading or list style that it is made from."""
    style = block.style
    for _ in range(10):
        if style is None or _HEADING.match(str(style.name or "")) or _LIST_STYLE.match(str(style.name or "")):
            break
        style = style.base_style
    found = style if style is not None else block.style
    return str(found.name or "") if found is not None else ""


def _rows(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def _row(cells: list[str]) -> list[str]:
    """The cells of a row, a merged one once."""
    return [cell for place, cell in enumerate(cells) if place == 0 or cell != cells[place - 1] or not cell.strip()]


def _number_formats(document: Document) -> dict[tuple[str, int], str]:
    """The format ("bullet", "decimal", …) of each list and depth, as the document's numbering part defines it."""
    try:
        numbering = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    kinds: dict[tuple[str, int], str] = {}
    for kind in numbering.iter(qn("w:abstractNum")):
        for level in kind.iter(qn("w:lvl")):
            form = level.find(qn("w:numFmt"))
            if form is not None:
                kinds[kind.get(qn("w:abstractNumId")), int(level.get(qn("w:ilvl")))] = form.get(qn("w:val"))
    found: dict[tuple[str, int], str] = {}
    for number in numbering.iter(qn("w:num")):
        reference = number.find(qn("w:abstractNumId"))
        for (kind_id, depth), form in kinds.items():
            if reference is not None and reference.get(qn("w:val")) == kind_id:
                found[number.get(qn("w:numId")), depth] = form
    return found
