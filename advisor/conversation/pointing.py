"""What a word that points back stands for in the question before: an action, a place, one of a pair, a group of people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from index.figures import Quantity
from index.words import AGENT, words_in

from ..profile.places import known
from ..question import read_question
from .phrases import ADVERBIAL_END, BEFORE_NOUN, OPENS, asks
from .runs import CODE, runs, whole_name

LONGEST_GROUP = 12
"""Words of a message that only names a group."""

_ACTION = re.compile(
    r"\b(?:how|where) (?:do|can|could|should|would|might) (?:i|you|we|one|someone|people|they)\s+(?P<how>[a-z].+)$"
    r"|^\W*(?:(?:and|so|but)\s+)?(?:can|could|may) (?:i|you|we|one|someone|people|they)\s+(?P<can>[a-z].+)$"
    r"|\b(?:how to|wants? to|would like to|'d like to|hop(?:e|ing) to|plan(?:ning)? to|(?:does|will|would) it take to)\s+(?P<wish>[a-z].+)$",
    re.IGNORECASE,
)
"""What somebody asks how to do, or wants to do."""
_TAKES = re.compile(
    r"\bhow (?:(?P<long>long|much (?:time|longer)|many (?:years|months|weeks|days|hours))|(?P<much>much(?: money)?))\s+"
    r"(?:does|would|will|might|could|can|should|is) (?:it|that|this|all (?:that|this)|the whole thing)"
    r"(?: (?:all|usually|typically|normally|generally|actually|really))*(?: (?:take|last|need|cost)| going to (?:take|cost))"
    r"(?: (?:me|you|one|someone|in (?:total|all)|altogether))*\W*$",
    re.IGNORECASE,
)
"""Asks for the time or the money of what was spoken of ("how long does that take?")."""
_HOW_LONG = re.compile(
    r"^\W*how (?:long|many (?:years|months|weeks|days|hours)) (?P<does>do|does|will|would) (?P<what>(?!it\b).+?) (?:take|last)\b",
    re.IGNORECASE,
)
_OF_AMOUNT = re.compile(
    r"\b(?:it|that|this)\s+(?:(?:really|always|also|usually|ever|still)\s+)?"
    r"(?:depends?|var(?:y|ies)|differs?|changes?|rises?|grows?|increases?|go(?:es)? (?:up|down)|falls?)\b",
    re.IGNORECASE,
)
_GET_THERE = re.compile(
    r"\b(?:get|got|come|move up|work (?:my|your) way|end up)(?: to)? (?:there|that far)\b", re.IGNORECASE
)
EXISTENTIAL = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|may|might|must|should|be) there\b|\bthere(?:'s| (?:is|are|was|were|will|would|be))\b",
    re.IGNORECASE,
)
_THERE = re.compile(r"\b(?:over |in |down |up |out )?there\b", re.IGNORECASE)
_PLACE = re.compile(
    r"\b(?:in|at|around|near|across)\s+(?:the\s+)?(?P<place>[A-Za-z.]+(?: [A-Z][a-z]+)*)", re.IGNORECASE
)
_PHRASE_AT_END = re.compile(
    r"\b(?:in|at|for|with|on)\s+(?:(?:an?|the)\s+)?(?P<what>[\w'’-]+(?: (?!(?:in|at|for|with|on)\b)[\w'’-]+){0,3}?)\W*$",
    re.IGNORECASE,
)
_NOT_IN = re.compile(r"\b(?:up|from) there\b", re.IGNORECASE)
_JOINED = re.compile(r"\s*,?\s+(?:and|or|vs\.?|versus|than)\s+(?:(?:an?|the)\s+)?", re.IGNORECASE)
_VERSUS = re.compile(r"\s(?:vs\.?|versus)\s", re.IGNORECASE)
_ORDINAL = re.compile(
    r"\b(?:the )?(?:(?:(?P<first>first)|(?P<second>second)|(?P<other>other))(?: ones?\b| of (?:them|the two|these|those)\b|(?=\W*$))"
    r"|(?P<former>former)\b|(?P<latter>latter)\b)",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"(?:an?|the|their|its|this|that|these|those|all|each|my|your)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:an?|the)\s+$", re.IGNORECASE)
_SUBJECT_OF_WHICH = re.compile(
    r"^\W*(?:and |so |but )?(?:which|what)\s+(?!(?:is|was|has|does|[’']s)\b)(?P<noun>(?:[\w-]+\s+){0,2}?[\w-]*[^\Ws]s)\s+(?!(?:do|does|did|are|is|was|were|can|could|will|would|should|must|have|has)\b)[a-z]",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"^\W*(?:(?:and|but|or|so|then|also|well|what about|how about|ok(?:ay)?)\W+)*+(?!(?:which|what|who|whom|whose|where|when|why|how)\b)"
    r"(?:(?:(?:the|an?)\s+)?[\w-]+(?: [\w-]+)?? (?:who|which)|(?:those|people|someone|somebody|anyone|the ones?) that)\s+\w",
    re.IGNORECASE,
)
MANY = re.compile(r"[^su\W]s$")
"""Ends a plural."""
OF_FIGURE = re.compile(r"median|average|mean|typical|usual|annual|yearly|monthly|hourly|total", re.IGNORECASE)
"""Says which figure of several."""
STATES = re.compile(r"^\W*(?:(?:and|so|but)\s+)?(?:is|are|was|were)\b", re.IGNORECASE)
"""Opens a question that says something of its subject."""

_FOR_ONE = re.compile(r"for an?\s+(?P<one>\w.*)$", re.IGNORECASE)
_DOES = re.compile(r"\b(?:do|does|did|will|would|can|could|should|must)\s+(?:(?:an?|the)\s+)?$", re.IGNORECASE)
"""Stands right before whoever does what is asked."""
_WHAT_IS = re.compile(r"\b(?:what|who)(?:['’]s| is| are| was)\s+(?:(?:an?|the)\s+)?$", re.IGNORECASE)


def action_of(before: str) -> str:
    """What the previous question asks how to do ("become a baker"), as an infinitive; empty where it asks nothing of the kind."""
    match = _ACTION.search(before.strip(" ?.!"))
    if not match:
        return ""
    act = next(part for part in match.groups() if part)
    return re.sub(r"\b(?:my|your|their)\b", "the", re.split(r"[,;.?!]", act)[0]).strip()


def of_action(message: str, earlier: Sequence[str]) -> str | None:
    """The question for the time or the cost of what was asked how to do; None where a message asks for neither.

    `earlier` questions come last first; the last three are looked at.
    """
    match = _TAKES.search(message)
    act = next((act for text in earlier[:3] if len((act := action_of(text)).split()) > 1), "")
    if not match or not act:
        return None
    return f"How long does it take to {act}?" if match["long"] else f"How much does it cost to {act}?"


def price_of(before: str) -> str | None:
    """The question for the price of what the previous one asked the time of; None where it asked no such."""
    match = _HOW_LONG.match(before)
    return f"How much {match['does']} {match['what']} cost{before[match.end() :]}" if match else None


def amount(message: str, before: str, topic: str) -> str:
    """The quantity that the previous question asked for, where a message says of it what is said of quantities."""
    asked = read_question(before).quantity
    name = {Quantity.MONEY: "pay", Quantity.PERCENT: "growth", Quantity.COUNT: "number", Quantity.DURATION: "time"}
    if asked not in name or not _OF_AMOUNT.search(message):
        return ""
    return f"the {name[asked]}{f' of {topic}' if topic else ''}"


def way_to(message: str, before: str, noun: str, role: bool) -> str | None:
    """The question how one becomes or gets what was spoken of ("How do I get there?"); None where none is asked.

    A `role` is what one becomes, and so is what ends like one ("a specialist").
    """
    match = _GET_THERE.search(message)
    if not match:
        return None
    act = action_of(before)
    if act and re.match(r"(?:become|get|be|qualify|train|work)\b", act, re.IGNORECASE):
        goal = act
    elif noun:
        bare = re.sub(r"^(?:an?|the)\s+", "", noun, flags=re.IGNORECASE)
        goal = f"become {one_of(bare)}" if role or AGENT.search(bare) else f"get {noun}"
    else:
        return None
    return f"{message[: match.start()]}{goal}{message[match.end() :]}"


def one_of(noun: str) -> str:
    """A noun with its article, in the singular."""
    one = re.sub(r"(?<=[^s])s$", "", noun)
    return f"{'an' if one[:1].lower() in 'aeio' else 'a'} {one}"


def in_place(message: str, before: str, topic: str) -> str | None:
    """The message with the place that the previous question named, for "there"; None where either has none.

    What the question ends with ("with the military") is a place as well, unless it is the subject or somebody.
    """
    there = _THERE.search(message)
    if not there or EXISTENTIAL.search(message) or _GET_THERE.search(message):
        return None
    place = place_in(before) or ("" if _NOT_IN.search(message) else _phrase_at_end(before, topic))
    return f"{message[: there.start()]}{place}{message[there.end() :]}" if place else None


def place_in(text: str) -> str:
    """The last place that a text names, with its preposition ("in Ireland"); empty where it names none."""
    return next((m[0] for m in reversed([*_PLACE.finditer(text)]) if known(m["place"])), "")


def _phrase_at_end(text: str, topic: str) -> str:
    match = _PHRASE_AT_END.search(text)
    of_topic = match and topic and (topic in match[0] or match["what"] in topic)
    return "" if not match or of_topic or AGENT.search(match["what"]) else match[0].strip(" ?.!")


def pair_in(text: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Where two things stand that a text asks of together ("the CCA and the CCS", "baker or cook"); None where there are none."""
    versus = _VERSUS.search(text)
    if versus:
        before, behind = runs(text[: versus.start()]), runs(text[versus.end() :])
        return (before[-1], (behind[0][0] + versus.end(), behind[0][1] + versus.end())) if before and behind else None
    for one, other in pairwise(runs(text)):
        names = text[slice(*one)], text[slice(*other)]
        alike = all(CODE.fullmatch(name) for name in names) or all(AGENT.search(name) for name in names)
        if alike and _JOINED.fullmatch(text[one[1] : other[0]]):
            return one, other
    return None


