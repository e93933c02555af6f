"""A folder in which most files are broken or hostile: each is named with its reason, the others are indexed, nothing runs."""

from __future__ import annotations

import io
import os
import re
import socket
import threading
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import docx
import pytest
from fpdf import FPDF
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from index.errors import GuidesError
from index.guide import Library
from index.reading import read_folder
from index.search import Index
from index.store import open_index, sources_of
from tests.index.trial import CountingEncoder, build, outcomes, started

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOFERS = "# Roofers\n\n## Pay\n\nA roofer earns $51,000 a year.\n"


@dataclass
class Listener:
    """An address on this machine that nothing should ask for, and what asked for it."""

    address: str
    asked: list[bytes] = field(default_factory=list)


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    server = socket.create_server(("127.0.0.1", 0))
    told = Listener(f"http://127.0.0.1:{server.getsockname()[1]}")

    def take() -> None:
        while True:
            try:
                caller, _ = server.accept()
            except OSError:
                return
            with caller:
                told.asked.append(caller.recv(1000))

    thread = threading.Thread(target=take)
    thread.start()
    yield told
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join()


# ----------------------------------------------------------------------------------------------- what is put in


def printed(text: str) -> PdfWriter:
    pdf = FPDF()
    pdf.add_page()
    pdf.set_font("helvetica", "", 11)
    pdf.multi_cell(0, 6, text)
    return PdfWriter(clone_from=PdfReader(io.BytesIO(bytes(pdf.output()))))


