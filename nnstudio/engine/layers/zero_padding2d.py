"""ZeroPadding2D: puts zeros around an image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.engine.images.windows import image_shape
from nnstudio.engine.layer import Array, Layer, Weights
from nnstudio.engine.scratch import Scratch
from nnstudio.settings import setting
from nnstudio.task import Shape


@dataclass(frozen=True)
class ZeroPadding2D(Layer):
    """Put rows and columns of zeros around an image.

    (height, width, channels) in, (top + height + bottom, left + width + right, channels) out.
    Keras writes the same as ((top, bottom), (left, right)), as (down, across) where both sides of an axis are
    alike, or as one number where all four are.
    """

    family: ClassVar[str] = "convolution"

    padding: tuple[int, int, int, int] = setting(
        (1, 1, 1, 1),
        "How many rows or columns of zeros to add: top, bottom, left, right.",
        minimum=0,
        main=True,
        unit="cells",
    )

    def output_shape(self, shape: Shape) -> Shape:
        height, width, channels = image_shape("ZeroPadding2D", shape)
        top, bottom, left, right = self.padding
        return top + height + bottom, left + width + right, channels

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        y = scratch.array("y", (len(x), *self.output_shape(x.shape[1:])))
        y.fill(0)
        np.copyto(self._inside(y), x)
        return y

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        inside = self._inside(dy)
        dx = scratch.array("dx", inside.shape)
        np.copyto(dx, inside)
        return dx

    def _inside(self, images: Array) -> Array:
        top, bottom, left, right = self.padding
        height, width = images.shape[1:3]
        return images[:, top : height - bottom, left : width - right]
