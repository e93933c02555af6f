"""A claim that somebody wants checked ("no exam is needed, correct?"), as the question whether it is so."""

from __future__ import annotations

import re

from index.figures import figures_in

_TAG = (
    r"(?:correct|right|true|yes|no|is (?:that|this|it) (?:right|correct|true|so)|am i (?:right|correct)|is (?:s?he|my \w+) (?:right|correct)"
    r"|(?:is|are|do|does|did|can|will|was|were|has|have)(?:n['’]?t)? (?:it|they|he|she|you|we|that|there))"
)
_CLAIMED = re.compile(rf"(?P<claim>[^?]*?\w[^?]*?)[,.;!\s]+{_TAG}\s*[?.!]*", re.IGNORECASE | re.DOTALL)
_CONFIRM = re.compile(
    r"(?:please |just |(?:can|could|will|would) you (?:please )?)*(?:confirm|verify|agree)(?: for me)? that "
    r"(?P<claim>[^?]*?\w[^?]*?)[?.!]*",
    re.IGNORECASE | re.DOTALL,
)
_SAYS = re.compile(
    r"(?:and |but |so )*(?:i (?:have |['’]ve )?(?:heard|read|was told|am told|think|thought)"
    r"|(?:my|a|an|the|some|one|they|somebody|someone|people|everyone|everybody)\b[^,.;?!]{0,40}?\b(?:says?|said|tells?|told|claims?|claimed|thinks?|thought))"
    r"(?: (?:me|us))?(?: that)? ",
    re.IGNORECASE,
)
_NO_CLAIM = re.compile(
    r"\W*(?:and |so |but )*(?:i|i['’]\w+|tell|show|give|list|explain|what|which|who|whose|where|when|why|how|do|does|did|is|are|was|were|can|could|will|would|should|must|has|have)\b",
    re.IGNORECASE,
)
LEAST = 3
"""Words of a claim."""


def checked(message: str) -> str:
    """A message whose last sentence is a claim to be checked with "Is it true that …?" in its place; any other as it is.

    What is said of a figure or of oneself stays: the figure is told, and nobody else knows the rest.
    """
    told, last = _parted(message.strip())
    match = _CONFIRM.fullmatch(last) or _CLAIMED.fullmatch(last)
    claim = _SAYS.sub("", match["claim"].strip(" ,.;!"), count=1) if match else ""
    if len(claim.split()) < LEAST or _NO_CLAIM.match(claim) or figures_in(claim):
        return message
    return f"{told}Is it true that {claim[0].lower() if claim[1:2].islower() else claim[0]}{claim[1:]}?"


def _parted(message: str) -> tuple[str, str]:
    """What stands before the last claim, and the claim with the words that ask whether it is so."""
    starts = [0, *(match.end() for match in re.finditer(r"(?<=[.!?])\s+", message))]
    alone = len(starts) > 1 and re.fullmatch(rf"{_TAG}\W*", message[starts[-1] :], re.IGNORECASE)
    start = starts[-2] if alone else starts[-1]
    return message[:start], message[start:]
