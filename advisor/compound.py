"""Messages that ask several things at once, taken apart so that each is answered, or said to be unanswered, for itself."""

from __future__ import annotations

import re

MOST = 3
"""Questions of one message that are answered apart."""
_ASKS = r"(?:how|what(?:'s)?|which|where|when|why|who|whom|whose|do|does|did|is|are|was|were|can|could|will|would|should|must|has|have)"
_OPENS = re.compile(rf"\W*(?:and|also|or|but|so|then|plus|\s|,)*{_ASKS}\b", re.IGNORECASE)
_JOINT = re.compile(rf"(?<=\?)\s+|(?:,\s*|\s+)(?:and|also|plus|and also)\s+(?={_ASKS}\s+\w+\s+\w+)", re.IGNORECASE)
_LEADING = re.compile(r"^(?:and|also|or|but|so|then|plus|,|\s)+", re.IGNORECASE)


def questions_of(message: str) -> tuple[str, ...]:
    """The questions that a message asks, in order; the message itself where it asks one.

    What is told before the first question, or between two, stays with the one that follows.
    """
    pieces = [piece.strip() for piece in _JOINT.split(message) if piece and piece.strip()]
    if not 1 < len(pieces) <= MOST or not all(_is_question(piece, i) for i, piece in enumerate(pieces)):
        return (message,)
    return tuple(_whole(piece) for piece in pieces)


def _is_question(piece: str, place: int) -> bool:
    """Whether the last sentence of a piece asks something by itself; a short one after another leans on it."""
    last = re.split(r"(?<=[.!])\s+", piece)[-1]
    return bool(_OPENS.match(last)) and len(last.split()) > (3 if place else 2)


def _whole(piece: str) -> str:
    bare = _LEADING.sub("", piece) or piece
    return bare if bare.endswith(("?", ".", "!")) else f"{bare}?"
