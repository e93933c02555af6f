"""A folder of guides: what is a guide, what is not, and what is said of a file that cannot be read."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import GuidesError
from index.guide import Library
from index.reading import guide_of, read_file, read_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "guides"
    place.mkdir()
    (place / "baker.md").write_text("# Bakers\n\nThey bake.\n")
    return place


def reasons(library: Library) -> dict[str, str]:
    return {unread.path: unread.reason for unread in library.unread}


def test_guides_come_in_order_of_their_paths_with_nested_folders(folder: Path) -> None:
    (folder / "Food & Drink").mkdir()
    (folder / "Food & Drink" / "Head Chef.TXT").write_text("Head chefs run a kitchen and all who work in it.\n")
    (folder / "zoo.markdown").write_text("# Zoo keepers\n\nThey feed.\n")
    told: list[str] = []
    library = read_folder(folder, told.append)
    assert [(guide.path, guide.id, guide.title) for guide in library.guides] == [
        ("Food & Drink/Head Chef.TXT", "food-drink-head-chef", "Head Chef"),
        ("baker.md", "baker", "Bakers"),
        ("zoo.markdown", "zoo", "Zoo keepers"),
    ]
    assert told == [guide.path for guide in library.guides]
    assert all(passage.guide == guide.id for guide in library.guides for passage in guide.passages)


def test_readme_and_hidden_files_are_not_guides(folder: Path) -> None:
    (folder / ".git").mkdir()
    for name in ("README.md", ".hidden.md", ".git/x.md", "notes.py"):
        (folder / name).write_text("# Not a guide\n")
    library = read_folder(folder)
    assert [guide.id for guide in library.guides] == ["baker"]
    assert library.unread == ()


def test_files_that_would_share_an_id_get_ids_of_their_own(folder: Path) -> None:
    for name in ("baker.txt", "Baker!.md", "baker-.md"):
        (folder / name).write_text("Bakers bake bread in the night so that it is fresh in the morning.\n")
    ids = {guide.path: guide.id for guide in read_folder(folder).guides}
    assert ids == {"Baker!.md": "baker", "baker-.md": "baker-md", "baker.md": "baker-2", "baker.txt": "baker-txt"}


def test_one_file_that_cannot_be_read_does_not_stop_the_rest(folder: Path, tmp_path: Path) -> None:
    (folder / "latin.txt").write_bytes("Café".encode("latin-1"))
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (folder / "empty.md").write_text(" \n")
    (folder / "front.md").write_text("---\ntitle: a: b\n---\n# X\n\nText.\n")
    (folder / "huge.md").open("wb").truncate(200_000_000)
    (folder / "long.txt").write_text("word " * 400_001)
    os.mkfifo(folder / "pipe.md")
    (tmp_path / "secret.md").write_text("# Secret\n\nNot yours.\n")
    (folder / "link.md").symlink_to(tmp_path / "secret.md")
    (folder / "within.md").symlink_to(folder / "baker.md")
    (folder / "gone.md").symlink_to(folder / "nothing.md")
    (tmp_path / "elsewhere").mkdir()
    (folder / "out").symlink_to(tmp_path / "elsewhere")
    library = read_folder(folder)
    assert [guide.id for guide in library.guides] == ["baker", "within"]
    found = reasons(library)
    assert "byte 3" in found["latin.txt"]
    assert "UTF-8" in found["latin.txt"]
    assert "Save it as .docx" in found["old.doc"]
    assert "no text" in found["empty.md"]
    assert "line 2" in found["front.md"]
    assert "200 MB" in found["huge.md"]
    assert "2,000,005 characters" in found["long.txt"]
    assert "ordinary file" in found["pipe.md"]
    assert "out of the folder" in found["link.md"]
    assert "out of the folder" in found["out"]
    assert "cannot be opened" in found["gone.md"]
    assert len(found) == 10


@pytest.mark.parametrize("name", ["missing", "file.md"])
def test_a_folder_that_is_none_is_told_with_what_to_do(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.md").write_text("# X\n")
    with pytest.raises(GuidesError, match="Create it and put guides in it, or name another"):
        read_folder(tmp_path / name)


def test_an_empty_folder_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(GuidesError, match=r"holds no guide\. Put files"):
        read_folder(tmp_path)


def test_a_folder_of_unreadable_files_tells_the_first_reason(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(b"\xff")
    (tmp_path / "b.rtf").write_text("x")
    with pytest.raises(GuidesError, match=r"a\.md: It is not valid UTF-8 at byte 0.*1 more"):
        read_folder(tmp_path)


def test_front_matter_is_metadata_and_offsets_count_it(tmp_path: Path) -> None:
    text = (
        "---\ntitle: How to bake\nsummary: All of it\ndated: 2024-05-01\ncountry: GB\nlicence: CC0\n"
        "based_on: [one, two]\nodd: {a: b}\n---\n\n# How to bake\n\nMix first.\n"
    )
    path = tmp_path / "bake.md"
    path.write_text(text)
    guide = read_file(path, tmp_path)
    assert guide.text == text
    assert (guide.title, guide.summary, guide.dated, guide.country) == ("How to bake", "All of it", "2024-05-01", "GB")
    assert (guide.licence, guide.based_on, guide.publisher) == ("CC0", ("one", "two"), None)
    assert [passage.span.of(text) for passage in guide.passages] == ["Mix first."]
    assert all(section.path == () for section in guide.sections)


def test_a_dividing_line_at_the_top_is_not_front_matter() -> None:
    guide = guide_of("---\nBakers bake.\n---\n\nThey rise early.\n", "baker.md")
    assert "They rise early." in [passage.span.of(guide.text) for passage in guide.passages]


def test_text_is_the_file_with_newlines_made_one_kind_and_without_its_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "baker.md"
    path.write_bytes(b"\xef\xbb\xbf# Bakers\r\n\r\nThey\tbake.\x01\x0c \r\n")
    assert read_file(path, tmp_path).text == "# Bakers\n\nThey\tbake.\x01\x0c \n"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# A\n\n## B\n\nText.\n", "A"),
        ("## A\n\nText.\n\n## B\n\nText.\n", "A"),
        ("Just prose in one line.\n", "My guide"),
    ],
)
def test_the_title_is_the_first_heading_or_the_name(text: str, title: str) -> None:
    assert guide_of(text, "my_guide.md").title == title


@given(st.binary(max_size=200))
def test_any_bytes_are_a_guide_or_a_reason(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name in ("a.md", "b.txt"):
        (folder / name).write_bytes(data)
        library = _read_beside(folder, folder / name)
        assert all(passage.span.of(guide.text).strip() for guide in library.guides for passage in guide.passages)
        assert len(library.guides) + len(library.unread) == 2


def _read_beside(folder: Path, path: Path) -> Library:
    """The folder with nothing in it but this file and a guide."""
    for other in folder.iterdir():
        if other != path:
            other.unlink()
    (folder / "guide.md").write_text("# Bakers\n\nThey bake.\n")
    return read_folder(folder)
