"""Whether quotes carry a sentence, told by plain code: the one gate that every sentence of either writer passes.

What "carried" means. A sentence is carried when it stands in a quote word for word, or when each of its coordinate
clauses is carried by ONE sentence, list entry or table row of one quote, together with what the headings above it lend:

1. every number is in the quote itself, with the same currency, unit, bound ("at least") and range;
2. every name, abbreviation and code is in the quote or its headings, letter for letter;
3. every other word that a claim can turn on is there: the same stem or root, or a word of general English that says
   the same (`advisor.english`); what headings lend does not replace a subject that the quote has of its own;
4. what is denied in one is denied in the other;
5. it obliges, permits and recommends as the quote does ("must", "should", "may"), and speaks of as many and as often
   ("all", "most", "some", "only");
6. what belongs together stays together: each number, name and strength keeps the neighbours that it has in the quote,
   and the sides of a comparison, a sequence or a deed keep their places;
7. what small words tie stays tied (`advisor.proving.ties`): "with" and "by" to their words, "only" and "not all" to
   theirs, a condition that opens a sentence, a forecast, and each clause to its own subject;
8. what holds a claim in bounds is told with it (`advisor.proving.leaving`): the place or group that opens a sentence,
   the year of a figure, "on average", what is added, what narrows a count; a row's figure stands under its own header
   (`advisor.proving.columns`), and a source says its own words (`advisor.proving.sides`), which are told as its words;
9. what narrows the subject of a clause is told with it ("nurses who work in hospitals" are not all nurses), unless the
   guide's title says it (`advisor.proving.narrowing`);
10. who does what to whom stays so (`advisor.proving.roles`), and so does which of several it is: "and" is not "or", and
   of things of which one must be none is told as the only one (`advisor.proving.choices`).

A clause that has no subject of its own has that of the clause before it; one that has its own may be told without the
other, where nothing before both bounds them. Nothing is added up across quotes, no meaning is guessed and no similarity
is asked: a cosine accepts a changed digit and a turned negation.

A sentence can be true and not carried; it never shows then. `advisor proof` measures both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.guide import Guide, Passage, PassageKind, Span

from . import english
from .answer import Citation, Layout, Sentence
from .claims import Kind, Token, tokens_of
from .proving import Pairing, opposed, shortfalls, stands_apart
from .proving.clauses import has_subject, main, says, ways_to_part
from .proving.literal import change, is_row, squeezed, way
from .proving.units import Carrier, Quote, Unit, keeps_rows, row_tokens, units_of
from .siblings import rank_of
from .tables import Table, table_of

LONGEST = 2_000
"""Characters of a sentence that are looked at; a longer one is not carried."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether quotes carry a sentence, what they do not carry, and which parts of them carry it."""

    supported: bool
    reasons: tuple[str, ...] = ()
    carriers: tuple[Carrier, ...] = ()


def supports(sentence: str, quotes: Sequence[str | Quote]) -> Verdict:
    """Check a sentence against the quotes it cites (see the top of this module)."""
    if len(sentence) > LONGEST:
        return Verdict(False, ("it is too long to be checked",))
    if not quotes:
        return Verdict(False, ("it cites no quote",))
    known = [quote if isinstance(quote, Quote) else Quote(quote) for quote in quotes]
    every = [unit for i, quote in enumerate(known) for unit in units_of(quote, i)]
    ends = change(sentence, [((), "") if quote.rows else (quote.header, quote.text) for quote in known])
    if ends:
        return Verdict(True, (), tuple(Carrier(i, 0, len(known[i].text)) for i in ends))
    for i, quote in enumerate(known):
        if is_row(sentence, (quote.header, quote.text)):
            return Verdict(True, (), (Carrier(i, 0, len(quote.text)),))
        for rest in (_without_heading(sentence, quote), _without_lead(sentence, quote)):
            if rest and (verdict := _carried(rest, units_of(quote, i))).supported:
                return verdict
            if rest and (strung := _strung(squeezed(rest), every)):
                return Verdict(True, (), strung)
    return _carried(sentence, every)


def _without_heading(sentence: str, quote: Quote) -> str | None:
    """The rest of a sentence that opens with a heading over the quote, word for word, and a dash."""
    heading, dash, rest = sentence.partition(" — ")
    headings = {squeezed(part) for part in (*quote.lent.split(" ; "), *quote.beside.split(" ; "))}
    return rest if dash and rest.strip() and squeezed(heading) in headings else None


