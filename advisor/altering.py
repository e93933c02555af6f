"""How well the proof tells altered quotes from true ones: every quote of a folder, altered by kind, and re-rendered.

An alteration changes what a quote says and keeps how it looks. Each altered quote cites what a careless or hostile
writer would cite: its own quote and, where two were spliced, both. What is true all the same is left out: a splice of
two quotes on the same subject, an alteration that gives another quote of the guide.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.guide import Guide
from index.units import unit_spans

from . import english
from .altering_limits import LIMITS
from .altering_ties import TIES, Alter, attribution_changed, under_another_header, under_its_header
from .answer import Citation
from .draft import plain
from .proof import Quote, quotes_of, supports

SEED = 20241


@dataclass(frozen=True, slots=True)
class Held:
    """A quote of a guide: as it is read, and as it is cited."""

    text: str
    quotes: tuple[Quote, ...]
    guide: str


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence held against quotes, and what was done to it."""

    kind: str
    sentence: str
    quotes: tuple[Quote, ...]
    true: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """Of one kind of alteration: how many there were, and how many the proof rejected."""

    kind: str
    count: int
    rejected: int
    true: bool

    @property
    def share(self) -> float:
        """Rejected, 0 to 1."""
        return self.rejected / self.count if self.count else 0.0


def held_quotes(guides: Iterable[Guide]) -> tuple[Held, ...]:
    """Every quote of the guides of at least four words, in order; lines that tell the address of a source claim nothing."""
    return tuple(
        Held(text, _cited(guide, passage.section, *span), guide.id)
        for guide in guides
        for passage in guide.passages
        for span in unit_spans(guide, passage)
        if len((text := _read(span.of(guide.text))).split()) >= 4 and "://" not in text
    )


def _read(text: str) -> str:
    return plain(re.sub(r"\s*\|\s*", " | ", text).strip(" |"))


def _cited(guide: Guide, section: tuple[str, ...], start: int, end: int) -> tuple[Quote, ...]:
    citation = Citation(1, guide.id, guide.title, section, guide.path, start, end, guide.text[start:end])
    return quotes_of([citation], {guide.id: guide})


# --- alterations -------------------------------------------------------------------------------------------------------

_COUNT = re.compile(r"(?<![\w$£€.,/–-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w/]|[.,]\d)")
_MONEY = re.compile(r"(?<=[$£€])\s?\d+(?:,\d{3})*(?:\.\d+)?")
_MONTHS = "January February March April May June July August September October November December".split()
_DATE = re.compile(rf"\b(?:(?:19|20)\d\d|(?:{'|'.join(_MONTHS)})(?= \d))\b")
_VERB = re.compile(r"\b(is|are|was|were|has|have|can|could|may|might|must|should|will|does|do)\b(?! not\b)")
_NOT = re.compile(r"\s(?:not)\b|\b[Nn]o\s(?=\w)|\bnever\s", re.IGNORECASE)
_ACRONYM = re.compile(r"\b[A-Z]{2,}[A-Z\d]*(?:-[A-Z\d]+)*\b")
_PLACES = (
    "the United States|Canada|Ireland|Australia|England|Scotland|Wales|Germany|France|Spain|India|New Zealand|the United Kingdom"
).split("|")
_PLACE = re.compile(
    rf"\b(?:{'|'.join(p.replace('the ', '(?:the )?') for p in _PLACES)}|U\.S\.|UK|NHS|Irish|British|Canadian)(?!\w)"
)
_UNITS = (("years", "months"), ("year", "month"), ("months", "weeks"), ("hours", "days"), ("hour", "week"), ("days", "hours"),
          ("weeks", "years"), ("week", "year"), ("month", "day"), ("minutes", "hours"), ("%", " points"), ("$", "€"), ("£", "$"), ("€", "£"), ("kg", "g"))  # fmt: skip
_STRENGTHS = (("must", "may"), ("required", "optional"), ("requires", "allows"), ("may", "must"), ("can", "must"), ("might", "will"),
              ("should", "must"), ("recommended", "required"), ("need", "may use"), ("needs", "may use"), ("necessary", "optional"),
              ("essential", "optional"), ("minimum", "maximum"), ("optional", "required"))  # fmt: skip
