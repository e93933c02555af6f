"""The app from outside: what it answers, what it refuses, and where it listens."""

from __future__ import annotations

import json
import re
import socket
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from index.errors import AdvisorError
from ui.gate import BUSY, Gate
from ui.server import PageSettings, bind, create_app

from .conftest import ScriptedEngine

LOCAL = "http://127.0.0.1"


@pytest.fixture(scope="module")
def client(engine: ScriptedEngine) -> Iterator[TestClient]:
    app = create_app(engine, PageSettings(trusted_hosts=("advisor.example",), largest_body=50_000))
    with TestClient(app, base_url=LOCAL, raise_server_exceptions=False) as made:
        yield made


def test_it_is_alive_and_ready(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "guides": 3}


def test_the_page_s_own_script_runs_before_the_framework_s(client: TestClient) -> None:
    page = client.get("/")
    own, framework = page.text.index("/assets/advisor/main.js"), page.text.index('crossorigin src="./assets/index-')
    assert own < framework
    assert page.text.count("/assets/advisor/main.js") == 1
    assert int(page.headers["content-length"]) == len(page.content)


def test_the_manifest_and_what_it_names_are_found_below_a_path(engine: ScriptedEngine) -> None:
    app = create_app(engine, PageSettings(root_path="/careers"))
    with TestClient(app, base_url=LOCAL) as client:
        assert 'rel="manifest" href="/careers/manifest.json"' in client.get("/").text
        manifest = client.get("/manifest.json").json()
        (icon,) = manifest["icons"]
        assert manifest["start_url"] == "./"
        assert not icon["src"].startswith("/")
        assert client.get(f"/{icon['src']}").headers["content-type"] == "image/svg+xml"


def test_what_changes_its_name_with_its_content_is_kept_for_good_and_all_else_asked_for(client: TestClient) -> None:
    page = client.get("/")
    (script,) = re.findall(r'src="\./(assets/index-[^"]+\.js)"', page.text)
    assert client.get(f"/{script}").headers["cache-control"] == "max-age=31536000, immutable"
    for path in ("/", "/api/guides", "/manifest.json", "/gradio_api/theme.css", "/assets/none-12345678.js"):
        assert client.get(path).headers["cache-control"] == "no-cache", path
    own = client.get("/assets/advisor/main.js")
    assert own.headers["cache-control"] == "no-cache"
    again = client.get("/assets/advisor/main.js", headers={"if-none-match": own.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/", "/api/guides", "/assets/advisor/main.js", "/nowhere", "/gradio_api/upload"])
def test_every_response_carries_the_safe_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=https://evil.example",
        "/gradio_api/call/ask",
        "/gradio_api/runs",
        "/gradio_api/openapi.json",
        "/gradio_api/heartbeat/s",
        "/monitoring",
        "/login",
        "/api/uploads",
    ],
)
def test_routes_that_the_page_does_not_need_are_closed(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path, files={"files": b"x"}).status_code == 404
    assert client.delete(path).status_code == 404


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost", "LOCALHOST:1", "[::1]:7860", "advisor.example"])
def test_our_own_names_are_served(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "", "["])
def test_a_name_that_is_not_ours_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/healthz", headers={"host": host}).status_code == 400


def test_a_page_of_another_site_cannot_post(client: TestClient) -> None:
    foreign = client.post("/api/ask", json={"message": "Pay?"}, headers={"origin": "https://evil.example"})
    own = client.post("/api/ask", json={"message": "Pay?"}, headers={"origin": "http://localhost:7860"})
    assert (foreign.status_code, own.status_code) == (403, 200)


def test_a_body_that_is_too_long_is_refused_with_or_without_its_length(client: TestClient) -> None:
    long = json.dumps({"message": "x" * 60_000}).encode()
    assert client.post("/api/ask", content=long).status_code == 413
    assert client.post("/api/ask", content=iter([long[:30_000], long[30_000:]])).status_code == 413


def test_a_message_that_is_too_long_is_refused(client: TestClient) -> None:
    response = client.post("/api/ask", json={"message": "x" * 2_001})
    assert response.status_code == 422
    assert response.json() == {"detail": "message: String should have at most 2000 characters."}


