"""The index under LangChain's own interfaces."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda

from index.embedder import HashEncoder
from index.guide import Library
from index.retriever import EncoderEmbeddings, GuideRetriever
from index.search import Index
from index.store import build_index, open_index


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("store")


@pytest.fixture
def index(store: Path, library: Library, encoder: HashEncoder) -> Index:
    build_index(library, {}, store, encoder)
    return open_index(store, encoder)


def test_passages_come_as_documents_with_their_exact_places(index: Index) -> None:
    retriever = GuideRetriever(index=index, k=3)
    assert isinstance(retriever, BaseRetriever)
    documents = retriever.invoke("the median wage of bakers")
    assert [d.page_content for d in documents] == [hit.text for hit in index.search("the median wage of bakers", 3)]
    for document in documents:
        told = document.metadata
        assert index.guides[told["guide"]].text[told["start"] : told["end"]] == document.page_content
        assert document.id == f"{told['guide']}:{told['start']}-{told['end']}"
    best = documents[0].metadata
    assert "$36,650" in documents[0].page_content
    assert (best["path"], best["title"], best["dated"], best["section"]) == (
        "bakers.md",
        "Bakers",
        "2024",
        ["Pay"],
    )


def test_a_batch_gives_what_single_questions_give(index: Index) -> None:
    retriever = GuideRetriever(index=index)
    questions = ["How do I become a cook?", "What do bakers do?", ""]
    assert retriever.batch(questions) == [retriever.invoke(question) for question in questions]
    assert retriever.invoke("") == []


def test_the_retriever_composes_with_other_runnables(index: Index) -> None:
    def first(documents: list[Document]) -> str:
        return documents[0].page_content

    chain = GuideRetriever(index=index, k=1) | RunnableLambda(first)
    assert "Head cooks" in chain.invoke("What were head cooks paid in 2023?")


def test_an_encoder_serves_as_embeddings(encoder: HashEncoder) -> None:
    embeddings = EncoderEmbeddings(encoder)
    assert isinstance(embeddings, Embeddings)
    texts = ["bread", "soup"]
    assert np.allclose(embeddings.embed_documents(texts), encoder.encode(texts))
    assert embeddings.embed_query("bread") == embeddings.embed_documents(texts)[0]
