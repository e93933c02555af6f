"""Each format is read into the same blocks; what is hostile, protected or damaged is refused with a reason."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter

from index.errors import GuidesError
from index.formats.confined import Bounds, read_confined
from index.guide import Guide, PassageKind
from index.reading import read_file

PAGE = """<!doctype html><html><head><title>Becoming a Baker | The Site</title>
<meta property="og:site_name" content="Baking School"><link rel="canonical" href="https://example.org/baker">
<meta property="article:modified_time" content="2024-05-01T10:00:00Z"><script>var code = 1;</script></head>
<body><nav><ul><li>Home</li></ul></nav><header><p>Logo</p><h1>How to Become a Baker</h1></header>
<p>Bakers mix <b>dough</b> &amp; bake.&nbsp;They start early.</p>
<h2>Steps</h2><ol><li>Learn<ul><li>Bread</li></ul></li><li>Train</li></ol>
<h2>Pay</h2><table><tr><th>Year</th><th>Pay</th></tr><tr><td>2024</td><td>$31,000</td></tr></table>
<p style="display: none">hidden one</p><p hidden>hidden two</p>
<h2>FAQ</h2><details><summary>Is it hard?</summary><p>Yes.</p></details>
<details><summary>Is it fun?</summary><p>No.</p></details>
<form><label>Your mail</label></form><aside>Subscribe</aside><footer>All rights</footer></body></html>"""


def guide_from(folder: Path, name: str, data: bytes | str) -> Guide:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_file(path, folder)


def outline(guide: Guide) -> list[tuple[str, ...]]:
    return [section.path for section in guide.sections if section.heading]


def said(guide: Guide) -> list[tuple[str, str]]:
    return [(passage.kind.value, passage.span.of(guide.text)) for passage in guide.passages]


def word_document() -> docx.document.Document:
    document = docx.Document()
    document.add_heading("Baker guide", 0)
    document.add_heading("Duties", 1)
    document.add_paragraph("Bakers do:")
    document.add_paragraph("Mix dough", style="List Bullet")
    document.add_paragraph("Bake bread", style="List Bullet")
    document.add_heading("Pay", 2)
    table = document.add_table(rows=2, cols=2)
    for place, cell in enumerate(("Year", "Pay", "2024", "$31,000")):
        table.cell(place // 2, place % 2).text = cell
    return document


def saved(document: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def printed(pages: int = 1) -> bytes:
    pdf = FPDF()
    for _ in range(pages):
        pdf.add_page()
        pdf.set_font("helvetica", "B", 18)
        pdf.cell(0, 10, "How to Become a Baker", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("helvetica", "B", 14)
        pdf.cell(0, 10, "Duties of the Job", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("helvetica", "", 11)
        pdf.multi_cell(0, 6, "Bakers mix ingredients according to recipes " * 4 + ".", new_x="LMARGIN", new_y="NEXT")
        pdf.ln(6)
        pdf.multi_cell(0, 6, "The median wage was $36,650 in May 2024.", new_x="LMARGIN", new_y="NEXT")
    return bytes(pdf.output())


def test_a_web_page_gives_its_own_text_without_what_frames_it(tmp_path: Path) -> None:
    guide = guide_from(tmp_path, "baker.html", PAGE)
    assert guide.title == "How to Become a Baker"
    assert (guide.publisher, guide.url, guide.dated) == ("Baking School", "https://example.org/baker", "2024-05-01")
    assert outline(guide) == [("Steps",), ("Pay",), ("FAQ",), ("FAQ", "Is it hard?"), ("FAQ", "Is it fun?")]
    assert said(guide) == [
        ("paragraph", "Bakers mix dough & bake. They start early."),
        ("step", "Learn\n   - Bread"),
        ("step", "Train"),
        ("row", "2024 | $31,000"),
        ("faq", "Yes."),
        ("faq", "No."),
    ]
    for framing in ("Home", "Logo", "hidden", "mail", "Subscribe", "rights", "code"):
        assert framing not in guide.text


def test_what_stands_in_a_list_beside_its_entries_is_not_lost(tmp_path: Path) -> None:
    page = (
        "<html><body><p>Bakers do:</p><ul><li>Mix</li><!-- next --><ul><li>Flour</li></ul><li>Bake</li></ul>"
        "<ol>Then <b>rest</b>.<li>Sell</li><div><p>Bread is sold warm.</p></div></ol></body></html>"
    )
    assert guide_from(tmp_path, "baker.html", page).text == (
        "Bakers do:\n\n- Mix\n   - Flour\n- Bake\n\nThen rest.\n\n1. Sell\n\nBread is sold warm.\n"
    )


def test_entities_of_a_page_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.ini"
    secret.write_text("the secret")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><body><p>Read: &x; now.</p></body></html>'
    assert "the secret" not in guide_from(tmp_path, "page.html", page).text


def test_a_word_document_gives_headings_lists_and_tables(tmp_path: Path) -> None:
    guide = guide_from(tmp_path, "baker.docx", saved(word_document()))
    assert guide.title == "Baker guide"
    assert outline(guide) == [("Duties",), ("Duties", "Pay")]
    listing, row = guide.passages[1:]
    assert [item.of(guide.text) for item in listing.items] == ["Mix dough", "Bake bread"]
    assert listing.lead is not None
    assert [cell.of(guide.text) for cell in (*row.header, *row.cells)] == ["Year", "Pay", "2024", "$31,000"]


def test_a_pdf_gives_headings_by_size_and_paragraphs_by_space(tmp_path: Path) -> None:
    guide = guide_from(tmp_path, "baker.pdf", printed())
    assert guide.title == "How to Become a Baker"
    assert outline(guide) == [("Duties of the Job",)]
    assert [kind for kind, _ in said(guide)] == ["paragraph", "paragraph"]
    assert said(guide)[1][1] == "The median wage was $36,650 in May 2024."


@pytest.mark.parametrize("name", ["baker.html", "baker.docx", "baker.pdf"])
def test_reading_a_file_again_gives_the_same_guide(tmp_path: Path, name: str) -> None:
    data = {"html": PAGE.encode(), "docx": saved(word_document()), "pdf": printed()}[name.split(".")[1]]
    assert guide_from(tmp_path, name, data) == guide_from(tmp_path, name, data)


def encrypted() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(printed())))
    writer.encrypt("secret", algorithm="RC4-128")
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return stream.getvalue()


def blank_pdf(pages: int) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(100, 100)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("locked.pdf", encrypted(), "password"),
        ("pictures.pdf", blank_pdf(2), "only pictures"),
        ("long.pdf", blank_pdf(501), "501 pages"),
        ("cut.pdf", printed()[:300], "damaged"),
        ("text.pdf", b"This is no PDF at all.", "damaged"),
        ("other.docx", archive(guide=b"text"), "archive, not a Word document"),
        ("text.docx", b"This is no document.", "not a Word document"),
        ("bomb.docx", archive(**{"word/document.xml": bytes(200_000_000)}), "unpacks to 200 MB"),
        ("broken.docx", archive(**{"word/document.xml": b"<w:document"}), "damaged"),
        ("empty.html", b"<html><body><script>load()</script></body></html>", "no text"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    with pytest.raises(GuidesError, match=reason):
        guide_from(tmp_path, name, data)


@pytest.mark.parametrize("bounds", [Bounds(wall=0.001), Bounds(memory=64 << 20), Bounds(processor=1)])
def test_a_file_that_takes_too_much_is_given_up(bounds: Bounds) -> None:
    with pytest.raises(GuidesError, match="takes"):
        read_confined(b"<p>A paragraph.</p>" * 100_000, ".html", bounds)


def test_the_process_that_reads_sees_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/nowhere")
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    assert "Baker" in read_confined(PAGE.encode(), ".html").text


def test_markdown_is_read_whole() -> None:
    from index.reading import guide_of

    text = (
        "---\ntitle: Baker\n---\n\n# Baker\n\nbaker\n\nFirst line\nsecond line.\n\nUnder\n-----\n\n> A note.\n\n"
        "**Skills**\n\n1. Learn. Then work.\n\n   More on it.\n\n2. Rest.\n\n***\n\n## End ##\n\n```\ncode\n```\n<!-- no -->\n"
    )
    guide = guide_of(text, "baker.md")
    assert guide.title == "Baker"
    assert outline(guide) == [("Under",), ("Under", "Skills"), ("End",)]
    assert said(guide) == [
        ("paragraph", "First line\nsecond line."),
        ("paragraph", "A note."),
        ("step", "Learn. Then work.\n\n   More on it."),
        ("step", "Rest."),
        ("paragraph", "```\ncode\n```"),
    ]
    assert [step.number for step in guide.passages if step.kind is PassageKind.STEP] == [1, 2]
    assert [text[place.start : place.end] for place in guide.left_out] == ["baker", "***", "<!-- no -->"]


def guide_in_print(pages: int, table: bool = True) -> bytes:
    """A PDF with a running head and foot, entries that are set in without a bullet, and a table."""
    pdf = FPDF()

    def said(text: str, left: float = 10) -> None:
        pdf.set_x(left)
        pdf.multi_cell(0, 6, text, new_x="LMARGIN", new_y="NEXT")

    for page in range(1, pages + 1):
        pdf.add_page()
        pdf.set_font("helvetica", "", 9)
        pdf.text(10, 8, "Trade guides 2024")
        pdf.text(100, 290, f"Page {page} of {pages}, www.trade.example")
        pdf.set_font("helvetica", "B", 16)
        pdf.cell(0, 10, f"Part {page}: glaziers", new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("helvetica", "", 11)
        said("Glaziers cut and fit glass. In each of the seasons they:")
        said("measure the opening", 18)
        said(
            "take out the old pane, clean the frame and seal the new one against wind and rain, so that nothing comes in",
            18,
        )
        said("clear up", 18)
        pdf.ln(4)
        if table:
            for row in (
                ("Level", "Hourly", "Yearly"),
                ("Apprentice", "$15.20", "$31,600"),
                ("Foreman of a site", "$31", "$6,000"),
            ):
                for cell in row:
                    pdf.cell(45, 7, cell)
                pdf.ln(7)
            pdf.ln(4)
        said("Overtime is paid at time and a half.")
    return bytes(pdf.output())


@pytest.mark.parametrize("pages", [2, 3])
def test_a_pdf_gives_tables_and_lists_and_leaves_out_what_runs_at_its_edges(tmp_path: Path, pages: int) -> None:
    guide = guide_from(tmp_path, "glazier.pdf", guide_in_print(pages))
    first = guide.passages[: len(guide.passages) // pages]
    assert [passage.kind.value for passage in first] == ["paragraph", "list", "row", "row", "paragraph"]
    assert [item.of(guide.text)[-14:] for item in first[1].items] == [
        "re the opening",
        "thing comes in",
        "clear up",
    ]
    cells = [[cell.of(guide.text) for cell in (*row.header, *row.cells)] for row in first[2:4]]
    assert cells == [
        ["Level", "Hourly", "Yearly", "Apprentice", "$15.20", "$31,600"],
        ["Level", "Hourly", "Yearly", "Foreman of a site", "$31", "$6,000"],
    ]
    assert len(outline(guide)) == pages - 1  # the first is the title
    assert "Trade guides" not in guide.text
    assert "www.trade" not in guide.text


def test_prose_in_a_pdf_is_no_table(tmp_path: Path) -> None:
    guide = guide_from(tmp_path, "glazier.pdf", guide_in_print(1, table=False))
    assert {passage.kind for passage in guide.passages} == {PassageKind.PARAGRAPH, PassageKind.LIST}


def test_a_word_documents_controls_styles_and_tables_without_a_header_are_read(tmp_path: Path) -> None:
    from docx.oxml import OxmlElement

    document = word_document()
    own = document.styles.add_style("House heading", 1)
    own.base_style = document.styles["Heading 1"]
    document.add_paragraph("Hours", style="House heading")
    held = document.add_paragraph("Bakers start at four.")
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    held._p.addprevious(control)
    control.append(content)
    content.append(held._p)
    table = document.add_table(rows=2, cols=2)
    for place, cell in enumerate(("Entry", "$25,000", "Master", "$48,000")):
        table.cell(place // 2, place % 2).text = cell
    guide = guide_from(tmp_path, "baker.docx", saved(document))
    assert ("Hours",) in outline(guide)
    rows = [passage for passage in guide.passages if passage.section == ("Hours",)]
    assert [row.span.of(guide.text) for row in rows] == ["Bakers start at four.", "Entry | $25,000", "Master | $48,000"]
    assert rows[-1].header == ()