def _without_lead(sentence: str, quote: Quote) -> str | None:
    """The rest of a sentence that opens with what introduces the quote, word for word, colon included."""
    leads = {squeezed(part) for part in quote.lent.split(" ; ") if part.rstrip().endswith(":")}
    for colon in re.finditer(r":\s", sentence):
        if squeezed(sentence[: colon.start()]) in leads:
            return sentence[colon.end() :].strip() or None
    return None


def _carried(sentence: str, units: Sequence[Unit]) -> Verdict:
    words = squeezed(sentence)
    exact = next((unit for unit in units if words in unit.exact), None)
    if exact:
        return Verdict(True, (), (exact.where,))
    strung = _strung(words, units)
    if strung:
        return Verdict(True, (), strung)
    said = tokens_of(sentence)
    if not any(token.claims or token.kind is Kind.NUMBER for token in said):
        return Verdict(False, ("it says nothing that the quotes could carry",))
    whole = _best(said, units)
    if whole.supported:
        return whole
    return next(filter(None, (_in_parts(parts, units) for parts in ways_to_part(said))), whole)


def _strung(words: str, units: Sequence[Unit]) -> tuple[Carrier, ...]:
    """The units that a text is, word for word and one after another; none that points back follows another."""
    forms = sorted(((form, unit) for unit in units for form in unit.exact if form), key=lambda one: -len(one[0]))
    carriers: list[Carrier] = []
    while words:
        found = next(
            ((form, unit) for form, unit in forms if re.match(rf"{re.escape(form)}(?:[.;:!?,]* |$)", words)), None
        )
        if found is None or (carriers and found[0].split(" ", 1)[0] in english.IMPERSONAL):
            return ()
        carriers.append(found[1].where)
        words = words[len(found[0]) :].lstrip(" .;:!,?")
    return tuple(dict.fromkeys(carriers))


def _best(said: Sequence[Token], units: Sequence[Unit]) -> Verdict:
    """The verdict of the unit that lacks least."""
    verdicts: list[Verdict] = []
    for unit in units:
        if unit.rows and not keeps_rows(said, unit.rows):
            continue
        lacking = shortfalls(Pairing(tuple(said), unit.tokens, not unit.rows))
        if not lacking:
            return Verdict(True, (), (unit.where,))
        verdicts.append(Verdict(False, lacking))
    return min(
        verdicts,
        default=Verdict(False, ("no one row carries it",)),
        key=lambda verdict: (len(verdict.reasons), sum(map(len, verdict.reasons))),
    )


_SUBJECT = 2
"""Words of the sentence's opening that a clause without a subject must find in its quote too."""


def _in_parts(parts: Sequence[Sequence[Token]], units: Sequence[Unit]) -> Verdict | None:
    """Supported when each clause is, by units of which there are at least two; None otherwise."""
    opening = [token for token in main(parts[0]) if token.claims][:_SUBJECT]
    carrying: list[Unit] = []
    for i, part in enumerate(parts):
        said = list(part) if i == 0 or has_subject(part) else [*opening, *part]
        unit = next((unit for unit in units if _carries(unit, said, later=i > 0)), None) if says(part) else None
        if unit is None:
            return None
        carrying.append(unit)
    used = tuple(dict.fromkeys(unit.where for unit in carrying))
    together = tuple(token for unit in dict.fromkeys(carrying) for token in unit.tokens)
    whole = tuple(token for part in parts for token in part)
    return None if len(used) < 2 or any(opposed(Pairing(whole, together))) else Verdict(True, (), used)


def _carries(unit: Unit, said: Sequence[Token], later: bool) -> bool:
    pairing = Pairing(tuple(said), unit.tokens, not unit.rows)
    return not unit.rows and not shortfalls(pairing) and not (later and stands_apart(pairing))


# --- answers -----------------------------------------------------------------------------------------------------------


def prove(
    sentences: Sequence[Sentence], citations: Sequence[Citation], guides: Mapping[str, Guide]
) -> tuple[Sentence, ...]:
    """The sentences that may be shown: every quote exact, every cited sentence carried by its quotes.

    A sentence that fails is dropped; unknown citation numbers vanish from the others.
    """
    exact = {c.number: c for c in citations if guides[c.guide].text[c.start : c.end] == c.quote}
    kept: list[Sentence] = []
    for sentence in sentences:
        known = tuple(number for number in sentence.citations if number in exact)
        if sentence.citations and not known:
            continue
        if not known or supports(_said(sentence), quotes_of([exact[number] for number in known], guides)).supported:
            kept.append(replace(sentence, citations=known))
    return tuple(kept)


