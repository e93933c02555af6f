"""What a message corrects of what was told before: "actually it's three years", "I'm not a nurse"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.words import stems_in

from .phrases import NOUNS, SPELL, digits
from .values import MAX_VALUE, Aspect, Profile, Trait

_CORRECTS = re.compile(
    r"^\W*(?:(?:no|nope|sorry|oops|actually|wait|correction|well|hmm)\b[\s,.:!-]*)+|\bi\s+(?:meant|mean)\b|\bmake\s+that\b|\bnot\s+\w+[,.]?\s+but\b",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    rf"(?:it['’]?s|it\s+is|it\s+was|i\s+(?:meant|mean|have)|make\s+(?:that|it)|that\s+should\s+be|more\s+like|only|just|sorry|actually|no|\W)*\s*(?P<spell>{SPELL.pattern})\b",
    re.IGNORECASE,
)
_DENIES = re.compile(
    rf"\bi\s*(?:am|['’]?m|was)\s+(?:not|never)\s+(?:really\s+|actually\s+)?(?:an?\s+)?(?P<what>{NOUNS})(?=\W|$)",
    re.IGNORECASE,
)


def corrected(before: Profile, told: Sequence[Trait], message: str) -> Profile:
    """The profile after a message that told some traits."""
    corrects = bool(_CORRECTS.search(message))
    profile = _denied(before, message)
    if corrects and not any(trait.aspect is Aspect.EXPERIENCE for trait in told):
        profile = _other_length(profile, message)
    for trait in told:
        if corrects and trait.aspect is Aspect.EDUCATION:
            profile = Profile(tuple(t for t in profile.traits if t.aspect is not Aspect.EDUCATION or t in told))
        profile = profile.with_trait(trait)
    return profile


def _denied(profile: Profile, message: str) -> Profile:
    """Without the jobs that the person says are not theirs."""
    for match in _DENIES.finditer(message):
        stems = set(stems_in(match["what"]))
        kept = tuple(
            t for t in profile.traits
            if t.aspect not in (Aspect.EXPERIENCE, Aspect.CREDENTIALS) or not stems or not stems <= set(stems_in(t.value))
        )  # fmt: skip
        profile = Profile(kept)
    return profile


def _other_length(profile: Profile, message: str) -> Profile:
    """With the new length of time in the trait that told one last."""
    new = _LENGTH.match(message)
    old = next((t for t in reversed(profile.of(Aspect.EXPERIENCE)) if SPELL.search(t.value)), None)
    if not new or not old:
        return profile
    length = digits(f"{new['count']} {new['unit']}")
    value = SPELL.sub(lambda _: length, old.value, count=1)[:MAX_VALUE]
    corrected_one = Trait(old.aspect, value, message.strip())
    return Profile(tuple(corrected_one if trait == old else trait for trait in profile.traits))
