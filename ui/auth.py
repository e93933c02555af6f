"""Who may use the page: people with a user name and a password, or those whom a reverse proxy has let in.

Nothing is kept of who asked: a name opens the door and is forgotten. The health checks stay open.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from pathlib import Path

from anyio import CapacityLimiter, to_thread

from index.errors import AdvisorError

from .security import App, Receive, Scope, Send, header_of, path_of, refuse

OPEN = ("/healthz", "/readyz")
"""What answers everyone."""
LONGEST_PASSWORD = 72
"""Bytes; bcrypt reads no more."""
_NOBODY = b"$2b$12$CwTycUXWue0Thq9StjUM0uJ8QZ3bQm8ZV2sC5Gm1u3kQ0m4qYQ8e6"
"""Stands in for the hash of a name that is not known, so that both take as long."""


@dataclass(frozen=True)
class Users:
    """Names with the bcrypt hashes of their passwords, as `htpasswd -B` writes them."""

    hashes: Mapping[str, bytes]
    _key: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    _known: dict[str, bytes] = field(default_factory=dict, repr=False)
    """A digest of each password that was right, under a key of this process: bcrypt is slow, a page many requests."""

    @classmethod
    def read(cls, path: Path) -> Users:
        """A file of `name:hash` lines. Raises `AdvisorError` when it holds none, or another kind of hash."""
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise AdvisorError(
                f"The file of users {path} cannot be read ({error}). Name another with --users."
            ) from error
        users = dict(_user(line, f"{path}, line {n}") for n, line in enumerate(lines, 1) if line.strip())
        if not users:
            raise AdvisorError(f"The file of users {path} is empty. Add one: advisor password NAME >> {path}")
        return cls(users)

    def know(self, name: str, password: str) -> bool:
        """Whether this is the name's password."""
        import bcrypt

        given = password.encode()
        digest = hmac.digest(self._key, given, hashlib.sha256)
        if hmac.compare_digest(self._known.get(name, b""), digest):
            return True
        right = len(given) <= LONGEST_PASSWORD and bcrypt.checkpw(given, self.hashes.get(name, _NOBODY))
        if right and name in self.hashes:
            self._known[name] = digest
            return True
        return False


def hash_password(name: str, password: str) -> str:
    """The line of a file of users. Raises `AdvisorError` when a name or password cannot be used."""
    import bcrypt

    if not name or ":" in name or not name.isprintable():
        raise AdvisorError("A name is one or more letters, without a colon.")
    if not 8 <= len(password.encode()) <= LONGEST_PASSWORD:
        raise AdvisorError(f"A password has from 8 to {LONGEST_PASSWORD} bytes.")
    return f"{name}:{bcrypt.hashpw(password.encode(), bcrypt.gensalt()).decode()}"


class Passwords:
    """Lets in who sends a known name and its password (HTTP Basic: put it behind TLS)."""

    def __init__(self, app: App, users: Users) -> None:
        self._app = app
        self._users = users
        self._checks = CapacityLimiter(2)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _is_open(scope) or await self._known(header_of(scope, b"authorization")):
            await self._app(scope, receive, send)
        else:
            asking = (b"www-authenticate", b'Basic realm="Career Path Advisor", charset="UTF-8"')
            await refuse(send, 401, "Please sign in with your user name and password.", (asking,))

    async def _known(self, header: str) -> bool:
        kind, _, rest = header.partition(" ")
        if kind.lower() != "basic":
            return False
        try:
            name, colon, password = base64.b64decode(rest, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return False
        if not colon:
            return False
        return await to_thread.run_sync(self._users.know, name, password, limiter=self._checks)


class ProxyUser:
    """Lets in whom a reverse proxy has named in a header; the header counts only when a trusted proxy sends it."""

    def __init__(self, app: App, header: str, proxies: Iterable[str]) -> None:
        self._app = app
        self._header = header.lower().encode("latin-1")
        self._proxies = tuple(map(read_network, proxies))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _is_open(scope):
            await self._app(scope, receive, send)
        elif not self._trusted(scope):
            await refuse(send, 403, "The advisor is reached through its proxy only.")
        elif not header_of(scope, self._header).strip():
            await refuse(send, 401, "Please sign in first.")
        else:
            await self._app(scope, receive, send)

    def _trusted(self, scope: Scope) -> bool:
        client = scope.get("client")
        if not client:
            return False
        try:
            address = ip_address(client[0])
        except ValueError:
            return False
        return any(address in network for network in self._proxies)


def read_network(written: str) -> IPv4Network | IPv6Network:
    """An address or a network. Raises `AdvisorError` when it is none."""
    try:
        return ip_network(written, strict=False)
    except ValueError as error:
        raise AdvisorError(f"{written} is no address. Write one like 10.0.0.5 or a network like 10.0.0.0/8.") from error


def _is_open(scope: Scope) -> bool:
    return path_of(scope) in OPEN


def _user(line: str, where: str) -> tuple[str, bytes]:
    name, colon, hashed = line.strip().partition(":")
    if not colon or not name or not hashed.startswith(("$2a$", "$2b$", "$2y$")):
        raise AdvisorError(f"{where} is not a name and a bcrypt hash. Make one with: advisor password NAME")
    return name, hashed.encode()
