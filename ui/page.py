"""The page: a chat over the guides. Its handlers turn what a person does into a call of the advisor, and show the answer."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import Any, NamedTuple

import gradio as gr

from advisor.chain import MAX_MESSAGE, Turn
from advisor.profile import Profile
from index.errors import AdvisorError

from . import memory
from .answering import Answering
from .answers import to_markdown, to_notice, to_status
from .gate import Busy
from .logs import SORRY, FaultError, log_fault
from .memory import Conversation

TITLE = "Career Path Advisor"
_HEADER = """<h1><a href="./" title="Career Path Advisor, start">Career Path Advisor</a></h1>
<nav><a href="#you">You</a><a href="#roadmap">Roadmap</a><a href="#figures">Figures</a><a href="#guides">Guides</a><a href="#history">History</a></nav>
<a href="#new" role="button" class="new">New</a>"""
_WELCOME = """<h2>What would you like to know about a career?</h2>
<p>Ask in your own words, and tell me about yourself if you like. Each number in an answer opens the passage it comes from;
what the guides do not say, I will not guess.</p>"""
_MARKUP = re.compile(
    r"[\\`*_\[\]<>#|~&$!]|:(?=//)|(?<=www)\.|@|^[-+=](?=\s|[-+=])|(?<=^\d)[.)]|(?<=^\d\d)[.)]", re.MULTILINE
)

A_BLINK = 0.08
"""Seconds."""

AN_OPENING = 200
"""Characters that are shown of a message that is too long."""

Shown = tuple[Any, ...]
"""New values of the chat, the question box, the draft, the memory and the person."""
Answers = AsyncGenerator[Shown]


class Parts(NamedTuple):
    """The components that events join."""

    chat: gr.Chatbot
    question: gr.Textbox
    draft: gr.Textbox
    kept: gr.Textbox
    person: gr.Textbox
    restore: gr.Button
    retry: gr.Button


class Handlers:
    """What happens when a person asks, stops, retries, edits, picks a suggestion, or comes back."""

    def __init__(self, answering: Answering) -> None:
        self._answering = answering

    async def ask(self, message: str, kept: str, person: str) -> Answers:
        """Answer what was typed; an empty box asks nothing."""
        if not message.strip():
            yield self._settled(self._load(kept))
            return
        async for shown in self._answer(self._load(kept), message, person):
            yield shown

    async def example(self, kept: str, person: str, chosen: gr.SelectData) -> Answers:
        """Answer an example question."""
        async for shown in self._answer(self._load(kept), str(chosen.value["text"]), person):
            yield shown

    async def suggestion(self, kept: str, person: str, chosen: gr.SelectData) -> Answers:
        """Answer a suggested question."""
        async for shown in self._answer(self._load(kept), str(chosen.value), person):
            yield shown

    async def retry(self, kept: str, person: str) -> Answers:
        """Answer the last message again."""
        conversation = self._load(kept)
        if conversation.turns:
            *before, last = conversation.turns
            async for shown in self._answer(conversation.before(len(before)), last.message, person):
                yield shown

    async def edit(self, kept: str, person: str, edited: gr.EditData) -> Answers:
        """Answer a message in its new words; what followed it stays in a conversation of its own, as it was."""
        place = edited.index if isinstance(edited.index, int) else edited.index[0]
        conversation, message = self._load(kept), str(edited.value)
        if not message.strip():
            yield self._settled(conversation)
            return
        async for shown in self._answer(conversation.changed_at(place // 2), message, person):
            yield shown

    def stop(self, kept: str, draft: str, typed: str) -> Shown:
        """Keep what was said until now; a question that has no answer yet goes back into its box, if that is empty."""
        conversation, begun = self._load(kept), self._load(draft)
        if asked := memory.load_asked(draft)[:MAX_MESSAGE]:
            before = [*self._messages(conversation.turns), _said(asked)]
            return self._unanswered(before, typed.strip() or asked, "Stopped", "You stopped before the first words.")
        for turn, name in zip(begun.turns, begun.names, strict=True):
            conversation = conversation.with_turn(turn, name)
        return self._settled(conversation)

    def restore(self, kept: str) -> Shown:
        """Show the conversation that the browser kept; what is typed meanwhile stays."""
        return self._settled(self._load(kept))

    async def _answer(self, conversation: Conversation, message: str, person: str) -> Answers:
        """The answer as it grows; between question and answer, what the message told about the person is noted."""
        if len(message) > MAX_MESSAGE:
            before = [*self._messages(conversation.turns), _said(f"{message[:AN_OPENING]} …")]
            yield self._unanswered(before, message, "That is too long", _too_long(message))
            return
        before = [*self._messages(conversation.turns), _said(message)]
        status = "Waiting for a free place …" if self._answering.gate.full else "Reading the guides …"
        waiting = [*before, _told(to_status(status))]
        yield waiting, _asked(), memory.dump_asked(message), memory.dump(conversation), gr.skip()
        known = memory.load_profile(person)
        turn, told, name = None, "", memory.new_name()
        try:
            async with aclosing(self._growing(conversation, message, known)) as growing:
                async for turn, told in growing:
                    draft = memory.dump(Conversation(conversation.id).with_turn(turn, name))
                    yield [*before, _told(self._markdown(turn, conversation))], gr.skip(), draft, gr.skip(), told
        except Busy as busy:
            yield self._unanswered(before, message, "Busy", str(busy))
        except AdvisorError as error:
            yield self._unanswered(before, message, "That did not work", str(error))
        except FaultError as fault:
            log_fault(fault)
            yield self._unanswered(before, message, "That did not work", SORRY)
        else:
            *shown, _ = self._settled(conversation.with_turn(turn, name) if turn else conversation)
            yield *shown, told or gr.skip()
            if turn:
                await self._answering.note(message, turn.answer, known)

    async def _growing(
        self, conversation: Conversation, message: str, known: Profile
    ) -> AsyncGenerator[tuple[Turn, str]]:
        """The turn as it grows, with what is known about the person, for the browser to keep.

        What follows within `A_BLINK` is shown with what comes after it: nobody sees more, and drawing is work.
        """
        learned = [known]
        shown_at, last = 0.0, None
        answers = self._answering.stream(message, conversation.turns, known, learned=learned.append)
        async with aclosing(answers):
            async for answer in answers:
                last = Turn(answer.question, answer), memory.dump_profile(learned[-1], known)
                if time.perf_counter() - shown_at >= A_BLINK:
                    yield last
                    last, shown_at = None, time.perf_counter()
        if last is not None:
            yield last

    def _markdown(self, turn: Turn, conversation: Conversation) -> str:
        return to_markdown(turn.answer, understood=bool(conversation.turns))

    def _unanswered(self, before: Sequence[dict[str, Any]], message: str, what: str, why: str) -> Shown:
        return [*before, _told(to_notice(what, _plain(why)))], _ready_again(message), "", gr.skip(), gr.skip()

    def _settled(self, conversation: Conversation) -> Shown:
        shown = self._messages(conversation.turns)
        return shown, _ready(), "", memory.dump(conversation), gr.skip()

    def _messages(self, turns: Sequence[Turn]) -> list[dict[str, Any]]:
        """For each turn what was said and what was told; the last with what to ask next."""
        shown: list[dict[str, Any]] = []
        for number, turn in enumerate(turns):
            last = number == len(turns) - 1
            told = to_markdown(
                turn.answer, understood=number > 0, number=number, last=last, rated=self._answering.feedback is not None
            )
            shown += [_said(turn.message), _told(told)]
        if turns:
            shown[-1]["options"] = [{"value": asked, "label": asked} for asked in turns[-1].answer.suggestions]
        return shown

    def _load(self, kept: str) -> Conversation:
        return memory.load(kept, self._answering.engine.index.guides)


def build(answering: Answering, *, most: int) -> gr.Blocks:
    """The page's components and what happens between them; where no feedback is kept there are no thumbs.

    `most` bounds the requests that the framework takes on at once; who is answered, waits or is sent away is decided by
    the gate of `answering`.
    """
    handlers = Handlers(answering)
    blocks: gr.Blocks = gr.Blocks(title=TITLE, fill_height=True, fill_width=True, analytics_enabled=False)
    blocks.max_threads = most
    with blocks:
        gr.Markdown(_HEADER, elem_id="masthead")
        chat = gr.Chatbot(
            label="Conversation",
            show_label=False,
            elem_id="chat",
            height="100%",
            placeholder=_WELCOME,
            examples=[{"text": question} for question in answering.engine.examples()[:6]],
            editable="user",
            buttons=[],
            layout="bubble",
            latex_delimiters=[],
            allow_tags=False,
            group_consecutive_messages=False,
            autoscroll=False,
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
        person = gr.Textbox(visible="hidden", elem_id="person", label="Profile kept in this browser")
        restore = gr.Button("Restore", visible="hidden", elem_id="restore")
        retry = gr.Button("Try again", visible="hidden", elem_id="retry")
        _connect(handlers, Parts(chat, question, draft, kept, person, restore, retry))
    blocks.queue(default_concurrency_limit=most, max_size=most, api_open=False)
    return blocks


def _connect(handlers: Handlers, parts: Parts) -> None:
    chat, question, draft, kept, person, restore, retry = parts
    outputs = [chat, question, draft, kept, person]
    quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    told: dict[str, Any] = {"api_visibility": "private", "show_progress": "minimal", "show_progress_on": [chat]}
    asking = [
        question.submit(handlers.ask, [question, kept, person], outputs, **told),
        chat.example_select(handlers.example, [kept, person], outputs, **told),
        chat.option_select(handlers.suggestion, [kept, person], outputs, **told),
        retry.click(handlers.retry, [kept, person], outputs, **told),
        chat.edit(handlers.edit, [kept, person], outputs, **told),
    ]
    question.stop(handlers.stop, [kept, draft, question], outputs, cancels=list(asking), queue=False, **quiet)
    restore.click(handlers.restore, [kept], outputs, queue=False, **quiet)


def theme() -> gr.Theme:
    """System fonts and quiet colours; the rest is in the style sheet."""
    return gr.themes.Base(
        primary_hue="teal",
        neutral_hue="stone",
        font=["system-ui", "sans-serif"],
        font_mono=["ui-monospace", "monospace"],
    )


def styles(root_path: str = "") -> str:
    """The page's own looks, which follow the framework's."""
    base = _assets(root_path)
    return f'<link rel="stylesheet" href="{base}/style.css"><link rel="stylesheet" href="{base}/panel.css">'


def script(root_path: str = "", *, uploads: bool = False, feedback: bool = False) -> str:
    """The page's own behaviour, which comes before the framework's.

    `uploads` shows where own guides are added, `feedback` tells that unanswered questions are noted.
    """
    return (
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">'
        f'<meta name="advisor-uploads" content="{"on" if uploads else "off"}">'
        f'<meta name="advisor-feedback" content="{"on" if feedback else "off"}">'
        f'<script type="module" src="{_assets(root_path)}/main.js"></script>'
    )


def _assets(root_path: str) -> str:
    return f"{root_path.rstrip('/')}/assets/advisor"


def _said(message: str) -> dict[str, Any]:
    return {"role": "user", "content": _plain(message)}


def _told(markdown: str) -> dict[str, Any]:
    return {"role": "assistant", "content": markdown}


def _plain(message: str) -> str:
    """A person's words as Markdown; `assets/editing.js` takes the backslashes away again where they are changed."""
    lines = (line.strip() for line in message.splitlines())
    return _MARKUP.sub(lambda match: f"\\{match[0]}", "\n".join(lines))


def _too_long(message: str) -> str:
    return (
        f"Your message has {len(message):,} characters; I can read {MAX_MESSAGE:,} at once. It is still in the box:"
        " please shorten it, or send it in parts."
    )


def _asked() -> Any:
    return gr.update(value="", submit_btn=False, stop_btn="Stop")


def _ready() -> Any:
    return gr.update(submit_btn="Send", stop_btn=False)


def _ready_again(message: str = "") -> Any:
    return gr.update(value=message, submit_btn="Send", stop_btn=False) if message else _ready()
