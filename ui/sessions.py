"""What the framework would remember of a person (the messages that it showed them), forgotten as soon as they were answered."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import gradio as gr


class Sessions:
    """A session for each request; what the framework keeps under its name goes when it ends."""

    def __init__(self) -> None:
        self._blocks: gr.Blocks | None = None
        self._open: set[str] = set()

    def watch(self, blocks: gr.Blocks) -> None:
        """The page whose sessions these are."""
        self._blocks = blocks

    @contextmanager
    def session(self) -> Iterator[str]:
        """The name of a session, until it is left."""
        name = secrets.token_hex(8)
        self._open.add(name)
        try:
            yield name
        finally:
            self._open.discard(name)
            self._forget()

    def kept(self) -> dict[str, Any]:
        """All that the framework keeps now, by session."""
        return {name: value for place in self._places() for name, value in place.items()}

    def _forget(self) -> None:
        """Forget all but those that are open: an answer that was broken off may have left something behind its end."""
        for place in self._places():
            for name in [name for name in place if name not in self._open]:
                place.pop(name, None)

    def _places(self) -> tuple[MutableMapping[str, Any], ...]:
        blocks: Any = self._blocks
        if blocks is None:
            return ()
        queue, holder = blocks._queue, blocks.state_holder
        return (
            holder.session_data,
            holder.time_last_used,
            blocks.pending_diff_streams,
            queue.pending_messages_per_session,
            queue.pending_event_ids_session,
        )
