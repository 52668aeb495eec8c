"""Row activations: functions of all the numbers along the last axis together."""

from __future__ import annotations

import numpy as np

from nnstudio.engine.activations.function import ActivationFunction, Array


def softmax(x: Array, out: Array) -> Array:
    """y = exp(x) / sum(exp(x)) over the last axis, shifted by the maximum so that it cannot overflow."""
    np.subtract(x, np.maximum.reduce(x, axis=-1, keepdims=True), out=out)
    np.exp(out, out=out)
    return np.divide(out, np.add.reduce(out, axis=-1, keepdims=True), out=out)


def softmax_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = y (dy - sum(dy y)) over the last axis."""
    np.multiply(dy, y, out=out)
    np.subtract(dy, np.add.reduce(out, axis=-1, keepdims=True), out=out)
    out *= y
    return out


def log_softmax(x: Array, out: Array) -> Array:
    """y = x - log(sum(exp(x))) over the last axis, shifted by the maximum so that it cannot overflow."""
    np.subtract(x, np.maximum.reduce(x, axis=-1, keepdims=True), out=out)
    out -= np.log(np.add.reduce(np.exp(out), axis=-1, keepdims=True))
    return out


def log_softmax_backward(x: Array, y: Array, dy: Array, out: Array) -> Array:
    """dx = dy - exp(y) sum(dy) over the last axis."""
    np.exp(y, out=out)
    out *= np.add.reduce(dy, axis=-1, keepdims=True)
    return np.subtract(dy, out, out=out)


ROW_FUNCTIONS = (
    ActivationFunction("softmax", softmax, softmax_backward, of_rows=True),
    ActivationFunction("log_softmax", log_softmax, log_softmax_backward, of_rows=True),
)
