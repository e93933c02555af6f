"""The page: a chat over the guides. Its handlers turn what a person does into a call of the advisor, and show the answer."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any, NamedTuple

import gradio as gr
from anyio import CapacityLimiter, to_thread

from advisor.answer import Answer
from advisor.chain import MAX_MESSAGE, Turn
from advisor.feedback import FeedbackLog, Verdict
from index.errors import AdvisorError

from . import memory
from .answers import to_markdown
from .engine import Engine
from .memory import Conversation

TITLE = "Career Path Advisor"
_HEADER = """<h1>Career Path Advisor</h1>
<nav><a href="#new" role="button">New</a><a href="#history" role="button">History</a><a href="#guides">Guides</a><a href="#figures">Figures</a></nav>"""
_WELCOME = """<h2>What would you like to know about a career?</h2>
<p>Ask in your own words. Each number in an answer opens the passage it comes from; what the guides do not say, I will not
guess.</p>"""
_VERDICTS = {
    "Like": Verdict.UP,
    "Dislike": Verdict.DOWN,
    "Wrong source": Verdict.WRONG_SOURCE,
    "Out of date": Verdict.OUT_OF_DATE,
    "Not what I asked": Verdict.NOT_WHAT_I_ASKED,
    "Other": Verdict.OTHER,
}
_MARKUP = re.compile(
    r"[\\`*_\[\]<>#|~&$!]|:(?=//)|(?<=www)\.|@|^[-+=](?=\s|[-+=])|(?<=^\d)[.)]|(?<=^\d\d)[.)]", re.MULTILINE
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")

Shown = tuple[Any, ...]
"""New values of the chat, the question box, the draft and the memory."""


class Parts(NamedTuple):
    """The components that events join."""

    chat: gr.Chatbot
    question: gr.Textbox
    draft: gr.Textbox
    kept: gr.Textbox
    restore: gr.Button


class Handlers:
    """What happens when a person asks, stops, retries, edits, picks a suggestion, or comes back."""

    def __init__(self, advisor: Engine, feedback: FeedbackLog | None, at_once: int) -> None:
        self._advisor = advisor
        self._feedback = feedback
        self._limiter = CapacityLimiter(at_once)

    async def ask(self, message: str, kept: str) -> AsyncIterator[Shown]:
        """Answer what was typed."""
        async for shown in self._answer(self._load(kept), message):
            yield shown

    async def example(self, kept: str, chosen: gr.SelectData) -> AsyncIterator[Shown]:
        """Answer an example question."""
        async for shown in self._answer(self._load(kept), str(chosen.value["text"])):
            yield shown

    async def suggestion(self, kept: str, chosen: gr.SelectData) -> AsyncIterator[Shown]:
        """Answer a suggested question."""
        async for shown in self._answer(self._load(kept), str(chosen.value)):
            yield shown

    async def retry(self, kept: str) -> AsyncIterator[Shown]:
        """Answer the last message again."""
        conversation = self._load(kept)
        if conversation.turns:
            *before, last = conversation.turns
            async for shown in self._answer(conversation.before(len(before)), last.message):
                yield shown

    async def edit(self, kept: str, edited: gr.EditData) -> AsyncIterator[Shown]:
        """Answer an earlier message in its new words; what followed it falls away."""
        place = edited.index if isinstance(edited.index, int) else edited.index[0]
        message = _ESCAPED.sub(r"\1", str(edited.value))
        async for shown in self._answer(self._load(kept).before(place // 2), message):
            yield shown

    def stop(self, kept: str, draft: str) -> Shown:
        """Keep what was said until now."""
        conversation, begun = self._load(kept), self._load(draft)
        for turn in begun.turns:
            conversation = conversation.with_turn(turn)
        return self._settled(conversation)

    def restore(self, kept: str) -> Shown:
        """Show the conversation that the browser kept."""
        return self._settled(self._load(kept))

    def failed(self, kept: str) -> Shown:
        """Say that the last question met a fault of ours, and be ready for the next."""
        sorry = _told("**That did not work.** Your conversation is safe; please try again.")
        ready = gr.update(submit_btn="Send", stop_btn=False)
        return [*_messages(self._load(kept).turns), sorry], ready, "", gr.skip()

    def rate(self, kept: str, rated: gr.LikeData) -> None:
        """Keep a thumb and its reason."""
        place = rated.index if isinstance(rated.index, int) else rated.index[0]
        turns = self._load(kept).turns
        if self._feedback and place // 2 < len(turns):
            told = rated.liked if isinstance(rated.liked, str) else ("Like" if rated.liked else "Dislike")
            self._feedback.add(_VERDICTS.get(told, Verdict.OTHER), turns[place // 2].answer)
            gr.Info("Thank you. Your feedback is kept on this server only.", duration=4)

    async def _answer(self, conversation: Conversation, message: str) -> AsyncIterator[Shown]:
        before = [*_messages(conversation.turns), _said(message[:MAX_MESSAGE])]
        yield before, gr.update(value="", submit_btn=False, stop_btn="Stop"), "", memory.dump(conversation)
        turn: Turn | None = None
        try:
            async for answer in self._in_thread(self._advisor.stream(message, conversation.turns)):
                turn = Turn(answer.question, answer)
                shown = to_markdown(answer, understood=bool(conversation.turns))
                draft = memory.dump(Conversation(conversation.id, (turn,)))
                yield [*before, _told(shown)], gr.skip(), draft, gr.skip()
        except AdvisorError as error:
            yield [*before, _told(f"**That did not work.** {_plain(str(error))}")], _ready(message), "", gr.skip()
            return
        yield self._settled(conversation.with_turn(turn) if turn else conversation)

    async def _in_thread(self, answers: Iterator[Answer]) -> AsyncIterator[Answer]:
        """The answers, each made in a thread that a person who stops need not wait for."""
        while (
            answer := await to_thread.run_sync(next, answers, None, abandon_on_cancel=True, limiter=self._limiter)
        ) is not None:
            yield answer

    def _settled(self, conversation: Conversation) -> Shown:
        return _messages(conversation.turns), _ready(), "", memory.dump(conversation)

    def _load(self, kept: str) -> Conversation:
        return memory.load(kept, self._advisor.index.guides)


def build(advisor: Engine, feedback: FeedbackLog | None = None, *, at_once: int = 40, waiting: int = 80) -> gr.Blocks:
    """The page's components and what happens between them."""
    handlers = Handlers(advisor, feedback, at_once)
    blocks: gr.Blocks = gr.Blocks(title=TITLE, fill_height=True, fill_width=True, analytics_enabled=False)
    with blocks:
        gr.Markdown(_HEADER, elem_id="masthead")
        chat = gr.Chatbot(
            label="Conversation",
            show_label=False,
            elem_id="chat",
            height="100%",
            placeholder=_WELCOME,
            examples=[{"text": question} for question in advisor.examples()[:6]],
            editable="user",
            buttons=[],
            layout="bubble",
            latex_delimiters=[],
            allow_tags=False,
            group_consecutive_messages=False,
            feedback_options=list(_VERDICTS),
        )
        question = gr.Textbox(
            label="Your question",
            show_label=False,
            elem_id="question",
            placeholder="Ask about a career …",
            submit_btn="Send",
            stop_btn=False,
            max_lines=8,
            autofocus=True,
            html_attributes=gr.InputHTMLAttributes(enterkeyhint="send"),
        )
        draft = gr.Textbox(visible="hidden", elem_id="draft", label="Answer in progress")
        kept = gr.Textbox(visible="hidden", elem_id="memory", label="Conversation kept in this browser")
        restore = gr.Button("Restore", visible="hidden", elem_id="restore")
        _connect(handlers, Parts(chat, question, draft, kept, restore), rated=feedback is not None)
    blocks.queue(default_concurrency_limit=at_once, max_size=waiting, api_open=False)
    return blocks


