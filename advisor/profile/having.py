"""What a person has or lacks: schooling, years of work, credentials, means, and the job that goes with them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .grammar import WHAT
from .phrases import (
    END,
    NOUNS,
    SPELL,
    Found,
    credentials_in,
    digits,
    education_in,
    free,
    means_in,
)
from .values import Aspect
from .vocabulary import Vocabulary

_NO_ROLE = frozenset(
    """
    bit little lot mess failure beginner newbie noob newcomer novice starter person people individual woman man guy girl boy lady kid teen teenager adult
    human being student graduate grad dropout citizen resident national immigrant refugee fan lover learner worker player candidate seeker changer member
    user owl believer christian muslim smoker vegetarian vegan mom mum mother dad father parent grandmother grandfather caregiver carer widow widower
    native speaker perfectionist introvert extrovert listener communicator thinker type one kind sort way mind position situation limbo trouble debt
    felon minority freshman sophomore junior senior pupil year old type half age daughter son wife husband friend reader applicant minor
    hurry idiot dummy expert pro success career crossroads crossroad level stage
    """.split()
)
"""Head nouns of "I'm a …" that name no job."""


def shift(found: Iterator[Found], by: int) -> Iterator[Found]:
    """The same, counted from further left."""
    for trait in found:
        yield trait._replace(start=trait.start + by, end=trait.end + by)


def having(text: str, at: int, vocabulary: Vocabulary) -> Iterator[Found]:
    """The things had that a text names from `at` on."""
    rest, taken = text[at:], []  # type: tuple[str, list[tuple[int, int]]]
    for found in (
        _some_college(rest),
        education_in(rest),
        spells(rest),
        credentials_in(rest, vocabulary),
        means_in(rest),
        _skills(rest),
    ):
        yield from shift(free(found, taken), at)


def lacking(text: str, at: int, vocabulary: Vocabulary) -> Iterator[Found]:
    """The things not had that a text names from `at` on."""
    rest = text[at:]
    experience = re.match(
        rf"(?:no\s+|any\s+|zero\s+|little\s+|much\s+|relevant\s+|real\s+|work\s+|prior\s+|previous\s+|the\s+)*(?P<kind>{NOUNS}\s+)?experience\b(?:\s+(?:in|with|as)\s+(?:an?\s+|the\s+)?{WHAT})?",
        rest, re.IGNORECASE,
    )  # fmt: skip
    if experience:
        what = f" in {experience['what']}" if experience["what"] else ""
        yield Found(Aspect.EXPERIENCE, f"no {experience['kind'] or ''}experience{what}", at, at + experience.end())
        return
    for found in education_in(rest):
        yield Found(Aspect.EDUCATION, f"no {found.value}", at + _from_no(rest, found.start), at + found.end)
        return
    diploma = re.match(r"(?:an?\s+|no\s+|any\s+)*diploma\b", rest, re.IGNORECASE)
    if diploma:
        yield Found(Aspect.EDUCATION, "no diploma", at, at + diploma.end())
        return
    for found in credentials_in(rest, vocabulary, held=True):
        yield Found(Aspect.CREDENTIALS, f"no {found.value}", at + _from_no(rest, found.start), at + found.end)
        return
    lacked = re.match(
        r"(?:an?\s+|no\s+|any\s+|my own\s+|much\s+|enough\s+|the\s+)*(?P<what>money(?:\s+for\s+\w+)?|savings|car|computer|laptop|internet|childcare|transport(?:ation)?|time)\b",
        rest,
        re.IGNORECASE,
    )
    if lacked:
        yield Found(Aspect.CONSTRAINTS, f"no {lacked['what']}", at, at + lacked.end())


def _from_no(text: str, start: int) -> int:
    """Where "no", "any" or an article before a place begins."""
    match = re.search(r"(?:no|any|an?|my)\s+(?:\w+\s+)?$", text[:start], re.IGNORECASE)
    return match.start() if match else start


def spells(text: str) -> Iterator[Found]:
    """Times spent on something: "ten years of experience in customer service", "18 months as a pharmacy technician"."""
    for spell in SPELL.finditer(text):
        after = re.compile(
            rf"\s+(?:as|in|with|at|on|of|doing|working\s+(?:as|in|at|with|for))\s+(?:an?\s+|the\s+|my\s+)?{WHAT}",
            re.IGNORECASE,
        ).match(text, spell.end())
        experienced = re.search(
            rf"(?P<kind>{NOUNS})\s+experience\b", text[spell.start("unit") + len(spell["unit"]) :], re.IGNORECASE
        )
        length = digits(f"{spell['count']} {spell['unit']}")
        if after and not re.match(r"college|university|school", after["what"], re.IGNORECASE):
            yield Found(Aspect.EXPERIENCE, f"{after['what']}, {length}", spell.start(), after.end())
        elif experienced or re.search(r"experience", spell[0], re.IGNORECASE):
            kind = re.sub(r"^(?:of|worth)\s+", "", experienced["kind"]) if experienced else ""
            yield Found(
                Aspect.EXPERIENCE,
                f"{kind}, {length}".strip(", ") if kind not in ("", "of") else f"{length} of experience",
                spell.start(),
                len(text.rstrip()) if experienced else spell.end(),
            )


def _some_college(text: str) -> Iterator[Found]:
    match = re.search(
        r"(?:some|(?:(?:an?|one|two|three|\d)\s+(?:and a half\s+)?(?:years?|semesters?|terms?)\s+of))\s+(?:community\s+)?(?:college|university|uni)\b(?:\s+credits?)?",
        text, re.IGNORECASE,
    )  # fmt: skip
    if match:
        yield Found(Aspect.EDUCATION, "some college", *match.span())


def _skills(text: str) -> Iterator[Found]:
    match = re.search(
        r"(?:(?:good|strong|great|excellent|solid|decent|basic|advanced)\s+)(?P<what>(?!experience)[\w-]+(?:\s+and\s+[\w-]+|\s+[\w-]+)?)\s+skills\b",
        text,
        re.IGNORECASE,
    )
    if match:
        yield Found(Aspect.SKILLS, f"{match['what']} skills", *match.span())


def role(text: str, at: int = 0) -> Iterator[Found]:
    """A job with the time spent in it: "(a) nurse with five years on the ward"."""
    match = re.compile(
        rf"(?:an?\s+|the\s+)?(?:(?:\d\d|\w+)[- ]years?[- ]old\s+)?(?:also\s+|only\s+)?{WHAT}", re.IGNORECASE
    ).match(text, at)
    if not match or names_no_job(match["what"]):
        return
    what, end = match["what"], match.end()
    spell = re.compile(
        rf"(?:\s+(?:at|in|for)\s+(?:an?\s+|the\s+|my\s+)?{NOUNS}{END})?\s+(?:with|for|over|of|since|now for)?\s*(?:the\s+(?:last|past)\s+)?(?P<spell>{SPELL.pattern})(?P<where>\s+(?:on|in|at)\s+(?:an?\s+|the\s+)?{NOUNS}{END})?",
        re.IGNORECASE,
    ).match(text, end)
    if spell:
        length = digits(f"{spell['count']} {spell['unit']}")
        yield Found(Aspect.EXPERIENCE, f"{what}, {length}{spell['where'] or ''}", 0, spell.end())
    else:
        yield Found(Aspect.EXPERIENCE, what, 0, end)


def names_no_job(what: str) -> bool:
    """Whether the noun of "I'm a …" names no job."""
    words = re.split(r"\s+of\s+", what.lower())[0].split()
    bad = (
        words[-1].rstrip("s") in _NO_ROLE
        or words[-1] in _NO_ROLE
        or words[0] in ("bit", "little", "lot", "kind", "sort", "not")
    )
    return bad or bool(re.fullmatch(r"\W*\d.*", what)) or (words[-1].endswith("ing") and len(words) == 1)
