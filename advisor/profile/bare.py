"""Clauses of a few bare words that can only be about their writer: "single mom of two", "former bookkeeper"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .being import workless
from .having import names_no_job, role, shift, spells
from .phrases import (
    END,
    FAMILY,
    NOUNS,
    SPELL,
    Found,
    digits,
    education_in,
    means_in,
)
from .values import Aspect
from .vocabulary import Vocabulary


def alone(text: str) -> Iterator[Found]:
    """An age or schooling that stands alone between commas: "Ex-military, 41, bachelor's in criminal justice"."""
    if re.fullmatch(r"[1-8]\d", text):
        yield Found(Aspect.CONSTRAINTS, f"{text} years old", 0, len(text))
    for found in education_in(text):
        if found.end - found.start >= len(text.rstrip()) - 3:
            yield found


def bare(text: str, _: Vocabulary) -> Iterator[Found]:
    """A clause of a few bare words that can only be about the writer: "single mom of two", "28 yo here", "former bookkeeper"."""
    if len(text.split()) > LONGEST_BARE:
        return
    for reader in (_length, _me, _out_of_work, _savings, _only_schooling, _trade, _worker, _years_alone):
        found = list(reader(text))
        if found:
            yield from found
            return


LONGEST_BARE = 14
"""Words of a clause without a subject that is still read as a description of oneself."""


def _length(text: str) -> Iterator[Found]:
    """A length of time alone: it belongs to the job that was named before it."""
    spell = rf"(?:for\s+)?(?:the\s+(?:last|past)\s+)?{SPELL.pattern}(?:\s+(?:in|now|so far))?"
    match = re.fullmatch(spell, text, re.IGNORECASE)
    if match:
        yield Found(Aspect.EXPERIENCE, digits(f"{match['count']} {match['unit']}"), 0, len(text))


def _me(text: str) -> Iterator[Found]:
    """An age or a family: "28 yo here", "single mom of two"."""
    age = re.match(r"(?P<age>[1-8]\d)\s*(?:(?:yo|y/?o|years?\s+old|[mf])(?:\s+here)?|here)$", text, re.IGNORECASE)
    family = re.match(rf"(?P<family>{FAMILY.pattern})(?:\s+here)?$", text, re.IGNORECASE)
    if age:
        yield Found(Aspect.CONSTRAINTS, f"{age['age']} years old", 0, age.end())
    elif family and family["family"].lower() not in ("kids", "children"):
        yield Found(Aspect.CONSTRAINTS, family["family"], 0, family.end())


def _out_of_work(text: str) -> Iterator[Found]:
    if re.match(r"(?:unemployed|laid off|made redundant|jobless|out of work|between jobs)\b", text, re.IGNORECASE):
        yield from workless(text)


def _savings(text: str) -> Iterator[Found]:
    if re.match(r"[$£€]\s?\d", text):
        yield from (found for found in means_in(text) if re.search(r"[a-z]", found.value))


def _only_schooling(text: str) -> Iterator[Found]:
    """Such as "just high school", "with a bachelor's"."""
    level = r"high school|secondary|GED|GCSE|HS|A[- ]level|certificate|bachelor|associate|master|degree"
    only = re.match(rf"(?:just|only)\s+(?:an?\s+|my\s+)?(?={level})", text, re.IGNORECASE)
    if only and len(text.split()) <= 8:
        yield from shift(education_in(text[only.end() :]), only.end())


def _trade(text: str) -> Iterator[Found]:
    """Such as "former bookkeeper", "carpenter by trade"."""
    state = r"former(?:ly)?(?:\s+an?)?|ex[- ]|retired|currently\s+an?|experienced|qualified|trained"
    here = r"by trade|by profession|by training|here"
    job = re.match(rf"(?:an?\s+)?(?:{state})\s*(?P<what>{NOUNS})(?:\s+(?:{here}))?{END}", text, re.IGNORECASE)
    job = job or re.match(rf"(?:being\s+|as\s+)?(?:an?\s+)?(?P<what>{NOUNS})\s+(?:{here})\b", text, re.IGNORECASE)
    if job and not names_no_job(job["what"]):
        yield from role(text, job.start("what"))


_NO_WORKER = re.compile(
    r"^(?:what|which|how|jobs?|salary|is|are|the|after|over|about|almost|at)\b"
    r"|\b(?:salary|pay|jobs?|course|degree|program\w*|exam|training|for|takes?|lasts?)\b",
    re.IGNORECASE,
)


def _worker(text: str) -> Iterator[Found]:
    """Such as "nurse with five years on the ward"."""
    match = re.match(rf"(?:an?\s+)?(?P<what>{NOUNS})(?:,?\s+(?:with|for))?\s+{SPELL.pattern}", text, re.IGNORECASE)
    if match and not _NO_WORKER.search(match["what"]):
        yield from role(text)


def _years_alone(text: str) -> Iterator[Found]:
    """Such as "ten years of experience in retail"."""
    if SPELL.match(text) and re.search(r"experience|\bas an?\b|\bin\b", text, re.IGNORECASE):
        yield from spells(text)
