"""Normalization: what the layers have in common that bring numbers to mean 0 and deviation 1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from nnstudio.engine.constraints import CONSTRAINTS, Constraint
from nnstudio.engine.initializers import INITIALIZERS, Initializer, Ones, Zeros
from nnstudio.engine.layer import Array, Layer, Weights, WeightSpec, size_of
from nnstudio.engine.regularizers import REGULARIZERS, Regularizer
from nnstudio.errors import ShapeError
from nnstudio.settings import setting
from nnstudio.task import Shape


@dataclass(frozen=True)
class Normalization(Layer):
    """Numbers that are normalised and then, by channel, scaled and shifted by what is learnt.

    Weights:
        gamma: (channels,) the scale
        beta: (channels,) the shift
    """

    family: ClassVar[str] = "regularise"
    caption: ClassVar[str] = "mean 0, deviation 1"

    epsilon: float = setting(
        1e-3,
        "Is added to the variance, so that none is zero.",
        above=0.0,
        maximum=1e3,
        ladder=True,
        advanced=True,
    )
    center: bool = setting(True, "Whether a shift is learnt for each channel.")
    scale: bool = setting(True, "Whether a scale is learnt for each channel.")
    beta_initializer: Initializer = setting(
        Zeros(), "How the shifts start before training.", choices=INITIALIZERS
    )
    gamma_initializer: Initializer = setting(
        Ones(), "How the scales start before training.", choices=INITIALIZERS
    )
    beta_regularizer: Regularizer | None = setting(
        None, "What large shifts add to the loss.", choices=REGULARIZERS
    )
    gamma_regularizer: Regularizer | None = setting(
        None, "What large scales add to the loss.", choices=REGULARIZERS
    )
    beta_constraint: Constraint | None = setting(
        None, "What holds for the shifts after every batch.", choices=CONSTRAINTS
    )
    gamma_constraint: Constraint | None = setting(
        None, "What holds for the scales after every batch.", choices=CONSTRAINTS
    )

    def output_shape(self, shape: Shape) -> Shape:
        if not shape:
            raise ShapeError(
                f"{type(self).__name__} needs at least one number per sample, but gets a shape without axes."
            )
        return shape

    def weight_specs(self, shape: Shape) -> tuple[WeightSpec, ...]:
        return tuple(self._learnt(shape[-1:]))

    def _learnt(self, channels: Shape) -> Iterator[WeightSpec]:
        if self.scale:
            yield WeightSpec(
                "gamma",
                channels,
                self.gamma_initializer,
                regularizer=self.gamma_regularizer,
                constraint=self.gamma_constraint,
            )
        if self.center:
            yield WeightSpec(
                "beta",
                channels,
                self.beta_initializer,
                regularizer=self.beta_regularizer,
                constraint=self.beta_constraint,
            )

    def multiply_adds(self, shape: Shape) -> int:
        return size_of(shape)

    def _scaled(self, weights: Weights, inverse: Array) -> Array:
        """Return ``inverse`` (channels,), one over a deviation, times the scale that is learnt."""
        return inverse * weights["gamma"] if self.scale else inverse

    def _fill(self, grads: Weights, dgamma: Array, dbeta: Array) -> None:
        if self.scale:
            grads["gamma"][...] = dgamma
        if self.center:
            grads["beta"][...] = dbeta
