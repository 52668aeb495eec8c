"""Dense: every output sees every input."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from nnstudio.engine.activating import activate, activation_gradient
from nnstudio.engine.activations import ACTIVATIONS
from nnstudio.engine.constraints import CONSTRAINTS, Constraint
from nnstudio.engine.initializers import INITIALIZERS, GlorotUniform, Initializer, Zeros
from nnstudio.engine.layer import Array, Layer, Weights, WeightSpec, size_of
from nnstudio.engine.regularizers import REGULARIZERS, Regularizer
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
    kernel_regularizer: Regularizer | None = setting(
        None, "What large weights add to the loss.", choices=REGULARIZERS
    )
    bias_regularizer: Regularizer | None = setting(
        None, "What large constants add to the loss.", choices=REGULARIZERS
    )
    kernel_constraint: Constraint | None = setting(
        None, "What holds for the weights after every batch.", choices=CONSTRAINTS
    )
    bias_constraint: Constraint | None = setting(
        None, "What holds for the constants after every batch.", choices=CONSTRAINTS
    )

    @property
    def last_function(self) -> str:
        return self.activation

    def without_last_function(self) -> Layer:
        return replace(self, activation="linear")

    def output_shape(self, shape: Shape) -> Shape:
        if not shape:
            raise ShapeError("Dense needs at least one number per sample, but gets a shape without axes.")
        return (*shape[:-1], self.units)

    def weight_specs(self, shape: Shape) -> tuple[WeightSpec, ...]:
        kernel = WeightSpec(
            "kernel",
            (shape[-1], self.units),
            self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        bias = WeightSpec(
            "bias",
            (self.units,),
            self.bias_initializer,
            regularizer=self.bias_regularizer,
            constraint=self.bias_constraint,
        )
        return (kernel, bias) if self.use_bias else (kernel,)

    def multiply_adds(self, shape: Shape) -> int:
        return size_of(shape) * self.units

    # np.dot does what np.matmul does for two axes, and a call of it takes half as long.

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        rows = scratch.keep("rows", x if x.ndim == 2 else x.reshape(-1, x.shape[-1]))
        z = np.dot(rows, weights["kernel"], out=scratch.array("z", (len(rows), self.units)))
        if self.use_bias:
            np.add(z, weights["bias"], out=z)
        y = activate(self.activation, z, scratch)
        return y if x.ndim == 2 else y.reshape(*x.shape[:-1], self.units)

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        rows = scratch["rows"]
        dz = dy if dy.ndim == 2 else dy.reshape(len(rows), self.units)
        dz = activation_gradient(self.activation, dz, scratch)
        if self.trainable:
            np.dot(rows.T, dz, out=grads["kernel"])
            if self.use_bias:
                np.add.reduce(dz, axis=0, out=grads["bias"])
        if not scratch.needs_dx:
            return dy
        dx = np.dot(dz, weights["kernel"].T, out=scratch.array("dx", rows.shape))
        return dx if dy.ndim == 2 else dx.reshape(*dy.shape[:-1], rows.shape[-1])
