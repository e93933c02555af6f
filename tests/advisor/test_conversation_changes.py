"""What a follow-up changes in the question before it: an end, a number, a place, a figure, a subject; and whose guide it is asked of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from advisor.answer import Status
from advisor.chain import Advisor
from advisor.conversation import Follower, Turn, subject_of
from advisor.conversation.turns import SEPARATOR
from advisor.decision import Fitted
from index.reading import guide_of
from index.search import Floats, Index

from .conftest import WordReranker, index_in_memory
from .turns import turn


@pytest.mark.parametrize(
    ("before", "message", "asked"),
    [
        ("pay of the lowest 10 percent of falconers", "and the highest?", "pay of the highest 10 percent of falconers"),
        ("top 10 percent of falconers", "bottom, sorry", "bottom 10 percent of falconers"),
        ("top 10 percent of falconers", "the bottom 10 percent", "bottom 10 percent of falconers"),
        ("what does a level 1 falconer earn", "2?", "what does a level 2 falconer earn"),
        (
            "how long does it take to move from a zoo to falconry",
            "from a farm?",
            "how long does it take to move from a farm to falconry",
        ),
        ("falconer in a ruined castle, pay", "and in airports?", "falconer in airports, pay"),
        ("pass mark of the FC2", "the FC3's?", "pass mark of the FC3"),
        ("fee of the first test", "and of the last test", "fee of the last test"),
        ("FC2, questions", "cost?", "FC2, cost?"),
        ("length of the Marsh course", "price?", "price of Marsh course?"),
        ("what does a falconer earn", "at a zoo?", "what does a falconer earn at a zoo?"),
        ("falconer wages", "actually how about glassblowers", "glassblowers wages"),
        ("how do you become a falconer", "and pay", "pay of falconer?"),
        ("what do falconers earn", "out of interest, and glassblowers?", "what do glassblowers earn"),
        ("Do falconers have to study on?", "how many hours?", "how many hours: Do falconers have to study on?"),
        (
            "Do falconers get a bonus?",
            "how much is that on average",
            "how much is that on average: Do falconers get a bonus?",
        ),
        ("how long does the training take", "how much?", "How much does the training cost"),
        ("How many questions are in the gold exam?", "how long is it?", "how long is the gold exam?"),
        ("Do falconers have to train hawks?", "ok, where?", "Where do falconers have to train hawks?"),
        ("What do falconers earn?", "where?", "What do falconers earn, where?"),
        ("Do falconers need a licence?", "price?", "price of licence?"),
        ("What do falconers do?", "their pay", "pay of falconers?"),
        ("What do falconers do?", "and their pay?", "pay of falconers?"),
        ("falconer vs glassblower", "which is harder?", "which is harder, falconer or glassblower?"),
        ("Is the training hard?", "how long does it last?", "how long does the training last?"),
        ("How long is level 2 valid?", "level 1?", "How long is level 1 valid?"),
        ("What is the first step for falconers?", "ok, next", "What is the second step for falconers?"),
        ("What is the last step for falconers?", "next", "What is the last step for falconers, next?"),
        ("Which tasks do falconers have?", "give me every single one", "Which tasks do falconers have?"),
        ("How long is a falconer's course?", "no, the evening course", "How long is an evening course?"),
        ("What is a lure?", "sorry, a creance", "What is a creance?"),
        ("What do falconers earn?", "sorry, I meant how many are there", "how many falconers are there"),
        ("Do falconers need a licence?", "no, a driving one", "Do falconers need a driving licence?"),
        ("Do falconers work for the army?", "what do they earn there?", "what do falconers earn for the army?"),
        ("Do falconers work for the army?", "how do I get there?", "how do I become a falconer?"),
        ("What do falconers earn?", "does a glassblower make more?", "does a glassblower make more than falconers?"),
        ("What do falconers earn?", "glassblowers earn less, right?", "glassblowers earn less than falconers, right?"),
        ("What do falconers earn?", "is that more than what a keeper gets?", "do falconers earn more than a keeper?"),
        (
            "What do falconers earn?",
            "how does a glassblower compare",
            "What do falconers earn? What do glassblower earn?",
        ),
        ("What do falconers do?", "I trained dogs, could I be one?", "I trained dogs, could I be a falconer?"),
    ],
)
def test_a_follow_up_is_the_question_before_with_what_is_new(
    before: str, message: str, asked: str, follower: Follower, crafts: Index
) -> None:
    assert follower.read(message, [turn(crafts, before, "falconer")]).text == asked


@pytest.fixture(scope="module")
def pages() -> Index:
    """Pages of one series, each about a career of its own."""
    papers = {"diver": "A pearl diver needs a licence.", "weaver": "None.", "baker": "None."}
    pay = {
        "diver": "Pearl divers earn $31,000.",
        "weaver": "In winter a bonus of $900 is usual.",
        "baker": "Pay is poor.",
    }
    titles = {"diver": "Pearl diver", "weaver": "Cane weaver", "baker": "Pie baker"}
    parts = "# {title}\n\n## Pay\n\n{pay}\n\n## Papers\n\n{papers}\n\n## Hours\n\nEight.\n"
    return index_in_memory({f"{k}.md": parts.format(title=titles[k], pay=pay[k], papers=papers[k]) for k in titles})


@pytest.mark.parametrize(
    ("before", "message", "asked"),
    [
        ("swimmers, what are their tasks", "and the pay?", "pay of swimmers?"),
        ("Is there a course?", "for how long", "for how long: Is there a course for pearl diver?"),
        (
            "What papers are needed?",
            "I'm a retired cop, does that count?",
            "I'm a retired cop, does that count for pearl diver?",
        ),
        ("what does a swimmer do", "what do they earn", "what do swimmers earn"),
    ],
)
def test_among_other_careers_what_names_none_gets_its_own(before: str, message: str, asked: str, pages: Index) -> None:
    assert Follower(pages).read(message, [turn(pages, before, "diver")]).text == asked


def test_it_is_what_was_asked_about_and_not_who_was_told(follower: Follower, crafts: Index) -> None:
    before = turn(crafts, "Who issues the gold card?", "falconer", said="The Hawk Board (HB) issues it.")
    assert follower.read("what does it cost?", [before]).text == "what does the gold card cost?"


def test_another_kind_of_the_subject_is_one_that_the_guide_names() -> None:
    files = {
        "assessor.md": "# Barn assessor\n\nStone assessors value stone barns. Barn assessors value others.\n",
        "diver.md": "# Pearl diver\n\nPearl divers dive.\n",
        "weaver.md": "# Cane weaver\n\nCane weavers weave.\n",
    }
    index = index_in_memory(files)
    before = [turn(index, "what do barn assessors do", "assessor")]
    assert Follower(index).read("stone?", before).text == "what do stone assessors do"


@pytest.mark.parametrize(
    ("title", "said", "subject"),
    [
        (
            "Bird Care and Lure Workers",
            "Bird care and lure workers keep birds. Birds eat.",
            "Bird Care and Lure Workers",
        ),
        (
            "How to Become a Kite Maker (And What It Pays)",
            "A kite maker makes kites. Each kite maker sells.",
            "Kite Maker",
        ),
        ("Becoming a Kite Maker: Pay", "A kite maker makes kites. Each kite maker sells.", "Kite Maker"),
        ("Kite Maker Career Guide 2025", "A kite maker makes kites. Kite makers sell.", "Kite Maker"),
        ("Kite making in New Zealand", "New Zealand has kite making. New Zealand has wind.", "Kite making"),
        ("Getting certified as a kite maker - cost and time", "Kite makers sell. Kite makers fly.", "kite maker"),
        ("A Year of Kites", "They rise.", "A Year of Kites"),
    ],
)
def test_a_subject_is_the_longest_part_of_a_title_that_the_text_says_again(title: str, said: str, subject: str) -> None:
    assert subject_of(guide_of(f"# {title}\n\n{said}\n", "guide.md")) == subject


class FondOfBonuses(WordReranker):
    """Thinks more of a text that tells of a bonus, whoever's it is."""

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        """[texts]."""
        return super().scores(query, texts) + np.array([9.0 * ("bonus" in text) for text in texts], dtype=np.float32)


