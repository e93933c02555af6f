"""The guides that the data speaks of, as one index: the invented ones and the pages that are given, side by side."""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from advisor.opening import open_or_build
from advisor.settings import settle
from index.errors import GuidesError
from index.guide import Span
from index.search import Index

from .data import GUIDES, Place, guide_names


def open_library(pages: Path, work: Path) -> Index:
    """The index of all guides, built in `work` the first time. Raises `GuidesError` where pages are missing."""
    guides = work / "guides"
    guides.mkdir(parents=True, exist_ok=True)
    for name in sorted(guide_names()):
        source = next((folder / name for folder in (GUIDES, pages) if (folder / name).is_file()), None)
        if source is None:
            raise GuidesError(
                f"{name} is missing in {pages}. scripts/training/README.md says where the pages come from."
            )
        shutil.copyfile(source, guides / name)
    return open_or_build(settle(guides, str(work / "store")))


class Places:
    """Finds the units of an index that hold what the data quotes."""

    def __init__(self, index: Index) -> None:
        self._guides = {guide.path: guide for guide in index.guides.values()}
        self._units: dict[str, list[tuple[Span, int]]] = defaultdict(list)
        for number, unit in enumerate(index.units):
            self._units[index.passages[unit.passage].guide].append((unit.span, number))

    def guide(self, name: str) -> str:
        """The id of the guide in a file."""
        return self._guides[name].id

    def units(self, name: str, places: Iterable[Place]) -> list[int]:
        """The numbers of the units that hold these places, each once; a heading is in none, nor is what is not there."""
        found = (self._unit(name, place) for place in places)
        return list(dict.fromkeys(number for number in found if number is not None))

    def _unit(self, name: str, place: Place) -> int | None:
        start = self.start(name, place)
        units = self._units[self.guide(name)]
        return next((number for span, number in units if span.start <= start < span.end), None)

    def start(self, name: str, place: Place) -> int:
        """Where the quote begins: at its offset, else where it is first found; -1 where the page does not have it."""
        text = self._guides[name].text
        return place.start if text.startswith(place.quote, place.start) else text.find(place.quote)
