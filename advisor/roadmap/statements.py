"""What the guides of one index state on schooling, credentials, time and money, found once for each guide."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from index.figures import Figure
from index.guide import Span
from index.search import Floats, Index

from .asking import Asked, credentials, schooling
from .routes import Stage
from .taking import Unit, costs, times


class Statements:
    """The units of each guide, and what they state; worked out when first asked for, then kept."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._times: dict[str, tuple[tuple[Unit, Figure], ...]] = {}
        self._costs: dict[str, tuple[tuple[Unit, Figure], ...]] = {}
        self._asked: dict[str, tuple[Asked, ...]] = {}
        self._credentials: dict[str, tuple[Asked, ...]] = {}

    @cached_property
    def _units(self) -> dict[str, list[Unit]]:
        units: dict[str, list[Unit]] = {guide: [] for guide in self.index.guides}
        for unit in self.index.units:
            passage = self.index.passages[unit.passage]
            units[passage.guide].append((self.index.guides[passage.guide], passage, unit.span))
        return units

    @cached_property
    def _rows(self) -> dict[tuple[str, Span], int]:
        passages = self.index.passages
        return {(passages[unit.passage].guide, unit.span): row for row, unit in enumerate(self.index.units)}

    def units(self, guide: str) -> Sequence[Unit]:
        """The units of a guide, in order."""
        return self._units[guide]

    def times(self, guide: str) -> tuple[tuple[Unit, Figure], ...]:
        """Its units that say how long something takes."""
        if guide not in self._times:
            self._times[guide] = tuple(times(self._units[guide]))
        return self._times[guide]

    def costs(self, guide: str) -> tuple[tuple[Unit, Figure], ...]:
        """Its units that say what something costs."""
        if guide not in self._costs:
            self._costs[guide] = tuple(costs(self._units[guide]))
        return self._costs[guide]

    def schooling(self, guide: str) -> tuple[Asked, ...]:
        """Its units that ask for a level of schooling."""
        if guide not in self._asked:
            self._asked[guide] = tuple(schooling(self._units[guide]))
        return self._asked[guide]

    def credentials(self, guide: str) -> tuple[Asked, ...]:
        """Its units that say how strongly a credential is asked for."""
        if guide not in self._credentials:
            self._credentials[guide] = tuple(credentials(self._units[guide]))
        return self._credentials[guide]

    def vector(self, guide: str, span: Span) -> Floats:
        """The embedding of a unit; zeros for what is none."""
        row = self._rows.get((guide, span))
        return (
            np.zeros(self.index.unit_vectors.shape[1], dtype=np.float32)
            if row is None
            else np.asarray(self.index.unit_vectors[row], dtype=np.float32)
        )

    def nearest(self, vector: Floats, stage: Stage) -> float:
        """The cosine of a text with the unit of a step that is nearest to it."""
        return max((float(vector @ self.vector(stage.guide.id, span)) for _, span in stage.own), default=0.0)

    def gist(self, stages: Sequence[Stage]) -> Floats:
        """[stages, dimension] What each step is about: the mean of its first three units."""
        means = [
            np.sum([self.vector(s.guide.id, span) for _, span in s.own[:3]] or [self.vector("", s.title)], axis=0)
            for s in stages
        ]
        rows = np.asarray(means, dtype=np.float32)
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)
