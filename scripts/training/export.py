"""Writes a trained reader as the ONNX file that ships, in 8-bit integers, and tells how far it is from the original.

python -m scripts.training.export reranker reranker.pt --pairs groups.jsonl
python -m scripts.training.export query-encoder query-encoder.pt --share 0.9 --pairs groups.jsonl
"""

from __future__ import annotations

import hashlib
import random
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from index.embedder import model_folder
from index.errors import AdvisorError
from index.reranker import LONGEST_PAIR, RERANKER
from index.trained import LONGEST_QUERY, QUERY_ENCODER, Input, TrainedLayers

from .commands import command
from .data import load_examples
from .groups import Group, read_groups
from .nets import WIDTH, QueryEncoder, Reader, Reranker, Tokens, load, padded
from .quantising import even_out, quantise

EXACT = 1e-3
"""How far a number of the unquantised export may be from torch's."""
OPSET = 17
BATCH = 12
TRIED = 300
"""Pairs that are read to compare, and as many others to see how far activations reach."""
EACH = 12
"""Of a group."""
SAMPLES: tuple[tuple[str, str], ...] = (
    ("how much does the work pay", "Baker > Pay: The median annual wage for bakers was $36,650 in May 2024."),
    ("Do I need a degree?", "Résumé – “quoted”; 5 % of 1,200."),
    ("who checks it", "word " * 400),
    ("", ""),
)

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Kind:
    """One of the two readers, and where it ships."""

    net: type[QueryEncoder] | type[Reranker]
    shipped: Path
    longest: int
    pairs: bool
    share: float
    """How far to go from the untrained weights to the trained ones."""

    def inputs(self, pairs: Sequence[tuple[str, str]]) -> list[Input]:
        """What it reads of questions and texts."""
        return list(pairs) if self.pairs else list(dict.fromkeys(question for question, _ in pairs))


KINDS = {
    "reranker": Kind(Reranker, RERANKER, LONGEST_PAIR, pairs=True, share=1.0),
    "query-encoder": Kind(QueryEncoder, QUERY_ENCODER, LONGEST_QUERY, pairs=False, share=0.9),
}


@command
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("checkpoint", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Instead of the file that ships.")
@click.option(
    "--share",
    "--alpha",
    type=click.FloatRange(0, 1),
    help="How far to go from the weights before to the trained ones; 0.9 for the query encoder, 1 for the reranker.",
)
@click.option(
    "--from",
    "base",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Weights from which a share is counted, instead of the untrained ones.",
)
@click.option(
    "--pairs",
    "groups",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Groups that mine.py wrote, to try it on; else questions and quotes of the training data.",
)
def main(
    *, kind: str, checkpoint: Path, out: Path | None, share: float | None, base: Path | None, groups: Path | None
) -> None:
    """Write CHECKPOINT as the ONNX file of a reader that ships."""
    chosen = KINDS[kind]
    net = chosen.net()
    if base is not None:
        load(net, base)
    load(net, checkpoint, chosen.share if share is None else share)
    pairs = pairs_of(read_groups(groups)) if groups else quoted()
    random.Random(1).shuffle(pairs)  # noqa: S311
    trial, calibration = chosen.inputs([*SAMPLES, *pairs[:TRIED]]), chosen.inputs(pairs[TRIED : 2 * TRIED])
    click.echo(f"sha256 {write(net.eval(), chosen, trial, calibration, out or chosen.shipped)}")


def pairs_of(groups: Iterable[Group]) -> list[tuple[str, str]]:
    """Questions and texts of held-out guides."""
    return [(g.asked, text) for g in groups if g.held_out for text in (g.right + g.others)[:EACH]]


def quoted() -> list[tuple[str, str]]:
    """Questions and quotes of held-out guides."""
    return [(e.asked, place.quote) for e in load_examples() if e.held_out for place in e.right + e.near]


def write(net: Reader, kind: Kind, trial: Sequence[Input], calibration: Sequence[Input], out: Path) -> str:
    """Export, compare, quantise and compare again; the sha256 of the file, which is only written when all is well."""
    expected = np.concatenate([run() for run in runs(net, kind, trial)])
    even_out(net, runs(net, kind, calibration))
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        exact, small = Path(folder) / "exact.onnx", Path(folder) / "small.onnx"
        export(net, exact)
        furthest = float(np.abs(outputs(exact, kind, trial) - expected).max())
        if furthest > EXACT:
            raise AdvisorError(f"The export differs from the trained net by {furthest:.1e}; nothing is written.")
        click.echo(f"32-bit export: at most {furthest:.1e} from the trained net on {len(trial)} inputs")
        quantise(exact, small)
        found = outputs(small, kind, trial)
        click.echo("8-bit export: " + difference(found, expected))
        alone = outputs(small, kind, trial, batch=1)
        click.echo(f"A text alone and among others: at most {np.abs(alone - found).max():.1e} apart")
        digest = sha256(small)
        small.replace(out)
    return digest


def runs(net: Reader, kind: Kind, inputs: Sequence[Input]) -> Iterator[Callable[[], Floats]]:
    """What puts the inputs through the net, batch by batch: [inputs, …]."""
    tokens = Tokens(kind.longest)

    def run(part: Sequence[Input]) -> Floats:
        import torch

        batch = padded(tokens.encode(part))
        with torch.no_grad():
            given: Floats = net(net.embed(batch), batch.mask).numpy()
        return given

    return (partial(run, inputs[start : start + BATCH]) for start in range(0, len(inputs), BATCH))


def export(net: Reader, path: Path) -> None:
    """As ONNX: `embedded` [batch, tokens, 384] and `mask` [batch, tokens] in, `out` [batch] or [batch, 384] out."""
    import torch

    embedded, mask = torch.randn(2, 7, WIDTH), torch.ones(2, 7)
    mask[1, 5:] = 0
    axes = {0: "batch", 1: "tokens"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            net,
            (embedded, mask),
            str(path),
            dynamo=False,
            opset_version=OPSET,
            input_names=["embedded", "mask"],
            output_names=["out"],
            dynamic_axes={"embedded": axes, "mask": axes, "out": {0: "batch"}},
        )


def outputs(path: Path, kind: Kind, inputs: Sequence[Input], batch: int = BATCH) -> Floats:
    """[inputs, …] What the file gives, run as it will be."""
    layers = TrainedLayers(model_folder(), path, sha256(path), kind.longest)
    return np.concatenate([layers.run(inputs[start : start + batch]) for start in range(0, len(inputs), batch)])


def difference(found: Floats, expected: Floats) -> str:
    """In words: for logits, how far and whether in the same order; for vectors, the angle."""
    if found.ndim == 2:
        lost = 1 - (found * expected).sum(axis=1)
        return f"1 - cosine to the trained net's vectors is {lost.mean():.5f}, at most {lost.max():.5f}"
    away = np.abs(found - expected)
    ranks = [np.argsort(np.argsort(values)) for values in (found, expected)]
    correlation = float(np.corrcoef(ranks[0], ranks[1])[0, 1])
    flipped = float(((found > 0) != (expected > 0)).mean())
    return (
        f"logits {away.mean():.3f} from the trained net's, at most {away.max():.3f}; rank correlation {correlation:.4f},"
        f" other sign {flipped:.1%}"
    )


def sha256(path: Path) -> str:
    """As the runtime checks it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
