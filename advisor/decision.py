"""Whether the evidence answers this question: every part that narrows it must be met, not only its general subject.

Similarity alone cannot tell: a question that the guides do not answer resembles them as much as one that they do. What
tells is the reranker, which reads the question beside each unit and was trained on near misses; how far the question's
own words are met by the best units; and whether a name, a year or a kind of quantity that it asks for is there at all.

The signals are weighed by a logistic regression that `advisor fit` fits on development questions.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from index.errors import AdvisorError
from index.figures import Quantity, figures_in
from index.guide import PassageKind
from index.search import Floats, Index
from index.texts import above_text
from index.words import FUNCTION_WORDS, stem, words_in

from .answer import Status
from .evidence import Candidate, Evidence
from .initials import words_of
from .placing import elsewhere, misplaced, of_no_place
from .question import ASKING, COSTS, EARNINGS, Kind, Question
from .whose import MISSING, Whose, lacks_its_end, of_another_name

SIGNALS = (
    "logit",
    "second",
    "third",
    "meaning",
    "passage",
    "guide",
    "cover",
    "own",
    "weakest",
    "unknown",
    "named",
    "quantity",
    "year",
    "size",
)
FIT = "fitted.json"
"""The file of a fit."""
UNANSWERED = -4.0
"""Logit of the best unit below which nothing answers, whatever else speaks for it."""
NAMED = 0.5
"""How far a name must be covered so that it is met."""

_BECOME = re.compile(
    r"\bbecom(?:e|ing) an? (?:\w+ ){0,3}?(\w+)(?=\W*$|\W*[,.;?!]| (?:in|at|with|without|from|and|or|if|after)\b)",
    re.IGNORECASE,
)
"""What somebody wants to become: its last word."""

_WHICH_NOT = re.compile(
    r"\b(?:which|what|who)\b(?! if\b)[^?,;]*?(?<!why )(?<!or )\b(?:not|never|\w+n['’]t|(?:do|does|did|is|are)nt)\s+(?:\w+\s+){0,2}?"
    r"(?:need\w*|requir\w*|necessary|mandatory|have to|allowed|cover\w*|includ\w*|part of)\b",
    re.IGNORECASE,
)
"""Asks for what is not needed, or not so."""
_DENIES = re.compile(
    r"\b(?:no|not|never|none|nor|neither|without|cannot|optional|unnecessary|instead of|except|nothing|nobody|\w+n['’]t)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fitted:
    """How signals make a probability, and the probability from which a question is answered."""

    weights: Mapping[str, float]
    bias: float
    answer: float
    reranker: str = ""
    """Whose logits it was fitted on; none told for the shipped fit, which goes with the shipped reranker."""

    def probability(self, values: Floats) -> float:
        """That the evidence answers, 0 to 1."""
        weights = np.array([self.weights.get(name, 0.0) for name in SIGNALS], dtype=np.float32)
        return float(1.0 / (1.0 + np.exp(-(float(values @ weights) + self.bias))))


@cache
def shipped() -> Fitted:
    """The fit that comes with the program."""
    return read_fit(Path(__file__).parent / FIT)


def read_fit(path: Path) -> Fitted:
    """A fit as `advisor fit` wrote it. Raises `AdvisorError` with the remedy where it is none."""
    try:
        told = json.loads(path.read_text("utf-8"))
        weights = {str(name): _finite(weight) for name, weight in told["weights"].items()}
        return Fitted(weights, _finite(told["bias"]), _finite(told["answer"]), str(told.get("reranker", "")))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise AdvisorError(
            f"{path} is not what advisor fit wrote. Run advisor fit again, or remove the file."
        ) from error


def _finite(told: str | float) -> float:
    value = float(told)
    if not math.isfinite(value):
        raise ValueError(f"{told} weighs nothing")
    return value


@dataclass(frozen=True, slots=True)
class Decision:
    """The status that the evidence allows, how sure that is, and the words of the question that nothing meets."""

    status: Status
    probability: float
    missing: tuple[str, ...] = ()
    barred: bool = False
    """Whether something that the question names is surely not met, however near the rest comes."""


class Decider:
    """Decides over one index."""

    def __init__(self, index: Index, fitted: Fitted | None = None) -> None:
        self.index = index
        self.fitted = fitted or shipped()
        self._whose = Whose(index)

    def decide(self, evidence: Evidence, added: str = "") -> Decision:
        """The status of an answer made of this evidence; one that is silent on all that a follow-up `added` is none."""
        if not evidence.candidates:
            return Decision(Status.NOT_IN_GUIDES, 0.0)
        probability = self.fitted.probability(self.signals(evidence))
        missing = _missing(evidence)
        if self._other_year(evidence):
            return Decision(Status.NOT_IN_GUIDES, probability, tuple(map(str, evidence.question.years)), barred=True)
        covered = met(evidence)
        other = (
            of_another_name(evidence, covered)
            or self._whose.of_another_subject(evidence)
            or self._whose.of_a_stranger(evidence, covered)
            or self._whose.of_all(evidence)
        )
        unfit = (
            _wants_denial(evidence) or _of_other_money(evidence) or _gives_no_reason(evidence) or of_no_place(evidence)
        )
        if other or unfit or evidence.candidates[0].feature("share") < 0:
            return Decision(Status.NOT_IN_GUIDES, probability, missing, barred=True)
        if _undefined(self.index, evidence.question) or not self._readable(evidence.query):
            return Decision(Status.NOT_IN_GUIDES, 0.0, missing, barred=True)
        place = misplaced(evidence, self.index)
        if place:
            return Decision(Status.NOT_IN_GUIDES, probability, tuple(dict.fromkeys((place, *missing))), barred=True)
        if added and _silent(evidence, added):
            return Decision(Status.NOT_IN_GUIDES, probability, missing, barred=True)
        best = max(candidate.logit for candidate in evidence.candidates)
        answered = best >= UNANSWERED and (probability >= self.fitted.answer or _placed(evidence))
        return Decision(Status.ANSWERED if answered else Status.NOT_IN_GUIDES, probability, missing)

    def _readable(self, text: str) -> bool:
        """Whether any word of a message is a word of the guides or of the language."""
        words = re.findall(r"[^\W\d_]+", text)
        return any(
            word.lower() in FUNCTION_WORDS | ASKING
            or stem(word.lower()) in self.index.terms.known
            or (len(word) > 1 and word.isascii() and self.index.encoder.has_word(word.lower()))
            for word in words
        )

    def signals(self, evidence: Evidence) -> Floats:
        """What tells whether the best evidence answers, in the order of `SIGNALS`."""
        best = evidence.candidates[0]
        logits = sorted((c.logit for c in evidence.candidates if np.isfinite(c.logit)), reverse=True)
        logits += [-10.0] * (3 - len(logits))
        weights = evidence.terms.weights
        covered = met(evidence)
        unmet = 1.0 - covered
        values = (
            *logits[:3],
            best.feature("unit_meaning"),
            best.feature("passage_meaning"),
            best.feature("guide"),
            float(weights @ covered) / max(float(weights.sum()), 1e-9),
            best.feature("unit_cover"),
            float((weights * unmet).max(initial=0.0)),
            float((unmet * (weights >= 1.0)).max(initial=0.0)),
            float(_uncovered_name(evidence, covered)),
            best.feature("quantity"),
            best.feature("year"),
            float(np.log10(1 + len(self.index.guides))),
        )
        return np.array(values, dtype=np.float32)

    def _other_year(self, evidence: Evidence) -> bool:
        """Whether the question names a year that the best evidence does not."""
        question = evidence.question
        return bool(question.years) and question.kind is not Kind.TREND and evidence.candidates[0].feature("year") <= 0


def _wants_denial(evidence: Evidence) -> bool:
    """Whether it is asked which of several is not so, and the best unit denies nothing."""
    best = evidence.candidates[0]
    return bool(_WHICH_NOT.search(evidence.question.text)) and not _DENIES.search(best.text)


def _gives_no_reason(evidence: Evidence) -> bool:
    """Whether a reason is asked for, and the best unit is a row of figures, which tells none."""
    best = evidence.candidates[0]
    if evidence.question.kind is not Kind.WHY or best.passage.kind is not PassageKind.ROW:
        return False
    return all(
        figures_in(cell.of(best.guide.text)) or not any(c.isalpha() for c in cell.of(best.guide.text))
        for cell in best.passage.cells[1:]
    )


def _of_other_money(evidence: Evidence) -> bool:
    """Whether it is asked what something costs, and the best unit in its place tells only what somebody earns."""
    question, best = evidence.question, evidence.candidates[0]
    if question.quantity is not Quantity.MONEY or not COSTS.search(question.text) or EARNINGS.search(question.text):
        return False
    told = f"{best.text} {above_text(best.guide, best.passage)}"
    return bool(EARNINGS.search(told)) and not COSTS.search(told)


def _silent(evidence: Evidence, words: str) -> bool:
    """Whether the best unit, in its place, meets none of some words of the question."""
    asked = {word.stem for word in words_in(words)}
    covered = zip(evidence.terms.words, evidence.candidates[0].covered, strict=True)
    met = [cover >= MISSING for word, cover in covered if word.stem in asked]
    return bool(met) and not any(met)


def _placed(evidence: Evidence) -> bool:
    """Whether the best unit states what is to be counted for a range of time that holds the one that the question tells."""
    best = evidence.candidates[0]
    return best.logit > 0 and best.feature("within") > 0 and best.feature("quantity") > 0


def _undefined(index: Index, question: Question) -> bool:
    """Whether the meaning of an abbreviation is asked for that no guide uses."""
    return question.kind is Kind.DEFINITION and any(
        len(word.text) > 1 and word.text.isupper() and word.stem not in index.terms.known for word in question.words
    )


def met(evidence: Evidence) -> Floats:
    """[terms] How far the best unit in its place, or a near rival in its section, covers each term."""
    best = evidence.candidates[0]
    here = (best.guide.id, best.passage.section)
    near = [c.covered for c in evidence.candidates[:6] if (c.guide.id, c.passage.section) == here]
    return np.asarray(np.max(np.stack([best.covered, *near]), axis=0), dtype=np.float32)


def _missing(evidence: Evidence) -> tuple[str, ...]:
    """The words of the question that the evidence does not meet."""
    covered = met(evidence)
    words = zip(evidence.terms.words, evidence.terms.weights, covered, strict=True)
    return tuple(word.text for word, weight, cover in words if cover < MISSING and weight > 0.4)


def _uncovered_name(evidence: Evidence, covered: Floats) -> bool:
    """Whether the question names someone, somewhere or something that the evidence does not.

    A name has a capital inside the question, is that of a place, or is what somebody wants to become.
    """
    if lacks_its_end(evidence, covered):
        return True
    text = evidence.question.text
    become = [match.span(1) for match in _BECOME.finditer(text)]
    for word, cover in zip(evidence.terms.words, covered, strict=True):
        if cover >= NAMED:
            continue
        inside = word.start > 0 and text[: word.start].rstrip()[-1:] not in ".!?:\"'“"
        if word.text[0].isupper() and inside and not _spelled(word.text, evidence.candidates[0]):
            return True
        if (word.start, word.end) in become or (word.text.islower() and elsewhere(word, evidence)):
            return True
    return False


def _spelled(name: str, best: Candidate) -> bool:
    """Whether an abbreviation is the initials of words that stand together in the best unit or in what stands over it."""
    letters = name.removesuffix("s")
    if not (len(letters) > 1 and letters.isalpha() and letters.isupper()):
        return False
    near = f"{best.text} {above_text(best.guide, best.passage)}"
    return bool(re.search(rf"\b{words_of(letters)}", near, re.IGNORECASE))
