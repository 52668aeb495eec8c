"""Recurrences: every recurrent layer as a plain loop over samples and steps in float64, from Keras' formulas.

Each step takes the layer, its weights, the inputs and the state before as each gate sees them (after
dropout: one row per gate, in Keras' order), and what is carried; it returns state and what is carried on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.layer import Array, Weights


def applied(name: str, row: Array) -> Array:
    """Return an activation of one row of numbers."""
    return ACTIVATIONS[name].forward(row[None], np.empty((1, len(row))))[0]


def sums(seen: Array, kernel: Array, constants: Array) -> list[Array]:
    """Return for each gate what it sees (gates, rows) times its columns of the kernel, plus its constants."""
    columns = np.split(kernel, len(seen), axis=1)
    return [
        row @ part + constant
        for row, part, constant in zip(seen, columns, np.split(constants, len(seen)), strict=True)
    ]


def biases(layer: Any, weights: Weights) -> tuple[Array, Array]:
    """Return the constants beside the inputs and those beside the state."""
    none = np.zeros(weights["kernel"].shape[1])
    rows = weights["bias"].reshape(-1, len(none)) if layer.use_bias else none[None]
    return rows[0], rows[1] if len(rows) > 1 else none


def simple_rnn(layer: Any, weights: Weights, x: Array, h: Array, carried: Array) -> tuple[Array, Array]:
    (from_x,) = sums(x, weights["kernel"], biases(layer, weights)[0])
    (from_h,) = sums(h, weights["recurrent_kernel"], biases(layer, weights)[1])
    return applied(layer.activation, from_x + from_h), carried


def lstm(layer: Any, weights: Weights, x: Array, h: Array, c: Array) -> tuple[Array, Array]:
    from_x = sums(x, weights["kernel"], biases(layer, weights)[0])
    from_h = sums(h, weights["recurrent_kernel"], biases(layer, weights)[1])
    i, f, new, o = (a + b for a, b in zip(from_x, from_h, strict=True))
    i, f, o = (applied(layer.recurrent_activation, z) for z in (i, f, o))
    c = f * c + i * applied(layer.activation, new)
    return o * applied(layer.activation, c), c


def gru(layer: Any, weights: Weights, x: Array, h: Array, before: Array) -> tuple[Array, Array]:
    xz, xr, xg = sums(x, weights["kernel"], biases(layer, weights)[0])
    hz, hr, hg = sums(h, weights["recurrent_kernel"], biases(layer, weights)[1])
    z, r = applied(layer.recurrent_activation, xz + hz), applied(layer.recurrent_activation, xr + hr)
    if not layer.reset_after:
        hg = (r * h[2]) @ weights["recurrent_kernel"][:, 2 * len(r) :]
        g = applied(layer.activation, xg + hg)
    else:
        g = applied(layer.activation, xg + r * hg)
    state = z * before + (1.0 - z) * g
    return state, state


STEPS: dict[str, Callable[[Any, Weights, Array, Array, Array], tuple[Array, Array]]] = {
    "SimpleRNN": simple_rnn,
    "LSTM": lstm,
    "GRU": gru,
}


def recurrence(
    layer: Any, weights: Weights, x: Array, x_masks: Array | None = None, h_masks: Array | None = None
) -> Array:
    """Return what ``layer`` gives for ``x`` (batch, steps, features).

    The masks are (gates, batch, features) and (gates, batch, units), gates in Keras' order.
    """
    batch, steps, features = x.shape
    x_masks = np.ones((layer.gates, batch, features)) if x_masks is None else x_masks
    h_masks = np.ones((layer.gates, batch, layer.units)) if h_masks is None else h_masks
    outputs = np.empty((batch, steps, layer.units))
    for sample in range(batch):
        h = carried = np.zeros(layer.units)
        for step in range(steps):
            inputs = x[sample, steps - 1 - step if layer.go_backwards else step]
            h, carried = STEPS[type(layer).__name__](
                layer, weights, x_masks[:, sample] * inputs, h_masks[:, sample] * h, carried
            )
            outputs[sample, step] = h
    return outputs if layer.return_sequences else outputs[:, -1]
