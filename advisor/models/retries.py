"""When a request to a chat model may be sent again, and how long a server asks to be left alone before that."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime

FIRST_PAUSE = 0.5
"""Seconds before the first new attempt where the server asks for none; twice as long before each next one."""


def status_of(error: BaseException) -> int | None:
    """The HTTP status that an error of a provider's package tells; None where it tells none."""
    status = getattr(error, "status_code", None) or getattr(getattr(error, "response", None), "status_code", None)
    return status if isinstance(status, int) and status > 0 else None


def kinds_of(error: BaseException) -> frozenset[str]:
    """The names of an error's classes and of the classes of what it came from."""
    names: set[str] = set()
    seen: BaseException | None = error
    while seen is not None:
        names |= {kind.__name__ for kind in type(seen).__mro__ if kind not in (object, Exception, BaseException)}
        seen = seen.__cause__
    return frozenset(names)


def may_pass(error: BaseException) -> bool:
    """Whether the same request may succeed a moment later."""
    status = status_of(error)
    return status in (408, 409, 429) or (status is not None and status >= 500) or "ConnectError" in kinds_of(error)


def pause_before(error: BaseException, attempt: int) -> float:
    """Seconds before the next attempt: what the server asks for, else twice as long each time (`attempt` from 0)."""
    asked = asked_to_wait(error)
    return FIRST_PAUSE * 2**attempt if asked is None else asked


def asked_to_wait(error: BaseException) -> float | None:
    """Seconds that a server asks to be left alone for (Retry-After, RFC 9110: seconds or a date); None where it does not."""
    for headers in _headers(error):
        told = str(headers.get("retry-after", "")).strip()
        try:
            return max(0.0, float(told)) if told[:1].isdigit() else _until(told)
        except (ValueError, TypeError, IndexError):
            continue
    return None


def _until(date: str) -> float:
    return max(0.0, parsedate_to_datetime(date).timestamp() - time.time())


def _headers(error: BaseException) -> Iterator[Mapping[str, str]]:
    """The headers of the reply that an error tells of; some packages keep them only in what the error was raised from."""
    seen: BaseException | None = error
    for _ in range(10):
        if seen is None:
            return
        headers = getattr(getattr(seen, "response", None), "headers", None)
        if headers is not None:
            yield headers
        seen = seen.__cause__ or seen.__context__
