"""Puts headings, labels, cells and sentences into questions as people ask them: a start for a person who edits them."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from itertools import groupby

from index.figures import Figure, Quantity, figures_in
from index.words import FUNCTION_WORDS

_YEARS = re.compile(r",\s*((?:[A-Z][a-z]+\s+)?(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?)$")
_BEFORE_OF = re.compile(r"\s(?:of|for|in|into|on|to|by|per|with|from|at|that|which)\s|\s\(|,\s", re.IGNORECASE)
_ASKS = re.compile(r"(?:what|how|who|which|when|where|why|do|does|can|is|are|should|will|must)\b", re.IGNORECASE)
_TELLS = re.compile(r"(?:what|how|who|which|when|where|why)\b", re.IGNORECASE)
_ACTS = re.compile(
    r"(?P<asks>what|where|how|when|why)\s+(?P<who>.+?)\s+(?P<act>do(?:es)?|(?:ask|cost|earn|learn|live|make|need|pay|say|start|use|want|work)s?)",
    re.IGNORECASE,
)
_ONE = re.compile(r"(?:an?|the|each|every|he|she|it)\b", re.IGNORECASE)
_HOW_TO = re.compile(r"how\s+to\s+(?P<act>.+)", re.IGNORECASE)
_NUMBERED = re.compile(r"^(?:[A-Za-z]+\s+)?\d+\s*[:.)–-]\s*(?=\S)")
_STEP = re.compile(r"[A-Za-z]+\s+(?P<number>\d{1,2})\s*[:.)–-]\s*(?P<words>\S.*)")
_FOLLOWING = re.compile(
    r"^(?P<who>.{3,60}?)\s+(?P<often>typically|usually|generally|often|mainly)?\s*do(?:es)?\s+the\s+following$"
)
_THINGS = re.compile(
    r"\bthe following\s+(?P<things>(?:[a-z][\w-]*\s?){1,4}?)(?=\s+(?:to|in|for|before|that|are|is)\b|$)"
)
_STATES = re.compile(r"^(?P<subject>.{8,110}?)\s+(?P<verb>is|are|was|were)\s+(?:about\s|around\s|over\s|up to\s)?$")
_TAKES = re.compile(
    r"^(?P<subject>.{4,90}?)\s+(?:typically\s|usually\s|generally\s|often\s)?(?P<verb>takes?|lasts?)\s(?:about\s|around\s|up to\s|from\s)?$"
)
_COSTS = re.compile(
    r"^(?P<subject>.{4,90}?)\s+(?:typically\s|usually\s|generally\s)?(?P<verb>costs?|earns?|pays?)\s(?:about\s|around\s|up to\s|from\s)?$"
)
_HAS = re.compile(
    r"^(?P<subject>.{4,90}?)(?:,[^,]{3,60},)?\s+(?:typically\s|usually\s|generally\s)?(?P<verb>has|have|had)\s+an?\s+"
    r"(?P<noun>(?:[a-z]+\s){1,3}?)of\s(?:about\s|around\s|over\s|up to\s)?$"
)
_DOES = re.compile(r"(?:what|who)\s+(?:it|they)\s+(?P<verb>[a-z]+?)s?", re.IGNORECASE)
_VERB = re.compile(r"\b(?:has|have|had|is|are|was|were|does|do|did|can|may|must|will)\b")
_POINTS_BACK = frozenset("it they this that these those he she you we there which who some many most others".split())
_WANTED = re.compile(
    r"(?P<asked>What (?:is|are|was|were) the [^:]+?|How many [^:]+? are there)(?P<when> in (?:[A-Z][a-z]+ )?(?:19|20)\d\d.*)?\?"
)
_THEIR_WORK = re.compile(r"What do they do\?")
_NAMED = re.compile(r"[A-Z][a-z]+(?:[-’'][a-z]+)*")
"""A word that is capitalised and no abbreviation."""
_KNOW = "What should I know about "
_TAIL = re.compile(
    r"\s*(?P<when>in\s+(?:[A-Z][a-z]+\s+)?(?:19|20)\d\d|from\s+(?:19|20)\d\d\s+to\s+(?:19|20)\d\d)?\s*\.?$"
)


def lowered(words: str) -> str:
    """A label inside a sentence: its first word in lower case, and the others where all are capitalised as in a title."""
    if words.isupper() and len(words.split()) > 1:
        words = words.lower()
    parts = words.split(" ")
    plain = [part for part in parts if part.lower() not in FUNCTION_WORDS and part[:1].isalpha()]
    titled = len(plain) > 1 and all(part[:1].isupper() for part in plain)
    return " ".join(_lowered(part) if n == 0 or titled else part for n, part in enumerate(parts))


def _lowered(word: str) -> str:
    """A word in lower case, unless it is written as abbreviations are."""
    abbreviated = sum(map(str.isupper, word)) > word.count("-") + 1 or (len(word) == 1 and word not in "AI")
    return word if abbreviated or word == "I" else word.lower()


def inside(words: str, text: str) -> str:
    """Words as they stand inside a sentence of a text: in lower case where the text mostly has each of them so."""
    common = _common(text)
    named = _NAMED.findall(words)
    return _NAMED.sub(lambda m: m[0].lower(), words) if all(word.lower() in common for word in named) else words


@lru_cache(maxsize=256)
def _common(text: str) -> frozenset[str]:
    """The words that a text writes in lower case at least as often as with a capital in the middle of a sentence."""
    lower = Counter(re.findall(r"\b[a-z]+(?:[-’'][a-z]+)*", text))
    capital = Counter(name.lower() for name in re.findall(rf"\b[a-z][\w’'-]*,? ({_NAMED.pattern})", text))
    return frozenset(word for word, n in lower.items() if n >= capital[word])


def asked_in(heading: str, text: str) -> str:
    """A heading that asks, written as a sentence where it is written as a title ("What Does A Baker Do?")."""
    words = heading.split()
    telling = [word for word in words if word[:1].isalpha() and word.lower().rstrip("?,") not in FUNCTION_WORDS]
    titled = all(word[:1].isupper() for word in telling) and sum(map(str.istitle, words[1:])) > 1
    if not titled:
        return heading
    runs = ((joins, " ".join(run)) for joins, run in groupby(words, _only_joins))
    cased = " ".join(run.lower() if joins else inside(run, text) for joins, run in runs)
    return cased[:1].upper() + cased[1:]


def _only_joins(word: str) -> bool:
    """Whether a word of a title is a function word ("A", "Does"), and no abbreviation ("IT") nor the person ("I")."""
    return word.istitle() and word.lower().rstrip("?,") in FUNCTION_WORDS - {"i"}


def for_subject(question: str, subject: str, joined: str) -> str:
    """A question about a subject that it does not name: joined to what is asked for where that is plain, else before it."""
    match = _WANTED.fullmatch(question)
    if _THEIR_WORK.fullmatch(question):
        return f"What do {subject} do?"
    if match and f" {joined} " not in match["asked"]:
        return f"{match['asked']} {joined} {subject}{match['when'] or ''}?"
    return f"{subject[:1].upper()}{subject[1:]}: {question[:1].lower()}{question[1:]}"


def tells(heading: str) -> bool:
    """Whether a heading says what a person would ask: how to do something, or what somebody does."""
    bare = _NUMBERED.sub("", heading).rstrip(" .:?")
    return bool(_HOW_TO.fullmatch(bare) or _TELLS.match(bare) or "?" in bare)


def of_steps(heading: str) -> str:
    """What the numbered headings under a heading tell."""
    named = of_heading(heading)
    if named.startswith(("How do I", "What are the")):
        return named
    if ":" in heading:
        return f"In “{heading}”, what comes first and what after it?"
    return f"What comes first, and what after it: {lowered(heading)}?"


def step(heading: str) -> tuple[int, str] | None:
    """The number and the words of a heading such as "Step 2: Train"; None of any other."""
    match = _STEP.fullmatch(heading)
    return (int(match["number"]), match["words"]) if match else None


def names(label: str) -> bool:
    """Whether a label or the head of a column names something that can be asked for."""
    first = re.match(r"[^\W\d_]+", label)
    return first is None or first[0].lower() not in _POINTS_BACK


def of_heading(heading: str) -> str:
    """A heading as a question: as it stands where it asks, else what the guides tell about it."""
    bare = _NUMBERED.sub("", heading).rstrip(" .:?") or heading
    if "?" in heading:
        return heading.strip()
    if act := _HOW_TO.fullmatch(bare):
        return f"How do I {lowered(act['act'])}?"
    if acts := _of_acts(bare):
        return acts
    if _TELLS.match(bare):
        return f"Please tell me {lowered(bare)}."
    if bare != heading.rstrip(" .:?"):
        return f"What does “{bare}” involve?"
    if _is_plural(_BEFORE_OF.split(bare)[0]) and ":" not in bare and _BEFORE_OF.search(bare):
        return f"What are the {lowered(bare)}?"
    if bare.split(" ", maxsplit=1)[0].lower() in FUNCTION_WORDS or ":" in bare:
        return f"What do the guides say about “{bare}”?"
    return f"{_KNOW}{lowered(bare)}?"


def _of_acts(heading: str) -> str:
    """A heading that tells what somebody does ("What bakers do") as a question; empty for any other."""
    match = _ACTS.fullmatch(heading)
    if match is None or _VERB.search(match["who"]):
        return ""
    who, act = lowered(match["who"]), match["act"].lower()
    if act.endswith("s") and _ONE.match(who):
        return f"{match['asks'].capitalize()} does {who} {'do' if act == 'does' else act[:-1]}?"
    if not act.endswith("s") and (_is_plural(who) or who in ("we", "they", "you")):
        return f"{match['asks'].capitalize()} do {who} {act}?"
    return ""


def of_label(label: str, about: str = "", *, counted: bool = False) -> str:
    """What a label or the head of a column names, for what the row is about; how many of it, where it is `counted`."""
    if label.rstrip().endswith("?"):
        return f"{about}: {label.strip()}" if about else label.strip()
    bare = label.rstrip(" :.")
    if about and (does := _DOES.fullmatch(bare)):
        return f"What does {about} {does['verb']}?"
    if _ASKS.match(bare) or bare.split(" ", maxsplit=1)[0].lower() in FUNCTION_WORDS:
        return f"{about}: {lowered(bare)}?" if about else f"{bare}?"
    year = _YEARS.search(bare)
    named = lowered(bare[: year.start()] if year else bare)
    when = f" in {year[1]}" if year else ""
    is_plural = _is_plural(_BEFORE_OF.split(named)[0])
    if counted and is_plural:
        return f"How many {named} are there{_for(about)}{when}?"
    verb = "are" if is_plural else "is"
    return f"What {verb} the {named}{_for(about)}{when}?"


def of_key(label: str, heading: str) -> str:
    """What a label names, for what the heading over it names."""
    question = of_label(label)
    if not heading:
        return question
    short = heading.partition(": ")
    named = short[0] if short[0].isupper() and short[2] else ""
    if named and " the " in question and question.endswith("?"):
        return f"{question[:-1]} for {named}?"
    return f"{heading}: {question[:1].lower()}{question[1:]}"


def _is_plural(noun: str) -> bool:
    return noun.endswith("s") and not noun.endswith(("ss", "us", "is"))


def _for(about: str) -> str:
    if not about:
        return ""
    return f" in {about}" if re.fullmatch(r"(?:19|20)\d\d", about) else f" for {about}"


def of_list(lead: str, heading: str) -> str:
    """What a list tells, by the sentence that introduces it, or else by its heading; empty where neither says."""
    said = " ".join(lead.split()).rstrip(" :.")
    if match := _FOLLOWING.match(said):
        who = lowered(match["who"])
        often = f" {match['often']}" if match["often"] else ""
        return f"What do {who}{often} do?" if who.endswith("s") else f"What does {who}{often} do?"
    if match := _THINGS.search(said):
        things = match["things"].strip()
        if things.endswith("s"):
            return f"Which {things} are there: {lowered(heading)}?" if heading else f"Which {things} are there?"
    question = of_heading(heading) if heading else ""
    if not question.startswith(_KNOW):
        return question
    named = question.removeprefix(_KNOW).rstrip("?")
    if named.split(" ", maxsplit=1)[0].endswith("ing"):
        return question
    if _is_plural(named):
        return f"What are the {named}?"
    return f"What does {'the ' if _BEFORE_OF.search(named) else ''}{named} involve?"


def of_figure(before: str, after: str, figure: Figure) -> str:
    """What a sentence states a figure of, where it says so plainly; empty where it does not."""
    tail = _TAIL.fullmatch(after)
    if tail is None:
        return ""
    when = f" {tail['when']}" if tail["when"] else ""
    if match := _STATES.match(before):
        subject = match["subject"]
        return "" if _unclear(subject) else f"What {match['verb']} {lowered(subject)}{when}?"
    if match := _HAS.match(before):
        subject = match["subject"]
        be = "was" if match["verb"] == "had" else "is"
        return "" if _unclear(subject) else f"What {be} the {match['noun'].strip()} of {lowered(subject)}{when}?"
    pattern, asked = (_TAKES, "long") if figure.quantity is Quantity.DURATION else (_COSTS, "much")
    match = pattern.match(before)
    if match is None or figure.quantity is Quantity.PERCENT or _unclear(match["subject"]):
        return ""
    verb, subject = match["verb"], lowered(match["subject"])
    does = "does" if verb.endswith("s") else "do"
    return f"How {asked} {does} {subject} {verb.removesuffix('s')}{when}?"


def _unclear(subject: str) -> bool:
    """Whether a subject points back to what was said before, or is a part of a longer sentence."""
    first = subject.split(" ", maxsplit=1)[0].strip(",").lower()
    joined = bool(re.search(r"[,;:(]|\bbut\b", subject) or _VERB.search(subject) or figures_in(subject))
    return first in _POINTS_BACK or joined or not subject[:1].isupper()
