"""Trains the query encoder: questions move towards the vectors of what answers them, which stay where they are.

    python -m scripts.training.train_query_encoder --pages occupations --out query-encoder.pt

A unit is scored as the first stage scores it (its own vector, its passage's, words, guide), and what each of these
counts is learned along; it is told at the end, for `advisor/evidence.py`.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import click
import numpy as np
import torch
from torch import Tensor, nn

from index.search import Index
from index.trained import LONGEST_QUERY

from .commands import command, pages_option, threads_option, work_option
from .data import load_examples
from .library import open_library
from .measures import recall
from .nets import QueryEncoder, Tokens, load, padded, save
from .pools import SIGNS, Pool, Pooler

WEIGHTS_RATE = 0.02
IN_BATCH = 0.3
"""What it counts to tell the own answer from those of the other questions in the batch."""
SHARPNESS = 12.0
"""Of that comparison: cosines are multiplied with it."""
WARM = 60
"""Steps in which the rate rises."""


class Scorer(nn.Module):
    """Scores a pool's units for an encoded question."""

    def __init__(self, index: Index) -> None:
        super().__init__()
        self._units = torch.tensor(np.asarray(index.unit_vectors))
        self._passages = torch.tensor(np.asarray(index.vectors))
        self._owners = torch.tensor(index.unit_passages)
        self.vectors = nn.Parameter(torch.tensor([13.0, 10.0]))
        """What the cosines with a unit and with its passage count."""
        self.signs = nn.Parameter(torch.tensor([4.5, 1.3, -2.1]))

    def forward(self, question: Tensor, pool: Pool) -> Tensor:
        """[units]."""
        units = torch.tensor(pool.units)
        own, passage = self._units[units] @ question, self._passages[self._owners[units]] @ question
        return self.vectors[0] * own + self.vectors[1] * passage + torch.tensor(pool.signs) @ self.signs

    def answer(self, pool: Pool) -> Tensor:
        """[384] The vector of the first right unit."""
        return self._units[int(pool.units[pool.right][0])]

    def __str__(self) -> str:
        counted = zip(("unit", "passage", *SIGNS), [*self.vectors.tolist(), *self.signs.tolist()], strict=True)
        return ", ".join(f"{name} {value:.1f}" for name, value in counted)


class Trainer:
    """Trains one net, and the weights of a scorer along."""

    def __init__(self, net: QueryEncoder, scorer: Scorer, rate: float, batch: int, seed: int) -> None:
        self._net, self._scorer = net, scorer
        self._rate, self._batch = rate, batch
        self._tokens = Tokens(LONGEST_QUERY)
        self._random = random.Random(seed)  # noqa: S311

    def train(self, pools: Sequence[Pool], epochs: int) -> Iterator[tuple[int, float]]:
        """Yields each round's number, from 1, and its mean loss."""
        batch = min(self._batch, len(pools))
        steps = epochs * (len(pools) // batch)
        groups = [
            {"params": list(self._net.encoder.parameters()), "lr": self._rate},
            {"params": list(self._scorer.parameters()), "lr": WEIGHTS_RATE},
        ]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        schedule = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min((step + 1) / WARM, max(0.01, 1 - step / steps))
        )
        for epoch in range(epochs):
            self._net.train()
            order = self._random.sample(list(pools), len(pools))
            losses = []
            for start in range(0, len(order) - batch + 1, batch):
                loss = self._loss(order[start : start + batch])
                loss.backward()  # type: ignore[no-untyped-call]
                nn.utils.clip_grad_norm_(self._net.encoder.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                optimizer.zero_grad()
                losses.append(loss.item())
            yield epoch + 1, float(np.mean(losses))

    def _loss(self, pools: Sequence[Pool]) -> Tensor:
        questions = self._encoded(pools)
        losses = [_loss(self._scorer(question, pool), pool) for question, pool in zip(questions, pools, strict=True)]
        answers = torch.stack([self._scorer.answer(pool) for pool in pools])
        others = nn.functional.cross_entropy(SHARPNESS * (questions @ answers.T), torch.arange(len(pools)))
        return torch.stack(losses).mean() + IN_BATCH * others

    def _encoded(self, pools: Sequence[Pool]) -> Tensor:
        """[pools, 384]."""
        batch = padded(self._tokens.encode([pool.asked for pool in pools]))
        encoded: Tensor = self._net(self._net.embed(batch), batch.mask)
        return encoded

    def validate(self, pools: Sequence[Pool]) -> str:
        """How often a right unit is among the best, for each kind of pool."""
        self._net.eval()
        places = defaultdict(list)
        with torch.no_grad():
            for start in range(0, len(pools), self._batch):
                batch = pools[start : start + self._batch]
                for question, pool in zip(self._encoded(batch), batch, strict=True):
                    scores = self._scorer(question, pool).numpy()
                    places[pool.kind].append(1 + int((scores > scores[pool.right].max()).sum()))
        return "".join(f"\n  {kind}: {recall(found)}" for kind, found in sorted(places.items()))


def _loss(scores: Tensor, pool: Pool) -> Tensor:
    """Of the right units together against all."""
    return torch.logsumexp(scores, 0) - torch.logsumexp(scores[torch.tensor(pool.right)], 0)


@command
@pages_option
@work_option
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where the weights go.")
@click.option("--init", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Weights to go on from.")
@click.option("--epochs", default=5, show_default=True)
@click.option("--rate", "--lr", default=1e-4, show_default=True)
@click.option("--batch", default=48, show_default=True, help="Questions in a step.")
@click.option("--all", "everything", is_flag=True, help="Train on the held-out guides as well, for what ships.")
@click.option("--limit", type=click.IntRange(1), help="Only so many examples, for a trial.")
@click.option("--seed", default=0, show_default=True)
@threads_option
def main(
    *,
    pages: Path,
    work: Path,
    out: Path,
    init: Path | None,
    epochs: int,
    rate: float,
    batch: int,
    everything: bool,
    limit: int | None,
    seed: int,
    threads: int,
) -> None:
    """Train the query encoder; after each round validate it on held-out guides and keep its weights."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    index = open_library(pages, work)
    examples = [example for example in load_examples() if example.right]
    shuffled = random.Random(seed).sample(examples, len(examples))  # noqa: S311
    pools = list(Pooler(index).pools(islice(shuffled, limit)))
    training = [pool for pool in pools if everything or not pool.held_out]
    held_out = [pool for pool in pools if pool.held_out]
    net, scorer = QueryEncoder(), Scorer(index)
    if init is not None:
        load(net, init)
    trainer = Trainer(net, scorer, rate, batch, seed)
    click.echo(f"{len(training)} questions to train on, {len(held_out)} held out" + " but trained on" * everything)
    click.echo(f"untrained: {trainer.validate(held_out)}")
    for epoch, loss in trainer.train(training, epochs):
        save(net, out)
        click.echo(f"round {epoch}, loss {loss:.3f}: {trainer.validate(held_out)}")
    click.echo(f"What counts for a unit: {scorer}")


if __name__ == "__main__":
    main()
