"""What a step asks of a person, told by the general words of English in its title."""

from __future__ import annotations

import re
from enum import StrEnum

from advisor.profile.levels import levels_in


class Kind(StrEnum):
    """What a step asks for."""

    ROLE = "role"
    """To find out what the work is."""
    EDUCATION = "education"
    TRAINING = "training"
    CREDENTIAL = "credential"
    EXPERIENCE = "experience"
    SKILLS = "skills"
    APPLY = "apply"
    NETWORK = "network"
    CURRENT = "current"
    """To stay up to date, or keep what was earned."""
    ADVANCE = "advance"
    OTHER = "other"


ORDER = (Kind.EDUCATION, Kind.EXPERIENCE, Kind.TRAINING, Kind.CREDENTIAL, Kind.SKILLS, Kind.APPLY, Kind.ADVANCE)
"""The order of the parts of "how to become one", whatever the order of its headings."""

_TITLES = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (Kind.CURRENT, r"\b(?:keep(?:ing)?|stay(?:ing)?|refresh\w*|renew\w*|maintain\w*|continu\w+\s+education)\b"),
        (
            Kind.ROLE,
            r"\b(?:understand\w*|learn|find out|explore|know)\b.*\b(?:role|job|work|career|profession|involves|responsibilit\w+)\b",
        ),
        (Kind.NETWORK, r"\b(?:join\w*|network\w*|professional (?:organi[sz]ations?|bod(?:y|ies)|associations?))\b"),
        (
            Kind.APPLY,
            r"\b(?:appl(?:y|ying)|job search|look for|interviews?|resum[eé]s?|hired|find\s+(?:a|an|your|work|a firm)\b)",
        ),
        (Kind.EDUCATION, r"\b(?:educat\w+|degrees?|diplomas?|high school|college|gcses?|bachelor\w*|academic)\b"),
        (
            Kind.CREDENTIAL,
            r"\b(?:licen[cs]\w*|certif\w+|registrations?|credentials?|exams?|examinations?|qualifications?|tickets?|assessments?)\b",
        ),
        (Kind.EXPERIENCE, r"\b(?:experiences?|internships?|practical|get used to)\b"),
        (Kind.SKILLS, r"\b(?:skills?|qualit(?:y|ies)|knowledge|abilit(?:y|ies))\b"),
        (
            Kind.TRAINING,
            r"\b(?:train\w*|courses?|programs?|programmes?|apprentic\w+|learn\w*|class(?:es)?|academy|year)\b",
        ),
        (Kind.ADVANCE, r"\b(?:advanc\w+|promot\w+|progress\w*|speciali[sz](?:e|ing|ation)|senior|move up)\b"),
    )
)


def kind_of(title: str, body: str = "") -> Kind:
    """What a step asks for: by its title, else by the schooling that it names."""
    for kind, pattern in _TITLES:
        if pattern.search(title):
            return kind
    return Kind.EDUCATION if any(levels_in(body)) else Kind.OTHER
