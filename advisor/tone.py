"""What a message is beside a career question: of a person in danger or distress, a matter for a doctor, a lawyer or a bank, an order.

Told sentence by sentence, by a logistic regression over the vectors of the shipped encoder of questions, which
`scripts/training/fit_tone.py` fits on messages of each kind.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .conversation.phrases import OPENS
from .question import read_question

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from index.search import Floats

PROBE = Path(__file__).parent / "tone.json"
"""The file of the fit."""
CAREER = "career"
DANGER = "danger"
DISTRESS = "distress"
ORDER = "order"


class _Kind(NamedTuple):
    """How sure it must be, and what is said."""

    least: float
    """Probability that a sentence is no career question, from which it is of this kind where that is the likeliest other one."""
    reply: str


KINDS = {
    DANGER: _Kind(
        0.4,
        "I am sorry that you feel this way. I can only help with career questions, but you deserve a person to talk to: please"
        " call your local emergency number or a crisis line now, or tell someone near you.",
    ),
    DISTRESS: _Kind(
        0.6,
        "I am sorry that it feels so heavy right now. You do not have to sort it out alone: please talk to someone you"
        " trust, or to a crisis line near you if it gets too much. When you like, we can look at careers one question at a"
        " time: what the work is like, how to start, or what it pays.",
    ),
    "health": _Kind(
        0.8,
        "The guides do not say: they are about careers, not about health. Please ask a doctor or a pharmacist, and call"
        " your emergency number if it is urgent.",
    ),
    "law": _Kind(
        0.8,
        "The guides do not say: they are about careers, not about legal matters. A lawyer or a free advice office can help"
        " you with that.",
    ),
    "money": _Kind(
        0.8,
        "The guides do not say: they are about careers, not about what to do with money. A qualified financial adviser can"
        " help you with that.",
    ),
    ORDER: _Kind(
        0.6,
        "The guides do not say. I only answer career questions from guides: what the work is, what it pays, what it takes"
        " to start.",
    ),
}
"""Each but `CAREER`."""
SAVE = KINDS[DANGER].reply
"""Stands before the answer to a question that somebody in danger asks, or alone."""
LEAD = "I am sorry that things are so hard right now."
"""Stands before the answer to a question that somebody in distress asks."""
ASKED = 0.7
"""What such a probability is at the least for danger in a question ("what could kill me up there")."""
MOST = 12
"""Sentences of a message that are heard."""

_SENTENCE = re.compile(r"(?<=[.!?;:])\s+")
_SAYS_SO = re.compile(
    r"\b(?:kill(?:ing)?|hurt(?:ing)?|harm(?:ing)?) myself\b|\b(?:end(?:ing)?|tak(?:e|ing)) my (?:own )?life\b|\bno reason to live\b"
    r"|\bi(?:['’]?m| am)? (?:just |really |only )*(?:want to|wanna|going to|gonna|would like to) die\b|\bi(?:['’]?m| am) (?:\w+ )?suicidal\b",
    re.IGNORECASE,
)
_GRAVE = re.compile(
    r"\b(?:di(?:e[ds]?|ying)|dead|death|alive|living|exist\w*|suicid\w*|kill\w*|self[ -]harm\w*)\b", re.IGNORECASE
)
_SELF = re.compile(r"\b(?:i|i['’]\w+|im|ive|me|my|myself|mine)\b", re.IGNORECASE)
_ASKS_FOR = re.compile(r"^\W*(?:please |now |just |so )*(?:can|could|will|would) you\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heard:
    """What there is to say to a message beside, or in place of, what the guides say."""

    question: str
    """What is left for the guides to answer: beside an order, what asks; empty where nothing is."""
    said: str = ""
    """The advisor's own words: before the answer, or in its place."""
    kind: str = CAREER


@dataclass(frozen=True, slots=True)
class Probe:
    """How likely each kind is, by a sentence's vector."""

    kinds: tuple[str, ...]
    weights: Floats
    """[kinds, dimension]"""
    bias: Floats
    """[kinds]"""
    encoder: str
    """The name of the encoder whose vectors it was fitted on."""

    def probabilities(self, vectors: Floats) -> Floats:
        """[vectors, kinds] Each between 0 and 1, together 1."""
        logits = vectors @ self.weights.T + self.bias
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(shares / shares.sum(axis=1, keepdims=True), dtype=np.float32)


