"""Fits which reading of a message in a conversation is answered (`advisor/choosing.py`), on the conversations and questions of the training.

    python -m scripts.training.fit_choice --pages occupations

A reading is right that is answered, by a unit that the data marks, or refused where it marks none; it is fitted on the messages
that one of the two has right. There are follow-ups, questions that name another subject than the conversation's, and such as
name none behind one on the same subject: over all guides, and over single ones that stand alone.
"""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import click
import numpy as np
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from advisor.answer import Status
from advisor.chain import Advisor
from advisor.choosing import BIAS, CHOICE, Tried
from advisor.opening import open_or_build
from advisor.settings import settle
from index.search import Index

from .commands import command, pages_option, work_option
from .data import FOLDER, GUIDES, Place
from .library import Places, open_library

FOLDS = 8
BALANCED = 0.5
"""How far kinds of messages count alike: 0 is by how many there are, 1 is each as much as any other."""
UNANSWERED = 0.3
"""What a message counts that the guides do not answer."""
NOWHERE = ", not in the guides"
ONE_GUIDE = "one guide"
OPENING = 14
"""Words up to which a question may stand before another."""
OF_GUIDE = 26
"""Messages about a guide that stands alone."""


@dataclass(frozen=True, slots=True)
class Message:
    """The last message of a conversation, and where its guide answers it, if it does."""

    kind: str
    earlier: tuple[str, ...]
    text: str
    guide: str
    places: tuple[Place, ...]


class Choice(NamedTuple):
    """A message with two readings."""

    kind: str
    guide: str
    features: Mapping[str, float]
    came: bool
    """Whether it is answered rightly as it came, behind what was said before."""
    alone: bool


