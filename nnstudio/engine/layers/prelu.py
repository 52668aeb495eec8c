"""PReLU: keep what is positive, and of what is negative a share that is learnt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.engine.columns import column_sums
from nnstudio.engine.constraints import CONSTRAINTS, Constraint
from nnstudio.engine.initializers import INITIALIZERS, Initializer, Zeros
from nnstudio.engine.layer import Array, Layer, Weights, WeightSpec
from nnstudio.engine.regularizers import REGULARIZERS, Regularizer
from nnstudio.engine.scratch import Scratch
from nnstudio.errors import ShapeError
from nnstudio.settings import setting
from nnstudio.task import Shape


@dataclass(frozen=True)
class PReLU(Layer):
    """Keep what is positive, and of what is negative a share that is learnt.

    y = x where x > 0, else alpha x. Any shape in, the same shape out.

    Weights:
        alpha: the shape of a sample, with length 1 where an axis is shared
    Source: He et al. 2015, Delving Deep into Rectifiers.
    """

    family: ClassVar[str] = "activation"
    caption: ClassVar[str] = "learns its slopes"

    alpha_initializer: Initializer = setting(
        Zeros(), "How the shares start before training.", choices=INITIALIZERS
    )
    alpha_regularizer: Regularizer | None = setting(
        None, "What large shares add to the loss.", choices=REGULARIZERS
    )
    alpha_constraint: Constraint | None = setting(
        None, "What holds for the shares after every batch.", choices=CONSTRAINTS
    )
    shared_axes: tuple[int, ...] | None = setting(
        None,
        "The axes of a sample, from 1, along which all share one alpha.",
        minimum=1,
        maximum=8,
        advanced=True,
    )

    def output_shape(self, shape: Shape) -> Shape:
        if max(self.shared_axes or (0,)) > len(shape):
            raise ShapeError(
                f"PReLU shares the axis {max(self.shared_axes or (0,))}, but a sample has {len(shape)}."
            )
        return shape

    def weight_specs(self, shape: Shape) -> tuple[WeightSpec, ...]:
        shared = self.shared_axes or ()
        lengths = tuple(1 if axis in shared else length for axis, length in enumerate(shape, start=1))
        return (
            WeightSpec(
                "alpha",
                lengths,
                self.alpha_initializer,
                regularizer=self.alpha_regularizer,
                constraint=self.alpha_constraint,
            ),
        )

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        scratch.keep("x", x)
        negative = np.minimum(x, 0.0, out=scratch.array("negative", x.shape))
        y, temp = scratch.array("y", x.shape), scratch.array("temp", x.shape)
        np.maximum(x, 0.0, out=y)
        return np.add(y, np.multiply(negative, weights["alpha"], out=temp), out=y)

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        x, alpha, dx = scratch["x"], weights["alpha"], scratch.array("dx", dy.shape)
        if self.trainable:
            np.multiply(dy, scratch["negative"], out=dx)
            by_place = column_sums(dx.reshape(len(dx), -1), dx[0].size).reshape(x.shape[1:])
            axes = tuple(axis - 1 for axis in self.shared_axes or ())
            np.sum(by_place, axis=axes, keepdims=True, out=grads["alpha"])
        if not scratch.needs_dx:
            return dy
        np.greater(x, 0.0, out=dx)
        np.multiply(dx, 1.0 - alpha, out=dx)
        np.add(dx, alpha, out=dx)
        return np.multiply(dx, dy, out=dx)
