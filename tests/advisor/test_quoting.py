"""The quoting writer says only what the guides say: exactly, once, and whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from advisor.answer import Answer
from advisor.chain import Advisor
from advisor.decision import Fitted
from advisor.draft import plain
from advisor.evidence import Gatherer
from advisor.listing import Lists
from advisor.proof import prove
from advisor.question import read_question
from index.search import Floats, Index

from .conftest import WordReranker, index_in_memory

QUESTIONS = [
    "How much does a gaffer earn?",
    "What does an assistant keeper earn?",
    "What are the duties of a lighthouse keeper?",
    "Which tools do glassblowers use?",
    "How do I become a keeper?",
    "Do falconers need a licence?",
    "How long do keepers stay on the rock?",
    "Which year had the most keepers?",
    "How did the median pay of keepers change from 1990 to 2020?",
    "What is the difference between a gaffer and a servitor?",
    "What does a taker-in do?",
    "What qualities does a keeper need?",
    "What are the stages of a glassblower?",
    "Where do glassblowers work?",
]


@pytest.fixture(scope="module")
def advisor(crafts: Index) -> Advisor:
    """An advisor that answers whatever the evidence is worth."""
    return Advisor(crafts, Fitted({}, bias=0, answer=0), reranker=WordReranker())


@pytest.fixture(scope="module", params=QUESTIONS)
def answer(advisor: Advisor, request: pytest.FixtureRequest) -> Answer:
    """What is written for each question."""
    return advisor.ask(request.param)


def test_quotes_are_exact_and_carry_every_sentence_that_cites_them(answer: Answer, crafts: Index) -> None:
    assert answer.citations
    assert all(crafts.guides[c.guide].text[c.start : c.end] == c.quote for c in answer.citations)
    assert prove(answer.sentences, answer.citations, crafts.guides) == answer.sentences


def test_nothing_is_said_twice(answer: Answer) -> None:
    texts = [sentence.text for sentence in answer.sentences]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(
    ("question", "entries"),
    [
        (
            "What are the duties of a lighthouse keeper?",
            ["Clean the lens", "Wind the clockwork", "Log the weather", "Paint the tower"],
        ),
        ("Which tools do glassblowers use?", ["Blowpipe", "Jacks", "Annealing kiln"]),
        ("What are the stages of a glassblower?", ["Stage 1: Taker-in", "Stage 2: Servitor", "Stage 3: Gaffer"]),
    ],
)
def test_a_list_is_shown_whole_and_in_order(question: str, entries: list[str], advisor: Advisor) -> None:
    texts = [plain(sentence.text) for sentence in advisor.ask(question).sentences]
    assert [text for text in texts if text in entries] == entries


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("How much does a gaffer earn?", "£34,000"),
        ("What does an assistant keeper earn?", "£24,500"),
        ("What do falconers earn?", "$18 to $25 an hour"),
        ("How long do keepers stay on the rock?", "four weeks"),
    ],
)
def test_the_figure_that_is_asked_for_comes_first(question: str, figure: str, advisor: Advisor) -> None:
    assert figure in advisor.ask(question).sentences[0].text


def test_what_stands_beside_the_best_is_silent_on_no_weighty_word() -> None:
    guide = "# Keepers\n\n## Licence\n\nKeepers need a licence. A licence is renewed yearly.\n\n## Pay\n\nKeepers earn £24,000.\n"
    index = index_in_memory({"keepers.md": guide})
    answer = Advisor(index, Fitted({}, bias=0, answer=0)).ask("Do keepers need a licence?")
    texts = [sentence.text for sentence in answer.sentences]
    assert any("Keepers need a licence." in text for text in texts)
    assert not any("£24,000" in text for text in texts)


def test_a_list_of_sources_is_neither_answer_nor_what_is_near() -> None:
    source = "Keepers of lamps in Hull, https://keepers.example/lamps-hull, seen 2025"
    index = index_in_memory({"keepers.md": f"# Lamps\n\n## Sources\n\n- {source}\n\n## Work\n\nKeepers trim wicks.\n"})
    advisor = Advisor(index, reranker=WordReranker())
    assert source not in advisor.ask("Who are the keepers of lamps in Hull?").text


STAGES = """# Divers