@pytest.mark.parametrize("reranker", [WordReranker(), FondOfBonuses()])
@pytest.mark.parametrize("message", ["and the bonus in winter?", "is a bonus usual in winter for them?"])
def test_a_follow_up_that_names_nobody_else_is_answered_by_no_other_career(
    message: str, reranker: WordReranker, pages: Index
) -> None:
    advisor = Advisor(pages, Fitted({"logit": 1.0}, bias=-2, answer=0.5), reranker=reranker)
    assert "$900" in advisor.ask("What bonus is usual in winter?").text
    first = Turn("What do pearl divers earn?", advisor.ask("What do pearl divers earn?"))
    assert "$31,000" in first.answer.text
    answer = advisor.ask(message, [first])
    assert "weaver" not in {citation.guide for citation in answer.citations}
    assert "$900" not in answer.text


class Impersonal(WordReranker):
    """Thinks less of a text for whoever speaks of themselves."""

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        """[texts]."""
        return super().scores(query, texts) - np.float32(4 * (" I " in query))


@pytest.mark.parametrize(
    ("asked", "answered"), [("How do I become a pearl diver?", True), ("How can I learn to become a clown?", False)]
)
def test_how_i_become_somebody_is_answered_as_how_to_become_one(asked: str, answered: bool) -> None:
    index = index_in_memory({"diver.md": "# Pearl diver\n\n## The way in\n\nTo become a pearl diver, learn to dive.\n"})
    advisor = Advisor(index, Fitted({"logit": 1.0}, bias=-1, answer=0.5), reranker=Impersonal())
    assert (advisor.ask(asked).status is Status.ANSWERED) is answered


