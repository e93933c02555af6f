"""What somebody tells beside their question: a story that it may depend on, or how they feel and why they ask."""

from __future__ import annotations

import re

from index.figures import Quantity, figures_in

from .conversation.phrases import asks
from .placing import names_place
from .profile import Profile, Vocabulary, read_profile
from .question import last_question

LEAST = 7
"""Characters of what is told beside a question, from which it may be a story."""
_OF_ONESELF = re.compile(
    r"^\W*(?:(?:and|but|because|cause|since|so)\s+)?(?:i|i['’]?(?:m|ve|d|ll)|we|we['’]?(?:re|ve))\b", re.IGNORECASE
)
_NARROWS = re.compile(
    r"\b(?:want|need|like|love|prefer|hope|plan|mean|meant|looking|interested|thinking|talking|rather|can(?:no|['’]?)t|only"
    r"|have|has|had|hold|got|work\w*|do|doing|did|done|stud\w+|live|lived|from|without)\b",
    re.IGNORECASE,
)
"""Words with which somebody may say more closely what they ask about, or what they bring."""


def parted(message: str) -> tuple[str, str]:
    """The sentence of a message that asks, and all that is told before or behind it; nothing where that is too short to tell."""
    question = last_question(message)
    told = message.replace(question, " ", 1).strip()
    return question, told if len(told) >= LEAST else ""


def narrows(told: str) -> bool:
    """Whether what is told beside a question asks something itself, or holds a figure, a place or a name that it may be about."""
    return asks(told) or bool(figures_in(told)) or names_place(told)


def is_of_a_person(told: str, vocabulary: Vocabulary) -> bool:
    """Whether what is told beside a question belongs in the profile of whoever asks."""
    return bool(read_profile(told, vocabulary, Profile()).traits)


def without_aside(message: str, vocabulary: Vocabulary) -> str:
    """A message up to its question, where all that follows says nothing that the answer could depend on.

    What belongs in a profile, a time, a place, a name and a wish are kept.
    """
    question = last_question(message)
    behind = message[len(question) :] if message.startswith(question) else ""
    sentences = [sentence for sentence in re.split(r"(?<=[.!?;])\s+", behind.strip()) if sentence]
    idle = bool(sentences) and all(_is_idle(sentence, vocabulary) for sentence in sentences)
    return question if idle else message


def _is_idle(sentence: str, vocabulary: Vocabulary) -> bool:
    if not _OF_ONESELF.match(sentence) or _NARROWS.search(sentence) or asks(sentence) or names_place(sentence):
        return False
    timed = any(figure.quantity is not Quantity.COUNT for figure in figures_in(sentence))
    return not timed and not is_of_a_person(sentence, vocabulary)
