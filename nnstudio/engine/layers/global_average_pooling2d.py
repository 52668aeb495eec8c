"""GlobalAveragePooling2D: the mean of each channel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.engine.images.global_pooling import GlobalPooling2D
from nnstudio.engine.layer import Array, Weights
from nnstudio.engine.scratch import Scratch


@dataclass(frozen=True)
class GlobalAveragePooling2D(GlobalPooling2D):
    """Keep the mean of each channel of an image.

    (height, width, channels) in, (channels,) out, or (1, 1, channels) with keepdims.
    Source: Lin et al. 2014, Network In Network.
    """

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        cells = scratch.keep("x", x).reshape(len(x), -1, x.shape[3])
        share = np.full((1, cells.shape[1]), 1.0 / cells.shape[1], x.dtype)
        y = np.matmul(share, cells, out=scratch.array("y", (len(x), 1, x.shape[3])))
        return y.reshape(len(x), *self.output_shape(x.shape[1:]))

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        dx = scratch.array("dx", scratch["x"].shape)
        np.multiply(dy.reshape(len(dx), 1, 1, -1), 1.0 / (dx.shape[1] * dx.shape[2]), out=dx)
        return dx