def test_a_body_that_is_no_json_is_told_from_where_on(client: TestClient) -> None:
    response = client.post("/api/ask", content=b'{"message":', headers={"content-type": "application/json"})
    assert response.status_code == 422
    assert response.json() == {"detail": "What was sent is not JSON, from character 11 on."}


def test_a_refusal_is_what_the_description_of_the_api_says(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()["paths"]
    refusals = [one["responses"]["422"] for path in described.values() for one in path.values()]
    shapes = {refusal["content"]["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1] for refusal in refusals}
    assert shapes == {"Refusal"}


def test_an_answer_is_what_the_engine_says(client: TestClient, engine: ScriptedEngine) -> None:
    assert client.post("/api/ask", json={"message": "Pay?"}).json() == engine.ask("Pay?").to_json()


def test_messages_before_are_heard(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"message": "Pay?", "before": ["Hello", "Steps?"]}).json()
    assert answer["standalone"] == "Pay? (as 2 messages before have it)"


def test_a_stream_grows_to_the_whole_answer(client: TestClient, engine: ScriptedEngine) -> None:
    lines = client.post("/api/ask/stream", json={"message": "Pay?"}).text.split("\n\n")
    texts = [json.loads(line.removeprefix("data: "))["text"] for line in lines if line.startswith("data: ")]
    assert texts == sorted(texts, key=len)
    assert texts[-1] == engine.ask("Pay?").text
    assert "event: end" in lines[-2]


def test_a_passage_is_marked_in_its_guide(client: TestClient, engine: ScriptedEngine) -> None:
    cited = engine.cite("bakers", "Knead dough", 1)
    told = client.get(f"/api/passages/bakers:{cited.start}-{cited.end}").json()
    marked = [
        run["text"] for b in told["blocks"] for line in b["lines"] for cell in line for run in cell if "mark" in run
    ]
    assert marked == ["Knead dough"]
    assert (told["title"], told["dated"], told["country"]) == ("Bakers", "2024", "US")
    assert told["section"] == ["What they do", "Duties"]


@pytest.mark.parametrize(
    "place", ["bakers", "bakers:5-5", "bakers:9-3", "bakers:0-999999", "nowhere:0-5", "../etc:0-5", "bakers:0-٣"]
)
def test_a_place_that_is_not_there_is_told(client: TestClient, place: str) -> None:
    response = client.get(f"/api/passages/{place}")
    assert response.status_code == 404
    assert response.json()["detail"]


def test_search_and_guides_are_given(client: TestClient) -> None:
    assert [hit["guide"] for hit in client.get("/api/search", params={"q": "dough"}).json()] == ["bakers"]
    assert [guide["id"] for guide in client.get("/api/guides").json()] == ["bakers", "cooks", "hostile"]
    assert client.get("/api/guides/nowhere").status_code == 404


def test_what_a_message_tells_is_read_on_top_of_what_was_known(client: TestClient) -> None:
    known = {"traits": [{"aspect": "goal", "value": "baker", "words": "a baker, I hope"}]}
    read = client.post("/api/profile", json={"message": "I am a cook.", "profile": known}).json()
    assert [(trait["aspect"], trait["value"]) for trait in read["traits"]] == [
        ("goal", "baker"),
        ("experience", "a cook"),
    ]


@pytest.mark.parametrize(
    "traits", [[{"aspect": "shoe size", "value": "43"}], [{"aspect": "goal", "value": "x" * 5_000}]]
)
def test_a_profile_that_is_none_is_refused(client: TestClient, traits: list[dict[str, str]]) -> None:
    response = client.post("/api/ask", json={"message": "Pay?", "profile": {"traits": traits}})
    assert response.status_code == 422


def test_a_roadmap_is_given_in_three_forms(client: TestClient) -> None:
    wanted = {"goal": "baker", "ticks": {"Find a bakery that trains": True}}
    roadmap = client.post("/api/roadmap", json=wanted).json()
    assert [step["status"] for step in roadmap["steps"]] == ["done", "next", "later"]
    assert roadmap["citations"][0]["quote"] == "Find a bakery that trains"
    markdown = client.post("/api/roadmap?form=markdown", json=wanted)
    assert markdown.headers["content-type"].startswith("text/markdown")
    assert "Find a bakery that trains" in markdown.text
    calendar = client.post("/api/roadmap?form=calendar", json=wanted)
    assert calendar.headers["content-type"].startswith("text/calendar")
    assert calendar.text.startswith("BEGIN:VCALENDAR")


def test_without_a_goal_the_roadmap_says_what_is_missing(client: TestClient) -> None:
    roadmap = client.post("/api/roadmap", json={}).json()
    assert roadmap["steps"] == []
    assert roadmap["gaps"]


def test_figures_are_given_for_all_guides_or_for_one(client: TestClient) -> None:
    compared, *_ = client.get("/api/figures").json()
    assert [series["guide"] for series in compared["series"]] == ["bakers", "cooks"]
    assert compared["series"][1]["bars"][1] | {"place": ""} == {
        "label": "Master",
        "words": "$30,000 to $41,000+",
        "low": 30_000,
        "high": 41_000,
        "open": True,
        "open_below": False,
        "place": "",
        "year": None,
    }
    _, by_year = client.get("/api/figures", params={"guide": "cooks"}).json()
    assert [bar["year"] for bar in by_year["series"][0]["bars"]] == [2019, 2020, 2023]
    assert client.get("/api/figures", params={"guide": "nowhere"}).status_code == 404


def test_every_route_for_programs_is_described_with_what_it_gives(client: TestClient) -> None:
    described = client.get("/api/openapi.json").json()
    for path, methods in described["paths"].items():
        for method, route in methods.items():
            assert route["summary"], (method, path)
            success = route["responses"].get("200") or route["responses"]["204"]
            assert success.get("content") or "204" in route["responses"], (method, path)


def test_one_too_many_is_told_to_come_again(engine: ScriptedEngine) -> None:
    full = Gate(at_once=1, waiting=0)
    full.inside = 1
    crowded = TestClient(create_app(engine, PageSettings(), full), base_url=LOCAL)
    for path in ("/api/ask", "/api/ask/stream"):
        response = crowded.post(path, json={"message": "Pay?"})
        assert response.status_code == 503
        assert response.json() == {"detail": BUSY}
        assert response.headers["retry-after"]


def test_a_server_that_is_being_stopped_is_alive_but_not_ready(engine: ScriptedEngine) -> None:
    gate = Gate(at_once=1, waiting=0)
    gate.closed = True
    stopping = TestClient(create_app(engine, PageSettings(), gate), base_url=LOCAL)
    assert stopping.get("/healthz").status_code == 200
    assert stopping.get("/readyz").json()["status"] == "stopping"
    assert stopping.get("/readyz").status_code == 503


def test_the_api_describes_itself(client: TestClient) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {
        "/api/ask",
        "/api/ask/stream",
        "/api/search",
        "/api/guides",
        "/api/passages/{id}",
        "/api/roadmap",
        "/api/profile",
    } <= set(paths)


def test_a_conversation_is_exported_with_its_citations(client: TestClient, engine: ScriptedEngine) -> None:
    from advisor.chain import Turn
    from ui.memory import Conversation, dump

    kept = dump(Conversation.new().with_turn(Turn("Pay?", engine.ask("Pay?"))))
    markdown = client.post("/api/export?form=markdown", content=kept).text
    assert (
        "[1] Bakers › Pay (2024, US, https://handbook.example/bakers): “The median wage of bakers was $36,650 in 2024.”"
        in markdown
    )
    turns = client.post("/api/export?form=json", content=kept).json()["turns"]
    assert turns[0]["answer"]["citations"][0]["path"] == "bakers.md"


def test_a_taken_port_is_told_with_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(AdvisorError, match=f"Port {port} is in use.*--port {port + 1}"):
            bind("127.0.0.1", port)


def test_without_a_port_a_free_one_is_found() -> None:
    with bind("127.0.0.1", None) as first, bind("127.0.0.1", None) as second:
        assert first.getsockname()[1] != second.getsockname()[1]


def test_an_address_of_no_machine_is_told() -> None:
    with pytest.raises(AdvisorError, match=r"not an address of this machine|cannot listen"):
        bind("192.0.2.1", 7999)
