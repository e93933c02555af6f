"""The two readers as torch knows them: what is trained is what is exported, layer for layer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from transformers import BertModel
from transformers.utils import logging

from index.embedder import model_folder, open_tokenizer
from index.trained import Input

from .quantising import unquantised

WIDTH = 384
"""Of a token's vector in all-MiniLM-L6-v2."""
HEAD = 192
"""Of the hidden layer that turns what was read into a logit."""
_FAR = -1e4
"""Added to the attention that padding would get."""


class Batch(NamedTuple):
    """Encoded texts, padded to the longest: each [texts, tokens]."""

    ids: Tensor
    types: Tensor
    mask: Tensor


class Layers(nn.Module):
    """The transformer layers of all-MiniLM-L6-v2, to be trained, over its embeddings, which stay as they are."""

    def __init__(self) -> None:
        super().__init__()
        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        bert = BertModel.from_pretrained(model_folder(), add_pooling_layer=False, attn_implementation="eager")
        self.embeddings: Any = bert.embeddings.requires_grad_(False)
        self.encoder: Any = bert.encoder

    def embed(self, batch: Batch) -> Tensor:
        """[texts, tokens, 384] Words, places and text numbers, added up and normalised."""
        embedded: Tensor = self.embeddings(input_ids=batch.ids, token_type_ids=batch.types)
        return embedded

    def states(self, embedded: Tensor, mask: Tensor) -> Tensor:
        """[texts, tokens, 384] What the last layer makes of each token; a mask is 1 for a token and 0 for padding."""
        states: Tensor = self.encoder(embedded, attention_mask=(1 - mask)[:, None, None, :] * _FAR).last_hidden_state
        return states


class QueryEncoder(Layers):
    """Questions to vectors of unit length, near the vectors that the untrained model gives to what answers them."""

    def forward(self, embedded: Tensor, mask: Tensor) -> Tensor:
        """[texts, 384]."""
        return nn.functional.normalize(_mean(self.states(embedded, mask), mask), dim=1)


class Reranker(nn.Module):
    """A question and a text, read together, to the logit of that the text answers; 0 is what "nothing answers" gets."""

    def __init__(self) -> None:
        super().__init__()
        self.bert = Layers()
        self.head = nn.Sequential(nn.Linear(2 * WIDTH, HEAD), nn.Tanh(), nn.Linear(HEAD, 1))

    def embed(self, batch: Batch) -> Tensor:
        """[texts, tokens, 384]."""
        return self.bert.embed(batch)

    def forward(self, embedded: Tensor, mask: Tensor) -> Tensor:
        """[texts]."""
        states = self.bert.states(embedded, mask)
        logits: Tensor = self.head(torch.cat([states[:, 0], _mean(states, mask)], dim=1))
        return logits.squeeze(1)


Reader = QueryEncoder | Reranker


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    """[texts, 384] Of the tokens that are no padding."""
    weights = mask.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1)


class Tokens:
    """Texts, or pairs of them, as the runtime reads them."""

    def __init__(self, longest: int) -> None:
        self._tokenizer = open_tokenizer(model_folder(), longest)

    def encode(self, inputs: Sequence[Input]) -> list[Any]:
        """The tokens of each."""
        encodings: list[Any] = self._tokenizer.encode_batch(list(inputs))
        return encodings


def padded(encodings: Sequence[Any], device: str = "cpu") -> Batch:
    """Texts of any length as one batch, on a device as torch names it."""
    longest = max(len(encoding.ids) for encoding in encodings)
    ids, types, mask = np.zeros((3, len(encodings), longest), dtype=np.int64)
    for row, encoding in enumerate(encodings):
        length = len(encoding.ids)
        ids[row, :length], types[row, :length], mask[row, :length] = encoding.ids, encoding.type_ids, 1
    return Batch(*(torch.from_numpy(array).to(device) for array in (ids, types, mask.astype(np.float32))))


def save(net: Reader, path: Path) -> None:
    """What was trained: every weight but the embeddings."""
    torch.save({name: value.cpu() for name, value in net.state_dict().items() if "embeddings." not in name}, path)


def load(net: Reader, path: Path, share: float = 1.0) -> None:
    """Put trained weights in, as `save` wrote them or as they ship (`.onnx`); a share below 1 leaves each weight that far on its way from the untrained one.

    Half-way weights often do better on what was not trained on (Wortsman et al., 2022, "Robust fine-tuning of
    zero-shot models").
    """
    trained = unquantised(path) if path.suffix == ".onnx" else torch.load(path, weights_only=True)
    own = net.state_dict()
    own |= {name: torch.lerp(own[name], value, share) for name, value in trained.items()}
    net.load_state_dict(own)
