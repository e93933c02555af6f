"""The gate: question sets of three corpora, asked and measured with the command that curators use.

The bars stand a little below what is measured (see the README), so that a change which costs answers fails here.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from advisor.cli import advisor
from advisor.settings import shipped_corpus

CAREERS = Path(__file__).parent / "data" / "careers"
ALWAYS = "exact=1,numbers=1"
"""Of a quoting answer, whatever the guides: every quote exact, every number in a quote that is cited."""


@pytest.mark.parametrize(
    ("corpus", "questions", "bars"),
    [
        (shipped_corpus(), shipped_corpus() / "questions" / "reference.jsonl", "answered=0.62,refused=0.80"),
        (CAREERS / "arborist", CAREERS / "arborist-questions.jsonl", "answered=0.70,refused=0.90"),
        (CAREERS / "piano-tuner", CAREERS / "piano-tuner-questions.jsonl", "answered=0.60,refused=0.70"),
    ],
    ids=lambda value: value.stem if isinstance(value, Path) else "",
)
def test_answers_are_as_good_as_the_readme_says(
    corpus: Path, questions: Path, bars: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = tmp_path_factory.getbasetemp() / f"store-{corpus.name}"
    command = ["evaluate", "--corpus", str(corpus), "--store", str(store), "--questions", str(questions)]
    result = CliRunner().invoke(advisor, [*command, "--fail-under", f"{bars},{ALWAYS}"])
    assert result.exit_code == 0, result.output[-2000:]