def test_they_are_those_who_were_asked_about_last(pages: Index) -> None:
    before = [turn(pages, "what's a flute player for pearl diver?", "diver")]
    assert Follower(pages).read("how much do they make", before).text == "how much do flute players make"


def test_what_somebody_is_names_no_other_subject(pages: Index) -> None:
    follower, before = Follower(pages), [turn(pages, "What do pearl divers earn?", "diver")]
    told = follower.read("I'm a pie baker, what would be my problem?", before)
    assert told.text == "I'm a pie baker, what would be my problem for pearl divers?"
    assert not follower.may_turn(told)
    assert follower.read("I'm a pearl diver, what do pie bakers earn?", before).text.endswith(
        "what do pie bakers earn?"
    )


@pytest.mark.parametrize(
    ("asked", "message", "turns"),
    [
        ("What does the Larkmoor certificate cost?", "and a glass diver?", True),
        ("What does the Larkmoor certificate cost?", "and a licence?", False),
        ("What do pearl divers earn?", "and a salesperson?", True),
        ("What do pearl divers earn?", "and a licence?", False),
    ],
)
def test_only_somebody_new_may_turn_a_conversation(asked: str, message: str, turns: bool, pages: Index) -> None:
    follower, before = Follower(pages), [turn(pages, asked, "diver")]
    assert follower.may_turn(follower.read(message, before)) is turns


def test_an_answer_from_before_the_first_heading_has_no_next_one() -> None:
    index = index_in_memory(
        {"kite.md": "Kites fly.\n\n# Silk\n\nIt shines.\n\n# Paper\n\nIt tears.\n\n# Wool\n\nNo.\n"}
    )
    before = turn(index, "Do kites fly?", "kite")
    assert index.guides["kite"].sections[0].path == before.answer.citations[0].section == ()
    assert "Silk" not in Follower(index).read("and the next one?", [before]).text


class FondOfMessages(WordReranker):
    """Understands only messages as they came."""

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        """[texts]."""
        return super().scores(query, texts) - np.float32(6 * (SEPARATOR not in query))


