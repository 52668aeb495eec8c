"""Activations: functions of one number (or of a row of them), with their derivatives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class ActivationFunction:
    """A function and its derivative, both writing into an array that they are given.

    ``forward(x, out)`` returns y and may be called with ``out is x``.
    ``backward(x, y, dy, out)`` returns dx. Most derivatives follow from y alone and never look at x, so that
    it need not be kept; those that do say so in ``needs_input``.
    """

    name: str
    forward: Callable[[Array, Array], Array]
    backward: Callable[[Array, Array, Array, Array], Array]
    needs_input: bool = False


def linear(x: Array, out: Array) -> Array:
    """y = x."""
    if out is not x:
        np.copyto(out, x)
    return out


def linear_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = dy."""
    return linear(dy, out)


def relu(x: Array, out: Array) -> Array:
    """y = max(x, 0)."""
    return np.maximum(x, 0, out=out)


def relu_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = dy where y > 0, else 0."""
    return np.multiply(dy, y > 0, out=out)


def sigmoid(x: Array, out: Array) -> Array:
    """y = 1 / (1 + exp(-x)), as (1 + tanh(x / 2)) / 2, which cannot overflow."""
    np.multiply(x, 0.5, out=out)
    np.tanh(out, out=out)
    out += 1.0
    out *= 0.5
    return out


def sigmoid_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = dy y (1 - y)."""
    slope = y * (1.0 - y)
    return np.multiply(dy, slope, out=out)


def tanh(x: Array, out: Array) -> Array:
    """y = tanh(x)."""
    return np.tanh(x, out=out)


def tanh_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = dy (1 - y^2)."""
    slope = 1.0 - y * y
    return np.multiply(dy, slope, out=out)


def softmax(x: Array, out: Array) -> Array:
    """y = exp(x) / sum(exp(x)) over the last axis, shifted by the maximum so that it cannot overflow."""
    np.subtract(x, x.max(axis=-1, keepdims=True), out=out)
    np.exp(out, out=out)
    out /= out.sum(axis=-1, keepdims=True)
    return out


def softmax_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = y (dy - sum(dy y)) over the last axis."""
    inner = np.sum(dy * y, axis=-1, keepdims=True)
    np.subtract(dy, inner, out=out)
    out *= y
    return out


ACTIVATIONS: dict[str, ActivationFunction] = {
    function.name: function
    for function in (
        ActivationFunction("linear", linear, linear_backward),
        ActivationFunction("relu", relu, relu_backward),
        ActivationFunction("sigmoid", sigmoid, sigmoid_backward),
        ActivationFunction("tanh", tanh, tanh_backward),
        ActivationFunction("softmax", softmax, softmax_backward),
    )
}