_EXTENTS = (("some", "all"), ("many", "all"), ("most", "all"), ("often", "always"), ("usually", "always"), ("typically", "always"),
            ("generally", "never"), ("all", "some"), ("every", "hardly any"), ("only", "not only"), ("sometimes", "always"), ("several", "all"))  # fmt: skip
_INVENTED = (
    "and the employer pays for it", "and it is free of charge", "and no exam is needed", "which most finish within a year",
    "and beginners earn twice as much", "because the law says so", "and this is decided by the government",
    "so a licence is granted at once", "and it can be done entirely online", "but only for men under forty",
    "and the waiting list is long", "with a guaranteed job afterwards",
)  # fmt: skip


def _number(text: str, chance: random.Random) -> str | None:
    found = [m for m in _COUNT.finditer(text) if not re.fullmatch(r"(?:19|20)\d\d", m[0])]
    return _with(text, chance.choice(found), lambda old: _other_number(old, chance)) if found else None


def _money(text: str, chance: random.Random) -> str | None:
    found = list(_MONEY.finditer(text))
    return _with(text, chance.choice(found), lambda old: _other_number(old, chance)) if found else None


def _date(text: str, chance: random.Random) -> str | None:
    found = list(_DATE.finditer(text))
    if not found:
        return None
    return _with(
        text,
        chance.choice(found),
        lambda old: (
            str(int(old) + chance.choice((-2, -1, 1, 2)))
            if old.isdigit()
            else chance.choice([m for m in _MONTHS if m != old])
        ),
    )


def _other_number(old: str, chance: random.Random) -> str:
    """One digit changed, a tenth more, or twice as much."""
    digits = [i for i, c in enumerate(old) if c.isdigit()]
    where = chance.choice(digits)
    new = chance.choice([d for d in "123456789" if d != old[where]])
    return old[:where] + new + old[where + 1 :]


def _with(text: str, match: re.Match[str], change: Callable[[str], str]) -> str:
    return text[: match.start()] + change(match[0]) + text[match.end() :]


def _negation(text: str, chance: random.Random) -> str | None:
    """A denial taken out where there is one, else one put in."""
    there = list(_NOT.finditer(text))
    if there:
        match = chance.choice(there)
        return re.sub(
            r"\s+", " ", text[: match.start()] + (" " if match[0][0].isspace() else "") + text[match.end() :]
        ).strip()
    verb = _VERB.search(text)
    return text[: verb.end()] + " not" + text[verb.end() :] if verb else None


def _swapper(pairs: Sequence[tuple[str, str]]) -> Alter:
    def swap(text: str, chance: random.Random) -> str | None:
        fitting = [(p, m) for p in pairs for m in re.finditer(_bounded(p[0]), text, re.IGNORECASE) if m[0] != "May"]
        if not fitting:
            return None
        (_, new), match = chance.choice(fitting)
        return _with(text, match, lambda old: new.capitalize() if old[:1].isupper() else new)

    return swap


def _bounded(word: str) -> str:
    return rf"\b{re.escape(word)}\b" if word[0].isalpha() else re.escape(word)


def _directions() -> tuple[tuple[str, str], ...]:
    """Opposites, both ways round, in the forms that texts use."""
    forms = [*english.OPPOSITES, ("rose", "fell"), ("rises", "falls"), ("increases", "decreases"), ("increased", "decreased"),
             ("from", "after"), ("up to", "from"), ("over", "under"), ("lower", "higher"), ("improve", "worsen"), ("help", "hinder"),
             ("helps", "hinders"), ("increasingly", "decreasingly"), ("needed", "unneeded"), ("before", "after")]  # fmt: skip
    return tuple(p for a, b in forms if a not in ("required", "necessary", "essential", "always", "all", "many", "from", "up to")
                 for p in ((a, b), (b, a)) if p[0] not in ("all", "none", "never", "full", "part", "start", "good", "free", "open", "end", "lead"))  # fmt: skip


