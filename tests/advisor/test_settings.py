"""Settings come from the flag, then the environment, then the file beside the guides, then the default."""

from __future__ import annotations

import os
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from advisor.cli import with_settings
from advisor.settings import FILE, Settings, default_store, from_file, settle, shipped_corpus
from index.errors import AdvisorError


@click.command()
@with_settings
def shown(settings: Settings) -> None:
    """What a command is given."""
    click.echo("\n".join(map(str, (settings.corpus, settings.store, settings.embedder, settings.model))))


def given(*flags: str, **environ: str) -> list[str]:
    done = CliRunner().invoke(shown, flags, env=environ, catch_exceptions=False)
    return done.output.splitlines()


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the machine that the tests run on."""
    for name in [name for name in os.environ if name.startswith("ADVISOR_") and name != "ADVISOR_CACHE"]:
        monkeypatch.delenv(name)


@pytest.fixture
def guides(tmp_path: Path) -> Path:
    """A folder of guides with a file of settings beside it."""
    (tmp_path / FILE).write_text('store = "from-file"\nembedder = "file-model"\nmodel = "openai:file"\n', "utf-8")
    (tmp_path / "guides").mkdir()
    return tmp_path / "guides"


FLAGS = ("--store", "from-flag", "--embedder", "flag-model", "--model", "openai:flag")
ENVIRON = {
    "ADVISOR_STORE": "from-environment",
    "ADVISOR_EMBEDDER": "environment-model",
    "ADVISOR_MODEL": "openai:environment",
}


def test_the_default_stands_where_nothing_is_told(tmp_path: Path) -> None:
    assert given("--corpus", str(tmp_path)) == [str(tmp_path), str(default_store(tmp_path)), "None", "None"]


def test_the_file_beside_the_guides_goes_before_the_default(guides: Path) -> None:
    assert given("--corpus", str(guides)) == [
        str(guides),
        str(guides.parent / "from-file"),
        "file-model",
        "openai:file",
    ]


def test_the_file_is_the_one_beside_the_guides_wherever_the_command_is_given(
    guides: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(guides)
    (guides / FILE).write_text('store = "inside"\n', "utf-8")
    assert given("--corpus", ".")[1] == str(guides.parent / "from-file")


def test_a_store_may_begin_with_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert settle(tmp_path, "~/stores/one").store == str(tmp_path / "stores" / "one")


@pytest.mark.parametrize("address", ["http://127.0.0.1:8000", "HTTPS://chroma.example"])
def test_a_server_s_address_stays_as_it_is(address: str, tmp_path: Path) -> None:
    assert settle(tmp_path, address).store == address


def test_another_address_is_no_folder(tmp_path: Path) -> None:
    with pytest.raises(AdvisorError, match=r"ftp://127\.0\.0\.1 is no address of a Chroma server"):
        settle(tmp_path, "ftp://127.0.0.1")


@pytest.mark.parametrize("told", ['storee = "x"', 'corpus = "x"', "port = 7000", 'model-name = "x"'])
def test_a_setting_that_there_is_not_is_told_with_those_that_there_are(told: str, guides: Path) -> None:
    (guides.parent / FILE).write_text(told, "utf-8")
    name = told.partition(" ")[0]
    with pytest.raises(AdvisorError, match=rf"there is no setting {name}\. The settings are: embedder, model, .*store"):
        from_file(guides)


def test_the_environment_goes_before_the_file(guides: Path) -> None:
    told = given(**ENVIRON, ADVISOR_CORPUS=str(guides))
    assert told == [str(guides), "from-environment", "environment-model", "openai:environment"]


def test_the_flag_goes_before_the_environment(guides: Path) -> None:
    told = given(*FLAGS, "--corpus", str(guides), **ENVIRON, ADVISOR_CORPUS="elsewhere")
    assert told == [str(guides), "from-flag", "flag-model", "openai:flag"]


def test_an_empty_variable_tells_nothing(guides: Path) -> None:
    assert given("--corpus", str(guides), ADVISOR_STORE="", ADVISOR_MODEL="")[1] == str(guides.parent / "from-file")


def test_the_shipped_guides_are_used_where_none_are_named() -> None:
    assert settle().corpus == shipped_corpus()
    assert any(shipped_corpus().glob("*.md"))


def test_each_folder_of_guides_has_a_store_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = tmp_path / "a" / "guides", tmp_path / "b" / "guides"
    assert default_store(one) != default_store(other)
    one.mkdir(parents=True)
    monkeypatch.chdir(one.parent)
    assert default_store(Path("guides")) == default_store(one)


def test_keys_of_the_file_are_the_names_of_the_long_options(guides: Path) -> None:
    (guides.parent / FILE).write_text(
        'model = "ollama:x"\nmodel-url = "http://127.0.0.1:9"\nmodel-tokens = 50\n', "utf-8"
    )
    chat = settle(guides).chat
    assert chat
    assert (chat.name, chat.url, chat.tokens) == ("ollama:x", "http://127.0.0.1:9", 50)


@pytest.mark.parametrize(
    "broken", [b"store = ", b"store = from-file", b"[unclosed", b"store = '\xff'", b"a = 1\na = 2"]
)
def test_a_broken_file_is_told_with_its_remedy(guides: Path, broken: bytes) -> None:
    (guides.parent / FILE).write_bytes(broken)
    with pytest.raises(AdvisorError, match=r"advisor\.toml is not valid TOML .*Mend that line or remove the file"):
        settle(guides)


@pytest.mark.parametrize("wrong", ["store = 7", "embedder = true", 'model = ["openai:x"]', "model-url = 1979-05-27"])
def test_a_value_of_the_wrong_kind_is_told(guides: Path, wrong: str) -> None:
    (guides.parent / FILE).write_text(wrong, "utf-8")
    with pytest.raises(AdvisorError, match=r"advisor\.toml: [a-z-]+ must be a text in quotes"):
        settle(guides)


def test_a_file_that_is_not_there_tells_nothing(tmp_path: Path) -> None:
    assert from_file(tmp_path / "guides") == {}
