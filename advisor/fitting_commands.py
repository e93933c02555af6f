"""`advisor fit`: when to answer and when to refuse, fitted on questions about these guides."""

from __future__ import annotations

from pathlib import Path

import click

from .cli import with_settings
from .settings import Settings, settle

_FILE = click.Path(path_type=Path, dir_okay=False)
_CORPUS = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.option("--questions", "sets", type=_FILE, multiple=True, help="A question set; may be repeated.")
@click.option("--tag", "tags", multiple=True, help="Only questions with this tag; may be repeated.")
@click.option(
    "--also",
    type=(_CORPUS, _FILE),
    multiple=True,
    metavar="CORPUS QUESTIONS",
    help="Fit on these guides and questions as well; may be repeated.",
)
@click.option(
    "--refused",
    "refused",
    type=click.FloatRange(0, 0.5),
    default=0.04,
    show_default=True,
    help="Share of the answerable questions that may be refused.",
)
@click.option("--out", type=_FILE, help="Write the fit there instead of beside the index.")
@with_settings
def fit(
    *,
    sets: tuple[Path, ...],
    tags: tuple[str, ...],
    also: tuple[tuple[Path, Path], ...],
    refused: float,
    out: Path | None,
    settings: Settings,
) -> None:
    """Fit when to answer and when to say that the guides do not, on questions about your own guides.

    Those that lie beside the guides are used where none are named. The fit is kept with the index and used from then on;
    remove its file to go back to the shipped one.

    \b
    Examples: advisor fit --questions mine.jsonl
              advisor fit --tag dev --refused 0.02
    """
    from .evaluation.evaluating import shipped_sets
    from .evaluation.questions import load_questions, tagged
    from .fitting import examples, write_fit
    from .fitting import fit as fit_examples
    from .opening import fit_path, open_advisor

    wanted = [(settings, sets or shipped_sets(settings.corpus))]
    wanted += [(settle(corpus), (questions,)) for corpus, questions in also]
    opened = [(open_advisor(each), tagged(load_questions(*files), tags)) for each, files in wanted]
    found = fit_examples(
        [examples(advisor, questions) for advisor, questions in opened], refused, opened[0][0].reranker
    )
    path = out or fit_path(settings)
    write_fit(found.fitted, path)
    click.echo(
        f"Fitted on {found.questions} questions: {found.refused_rightly:.1%} of those that the guides do not answer are"
        f" refused, and {found.refused_wrongly:.1%} of those that they do (AUROC {found.auroc:.3f}). Kept in {path}."
    )
