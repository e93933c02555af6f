"""Noun phrases in which people say what they have: schooling, years, credentials, money, family, health.

General English only: what a credential or a job is called is told by the words around it and by the guides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from index.figures import NUMBER_WORDS

from .levels import Level, levels_in
from .values import Aspect
from .vocabulary import Vocabulary


class Found(NamedTuple):
    """A trait to be: its place is counted in the text it was found in."""

    aspect: Aspect
    value: str
    start: int
    end: int


_NUMBER = (
    rf"(?:\d+(?:\.\d+)?|{'|'.join(NUMBER_WORDS)}|an?|half an?|an? couple(?: of)?|an? few|several|many|\d+\s?[-–]\s?\d+)"
)
SPELL = re.compile(
    rf"(?P<count>(?:(?:over|about|almost|nearly|around|roughly|more than|at least|some|only|just)\s+)?{_NUMBER})\+?[\s-]?"
    r"(?P<unit>years?|yrs?|months?|weeks?|decades?)\b(?!\s+(?:ago|old))(?:[’']?\s+(?:of|worth of)?\s*(?:\w+\s+)?experience\b)?",
    re.IGNORECASE,
)
"""A length of time that a person has spent on something."""
END = (
    r"(?=\s+(?:at|from|with|for|since|but|because|so|who|which|that|while|although|though|if|when|until|till|now|right|here|there|today|"
    r"currently|yet|before|after|last|this|these|looking|trying|hoping|wanting|thinking|considering|interested|under|in|on|by|over|about|"
    r"already|and\s+(?:i|my|a|an|no|have|want|need)|would|was|is|are|am|living|based|working|as|where|how|what|can|could|do|"
    r"does|will|should|years?|full[- ]time|part[- ]time|behind|per|back|too|next|soon|instead|again|atm|rn|lol|please|thanks)\b|\s+\d|\s*[,.;:!?()/]|\s+making\s+[$£€\d]|\s+[-–—]|\s*$)"
)
"""Where a noun phrase ends."""
WORDS = r"[^\W\d_][\w'’&/+.-]*"
NOUNS = rf"{WORDS}(?:\s+{WORDS}){{0,4}}?"
_FIELD = re.compile(
    rf"\s+(?:in|of|on)\s+(?!20|19|the\s+(?:\w+\s+)?(?:end|fall|spring|summer|process)|[a-z]+\s+school)(?P<field>{WORDS}(?:\s+(?:and\s+)?{WORDS}){{0,3}}?){END}"
)
_BEFORE_DEGREE = re.compile(
    r"(?:my|an?|the|with|no|any|college|university|traditional|only|just|have|got|i)\b", re.IGNORECASE
)
_HELD = re.compile(
    rf"\b(?P<name>(?:(?!(?:my|a|an|the|no|any|have|got|and)\b){WORDS}\s+){{0,4}}?(?:certifications?|credentials?|licen[cs]es?|registrations?|endorsements?|permits?|"
    r"accreditations?|clearance|qualifications?))\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"^(?:what|which|new|some|other|more)\b|\b(?:questions?|about|ideas?|information|for|of|to|in)\b", re.IGNORECASE
)
_SHORT = re.compile(r"\b(?P<name>[A-Z][A-Z&]{1,6}(?:-[A-Z]{1,2})?(?:\s\d{1,3})?\+?)(?![\w])")
_NO_CREDENTIALS = frozenset(
    "US USA UK EU UAE TV PC IT CV ID ADHD ADD OCD PTSD HIV MS HR AI GPA FYI BTW LOL OK AM PM NYC LA DC AND NOT NO I HVAC GED NHS UN DIY FAQ PTO".split()
)
_MONEY = re.compile(
    r"(?P<sum>[$£€]\s?\d[\d,.]*\s?(?:k\b|thousand\b)?|\b\d[\d,.]*\s?(?:dollars|bucks|pounds|euros?|grand|quid)\b)",
    re.IGNORECASE,
)
_SAVED = re.compile(
    r"\s*(?:saved(?: up)?|in (?:savings|the bank|debt|student loans?)|of debt|to (?:spend|invest)|set aside|put away)\b",
    re.IGNORECASE,
)
FAMILY = re.compile(
    rf"(?:(?:single|solo|working|stay[- ]at[- ]home|new|young|full[- ]time|expectant)\s+)*(?:mom|mum|mother|dad|father|parent|caregiver|carer)\b(?:\s+(?:of|to)\s+{_NUMBER}(?:\s+(?:\w+\s+)?(?:kids?|children|boys|girls|sons|daughters|teenagers|toddlers?))?)?"
    rf"|{_NUMBER}\s+(?:\w+\s+)?(?:kids?|children|sons?|daughters?|toddlers?|teenagers?|bab(?:y|ies)|newborns?|dependents?|dependants?)\b"
    r"|(?:kids|children)\b",
    re.IGNORECASE,
)
HEALTH = re.compile(
    r"(?:\b(?:a|an)\s+)?\b(?:(?:bad|weak|chronic|injured|sore)\s+\w+(?:\s+pain)?|(?:chronic|back|knee|joint)\s+pain|arthritis|asthma|adhd|dyslexia|anxiety|depression|epilepsy|"
    r"diabetes|(?:\w+\s+)?disabilit(?:y|ies)|ptsd|autism|migraines|fibromyalgia|cancer|tinnitus|hearing loss|(?:poor|bad) eyesight|seizures|long covid)\b",
    re.IGNORECASE,
)
UNWELL = re.compile(
    r"(?:(?:partially|legally|slightly|hard of)\s+)?(?:deaf|blind|colou?r[- ]?blind|dyslexic|autistic|disabled|diabetic|epileptic|pregnant|hearing|asthmatic|neurodivergent|left[- ]handed)\b(?!\s+\w+er\b)|in a wheelchair",
    re.IGNORECASE,
)
RECORD = re.compile(
    r"(?:a\s+)?(?:felony|criminal (?:record|background|history|conviction)|misdemeanou?r|conviction|police record|DUI|DWI|prison record|felon|ex-con|ex-felon)\b(?:\s+(?:on my record|conviction|from \d{4}))?",
    re.IGNORECASE,
)
HOURS = re.compile(
    rf"(?:only\s+|about\s+|just\s+|around\s+)?{_NUMBER}\s+hours?\s+(?:a|per|each|every)\s+(?:day|week|weekend|month|night)",
    re.IGNORECASE,
)


def digits(text: str) -> str:
    """A value as a form would hold it: numbers as digits, single blanks."""
    text = re.sub(
        rf"\b(?:{'|'.join(NUMBER_WORDS)})\b(?=[\s-]?(?:years?|yrs?|months?|weeks?|hours?|decades?)\b)",
        lambda m: str(NUMBER_WORDS[m[0].lower()]), text, flags=re.IGNORECASE,
    )  # fmt: skip
    text = re.sub(r"(\d)\s?(?:yrs?|year)\b(?![\w-])", r"\1 years", text) if not re.match(r"1\D", text) else text
    return " ".join(text.split()).strip(" .,;:-")


def education_in(text: str) -> Iterator[Found]:
    """Schooling that a text names, with its field ("a master's in English", "biology degree")."""
    for level, start, end in levels_in(text):
        field = _FIELD.match(text, end)
        if (
            level is Level.CERTIFICATE
            and not field
            and not re.search(r"school|college|post|vocational", text, re.IGNORECASE)
        ):
            continue
        begin = start
        before = re.search(r"(?:two|one|three|2|1|3)[- ]years?\s+$", text[:start])
        if before:
            begin = before.start()
        stop = field.end() if field else end
        value = text[begin:stop]
        article = re.search(r"\b(?:an?|my)\s+$", text[:begin], re.IGNORECASE)
        begin = article.start() if article else begin
        if not re.match(r"A[- ]", value):
            value = re.sub(rf"^(?:{_BEFORE_DEGREE.pattern}\s+)+", "", value, flags=re.IGNORECASE)
        yield Found(Aspect.EDUCATION, digits(value), begin, stop)


def credentials_in(text: str, vocabulary: Vocabulary, *, held: bool = False) -> Iterator[Found]:
    """Credentials that a text names: "forklift certification", "CPC"; `held` where the verb says that one is meant."""
    taken: list[tuple[int, int]] = []
    for match in _HELD.finditer(text):
        if len(match["name"].split()) > 1 and not _NO_NAME.search(match["name"]):
            taken.append(match.span())
            yield Found(Aspect.CREDENTIALS, digits(match["name"]), *match.span("name"))
    for match in _SHORT.finditer(text):
        name = match["name"]
        if any(start <= match.start() < end for start, end in taken) or any(True for _ in levels_in(name)):
            continue
        known = vocabulary.credential(name)
        mine = held or re.search(r"\b(?:my|the)\s+$", text[: match.start()], re.IGNORECASE)
        if known or (mine and name not in _NO_CREDENTIALS and name not in vocabulary.expansions):
            taken.append(match.span())
            yield Found(Aspect.CREDENTIALS, known or name, *match.span("name"))
    for match in re.finditer(r"\b[a-z]{3,6}(?:-[a-z])?\b", text):
        known = vocabulary.credential(match[0])
        if known and not any(start <= match.start() < end for start, end in taken):
            yield Found(Aspect.CREDENTIALS, known, *match.span())


def means_in(text: str) -> Iterator[Found]:
    """Money at hand, family, health, time, a criminal record."""
    for match in _MONEY.finditer(text):
        saved = _SAVED.match(text, match.end())
        if saved:
            yield Found(Aspect.CONSTRAINTS, digits(text[match.start() : saved.end()]), match.start(), saved.end())
        elif re.search(r"\b(?:only|just)\s+$|^\s*(?:about\s+|around\s+)?$", text[: match.start()], re.IGNORECASE):
            yield Found(Aspect.CONSTRAINTS, digits(match[0]), *match.span())
    for pattern in (FAMILY, HEALTH, RECORD, HOURS):
        named = pattern.search(text)
        if named:
            value = re.sub(r"^(?:an?)\s+(?!few|couple)", "", " ".join(named[0].split()), flags=re.IGNORECASE)
            yield Found(Aspect.CONSTRAINTS, digits(value) if pattern is HOURS else value, *named.span())


def free(found: Iterator[Found], taken: list[tuple[int, int]]) -> Iterator[Found]:
    """Those that do not overlap what was taken before; each that passes is taken."""
    for trait in found:
        if not any(trait.start < end and start < trait.end for start, end in taken):
            taken.append((trait.start, trait.end))
            yield trait


Reader = Callable[[str], Iterator[Found]]
