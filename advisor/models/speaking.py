"""A chat model behind one seam that can wait, stop and tell what failed.

A provider's time-out counts each read, not the whole reply, so a server that sends a sign of life now and then keeps a
request open for ever. Every call therefore has a deadline of our own, kept from outside by an event loop.
"""

from __future__ import annotations

import queue
import re
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from .errors import ModelCut, ModelFailed
from .redacting import redacted, without_login
from .retries import may_pass, pause_before
from .settings import PROVIDERS, ModelSettings
from .telling import malformed, seconds, told

if TYPE_CHECKING:
    import asyncio

    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import BaseMessage
    from pydantic import BaseModel

Schema = TypeVar("Schema", bound="BaseModel")
Reply = TypeVar("Reply")
Message = tuple[str, str]
"""Role (`system`, `human`, `ai`) and text."""

DEFAULT_WINDOW = 8_192
"""Tokens that a model reads where neither settings nor LangChain know."""
CHARACTERS = 3
"""Of a token, at least: so that what is counted fits."""
LONGEST = 40_000
"""Characters of a reply that are read; the rest is not waited for."""
_FULL = frozenset(("length", "max_tokens"))


@dataclass
class _Heard:
    """What came in of one reply."""

    characters: int = 0
    words: bool = False
    """Whether anything but white space came."""
    reason: str | None = None