## Novice

Experience: 0-2 years

Median pay: $30,000 per year

## Diver

Experience: 3-5 years

Median pay: $50,000 per year

## Master

Experience: 6+ years

Median pay: $90,000 per year
"""


@pytest.mark.parametrize(
    ("asked", "pay"), [("with one year", "$30,000"), ("with 4 years", "$50,000"), ("at my eight-year mark", "$90,000")]
)
def test_pay_is_told_for_the_stage_whose_years_hold_those_of_the_person(asked: str, pay: str) -> None:
    index = index_in_memory({"divers.md": STAGES})
    advisor = Advisor(index, Fitted({}, bias=0, answer=0), reranker=WordReranker())
    answer = advisor.ask(f"What is the median pay per year {asked}?")
    assert pay in answer.text
    assert sum(figure in answer.text for figure in ("$30,000", "$50,000", "$90,000")) == 1


def test_a_stage_that_holds_the_years_of_the_person_answers_whatever_the_fit_says_of_the_other_words() -> None:
    index = index_in_memory({"divers.md": STAGES})
    refusing = Fitted({}, bias=-9, answer=0.5)
    asked = "I am a diver with 4 years. What median pay per year?"
    answer = Advisor(index, refusing, reranker=WordReranker()).ask(asked)
    assert "$50,000" in answer.text
    assert str(answer.status) == "answered"
    without = Advisor(index, refusing, reranker=WordReranker()).ask("I am a diver. What median pay per year?")
    assert str(without.status) == "not_in_guides"


def test_the_pay_beside_the_years_that_hold_those_of_the_person_stands_before_what_shares_more_words() -> None:
    guide = (
        "# Divers\n\n## Diver\n\nA diver with 3-5 years of experience works alone.\n\nPay: $50,000\n\n"
        "## Ships\n\nPay of one who works alone with experience: $90,000\n"
    )
    advisor = Advisor(index_in_memory({"divers.md": guide}), Fitted({}, bias=0, answer=0), reranker=WordReranker())
    answer = advisor.ask("What is the pay of a diver with 4 years of experience who works alone?")
    assert "$50,000" in answer.text
    assert "$90,000" not in answer.text


def test_the_sources_of_a_guide_s_own_answer_are_no_part_of_it() -> None:
    told = "The harbour grants the licence. The licence lasts for three years and costs nothing at all.\n\nSource: The harbour, https://harbour.example, 2024"
    index = index_in_memory(
        {
            "keepers.md": f"# Keepers\n\n## Common questions\n\n### Who grants the licence of keepers?\n\n{told}\n\n### Who pays?\n\nThe town pays.\n"
        }
    )
    advisor = Advisor(index, Fitted({}, bias=0, answer=0), reranker=WordReranker())
    answer = advisor.ask("Who grants the licence of keepers?")
    assert "lasts for three years" in answer.text
    assert "harbour.example" not in answer.text


LAMPS = """# Lamps

## Pay by grade

| Grade | Pay a year | Years needed |
|---|---|---|
| Trimmer | £21,000 | 0 |
| Lighter | £26,000 | 2 |
| Warden | £33,000 | 5 |

## Level 2: Lamp warden

You will oversee the trimmers of the harbour. You plan their nights as well.

## Wicks

