"""Losses for values: how far each output is from its target."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.engine.losses.loss import Array, Loss, MeanLoss
from nnstudio.settings import setting


@dataclass(frozen=True)
class MeanSquaredError(Loss):
    """The mean of the squared differences, for values.

    loss = mean((p - y)^2).
    """

    keras_name: ClassVar[str] = "mean_squared_error"

    def with_gradient(self, y: Array, p: Array) -> tuple[Array, Array]:
        slopes: Array = p - y
        losses: Array = np.vecdot(slopes, slopes)
        if p.shape[-1] > 1:
            losses /= p.shape[-1]
        slopes *= 2.0 / p.size
        return losses, slopes


@dataclass(frozen=True)
class MeanAbsoluteError(MeanLoss):
    """The mean of the absolute differences, for values with outliers.

    loss = mean(|p - y|).
    """

    keras_name: ClassVar[str] = "mean_absolute_error"

    def terms(self, y: Array, p: Array) -> tuple[Array, Array]:
        error = p - y
        return np.abs(error), np.sign(error)


@dataclass(frozen=True)
class Huber(MeanLoss):
    """Squared for small differences and absolute for large ones, so that outliers count less.

    With e = p - y, loss = mean(e^2 / 2) where |e| <= delta, else mean(delta |e| - delta^2 / 2).
    Source: Huber 1964, Robust Estimation of a Location Parameter.
    """

    keras_name: ClassVar[str] = "huber"

    delta: float = setting(
        1.0, "The difference from which on it counts less.", above=0.0, maximum=1e6, ladder=True
    )

    def terms(self, y: Array, p: Array) -> tuple[Array, Array]:
        error = p - y
        slopes = np.clip(error, -self.delta, self.delta)
        error -= 0.5 * slopes
        error *= slopes
        return error, slopes


@dataclass(frozen=True)
class LogCosh(MeanLoss):
    """The logarithm of the hyperbolic cosine of the differences: a smooth Huber.

    With e = p - y, loss = mean(log(cosh(e))), as |e| + log(1 + exp(-2 |e|)) - log(2), which cannot overflow.
    """

    keras_name: ClassVar[str] = "log_cosh"

    def terms(self, y: Array, p: Array) -> tuple[Array, Array]:
        error = p - y
        size = np.abs(error)
        values = np.log1p(np.exp(-2.0 * size))
        values += size
        values -= math.log(2.0)
        return values, np.tanh(error)
