"""Plain top-k retrieval: what a reader gets without any advisor, to measure against.

The last message alone is embedded, the passages nearest to it are shown as they stand, and nothing is ever refused:
the retrieval half of the common recipe, on the same guides, passages and embedder.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.guide import Passage
from index.search import Hit, Index
from index.units import unit_spans

from ..answer import Answer, Citation, Layout, Sentence, Status
from ..conversation import Turn


@dataclass(frozen=True)
class PlainRetrieval:
    """Answers with the `k` passages of an index that are nearest in meaning."""

    index: Index
    k: int

    def ask(self, message: str, history: Sequence[Turn] = ()) -> Answer:  # noqa: ARG002 (that is the point)
        """The passages, each with its citation."""
        started = time.perf_counter()
        hits = self.search(message, self.k)
        citations = tuple(self._citation(number, hit.passage) for number, hit in enumerate(hits, 1))
        return Answer(
            question=message,
            standalone=message,
            status=Status.ANSWERED,
            sentences=tuple(sentence for c, hit in zip(citations, hits, strict=True) for sentence in _said(c, hit)),
            citations=citations,
            mode=f"top-{self.k}",
            seconds=time.perf_counter() - started,
        )

    def search(self, query: str, k: int) -> list[Hit]:
        """The `k` passages nearest in meaning, best first."""
        cosines = self.index.search_dense.cosines(self.index.encoder.encode([query])[0])
        best = np.argsort(-cosines, kind="stable")[:k]
        return [self._hit(int(position), float(cosines[position])) for position in best]

    def _hit(self, position: int, cosine: float) -> Hit:
        passage = self.index.passages[position]
        guide = self.index.guides[passage.guide]
        return Hit(passage, guide, score=cosine, dense=cosine, lexical=0.0)

    def _citation(self, number: int, passage: Passage) -> Citation:
        guide = self.index.guides[passage.guide]
        return Citation(
            number=number,
            guide=guide.id,
            title=guide.title,
            section=passage.section,
            path=guide.path,
            start=passage.start,
            end=passage.end,
            quote=passage.span.of(guide.text),
            url=guide.url,
            dated=guide.dated,
            country=guide.country,
        )


def _said(citation: Citation, hit: Hit) -> Iterator[Sentence]:
    """The passage sentence by sentence, each with its citation."""
    for position, span in enumerate(unit_spans(hit.guide, hit.passage)):
        layout = Layout.TEXT if position else Layout.PARAGRAPH
        yield Sentence(" ".join(span.of(hit.guide.text).split()), (citation.number,), layout)