Wicks smoke in damp air. The damp makes the oil burn badly, so a keeper dries every wick first.
"""


def ask_lamps(question: str) -> Answer:
    return Advisor(index_in_memory({"lamps.md": LAMPS}), Fitted({}, bias=0, answer=0), reranker=WordReranker()).ask(
        question
    )


def test_rows_of_a_table_that_answer_together_are_told_whole_and_in_order() -> None:
    told = ask_lamps("What is the pay a year by grade?").text
    assert told.index("21,000") < told.index("26,000") < told.index("33,000")


def test_who_is_spoken_to_is_named_by_the_heading() -> None:
    assert "Lamp warden" in ask_lamps("Who will oversee the trimmers of the harbour?").text


def test_a_short_answer_reads_on_in_its_paragraph() -> None:
    assert "dries every wick" in ask_lamps("Why do wicks smoke in damp air?").text


def test_steps_that_are_told_one_by_one_stand_in_their_order() -> None:
    guide = (
        "# Crane drivers\n\n## Licence\n\n1. Pass a medical examination with the works doctor.\n"
        "2. Complete the crane licence course at a school.\n3. Pass the licence test.\n"
    )
    index = index_in_memory({"cranes.md": guide})
    advisor = Advisor(index, Fitted({}, bias=0, answer=0), reranker=WordReranker())
    text = advisor.ask("Does the licence need a course and a test?").text
    places = [text.find(words) for words in ("medical examination", "licence course", "licence test")]
    shown = [place for place in places if place >= 0]
    assert len(shown) > 1
    assert shown == sorted(shown)


PAID = """# Bell founders

## Pay

The median wage of bell founders was £30,000.

Wages paid to bell founders by those who run small works were as follows:

| Works | Wage |
|---|---|
| Private foundries | £28,000 |
| Public yards | £33,000 |
"""


def test_pay_of_one_part_that_is_not_named_is_told_beside_the_pay_of_all() -> None:
    index = index_in_memory({"bells.md": PAID})
    advisor = Advisor(index, Fitted({}, bias=0, answer=0), reranker=WordReranker())
    assert "£30,000" in advisor.ask("What are the wages of those who run small works of bell founders?").text
    assert "£30,000" not in advisor.ask("What are the wages of bell founders in private foundries?").text


OLDER = """# Bell founders

## Pay once

The median wage of bell founders was £26,000 in 2019.

## Pay

The median wage of bell founders in the yards was £30,000 in 2023.
"""


@pytest.mark.parametrize(
    ("question", "told", "untold"),
    [
        ("What is the median wage of bell founders?", "£30,000", "£26,000"),
        ("What was the median wage of bell founders in 2019?", "£26,000", "£30,000"),
    ],
)
def test_what_is_told_anew_of_a_later_year_stands_for_what_was(question: str, told: str, untold: str) -> None:
    advisor = Advisor(index_in_memory({"bells.md": OLDER}), Fitted({}, bias=0, answer=0), reranker=WordReranker())
    text = advisor.ask(question).text
    assert told in text
    assert untold not in text


YARDS = """# Bell founders

## Employers

The largest employers of bell founders were as follows:

| Employer | Share |
|---|---|
| Church yards | 60 |
| Ship yards | 25 |
| Clock works | 15 |

## Ranks of bell founders

### Moulder

Shapes the clay.

### Caster

Pours the metal.

### Master

