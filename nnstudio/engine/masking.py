"""Masking: steps of a sample that stand for nothing are told by an Embedding and passed over further on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from nnstudio.engine.layer import Array, Layer, Weights
from nnstudio.engine.layers.activation import Activation
from nnstudio.engine.layers.dense import Dense
from nnstudio.engine.layers.dropout import Dropout
from nnstudio.engine.layers.embedding import Embedding
from nnstudio.engine.layers.function_layer import FunctionLayer
from nnstudio.engine.layers.gaussian_noise import GaussianNoise
from nnstudio.engine.layers.layer_normalization import LayerNormalization
from nnstudio.engine.layers.recurrent import Recurrent
from nnstudio.engine.scratch import Scratch

# Behind these a step is still the same step; any other layer ends what is known of steps, as in Keras.
_STEP_BY_STEP = (Activation, Dense, Dropout, FunctionLayer, GaussianNoise, LayerNormalization)


@dataclass
class Steps:
    """Which steps of the batch under way stand for nothing: (batch, steps), written by one layer for others.

    Every machine that runs a stack has its own, as it has its own scratches.
    """

    empty: npt.NDArray[Any] = field(default_factory=lambda: np.zeros((0, 0), bool))


@dataclass(frozen=True, eq=False)
class Telling(Layer):
    """An Embedding that also tells which numbers are 0."""

    embedding: Embedding
    steps: Steps

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        y = self.embedding.forward(weights, x, scratch)
        self.steps.empty = np.equal(scratch["indices"], 0)
        return y

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        return self.embedding.backward(weights, grads, dy, scratch)


@dataclass(frozen=True, eq=False)
class PassingOver(Layer):
    """A recurrent layer that keeps its state where a step stands for nothing."""

    layer: Recurrent
    steps: Steps

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        scratch.empty_steps = self.steps.empty
        return self.layer.forward(weights, x, scratch)

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        return self.layer.backward(weights, grads, dy, scratch)

    def predict(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        scratch.empty_steps = self.steps.empty
        return self.layer.predict(weights, x, scratch)


def masked(stack: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """Return a stack that computes the same, layer for layer, and passes over what an Embedding says."""
    told: Steps | None = None
    found: list[Layer] = []
    for layer in stack:
        if isinstance(layer, Embedding):
            told = Steps() if layer.mask_zero else None
            found.append(Telling(layer, told) if told is not None else layer)
        elif isinstance(layer, Recurrent):
            found.append(PassingOver(layer, told) if told is not None else layer)
            told = told if layer.return_sequences else None
        else:
            found.append(layer)
            told = told if isinstance(layer, _STEP_BY_STEP) else None
    return tuple(found)
