"""Activation: a function as a layer of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.layer import Array, Layer, Weights
from nnstudio.engine.scratch import Scratch
from nnstudio.settings import setting


@dataclass(frozen=True)
class Activation(Layer):
    """Send every number through a function.

    Any shape in, the same shape out; softmax works over the last axis.
    """

    family: ClassVar[str] = "activation"

    activation: str = setting("relu", "The function.", choices=tuple(ACTIVATIONS), main=True)

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        return ACTIVATIONS[self.activation].forward(x, scratch.array("y", x.shape))

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        return ACTIVATIONS[self.activation].backward(scratch["y"], dy, scratch.array("dx", dy.shape))