def _said(sentence: Sentence) -> str:
    """What a sentence says in the guides' name: the row of a table may open with the asker's own words, in quotation marks."""
    name, bar, rest = sentence.text.partition(" | ")
    asked = sentence.layout is Layout.ROW and bar and name.startswith("“") and name.endswith("”")
    return rest if asked else sentence.text


def quotes_of(citations: Sequence[Citation], guides: Mapping[str, Guide]) -> tuple[Quote, ...]:
    """Citations as quotes with what their places lend; the rows of one table are one quote.

    What is cited and stands in no passage (a heading, a table's header row), or introduces another that is cited, stands
    beside the others.
    """
    held = [(c, _passage_of(c, guides[c.guide])) for c in citations]
    leads = {(passage.guide, passage.lead) for _, passage in held if passage and passage.lead}
    placed = [(c, None if (c.guide, Span(c.start, c.end)) in leads else passage) for c, passage in held]
    beside = " ; ".join(c.quote for c, passage in placed if passage is None)
    quotes = [_placed(c, passage, guides[c.guide], beside) for c, passage in placed if passage is not None]
    if not quotes:
        return tuple(Quote(c.quote, _above(c)) for c in citations)
    rows = [quote for quote in quotes if quote.header]
    if len(rows) > 1:
        quotes.append(_together(rows))
    return tuple(quotes)


def _passage_of(citation: Citation, guide: Guide) -> Passage | None:
    spans = ((p, p.start <= citation.start and citation.end <= p.end) for p in guide.passages)
    return next((passage for passage, inside in spans if inside), None)


def _above(citation: Citation) -> str:
    return " ; ".join((citation.title, *citation.section))


def _placed(citation: Citation, passage: Passage, guide: Guide, beside: str) -> Quote:
    lead = passage.lead.of(guide.text) if passage.lead else ""
    rank = rank_of(guide, passage, Span(citation.start, citation.end))
    lent = " ; ".join(filter(None, (_above(citation), lead, rank)))
    if passage.kind is not PassageKind.ROW or citation.end - citation.start < passage.end - passage.start:
        return Quote(citation.quote, lent, (), beside)
    header = [cell.of(guide.text) for cell in passage.header] or [""] * len(passage.cells)
    return Quote(citation.quote, lent, tuple(_ranked(header, passage, guide)), beside)


def _ranked(header: Sequence[str], passage: Passage, guide: Guide) -> Iterator[str]:
    """Header cells, each with "highest" or "lowest" where the row's cell is that of its column."""
    table = table_of(passage, guide)
    for column, name in enumerate(header):
        yield " ".join(filter(None, (name, _rank(table, passage, column) if table else "")))


def _rank(table: Table, row: Passage, column: int) -> str:
    values = [(figure.low, other is row) for other in table.rows if (figure := table.figure(other, column))]
    own = [value for value, is_row in values if is_row]
    if len(values) < 2 or not own:
        return ""
    rest = [value for value, is_row in values if not is_row]
    return "highest" if own[0] > max(rest) else "lowest" if own[0] < min(rest) else ""


def _together(rows: Sequence[Quote]) -> Quote:
    """Rows of one table as one quote, and which way each column goes from the first to the last."""
    text = " ; ".join(" ".join(token.text for token in row_tokens(row)) for row in rows)
    columns = [[_first_number(cell) for cell in row.text.strip().strip("|").split("|")] for row in rows]
    ways = {way(a, b) for a, b in zip(columns[0], columns[-1], strict=False) if a is not None and b is not None}
    lent = " ; ".join(filter(None, (rows[0].lent, " ".join(rows[0].header), *sorted(ways))))
    return Quote(text, lent, (), rows[0].beside, tuple(row.text for row in rows))


def _first_number(cell: str) -> float | None:
    found = _NUMBER.search(cell)
    return float(found[0].replace(",", "")) if found and found[0].replace(",", "").count(".") < 2 else None


def numbers_in(text: str) -> set[str]:
    """The numbers of a text, without thousands separators."""
    return {m[0].rstrip(".,").replace(",", "") for m in _NUMBER.finditer(text)}


__all__ = ["LONGEST", "Carrier", "Quote", "Verdict", "numbers_in", "prove", "quotes_of", "supports"]
