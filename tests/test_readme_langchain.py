"""The README's LangChain example runs: the chain is a Runnable, the retriever a BaseRetriever, any chat model will do."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from langchain_core.language_models import FakeListChatModel
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from advisor.answer import Answer
from advisor.chain import build_chain
from advisor.opening import open_or_build
from advisor.settings import settle
from index.errors import AdvisorError
from index.retriever import GuideRetriever
from index.search import Index

GUIDES = Path(__file__).parent / "data" / "careers" / "arborist"
QUESTION = "Do I need a driving licence?"
SAID = "No driving licence is needed to start. [1]"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    return open_or_build(settle(GUIDES, str(tmp_path_factory.mktemp("store"))))


def test_three_lines_put_the_advisor_into_a_program(tmp_path: Path) -> None:
    index = open_or_build(settle(GUIDES, str(tmp_path)))
    chain = build_chain(index)
    answer = chain.invoke(QUESTION)

    assert SAID in answer.text
    assert answer.citations[0].path == "career-guide.md"


def test_the_chain_is_a_runnable(index: Index) -> None:
    chain = build_chain(index)
    assert isinstance(chain, Runnable)
    whole = chain.invoke(QUESTION).text
    assert [answer.text for answer in chain.batch([QUESTION, QUESTION])] == [whole, whole]
    assert asyncio.run(chain.ainvoke(QUESTION)).text == whole
    assert list(chain.stream(QUESTION))[-1].text == whole
    assert (chain | RunnableLambda(lambda answer: answer.status)).invoke(QUESTION) == "answered"

    async def streamed() -> list[Answer]:
        return [answer async for answer in chain.astream(QUESTION)]

    assert asyncio.run(streamed())[-1].text == whole


def test_a_list_of_messages_is_a_conversation(index: Index) -> None:
    assert "£33,000" in build_chain(index).invoke(["What does a qualified climber earn?", "And a team leader?"]).text


def test_messages_as_langchain_has_them_are_a_conversation_too(index: Index) -> None:
    chain = build_chain(index)
    said = [
        HumanMessage("What does a qualified climber earn?"),
        AIMessage("A lot."),
        HumanMessage("And a team leader?"),
    ]
    assert "£33,000" in chain.invoke(said).text
    assert chain.invoke(HumanMessage(QUESTION)).text == chain.invoke(QUESTION).text
    with pytest.raises(AdvisorError, match="no message of a person"):
        chain.invoke([AIMessage("A lot.")])


def test_what_was_said_before_costs_no_reply_of_a_model(index: Index) -> None:
    model = FakeListChatModel(responses=["NOTHING"] * 9)
    build_chain(index, model).invoke(["What does a qualified climber earn?", "And a team leader?", QUESTION])
    assert model.i <= 2, "at most one reply that reads the last message, and one that answers it"


def test_an_answer_grows_asynchronously_as_well(index: Index) -> None:
    chain = build_chain(index)

    async def streamed() -> list[str]:
        return [answer.text async for answer in chain.astream("What tools does an arborist use?")]

    assert asyncio.run(streamed()) == [answer.text for answer in chain.stream("What tools does an arborist use?")]


def test_the_retriever_is_a_base_retriever(index: Index) -> None:
    retriever = GuideRetriever(index=index, k=2)
    assert isinstance(retriever, BaseRetriever)
    found = retriever.invoke(QUESTION)
    assert len(found) == 2
    assert any("driving licence" in document.page_content for document in found)


def test_any_chat_model_writes_and_is_held_to_the_proof(index: Index) -> None:
    true = "You do not need a driving licence to start [1]."
    chain = build_chain(index, FakeListChatModel(responses=[f"{true} You need a pilot's licence [1].", "NOTHING"]))
    answer = chain.invoke(QUESTION)
    assert answer.text == "You do not need a driving licence to start. [1]"
    assert answer.proof is not None
    assert answer.proof.dropped == 1
