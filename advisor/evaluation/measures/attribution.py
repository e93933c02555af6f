"""Do the citations carry the sentences: recall and precision as ALCE has them, with plain code for its NLI model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Protocol

from index.errors import GuidesError
from index.guide import Span
from index.reading import guide_of

from ...answer import Status
from ...proof import numbers_in, supports
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

    def __call__(self, sentence: str, quotes: Sequence[str], /) -> Verdict:
        """The verdict on the sentence with all of these quotes together."""


def is_carried(
    sentence: str, cited: Sequence[Cited], texts: Mapping[str, str] | None = None, verifier: Verifier = supports
) -> bool:
    """Whether citations carry a sentence together.

    Headings, titles and the header of a quoted row's table (looked up in `texts`, by path) lend words, never numbers.
    """
    quotes = [one.quote for one in cited]
    if not quotes or numbers_in(sentence) - numbers_in(" ".join(quotes)):
        return False
    lent = [" ".join((*one.section, one.title, header_of(one, texts or {}))) for one in cited]
    return verifier(sentence, [*quotes, *lent]).supported


def header_of(cited: Cited, texts: Mapping[str, str]) -> str:
    """The header of the table in whose row a quote stands; empty elsewhere."""
    start, text = cited.start, texts.get(cited.path)
    if start is None or text is None:
        return ""
    return next((header for row, header in _headed_rows(text, cited.path) if row.start <= start < row.end), "")


@lru_cache(maxsize=1024)
def _headed_rows(text: str, path: str) -> tuple[tuple[Span, str], ...]:
    """The rows of a guide that have a header, as the index reads them; none where it cannot read the guide."""
    try:
        passages = guide_of(text, path).passages
    except GuidesError:
        return ()
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
