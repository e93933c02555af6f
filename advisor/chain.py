"""The advisor: from a message and the turns before it to an answer whose every claim is cited and proved."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.reranker import Reranker, open_reranker
from index.search import Floats, Index
from index.words import words_in

from .across import Across
from .answer import Answer, Layout, Sentence, Status
from .asides import is_of_a_person, narrows, parted, without_aside
from .checking import checked
from .choosing import Chooser, Tried
from .claims import INVISIBLE
from .conflicts import Disagreements, topic_of
from .conflicts import Told as Disagreement
from .conversation import Follower, StandAlone, Turn, of_guides
from .decision import Decider, Decision, Fitted
from .describing import Describing
from .draft import Piece, number, renumbered
from .evidence import Evidence, Gatherer, of_nobody_named
from .initials import Initials, without_initials
from .ladders import Ladders
from .models import Model, as_model
from .naming import share_named
from .numerals import in_full
from .ordinals import Ordinals
from .personal import ForYou
from .placing import Countries, names_place
from .profile import Profile, Vocabulary, read_profile
from .proof import prove
from .question import impersonal, read_question
from .quoting import QuotingWriter
from .refusing import Refusals
from .spelling import Speller
from .suggestions import Suggester
from .talk import small_talk
from .tone import DISTRESS, ORDER, hear

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from .models.reading import ProfileReader, Rewriter
    from .models.writing import ModelWriter
    from .runnable import AdvisorRunnable

MAX_MESSAGE = 2_000
"""Characters of a message that are read; a longer one is answered with the request to shorten it."""
SURE = 0.75
"""Probability from which a message read as it came answers, where the question made of it does not."""
_LAST = {Status.CONFLICTING: 1, Status.NOT_IN_GUIDES: 2}
"""Where the answers to several questions stand; 0 is first."""

WHICH_ENTRY = "I cannot tell which one of a list you mean. Please call it by its name."
NO_QUESTION = "I could not find a question in that. Please ask in words."

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Told:
    """What the guides say to one question, or that they do not."""

    status: Status
    pieces: tuple[Piece, ...]
    evidence: Evidence


class Advisor:
    """Answers questions from one index; holds nothing of any person, so one serves all."""

    def __init__(
        self,
        index: Index,
        fitted: Fitted | None = None,
        model: Model | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self.index = index
        self._follower = Follower(index)
        self._gatherer = Gatherer(index, reranker or open_reranker())
        self._describing = Describing(index, self._gatherer)
        self._decider = Decider(index, fitted)
        self._chooser = Chooser(index, self._decider, self._follower.topics)
        self._writer = QuotingWriter(index, self._gatherer, self._decider)
        self._refusals = Refusals(self._gatherer.matcher, self._writer, self._holds, self.fitted.answer)
        self._disagreements = Disagreements(index, self._gatherer, self._writer)
        self._suggester = Suggester(index)
        self._speller = Speller(index)
        self._initials = Initials(index)
        self._countries = Countries(index)
        self._ordinals = Ordinals(index)
        self._ladders = Ladders(index)
        self._across = Across(index)
        self.vocabulary = Vocabulary.of(index.guides.values())
        self._for_you = ForYou(index)
        self._model_writer, self._rewriter, self._profile_reader = _by_model(index, model)

    def ask(self, message: str, history: Sequence[Turn] = (), profile: Profile | None = None) -> Answer:
        """The whole answer to a message, for the person that the profile, or else the conversation, tells of."""
        *_, answer = self.stream(message, history, profile)
        return answer

    def stream(self, message: str, history: Sequence[Turn] = (), profile: Profile | None = None) -> Iterator[Answer]:
        """Answers that grow sentence by sentence, each whole in itself; the last one is what `ask` gives."""
        started = time.perf_counter()
        quoted, evidence = self._answer(message, history)
        told = _growing(quoted)
        if self._model_writer and evidence and quoted.status is Status.ANSWERED:
            told = self._model_writer.write(quoted, [candidate.passage for candidate in evidence.candidates])
        answer = quoted
        for answer in told:
            yield replace(answer, seconds=time.perf_counter() - started)
        noted = self._for_you.add(answer, self._person(message, history, profile))
        if noted is not answer:
            yield replace(noted, seconds=time.perf_counter() - started)

    def turns(self, messages: Sequence[str]) -> tuple[Turn, ...]:
        """Earlier messages with what the guides answer: what follows needs to know what was asked, and where it is answered.

        No language model is asked, whatever it may have said at the time.
        """
        history: tuple[Turn, ...] = ()
        for message in messages:
            history = (*history, Turn(message, self._answer(message, history, rewrites=False)[0]))
        return history

    def person(self, message: str, history: Sequence[Turn] = (), profile: Profile | None = None) -> Profile:
        """The profile after a message: a given one and what the message tells, or all that the conversation told.

        A language model that may read profiles adds what it finds in the message's own words.
        """
        known = self._person(message, history, profile)
        return self._profile_reader.added(known, message[:MAX_MESSAGE]) if self._profile_reader else known

    def _person(self, message: str, history: Sequence[Turn], profile: Profile | None) -> Profile:
        earlier = () if profile is not None else (turn.message for turn in history)
        known = profile or Profile()
        for told in (*earlier, message):
            known = read_profile(told[:MAX_MESSAGE], self.vocabulary, known)
        return known

    def evidence(self, question: str) -> Evidence:
        """What the guides hold for a question that stands alone."""
        return self._gatherer.gather(read_question(without_initials(self._clear(question))))

    def _clear(self, message: str) -> str:
        """A message with its claims as questions, misspelled words mended, countries named as guides do, abbreviations spelled out."""
        return self._initials.spell_out(self._countries.named(self._speller.mend(checked(in_full(_tidy(message))))))

    def readings(self, message: str, history: Sequence[Turn]) -> tuple[Tried, Tried, Mapping[str, float]] | None:
        """A message read behind others and by itself, and what speaks for either; None where there is no choice."""
        return self._both(self._clear(message), history)

    def signals(self, evidence: Evidence) -> Floats:
        """What tells whether evidence answers, in the order of `decision.SIGNALS`."""
        return self._decider.signals(evidence)

    @property
    def fitted(self) -> Fitted:
        """What decides whether evidence answers."""
        return self._decider.fitted

    @property
    def reranker(self) -> str:
        """The name of the reranker whose logits the signals hold."""
        return self._gatherer.reranker.name

    def examples(self) -> tuple[str, ...]:
        """Questions that the guides answer, to start from."""
        return self._suggester.openers()

    def _answer(
        self, message: str, history: Sequence[Turn], *, rewrites: bool = True
    ) -> tuple[Answer, Evidence | None]:
        """What the quoting writer answers, and the evidence where it is the guides that answer."""
        said = _unreadable(message) or small_talk(message) or ("" if history else _wordless(message))
        if said:
            return self._talk(message, said), None
        tidy = _tidy(message)
        named = self._follower.named(tidy, history)
        if history and self._follower.lost(tidy, named):
            return self._talk(message, WHICH_ENTRY), None
        heard = hear(named)
        if not heard.question:
            status = Status.CONVERSATION if heard.kind == DISTRESS else Status.NOT_IN_GUIDES
            return self._talk(message, heard.said, status), None
        asked, evidence = self._chosen(self._clear(without_aside(heard.question, self.vocabulary)), history)
        known = {asked: evidence}
        if self._rewriter and history and rewrites:
            asked = self._rewriter.read(_tidy(message), history, asked)
        parts = [self._describing.named(part) for part in self._follower.parts(asked)]
        told = [self._tell(part, story=heard.kind != ORDER, known=known.get(part)) for part in parts]
        asked = parts[0] if len(parts) == 1 else asked
        answer = self._joined(message, asked, told)
        if heard.said:
            answer = replace(answer, sentences=(Sentence(heard.said, layout=Layout.PARAGRAPH), *answer.sentences))
        return answer, told[0].evidence if told[0].status is Status.ANSWERED else None

    def _chosen(self, message: str, history: Sequence[Turn]) -> tuple[StandAlone, Evidence | None]:
        """How a message is read, and what the guides hold for it where that was tried."""
        both = self._both(message, history)
        if both is None:
            return self._follower.read(message, history), None
        came, alone, features = both
        chosen = alone if self._chooser.prefers_alone(features) else came
        return chosen.asked, chosen.evidence

    def _both(self, message: str, history: Sequence[Turn]) -> tuple[Tried, Tried, Mapping[str, float]] | None:
        readings = self._follower.readings(message, history)
        if readings is None:
            return None
        came, alone = self._tried(readings.came), self._tried(readings.alone)
        return came, alone, self._chooser.features(readings, came, alone, of_guides(history)[-1].answer)

    def _tried(self, asked: StandAlone) -> Tried:
        evidence = self._of_whom_it_means(asked)
        return Tried(asked, evidence, self._decider.decide(evidence, asked.added))

    def _tell(self, asked: StandAlone, *, story: bool, known: Evidence | None = None) -> Told:
        """What the guides say to one question, proved; or that they do not, and what they do say nearby.

        `story` tells that what stands before the question may be left aside; `known` is what is near it, where that is known.
        """
        evidence = known or self._of_whom_it_means(asked)
        question = evidence.question
        numbered = (
            self._ordinals.told(question, asked.focus)
            or self._ladders.told(question, asked.focus)
            or self._across.told(question)
        )
        if numbered and self._holds(numbered):
            return Told(Status.ANSWERED, numbered, evidence)
        decision = self._decider.decide(evidence, asked.added)
        of_other = self._describing.of_another(evidence, asked)
        if asked.named and (decision.status is Status.NOT_IN_GUIDES or of_other):
            return self._tell(replace(asked, text=asked.named, read=None, named=""), story=story)
        worked_out = bool(asked.focus) and asked.read == asked.text
        if decision.status is Status.NOT_IN_GUIDES and worked_out and self._follower.may_turn(asked):
            # another guide than the one so far may know what is new
            return self._tell(replace(asked, focus=()), story=story)
        evidence, decision = self._as_it_came(asked, evidence, decision)
        if decision.status is Status.NOT_IN_GUIDES and not (decision.barred or asked.added):
            if story:
                evidence, decision = self._without_story(asked, evidence, decision)
            evidence, decision = self._impersonally(asked, evidence, decision)
        if decision.status is Status.NOT_IN_GUIDES:
            return self._beyond_sentences(asked, evidence, decision)
        conflict = self._disagreements.check(evidence) or self._hidden(asked, evidence)
        if conflict and self._holds(conflict.pieces):
            return Told(conflict.status, conflict.pieces, evidence)
        for pieces in self._writer.drafts(evidence):
            if self._holds(pieces):
                return Told(decision.status, pieces, evidence)
        return Told(Status.NOT_IN_GUIDES, self._refusals.of(evidence, decision), evidence)

    def _hidden(self, asked: StandAlone, evidence: Evidence) -> Disagreement | None:
        """A disagreement on a figure that a story beside the question hides, where that says nothing that the figure depends on."""
        question, told = parted(asked.text)
        if evidence.question.quantity is None or not told or narrows(told) or is_of_a_person(told, self.vocabulary):
            return None
        alone = self._gathered(question, asked.focus, None)
        return self._disagreements.check(alone) if alone.candidates else None

    def _beyond_sentences(self, asked: StandAlone, evidence: Evidence, decision: Decision) -> Told:
        """What steps counted in headings, two sides or a section as a whole say where no sentence answers; or that the guides do not."""
        counted = self._disagreements.counted(evidence.question)
        if counted and self._holds(counted.pieces):
            return Told(counted.status, counted.pieces, evidence)
        narrowed = decision.barred and (evidence.question.years or names_place(evidence.question.text))
        forms = [] if asked.added or narrowed else [self._writer.compared]
        if forms and not (decision.barred or decision.missing):
            forms.append(self._writer.by_section)
        for pieces in filter(None, (form(evidence) for form in forms)):
            if self._holds(pieces):
                return Told(Status.ANSWERED, pieces, evidence)
        return Told(Status.NOT_IN_GUIDES, self._refusals.of(evidence, decision), evidence)

    def _of_whom_it_means(self, asked: StandAlone) -> Evidence:
        """What is near a question; of the conversation's guides alone, where the best is about others whom nobody named."""
        read = asked.read if asked.read != asked.text else None
        evidence = self._gathered(asked.text, asked.focus, read)
        if read and of_nobody_named(evidence):
            evidence = self._as_resolved(asked, evidence)
        best = evidence.best
        if best and asked.focus and self._follower.strange(asked, best.guide.id, best.text):
            return self._gatherer.within(evidence, asked.focus)
        return evidence

    def _as_resolved(self, asked: StandAlone, evidence: Evidence) -> Evidence:
        """Evidence for what was made of a message, where that answers and is not again a row that nobody named."""
        alone = self._gathered(asked.text, asked.focus, None)
        answered = self._decider.decide(alone, asked.added).status is Status.ANSWERED
        return alone if answered and not of_nobody_named(alone) else evidence

    def _gathered(self, question: str, focus: Sequence[str], read: str | None) -> Evidence:
        return self._gatherer.gather(topic_of(read_question(without_initials(question))), focus, read)

    def _as_it_came(self, asked: StandAlone, evidence: Evidence, decision: Decision) -> tuple[Evidence, Decision]:
        """Evidence by the messages of a conversation as they came, where what was made of them is not answered, but they surely are."""
        if decision.status is Status.ANSWERED or not asked.came:
            return evidence, decision
        again = self._of_whom_it_means(replace(asked, read=asked.came))
        decided = self._decider.decide(again, asked.added)
        own = again.best is not None and (again.best.guide.id in asked.focus or self._follower.may_turn(asked))
        sure = own and decided.status is Status.ANSWERED and decided.probability > SURE
        return (again, decided) if sure else (evidence, decision)

    def _without_story(self, asked: StandAlone, evidence: Evidence, decision: Decision) -> tuple[Evidence, Decision]:
        """Evidence by the words of the sentence that asks, read with the whole message, where that answers."""
        question, told = parted(asked.text)
        if not told:
            return evidence, decision
        alone = self._gathered(question, asked.focus, asked.read or asked.text)
        decided = self._decider.decide(alone)
        if decided.status is Status.ANSWERED:
            return alone, decided
        return (evidence, decision) if narrows(told) else self._by_itself(question, asked, evidence, decision)

    def _impersonally(self, asked: StandAlone, evidence: Evidence, decision: Decision) -> tuple[Evidence, Decision]:
        """Evidence on how to do what is asked how "I" do, where that answers of whom the question names: the reranker reads them unlike."""
        question = impersonal(asked.text)
        if question == asked.text or decision.status is Status.ANSWERED:
            return evidence, decision
        return self._by_itself(question, asked, evidence, decision)

    def _by_itself(
        self, question: str, asked: StandAlone, evidence: Evidence, decision: Decision
    ) -> tuple[Evidence, Decision]:
        """Evidence for what is left of a question, where that answers of whom it names; else the evidence so far."""
        alone = self._gathered(question, asked.focus, None)
        decided = self._decider.decide(alone) if self._names_its_subject(alone) else decision
        return (alone, decided) if decided.status is Status.ANSWERED else (evidence, decision)

    def _names_its_subject(self, evidence: Evidence) -> bool:
        """Whether a question holds a word of the title of the guide that answers it best."""
        best = evidence.best
        return best is not None and share_named(evidence.question, best.guide) > 0

    def _holds(self, pieces: Sequence[Piece]) -> bool:
        """Whether any sentence of an answer is proved."""
        sentences, citations = number(pieces, self.index.guides)
        return any(sentence.citations for sentence in prove(sentences, citations, self.index.guides))

    def _joined(self, message: str, asked: StandAlone, told: Sequence[Told]) -> Answer:
        """One answer to all that was asked; what the guides disagree on stands behind the rest, what they do not say last."""
        status = _status([one.status for one in told])
        parts = sorted(told, key=lambda one: _LAST.get(one.status, 0))
        pieces = list(dict.fromkeys(piece for one in parts for piece in _named(one, alone=len(told) == 1)))
        sentences, citations = number(pieces, self.index.guides)
        proved, cited = renumbered(prove(sentences, citations, self.index.guides), citations)
        return Answer(
            question=message,
            standalone=asked.text,
            status=status,
            sentences=proved,
            citations=cited,
            suggestions=self._suggester.after(parts[0].evidence),
        )

    def _talk(self, message: str, said: str, status: Status = Status.CONVERSATION) -> Answer:
        return Answer(
            question=message[:MAX_MESSAGE],
            standalone=message[:MAX_MESSAGE].strip(),
            status=status,
            sentences=(Sentence(said, layout=Layout.PARAGRAPH),),
            suggestions=self._suggester.openers()[:3],
        )


