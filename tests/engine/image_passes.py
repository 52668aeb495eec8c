"""Image passes: forwards and backwards through one layer."""

from __future__ import annotations

import numpy as np

from nnstudio.engine.images.convolving import Convolving
from nnstudio.engine.layer import Array, Layer, Weights
from nnstudio.engine.scratch import Scratch


def results(layer: Convolving | Layer, weights: Weights, x: Array, dy: Array) -> tuple[Array, ...]:
    """Return y, dx and the gradients, after a pass that left other numbers behind."""
    scratch = Scratch(np.random.default_rng(0), x.dtype)
    grads = {name: np.full_like(weight, np.nan) for name, weight in weights.items()}
    for other in (-x, x):
        y = layer.forward(weights, other, scratch)
        dx = layer.backward(weights, grads, dy, scratch)
    return y, dx, *grads.values()
