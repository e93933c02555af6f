"""Where an index is kept: in a folder, or on a Chroma server."""

from __future__ import annotations

import re


def is_server(store: str) -> bool:
    """Whether a store is the address of a Chroma server."""
    return bool(re.match(r"https?://", store, re.IGNORECASE))
