"""Regression: how far predicted values are from actual ones, in the unit of the values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class ValueScores:
    """``mae``: the mean distance. ``rmse``: the root of the mean squared distance.

    ``r2``: the share of the actual values' variance that is explained: 1 at best, 0 for their mean, below 0
    for worse; nan where all actual values are the same.
    """

    mae: float
    rmse: float
    r2: float


def value_scores(actual: Array, predicted: Array) -> ValueScores:
    """Score values (samples,) or (samples, outputs); of several outputs the mean."""
    y, p = (np.asarray(values, np.float64).reshape(len(values), -1) for values in (actual, predicted))
    squares = np.square(p - y).mean(axis=0)
    variance = y.var(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        explained = np.where(variance > 0, 1 - squares / variance, np.nan)
    return ValueScores(float(np.abs(p - y).mean()), float(np.sqrt(squares).mean()), float(explained.mean()))
