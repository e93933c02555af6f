"""The patterns of English self-description: what a clause about its writer states.

Each pattern is anchored at the clause's beginning, its subject "I" or left out. None knows a career: a job, a credential or
a skill is whatever stands where English puts one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from enum import Enum, auto
from functools import cache
from typing import NamedTuple

from .clauses import Clause, Voice
from .phrases import (
    END,
    FAMILY,
    HEALTH,
    NOUNS,
    RECORD,
    SPELL,
    UNWELL,
    Found,
    credentials_in,
    digits,
    education_in,
    free,
    means_in,
)
from .places import known
from .values import Aspect
from .vocabulary import Vocabulary


class Mode(Enum):
    """What the verb of the clause before says of a clause that has none."""

    NONE = auto()
    HAS = auto()
    LACKS = auto()
    KNOWS = auto()


class _Rule(NamedTuple):
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Vocabulary], Iterator[Found]]
    mode: Mode = Mode.NONE


_ADVERBS = (
    r"(?:(?:just|only|already|currently|now|still|finally|also|recently|actually|really|both|originally|previously|mainly|mostly|always|"
    r"do|definitely|even|presently|sadly|very much|quite|most)\s+)*"
)
_I = r"(?:i\s+)?"
_AM = rf"(?:i\s+am|i['’]?m|am)\s+{_ADVERBS}"
_WAS = rf"(?:i\s+was|was|i\s+used\s+to\s+be|used\s+to\s+be|i['’]?ve\s+{_ADVERBS}been|i\s+have\s+{_ADVERBS}been|have\s+been|been)\s+{_ADVERBS}"
_GOT = (
    r"got|have|had|hold|own|possess|earn(?:ed)?|obtain(?:ed)?|receiv(?:ed)?|complet(?:ed)?|finish(?:ed)?|pass(?:ed)?|took|taken|did|done|gain(?:ed)?|"
    r"graduated\s+with|accumulated|acquired|keep"
)
_HAVE = rf"(?:i\s+{_ADVERBS}(?:{_GOT})(?:\s+(?:got|earned|completed|finished|passed|taken|done|obtained))?|i['’]?ve\s+{_ADVERBS}(?:{_GOT})?|{_ADVERBS}(?:{_GOT}))"
_THE = r"(?:an?\s+|the\s+|my\s+|some\s+)?"
_WHAT = rf"(?P<what>{NOUNS}){END}"
_WANT = (
    rf"(?:i\s+|i['’]d\s+|i\s+would\s+|i['’]?m\s+|i\s+am\s+|i['’]?ve\s+|i\s+have\s+|id\s+|would\s+)?{_ADVERBS}"
    r"(?:want(?:ed|ing)?|love|like|hop(?:e|ing)|plan(?:ning)?|aim(?:ing)?|intend(?:ing)?|dream(?:ing|ed|t|s)?|think(?:ing)?|consider(?:ing)?|"
    r"look(?:ing)?|try(?:ing)?|decided|wish|interested|keen|need|ready|prefer|determined|rather|eager|going|tempted)"
    r"(?:\s+(?:to|of|about|in|on|for|into|at|maybe|possibly|eventually|someday|one day|instead))*\s+"
)
_BECOME = (
    r"(?:(?:becom(?:e|ing)\s+|be(?:ing)?\s+(?=an?\s))|(?:get(?:ting)?|go(?:ing)?|break(?:ing)?|mov(?:e|ing)|switch(?:ing)?|transition(?:ing)?)\s+(?:over\s+|careers?\s+)?(?:in)to\s+|"
    r"(?:chang(?:e|ing)|switch(?:ing)?|transition(?:ing)?)\s+(?:careers?\s+|jobs?\s+)?to\s+|"
    r"(?:re)?train(?:ing)?\s+(?:as|to\s+be(?:come)?)\s+|work(?:ing)?\s+(?:as|in)\s+|start(?:ing)?\s+(?:out\s+)?(?:as|a\s+career\s+(?:in|as))\s+|"
    r"qualify(?:ing)?\s+as\s+|pursu(?:e|ing)\s+(?:a\s+career\s+(?:in|as)\s+)?|a\s+(?:new\s+)?(?:career|job|future)\s+(?:in|as)\s+|study(?:ing)?\s+to\s+be(?:come)?\s+)"
)
_CONDITION = (
    r"(?:to\s+)?(?P<what>(?:work|study|earn|make|stay|travel|keep|be|train|learn)(?:ing)?\b[^,.;?]*?(?:home\b|remote(?:ly)?|part[- ]time|full[- ]time|evenings?|nights?|weekends?|"
    r"hours\b|outdoors|outside|my hands|animals|abroad|[$£€]\s?\d[\d,]*\s?k?(?:\s+(?:a|per|an)\s+\w+)?|locally|alone|mornings|(?:my|the)\s+(?:kids|children|family))"
    r"|(?:a\s+)?(?:fully\s+)?(?:remote|part[- ]time|flexible|home[- ]based|quiet|outdoor|night)\s+(?:\w+\s+)?(?:job|work|hours|schedule|position|role|career)s?"
    r"|something\s+(?:fully\s+)?(?:remote|part[- ]time|flexible|from home))"
)
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
_NO_DOING = re.compile(
    r"(?:look|try|think|wonder|wait|search|read|liv|consider|want|hop|struggl|ask|dream|apply|feel|suffer|rais|go|do|hav|gett|wish|watch|plan|be|mean|"
    r"study|learn|work|talk|hear|see|check|stay)ing\b",
    re.IGNORECASE,
)


def statements(clause: Clause, mode: Mode, vocabulary: Vocabulary) -> tuple[list[Found], Mode]:
    """What a clause about its writer states, and what its verb says of a clause that goes on without one."""
    text = clause.text
    for rule in _rules():
        match = rule.pattern.match(text)
        found = list(_beside(rule.read(match, vocabulary), text)) if match else []
        if found or (match and clause.voice is Voice.SELF):
            had = rule.mode is Mode.NONE and re.search(r"\bwith\b", text)
            return found, Mode.HAS if had else rule.mode
    if clause.voice is Voice.SELF:
        return [], Mode.NONE
    return list(_goes_on(text, mode, vocabulary, opens=clause.opens)), mode


def _beside(found: Iterator[Found], text: str) -> Iterator[Found]:
    """What a pattern states, and the place that is named beside it."""
    taken: list[tuple[int, int]] = []
    yield from free(found, taken)
    if taken:
        for match in re.finditer(
            r"\b(?:living\s+in|live\s+in|based\s+in|in|from)\s+(?P<place>(?:the\s+)?[A-Z][\w.]*(?:\s+[A-Z][\w.]*){0,3})",
            text,
        ):
            if known(match["place"]) and not any(s <= match.start("place") < e for s, e in taken):
                yield Found(Aspect.CONSTRAINTS, f"lives in {match['place']}", *match.span())


def _goes_on(text: str, mode: Mode, vocabulary: Vocabulary, *, opens: bool) -> Iterator[Found]:
    """A clause without a subject: it goes on with the verb before it, or describes the writer in a few bare words."""
    taken: list[tuple[int, int]] = []
    match mode:
        case Mode.LACKS:
            yield from free(_lacking(text, 0, vocabulary), taken)
        case Mode.HAS:
            yield from free(_having(text, 0, vocabulary), taken)
        case Mode.KNOWS if not opens:
            listed = re.match(
                rf"(?:and\s+|or\s+)?(?P<what>{NOUNS}(?:\s+and\s+{NOUNS})?)\s*(?:well)?$", text, re.IGNORECASE
            )
            yield from _knows(listed, vocabulary) if listed else ()
        case _:
            yield from free(_bare(text, vocabulary), taken)


# What a person has, lacks, is


def _shift(found: Iterator[Found], by: int) -> Iterator[Found]:
    for trait in found:
        yield trait._replace(start=trait.start + by, end=trait.end + by)


def _having(text: str, at: int, vocabulary: Vocabulary) -> Iterator[Found]:
    """The things had that a text names from `at` on."""
    rest, taken = text[at:], []  # type: tuple[str, list[tuple[int, int]]]
    for found in (
        _some_college(rest),
        education_in(rest),
        _spells(rest),
        credentials_in(rest, vocabulary),
        means_in(rest),
        _skills(rest),
    ):
        yield from _shift(free(found, taken), at)


def _lacking(text: str, at: int, vocabulary: Vocabulary) -> Iterator[Found]:
    """The things not had that a text names from `at` on."""
    rest = text[at:]
    experience = re.match(
        rf"(?:no\s+|any\s+|zero\s+|little\s+|much\s+|relevant\s+|real\s+|work\s+|prior\s+|previous\s+|the\s+)*(?P<kind>{NOUNS}\s+)?experience\b(?:\s+(?:in|with|as)\s+(?:an?\s+|the\s+)?{_WHAT})?",
        rest, re.IGNORECASE,
    )  # fmt: skip
    if experience:
        what = f" in {experience['what']}" if experience["what"] else ""
        yield Found(Aspect.EXPERIENCE, f"no {experience['kind'] or ''}experience{what}", at, at + experience.end())
        return
    for found in education_in(rest):
        yield Found(Aspect.EDUCATION, f"no {found.value}", at + _from_no(rest, found.start), at + found.end)
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


def _spells(text: str) -> Iterator[Found]:
    """Times spent on something: "ten years of experience in customer service", "18 months as a pharmacy technician"."""
    for spell in SPELL.finditer(text):
        after = re.compile(
            rf"\s+(?:as|in|with|at|on|of|doing|working\s+(?:as|in|at|with|for))\s+(?:an?\s+|the\s+|my\s+)?{_WHAT}",
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


def _role(text: str, at: int = 0) -> Iterator[Found]:
    """A job with the time spent in it: "(a) nurse with five years on the ward"."""
    match = re.compile(
        rf"(?:an?\s+|the\s+)?(?:(?:\d\d|\w+)[- ]years?[- ]old\s+)?(?:also\s+|only\s+)?{_WHAT}", re.IGNORECASE
    ).match(text, at)
    if not match or _names_no_job(match["what"]):
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


def _names_no_job(what: str) -> bool:
    words = re.split(r"\s+of\s+", what.lower())[0].split()
    bad = (
        words[-1].rstrip("s") in _NO_ROLE
        or words[-1] in _NO_ROLE
        or words[0] in ("bit", "little", "lot", "kind", "sort", "not")
    )
    return bad or bool(re.fullmatch(r"\W*\d.*", what)) or (words[-1].endswith("ing") and len(words) == 1)


def _being(match: re.Match[str], vocabulary: Vocabulary) -> Iterator[Found]:
    """What a person says to be: an age, a condition, a parent, a job."""
    text, at = match.string, match.end()
    taken: list[tuple[int, int]] = []
    for reader in (_graduate, _age, _unwell, _family, _record, _workless, _enrolled, _able, _certified, _set_in, _from):
        for found in free(reader(text, at), taken):
            yield found._replace(start=0) if found.start == at else found
    if _JOB_OPENS.match(text, at):
        yield from free(_role(text, at), [span for span in taken if span[0] > at])
    beside = re.compile(r"\bwith\s+", re.IGNORECASE).search(text, at)
    if beside:
        yield from free(_having(text, beside.end(), vocabulary), taken)


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


def _workless(text: str, at: int = 0) -> Iterator[Found]:
    match = re.compile(
        r"(?:unemployed|jobless|out of (?:work|a job)|between jobs|broke|on a (?:tight|small) budget|laid off|on (?:a )?(?:\w+\s)?visa|on parole|on probation|an? (?:immigrant|refugee|(?:US|U\.S\.|UK|EU) citizen)|new to (?:the|this) country)\b",
        re.IGNORECASE,
    ).match(text, at)
    if match:
        yield Found(Aspect.CONSTRAINTS, re.sub(r"^an?\s+", "", match[0]), *match.span())


def _enrolled(text: str, at: int = 0) -> Iterator[Found]:
    """Schooling that goes on."""
    match = re.compile(
        rf"(?:(?:studying|working|enrolled|training)\s+(?:for|towards?|on|in)\s+{_THE}|(?:taking|doing|finishing|completing|pursuing|getting)\s+{_THE}(?=[^,]*(?:degree|bachelor|master|associate|diploma|certificate|course|GED|program|class)))"
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


# Readers of the rules


def _has(match: re.Match[str], vocabulary: Vocabulary) -> Iterator[Found]:
    text, at = match.string, match.end()
    if re.match(r"\s*(?:no|zero|neither|little)\b", text[at:], re.IGNORECASE):
        yield from _lacking(text, at + len(text[at:]) - len(text[at:].lstrip()), vocabulary)
        return
    background = re.compile(
        rf"\s*(?:an?\s+)?(?:(?:strong|solid)\s+)?(?:background|experience|career)\s+(?:in|as|with|working\s+(?:in|as))\s+{_THE}{_WHAT}|\s*(?:an?\s+|my\s+)?(?P<kind>{NOUNS})\s+background\b",
        re.IGNORECASE,
    ).match(text, at)
    if background:
        yield Found(Aspect.EXPERIENCE, background["what"] or background["kind"], at, background.end())
    verb = match[0].lower().split()
    held = bool(verb) and verb[-1] in ("passed", "earned", "hold", "got", "obtained", "received", "completed")
    taken: list[tuple[int, int]] = []
    yield from free(_having(text, at, vocabulary), taken)
    if held or re.match(r"\s*(?:my|an?)\s+[A-Z]{2}", text[at:]):
        yield from free(
            _shift(credentials_in(text[at:], vocabulary, held=held or bool(re.match(r"\s*my\b", text[at:]))), at), taken
        )


def _lacks(match: re.Match[str], vocabulary: Vocabulary) -> Iterator[Found]:
    for found in _lacking(match.string, match.end(), vocabulary):
        yield found._replace(start=0)


def _never_worked(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    what = f" in {match['what']}" if match["what"] else ""
    yield Found(Aspect.EXPERIENCE, f"no experience{what}", 0, match.end())


def _never_finished(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    high = re.search(r"high|secondary|^school", match["what"], re.IGNORECASE)
    yield Found(Aspect.EDUCATION, "no high school diploma" if high else "no degree", 0, match.end())


def _dropped(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    high = re.search(r"high|secondary|^school", match["what"], re.IGNORECASE)
    yield Found(Aspect.EDUCATION, "no high school diploma" if high else "some college", 0, match.end())


def _goal(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
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


def _whole(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """A condition, as it was put."""
    if match["what"]:
        yield Found(
            Aspect.CONSTRAINTS, digits(re.sub(r"^i\s+|^to\s+", "", match["what"], flags=re.IGNORECASE)), 0, match.end()
        )


def _against(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    yield Found(Aspect.CONSTRAINTS, f"no {match['what']}", 0, match.end())


def _lost(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    if match["what"]:
        yield Found(Aspect.EXPERIENCE, match["what"], match.start("what"), match.end("what"))
    if match["lost"].lower() not in ("left", "leaving", "quit", "quitting"):
        value = "lost job" if match["lost"].lower() == "lost" else match["lost"].lower()
        yield Found(Aspect.CONSTRAINTS, value, 0, match.end() if value == "lost job" else match.end("lost"))


def _worked(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    text, start, what = match.string, match.start("what"), match["what"]
    if re.match(r"home$|full[- ]time|part[- ]time", what, re.IGNORECASE):
        return
    if SPELL.match(text, start) or re.match(r"(?:over|about|almost|nearly)\b", what):
        yield from _spells(text)
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


def _doing(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    if not _NO_DOING.match(match["what"]):
        yield Found(
            Aspect.EXPERIENCE, f"{match['what']}, {digits(match['count'] + ' ' + match['unit'])}", 0, match.end()
        )


def _does(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    yield Found(Aspect.EXPERIENCE, match["what"], 0, match.end())


def _spent(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    yield from _spells(match.string)


def _job(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    yield from _role(match.string, match.start("what"))


def _schooled(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    """Graduated, majored, studied."""
    text = match.string
    levels = list(education_in(text[match.end("verb") :]))
    if levels:
        best = levels[-1]
        value = "high school diploma" if re.fullmatch(r"high school", best.value, re.IGNORECASE) else best.value
        yield Found(Aspect.EDUCATION, value, 0, match.end("verb") + best.end)
        return
    field = re.compile(
        rf"\s+(?:in\s+)?(?!from|college|university|uni\b|hard|for|on|at|my|evenings|nights|the\b|with|in\b|\d){_WHAT}",
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


def _lives(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
    place = match["what"]
    if not re.match(r"(?:my|a|an|this|it|with)\b", place, re.IGNORECASE):
        yield Found(Aspect.CONSTRAINTS, f"lives in {place}", 0, match.end())


def _knows(match: re.Match[str], _: Vocabulary) -> Iterator[Found]:
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


def _mine(match: re.Match[str], vocabulary: Vocabulary) -> Iterator[Found]:
    """What stands after "my … is": a degree, a background, a job, a goal."""
    kind, text, at = match["noun"].lower(), match.string, match.end()
    if re.search(r"degree|bachelor|master|associate|diploma|major", kind):
        field = re.compile(rf"(?:in\s+|of\s+)?{_THE}{_WHAT}", re.IGNORECASE).match(text, at)
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
        job = re.compile(rf"(?:in\s+|as\s+|at\s+)?{_THE}{_WHAT}", re.IGNORECASE).match(text, at)
        if job:
            yield Found(Aspect.EXPERIENCE, job["what"], 0, job.end())
    del vocabulary


def _bare(text: str, _: Vocabulary) -> Iterator[Found]:
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
    match = re.fullmatch(rf"(?:for\s+)?(?:the\s+(?:last|past)\s+)?{SPELL.pattern}", text, re.IGNORECASE)
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
        yield from _workless(text)


def _savings(text: str) -> Iterator[Found]:
    if re.match(r"[$£€]\s?\d", text):
        yield from (found for found in means_in(text) if re.search(r"[a-z]", found.value))


def _only_schooling(text: str) -> Iterator[Found]:
    """ "just high school", "with a bachelor's"."""
    level = r"high school|secondary|GED|GCSE|HS|A[- ]level|certificate|bachelor|associate|master|degree"
    only = re.match(rf"(?:just|only|but|with)\s+(?:an?\s+|my\s+)?(?={level})", text, re.IGNORECASE)
    if only and len(text.split()) <= 8:
        yield from _shift(education_in(text[only.end() :]), only.end())


def _trade(text: str) -> Iterator[Found]:
    """ "former bookkeeper", "carpenter by trade"."""
    state = r"former(?:ly)?(?:\s+an?)?|ex-?|retired|currently\s+an?|experienced|qualified|trained"
    here = r"by trade|by profession|by training|here"
    job = re.match(rf"(?:an?\s+)?(?:{state})\s*(?P<what>{NOUNS})(?:\s+(?:{here}))?{END}", text, re.IGNORECASE)
    job = job or re.match(rf"(?:being\s+|as\s+)?(?:an?\s+)?(?P<what>{NOUNS})\s+(?:{here})\b", text, re.IGNORECASE)
    if job and not _names_no_job(job["what"]):
        yield from _role(text, job.start("what"))


_NO_WORKER = re.compile(
    r"^(?:what|which|how|jobs?|salary|is|are|the|after|over|about|almost|at)\b"
    r"|\b(?:salary|pay|jobs?|course|degree|program\w*|exam|training|for|takes?|lasts?)\b",
    re.IGNORECASE,
)


def _worker(text: str) -> Iterator[Found]:
    """ "Nurse with five years on the ward"."""
    match = re.match(rf"(?:an?\s+)?(?P<what>{NOUNS})(?:,?\s+(?:with|for))?\s+{SPELL.pattern}", text, re.IGNORECASE)
    if match and not _NO_WORKER.search(match["what"]):
        yield from _role(text)


def _years_alone(text: str) -> Iterator[Found]:
    """ "Ten years of experience in retail"."""
    if SPELL.match(text) and re.search(r"experience|\bas an?\b|\bin\b", text, re.IGNORECASE):
        yield from _spells(text)


@cache
def _rules() -> tuple[_Rule, ...]:
    def rule(
        pattern: str, read: Callable[[re.Match[str], Vocabulary], Iterator[Found]], mode: Mode = Mode.NONE
    ) -> _Rule:
        return _Rule(re.compile(pattern, re.IGNORECASE), read, mode)

    def nothing(_match: re.Match[str], _vocabulary: Vocabulary) -> Iterator[Found]:
        return iter(())

    working = r"(?:work\w*|deal\w*|sit\w*|stand\w*|travel\w*|commut\w*|mov\w*|relocat\w*|driv\w*|talk\w*|lift\w*|go(?:ing)?\s+back|manag\w*|sell\w*|teach\w*|see(?:ing)?\s+blood)"
    return (
        rule(
            r"(?:i\s+am|i['’]?m|i\s+was)\s+(?:not|no longer|never)\b|i['’]?m\s+(?:a\s+)?(?:bit|little)\b|i\s+(?:wish|guess|think|suppose|wonder|heard|read|mean|meant|believe|understand)\b(?!\s+(?:of|about))",
            nothing,
        ),
        rule(
            rf"(?:i['’]?ve|i\s+have|i|have)?\s*(?:never|not)\s+{_ADVERBS}(?:worked|been\s+employed|had\s+a\s+job)(?:\s+(?:in|as|with|at)\s+(?:an?\s+|the\s+)?{_WHAT})?",
            _never_worked,
        ),
        rule(
            r"(?:i\s+|i['’]?ve\s+)?(?:never|didn['’]?t|did\s+not|haven['’]?t)\s+(?:finish\w*|complet\w*|graduat\w*(?:\s+from)?|get|got|go(?:ne)?(?:\s+to)?|went(?:\s+to)?|attend\w*)\s+(?:my\s+|a\s+|to\s+)?(?P<what>high\s+school|secondary\s+school|school|college|university|uni|degree)\b",
            _never_finished,
        ),
        rule(
            r"(?:i\s+)?(?:dropped\s+out\s+of|left|quit)\s+(?P<what>(?:community\s+)?college|university|uni|high\s+school|school)\b(?:\s+(?:early|at\s+\d\d))?",
            _dropped,
        ),
        rule(
            rf"(?:i\s+)?{_ADVERBS}(?:don['’]?t|do\s+not|didn['’]?t)\s+{_ADVERBS}(?:yet\s+)?(?:have|hold|own|possess)(?:\s+got)?\s+|i\s+lack\s+|(?:i\s+)?haven['’]?t\s+got\s+",
            _lacks,
            Mode.LACKS,
        ),
        rule(r"(?:with\s+)?(?=(?:no|zero)\s)|without\s+(?:an?\s+|any\s+)?", _lacks, Mode.NONE),
        rule(
            rf"(?:my\s+(?:\w+\s+)?(?:goal|dream|plan|aim|ambition|hope)(?:\s+job)?\s+(?:is|would\s+be|has\s+always\s+been)\s+(?:to\s+)?(?:{_BECOME}|(?=an?\s)))(?P<what>(?:an?\s+|the\s+)?{NOUNS}(?:\s+{NOUNS})?){END}",
            _goal,
        ),
        rule(
            rf"{_WANT}{_BECOME}(?P<what>(?:an?\s+|the\s+)?{NOUNS}(?:\s+(?:or|and)\s+(?:an?\s+)?{NOUNS})?){END}", _goal
        ),
        rule(rf"(?:i['’]?m\s+|i\s+am\s+)?{_ADVERBS}interested\s+in\s+(?P<what>{NOUNS}){END}", _goal),
        rule(rf"{_WANT}{_CONDITION}", _whole),
        rule(
            rf"(?:i\s+|i['’]d\s+|i\s+would\s+)?{_ADVERBS}(?:hate|dislike|can['’]?t\s+stand|(?:don['’]?t|do\s+not)\s+(?:want|like|enjoy)(?:\s+to)?|would\s+rather\s+not|rather\s+not|don['’]?t\s+want\s+to)\s+(?P<what>{working}\b(?:\s+(?!so\b|because\b|but\b){NOUNS})?){END}",
            _against,
        ),
        rule(
            r"(?:i\s+)?(?P<what>can\s+only\s+[^.;?]+|can(?:not|['’]?t)\s+(?:afford|work|study|move|relocate|travel|quit|leave|stand\b(?!\s+(?:it|working))|lift|drive|attend|pay|take|commute|give\s+up|sit|walk|go\s+back)\b[^.;?]*|(?:have|need)\s+to\s+(?:keep|stay|care|look\s+after|support)\b[^.;?]*|need\s+to\s+earn\b[^.;?]*)",
            _whole,
        ),
        rule(
            r"(?:i\s+)?(?P<what>work\s+(?:full[- ]time|nights|weekends|two\s+jobs|(?:night\s+|rotating\s+)?shifts)\b)(?!\s+(?:as|in|at)\b)",
            _whole,
        ),
        rule(
            rf"(?:i\s+(?:was|got|am)\s+|i['’]?(?:ve\s+been|m)\s+|i\s+have\s+been\s+|was\s+|got\s+|been\s+)?{_ADVERBS}(?P<lost>laid\s+off|let\s+go|fired|made\s+redundant)(?:\s+(?:from|by|at|as)\s+(?:my\s+(?:\w+\s+)?(?:job|position|role)\s+(?:at|as|in|with)\s+)?(?:an?\s+|the\s+|my\s+)?{_WHAT})?",
            _lost,
        ),
        rule(
            rf"{_I}{_ADVERBS}(?P<lost>lost|quit|left|leaving|quitting)\s+(?:my|a)\s+(?:\w+\s+)?(?:job|position|career|role)(?:\s+(?:as|in|at|with)\s+(?:an?\s+|the\s+)?{_WHAT})?",
            _lost,
        ),
        rule(
            rf"{_I}(?:left|quit)\s+(?:the\s+)?(?P<what>(?!my\b|a\b|home\b|it\b|there\b|for\b|school\b|\w+ly\b){NOUNS}){END}",
            _does,
        ),
        rule(rf"{_HAVE}\s+(?:an?\s+|my\s+)(?P<what>apprenticeship\s+(?:as|in|with)\s+(?:an?\s+)?{NOUNS}){END}", _does),
        rule(
            rf"(?:i['’]?ve|i\s+have|have)\s+{_ADVERBS}been\s+(?P<what>\w+ing(?:\s+{NOUNS})?)\s+(?:for\s+)?(?:the\s+(?:last|past)\s+)?{SPELL.pattern}",
            _doing,
        ),
        rule(
            rf"(?:i|i['’]?ve|i\s+have|i['’]?m|i\s+am|have|am)?\s*{_ADVERBS}(?:used\s+to\s+)?(?:been\s+)?(?:work(?:ed|ing)?|serv(?:ed|ing)|volunteer(?:ed|ing)?|employed)\s+(?:full[- ]time\s+|part[- ]time\s+|mostly\s+|nights\s+)?(?:as|in|at|for|with|on)\s+(?:an?\s+|the\s+|my\s+)?{_WHAT}",
            _worked,
        ),
        rule(rf"(?:i\s+|i['’]?ve\s+|i\s+have\s+)?spent\s+(?={SPELL.pattern}|the\s+(?:last|past))", _spent),
        rule(rf"(?:after|with)\s+(?={SPELL.pattern})", _spent),
        rule(
            rf"(?:i\s+come|coming)\s+from\s+(?:an?\s+)?(?:the\s+)?(?P<what>(?!a\b){NOUNS})(?:\s+background)?{END}", _job
        ),
        rule(
            rf"{_I}{_ADVERBS}(?P<what>(?:manage|run|own|teach|drive|sell|repair|fix|coach|supervise|tutor)d?\s+(?:an?\s+|the\s+|my\s+own\s+)?{NOUNS}){END}",
            _does,
        ),
        rule(rf"(?:{_AM})?retired\s+(?:from\s+)?(?:the\s+|being\s+an?\s+)?(?P<what>{NOUNS}){END}", _job),
        rule(rf"(?:{_AM})(?:an?\s+)?(?:former|ex-?|retired)\s*(?P<what>{NOUNS}){END}", _job),
        rule(rf"as\s+(?:an?\s+)?(?:former|ex-?|retired|current|experienced|qualified)\s+(?P<what>{NOUNS}){END}", _job),
        rule(rf"(?:being|as)\s+an?\s+(?P<what>{NOUNS})\s+(?:by\s+trade|by\s+profession|with\s+{SPELL.pattern})", _job),
        rule(
            rf"(?:{_I}{_ADVERBS}|i['’]?ve\s+{_ADVERBS}|{_AM})?(?P<verb>graduated|majored|studied|finished|completed|just\s+finished|just\s+graduated|did)(?=\s+(?:from|in|with|high|college|university|my\s+(?:degree|bachelor|master|ged)|secondary|school|\w+\s+(?:at|in)\s+(?:college|university|uni|school))|\s+\w+$)",
            _schooled,
        ),
        rule(
            rf"(?:(?:i\s+)?(?:currently\s+|now\s+|still\s+)?live|living|i['’]?m\s+living|i\s+am\s+living|i\s+reside|i\s+(?:just\s+|recently\s+)?moved|moved|based)\s+(?:in|to|near|outside)\s+(?P<what>(?:the\s+)?{NOUNS}){END}",
            _lives,
        ),
        rule(
            rf"{_I}{_ADVERBS}(?:know(?:\s+how\s+to)?|speak|(?:can|could)\s+(?=(?:type|code|program|weld|sew|draw|speak|use|operate|cook|write)\b)|am\s+(?:good|fluent|proficient)\s+(?:at|with|in))\s*(?P<what>[^.;?]+?)(?:\s+(?:so|but|because)\b|$)",
            _knows,
            Mode.KNOWS,
        ),
        rule(
            rf"my\s+(?:(?:highest|last|current|previous|old|own|only|college|university|present|former|first|main|biggest|best)\s+)*(?P<noun>degree|bachelor['’]?s?(?:\s+degree)?|master['’]?s?(?:\s+degree)?|associate['’]?s?(?:\s+degree)?|diploma|major|background|experience|(?:level\s+of\s+)?education|qualifications?|job|occupation|profession|trade|career|budget|savings|skills?|strengths?)\s+(?:is|was|are|were|has\s+been)\s+{_ADVERBS}",
            _mine,
        ),
        rule(rf"{_AM}|{_WAS}", _being, Mode.NONE),
        rule(rf"{_HAVE}\s+", _has, Mode.HAS),
    )


__all__ = ["HEALTH", "Mode", "statements"]