Signs the bell.
"""


@pytest.mark.parametrize(
    ("question", "entries"),
    [
        ("Which employers have the most bell founders?", ["Church yards", "Ship yards", "Clock works"]),
        ("all ranks of bell founders from bottom to top", ["Moulder", "Caster", "Master"]),
    ],
)
def test_several_are_told_where_several_are_asked_for(question: str, entries: list[str]) -> None:
    advisor = Advisor(index_in_memory({"bells.md": YARDS}), Fitted({}, bias=0, answer=0), reranker=WordReranker())
    text = advisor.ask(question).text
    assert [entry for entry in entries if entry in text] == entries


class Sure:
    """A reranker to which every text answers as well."""

    name = "sure"

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        return np.full(len(texts), 2.0, dtype=np.float32)


def test_another_subject_has_no_place_beside_the_one_that_is_named() -> None:
    page = "# {name}\n\n## Duties\n\n{name} do things.\n\n## Pay\n\nPay varies.\n\n## Schedule\n\n{hours}\n"
    hours = {"Bakers": "Bakers work at night.", "Welders": "Some work in shifts, which may be at night."}
    index = index_in_memory({f"{name}.md": page.format(name=name, hours=said) for name, said in hours.items()})
    advisor = Advisor(index, Fitted({}, bias=0, answer=0), reranker=Sure())
    named, unnamed = (
        {citation.path for citation in advisor.ask(question).citations}
        for question in ("Do bakers work at night?", "Is the work at night?")
    )
    assert named == {"Bakers.md"}
    assert unnamed == {"Bakers.md", "Welders.md"}


class Likes:
    """Reads what has a word as an answer, and all else as none."""

    name = "likes"

    def __init__(self, word: str) -> None:
        self._word = word

    def scores(self, question: str, texts: Sequence[str]) -> Floats:
        return np.array([4.0 if self._word in text else -1.0 for text in texts], dtype=np.float32)


def test_the_best_of_something_is_told_from_the_table_whose_rows_are_that() -> None:
    guides = {
        "divers.md": "# Divers\n\n## Pay of divers\n\n| Industry | Pay of divers |\n|---|---|\n| Ships | $50,000 |\n| Films | $60,000 |\n",
        "states.md": "# Divers by state\n\n| State | Pay |\n|---|---|\n| Ohio | $41,000 |\n| Utah | $45,000 |\n",
    }
    advisor = Advisor(index_in_memory(guides), Fitted({}, bias=0, answer=0), reranker=Likes("Industry"))
    assert "State Utah" in advisor.ask("Which state has the highest pay of divers?").text
    assert "Industry Films" in advisor.ask("Which industry has the highest pay of divers?").text


def test_a_list_is_told_where_the_sentence_before_its_introduction_answers() -> None:
    guide = (
        "# Divers\n\n## Terms\n\nHarbours set terms for divers. Without these there is no dive:\n\n- A card\n- A bell\n"
    )
    advisor = Advisor(index_in_memory({"d.md": guide}), Fitted({}, bias=0, answer=0), reranker=WordReranker())
    texts = [sentence.text for sentence in advisor.ask("What are the terms that harbours set for divers?").sentences]
    assert texts[-2:] == ["A card", "A bell"]


def test_a_later_sentence_of_what_a_guide_asks_itself_stands_behind_the_first() -> None:
    guide = (
        "# Divers\n\n## The work\n\nDivers mend ships.\n\n## Questions\n\n### Is it a cold job?\n\nYes, it is.\n\n### Is it a lonely job?\n\nIt can be lonely at times, as there is nobody below. "
        "The crew above may make up for the silence of the deep harbour.\n"
    )
    advisor = Advisor(index_in_memory({"d.md": guide}), Fitted({}, bias=0, answer=0), reranker=Likes("The crew above"))
    texts = [s.text for s in advisor.ask("Does the crew make up for the silence of the harbour?").sentences]
    assert texts[0].endswith("It can be lonely at times, as there is nobody below.")
    assert texts[1] == "The crew above may make up for the silence of the deep harbour."


def test_the_best_sentence_of_what_a_guide_asks_itself_is_told_however_long_the_answer_before_it_is() -> None:
    long = (
        "Many harbours of the north look at what a diver has done before they look at any paper that one may hold. " * 3
    )
    guide = (
        "# Divers\n\n## The work\n\nDivers mend ships.\n\n## Questions\n\n### Is it a cold job?\n\nYes, it is.\n\n"
        f"### Can I dive without a diploma?\n\nYes, one can dive without a diploma. {long}A diploma still opens more doors.\n"
    )
    advisor = Advisor(
        index_in_memory({"d.md": guide}), Fitted({}, bias=0, answer=0), reranker=Likes("opens more doors")
    )
    texts = [s.text for s in advisor.ask("Would a diploma help me to dive?").sentences]
    assert "one can dive without a diploma" in texts[0]
    assert texts[-1] == "A diploma still opens more doors."


def test_a_yes_or_no_to_what_a_guide_asks_itself_is_told_behind_that_question() -> None:
    guide = (
        "# Divers\n\n## The work\n\nDivers mend ships.\n\n## Questions\n\n### Is it a cold job?\n\nYes, it is.\n\n### Is the median what all divers get?\n\n"
        "No, the median is the middle of all. A novice begins with the lowest tenth, at $30,000.\n"
    )
    advisor = Advisor(index_in_memory({"d.md": guide}), Fitted({}, bias=0, answer=0), reranker=Likes("A novice begins"))
    texts = [s.text for s in advisor.ask("What do beginners get paid?").sentences]
    assert texts == [
        "Is the median what all divers get? — No, the median is the middle of all.",
        "A novice begins with the lowest tenth, at $30,000.",
    ]


def test_a_short_list_of_which_most_is_told_is_told_whole_and_in_order() -> None:
    guide = (
        "# Divers\n\n## Novices\n\n- Air: a novice watches the air.\n- Rope: a novice holds the rope.\n- Bell: it rings.\n\n"
        "## Masters\n\n- Charts: a master reads.\n- Boats: a master steers.\n- Crew: a master leads.\n"
    )
    advisor = Advisor(index_in_memory({"d.md": guide}), Fitted({}, bias=0, answer=0), reranker=WordReranker())
    texts = [s.text for s in advisor.ask("What is a novice to hold and watch, the rope?").sentences]
    assert texts[:4] == [
        "Novices:",
        "Air: a novice watches the air.",
        "Rope: a novice holds the rope.",
        "Bell: it rings.",
    ]


def test_pay_is_told_from_the_section_that_answers_though_another_sentence_of_it_does() -> None:
    guide = (
        "# Divers\n\n## Novice\n\nA novice diver who has never worked begins in a harbour.\n\nExam cost: $90\n\nMedian salary: $30,000\n\n"
        "## Master\n\nA master leads.\n\nMedian salary: $90,000\n"
    )
    advisor = Advisor(index_in_memory({"d.md": guide}), Fitted({}, bias=0, answer=0), reranker=WordReranker())
    text = advisor.ask("How much does a novice diver who has never worked earn to begin in a harbour?").text
    assert "$30,000" in text
    assert "$90" not in text


def test_like_rows_of_two_guides_are_no_two_entries_of_one_list() -> None:
    table = "## Other work\n\n| Work | Duties |\n|---|---|\n| Divers | Divers mend the hulls of ships. |\n| Smiths | Smiths mend iron. |\n| Potters | Potters fire clay. |\n"
    guides = {"riggers.md": f"# Riggers\n\n{table}", "sailors.md": f"# Sailors\n\n{table}"}
    gatherer = Gatherer(index_in_memory(guides), Likes("Divers"))
    evidence = gatherer.gather(read_question("what does a diver do all day"))
    assert [c.guide.id for c in evidence.candidates[:2]] == ["riggers", "sailors"]
    assert Lists(gatherer.index, gatherer.reranker).shared(evidence) is None


LINES = """# Falconers

