"""What a person says to be: an age, a parent, a condition, a job, a place where they live."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .grammar import THE
from .having import having, role
from .phrases import (
    END,
    FAMILY,
    NOUNS,
    RECORD,
    SPELL,
    UNWELL,
    Found,
    digits,
    education_in,
    free,
)
from .places import known
from .values import Aspect
from .vocabulary import Vocabulary


def being(match: re.Match[str], vocabulary: Vocabulary) -> Iterator[Found]:
    """What a person says to be: an age, a condition, a parent, a job."""
    text, at = match.string, match.end()
    taken: list[tuple[int, int]] = []
    for reader in (_graduate, _age, _unwell, _family, _record, workless, _enrolled, _able, _certified, _set_in, _from):
        for found in free(reader(text, at), taken):
            yield found._replace(start=0) if found.start == at else found
    if _JOB_OPENS.match(text, at):
        yield from free(role(text, at), [span for span in taken if span[0] > at + 3])
    beside = re.compile(r"\bwith\s+", re.IGNORECASE).search(text, at)
    if beside:
        yield from free(having(text, beside.end(), vocabulary), taken)


_JOB_OPENS = re.compile(r"(?i:an?|the)\s|[A-Z]{2,5}\b|(?i:senior|junior|head|lead|assistant)\s")


def _graduate(text: str, at: int = 0) -> Iterator[Found]:
    match = re.compile(
        r"(?:an?\s+)?(?P<what>(?:recent\s+)?(?P<school>high school|college|university)\s+grad(?:uate)?)\b",
        re.IGNORECASE,
    ).match(text, at)
    if match:
        degree = "high school diploma" if match["school"].lower() == "high school" else "university degree"
        yield Found(Aspect.EDUCATION, degree, at, match.end())


def _age(text: str, at: int = 0) -> Iterator[Found]:
    match = re.compile(
        r"(?:an?\s+)?(?P<age>[1-8]\d)(?:\s*$|\s*(?=,|and\b|but\b|now\b|already\b|with\b)|[\s-]*(?:years?[\s-]+old|yrs?[\s-]+old|y/?o|yo|years? of age)\b)"
        r"|(?:turning|almost|nearly|aged?|over|past)\s+(?P<age2>[1-8]\d)\b(?!\s*(?:years?|months?|hours?|weeks?)\b)"
        r"|in\s+my\s+(?P<decade>(?:(?:early|mid|late)[\s-]+)?(?:(?:twenties|thirties|forties|fifties|sixties|seventies|teens)|[2-7]0['’]?s))",
        re.IGNORECASE,
    ).match(text, at)
    if match:
        value = f"in their {match['decade']}" if match["decade"] else f"{match['age'] or match['age2']} years old"
        yield Found(Aspect.CONSTRAINTS, value, at, match.end())


def _unwell(text: str, at: int = 0) -> Iterator[Found]:
    match = UNWELL.match(text, at)
    if match:
        yield Found(Aspect.CONSTRAINTS, match[0], *match.span())


def _family(text: str, at: int = 0) -> Iterator[Found]:
    match = re.compile(rf"(?:an?\s+|the\s+)?(?P<family>{FAMILY.pattern})", re.IGNORECASE).match(text, at)
    if match:
        yield Found(Aspect.CONSTRAINTS, match["family"], *match.span("family"))


def _record(text: str, at: int = 0) -> Iterator[Found]:
    match = RECORD.match(text, at)
    if match:
        yield Found(Aspect.CONSTRAINTS, re.sub(r"^a\s+", "", match[0]), *match.span())


def workless(text: str, at: int = 0) -> Iterator[Found]:
    """Out of work, without means, or new in the country."""
    match = re.compile(
        r"(?:unemployed|jobless|out of (?:work|a job)|between jobs|broke|on a (?:tight|small) budget|laid off|on (?:a )?(?:\w+\s)?visa|on parole|on probation|an? (?:immigrant|refugee|(?:US|U\.S\.|UK|EU) citizen)|new to (?:the|this) country)\b",
        re.IGNORECASE,
    ).match(text, at)
    if match:
        yield Found(Aspect.CONSTRAINTS, re.sub(r"^an?\s+", "", match[0]), *match.span())


def _enrolled(text: str, at: int = 0) -> Iterator[Found]:
    """Schooling that goes on."""
    match = re.compile(
        rf"(?:(?:studying|working|enrolled|training)\s+(?:for|towards?|on|in)\s+{THE}|(?:taking|doing|finishing|completing|pursuing|getting)\s+{THE}(?=[^,]*(?:degree|bachelor|master|associate|diploma|certificate|course|GED|program|class)))"
        rf"(?P<what>{NOUNS}(?:\s+in\s+{NOUNS})?){END}|(?:in|at)\s+(?P<school>(?:my\s+\w+\s+year\s+of\s+)?(?:\w+\s+)?(?:college|university|uni|school))\b|studying\s+(?P<subject>{NOUNS}){END}|an?\s+(?P<pupil>(?:\w+\s+){{0,2}}student)\b",
        re.IGNORECASE,
    ).match(text, at)
    if match and match["school"] and known(match["school"]):
        return
    if (
        match
        and re.match(r"\s*(?:evenings|nights|full|part)", match["subject"] or "", re.IGNORECASE) is None
        and not (match["school"] and re.match("high", match["school"], re.IGNORECASE))
    ):
        what = match["what"] or match["subject"]
        if what and (level := next(education_in(text[match.end("what") :]), None)) and re.search("class|course", what):
            what = f"for {level.value}"
        value = f"studying {what}" if what else (match["pupil"] or f"in {match['school']}")
        yield Found(Aspect.EDUCATION, value, at, match.end())


def _able(text: str, at: int = 0) -> Iterator[Found]:
    match = re.compile(
        rf"(?:(?:very|pretty|really|quite|fairly|so)\s+)?(?:(?:good|great|excellent|skilled|proficient|fluent|comfortable|confident|familiar|experienced|handy|talented|strong|decent)\s+(?:at|with|in|using)\s+(?:using\s+)?(?:the\s+|my\s+)?(?P<what>{NOUNS}(?:\s+and\s+(?!i\b)[\w-]+)?){END}"
        r"|(?P<self>bilingual|trilingual|detail[- ]oriented|(?:an?\s+)?(?:quick|fast)\s+(?:learner|typist)|(?:an?\s+)?(?:people person|hard worker|team player|good listener|good communicator)))",
        re.IGNORECASE,
    ).match(text, at)
    if match:
        what = match["what"] or re.sub(r"^an?\s+", "", match["self"])
        yield Found(Aspect.SKILLS, what, at, match.end())


def _certified(text: str, at: int = 0) -> Iterator[Found]:
    match = re.compile(
        rf"(?:an?\s+)?(?P<what>(?:state\s+)?(?:licen[cs]ed|certified|registered|chartered|board[- ]certified|qualified|accredited)\s+(?:as\s+an?\s+|in\s+)?{NOUNS}){END}",
        re.IGNORECASE,
    ).match(text, at)
    if match:
        # The job it is held for is read as well: the two places must not be one.
        yield Found(
            Aspect.CREDENTIALS, re.sub(r"\s+(?:as an?)\s+", " ", match["what"]), match.start("what"), match.end()
        )


def _set_in(text: str, at: int = 0) -> Iterator[Found]:
    """A place ("in Dublin") or a field of work ("in retail for six years")."""
    match = re.compile(
        rf"(?:(?:based|living|located|residing|staying)\s+)?(?:in|near|at|outside)\s+(?P<what>(?:the\s+)?{NOUNS}){END}",
        re.IGNORECASE,
    ).match(text, at)
    if not match or re.match(
        r"(?:my|an?|this|that|high|love|debt|need|the same|pain|limbo|between)\b", match["what"], re.IGNORECASE
    ):
        return
    place = match["what"]
    if (
        re.match(r"(?:based|living|located|residing)", text[at:], re.IGNORECASE)
        or known(place)
        or re.match(r"(?:the\s+)?[A-Z][a-z]", place)
    ):
        yield Found(Aspect.CONSTRAINTS, f"lives in {place}", at, match.end())
        return
    spell = SPELL.search(text, match.end())
    if spell:
        yield Found(Aspect.EXPERIENCE, f"{place}, {digits(spell['count'] + ' ' + spell['unit'])}", at, spell.end())


def _from(text: str, at: int = 0) -> Iterator[Found]:
    match = re.compile(rf"(?:originally\s+)?from\s+(?P<what>(?:the\s+)?{NOUNS}){END}", re.IGNORECASE).match(text, at)
    if match and (known(match["what"]) or re.match(r"(?:the\s+)?[A-Z]", match["what"])):
        yield Found(Aspect.CONSTRAINTS, f"from {match['what']}", at, match.end())
