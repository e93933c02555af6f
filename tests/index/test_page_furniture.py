"""What frames a guide on a saved page is left out, and nothing of the guide with it: both are counted."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from index.guide import Guide, Span
from index.reading import guide_of, read_file

PAGES = Path(__file__).parents[1] / "data" / "pages"
NAMES = sorted(
    path.name for path in PAGES.iterdir() if path.suffix in {".html", ".md", ".txt"} and path.stem != "README"
)
_LINK = re.compile(r"!?\[((?:[^\[\]]|!\[[^\]]*\]\([^)]*\))*)\]\([^)\s]*\)")


@dataclass(frozen=True)
class Counted:
    """Lines of a page: those of the guide and of its frame, the latter that were kept, the former that were lost."""

    guide: int
    frame: int
    kept: tuple[str, ...]
    lost: tuple[str, ...]


def plain(line: str) -> str:
    """A line as words alone, each between spaces, without the marker of a list."""
    said = re.sub(r"!\[([^\]]*)\]\([^)]*\)", r"\1", _LINK.sub(r"\1", line))
    said = re.sub(r"^\s*(?:[-*•]|\d{1,2}[.)])\s", " ", said)
    return " " + " ".join(re.sub(r"[^\w$£€%]+", " ", said).split()) + " "


def lines_of(path: Path) -> list[str]:
    """The lines of a page as a reader sees them; of a web page, its pieces of text."""
    if path.suffix != ".html":
        return [line.strip() for line in path.read_text().split("\n") if plain(line).strip()]
    soup = BeautifulSoup(path.read_text(), "lxml")
    for tag in soup(["script", "style", "title"]):
        tag.decompose()
    return [said for one in soup.stripped_strings if plain(said := " ".join(one.split())).strip()]


def shown(guide: Guide) -> str:
    """All that may be quoted of a guide, its headings and its title, as `plain` has it."""
    passages = [passage.span for passage in guide.passages]
    beside = {passage.lead for passage in guide.passages if passage.lead}
    beside |= {Span(passage.header[0].start, passage.header[-1].end) for passage in guide.passages if passage.header}
    beside = {span for span in beside if not any(one.start <= span.start < one.end for one in passages)}
    headings = [section.heading for section in guide.sections if section.heading]
    spans = [*headings, *passages, *sorted(beside)]
    return " ¦ ".join(plain(said) for said in (guide.title, *(span.of(guide.text) for span in spans)))


def counted(name: str) -> Counted:
    path = PAGES / name
    frame = [line for line in (PAGES / f"{name}.furniture").read_text().split("\n") if plain(line).strip()]
    guide = set(Counter(lines_of(path)) - Counter(frame))
    text, lost, kept = shown(read_file(path, PAGES)), [], []
    for line in sorted(guide, key=len, reverse=True):
        if plain(line) not in text:
            lost.append(line)
        text = text.replace(plain(line), " ¦ ", 1)
    for line in sorted(frame, key=len, reverse=True):
        if plain(line) in text:
            kept.append(line)
            text = text.replace(plain(line), " ¦ ", 1)
    return Counted(len(guide), len(frame), tuple(kept), tuple(lost))


def test_of_all_pages_hardly_a_line_of_the_guide_is_lost_and_few_of_the_frame_are_kept() -> None:
    pages = [counted(name) for name in NAMES]
    lost = [line for page in pages for line in page.lost]
    kept = [line for page in pages for line in page.kept]
    assert len(lost) <= 0.01 * sum(page.guide for page in pages), lost
    assert len(kept) <= 0.03 * sum(page.frame for page in pages), kept


@pytest.mark.parametrize("name", NAMES)
def test_the_title_is_the_guides_own(name: str) -> None:
    guide = read_file(PAGES / name, PAGES)
    subject = re.sub(r"\W", " ", name.rsplit(".", 1)[0])
    assert subject.split()[-1] in guide.title.lower()


GUIDE = """Tailors fit clothes to the people who wear them, and most of them learn it from another tailor.

## Training

It takes three years. Share a bench with somebody who knows the trade.

[The Guild of Tailors](https://guild.example) keeps a list of masters.

## Links

- [The Guild of Tailors](https://guild.example)
- [The Cutters' Union](https://union.example)
"""


def test_a_guide_of_ones_own_keeps_every_line() -> None:
    guide = guide_of(f"# Tailor\n\n{GUIDE}", "tailor.md")
    assert guide.left_out == ()
    assert "".join(GUIDE.split()).endswith("".join(guide.passages[-1].span.of(guide.text).split()))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("[How to become a cutter](cutter.md)", "another page of the site"),
        ("**Read more:** [How to become a cutter](cutter.md)", "another page to read"),
        ("Advertisement", "part of the page"),
        ("![A thimble](thimble.jpg)", "a picture"),
    ],
)
def test_a_line_that_leads_away_is_left_out_wherever_it_stands(said: str, reason: str) -> None:
    whole = guide_of(f"# Tailor\n\n{GUIDE}", "tailor.md")
    guide = guide_of(f"# Tailor\n\n{GUIDE.replace('## Links', said + chr(10) * 2 + '## Links')}", "tailor.md")
    (place,) = guide.left_out
    assert guide.text[place.start : place.end] == said
    assert reason in place.reason
    assert [one.kind for one in guide.passages] == [one.kind for one in whole.passages]


@pytest.mark.parametrize(
    "said",
    [
        "[Tailors earn £31,000 a year](pay.md)",
        "[A tailor must pass the test of the guild](test.md)",
        "These are the pages that tell more of it:\n\n[The register of tailors](register.md)",
        "## Where do I register?\n\n[The register of tailors](register.md)",
        "- [Cutters earn £29,000 a year](cutters.md)\n- [Menders earn £23,000 a year](menders.md)",
    ],
    ids=["an amount", "a statement", "led to", "an answer", "a list of amounts"],
)
def test_a_link_that_tells_something_itself_is_the_guides(said: str) -> None:
    guide = guide_of(f"# Tailor\n\n{GUIDE.replace('## Links', said + chr(10) * 2 + '## Links')}", "tailor.md")
    assert guide.left_out == ()
    last = said.rsplit("\n", maxsplit=1)[-1].removeprefix("- ")
    assert any(last in passage.span.of(guide.text) for passage in guide.passages)


@pytest.mark.parametrize(
    "said",
    [
        "[Tailor Salary: £31,000 a Year](pay.md)",
        "[10 trades that pay $100,000 and more](trades.md)",
        "[Why you should be a tailor](why.md)",
        "## Ready to start?\n\n[Find a course near you](courses.md)",
        "Read this next:\n\n[The life of a tailor](life.md)",
    ],
)
def test_a_link_that_only_names_another_page_is_left_out(said: str) -> None:
    guide = guide_of(f"# Tailor\n\n{GUIDE.replace('## Links', said + chr(10) * 2 + '## Links')}", "tailor.md")
    link = said.rsplit("\n", maxsplit=1)[-1]
    assert link in [guide.text[place.start : place.end] for place in guide.left_out]


def test_words_stand_apart_where_a_link_begins_or_ends(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<h1>Tailor</h1><p>Most work for the<a href='/g'>National Guild</a>and many <a href='/b'>baker</a>s do, "
        "<b>as</b> others <a href='/x'>say</a>.</p><h2>Pay<br>and hours</h2><table><tr><td>a</td><td>1<b>2</b>%</td></tr></table>"
    )
    text = read_file(page, tmp_path).text
    assert "Most work for the National Guild and many bakers do, as others say." in text
    assert "## Pay and hours" in text
    assert "12%" in text