def written(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def locked_pdf(algorithm: str) -> bytes:
    writer = printed("Bakers bake.")
    writer.encrypt("secret", algorithm=algorithm)
    return written(writer)


def acting_pdf(canary: Path, address: str) -> bytes:
    """A page that would run a script and a program, and send a form, when it is opened."""
    writer = printed("A welder joins metal and earns $47,000 a year.")
    actions = {
        "/JavaScript": {"/JS": f"app.launchURL('{address}/script', true);"},
        "/Launch": {"/F": f"touch {canary}"},
        "/URI": {"/URI": address},
        "/SubmitForm": {"/F": f"{address}/form"},
    }
    following = DictionaryObject()
    for kind, told in actions.items():
        values = {NameObject(key): TextStringObject(value) for key, value in told.items()}
        kinds = {NameObject("/S"): NameObject(kind), NameObject("/Next"): following}
        following = DictionaryObject(kinds | values)
    writer.root_object[NameObject("/OpenAction")] = following
    writer.add_attachment("run.sh", f"touch {canary}".encode())
    return written(writer)


def document(text: str) -> docx.document.Document:
    made = docx.Document()
    made.add_heading("Trades", 0)
    made.add_paragraph(text)
    return made


def saved(made: docx.document.Document) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def linking_docx(address: str) -> bytes:
    """A document whose template, picture and object are elsewhere."""
    made = document("A tiler lays tiles and earns $44,000 a year.")
    for kind in ("attachedTemplate", "image", "oleObject", "frame"):
        made.part.relate_to(f"{address}/{kind}", f"{RELATIONS}/{kind}", is_external=True)
    return saved(made)


def altered_docx(content: str) -> bytes:
    """A document with other XML in it, and parts whose names lead out of it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(document("Trades.")))) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.namelist():
            new.writestr(part, content if part == "word/document.xml" else old.read(part))
        new.writestr("../../../escaped.md", "# Escaped")
    return stream.getvalue()


def body(inner: str, before: str = "") -> str:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return (
        f'<?xml version="1.0"?>{before}<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>{inner}</w:t></w:r></w:p>'
        "</w:body></w:document>"
    )


LAUGHS = "<!DOCTYPE x [<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{i + 1} '{f'&a{i};' * 10}'>" for i in range(12)) + "]>"


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", bytes(300_000_000))
    return stream.getvalue()


def renamed_zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("guides/bakers.md", "# Bakers")
    return stream.getvalue()


def acting_html(canary: Path, address: str) -> str:
    return f"""<!doctype html><html><head><title>Masons</title><meta http-equiv="refresh" content="0;url={address}/refresh">
<link rel="stylesheet" href="{address}/style"><script src="{address}/script"></script>
<script>require('fs').writeFileSync('{canary}', '')</script></head><body onload="fetch('{address}/load')">
<p>A mason lays bricks and earns $53,000 a year.</p><img src="{address}/picture" onerror="alert('picture')">
<iframe src="{address}/frame">framed words</iframe><object data="{address}/object">object words</object>
<svg><script>alert('drawing')</script></svg><style>@import url({address}/import)</style>
<p>It takes <a href="javascript:alert('link')">three years</a> to learn.</p></body></html>"""


# -------------------------------------------------------------------------------------------------- the folder

REFUSED = {
    "aes.pdf": r"protected by a password\. Save a copy without one",
    "bomb.docx": r"unpacks to 300 MB, far more than a guide holds\. Save its text alone",
    "cut.pdf": r"damaged, or not what its ending \.pdf says\. Open it in its own program and save it again",
    "deep.html": r"nested 5,00\d deep\. Save it from a browser as text",
    "entity.docx": r"It defines abbreviations of its own, which no Word document does",
    "far.md": r"The link leads out of the folder of guides\. Copy the file",
    "laughs.docx": r"damaged, or not what its ending \.docx says",
    "large.md": r"It has 200 MB; the most that is read is 20 MB\. Divide it",
    "latin.txt": r"not valid UTF-8 at byte 5\. Save it again with the encoding UTF-8",
    "loop.md": r"cannot be opened: Too many levels of symbolic links",
    "music.txt": r"It is not text: byte 3 is NUL, which no text holds\. Export it as text in UTF-8, or take it out",
    "named \ufffd.md": r"Its name cannot be shown or stored as text\. Rename it",
    "new\ufffdline.md": r"Its name cannot be shown or stored as text\. Rename it",
    "pipe.txt": r"not an ordinary file\. Put a copy of the document in its place",
    "python.md": r"front matter cannot be read at line 2: could not determine a constructor",
    "rc4.pdf": r"protected by a password\. Save a copy without one",
    "red \ufffd[31m.md": r"Its name cannot be shown or stored as text\. Rename it",
    "renamed.docx": r"It is an archive, not a Word document\. Unpack it",
    "zero.md": r"The link leads out of the folder of guides",
}
TAKEN = {
    "acting.html": "$53,000",
    "acting.pdf": "$47,000",
    "linking.docx": "$44,000",
    "roofers.md": "$51,000",
    "-rf --no 'quote\" 👷 \\n.md": "lantern",
    "a..md": "double dot",
    "html.md": "an anvil",
}


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that appears if something runs."""
    return tmp_path_factory.mktemp("canary") / "ran"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory, listener: Listener, canary: Path) -> Path:
    outside = tmp_path_factory.mktemp("outside") / "secret.md"
    outside.write_text("# Secret\n\nThe secret word is heliotrope.\n")
    xxe = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{outside}"><!ENTITY n SYSTEM "{listener.address}/entity">]>'
    folder = tmp_path_factory.mktemp("corpus")
    contents: dict[str | bytes, bytes | str] = {
        "roofers.md": ROOFERS,
        "acting.html": acting_html(canary, listener.address),
        "acting.pdf": acting_pdf(canary, listener.address),
        "linking.docx": linking_docx(listener.address),
        "aes.pdf": locked_pdf("AES-256"),
        "rc4.pdf": locked_pdf("RC4-128"),
        "cut.pdf": written(printed("Bakers bake."))[:400],
        "bomb.docx": bomb(),
        "renamed.docx": renamed_zip(),
        "entity.docx": altered_docx(body("A smith reads &e; and &n; in peace.", xxe)),
        "laughs.docx": altered_docx(body("&a12;", LAUGHS)),
        "entity.html": f"{xxe}<html><body><p>A turner reads &e; and &n; in peace.</p></body></html>",
        "broken.html": b"<html><<<body\x00<script>load()</script",
        "deep.html": "<html><body>" + "<div>" * 5000 + "Deep.",
        "latin.txt": "Café au lait is served.".replace("Caf", "A caf").encode("latin-1"),
        "python.md": f"---\ntitle: !!python/object/apply:os.system ['touch {canary}']\n---\n\n# X\n\nText.\n",
        "music.txt": b"ID3\x00 # Singers\n\nA singer owns a voice.\n",
        "html.md": "# Smiths\n\nA smith owns an anvil.\n\n<script>alert(1)</script>\n\n<img src=x onerror=alert(2)>\n",
        "-rf --no 'quote\" 👷 \\n.md": "# Lamps\n\nA lamp maker owns a lantern.\n",
        "a..md": "# Dots\n\nA typist knows the double dot.\n",
        b"named \xff.md": "# A\n\nText.\n",
        "new\nline.md": "# B\n\nText.\n",
        "red \x1b[31m.md": "# C\n\nText.\n",
    }
    for name, content in contents.items():
        path = os.path.join(os.fsencode(folder), os.fsencode(name))  # noqa: PTH118 - not every name is a `Path`'s
        Path(os.fsdecode(path)).write_bytes(content.encode() if isinstance(content, str) else content)
    with (folder / "large.md").open("wb") as large:
        large.truncate(200_000_000)
    os.mkfifo(folder / "pipe.txt")
    (folder / "far.md").symlink_to(outside)
    (folder / "zero.md").symlink_to("/dev/zero")
    (folder / "loop.md").symlink_to("loop.md")
    return folder


