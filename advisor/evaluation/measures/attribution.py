"""Do the citations carry the sentences: recall and precision as ALCE has them, with plain code for its NLI model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from index.errors import GuidesError
from index.guide import Guide, Span
from index.reading import guide_of

from ...answer import Citation, Status
from ...proof import Quote, numbers_in, quotes_of, supports
from ..statements import Statement, statements_of
from ..transcript import Cited
from .case import Case, Measure

_ALCE = "Gao et al. 2023, ALCE (arXiv:2305.14627), its NLI model replaced by advisor.proof"
_STATING = frozenset({Status.ANSWERED, Status.CONFLICTING, Status.PARTIAL})


class Verdict(Protocol):
    """What a verifier says of a sentence."""

    @property
    def supported(self) -> bool:
        """Whether the quotes carry it."""


class Verifier(Protocol):
    """Whether quotes carry a sentence."""

    def __call__(self, sentence: str, quotes: Sequence[Quote], /) -> Verdict:
        """The verdict on the sentence with all of these quotes together."""


def is_carried(
    sentence: str, cited: Sequence[Cited], texts: Mapping[str, str] | None = None, verifier: Verifier = supports
) -> bool:
    """Whether citations carry a sentence together.

    Headings, titles and the header of a quoted row's table (looked up in `texts`, by path) lend words, never numbers.
    """
    if not cited or numbers_in(sentence) - numbers_in(" ".join(one.quote for one in cited)):
        return False
    return verifier(sentence, _quotes(cited, texts or {})).supported


def _quotes(cited: Sequence[Cited], texts: Mapping[str, str]) -> Sequence[Quote]:
    """Citations with what their places lend: as the guides have it, else as the transcript tells it."""
    guides = {one.path: _guide(texts[one.path], one.path) for one in cited if one.path in texts}
    if all((guide := guides.get(one.path)) and _is_exact(one, guide) for one in cited):
        known = {guide.id: guide for guide in guides.values() if guide}
        return quotes_of([_citation(one, guides[one.path]) for one in cited], known)
    return [
        Quote(one.quote, " ; ".join(filter(None, (one.title, *one.section, header_of(one, texts))))) for one in cited
    ]


@lru_cache(maxsize=1024)
def _guide(text: str, path: str) -> Guide | None:
    """The guide as the index reads it; None where it cannot."""
    try:
        return guide_of(text, path)
    except GuidesError:
        return None


def _is_exact(one: Cited, guide: Guide) -> bool:
    return one.start is not None and one.end is not None and guide.text[one.start : one.end] == one.quote


def _citation(one: Cited, guide: Guide | None) -> Citation:
    if guide is None or one.start is None or one.end is None:
        raise ValueError(one.path)
    return Citation(one.number, guide.id, one.title, one.section, one.path, one.start, one.end, one.quote)


def header_of(cited: Cited, texts: Mapping[str, str]) -> str:
    """The header of the table in whose row a quote stands; empty elsewhere."""
    start, text = cited.start, texts.get(cited.path)
    if start is None or text is None:
        return ""
    return next((header for row, header in _headed_rows(text, cited.path) if row.start <= start < row.end), "")


@lru_cache(maxsize=1024)
def _headed_rows(text: str, path: str) -> tuple[tuple[Span, str], ...]:
    """The rows of a guide that have a header, as the index reads them; none where it cannot read the guide."""
    guide = _guide(text, path)
    passages = guide.passages if guide else ()
    return tuple((p.span, " ".join(cell.of(text) for cell in p.header)) for p in passages if p.header)


def citation_recall(case: Case) -> float | None:
    """The share of the answer's statements that their citations carry together."""
    told = _told(case)
    if not told:
        return None
    return sum(is_carried(statement.text, cited, case.texts) for statement, cited in told) / len(told)


def citation_precision(case: Case) -> float | None:
    """The share of citations that carry their statement alone, or without which the others no longer carry it."""
    used = [_is_needed(one, statement.text, cited, case) for statement, cited in _told(case) for one in cited]
    return sum(used) / len(used) if used else None


def _is_needed(one: Cited, sentence: str, cited: Sequence[Cited], case: Case) -> bool:
    if not is_carried(sentence, cited, case.texts):
        return False
    others = [other for other in cited if other is not one]
    return is_carried(sentence, [one], case.texts) or not is_carried(sentence, others, case.texts)


def _told(case: Case) -> list[tuple[Statement, list[Cited]]]:
    if case.reply.status not in _STATING:
        return []
    known = {cited.number: cited for cited in case.reply.citations}
    return [
        (statement, [known[number] for number in dict.fromkeys(statement.numbers) if number in known])
        for statement in statements_of(case.reply.text)
    ]


RECALL = Measure(
    name="citation_recall",
    label="citation recall",
    definition="Mean share of an answer's sentences, entries and rows that their citations carry together.",
    paper=_ALCE,
    of=citation_recall,
    group="citations",
)
PRECISION = Measure(
    name="citation_precision",
    label="citation precision",
    definition="Mean share of an answer's citations that carry their sentence alone, or are needed to carry it.",
    paper=_ALCE,
    of=citation_precision,
    group="citations",
)