def of_pair(message: str, earlier: Sequence[str]) -> str | None:
    """The message with the first, the second or the other of a pair that was spoken of; `earlier` questions, last first.

    A message that asks nothing itself ("and the other one?") asks the last question of that one.
    """
    match = _ORDINAL.search(message)
    found = next(((text, pair) for text in earlier if (pair := pair_in(text))), None) if match else None
    if not match or not found:
        return None
    text, places = found
    one, other = (text[slice(*place)] for place in places)
    here = [name for name in (one, other) if re.search(rf"\b{re.escape(name)}\b", earlier[0])]
    if match["other"] and len(here) != 1:
        return None
    meant = one if match["first"] or match["former"] or (match["other"] and here == [other]) else other
    if asks(message):
        return f"{message[: match.start()]}{_named(meant, text)}{message[match.end() :]}"
    return re.sub(rf"\b{re.escape(here[0])}\b", meant, earlier[0]) if len(here) == 1 else None


def _named(noun: str, text: str) -> str:
    """A noun as a question names it: an abbreviation with the article that it has in the text, one of a kind with its own."""
    if CODE.fullmatch(noun) or noun.endswith("s"):
        return with_article(noun, text)
    return one_of(noun)


def of_group(group: str, topic: str, before: str) -> str:
    """The previous question about a group that a message tells ("someone who leads the team"), in place of its subject."""
    asked = before.replace(topic, BEFORE_NOUN.sub("", group).strip(" ?.!"))
    return re.sub(r"\ban?\s+(?=(?:some|any)(?:one|body)\b|those\b|people\b)", "", asked)


