"""The advisor as tools that other programs call over the Model Context Protocol: ask, search and roadmap.

It holds nothing of a person: what a program knows about whom it asks for, it sends along with each call.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated, Any

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, InputRequiredResult, ToolAnnotations
from pydantic import Field, ValidationError

from index.errors import AdvisorError

from .answer import Answer
from .chain import MAX_MESSAGE, Turn
from .counsel import Counsel
from .profile import Profile

INSTRUCTIONS = """Answers about careers from a library of guides. Every claim carries a numbered citation: the guide, the
place in it, and the quote that stands there word for word. Show the citations with the claims. A status of not_in_guides
means that the guides do not say; do not fill it in."""
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_Text = Annotated[str, Field(max_length=MAX_MESSAGE)]
_About = Annotated[
    str, Field(max_length=MAX_MESSAGE, description="The person in their own words, as far as they told; may be empty.")
]


class Tools(MCPServer):
    """Tells what is wrong with a call in a sentence."""

    async def call_tool(
        self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """Raises `ToolError` where the arguments cannot be used, without what was sent."""
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if isinstance(error.__cause__, ValidationError):
                raise ToolError(_wrong(error.__cause__)) from error
            raise


def _wrong(error: ValidationError) -> str:
    """What is wrong with each argument, and where."""
    found = error.errors(include_url=False, include_input=False)
    return " ".join(f"{'.'.join(map(str, one['loc'])) or 'The call'}: {one['msg']}." for one in found)


def build_server(counsel: Counsel) -> MCPServer:
    """The tools over one index."""
    server = Tools(
        "career-path-advisor", instructions=INSTRUCTIONS, version=version("career-path-advisor"), log_level="ERROR"
    )

    @server.tool(title="Ask the guides", annotations=_READS)
    def ask(question: _Text, before: list[_Text] | None = None, about: _About = "") -> dict[str, Any]:
        """Answer a question about a career from the guides, with its citations.

        `before` are the earlier messages of the conversation, oldest first, so that follow-ups are understood.
        """
        return _told(lambda: _answer(counsel, question, before or [], about).to_json())

    @server.tool(title="Search the guides", annotations=_READS)
    def search(query: _Text, k: Annotated[int, Field(ge=1, le=50)] = 5) -> dict[str, Any]:
        """Find the passages of the guides that are nearest to a query, with their places and scores."""
        return _told(lambda: {"hits": [hit.to_json() for hit in counsel.index.search(query, k)]})

    @server.tool(title="Plan a way", annotations=_READS)
    def roadmap(
        goal: Annotated[str, Field(max_length=200, description="What the person wants to become.")] = "",
        about: _About = "",
    ) -> dict[str, Any]:
        """Lay out the steps to a career goal for one person: done, next or later, each with its citations."""
        return _told(lambda: counsel.plan(counsel.read_profile(about, Profile()), goal or None).to_json())

    return server


def _answer(counsel: Counsel, question: str, before: list[str], about: str) -> Answer:
    known = counsel.read_profile(about, Profile())
    history: tuple[Turn, ...] = ()
    for message in before[-10:]:
        history = (*history, Turn(message, counsel.ask(message, history, known)))
        known = counsel.read_profile(message, known)
    return counsel.ask(question, history, known)


def _told(work: Any) -> dict[str, Any]:
    """What the work gives; trouble that can be mended is told to the caller in its sentence."""
    try:
        result: dict[str, Any] = work()
    except AdvisorError as error:
        raise ToolError(str(error)) from error
    return result
