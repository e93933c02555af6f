"""Every guide says where it comes from, and every sum of money and share, and in the reference guides every section, has its source."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pycountry
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
WORD = re.compile(r"[^\W_]")
"""Any word or number at all."""
ADDRESS = re.compile(r"https?://\S+\.\S+")
UNADDRESSED = "address are not known"
"""What a source says of itself that nobody could give an address."""
DATED = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")
LICENCES = {"CC-BY-4.0"}
"""The terms that corpus/README.md publishes the guides under."""
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


def places_named(text: str) -> list[str]:
    """The addresses in `text`, without the marks that follow them in a sentence."""
    found = (re.sub(r"[.,;:]+$", "", place) for place in re.findall(r"https?://[^\s\",;]+", text))
    return [place[:-1] if place.endswith(")") and "(" not in place else place for place in found]


def sources_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("Source:")]


def is_placed(source: str) -> bool:
    return bool(ADDRESS.search(source)) or UNADDRESSED in source


def names_a_source(text: str) -> bool:
    return any(is_placed(line) for line in sources_of(text))


def is_country(words: str) -> bool:
    try:
        pycountry.countries.lookup(words)
    except LookupError:
        return False
    return True


def faults(values: dict[str, Any]) -> list[str]:
    """The keys of a guide's front matter that are missing or hold what they cannot mean."""
    sources = values.get("based_on")
    sources = sources if isinstance(sources, list) else []
    wrong = [key for key in ("title", "publisher") if not re.search(r"\w{2}", str(values.get(key) or ""))]
    nowhere = bool(sources) and all(UNADDRESSED in source for source in sources)
    url = values.get("url")
    if not (url is None and nowhere) and not ADDRESS.fullmatch(str(url)):
        wrong.append("url")
    if not DATED.fullmatch(str(values.get("dated"))):
        wrong.append("dated")
    if not all(map(is_country, re.split(r", | and ", str(values.get("country"))))):
        wrong.append("country")
    if values.get("licence") not in LICENCES:
        wrong.append("licence")
    if not sources or not all(map(is_placed, sources)):
        wrong.append("based_on")
    return wrong


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
    assert faults(front_matter(path)) == []


@pytest.mark.parametrize("path", GUIDES, ids=name)
def test_every_line_of_sources_holds_an_address(path: Path) -> None:
    lines = sources_of(path.read_text(encoding="utf-8"))
    assert [line for line in lines if not is_placed(line)] == []


@pytest.mark.parametrize("path", GUIDES, ids=name)
def test_every_address_that_a_section_uses_stands_among_the_sources(path: Path) -> None:
    _, opening, text = path.read_text(encoding="utf-8").split("---\n", 2)
    assert sorted(set(places_named(text)) - set(places_named(opening))) == []


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
def test_every_section_of_a_reference_guide_that_says_anything_names_its_source(path: Path) -> None:
    assert unsourced(path.read_text(encoding="utf-8"), WORD) == []


@pytest.mark.parametrize("path", REFERENCE, ids=name)
def test_a_reference_guide_cites_no_host_for_trials(path: Path) -> None:
    assert re.findall(r"https?://[\w.-]*(?:-qa|-test|staging)[\w.-]*", path.read_text(encoding="utf-8")) == []


def test_a_sum_without_a_source_is_noticed() -> None:
    text = "---\nx: y\n---\n# A\n\n## B\n\nPay is $5.\n\n## C\n\nIt rose 4 percent.\n\nSource: Somebody, https://somebody.example/pay, 2024\n"
    assert unsourced(text) == ["A > B"]


def test_a_source_holds_for_its_own_section_alone() -> None:
    text = "---\nx: y\n---\n# A\n\n## B\n\nSource: Somebody, https://somebody.example/pay, 2024\n\n### C\n\nPay is £5.\n\n## D\n\nPay is €6.\n"
    assert unsourced(text) == ["A > B > C", "A > D"]


def test_words_without_an_address_are_no_source() -> None:
    text = "---\nx: y\n---\n# A\n\n## B\n\nPay is $5.\n\nSource: some people say so\n"
    assert unsourced(text) == ["A > B"]


SOUND = {
    "title": "Coding",
    "publisher": "Somebody",
    "url": "https://somebody.example/pay",
    "dated": "2026-05",
    "country": "Ireland, Australia and Canada",
    "licence": "CC-BY-4.0",
    "based_on": ["Somebody, https://somebody.example/pay, 2026"],
}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("publisher", ""),
        ("url", None),
        ("url", "on the web"),
        ("dated", "banana"),
        ("dated", "2026-13"),
        ("country", "Atlantis"),
        ("country", "Ireland and Atlantis"),
        ("licence", "nope"),
        ("based_on", []),
        ("based_on", ["some people say so"]),
    ],
)
def test_front_matter_that_cannot_be_true_is_noticed(key: str, value: object) -> None:
    assert faults(SOUND) == []
    assert faults({**SOUND, key: value}) == [key]


def test_only_a_guide_without_a_known_address_may_go_without_one() -> None:
    lost = {**SOUND, "based_on": ["A web guide whose publisher and address are not known"]}
    assert faults({key: value for key, value in lost.items() if key != "url"}) == []


def test_words_without_a_source_are_noticed_and_a_bare_heading_is_none() -> None:
    text = "---\nx: y\n---\n# A\n\n## B\n\n### C\n\nThe exam has 40 questions.\n\n### D\n\nCoders read records.\n"
    assert unsourced(text, WORD) == ["A > B > C", "A > B > D"]


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
