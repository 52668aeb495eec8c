"""Rectifiers: activations that are straight, or nearly, above zero and keep little of what is below."""

from __future__ import annotations

from functools import cache

import numpy as np

from nnstudio.engine.activations.function import (
    ONE,
    PIECE_SIZE,
    ZERO,
    ActivationFunction,
    Array,
    in_pieces,
    zeros_beside,
)

# Source of SELU and its constants: Klambauer et al. 2017, Self-Normalizing Neural Networks.
_SELU_ALPHA = 1.6732632423543772
_SELU_SCALE = 1.0507009873554805


def relu(x: Array, out: Array) -> Array:
    """y = max(x, 0)."""
    if (
        x.size > PIECE_SIZE
    ):  # clipping is faster than a maximum with one number, but a call of it takes longer
        return np.clip(x, 0.0, np.inf, out=out)
    return np.maximum(x, zeros_beside(x), out=out)


def relu_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = dy where y > 0, else 0."""
    return np.multiply(np.greater(y, ZERO, out=out), dy, out=out)


def relu6(x: Array, out: Array) -> Array:
    """y = min(max(x, 0), 6)."""
    return np.clip(x, 0.0, 6.0, out=out)


@in_pieces
def relu6_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = dy where 0 < y < 6, else 0."""
    return np.multiply(dy, (y > ZERO) & (y < 6.0), out=out)


@cache
def leaky_relu_of(slope: float, name: str = "leaky_relu") -> ActivationFunction:
    """Return y = x where x > 0, else slope x, for a slope of at least 0.

    Source: Maas et al. 2013, Rectifier Nonlinearities Improve Neural Network Acoustic Models.
    """
    choose = np.maximum if slope <= 1.0 else np.minimum

    @in_pieces
    def forward(x: Array, out: Array) -> Array:
        return choose(x, x * slope, out=out)

    def backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
        """dx = dy where y > 0, else slope dy."""
        np.greater(y, ZERO, out=out)
        out *= 1.0 - slope
        out += slope
        out *= dy
        return out

    return ActivationFunction(name, forward, backward)


@cache
def elu_of(alpha: float, scale: float = 1.0, name: str = "elu") -> ActivationFunction:
    """Return y = scale x where x > 0, else scale alpha (exp(x) - 1), for an alpha of at least 0.

    Source: Clevert et al. 2016, Fast and Accurate Deep Network Learning by Exponential Linear Units.
    """
    steepness = scale * alpha  # of the curve where it reaches zero from below

    @in_pieces
    def forward(x: Array, out: Array) -> Array:
        zeros = zeros_beside(x)
        curve = np.minimum(x, zeros)
        np.expm1(curve, out=curve)
        curve *= alpha
        np.maximum(x, zeros, out=out)
        out += curve
        return out if scale == 1.0 else np.multiply(out, scale, out=out)

    @in_pieces
    def backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
        """dx = scale dy where y > 0, else (y + scale alpha) dy."""
        np.minimum(y, zeros_beside(y), out=out)
        out += steepness
        if steepness != scale:
            out += np.multiply(y > ZERO, scale - steepness, dtype=out.dtype)
        out *= dy
        return out

    return ActivationFunction(name, forward, backward)


@cache
def hard_sigmoid_of(slope: float, name: str = "hard_sigmoid") -> ActivationFunction:
    """Return y = slope x + 0.5, cut at 0 and 1; the slope is 1/6 in Keras 3 and 0.2 in Keras 2."""

    def forward(x: Array, out: Array) -> Array:
        np.multiply(x, slope, out=out)
        out += 0.5
        return np.clip(out, 0.0, 1.0, out=out)

    @in_pieces
    def backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
        """dx = slope dy where 0 < y < 1, else 0."""
        np.multiply(dy, (y > ZERO) & (y < ONE), out=out)
        out *= slope
        return out

    return ActivationFunction(name, forward, backward)


RELU = ActivationFunction("relu", relu, relu_backward)
RECTIFIERS = (
    RELU,
    leaky_relu_of(0.2),
    elu_of(1.0),
    elu_of(_SELU_ALPHA, _SELU_SCALE, "selu"),
    ActivationFunction("relu6", relu6, relu6_backward),
    hard_sigmoid_of(1.0 / 6.0),
    hard_sigmoid_of(0.2, "hard_sigmoid_keras2"),
)
