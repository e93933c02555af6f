"""Writes a trained reader as the ONNX file that ships, in 8-bit integers, and tells how far it is from the original.

python -m scripts.training.export reranker reranker.pt --pairs groups.jsonl
python -m scripts.training.export query-encoder query-encoder.pt --share 0.9 --pairs groups.jsonl
"""

from __future__ import annotations

import hashlib
import json
import logging
import random
import tempfile
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from index.embedder import model_folder
from index.reranker import LONGEST_PAIR, RERANKER
from index.trained import LONGEST_QUERY, QUERY_ENCODER, Input, TrainedLayers

from .nets import QueryEncoder, Reader, Reranker, Tokens, load, padded

EXACT = 1e-3
"""How far a number of the unquantised export may be from torch's."""
OPSET = 17
BATCH = 12
_SAMPLES: tuple[tuple[str, str], ...] = (
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

    def inputs(self, pairs: Sequence[tuple[str, str]]) -> list[Input]:
        """What it reads of questions and texts."""
        return list(pairs) if self.pairs else list(dict.fromkeys(question for question, _ in pairs))


KINDS = {
    "reranker": Kind(Reranker, RERANKER, LONGEST_PAIR, pairs=True),
    "query-encoder": Kind(QueryEncoder, QUERY_ENCODER, LONGEST_QUERY, pairs=False),
}


@click.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.argument("checkpoint", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Instead of the file that ships.")
@click.option(
    "--share",
    "--alpha",
    type=click.FloatRange(0, 1),
    help="How far to go from the untrained weights to the trained ones; 0.9 for the query encoder, 1 for the reranker.",
)
@click.option(
    "--pairs",
    "groups",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Groups that mine.py wrote, to compare on.",
)
def main(kind: str, checkpoint: Path, out: Path | None, share: float | None, groups: Path | None) -> None:
    """Write CHECKPOINT as the ONNX file of a reader that ships."""
    chosen = KINDS[kind]
    net = chosen.net()
    default = 1.0 if chosen.pairs else 0.9
    load(net, checkpoint, default if share is None else share)
    net.eval()
    inputs = chosen.inputs([*_SAMPLES, *(sampled(groups) if groups else ())])
    digest = write(net, chosen, inputs, out or chosen.shipped)
    click.echo(f"sha256 {digest}")


def write(net: Reader, kind: Kind, inputs: Sequence[Input], out: Path) -> str:
    """Export, compare, quantise and compare again; the sha256 of the file, which is only written when all is well."""
    expected = torch_outputs(net, kind, inputs)
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        exact, small = Path(folder) / "exact.onnx", Path(folder) / "small.onnx"
        export(net, exact)
        furthest = float(np.abs(outputs(exact, kind, inputs) - expected).max())
        if furthest > EXACT:
            raise click.ClickException(
                f"The export differs from the trained net by {furthest:.1e}; nothing is written."
            )
        click.echo(f"32-bit export: at most {furthest:.1e} from the trained net on {len(inputs)} inputs")
        quantise(exact, small)
        click.echo("8-bit export: " + difference(outputs(small, kind, inputs), expected))
        digest = sha256(small)
        small.replace(out)
    return digest


def export(net: Reader, path: Path) -> None:
    """As ONNX: `embedded` [batch, tokens, 384] and `mask` [batch, tokens] in, `out` [batch] or [batch, 384] out."""
    import torch

    embedded, mask = torch.randn(2, 7, 384), torch.ones(2, 7)
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


def quantise(exact: Path, small: Path) -> None:
    """Weights in 8-bit integers, a scale for each column; activations as they come."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().setLevel(logging.ERROR)
    quantize_dynamic(exact, small, weight_type=QuantType.QInt8, per_channel=True)


def sampled(groups: Path, count: int = 300, each: int = 12) -> list[tuple[str, str]]:
    """So many pairs of a question and a text, held-out questions first, by a fixed seed."""
    rows = [json.loads(line) for line in groups.open(encoding="utf-8")]
    held_out = [row for row in rows if row["split"] == "test"] or rows
    chosen = random.Random(1).sample(held_out, min(len(held_out), count // each))  # noqa: S311
    return [(row["q"], text) for row in chosen for text in (row["pos"] + row["neg"])[:each]]


def torch_outputs(net: Reader, kind: Kind, inputs: Sequence[Input]) -> Floats:
    """[inputs, …] What the trained net gives."""
    import torch

    tokens = Tokens(kind.longest)
    parts = []
    with torch.no_grad():
        for start in range(0, len(inputs), BATCH):
            batch = padded(tokens.encode(inputs[start : start + BATCH]))
            parts.append(net(net.embed(batch), batch.mask).numpy())
    return np.concatenate(parts)


def outputs(path: Path, kind: Kind, inputs: Sequence[Input]) -> Floats:
    """[inputs, …] What the file gives, run as it will be."""
    layers = TrainedLayers(model_folder(), path, sha256(path), kind.longest)
    return np.concatenate([layers.run(inputs[start : start + BATCH]) for start in range(0, len(inputs), BATCH)])


def difference(found: Floats, expected: Floats) -> str:
    """In words: for logits, how far and whether in the same order; for vectors, the angle."""
    if found.ndim == 2:
        lost = 1 - (found * expected).sum(axis=1)
        return f"1 - cosine to the trained net's vectors is {lost.mean():.5f}, at most {lost.max():.5f}"
    away = np.abs(found - expected)
    ranks = [np.argsort(np.argsort(values)) for values in (found, expected)]
    correlation = float(np.corrcoef(*ranks)[0, 1])
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
