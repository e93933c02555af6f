"""Ask an advisor every question of a set, so that a stopped run goes on where it stopped.

Answers are written as they come, in the form of `advisor ask --batch`, to a file whose name tells what they answer:
other questions, guides or code begin anew.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from ..answer import Answer
from ..conversation import Turn
from .lines import Record
from .measures.retrieval import DEPTH
from .progress import shown
from .questions import Question
from .transcript import Reply, load_transcript, reply_of_line

if TYPE_CHECKING:
    from index.search import Hit, Index

Search = Callable[[str, int], "Sequence[Hit]"]
"""Finds the passages for a query, best first, at most so many."""
_CODE = Path(__file__).parents[2]
PARTS = ("advisor", "index")
"""The packages that answer."""


class Asked(Protocol):
    """What can be evaluated in this process: `advisor.chain.Advisor`, or anything that asks like it."""

    def ask(self, message: str, history: Sequence[Turn] = ()) -> Answer:
        """The whole answer to a message."""


def run(
    questions: Sequence[Question], asked: Asked, search: Search | None, written: Path | None = None
) -> dict[str, Reply]:
    """The reply to each question by its id; with `written`, every answer is kept there at once.

    Answers that stand in `written` already are not asked for again.
    """
    known = _known(written)
    replies = {q.id: known[q.id] for q in questions if q.id in known}
    todo = [question for question in questions if question.id not in replies]
    if replies and todo:
        sys.stderr.write(f"{len(replies)} of {len(questions)} questions were answered before; going on from there.\n")
    out = written.open("a", encoding="utf-8") if written else None
    try:
        for question in shown("asking", todo, len(questions)):
            line = conversation(question, asked, search)
            replies[question.id] = reply_of_line(Record(line, question.id))
            if out:
                _write(line, out)
    except KeyboardInterrupt:
        if out:
            sys.stderr.write(f"{len(replies)} of {len(questions)} questions are answered.\n")
        raise
    finally:
        if out:
            out.close()
    return {question.id: replies[question.id] for question in questions}


def conversation(question: Question, asked: Asked, search: Search | None) -> dict[str, Any]:
    """A line of a transcript: every turn answered, and what the search finds for the last one."""
    history: tuple[Turn, ...] = ()
    for message in question.turns:
        history = (*history, Turn(message, asked.ask(message, history)))
    line: dict[str, Any] = {"id": question.id, "answers": [turn.answer.to_json() for turn in history]}
    if search is not None and question.cites:
        hits = search(history[-1].answer.standalone, DEPTH)
        line["hits"] = [{"path": hit.guide.path, "section": list(hit.passage.section)} for hit in hits]
    return line


def fingerprint(questions: Sequence[Question], index: Index, model: str | None, fit: str = "") -> str:
    """Twelve characters that change with the questions, the guides, the model, the fit or the code that answers."""
    told = hashlib.sha256()
    for question in questions:
        told.update(json.dumps([question.id, question.turns]).encode())
    for guide in index.guides.values():
        told.update(f"{guide.path} {guide.sha256}".encode())
    told.update(f"{index.encoder.name} {model} {fit}".encode())
    for file in sorted(path for part in PARTS for path in (_CODE / part).rglob("*") if _answers(path)):
        told.update(file.read_bytes())
    return told.hexdigest()[:12]


def _answers(path: Path) -> bool:
    """Whether a file has a part in what is answered: code, weights and what was fitted."""
    return path.suffix in (".py", ".onnx", ".json") and not path.is_relative_to(Path(__file__).parent)


def _known(written: Path | None) -> dict[str, Reply]:
    """What an interrupted run has written; a last line that was cut off is taken away."""
    if written is None or not written.is_file():
        return {}
    whole = written.read_bytes()
    whole = whole[: whole.rfind(b"\n") + 1]
    written.write_bytes(whole)
    return load_transcript(written) if whole.strip() else {}


def _write(line: dict[str, Any], out: IO[str]) -> None:
    out.write(json.dumps(line, ensure_ascii=False) + "\n")
    out.flush()
