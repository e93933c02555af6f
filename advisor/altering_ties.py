"""Alterations that a careless writer makes: something that narrows is left out, or what small words tie is tied anew.

Each takes a statement and gives another that is false, or says more than the statement does; None where the statement
has nothing of the kind. They know general English and no subject.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

from . import english

Alter = Callable[[str, random.Random], str | None]
"""Makes another statement of a quote; None where it has nothing to alter."""

_COUNTED = r"(?:[$£€]\s?)?\d[\d,.]*\d(?!\w)|(?:[$£€]\s?)?\d(?![\w,.]\d)|(?:two|three|four|five|six|seven|eight|nine|ten|twelve)\b"
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_WHEN = rf"(?:(?:\d{{1,2}} )?(?:{_MONTH}) )?(?:19|20)\d\d\b"
_FINITE = r"is|are|was|were|has|have|had|can|may|must|should|will|does|do|needs?|requires?|costs?|takes?|lasts?|earn(?:s|ed)?|pays?|grew|rose|fell"
_ASKS = re.compile(
    r"\?\s*$|^(?:What|Who|How|Why|When(?! doing)|Where|Which|Is|Are|Do|Does|Can|May|Should|Must|Will)\b[^.]*\?"
)


def asks(text: str) -> bool:
    """Whether a statement is a question."""
    return bool(_ASKS.search(text))


def capital(text: str) -> str:
    """A text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def without(text: str, match: re.Match[str], new: str = " ") -> str:
    """A text with `new` for what was matched, without the marks and spaces that are left over."""
    return _tidied(text[: match.start()] + new + text[match.end() :])


def _tidied(text: str) -> str:
    return capital(re.sub(r"\s+([,.;:])", r"\1", re.sub(r"\s+", " ", text)).strip(" ,;"))


def one_of(pattern: re.Pattern[str], text: str, chance: random.Random) -> re.Match[str] | None:
    """One of the places where a pattern is found in a statement; None in a question."""
    found = list(pattern.finditer(text))
    return chance.choice(found) if found and not asks(text) else None


def dropper(*patterns: str) -> Alter:
    """Leaves out one of what the patterns find."""
    compiled = re.compile("|".join(patterns))

    def drop(text: str, chance: random.Random) -> str | None:
        match = one_of(compiled, text, chance)
        return without(text, match) if match else None

    return drop


def changer(pairs: Sequence[tuple[str, str]], before: str = "", after: str = "") -> Alter:
    """Puts the second of a pair for the first, where it stands between `before` and `after`."""

    def change(text: str, chance: random.Random) -> str | None:
        if asks(text):
            return None
        found = [(m, new) for old, new in pairs for m in re.finditer(rf"{before}\b{old}\b{after}", text, re.IGNORECASE)]
        if not found:
            return None
        match, new = chance.choice(found)
        return without(text, match, match.expand(new))

    return change


# --- left out ------------------------------------------------------------------------------------------------------------

_OPENING = re.compile(
    r"^(?:If|Unless|Once|When(?! doing)|Where|Until|Provided|As long as|Without)\b[^,;:.]{6,90}, (?=\w)"
)
_ASKED_WHETHER = re.compile(r"\b(?:decid|determin|see|check|ask|know|find out|learn|verif|tell|assess|judge)\w*\W*$")
_TRAILING = re.compile(
    r",? (?:only )?(?<!even )(?:if|unless|except|provided(?: that)?|as long as|until(?! then)) (?=[a-z])[^.;:|()]{4,}(?=[.;]|$)"
)


def condition_dropped(text: str, chance: random.Random) -> str | None:
    """What holds on a condition, told without it."""
    opening, trailing = _OPENING.match(text), _TRAILING.search(text)
    if trailing and _ASKED_WHETHER.search(text[: trailing.start()]):
        trailing = None
    matches = [m for m in (opening, trailing) if m and len((text[: m.start()] + text[m.end() :]).split()) > 3]
    if not matches or asks(text):
        return None
    match = chance.choice(matches)
    return without(text, match, "" if match is opening else " ")


_SCOPE = re.compile(
    r"^(?:In|For|At|Under|Within|Among|Outside|On) (?!addition|least|(?:more )?information|general|fact|short|example|instance|particular|other words|turn|this|these|the end|(?:\w+ )?(?:19|20)\d\d)[^,;:.]{3,60}, (?=\w)"
)


