"""BatchNormalization: bring every channel of a batch to mean 0 and deviation 1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.engine.columns import column_dots, column_sums, spread, widened
from nnstudio.engine.initializers import INITIALIZERS, Initializer, Ones, Zeros
from nnstudio.engine.layer import Array, Weights, WeightSpec
from nnstudio.engine.layers.normalization import Normalization
from nnstudio.engine.scratch import Scratch
from nnstudio.settings import setting
from nnstudio.task import Shape


@dataclass(frozen=True)
class BatchNormalization(Normalization):
    """Bring every channel of a batch to mean 0 and deviation 1.

    y = gamma (x - mean) / sqrt(variance + epsilon) + beta, by channel, which is the last axis. While training
    mean and variance are those of the batch; outside training, and in a frozen layer, those that moved along.
    Any shape with an axis in, the same shape out.

    Weights:
        gamma: (channels,)
        beta: (channels,)
        moving_mean: (channels,) momentum times itself + (1 - momentum) times the batch's, after every batch
        moving_variance: (channels,) likewise
    Source: Ioffe and Szegedy 2015, Batch Normalization: Accelerating Deep Network Training.
    """

    momentum: float = setting(
        0.99, "Share of the moving mean and variance that each batch leaves.", minimum=0.0, maximum=1.0
    )
    moving_mean_initializer: Initializer = setting(
        Zeros(), "How the moving mean starts before training.", choices=INITIALIZERS
    )
    moving_variance_initializer: Initializer = setting(
        Ones(), "How the moving variance starts before training.", choices=INITIALIZERS
    )
    unbiased_variance: bool = setting(
        False, "Whether the moving variance counts n / (n - 1), as Keras 2 has it for images.", advanced=True
    )

    def weight_specs(self, shape: Shape) -> tuple[WeightSpec, ...]:
        mean = WeightSpec("moving_mean", shape[-1:], self.moving_mean_initializer, trainable=False)
        variance = WeightSpec(
            "moving_variance", shape[-1:], self.moving_variance_initializer, trainable=False
        )
        return (*super().weight_specs(shape), mean, variance)

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        if not self.trainable:
            return self.predict(weights, x, scratch)
        wide, channels = widened(x), x.shape[-1]
        count = x.size // channels
        mean = column_sums(wide, channels) / count
        centred = scratch.array("centred", wide.shape)
        np.subtract(wide, spread(mean, wide, scratch), out=centred)
        variance = column_dots(centred, centred, channels) / count
        self._move(weights, mean, variance, count)
        inverse = scratch.keep("inverse", 1.0 / np.sqrt(variance + self.epsilon))
        factor = spread(self._scaled(weights, inverse), wide, scratch)
        y = np.multiply(centred, factor, out=scratch.array("y", wide.shape))
        return self._shift(weights, y, scratch).reshape(x.shape)

    def _move(self, weights: Weights, mean: Array, variance: Array, count: int) -> None:
        unbiased = count / max(1, count - 1) if self.unbiased_variance else 1.0
        for name, found in (("moving_mean", mean), ("moving_variance", unbiased * variance)):
            moving = weights[name]
            moving *= self.momentum
            moving += (1.0 - self.momentum) * found

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        wide, channels = widened(dy), dy.shape[-1]
        dx = scratch.array("dx", wide.shape)
        if not self.trainable:
            factor = self._scaled(weights, self._moving_inverse(weights))
            return np.multiply(wide, spread(factor, wide, scratch), out=dx).reshape(dy.shape)
        centred, inverse = scratch["centred"], scratch["inverse"]
        sums, dots = column_sums(wide, channels), column_dots(wide, centred, channels) * inverse
        self._fill(grads, dots, sums)
        if not scratch.needs_dx:
            return dy
        # dx = factor (dy - mean of dy - normalised x * mean of dy normalised x)
        count = dy.size // channels
        np.multiply(centred, spread(inverse * dots / count, wide, scratch), out=dx)
        np.add(dx, spread(sums / count, wide, scratch), out=dx)
        np.subtract(wide, dx, out=dx)
        factor = spread(self._scaled(weights, inverse), wide, scratch)
        return np.multiply(dx, factor, out=dx).reshape(dy.shape)

    def predict(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        wide = widened(x)
        factor = self._scaled(weights, self._moving_inverse(weights))
        shift = -factor * weights["moving_mean"]
        if self.center:
            shift += weights["beta"]
        y = np.multiply(wide, spread(factor, wide, scratch), out=scratch.array("y", wide.shape))
        return np.add(y, spread(shift, wide, scratch), out=y).reshape(x.shape)

    def _moving_inverse(self, weights: Weights) -> Array:
        inverse: Array = 1.0 / np.sqrt(weights["moving_variance"] + self.epsilon)
        return inverse
