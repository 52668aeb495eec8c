"""Activation: a function as a layer of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

from nnstudio.engine.activations import ACTIVATIONS, ActivationFunction
from nnstudio.engine.layer import Array, Layer, Weights
from nnstudio.engine.layers.function_layer import FunctionLayer
from nnstudio.engine.scratch import Scratch
from nnstudio.settings import setting


@dataclass(frozen=True)
class Activation(FunctionLayer):
    """Send every number through a function.

    Any shape in, the same shape out; softmax works over the last axis.
    """

    activation: str = setting("relu", "The function.", choices=tuple(ACTIVATIONS), main=True)

    @property
    def function(self) -> ActivationFunction:
        return ACTIVATIONS[self.activation]

    def without_last_function(self) -> Layer:
        return replace(self, activation="linear")

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        return x if self.activation == "linear" else super().forward(weights, x, scratch)

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        return dy if self.activation == "linear" else super().backward(weights, grads, dy, scratch)