@pytest.mark.parametrize(("bias", "answered"), [(1.0, True), (-1.0, False)])
def test_what_is_made_of_a_message_is_read_again_as_it_came(bias: float, answered: bool, pages: Index) -> None:
    asker = Advisor(pages, Fitted({"logit": 1.0}, bias=9, answer=0.5), reranker=FondOfMessages())
    first = Turn("What papers does a pearl diver need?", asker.ask("What papers does a pearl diver need?"))
    advisor = Advisor(pages, Fitted({"logit": 1.0}, bias=bias, answer=0.5), reranker=FondOfMessages())
    assert advisor.ask("What do pearl divers earn?").status is Status.NOT_IN_GUIDES
    answer = advisor.ask("and the pay?", [first])
    assert answer.standalone == "pay of pearl diver?"
    assert (answer.status is Status.ANSWERED) is answered


@pytest.mark.parametrize(
    ("before", "message", "asked"),
    [
        ("the gcq", "how many questions?", "how many questions for the GCQ?"),
        ("What is the GCQ?", "how long do I wait", "how long do I wait for the GCQ?"),
        ("What is the GCQ?", "and do I need the GDA?", "and do I need the GDA?"),
        ("What does the GCQ or the GDA cost?", "how many questions?", "how many questions?"),
        ("What is the GCQ?", "is it worth it", "is it worth it for the GCQ?"),
    ],
)
def test_a_short_question_is_about_the_one_abbreviation_that_was_asked_about(
    before: str, message: str, asked: str
) -> None:
    text = "# Glass\n\nThe GCQ and the GDA are exams. See https://glass.example/gcq/ for more.\n"
    index = index_in_memory({"glass.md": text})
    assert Follower(index).read(message, [turn(index, before, "glass")]).text == asked


def test_a_place_is_no_figure_of_a_year(follower: Follower, crafts: Index) -> None:
    before = [turn(crafts, "How many ships came in 2000?", "falconer")]
    assert follower.read("in texas", before).text == "How many ships came in 2000 in texas?"


def test_among_other_careers_a_short_question_stays_with_its_own() -> None:
    titles = {"diver": "Pearl diver", "weaver": "Cane weaver", "baker": "Pie baker"}
    part = "# {title}\n\n## Pay\n\nPay.\n\n## Papers\n\nA {title} needs the GCQ.\n\n## Hours\n\nEight.\n"
    index = index_in_memory({f"{key}.md": part.format(title=title) for key, title in titles.items()})
    before = [turn(index, "What is the GCQ?", "diver")]
    assert Follower(index).read("how long is the training", before).text == "how long is the training for pearl diver?"


class FondOfRows:
    """Takes the row of roofers for the answer to what is read behind other messages, and the sentence on glaziers else."""

    name = "fond of rows"

    def scores(self, query: str, texts: Sequence[str]) -> Floats:
        liked = "Roofers" if SEPARATOR in query else "Glaziers earn"
        return np.array([4.0 if liked in text else -4.0 for text in texts], dtype=np.float32)


def test_a_row_that_nobody_named_is_no_answer_to_what_was_made_of_a_follow_up() -> None:
    guides = {
        "glaziers.md": "# Glaziers\n\n## Pay\n\nGlaziers earn $55,000 a year.\n\n## Like work\n\n| Work | Pay |\n|---|---|\n| Roofers | $46,000 |\n| Tilers | $47,000 |\n",
        "bakers.md": "# Bakers\n\n## Pay\n\nBakers earn $36,000 a year.\n",
    }
    index = index_in_memory(guides)
    advisor = Advisor(index, Fitted({"logit": 1.0}, bias=0, answer=0.5), reranker=FondOfRows())
    before = turn(index, "What does a glazier do?", "glaziers")
    answer = advisor.ask("And what do they earn?", [before])
    assert SEPARATOR not in answer.standalone
    assert "$55,000" in answer.text
    assert "Roofers" not in answer.text
