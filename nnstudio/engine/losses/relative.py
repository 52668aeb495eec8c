"""Losses for values whose ratio counts: percentages, orders of magnitude and counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.engine.losses.loss import EPSILON, Array, MeanLoss


@dataclass(frozen=True)
class MeanAbsolutePercentageError(MeanLoss):
    """The mean difference in percent of the target, for values that are never near 0.

    loss = 100 mean(|p - y| / max(|y|, epsilon)).
    """

    keras_name: ClassVar[str] = "mean_absolute_percentage_error"

    def terms(self, y: Array, p: Array) -> tuple[Array, Array]:
        scale = 100.0 / np.maximum(np.abs(y), EPSILON)
        error = p - y
        return np.abs(error) * scale, np.sign(error) * scale


@dataclass(frozen=True)
class MeanSquaredLogarithmicError(MeanLoss):
    """The mean of the squared differences of the logarithms, for values of many orders of magnitude.

    loss = mean((log(max(p, epsilon) + 1) - log(max(y, epsilon) + 1))^2).
    """

    keras_name: ClassVar[str] = "mean_squared_logarithmic_error"

    def terms(self, y: Array, p: Array) -> tuple[Array, Array]:
        q = np.maximum(p, EPSILON)
        error = np.log1p(q) - np.log1p(np.maximum(y, EPSILON))
        slopes = 2.0 * error / (q + 1.0)
        slopes *= q == p  # an output below epsilon does not move the loss
        return np.square(error), slopes


@dataclass(frozen=True)
class Poisson(MeanLoss):
    """The surprise about counts, for outputs that are the number to be expected.

    loss = mean(p - y log(p + epsilon)); p must not be negative.
    """

    keras_name: ClassVar[str] = "poisson"

    def terms(self, y: Array, p: Array) -> tuple[Array, Array]:
        q = p + EPSILON
        return p - y * np.log(q), 1.0 - y / q
