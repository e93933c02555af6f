"""The wheel, built and installed into a new environment outside any checkout, works as the checkout does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

from index.embedder import cache_folder

pytest.importorskip("hatchling", reason="hatchling builds the wheel: pip install hatchling")

ROOT = Path(__file__).parent.parent
PACKAGES = ("advisor", "index", "ui")
GUIDES = ROOT / "tests" / "data" / "careers" / "arborist"
QUESTION = "Do I need a driving licence?"
FACT = "No driving licence is needed to start"


class Installed(NamedTuple):
    """A new environment with the wheel in it."""

    bin: Path
    packages: Path
    outside: Path

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """`advisor …`, from a folder that is no checkout; what it keeps is kept there."""
        kept = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}
        places = {"ADVISOR_CACHE": str(cache_folder()), "XDG_CACHE_HOME": str(self.outside)}
        command = [str(self.bin / "advisor"), *words]
        return subprocess.run(
            command, cwd=self.outside, env=kept | places, capture_output=True, text=True, encoding="utf-8", check=False
        )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this working tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel alone is installed; what it depends on is borrowed from the environment of the tests."""
    folder, outside = tmp_path_factory.mktemp("environment"), tmp_path_factory.mktemp("outside")
    venv.create(folder, with_pip=False, symlinks=True)
    install = [sys.executable, "-m", "pip", "--python", str(folder), "install", "--no-index", "--no-deps", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)}))
    borrowed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    (packages / "borrowed.pth").write_text("".join(f"{path}\n" for path in sorted(borrowed)), "utf-8")
    return Installed(Path(sysconfig.get_path("scripts", "venv", {"base": str(folder)})), packages, outside)


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    ours = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    shipped = {
        f"advisor/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "corpus").rglob("*") if path.is_file()
    }
    assert (ours | shipped) - held == set()
    assert {"index/reranker.onnx", "ui/assets/main.js", "advisor/evaluation/page.html.j2"} <= held
    assert {name.split("/")[0] for name in held if ".dist-info/" not in name} == set(PACKAGES)


def test_the_installed_packages_are_those_that_run(installed: Installed) -> None:
    where = "import advisor, index, ui; print(*(m.__file__ for m in (advisor, index, ui)), sep='\\n')"
    done = subprocess.run(
        [installed.bin / "python", "-c", where], cwd=installed.outside, capture_output=True, text=True, check=True
    )
    assert all(Path(line).is_relative_to(installed.packages) for line in done.stdout.split("\n")[:-1])


@pytest.mark.parametrize("command", ["ask", "chat", "evaluate", "coverage", "questions", "doctor"])
def test_an_installed_command_tells_its_options(installed: Installed, command: str) -> None:
    done = installed.run(command, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"advisor {command}" in done.stdout


def test_it_answers_from_guides_of_ones_own(installed: Installed) -> None:
    done = installed.run("ask", QUESTION, "--json", "--corpus", str(GUIDES))
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert FACT in answer["text"]
    assert any(FACT in citation["quote"] for citation in answer["citations"])


def test_it_measures_its_answers_and_writes_the_page(installed: Installed) -> None:
    line = {"id": "licence", "turns": [QUESTION], "expect": {"facts": [[FACT]], "status": ["answered"]}}
    questions, report = installed.outside / "mine.jsonl", installed.outside / "report"
    questions.write_text(json.dumps(line) + "\n", "utf-8")
    done = installed.run(
        "evaluate",
        "--questions",
        str(questions),
        "--corpus",
        str(GUIDES),
        "--out",
        str(report),
        "--fail-under",
        "facts=1",
    )
    assert done.returncode == 0, done.stderr
    assert QUESTION in (report / "report.html").read_text("utf-8")


def test_the_shipped_guides_and_question_sets_travel_in_it(installed: Installed) -> None:
    listed = installed.run("guides", "--json")
    assert listed.returncode == 0, listed.stderr
    paths = {guide["path"] for guide in json.loads(listed.stdout)}
    assert {"clinical-coder-roadmap.md", "clinical-coding-specialist.md"} <= paths
    inside = installed.packages / "advisor" / "corpus" / "questions"
    checked = installed.run(
        "questions", "check", str(inside / "clinical-coding.jsonl"), str(inside / "reference.jsonl")
    )
    assert checked.returncode == 0, checked.stderr


def test_without_guides_one_sentence_says_what_to_do(installed: Installed) -> None:
    shipped = installed.packages / "advisor" / "corpus"
    aside = shipped.rename(installed.outside / "aside")
    try:
        done = installed.run("ask", QUESTION)
    finally:
        aside.rename(shipped)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("advisor: ")
    assert "--corpus" in done.stderr
    assert "Traceback" not in done.stderr
