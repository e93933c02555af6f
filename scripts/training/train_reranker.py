"""Trains the reranker: a question against a group of texts and a null logit, which wins where nothing answers.

    python -m scripts.training.train_reranker groups.jsonl --out reranker.pt

What it learns is which text answers best (softmax over the texts and the null logit, 0, as in Devlin et al., 2019,
section 4.3) and whether each does (sigmoid, with half the weight).
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import click
import numpy as np
import torch
from torch import Tensor, nn

from index.errors import AdvisorError
from index.reranker import LONGEST_PAIR

from .commands import command, threads_option
from .groups import Group, read_groups
from .measures import Figures, Read, figures
from .nets import Reranker, Tokens, load, padded, save

VALIDATED = 500
"""Held-out groups that are read after each round."""
READ = 24
"""Texts of each."""
MAIN = 0.7
"""How often the text to be found is one of the best answer, where there are alternatives."""
HEAD_RATE = 10
"""The head starts from nothing, so it learns that much faster than the layers."""
WARM = 0.05
"""Share of the steps in which the rate rises."""
REPORT = 100
"""Steps."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train."""

    epochs: int
    rate: float
    size: int
    """Texts of a group that are read in a step."""
    batch: int
    """Groups."""
    seed: int


class Trainer:
    """Trains one net."""

    def __init__(self, net: Reranker, plan: Plan) -> None:
        self._net = net
        self._plan = plan
        self._tokens = Tokens(LONGEST_PAIR)
        self._random = random.Random(plan.seed)  # noqa: S311

    def train(self, groups: Sequence[Group]) -> Iterator[int]:
        """Yields the number of each round, from 1, when it is done. There is no dropout: see the README."""
        plan, net = self._plan, self._net.eval()
        steps = plan.epochs * math.ceil(len(groups) / plan.batch)
        optimizer = torch.optim.AdamW(self._rates(), weight_decay=0.01)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
        losses: list[float] = []
        begun = time.monotonic()
        for epoch in range(plan.epochs):
            for batch in self._batches(groups):
                loss = self._loss(batch)
                loss.backward()  # type: ignore[no-untyped-call]
                nn.utils.clip_grad_norm_(net.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                optimizer.zero_grad()
                losses.append(loss.item())
                if len(losses) % REPORT == 0:
                    _tell(losses, steps, begun)
            yield epoch + 1

    def _rates(self) -> list[dict[str, object]]:
        return [
            {"params": list(self._net.bert.encoder.parameters()), "lr": self._plan.rate},
            {"params": list(self._net.head.parameters()), "lr": self._plan.rate * HEAD_RATE},
        ]

    def _batches(self, groups: Sequence[Group]) -> Iterator[Sequence[Group]]:
        order = self._random.sample(list(groups), len(groups))
        for start in range(0, len(order), self._plan.batch):
            yield order[start : start + self._plan.batch]

    def _loss(self, groups: Sequence[Group]) -> Tensor:
        chosen = [self._chosen(group) for group in groups]
        logits = self.logits(
            [(group.asked, text) for group, texts in zip(groups, chosen, strict=True) for text in texts]
        )
        parts = torch.split(logits, [len(texts) for texts in chosen])
        losses = [_loss(part, bool(group.right)) for part, group in zip(parts, groups, strict=True)]
        return torch.stack(losses).mean()

    def _chosen(self, group: Group) -> list[str]:
        """One text that answers, where there is one; then all that come nearest; then others, the better ones more often."""
        texts = [self._right(group)] if group.right else []
        texts += group.others[: group.near]
        rest = group.others[group.near :]
        chances = np.array([1 / (3 + rank) for rank in range(len(rest))])
        count = min(self._plan.size - len(texts), len(rest))
        if count > 0:
            generator = np.random.default_rng(self._random.getrandbits(32))
            texts += [rest[i] for i in generator.choice(len(rest), count, replace=False, p=chances / chances.sum())]
        return texts

    def _right(self, group: Group) -> str:
        main = not group.alternatives or self._random.random() < MAIN
        return self._random.choice(group.answers if main else group.alternatives)

    def logits(self, pairs: Sequence[tuple[str, str]]) -> Tensor:
        """[pairs] In two halves by length, so that little is padded."""
        encodings = self._tokens.encode(pairs)
        order = sorted(range(len(pairs)), key=lambda i: len(encodings[i].ids))
        halves = [half for half in (order[: len(order) // 2], order[len(order) // 2 :]) if half]
        parts = []
        for half in halves:
            batch = padded([encodings[i] for i in half])
            with torch.autocast("cpu", dtype=torch.bfloat16):
                parts.append(self._net(self._net.embed(batch), batch.mask).float())
        return torch.cat(parts)[torch.tensor(np.argsort(order))]

    def validate(self, groups: Sequence[Group]) -> Figures:
        """Of held-out groups."""
        with torch.no_grad():
            return figures([self._read(group) for group in groups])

    def _read(self, group: Group) -> Read:
        texts = [*group.right, *group.others][: max(READ, len(group.right))]
        return Read(self.logits([(group.asked, text) for text in texts]).numpy(), len(group.right))


def _loss(logits: Tensor, answered: bool) -> Tensor:
    """Of a group's logits, of which the first is right where there is an answer."""
    with_null = torch.cat([torch.zeros(1), logits])
    answers = torch.zeros_like(logits)
    answers[: int(answered)] = 1
    best = nn.functional.cross_entropy(with_null[None], torch.tensor([int(answered)]))
    return best + 0.5 * nn.functional.binary_cross_entropy_with_logits(logits, answers)


def _rate(step: int, steps: int) -> float:
    """Rises, then falls to nothing."""
    warm = max(1, int(steps * WARM))
    return min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))


def _tell(losses: Sequence[float], steps: int, begun: float) -> None:
    loss = float(np.mean(losses[-REPORT:]))
    click.echo(f"step {len(losses)} of {steps}, loss {loss:.3f}, {time.monotonic() - begun:.0f} s")


@command
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where the weights go.")
@click.option("--init", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Weights to go on from.")
@click.option("--epochs", default=2, show_default=True)
@click.option("--rate", "--lr", default=5e-5, show_default=True)
@click.option("--size", default=8, show_default=True, help="Texts read for a question in a step.")
@click.option("--batch", default=6, show_default=True, help="Questions in a step.")
@click.option("--all", "everything", is_flag=True, help="Train on the held-out guides as well, for what ships.")
@click.option(
    "--limit", type=click.IntRange(1), help="Only so many groups to train on and to validate on, for a trial."
)
@click.option("--seed", default=0, show_default=True)
@threads_option
def main(
    *,
    files: tuple[Path, ...],
    out: Path,
    init: Path | None,
    epochs: int,
    rate: float,
    size: int,
    batch: int,
    everything: bool,
    limit: int | None,
    seed: int,
    threads: int,
) -> None:
    """Train the reranker on groups of FILES; after each round validate it on held-out guides and keep its weights."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    groups = [group for file in files for group in read_groups(file)]
    shuffled = random.Random(seed).sample(groups, len(groups))  # noqa: S311
    training = list(islice((group for group in shuffled if everything or not group.held_out), limit))
    held_out = list(islice((group for group in shuffled if group.held_out), min(VALIDATED, limit or VALIDATED)))
    if len({bool(group.right) for group in held_out}) < 2:
        raise AdvisorError(
            "To validate, held-out groups are needed, with an answer and without. Make more groups with mine.py."
        )
    net = Reranker()
    if init is not None:
        load(net, init)
    trainer = Trainer(net, Plan(epochs, rate, size, batch, seed))
    click.echo(f"{len(training)} groups to train on, {len(held_out)} held out" + " but trained on" * everything)
    for epoch in trainer.train(training):
        save(net, out)
        click.echo(f"round {epoch}: {trainer.validate(held_out)}")


if __name__ == "__main__":
    main()
