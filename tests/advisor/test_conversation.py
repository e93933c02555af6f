"""A message that leans on the conversation becomes a question that stands alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.answer import Answer, Citation, Layout, Sentence, Status
from advisor.chain import Advisor
from advisor.conversation import EARLIER, Follower, StandAlone, Turn, as_read, subject_of
from advisor.conversation.topics import Topics
from advisor.decision import Fitted
from index.reading import guide_of
from index.search import Index

from .conftest import WordReranker, index_in_memory
from .turns import turn


@pytest.fixture
def pay(crafts: Index) -> list[Turn]:
    question = "What does a glassblower earn?"
    return [turn(crafts, question, "glassblower", ("Stages", "Stage 2: Servitor"), suggestions=("Tools", "Stages"))]


@pytest.fixture
def licence(crafts: Index) -> list[Turn]:
    return [turn(crafts, "Do falconers need a licence?", "falconer", ("Do falconers need a licence?",))]


@pytest.fixture
def year(crafts: Index) -> list[Turn]:
    return [turn(crafts, "How many keepers were there in 2000?", "keeper", ("Keepers over the years",))]


@pytest.mark.parametrize("message", ["And a falconer?", "why?", "  What do they earn?  ", "yes"])
def test_the_first_message_stands_as_it_is(message: str, follower: Follower) -> None:
    assert follower.read(message, []) == StandAlone(message.strip())


def test_small_talk_is_nothing_to_lean_on(follower: Follower, crafts: Index) -> None:
    assert (
        follower.read("And a falconer?", [turn(crafts, "hello", status=Status.CONVERSATION)]).text == "And a falconer?"
    )


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("And a falconer?", "What does a falconer earn?"),
        ("what about a lighthouse keeper", "What does a lighthouse keeper earn?"),
        ("ok, and the falconer?", "What does a falconer earn?"),
        ("No, I meant the lighthouse keeper", "What does a lighthouse keeper earn?"),
        ("sorry, not that. I meant a falconer", "What does a falconer earn?"),
        ("make that a falconer", "What does a falconer earn?"),
    ],
)
def test_a_fragment_or_a_correction_takes_the_place_of_the_subject(
    message: str, asked: str, follower: Follower, pay: list[Turn]
) -> None:
    found = follower.read(message, pay)
    assert found.text == asked
    assert found.focus == (), "another guide is asked for"


@pytest.mark.parametrize("message", ["yes", "Yes please", "ok", "sure, go ahead", "Tell me more"])
def test_yes_takes_the_first_suggestion(message: str, follower: Follower, pay: list[Turn]) -> None:
    assert follower.read(message, pay).text == "Tools"


@pytest.mark.parametrize("message", ["why?", "Why is that?", "How come?", "but why", "Why do you say so?"])
def test_a_bare_why_asks_for_the_reason_of_what_was_asked(
    message: str, follower: Follower, licence: list[Turn]
) -> None:
    assert follower.read(message, licence).text == "Why do falconers need a licence?"


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("and ten years later?", 2010),
        ("the year after?", 2001),
        ("20 years before?", 1980),
        ("5 years earlier", 1995),
        ("in 2010", 2010),
        ("what about 1990?", 1990),
        ("and in ten years?", 2010),
        ("in 5 years' time?", 2005),
    ],
)
def test_a_year_is_told_in_figures(message: str, asked: int, follower: Follower, year: list[Turn]) -> None:
    assert follower.read(message, year).text == f"How many keepers were there in {asked}?"


@pytest.mark.parametrize("message", ["what was the pay in that year?", "what was the pay then?"])
def test_a_year_that_is_pointed_to_is_told_in_figures(message: str, follower: Follower, year: list[Turn]) -> None:
    assert follower.read(message, year).text == "what was the pay in 2000?"


@pytest.mark.parametrize(
    ("message", "sibling"),
    [
        ("and the next stage?", "Stage 3: Gaffer"),
        ("the previous one?", "Stage 1: Taker-in"),
        ("what comes after that?", "Stage 3: Gaffer"),
    ],
)
def test_the_next_and_the_one_before_are_the_headings_beside(
    message: str, sibling: str, follower: Follower, pay: list[Turn]
) -> None:
    assert sibling in follower.read(message, pay).text


def test_beyond_the_last_heading_there_is_none(follower: Follower, crafts: Index) -> None:
    last = [turn(crafts, "What does a gaffer do?", "glassblower", ("Stages", "Stage 3: Gaffer"))]
    assert "Stage" not in follower.read("and the next one?", last).text


@pytest.mark.parametrize(
    ("message", "pronoun", "noun"),
    [
        ("How much do they earn?", "they", "falconers earn"),
        ("How do I get it?", "it", "get a licence"),
        ("What are their birds?", "their", "falconers' birds"),
    ],
)
def test_a_pronoun_gets_its_noun(
    message: str, pronoun: str, noun: str, follower: Follower, licence: list[Turn]
) -> None:
    found = follower.read(message, licence)
    assert noun in found.text
    assert pronoun not in found.text.split()
    assert found.focus == ("falconer",)


def test_a_question_without_a_subject_gets_that_of_the_conversation(follower: Follower, pay: list[Turn]) -> None:
    text = follower.read("How many hours?", pay).text
    assert text.startswith("How many hours")
    assert "glassblower" in text


def test_a_question_that_names_its_subject_stands_alone(follower: Follower, pay: list[Turn]) -> None:
    assert follower.read("What does a falconer earn?", pay) == StandAlone("What does a falconer earn?")


def test_the_subject_that_was_named_last_is_what_the_conversation_is_about(
    follower: Follower, pay: list[Turn], licence: list[Turn]
) -> None:
    assert follower.read("How many hours?", [*pay, *licence]).focus == ("falconer",)
    assert follower.read("How many hours?", [*licence, *pay]).focus == ("glassblower",)


def test_what_leans_is_read_behind_the_messages_before_it(follower: Follower, pay: list[Turn]) -> None:
    assert follower.read("And in Wales?", pay).read == "What does a glassblower earn? >> And in Wales?"
    assert follower.read("What does a falconer earn?", pay).read is None


def test_a_question_in_which_something_new_took_its_place_is_read_by_itself(
    follower: Follower, pay: list[Turn]
) -> None:
    found = follower.read("And a falconer?", pay)
    assert (found.read, found.added) == ("What does a falconer earn?", "falconer")


@pytest.mark.parametrize(
    ("before", "message", "asked"),
    [
        ("What does a glassblower earn?", "And a nurse?", "What does a nurse earn?"),
        ("How long does the CCS exam last?", "and the CPC?", "How long does the CPC exam last?"),
        ("Do I need a licence?", "and experience?", "Do I need an experience?"),
        ("What do glassblowers do?", "and the pay?", "pay of glassblowers?"),
        ("What does a glassblower earn?", "and in Wales?", "What does a glassblower earn in Wales?"),
        ("What does a glassblower earn?", "hm", "What does a glassblower earn, hm?"),
        ("Do the guides agree on the licence?", "and about the pay?", "Do the guides agree on the pay?"),
        ("What does a relief keeper earn?", "and a principal keeper?", "What does a principal keeper earn?"),
        ("What do hawking masters' helpers get?", "and cooks' helpers?", "What do cooks' helpers get?"),
        ("What does a sailing master earn?", "what about a rowing master", "What does a rowing master earn?"),
    ],
)
def test_what_is_new_takes_the_place_of_what_is_of_its_kind(
    before: str, message: str, asked: str, follower: Follower, crafts: Index
) -> None:
    assert follower.read(message, [turn(crafts, before, "glassblower")]).text == asked


@pytest.mark.parametrize("message", ["Compare gaffers and servitors", "Can I work from home?", "List the tools."])
def test_a_whole_question_about_something_else_gets_nothing_behind_it(message: str, crafts: Index) -> None:
    one = index_in_memory({"a.md": "# Glassblower\n\nA glassblower shapes glass.\n"})
    assert Follower(one).read(message, [turn(one, "What does a glassblower earn?", "a")]).text == message


def test_how_long_is_no_thing_that_it_points_to(follower: Follower, crafts: Index) -> None:
    before = [turn(crafts, "How long does it take?", "falconer")]
    assert "long" not in follower.read("How much does it cost?", before).text


def test_a_suggestion_that_is_taken_up_stands_alone(follower: Follower, pay: list[Turn]) -> None:
    assert follower.read("Stages", pay) == StandAlone("Stages")


@pytest.mark.parametrize("message", ["Which of the two earns more?", "which of them earns more", "which earns more?"])
def test_the_last_two_subjects_are_held_against_each_other(
    message: str, follower: Follower, pay: list[Turn], licence: list[Turn]
) -> None:
    found = follower.read(message, [*pay, *licence])
    assert found.text.casefold() == "which earns more, glassblower or falconers?"
    assert found.read == found.text


def test_an_answer_that_is_silent_on_what_is_new_is_none(crafts: Index) -> None:
    advisor = Advisor(crafts, Fitted({}, bias=9, answer=0), reranker=WordReranker())
    asked = "What does a principal keeper earn?"
    first = Turn(asked, advisor.ask(asked))
    assert first.answer.status is Status.ANSWERED
    for message in ("And a nurse?", "And a driving test?"):
        assert advisor.ask(message, [first]).status is Status.NOT_IN_GUIDES
    assert "£24,500" in advisor.ask("And an assistant keeper?", [first]).text


def test_only_the_last_messages_are_read_with_it() -> None:
    assert as_read(" e? ", ["a.", "b.", "c.", "d."]) == "a. b. c. d. >> e?"
    assert as_read("f?", ["a.", "b.", "c.", "d.", "e."]) == "b. c. d. e. >> f?"
    assert as_read("a?", []) == " >> a?"


@given(st.lists(st.text(alphabet="ab?", min_size=1), max_size=8), st.text(alphabet="ab?", min_size=1))
def test_a_message_is_read_last_behind_no_more_than_four(earlier: list[str], message: str) -> None:
    before, _, last = as_read(message, earlier).rpartition(" >> ")
    assert last == message
    assert before == " ".join(earlier[-EARLIER:])


MESSAGES = st.one_of(
    st.lists(
        st.sampled_from(
            "and what about the next previous year later ten 2010 they it falconer gaffer why yes no I meant for ? , . same".split()
        ),
        max_size=8,
    ).map(" ".join),
    st.text(max_size=30),
)


@given(message=MESSAGES)
def test_any_message_becomes_a_question_about_guides_that_there_are(
    message: str, follower: Follower, crafts: Index
) -> None:
    history = [
        turn(crafts, "How many keepers were there in 2000?", "keeper", ("Keepers over the years",)),
        turn(crafts, "What does a glassblower earn?", "glassblower", ("Stages", "Stage 2: Servitor")),
    ]
    found = follower.read(message, history)
    assert bool(found.text) >= bool(message.strip())
    assert set(found.focus) <= set(crafts.guides)


def test_where_all_guides_are_about_one_thing_none_is_named() -> None:
    index = index_in_memory({f"{n}.md": f"# Glassblower\n\nA glassblower of kind {n}.\n" for n in range(3)})
    assert Topics(index).named("What does a glassblower earn?") == ()


def test_a_guide_is_named_by_its_subject(crafts: Index) -> None:
    assert Topics(crafts).named("Is a lighthouse keeper alone?") == ("keeper",)
    assert Topics(crafts).named("A falconer or a glassblower?") == ("falconer", "glassblower")
    assert Topics(crafts).named("Is it cold?") == ()


@pytest.mark.parametrize(
    ("title", "subject"),
    [
        ("Lighthouse keeper", "Lighthouse keeper"),
        ("Falconer: a career guide", "Falconer"),
        ("Glassblower (United Kingdom)", "Glassblower"),
        ("How to become a master glassblower in the north", "master glassblower"),
    ],
)
def test_the_subject_of_a_guide_is_told_by_its_title(title: str, subject: str) -> None:
    text = f"# {title}\n\nA master glassblower blows glass. A master glassblower teaches.\n"
    assert subject_of(guide_of(text, "guide.md")) == subject


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("and the pay?", "pay in 2000?"),
        ("How many keepers were there that year?", "How many keepers were there in 2000?"),
        ("and in Germany?", "How many ships were there in 2000 in Germany?"),
    ],
)
def test_a_year_is_kept_for_another_matter_that_the_guides_know(
    follower: Follower, crafts: Index, message: str, text: str
) -> None:
    last = [turn(crafts, "How many ships were there in 2000?", "keeper", ("Keepers over the years",))]
    assert follower.read(message, last).text == text


def test_what_the_guide_of_the_conversation_does_not_say_another_one_may() -> None:
    index = index_in_memory(
        {
            "inland.md": "# Divers\n\n## Schooling\n\nDivers need a degree.\n",
            "sea.md": "# Divers at sea\n\n## Papers\n\nDivers need a licence.\n",
        }
    )
    advisor = Advisor(index, Fitted({"logit": 1.0}, bias=-3, answer=0.5), reranker=WordReranker())
    asked = "Do I need a degree?"
    first = Turn(asked, advisor.ask(asked))
    assert [citation.guide for citation in first.answer.citations] == ["inland"]
    answer = advisor.ask("and a licence?", [first])
    assert answer.status is Status.ANSWERED
    assert "Divers need a licence." in answer.text


EMPLOYERS = """# Glaziers

