"""GlobalMaxPooling2D: the largest number of each channel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.engine.images.global_pooling import GlobalPooling2D
from nnstudio.engine.layer import Array, Weights
from nnstudio.engine.scratch import Scratch


@dataclass(frozen=True)
class GlobalMaxPooling2D(GlobalPooling2D):
    """Keep the largest number of each channel of an image.

    (height, width, channels) in, (channels,) out, or (1, 1, channels) with keepdims. Where several numbers
    are the largest, they share the gradient.
    """

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        y = scratch.array("y", (len(x), 1, 1, x.shape[3]))
        np.amax(scratch.keep("x", x), axis=(1, 2), keepdims=True, out=y)
        return y.reshape(len(x), *self.output_shape(x.shape[1:]))

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        x, y = scratch["x"], scratch["y"]
        dx = scratch.array("dx", x.shape)
        np.equal(x, y, out=dx)
        share = dy.reshape(y.shape) / np.add.reduce(dx, axis=(1, 2), keepdims=True)
        return np.multiply(dx, share, out=dx)
