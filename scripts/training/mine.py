"""Makes groups for the reranker: what answers a question, and what the first stage finds for it that does not.

    python -m scripts.training.mine --pages occupations --out groups.jsonl

The query encoder that ships is the one that finds: train and export it first.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatch
from itertools import islice, zip_longest
from pathlib import Path

import click
import numpy as np

from advisor.enumerations import Enumeration, enumerations, list_text
from advisor.evidence import Gatherer
from advisor.question import read_question
from index.guide import PassageKind
from index.search import Floats, Index
from index.texts import read_text
from index.words import stems_in

from .commands import command, pages_option, work_option
from .data import Example, Place, load_examples
from .groups import Group, write_groups
from .library import Places, open_library

FOUND = 40
"""Units that the first stage gives for one wording of a question."""
OTHERS = 36
"""Of which are kept that do not answer."""
LISTS = 20
"""Lists that are kept beside the one that answers."""
STRANGE = 2
"""Of other guides among them."""
LEAST_ENTRIES, LEAST_SHARE = 3, 0.6
"""Of a list that are marked as the answer, so that the list as a whole answers."""
_NUMBER = re.compile(r"\d[\d,.]*\d|\d")


class Unread:
    """Stands in for the reranker that is yet to be trained: all units are as good."""

    name = "unread"

    def scores(self, query: str, texts: Sequence[str]) -> Floats:  # noqa: ARG002
        """[texts] Zeros."""
        return np.zeros(len(texts), dtype=np.float32)


class Miner:
    """Makes groups of examples over one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._places = Places(index)
        self._gatherer = Gatherer(index, Unread())

    def group(self, example: Example) -> Group | None:
        """Its texts; None where only headings answer, or the page does not have what is quoted."""
        answers = self._places.units(example.guide, example.answers)
        if example.answers and not answers:
            return None
        alternatives = self._places.units(example.guide, example.alternatives)
        near = [unit for unit in self._places.units(example.guide, example.near) if unit not in alternatives]
        found = self._found(example)
        right = {*answers, *alternatives}
        others = [unit for unit in found if unit not in right and not self._may_answer(unit, example, answers)]
        return Group(
            asked=example.asked,
            guide=example.guide,
            kind=example.kind,
            held_out=example.held_out,
            answers=self._texts(answers),
            alternatives=self._texts(unit for unit in alternatives if unit not in answers),
            others=self._texts(list(dict.fromkeys([*near, *others]))[:OTHERS]),
            near=len(near),
            rank=next((rank for rank, unit in enumerate(found) if unit in right), None),
        )

    def _found(self, example: Example) -> list[int]:
        """Units as the first stage ranks them, for both wordings in turn."""
        ranked = [self._ranked(example, wording) for wording in dict.fromkeys((example.standalone, example.asked))]
        merged = (unit for units in zip_longest(*ranked) for unit in units if unit is not None)
        return list(dict.fromkeys(merged))

    def _ranked(self, example: Example, wording: str) -> list[int]:
        guide = self._places.guide(example.guide)
        question = read_question(wording.rsplit(" >> ", 1)[-1])
        evidence = self._gatherer.gather(question, (guide,) if example.local else (), wording)
        units = (c.position for c in evidence.candidates if not example.local or c.guide.id == guide)
        return list(islice(units, FOUND))

    def _may_answer(self, unit: int, example: Example, answers: Sequence[int]) -> bool:
        """Whether a unit of another guide may say what the answers say: a figure of theirs, or a row on their subject."""
        if not answers or self._guide(unit) == self._places.guide(example.guide):
            return False
        figures = {figure for answer in answers for figure in _NUMBER.findall(self._own(answer)) if len(figure) > 2}
        return bool(figures.intersection(_NUMBER.findall(self._own(unit)))) or self._row_on(unit, example)

    def _row_on(self, unit: int, example: Example) -> bool:
        passage = self._index.passages[self._index.units[unit].passage]
        if passage.kind is not PassageKind.ROW or not passage.cells:
            return False
        subject = set(stems_in(self._index.guides[self._places.guide(example.guide)].title))
        named = subject.intersection(stems_in(passage.cells[0].of(self._index.guides[passage.guide].text)))
        return len(named) >= max(1, len(subject) // 2)

    def _guide(self, unit: int) -> str:
        return self._index.passages[self._index.units[unit].passage].guide

    def _own(self, unit: int) -> str:
        return self._index.units[unit].span.of(self._index.guides[self._guide(unit)].text)

    def _texts(self, units: Iterable[int]) -> tuple[str, ...]:
        """As the reranker reads them."""
        found = [self._index.units[unit] for unit in units]
        passages = [self._index.passages[unit.passage] for unit in found]
        return tuple(
            read_text(self._index.guides[passage.guide], passage, unit.span)
            for unit, passage in zip(found, passages, strict=True)
        )


class ListMiner:
    """Makes groups of whole lists: the one whose entries answer, against others of its guide and of other guides."""

    def __init__(self, index: Index, seed: int) -> None:
        self._places = Places(index)
        self._lists = {name: tuple(enumerations(guide)) for name, guide in index.guides.items()}
        self._random = random.Random(seed)  # noqa: S311

    def group(self, example: Example) -> Group | None:
        """None where no list as a whole answers, or there is nothing to tell it from."""
        own = self._lists[self._places.guide(example.guide)]
        best = max(own, key=lambda each: self._share(each, example), default=None)
        if best is None or not self._share(best, example):
            return None
        others = [list_text(each) for each in own if each is not best] + self._strange(example)
        self._random.shuffle(others)
        if not others:
            return None
        return Group(
            asked=example.asked,
            guide=example.guide,
            kind="whole list",
            held_out=example.held_out,
            answers=(list_text(best),),
            alternatives=(),
            others=tuple(others[:LISTS]),
            rank=0,
        )

    def _share(self, found: Enumeration, example: Example) -> float:
        """Of a list's entries that are marked as the answer; 0 where they are too few for the whole to be one."""
        marked = sum(self._within(found, example, place) for place in example.answers)
        share = marked / len(found.entries)
        return share if marked >= LEAST_ENTRIES and share >= LEAST_SHARE else 0.0

    def _within(self, found: Enumeration, example: Example, place: Place) -> bool:
        start = self._places.start(example.guide, place)
        spans = [entry.place.span for entry in found.entries]
        return any(span.start <= start < span.end for span in spans)

    def _strange(self, example: Example) -> list[str]:
        """Lists of other guides, where the question tells guides apart."""
        if example.local:
            return []
        guides = self._random.sample(list(self._lists), STRANGE)
        return [
            list_text(self._random.choice(self._lists[name]))
            for name in guides
            if self._lists[name] and name != self._places.guide(example.guide)
        ]


def groups_of(examples: Sequence[Example], index: Index, seed: int) -> Iterator[Group]:
    """Of single units, then of whole lists."""
    for miner in (Miner(index), ListMiner(index, seed)):
        yield from (group for example in examples if (group := miner.group(example)) is not None)


@command
@pages_option
@work_option
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where the groups go.")
@click.option("--only", default="*", show_default=True, help="Only guides whose file fits this pattern.")
@click.option("--limit", type=click.IntRange(1), help="Only so many examples, for a trial.")
@click.option("--seed", default=0, show_default=True)
def main(*, pages: Path, work: Path, out: Path, only: str, limit: int | None, seed: int) -> None:
    """Make groups for the reranker of the training data."""
    examples = list(islice((e for e in load_examples() if fnmatch(e.guide, only)), limit))
    written = write_groups(groups_of(examples, open_library(pages, work), seed), out)
    click.echo(f"{written} groups of {len(examples)} examples are in {out}.")


if __name__ == "__main__":
    main()