@cache
def shipped() -> Probe:
    """The probe that comes with the program."""
    told = json.loads(PROBE.read_text("utf-8"))
    weights, bias = (np.array(told[name], dtype=np.float32) for name in ("weights", "bias"))
    return Probe(tuple(told["kinds"]), weights, bias, told["encoder"])


def hear(message: str) -> Heard:
    """What a message is: danger or distress with or without a question beside it, nothing for the guides, or a question."""
    sentences = sentences_of(message)
    kinds = kinds_of(sentences)
    others = [s for s, kind in zip(sentences, kinds, strict=True) if kind not in (DANGER, DISTRESS)]
    if DANGER in kinds:
        return _beside(message, others, SAVE, SAVE)
    if DISTRESS in kinds:
        # "Three rejections. I feel like giving up, what now?"
        within = bool(others) and not any(map(_asks, others)) and sentences[-1].endswith("?")
        return _beside(message, sentences if within else others, LEAD, KINDS[DISTRESS].reply)
    if len(sentences) > MOST or not kinds:
        return Heard(message)
    if CAREER not in kinds:
        return Heard("", KINDS[kinds[-1]].reply, kinds[-1])
    if ORDER not in kinds:
        return Heard(message)
    asking = [s for s, kind in zip(sentences, kinds, strict=True) if kind != ORDER and s.rstrip().endswith("?")]
    return Heard(" ".join(asking) or message, kind=ORDER)


def kinds_of(sentences: Sequence[str]) -> list[str]:
    """The kind of each sentence. A question about others, and what is too short to tell, is one of careers."""
    kinds = [DANGER if _SAYS_SO.search(sentence) else CAREER for sentence in sentences]
    heard = {i: least for i, sentence in enumerate(sentences) if kinds[i] == CAREER and (least := _least(sentence))}
    if heard:
        vectors = _vectors([sentences[i] for i in heard])
        for (i, least), probabilities in zip(heard.items(), shipped().probabilities(vectors), strict=True):
            kinds[i] = _likeliest(probabilities, least)
    return kinds


def sentences_of(message: str) -> list[str]:
    """The sentences of a message, which are heard one by one."""
    return [sentence for sentence in _SENTENCE.split(message.strip()) if sentence]


def _asks(sentence: str) -> bool:
    return sentence.rstrip().endswith("?") or bool(OPENS.match(sentence))


def _least(sentence: str) -> dict[str, float]:
    """What a sentence may be besides `CAREER`, by whom it speaks of and whether it asks; how sure it must be of each."""
    own, asks = bool(_SELF.search(sentence)), bool(OPENS.match(sentence)) and not _ASKS_FOR.match(sentence)
    if len(sentence.split()) < 3:
        return {}
    may_be = {DANGER: own or not asks or bool(_GRAVE.search(sentence)), DISTRESS: own and not asks, ORDER: not asks}
    least = {name: kind.least for name, kind in KINDS.items() if may_be.get(name, own)}
    return least | {DANGER: ASKED} if asks and DANGER in least else least


def _likeliest(probabilities: Floats, least: Mapping[str, float]) -> str:
    """The likeliest kind, where it is one of those that a sentence may be and surely none of careers; else `CAREER`."""
    of_kind = dict(zip(shipped().kinds, map(float, probabilities), strict=True))
    found = max(KINDS, key=of_kind.__getitem__)
    return found if 1.0 - of_kind[CAREER] >= least.get(found, np.inf) else CAREER


def _vectors(sentences: Sequence[str]) -> Floats:
    """[sentences, dimension] By the encoder of questions that ships."""
    from index.embedder import model_folder
    from index.trained import open_query_encoder

    return open_query_encoder(model_folder()).run(sentences)


def _beside(message: str, others: list[str], before: str, instead: str) -> Heard:
    """What is said before the answer to the rest of a message, or instead of one where the rest asks nothing.

    A rest of hardly a word ("What next?") is asked with what stands before it.
    """
    rest = " ".join(others)
    if not any(map(_asks, others)):
        return Heard("", instead, DISTRESS)
    return Heard(rest if len(read_question(rest).words) > 1 else message, before, DISTRESS)
