"""Dropout: forget a random part of the input while training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.engine.layer import Array, Layer, Weights
from nnstudio.engine.layers.activation import Activation
from nnstudio.engine.scratch import Scratch
from nnstudio.settings import setting


@dataclass(frozen=True)
class Dropout(Layer):
    """Forget a random part of the input while training.

    Zero a share ``rate`` of the inputs and scale the rest by 1 / (1 - rate).
    Does nothing outside training. Any shape in, the same shape out.
    Source: Srivastava et al. 2014, Dropout: A Simple Way to Prevent Neural Networks from Overfitting.
    """

    family: ClassVar[str] = "regularise"

    rate: float = setting(
        0.5, "Share of the inputs to drop.", minimum=0.0, below=1.0, unit="of inputs", main=True
    )

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        keep = scratch.mask("keep", x.shape, self.rate)  # 0 or 1 / (1 - rate)
        return np.multiply(x, keep, out=scratch.array("y", x.shape))

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        return np.multiply(dy, scratch["keep"], out=scratch.array("dx", dy.shape))

    def predict(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        return x

    def at_rest(self) -> Layer:
        return Activation(activation="linear", name=self.name, trainable=False)
