"""The two guides written from the founding web guides lose none of their figures and names, and repeat none of their sentences."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"
SEEDS = ROOT.parent / "shared" / "seeds"
GUIDE_OF = {
    "how-to-become-a-clinical-coding-specialist.txt": "clinical-coding-specialist.md",
    "clinical-coder-career-guide.txt": "clinical-coder-roadmap.md",
}
RUN = 8
"""So many words in a row are a sentence taken over."""

MONEY = r"\$\d[\d,]*\d\+?"
FIGURE = re.compile(
    rf"{MONEY}(?:-{MONEY})?"
    r"|\d+%"
    r"|\b\d{1,3}(?:,\d{3})+\b"
    r"|\b(?:\w+ to )?(?:\d+-)?(?:\d+\+?|one|two|three|four|five|six|seven|eight|nine|ten) (?:years?|months?|weeks?|days?|hours?)\b"
    r"|\b(?:19|20)\d\d\b"
)
ABBREVIATION = re.compile(r"\b\d?[A-Z][A-Z0-9]*[A-Z0-9](?:-[A-Z0-9]+)*s?\b")
NAME = re.compile(r"(?<=[a-z,(] )\d?[A-Z]\w*(?:-\w+)*(?: (?:of )?[A-Z]\w*(?:-\w+)*)*|(?<=\()[A-Z]\w+(?: [A-Z]\w+)+")
HEADLINE_SHARE = 0.6
"""A line with a larger share of words that open with a capital, and no full stop, is a headline."""
BOILERPLATE = {"exact"}
"""What a web page shouts or frames itself with, and no fact about the career."""

needs_seeds = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the founding web guides (../shared/seeds) are not on this machine"
)
pairs = pytest.mark.parametrize(("seed", "guide"), GUIDE_OF.items(), ids=GUIDE_OF.values())


def plain(text: str) -> str:
    """`text` with one kind of dash and quote, no space around a dash between figures, and single spaces."""
    text = text.translate(str.maketrans("–—’\u00a0", "--' "))
    text = re.sub(r"(?<=[\d+]) (?:-|to|and) (?=\$?\d)|(?<=[\d+]) ?- ?(?=\$?\d)", "-", text)
    return re.sub(r"[ \t]+", " ", text)


def seed_text(name: str) -> str:
    return plain((SEEDS / name).read_text(encoding="utf-8"))


def guide_text(name: str) -> str:
    return plain((CORPUS / name).read_text(encoding="utf-8").split("---\n", 2)[2])


def figures(text: str) -> set[str]:
    return {found[0].casefold() for found in FIGURE.finditer(text)}


def is_headline(line: str) -> bool:
    words: list[str] = re.findall(r"[A-Za-z]\w*", line)
    return not line.endswith((".", ":")) and sum(word[0].isupper() for word in words) > HEADLINE_SHARE * len(words)


def names(text: str) -> set[str]:
    """Abbreviations, and words in capitals that do not open a sentence or a table's cell, in lower case."""
    lines = [line for line in re.split(r"[\n|]", text) if not is_headline(line)]
    found = [match[0] for line in lines for pattern in (ABBREVIATION, NAME) for match in pattern.finditer(line)]
    return {name.casefold() for name in found} - BOILERPLATE


def holds(text: str, name: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE) is not None


