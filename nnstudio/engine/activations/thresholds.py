"""Thresholds: Keras' general rectifier, which has a threshold, a greatest value and a slope below."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnstudio.engine.activations.function import ActivationFunction, Array, in_pieces


@cache
def threshold_relu_of(max_value: float | None, slope: float, threshold: float) -> ActivationFunction:
    """Return y = max_value where x >= max_value, x where x > threshold, else slope (x - threshold).

    It has no name, as there is none that says all of this.
    """
    limit = np.inf if max_value is None else max_value

    @in_pieces
    def forward(x: Array, out: Array) -> Array:
        below = np.minimum(x, threshold)
        below -= threshold
        below *= slope
        np.multiply(x, x > threshold, out=out)
        np.minimum(out, limit, out=out)
        return np.add(out, below, out=out)

    @in_pieces
    def backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
        """dx = dy where threshold < x < max_value, slope dy where x <= threshold, else 0."""
        np.less_equal(x, threshold, out=out)
        out *= slope
        out += (x > threshold) & (x < limit)
        return np.multiply(out, dy, out=out)

    return ActivationFunction("", forward, backward, needs_input=True)
