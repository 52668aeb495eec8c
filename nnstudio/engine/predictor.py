"""Predictor: runs a stack forwards with given weights and buffers of its own."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.design import Design
from nnstudio.engine.layer import Array
from nnstudio.engine.layout import Layout
from nnstudio.engine.peeling import peel
from nnstudio.engine.scratch import Scratch


class Predictor:
    """Inference for one thread; what it returns is its own memory until the next call."""

    def __init__(self, design: Design, layout: Layout, parameters: Array) -> None:
        self.design = design
        self.input_shape = layout.shapes[0]
        self.output_shape = layout.shapes[-1]
        self._dtype = parameters.dtype
        self._stack, self._last = peel(design)
        self._weights = layout.views(parameters)
        self._regularized = tuple(
            (spec.regularizer, weights[spec.name])
            for specs, weights, layer in zip(layout.specs, self._weights, design.layers, strict=True)
            for spec in specs
            if spec.regularizer and layer.trainable
        )
        rng = np.random.default_rng(0)  # no layer draws outside training
        self._scratches = tuple(Scratch(rng, self._dtype) for _ in self._stack)
        self._scratch = Scratch(rng, self._dtype)
        self._z: Array = np.empty((0, *self.output_shape), self._dtype)

    def __call__(self, x: Array) -> Array:
        """Return the outputs (batch, *output shape) for ``x`` (batch, *input shape)."""
        x = x.astype(self._dtype, copy=False)
        with np.errstate(over="ignore", invalid="ignore"):  # wild weights show in the loss
            for layer, weights, scratch in zip(self._stack, self._weights, self._scratches, strict=True):
                x = layer.predict(weights, x, scratch)
            self._z = x
            if not self._last:
                return x
            return ACTIVATIONS[self._last].forward(x, self._scratch.array("p", x.shape))

    def losses(self, y: Array) -> Array:
        """Return the loss of each sample of the last call, (batch,), for its targets ``y``.

        It is the loss that training computes, also where probabilities are 0 or 1; what the regularizers
        add is in each of them.
        """
        loss, z = self.design.loss, self._z
        targets = loss.encode(y, z.shape[-1], z.dtype)
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
            if self._last:
                losses = loss.fused(targets, z, self._scratch.array("again", z.shape))[0]
            else:
                losses = loss.per_sample(targets, z)
            penalty = sum(regularizer.penalty(weight) for regularizer, weight in self._regularized)
            return losses + losses.dtype.type(penalty) if penalty else losses

    def buffer(self, rows: int) -> npt.NDArray[np.floating]:
        """Return uninitialised memory for ``rows`` inputs, (rows, *input shape)."""
        return np.empty((rows, *self.input_shape), self._dtype)
