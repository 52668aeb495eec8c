"""FunctionLayer: what all layers have in common that send every number through a function."""

from __future__ import annotations

from typing import ClassVar

from nnstudio.engine.activations import ActivationFunction
from nnstudio.engine.layer import Array, Layer, Weights
from nnstudio.engine.scratch import Scratch
from nnstudio.errors import ShapeError
from nnstudio.task import Shape


class FunctionLayer(Layer):
    """A function as a layer of its own: any shape in, the same shape out.

    A function of rows works over the last axis.
    """

    family: ClassVar[str] = "activation"

    @property
    def function(self) -> ActivationFunction:
        """The function, which the settings choose."""
        raise NotImplementedError

    @property
    def last_function(self) -> str:
        return self.function.name

    def output_shape(self, shape: Shape) -> Shape:
        if self.function.of_rows and not shape:
            raise ShapeError(
                f"The function {self.function.name} needs a row of numbers, but gets a shape without axes."
            )
        return shape

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        return self.function.forward(scratch.keep("x", x), scratch.array("y", x.shape))

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        dx = scratch.array("dx", dy.shape)
        return self.function.backward(scratch["x"], scratch["y"], dy, dx)
