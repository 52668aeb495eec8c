"""Smooth activations: functions of one number without corners."""

from __future__ import annotations

import numpy as np

from nnstudio.engine.activations.function import (
    HALF,
    ONE,
    ZERO,
    ActivationFunction,
    Array,
    in_pieces,
    zeros_beside,
)

_STEEP = 20.0  # from here on mish and x are the same in float32

# Signs change by subtraction: np.negative of NumPy 2.4 in place is wrong for some arrays with gaps.


def linear(x: Array, out: Array) -> Array:
    """y = x."""
    if out is not x:
        np.copyto(out, x)
    return out


def linear_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = dy."""
    return linear(dy, out)


def sigmoid(x: Array, out: Array) -> Array:
    """y = 1 / (1 + exp(-x)), as (1 + tanh(x / 2)) / 2, which cannot overflow."""
    np.multiply(x, HALF, out=out)
    np.tanh(out, out=out)
    np.add(out, ONE, out=out)
    return np.multiply(out, HALF, out=out)


def sigmoid_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = dy y (1 - y)."""
    np.subtract(ONE, y, out=out)
    np.multiply(out, y, out=out)
    return np.multiply(out, dy, out=out)


def tanh(x: Array, out: Array) -> Array:
    """y = tanh(x)."""
    return np.tanh(x, out=out)


def tanh_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = dy (1 - y^2)."""
    np.multiply(y, y, out=out)
    np.subtract(ONE, out, out=out)
    return np.multiply(out, dy, out=out)


def exponential(x: Array, out: Array) -> Array:
    """y = exp(x)."""
    return np.exp(x, out=out)


def exponential_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = dy y."""
    return np.multiply(dy, y, out=out)


@in_pieces
def softplus(x: Array, out: Array) -> Array:
    """y = log(1 + exp(x)), as max(x, 0) + log(1 + exp(-|x|)), which cannot overflow."""
    rest = np.abs(x)
    np.subtract(ZERO, rest, out=rest)
    np.exp(rest, out=rest)
    np.log1p(rest, out=rest)
    np.maximum(x, zeros_beside(x), out=out)
    return np.add(out, rest, out=out)


def softplus_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = dy sigmoid(x) = dy (1 - exp(-y))."""
    np.subtract(ZERO, y, out=out)
    np.expm1(out, out=out)
    np.subtract(ZERO, out, out=out)
    return np.multiply(out, dy, out=out)


@in_pieces
def softsign(x: Array, out: Array) -> Array:
    """y = x / (1 + |x|)."""
    below = np.abs(x)
    below += ONE
    return np.divide(x, below, out=out)


def softsign_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = dy / (1 + |x|)^2 = dy (1 - |y|)^2."""
    np.abs(y, out=out)
    np.subtract(ONE, out, out=out)
    np.multiply(out, out, out=out)
    return np.multiply(out, dy, out=out)


@in_pieces
def silu(x: Array, out: Array) -> Array:
    """y = x sigmoid(x). Source: Ramachandran et al. 2017, Searching for Activation Functions (swish)."""
    return np.multiply(x, sigmoid(x, np.empty_like(x)), out=out)


@in_pieces
def silu_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = dy (s + y (1 - s)) with s = sigmoid(x)."""
    s = sigmoid(x, np.empty_like(x))
    np.subtract(ONE, s, out=out)
    np.multiply(out, y, out=out)
    np.add(out, s, out=out)
    return np.multiply(out, dy, out=out)


@in_pieces
def mish(x: Array, out: Array) -> Array:
    """y = x tanh(log(1 + exp(x))), as x n / (n + 2) with n = e (e + 2) and e = exp(x).

    Source: Misra 2019, Mish: A Self Regularized Non-Monotonic Activation Function.
    """
    e = np.minimum(x, _STEEP)
    np.exp(e, out=e)
    n = e + 2.0
    n *= e
    np.add(n, 2.0, out=e)
    n /= e
    return np.multiply(x, n, out=out)


@in_pieces
def mish_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = dy (n (n + 2) + 4 x e (1 + e)) / (n + 2)^2, with e and n as in `mish`."""
    x = np.minimum(x, _STEEP)
    e = np.exp(x)
    n = e + 2.0
    n *= e
    np.add(e, ONE, out=out)
    out *= e
    out *= 4.0
    out *= x
    np.add(n, 2.0, out=e)
    n *= e
    out += n
    out /= np.multiply(e, e, out=e)
    return np.multiply(out, dy, out=out)


SMOOTH = (
    ActivationFunction("linear", linear, linear_backward),
    ActivationFunction("sigmoid", sigmoid, sigmoid_backward),
    ActivationFunction("tanh", tanh, tanh_backward),
    ActivationFunction("silu", silu, silu_backward, needs_input=True),
    ActivationFunction("mish", mish, mish_backward, needs_input=True),
    ActivationFunction("softplus", softplus, softplus_backward),
    ActivationFunction("softsign", softsign, softsign_backward),
    ActivationFunction("exponential", exponential, exponential_backward),
)