def _by_model(index: Index, model: Model | None) -> tuple[ModelWriter | None, Rewriter | None, ProfileReader | None]:
    """What writes, rewrites and reads profiles with a model; without one, none of it is imported."""
    if model is None:
        return None, None, None
    from .models.reading import ProfileReader, Rewriter
    from .models.writing import ModelWriter

    return (
        ModelWriter(index, model),
        Rewriter(model) if model.settings.rewrites else None,
        ProfileReader(model) if model.settings.reads_profile else None,
    )


def _status(statuses: Sequence[Status]) -> Status:
    """The status of an answer to several questions."""
    found = set(statuses)
    if len(found) > 1 and Status.NOT_IN_GUIDES in found:
        return Status.PARTIAL
    return Status.CONFLICTING if Status.CONFLICTING in found else statuses[0]


def _named(told: Told, *, alone: bool) -> Iterator[Piece]:
    """The pieces of an answer to one of several questions; a refusal names its question.

    A question with figures is not said again: they are the person's, and would stand among those of the guides.
    """
    if alone or told.status is not Status.NOT_IN_GUIDES:
        yield from told.pieces
        return
    asked = told.evidence.question.text
    figures = any(c.isdigit() for c in asked)
    yield Piece("As for the rest, the guides do not say." if figures else f"“{asked}” {told.pieces[0].text}")
    yield from told.pieces[1:]


