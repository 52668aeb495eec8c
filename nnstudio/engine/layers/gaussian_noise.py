"""GaussianNoise: blur the input with random numbers while training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.engine.layer import Array, Layer, Weights
from nnstudio.engine.layers.activation import Activation
from nnstudio.engine.scratch import Scratch
from nnstudio.settings import setting


@dataclass(frozen=True)
class GaussianNoise(Layer):
    """Blur the input with random numbers while training.

    y = x + normally distributed numbers around 0. Does nothing outside training.
    Any shape in, the same shape out.
    """

    family: ClassVar[str] = "regularise"

    stddev: float = setting(
        0.1, "How far the random numbers spread.", minimum=0.0, maximum=1.0, unit="of spread", main=True
    )

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        noise = scratch.noise("y", x.shape, self.stddev)
        return np.add(x, noise, out=noise)

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        return dy

    def predict(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        return x

    def at_rest(self) -> Layer:
        return Activation(activation="linear", name=self.name, trainable=False)