def _order(text: str, chance: random.Random) -> str | None:
    """Two numbers, two abbreviations or the sides of a comparison change places."""
    for pattern in (_MONEY, _COUNT, _ACRONYM):
        found = list(pattern.finditer(text))
        pairs = [(a, b) for a, b in pairwise(found) if a[0] != b[0] and not _one_range(text, a, b)]
        if pairs:
            a, b = chance.choice(pairs)
            return text[: a.start()] + b[0] + text[a.end() : b.start()] + a[0] + text[b.end() :]
    return None


def _one_range(text: str, a: re.Match[str], b: re.Match[str]) -> bool:
    """Whether two things stand in a bare list or a range, where their order says little."""
    between = text[a.end() : b.start()].strip(" $£€+%")
    return len(re.findall(r"\w{3,}", between)) < 2


_PRONOUNS = frozenset("they it this that these those there he she we you i others some most many all who which".split())
_NO_SUBJECT = _PRONOUNS | frozenset(
    "because if when where in on for at as although to by with from here what how or and but".split()
)
"""What opens a sentence and is no subject that another could take the place of."""


ALTERATIONS: dict[str, Alter] = {
    "number": _number,
    "money": _money,
    "date": _date,
    "negation": _negation,
    "direction": _swapper(_directions()),
    "unit": _swapper(_UNITS),
    "strength": _swapper(_STRENGTHS),
    "extent": _swapper(_EXTENTS),
    "order": _order,
    **TIES,
    **LIMITS,
}


# --- alterations that take from other quotes ------------------------------------------------------------------------------


def _subject_of(text: str) -> str | None:
    """What stands before the first verb that can be told by its form."""
    match = re.match(
        r"((?:[A-Za-z][\w.'’&-]*\s){1,6}?)(?:is|are|was|were|has|have|can|may|must|should|will|needs?|requires?|covers?)\b",
        text,
    )
    subject = match[1].strip() if match else None
    words = subject.lower().split() if subject else []
    return None if not words or words[0] in _NO_SUBJECT or words[-1] in _PRONOUNS else subject


def _credential(one: Held, all_names: Sequence[str], chance: random.Random) -> str | None:
    found = [m for m in _ACRONYM.finditer(one.text) if m[0] not in ("US", "U", "UK", "NHS", "NA")]
    if not found:
        return None
    match = chance.choice(found)
    others = [name for name in all_names if name != match[0] and not _inside(name, one)]
    return _with(one.text, match, lambda _: chance.choice(others)) if others else None


def _inside(name: str, one: Held) -> bool:
    return any(re.search(rf"\b{re.escape(name)}s?\b", f"{q.text}") for q in one.quotes)


def _place(one: Held, chance: random.Random) -> str | None:
    found = list(_PLACE.finditer(one.text))
    if not found:
        return None
    match = chance.choice(found)
    lent = " ".join(f"{q.text} {q.lent} {' '.join(q.header)}" for q in one.quotes)
    others = [p for p in _PLACES if p.removeprefix("the ") not in lent and not (match[0] in ("U.S.", "United States") and "States" in p)
              and not (match[0] in ("UK", "NHS", "British", "United Kingdom") and "Kingdom" in p) and p[:3] != match[0][:3]]  # fmt: skip
    new = chance.choice(others)
    return _with(one.text, match, lambda old: new if old.startswith("the ") else new.removeprefix("the "))


def _other_subject(one: Held, subjects: Sequence[tuple[str, str]], chance: random.Random) -> str | None:
    subject = _subject_of(one.text)
    if subject is None:
        return None
    words = set(re.findall(r"\w+", subject.lower()))
    others = [s for s, _ in subjects if not words & set(re.findall(r"\w+", s.lower())) - {"the", "a", "an", "of"}]
    return chance.choice(others) + one.text[len(subject) :] if others else None


