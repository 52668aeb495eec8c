"""Matrix initializers: weights that turn numbers without squeezing them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nnstudio.engine.initializers.initializer import Array, Initializer
from nnstudio.errors import ShapeError
from nnstudio.settings import setting
from nnstudio.task import Shape


@dataclass(frozen=True)
class Orthogonal(Initializer):
    """Rows or columns that stand at right angles and have the length ``gain``.

    The last axis counts as the columns, all others together as the rows; whichever are fewer are orthogonal.
    Source: Saxe et al. 2014, Exact solutions to the nonlinear dynamics of learning in deep linear networks.
    """

    gain: float = setting(1.0, "How long each row or column is.", minimum=0.0, maximum=1e6)

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        rows, columns = math.prod(shape[:-1]), shape[-1]
        q, r = np.linalg.qr(rng.standard_normal((max(rows, columns), min(rows, columns))))
        q *= np.copysign(1.0, np.diag(r))  # else how LAPACK chooses its signs would colour the draw
        values: Array = self.gain * (q.T if rows < columns else q)
        return values.reshape(shape)

    def check(self, name: str, shape: Shape) -> None:
        if len(shape) < 2:
            raise ShapeError(f"Orthogonal needs two axes or more, but {name} has the shape {shape}.")


@dataclass(frozen=True)
class Identity(Initializer):
    """Every output starts as ``gain`` times the input of the same number."""

    gain: float = setting(1.0, "What each input is multiplied with.", minimum=-1e6, maximum=1e6)

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        values: Array = self.gain * np.eye(shape[0], shape[1])
        return values

    def check(self, name: str, shape: Shape) -> None:
        if len(shape) != 2:
            raise ShapeError(f"Identity needs two axes, but {name} has the shape {shape}.")
