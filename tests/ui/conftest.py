"""Guides, some of them hostile, and a scripted engine that answers from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Event

import pytest

from advisor.answer import Answer, Citation, Layout, Sentence, Status
from advisor.chain import Turn
from advisor.charts import Chart
from advisor.charts.statements import charts_in
from advisor.profile import Aspect, Profile, Trait
from advisor.roadmap import Progress, Reason, Roadmap, Step
from advisor.roadmap.ticks import ticked
from index.errors import AdvisorError
from index.guide import Guide
from index.reading import read_folder

BAKER = """---
title: Bakers
publisher: Handbook of Work
url: https://handbook.example/bakers
dated: "2024"
country: US
---

# Bakers

## What they do

Bakers prepare **various types** of baked goods, from [bread](https://handbook.example/bread) to cake.

### Duties

Bakers typically do the following:

- Weigh ingredients
- Knead dough
- Set oven temperatures

## Pay

The median wage of bakers was $36,650 in 2024.

| Level | Pay |
| --- | --- |
| Apprentice | $27,000 |
| Master | $48,000 |

## How to start

1. Find a bakery that trains
2. Learn on the job for a year
3. Ask for the early shift 🥐 and keep it
"""
COOK = """---
title: Cooks
dated: "2019"
country: UK
---

# Cooks

## Pay

The median wage of bakers was $30,000 in 2019.

| Level | Pay |
| --- | --- |
| Apprentice | $25,000 |
| Master | $30,000 to $41,000+ |

## Pay in towns

| Year | Pay in towns |
| --- | --- |
| 2019 | $25,000 per year |
| 2020 | $25,000 – $26,500 per year |
| 2023 | $28,000 per year |
"""
HOSTILE = """# Trap <img src=x onerror="document.title='owned'">

## Section <b>bold</b> ${document.title='owned'}

Read <script>document.title='owned'</script> and ![picture](https://evil.example/a.png) now.

Then [click](javascript:document.title='owned') or <form action="https://evil.example"><input name="pin"></form> it.

Last `code` {{7*7}} ${document.body.append('owned')} [1](#src=bakers:0-5) end.

| <b>Level</b> | ${document.title='owned'} |
| --- | --- |
| <img src=x onerror="document.title='owned'"> | $27,000 |
| [x](javascript:alert(1)) | $48,000 |
"""


@dataclass
class GuideShelf:
    """Guides by their ids, as an index holds them."""

    guides: Mapping[str, Guide]

    def search(self, query: str, k: int = 5, /) -> Sequence[Passed]:
        """The passages that hold the query's words."""
        found = [
            Passed(guide.id, passage.start, passage.end)
            for guide in self.guides.values()
            for passage in guide.passages
            if query.lower() in guide.text[passage.start : passage.end].lower()
        ]
        return found[:k]


@dataclass(frozen=True)
class Passed:
    """A place that a search found."""

    guide: str
    start: int
    end: int

    def to_json(self) -> dict[str, object]:
        return {"guide": self.guide, "start": self.start, "end": self.end}


@dataclass
class ScriptedEngine:
    """Answers by the first word of a message, each kind of answer by its own; `go_on` holds a slow answer, or one that thinks."""

    index: GuideShelf
    go_on: Event = field(default_factory=Event)

    def examples(self) -> tuple[str, ...]:
        return ("Pay of bakers?", "Steps to become a baker?")

    def ask(self, message: str, history: Sequence[Turn] = (), profile: Profile | None = None) -> Answer:
        *_, last = self.stream(message, history, profile)
        return last

    def read_profile(self, message: str, before: Profile) -> Profile:
        """Notes who says "I am …" and who wants to become something."""
        for opening, aspect in (("I am ", Aspect.EXPERIENCE), ("I want to become ", Aspect.GOAL)):
            if opening in message:
                value = message.split(opening, 1)[1].split(".", maxsplit=1)[0]
                before = before.with_trait(Trait(aspect, value, opening + value))
        return before

    def plan(self, profile: Profile, goal: str | None = None, ticks: Mapping[str, bool] | None = None) -> Roadmap:
        """The bakers' steps; the first is done for those who told of experience."""
        goals = [goal] if goal else [trait.value for trait in profile.of(Aspect.GOAL)]
        if not goals:
            return Roadmap("", None, (), "", (), (), ("You did not say what you would like to become.",), ())
        known = profile.of(Aspect.EXPERIENCE)
        answer = self._steps("", ())
        steps = tuple(
            Step(
                number,
                sentence,
                Progress.DONE if known and number == 1 else Progress.LATER,
                Reason("You told me of it:", known[0].words) if known and number == 1 else Reason("Still to do."),
                says=(sentence,),
                disagreement=(sentence, sentence) if number == 2 else (),
                gaps=("The guides do not say what this step costs.",),
            )
            for number, sentence in enumerate(answer.sentences, 1)
        )
        made = Roadmap(
            goals[0], None, (self.index.guides["bakers"],), "This guide is about it.", steps, (), (), answer.citations
        )
        return ticked(made, ticks or {})

    def goals(self) -> tuple[str, ...]:
        return ("baker", "cook")

    def charts(self) -> Sequence[Chart]:
        """The tables of bakers and cooks on one scale, and others alone."""
        bakers, cooks, *others = (
            chart for name in ("bakers", "cooks", "hostile") for chart in charts_in(self.index.guides[name])
        )
        return (replace(bakers, series=(*bakers.series, *cooks.series)), *others)

    def stream(self, message: str, history: Sequence[Turn] = (), profile: Profile | None = None) -> Iterator[Answer]:
        kind = message.split(maxsplit=1)[0].lower().strip("?.!") if message.split() else ""
        answer = getattr(self, f"_{kind}", self._echo)(message, history)
        if kind == "thinking":
            self.go_on.wait(20)
        for count in range(1, len(answer.sentences)):
            yield replace(answer, sentences=answer.sentences[:count], suggestions=())
            if kind == "slow":
                self.go_on.wait(20)
        yield answer

    def _pay(self, message: str, history: Sequence[Turn]) -> Answer:
        standalone = f"{message} (as {len(history)} messages before have it)" if history else message
        sentences = (
            Sentence("The median wage of bakers was $36,650 in 2024.", (1,)),
            Sentence("Level | Pay", layout=Layout.HEADER),
            Sentence("Apprentice | $27,000", (2,), Layout.ROW),
            Sentence("Master | $48,000", (3,), Layout.ROW),
        )
        quotes = ("The median wage of bakers was $36,650 in 2024.", "Apprentice | $27,000", "Master | $48,000")
        cited = tuple(self.cite("bakers", quote, n) for n, quote in enumerate(quotes, 1))
        return Answer(
            message, standalone, Status.ANSWERED, sentences, cited, ("Steps to become a baker?", "Pay of cooks?")
        )

    def _steps(self, message: str, history: Sequence[Turn]) -> Answer:
        quotes = ("Find a bakery that trains", "Learn on the job for a year", "Ask for the early shift 🥐 and keep it")
        cited = tuple(self.cite("bakers", quote, n) for n, quote in enumerate(quotes, 1))
        sentences = tuple(Sentence(c.quote, (c.number,), Layout.STEP) for c in cited)
        return Answer(message, message, Status.ANSWERED, sentences, cited, ("Pay of bakers?",))

    _slow = _thinking = _steps

    def _mars(self, message: str, history: Sequence[Turn]) -> Answer:
        cited = self.cite("bakers", "Bakers typically do the following:", 1)
        sentences = (
            Sentence("The guides do not say that."),
            Sentence("What they do say nearby:", layout=Layout.PARAGRAPH),
            Sentence(cited.quote, (1,), Layout.ITEM),
        )
        return Answer(message, message, Status.NOT_IN_GUIDES, sentences, (cited,), ("Pay of bakers?",))

    def _disagree(self, message: str, history: Sequence[Turn]) -> Answer:
        cited = (
            self.cite("bakers", "The median wage of bakers was $36,650 in 2024.", 1),
            self.cite("cooks", "The median wage of bakers was $30,000 in 2019.", 2),
        )
        sides = tuple(Sentence(c.quote, (c.number,), Layout.PARAGRAPH) for c in cited)
        sentences = (Sentence("The guides give different figures."), *sides)
        return Answer(message, message, Status.CONFLICTING, sentences, cited)

    def _partly(self, message: str, history: Sequence[Turn]) -> Answer:
        cited = self.cite("bakers", "Knead dough", 1)
        return Answer(message, message, Status.PARTIAL, (Sentence("Knead dough", (1,)),), (cited,))

    def _hostile(self, message: str, history: Sequence[Turn]) -> Answer:
        guide = self.index.guides["hostile"]
        quotes = [guide.text[p.start : p.end] for p in guide.passages]
        cited = tuple(self.cite("hostile", quote, n) for n, quote in enumerate(quotes, 1))
        sentences = tuple(Sentence(c.quote, (c.number,), Layout.PARAGRAPH) for c in cited)
        return Answer(message, message, Status.ANSWERED, sentences, cited)

    def _unreachable(self, message: str, history: Sequence[Turn]) -> Answer:
        raise AdvisorError("The index is gone. Build it with advisor index.")

    def _crash(self, message: str, history: Sequence[Turn]) -> Answer:
        raise ZeroDivisionError("a secret path")

    def _echo(self, message: str, history: Sequence[Turn]) -> Answer:
        return Answer(message, message, Status.CONVERSATION, (Sentence(f"You said: {message}"),))

    def cite(self, guide: str, quote: str, number: int) -> Citation:
        """A citation of the first place that holds the quote."""
        found = self.index.guides[guide]
        start = found.text.index(quote)
        section = next((p.section for p in found.passages if p.start <= start < p.end), ())
        return Citation(
            number,
            guide,
            found.title,
            section,
            found.path,
            start,
            start + len(quote),
            quote,
            found.url,
            found.dated,
            found.country,
        )


@pytest.fixture(scope="session")
def guides(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Guide]:
    """The three guides, read from files."""
    return write_guides(tmp_path_factory.mktemp("guides"))


def write_guides(folder: Path) -> Mapping[str, Guide]:
    """Write the three guides, and read them."""
    for name, text in (("bakers", BAKER), ("cooks", COOK), ("hostile", HOSTILE)):
        (folder / f"{name}.md").write_text(text, "utf-8")
    return {guide.id: guide for guide in read_folder(folder).guides}


@pytest.fixture(scope="session")
def engine(guides: Mapping[str, Guide]) -> ScriptedEngine:
    """The scripted engine over the three guides."""
    return ScriptedEngine(GuideShelf(guides))