def _growing(answer: Answer) -> Iterator[Answer]:
    """An answer that is known already, as it grows sentence by sentence."""
    for count in range(1, len(answer.sentences)):
        shown = answer.sentences[:count]
        used = {number for sentence in shown for number in sentence.citations}
        citations = tuple(c for c in answer.citations if c.number in used)
        yield replace(answer, sentences=shown, citations=citations, suggestions=())
    yield answer


def _tidy(message: str) -> str:
    """A message without unseen letters, control characters or halves of letters, its white space single blanks."""
    return re.sub(r"\s+", " ", _CONTROL.sub(" ", INVISIBLE.sub("", message))).strip()


def _unreadable(message: str) -> str | None:
    """What to say to a message that holds no question: empty, without a letter, or far too long."""
    if not _tidy(message):
        return "Please type a question about the career, for example: what does the work pay, or how do I start?"
    if len(message) > MAX_MESSAGE:
        return f"That message is longer than I can read ({len(message):,} characters; the limit is {MAX_MESSAGE:,}). Please ask in a few sentences."
    if not re.search(r"[^\W_]", message):
        return NO_QUESTION
    return None


def _wordless(message: str) -> str | None:
    """What to say to one or two words that name nothing, with no conversation that they could lean on."""
    words = _tidy(message).split()
    return NO_QUESTION if len(words) <= 2 and not any(len(word.text) > 1 for word in words_in(message)) else None


def build_chain(index: Index, model: Model | BaseChatModel | None = None) -> AdvisorRunnable:
    """The advisor as a LangChain `Runnable`: a question (or a list of turns) in, an `Answer` out.

    `model` is any LangChain chat model; without one, answers quote the guides.
    """
    from .runnable import AdvisorRunnable

    return AdvisorRunnable(Advisor(index, model=as_model(model) if model else None))


__all__ = ["MAX_MESSAGE", "Advisor", "Turn", "build_chain"]
