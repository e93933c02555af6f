"""Fits what a message is beside a career question (`advisor/tone.py`), on messages of each kind and the questions of the training.

    python -m scripts.training.fit_tone

A quarter of a minute. It tells how many of the messages kept out of the fit are found, and fits the file that ships on all. Run it again when
the query encoder is another.
"""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import numpy as np

from advisor.tone import CAREER, KINDS, PROBE, Probe, sentences_of
from index.embedder import model_folder
from index.search import Floats
from index.trained import TrainedLayers, open_query_encoder

from .commands import command
from .data import FOLDER

MESSAGES = FOLDER / "tone.jsonl"
"""Lines of `text` and `kind`."""
ASKED = 12_000
"""Sentences of the training's questions and conversations that are taken as ones of careers."""
KEPT_OUT = 5
"""One message of so many is kept out of the first fit."""
BATCH = 256


@command
@click.option("--seed", type=int, default=0, show_default=True)
@click.option(
    "--strength",
    type=float,
    default=20.0,
    show_default=True,
    help="How little weights are held back: C of the regression.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=PROBE, show_default="advisor/tone.json")
def main(seed: int, strength: float, out: Path) -> None:
    """Fit and keep the probe."""
    encoder = open_query_encoder(model_folder())
    messages = [(told["text"], told["kind"]) for told in map(json.loads, MESSAGES.read_text("utf-8").splitlines())]
    messages += [(sentence, CAREER) for sentence in _asked(seed)]
    random.Random(seed).shuffle(messages)  # noqa: S311
    texts, kinds = [text for text, _ in messages], [kind for _, kind in messages]
    vectors = np.concatenate([encoder.run(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)])
    kept = np.arange(len(kinds)) % KEPT_OUT == 0
    trial = _fit(
        vectors[~kept], [kind for kind, out_of in zip(kinds, kept, strict=True) if not out_of], strength, encoder
    )
    _tell(trial, vectors[kept], [kind for kind, out_of in zip(kinds, kept, strict=True) if out_of])
    _write(_fit(vectors, kinds, strength, encoder), out)
    click.echo(f"Fitted on {len(kinds):,} sentences. Kept in {out}.")


def _asked(seed: int) -> list[str]:
    """Sentences of the training's questions and conversations."""
    found = sorted({sentence for text in _messages() for sentence in sentences_of(text)})
    return random.Random(seed).sample(found, min(ASKED, len(found)))  # noqa: S311


def _messages() -> Iterator[str]:
    for line in (FOLDER / "questions.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)["question"]
    for line in (FOLDER / "conversations.jsonl").read_text("utf-8").splitlines():
        yield from json.loads(line)["turns"]


def _fit(vectors: Floats, kinds: Sequence[str], strength: float, encoder: TrainedLayers) -> Probe:
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=strength, max_iter=2000).fit(vectors, kinds)
    return Probe(tuple(map(str, fitted.classes_)), fitted.coef_, fitted.intercept_, encoder.name)


def _tell(probe: Probe, vectors: Floats, kinds: Sequence[str]) -> None:
    """Tell, by kind, for how many sentences it is found, and for how many anything but `CAREER` is."""
    shares = probe.probabilities(vectors)
    careers = probe.kinds.index(CAREER)
    found: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for row, kind in zip(shares, kinds, strict=True):
        other = max(KINDS, key=lambda name: row[probe.kinds.index(name)])
        sure = 1.0 - row[careers] >= KINDS[other].least
        found[kind].append(((other if sure else CAREER) == kind, bool(sure)))
    for kind, each in sorted(found.items()):
        click.echo(
            f"  {kind}: {sum(right for right, _ in each)} found, {sum(sure for _, sure in each)} as other than careers, of {len(each)}"
        )


def _write(probe: Probe, out: Path) -> None:
    told = {
        "encoder": probe.encoder,
        "kinds": probe.kinds,
        "bias": [round(float(value), 4) for value in probe.bias],
        "weights": [[round(float(value), 4) for value in row] for row in probe.weights],
    }
    out.write_text(json.dumps(told) + "\n", "utf-8")


if __name__ == "__main__":
    main()
