"""Small talk: a greeting, thanks, "who are you?", a sigh. Answered in the advisor's own voice, without citations."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WHO = (
    "I am the AI Career Path Advisor. I answer career questions from guides, and show the passage behind every answer."
)
_CAN = (
    "Ask me about a career in your own words: what the work is, what it pays, what you need, how to start, how to move"
    " up. I answer only with what the guides say, and I tell you when they do not say."
)


@dataclass(frozen=True, slots=True)
class _Reply:
    pattern: re.Pattern[str]
    text: str
    whole: bool = True
    """Whether the pattern must cover the whole message."""


def _reply(pattern: str, text: str, whole: bool = True) -> _Reply:
    return _Reply(re.compile(pattern, re.IGNORECASE), text, whole)


_NAME = r"(?:\s+(?:there|again|all|everyone|advisor|friend|bot))?"
_REPLIES = (
    _reply(
        rf"(?:hi|hey|hello|hiya|howdy|yo|greetings|good (?:morning|afternoon|evening|day)){_NAME}"
        r"(?:[,.! ]+how are you(?: doing)?(?: today)?)?",
        f"Hello! {_CAN}",
    ),
    _reply(
        r"(?:(?:it's |its )?(?:nice|good|great|pleased|glad) to (?:meet|see|talk to) you)(?: too)?", f"Likewise. {_CAN}"
    ),
    _reply(r"(?:how are you|how's it going|how do you do)(?: doing)?(?: today)?", f"Ready to help, thank you. {_CAN}"),
    _reply(
        r"(?:ok(?:ay)?[,. ]+|great[,. ]+|perfect[,. ]+)?(?:thanks|thank you|thx|ty|cheers|ta|much appreciated|appreciate it)\b"
        r"(?:[ ,]+(?:so much|very much|a lot|for (?:the|your) \w+|that\W?s? \w+(?: \w+)?|again|you|that helps?|this helps?|mate|man|buddy|pal|friend|everyone))*",
        "You are welcome. Ask me anything else about this career whenever you like.",
    ),
    _reply(
        r"(?:ok(?:ay)?|great|cool|nice|perfect|got it|i see|alright|good|awesome|wonderful|makes sense)(?:[ ,]+(?:ok|then|thanks))?",
        "Good. What would you like to know next?",
    ),
    _reply(
        r"(?:bye|goodbye|see (?:you|ya)(?: (?:later|soon|tomorrow|around|again|next \w+))?|good night|farewell|take care|have a (?:nice|good|great|lovely) \w+|until (?:then|tomorrow|next time))(?: for now)?",
        "Goodbye, and good luck on your path.",
    ),
    _reply(
        r"(?:so )?(?:who|what) (?:are|r) (?:you|u)|are you (?:a |an )?(?:human|robot|bot|ai|real(?: person)?|machine|person)(?: or (?:a |an )?[\w ]{2,20})?|what(?:'s| is) your name|introduce yourself",
        f"{_WHO} {_CAN}",
    ),
    _reply(
        r"(?:what|how) (?:can|could|do) (?:you|u) (?:do|help)(?: (?:me|for me|with|me with))*|(?:(?:can|could) (?:you|u) )?help(?: me)?(?: out)?(?:,? please)?|how (?:do|does) (?:you|this)(?: \w+)? work|what (?:can|should|could) i ask(?: you)?(?: about)?",
        f"{_CAN}",
    ),
    _reply(
        r"(?:i(?:'m| am)|i feel|feeling|i(?:'m| am) feeling)(?: (?:so|very|really|just|a bit|quite|kind of))*"
        r" (?:sad|hopeless|depressed|anxious|scared|worried|overwhelmed|lost|stuck|stressed(?: out)?|nervous|afraid|desperate|tired|down)"
        r"(?:(?: and)?(?: (?:about|with) (?:my (?:life|future|job|career)|everything|it all|all this))| right now| today)*",
        "I am sorry that it feels like that; big decisions are heavy. We can take it one question at a time: what the work"
        " is like, what it takes to start, or what it pays. If it gets too much, please talk to someone you trust.",
    ),
)


def small_talk(message: str) -> str | None:
    """What to say to a message that is talk and nothing else; None where it asks for something."""
    bare = re.sub(r"[^\w\s'’,.-]", " ", message.replace("’", "'")).strip(" ,.-'\t\n")
    bare = re.sub(r"\s+", " ", bare)
    for reply in _REPLIES:
        if reply.pattern.fullmatch(bare):
            return reply.text
    return None
