"""UpSampling2D: makes an image larger."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from nnstudio.engine.images.windows import Pair, image_shape
from nnstudio.engine.layer import Array, Layer, Weights
from nnstudio.engine.scratch import Scratch
from nnstudio.settings import setting
from nnstudio.task import Shape


@dataclass(frozen=True)
class UpSampling2D(Layer):
    """Make an image larger by whole factors, repeating cells or going smoothly from one to the next.

    y = down x across^T, with a matrix for each axis that says how much of each old cell is in a new one.
    (height, width, channels) in, (height * factor down, width * factor across, channels) out.
    """

    family: ClassVar[str] = "convolution"

    size: Pair = setting(
        (2, 2), "How many times as high and as wide the image gets.", minimum=1, main=True, unit="times"
    )
    interpolation: str = setting(
        "nearest",
        "Whether each cell is repeated (nearest) or new cells lie between the old ones (bilinear).",
        choices=("nearest", "bilinear"),
    )

    def output_shape(self, shape: Shape) -> Shape:
        height, width, channels = image_shape("UpSampling2D", shape)
        return height * self.size[0], width * self.size[1], channels

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        down, across = self._matrices(scratch.keep("x", x))
        return _both_axes(down, across, x, scratch, "y")

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        down, across = self._matrices(scratch["x"])
        return _both_axes(down.T, across.T, dy, scratch, "dx")

    def _matrices(self, x: Array) -> tuple[Array, Array]:
        matrix = _MATRICES[self.interpolation]
        return matrix(x.shape[1], self.size[0], x.dtype), matrix(x.shape[2], self.size[1], x.dtype)


def _both_axes(down: Array, across: Array, x: Array, scratch: Scratch, name: str) -> Array:
    """Return down x across^T for images (batch, height, width, channels)."""
    batch, height, _, channels = x.shape
    half = scratch.array("half", (batch, height, len(across), channels))
    np.matmul(across, x, out=half)
    whole = scratch.array(name, (batch, len(down), len(across), channels))
    np.matmul(down, half.reshape(batch, height, -1), out=whole.reshape(batch, len(down), -1))
    return whole


@cache
def _nearest(length: int, factor: int, dtype: npt.DTypeLike) -> Array:
    """Return the matrix (length * factor, length) that repeats each number."""
    return np.repeat(np.eye(length, dtype=dtype), factor, axis=0)


@cache
def _bilinear(length: int, factor: int, dtype: npt.DTypeLike) -> Array:
    """Return the matrix (length * factor, length) that interpolates between the middles of old cells.

    New cells beyond the middle of the first or last old one are like that.
    """
    middles = (np.arange(length * factor) + 0.5) / factor - 0.5
    distances = np.abs(np.clip(middles, 0, length - 1)[:, None] - np.arange(length))
    return np.maximum(1.0 - distances, 0.0).astype(dtype)


_MATRICES = {"nearest": _nearest, "bilinear": _bilinear}
