"""Dense: every output sees every input."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.initializers import INITIALIZERS, GlorotUniform, Initializer, Zeros
from nnstudio.engine.layer import Array, Layer, Weights, WeightSpec, size_of
from nnstudio.engine.scratch import Scratch
from nnstudio.errors import ShapeError
from nnstudio.settings import setting
from nnstudio.task import Shape


@dataclass(frozen=True)
class Dense(Layer):
    """Every output sees every input.

    y = activation(x kernel + bias), over the last axis of x. (..., inputs) in, (..., units) out.

    Weights:
        kernel: (inputs, units)
        bias: (units,)
    """

    units: int = setting(128, "How many outputs the layer has.", minimum=1, unit="units", main=True)
    activation: str = setting(
        "linear", "The function that each output goes through.", choices=tuple(ACTIVATIONS), main=True
    )
    use_bias: bool = setting(True, "Whether each output has a constant that is added.")
    kernel_initializer: Initializer = setting(
        GlorotUniform(), "How the weights start before training.", choices=INITIALIZERS
    )
    bias_initializer: Initializer = setting(
        Zeros(), "How the constants start before training.", choices=INITIALIZERS
    )

    def output_shape(self, shape: Shape) -> Shape:
        if not shape:
            raise ShapeError("Dense needs at least one number per sample, but gets a shape without axes.")
        return (*shape[:-1], self.units)

    def weight_specs(self, shape: Shape) -> tuple[WeightSpec, ...]:
        kernel = WeightSpec("kernel", (shape[-1], self.units), self.kernel_initializer)
        bias = WeightSpec("bias", (self.units,), self.bias_initializer)
        return (kernel, bias) if self.use_bias else (kernel,)

    def multiply_adds(self, shape: Shape) -> int:
        return size_of(shape) * self.units

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        rows = scratch.keep("rows", x.reshape(-1, x.shape[-1]))
        y = np.matmul(rows, weights["kernel"], out=scratch.array("y", (len(rows), self.units)))
        if self.use_bias:
            y += weights["bias"]
        ACTIVATIONS[self.activation].forward(y, y)
        return y.reshape(*x.shape[:-1], self.units)

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        rows, y = scratch["rows"], scratch["y"]
        dz = dy.reshape(y.shape)
        if self.activation != "linear":
            dz = ACTIVATIONS[self.activation].backward(y, dz, scratch.array("dz", y.shape))
        np.matmul(rows.T, dz, out=grads["kernel"])
        if self.use_bias:
            np.sum(dz, axis=0, out=grads["bias"])
        if not scratch.needs_dx:
            return dy
        dx = np.matmul(dz, weights["kernel"].T, out=scratch.array("dx", rows.shape))
        return dx.reshape(*dy.shape[:-1], rows.shape[-1])
