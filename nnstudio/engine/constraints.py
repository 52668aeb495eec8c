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
        norm = _norm(w, self.axis)
        w *= np.minimum(norm, self.max_value) / (norm + _EPSILON)


@dataclass(frozen=True)
class UnitNorm(Constraint):
    """The weights of each unit together have the length 1.

    w /= norm + epsilon, the norm over ``axis`` as with MaxNorm.
    """

    axis: tuple[int, ...] = setting(
        (0,), "The axes over which a length is taken: those of one unit's inputs.", minimum=-4, maximum=3
    )

    def apply(self, w: Array) -> None:
        w /= _norm(w, self.axis) + _EPSILON


@dataclass(frozen=True)
class MinMaxNorm(Constraint):
    """The weights of each unit together are drawn to a length between two bounds.

    w *= (rate clip(norm, min_value, max_value) + (1 - rate) norm) / (norm + epsilon), the norm over ``axis``
    as with MaxNorm.
    """

    min_value: float = setting(0.0, "The least length.", minimum=0.0, maximum=1e6)
    max_value: float = setting(1.0, "The greatest length.", minimum=0.0, maximum=1e6)
    rate: float = setting(
        1.0, "Which part of the way to the bounds is gone after a batch.", minimum=0.0, maximum=1.0
    )
    axis: tuple[int, ...] = setting(
        (0,), "The axes over which a length is taken: those of one unit's inputs.", minimum=-4, maximum=3
    )

    def apply(self, w: Array) -> None:
        norm = _norm(w, self.axis)
        wanted = self.rate * np.clip(norm, self.min_value, self.max_value) + (1.0 - self.rate) * norm
        w *= wanted / (norm + _EPSILON)


@dataclass(frozen=True)
class NonNeg(Constraint):
    """No weight is below zero."""

    def apply(self, w: Array) -> None:
        np.maximum(w, 0.0, out=w)


def _norm(w: Array, axis: tuple[int, ...]) -> Array:
    """Return the length over those of the axes that ``w`` has, which stay with length 1."""
    axes = tuple(number for number in axis if -w.ndim <= number < w.ndim)
    norm: Array = np.sqrt(np.square(w).sum(axis=axes, keepdims=True))
    return norm


CONSTRAINTS: tuple[type[Constraint], ...] = (MaxNorm, NonNeg, UnitNorm, MinMaxNorm)