def with_article(noun: str, text: str) -> str:
    """A noun with the article that it has in a text."""
    at = text.find(noun) if noun else -1
    article = _ARTICLE.search(text[:at]) if at > 0 else None
    return f"{article[0]}{noun}" if article else noun


_WHEN = re.compile(
    r"(?:(?:last|next|past|previous|recent)\s+)?(?:year|month|week|day|hour|summer|spring|autumn|fall|winter|semester)s?",
    re.IGNORECASE,
)
"""Words that tell when."""


def asides_in(text: str) -> list[tuple[int, int]]:
    """The runs of subject words of a text that are a place, or say how or when ("on average"), where others are neither."""
    found = runs(text)
    aside = [
        run
        for run in found
        if known(text[slice(*run)]) or ADVERBIAL_END.search(text[: run[0]]) or _WHEN.fullmatch(text[slice(*run)])
    ]
    return aside if len(aside) < len(found) else []


def predicate_in(text: str, subject: str) -> list[tuple[int, int]]:
    """Where the words stand that a question with "is" or "are" says of its subject ("is the work hard")."""
    at = text.find(subject) if subject and STATES.match(text) else -1
    return [(at + len(subject), len(text))] if at >= 0 else []


def for_one(said: str, before: str) -> str | None:
    """The previous question about the one that a message names ("and for a manager?"), where it asks what somebody does or gets.

    None where the message names nobody by what they do, or the question asks it of nobody.
    """
    match = _FOR_ONE.match(said)
    if not match or not AGENT.search(match["one"]):
        return None
    for start, end in runs(before):
        whom = before[start:end]
        if AGENT.search(whom) and _DOES.search(before[:start]) and re.match(r"\s+[a-z]", before[end:]):
            ours = f"{match['one']}s" if whom.endswith("s") and not match["one"].endswith("s") else match["one"]
            return f"{before[:start]}{ours}{before[end:]}"
    return None


