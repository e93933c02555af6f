"""An answer as Markdown: its links lead to its places, and no one's words become markup."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from advisor.answer import Layout, Proof, Sentence, Status
from ui.answers import STATUS_WORDS, as_text, place_of, to_markdown

from .conftest import ScriptedEngine

COMMONMARK = MarkdownIt("gfm-like", {"linkify": False})


def visible(markdown: str) -> str:
    html = COMMONMARK.render(markdown)
    bare = re.sub(r"<[^>]*>", "", html)
    return bare.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&").strip()


def test_each_citation_is_a_link_that_carries_its_place(engine: ScriptedEngine) -> None:
    answer = engine.ask("Pay of bakers?")
    html = COMMONMARK.render(to_markdown(answer))
    for citation in answer.citations:
        assert f'<a href="#src={place_of(citation)}"' in html
    assert ">[1]</a>" in html


def test_a_guide_and_its_sections_stand_once_among_the_sources_with_all_their_numbers(engine: ScriptedEngine) -> None:
    sources = COMMONMARK.render(to_markdown(engine.ask("Pay of bakers?"))).split("Sources</span>")[1]
    assert sources.count("Bakers · 2024 · US</a>") == 1
    assert sources.count("</a> Pay") == 1
    assert all(f"[{number}]</a>" in sources for number in (1, 2, 3))


def test_rows_are_a_table_and_steps_a_numbered_list(engine: ScriptedEngine) -> None:
    assert "<td>Apprentice</td>" in COMMONMARK.render(to_markdown(engine.ask("Pay?")))
    assert COMMONMARK.render(to_markdown(engine.ask("Steps?"))).count("<ol>") == 1


def test_each_status_but_talk_is_told_in_words(engine: ScriptedEngine) -> None:
    answer = engine.ask("Pay?")
    assert set(STATUS_WORDS) == set(Status) - {Status.CONVERSATION}
    for status, words in STATUS_WORDS.items():
        assert words in to_markdown(replace(answer, status=status))
    assert "status" not in to_markdown(replace(answer, status=Status.CONVERSATION))


def test_guides_that_disagree_stand_side_by_side_under_their_titles(engine: ScriptedEngine) -> None:
    html = COMMONMARK.render(to_markdown(engine.ask("Disagree?")))
    assert html.count("<blockquote>") == 2
    assert "<strong>Bakers · 2024 · US</strong>" in html
    assert "<strong>Cooks · 2019 · UK</strong>" in html


def test_what_is_told_before_a_disagreement_is_no_part_of_it(engine: ScriptedEngine) -> None:
    answer = engine.ask("Disagree?")
    pay = replace(answer.sentences[1], text="Bakers earn enough.")
    told = COMMONMARK.render(to_markdown(replace(answer, sentences=(pay, *answer.sentences))))
    assert (
        told.index("Bakers earn enough.") < told.index("The guides give different figures") < told.index("<blockquote>")
    )
    assert told.count("<blockquote>") == 2


def test_what_was_understood_is_shown_only_where_it_differs(engine: ScriptedEngine) -> None:
    answer = engine.ask("Pay?")
    assert "Understood as" not in to_markdown(answer, understood=True)
    told = to_markdown(replace(answer, standalone="Pay of <b>[bakers](#x)</b>?"), understood=True)
    assert "Understood as: Pay of &lt;b&gt;[bakers](#x)&lt;/b&gt;?" in COMMONMARK.render(told)


def test_what_leads_a_guide_in_gives_way_to_its_title(engine: ScriptedEngine) -> None:
    opening, one, other = engine.ask("Disagree?").sentences
    leads = (Sentence("“Bakers” says:"), Sentence("“Cooks” says:"))
    answer = replace(engine.ask("Disagree?"), sentences=(opening, leads[0], one, leads[1], other))
    assert "says:" not in to_markdown(answer)
    assert "The guides give different figures" in COMMONMARK.render(to_markdown(answer))


def test_what_a_language_model_wrote_and_what_of_it_was_left_out_is_told(engine: ScriptedEngine) -> None:
    answer = replace(engine.ask("Pay?"), mode="model", model="acme:<b>large</b>", proof=Proof(3, 1, 2))
    told = COMMONMARK.render(to_markdown(answer))
    assert "Written by acme:&lt;b&gt;large&lt;/b&gt;" in told
    assert "2 sentences without such a quote left out" in told
    assert "Written by" not in to_markdown(engine.ask("Pay?"))


def test_an_answer_can_be_copied_asked_again_and_rated_once_it_is_whole(engine: ScriptedEngine) -> None:
    answer = engine.ask("Pay?")
    assert "#copy" not in to_markdown(answer)
    told = to_markdown(answer, number=3, last=True, rated=True)
    assert [target for target in ("#copy=3", "#again", "#rate=3:up", "#rate=3:down") if f'href="{target}"' in told] == [
        "#copy=3",
        "#again",
        "#rate=3:up",
        "#rate=3:down",
    ]
    assert "#again" not in to_markdown(answer, number=3)
    assert "actions" not in to_markdown(engine.ask("Hello"), number=3)


def test_a_number_without_its_citation_is_not_shown(engine: ScriptedEngine) -> None:
    answer = replace(engine.ask("Partly?"), sentences=(Sentence("Knead dough", (1, 9)),))
    assert "9" not in to_markdown(answer).split("Sources")[0]


@settings(deadline=None)
@given(
    st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=" \n"), max_size=60)
)
def test_any_words_are_seen_as_they_stand(words: str) -> None:
    flat = " ".join(words.split())
    assert visible(as_text(words)) == flat


@settings(deadline=None)
@given(st.text(alphabet="<>&[]()!`*_#|~\\\"'=:/.-+1 \nabhijrst@$", max_size=80))
def test_no_words_make_a_link_an_image_or_an_element(words: str) -> None:
    answer_html = COMMONMARK.render(as_text(words))
    assert re.sub(r"</?p>", "", answer_html).count("<") == 0


@settings(deadline=None)
@given(st.sampled_from(list(Layout)), st.text(alphabet="<>|[]()!`*_# ab\n", max_size=30))
def test_no_words_of_a_sentence_make_markup(layout: Layout, words: str) -> None:
    from advisor.answer import Answer

    html = COMMONMARK.render(to_markdown(Answer("q", "q", Status.CONVERSATION, (Sentence(words, layout=layout),))))
    tags = set(re.findall(r"</?([a-z0-9]+)", html))
    assert tags <= {"p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td"}
