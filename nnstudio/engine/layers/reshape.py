"""Reshape: lays the numbers of a sample out in another shape."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import ClassVar

from nnstudio.engine.fit_words import shape_words
from nnstudio.engine.layer import Array, Layer, Weights, size_of
from nnstudio.engine.scratch import Scratch
from nnstudio.errors import ShapeError
from nnstudio.settings import setting
from nnstudio.task import Shape


@dataclass(frozen=True)
class Reshape(Layer):
    """Lay the numbers of a sample out in another shape, in row-major order.

    Any shape in, ``target_shape`` out, where -1 stands for what is left over.
    """

    family: ClassVar[str] = "shape"

    target_shape: tuple[int, ...] = setting(
        (-1,), "The lengths of the new axes; one may be -1, for what is left over.", minimum=-1, main=True
    )

    def conflicts(self) -> Iterator[str]:
        """Tell which lengths exclude each other."""
        if self.target_shape.count(-1) > 1:
            yield "Only one length of the target shape can be -1."
        if 0 in self.target_shape or not self.target_shape:
            yield "The target shape needs lengths of at least 1, or one that is -1."

    def output_shape(self, shape: Shape) -> Shape:
        numbers, known = size_of(shape), prod(length for length in self.target_shape if length != -1)
        rest = numbers // known if -1 in self.target_shape else 1
        if known * rest != numbers:
            raise ShapeError(
                f"Reshape cannot lay {shape_words(shape)} = {numbers:,} numbers out "
                f"as {shape_words(self.target_shape).replace('-1', '?')}."
            )
        return tuple(rest if length == -1 else length for length in self.target_shape)

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        return scratch.keep("x", x).reshape(len(x), *self.output_shape(x.shape[1:]))

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        return dy.reshape(scratch["x"].shape)
