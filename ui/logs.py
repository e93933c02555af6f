"""What the server tells those who run it: one JSON object a line, and nothing that a person wrote unless it is switched on.

A fault is told by its kind and the lines of code that it passed, never by its message: messages quote what people wrote.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from advisor.answer import Answer
from index.errors import AdvisorError

from .gate import RETRY_AFTER, Busy
from .security import App, Message, Receive, Scope, Send, refuse

LOG = logging.getLogger("advisor.page")
SORRY = "That did not work, and it is not your doing. Please try again."
DEEPEST = 8
"""Lines of code that a fault is told by."""


@dataclass(frozen=True, slots=True)
class Log:
    """Tells of answers. `words` adds what people asked."""

    words: bool = False

    def answered(self, answer: Answer, first: float, seconds: float) -> None:
        """One answer: what became of it, and the seconds to its first words and to its end."""
        facts: dict[str, Any] = {
            "status": str(answer.status),
            "citations": len(answer.citations),
            "mode": answer.mode,
            "first": round(first, 4),
            "seconds": round(seconds, 4),
        }
        asked = {"question": answer.question, "standalone": answer.standalone} if self.words else {}
        LOG.info("answered", extra={"facts": {**facts, **asked}})

    def sent_away(self) -> None:
        """Someone found no place to wait in."""
        LOG.warning("busy", extra={"facts": {}})


class FaultError(Exception):
    """A fault of ours on its way out: its text holds where it happened and nothing that a person wrote."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(f"{type(error).__name__} at {' < '.join(_places(error))}")


def log_fault(error: BaseException) -> None:
    """Tell of a fault."""
    told = str(error) if isinstance(error, FaultError) else str(FaultError(error))
    LOG.error("fault", extra={"facts": {"what": told}})


class Faults:
    """Answers for what went wrong below: the person is told that it did, the log where."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def noticed(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, noticed)
        except (AdvisorError, Busy) as error:
            await _answer(send, 503, str(error), started)
        except Exception as error:  # noqa: BLE001 (the last place that can answer)
            log_fault(error)
            await _answer(send, 500, SORRY, started)


async def _answer(send: Send, status: int, detail: str, started: bool) -> None:
    if not started:
        again = ((b"retry-after", str(RETRY_AFTER).encode()),) if status == 503 else ()
        await refuse(send, status, detail, again)


class Lines(logging.Formatter):
    """A record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        facts = getattr(record, "facts", {})
        return json.dumps({"when": when, "event": record.getMessage(), **facts}, ensure_ascii=False)


def start_log(to: Path | None, *, everything: bool) -> None:
    """Write to a file, or to standard error; faults always, every answer if `everything`."""
    handler: logging.Handler = logging.StreamHandler(sys.stderr)
    if to is not None:
        to.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.FileHandler(to, encoding="utf-8")
    handler.setFormatter(Lines())
    LOG.handlers = [handler]
    LOG.propagate = False
    LOG.setLevel(logging.INFO if everything else logging.ERROR)


def _places(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in reversed(frames)]
