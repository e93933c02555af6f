"""Who is let in: a known name with its password, or whom a trusted proxy names."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from index.errors import AdvisorError
from ui.auth import Users, hash_password, read_network
from ui.commands import password
from ui.server import PageSettings, create_app

from .conftest import ScriptedEngine

LOCAL = "http://127.0.0.1"


@pytest.fixture(scope="module")
def users(tmp_path_factory: pytest.TempPathFactory) -> Users:
    path = tmp_path_factory.mktemp("users") / "users.txt"
    path.write_text(f"{hash_password('mary', 'correct horse')}\n\n{hash_password('josé', 'contraseña')}\n", "utf-8")
    return Users.read(path)


@pytest.fixture(scope="module")
def guarded(engine: ScriptedEngine, users: Users) -> TestClient:
    return TestClient(create_app(engine, PageSettings(users=users)), base_url=LOCAL)


def test_a_known_name_with_its_password_is_let_in(guarded: TestClient) -> None:
    assert guarded.get("/api/guides", auth=("mary", "correct horse")).status_code == 200
    assert guarded.get("/api/guides", auth=("mary", "correct horse")).status_code == 200
    assert guarded.get("/api/guides", auth=("josé".encode(), "contraseña".encode())).status_code == 200
    assert guarded.get("/", auth=("mary", "correct horse")).status_code == 200


@pytest.mark.parametrize(
    ("name", "given"), [("mary", "wrong"), ("mary", ""), ("nobody", "correct horse"), ("", ""), ("mary", "x" * 100)]
)
def test_anyone_else_is_asked_to_sign_in(guarded: TestClient, name: str, given: str) -> None:
    response = guarded.get("/api/guides", auth=(name, given))
    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Basic ")


@pytest.mark.parametrize("header", ["", "Basic", "Basic !!", "Bearer abc", "Basic bWFyeQ=="])
def test_no_half_written_header_opens_the_door(guarded: TestClient, header: str) -> None:
    for path in ("/", "/config", "/api/ask", "/gradio_api/queue/join", "/assets/advisor/main.js"):
        assert guarded.get(path, headers={"authorization": header}).status_code == 401


def test_the_health_checks_stay_open(guarded: TestClient) -> None:
    assert [guarded.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]


def test_a_password_that_was_right_for_one_name_is_not_for_another(users: Users) -> None:
    assert users.know("mary", "correct horse")
    assert not users.know("josé", "correct horse")
    assert not users.know("mary", "contraseña")


@pytest.fixture(scope="module")
def proxied(engine: ScriptedEngine) -> TestClient:
    settings = PageSettings(user_header="X-Forwarded-User", trusted_proxies=("10.1.0.0/16", "::1"))
    return TestClient(create_app(engine, settings), base_url=LOCAL, client=("10.1.2.3", 5))


def test_whom_a_trusted_proxy_names_is_let_in(proxied: TestClient) -> None:
    assert proxied.get("/api/guides", headers={"x-forwarded-user": "mary"}).status_code == 200
    assert proxied.get("/api/guides").status_code == 401
    assert proxied.get("/api/guides", headers={"x-forwarded-user": " "}).status_code == 401


def test_a_header_from_elsewhere_counts_for_nothing(engine: ScriptedEngine) -> None:
    settings = PageSettings(user_header="X-Forwarded-User")
    for stranger in (("10.1.2.3", 5), ("evil", 5)):
        client = TestClient(create_app(engine, settings), base_url=LOCAL, client=stranger)
        headers = {"x-forwarded-user": "mary", "x-forwarded-for": "127.0.0.1"}
        assert client.get("/api/guides", headers=headers).status_code == 403


@pytest.mark.parametrize("text", ["", "mary", "mary:plain", ":$2b$12$x", "mary:{SHA}abc"])
def test_a_file_that_holds_no_users_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "users.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(AdvisorError, match=r"advisor password"):
        Users.read(path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(AdvisorError, match="cannot be read"):
        Users.read(tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("name", "given"), [("", "long enough"), ("a:b", "long enough"), ("mary", "short"), ("m", "x" * 73)]
)
def test_a_name_or_password_that_cannot_be_used_is_told(name: str, given: str) -> None:
    with pytest.raises(AdvisorError):
        hash_password(name, given)


def test_the_command_prints_a_line_that_lets_in(tmp_path: Path) -> None:
    result = CliRunner().invoke(password, ["mary"], input="correct horse\n")
    path = tmp_path / "users.txt"
    path.write_text(result.stdout, "utf-8")
    assert Users.read(path).know("mary", "correct horse")


def test_an_address_that_is_none_is_told() -> None:
    with pytest.raises(AdvisorError, match="no address"):
        read_network("proxy.example")
