"""The two small libraries, and one of them indexed without weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.embedder import HashEncoder
from index.reading import read_folder
from index.search import Index
from index.store import build_index, open_index, sources_of

CAREERS = Path(__file__).parents[2] / "data" / "careers"


@pytest.fixture(scope="session")
def careers() -> Path:
    """The folder of the two small libraries."""
    return CAREERS


@pytest.fixture(scope="session")
def arborist(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """The arborist guides, indexed by words alone."""
    folder, store, encoder = CAREERS / "arborist", tmp_path_factory.mktemp("store"), HashEncoder()
    sources = sources_of(folder)
    build_index(read_folder(folder), sources, str(store), encoder)
    return open_index(str(store), encoder, sources)
