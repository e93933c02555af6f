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

from . import verbs
from .bare import alone, bare
from .being import being
from .clauses import Clause, Voice
from .grammar import ADVERBS, AM, BECOME, CONDITION, HAVE, MAYBE_I, WANT, WAS, WHAT
from .having import having, lacking
from .phrases import (
    END,
    NOUNS,
    SPELL,
    Found,
    free,
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
                way = "from" if match[0].startswith("from") else "lives in"
                yield Found(Aspect.CONSTRAINTS, f"{way} {match['place']}", *match.span())


def _goes_on(text: str, mode: Mode, vocabulary: Vocabulary, *, opens: bool) -> Iterator[Found]:
    """A clause without a subject: it goes on with the verb before it, or describes the writer in a few bare words."""
    taken: list[tuple[int, int]] = []
    if not opens and (standing := list(alone(text))):
        yield from standing
        return
    if _WISHED.match(text):
        return
    match mode:
        case Mode.LACKS:
            yield from free(lacking(text, 0, vocabulary), taken)
        case Mode.HAS:
            yield from free(having(text, 0, vocabulary), taken)
        case Mode.KNOWS if not opens:
            listed = re.match(
                rf"(?:and\s+|or\s+)?(?P<what>{NOUNS}(?:\s+and\s+{NOUNS})?)\s*(?:well)?$", text, re.IGNORECASE
            )
            yield from verbs.knows(listed, vocabulary) if listed else ()
        case _:
            yield from free(bare(text, vocabulary), taken)


_WISHED = re.compile(
    r"(?:(?:and|next|now|then|later|also|one day|eventually|someday)\s+)*(?:i['’]d\b|(?:i\s+|i['’]?m\s+|am\s+)?"
    r"(?:would|hop(?:e|ing)|plan(?:ning)?|want(?:ing)?|wish|aim(?:ing)?|intend(?:ing)?|need|will|might|may|could|should|going\s+to)\b)",
    re.IGNORECASE,
)
"""Opens what is wished for, and not had or lacked like what stands before it."""


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
            rf"(?:i['’]?ve|i\s+have|i|have)?\s*(?:never|not)\s+{ADVERBS}(?:worked|been\s+employed|had\s+a\s+job)(?:\s+(?:in|as|with|at)\s+(?:an?\s+|the\s+)?{WHAT})?",
            verbs.never_worked,
        ),
        rule(
            r"(?:i\s+|i['’]?ve\s+)?(?:never|didn['’]?t|did\s+not|haven['’]?t)\s+(?:finish\w*|complet\w*|graduat\w*(?:\s+from)?|get|got|go(?:ne)?(?:\s+to)?|went(?:\s+to)?|attend\w*)\s+(?:my\s+|a\s+|to\s+)?(?P<what>high\s+school|secondary\s+school|school|college|university|uni|degree)\b",
            verbs.never_finished,
        ),
        rule(
            r"(?:i\s+)?(?:dropped\s+out\s+of|left|quit)\s+(?P<what>(?:community\s+)?college|university|uni|high\s+school|school)\b(?:\s+(?:early|at\s+\d\d))?",
            verbs.dropped,
        ),
        rule(
            rf"(?:i\s+)?{ADVERBS}(?:don['’]?t|do\s+not|didn['’]?t)\s+{ADVERBS}(?:yet\s+)?(?:have|hold|own|possess)(?:\s+got)?\s+|i\s+lack\s+|(?:i\s+)?haven['’]?t\s+got\s+",
            verbs.lacks,
            Mode.LACKS,
        ),
        rule(r"(?:with\s+)?(?=(?:no|zero)\s)|without\s+(?:an?\s+|any\s+)?", verbs.lacks, Mode.NONE),
        rule(
            rf"(?:my\s+(?:\w+\s+)?(?:goal|dream|plan|aim|ambition|hope)(?:\s+job)?\s+(?:is|would\s+be|has\s+always\s+been)\s+(?:to\s+)?(?:{BECOME}|(?=an?\s)))(?P<what>(?:an?\s+|the\s+)?{NOUNS}(?:\s+{NOUNS})?){END}",
            verbs.goal,
        ),
        rule(
            rf"{WANT}{BECOME}(?P<what>(?:an?\s+|the\s+)?{NOUNS}(?:\s+(?:or|and)\s+(?:an?\s+)?{NOUNS})?){END}",
            verbs.goal,
        ),
        rule(rf"(?:i['’]?m\s+|i\s+am\s+)?{ADVERBS}interested\s+in\s+(?P<what>{NOUNS}){END}", verbs.goal),
        rule(rf"{WANT}{CONDITION}", verbs.whole),
        rule(
            rf"(?:i\s+|i['’]d\s+|i\s+would\s+)?{ADVERBS}(?:hate|dislike|can['’]?t\s+stand|(?:don['’]?t|do\s+not)\s+(?:want|like|enjoy)(?:\s+to)?|would\s+rather\s+not|rather\s+not|don['’]?t\s+want\s+to)\s+(?P<what>{working}\b(?:\s+(?!so\b|because\b|but\b){NOUNS})?){END}",
            verbs.against,
        ),
        rule(
            r"(?:i\s+)?(?P<what>can\s+only\s+[^.;?]+|can(?:not|['’]?t)\s+(?:afford|work|study|move|relocate|travel|quit|leave|stand\b(?!\s+(?:it|working))|lift|drive|attend|pay|take|commute|give\s+up|sit|walk|go\s+back)\b[^.;?]*|(?:have|need)\s+to\s+(?:keep|stay|care|look\s+after|support)\b[^.;?]*|need\s+to\s+earn\b[^.;?]*)",
            verbs.whole,
        ),
        rule(
            r"(?:i\s+)?(?P<what>work\s+(?:(?:night|rotating|early|late)\s+shifts|full[- ]time(?!\s+(?:as|in|at)\b)|nights|weekends|two\s+jobs|shifts)\b)",
            verbs.whole,
        ),
        rule(
            rf"(?:i\s+(?:was|got|am)\s+|i['’]?(?:ve\s+been|m)\s+|i\s+have\s+been\s+|was\s+|got\s+|been\s+)?{ADVERBS}(?P<lost>laid\s+off|let\s+go|fired|made\s+redundant)(?:\s+(?:from|by|at|as)\s+(?:my\s+(?:\w+\s+)?(?:job|position|role)\s+(?:at|as|in|with)\s+)?(?:an?\s+|the\s+|my\s+)?{WHAT})?",
            verbs.lost,
        ),
        rule(
            rf"{MAYBE_I}{ADVERBS}(?P<lost>lost|quit|left|leaving|quitting)\s+(?:my|a)\s+(?:\w+\s+)?(?:job|position|career|role)(?:\s+(?:as|in|at|with)\s+(?:an?\s+|the\s+)?{WHAT})?",
            verbs.lost,
        ),
        rule(
            rf"{MAYBE_I}(?:left|quit)\s+(?:the\s+)?(?P<what>(?!my\b|a\b|home\b|it\b|there\b|for\b|school\b|\w+ly\b){NOUNS}){END}",
            verbs.does,
        ),
        rule(
            rf"{HAVE}\s+(?:[^,.;]{{0,30}}?\s)?(?:an?\s+|my\s+|the\s+)(?P<what>(?:\w+\s+){{0,2}}apprenticeship(?:\s+(?:as|in|with)\s+(?:an?\s+)?{NOUNS})?){END}",
            verbs.does,
        ),
        rule(
            rf"i\s+used\s+to\s+(?P<what>(?!be\b|work\b|think\b|want\b|have\b|live\b|know\b|like\b|love\b|believe\b|serve\b)\w+(?:\s+{NOUNS})?){END}",
            verbs.does,
        ),
        rule(
            rf"(?:{WANT})?leav(?:e|ing)\s+(?:the\s+)?(?P<what>(?!my\b|a\b|home\b|it\b){NOUNS})\s+after\s+{SPELL.pattern}",
            verbs.left_after,
        ),
        rule(
            rf"(?:i['’]?ve|i\s+have|have)\s+{ADVERBS}been\s+(?P<what>\w+ing(?:\s+(?!for\b){NOUNS})?)\s+(?:for\s+)?(?:the\s+(?:last|past)\s+)?{SPELL.pattern}",
            verbs.doing,
        ),
        rule(
            rf"(?:i|i['’]?ve|i\s+have|i['’]?m|i\s+am|have|am)?\s*{ADVERBS}(?:used\s+to\s+)?(?:been\s+)?(?:work(?:ed|ing)?|serv(?:ed|ing)|volunteer(?:ed|ing)?|employed)\s+(?:full[- ]time\s+|part[- ]time\s+|mostly\s+|nights\s+)?(?:as|in|at|for|on)\s+(?:an?\s+|the\s+|my\s+)?{WHAT}",
            verbs.worked,
        ),
        rule(rf"(?:i\s+|i['’]?ve\s+|i\s+have\s+)?spent\s+(?={SPELL.pattern}|the\s+(?:last|past))", verbs.spent),
        rule(rf"(?:after|with)\s+(?={SPELL.pattern})", verbs.spent),
        rule(
            rf"(?:i\s+come|coming)\s+from\s+(?:an?\s+)?(?:the\s+)?(?P<what>(?!a\b){NOUNS})(?:\s+background)?{END}",
            verbs.job,
        ),
        rule(
            rf"{MAYBE_I}{ADVERBS}(?P<what>(?:manage|run|own|teach|drive|sell|repair|fix|coach|supervise|tutor)d?\s+(?:an?\s+|the\s+|my\s+own\s+)?{NOUNS}){END}",
            verbs.does,
        ),
        rule(rf"(?:{AM})?retired\s+(?:from\s+)?(?:the\s+|being\s+an?\s+)?(?P<what>{NOUNS}){END}", verbs.job),
        rule(rf"(?:{AM})(?:an?\s+)?(?:former|ex[- ]|retired)\s*(?P<what>{NOUNS}){END}", verbs.job),
        rule(
            rf"as\s+(?:an?\s+)?(?:former|ex[- ]|retired|current|experienced|qualified)\s+(?P<what>{NOUNS}){END}",
            verbs.job,
        ),
        rule(
            rf"(?:being|as)\s+an?\s+(?P<what>{NOUNS})\s+(?:by\s+trade|by\s+profession|with\s+{SPELL.pattern})",
            verbs.job,
        ),
        rule(
            rf"(?:{MAYBE_I}{ADVERBS}|i['’]?ve\s+{ADVERBS}|{AM})?(?P<verb>graduated|majored|studied|finished|completed|just\s+finished|just\s+graduated|did)(?=\s+(?:from|in|with|high|college|university|my\s+(?:degree|bachelor|master|ged)|secondary|school|\w+\s+(?:at|in)\s+(?:college|university|uni|school))|\s+\w+$)",
            verbs.schooled,
        ),
        rule(
            rf"(?:(?:i\s+)?(?:currently\s+|now\s+|still\s+)?live|living|i['’]?m\s+living|i\s+am\s+living|i\s+reside|i\s+(?:just\s+|recently\s+)?moved|moved|based)\s+(?:in|to|near|outside)\s+(?P<what>(?:the\s+)?{NOUNS}){END}",
            verbs.lives,
        ),
        rule(
            rf"{MAYBE_I}{ADVERBS}(?:know(?:\s+how\s+to)?|speak|(?:can|could)\s+(?=(?:type|code|program|weld|sew|draw|speak|use|operate|cook|write)\b)|am\s+(?:good|fluent|proficient)\s+(?:at|with|in))\s*(?P<what>[^.;?]+?)(?:\s+(?:so|but|because)\b|$)",
            verbs.knows,
            Mode.KNOWS,
        ),
        rule(
            rf"my\s+(?:(?:highest|last|current|previous|old|own|only|college|university|present|former|first|main|biggest|best)\s+)*(?P<noun>degree|bachelor['’]?s?(?:\s+degree)?|master['’]?s?(?:\s+degree)?|associate['’]?s?(?:\s+degree)?|diploma|major|background|experience|(?:level\s+of\s+)?education|qualifications?|job|occupation|profession|trade|career|budget|savings|skills?|strengths?)\s+(?:is|was|are|were|has\s+been)\s+{ADVERBS}",
            verbs.mine,
        ),
        rule(rf"{AM}|{WAS}", being, Mode.NONE),
        rule(rf"{HAVE}\s+", verbs.has, Mode.HAS),
    )
