"""Trains the reranker: a question against a group of texts and a null logit, which wins where nothing answers.

    python -m scripts.training.train_reranker groups.jsonl --out reranker.pt

What it learns is which text answers best (softmax over the texts and the null logit, 0, as in Devlin et al., 2019,
section 4.3) and whether each does (sigmoid, with half the weight). With teachers it learns as well what the mean of
their logits says of both (Hinton et al., 2015, "Distilling the knowledge in a neural network").
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import click
import numpy as np
import torch
from torch import Tensor, nn

from index.errors import AdvisorError
from index.reranker import LONGEST_PAIR

from .commands import command, threads_option
from .data import GUIDES
from .groups import Group, read_groups
from .measures import Figures, Read, figures
from .nets import Batch, Reranker, Tokens, load, padded, save

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
NONE = -1e4
"""Logit of a text that is not there."""
REPORT = 100
"""Steps."""
BATCHES = 4
"""By length, that a step is read in."""


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
    device: str
    """As torch names it."""
    taught: float
    """Share of the loss that is against the teachers."""
    dropout: bool
    stop: int | None = None
    """Steps after which it ends, though the rate falls as if all were taken; None for the end."""


class Encoded(NamedTuple):
    """Pairs in batches of like length, and where each stands in them."""

    batches: list[Batch]
    order: Tensor


class Trainer:
    """Trains one net."""

    def __init__(self, net: Reranker, plan: Plan, teachers: Sequence[Reranker] = ()) -> None:
        self._net = net.to(plan.device)
        self._plan = plan
        self._teachers = [teacher.to(plan.device).eval() for teacher in teachers]
        self._tokens = Tokens(LONGEST_PAIR)
        self._random = random.Random(plan.seed)  # noqa: S311

    def train(self, groups: Sequence[Group]) -> Iterator[int]:
        """Yields the number of each round, from 1, when it is done."""
        plan, net = self._plan, self._net
        steps = plan.epochs * math.ceil(len(groups) / plan.batch)
        optimizer = torch.optim.AdamW(self._rates(), weight_decay=0.01)
        schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, steps))
        losses: list[Tensor] = []
        begun = time.monotonic()
        for epoch in range(plan.epochs):
            net.train(plan.dropout)
            for batch in self._batches(groups):
                loss = self._loss(batch)
                loss.backward()  # type: ignore[no-untyped-call]
                nn.utils.clip_grad_norm_(net.parameters(), 1.0)
                optimizer.step()
                schedule.step()
                optimizer.zero_grad()
                losses.append(loss.detach())
                if len(losses) % REPORT == 0:
                    _tell(losses, steps, begun)
                if len(losses) == plan.stop:
                    net.eval()
                    yield epoch + 1
                    return
            net.eval()
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
        plan, chosen = self._plan, [self._chosen(group) for group in groups]
        encoded = self._encoded([(g.asked, text) for g, texts in zip(groups, chosen, strict=True) for text in texts])
        counts = torch.tensor([len(texts) for texts in chosen], device=plan.device)
        present = torch.arange(max(map(len, chosen)), device=plan.device) < counts[:, None]
        logits = rows(self._read(self._net, encoded), present)
        answered = torch.tensor([bool(group.right) for group in groups], device=plan.device)
        best, each = known(answered, present)
        if self._teachers:
            with torch.no_grad():
                said = torch.stack([rows(self._read(teacher, encoded), present) for teacher in self._teachers]).mean(0)
            best = torch.lerp(best, torch.softmax(with_null(said), 1), plan.taught)
            each = torch.lerp(each, torch.sigmoid(said), plan.taught)
        return apart(logits, present, best, each)

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
        """[pairs] As the net is now."""
        with torch.no_grad():
            return self._read(self._net, self._encoded(pairs)).cpu()

    def _encoded(self, pairs: Sequence[tuple[str, str]]) -> Encoded:
        """In batches by length, so that little is padded."""
        encodings = self._tokens.encode(pairs)
        order = sorted(range(len(pairs)), key=lambda i: len(encodings[i].ids))
        parts = [list(map(int, part)) for part in np.array_split(order, BATCHES) if len(part)]
        batches = [padded([encodings[i] for i in part], self._plan.device) for part in parts]
        return Encoded(batches, torch.tensor(np.argsort(order), device=self._plan.device))

    def _read(self, net: Reranker, encoded: Encoded) -> Tensor:
        """[pairs] Logits."""
        with torch.autocast(self._plan.device, dtype=torch.bfloat16):
            parts = [net(net.embed(batch), batch.mask).float() for batch in encoded.batches]
        return torch.cat(parts)[encoded.order]

    def validate(self, groups: Sequence[Group]) -> Figures:
        """Of held-out groups."""
        return figures([self._validated(group) for group in groups])

    def _validated(self, group: Group) -> Read:
        texts = [*group.right, *group.others][: max(READ, len(group.right))]
        return Read(self.logits([(group.asked, text) for text in texts]).numpy(), len(group.right))


def rows(logits: Tensor, present: Tensor) -> Tensor:
    """[groups, texts] Of logits one after another, `NONE` where a group has fewer texts."""
    rows = logits.new_full(present.shape, NONE)
    rows[present] = logits
    return rows


def known(answered: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
    """[groups, 1 + texts] Which is best, the null logit or the first text; [groups, texts] whether each answers."""
    each = torch.zeros(present.shape, device=present.device)
    each[:, 0] = answered.float()
    return torch.cat([1 - each[:, :1], each], 1), each


def apart(logits: Tensor, present: Tensor, best: Tensor, each: Tensor) -> Tensor:
    """How far groups of logits are from how likely each text is to be the best, and to answer."""
    ranked = nn.functional.cross_entropy(with_null(logits), best)
    alone = nn.functional.binary_cross_entropy_with_logits(logits, each, reduction="none")
    return ranked + 0.5 * ((alone * present).sum(1) / present.sum(1)).mean()


def with_null(logits: Tensor) -> Tensor:
    """[groups, 1 + texts]."""
    return torch.cat([torch.zeros_like(logits[:, :1]), logits], 1)


def _rate(step: int, steps: int) -> float:
    """Rises, then falls to nothing."""
    warm = max(1, int(steps * WARM))
    return min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))


def _tell(losses: Sequence[Tensor], steps: int, begun: float) -> None:
    loss = float(torch.stack(list(losses[-REPORT:])).mean())
    click.echo(f"step {len(losses)} of {steps}, loss {loss:.3f}, {time.monotonic() - begun:.0f} s")


def _is_page(group: Group) -> bool:
    """Whether its guide is a page of the handbook, and none of the invented guides."""
    return not (GUIDES / group.guide).is_file()


def _net(weights: Path | None) -> Reranker:
    """Trained so far, or untrained."""
    net = Reranker().eval()
    if weights is not None:
        load(net, weights)
    return net


@command
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where the weights go.")
@click.option("--init", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Weights to go on from.")
@click.option(
    "--teacher",
    "teachers",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Weights of a net to learn from; give as many as there are.",
)
@click.option("--taught", default=0.5, show_default=True, help="Share of the loss that is against the teachers.")
@click.option("--epochs", default=2, show_default=True)
@click.option("--rate", "--lr", default=5e-5, show_default=True)
@click.option("--size", default=8, show_default=True, help="Texts read for a question in a step.")
@click.option("--batch", default=6, show_default=True, help="Questions in a step.")
@click.option("--all", "everything", is_flag=True, help="Train on the held-out guides as well, for what ships.")
@click.option(
    "--pages-too", is_flag=True, help="Train on the held-out pages as well, not on the held-out invented guides."
)
@click.option("--steps", type=click.IntRange(1), help="Stop after so many steps of those planned.")
@click.option(
    "--limit", type=click.IntRange(1), help="Only so many groups to train on and to validate on, for a trial."
)
@click.option("--seed", default=0, show_default=True)
@click.option("--dropout", is_flag=True, help="As it is in the untrained net.")
@click.option("--device", default="cpu", show_default=True, help="As torch names it.")
@threads_option
def main(
    *,
    files: tuple[Path, ...],
    out: Path,
    init: Path | None,
    teachers: tuple[Path, ...],
    taught: float,
    epochs: int,
    rate: float,
    size: int,
    batch: int,
    everything: bool,
    pages_too: bool,
    steps: int | None,
    limit: int | None,
    seed: int,
    dropout: bool,
    device: str,
    threads: int,
) -> None:
    """Train the reranker on groups of FILES; after each round validate it on held-out guides and keep its weights."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    groups = [group for file in files for group in read_groups(file)]
    shuffled = random.Random(seed).sample(groups, len(groups))  # noqa: S311
    kept = [group.held_out and not (pages_too and _is_page(group)) for group in shuffled]
    told = list(zip(shuffled, kept, strict=True))
    training = list(islice((group for group, out in told if everything or not out), limit))
    held_out = list(islice((group for group, out in told if out), min(VALIDATED, limit or VALIDATED)))
    if len({bool(group.right) for group in held_out}) < 2:
        raise AdvisorError(
            "To validate, held-out groups are needed, with an answer and without. Make more groups with mine.py."
        )
    net, *others = (_net(path) for path in (init, *teachers))
    trainer = Trainer(net, Plan(epochs, rate, size, batch, seed, device, taught, dropout, steps), others)
    click.echo(f"{len(training)} groups to train on, {len(held_out)} held out" + " but trained on" * everything)
    for epoch in trainer.train(training):
        save(net, out)
        click.echo(f"round {epoch}: {trainer.validate(held_out)}")


if __name__ == "__main__":
    main()
