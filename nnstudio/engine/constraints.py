"""Constraints: what holds for a weight array after every batch, by Keras' names and formulas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from nnstudio.settings import setting

Array = npt.NDArray[Any]

_EPSILON = 1e-7  # Keras' fuzz, which keeps the division finite


@dataclass(frozen=True)
class Constraint:
    """A rule that brings a weight array back to where it may be."""

    advanced: ClassVar[bool] = True  # a form shows it only when asked

    def apply(self, w: Array) -> None:
        """Change ``w`` in place."""
        raise NotImplementedError


@dataclass(frozen=True)
class MaxNorm(Constraint):
    """The weights of each unit together are no longer than ``max_value``.

    w *= clip(norm, 0, max_value) / (norm + epsilon), the norm over ``axis``: (0,) for a Dense kernel,
    (0, 1, 2) for that of a Conv2D. Source: Srebro and Shraibman 2005, Rank, Trace-Norm and Max-Norm.
    """

    max_value: float = setting(2.0, "The greatest length.", above=0.0, maximum=1e6, ladder=True)
    axis: tuple[int, ...] = setting(
        (0,), "The axes over which a length is taken: those of one unit's inputs.", minimum=-4, maximum=3
    )

    def apply(self, w: Array) -> None:
        axes = tuple(axis for axis in self.axis if -w.ndim <= axis < w.ndim)
        norm = np.sqrt(np.square(w).sum(axis=axes, keepdims=True))
        w *= np.minimum(norm, self.max_value) / (norm + _EPSILON)


@dataclass(frozen=True)
class NonNeg(Constraint):
    """No weight is below zero."""

    def apply(self, w: Array) -> None:
        np.maximum(w, 0.0, out=w)


CONSTRAINTS: tuple[type[Constraint], ...] = (MaxNorm, NonNeg)