@dataclass(frozen=True)
class Model:
    """A chat model behind our deadline, our cap and our errors."""

    chat: BaseChatModel = field(repr=False)
    settings: ModelSettings
    lacking: tuple[str, ...] = ()
    """Which of `time-out` and `token limit` its LangChain class does not take; the deadline holds all the same."""

    @property
    def window(self) -> int:
        """Tokens that the model reads."""
        profile = getattr(self.chat, "profile", None) or {}
        known = self.settings.window or (None if self.settings.url else profile.get("max_input_tokens"))
        return int(known or DEFAULT_WINDOW)

    @property
    def room(self) -> int:
        """Characters that instructions, question and passages may take, beside the reply; none where the window is too small."""
        return max(0, self.window - self.settings.tokens) * CHARACTERS

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """The reply as it comes, in pieces of any size. Raises `ModelFailed`, also in the middle or at the end.

        A reply that ends without a reason broke off on its way; one that is longer than it may be raises `ModelCut`.
        """
        self._check_room(messages)
        heard = _Heard()
        yield from self._waiting(lambda: self._pieces(messages, heard))
        if not heard.words:
            raise ModelFailed(f"{self.settings.name} replied with nothing.")
        if heard.reason is None and self.settings.provider in PROVIDERS:  # others may never give one
            raise ModelFailed(f"The connection to {self.settings.name} broke off in the middle of its reply.")
        if heard.reason in _FULL:
            raise ModelCut(f"The reply of {self.settings.name} is longer than it may be.")

    def structured(self, messages: Sequence[Message], schema: type[Schema]) -> Schema:
        """A reply of the form of `schema`: asked for in the provider's way, then as plain JSON. Raises `ModelFailed`."""
        self._check_room(messages)
        last: Schema | None = next(iter(self._waiting(lambda: self._formed(messages, schema))), None)
        if last is None:
            raise ModelFailed(f"{self.settings.name} did not reply in the form that was asked for.")
        return last

    def too_small(self) -> str:
        """That the model reads too few tokens for what it is to be asked, and what to do."""
        return (
            f"{self.settings.name} is set to read {self.window:,} tokens, too few for instructions, a question, a passage and a"
            f" reply of {self.settings.tokens:,}. Raise ADVISOR_MODEL_WINDOW to what the model reads, or lower ADVISOR_MODEL_TOKENS."
        )

    def _check_room(self, messages: Sequence[Message]) -> None:
        """Send nothing that the model could not read to its end."""
        if sum(len(text) for _, text in messages) > self.room:
            raise ModelFailed(self.too_small())

    async def _pieces(self, messages: Sequence[Message], heard: _Heard) -> AsyncIterator[str]:
        end = time.monotonic() + self.settings.deadline
        for attempt in range(self.settings.retries + 1):
            try:
                async for chunk in self.chat.astream(list(messages)):
                    heard.reason = _reason(chunk) or heard.reason
                    text = str(chunk.text)[: LONGEST - heard.characters]
                    heard.characters += len(text)
                    heard.words = heard.words or (not text.isspace() and bool(text))
                    if text:
                        yield text
                    if heard.characters >= LONGEST:
                        heard.reason = "length"
                        return
            except Exception as error:
                if heard.characters or not await self._waited(error, attempt, end):
                    raise
            else:
                return

    async def _formed(self, messages: Sequence[Message], schema: type[Schema]) -> AsyncIterator[Schema]:
        asked = list(messages)
        try:
            found = await self._again(lambda: self.chat.with_structured_output(schema).ainvoke(asked))
            if isinstance(found, schema):
                yield found
                return
        except Exception as error:
            if not malformed(error):
                raise
        asked.append(("human", f"Reply with one JSON object and nothing else: {schema.model_json_schema()}"))
        said = await self._again(lambda: self.chat.ainvoke(list(asked)))
        yield schema.model_validate_json(_json_in(str(said.text)[:LONGEST]))

    async def _again(self, request: Callable[[], Awaitable[Reply]]) -> Reply:
        """What a request gives, sent again as often as the settings allow."""
        end = time.monotonic() + self.settings.deadline
        attempt = 0
        while True:
            try:
                return await request()
            except Exception as error:
                if not await self._waited(error, attempt, end):
                    raise
                attempt += 1

    async def _waited(self, error: Exception, attempt: int, end: float) -> bool:
        """Wait as long as the server asks for; False where it is no use, or longer than the time-out or the time left."""
        pause = pause_before(error, attempt)
        patience = min(self.settings.timeout, end - time.monotonic())
        if attempt >= self.settings.retries or not may_pass(error) or pause > patience:
            return False
        import asyncio

        await asyncio.sleep(pause)
        return True

    def _waiting(self, work: Callable[[], AsyncIterator[Any]]) -> Iterator[Any]:
        """What `work` gives, awaited on the loop in the background no longer than the deadline."""
        import asyncio

        inbox: queue.Queue[tuple[str, Any]] = queue.Queue()

        async def pump() -> None:
            try:
                async for piece in work():
                    inbox.put(("piece", piece))
                inbox.put(("end", None))
            except Exception as error:  # noqa: BLE001 - the one seam: each provider's package raises its own kinds
                inbox.put(("error", error))

        end = time.monotonic() + self.settings.deadline
        task = asyncio.run_coroutine_threadsafe(pump(), _loop())
        try:
            while True:
                try:
                    kind, value = inbox.get(timeout=max(0.0, end - time.monotonic()))
                except queue.Empty:
                    raise ModelFailed(
                        f"{self.settings.name} took longer than {seconds(self.settings.deadline)} to reply."
                    ) from None
                if kind == "end":
                    return
                if kind == "error":
                    raise ModelFailed(redacted(without_login(told(value, self.settings), self.settings.url))) from None
                yield value
        finally:
            task.cancel()


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """One event loop in the background for all models, since their clients stay tied to the loop that used them first."""
    import asyncio

    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="chat models", daemon=True).start()
    return loop


def _reason(chunk: BaseMessage) -> str | None:
    """Why the model stopped, in whichever words its provider says so; None as long as it has not."""
    said = chunk.response_metadata
    reason = said.get("finish_reason") or said.get("stop_reason") or said.get("done_reason")
    if reason is None and said.get("done"):
        return "stop"
    return str(reason) if reason else None


def _json_in(said: str) -> str:
    """The JSON object in a reply, without what stands around it."""
    found = re.search(r"\{.*\}", said, re.DOTALL)
    return found[0] if found else said