def scope_dropped(text: str, chance: random.Random) -> str | None:
    """What is said of one place, group or case, told of all."""
    del chance
    match = _SCOPE.match(text)
    return without(text, match, "") if match and not asks(text) and len(text[match.end() :].split()) > 3 else None


_DENIED_EXTENT = re.compile(
    r"\b(?:not|n['’]t) (?:all|always|every|everyone|necessarily|only|usually|yet)\b ?|\b(?:rarely|seldom|hardly|scarcely|no longer) ",
    re.IGNORECASE,
)
_DENIAL = re.compile(r" not(?= \w)|(?<=\w)n['’]t\b|\b[Nn]o (?=\w)|\bnever |\bneither |\bcannot\b", re.IGNORECASE)


def denial_dropped(text: str, chance: random.Random) -> str | None:
    """A denial taken out with the extent that it denies, and what follows its clause as well."""
    match = one_of(_DENIED_EXTENT, text, chance) or one_of(_DENIAL, text, chance)
    if not match or text[: match.end()].rstrip().endswith(
        (", not", "; not", "and not", "or not", "but not", "why not")
    ):
        return None
    new = "can" if match[0].lower() == "cannot" else " "
    joint = re.search(r"(?:, (?:so|and|but|because|which|since|as)\b|;|:).*$", text[match.end() :])
    rest = (
        text[match.end() : match.end() + joint.start()] + "." if joint and joint.start() > 12 else text[match.end() :]
    )
    return _tidied(text[: match.start()] + new + rest) if len(rest.split()) > 1 else None


about_dropped = dropper(rf"\b(?:[Aa]bout|[Aa]round|[Rr]oughly|[Aa]pproximately|[Nn]early|[Aa]lmost) (?={_COUNTED})")
_MEASURED = re.compile(
    r"\b(?:[Aa]verage|[Mm]edian|[Tt]ypical) (?!of\b|for\b|in\b|is\b|was\b|all\b)(?=[a-z]+)"
    r"|,? (?:on|in an?) average(?: year| month)?\b(?= |\.)|\b[Oo]n average,? "
)


def measure_dropped(text: str, chance: random.Random) -> str | None:
    """A figure that is an average or a median, told as what is so."""
    match = one_of(_MEASURED, text, chance)
    return without(text, match) if match and re.search(r"\d", text) else None


rate_dropped = dropper(
    r"(?<=\d),? (?:a|an|per|each|every) (?:year|month|week|day|hour|credit|person|unit)\b",
    r"(?<=\d) (?:annually|yearly|monthly|hourly)\b",
)


def date_dropped(text: str, chance: random.Random) -> str | None:
    """A figure told without the time that it is of."""
    match = one_of(
        re.compile(rf"(?:^In {_WHEN},? |,? (?:in|of|from|by) {_WHEN}(?: (?:to|until) {_WHEN})?)(?=\W|\w)"), text, chance
    )
    figures = re.findall(r"[$£€]\s?\d|\d\s?%|\d,\d{3}|\bpercent", text)
    return without(text, match) if match and figures and len(re.findall(rf"\b{_WHEN}", text)) <= 2 else None


_COUNTED_NOUN = re.compile(
    rf"(?<![\w$£€.-])(?!(?:19|20)\d\d )(?:{_COUNTED}) (?P<narrow>[A-Za-z][\w.-]*) (?=[a-z]{{3,}}s\b)"
)
_NO_ADJECTIVE = frozenset(
    """or and to of in on at for from per a an the percent times more less other than as by with different various full
    separate consecutive additional further extra multiple-choice is are was were has have""".split()
)


def narrowing_dropped(text: str, chance: random.Random) -> str | None:
    """A count told of a wider noun: the adjective between the two left out."""
    if asks(text):
        return None
    spans = [
        m.span("narrow") for m in _COUNTED_NOUN.finditer(text)
        if not m["narrow"].endswith("s") and "." not in m["narrow"].rstrip(".").replace("U.S", "") and m["narrow"].lower() not in _NO_ADJECTIVE
        and english.key_of(m["narrow"]) not in _UNIT_STEMS
    ]  # fmt: skip
    if not spans:
        return None
    start, end = chance.choice(spans)
    return _tidied(text[:start] + text[end:])


_UNIT_STEMS = frozenset(
    english.key_of(word)
    for word in "year month week day hour minute million billion thousand semester credit point".split()
)

addition_dropped = dropper(r"(?<=\w),? plus (?!\d{4})[^.,;:|()]{3,50}(?=[.,;]|$)")


