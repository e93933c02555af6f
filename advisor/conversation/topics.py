"""What a conversation is about: the guides, and the words that name their subjects."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from index.guide import Guide, PassageKind
from index.search import Index
from index.words import AGENT, FUNCTION_WORDS, Word, stems_in, words_in

from ..answer import Answer, Status
from ..question import ASKING, names_quantity, ranks_in
from ..subjects import Subjects
from .nouns import Nouns
from .pointing import OF_FIGURE, STATES, asides_in, is_place, predicate_in
from .runs import CODE, VERBS, runs
from .turns import Turn

_AUXILIARY = re.compile(r"\b(?:do|does|did|can|could|will|would|should|must|may|might)\b", re.IGNORECASE)
"""Before a noun, so that what stands behind it is its verb ("does the exam cost")."""
_STATED = re.compile(r"\W*(?:(?:and|so|but)\s+)?(?:is|are|was|were)\s+(?:(?:the|my|an?)\s+)?$", re.IGNORECASE)
"""Before whatever a question says something of."""
_PLURAL = re.compile(r"(?:[^s]s|men)\s*$")
_SMALL = re.compile(r"(?<![\w/.=-])[a-z][a-z\d-]*(?![\w/=-])(?!\.\w)")
"""A word in small letters, outside of addresses."""
_SENTENCE_END = re.compile(r"[.!?;]\s")
_TITLE_END = re.compile(r"(?:\s*[(:–—|]|\s-\s|\sin\s(?:the\s)?[A-Z\d]).*$")
"""What tells where, how, or more of a subject, behind its name."""
_TITLE_WORD = re.compile(r"[\w&'’/-]+")
_BECOMING = re.compile(r"(?:how to\s+\w+|\w+ing)(?:\s+\w+)*?\s+(?:an?|the)\s", re.IGNORECASE)
"""Opens a title that names its subject behind it."""
_SHORT_TITLE = 4
"""Words of a title that is its subject where its text does not say so."""
_SAID = 3
"""How often a text, its title included, says a part of the title that is its subject."""


class Topics:
    """Tells what a text or a conversation over one index is about."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._subjects = Subjects(index)
        self.subjects = {guide.id: subject_of(guide) for guide in index.guides.values()}
        self._nouns = Nouns(index)
        self._subject_stems = {guide: frozenset(stems_in(subject)) for guide, subject in self.subjects.items()}

    def named(self, text: str) -> tuple[str, ...]:
        """The guides whose subject a text names in full; none where every guide has the same subject."""
        if len(set(self._subject_stems.values())) < 3:
            return ()
        stems = set(stems_in(text))
        found = [g for g, subject in self._subject_stems.items() if subject and _mostly(subject, stems)]
        return tuple(found) or tuple(g for g, parts in self._parts.items() if any(part <= stems for part in parts))

    def tells_of(self, guides: Sequence[str], text: str) -> bool:
        """Whether a text has a word of the subject of any of some guides."""
        stems = set(stems_in(text))
        return any(self._subject_stems[guide] & stems for guide in guides)

    def know(self, guides: Sequence[str], text: str) -> bool:
        """Whether any of some guides has every word of a text, figures aside."""
        stems = {stem for stem in stems_in(text) if not stem.isdigit()}
        return any(stems <= set(stems_in(self.index.guides[guide].text)) for guide in guides)

    @cached_property
    def _parts(self) -> dict[str, tuple[frozenset[str], ...]]:
        """For a guide whose title names several ("Paralegals and Legal Assistants"), each that no other title has a word of."""
        used = Counter(stem for stems in self._subject_stems.values() for stem in stems)
        found: dict[str, tuple[frozenset[str], ...]] = {}
        for guide, subject in self.subjects.items():
            named = [part for part in re.split(r",|\band\b", subject) if _PLURAL.search(part)]
            stems = (frozenset(stems_in(part)) for part in named if len(named) > 1)
            found[guide] = tuple(part for part in stems if part and all(used[stem] == 1 for stem in part))
        return found

    def focus(self, turns: Sequence[Turn]) -> tuple[str, ...]:
        """The guide that the conversation is about: the one named last, by a question or by its answer, else the one that answered last."""
        for turn in reversed(turns):
            owners = self._of_strangers(turn.answer)
            if owners is not None:
                return owners
            named = self.named(turn.answer.standalone)
            cited = [citation.guide for citation in turn.answer.citations]
            both = [guide for guide in cited if guide in named]
            found = both or self._told(turn.answer) or named or cited[:1]
            if found:
                return tuple(dict.fromkeys(found))[:2]
        return ()

    def row(self, answer: Answer) -> str | None:
        """What the first cell of the row says that an answer tells first; None where that is no row."""
        return next((key for key, _ in self._rows(answer)), None)

    def _rows(self, answer: Answer) -> Iterator[tuple[str, Guide]]:
        """The first cells of the rows that an answer quotes, and whose they are."""
        for citation in answer.citations:
            guide = self.index.guides.get(citation.guide)
            if guide is None:
                continue
            for passage in guide.passages:
                if passage.kind is PassageKind.ROW and passage.cells and passage.start <= citation.start < passage.end:
                    yield passage.cells[0].of(guide.text), guide

    def strangers(self, answer: Answer) -> tuple[str, ...]:
        """Those whom a question named and of whom the answer tells in rows of guides on other subjects ("Plumbers")."""
        asked = set(stems_in(answer.standalone))
        subjects = set(self._subject_stems.values())
        found: dict[str, None] = {}
        for key, guide in self._rows(answer):
            stems = frozenset(stems_in(key))
            of_doers = stems in subjects or any(AGENT.search(word.text) for word in words_in(key))
            own = stems <= self._subject_stems.get(guide.id, frozenset())
            if of_doers and not own and not stems.isdisjoint(asked) and self.among_others([guide.id]):
                found[key] = None
        return tuple(found)

    def _of_strangers(self, answer: Answer) -> tuple[str, ...] | None:
        """The guides about those of whom an answer tells in rows of other guides, if there are any; None where it tells of nobody so."""
        keys = [frozenset(stems_in(key)) for key in self.strangers(answer)]
        return tuple(g for g, subject in self._subject_stems.items() if subject in keys)[:2] if keys else None

    def _told(self, answer: Answer) -> tuple[str, ...]:
        """The one guide whose subject the first cited sentence of an answer names, or that all of it is quoted from."""
        if answer.status is Status.NOT_IN_GUIDES:
            return ()
        first = next((sentence.text for sentence in answer.sentences if sentence.citations), "")
        stems, named = set(stems_in(first)), self.named(first)
        named = tuple(guide for guide in named if self._subject_stems[guide] <= stems) or named
        cited = tuple({citation.guide for citation in answer.citations})
        return next((found for found in (named, cited) if len(found) == 1), ())

    @cached_property
    def _headings(self) -> Counter[str]:
        """How many guides have each heading."""
        return Counter(
            h for guide in self.index.guides.values() for h in {s.path[-1] for s in guide.sections if s.path}
        )

    def of_form(self, heading: str) -> bool:
        """Whether a heading belongs to the form of a series of guides, and to no order within one ("Training")."""
        return self._headings[heading] > 2

    def among_others(self, focus: Sequence[str]) -> bool:
        """Whether the guides that the conversation is about stand among guides of clearly other subjects."""
        return any(self._subjects.among_others(self.index.guides[guide]) for guide in focus)

    def topic(self, before: str, focus: Sequence[str]) -> str:
        """The subject's words: as the previous question put them, else the guide's own."""
        for guide in focus:
            wanted = self._subject_stems.get(guide, frozenset())
            words = _of_one_sentence([w for w in words_in(before) if w.stem in wanted], before)
            if words:
                near = [run for run in runs(before) if run[0] < words[-1].end and words[0].start < run[1]]
                start = min([words[0].start, *(run[0] for run in near)])
                end = max([words[-1].end, *(run[1] for run in near)])
                if re.search(r"\bwho\s+$", before[:start], re.IGNORECASE):  # what follows is what they do
                    start = words[0].start
                run = (
                    _without_predicate(before[start:end], words[-1].text) if STATES.match(before) else before[start:end]
                )
                return _name_alone(run)
        return self.subjects[focus[0]].lower() if focus else ""

    def code(self, before: str) -> str:
        """The one abbreviation of the guides that a question names, however it is written ("nccq"); empty where it names none or several."""
        found = {word.text for word in words_in(before) if word.text.upper() in self._codes}
        return found.pop() if len(found) == 1 else ""

    @cached_property
    def _codes(self) -> frozenset[str]:
        """The abbreviations of the guides that are no words in small letters as well ("CPC", but not "PAY")."""
        found = {code for guide in self.index.guides.values() for code in CODE.findall(guide.text)}
        known = {word for guide in self.index.guides.values() for word in _SMALL.findall(guide.text)}
        return frozenset(code for code in found if len(code) > 2 and code.lower() not in known)

    def thing(self, before: str, topic: str) -> str:
        """What "it" points to: the last noun-like words of the previous question that are not the topic.

        A place, and what tells how or when something is ("on average"), is pointed to where nothing else is named.
        """
        topic_stems = set(stems_in(topic))
        aside = [] if is_place(topic) else [*asides_in(before), *predicate_in(before, topic)]
        words = [
            word
            for word in words_in(before)
            if word.stem not in topic_stems
            and word.text.lower() not in VERBS | ASKING
            and not any(start <= word.start < end for start, end in aside)
        ]
        words = [word for word in words if self._nouns.names(word)] or words
        if not words:
            return topic
        last = words[-1]
        first = last
        for word in reversed(words[:-1]):
            if before[word.end : first.start].strip():
                break
            first = word
        behind = before[last.end :].strip(" ?.!")
        stated = bool(_STATED.match(before[: first.start]))
        if stated and first is not last and not behind:
            last = words[-2]  # the last one says something of it ("is the job stressful")
        noun = behind.lower() in VERBS and not stated and not _AUXILIARY.search(before[: first.start])
        return before[first.start :].strip(" ?.!") if noun else before[first.start : last.end]

    def heads_subject(self, new: str) -> bool:
        """Whether the last word of a phrase is that of a guide's subject ("nurses" of registered nurses)."""
        subjects = [stems_in(subject) for subject in self.subjects.values()]
        heads = {stems[-1] for stems in subjects if stems} if len(set(subjects)) > 2 else set()
        stems = stems_in(new)
        return bool(stems) and stems[-1] in heads


