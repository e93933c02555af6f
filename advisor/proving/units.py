"""A quote as what may carry a statement: its sentences, list entries and rows, each with what its place lends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from index.sentences import sentence_spans

from .. import english
from ..claims import Kind, Token, tokens_of
from .clauses import has_subject
from .literal import BULLET, squeezed
from .pairing import WEIGHTY


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a guide, and what their place lends them."""

    text: str
    lent: str = ""
    """Headings, title, introduction: they lend words, never numbers."""
    header: tuple[str, ...] = ()
    """The header cells over a table row, column by column; they lend words as well."""
    beside: str = ""
    """What is cited beside it and carries nothing alone (a heading, a header row): lends words and numbers."""
    rows: tuple[str, ...] = ()
    """Several rows of one table, where it is these: each as cells joined by ` | `."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """The part of a quote that carries (a part of) a sentence: which quote, and the characters of its text."""

    quote: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Unit:
    """One sentence, entry or row of a quote, ready to be compared."""

    tokens: tuple[Token, ...]
    where: Carrier
    exact: frozenset[str]
    """The ways in which it stands word for word."""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row among several: the words that name it, and its numbers."""

    key: frozenset[str]
    numbers: frozenset[str]


def _weight(tokens: Sequence[Token]) -> int:
    return sum(token.kind in WEIGHTY for token in tokens)


@lru_cache(maxsize=4096)
def units_of(quote: Quote, number: int) -> tuple[Unit, ...]:
    """The units of a quote, which is the `number`-th of those that are cited."""
    lent = tokens_of(quote.lent, lent=True)
    beside = tokens_of(quote.beside)
    if quote.rows:
        tokens = (*lent, *_STOP, *beside, *tokens_of(quote.text))
        rows = tuple(_row_of(row) for row in quote.rows)
        return (Unit(tokens, Carrier(number, 0, len(quote.text)), frozenset(), rows),)
    if quote.header:
        tokens = (*lent, *row_tokens(quote), *beside)
        return (Unit(tokens, Carrier(number, 0, len(quote.text)), frozenset({squeezed(quote.text)})),)
    spans = sentence_spans(quote.text)
    lead = _lead(quote.text)
    found: list[Unit] = []
    before = ""
    for span in spans:
        text = span.of(quote.text)
        own = tokens_of(text)
        above = lead if span.start >= len(lead) > 0 else (before if _points_back(own) else "")
        tokens = (*lent, *tokens_of(above, lent=True), *_STOP, *beside, *own)
        exact = frozenset({squeezed(text), squeezed(f"{above} {text}")})
        found.append(Unit(tokens, Carrier(number, *span), exact))
        before = text
    found += [part for unit in found for part in _sentences(unit)]
    found += [clause for unit in found for clause in _contrasted(unit)]
    if len(spans) > 1:
        exact = frozenset({squeezed(quote.text)})
        tokens = (*lent, *_STOP, *beside, *tokens_of(quote.text)) if lead or BULLET.search(quote.text) else ()
        found.append(Unit(tokens, Carrier(number, 0, len(quote.text)), exact))
    return tuple(found)


def _sentences(unit: Unit) -> Iterator[Unit]:
    """The sentences of a unit that the splitter keeps together, in doubt."""
    lent = tuple(token for token in unit.tokens if token.lent)
    own = [token for token in unit.tokens if not token.lent]
    ends = [i + 1 for i, token in enumerate(own[:-1]) if token.key in (".", "?", "!")]
    edges = [0, *ends, len(own)]
    for a, b in pairwise(edges):
        if ends and b - a > 3:
            yield Unit((*lent, *own[a:b]), unit.where, frozenset())


