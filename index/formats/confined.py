"""HTML, PDF and DOCX read in a process of their own, since a hostile file can make any parser of these run away.

The process may use a set amount of memory, processor time and wall-clock time, writes no file, and gets nothing of
this program's environment. When it is stopped, or fails, only that one file is not read.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..errors import GuidesError
from .extract import Extract, RefusedFileError


@dataclass(frozen=True, slots=True)
class Bounds:
    """What reading one file may use."""

    memory: int = 1 << 30
    """Bytes of address space."""
    processor: int = 20
    """Seconds."""
    wall: float = 30
    """Seconds by the clock."""


_ROOT = Path(__file__).resolve().parents[2]
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from index.formats.confined import main; main(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))"
)


def read_confined(data: bytes, ending: str, bounds: Bounds | None = None) -> Extract:
    """The text of a file of this ending (".html", ".pdf", ".docx"). Raises `GuidesError` when there is none."""
    most = bounds or Bounds()
    command = [sys.executable, "-I", "-c", _START, str(_ROOT), ending, str(most.memory), str(most.processor)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=most.wall, env={}, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise GuidesError(
            f"Reading it takes more than {most.wall:g} seconds. Save it as plain text, or divide it."
        ) from error
    if done.returncode != 0:
        complaint = done.stderr.decode("utf-8", "replace")
        raise GuidesError(_failure(done.returncode, complaint, ending)) from RuntimeError(complaint)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise GuidesError(answer["refused"])
    return Extract(answer["text"], answer["about"])


def _failure(code: int, complaint: str, ending: str) -> str:
    """What happened and what to do; what the library says of it, in its own terms, is for the traceback."""
    if code < 0 or "MemoryError" in complaint:
        return "Reading it takes too much time or memory. Save it as plain text, or divide it."
    return f"It is damaged, or not what its ending {ending} says. Open it in its own program and save it again."


def main(ending: str, memory: int, processor: int) -> None:
    """Read the file from standard input and write its text to standard output, as the process of `read_confined`."""
    _bound(memory, processor)
    try:
        extract = _reader(ending)(sys.stdin.buffer.read())
        answer: dict[str, object] = {"text": extract.text, "about": extract.about}
    except RefusedFileError as refusal:
        answer = {"refused": str(refusal)}
    sys.stdout.write(json.dumps(answer))


def _bound(memory: int, processor: int) -> None:
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (processor, processor))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _reader(ending: str) -> Callable[[bytes], Extract]:
    match ending:
        case ".pdf":
            from .pdf import read_pdf

            return read_pdf
        case ".docx":
            from .docx import read_docx

            return read_docx
        case _:
            from .html import read_html

            return read_html