_HEDGES = (
    (r"(?-i:may|might|could|can) be", "are"), (r"(?-i:may|might|could|can) (?!not\b|be\b)(?=[a-z])", ""),
    (r"(?:is|are) (?:projected|expected|predicted|likely) to", "will"), (r"(?:tend|tends) to (?=[a-z])", ""),
    (r"(?:often|usually|typically|generally|normally|commonly|sometimes|mostly|mainly|frequently|occasionally|probably|possibly) (?!called|known|referred)", ""),
    (r"should (?!not\b|be\b)(?=[a-z])", ""), (r"(?<!in )some (?=[a-z]+s\b)", ""),
)  # fmt: skip
_drop_hedge = changer(
    [(f"(?:{old})", new) for old, new in _HEDGES],
    r"(?<!\w)(?<!, )(?<!as )(?<!-)(?<!may )(?<!can )(?<!could )(?<!might )(?<!most )",
)


def hedge_dropped(text: str, chance: random.Random) -> str | None:
    """What may be, is often so or is expected, told as what is so."""
    said = _drop_hedge(text, chance)
    return said if said and len(said.split()) > 3 else None


# --- tied anew -----------------------------------------------------------------------------------------------------------

with_and_without = changer((("without", "with"), ("with", "without")), r"(?<=\w )", r"(?= \w)")

_CHANGED = "rose|fell|grew|rise|fall|grow|increased?|decreased?|dropped|declined?"
_REACHES = (
    ("until", "from"), ("until", "after"), ("within", "after"), ("after", "within"), ("after", "before"),
    ("before", "after"), ("at least", "up to"), ("at least", "exactly"), ("up to", "at least"), ("more than", "less than"),
    ("more than", "up to"), ("less than", "more than"), ("fewer than", "at least"), ("over", "under"), ("under", "over"), ("since", "until"),
    ("for", "after"), ("over", "within"), ("above", "below"), ("below", "above"), ("in", "until"), ("in", "after"),
)  # fmt: skip
extent_of_figure = changer(
    (
        *((rf"{old}(?= (?:{_COUNTED}|(?:{_MONTH}) \d|the end of))", new) for old, new in _REACHES),
        (rf"(?P<way>{_CHANGED}) to", r"\g<way> by"),
        (rf"(?P<change>{_CHANGED}) by", r"\g<change> to"),
        (rf"by(?= {_WHEN}| (?:\d+ )?(?:{_MONTH}))", "after"),
    ),
    r"(?<!\d )(?<!to )(?<!be )(?<!from )",
    r"(?!\s\S+ (?:to|and|or|through) [$£€]?\d)",
)


def contrast_turned(text: str, chance: random.Random) -> str | None:
    """The sides of "A, not B" and "A rather than B" changed over."""
    joint = one_of(
        re.compile(r"(?:, not| rather than| instead of) (?!only\b|just\b|all\b|always\b|every\b)"), text, chance
    )
    if joint is None:
        return None
    after = re.match(r"[^.,;:|()]+?(?=[.,;:)]| and | or | but | which | because |$)", text[joint.end() :])
    other = after[0].split() if after else []
    before = re.split(r"[.,;:|()]\s", text[: joint.start()])[-1].split()
    if not 1 <= len(other) <= 3 or len(before) < len(other):
        return None
    one = before[-len(other) :]
    if before[: -len(other)] and one[0].lower() not in _ARTICLES and before[-len(other) - 1].lower() in _ARTICLES:
        one = before[-len(other) - 1 :]
    if {word.lower() for word in one} & {word.lower() for word in other} - _ARTICLES:
        return None
    head = text[: joint.start()].removesuffix(" ".join(one))
    one = [one[0].lower() if one[0].lower() in _ARTICLES else one[0], *one[1:]]
    tail = text[joint.end() + len(after[0]) :] if after else ""
    return _tidied(f"{head}{' '.join(other)}{joint[0]}{' '.join(one)}{tail}")


_ARTICLES = frozenset("the a an by in on of to for from with at their its his her".split())
_PRONOUNS = frozenset(
    "it they this that these those there he she we you i who which what some most many all others".split()
)


