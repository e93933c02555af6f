"""Turns a net's matrices into 8-bit integers so that little is lost, and a text is read the same in any company.

Quantising as it comes takes one grid for all activations of a batch: a few outlying channels make it coarse, and what one
text is given depends on the texts beside it. Here each token has a grid of its own, and the outlying channels are evened
out beforehand by moving a part of them into the weights (Xiao et al., 2023, "SmoothQuant").
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

SHARE = 0.5
"""Of a channel's reach that moves into the weights."""
LEAST = 1e-4
"""Reach below which a channel counts as this far."""
STEPS, MIDDLE = 127, 128
"""Of the grid: a token's activations, divided by the largest of them, are multiples of 1/127, stored from 1 to 255."""


class Evened(nn.Module):
    """A linear layer whose input is evened out and scaled token by token; it gives what the layer gave."""

    def __init__(self, layer: nn.Linear, reach: Tensor) -> None:
        super().__init__()
        weights = layer.weight.detach()
        wide, heavy = reach.clamp(min=LEAST), weights.abs().amax(dim=0).clamp(min=LEAST)
        divisor = wide**SHARE / heavy ** (1 - SHARE)
        self.factor = nn.Parameter(1 / divisor)
        self.weights = nn.Parameter((weights * divisor).T.contiguous())
        self.bias = layer.bias

    def forward(self, inputs: Tensor) -> Tensor:
        """[…, outputs]."""
        inputs = inputs * self.factor
        largest = inputs.abs().amax(dim=-1, keepdim=True).clamp(min=LEAST)
        return torch.matmul(inputs / largest, self.weights) * largest + self.bias


def even_out(net: nn.Module, runs: Iterable[Callable[[], object]]) -> None:
    """Replace the linear layers of a net; `runs` put texts like those to come through it, which tell its activations."""
    reach = _reach(net, runs)
    for name, layer in _linear(net).items():
        parent, _, own = name.rpartition(".")
        setattr(net.get_submodule(parent), own, Evened(layer, reach[name]))


def _linear(net: nn.Module) -> dict[str, nn.Linear]:
    return {name: module for name, module in net.named_modules() if isinstance(module, nn.Linear)}


def _reach(net: nn.Module, runs: Iterable[Callable[[], object]]) -> Mapping[str, Tensor]:
    """For each layer, [inputs] how far from 0 each of its inputs goes."""
    reach: defaultdict[str, Tensor] = defaultdict(lambda: torch.zeros(()))

    def listener(name: str) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        def listen(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            reach[name] = torch.maximum(reach[name], inputs[0].abs().flatten(0, -2).amax(dim=0))

        return listen

    handles = [layer.register_forward_pre_hook(listener(name)) for name, layer in _linear(net).items()]
    with torch.no_grad():
        for run in runs:
            run()
    for handle in handles:
        handle.remove()
    return reach


def quantise(exact: Path, small: Path) -> None:
    """Write the export of a net that was evened out in integers: weights with a scale for each column.

    Weights have 7 bits, so that processors without VNNI, which add two products in 16 bits, add them rightly.
    """
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().setLevel(logging.ERROR)
    quantize_dynamic(exact, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    model = onnx.load(small)
    _fix_grid(model)
    onnx.save(model, small)


def unquantised(small: Path) -> dict[str, Tensor]:
    """The weights of a net that was evened out and quantised, by their names before, as near as the integers tell."""
    import onnx

    values = {one.name: onnx.numpy_helper.to_array(one) for one in onnx.load(small).graph.initializer}
    found: dict[str, Tensor] = {}
    for name, value in values.items():
        layer, _, own = name.rpartition(".")
        if own == "factor":
            steps = values[f"{layer}.weights_quantized"].astype(np.float32) - values[f"{layer}.weights_zero_point"]
            found[f"{layer}.weight"] = torch.from_numpy((steps * values[f"{layer}.weights_scale"]).T * value)
        elif own in ("weight", "bias"):
            found[name] = torch.from_numpy(value.copy())
    return found


def _fix_grid(model: Any) -> None:
    """The grid of all activations, known beforehand, in place of one that is found for each batch."""
    import onnx

    graph = model.graph
    scale, middle = np.array(1 / STEPS, dtype=np.float32), np.array(MIDDLE, dtype=np.uint8)
    graph.initializer.append(onnx.numpy_helper.from_array(scale, "grid_scale"))
    graph.initializer.append(onnx.numpy_helper.from_array(middle, "grid_middle"))
    fixed: dict[str, str] = {}
    for node in graph.node:
        if node.op_type == "DynamicQuantizeLinear":
            _, found_scale, found_middle = node.output
            fixed |= {found_scale: "grid_scale", found_middle: "grid_middle"}
            node.op_type = "QuantizeLinear"
            node.input.extend(["grid_scale", "grid_middle"])
            del node.output[1:]
    for node in graph.node:
        for position, name in enumerate(node.input):
            node.input[position] = fixed.get(name, name)