## Hoods

A hood calms a hawk.

These hoods are cut from leather of goats in spring.

Mice eat grain.

## Bells

These bells ring.
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "What are hoods of leather cut from?",
            ["A hood calms a hawk.", "These hoods are cut from leather of goats in spring."],
        ),
        ("What calms a hawk?", ["A hood calms a hawk.", "These hoods are cut from leather of goats in spring."]),
        ("Which bells ring?", ["These bells ring."]),
    ],
)
def test_a_sentence_that_points_back_stands_with_the_one_before_it_in_a_paragraph_of_its_own(
    question: str, told: list[str]
) -> None:
    advisor = Advisor(index_in_memory({"hoods.md": LINES}), Fitted({}, bias=0, answer=0), reranker=WordReranker())
    texts = [plain(sentence.text).split(" — ")[-1] for sentence in advisor.ask(question).sentences]
    assert texts[: len(told)] == told
    assert "Mice eat grain." not in texts


def test_what_stands_under_a_heading_like_the_one_that_is_named_has_no_place_beside_it() -> None:
    guide = """# Keepers

## Mid-level lamp keeper

A mid-level lamp keeper has 5 years of experience at lamps.

## Entry-level lamp keeper

An entry-level lamp keeper has 1 year of experience at lamps.
"""
    index = index_in_memory({"keepers.md": guide})
    asked = Advisor(index, Fitted({}, bias=0, answer=0), reranker=WordReranker()).ask
    assert "1 year" not in asked("What experience at lamps has a mid-level lamp keeper?").text
    assert "1 year" in asked("What experience at lamps has a lamp keeper?").text


