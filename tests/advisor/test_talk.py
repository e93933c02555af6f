"""Small talk is answered as talk; what asks for something never is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.talk import small_talk

from .test_question import KINDS

TALK = {
    "hello": ["hi", "Hello!", "hey there", "Good morning", "HELLO...", "hi, how are you?", "  Hiya  "],
    "ready to help": ["How are you?", "how's it going", "How’s it going?"],
    "welcome": ["Thanks!", "thank you so much", "ok, thanks", "Thank you, that helps", "Thanks for the help"],
    "next": ["ok", "Great!", "I see", "got it", "cool, thanks"],
    "goodbye": ["bye", "Goodbye!", "see you later", "Take care"],
    "career path advisor": ["Who are you?", "are you a robot?", "What is your name?"],
    "own words": ["What can you do?", "help", "Can you help me?", "how do you work?", "What can I ask you?"],
    "heavy": ["I feel lost", "I'm so worried about my future", "i am stressed out", "I'm overwhelmed with everything"],
}


@pytest.mark.parametrize(("part", "message"), [(part, m) for part, messages in TALK.items() for m in messages])
def test_talk_is_answered_with_talk(part: str, message: str) -> None:
    assert part in (small_talk(message) or "").lower()


@pytest.mark.parametrize("message", [text for texts in KINDS.values() for text in texts if text != "But why?"])
def test_a_question_about_a_career_is_no_talk(message: str) -> None:
    assert small_talk(message) is None


@pytest.mark.parametrize(
    "message",
    [
        "Hello, what does a falconer earn?",
        "Thanks. And the licence?",
        "ok, how do I start",
        "Are you required to have a licence?",
        "I feel that glass is fragile",
        "I am tired of my job as a baker, can I become a keeper?",
        "Can you help me become a glassblower?",
        "Who are you hired by as a keeper?",
        "Is a good night vision needed?",
        "help me plan",
        "",
        "?!",
    ],
)
def test_what_asks_for_more_is_no_talk(message: str) -> None:
    assert small_talk(message) is None


@given(
    st.sampled_from([m for messages in TALK.values() for m in messages]),
    st.sampled_from(["", "!", " ", "?!", "…", " :)"]),
)
def test_marks_and_blanks_around_talk_change_nothing(message: str, mark: str) -> None:
    assert small_talk(f" {message}{mark}") == small_talk(message)


@given(st.text(max_size=200))
def test_any_message_is_read(message: str) -> None:
    reply = small_talk(message)
    assert reply is None or reply
