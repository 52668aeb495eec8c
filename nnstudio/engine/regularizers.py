"""Regularizers: what large weights add to the loss, by Keras' names and formulas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from nnstudio.settings import setting

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Regularizer:
    """A rule that adds to the loss what a weight array costs: l1 sum(|w|) + l2 sum(w^2)."""

    advanced: ClassVar[bool] = True  # a form shows it only when asked

    @property
    def shares(self) -> tuple[float, float]:
        """The factors l1 and l2."""
        raise NotImplementedError

    def penalty(self, w: Array) -> float:
        """Return what ``w`` adds to the loss."""
        l1, l2 = self.shares
        return l1 * float(np.abs(w).sum()) + l2 * float(np.square(w).sum())

    def add_gradient(self, w: Array, grad: Array) -> None:
        """Add the derivative of the penalty by ``w`` to ``grad``: l1 sign(w) + 2 l2 w."""
        l1, l2 = self.shares
        if l1:
            grad += l1 * np.sign(w)
        if l2:
            grad += (2.0 * l2) * w


@dataclass(frozen=True)
class L1(Regularizer):
    """Every weight costs its size, so that needless ones become zero."""

    l1: float = setting(0.01, "What a weight of 1 adds to the loss.", minimum=0.0, maximum=1e6, ladder=True)

    @property
    def shares(self) -> tuple[float, float]:
        return self.l1, 0.0


@dataclass(frozen=True)
class L2(Regularizer):
    """Every weight costs its square, so that none becomes large."""

    l2: float = setting(0.01, "What a weight of 1 adds to the loss.", minimum=0.0, maximum=1e6, ladder=True)

    @property
    def shares(self) -> tuple[float, float]:
        return 0.0, self.l2


@dataclass(frozen=True)
class L1L2(Regularizer):
    """Every weight costs its size and its square."""

    l1: float = setting(
        0.01, "What a weight of 1 adds by its size.", minimum=0.0, maximum=1e6, ladder=True, label="L1"
    )
    l2: float = setting(
        0.01, "What a weight of 1 adds by its square.", minimum=0.0, maximum=1e6, ladder=True, label="L2"
    )

    @property
    def shares(self) -> tuple[float, float]:
        return self.l1, self.l2


REGULARIZERS: tuple[type[Regularizer], ...] = (L2, L1, L1L2)
