"""The index as a LangChain retriever: passages as documents, with what a citation needs in their metadata."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from .embedder import Encoder
from .search import Hit, Index


class GuideRetriever(BaseRetriever):
    """Finds the `k` best passages of an open index."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: Any
    """An `Index`."""
    k: int = 5

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002
    ) -> list[Document]:
        opened: Index = self.index
        return [_document(hit) for hit in opened.search(query, self.k)]


def _document(hit: Hit) -> Document:
    guide = hit.guide
    told = {name: value for name, value in hit.to_json().items() if name != "text"}
    about = {"title": guide.title, "url": guide.url, "dated": guide.dated, "country": guide.country}
    return Document(
        id=f"{guide.id}:{hit.passage.start}-{hit.passage.end}", page_content=hit.text, metadata=told | about
    )


class EncoderEmbeddings(Embeddings):
    """An encoder as LangChain's `Embeddings`, for its vector stores."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """One vector for each text."""
        vectors: list[list[float]] = self.encoder.encode(texts).tolist()
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """The vector of one text."""
        return self.embed_documents([text])[0]
