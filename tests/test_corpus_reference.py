"""Every guide says where it comes from, and every sum of money, share and count has its source beside it."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

CORPUS = Path(__file__).parents[1] / "corpus"
GUIDES = sorted(
    path
    for path in CORPUS.rglob("*.md")
    if path.name != "README.md" and "questions" not in path.relative_to(CORPUS).parts
)
REFERENCE = [path for path in GUIDES if path.parent.name == "reference"]
QUESTIONS = CORPUS / "questions" / "reference.jsonl"


class Question(NamedTuple):
    """A line of the question set; `expect` as its format tells."""

    id: str
    turns: list[str]
    expect: dict[str, Any]
    tags: list[str]

    @property
    def facts(self) -> list[list[str]]:
        return list(self.expect["facts"])

    @property
    def cites(self) -> list[dict[str, str]]:
        return list(self.expect["cites"])

    @property
    def status(self) -> list[str]:
        return list(self.expect["status"])


FIGURE = re.compile(r"[$£€]\s?\d|\d\s?(?:%|percent\b|per cent\b|cents\b|pence\b)")
COUNT = re.compile(r"(?<![\w.,-])\d[\d,.]*(?![\w-])")
"""A number that is no part of a name, as it is in ICD-10 or 29-2072."""
ADDRESS = re.compile(r"https?://\S+\.\S+")
HEADING = re.compile(r"(#{1,6})\s+(.+)")


def name(path: Path) -> str:
    return path.relative_to(CORPUS).as_posix()


def front_matter(path: Path) -> dict[str, object]:
    parts = path.read_text(encoding="utf-8").split("---\n", 2)
    assert len(parts) == 3, f"{name(path)} has no front matter between two lines of three dashes"
    assert parts[0] == ""
    values = yaml.safe_load(parts[1])
    assert isinstance(values, dict)
    return values


def sections(text: str) -> list[tuple[tuple[str, ...], str]]:
    """The headings above each stretch of text, and the text between one heading and the next."""
    found: list[tuple[tuple[str, ...], str]] = []
    path: list[tuple[int, str]] = []
    lines: list[str] = []
    for line in [*text.splitlines(), "# end"]:
        heading = HEADING.match(line)
        if not heading:
            lines.append(line)
            continue
        found.append((tuple(words for _, words in path), "\n".join(lines)))
        path = [above for above in path if above[0] < len(heading[1])] + [(len(heading[1]), heading[2])]
        lines = []
    return found


def names_a_source(text: str) -> bool:
    return any(re.match(r"Source: .*\w{4}", line) for line in text.splitlines())


def stated(text: str) -> str:
    """`text` without its lines of sources and the numbers of its steps."""
    return "\n".join(re.sub(r"^\d+\.\s", "", line) for line in text.splitlines() if not line.startswith("Source:"))


def unsourced(text: str, figure: re.Pattern[str] = FIGURE) -> list[str]:
    """The sections that state such a figure and name no source themselves."""
    return [
        " > ".join(path)
        for path, words in sections(text.split("---\n", 2)[-1])
        if figure.search(stated(words)) and not names_a_source(words)
    ]


@pytest.mark.parametrize("path", GUIDES, ids=name)
def test_a_guide_says_who_published_it_when_where_and_on_what(path: Path) -> None:
    values = front_matter(path)
    missing = [key for key in ("title", "publisher", "dated", "country", "licence") if not values.get(key)]
    assert not missing
    sources = values["based_on"]
    assert isinstance(sources, list)
    assert sources
    unknown = [source for source in sources if not ADDRESS.search(source) and "address are not known" not in source]
    assert unknown == []


@pytest.mark.parametrize("path", REFERENCE, ids=name)
def test_a_reference_guide_lists_each_source_with_an_address_and_a_date(path: Path) -> None:
    sources = front_matter(path)["based_on"]
    assert isinstance(sources, list)
    assert sources
    for source in sources:
        assert ADDRESS.search(source), source
        assert re.search(r"\b(?:19|20)\d\d\b", source.split("://", 1)[-1]), source


@pytest.mark.parametrize("path", GUIDES, ids=name)
def test_every_sum_and_share_stands_in_a_section_that_names_its_source(path: Path) -> None:
    assert unsourced(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", REFERENCE, ids=name)
def test_every_count_in_a_reference_guide_stands_in_a_section_that_names_its_source(path: Path) -> None:
    assert unsourced(path.read_text(encoding="utf-8"), COUNT) == []


@pytest.mark.parametrize("path", REFERENCE, ids=name)
def test_a_reference_guide_cites_no_host_for_trials(path: Path) -> None:
    assert re.findall(r"https?://[\w.-]*(?:-qa|-test|staging)[\w.-]*", path.read_text(encoding="utf-8")) == []


def test_a_sum_without_a_source_is_noticed() -> None:
    text = "---\nx: y\n---\n# A\n\n## B\n\nPay is $5.\n\n## C\n\nIt rose 4 percent.\n\nSource: Somebody, 2024\n"
    assert unsourced(text) == ["A > B"]


def test_a_source_holds_for_its_own_section_alone() -> None:
    text = "---\nx: y\n---\n# A\n\n## B\n\nSource: Somebody, 2024\n\n### C\n\nPay is £5.\n\n## D\n\nPay is €6.\n"
    assert unsourced(text) == ["A > B > C", "A > D"]


def test_a_count_is_noticed_and_a_name_or_a_step_is_none() -> None:
    text = "---\nx: y\n---\n# A\n\n## B\n\nThe exam has 40 questions.\n\n## C\n\n1. Learn ICD-10-CM (29-2072).\n"
    assert unsourced(text, COUNT) == ["A > B"]


def test_no_two_guides_have_the_same_title() -> None:
    titles = Counter(str(front_matter(path)["title"]).casefold() for path in GUIDES)
    assert [title for title, count in titles.items() if count > 1] == []


def questions() -> list[Question]:
    return [Question(**json.loads(line)) for line in QUESTIONS.read_text(encoding="utf-8").splitlines() if line]


def text_under(path: str, heading: str) -> str:
    """What stands under a heading of a guide, the sections inside it and the headings themselves included."""
    parts = sections((CORPUS / path).read_text(encoding="utf-8"))
    return "\n".join("\n".join((*above, words)) for above, words in parts if heading in above)


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_a_question_is_answered_at_the_places_that_it_expects(question: Question) -> None:
    places = [text_under(cite["path"], cite["section"]) for cite in question.cites]
    assert all(places), "a cited heading is missing"
    text = "\n".join(places).casefold()
    assert [fact for fact in question.facts if not any(words.casefold() in text for words in fact)] == []


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_a_question_expects_a_place_unless_the_guides_do_not_answer_it(question: Question) -> None:
    assert bool(question.cites) is bool(question.facts) is ("not_in_guides" not in question.status)


def test_question_ids_are_unique() -> None:
    assert max(Counter(question.id for question in questions()).values()) == 1