class Talk:
    """Draws messages from the training data."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311
        questions = _rows("questions.jsonl")
        self._conversations = _rows("conversations.jsonl")
        self._named = [row for row in questions if not row["local"]]
        self._local = [row for row in questions if row["local"]]
        self._openings: dict[str, list[str]] = {}
        for row in self._named:
            if len(row["question"].split()) <= OPENING:
                self._openings.setdefault(row["guide"], []).append(row["question"])

    def among_others(self, count: int) -> Iterator[Message]:
        """Follow-ups and messages that turn to another subject, `count` of each; a third as many of each that stay with it."""
        for row in self._random.sample(self._conversations, count):
            yield _message("follow-up", row["turns"][:-1], row["turns"][-1], row)
        for row in self._random.sample(self._named, count):
            yield _message("another subject", self._strange(row["guide"]), row["question"], row)
        for kind, rows in (("subject named", self._named), ("subject not named", self._local)):
            for row in self._random.sample([row for row in rows if row["guide"] in self._openings], count // 3):
                yield _message(kind, [self._opening(row["guide"])], row["question"], row)

    def of_guide(self, guide: str) -> Iterator[Message]:
        """Follow-ups and questions about one guide, the latter behind others about it."""
        talked = [row for row in self._conversations if row["guide"] == guide]
        for row in self._random.sample(talked, min(len(talked), OF_GUIDE // 2)):
            yield _message("follow-up", row["turns"][:-1], row["turns"][-1], row)
        asked = [row for row in (*self._named, *self._local) if row["guide"] == guide and guide in self._openings]
        for row in self._random.sample(asked, min(len(asked), OF_GUIDE // 2)):
            yield _message("another question", [self._opening(guide)], row["question"], row)

    def _opening(self, guide: str) -> str:
        return self._random.choice(self._openings[guide])

    def _strange(self, guide: str) -> list[str]:
        """A question, or a conversation, about another guide."""
        if self._random.random() < 0.5:
            return [self._opening(self._random.choice([other for other in self._openings if other != guide]))]
        turns: list[str] = self._random.choice([r for r in self._conversations if r["guide"] != guide])["turns"]
        return turns[: self._random.choice((1, 2))]


def _rows(name: str) -> list[dict[str, Any]]:
    rows = map(json.loads, (FOLDER / name).read_text("utf-8").splitlines())
    return [row for row in rows if not row.get("elsewhere")]


def _message(kind: str, earlier: Sequence[str], text: str, row: Mapping[str, Any]) -> Message:
    marked = [*row.get("answers", ()), *row.get("alternatives", ())]
    return Message(kind, tuple(earlier), text, row["guide"], tuple(Place(*place) for place in marked))


def choices(index: Index, messages: Iterable[Message]) -> Iterator[Choice]:
    """Each message that has two readings, and which of them is right."""
    advisor, places = Advisor(index), Places(index)
    for message in messages:
        right = set(places.units(message.guide, message.places))
        known = bool(right) or not message.places
        tried = advisor.readings(message.text, advisor.turns(message.earlier)) if known else None
        if tried:
            *readings, features = tried
            came, alone = (_is_right(one, right) for one in readings)
            kind = message.kind if right else f"{message.kind}{NOWHERE}"
            yield Choice(kind, message.guide, features, came, alone)


def _is_right(one: Tried, right: set[int]) -> bool:
    """Whether a reading is answered, by a unit that is marked before all others; or refused where none is marked."""
    best, answered = one.evidence.best, one.decision.status is Status.ANSWERED
    return answered and best is not None and best.position in right if right else not answered


def collected(pages: Path, work: Path, count: int, single: int, seed: int) -> Iterator[Choice]:
    """Over all guides, and over `single` of the invented ones, each alone."""
    talk = Talk(seed)
    messages = list(talk.among_others(count))
    yield from choices(open_library(pages, work), track(messages, "All guides"))
    alone = list(islice(sorted(GUIDES.iterdir(), key=lambda path: path.name[::-1]), single))
    for path in track(alone, "Single guides"):
        folder = work / "single" / path.stem
        (folder / "guides").mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / "guides" / path.name)
        index = open_or_build(settle(folder / "guides", str(folder / "store")))
        told = choices(index, list(talk.of_guide(path.name)))
        yield from (one._replace(kind=f"{ONE_GUIDE}: {one.kind}") for one in told)


def fitted(given: Sequence[Choice], strength: float) -> dict[str, float]:
    """Weights by the messages that one reading alone has right; above 0 a message is likelier to be right by itself."""
    told = [choice for choice in given if choice.came != choice.alone]
    names = sorted({name for choice in told for name in choice.features} - {BIAS})
    values = np.array([[choice.features.get(name, 0.0) for name in names] for choice in told])
    model = make_pipeline(StandardScaler(), LogisticRegression(C=strength, max_iter=2_000))
    groups = Counter(_group(choice.kind) for choice in told)
    weights = [groups[_group(c.kind)] ** -BALANCED * (UNANSWERED if c.kind.endswith(NOWHERE) else 1.0) for c in told]
    mean = sum(weights) / len(weights)
    model.fit(values, [c.alone for c in told], logisticregression__sample_weight=[w / mean for w in weights])
    scale, regression = model[0], model[1]
    found = regression.coef_[0] / scale.scale_
    bias = float(regression.intercept_[0] - found @ scale.mean_)
    return {BIAS: bias, **dict(zip(names, map(float, found), strict=True))}


def _group(kind: str) -> tuple[bool, bool]:
    """Whether messages of a kind need what was said before, and whether they are of one guide."""
    return "follow-up" in kind or "subject not named" in kind, kind.startswith(ONE_GUIDE)


def _validate(given: Sequence[Choice], strength: float) -> None:
    """Tell how many are right of each kind, of guides that the weights were not fitted on."""
    fold = {guide: i % FOLDS for i, guide in enumerate(sorted({choice.guide for choice in given}))}
    right: dict[str, list[tuple[bool, bool, bool]]] = {}
    for number in range(FOLDS):
        weights = fitted([choice for choice in given if fold[choice.guide] != number], strength)
        for choice in given:
            if fold[choice.guide] == number:
                alone = sum(weights.get(name, 0.0) * value for name, value in choice.features.items()) > 0
                chosen = choice.alone if alone else choice.came
                right.setdefault(choice.kind, []).append((choice.came, choice.alone, chosen))
    for kind, told in sorted(right.items()):
        came, alone, chosen = np.mean(told, axis=0)
        click.echo(f"  {kind}: {came:.3f} as they came, {alone:.3f} alone, {chosen:.3f} as chosen, of {len(told)}")


@command
@pages_option
@work_option
@click.option(
    "--count", default=1200, show_default=True, help="Follow-ups over all guides, and of each other kind in proportion."
)
@click.option("--single", default=60, show_default=True, help="Guides that are asked alone.")
@click.option(
    "--strength",
    default=0.1,
    show_default=True,
    help="How little weights are held back: C of the regression.",
)
@click.option("--seed", default=0, show_default=True)
@click.option(
    "--choices",
    "files",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="Choices that were kept before, to fit on in place of new ones.",
)
@click.option("--keep", type=click.Path(dir_okay=False, path_type=Path), help="Where the choices are kept.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), default=CHOICE, show_default="advisor/choosing.json"
)
def main(
    *,
    pages: Path,
    work: Path,
    count: int,
    single: int,
    strength: float,
    seed: int,
    files: tuple[Path, ...],
    keep: Path | None,
    out: Path,
) -> None:
    """Fit and keep the weights."""
    given = [Choice(*json.loads(line)) for file in files for line in file.read_text("utf-8").splitlines()]
    given = given or list(collected(pages, work, count, single, seed))
    if keep:
        keep.write_text("".join(json.dumps(choice) + "\n" for choice in given), "utf-8")
    _validate(given, strength)
    weights = fitted(given, strength)
    out.write_text(json.dumps({name: round(weight, 4) for name, weight in weights.items()}, indent=1) + "\n", "utf-8")
    click.echo(f"Fitted on {len(given):,} messages. Kept in {out}.")


if __name__ == "__main__":
    main()