Glaziers fit glass.

## Money

| Employer | Pay |
| --- | --- |
| Boat yards | £41,000 |
| Town halls | £38,000 |
"""


@pytest.mark.parametrize(
    ("before", "message", "asked"),
    [
        ("Where do glaziers earn most?", "how much is that?", "What is the pay of glaziers in Boat yards?"),
        ("Which employer pays glaziers best?", "What do they pay?", "What is the pay of glaziers in Boat yards?"),
        ("Where do glaziers earn most?", "and in the town halls?", "What is the pay of glaziers in the town halls?"),
        ("Where do glaziers earn most?", "and how much is it in Oslo?", "What is the pay of glaziers in Oslo?"),
    ],
)
def test_the_amount_of_what_an_answer_chose_is_asked_for_in_its_row(before: str, message: str, asked: str) -> None:
    index = index_in_memory(
        {"glaziers.md": EMPLOYERS, "cooks.md": "# Cooks\n\nCooks cook.\n", "bakers.md": "# Bakers\n\nBakers bake.\n"}
    )
    start = index.guides["glaziers"].text.index("Boat")
    cited = Citation(1, "glaziers", "Glaziers", ("Money",), "glaziers.md", start, start + 10, "-")
    history = [Turn(before, Answer(before, before, Status.ANSWERED, (), (cited,), ()))]
    assert Follower(index).read(message, history).text == asked


def test_a_question_that_chose_nothing_leaves_the_amount_to_its_words(follower: Follower, pay: list[Turn]) -> None:
    assert "What is the pay of" not in follower.read("how much is that?", pay).text


@pytest.mark.parametrize(
    ("before", "message", "asked"),
    [
        ("What does a glassblower earn?", "does that go for a falconer as well?", "What does a falconer earn?"),
        ("What does a glassblower earn?", "Is it the same for a falconer?", "What does a falconer earn?"),
        ("What does a glassblower earn?", "what about a falconer too?", "What does a falconer earn?"),
        ("What does a glassblower earn?", "does that go for falconers too?", "What does a falconer earn?"),
        ("What do glassblowers earn?", "does that go for falconers too?", "What do falconers earn?"),
        ("What does a glassblower earn?", "and if i became a falconer instead?", "What does a falconer earn?"),
        ("Do I need a licence?", "does that course cost much?", "does that course cost much?"),
        (
            "Do I need a licence?",
            "What is the point of a glove if I lose it?",
            "What is the point of a glove if I lose it?",
        ),
        ("Do I need a licence?", "Can I fly birds before I get it?", "Can I fly birds before I get a licence?"),
        ("Is a falconer busy?", "is it steady at least", "is the work of a falconer steady at least"),
        ("Where do falconers earn best?", "how many are they?", "how many are falconers?"),
        (
            "No bird here, but years at a falconer's yard. Could I be a falconer?",
            "Say they take me, who pays?",
            "Say falconer take me, who pays?",
        ),
    ],
)
def test_what_points_back_is_told_by_what_stands_around_it(
    before: str, message: str, asked: str, follower: Follower, crafts: Index
) -> None:
    guide = "glassblower" if "glassblower" in before else "falconer"
    assert follower.read(message, [turn(crafts, before, guide)]).text == asked


BIRDS = Answer(
    "What birds are there?",
    "What birds are there?",
    Status.ANSWERED,
    tuple(
        Sentence(text, (1,), Layout.ITEM)
        for text in ("Hawk. A quick bird.", "Kites and harriers | 15", "Old owl — sleeps", "Rook: 7")
    ),
    (),
)


@pytest.mark.parametrize(
    ("message", "meant"),
    [
        ("What does the second on that list eat?", "What does Kites and harriers eat?"),
        ("tell me about the third one", "tell me about Old owl"),
        ("and number four?", "Tell me about Rook"),
        ("why is the 1st item quick", "why is Hawk quick"),
        ("What about the last you named", "What about Rook"),
        ("tell me about the seventh one", "tell me about the seventh one"),
        ("What is the second step?", "What is the second step?"),
        ("How do I get my first one?", "How do I get my first one?"),
        ("What is the number one bird?", "What is the number one bird?"),
        ("does number two sing", "does Kites and harriers sing"),
    ],
)
def test_an_entry_of_the_list_that_was_told_is_called_by_its_name(message: str, meant: str, follower: Follower) -> None:
    assert follower.named(message, [Turn("What birds are there?", BIRDS)]) == meant


def test_an_entry_may_be_meant_after_another_was_asked_about(follower: Follower, pay: list[Turn]) -> None:
    later = [Turn("What birds are there?", BIRDS), *pay]
    assert follower.named("and the last one?", later) == "Tell me about Rook"
    assert follower.named("and the last one?", [*later, *pay * 4]) == "and the last one?"


def test_without_a_list_no_entry_is_meant(follower: Follower, pay: list[Turn]) -> None:
    assert follower.named("tell me about the third one", pay) == "tell me about the third one"
    assert follower.named("tell me about the third one", []) == "tell me about the third one"


def test_an_entry_that_is_not_found_is_asked_for_by_its_name(crafts: Index, pay: list[Turn]) -> None:
    advisor = Advisor(crafts, Fitted({}, bias=0, answer=0), reranker=WordReranker())
    answer = advisor.ask("What does the second on that list earn?", pay)
    assert answer.status is Status.CONVERSATION
    assert "by its name" in answer.text


def test_a_part_of_a_title_that_is_no_other_s_names_its_guide() -> None:
    titles = ("Paralegals and Legal Assistants", "Dental Assistants", "Lawyers", "Glass and Metal Workers")
    topics = Topics(index_in_memory({f"{title}.md": f"# {title}\n\nThey work.\n" for title in titles}))
    assert topics.named("same for paralegals?") == ("paralegals-and-legal-assistants",)
    assert topics.named("and legal assistants?") != ()
    assert topics.named("assistants?") == ()
    assert topics.named("glass?") == ()
