"""What may be secret in an address or in what a provider's package raised: never shown, logged or passed on."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Mapping
from urllib.parse import unquote

_SECRET = re.compile(
    r"\b(?:sk|pk|rk|lsv2|gsk|xai|hf|key)[-_][\w-]{6,}|\bAIza[\w-]{10,}|(?<=[Bb]earer )\S+"
    r"|(?i:(?<=api[-_]key)[\"']?\s*[:=]\s*[\"']?[^\s\"',}]+)|(?<=://)[^/@\s]+(?=@)"
)


def shown_address(url: str) -> str:
    """A server's address without what may be secret in it: a name and password before the last `@`, a query."""
    login = _login(url)
    return redacted(url.replace(login, "•••") if login else url)


def _login(url: str | None) -> str:
    """The `name:password` of an address, also of one that is not written as it should be."""
    before, at, _ = (url or "").rpartition("@")
    return re.sub(r"^[a-zA-Z][\w+.-]*://", "", before) if at else ""


def parted(url: str) -> tuple[str, dict[str, str]]:
    """An address without its name and password, and the header that says them: what asks an address writes it into logs."""
    login = _login(url)
    if not login:
        return url, {}
    token = base64.b64encode(unquote(login).encode()).decode()
    return url.replace(f"{login}@", "", 1), {"Authorization": f"Basic {token}"}


def without_login(text: str, url: str | None) -> str:
    """A text without the name and password of an address, whole, escaped, or as the pieces that a wrong reading leaves."""
    login = _login(url)
    password = login.partition(":")[2]
    pieces = (login, unquote(login), password, unquote(password), *re.split(r"[/?#:@\s]+", password))
    for secret in sorted((piece for piece in pieces if len(piece) >= _SHORTEST_SECRET), key=len, reverse=True):
        text = text.replace(secret, "•••")
    return text


_SHORTEST_SECRET = 3


_QUERY = re.compile(r"(://[^\s?\"']+\?)[^\s\"']+")
"""What follows an address, which may hold a token."""


def redacted(text: str, environ: Mapping[str, str] = os.environ) -> str:
    """A text without keys: what looks like one, and every value that the environment holds as one."""
    for name, value in environ.items():
        if name.endswith(("_KEY", "_TOKEN", "_SECRET")) and len(value) >= 6:
            text = text.replace(value, "•••")
    return _QUERY.sub(r"\1•••", _SECRET.sub("•••", text))