def _contrasted(unit: Unit) -> Iterator[Unit]:
    """The two clauses of a sentence ("A does this, but B does that"), each of which may be told without the other.

    A clause without subject and verb of its own, or behind where, when or in whose name both are said, is none to tell alone.
    """
    lent = tuple(token for token in unit.tokens if token.lent)
    own = tuple(token for token in unit.tokens if not token.lent)
    cut = _contrast(own)
    if cut is None or own[0].text.lower() in english.SCOPES or own[0].text.lower() in english.CONDITIONS:
        return
    opens = own[0].text.lower() in english.CONCESSIONS
    first, second = own[opens:cut], own[cut + 1 + (own[cut].key == "," and not opens) :]
    loose = own[cut].key == ";" or own[cut + 1].key == "and"
    whole = (has_subject(second) or _points_back(second)) and (not loose or any(map(_is_verb, second[1:])))
    if not (whole and _weight(first) > 1 and _weight(second) > 1):
        return
    yield Unit((*lent, *first), unit.where, frozenset())
    if any(token.text.lower() in english.REPORTS for token in first):
        return
    before = tuple(replace(token, lent=True) for token in _noun(first)) if _points_back(second) else ()
    if _points_back(second) and not before:
        return
    yield Unit((*lent, *before, *_STOP, *second), unit.where, frozenset())


def _noun(clause: Sequence[Token]) -> Sequence[Token]:
    """What stands before a clause's first verb; nothing where no verb can be told by its form."""
    verb = next((i for i, token in enumerate(clause) if _is_verb(token)), 0)
    return clause[:verb]


def _contrast(own: Sequence[Token]) -> int | None:
    """Where the first clause of a sentence ends."""
    if own and own[0].text.lower() in english.CONCESSIONS:
        return next((i for i, token in enumerate(own) if token.key == ","), None)
    joints = (i for i, (a, b) in enumerate(pairwise(own)) if a.key == ";" or (a.key == "," and b.key in _PARTING))
    return next(joints, None)


_PARTING = frozenset("and but while whereas".split())


def _is_verb(token: Token) -> bool:
    word = token.text.lower()
    return (
        token.kind is Kind.STRENGTH
        or word in english.AUXILIARIES
        or word in english.LIGHT_VERBS
        or word in english.REPORTS
    )


_STOP = (Token("\n", "\n", Kind.STOP, "", True),)


def row_tokens(quote: Quote) -> Iterator[Token]:
    """A table row read under its header: "Pay: $40,000; Hours: 38"."""
    cells = quote.text.strip().strip("|").split("|")
    names = quote.header if len(quote.header) == len(cells) else ("",) * len(cells)
    for name, cell in zip(names, cells, strict=True):
        yield from tokens_of(f"{name}: " if name else "", lent=True)
        yield from tokens_of(cell)
        yield Token(";", ";", Kind.STOP)


def _row_of(row: str) -> Row:
    key, *cells = row.strip().strip("|").split("|")
    named = frozenset(t.key for t in tokens_of(key) if t.claims or t.kind is Kind.NUMBER)
    return Row(named, frozenset(t.key for cell in cells for t in tokens_of(cell) if t.kind is Kind.NUMBER))


def keeps_rows(said: Sequence[Token], rows: Sequence[Row]) -> bool:
    """Whether a sentence names two rows or more, and gives each number to the row that is named next to it."""
    spots = [(i, row) for row in rows for i, token in enumerate(said) if token.key in row.key]
    if sum(row.key <= {token.key for token in said} for row in rows) < 2:
        return False
    taken = {i for i, _ in spots}
    for i, token in enumerate(said):
        if token.kind is Kind.NUMBER and i not in taken:
            nearest = min(abs(i - at) for at, _ in spots)
            if not any(token.key in row.numbers for at, row in spots if abs(i - at) == nearest):
                return False
    return True


def _lead(text: str) -> str:
    """What introduces the entries of a list."""
    bullet = BULLET.search(text)
    return text[: bullet.start()].rstrip() if bullet else ""


def _points_back(own: Sequence[Token]) -> bool:
    return bool(own) and own[0].text.lower() in english.IMPERSONAL | {"such", "yes", "no"}
