"""What the verbs of a self-description tell: had, worked, studied, want, live, know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .grammar import THE, WHAT
from .having import having, lacking, role, shift, spells
from .phrases import (
    END,
    NOUNS,
    SPELL,
    Found,
    credentials_in,
    digits,
    education_in,
    free,
)
from .places import known
from .values import Aspect
from .vocabulary import Vocabulary

_NO_DOING = re.compile(
    r"(?:look|try|think|wonder|wait|search|read|liv|consider|want|hop|struggl|ask|dream|apply|feel|suffer|rais|go|do|hav|gett|wish|watch|plan|be|mean|"
    r"study|learn|work|talk|hear|see|check|stay)ing\b",
    re.IGNORECASE,
)


_DATED = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|last|this|the|\d)\b"
"""When something was, not where."""


def has(match: re.Match[str], vocabulary: Vocabulary) -> Iterator[Found]:
    """What stands after "I have", the first of it with these words."""
    found = sorted(_had(match, vocabulary), key=lambda trait: trait.start)
    yield from (trait._replace(start=0) if place == 0 else trait for place, trait in enumerate(found))


def _had(match: re.Match[str], vocabulary: Vocabulary) -> Iterator[Found]:
    text, at = match.string, match.end()
    subordinate = re.compile(r"\s(?:that|whether|if|which|how)\s", re.IGNORECASE).search(text, at)
    text = text[: subordinate.start()] if subordinate else text
    if re.match(r"\s*(?:no|zero|neither|little)\b", text[at:], re.IGNORECASE):
        yield from lacking(text, at + len(text[at:]) - len(text[at:].lstrip()), vocabulary)
        return
    background = re.compile(
        rf"\s*(?:an?\s+)?(?:(?:strong|solid)\s+)?(?:background|experience|career)\s+(?:in|as|with|working\s+(?:in|as))\s+{THE}{WHAT}|\s*(?:an?\s+|my\s+)?(?P<kind>{NOUNS})\s+background\b",
        re.IGNORECASE,
    ).match(text, at)
    if background:
        yield Found(Aspect.EXPERIENCE, background["what"] or background["kind"], at, background.end())
    verb = match[0].lower().split()
    held = bool(verb) and verb[-1] in ("passed", "earned", "hold", "got", "obtained", "received", "completed")
    taken: list[tuple[int, int]] = []
    yield from free(having(text, at, vocabulary), taken)
    if held or re.match(r"\s*(?:my|an?)\s+[A-Z]{2}", text[at:]):
        yield from free(
            shift(credentials_in(text[at:], vocabulary, held=held or bool(re.match(r"\s*my\b", text[at:]))), at), taken
        )


def lacks(match: re.Match[str], vocabulary: Vocabulary) -> Iterator[Found]:
    """What stands after "I don't have"."""
    for found in lacking(match.string, match.end(), vocabulary):
        yield found._replace(start=0)


def never_worked(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """No experience, of a kind or at all."""
    what = f" in {match['what']}" if match["what"] else ""
    yield Found(Aspect.EXPERIENCE, f"no experience{what}", 0, match.end())


def never_finished(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """School or college that was not finished."""
    high = re.search(r"high|secondary|^school", match["what"], re.IGNORECASE)
    yield Found(Aspect.EDUCATION, "no high school diploma" if high else "no degree", 0, match.end())


def dropped(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """College that was left, which some of it still is."""
    high = re.search(r"high|secondary|^school", match["what"], re.IGNORECASE)
    yield Found(Aspect.EDUCATION, "no high school diploma" if high else "some college", 0, match.end())


def goal(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """What a person wants to become."""
    what = re.sub(r"^(?:an?|the|some kind of|better)\s+", "", match["what"], flags=re.IGNORECASE)
    if re.fullmatch(
        r"\w+(?:ed|able|sure|ly)|it|that|this|there|one|home|school|college|more", what, re.IGNORECASE
    ) or known(what):
        return
    if re.match(
        r"(?:my|your|this|that|these|the|knowing|learning|hearing|understanding|how|what|why|where|more|better)\b",
        what,
        re.IGNORECASE,
    ):
        return
    yield Found(Aspect.GOAL, what, 0, match.end())


def whole(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """A condition, as it was put."""
    if match["what"]:
        yield Found(
            Aspect.CONSTRAINTS, digits(re.sub(r"^i\s+|^to\s+", "", match["what"], flags=re.IGNORECASE)), 0, match.end()
        )


def against(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """What a person does not want."""
    yield Found(Aspect.CONSTRAINTS, f"no {match['what']}", 0, match.end())


def lost(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """A job that was lost or left."""
    if match["what"] and not re.match(_DATED, match["what"], re.IGNORECASE):
        yield Found(Aspect.EXPERIENCE, match["what"], match.start("what"), match.end("what"))
    if match["lost"].lower() not in ("left", "leaving", "quit", "quitting"):
        value = "lost job" if match["lost"].lower() == "lost" else match["lost"].lower()
        yield Found(Aspect.CONSTRAINTS, value, 0, match.end() if value == "lost job" else match.end("lost"))


def worked(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """Work done as, in or at something, with its length."""
    text, start, what = match.string, match.start("what"), match["what"]
    if re.match(r"home$|full[- ]time|part[- ]time", what, re.IGNORECASE):
        return
    if SPELL.match(text, start) or re.match(r"(?:over|about|almost|nearly)\b", what):
        yield from spells(text)
        return
    if re.fullmatch(r"(?:and|or|with|for|to|\d+)", what):
        return
    end, extra = match.end(), ""
    also = re.compile(
        rf"(?:\s+for\s+{SPELL.pattern})?\s+as\s+(?:an?\s+|the\s+)?(?P<role>{NOUNS}){END}", re.IGNORECASE
    ).match(text, end)
    spell = SPELL.search(text, match.end("what"))
    if also:
        extra, end = f" as {also['role']}", also.end()
    if spell:
        extra, end = f"{extra}, {digits(spell['count'] + ' ' + spell['unit'])}", max(end, spell.end())
    yield Found(Aspect.EXPERIENCE, f"{what}{extra}", 0, end)


def doing(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """What has been done for a length of time."""
    if not _NO_DOING.match(match["what"]):
        yield Found(
            Aspect.EXPERIENCE, f"{match['what']}, {digits(match['count'] + ' ' + match['unit'])}", 0, match.end()
        )


def does(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """What is done or was done, as it was put."""
    yield Found(Aspect.EXPERIENCE, match["what"], 0, match.end())


def left_after(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """Work left after a length of time."""
    length = digits(f"{match['count']} {match['unit']}")
    yield Found(Aspect.EXPERIENCE, f"{match['what']}, {length}", 0, match.end())


def spent(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """Time spent on something."""
    yield from spells(match.string)


def job(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """A job named outright."""
    yield from role(match.string, match.start("what"))


def schooled(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """Graduated, majored, studied."""
    text = match.string
    levels = list(education_in(text[match.end("verb") :]))
    if levels:
        best = levels[-1]
        value = "high school diploma" if re.fullmatch(r"high school", best.value, re.IGNORECASE) else best.value
        yield Found(Aspect.EDUCATION, value, 0, match.end("verb") + best.end)
        return
    field = re.compile(
        rf"\s+(?:in\s+)?(?!from|school\b|college|university|uni\b|hard|for|on|at|my|evenings|nights|the\b|with|in\b|\d){WHAT}",
        re.IGNORECASE,
    ).match(text, match.end("verb"))
    if field:
        yield Found(Aspect.EDUCATION, f"studied {field['what']}", 0, field.end())
    elif re.match(
        r"\s+(?:from\s+)?(?:an?\s+|the\s+)?(?:\w+\s+)?(?:college|university|uni)\b",
        text[match.end("verb") :],
        re.IGNORECASE,
    ):
        yield Found(Aspect.EDUCATION, "university degree", 0, len(text.rstrip()))


def lives(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """Where a person lives."""
    place = match["what"]
    if not re.match(r"(?:my|a|an|this|it|with)\b", place, re.IGNORECASE):
        yield Found(Aspect.CONSTRAINTS, f"lives in {place}", 0, match.end())


def knows(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """Skills, one by one."""
    if re.match(
        r"(?:that|what|how\s+(?!to\b)|why|where|who|when|nothing|it|this|i|you|about|if|whether|a\s+(?:bit|lot|little|friend|nurse|guy)|someone|people|the\s+(?:answer|difference|pay)|so|not|of)\b",
        match["what"],
        re.IGNORECASE,
    ):
        return
    at = match.start("what")
    start = at
    for part in re.split(r"(\s+(?:and|&)\s+|\s*,\s*(?:and\s+)?)", match["what"]):
        skill = re.sub(
            r"\s+(?:(?:quite|very|fairly)\s+)?(?:well|too|fluently|inside out|a bit|a little)$", "", part.strip()
        )
        if skill and not re.fullmatch(r"\s*(?:and|&|,|,\s*and)\s*", part):
            yield Found(Aspect.SKILLS, re.sub(r"^how\s+to\s+", "", skill), start, start + len(part.rstrip()))
        start += len(part)


def mine(match: re.Match[str], vocabulary: Vocabulary) -> Iterator[Found]:
    """What stands after "my … is": a degree, a background, a job, a goal."""
    kind, text, at = match["noun"].lower(), match.string, match.end()
    if re.search(r"degree|bachelor|master|associate|diploma|major", kind):
        field = re.compile(rf"(?:in\s+|of\s+)?{THE}{WHAT}", re.IGNORECASE).match(text, at)
        if field:
            level = kind if kind != "major" else "studied"
            yield Found(
                Aspect.EDUCATION,
                f"{level} in {field['what']}" if kind != "major" else f"studied {field['what']}",
                0,
                field.end(),
            )
    elif re.search(r"qualification|education|level of", kind):
        for found in education_in(text[at:]):
            yield Found(Aspect.EDUCATION, found.value, 0, at + found.end)
    elif re.search(r"budget|savings", kind):
        yield Found(Aspect.CONSTRAINTS, f"budget {digits(text[at:])}", 0, len(text.rstrip()))
    elif re.search(r"skill|strength", kind):
        yield Found(Aspect.SKILLS, text[at:].strip(), 0, len(text.rstrip()))
    else:
        job = re.compile(rf"(?:in\s+|as\s+|at\s+)?{THE}{WHAT}", re.IGNORECASE).match(text, at)
        if job:
            yield Found(Aspect.EXPERIENCE, job["what"], 0, job.end())
    del vocabulary
