"""Embedding: look up a row of numbers for each whole number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.engine.constraints import CONSTRAINTS, Constraint
from nnstudio.engine.initializers import INITIALIZERS, Initializer, RandomUniform
from nnstudio.engine.layer import Array, Layer, Weights, WeightSpec
from nnstudio.engine.regularizers import REGULARIZERS, Regularizer
from nnstudio.engine.scratch import Scratch
from nnstudio.errors import DataError
from nnstudio.settings import setting
from nnstudio.task import Shape

_MOST_ROWS = 2**24  # up to it float32, in which inputs arrive, has every whole number


@dataclass(frozen=True)
class Embedding(Layer):
    """Look up a row of numbers for each whole number.

    y = embeddings[x]. Numbers from 0 to input_dim - 1 of any shape in, (*shape, output_dim) out.
    What is behind a decimal point is cut off.

    Weights:
        embeddings: (input_dim, output_dim)
    """

    family: ClassVar[str] = "sequence"
    takes_indices: ClassVar[bool] = True

    input_dim: int = setting(
        10_000,
        "How many different numbers there are, from 0 on.",
        minimum=1,
        maximum=_MOST_ROWS,
        main=True,
        unit="different",
    )
    output_dim: int = setting(
        64, "How many numbers stand for each of them.", minimum=1, main=True, unit="each"
    )
    mask_zero: bool = setting(
        False,
        "Whether 0 stands for no step at all: the SimpleRNN, LSTM and GRU behind pass over it.",
        advanced=True,
    )
    embeddings_initializer: Initializer = setting(
        RandomUniform(), "How the rows start before training.", choices=INITIALIZERS
    )
    embeddings_regularizer: Regularizer | None = setting(
        None, "What large numbers in the rows add to the loss.", choices=REGULARIZERS
    )
    embeddings_constraint: Constraint | None = setting(
        None, "What holds for the rows after every batch.", choices=CONSTRAINTS
    )

    def output_shape(self, shape: Shape) -> Shape:
        return (*shape, self.output_dim)

    def weight_specs(self, shape: Shape) -> tuple[WeightSpec, ...]:
        return (
            WeightSpec(
                "embeddings",
                (self.input_dim, self.output_dim),
                self.embeddings_initializer,
                regularizer=self.embeddings_regularizer,
                constraint=self.embeddings_constraint,
            ),
        )

    def forward(self, weights: Weights, x: Array, scratch: Scratch) -> Array:
        """Return y (batch, *shape, output_dim).

        Raises:
            DataError: a number has no row.
        """
        self._check(x)
        indices = scratch.array("indices", x.shape, np.intp)
        indices[...] = x
        y = scratch.array("y", (*x.shape, self.output_dim))
        return np.take(weights["embeddings"], indices, axis=0, out=y, mode="clip")

    def backward(self, weights: Weights, grads: Weights, dy: Array, scratch: Scratch) -> Array:
        # Whole numbers have no gradient.
        dx = scratch.array("dx", dy.shape[:-1])
        dx.fill(0.0)
        if self.trainable:
            grads["embeddings"].fill(0.0)
            places = scratch.array("places", dy.shape, np.intp)
            np.multiply(scratch["indices"][..., None], self.output_dim, out=places)
            places += np.arange(self.output_dim)
            # For one axis this is several times as fast as for the rows of two.
            np.add.at(grads["embeddings"].reshape(-1), places.reshape(-1), dy.reshape(-1))
        return dx

    def _check(self, x: Array) -> None:
        found = next((float(n) for n in (x.min(), x.max()) if not -1.0 < n < self.input_dim), None)
        if found is None:
            return
        could_have_one = self.input_dim <= found < _MOST_ROWS
        advice = (
            f"Set input_dim to at least {int(found) + 1:,}." if could_have_one else "Choose data without it."
        )
        raise DataError(
            f"Embedding has a row for each number from 0 to {self.input_dim - 1:,}, but the data hold "
            f"{found:,.9g}. {advice}"
        )
