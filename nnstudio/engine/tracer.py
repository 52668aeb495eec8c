"""Tracer: follows what a network gives back to what it was given, with nothing dropped and nothing learnt."""

from __future__ import annotations

import numpy as np

from nnstudio.engine.aligned import aligned_empty
from nnstudio.engine.design import Design
from nnstudio.engine.joining import join
from nnstudio.engine.layer import Array, Layer
from nnstudio.engine.layout import Layout
from nnstudio.engine.masking import masked
from nnstudio.engine.scratch import Scratch

_BOUNDED = ("softmax", "sigmoid")  # where they are sure their slope is nearly zero


class Tracer:
    """Inference that keeps what the way back needs; for one thread.

    The scores are the outputs before a last softmax or sigmoid, ``last``; "" where there is none. What is
    returned is the tracer's own memory until the next call. The parameters are never changed.

    Source: the gradient by the input is that of Simonyan et al. 2014, Deep Inside Convolutional Networks.
    """

    def __init__(self, design: Design, layout: Layout, parameters: Array) -> None:
        self.input_shape = layout.shapes[0]
        self._dtype = parameters.dtype
        layers, self.last = _bare(design.layers)
        self._stack = masked(join(tuple(layer.at_rest() for layer in layers)))
        self._weights = layout.views(parameters)
        self._grads = tuple(
            {name: aligned_empty(array.shape, self._dtype) for name, array in weights.items()}
            for weights in self._weights
        )
        rng = np.random.default_rng(0)  # no layer draws at rest
        self._scratches = tuple(Scratch(rng, self._dtype) for _ in self._stack)
        weighted = [index for index, weights in enumerate(self._weights) if weights]
        self._hidden = weighted[-1] if len(weighted) > 1 else 0
        self.hidden_width = int(np.prod(layout.shapes[self._hidden])) if self._hidden else 0

    def __call__(self, x: Array) -> Array:
        """Return the scores (batch, *output shape) for prepared inputs ``x`` (batch, *input shape)."""
        return self._run(x, len(self._stack))

    def gradient(self, dz: Array) -> Array:
        """Return the gradient by the inputs of the last call, (batch, *input shape).

        ``dz`` (batch, *output shape) is the gradient by the scores. Behind an Embedding it is all zeros:
        whole numbers have no gradient.
        """
        dy = dz.astype(self._dtype, copy=False)
        machines = zip(self._stack, self._weights, self._grads, self._scratches, strict=True)
        with np.errstate(over="ignore", invalid="ignore"):
            for layer, weights, grads, scratch in reversed(tuple(machines)):
                dy = layer.backward(weights, grads, dy, scratch)
        return dy

    def hidden(self, x: Array) -> Array:
        """Return what goes into the last layer with weights, (batch, ``hidden_width``).

        A network without a hidden layer has a width of 0.
        """
        return self._run(x, self._hidden).reshape(len(x), -1)[:, : self.hidden_width]

    def _run(self, x: Array, layers: int) -> Array:
        x = x.astype(self._dtype, copy=False)
        stages = zip(self._stack, self._weights, self._scratches, strict=True)
        with np.errstate(over="ignore", invalid="ignore"):
            for layer, weights, scratch in tuple(stages)[:layers]:
                x = layer.forward(weights, x, scratch)
        return x


def _bare(layers: tuple[Layer, ...]) -> tuple[tuple[Layer, ...], str]:
    """Return the stack without a last softmax or sigmoid, and the name of what was taken off."""
    last = layers[-1] if layers else None
    bare = last.without_last_function() if last is not None and last.last_function in _BOUNDED else None
    return (
        ((*layers[:-1], bare), last.last_function) if bare is not None and last is not None else (layers, "")
    )
