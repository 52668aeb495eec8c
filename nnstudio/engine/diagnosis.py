"""Diagnosis: where a batch first came to numbers that are not finite, and why in plain words."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nnstudio.engine.causes import exploding, growing, learning_rate, loss_of_outputs
from nnstudio.engine.layer import Array, Layer, Weights
from nnstudio.engine.network import Network
from nnstudio.engine.peeling import peel
from nnstudio.engine.scratch import Scratch


@dataclass(frozen=True)
class Finding:
    """Where it began, as half a sentence, and the likely cause with what to do, as sentences."""

    where: str
    cause: str


@dataclass(frozen=True, eq=False)
class _Stage:
    """A layer with copies of its weights, and buffers of its own."""

    layer: Layer
    weights: Weights
    grads: Weights
    scratch: Scratch


def diagnose(network: Network, x: Array, y: Array, rows: Array, rate: float) -> Finding:
    """Run a batch once more, layer by layer, and return what is found first.

    ``x`` (batch, *input shape) and ``y`` are what the batch learnt from, ``rows`` its sample numbers and
    ``rate`` the learning rate of the batch before. Weights, statistics and random states of ``network`` stay
    as they are: the layers work on copies, and draw random numbers of their own.
    """
    stages = _stages(network)
    return next(_before(stages, x, y, rows), None) or _on_the_way(network, stages, x, y, rate)


def _stages(network: Network) -> tuple[_Stage, ...]:
    stack, _ = peel(network.design)
    views = network.layout.views(network.parameters.copy())
    dtype, rng = network.parameters.dtype, np.random.default_rng(0)
    return tuple(
        _Stage(layer, weights, {name: np.empty_like(w) for name, w in weights.items()}, Scratch(rng, dtype))
        for layer, weights in zip(stack, views, strict=True)
    )


def _before(stages: tuple[_Stage, ...], x: Array, y: Array, rows: Array) -> Iterator[Finding]:
    """Look at what the batch began with."""
    for stage in stages:
        if not all(map(_is_finite, stage.weights.values())):
            where = f'the weights of layer "{stage.layer.name}" were not finite before it'
            yield Finding(where, "Begin with fresh weights, or open a file whose weights are finite.")
    for what, values in (("inputs", x), ("targets", y)):
        if not _is_finite(values):
            bad = next(row for row, value in zip(rows, values, strict=True) if not _is_finite(value))
            where = f"the {what} of training sample {int(bad) + 1:,} are not finite"
            yield Finding(where, "Mend that sample or leave it out.")


def _on_the_way(network: Network, stages: tuple[_Stage, ...], x: Array, y: Array, rate: float) -> Finding:
    z = x
    for index, stage in enumerate(stages):
        z = stage.layer.forward(stage.weights, z, stage.scratch)
        if not _is_finite(z):
            where = f'layer "{stage.layer.name}" is the first whose outputs are not finite'
            return Finding(where, growing(network, index, x, rate))
    losses, dz = network.loss_and_gradient(z, y)
    if not (_is_finite(losses.sum()) and _is_finite(dz) and math.isfinite(network.penalty())):
        where = "the outputs of all layers are finite, but not their loss"
        return Finding(where, loss_of_outputs(network, z, rate))
    return _on_the_way_back(network, stages, dz, rate)


def _on_the_way_back(network: Network, stages: tuple[_Stage, ...], dy: Array, rate: float) -> Finding:
    learning = [index for index in range(len(stages)) if _learns(network, index)]
    sizes = dict.fromkeys(learning, 0.0)
    for index in range(len(stages) - 1, min(learning, default=len(stages)) - 1, -1):
        layer, stage = stages[index].layer, stages[index]
        dy = layer.backward(stage.weights, stage.grads, dy, stage.scratch)
        slopes = [stage.grads[spec.name] for spec in network.layout.specs[index] if spec.trainable]
        if not all(map(_is_finite, slopes)) or (index > learning[0] and not _is_finite(dy)):
            where = f'on the way back, layer "{layer.name}" is the first whose gradients are not finite'
            return Finding(where, exploding(network, index, rate))
        sizes[index] = sum(float(np.vdot(slope, slope)) for slope in slopes)
    if sum(sizes.values()) <= np.finfo(dy.dtype).max:  # other random numbers than before
        return Finding("run once more, all its numbers are finite", learning_rate(rate))
    largest = max(sizes, key=lambda index: sizes[index])
    name = stages[largest].layer.name
    where = f'its gradients are too large to be added up, most of all those of layer "{name}"'
    return Finding(where, exploding(network, largest, rate))


def _learns(network: Network, index: int) -> bool:
    return network.design.layers[index].trainable and any(
        spec.trainable for spec in network.layout.specs[index]
    )


def _is_finite(values: Array) -> bool:
    return bool(np.isfinite(values).all())
