"""LayerNormalization: bring every row of numbers to mean 0 and deviation 1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.engine.columns import column_dots, column_sums, row_dots, row_sums, spread, widened
from nnstudio.engine.layer import Array, Weights
from nnstudio.engine.layers.normalization import Normalization
from nnstudio.engine.scratch import Scratch


@dataclass(frozen=True)
class LayerNormalization(Normalization):
    """Bring every row of numbers to mean 0 and deviation 1.

    y = gamma (x - mean) / sqrt(variance + epsilon) + beta; mean and variance are those of the last axis, of
    each sample and place alone. Any shape with an axis in, the same shape out.

    Weights:
        gamma: (channels,)
        beta: (channels,)
    Source: Ba et al. 2016, Layer Normalization.
    """

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        channels = x.shape[-1]
        rows = x.reshape(-1, channels)
        normal = scratch.array("normal", rows.shape)
        np.subtract(rows, row_sums(rows) / channels, out=normal)
        inverse = 1.0 / np.sqrt(row_dots(normal, normal) / channels + self.epsilon)
        np.multiply(normal, scratch.keep("inverse", inverse), out=normal)
        wide, y = widened(normal), scratch.array("y", rows.shape)
        y = self._times_gamma(weights, wide, y.reshape(wide.shape), scratch)
        return self._shift(weights, y, scratch).reshape(x.shape)

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        normal, wide, channels = scratch["normal"], widened(dy), dy.shape[-1]
        if self.trainable:
            self._fill(
                grads, column_dots(wide, normal.reshape(wide.shape), channels), column_sums(wide, channels)
            )
        if not scratch.needs_dx:
            return dy
        # With g = gamma dy: dx = (g - mean of g - normal * mean of g normal) / deviation
        dx, temp = scratch.array("dx", normal.shape), scratch.array("temp", normal.shape)
        self._times_gamma(weights, wide, dx.reshape(wide.shape), scratch)
        sums = row_sums(dx) / channels
        np.multiply(normal, row_dots(dx, normal) / channels, out=temp)
        np.add(temp, sums, out=temp)
        np.subtract(dx, temp, out=dx)
        return np.multiply(dx, scratch["inverse"], out=dx).reshape(dy.shape)

    def _times_gamma(self, weights: Weights, wide: Array, out: Array, scratch: Scratch) -> Array:
        if not self.scale:
            np.copyto(out, wide)
            return out
        return np.multiply(wide, spread(weights["gamma"], wide, scratch), out=out)
