"""Activation: a function as a layer of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from nnstudio.engine.activating import activate, activation_gradient
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

    @property
    def last_function(self) -> str:
        return self.activation

    def without_last_function(self) -> Layer:
        return replace(self, activation="linear")

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        if self.activation == "linear":
            return x
        z = scratch.array("z", x.shape)
        np.copyto(z, x)
        return activate(self.activation, z, scratch)

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        return activation_gradient(self.activation, dy, scratch)