def many_in(text: str) -> str:
    """Whom or what "they" points to: the plural that does what is asked, else the last plural; empty where there is none."""
    match = _SUBJECT_OF_WHICH.search(text)
    if match:
        words = match["noun"].split()
        noun = " ".join(words[:-1] if _DETERMINER.match(text[match.end() - 1 :]) and len(words) > 1 else words)
        return noun if MANY.search(noun) else ""
    aside = asides_in(text)
    plural = [text[slice(*run)] for run in runs(text) if run not in aside and MANY.search(text[slice(*run)])]
    return plural[-1] if plural else ""


def one_in(text: str, topic: str) -> str:
    """Whom or what "it" points to: the last singular that is not the topic, no place and no kind of figure; empty where there is none."""
    names = (text[slice(*run)] for run in reversed(runs(text)))
    return next((n for n in names if not (MANY.search(n) or n in topic or OF_FIGURE.fullmatch(n) or is_place(n))), "")


def doer_in(text: str) -> str:
    """Whoever a question names by what they do, as those whom it is about; in the plural, empty where it names nobody."""
    for run in runs(text):
        start, end = whole_name(run, text)
        name = text[start:end]
        about = (
            _DOES.search(text[:start]) or _WHAT_IS.search(text[:start]) or (not start and text[end : end + 1] == ",")
        )
        if AGENT.search(name) and about:
            return name if re.search(r"(?:[^s]s|men)$", name) else f"{name}s"
    return ""


def tells_a_group(message: str) -> bool:
    """Whether a message only names a group by what it does ("and someone who leads the team?")."""
    match = _RELATIVE.match(message)
    if not match or OPENS.match(message) or len(message.split()) > LONGEST_GROUP:
        return False
    return not re.search(r"[,;:.?!]\s+\w", message[match.end() :])


def is_place(text: str) -> bool:
    """Whether all the words of a phrase name a place."""
    words = [*words_in(text)]
    return known(text) or (bool(words) and all(known(word.text) for word in words))