def _spliced(one: Held, other: Held) -> str | None:
    """The first half of one quote and the second half of another; None where both are about the same."""
    first, second = one.text.split(), other.text.split()
    if (
        len(first) < 8
        or len(second) < 8
        or {w.lower() for w in first[:3]} & {w.lower() for w in second[:3]} - {"the", "a", "an"}
    ):
        return None
    return " ".join((*first[: len(first) // 2], *second[len(second) // 2 :]))


def _half_invented(one: Held, chance: random.Random) -> str | None:
    words = one.text.rstrip(".!?").split()
    if len(words) < 6:
        return None
    kept = words if chance.random() < 0.5 else words[: (len(words) + 1) // 2]
    return f"{' '.join(kept).rstrip(',;:')}, {chance.choice(_INVENTED)}."


def altered(held: Sequence[Held], seed: int = SEED) -> Iterator[Case]:
    """Every quote altered in each way that it can be, once; always the same for the same quotes and seed."""
    chance = random.Random(seed)  # noqa: S311 - a repeatable sample, no secret
    names = sorted({m for one in held for m in _ACRONYM.findall(one.text) if len(m) > 2})
    subjects = [(s, one.guide) for one in held if (s := _subject_of(one.text)) and s.lower() not in _PRONOUNS]
    originals = {_bare(one.text) for one in held}
    for one in held:
        partner = chance.choice(held)
        made: list[tuple[str, str | None, tuple[Quote, ...]]] = [
            (kind, alter(one.text, chance), one.quotes) for kind, alter in ALTERATIONS.items()
        ]
        made += [
            ("credential", _credential(one, names, chance), one.quotes),
            ("place", _place(one, chance), one.quotes),
            ("subject", _other_subject(one, subjects, chance), one.quotes),
            ("spliced", _spliced(one, partner), (*one.quotes, *partner.quotes)),
            ("half invented", _half_invented(one, chance), one.quotes),
            ("attribution", attribution_changed(one.text, names, chance), one.quotes),
            ("wrong header", _in_row(one, under_another_header, chance), one.quotes),
        ]
        for kind, sentence, quotes in made:
            if sentence and _bare(sentence) not in originals:
                yield Case(kind, sentence, quotes)


def _in_row(
    one: Held, tell: Callable[[Sequence[str], Sequence[str], random.Random], str | None], chance: random.Random
) -> str | None:
    """A figure of a table's row, told under a header of the table; None for what is no row."""
    header = tuple(plain(re.sub(r" (?:highest|lowest)$", "", name)) for name in one.quotes[0].header)
    cells = [cell.strip() for cell in one.text.split("|")]
    return tell(cells, header, chance) if len(one.quotes) == 1 and len(cells) == len(header) > 1 else None


def _bare(text: str) -> str:
    return re.sub(r"[^\w%$£€+]+", " ", text).casefold().strip()


RENDERINGS: dict[str, Callable[[str], str]] = {
    "word for word": lambda text: text,
    "white space": lambda text: "  " + re.sub(r" (?=\w)", "\n ", text, count=2) + " ",
    "emphasis": lambda text: re.sub(r"^([A-Za-z]+)", r"**\1**", text),
    "first letter": lambda text: text[:1].swapcase() + text[1:] if text[:2] != text[:2].upper() else text,
    "quotes and dashes": lambda text: text.replace("'", "’").replace("–", "-"),
    "closing stop": lambda text: text.rstrip(".") + ("" if text.endswith(".") else "."),
}
"""What changes how a quote looks and nothing that it says."""


def rendered(held: Sequence[Held]) -> Iterator[Case]:
    """Every quote in each rendering, and a figure of each table row under its header."""
    chance = random.Random(SEED)  # noqa: S311 - a repeatable sample, no secret
    for one in held:
        if told := _in_row(one, under_its_header, chance):
            yield Case("row's figure", told, one.quotes, true=True)
        for kind, render in RENDERINGS.items():
            yield Case(kind, render(one.text), one.quotes, true=True)


def measure(cases: Iterable[Case]) -> tuple[tuple[Row, ...], tuple[Case, ...]]:
    """The table by kind, and the cases on which the proof was wrong."""
    counts: dict[tuple[bool, str], list[int]] = {}
    wrong: list[Case] = []
    for case in cases:
        supported = supports(case.sentence, case.quotes).supported
        tally = counts.setdefault((case.true, case.kind), [0, 0])
        tally[0] += 1
        tally[1] += not supported
        if supported != case.true:
            wrong.append(case)
    rows = tuple(Row(kind, count, rejected, true) for (true, kind), (count, rejected) in counts.items())
    return rows, tuple(wrong)
