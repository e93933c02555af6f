"""The tools as a program meets them: it starts `advisor mcp` and speaks with it over standard input and output."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
import pytest

pytest.importorskip("mcp")

from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult, TextContent

CAREERS = Path(__file__).parents[1] / "data" / "careers"


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> StdioServerParameters:
    """The command over the guides of piano tuners, with an index of its own."""
    place = tmp_path_factory.mktemp("mcp")
    arguments = ["-m", "advisor", "mcp", "--corpus", str(CAREERS / "piano-tuner"), "--store", str(place / "store")]
    return StdioServerParameters(command=sys.executable, args=arguments, env=dict(os.environ))


def talk(command: StdioServerParameters, work: Callable[[Client], Awaitable[None]]) -> None:
    async def run() -> None:
        async with Client(command) as client:
            await work(client)

    anyio.run(run)


async def call(client: Client, tool: str, **given: Any) -> dict[str, Any]:
    result = await client.call_tool(tool, given)
    assert not result.is_error, result.content
    content: dict[str, Any] | None = result.structured_content
    assert content is not None
    return content


def told(result: CallToolResult) -> str:
    (words,) = result.content
    assert isinstance(words, TextContent)
    return words.text


def test_the_tools_are_listed_with_what_they_take(command: StdioServerParameters) -> None:
    async def work(client: Client) -> None:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
        assert set(tools) == {"ask", "search", "roadmap"}
        assert set(tools["ask"].input_schema["properties"]) == {"question", "before", "about"}
        assert all(tool.description and tool.annotations and tool.annotations.read_only_hint for tool in tools.values())

    talk(command, work)


def test_an_answer_comes_with_quotes_that_stand_at_their_places(command: StdioServerParameters) -> None:
    async def work(client: Client) -> None:
        answer = await call(client, "ask", question="How much does an employed tuner earn?")
        assert answer["citations"]
        for cited in answer["citations"]:
            text = (CAREERS / "piano-tuner" / cited["path"]).read_text("utf-8")
            assert text[cited["start"] : cited["end"]] == cited["quote"]
        follow_up = await call(
            client, "ask", question="And a trainee?", before=["How much does an employed tuner earn?"]
        )
        assert follow_up["standalone"] != follow_up["question"]

    talk(command, work)


def test_passages_and_a_roadmap_are_given(command: StdioServerParameters) -> None:
    async def work(client: Client) -> None:
        found = await call(client, "search", query="electronic tuning device", k=2)
        assert len(found["hits"]) == 2
        planned = await call(client, "roadmap", goal="piano tuner", about="I play the piano and left school at 18.")
        assert planned["goal"] == "piano tuner"
        assert planned["steps"] or planned["gaps"]

    talk(command, work)


def test_what_is_out_of_bounds_is_told_and_the_server_goes_on(command: StdioServerParameters) -> None:
    async def work(client: Client) -> None:
        result = await client.call_tool("ask", {"question": "x" * 3_000})
        assert result.is_error
        assert told(result) == "question: String should have at most 2000 characters."
        missing = await client.call_tool("search", {"k": 99})
        assert told(missing) == "query: Field required. k: Input should be less than or equal to 50."
        assert (await call(client, "search", query="tuning"))["hits"]

    talk(command, work)