def clauses_swapped(text: str, chance: random.Random) -> str | None:
    """What is said of two subjects, in two clauses, said of the other one each."""
    del chance
    joint = re.search(r"(?:, (?:and|while|whereas|but)|;(?: and| while| but)?) (?=\w)", text)
    if joint is None or asks(text):
        return None
    last = text[-1] if text[-1] in ".!" else ""
    clauses = [_clause(text[: joint.start()]), _clause(text[joint.end() :].rstrip(".!"))]
    if clauses[0] is None or clauses[1] is None:
        return None
    (one, says_one), (other, says_other) = clauses[0], clauses[1]
    if says_one.lower() == says_other.lower() or one.lower() == other.lower():
        return None
    return f"{one} {says_other}{joint[0]}{other} {says_one}{last}"


def _clause(text: str) -> tuple[str, str] | None:
    """Subject and predicate, where the verb can be told by its form."""
    match = re.match(rf"((?:[\w'’&.-]+ ){{1,6}}?)({_FINITE})\b (.+)$", text)
    if match is None or match[1].split()[0].lower() in _PRONOUNS | {
        "if",
        "when",
        "in",
        "for",
        "to",
        "while",
        "although",
        "because",
        "then",
        "so",
        "not",
    }:
        return None
    return match[1].strip(), f"{match[2]} {match[3]}"


_SAYING = r"(?:says|reports|warns|recommends|estimates|advises|projects|expects|predicts|quotes|gives|stresses|suggests|found|said|reported|warned|estimated|wrote|announced)"
_SAYER = re.compile(
    rf"^((?:(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother)(?: [\w'’.&-]+){{1,4}}?"
    rf"|[A-Z][\w.&-]*(?: of(?: the)? [A-Z][\w.&-]*| [A-Z][\w.&-]*){{0,4}}(?:['’]s(?: [\w-]+){{1,4}}?)?)(?= {_SAYING}\b \w)"
    r"|(?:[A-Z][a-z]+ ){0,2}[A-Za-z][a-z]+s(?= (?:say|give|put|quote|report|warn|recommend|estimate)\b \w))"
)
_SOURCE = re.compile(
    r"(?<=\b[Aa]ccording to )((?:the |an? )?[A-Z][\w'’&-]*(?: of [\w'’&-]+| [A-Z][\w'’&-]*){0,3})|(?<=, says )((?:the |an? )?[\w'’&-]+(?: [A-Z][\w'’&-]*){0,3})"
)


def attribution_changed(text: str, names: Sequence[str], chance: random.Random) -> str | None:
    """What one source says, told as said by another: by one that the statement names elsewhere, where there is one."""
    match = _SAYER.match(text) or _SOURCE.search(text)
    if match is None or asks(text) or match[0].split()[0].lower() in _PRONOUNS:
        return None
    near = [name for name in re.findall(r"\b[A-Z]{2,}[A-Z\d]*\b", text[match.end() :]) if name not in match[0]]
    others = near or [name for name in names if name not in text]
    return without(text, match, chance.choice(others)) if others else None


def under_another_header(cells: Sequence[str], header: Sequence[str], chance: random.Random) -> str | None:
    """A figure of a table's row told under the header of another figure."""
    figures = [i for i, cell in enumerate(cells) if i and re.search(r"\d", cell) and header[i].strip()]
    pairs = [
        (i, j) for i in figures for j in figures if cells[i] != cells[j] and header[i].lower() != header[j].lower()
    ]
    if not pairs:
        return None
    i, j = chance.choice(pairs)
    if chance.random() < 0.5:
        return f"{cells[0]} — {header[j]}: {cells[i]}"
    return f"For {cells[0]}, {header[j][:1].lower() + header[j][1:]} is {cells[i]}."


def under_its_header(cells: Sequence[str], header: Sequence[str], chance: random.Random) -> str | None:
    """A figure of a table's row told under its own header."""
    figures = [i for i, cell in enumerate(cells) if i and re.search(r"\d", cell) and header[i].strip()]
    if not figures:
        return None
    i = chance.choice(figures)
    return f"{cells[0]} — {header[i]}: {cells[i]}"


TIES: dict[str, Alter] = {
    "condition dropped": condition_dropped,
    "scope dropped": scope_dropped,
    "denial dropped": denial_dropped,
    "“about” dropped": about_dropped,
    "“average” dropped": measure_dropped,
    "rate dropped": rate_dropped,
    "date dropped": date_dropped,
    "narrowing dropped": narrowing_dropped,
    "addition dropped": addition_dropped,
    "hedge dropped": hedge_dropped,
    "with and without": with_and_without,
    "contrast turned": contrast_turned,
    "clauses swapped": clauses_swapped,
    "extent of a figure": extent_of_figure,
}
"""Those that need nothing but the statement."""
