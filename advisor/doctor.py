"""`advisor doctor`: whether everything that answering needs is there, each with its remedy."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from index.errors import AdvisorError

from .settings import Settings


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is as it should be, and what was found or what to do."""

    name: str
    passed: bool
    told: str


def examine(settings: Settings, port: int) -> Iterator[Check]:
    """Every check, in the order in which a person would mend them."""
    yield _python()
    yield _weights(settings)
    yield _layers()
    yield _guides(settings)
    yield _store(settings)
    yield from _model(settings)
    yield _port(port)


def _python() -> Check:
    version = ".".join(map(str, sys.version_info[:3]))
    return Check(
        "python",
        sys.version_info >= (3, 11),
        f"{version}" if sys.version_info >= (3, 11) else f"{version} is too old; install Python 3.11 or newer.",
    )


def _weights(settings: Settings) -> Check:
    from index.embedder import check_model

    try:
        return Check("embedding model", True, check_model(settings.embedder))
    except AdvisorError as error:
        return Check("embedding model", False, str(error))


def _layers() -> Check:
    from index.reranker import RERANKER, RERANKER_SHA256
    from index.trained import QUERY_ENCODER, QUERY_ENCODER_SHA256, check_layers

    try:
        for path, expected in ((QUERY_ENCODER, QUERY_ENCODER_SHA256), (RERANKER, RERANKER_SHA256)):
            check_layers(path, expected)
    except AdvisorError as error:
        return Check("trained layers", False, str(error))
    return Check("trained layers", True, "for questions and for reranking, as shipped")


def _guides(settings: Settings) -> Check:
    from index.reading import read_folder

    try:
        library = read_folder(settings.corpus)
    except AdvisorError as error:
        return Check("guides", False, str(error))
    unread = (
        f"; {len(library.unread)} not read ({library.unread[0].path}: {library.unread[0].reason})"
        if library.unread
        else ""
    )
    return Check("guides", not library.unread, f"{len(library.guides)} in {settings.corpus}{unread}")


def _store(settings: Settings) -> Check:
    from .opening import open_existing

    try:
        opened = open_existing(settings, verify=True)
    except AdvisorError as error:
        return Check("index", False, str(error))
    return Check("index", True, f"{len(opened.passages)} passages in {settings.store}")


def _model(settings: Settings) -> Iterator[Check]:
    if settings.chat is None:
        yield Check("language model", True, "none; answers quote the guides, which needs none")
        return
    from .models.checking import check_model

    for found in check_model(settings.chat):
        yield Check(*found)


def _port(port: int) -> Check:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return Check("port", False, f"{port} is in use; start the page with --port and another number.")
    return Check("port", True, f"{port} is free")
