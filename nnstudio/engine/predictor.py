"""Predictor: runs a stack forwards with given weights and buffers of its own."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from nnstudio.engine.layer import Array, Layer, Weights
from nnstudio.engine.scratch import Scratch


class Predictor:
    """Inference for one thread; what it returns is its own memory until the next call."""

    def __init__(
        self, layers: tuple[Layer, ...], weights: tuple[Weights, ...], dtype: npt.DTypeLike = np.float32
    ) -> None:
        self._layers = layers
        self._weights = weights
        rng = np.random.default_rng(0)  # no layer draws outside training
        self._scratches = tuple(Scratch(rng, dtype) for _ in layers)

    def __call__(self, x: Array) -> Array:
        """Return the outputs (batch, *output shape) for ``x`` (batch, *input shape)."""
        for layer, weights, scratch in zip(self._layers, self._weights, self._scratches, strict=True):
            x = layer.predict(weights, x, scratch)
        return x
