"""The same index on a real Chroma server, shared by machines that know only its address."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import chromadb
import pytest
from chromadb.api import ClientAPI

from index import chroma
from index.chroma import ChromaSearch
from index.embedder import HashEncoder
from index.errors import IndexBusy, IndexDamaged, IndexMismatch, IndexMissing, IndexStale, StoreUnreachable
from index.guide import Library
from index.reading import read_folder
from index.search import Index
from index.server import local_folder
from index.store import BuildReport, build_index, open_index, sources_of, writing

OwnServer = Callable[[], AbstractContextManager[str]]
ENCODER = HashEncoder()


class Machine:
    """A cache folder of its own: what a machine has besides the address."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._patch = monkeypatch

    def open(self, address: str, **chosen: Any) -> Index:
        self._patch.setenv("ADVISOR_CACHE", str(self.folder))
        return open_index(address, ENCODER, **chosen)

    def build(self, corpus: Path, address: str, *, rebuild: bool = False) -> BuildReport:
        self._patch.setenv("ADVISOR_CACHE", str(self.folder))
        return build_index(read_folder(corpus), sources_of(corpus), address, ENCODER, rebuild=rebuild)


@pytest.fixture
def builder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path / "builder", monkeypatch)


@pytest.fixture
def reader(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(tmp_path / "reader", monkeypatch)


@pytest.fixture
def address(chroma_server: str) -> str:
    """An index of this test alone."""
    return f"{chroma_server}/{uuid.uuid4().hex}"


def collections(address: str) -> set[str]:
    """The names of an index's collections, without what they begin with."""
    host, prefix = address.removeprefix("http://").split("/")
    return {
        c.name.removeprefix(f"{prefix}-") for c in connect(host).list_collections() if c.name.startswith(f"{prefix}-")
    }


def connect(host: str) -> ClientAPI:
    name, port = host.split(":")
    return chromadb.HttpClient(name, int(port), settings=chroma.settings())


def test_a_machine_that_knows_only_the_address_opens_the_index(
    builder: Machine, reader: Machine, address: str, corpus: Path, library: Library
) -> None:
    report = builder.build(corpus, address)
    index = reader.open(address)
    assert isinstance(index.search_dense, ChromaSearch)
    assert tuple(index.guides.values()) == library.guides
    assert (report.passages, report.units) == (len(index.passages), len(index.units))
    assert "$36,650" in index.search("the median wage of bakers", 1)[0].text
    assert reader.open(address, sources=sources_of(corpus)).generation == index.generation


def test_nothing_is_created_on_a_server_by_opening(reader: Machine, address: str) -> None:
    with pytest.raises(IndexMissing, match=r"no index on http.*advisor index --store http"):
        reader.open(address)
    assert collections(address) == set()
    assert not reader.folder.exists()


def test_a_second_build_of_the_same_guides_does_nothing(builder: Machine, address: str, corpus: Path) -> None:
    first = builder.build(corpus, address)
    held = collections(address)
    second = builder.build(corpus, address)
    assert (second.unchanged, second.embedded) == (True, 0)
    assert collections(address) == held
    assert builder.build(corpus, address, rebuild=True).embedded == first.embedded


def test_a_build_beside_another_on_this_machine_is_told_by_the_address(
    builder: Machine, address: str, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADVISOR_CACHE", str(builder.folder))
    with writing(local_folder(address)), pytest.raises(IndexBusy, match=f"is building the index in {address}\\."):
        builder.build(corpus, address)


def test_a_changed_guide_makes_a_generation_and_the_one_two_behind_is_deleted(
    builder: Machine, reader: Machine, address: str, corpus: Path, pilots: str
) -> None:
    first = builder.build(corpus, address)
    (corpus / "pilots.md").write_text(pilots, "utf-8")
    second = builder.build(corpus, address)
    assert second.reused == first.embedded
    assert 0 < second.embedded < first.embedded
    before = reader.open(address)
    (corpus / "pilots.md").unlink()
    builder.build(corpus, address)
    kept = collections(address)
    assert {f"{before.generation}-passages", f"{before.generation}-files", "current"} <= kept
    assert len(kept) == 5
    assert "licence" in before.search("renewed licence", 1)[0].text
    assert "pilots" not in reader.open(address).guides
    (corpus / "cooks.md").unlink()
    builder.build(corpus, address)
    assert f"{before.generation}-passages" not in collections(address)
    assert "licence" in before.search("renewed licence", 1)[0].text


KILLED = """
import os, sys
from pathlib import Path
from index.embedder import HashEncoder
from index.reading import read_folder
from index.store import build_index, sources_of

def told(what, done, of):
    if what == "storing passages":
        os.kill(os.getpid(), 9)

corpus = Path(sys.argv[1])
build_index(read_folder(corpus), sources_of(corpus), sys.argv[2], HashEncoder(), told=told)
"""


def test_a_build_that_is_killed_while_it_sends_leaves_the_index_in_use(
    builder: Machine, reader: Machine, address: str, corpus: Path, pilots: str
) -> None:
    builder.build(corpus, address)
    before = reader.open(address)
    (corpus / "pilots.md").write_text(pilots, "utf-8")
    killed = subprocess.run([sys.executable, "-c", KILLED, str(corpus), address], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert reader.open(address).generation == before.generation
    builder.build(corpus, address)
    assert "pilots" in reader.open(address).guides


def test_a_build_on_another_machine_embeds_only_what_is_new(
    builder: Machine, reader: Machine, address: str, corpus: Path, pilots: str
) -> None:
    first = builder.build(corpus, address)
    (corpus / "pilots.md").write_text(pilots, "utf-8")
    assert reader.build(corpus, address).reused == first.embedded


def test_two_readers_find_the_same(builder: Machine, reader: Machine, address: str, corpus: Path) -> None:
    builder.build(corpus, address)
    one, other = builder.open(address), reader.open(address)
    found: dict[int, list[str]] = {}

    def ask(number: int, index: Index) -> None:
        found[number] = [hit.text for _ in range(10) for hit in index.search("pay of cooks")]

    threads = [threading.Thread(target=ask, args=(i, index)) for i, index in enumerate((one, other))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found[0] == found[1]
    assert len(found[0]) == 50


def test_a_path_in_the_address_is_an_index_of_its_own(
    builder: Machine, reader: Machine, address: str, corpus: Path
) -> None:
    builder.build(corpus, address)
    with pytest.raises(IndexMissing):
        reader.open(f"{address}-other")
    (corpus / "cooks.md").unlink()
    builder.build(corpus, f"{address}-other")
    assert set(reader.open(address).guides) == {"bakers", "cooks"}
    assert set(reader.open(f"{address}-other").guides) == {"bakers"}


def test_stale_guides_and_another_embedder_are_told(
    builder: Machine, reader: Machine, address: str, corpus: Path
) -> None:
    builder.build(corpus, address)
    with pytest.raises(IndexMismatch, match=r"built with the embedder hash@64"):
        open_index(address, HashEncoder(32))
    (corpus / "cooks.md").unlink()
    with pytest.raises(IndexStale, match=r"removed: cooks\.md"):
        reader.open(address, sources=sources_of(corpus))


@pytest.mark.parametrize("lost", ["passages", "files", "all passages"])
def test_a_collection_that_lost_entries_is_told_and_a_build_mends_it(
    builder: Machine, reader: Machine, address: str, corpus: Path, lost: str
) -> None:
    builder.build(corpus, address)
    name = builder.open(address).generation
    host, prefix = address.removeprefix("http://").split("/")
    collection = f"{prefix}-{name}-{'files' if lost == 'files' else 'passages'}"
    if lost == "all passages":
        connect(host).delete_collection(collection)
    else:
        held = connect(host).get_collection(collection, embedding_function=None)
        held.delete(ids=held.get(include=[])["ids"][1:2])
    with pytest.raises(IndexDamaged, match=r"damaged.*advisor index --rebuild"):
        reader.open(address)
    if lost != "files":  # the builder has a whole copy of the files
        assert not builder.build(corpus, address).unchanged
    else:
        assert not builder.build(corpus, address, rebuild=True).unchanged
    assert reader.open(address).search("bread")


def test_damaged_files_in_the_cache_are_fetched_again(
    builder: Machine, reader: Machine, address: str, corpus: Path
) -> None:
    builder.build(corpus, address)
    expected = reader.open(address).search("bread")
    for path in list(reader.folder.rglob("*")):
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-1])
    assert reader.open(address).search("bread") == expected


def test_a_server_that_is_down_is_told(builder: Machine, corpus: Path, own_server: OwnServer) -> None:
    with own_server() as address:
        builder.build(corpus, address)
        index = builder.open(address)
        expected = [hit.text for hit in index.search("bread")]
    with pytest.raises(StoreUnreachable, match=r"does not answer.*chroma run"):
        builder.open(address)
    with pytest.raises(StoreUnreachable, match=r"does not answer.*chroma run"):
        builder.build(corpus, address)
    assert [hit.text for hit in index.search("bread")] == expected, "an open index has the vectors at hand"
    with own_server() as again:
        assert builder.build(corpus, again).passages == len(index.passages)


class Stranger(BaseHTTPRequestHandler):
    """Something else that speaks HTTP."""

    status = 200
    body = b"<html>Welcome</html>"

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.send_header("Content-Length", str(len(self.body)))
        self.end_headers()
        self.wfile.write(self.body)

    do_POST = do_GET  # noqa: N815

    def log_message(self, *told: object) -> None:
        """Say nothing."""


class JsonStranger(Stranger):
    body = b'{"nanosecond heartbeat": "never", "x": []}'


class NotFoundStranger(Stranger):
    status = 404
    body = b'{"error": "NotFoundError", "message": "no"}'


@pytest.fixture(params=[Stranger, JsonStranger, NotFoundStranger])
def stranger(request: pytest.FixtureRequest) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), request.param)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_something_else_on_that_port_is_told(builder: Machine, corpus: Path, stranger: str) -> None:
    with pytest.raises(StoreUnreachable, match=r"does not answer as one"):
        builder.open(stranger)
    with pytest.raises(StoreUnreachable, match=r"does not answer as one"):
        builder.build(corpus, stranger)


@pytest.mark.parametrize("address", ["http://", "http://127.0.0.1:99999", "http://[", "https://127.0.0.1:1/x"])
def test_an_address_that_is_none_is_told(builder: Machine, address: str) -> None:
    with pytest.raises(StoreUnreachable, match="does not answer"):
        builder.open(address)