def _connect(handlers: Handlers, parts: Parts, *, rated: bool) -> None:
    chat, question, draft, kept, restore = parts
    outputs = [chat, question, draft, kept]
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    told: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal", "show_progress_on": [chat]}
    asking = [
        question.submit(handlers.ask, [question, kept], outputs, **told),
        chat.example_select(handlers.example, [kept], outputs, **told),
        chat.option_select(handlers.suggestion, [kept], outputs, **told),
        chat.retry(handlers.retry, [kept], outputs, **told),
        chat.edit(handlers.edit, [kept], outputs, **told),
    ]
    for event in asking:
        event.failure(handlers.failed, [kept], outputs, queue=False, **quiet)
    question.stop(handlers.stop, [kept, draft], outputs, cancels=list(asking), queue=False, **quiet)
    restore.click(handlers.restore, [kept], outputs, queue=False, **quiet)
    if rated:
        chat.like(handlers.rate, [kept], None, **quiet)


def theme() -> gr.Theme:
    """System fonts and quiet colours; the rest is in the style sheet."""
    return gr.themes.Base(
        primary_hue="teal",
        neutral_hue="stone",
        font=["system-ui", "sans-serif"],
        font_mono=["ui-monospace", "monospace"],
    )


def head(root_path: str = "") -> str:
    """The page's own style and behaviour."""
    base = f"{root_path.rstrip('/')}/assets/advisor"
    return (
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">'
        f'<link rel="stylesheet" href="{base}/style.css"><script type="module" src="{base}/main.js"></script>'
    )


def _messages(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """The chat's messages: for each turn what was said and what was told; the last with what to ask next."""
    shown: list[dict[str, Any]] = []
    for number, turn in enumerate(turns):
        shown += [_said(turn.message), _told(to_markdown(turn.answer, understood=number > 0, number=number))]
    if turns:
        shown[-1]["options"] = [{"value": asked, "label": asked} for asked in turns[-1].answer.suggestions]
    return shown


def _said(message: str) -> dict[str, Any]:
    return {"role": "user", "content": _plain(message)}


def _told(markdown: str) -> dict[str, Any]:
    return {"role": "assistant", "content": markdown}


def _plain(message: str) -> str:
    """A person's words, with no more backslashes than needed: they see them when they edit."""
    lines = (line.strip() for line in message.splitlines())
    return _MARKUP.sub(lambda match: f"\\{match[0]}", "\n".join(lines))


def _ready(message: str = "") -> Any:
    return gr.update(value=message, submit_btn="Send", stop_btn=False)
