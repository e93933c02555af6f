"""What somebody adds behind their question that asks for nothing: how they feel, or why they ask."""

from __future__ import annotations

import re

from index.figures import Quantity, figures_in

from .conversation.phrases import asks
from .placing import names_place
from .profile import Profile, Vocabulary, read_profile
from .question import last_question

_OF_ONESELF = re.compile(
    r"^\W*(?:(?:and|but|because|cause|since|so)\s+)?(?:i|i['’]?(?:m|ve|d|ll)|we|we['’]?(?:re|ve))\b", re.IGNORECASE
)
_NARROWS = re.compile(
    r"\b(?:want|need|like|love|prefer|hope|plan|mean|meant|looking|interested|thinking|talking|rather|can(?:no|['’]?)t|only"
    r"|have|has|had|hold|got|work\w*|do|doing|did|done|stud\w+|live|lived|from|without)\b",
    re.IGNORECASE,
)
"""Words with which somebody may say more closely what they ask about, or what they bring."""


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
    return not timed and not read_profile(sentence, vocabulary, Profile()).traits
