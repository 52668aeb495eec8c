"""LayerNormalization: bring every row of numbers to mean 0 and deviation 1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.engine.columns import blocks, column_sums_and_dots, scaled_and_shifted, spread, widened
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
        rows = x.reshape(-1, x.shape[-1])
        normal, inverse = scratch.array("normal", rows.shape), scratch.array("inverse", (len(rows), 1))
        for block in blocks(rows):
            part = np.subtract(rows[block], _row_means(rows[block]), out=normal[block])
            deviation = np.sqrt(_row_dots(part, part) + self.epsilon, out=inverse[block])
            np.divide(1.0, deviation, out=inverse[block])
            np.multiply(part, inverse[block], out=part)
        wide = widened(normal)
        factor = spread("factor", weights["gamma"], wide, scratch) if self.scale else 1.0
        shift = spread("shift", weights["beta"], wide, scratch) if self.center else 0.0
        return scaled_and_shifted(wide, factor, shift, scratch.array("y", wide.shape)).reshape(x.shape)

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        wide, normal = widened(dy), scratch["normal"]
        if self.trainable:
            sums, dots = column_sums_and_dots(wide, normal.reshape(wide.shape), dy.shape[-1])
            self._fill(grads, dots, sums)
        if not scratch.needs_dx:
            return dy
        factor = spread("factor", weights["gamma"], wide, scratch) if self.scale else 1.0
        dx = np.multiply(wide, factor, out=scratch.array("dx", wide.shape)).reshape(normal.shape)
        # With g = gamma dy: dx = (g - mean of g - normal * mean of g normal) / deviation
        for block in blocks(dx):
            g, part = dx[block], normal[block]
            away = part * _row_dots(g, part)
            away += _row_means(g)
            g -= away
            g *= scratch["inverse"][block]
        return dx.reshape(dy.shape)


def _row_means(x: Array) -> Array:
    """Return the mean of each row, (rows, 1)."""
    means: Array = np.dot(x, np.ones((x.shape[1], 1), x.dtype)) / x.shape[1]
    return means


def _row_dots(x: Array, other: Array) -> Array:
    """Return the mean of the products of two matrices by row, (rows, 1)."""
    means: Array = np.einsum("ij,ij->i", x, other)[:, None] / x.shape[1]
    return means
