"""Initializer: a rule that draws the first values of a weight array."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from nnstudio.task import Shape

Array = npt.NDArray[Any]

# A normal distribution cut at two standard deviations is narrower than the one it was cut from.
CUT_NORMAL_STDDEV = 0.87962566103423978


@dataclass(frozen=True)
class Initializer:
    """A rule that draws the first values of a weight array."""

    advanced: ClassVar[bool] = True  # a form shows it only when asked

    def draw(self, rng: np.random.Generator, shape: Shape) -> Array:
        """Return float64 values of ``shape``, one that `check` lets pass."""
        raise NotImplementedError

    def check(self, name: str, shape: Shape) -> None:
        """Let the shape of the weight array ``name`` pass.

        Raises:
            ShapeError: no array of this shape can start so.
        """


def cut_normal(rng: np.random.Generator, shape: Shape) -> Array:
    """Return standard normal values of ``shape``, those beyond two deviations drawn again."""
    values = rng.standard_normal(shape)
    while (outside := np.abs(values) > 2.0).any():
        values[outside] = rng.standard_normal(int(outside.sum()))
    return values
