"""Pooling: what the layers that make one number of each window of an image have in common."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import ClassVar

from nnstudio.engine.images.blocks import framed_block, from_block, pieces, to_block
from nnstudio.engine.images.windows import Pair, Windows, windows_over
from nnstudio.engine.layer import Array, Layer, Weights
from nnstudio.engine.scratch import Scratch
from nnstudio.settings import setting
from nnstudio.task import Shape


@dataclass(frozen=True)
class Pooling2D(Layer):
    """Make one number of each window and channel of an image.

    A subclass says how, in `pool` and `spread`, and what "same" ``padding_value`` is never chosen or counted.
    """

    family: ClassVar[str] = "convolution"
    padding_value: ClassVar[float] = 0.0

    pool_size: Pair = setting((2, 2), "Height and width of a window.", minimum=1, main=True, unit="cells")
    strides: Pair | None = setting(
        None,
        "How many cells a window moves, down and across; its own size where this is left out.",
        minimum=1,
        start=(2, 2),
        absent="as the window",
    )
    padding: str = setting(
        "valid",
        "Whether windows stay inside the image (valid) or also reach beyond its edges (same).",
        choices=("valid", "same"),
    )

    def windows(self, shape: Shape) -> Windows:
        """Return the windows on images of ``shape``."""
        strides = self.strides or self.pool_size
        return windows_over(type(self).__name__, shape, self.pool_size, strides, self.padding)

    def output_shape(self, shape: Shape) -> Shape:
        return (*self.windows(shape).places, shape[-1])

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        windows = self.windows(scratch.keep("x", x).shape[1:])
        y = scratch.array("y", (len(x), *windows.places, x.shape[3]))
        for piece in _pieces(x):
            frame = framed_block(x[piece], windows.frame, windows.before, scratch, self.padding_value)
            from_block(self.pool(frame, windows, piece, scratch), y[piece])
        return y

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        x = scratch["x"]
        windows, dx = self.windows(x.shape[1:]), scratch.array("dx", x.shape)
        for piece in _pieces(x):
            block = scratch.array("dy", (*windows.places, len(dy[piece]), x.shape[3]))
            to_block(dy[piece], block)
            frame = scratch.array("frame", (*windows.frame, *block.shape[2:]))
            self.spread(block, windows, piece, frame, scratch)
            from_block(windows.inside(frame), dx[piece])
        return dx

    def pool(self, frame: Array, windows: Windows, piece: slice, scratch: Scratch) -> Array:
        """Return a block (*places, images, channels) for a framed one, (*frame, images, channels)."""
        raise NotImplementedError

    def spread(self, dy: Array, windows: Windows, piece: slice, frame: Array, scratch: Scratch) -> None:
        """Fill a framed block with the gradient, for that of the block that `pool` returned."""
        raise NotImplementedError


def _pieces(x: Array) -> Iterator[slice]:
    return pieces(len(x), 2 * prod(x.shape[1:]))