BOSS = """# Glazing technicians

## Duties

A glazing technician works under a foreman.

## Employers

The largest employers of glazing technicians are:

- Boat yards
- Glass makers
- House builders
"""


class Scores:
    """Reads texts as answers as far as the words in them that it knows are worth."""

    name = "scores"

    def __init__(self, worth: dict[str, float]) -> None:
        self._worth = worth

    def scores(self, question: str, texts: Sequence[str]) -> Floats:
        found = [[worth for word, worth in self._worth.items() if text.endswith(word)] or [-8.0] for text in texts]
        return np.array([max(worths) for worths in found], dtype=np.float32)


@pytest.mark.parametrize(("worth", "listed"), [(4.5, False), (3.0, True)])
def test_a_list_does_not_stand_for_a_sentence_that_answers_far_better(worth: float, *, listed: bool) -> None:
    reranker = Scores({"foreman.": worth, "Boat yards": 2.6, "Glass makers": 2.5, "; House builders": 4.5})
    advisor = Advisor(index_in_memory({"glaziers.md": BOSS}), Fitted({}, bias=0, answer=0), reranker=reranker)
    assert ("House builders" in advisor.ask("Who is the boss of a glazing technician?").text) is listed


TRADES = """# Glazing technicians

## Bosses

A glazing technician has a foreman. A glazing technician has a surveyor. A glazing technician has a director.

## Employers

The largest employers of glazing technicians are:

- Boat yards
- Glass makers
- House builders
"""


@pytest.mark.parametrize(("worth", "listed"), [(3.0, False), (2.2, True)])
def test_a_list_that_holds_none_of_the_best_does_not_stand_for_a_sentence_that_is_ahead(
    worth: float, *, listed: bool
) -> None:
    reranker = Scores(
        {"foreman.": worth, "surveyor.": worth, "director.": worth, "Boat yards": 1.0, "; House builders": 2.0}
    )
    advisor = Advisor(index_in_memory({"glaziers.md": TRADES}), Fitted({}, bias=0, answer=0), reranker=reranker)
    assert ("House builders" in advisor.ask("Which ones do glazing technicians have?").text) is listed


SKILLS = """# Glazing technicians

## Skills

- Ladder skills: climb to a third floor with a pane.
- Saw skills: cut a frame to the line.
- Customer skills: ring before you come.
- Putty skills: lay a bead without a gap.
"""


@pytest.mark.parametrize(
    ("question", "listed"),
    [
        ("Which ladder skills does a glazing technician need?", False),
        ("Which skills does a glazing technician need?", True),
        ("Which ladder skills does a glazing technician need, from scratch?", True),
    ],
)
def test_a_list_does_not_stand_for_the_one_entry_that_is_named(question: str, *, listed: bool) -> None:
    reranker = Scores({"with a pane.": 3.0, "Customer skills; Putty skills": 3.0})
    advisor = Advisor(index_in_memory({"glaziers.md": SKILLS}), Fitted({}, bias=0, answer=0), reranker=reranker)
    told = advisor.ask(question).text
    assert "Ladder skills" in told
    assert ("Putty skills" in told) is listed


KEEPING = """# Keepers

Relief keepers have some of the worst rates of falls.

## Employment

The largest employers of keepers were as follows:

| Employer | Share |
| --- | --- |
| Harbours | 61% |
| Islands | 30 |
| Schools | 4 |
"""


@pytest.mark.parametrize(("worth", "told"), [(5.0, "worst rates of falls"), (-1.0, "Schools")])
def test_an_end_is_told_from_no_table_that_is_far_behind_a_sentence(worth: float, told: str) -> None:
    reranker = Scores({"falls.": worth, "61%": -2.3, "30": -2.4, "4": -2.5})
    advisor = Advisor(index_in_memory({"keepers.md": KEEPING}), Fitted({}, bias=0, answer=-1), reranker=reranker)
    assert told in advisor.ask("Which keepers have the worst rates of falls?").sentences[0].text
