"""Hinges: losses that ask for the right side with a margin of 1, and are content beyond it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from nnstudio.engine.losses.loss import Aim, Array, Loss, MeanLoss
from nnstudio.engine.losses.targets import refuse_outside, row_starts


@dataclass(frozen=True)
class _SignLoss(MeanLoss):
    """A hinge whose targets are -1 and 1; a batch of nothing but 0 and 1 is taken as -1 and 1."""

    aim: ClassVar[Aim] = Aim.SIGNS

    @property
    def boundary(self) -> float:
        return 0.0

    def encode(self, y: Array, outputs: int, dtype: npt.DTypeLike) -> Array:
        rows = super().encode(y, outputs, dtype)
        refuse_outside(rows, -1.0, 1.0, f"{type(self).__name__} takes targets of -1 and 1, or of 0 and 1")
        return 2.0 * rows - 1.0 if np.logical_or(rows == 0.0, rows == 1.0).all() else rows


@dataclass(frozen=True)
class Hinge(_SignLoss):
    """How much is missing to the right side of 0, for outputs from -1 to 1.

    loss = mean(max(1 - y p, 0)), y being -1 or 1; targets of 0 and 1 are taken as -1 and 1.
    """

    keras_name: ClassVar[str] = "hinge"

    def terms(self, y: Array, p: Array) -> tuple[Array, Array]:
        missing = np.maximum(1.0 - y * p, 0.0)
        return missing, np.where(missing > 0.0, -y, 0.0)


@dataclass(frozen=True)
class SquaredHinge(_SignLoss):
    """The square of what is missing to the right side of 0, for outputs from -1 to 1.

    loss = mean(max(1 - y p, 0)^2), y being -1 or 1; targets of 0 and 1 are taken as -1 and 1.
    """

    keras_name: ClassVar[str] = "squared_hinge"

    def terms(self, y: Array, p: Array) -> tuple[Array, Array]:
        missing = np.maximum(1.0 - y * p, 0.0)
        return np.square(missing), -2.0 * y * missing


@dataclass(frozen=True)
class CategoricalHinge(Loss):
    """How much the right class lacks to lead the strongest other one by 1, with one output per class.

    loss = max(1 + max((1 - y) p) - sum(y p), 0).
    """

    keras_name: ClassVar[str] = "categorical_hinge"
    aim: ClassVar[Aim] = Aim.CLASSES

    def encode(self, y: Array, outputs: int, dtype: npt.DTypeLike) -> Array:
        rows = super().encode(y, outputs, dtype)
        refuse_outside(rows, 0.0, 1.0, "CategoricalHinge takes the share of each class, from 0 to 1")
        return rows

    def with_gradient(self, y: Array, p: Array) -> tuple[Array, Array]:
        others = 1.0 - y
        rivals = others * p
        strongest = row_starts(p.shape) + rivals.argmax(-1)
        losses: Array = np.maximum(rivals.take(strongest) - np.vecdot(y, p) + 1.0, 0.0)
        slopes = -y
        slopes.put(strongest, slopes.take(strongest) + others.take(strongest))
        slopes *= (losses > 0.0)[:, None]
        slopes /= len(p)
        return losses, slopes
