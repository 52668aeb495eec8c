"""Errors: how far outputs are from values."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from nnstudio.engine.losses.loss import row_means
from nnstudio.engine.metrics.metric import Array, MeanMetric, Metric, mean_value, target_rows

_ROUNDING = 1e-13  # the part of a sum of squares that may be nothing but rounding


@dataclass(frozen=True)
class MeanAbsoluteError(MeanMetric):
    """The mean absolute difference between outputs and targets."""

    keras_name: ClassVar[str] = "mae"
    title: ClassVar[str] = "Mean absolute error"

    def per_sample(self, y: Array, p: Array) -> Array:
        error = p - target_rows(y, p)
        return row_means(np.abs(error, error))


@dataclass(frozen=True)
class MeanSquaredError(MeanMetric):
    """The mean squared difference between outputs and targets."""

    keras_name: ClassVar[str] = "mse"
    title: ClassVar[str] = "Mean squared error"

    def per_sample(self, y: Array, p: Array) -> Array:
        error = p - target_rows(y, p)
        squares: Array = np.vecdot(error, error)
        squares /= p.shape[-1]
        return squares


@dataclass(frozen=True)
class RootMeanSquaredError(MeanSquaredError):
    """The root of the mean squared difference, in the unit of the targets."""

    keras_name: ClassVar[str] = "root_mean_squared_error"
    title: ClassVar[str] = "Root mean squared error"

    def value(self, tally: Array) -> float:
        return math.sqrt(mean_value(tally))


@dataclass(frozen=True)
class R2Score(Metric):
    """The share of the targets' variance that the outputs explain: 1 at best, 0 for their mean.

    1 - sum((y - p)^2) / sum((y - mean(y))^2), of several outputs their mean; 0 where all targets are equal.
    The tally is the sums of y, of y^2 and of (y - p)^2 of each output, then the number of samples.
    """

    keras_name: ClassVar[str] = "r2_score"
    title: ClassVar[str] = "R² score"
    rises: ClassVar[bool] = True
    for_classes: ClassVar[bool] = False

    def tally(self, y: Array, p: Array) -> Array:
        rows = target_rows(y, p).astype(np.float64)
        sums = (np.add.reduce(part, 0) for part in (rows, rows * rows, np.square(rows - p)))
        return np.concatenate((*sums, (len(rows),)))

    def value(self, tally: Array) -> float:
        sums, squares, missed = tally[:-1].reshape(3, -1)
        spread = squares - sums * sums / max(tally[-1], 1.0)
        varied = spread > _ROUNDING * squares
        scores = np.where(varied, 1.0 - missed / np.where(varied, spread, 1.0), 0.0)
        return float(np.add.reduce(scores) / len(scores))
