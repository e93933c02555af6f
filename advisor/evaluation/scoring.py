"""From questions and answers to scores: every measure for every question, then for every kind of question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import AdvisorError

from .measures import MEASURES, Case, forbidden_said, missing_facts, retrieval_values, unproved_numbers
from .questions import Aim, Question
from .transcript import Reply

ALL = "all"


@dataclass(frozen=True, slots=True)
class Scored:
    """A question with its answer and the value of each measure (None where it does not apply)."""

    question: Question
    reply: Reply
    values: Mapping[str, float | None]
    lacks: tuple[str, ...] = ()
    """What is wrong with the answer, in words."""

    @property
    def right(self) -> bool:
        """Whether it counts as right; a question without expectations is never wrong."""
        return self.values["right"] != 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """The scores of one system on one set of questions."""

    scored: tuple[Scored, ...]
    unanswered: tuple[str, ...] = ()
    """Ids of questions that the transcript does not answer; they are in none of the figures."""
    unmarked: tuple[str, ...] = ()
    """Ids of questions on whose answers the judge said nothing that could be read as marks; in none of its figures."""
    unasked: int = 0
    """Answers of the transcript that belong to none of the questions."""

    @property
    def failed(self) -> tuple[Scored, ...]:
        """The questions whose answer is not right."""
        return tuple(one for one in self.scored if not one.right)

    def groups(self) -> dict[str, tuple[Scored, ...]]:
        """The scored questions by kind, `all` first, then the tags in alphabetical order."""
        kinds = sorted({kind for one in self.scored for kind in one.question.kinds})
        return {ALL: self.scored} | {k: tuple(o for o in self.scored if k in o.question.kinds) for k in kinds}

    def mean(self, name: str, group: Sequence[Scored] | None = None) -> float | None:
        """The mean of a measure over the cases that it applies to; None where it applies to none."""
        values = values_of(name, self.scored if group is None else group)
        return sum(values) / len(values) if values else None


def values_of(name: str, group: Iterable[Scored]) -> list[float]:
    """The values of a measure where it applies."""
    return [value for one in group if (value := one.values.get(name)) is not None]


def evaluate_transcript(
    questions: Sequence[Question],
    replies: Mapping[str, Reply],
    corpus: Path | Mapping[str, str],
    judged: Mapping[str, Mapping[str, float]] | None = None,
) -> Report:
    """The scores of a transcript; `corpus` is the folder of guides, or their texts by path.

    `judged` holds a language model's marks by question, where one was asked.

    Raises `AdvisorError` when no answer belongs to any of the questions.
    """
    if not questions:
        raise AdvisorError("There is no question to evaluate. Choose another set or another tag.")
    asked = [question for question in questions if question.id in replies]
    if not asked:
        raise AdvisorError(
            f'These answers belong to another set: none of their ids is asked for (the first is "{next(iter(replies))}",'
            f' the first question is "{questions[0].id}").'
        )
    texts = read_texts(corpus, replies.values()) if isinstance(corpus, Path) else corpus
    found = retrieval_values(asked, replies)
    marks = judged or {}
    cases = (Case(q, replies[q.id], texts, found.get(q.id, {}), marks.get(q.id, {})) for q in asked)
    scored = tuple(score(case) for case in cases)
    return Report(
        scored,
        tuple(question.id for question in questions if question.id not in replies),
        () if judged is None else tuple(question.id for question in asked if not marks.get(question.id)),
        len(set(replies) - {question.id for question in asked}),
    )


def score(case: Case) -> Scored:
    """Every measure for one question."""
    values = {measure.name: measure.of(case) for measure in MEASURES}
    return Scored(case.question, case.reply, values, tuple(_lacks(case, values)))


def _lacks(case: Case, values: Mapping[str, float | None]) -> Iterable[str]:
    question, reply = case.question, case.reply
    if values["status"] == 0.0:
        yield f"status {reply.status}, where {' or '.join(question.statuses)} is right"
    for fact in missing_facts(question, reply):
        yield f"missing: {' / '.join(fact)}"
    for said in forbidden_said(question, reply):
        yield f"says: {said}"
    if values["cites"] == 0.0 and question.aim is Aim.ANSWER:
        yield "cites none of: " + "; ".join(" › ".join(filter(None, (p.path, p.section))) for p in question.cites)
    if unproved := unproved_numbers(case):
        yield f"numbers in no quote: {', '.join(unproved)}"
    if (values["exact"] or 1.0) < 1.0 or values["exact"] == 0.0:
        yield "a quote is not the guide's text at its place"


def read_texts(corpus: Path, replies: Iterable[Reply]) -> dict[str, str]:
    """The texts of the guides that are cited, by path; a path that leads to no guide has no text."""
    if not corpus.is_dir():
        raise AdvisorError(f"The folder of guides {corpus} does not exist. Name it with --corpus.")
    paths = {cited.path for reply in replies for cited in reply.citations}
    known = {path: text for path in paths if (text := _plain_text(corpus, path)) is not None}
    others = {path for path in paths - set(known) if not path.lower().endswith((".md", ".txt"))}
    return known | (_read_by_index(corpus, others) if others else {})


def _plain_text(corpus: Path, path: str) -> str | None:
    """A `.md` or `.txt` file inside the folder, as UTF-8 with `\\n` newlines, without a byte order mark."""
    try:
        file = (corpus / path).resolve()
        inside = file.is_relative_to(corpus.resolve())
        if not inside or file.suffix.lower() not in (".md", ".txt") or not file.is_file():
            return None
    except (OSError, ValueError):  # a path that no file can have
        return None
    return file.read_text(encoding="utf-8-sig", errors="replace")


def _read_by_index(corpus: Path, paths: set[str]) -> dict[str, str]:
    """The texts of guides in other formats, as `advisor guides show` prints them."""
    from index.reading import read_folder

    return {guide.path: guide.text for guide in read_folder(corpus).guides if guide.path in paths}