def table_rows(text: str) -> list[list[str]]:
    lines = [line.strip().strip("|") for line in text.splitlines() if "|" in line]
    return [[cell.strip() for cell in line.split("|")] for line in lines if not re.fullmatch(r"[\s|:-]+", line)]


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\d[\d,.]*\d|[a-z0-9]+(?:'[a-z]+)?", plain(text).lower())
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


@needs_seeds
@pairs
def test_every_figure_of_a_founding_guide_stands_in_ours(seed: str, guide: str) -> None:
    assert sorted(figures(seed_text(seed)) - figures(guide_text(guide))) == []


@needs_seeds
@pairs
def test_our_guide_adds_no_figure_of_its_own(seed: str, guide: str) -> None:
    assert sorted(figures(guide_text(guide)) - figures(seed_text(seed))) == []


@needs_seeds
@pairs
def test_every_name_and_abbreviation_of_a_founding_guide_stands_in_ours(seed: str, guide: str) -> None:
    ours = guide_text(guide)
    assert sorted(name for name in names(seed_text(seed)) if not holds(ours, name)) == []


@needs_seeds
@pairs
def test_our_guide_has_as_many_steps(seed: str, guide: str) -> None:
    theirs = re.findall(r"^Step (\d+): ", seed_text(seed), re.MULTILINE)
    assert theirs == re.findall(r"^### Step (\d+): ", guide_text(guide), re.MULTILINE)


@needs_seeds
def test_every_row_of_figures_keeps_its_figures_together_and_no_row_is_lost() -> None:
    theirs = table_rows(seed_text("clinical-coder-career-guide.txt"))
    ours = table_rows(guide_text("clinical-coder-roadmap.md"))
    assert len(ours) == len(theirs)
    for mine, row in zip(ours, theirs, strict=True):
        assert len(mine) == len(row)
        assert [figures(cell) for cell in mine] == [figures(cell) for cell in row]


@needs_seeds
def test_every_level_keeps_its_own_pay() -> None:
    seed = re.findall(
        rf"^(.+)\n\s*• Median Salary: ({MONEY}-{MONEY})",
        re.sub(r"\n\s*\n", "\n", seed_text(next(iter(GUIDE_OF)))),
        re.MULTILINE,
    )
    ours = re.findall(
        rf"^### (.+)\n\n.+\n\n- Median salary: ({MONEY}-{MONEY}) per year$",
        guide_text("clinical-coding-specialist.md"),
        re.MULTILINE,
    )
    assert len(seed) == 5
    assert ours == seed
    rows = {row[0]: row[1] for row in table_rows(guide_text("clinical-coding-specialist.md"))}
    assert seed == [(level, rows[level]) for level, _ in seed]


@needs_seeds
def test_every_pay_level_keeps_its_own_figures_in_its_section_and_in_its_row() -> None:
    seed, guide = (seed_text(next(iter(GUIDE_OF))), guide_text("clinical-coding-specialist.md"))
    rows = {row[0]: " | ".join(row[1:]) for row in table_rows(guide)}
    theirs = re.findall(r"^(.+)\n\s*(• Median Salary: .+\n.+)", re.sub(r"\n\s*\n", "\n", seed), re.MULTILINE)
    ours = dict(re.findall(r"^### (.+)\n([^#]+)", guide, re.MULTILINE))
    assert any("5+ years" in figures(text) for _, text in theirs)
    for level, text in theirs:
        assert figures(ours[level]) == figures(rows[level]) == figures(text), level


@needs_seeds
def test_no_sentence_of_a_founding_guide_is_taken_over_into_the_corpus() -> None:
    theirs = set().union(*(runs((SEEDS / seed).read_text(encoding="utf-8")) for seed in GUIDE_OF))
    taken = [
        f"{path.relative_to(CORPUS)}: {' '.join(run)}"
        for path in sorted(CORPUS.rglob("*.md"))
        for run in runs(path.read_text(encoding="utf-8")) & theirs
    ]
    assert taken == []


def test_a_range_reads_alike_however_its_dash_is_written() -> None:
    assert figures(plain("from $40,000 – $55,000 and 0–2 years")) == figures(
        plain("from $40,000 to $55,000 and 0-2 years")
    )
    assert figures(plain("5+ years, one to two years, 16%, 75,000 in 2024")) == {
        "5+ years",
        "one to two years",
        "16%",
        "75,000",
        "2024",
    }


def test_names_are_found_inside_a_sentence_and_not_in_headlines() -> None:
    assert names(
        "Steps To Become A Medical Coder\nUse tools such as Flash Code, 3M Encoder or the Board of Health (BOH)."
    ) == {
        "flash code",
        "3m encoder",
        "board of health",
        "boh",
    }


def test_a_sentence_taken_over_is_noticed_through_marks_and_case() -> None:
    assert runs("One two three four five, six **seven** eight") & runs(
        "- one TWO, three\n- four, five: six seven eight, nine"
    )


def test_a_figure_keeps_the_marks_inside_it() -> None:
    assert runs("about $45,000 – $55,000 in the year of 2020.") == {
        ("about", "45,000", "55,000", "in", "the", "year", "of", "2020")
    }
