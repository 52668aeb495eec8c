"""Flatten: make one row of numbers out of each sample."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from nnstudio.engine.layer import Array, Layer, Weights, size_of
from nnstudio.engine.scratch import Scratch
from nnstudio.task import Shape


@dataclass(frozen=True)
class Flatten(Layer):
    """Make one row of numbers out of each sample.

    Any shape in, (product of the lengths,) out, in row-major order.
    """

    family: ClassVar[str] = "shape"
    caption: ClassVar[str] = "one row of numbers"

    def output_shape(self, shape: Shape) -> Shape:
        return (size_of(shape),)

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        scratch.keep("x", x)
        return x.reshape(len(x), size_of(x.shape[1:]))

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        return dy.reshape(scratch["x"].shape)
