"""Adding guides over HTTP: progress and result line by line; and without --allow-uploads there is nothing there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from advisor.additions import Additions
from advisor.settings import Settings
from ui.server import PageSettings, create_app
from ui.uploads import PATH, Uploads

CAREERS = Path(__file__).parents[1] / "data" / "careers"
PAGE = """<html><head><title>Farriers</title></head><body><nav><a href="/">Home</a><a href="/x">About us</a></nav>
<h1>Farriers</h1><h2>The work</h2><p>A farrier trims and shoes the hooves of horses.</p><ul><li>Trim hooves</li>
<li>Forge shoes</li></ul><!-- nothing here --></body></html>"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    place = tmp_path_factory.mktemp("uploads")
    shutil.copytree(CAREERS / "piano-tuner", place / "guides")
    uploads = Uploads(Additions(Settings(place / "guides", str(place / "store")), place / "data"))
    app = create_app(uploads.engine, PageSettings(largest_body=5_000), uploads=uploads)
    with TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as made:
        yield made


def add(client: TestClient, name: str, data: bytes) -> list[dict[str, Any]]:
    response = client.post(PATH, params={"name": name}, content=data)
    assert response.status_code == 200
    return [json.loads(line) for line in response.text.splitlines()]


def test_what_was_read_is_told_and_can_be_asked_at_once(client: TestClient) -> None:
    *progress, last = add(client, "farriers.html", PAGE.encode())
    assert {"doing", "done", "of"} == set(progress[0])
    added = last["added"]
    assert (added["title"], added["replaced"]) == ("Farriers", False)
    assert added["passages"] == {"paragraph": 1, "list": 1}
    assert "farrier" in client.get("/api/search", params={"q": "shoes hooves of horses", "k": 1}).json()[0]["text"]
    assert "added-farriers" in [guide["id"] for guide in client.get("/api/guides").json()]


def test_what_was_left_out_is_told_with_its_reason(client: TestClient) -> None:
    text = "# Coopers\n\nCoopers make barrels.\n\n<!-- a note of the editor -->\n\nThey bend staves over fire.\n"
    *_, last = add(client, "coopers.md", text.encode())
    assert last["added"]["left_out"]
    assert "a note of the editor" in last["added"]["excerpts"][0]["words"]


def test_what_cannot_be_read_is_told_in_its_sentence(client: TestClient) -> None:
    (*_, last) = add(client, "broken.pdf", b"%PDF-1.7 nothing at all")
    assert set(last) == {"error"}
    assert client.post(PATH, params={"name": "tool.exe"}, content=b"MZ").status_code == 422


def test_a_file_may_be_larger_than_any_other_request_but_not_without_limit(client: TestClient) -> None:
    long = ("# Long\n\n" + "A cooper makes a barrel from staves of oak. " * 400).encode()
    assert len(long) > 5_000
    assert "added" in add(client, "long.md", long)[-1]
    assert client.post("/api/ask", content=long).status_code == 413
    assert client.post(PATH, params={"name": "huge.md"}, content=b"x" * 20_100_000).status_code == 413


def test_what_was_added_can_be_removed_and_nothing_else(client: TestClient) -> None:
    assert client.delete(f"{PATH}/career-guide").status_code == 404
    assert client.delete(f"{PATH}/added-farriers").status_code == 204
    assert "added-farriers" not in [guide["id"] for guide in client.get("/api/guides").json()]


def test_a_page_of_another_site_cannot_add(client: TestClient) -> None:
    headers = {"origin": "https://evil.example"}
    assert client.post(PATH, params={"name": "a.md"}, content=b"# A\n\nText.", headers=headers).status_code == 403
