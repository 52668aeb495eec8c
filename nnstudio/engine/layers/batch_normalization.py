"""BatchNormalization: bring every channel of a batch to mean 0 and deviation 1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.engine.columns import (
    blocks,
    column_sums,
    column_sums_and_dots,
    scaled_and_shifted,
    shifted_moments,
    spread,
    widened,
)
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
        shifted = scratch.array("shifted", wide.shape)
        # A shift to near the mean lets one pass find mean and variance without a loss of digits.
        near = self._mean_of_some(wide, channels)
        rest, variance = shifted_moments(wide, spread("row", near, wide, scratch), shifted, channels)
        self._move(weights, near + rest, variance, x.size // channels)
        inverse = scratch.keep("inverse", 1.0 / np.sqrt(variance + self.epsilon))
        scratch.keep("rest", rest)
        return self._affine(weights, inverse, rest, shifted, scratch).reshape(x.shape)

    def _mean_of_some(self, wide: Array, channels: int) -> Array:
        some = wide[next(blocks(wide))]
        return column_sums(some, channels) / (some.size // channels)

    def _move(self, weights: Weights, mean: Array, variance: Array, count: int) -> None:
        unbiased = count / max(1, count - 1) if self.unbiased_variance else 1.0
        for name, found in (("moving_mean", mean), ("moving_variance", unbiased * variance)):
            moving = weights[name]
            moving *= self.momentum
            moving += (1.0 - self.momentum) * found

    def _affine(self, weights: Weights, inverse: Array, mean: Array, wide: Array, scratch: Scratch) -> Array:
        """Return gamma (wide - mean) inverse + beta."""
        factor = self._scaled(weights, inverse)
        shift = -mean * factor
        if self.center:
            shift += weights["beta"]
        rows = spread("row", factor, wide, scratch), spread("shift", shift, wide, scratch)
        return scaled_and_shifted(wide, *rows, out=scratch.array("y", wide.shape))

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        wide, channels = widened(dy), dy.shape[-1]
        if not self.trainable:
            factor = spread("row", self._scaled(weights, self._moving_inverse(weights)), wide, scratch)
            return np.multiply(wide, factor, out=scratch.array("dx", wide.shape)).reshape(dy.shape)
        shifted, rest, inverse = scratch["shifted"], scratch["rest"], scratch["inverse"]
        sums, dots = column_sums_and_dots(wide, shifted, channels)
        dots = (dots - rest * sums) * inverse
        self._fill(grads, dots, sums)
        if not scratch.needs_dx:
            return dy
        count = dy.size // channels
        return self._dx(weights, wide, sums / count, dots / count, scratch).reshape(dy.shape)

    def _dx(self, weights: Weights, wide: Array, mean: Array, correlation: Array, scratch: Scratch) -> Array:
        """dx = gamma (dy - mean of dy - normalised x * mean of dy normalised x) / deviation.

        It takes the place of what `forward` kept: writing to memory that was just read is much faster.
        """
        shifted, rest, inverse = scratch["shifted"], scratch["rest"], scratch["inverse"]
        steepness = inverse * correlation
        row = spread("row", steepness, wide, scratch)
        shift = spread("shift", mean - rest * steepness, wide, scratch)
        factor = spread("factor", self._scaled(weights, inverse), wide, scratch)
        for block in blocks(wide):
            part = shifted[block]
            np.multiply(part, row, out=part)
            np.add(part, shift, out=part)
            np.subtract(wide[block], part, out=part)
            np.multiply(part, factor, out=part)
        return shifted

    def predict(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        inverse = self._moving_inverse(weights)
        return self._affine(weights, inverse, weights["moving_mean"], widened(x), scratch).reshape(x.shape)

    def _moving_inverse(self, weights: Weights) -> Array:
        inverse: Array = 1.0 / np.sqrt(weights["moving_variance"] + self.epsilon)
        return inverse