def subject_of(guide: Guide) -> str:
    """What a guide is about, in a few words: the longest part of its title that its text says again, or all of the title."""
    title = _TITLE_END.sub("", guide.title).strip() or guide.title
    becoming = _BECOMING.match(title)
    words = [*_TITLE_WORD.finditer(title, becoming.end() if becoming else 0)]
    text = guide.text.lower().replace(",", "")
    best, most = title, 0
    for length in range(len(words), 0, -1):
        for part in (words[start : start + length] for start in range(len(words) - length + 1)):
            opens = length == 1 and re.match(r"\s+\w", title[part[0].end() :])
            if opens or any(part[end][0].lower() in FUNCTION_WORDS for end in (0, -1)):
                continue
            said = title[part[0].start() : part[-1].end()]
            count = text.count(said.lower().replace(",", "").removesuffix("s"))
            if count > most:
                best, most = said, count
        if most >= _SAID:
            return best
    return title if len(words) <= _SHORT_TITLE else best


def _of_one_sentence(words: Sequence[Word], text: str) -> list[Word]:
    """Those of some words of a text that stand in the sentence with most of them, the last one where several have as many."""
    sentences: list[list[Word]] = []
    for word in words:
        if sentences and not _SENTENCE_END.search(text[sentences[-1][-1].end : word.start]):
            sentences[-1].append(word)
        else:
            sentences.append([word])
    return max(reversed(sentences), key=len, default=[])


def _name_alone(run: str) -> str:
    """A run of words up to the one that asks for an end or names what is counted ("registered nurses best", "janitor wages")."""
    words = run.split()
    while len(words) > 1 and (any(ranks_in(words[-1])) or names_quantity(words[-1]) or OF_FIGURE.fullmatch(words[-1])):
        words.pop()
    return run[: run.rindex(words[-1]) + len(words[-1])]


def _without_predicate(run: str, subject: str) -> str:
    """The words of a question with "is" up to what it says of them: "mechanic" of "is a mechanic busy"."""
    words = run.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1] != subject else run


def _mostly(subject: frozenset[str], stems: set[str]) -> bool:
    return len(subject & stems) >= max(1, math.ceil(0.6 * len(subject)))