@pytest.fixture(scope="module")
def library(corpus: Path) -> Library:
    return read_folder(corpus)


@pytest.fixture(scope="module")
def index(corpus: Path, library: Library, model: CountingEncoder, tmp_path_factory: pytest.TempPathFactory) -> Index:
    store = tmp_path_factory.mktemp("bad") / "store"
    build(corpus, store, model)
    return open_index(store, model, sources_of(corpus))


def test_each_file_that_is_not_read_is_named_with_its_reason(library: Library) -> None:
    found = {unread.path: unread.reason for unread in library.unread}
    assert set(REFUSED) <= set(found)
    assert {name: bool(re.search(REFUSED[name], found[name])) for name in REFUSED} == dict.fromkeys(REFUSED, True), (
        found
    )


def test_every_file_is_a_guide_or_is_named(library: Library, corpus: Path) -> None:
    assert len(library.guides) + len(library.unread) == len([*corpus.iterdir()])


@pytest.mark.parametrize("path", TAKEN)
def test_the_others_are_indexed_and_found(index: Index, path: str) -> None:
    hit = index.search(f"{TAKEN[path]}", 1)[0]
    assert (hit.guide.path, TAKEN[path] in hit.text) == (path, True)


def test_nothing_runs_and_nothing_is_fetched(index: Index, listener: Listener, canary: Path, corpus: Path) -> None:
    assert index.guides
    assert listener.asked == []
    assert not canary.exists()
    assert not (corpus.parent / "escaped.md").exists()


def test_no_guide_holds_what_stands_outside_the_folder_or_what_a_page_would_run(index: Index) -> None:
    texts = {path: guide.text for path, guide in index.guides.items()}
    for hidden in (
        "heliotrope",
        "alert('",
        "framed words",
        "object words",
        "writeFileSync",
        "onerror=alert('",
        "@import",
    ):
        assert [path for path, text in texts.items() if hidden in text] == [], hidden


@pytest.mark.parametrize("place", ["", "below", "closed.md", "folder"])
def test_what_may_not_be_read_is_named(tmp_path: Path, unprivileged: Sequence[str], place: str) -> None:
    corpus = tmp_path / "corpus"
    (corpus / "folder" / "below").mkdir(parents=True)
    for name in ("closed.md", "roofers.md", "folder/roofers.md"):
        (corpus / name).write_text(ROOFERS)
    shut = corpus / ("folder" if place == "below" else place)
    asked = corpus / "folder" / "below" if place == "below" else corpus
    shut.chmod(0)
    (told,) = outcomes(started(asked, tmp_path / "store", "read", before=unprivileged))
    shut.chmod(0o755)
    if place in ("closed.md", "folder"):
        assert told.keys() == {place}
        assert "Permission denied. Allow reading it" in told[place]
    else:
        assert told["error"] == "GuidesError"
        assert "Permission denied. Allow reading it" in told["told"]


def test_a_folder_whose_name_is_too_long_is_told(tmp_path: Path) -> None:
    for act in (read_folder, sources_of):
        with pytest.raises(GuidesError, match="cannot be opened: File name too long"):
            act(tmp_path / ("x" * 300))
